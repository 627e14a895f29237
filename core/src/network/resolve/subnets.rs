//! Subnets, their usable addresses, and where they overlap.

use ipnet::IpNet;

use super::Resolver;
use super::problems::{Place, Spot};
use crate::address::{Addresses, address_of, family_of_block, holds, range_of};
use crate::component::{Component, ComponentKind};
use crate::network::{Index, NetworkAclId, RouteTableId, Subnet, SubnetId, VpcId};
use crate::problem::ProblemKind;
use crate::query::Family;
use crate::range_set::RangeSet;

impl Resolver<'_> {
    pub(super) fn subnets(&mut self) {
        for (key, declared) in &self.document.subnets {
            let place = Place::new("subnets", key);
            let Some(vpc) = self.vpc_of(place, declared.vpc.as_deref(), None) else {
                self.subnets.push(key, None);
                continue;
            };
            let is_open = self.problems.is_open("subnets", key);
            if declared.cidr.is_none() && declared.ipv6_cidr.is_none() && !is_open {
                self.problems.report(place.pointer(), || ProblemKind::MissingField { field: "cidr" });
            }
            let ipv4 = self.subnet_block(place, vpc, declared.cidr.as_deref(), "cidr", Family::Ipv4);
            let ipv6 = self.subnet_block(place, vpc, declared.ipv6_cidr.as_deref(), "ipv6Cidr", Family::Ipv6);
            let usable_of = |block: Option<&IpNet>| block.map(usable).unwrap_or_default();
            let id = self.network.subnets.push(Subnet {
                component: Component::new(ComponentKind::Subnet, key),
                vpc,
                addresses: Addresses::of_blocks(ipv4.iter().chain(&ipv6)),
                usable: Addresses { ipv4: usable_of(ipv4.as_ref()), ipv6: usable_of(ipv6.as_ref()) },
                ipv4,
                ipv6,
                availability_zone: declared.availability_zone.clone().unwrap_or_default(),
                // Every subnet gets both later: the associated ones, or those of the VPC.
                route_table: RouteTableId::from_position(0),
                route_table_is_explicit: false,
                network_acl: NetworkAclId::from_position(0),
                available_ip_address_count: declared.available_ip_address_count,
                dns64: declared.enable_dns64,
            });
            self.subnets.push(key, Some(id));
        }
        let blocks = self.network.subnets.iter().flat_map(|(_, subnet)| [subnet.ipv4, subnet.ipv6]);
        self.subnet_blocks = blocks.flatten().collect();
        crate::sorted::sort(&mut self.subnet_blocks);
        self.check_subnets_overlap();
    }

    fn subnet_block(
        &mut self,
        place: Place<'_>,
        vpc: VpcId,
        text: Option<&str>,
        field: &str,
        family: Family,
    ) -> Option<IpNet> {
        let pointer = place.field(field);
        let block = self.problems.block(text?, Some(family), pointer)?;
        // R1.21, R1.22.
        let sizes = if family == Family::Ipv4 { (16, 28, 1) } else { (44, 64, 4) };
        self.check_size(&block, ComponentKind::Subnet, sizes, pointer);
        let vpc = self.network.vpcs.get(vpc);
        // A VPC of which no block could be read is reported for that.
        if !vpc.blocks.is_empty() && !vpc.blocks.iter().any(|other| holds(other, &block)) {
            let vpc_blocks = vpc.blocks.iter().filter(|other| family_of_block(other) == family);
            let kind = || ProblemKind::SubnetOutsideVpc {
                block: block.to_string(),
                vpc: vpc.component.name.clone(),
                vpc_blocks: vpc_blocks.map(IpNet::to_string).collect(),
            };
            self.problems.report(pointer, kind);
        }
        Some(block)
    }

    /// Reports subnets of one VPC with addresses in common: in order of their first address, each against the one
    /// before it that reaches furthest.
    fn check_subnets_overlap(&mut self) {
        for family in [Family::Ipv4, Family::Ipv6] {
            let block_of = |subnet: &Subnet| if family == Family::Ipv4 { subnet.ipv4 } else { subnet.ipv6 };
            let mut ranges: Vec<(VpcId, (u128, u128), SubnetId)> = Vec::new();
            for (id, subnet) in self.network.subnets.iter() {
                ranges.extend(block_of(subnet).map(|block| (subnet.vpc, range_of(&block), id)));
            }
            crate::sorted::sort(&mut ranges);
            let mut furthest: Option<(VpcId, (u128, u128), SubnetId)> = None;
            for (vpc, range, id) in ranges {
                match furthest.filter(|(before, (_, last), _)| *before == vpc && *last >= range.0) {
                    Some((_, before, other)) => {
                        self.report_overlap(id, other, block_of, family);
                        if range.1 > before.1 {
                            furthest = Some((vpc, range, id));
                        }
                    }
                    None => furthest = Some((vpc, range, id)),
                }
            }
        }
    }

    fn report_overlap(
        &mut self,
        one: SubnetId,
        other: SubnetId,
        block_of: impl Fn(&Subnet) -> Option<IpNet>,
        family: Family,
    ) {
        // The later one by name is the one to look at; the order of addresses means nothing to a person.
        let (one, other) = (self.network.subnets.get(one.max(other)), self.network.subnets.get(one.min(other)));
        let (Some(block), Some(other_block)) = (block_of(one), block_of(other)) else { return };
        let kind = || ProblemKind::Overlap {
            block: block.to_string(),
            other_block: other_block.to_string(),
            other: other.component.clone(),
        };
        let field = if family == Family::Ipv4 { "cidr" } else { "ipv6Cidr" };
        let pointer = Place::new("subnets", &one.component.name).field(field);
        self.problems.report(pointer, kind);
    }

    /// The addresses of a subnet that a resource names; an address that it cannot have is reported.
    pub(super) fn private_address(
        &mut self,
        subnet: SubnetId,
        text: Option<&str>,
        family: Family,
        pointer: Spot<'_>,
    ) -> Option<std::net::IpAddr> {
        let address = self.problems.address(text?, Some(family), pointer)?;
        let subnet = self.network.subnets.get(subnet);
        let block = if family == Family::Ipv4 { subnet.ipv4 } else { subnet.ipv6 };
        let number = crate::address::number_of(address);
        // In a subnet whose own block is not known, any address may be right.
        if subnet.addresses.is_empty() || subnet.usable.of(family).contains(number) {
            return Some(address_of(family, number));
        }
        let kind = || ProblemKind::AddressNotUsable {
            address: address.to_string(),
            subnet: subnet.component.name.clone(),
            block: block.map(|block| block.to_string()).unwrap_or_default(),
            reserved: subnet.addresses.of(family).contains(number),
        };
        self.problems.report(pointer, kind);
        None
    }
}

/// The addresses of a subnet's block that interfaces can have: not the first four and the last (R1.21, R1.22).
fn usable(block: &IpNet) -> RangeSet<u128> {
    let (first, last) = range_of(block);
    match (first.checked_add(4), last.checked_sub(1)) {
        (Some(first), Some(last)) => RangeSet::range(first, last),
        _ => RangeSet::empty(),
    }
}
