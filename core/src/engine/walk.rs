//! The walk of one set of connections: packet there, reply back.
//!
//! A work list of places and parts. A part that is dropped is followed on as if it had passed, marked as lost,
//! so that one walk finds every independent blocker.

use std::sync::Arc;

use crate::analysis::{Assumption, Direction};
use crate::component::Component;
use crate::fact::{Fact, FilterDirection, Missing};
use crate::network::{
    EgressOnlyInternetGatewayId, Interface, InterfaceId, InterfaceRole, InternetGatewayId, NatGatewayId, Network,
    RouteTableId, SubnetId, VpcEndpointId, VpcId,
};
use crate::query::Family;
use crate::range_set::RangeSet;
use crate::sorted::SortedSet;

use super::budget::Budget;
use super::connections::{Condition, End, Side};
use super::filter::{Decided, EPHEMERAL_PORTS, View};
use super::network_acl;
use super::part::Part;
use super::permissions::Asked;
use super::security_group::{self, Remote};

/// What the packets are for.
#[derive(Clone, Debug)]
pub(super) struct Errand<'a> {
    /// The VPC in which the walk takes place.
    pub(super) vpc: VpcId,
    /// AWS service and Region of the public addresses, where they have one.
    pub(super) service: Option<(String, String)>,
    /// Who answers outside the VPC.
    pub(super) outside: Component,
    /// What the answer from outside is.
    pub(super) answer: Arc<Fact>,
    /// The same when an interface or gateway endpoint carries the request, where that makes a difference.
    pub(super) answer_through_endpoint: Option<Arc<Fact>>,
    /// What the policies have to allow, where that is known.
    pub(super) asked: Option<&'a Asked<'a>>,
}

/// Where a part is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// At the near end's interface, about to leave it.
    Leaves,
    /// In the subnet of the near end, out of the interface.
    Subnet(SubnetId),
    /// At the border of the subnet, about to be routed.
    Routed(RouteTableId, Option<SubnetId>),
    /// At the border of another subnet, about to enter it.
    Enters(SubnetId, Purpose),
    /// In the subnet of the destination.
    Arrives(SubnetId),
    InternetGateway(InternetGatewayId),
    EgressOnlyInternetGateway(EgressOnlyInternetGatewayId),
    NatGateway(NatGatewayId),
    GatewayEndpoint(VpcEndpointId),
    /// At an interface that hands on what is not for itself.
    Forwarder(InterfaceId),
    /// Answered; the reply is about to be sent.
    Reply(Exit),
}

/// Why a packet enters a subnet.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Deliver,
    Forward(InterfaceId),
    Translate(NatGatewayId),
}

/// Where the packet left the part of the network that is walked, and the reply enters it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Exit {
    InternetGateway(InternetGatewayId),
    EgressOnlyInternetGateway,
    GatewayEndpoint,
    Interface(InterfaceId),
}

/// A walk.
pub(super) struct Walk<'a> {
    pub(super) network: &'a Network,
    pub(super) budget: &'a Budget,
    pub(super) errand: &'a Errand<'a>,
    work: Vec<(Place, Part)>,
    pub(super) finished: Vec<Part>,
    pub(super) assumptions: SortedSet<Assumption>,
}

/// The near end of a workload's interface.
pub(super) fn end_of(network: &Network, interface: InterfaceId, family: Family) -> End {
    let known = network.interfaces.get(interface);
    End {
        family,
        addresses: known.addresses.of(family).clone(),
        ports: RangeSet::range(EPHEMERAL_PORTS.0, EPHEMERAL_PORTS.1),
        interface: Some(interface),
        subnet: Some(known.subnet),
        public_address: known.public_address,
        role: known.role,
        owner: known.owner.clone(),
    }
}

/// Walks parts that start at the interface of their near end, to the end of every one of them.
pub(super) fn walk(
    network: &Network,
    budget: &Budget,
    errand: &Errand<'_>,
    parts: Vec<Part>,
) -> (Vec<Part>, SortedSet<Assumption>) {
    budget.split(parts.len());
    let mut walk = Walk {
        network,
        budget,
        errand,
        work: parts.into_iter().rev().map(|part| (Place::Leaves, part)).collect(),
        finished: Vec::new(),
        assumptions: SortedSet::default(),
    };
    while let Some((place, part)) = walk.work.pop() {
        budget.spend(part.size());
        if budget.is_used_up() {
            let part = walk.give_up(part);
            walk.finished.push(part);
        } else {
            walk.step(place, part);
        }
    }
    (walk.finished, walk.assumptions)
}

