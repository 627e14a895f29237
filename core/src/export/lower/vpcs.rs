//! VPCs, subnets and gateways.

use std::collections::BTreeMap;

use super::{Lowering, is_block};
use crate::export::resource::{Attribute, Kind, Term, fields, id_of};

impl Lowering<'_> {
    pub(super) fn vpcs(&mut self) {
        for (name, vpc) in &self.document.vpcs {
            let key = ["vpc/", name].concat();
            let hostnames = vpc.enable_dns_hostnames.unwrap_or(vpc.is_default);
            let settings = fields([
                ("CidrBlock", vpc.cidr.0.iter().find(|block| is_block(block)).map(Term::from)),
                ("EnableDnsSupport", Some(vpc.enable_dns_support.unwrap_or(true).into())),
                ("EnableDnsHostnames", Some(hostnames.into())),
            ]);
            self.add(Kind::Vpc, &key, settings);
            for block in vpc.cidr.0.iter().filter(|block| is_block(block)).skip(1) {
                let settings = vec![("VpcId", id_of(&key)), ("CidrBlock", block.into())];
                self.push(Kind::VpcCidrBlock, &key, &["block ", block].concat(), "Block", settings);
            }
            // Which block it is, AWS decides.
            if !vpc.ipv6_cidr.0.is_empty() {
                let settings = vec![("VpcId", id_of(&key)), ("AmazonProvidedIpv6CidrBlock", true.into())];
                self.push(Kind::VpcCidrBlock, &key, "ipv6Block", "Ipv6Block", settings);
            }
            if vpc.cidr.0.iter().any(|block| !is_block(block)) {
                self.leave_out("vpcs", name, "/cidr");
            }
            if vpc.ipv6_cidr.0.len() > 1 {
                self.leave_out("vpcs", name, "/ipv6Cidr");
            }
            // The servers behind a forwarding rule and the groups of DNS Firewall are not in the document.
            let rest = [
                ("resolverRules", !vpc.resolver_rules.is_empty()),
                ("dnsFirewallRules", !vpc.dns_firewall_rules.is_empty()),
            ];
            self.leave_out_fields("vpcs", name, &rest);
            let Some(options) = vpc.dhcp_options.as_deref().filter(|options| *options != "default") else { continue };
            let options = super::bare("dhcpOptions", options);
            if self.document.dhcp_options.contains_key(options) {
                let options = id_of(["dhcpOptions/", options].concat());
                let settings = vec![("VpcId", id_of(&key)), ("DhcpOptionsId", options)];
                self.push(Kind::DhcpOptionsAssociation, &key, "options", "Options", settings);
            } else {
                self.leave_out("vpcs", name, "/dhcpOptions");
            }
        }
        for (name, options) in &self.document.dhcp_options {
            let servers = match options.domain_name_servers.is_empty() {
                true => vec!["AmazonProvidedDNS".to_owned()],
                false => options.domain_name_servers.clone(),
            };
            let settings = vec![("DomainNameServers", Term::texts(&servers))];
            self.add(Kind::DhcpOptions, &["dhcpOptions/", name].concat(), settings);
        }
    }

    pub(super) fn subnets(&mut self) {
        let mut next: BTreeMap<String, usize> = BTreeMap::new();
        for (name, subnet) in &self.document.subnets {
            let vpc = self.vpc_key(subnet.vpc.as_deref());
            let ipv6 = subnet.ipv6_cidr.as_ref().zip(vpc.as_ref()).map(|(written, vpc)| {
                let number = next.entry(vpc.clone()).or_default();
                *number += 1;
                Term::Ipv6Block { vpc: vpc.clone(), number: *number - 1, written: written.clone() }
            });
            let after = ipv6.as_ref().and(vpc.as_ref()).map(|vpc| [vpc.as_str(), "#ipv6Block"].concat());
            let settings = fields([
                ("VpcId", vpc.map(id_of)),
                ("CidrBlock", subnet.cidr.as_ref().filter(|block| is_block(block)).map(Term::from)),
                ("Ipv6CidrBlock", ipv6),
                ("Ipv6Native", (subnet.cidr.is_none() && subnet.ipv6_cidr.is_some()).then_some(true.into())),
                ("AvailabilityZone", subnet.availability_zone.as_ref().map(Term::from)),
                ("MapPublicIpOnLaunch", subnet.map_public_ip_on_launch.then_some(true.into())),
                ("EnableDns64", subnet.enable_dns64.then_some(true.into())),
            ]);
            self.add(Kind::Subnet, &["subnet/", name].concat(), settings);
            self.needs(after);
            let rest = [
                ("cidr", subnet.cidr.as_ref().is_some_and(|block| !is_block(block))),
                ("availableIpAddressCount", subnet.available_ip_address_count.is_some()),
            ];
            self.leave_out_fields("subnets", name, &rest);
        }
    }

    pub(super) fn gateways(&mut self) {
        for (name, gateway) in &self.document.internet_gateways {
            let key = ["internetGateway/", name].concat();
            self.add(Kind::InternetGateway, &key, Vec::new());
            if gateway.attached != Some(false) {
                let vpc = self.vpc(gateway.vpc.as_deref());
                let settings = fields([("VpcId", vpc), ("InternetGatewayId", Some(id_of(&key)))]);
                self.push(Kind::GatewayAttachment, &key, "attachment", "Attachment", settings);
            }
        }
        for (name, gateway) in &self.document.egress_only_internet_gateways {
            let settings = fields([("VpcId", self.vpc(gateway.vpc.as_deref()))]);
            self.add(Kind::EgressOnlyInternetGateway, &["egressOnlyInternetGateway/", name].concat(), settings);
            if gateway.attached == Some(false) {
                self.leave_out("egressOnlyInternetGateways", name, "/attached");
            }
        }
        for (name, gateway) in &self.document.nat_gateways {
            let key = ["natGateway/", name].concat();
            let is_regional = gateway.availability_mode.as_deref() == Some("regional");
            let is_private = gateway.connectivity_type.as_deref() == Some("private");
            let vpc_name = match &gateway.subnet {
                Some(subnet) => self.vpc_of_subnet(subnet),
                None => gateway.vpc.clone(),
            };
            let attachment = self.attachment_of(vpc_name.as_deref()).filter(|_| !is_private);
            let mut allocation = None;
            if !gateway.elastic_ips.is_empty() && !is_private && !is_regional {
                self.push(Kind::ElasticIp, &key, "address", "Address", vec![("Domain", "vpc".into())]);
                self.needs(attachment.clone());
                allocation = Some(Term::Of([&key, "#address"].concat(), Attribute::AllocationId));
            }
            let settings = fields([
                ("SubnetId", self.subnet(gateway.subnet.as_ref())),
                ("VpcId", if is_regional { self.vpc(gateway.vpc.as_deref()) } else { None }),
                ("AllocationId", allocation),
                ("ConnectivityType", is_private.then_some("private".into())),
                ("AvailabilityMode", is_regional.then_some("regional".into())),
                ("PrivateIpAddress", gateway.private_ip.as_ref().map(Term::from)),
            ]);
            self.add(Kind::NatGateway, &key, settings);
            self.needs(attachment);
            let rest = [
                ("state", gateway.state.as_deref().is_some_and(|state| state != "available")),
                ("elasticIps", gateway.elastic_ips.len() > 1 || is_regional && !gateway.elastic_ips.is_empty()),
                ("availabilityZones", !gateway.availability_zones.is_empty()),
                ("routeTable", gateway.route_table.is_some()),
            ];
            self.leave_out_fields("natGateways", name, &rest);
        }
    }
}
