//! What a configuration costs a month, as far as cures change it (section 12).

use serde::Serialize;

use super::prices::{Prices, prices};
use super::{RepairOptions, plan::closed_list};
use crate::analysis::{Analysis, Direction, Fate};
use crate::component::{Component, ComponentKind};
use crate::network::{NatGatewayMode, Network, PublicAddress, VpcEndpointKind};

closed_list! {
    /// What is paid for.
    PriceItem {
        /// Hours of a NAT gateway.
        NatGatewayHours,
        /// Gigabytes through a NAT gateway.
        NatGatewayGigabytes,
        /// Hours of an interface endpoint, for each of its zones.
        InterfaceEndpointHours,
        /// Gigabytes through an interface endpoint.
        InterfaceEndpointGigabytes,
        /// Hours of a public IPv4 address.
        PublicAddressHours,
        /// Gigabytes from one Availability Zone to another.
        CrossZoneGigabytes,
    }
}

/// Units of something that is paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Charge {
    pub(crate) item: PriceItem,
    pub(crate) what: Component,
    /// Hours or gigabytes; less than before is negative.
    pub(crate) quantity: i64,
    /// Millionths of a dollar for one.
    pub(crate) micros: u32,
}

impl Charge {
    /// Millionths of a dollar a month.
    pub(crate) fn amount(&self) -> i64 {
        self.quantity.saturating_mul(i64::from(self.micros))
    }
}

/// Millionths of a dollar a month.
pub(crate) fn sum(charges: &[Charge]) -> i64 {
    charges.iter().map(Charge::amount).fold(0, i64::saturating_add)
}

/// Whether something is paid for by the hour that was not, whatever goes through it.
pub(crate) fn has_new_hours(difference: &[Charge]) -> bool {
    let is_hours = |item: PriceItem| {
        matches!(item, PriceItem::NatGatewayHours | PriceItem::InterfaceEndpointHours | PriceItem::PublicAddressHours)
    };
    difference.iter().any(|charge| is_hours(charge.item) && charge.quantity > 0)
}

/// What the answers' traffic and the components that carry traffic cost.
pub(crate) fn charges(network: &Network, analyses: &[Analysis], options: &RepairOptions) -> Vec<Charge> {
    let prices = prices(&network.region);
    let mut charges = components(network, &prices, i64::from(options.hours_per_month));
    for analysis in analyses {
        traffic(network, analysis, &prices, i64::from(options.gigabytes_per_month), &mut charges);
    }
    charges
}

/// What the traffic of an answer costs, and what carries it.
pub(crate) fn carried(network: &Network, analysis: &Analysis, options: &RepairOptions) -> Vec<Charge> {
    let prices = prices(&network.region);
    let mut charges = components(network, &prices, i64::from(options.hours_per_month));
    charges.retain(|charge| analysis.carriers.contains(&charge.what));
    traffic(network, analysis, &prices, i64::from(options.gigabytes_per_month), &mut charges);
    charges
}

/// The charges that are more or less than before.
pub(crate) fn difference(before: &[Charge], after: &[Charge]) -> Vec<Charge> {
    let mut changed: Vec<Charge> = after.to_vec();
    for charge in before {
        match changed.iter_mut().find(|other| other.item == charge.item && other.what == charge.what) {
            Some(other) => other.quantity -= charge.quantity,
            None => changed.push(Charge { quantity: -charge.quantity, ..charge.clone() }),
        }
    }
    changed.retain(|charge| charge.quantity != 0);
    changed
}

