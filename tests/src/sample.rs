//! Concrete packets for a question, and what the two implementations say of them.

use std::net::IpAddr;

use vpcreach::address::{address_of, family_of, number_of};
use vpcreach::analysis::{Analysis, Direction, Fate, Hop, Path, Protocol, Traffic};
use vpcreach::component::{Component, ComponentKind};
use vpcreach::fact::{Fact, Missing};
use vpcreach::network::{InterfaceId, Network, Workload};
use vpcreach::query::{Family, Query};
use vpcreach::range_set::RangeSet;
use vpcreach::{ReasonCode, Verdict};

use crate::generate::Choices;
use crate::naive::{Outcome, Packet, World};

/// Gives every interface one address of each family that it can have.
pub fn world<'a>(network: &'a Network, choices: &mut Choices<'_>) -> World<'a> {
    let mut addresses: Vec<(InterfaceId, IpAddr)> = Vec::new();
    // Addresses that are given come first, so that no interface without one takes them away.
    for wanted_given in [true, false] {
        for (id, interface) in network.interfaces.iter() {
            for family in [Family::Ipv4, Family::Ipv6] {
                let possible = interface.addresses.of(family);
                let is_given = possible.only().is_some();
                if is_given != wanted_given {
                    continue;
                }
                for _ in 0..64 {
                    let Some(number) = pick(possible, choices) else { break };
                    let address = address_of(family, number);
                    if addresses.iter().all(|(_, taken)| *taken != address) {
                        addresses.push((id, address));
                        break;
                    }
                }
            }
        }
    }
    World { network, addresses, nat_port: choices.port() }
}

/// A number of the set, its edges more often than the rest; none of the empty set.
pub fn pick(set: &RangeSet<u128>, choices: &mut Choices<'_>) -> Option<u128> {
    let ranges = set.ranges();
    let (first, last) = *ranges.get(choices.below(ranges.len()))?;
    Some(match choices.below(4) {
        0 => first,
        1 => last,
        _ => {
            let offset = (u128::from(choices.byte()) << 8) | u128::from(choices.byte());
            let size = (last - first).saturating_add(1);
            first + offset.checked_rem(size).unwrap_or(0)
        }
    })
}

/// A packet that the question asks about, from one of the workload's interfaces; none where there is no such packet.
pub fn packet(
    world: &World<'_>,
    workload: &Workload,
    query: &Query,
    analysis: &Analysis,
    choices: &mut Choices<'_>,
) -> Option<(InterfaceId, Packet)> {
    let interfaces =
        if workload.uses_any_interface { &workload.interfaces[..] } else { workload.interfaces.get(..1)? };
    let from = *interfaces.get(choices.below(interfaces.len()))?;
    let destination = destination(world, query, analysis, choices)?;
    let source =
        world.addresses.iter().find(|(owner, address)| *owner == from && address.is_ipv4() == destination.is_ipv4());
    // R3.8: a function without leave has no IPv6 address.
    if destination.is_ipv6() && !workload.ipv6 {
        return None;
    }
    let destination_port = analysis.port.unwrap_or(0);
    Some((
        from,
        Packet {
            source: source?.1,
            source_port: choices.port(),
            destination,
            destination_port,
            protocol: analysis.protocol,
            is_reply: false,
        },
    ))
}

