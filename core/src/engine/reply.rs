//! The way back: stateful components remember, network ACLs and route tables do not (R0.4).

use crate::analysis::Direction;
use crate::fact::{Fact, FilterDirection, Missing};
use crate::network::{RouteState, RouteTableId, RouteTarget, SubnetId};

use super::connections::{Condition, Side};
use super::filter::View;
use super::part::Part;
use super::route_table::{self, Choice};
use super::routing::route_text;
use super::walk::{Exit, Walk};

impl Walk<'_> {
    /// The reply: stateful components remember, network ACLs and route tables do not (R0.4).
    pub(super) fn reply(&mut self, part: Part, exit: Exit) {
        let from = match exit {
            Exit::Interface(interface) => Source::Subnet(self.network.interfaces.get(interface).subnet),
            Exit::InternetGateway(gateway) => match self.network.internet_gateways.get(gateway).route_table {
                Some(table) => Source::Edge(table),
                None => Source::Gateway,
            },
            Exit::EgressOnlyInternetGateway | Exit::GatewayEndpoint => Source::Gateway,
        };
        let mut index = part.set.last_index();
        let mut parts = self.reply_to_end(part, index, from);
        while let Some(before) = index.checked_sub(1) {
            parts = parts
                .into_iter()
                .flat_map(|mut part| {
                    part.set.return_to(before);
                    let translator = part.set.end(index).and_then(|end| end.subnet);
                    self.reply_to_end(part, before, translator.map_or(Source::Gateway, Source::Subnet))
                })
                .collect();
            index = before;
        }
        self.finished.extend(parts);
    }

    /// The way of a reply to the near side as of that many translations.
    fn reply_to_end(&self, part: Part, index: usize, from: Source) -> Vec<Part> {
        let view = View { direction: Direction::Reply, index };
        let Some(to) = part.set.end(index).and_then(|end| end.subnet) else { return vec![part] };
        let mut arrived = Vec::new();
        let mut travelling = vec![(part, from)];
        while let Some((part, from)) = travelling.pop() {
            self.budget.spend(part.size());
            match from {
                _ if self.budget.is_used_up() => arrived.push(self.give_up(part)),
                Source::Subnet(subnet) if subnet == to => arrived.push(part),
                Source::Subnet(subnet) => {
                    let table = self.network.subnets.get(subnet).route_table;
                    for part in self.network_acl(part, subnet, view, FilterDirection::Egress) {
                        travelling.extend(self.reply_route(part, view, table, Some(subnet), &mut arrived));
                    }
                }
                Source::Edge(table) => travelling.extend(self.reply_route(part, view, table, None, &mut arrived)),
                Source::Gateway => arrived.extend(self.reply_enters(part, view, to)),
            }
        }
        arrived
    }

    /// The last border of a reply. An appliance that saw the packet and not the reply decides for itself.
    fn reply_enters(&self, mut part: Part, view: View, to: SubnetId) -> Vec<Part> {
        if let Some((_, appliance)) = part.appliances.last().copied().filter(|(before, _)| *before == view.index) {
            part.appliances.pop();
            let owner = self.network.interfaces.get(appliance).owner.clone();
            part.add(view, owner.clone(), Fact::NotKnown(Missing::Guest(owner)), None, None);
        }
        self.network_acl(part, to, view, FilterDirection::Ingress)
    }

    /// Looks the near side up in a table on the way back; only what is not the local route is worth a hop.
    ///
    /// Parts that go on come back with the place from which they do; the others have arrived.
    fn reply_route(
        &self,
        part: Part,
        view: View,
        table: RouteTableId,
        subnet: Option<SubnetId>,
        arrived: &mut Vec<Part>,
    ) -> Vec<(Part, Source)> {
        let known = self.network.route_tables.get(table);
        let subnet_name = self.subnet_name(subnet);
        let side = Side::End(view.index);
        let to = part.set.end(view.index).and_then(|end| end.subnet);
        let choices = route_table::choose(self.network, known, part.set.family, &part.set.addresses(side), None);
        if !self.budget.has_parts(choices.len()) {
            arrived.push(self.give_up(part));
            return Vec::new();
        }
        self.budget.split(choices.len().saturating_sub(1));
        let mut onward = Vec::new();
        for (addresses, choice) in choices {
            let (Some(set), _) =
                part.set.clone().split(&Condition { addresses: Some((side, &addresses)), ports: None })
            else {
                continue;
            };
            let mut part = part.with_set(set);
            let interface = part.set.end(view.index).and_then(|end| end.interface);
            let appliance =
                part.appliances.last().filter(|(before, _)| *before == view.index).map(|(_, appliance)| *appliance);
            let (fact, pointer) = match choice {
                Choice::None => (Some(Fact::NoRoute), None),
                Choice::NotKnown(missing, pointer) => (Some(Fact::NotKnown(missing)), pointer),
                Choice::Route(route) => {
                    let (destination, target) = route_text(self.network, route);
                    let fact = match &route.target {
                        _ if route.state == RouteState::Blackhole => Some(Fact::RouteBlackhole { destination, target }),
                        RouteTarget::Local => None,
                        RouteTarget::Interface(steered) if Some(*steered) == interface => None,
                        RouteTarget::Interface(steered) if Some(*steered) == appliance => {
                            part.appliances.pop();
                            let known = self.network.interfaces.get(*steered);
                            let owner = known.owner.clone();
                            let parts = if subnet == Some(known.subnet) {
                                vec![part]
                            } else {
                                self.network_acl(part, known.subnet, view, FilterDirection::Ingress)
                            };
                            onward.extend(parts.into_iter().map(|mut part| {
                                let name = self.subnet_name(Some(known.subnet));
                                part.add(view, owner.clone(), Fact::ApplianceForwards, None, name);
                                (part, Source::Subnet(known.subnet))
                            }));
                            continue;
                        }
                        #[cfg(feature = "whole")]
                        RouteTarget::Opaque(component) => Some(Fact::NotKnown(Missing::Link(component.clone()))),
                        RouteTarget::VpcEndpoint(endpoint) => {
                            let component = self.network.vpc_endpoints.get(*endpoint).component.clone();
                            Some(Fact::NotKnown(Missing::Link(component)))
                        }
                        #[cfg(feature = "whole")]
                        RouteTarget::Missing(name) => Some(Fact::NotKnown(Missing::Resource(name.clone()))),
                        RouteTarget::Interface(_)
                        | RouteTarget::NatGateway(_)
                        | RouteTarget::InternetGateway(_)
                        | RouteTarget::EgressOnlyInternetGateway(_) => Some(Fact::ReplyTakesAnotherWay { target }),
                    };
                    (fact, route.pointer.as_ref().map(ToString::to_string))
                }
            };
            if let Some(fact) = fact {
                part.add(view, known.component.clone(), fact, pointer, subnet_name.clone());
            }
            match to {
                Some(to) => arrived.extend(self.reply_enters(part, view, to)),
                None => arrived.push(part),
            }
        }
        onward
    }
}

/// Where a reply sets out.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// In a subnet.
    Subnet(SubnetId),
    /// At an internet gateway with a route table of its own (R2.22).
    Edge(RouteTableId),
    /// At a gateway that delivers straight to the subnet.
    Gateway,
}
