//! The boxes for tables, filters and cards.

use super::{Card, NetworkAclBox, RouteRow, RouteTableBox, RuleRow, SecurityGroupBox, missing, workload_card};
use crate::component::{Component, ComponentKind};
use crate::document::words;
use crate::fact::RuleText;
use crate::network::{
    Index, InterfaceId, InterfaceRole, NatGatewayMode, Network, NetworkAcl, PublicAddress, RouteOrigin, RouteState,
    RouteTableId, RouteTarget, SecurityGroup, SecurityGroupRule, TrafficMatch, VpcEndpointKind, Workload,
};

/// Rows of a table or filter that a box holds; tables with hundreds of routes are real, and nobody reads them in a diagram.
const ROWS: usize = 12;

pub(super) fn route_table(network: &Network, id: RouteTableId) -> RouteTableBox {
    let table = network.route_tables.get(id);
    let routes = table.routes.iter().take(ROWS).map(|route| RouteRow {
        destination: network.destination_text(&route.destination),
        target: network.target_text(&route.target),
        target_component: network.target_component(&route.target).map(ToString::to_string),
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
                    network.peer_text(&rule.peer),
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

fn rule_row(
    traffic: &TrafficMatch,
    peer: String,
    pointer: Option<String>,
    allow: bool,
    number: Option<u32>,
) -> RuleRow {
    let RuleText { protocol, ports, peer } = traffic.text(peer);
    RuleRow { number, allow, protocol, ports, peer, pointer }
}

/// The card of what an interface belongs to.
pub(super) fn owner_card(network: &Network, id: InterfaceId, workload: Option<&Workload>) -> Card {
    let interface = network.interfaces.get(id);
    let mut card = match (interface.role, workload) {
        (InterfaceRole::NatGateway(nat), _) => door(network, &RouteTarget::NatGateway(nat)),
        (InterfaceRole::VpcEndpoint(endpoint), _) => door(network, &RouteTarget::VpcEndpoint(endpoint)),
        (_, Some(workload)) => workload_card(workload),
        (_, None) => Card::of(&interface.owner),
    };
    let mates = workload.map(|workload| workload.interfaces.as_slice()).unwrap_or_default();
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
    card.public_address = card.public_address.or_else(|| public_address(interface.public_address));
    card.bad_state = card.bad_state.or_else(|| interface.bad_state.clone());
    card
}

fn public_address(address: PublicAddress) -> Option<String> {
    match address {
        PublicAddress::None => None,
        PublicAddress::Assigned => Some(words::ASSIGNED.to_owned()),
        PublicAddress::Known(address) | PublicAddress::Fragile(address) => Some(address.to_string()),
    }
}

/// The card of a gateway or endpoint.
pub(super) fn door(network: &Network, target: &RouteTarget) -> Card {
    let not_available = |state: &str| (state != "available").then(|| state.to_owned());
    match target {
        RouteTarget::NatGateway(id) => {
            let nat = network.nat_gateways.get(*id);
            let availability_zones = match &nat.mode {
                #[cfg(feature = "whole")]
                NatGatewayMode::Regional { availability_zones, .. } => availability_zones.clone(),
                NatGatewayMode::Zonal(_) | NatGatewayMode::Unknown => Vec::new(),
            };
            Card {
                type_name: Some(if nat.is_private { "private" } else { "public" }.to_owned()),
                bad_state: not_available(&nat.state),
                public_address: nat.elastic_ips.first().copied().and_then(public_address),
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
        other => network
            .target_component(other)
            .map_or_else(|| Card::of(&Component::new(ComponentKind::Address, "")), Card::of),
    }
}
