//! What security groups and network ACLs have in common: how a rule's protocol and ports meet a packet.

use crate::analysis::{Direction, Protocol};
use crate::component::Component;
use crate::fact::{Fact, FilterDirection};
use crate::network::TrafficMatch;
use crate::query::Family;
use crate::range_set::RangeSet;

use super::budget::Budget;
use super::connections::{Condition, ConnectionSet, Side};

/// Ephemeral ports of Lambda, NAT gateways and load balancers (R8.19).
pub(super) const EPHEMERAL_PORTS: (u16, u16) = (1024, 65535);

/// Type of an ICMP echo request and reply.
const ICMP_ECHO: (u16, u16) = (8, 0);

/// Type of an ICMPv6 echo request and reply.
const ICMPV6_ECHO: (u16, u16) = (128, 129);

/// A part of a set with the decision about it.
pub(super) struct Decided {
    pub(super) set: ConnectionSet,
    pub(super) decision: Decision,
}

/// Who decides what, by which rule of the document.
#[derive(Clone)]
pub(super) struct Decision {
    pub(super) component: Component,
    pub(super) fact: Fact,
    pub(super) pointer: Option<String>,
}

/// Whether what a filter has not decided may be split at one rule more.
pub(super) fn goes_on<'a>(budget: &Budget, rest: impl Iterator<Item = &'a ConnectionSet>, decided: usize) -> bool {
    let mut parts = decided;
    for set in rest {
        budget.spend(set.size());
        parts += 1;
    }
    !budget.is_used_up() && budget.has_parts(parts)
}

/// Protocol number of a protocol in a family.
pub(super) fn protocol_number(protocol: Protocol, family: Family) -> u8 {
    match (protocol, family) {
        (Protocol::Tcp, _) => 6,
        (Protocol::Udp, _) => 17,
        (Protocol::Icmp, Family::Ipv4) => 1,
        (Protocol::Icmp, Family::Ipv6) => 58,
    }
}

/// Where a packet stands: which way it goes, and how many translations are behind it.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub(super) direction: Direction,
    pub(super) index: usize,
}

impl View {
    /// The side that sent the packet.
    pub(super) fn source(self) -> Side {
        match self.direction {
            Direction::Forward => Side::End(self.index),
            Direction::Reply => Side::Destination,
        }
    }

    /// The side that gets it.
    pub(super) fn destination(self) -> Side {
        match self.direction {
            Direction::Forward => Side::Destination,
            Direction::Reply => Side::End(self.index),
        }
    }

    /// The side that a rule names: the source of what comes in, the destination of what goes out.
    pub(super) fn remote(self, direction: FilterDirection) -> Side {
        match direction {
            FilterDirection::Ingress => self.source(),
            FilterDirection::Egress => self.destination(),
        }
    }
}

/// What a rule's ports say of a packet, or none if its protocol is another.
///
/// Rules name the packet's destination port; for ICMP the "ports" are types, and the echo's type is fixed.
pub(super) fn port_condition<'a>(
    traffic: &'a TrafficMatch,
    set: &ConnectionSet,
    view: View,
) -> Option<Option<(Side, &'a RangeSet<u16>)>> {
    let Some(protocol) = traffic.protocol else { return Some(None) };
    if protocol != protocol_number(set.protocol, set.family) {
        return None;
    }
    let echo = match set.family {
        Family::Ipv4 => ICMP_ECHO,
        Family::Ipv6 => ICMPV6_ECHO,
    };
    match (set.protocol, view.direction) {
        (Protocol::Tcp | Protocol::Udp, _) => Some(Some((view.destination(), &traffic.ports))),
        (Protocol::Icmp, Direction::Forward) => traffic.ports.contains(echo.0).then_some(None),
        (Protocol::Icmp, Direction::Reply) => traffic.ports.contains(echo.1).then_some(None),
    }
}

/// The condition that a rule about these remote addresses makes, or none if its protocol is another.
pub(super) fn rule_condition<'a>(
    traffic: &'a TrafficMatch,
    remote: Option<&'a RangeSet<u128>>,
    set: &ConnectionSet,
    view: View,
    direction: FilterDirection,
) -> Option<Condition<'a>> {
    let ports = port_condition(traffic, set, view)?;
    Some(Condition { addresses: remote.map(|addresses| (view.remote(direction), addresses)), ports })
}