impl<'a> Walk<'a> {
    pub(super) fn vpc(&self) -> Component {
        self.network.vpcs.get(self.errand.vpc).component.clone()
    }

    /// What cannot be followed any further, since a document can be made to split without end.
    pub(super) fn give_up(&self, mut part: Part) -> Part {
        let view = View { direction: Direction::Forward, index: 0 };
        part.add(view, self.vpc(), Fact::NotKnown(Missing::TooManyParts), None, None);
        part
    }

    pub(super) fn subnet_name(&self, subnet: Option<SubnetId>) -> Option<Component> {
        subnet.map(|subnet| self.network.subnets.get(subnet).component.clone())
    }

    /// Queues parts so that the first is walked first.
    pub(super) fn queue(&mut self, parts: Vec<(Place, Part)>) {
        self.work.extend(parts.into_iter().rev());
    }

    fn step(&mut self, place: Place, part: Part) {
        match place {
            Place::Leaves => self.leaves(part),
            Place::Subnet(subnet) => self.in_subnet(part, subnet),
            Place::Routed(table, subnet) => self.routed(part, table, subnet),
            Place::Enters(subnet, errand) => self.enters(part, subnet, errand),
            Place::Arrives(subnet) => self.arrives(part, subnet),
            Place::InternetGateway(gateway) => self.internet_gateway(part, gateway),
            Place::EgressOnlyInternetGateway(gateway) => self.egress_only_internet_gateway(part, gateway),
            Place::NatGateway(gateway) => self.nat_gateway(part, gateway),
            Place::GatewayEndpoint(endpoint) => self.gateway_endpoint(part, endpoint),
            Place::Forwarder(interface) => self.forwarder(part, interface),
            Place::Reply(exit) => self.reply(part, exit),
        }
    }

    pub(super) fn forward_view(part: &Part) -> View {
        View { direction: Direction::Forward, index: part.set.last_index() }
    }

    /// Applies the decisions of a filter; every part goes on, the dropped ones marked as lost.
    fn filtered(&self, history: Part, view: View, subnet: &Option<Component>, decided: Vec<Decided>) -> Vec<Part> {
        self.budget.split(decided.len().saturating_sub(1));
        let sets = decided.into_iter().map(|decided| (decided.set, decided.decision)).collect();
        let parts = history.spread(sets).into_iter();
        parts
            .map(|(mut part, decision)| {
                part.add(view, decision.component, decision.fact, decision.pointer, subnet.clone());
                part
            })
            .collect()
    }

    fn leaves(&mut self, part: Part) {
        let Some(end) = part.set.last_end().cloned() else { return };
        let (Some(interface), Some(subnet)) = (end.interface, end.subnet) else { return };
        let next = self.security_groups(part, interface, FilterDirection::Egress);
        self.queue(next.into_iter().map(|part| (Place::Subnet(subnet), part)).collect());
    }

    /// Security groups of an interface for packets on their way there.
    pub(super) fn security_groups(&self, part: Part, interface: InterfaceId, direction: FilterDirection) -> Vec<Part> {
        let known = self.network.interfaces.get(interface);
        // A NAT gateway has no security group (R4.7).
        if matches!(known.role, InterfaceRole::NatGateway(_)) {
            return vec![part];
        }
        let view = Self::forward_view(&part);
        let remote = match direction {
            FilterDirection::Egress => self.remote_destination(&part),
            FilterDirection::Ingress => match part.set.last_end().and_then(|end| end.interface) {
                // Behind an appliance a rule that names the sender's group does not match (R8.10).
                Some(source) if part.appliances.is_empty() => Remote::Interface(source),
                _ => Remote::Public,
            },
        };
        let subnet = self.subnet_name(Some(known.subnet));
        let decided =
            security_group::decide(self.network, self.budget, known, part.set.clone(), view, direction, remote);
        self.filtered(part, view, &subnet, decided)
    }