fn destination(world: &World<'_>, query: &Query, analysis: &Analysis, choices: &mut Choices<'_>) -> Option<IpAddr> {
    let network = world.network;
    if let Some((_, workload)) =
        network.workloads.iter().find(|(_, workload)| workload.component.to_string() == query.to)
    {
        let primary = workload.interfaces.first()?;
        return world
            .addresses
            .iter()
            .find(|(owner, address)| owner == primary && address.is_ipv4())
            .map(|(_, address)| *address);
    }
    // An interface endpoint answers at its own addresses, which the question leaves open.
    let endpoint = analysis.paths.iter().flat_map(|path| &path.hops).find_map(|hop| match &*hop.fact {
        Fact::ResolvesToEndpoint { endpoint, .. } => Some(endpoint),
        _ => None,
    });
    if let Some(endpoint) = endpoint {
        let (_, endpoint) = network.vpc_endpoints.iter().find(|(_, known)| known.component == *endpoint)?;
        let interface = endpoint.interfaces.get(choices.below(endpoint.interfaces.len()))?;
        return world
            .addresses
            .iter()
            .find(|(owner, address)| owner == interface && address.is_ipv4())
            .map(|(_, address)| *address);
    }
    // Whatever the engine sends to first, on any path.
    let firsts: Vec<&Traffic> = analysis.paths.iter().filter_map(first_traffic).collect();
    let traffic = firsts.get(choices.below(firsts.len()))?;
    pick(&traffic.destination, choices).map(|number| address_of(traffic.family, number))
}

/// The packets of a path as they leave the workload, before any component has split them.
pub fn first_traffic(path: &Path) -> Option<&Traffic> {
    path.hops.iter().find_map(|hop| hop.traffic.as_ref())
}

/// Whether a path may take the packet: as its last component sees it, or as the last one before a translation does.
fn may_take(path: &Path, packet: &Packet) -> bool {
    let last = path
        .hops
        .iter()
        .take_while(|hop| !is_translation(hop) && !hop.already_lost)
        .filter(|hop| hop.traffic.is_some())
        .last();
    let Some((hop, traffic)) = last.and_then(|hop| hop.traffic.as_ref().map(|traffic| (hop, traffic))) else {
        return false;
    };
    match hop.direction {
        Direction::Forward => contains(traffic, packet),
        Direction::Reply => {
            let traffic = traffic.clone();
            let turned = Traffic {
                source: traffic.destination,
                source_ports: traffic.destination_ports,
                destination: traffic.source,
                destination_ports: traffic.source_ports,
                ..traffic
            };
            contains(&turned, packet)
        }
    }
}

fn is_translation(hop: &Hop) -> bool {
    matches!(*hop.fact, Fact::NatGatewayTranslates { .. } | Fact::NatInstanceTranslates)
}

/// Whether the set has the packet; ports do not count for ICMP.
pub fn contains(traffic: &Traffic, packet: &Packet) -> bool {
    let ports = packet.protocol == Protocol::Icmp
        || (traffic.source_ports.contains(packet.source_port)
            && traffic.destination_ports.contains(packet.destination_port));
    traffic.family == family_of(packet.destination)
        && traffic.protocol == packet.protocol
        && traffic.source.contains(number_of(packet.source))
        && traffic.destination.contains(number_of(packet.destination))
        && ports
}

/// The paths that a packet from that interface can take.
pub fn paths_of<'a>(network: &Network, analysis: &'a Analysis, from: InterfaceId, packet: &Packet) -> Vec<&'a Path> {
    let subnet: &Component = &network.subnets.get(network.interfaces.get(from).subnet).component;
    analysis
        .paths
        .iter()
        .filter(|path| path.subnet.as_ref() == Some(subnet))
        .filter(|path| may_take(path, packet))
        .collect()
}

/// Whether anything on the path picks an address or port of its own, so that one packet can take several paths.
pub fn translates(path: &Path) -> bool {
    path.hops.iter().any(is_translation)
}

