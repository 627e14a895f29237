//! Sets of connections, split into disjoint parts that together make the whole.
//!
//! A connection is what packet and reply have in common: the addresses and ports of both sides, and those that each
//! translation on the way put in their place. Splitting connections rather than packets keeps a part together on its
//! way there and back.

use crate::analysis::{Direction, Protocol, Traffic};
use crate::component::Component;
use crate::network::{InterfaceId, InterfaceRole, PublicAddress, SubnetId};
use crate::query::Family;
use crate::range_set::RangeSet;

/// The near side of a connection: the client, and after each translation what stands in for it.
#[derive(Clone, Debug)]
pub(super) struct End {
    /// The family that it speaks; NAT64 puts an IPv4 end before an IPv6 one (R4.20).
    pub(super) family: Family,
    /// Addresses that it can have.
    pub(super) addresses: RangeSet<u128>,
    /// Ports that it can use.
    pub(super) ports: RangeSet<u16>,
    /// The interface; none for a regional NAT gateway.
    pub(super) interface: Option<InterfaceId>,
    /// The subnet; none for a regional NAT gateway.
    pub(super) subnet: Option<SubnetId>,
    /// Its public IPv4 address.
    pub(super) public_address: PublicAddress,
    /// What it belongs to.
    pub(super) role: InterfaceRole,
    /// The same by name.
    pub(super) owner: Component,
}

/// A set of connections: every combination of what it lists.
#[derive(Clone, Debug)]
pub(super) struct ConnectionSet {
    pub(super) family: Family,
    pub(super) protocol: Protocol,
    pub(super) destination: RangeSet<u128>,
    pub(super) destination_ports: RangeSet<u16>,
    /// The client first; the last one is what the far side sees.
    pub(super) ends: Vec<End>,
}

/// What a rule asks of one side of a packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Side {
    /// The far side.
    #[default]
    Destination,
    /// The near side, as of that many translations.
    End(usize),
}

