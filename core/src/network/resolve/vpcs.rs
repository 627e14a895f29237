//! VPCs and their DNS servers.

use std::net::IpAddr;

use ipnet::IpNet;

use super::Resolver;
use super::problems::{Place, Spot};
use crate::address::{Addresses, holds};
use crate::component::{Component, ComponentKind};
use crate::network::{Index, NetworkAclId, RouteTableId, SecurityGroupId, Vpc, VpcId};
use crate::problem::{ProblemKind, Quota};
use crate::query::Family;

impl Resolver<'_> {
    pub(super) fn vpcs(&mut self) {
        for (key, declared) in &self.document.vpcs {
            let place = Place::new("vpcs", key);
            let is_open = self.problems.is_open("vpcs", key);
            if declared.cidr.0.is_empty() && declared.ipv6_cidr.0.is_empty() && !is_open {
                self.problems.report(place.pointer(), || ProblemKind::MissingField { field: "cidr" });
            }
            let component = Component::new(ComponentKind::Vpc, key);
            let mut blocks: Vec<IpNet> = Vec::new();
            let texts = [(&declared.cidr, "cidr", Family::Ipv4), (&declared.ipv6_cidr, "ipv6Cidr", Family::Ipv6)];
            for (texts, field, family) in texts {
                let most = Quota::CidrBlocks.most();
                self.problems.check_quota(Quota::CidrBlocks, texts.0.len(), place.field(field));
                for (position, text) in texts.0.iter().enumerate().take(most) {
                    let pointer = if texts.0.len() == 1 { place.field(field) } else { place.item(field, position) };
                    let Some(block) = self.problems.block(text, Some(family), pointer) else { continue };
                    // R1.1; IPv6 blocks of a VPC are /44 to /60 in steps of 4.
                    let (shortest, longest, step) = if family == Family::Ipv4 { (16, 28, 1) } else { (44, 60, 4) };
                    self.check_size(&block, ComponentKind::Vpc, (shortest, longest, step), pointer);
                    if let Some(other) = blocks.iter().find(|other| overlap(other, &block)) {
                        let kind = || ProblemKind::Overlap {
                            block: block.to_string(),
                            other_block: other.to_string(),
                            other: component.clone(),
                        };
                        self.problems.report(pointer, kind);
                    } else {
                        blocks.push(block);
                    }
                }
            }
            #[cfg(feature = "whole")]
            let of_options = self.dns_servers(place, declared.dhcp_options.as_deref(), &blocks);
            #[cfg(not(feature = "whole"))]
            let of_options = DnsServers::default();
            let DnsServers { custom, amazon, options, missing } = of_options;
            #[cfg(feature = "whole")]
            let resolver_rules = self.resolver_rules(place, &declared.resolver_rules);
            #[cfg(feature = "whole")]
            let dns_firewall_rules = self.dns_firewall_rules(place, &declared.dns_firewall_rules);
            #[cfg(feature = "whole")]
            if self.network.is_unknown(&["vpcs/", key, "/ipv6Cidr"].concat()) {
                let blocks = Addresses::of_blocks(&blocks).ipv6;
                self.network.assigned_ipv6 = self.network.assigned_ipv6.union(&blocks);
            }
            let id = self.network.vpcs.push(Vpc {
                component,
                addresses: Addresses::of_blocks(&blocks),
                blocks,
                dns_support: declared.enable_dns_support.unwrap_or(true),
                dns_hostnames: declared.enable_dns_hostnames.unwrap_or(declared.is_default),
                dns_servers: custom,
                asks_amazon_resolver: amazon,
                dhcp_options_missing: missing,
                dhcp_options: options,
                #[cfg(feature = "whole")]
                resolver_rules,
                #[cfg(feature = "whole")]
                dns_firewall_rules,
                // Every VPC gets these three later, declared ones or AWS's own.
                main_route_table: RouteTableId::from_position(0),
                default_network_acl: NetworkAclId::from_position(0),
                default_security_group: SecurityGroupId::from_position(0),
            });
            self.vpcs.push(key, Some(id));
        }
    }

    /// Reports a block of a size that AWS refuses: shortest and longest prefix, and step between them.
    pub(super) fn check_size(
        &mut self,
        block: &IpNet,
        kind: ComponentKind,
        (shortest, longest, step): (u8, u8, u8),
        pointer: Spot<'_>,
    ) {
        let length = block.prefix_len();
        if length < shortest || length > longest || !(length - shortest).is_multiple_of(step) {
            let kind = || ProblemKind::SizeOutOfRange { block: block.to_string(), kind, shortest, longest, step };
            self.problems.report(pointer, kind);
        }
    }

    /// The only VPC, or those of that field, for things that may be in several.
    pub(super) fn vpcs_of(&mut self, place: Place<'_>, names: &[String]) -> Vec<VpcId> {
        if names.is_empty() {
            if self.network.vpcs.len() > 1 {
                let kind = || ProblemKind::VpcNotNamed { candidates: self.vpcs.keys().map(str::to_owned).collect() };
                self.problems.report(place.pointer(), kind);
                return Vec::new();
            }
            return self.network.vpcs.iter().map(|(id, _)| id).collect();
        }
        let Resolver { problems, vpcs, .. } = self;
        let find = |(position, name): (usize, &String)| {
            problems.find(vpcs, ComponentKind::Vpc, "vpcs", name, place.item("vpcs", position))
        };
        names.iter().enumerate().filter_map(find).collect()
    }
}

/// Whether two canonical blocks have addresses in common.
pub(super) fn overlap(one: &IpNet, other: &IpNet) -> bool {
    holds(one, other) || holds(other, one)
}

/// The DNS servers of a VPC.
pub(super) struct DnsServers {
    pub(super) custom: Vec<IpAddr>,
    pub(super) amazon: bool,
    pub(super) options: Option<Component>,
    pub(super) missing: bool,
}

impl Default for DnsServers {
    /// The Amazon resolver, as in a VPC without DHCP option set.
    fn default() -> DnsServers {
        DnsServers { custom: Vec::new(), amazon: true, options: None, missing: false }
    }
}