/// Hours of everything that is paid for by the hour (R12.1).
fn components(network: &Network, prices: &Prices, hours: i64) -> Vec<Charge> {
    let mut charges = Vec::new();
    let mut add = |item: PriceItem, what: &Component, count: usize, micros: u32| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if count > 0 {
            charges.push(Charge { item, what: what.clone(), quantity: count.saturating_mul(hours), micros });
        }
    };
    for (_, nat) in network.nat_gateways.iter().filter(|(_, nat)| !is_gone(&nat.state)) {
        // A regional one is paid for in every zone that it serves.
        let zones = match &nat.mode {
            NatGatewayMode::Regional { availability_zones, .. } => availability_zones.len().max(1),
            NatGatewayMode::Zonal(_) | NatGatewayMode::Unknown => 1,
        };
        add(PriceItem::NatGatewayHours, &nat.component, zones, prices.nat_gateway_hour);
        add(PriceItem::PublicAddressHours, &nat.component, nat.elastic_ips.len(), prices.public_address_hour);
    }
    for (_, endpoint) in network.vpc_endpoints.iter().filter(|(_, endpoint)| !is_gone(&endpoint.state)) {
        if endpoint.kind == VpcEndpointKind::Interface {
            let item = PriceItem::InterfaceEndpointHours;
            add(item, &endpoint.component, endpoint.interfaces.len(), prices.interface_endpoint_hour);
        }
    }
    for (_, interface) in network.interfaces.iter() {
        let of_gateway = interface.owner.kind == ComponentKind::NatGateway;
        if !of_gateway && interface.public_address != PublicAddress::None {
            add(PriceItem::PublicAddressHours, &interface.owner, 1, prices.public_address_hour);
        }
    }
    charges
}

fn is_gone(state: &str) -> bool {
    matches!(state, "deleted" | "failed" | "rejected" | "expired")
}

/// Gigabytes of one answer's traffic: each way that delivers has an equal part of it.
fn traffic(network: &Network, analysis: &Analysis, prices: &Prices, gigabytes: i64, charges: &mut Vec<Charge>) {
    let delivered: Vec<_> = analysis.paths.iter().filter(|path| path.fate == Fate::Delivered).collect();
    let count = i64::try_from(delivered.len()).unwrap_or(i64::MAX).max(1);
    let mut crossing: Vec<(Component, i64)> = Vec::new();
    let mut through: Vec<(PriceItem, Component, i64, u32)> = Vec::new();
    for path in delivered {
        for hop in path.hops.iter().filter(|hop| hop.direction == Direction::Forward) {
            let (item, micros) = match hop.component.kind {
                ComponentKind::NatGateway => (PriceItem::NatGatewayGigabytes, prices.nat_gateway_gigabyte),
                ComponentKind::VpcEndpoint if is_interface(network, &hop.component) => {
                    (PriceItem::InterfaceEndpointGigabytes, prices.interface_endpoint_gigabyte)
                }
                _ => continue,
            };
            match through.iter_mut().find(|(_, what, _, _)| *what == hop.component) {
                Some((_, _, parts, _)) => *parts += 1,
                None => through.push((item, hop.component.clone(), 1, micros)),
            }
            if item == PriceItem::NatGatewayGigabytes
                && let (Some(from), Some(to)) = (path.subnet.as_ref(), zone_of_nat(network, &hop.component))
                && zone_of_subnet(network, from).is_some_and(|from| !from.is_empty() && !to.is_empty() && from != to)
            {
                match crossing.iter_mut().find(|(what, _)| *what == hop.component) {
                    Some((_, parts)) => *parts += 1,
                    None => crossing.push((hop.component.clone(), 1)),
                }
            }
        }
    }
    let share = |parts: i64| gigabytes.saturating_mul(parts.min(count)) / count;
    let crossed = crossing
        .into_iter()
        .map(|(what, parts)| (PriceItem::CrossZoneGigabytes, what, parts, prices.cross_zone_gigabyte));
    for (item, what, parts, micros) in through.into_iter().chain(crossed) {
        charges.push(Charge { item, what, quantity: share(parts), micros });
    }
}

fn is_interface(network: &Network, component: &Component) -> bool {
    let endpoints = network.vpc_endpoints.iter();
    endpoints
        .into_iter()
        .any(|(_, endpoint)| endpoint.component == *component && endpoint.kind == VpcEndpointKind::Interface)
}

fn zone_of_subnet<'n>(network: &'n Network, subnet: &Component) -> Option<&'n str> {
    let found = network.subnets.iter().find(|(_, known)| known.component == *subnet);
    found.map(|(_, known)| known.availability_zone.as_str())
}

fn zone_of_nat<'n>(network: &'n Network, nat: &Component) -> Option<&'n str> {
    let (_, nat) = network.nat_gateways.iter().find(|(_, known)| known.component == *nat)?;
    match nat.mode {
        NatGatewayMode::Zonal(interface) => {
            let subnet = network.interfaces.get(interface).subnet;
            Some(network.subnets.get(subnet).availability_zone.as_str())
        }
        NatGatewayMode::Regional { .. } | NatGatewayMode::Unknown => None,
    }
}
