//! The boxes for tables, filters and cards.

use super::{
    Card, NetworkAclBox, RouteRow, RouteTableBox, RuleRow, SecurityGroupBox, destination, missing, workload_card,
};
use crate::component::{Component, ComponentKind};
use crate::network::{
    Index, Interface, InterfaceId, InterfaceRole, NatGatewayMode, Network, NetworkAcl, Peer, PublicAddress,
    RouteOrigin, RouteState, RouteTableId, RouteTarget, SecurityGroup, SecurityGroupRule, TrafficMatch,
    VpcEndpointKind,
};

/// Rows of a table or filter that a box holds; tables with hundreds of routes are real, and nobody reads them in a diagram.
const ROWS: usize = 12;

pub(super) fn route_table(network: &Network, id: RouteTableId) -> RouteTableBox {
    let table = network.route_tables.get(id);
    let routes = table.routes.iter().take(ROWS).map(|route| RouteRow {
        destination: destination(network, &route.destination),
        target: target_name(network, &route.target),
        target_component: target_component(network, &route.target).map(|component| component.to_string()),
        blackhole: route.state == RouteState::Blackhole,
        added_by_aws: matches!(route.origin, RouteOrigin::Local | RouteOrigin::GatewayEndpoint),
        pointer: route.pointer.as_ref().map(ToString::to_string),
    });
    RouteTableBox {
        component: table.component.to_string(),
        name: table.component.name.clone(),
        main: network.vpcs.get(table.vpc).main_route_table == id,
        routes: routes.collect(),
        more: u32::try_from(table.routes.len().saturating_sub(ROWS)).unwrap_or(u32::MAX),
    }
}

fn target_component(network: &Network, target: &RouteTarget) -> Option<Component> {
    Some(match target {
        RouteTarget::Local | RouteTarget::Missing(_) => return None,
        RouteTarget::InternetGateway(id) => network.internet_gateways.get(*id).component.clone(),
        RouteTarget::EgressOnlyInternetGateway(id) => network.egress_only_internet_gateways.get(*id).component.clone(),
        RouteTarget::NatGateway(id) => network.nat_gateways.get(*id).component.clone(),
        RouteTarget::Interface(id) => network.interfaces.get(*id).owner.clone(),
        RouteTarget::VpcEndpoint(id) => network.vpc_endpoints.get(*id).component.clone(),
        RouteTarget::Opaque(component) => component.clone(),
    })
}

fn target_name(network: &Network, target: &RouteTarget) -> String {
    match target {
        RouteTarget::Local => "local".to_owned(),
        RouteTarget::Missing(name) => name.clone(),
        other => target_component(network, other).map(|component| component.name).unwrap_or_default(),
    }
}

pub(super) fn network_acl(acl: &NetworkAcl) -> NetworkAclBox {
    let rows = |rules: &[crate::network::NetworkAclRule]| {
        rules
            .iter()
            .take(ROWS)
            .map(|rule| {
                rule_row(
                    &rule.traffic,
                    rule.block.map(|block| block.to_string()).unwrap_or_default(),
                    rule.pointer.as_ref().map(ToString::to_string),
                    rule.allow.unwrap_or(false),
                    Some(rule.number),
                )
            })
            .collect()
    };
    NetworkAclBox {
        component: acl.component.to_string(),
        name: acl.component.name.clone(),
        ingress: rows(&acl.ingress),
        egress: rows(&acl.egress),
    }
}

pub(super) fn security_group(network: &Network, group: &SecurityGroup) -> SecurityGroupBox {
    let rows = |rules: &[SecurityGroupRule]| {
        rules
            .iter()
            .take(ROWS)
            .map(|rule| {
                rule_row(
                    &rule.traffic,
                    peer_name(network, &rule.peer),
                    rule.pointer.as_ref().map(ToString::to_string),
                    true,
                    None,
                )
            })
            .collect()
    };
    SecurityGroupBox {
        component: group.component.to_string(),
        name: group.component.name.clone(),
        ingress: rows(&group.ingress),
        egress: rows(&group.egress),
    }
}

fn peer_name(network: &Network, peer: &Peer) -> String {
    match peer {
        Peer::Block(block) => block.to_string(),
        Peer::SecurityGroup(group) => network.security_groups.get(*group).component.name.clone(),
        Peer::PrefixList(list) => network.prefix_lists.get(*list).component.name.clone(),
        Peer::Missing(name) => name.clone(),
    }
}

