//! VPCs, subnets, DHCP option sets, VPC Block Public Access.

use std::collections::BTreeMap;

use super::Builder;
use super::marks::Extent;
use crate::document::{self, OneOrMany};
use crate::import::aws_cli::answers::{
    BlockPublicAccessExclusion, BlockPublicAccessStates, DhcpOptions, Ipv6CidrBlockAssociation, Subnet, Vpc,
};
use crate::import::aws_cli::kind::Found;
use crate::import::aws_cli::scalar::Text;
use crate::import::aws_cli::scan::{DnsAttribute, DnsAttributeName};
use crate::import::problem::ImportProblemKind;

pub(super) fn vpcs(builder: &mut Builder<'_>, vpcs: &[Found<Vpc<'_>>], attributes: &[DnsAttribute<'_>]) {
    let values: BTreeMap<(&str, bool), bool> = attributes
        .iter()
        .map(|found| ((&*found.vpc, found.attribute == DnsAttributeName::Support), found.value))
        .collect();
    for Found { item: vpc, .. } in vpcs {
        let mut cidr: Vec<String> = vpc.cidr_block.owned().into_iter().collect();
        for association in vpc.cidr_block_association_set.iter() {
            if association.cidr_block_state.is_associated() && !cidr.contains(&association.cidr_block.0.as_ref().into())
            {
                cidr.extend(association.cidr_block.owned());
            }
        }
        let support = values.get(&(&*vpc.vpc_id, true)).copied();
        let hostnames = values.get(&(&*vpc.vpc_id, false)).copied();
        if support.is_none() || hostnames.is_none() {
            builder.report(ImportProblemKind::DnsAttributesUnknown { vpc: vpc.vpc_id.to_string() });
        }
        if hostnames.is_none() {
            // Whether private DNS acts hangs on it (R1.9), so the default must not pass for knowledge.
            builder.document.unknown_sections.push(format!("vpcs/{}/enableDnsHostnames", &*vpc.vpc_id));
        }
        builder.document.vpcs.insert(
            vpc.vpc_id.to_string(),
            document::Vpc {
                cidr: OneOrMany(cidr),
                ipv6_cidr: OneOrMany(ipv6_blocks(&vpc.ipv6_cidr_block_association_set)),
                enable_dns_support: support,
                enable_dns_hostnames: hostnames,
                is_default: vpc.is_default.unwrap_or_default(),
                // AWS's word for a VPC without an option set.
                dhcp_options: vpc.dhcp_options_id.owned().filter(|id| id != "default"),
                // Described by answers of another service, which are read later.
                resolver_rules: Vec::new(),
                dns_firewall_rules: Vec::new(),
            },
        );
    }
}

fn ipv6_blocks(associations: &[Ipv6CidrBlockAssociation<'_>]) -> Vec<String> {
    associations
        .iter()
        .filter(|association| association.ipv6_cidr_block_state.is_associated())
        .filter_map(|association| association.ipv6_cidr_block.given())
        .map(canonical)
        .collect()
}

/// A block as AWS writes it; an emulator leaves leading zeros in IPv6 blocks.
fn canonical(block: &str) -> String {
    // The standard library reads leading zeros up to four digits, so this is only about how it is written.
    block.parse::<ipnet::IpNet>().map_or_else(|_| block.to_owned(), |block| block.to_string())
}

pub(super) fn subnets(builder: &mut Builder<'_>, subnets: &[Found<Subnet<'_>>]) {
    for Found { item: subnet, .. } in subnets {
        let mut ipv6 = ipv6_blocks(&subnet.ipv6_cidr_block_association_set).into_iter();
        let ipv6_cidr = ipv6.next();
        if ipv6.next().is_some() {
            builder.report(ImportProblemKind::SeveralIpv6Blocks { subnet: subnet.subnet_id.to_string() });
        }
        builder.document.subnets.insert(
            subnet.subnet_id.to_string(),
            document::Subnet {
                vpc: subnet.vpc_id.owned(),
                cidr: subnet.cidr_block.owned(),
                ipv6_cidr,
                availability_zone: subnet.availability_zone.owned().or_else(|| subnet.availability_zone_id.owned()),
                map_public_ip_on_launch: subnet.map_public_ip_on_launch.unwrap_or_default(),
                available_ip_address_count: subnet.available_ip_address_count,
                enable_dns64: subnet.enable_dns64.unwrap_or_default(),
            },
        );
    }
}