/// A condition on connections; what is none holds for all.
#[derive(Clone, Debug, Default)]
pub(super) struct Condition<'a> {
    pub(super) addresses: Option<(Side, &'a RangeSet<u128>)>,
    pub(super) ports: Option<(Side, &'a RangeSet<u16>)>,
}

/// First address of 64:ff9b::/96, which stands for the IPv4 address in its last 32 bits (R4.20).
pub(super) const NAT64_PREFIX: u128 = 0x0064_ff9b << 96;

impl RangeSet<u128> {
    /// The IPv6 addresses that DNS64 makes of IPv4 addresses.
    pub(super) fn before_nat64(&self) -> RangeSet<u128> {
        RangeSet::from_ranges(self.ranges().iter().map(|(first, last)| (first + NAT64_PREFIX, last + NAT64_PREFIX)))
    }

    /// The IPv4 addresses behind addresses of 64:ff9b::/96; none for any other.
    fn behind_nat64(&self) -> RangeSet<u128> {
        let prefix = RangeSet::range(NAT64_PREFIX, NAT64_PREFIX + u128::from(u32::MAX));
        let inside = self.intersection(&prefix);
        RangeSet::from_ranges(inside.ranges().iter().map(|(first, last)| (first - NAT64_PREFIX, last - NAT64_PREFIX)))
    }
}

impl ConnectionSet {
    /// Goes on over IPv4, behind a NAT64 (R4.20). The destination must be in 64:ff9b::/96.
    pub(super) fn enter_ipv4(&mut self) {
        self.family = Family::Ipv4;
        self.destination = self.destination.behind_nat64();
    }

    /// Sees the connections as the near side as of that many translations does.
    pub(super) fn return_to(&mut self, index: usize) {
        let family = self.end(index).map_or(self.family, |end| end.family);
        if (self.family, family) == (Family::Ipv4, Family::Ipv6) {
            self.family = Family::Ipv6;
            self.destination = self.destination.before_nat64();
        }
    }

    /// How many ranges there are to look at.
    pub(super) fn size(&self) -> usize {
        let of_end = |end: &End| end.addresses.ranges().len() + end.ports.ranges().len();
        self.destination.ranges().len() + self.ends.iter().map(of_end).sum::<usize>()
    }

    /// The near side as of that many translations; the nearest there is.
    pub(super) fn end(&self, index: usize) -> Option<&End> {
        self.ends.get(index)
    }

    /// What the far side sees.
    pub(super) fn last_end(&self) -> Option<&End> {
        self.ends.last()
    }

    /// How many translations there were.
    pub(super) fn last_index(&self) -> usize {
        self.ends.len().saturating_sub(1)
    }

    /// The addresses of a side.
    pub(super) fn addresses(&self, side: Side) -> RangeSet<u128> {
        match side {
            Side::Destination => self.destination.clone(),
            Side::End(index) => self.end(index).map(|end| end.addresses.clone()).unwrap_or_default(),
        }
    }

    /// The ports of a side.
    pub(super) fn ports(&self, side: Side) -> RangeSet<u16> {
        match side {
            Side::Destination => self.destination_ports.clone(),
            Side::End(index) => self.end(index).map(|end| end.ports.clone()).unwrap_or_default(),
        }
    }

    fn with_addresses(&self, side: Side, addresses: RangeSet<u128>) -> ConnectionSet {
        let mut set = self.clone();
        match side {
            Side::Destination => set.destination = addresses,
            Side::End(index) => {
                if let Some(end) = set.ends.get_mut(index) {
                    end.addresses = addresses;
                }
            }
        }
        set
    }

    fn with_ports(&self, side: Side, ports: RangeSet<u16>) -> ConnectionSet {
        let mut set = self.clone();
        match side {
            Side::Destination => set.destination_ports = ports,
            Side::End(index) => {
                if let Some(end) = set.ends.get_mut(index) {
                    end.ports = ports;
                }
            }
        }
        set
    }

    /// The part for which the condition holds, and the parts for which it does not: disjoint, and together this set.
    pub(super) fn split(self, condition: &Condition<'_>) -> (Option<ConnectionSet>, Vec<ConnectionSet>) {
        let mut outside = Vec::new();
        let mut inside = self;
        if let Some((side, wanted)) = condition.addresses {
            let has = inside.addresses(side);
            if !has.is_subset(wanted) {
                let common = has.intersection(wanted);
                if common.is_empty() {
                    return (None, vec![inside]);
                }
                outside.push(inside.with_addresses(side, has.difference(wanted)));
                inside = inside.with_addresses(side, common);
            }
        }
        if let Some((side, wanted)) = condition.ports {
            let has = inside.ports(side);
            if !has.is_subset(wanted) {
                let common = has.intersection(wanted);
                if common.is_empty() {
                    outside.push(inside);
                    return (None, outside);
                }
                outside.push(inside.with_ports(side, has.difference(wanted)));
                inside = inside.with_ports(side, common);
            }
        }
        (Some(inside), outside)
    }

    /// The packets as seen where that many translations are behind them.
    pub(super) fn traffic(&self, direction: Direction, index: usize) -> Traffic {
        let near = (self.addresses(Side::End(index)), self.ports(Side::End(index)));
        let far = (self.destination.clone(), self.destination_ports.clone());
        let ((source, source_ports), (destination, destination_ports)) = match direction {
            Direction::Forward => (near, far),
            Direction::Reply => (far, near),
        };
        Traffic { family: self.family, protocol: self.protocol, source, source_ports, destination, destination_ports }
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, ConnectionSet, End, NAT64_PREFIX, Side};
    use crate::analysis::Protocol;
    use crate::component::{Component, ComponentKind};
    use crate::network::{InterfaceRole, PublicAddress};
    use crate::query::Family;
    use crate::range_set::RangeSet;

    fn set() -> ConnectionSet {
        let end = |first: u128| End {
            family: Family::Ipv4,
            addresses: RangeSet::range(first, first + 3),
            ports: RangeSet::range(1024, 1027),
            interface: None,
            subnet: None,
            public_address: PublicAddress::None,
            role: InterfaceRole::Function,
            owner: Component::new(ComponentKind::Function, "worker"),
        };
        ConnectionSet {
            family: Family::Ipv4,
            protocol: Protocol::Tcp,
            destination: RangeSet::range(100, 103),
            destination_ports: RangeSet::range(440, 443),
            ends: vec![end(10), end(20)],
        }
    }

    /// Every connection of a set: destination, its port, and address and port of each end.
    fn members(set: &ConnectionSet) -> Vec<Vec<u128>> {
        let numbers =
            |ranges: &[(u128, u128)]| -> Vec<u128> { ranges.iter().flat_map(|(first, last)| *first..=*last).collect() };
        let ports = |ports: &RangeSet<u16>| -> Vec<u128> {
            ports.ranges().iter().flat_map(|(first, last)| *first..=*last).map(u128::from).collect()
        };
        let mut dimensions = vec![numbers(set.destination.ranges()), ports(&set.destination_ports)];
        for end in &set.ends {
            dimensions.push(numbers(end.addresses.ranges()));
            dimensions.push(ports(&end.ports));
        }
        let mut members: Vec<Vec<u128>> = vec![Vec::new()];
        for dimension in dimensions {
            members = members
                .into_iter()
                .flat_map(|member| {
                    dimension.iter().map(move |number| member.iter().copied().chain([*number]).collect())
                })
                .collect();
        }
        members.sort_unstable();
        members
    }

    #[test]
    fn parts_of_a_split_are_disjoint_and_complete() {
        let whole = members(&set());
        let addresses = RangeSet::from_ranges([(11, 11), (13, 40), (101, 102)]);
        let ports = RangeSet::from_ranges([(0, 441), (443, 1025)]);
        for side in [Side::Destination, Side::End(0), Side::End(1)] {
            for port_side in [Side::Destination, Side::End(0), Side::End(1)] {
                let condition = Condition { addresses: Some((side, &addresses)), ports: Some((port_side, &ports)) };
                let (inside, outside) = set().split(&condition);
                let mut parts: Vec<Vec<u128>> = inside.iter().chain(&outside).flat_map(members).collect();
                parts.sort_unstable();
                assert_eq!(parts, whole, "{side:?} {port_side:?}");
                if let Some(inside) = inside {
                    assert!(inside.addresses(side).is_subset(&addresses));
                    assert!(inside.ports(port_side).is_subset(&ports));
                }
            }
        }
    }

    #[test]
    fn a_split_that_matches_nothing_keeps_the_set() {
        let nothing = RangeSet::single(1);
        let (inside, outside) = set().split(&Condition { addresses: Some((Side::Destination, &nothing)), ports: None });
        assert!(inside.is_none());
        assert_eq!(outside.iter().flat_map(members).collect::<Vec<_>>(), members(&set()));
    }

    /// R4.20: the destination of the reply is the address that the client asked for.
    #[test]
    fn nat64_goes_there_and_back() {
        let mut connections = set();
        connections.family = Family::Ipv6;
        connections.ends.truncate(1);
        connections.ends.iter_mut().for_each(|end| end.family = Family::Ipv6);
        connections.destination = RangeSet::range(NAT64_PREFIX + 100, NAT64_PREFIX + 103);
        let before = connections.destination.clone();
        connections.enter_ipv4();
        assert_eq!((connections.family, connections.destination.ranges()), (Family::Ipv4, &[(100, 103)][..]));
        connections.return_to(0);
        assert_eq!((connections.family, connections.destination), (Family::Ipv6, before));
    }
}
