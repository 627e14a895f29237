//! The step at a route table: which route takes which part, and where it leads.

use std::sync::Arc;

use crate::address;
use crate::fact::{Fact, Missing};
use crate::network::{
    NatGatewayMode, Network, Route, RouteDestination, RouteOrigin, RouteState, RouteTableId, RouteTarget, SubnetId,
    VpcEndpointKind,
};

use super::connections::{Condition, Side};
use super::part::Part;
use super::route_table::{self, Choice};
use super::walk::{Place, Purpose, Walk, entering};

impl Walk<'_> {
    pub(super) fn routed(&mut self, mut part: Part, table: RouteTableId, subnet: Option<SubnetId>) {
        let network = self.network;
        let known = network.route_tables.get(table);
        let view = Self::forward_view(&part);
        let subnet_name = self.subnet_name(subnet);
        let implicit = subnet.is_some_and(|subnet| !network.subnets.get(subnet).route_table_is_explicit);
        if implicit && network.is_unknown("routeTables") {
            let fact = Fact::NotKnown(Missing::Section("routeTables"));
            part.add(view, known.component.clone(), fact, None, subnet_name);
            self.finished.push(part);
            return;
        }
        let service = self.errand.service.as_ref().map(|(service, region)| (service.as_str(), region.as_str()));
        let choices = route_table::choose(network, known, part.set.family, &part.set.destination, service);
        if !self.budget.has_parts(choices.len()) {
            let part = self.give_up(part);
            self.finished.push(part);
            return;
        }
        self.budget.split(choices.len().saturating_sub(1));
        let mut next = Vec::new();
        for (addresses, choice) in choices {
            let (Some(set), _) =
                part.set.clone().split(&Condition { addresses: Some((Side::Destination, &addresses)), ports: None })
            else {
                continue;
            };
            let mut part = part.with_set(set);
            let component = known.component.clone();
            let route = match choice {
                Choice::None => {
                    part.add(view, component, Fact::NoRoute, None, subnet_name.clone());
                    self.note_endpoint(&mut part, table, None);
                    self.finished.push(part);
                    continue;
                }
                Choice::NotKnown(missing, pointer) => {
                    part.add(view, component, Fact::NotKnown(missing), pointer, subnet_name.clone());
                    self.finished.push(part);
                    continue;
                }
                Choice::Route(route) => route,
            };
            let (destination, target) = route_text(network, route);
            if route.state == RouteState::Blackhole {
                part.add(
                    view,
                    component,
                    Fact::RouteBlackhole { destination, target },
                    route.pointer.as_ref().map(ToString::to_string),
                    subnet_name.clone(),
                );
                self.note_endpoint(&mut part, table, Some(route));
                self.finished.push(part);
                continue;
            }
            let local = route.target == RouteTarget::Local;
            let fact = Fact::RouteSelected { destination, target, local };
            part.add(view, component, fact, route.pointer.as_ref().map(ToString::to_string), subnet_name.clone());
            self.note_endpoint(&mut part, table, Some(route));
            match &route.target {
                RouteTarget::Local => next.extend(self.deliver_locally(part, subnet)),
                RouteTarget::InternetGateway(gateway) => next.push((Place::InternetGateway(*gateway), part)),
                RouteTarget::EgressOnlyInternetGateway(gateway) => {
                    next.push((Place::EgressOnlyInternetGateway(*gateway), part));
                }
                RouteTarget::NatGateway(gateway) => match &network.nat_gateways.get(*gateway).mode {
                    NatGatewayMode::Zonal(interface) => {
                        let target_subnet = network.interfaces.get(*interface).subnet;
                        next.push(entering(part, subnet, target_subnet, Purpose::Translate(*gateway)));
                    }
                    _ => next.push((Place::NatGateway(*gateway), part)),
                },
                RouteTarget::Interface(interface) => {
                    let target_subnet = network.interfaces.get(*interface).subnet;
                    next.push(entering(part, subnet, target_subnet, Purpose::Forward(*interface)));
                }
                RouteTarget::VpcEndpoint(endpoint) => {
                    let known = network.vpc_endpoints.get(*endpoint);
                    if known.kind == VpcEndpointKind::Gateway {
                        next.push((Place::GatewayEndpoint(*endpoint), part));
                    } else {
                        let component = known.component.clone();
                        part.add(
                            view,
                            component.clone(),
                            Fact::NotKnown(Missing::Link(component)),
                            None,
                            subnet_name.clone(),
                        );
                        self.finished.push(part);
                    }
                }
                #[cfg(feature = "whole")]
                RouteTarget::Opaque(component) => {
                    let fact = Fact::NotKnown(Missing::Link(component.clone()));
                    part.add(view, component.clone(), fact, None, subnet_name.clone());
                    self.finished.push(part);
                }
                #[cfg(feature = "whole")]
                RouteTarget::Missing(name) => {
                    let fact = Fact::NotKnown(Missing::Resource(name.clone()));
                    part.add(
                        view,
                        known.component.clone(),
                        fact,
                        route.pointer.as_ref().map(ToString::to_string),
                        subnet_name.clone(),
                    );
                    self.finished.push(part);
                }
            }
        }
        self.queue(next);
    }

    /// Notes at a route table why a gateway endpoint of the destination's service does not carry the packet.
    ///
    /// Only the workload's own table is worth it: what a NAT gateway's table does is another question.
    fn note_endpoint(&self, part: &mut Part, table: RouteTableId, chosen: Option<&Route>) {
        let Some((service, region)) = self.errand.service.as_ref().filter(|_| part.set.last_index() == 0) else {
            return;
        };
        let position = part.hops.len().saturating_sub(1);
        let chosen_endpoint = match chosen.map(|route| &route.target) {
            Some(RouteTarget::VpcEndpoint(endpoint)) => Some(*endpoint),
            _ => None,
        };
        self.budget.spend(self.network.vpc_endpoints.len());
        for (id, endpoint) in self.network.vpc_endpoints.iter() {
            let serves = endpoint.kind == VpcEndpointKind::Gateway
                && endpoint.vpc == self.errand.vpc
                && endpoint.service.service == *service
                && endpoint.service.region == *region
                && endpoint.families.contains(&part.set.family);
            if !serves || chosen_endpoint == Some(id) {
                continue;
            }
            let component = self.network.route_tables.get(table).component.clone();
            if !endpoint.route_tables.contains(&table) {
                let fact =
                    Fact::EndpointNotAssociated { endpoint: endpoint.component.clone(), table: component.name.clone() };
                part.notes.push((position, component, Arc::new(fact)));
            } else if let Some(route) = chosen.filter(|route| route.origin != RouteOrigin::GatewayEndpoint) {
                let (destination, _) = route_text(self.network, route);
                let by_prefix = !endpoint.prefix_lists.iter().any(|list| {
                    let entries = &self.network.prefix_lists.get(*list).entries;
                    entries.iter().any(|entry| route.destination == RouteDestination::Block(*entry))
                });
                let fact = Fact::EndpointRouteBeaten { endpoint: endpoint.component.clone(), destination, by_prefix };
                part.notes.push((position, component, Arc::new(fact)));
            }
        }
    }

    /// Hands packets for the VPC itself to the subnets that have the addresses.
    fn deliver_locally(&mut self, mut part: Part, from: Option<SubnetId>) -> Vec<(Place, Part)> {
        let mut next = Vec::new();
        let view = Self::forward_view(&part);
        if self.is_elsewhere(&mut part, view) {
            self.finished.push(part);
            return next;
        }
        let mut rest = vec![part.set.clone()];
        let candidates: Vec<SubnetId> = match self.receiver(&part) {
            Some(receiver) => vec![self.network.interfaces.get(receiver).subnet],
            None => self
                .network
                .subnets
                .iter()
                .filter(|(_, subnet)| subnet.vpc == self.errand.vpc)
                .map(|(id, _)| id)
                .collect(),
        };
        self.budget.spend(candidates.len());
        for id in candidates {
            let own = self.network.subnets.get(id).addresses.of(part.set.family);
            let mut left = Vec::new();
            for set in rest {
                if self.budget.is_used_up() || !set.destination.intersects(own) {
                    left.push(set);
                    continue;
                }
                let (inside, outside) =
                    set.split(&Condition { addresses: Some((Side::Destination, own)), ports: None });
                left.extend(outside);
                if let Some(set) = inside {
                    self.budget.split(1);
                    let part = part.with_set(set);
                    next.push(entering(part, from, id, Purpose::Deliver));
                }
            }
            rest = left;
        }
        for set in rest {
            let Some(first) = set.destination.first() else { continue };
            let mut part = part.with_set(set);
            if self.budget.is_used_up() {
                self.finished.push(self.give_up(part));
                continue;
            }
            let view = Self::forward_view(&part);
            let fact = if self.network.is_unknown("subnets") {
                Fact::NotKnown(Missing::Section("subnets"))
            } else {
                Fact::AddressInNoSubnet { address: address::address_of(part.set.family, first) }
            };
            part.add(view, self.vpc(), fact, None, None);
            self.finished.push(part);
        }
        next
    }
}

/// Destination and target of a route as written.
pub(super) fn route_text(network: &Network, route: &Route) -> (String, String) {
    (network.destination_text(&route.destination), network.target_text(&route.target))
}
