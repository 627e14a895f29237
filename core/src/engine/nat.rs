//! NAT gateways, NAT instances and appliances (section 4).

use std::net::IpAddr;

use crate::analysis::{Assumption, Hop};
use crate::component::Component;
use crate::fact::{Fact, FilterDirection, Missing};
use crate::network::{Forwards, InterfaceId, NatGatewayId, NatGatewayMode, Network};
use crate::query::Family;
use crate::range_set::RangeSet;

use super::connections::{Condition, End, NAT64_PREFIX, Side};
use super::filter::View;
use super::part::Part;
use super::walk::{Place, Walk, end_of};

/// NAT gateways, NAT instances and appliances that one packet is followed through; people build chains of two.
const MOST_FORWARDERS: usize = 16;

impl Walk<'_> {
    /// Marks a forwarder as visited; a second visit is a loop, and ends the walk of this part, as does a chain without end.
    fn visit(&mut self, part: &mut Part, forwarder: &Component, subnet: &Option<Component>) -> bool {
        if part.forwarded_by.contains(forwarder) {
            let view = Self::forward_view(part);
            part.add(view, forwarder.clone(), Fact::RoutingLoop, None, subnet.clone());
            return false;
        }
        if part.forwarded_by.len() == MOST_FORWARDERS {
            let view = Self::forward_view(part);
            part.add(view, forwarder.clone(), Fact::NotKnown(Missing::TooManyParts), None, subnet.clone());
            return false;
        }
        part.forwarded_by.push(forwarder.clone());
        true
    }

    pub(super) fn nat_gateway(&mut self, mut part: Part, gateway: NatGatewayId) {
        let network = self.network;
        let known = network.nat_gateways.get(gateway);
        let component = known.component.clone();
        let view = Self::forward_view(&part);
        let subnet = match &known.mode {
            NatGatewayMode::Zonal(interface) => Some(network.interfaces.get(*interface).subnet),
            _ => None,
        };
        let subnet_name = self.subnet_name(subnet);
        if !self.visit(&mut part, &component, &subnet_name) {
            self.finished.push(part);
            return;
        }
        if known.state != "available" {
            part.add(view, component.clone(), Fact::BadState { state: known.state.clone() }, None, subnet_name.clone());
        }
        if part.set.family == Family::Ipv6 {
            let prefix = RangeSet::range(NAT64_PREFIX, NAT64_PREFIX + u128::from(u32::MAX));
            let condition = Condition { addresses: Some((Side::Destination, &prefix)), ports: None };
            let (inside, outside) = part.set.clone().split(&condition);
            for set in outside {
                let mut part = part.with_set(set);
                let fact = Fact::FamilyNotCarried { family: Family::Ipv6 };
                part.add(view, component.clone(), fact, None, subnet_name.clone());
                self.finished.push(part);
            }
            let Some(set) = inside else { return };
            part.set = set;
        }
        match &known.mode {
            NatGatewayMode::Unknown => {
                let fact = Fact::NotKnown(Missing::Component(component.clone()));
                part.add(view, component, fact, None, None);
                self.finished.push(part);
            }
            NatGatewayMode::Zonal(interface) => {
                let end = end_of(network, *interface, Family::Ipv4);
                let subnet = network.interfaces.get(*interface).subnet;
                self.translate(
                    &mut part,
                    view,
                    component,
                    known.elastic_ips.first().and_then(|address| address.known()),
                    end,
                    subnet_name,
                );
                self.queue(vec![(Place::Subnet(subnet), part)]);
            }
            #[cfg(feature = "whole")]
            NatGatewayMode::Regional { availability_zones, route_table } => {
                self.regional_nat_gateway(part, gateway, availability_zones, *route_table);
            }
        }
    }

    pub(super) fn translate(
        &mut self,
        part: &mut Part,
        view: View,
        component: Component,
        elastic_ip: Option<IpAddr>,
        end: End,
        subnet: Option<Component>,
    ) {
        part.add(view, component.clone(), Fact::NatGatewayTranslates { elastic_ip }, None, subnet);
        self.assumptions.insert(Assumption::IdleConnections(component));
        if part.set.family == Family::Ipv6 {
            part.set.enter_ipv4();
        }
        part.set.ends.push(end);
    }

    /// A NAT instance or an appliance (R4.21, R4.22).
    pub(super) fn forwarder(&mut self, mut part: Part, interface: InterfaceId) {
        let network = self.network;
        let known = network.interfaces.get(interface);
        let owner = known.owner.clone();
        let subnet_name = self.subnet_name(Some(known.subnet));
        if !self.visit(&mut part, &owner, &subnet_name) {
            self.finished.push(part);
            return;
        }
        let view = Self::forward_view(&part);
        if let Some(state) = &known.bad_state {
            part.add(view, owner.clone(), Fact::BadState { state: state.clone() }, None, subnet_name.clone());
        }
        if known.source_dest_check {
            part.add(view, owner.clone(), Fact::SourceDestCheck, None, subnet_name.clone());
        }
        let mut next = Vec::new();
        for mut part in self.security_groups(part, interface, FilterDirection::Ingress) {
            let inside = network.vpcs.get(self.errand.vpc).addresses.of(part.set.family);
            let to_vpc = part.set.destination.intersects(inside);
            match known.forwards {
                Forwards::Nothing => {
                    part.add(view, owner.clone(), Fact::DoesNotForward, None, subnet_name.clone());
                    self.finished.push(part);
                    continue;
                }
                Forwards::NotSaid if to_vpc || part.set.family == Family::Ipv6 => {
                    let fact = Fact::NotKnown(Missing::Guest(owner.clone()));
                    part.add(view, owner.clone(), fact, None, subnet_name.clone());
                    self.finished.push(part);
                    continue;
                }
                Forwards::Unchanged => {
                    part.add(view, owner.clone(), Fact::ApplianceForwards, None, subnet_name.clone());
                    // A rule that names a group does not see through an appliance (R8.10).
                    if names_a_group(network, &part.hops) {
                        let fact = Fact::NotKnown(Missing::Guest(owner.clone()));
                        part.add(view, owner.clone(), fact, None, subnet_name.clone());
                    }
                    part.appliances.push((part.set.last_index(), interface));
                    for part in self.security_groups(part, interface, FilterDirection::Egress) {
                        next.push((Place::Subnet(known.subnet), part));
                    }
                    continue;
                }
                Forwards::NotSaid => {
                    self.assumptions.insert(Assumption::GuestForwards(owner.clone()));
                }
                Forwards::Nat => {}
            }
            part.add(view, owner.clone(), Fact::NatInstanceTranslates, None, subnet_name.clone());
            let family = part.set.family;
            part.set.ends.push(end_of(network, interface, family));
            for part in self.security_groups(part, interface, FilterDirection::Egress) {
                next.push((Place::Subnet(known.subnet), part));
            }
        }
        self.queue(next);
    }
}

/// Whether the last rule that let the packets out names a security group.
fn names_a_group(network: &Network, hops: &[Hop]) -> bool {
    let last = hops.iter().rev().find_map(|hop| match &*hop.fact {
        Fact::SecurityGroupAllows { direction: FilterDirection::Egress, rule } => Some(&rule.peer),
        _ => None,
    });
    last.is_some_and(|peer| network.security_groups.iter().any(|(_, group)| group.component.name == *peer))
}
