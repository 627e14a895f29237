//! VPCs, subnets, DHCP options.

use std::collections::BTreeMap;

use super::{Draft, SUBNET, Want, change};
use crate::document;
use crate::import::cloudformation::assigned_ipv6_block;
use crate::import::inventory::{Kind, field};
use crate::import::tree::{Node, Value};

impl Draft<'_> {
    pub(super) fn vpcs(&mut self) {
        for (position, resource) in self.of(Kind::Vpc) {
            let name = self.name(position);
            if self.document.vpcs.contains_key(&name) {
                continue;
            }
            let component = ("vpcs", name.as_str());
            let mut vpc = document::Vpc { is_default: resource.type_name == "aws_default_vpc", ..Default::default() };
            let cidr = self.text(position, &resource.fields, "cidr_block", component);
            vpc.cidr.0.extend(cidr.filter(|cidr| cidr.contains('/')));
            if vpc.cidr.0.is_empty() {
                self.uncertain("vpcs", &name);
            }
            let is_assigned =
                self.truth(position, &resource.fields, "assign_generated_ipv6_cidr_block", component) == Some(true);
            let ipv6 = field(&resource.fields, "ipv6_cidr_block").and_then(Node::scalar);
            match ipv6.filter(|block| block.contains(':')) {
                Some(block) => vpc.ipv6_cidr.0.push(block.to_owned()),
                None if is_assigned => {
                    self.assign_ipv6(&name);
                    vpc.ipv6_cidr.0.push(assigned_ipv6_block(position));
                }
                None => {}
            }
            vpc.enable_dns_support = self.truth(position, &resource.fields, "enable_dns_support", component);
            match field(&resource.fields, "enable_dns_hostnames") {
                Some(node) if matches!(node.value, Value::Unknown(_)) => {
                    self.unknown.insert(["vpcs/", &name, "/enableDnsHostnames"].concat());
                }
                _ => {
                    vpc.enable_dns_hostnames =
                        self.truth(position, &resource.fields, "enable_dns_hostnames", component);
                }
            }
            if resource.is_data {
                for section in ["subnets", "routeTables", "networkAcls", "vpcEndpoints", "privateHostedZones"] {
                    self.unknown.insert(section.to_owned());
                }
            }
            self.document.vpcs.insert(name.clone(), vpc);
            self.remember_component("vpcs", position);
        }
        for (position, resource) in self.of(Kind::VpcCidrBlock) {
            let Some(name) = self.vpc_of(position, resource) else { continue };
            let component = ("vpcs", name.as_str());
            let ipv4 = self.text(position, &resource.fields, "cidr_block", component);
            let ipv6 = self.text(position, &resource.fields, "ipv6_cidr_block", component);
            let is_assigned = self.truth(position, &resource.fields, "amazon_provided_ipv6_cidr_block", component)
                == Some(true)
                || self.truth(position, &resource.fields, "assign_generated_ipv6_cidr_block", component) == Some(true);
            // The block that functions of the template give for this VPC.
            let of_vpc = match field(&resource.fields, "vpc_id").map(|node| &node.value) {
                Some(Value::Reference { resource, .. }) => *resource,
                _ => position,
            };
            let assigned = is_assigned.then(|| assigned_ipv6_block(of_vpc));
            if is_assigned {
                self.assign_ipv6(&name);
            }
            change(&mut self.document.vpcs, &name, |vpc| {
                for block in ipv4.into_iter().filter(|block| block.contains('/')) {
                    super::add(&mut vpc.cidr.0, block);
                }
                for block in ipv6.filter(|block| block.contains(':')).into_iter().chain(assigned) {
                    super::add(&mut vpc.ipv6_cidr.0, block);
                }
            });
            self.uncertain_existence(position, "vpcs", &name);
        }
    }

    pub(super) fn subnets(&mut self) {
        let mut assigned: BTreeMap<String, u32> = BTreeMap::new();
        for (position, resource) in self.of(Kind::Subnet) {
            let name = self.name(position);
            if self.document.subnets.contains_key(&name) {
                continue;
            }
            let component = ("subnets", name.as_str());
            let vpc = self.vpc_of(position, resource);
            let is_ipv6_only = self.truth(position, &resource.fields, "ipv6_native", component) == Some(true);
            let cidr = match is_ipv6_only {
                true => None,
                false => self.text(position, &resource.fields, "cidr_block", component),
            };
            let cidr = cidr.filter(|cidr| cidr.contains('/'));
            if cidr.is_none() && !is_ipv6_only {
                self.uncertain("subnets", &name);
            }
            let ipv6_cidr = match field(&resource.fields, "ipv6_cidr_block") {
                Some(node) => match &node.value {
                    Value::Unknown(_) | Value::Reference { .. } => self.next_ipv6_block(vpc.as_deref(), &mut assigned),
                    _ => node.scalar().filter(|block| block.contains(':')).map(str::to_owned),
                },
                None => None,
            };
            let zone = field(&resource.fields, "availability_zone").and_then(Node::scalar).map(str::to_owned);
            let subnet = document::Subnet {
                vpc,
                cidr,
                ipv6_cidr,
                availability_zone: zone,
                map_public_ip_on_launch: field(&resource.fields, "map_public_ip_on_launch").and_then(Node::scalar)
                    == Some("true"),
                enable_dns64: self.truth(position, &resource.fields, "enable_dns64", component).unwrap_or_default(),
                ..document::Subnet::default()
            };
            if resource.is_data {
                self.unknown.insert("routeTables".to_owned());
                self.unknown.insert("networkAcls".to_owned());
            }
            self.document.subnets.insert(name.clone(), subnet);
            self.remember_component("subnets", position);
        }
        for (position, resource) in self.of(Kind::SubnetCidrBlock) {
            let Some(node) = field(&resource.fields, "subnet_id") else { continue };
            let Some(name) = self.target(position, node, "subnet_id", SUBNET) else { continue };
            let block = self.text(position, &resource.fields, "ipv6_cidr_block", ("subnets", &name));
            if let Some(subnet) = self.document.subnets.get_mut(&name) {
                subnet.ipv6_cidr = subnet.ipv6_cidr.take().or(block.filter(|block| block.contains(':')));
            }
        }
    }

    /// Notes that AWS has still to assign the VPC's block.
    fn assign_ipv6(&mut self, vpc: &str) {
        self.assigned.push(vpc.to_owned());
        self.unknown.insert(["vpcs/", vpc, "/ipv6Cidr"].concat());
    }

    /// A block out of the one that AWS assigns to the VPC: which one does not matter, as long as none has it twice.
    fn next_ipv6_block(&self, vpc: Option<&str>, assigned: &mut BTreeMap<String, u32>) -> Option<String> {
        let vpc = vpc?;
        let block = self.document.vpcs.get(vpc)?.ipv6_cidr.0.first()?;
        let next = assigned.entry(vpc.to_owned()).or_default();
        *next += 1;
        let (network, _) = block.split_once("::/56")?;
        let (before, low) = network.rsplit_once(':')?;
        let low = u32::from_str_radix(low, 16).ok()? + *next - 1;
        (*next <= 256).then(|| format!("{before}:{low:x}::/64"))
    }

    pub(super) fn dhcp_options(&mut self) {
        const OPTIONS: Want = Want { kinds: &[Kind::DhcpOptions], section: "dhcpOptions" };
        for (position, resource) in self.of(Kind::DhcpOptions) {
            let name = self.name(position);
            let servers = field(&resource.fields, "domain_name_servers").map(Node::items).unwrap_or_default();
            let mut options = document::DhcpOptions::default();
            for server in servers {
                match server.scalar() {
                    Some(server) => options.domain_name_servers.push(server.to_owned()),
                    None => self.uncertain("dhcpOptions", &name),
                }
            }
            if !self.document.dhcp_options.contains_key(&name) {
                self.document.dhcp_options.insert(name, options);
                self.remember_component("dhcpOptions", position);
            }
        }
        for (position, resource) in self.of(Kind::DhcpOptionsAssociation) {
            let Some(vpc) = self.vpc_of(position, resource) else { continue };
            let Some(node) = field(&resource.fields, "dhcp_options_id") else { continue };
            let Some(options) = self.target(position, node, "dhcp_options_id", OPTIONS) else { continue };
            if let Some(vpc) = self.document.vpcs.get_mut(&vpc) {
                vpc.dhcp_options = Some(options);
            }
            self.uncertain_existence(position, "vpcs", &vpc);
        }
    }
}
