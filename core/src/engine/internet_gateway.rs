//! Internet gateways and egress-only internet gateways, with VPC Block Public Access (section 3).

use std::net::IpAddr;

use crate::address;
use crate::component::{Component, ComponentKind};
use crate::fact::{Fact, PrivateRange};
use crate::network::{
    BlockMode, ExclusionMode, InterfaceRole, InternetGateway, Network, PublicAddress, SubnetId, VpcId,
};
use crate::query::Family;
use crate::range_set::RangeSet;

use super::connections::{Condition, ConnectionSet, End, Side};
use super::filter::Decision;

/// Ranges that an internet gateway refuses to send to (R3.4).
const REFUSED: [(PrivateRange, [u8; 4], u32); 4] = [
    (PrivateRange::Rfc1918, [10, 0, 0, 0], 8),
    (PrivateRange::Rfc1918, [172, 16, 0, 0], 12),
    (PrivateRange::Rfc1918, [192, 168, 0, 0], 16),
    (PrivateRange::Rfc6598, [100, 64, 0, 0], 10),
];

/// Decides what an internet gateway does with packets out of a VPC.
///
/// `at` is the subnet that the packets come from, which is the one to exclude from VPC Block Public Access (R3.15).
/// Each part gets every decision that stops it, in order, and `InternetGatewayForwards` when none does.
pub(super) fn decide(
    network: &Network,
    vpc: VpcId,
    at: Option<SubnetId>,
    gateway: &InternetGateway,
    set: ConnectionSet,
) -> Vec<(ConnectionSet, Vec<Decision>)> {
    let Some(end) = set.last_end().cloned() else { return Vec::new() };
    let no_address = (set.family == Family::Ipv4 && end.public_address == PublicAddress::None)
        .then(|| Fact::NoPublicAddress { role: end.role, owner: end.owner.clone() });
    let stops = stops(gateway, vpc, no_address, blocked(network, vpc, at, &end, false));
    let mut decided = Vec::new();
    for (part, refused) in refused_destinations(set) {
        let mut stops = stops.clone();
        if let Some(range) = refused {
            stops.push((gateway.component.clone(), Fact::PrivateDestination { range }));
        }
        if let Some(reflected) = reflection(network, &part) {
            stops.push((gateway.component.clone(), Fact::InternetGatewayReflection { address: reflected }));
        }
        let facts = if stops.is_empty() {
            let address = end.public_address.known();
            let fragile = matches!(end.public_address, PublicAddress::Fragile(_));
            let ipv4 = part.family == Family::Ipv4;
            let fact = Fact::InternetGatewayForwards {
                family: part.family,
                address: address.filter(|_| ipv4),
                fragile: fragile && ipv4,
            };
            vec![(gateway.component.clone(), fact)]
        } else {
            stops
        };
        decided.push(with_facts(part, facts));
    }
    decided
}

/// Decides what an egress-only internet gateway does with packets out of a VPC (R3.7).
pub(super) fn decide_egress_only(
    network: &Network,
    vpc: VpcId,
    at: Option<SubnetId>,
    gateway: &InternetGateway,
    set: ConnectionSet,
) -> Vec<(ConnectionSet, Vec<Decision>)> {
    let Some(end) = set.last_end() else { return Vec::new() };
    let not_carried = (set.family == Family::Ipv4).then_some(Fact::FamilyNotCarried { family: Family::Ipv4 });
    let mut facts = stops(gateway, vpc, not_carried, blocked(network, vpc, at, end, true));
    if facts.is_empty() {
        facts.push((gateway.component.clone(), Fact::EgressOnlyForwards));
    }
    vec![with_facts(set, facts)]
}

/// What stops traffic at a gateway whatever its destination: attachment, then what the kind of gateway asks of the
/// source, then VPC Block Public Access.
fn stops(
    gateway: &InternetGateway,
    vpc: VpcId,
    own: Option<Fact>,
    blocked: Option<&'static str>,
) -> Vec<(Component, Fact)> {
    let detached = (gateway.vpc != Some(vpc)).then_some(Fact::GatewayNotAttached);
    let mut stops: Vec<(Component, Fact)> =
        detached.into_iter().chain(own).map(|fact| (gateway.component.clone(), fact)).collect();
    stops.extend(
        blocked.map(|mode| {
            (Component::new(ComponentKind::VpcBlockPublicAccess, mode), Fact::PublicAccessBlocked { mode })
        }),
    );
    stops
}

fn with_facts(set: ConnectionSet, facts: Vec<(Component, Fact)>) -> (ConnectionSet, Vec<Decision>) {
    let decisions = facts.into_iter().map(|(component, fact)| Decision { component, fact, pointer: None }).collect();
    (set, decisions)
}

/// The mode of VPC Block Public Access, in AWS's words, if it blocks traffic of this interface.
fn blocked(network: &Network, vpc: VpcId, at: Option<SubnetId>, end: &End, egress_only: bool) -> Option<&'static str> {
    let settings = &network.block_public_access;
    // The subnet next to the gateway is the one to exclude (R3.15); a regional NAT gateway has none.
    let exclusion = |mode: ExclusionMode| {
        settings.excluded_vpcs.contains(&(vpc, mode))
            || at.is_some_and(|subnet| settings.excluded_subnets.contains(&(subnet, mode)))
    };
    match settings.mode {
        BlockMode::Off => None,
        BlockMode::Bidirectional => {
            let excluded = exclusion(ExclusionMode::Bidirectional) || exclusion(ExclusionMode::Egress);
            (!excluded).then_some("block-bidirectional")
        }
        BlockMode::Ingress => {
            // Traffic of NAT gateways and egress-only internet gateways passes (R3.13).
            let passes = egress_only || matches!(end.role, InterfaceRole::NatGateway(_));
            (!passes && !exclusion(ExclusionMode::Bidirectional)).then_some("block-ingress")
        }
    }
}

/// Splits off what goes to ranges that the gateway refuses.
fn refused_destinations(set: ConnectionSet) -> Vec<(ConnectionSet, Option<PrivateRange>)> {
    if set.family == Family::Ipv6 {
        return vec![(set, None)];
    }
    let mut parts = Vec::new();
    let mut rest = vec![set];
    for (range, octets, prefix_length) in REFUSED {
        let first = u128::from(u32::from_be_bytes(octets));
        let block = RangeSet::range(first, first + (1_u128 << (32 - prefix_length)) - 1);
        let condition = Condition { addresses: Some((Side::Destination, &block)), ports: None };
        let mut left = Vec::new();
        for part in rest {
            let (inside, outside) = part.split(&condition);
            parts.extend(inside.map(|inside| (inside, Some(range))));
            left.extend(outside);
        }
        rest = left;
    }
    parts.extend(rest.into_iter().map(|part| (part, None)));
    parts
}

/// A single public address that an interface of the document has: the way back in is another question.
fn reflection(network: &Network, set: &ConnectionSet) -> Option<IpAddr> {
    let asked = address::address_of(set.family, set.destination.only()?);
    network.interfaces.iter().any(|(_, interface)| interface.public_address.known() == Some(asked)).then_some(asked)
}