pub(super) fn dhcp_options(builder: &mut Builder<'_>, options: Vec<Found<DhcpOptions<'_>>>) {
    for Found { item, .. } in options {
        let servers = item
            .dhcp_configurations
            .iter()
            .filter(|configuration| configuration.key.is("domain-name-servers"))
            .flat_map(|configuration| configuration.values.iter())
            .filter_map(|value| value.value.owned())
            .collect();
        let options = document::DhcpOptions { domain_name_servers: servers };
        builder.document.dhcp_options.insert(item.dhcp_options_id.to_string(), options);
    }
}

/// VPC Block Public Access: from its own two answers, else from the states that VPCs and subnets carry (R3.11, R3.14).
pub(super) fn block_public_access(
    builder: &mut Builder<'_>,
    mode: Option<&Found<Text<'_>>>,
    exclusions: &[Found<BlockPublicAccessExclusion<'_>>],
    vpcs: &[Found<Vpc<'_>>],
    subnets: &[Found<Subnet<'_>>],
) {
    if let Some(Found { item, file }) = mode {
        let place = "/vpcBlockPublicAccess".to_owned();
        builder.mark(*file, item, Extent::Key, place, item, "VpcBlockPublicAccessOptions");
    }
    let state_of = |states: &Option<BlockPublicAccessStates<'_>>| {
        states.as_ref().and_then(|states| states.internet_gateway_block_mode.owned())
    };
    let states_of_vpcs = || {
        vpcs.iter().filter_map(|found| {
            let state = state_of(&found.item.block_public_access_states)?;
            Some((found.item.vpc_id.to_string(), state))
        })
    };
    let blocking = || states_of_vpcs().map(|(_, state)| state).find(|state| state != "off");
    let Some(mode) = mode
        .and_then(|mode| mode.item.owned())
        .or_else(blocking)
        .or_else(|| states_of_vpcs().map(|(_, state)| state).next())
    else {
        return;
    };
    let mut setting =
        document::VpcBlockPublicAccess { internet_gateway_block_mode: Some(mode.clone()), exclusions: Vec::new() };
    for Found { item: exclusion, .. } in exclusions {
        let resource = exclusion.resource_arn.rsplit('/').next().unwrap_or_default().to_owned();
        let is_vpc = resource.starts_with("vpc-");
        setting.exclusions.push(document::VpcBlockPublicAccessExclusion {
            vpc: is_vpc.then(|| resource.clone()),
            subnet: (!is_vpc).then_some(resource),
            internet_gateway_exclusion_mode: exclusion.internet_gateway_exclusion_mode.to_string(),
            state: exclusion.state.owned(),
        });
    }
    if exclusions.is_empty() && mode != "off" {
        let exclusion = |vpc, subnet| document::VpcBlockPublicAccessExclusion {
            vpc,
            subnet,
            internet_gateway_exclusion_mode: "allow-bidirectional".to_owned(),
            state: None,
        };
        for (vpc, state) in states_of_vpcs() {
            if state == "off" {
                setting.exclusions.push(exclusion(Some(vpc), None));
            }
        }
        for Found { item: subnet, .. } in subnets {
            if state_of(&subnet.block_public_access_states).is_some_and(|state| state == "off") {
                setting.exclusions.push(exclusion(None, Some(subnet.subnet_id.to_string())));
            }
        }
    }
    builder.document.vpc_block_public_access = Some(setting);
}