fn rule_row(
    traffic: &TrafficMatch,
    peer: String,
    pointer: Option<String>,
    allow: bool,
    number: Option<u32>,
) -> RuleRow {
    let protocol = match traffic.protocol {
        None => "all".to_owned(),
        Some(1) => "icmp".to_owned(),
        Some(6) => "tcp".to_owned(),
        Some(17) => "udp".to_owned(),
        Some(58) => "icmpv6".to_owned(),
        Some(number) => number.to_string(),
    };
    let ports = match traffic.ports.ranges() {
        [(first, last)] if first == last => first.to_string(),
        [(first, last)] if (*first, *last) != (0, u16::MAX) => format!("{first}-{last}"),
        _ => String::new(),
    };
    RuleRow { number, allow, protocol, ports, peer, pointer }
}

/// The card of what an interface belongs to.
pub(super) fn owner_card(network: &Network, id: InterfaceId, interface: &Interface) -> Card {
    let workload = network.workloads.iter().find(|(_, workload)| workload.component == interface.owner);
    let mut card = match (interface.role, workload) {
        (InterfaceRole::NatGateway(nat), _) => door(network, &RouteTarget::NatGateway(nat)),
        (InterfaceRole::VpcEndpoint(endpoint), _) => door(network, &RouteTarget::VpcEndpoint(endpoint)),
        (_, Some((_, workload))) => workload_card(workload),
        (_, None) => Card::of(&interface.owner),
    };
    let mates = workload.map(|(_, workload)| workload.interfaces.as_slice()).unwrap_or_default();
    let place = mates.iter().position(|mate| mate.position() == id.position());
    card.interface = place.map_or(1, |place| u32::try_from(place + 1).unwrap_or(u32::MAX));
    card.interfaces = u32::try_from(mates.len().max(1)).unwrap_or(u32::MAX);
    card.security_groups = interface
        .security_groups
        .iter()
        .map(|group| network.security_groups.get(*group).component.to_string())
        .chain(interface.missing_security_groups.iter().map(|name| missing(ComponentKind::SecurityGroup, name)))
        .collect();
    let given = [crate::query::Family::Ipv4, crate::query::Family::Ipv6];
    card.private_addresses = given
        .into_iter()
        .filter_map(|family| {
            let number = interface.addresses.of(family).only()?;
            Some(crate::address::address_of(family, number).to_string())
        })
        .collect();
    card.public_address = card.public_address.or_else(|| match interface.public_address {
        PublicAddress::None => None,
        PublicAddress::Assigned => Some("assigned".to_owned()),
        PublicAddress::Known(address) | PublicAddress::Fragile(address) => Some(address.to_string()),
    });
    card.bad_state = card.bad_state.or_else(|| interface.bad_state.clone());
    card
}

/// The card of a gateway or endpoint.
pub(super) fn door(network: &Network, target: &RouteTarget) -> Card {
    let not_available = |state: &str| (state != "available").then(|| state.to_owned());
    match target {
        RouteTarget::NatGateway(id) => {
            let nat = network.nat_gateways.get(*id);
            let availability_zones = match &nat.mode {
                NatGatewayMode::Regional { availability_zones, .. } => availability_zones.clone(),
                NatGatewayMode::Zonal(_) | NatGatewayMode::Unknown => Vec::new(),
            };
            Card {
                type_name: Some(if nat.is_private { "private" } else { "public" }.to_owned()),
                bad_state: not_available(&nat.state),
                public_address: nat.elastic_ips.first().map(ToString::to_string),
                availability_zones,
                ..Card::of(&nat.component)
            }
        }
        RouteTarget::VpcEndpoint(id) => {
            let endpoint = network.vpc_endpoints.get(*id);
            let type_name = match endpoint.kind {
                VpcEndpointKind::Gateway => "Gateway",
                VpcEndpointKind::Interface => "Interface",
                VpcEndpointKind::GatewayLoadBalancer => "GatewayLoadBalancer",
            };
            Card {
                type_name: Some(type_name.to_owned()),
                detail: Some(endpoint.service.full.clone()),
                bad_state: not_available(&endpoint.state),
                ..Card::of(&endpoint.component)
            }
        }
        other => {
            Card::of(&target_component(network, other).unwrap_or_else(|| Component::new(ComponentKind::Address, "")))
        }
    }
}

/// The card of a link to elsewhere, of which only the name is known.
pub(super) fn door_of_target(target: &RouteTarget) -> Option<Card> {
    match target {
        RouteTarget::Opaque(component) => Some(Card::of(component)),
        _ => None,
    }
}