/// In what the naive implementation's outcome differs from the engine's answer; none when they agree.
pub fn disagreement(
    network: &Network,
    analysis: &Analysis,
    from: InterfaceId,
    packet: &Packet,
    outcome: Outcome,
) -> Option<String> {
    let taken = paths_of(network, analysis, from, packet);
    if taken.is_empty() {
        return Some("no path of the engine has the packet".to_owned());
    }
    let open = taken.iter().any(|path| path.fate == Fate::NotKnown);
    let fates: Vec<Fate> = taken.iter().map(|path| path.fate).collect();
    // Lost packets are followed on, and split further, to find every blocker; what is delivered is one part.
    let delivered = fates.iter().filter(|fate| **fate == Fate::Delivered).count();
    let mixed = fates.iter().any(|fate| Some(fate) != fates.first());
    if (delivered > 1 || mixed) && !taken.iter().any(|path| translates(path)) {
        return Some(format!("one packet on several paths without translation: {fates:?}"));
    }
    let fits = |fate: Fate| match outcome {
        // The packet arrives; what the service makes of it is not the network's affair.
        Outcome::Delivered => matches!(fate, Fate::Delivered | Fate::AccessDenied | Fate::Redirected),
        Outcome::Refused => fate == Fate::Refused,
        Outcome::Dropped(_) => fate == Fate::Dropped,
        Outcome::Unknown => true,
        // It may be lost elsewhere for certain.
        Outcome::Unreadable => matches!(fate, Fate::NotKnown | Fate::Dropped),
    };
    // What the network delivers may still meet a policy that asks for more than is known, or be a guess of a host's address; all else that is sure is known to be.
    let beyond_the_network = |hop: &Hop| match &*hop.fact {
        Fact::NotKnown(
            Missing::Operation(_) | Missing::Permission { .. } | Missing::ApiKind(_) | Missing::AddressesOfHost(_),
        ) => true,
        // What a bucket makes of the request, as with access control lists.
        Fact::NotKnown(Missing::Component(component)) => component.kind == ComponentKind::Bucket,
        _ => false,
    };
    let excused =
        taken.iter().any(|path| path.hops.iter().any(beyond_the_network)) && !matches!(outcome, Outcome::Dropped(_));
    if !excused && !fates.iter().any(|fate| fits(*fate)) {
        return Some(format!("the engine's paths end {fates:?}"));
    }
    let contradicts = match (analysis.verdict, outcome) {
        (_, Outcome::Unknown) => false,
        (Verdict::Succeeds, outcome) => outcome != Outcome::Delivered,
        (_, Outcome::Unreadable) => false,
        // Where subnets fail in different ways, the verdict is that of one of them.
        (Verdict::TimesOut | Verdict::Refused, outcome) => outcome == Outcome::Delivered,
        _ => false,
    };
    if contradicts {
        return Some(format!("the verdict is {:?}", analysis.verdict));
    }
    if let Outcome::Dropped(code) = outcome {
        let codes: Vec<ReasonCode> =
            taken.iter().flat_map(|path| &path.hops).filter_map(|hop| hop.fact.code()).collect();
        if !open && !codes.iter().any(|found| same_place(*found) == same_place(code)) {
            return Some(format!("the engine's paths know only {codes:?}"));
        }
    }
    None
}

/// Codes of one component, which may have several reasons to drop a packet and names one.
fn same_place(code: ReasonCode) -> u8 {
    use ReasonCode as Code;
    match code {
        Code::SgHasNoRules | Code::EniSgRulesMismatch => 1,
        Code::SubnetAclRestriction => 2,
        Code::BadStateAttachment
        | Code::IgwPublicIpAssociationForEgress
        | Code::IgwDestinationAddressNotInRfc1918Egress
        | Code::IgwDestinationAddressNotInRfc6598Egress
        | Code::VpcBlockPublicAccessEnabled => 3,
        Code::NoRouteToDestination | Code::BadStateRoute | Code::NoPossibleDestination => 4,
        Code::AsymmetricStatefulPath => 5,
        Code::RoutingLoop => 6,
        Code::BadState
        | Code::EniSourceDestCheckRestriction
        | Code::EniAddressRestriction
        | Code::ProtocolRestriction
        | Code::RegionalNgwRouteAzRestriction => 7,
        Code::VpceGatewayProtocolRestriction => 8,
        _ => 0,
    }
}