    /// Who has the destination address, as far as rules that name a group ask.
    fn remote_destination(&self, part: &Part) -> Remote {
        match self.receiver(part) {
            Some(receiver) if self.is_of_this_vpc(receiver) => return Remote::Interface(receiver),
            Some(_) => return Remote::Unknown,
            None => {}
        }
        let inside = self
            .network
            .vpcs
            .iter()
            .any(|(_, vpc)| vpc.addresses.of(part.set.family).intersects(&part.set.destination));
        if inside { Remote::Unknown } else { Remote::Public }
    }

    /// The interface that has the destination address.
    pub(super) fn receiver(&self, part: &Part) -> Option<InterfaceId> {
        part.receiver.or_else(|| {
            let address = part.set.destination.only()?;
            self.budget.spend(self.network.interfaces.len());
            interface_with(self.network, Some(self.errand.vpc), part.set.family, address)
        })
    }

    fn is_of_this_vpc(&self, interface: InterfaceId) -> bool {
        let subnet = self.network.interfaces.get(interface).subnet;
        self.network.subnets.get(subnet).vpc == self.errand.vpc
    }

    /// A destination in another VPC that has the same addresses: packets for them stay in this one (R9.1).
    pub(super) fn is_elsewhere(&self, part: &mut Part, view: View) -> bool {
        let elsewhere = part.receiver.filter(|receiver| !self.is_of_this_vpc(*receiver));
        if let Some(receiver) = elsewhere {
            let owner = self.network.interfaces.get(receiver).owner.clone();
            part.add(view, owner, Fact::NotInVpc, None, None);
        }
        elsewhere.is_some()
    }

    fn in_subnet(&mut self, part: Part, subnet: SubnetId) {
        let known = self.network.subnets.get(subnet);
        let own = known.addresses.of(part.set.family);
        let (inside, outside) =
            part.set.clone().split(&Condition { addresses: Some((Side::Destination, own)), ports: None });
        let mut next = Vec::new();
        if let Some(inside) = inside {
            let mut part = part.with_set(inside);
            let view = Self::forward_view(&part);
            part.add(view, known.component.clone(), Fact::SameSubnet, None, Some(known.component.clone()));
            if self.is_elsewhere(&mut part, view) {
                self.finished.push(part);
            } else {
                next.push((Place::Arrives(subnet), part));
            }
        }
        for set in outside {
            let mut part = part.with_set(set);
            part.at = Some(subnet);
            let view = Self::forward_view(&part);
            for part in self.network_acl(part, subnet, view, FilterDirection::Egress) {
                next.push((Place::Routed(known.route_table, Some(subnet)), part));
            }
        }
        self.queue(next);
    }

    pub(super) fn network_acl(
        &self,
        part: Part,
        subnet: SubnetId,
        view: View,
        direction: FilterDirection,
    ) -> Vec<Part> {
        let decided = network_acl::decide(self.network, self.budget, subnet, part.set.clone(), view, direction);
        self.filtered(part, view, &self.subnet_name(Some(subnet)), decided)
    }

    fn enters(&mut self, part: Part, subnet: SubnetId, errand: Purpose) {
        let view = Self::forward_view(&part);
        let parts = self.network_acl(part, subnet, view, FilterDirection::Ingress);
        self.queue(parts.into_iter().map(|part| (arrival(subnet, errand), part)).collect());
    }
}

/// The interface whose address is known to be this one, in that VPC or in any.
pub(super) fn interface_with(
    network: &Network,
    vpc: Option<VpcId>,
    family: Family,
    number: u128,
) -> Option<InterfaceId> {
    let is_of = |interface: &Interface| vpc.is_none_or(|vpc| network.subnets.get(interface.subnet).vpc == vpc);
    network
        .interfaces
        .iter()
        .find(|(_, interface)| interface.addresses.of(family).only() == Some(number) && is_of(interface))
        .map(|(id, _)| id)
}

/// The next place on the way into a subnet; inside one subnet no network ACL acts (R8.17).
pub(super) fn entering(part: Part, from: Option<SubnetId>, to: SubnetId, errand: Purpose) -> (Place, Part) {
    if from == Some(to) { (arrival(to, errand), part) } else { (Place::Enters(to, errand), part) }
}

fn arrival(subnet: SubnetId, errand: Purpose) -> Place {
    match errand {
        Purpose::Deliver => Place::Arrives(subnet),
        Purpose::Forward(interface) => Place::Forwarder(interface),
        Purpose::Translate(gateway) => Place::NatGateway(gateway),
    }
}
