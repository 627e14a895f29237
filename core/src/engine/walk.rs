//! The walk of one set of connections: packet there, reply back.
//!
//! A work list of places and parts. A part that is dropped is followed on as if it had passed, marked as lost,
//! so that one walk finds every independent blocker.

use std::collections::BTreeSet;

use crate::address;
use crate::analysis::{Assumption, Direction, Fate, Hop, Protocol};
use crate::component::{Component, ComponentKind};
use crate::fact::{Action, Fact, FilterDirection, Missing};
use crate::network::{
    EgressOnlyInternetGatewayId, Forwards, InterfaceId, InterfaceRole, InternetGatewayId, NatGatewayId, NatGatewayMode,
    Network, PublicAddress, Route, RouteDestination, RouteOrigin, RouteState, RouteTableId, RouteTarget, SubnetId,
    VpcEndpointId, VpcEndpointKind, VpcId,
};
use crate::query::Family;
use crate::range_set::RangeSet;

use super::connections::{Condition, ConnectionSet, End, Side};
use super::filter::{Decided, EPHEMERAL_PORTS, View};
use super::route_table::{self, Choice};
use super::security_group::{self, Remote};
use super::{internet_gateway, network_acl};

/// Steps after which the walk gives up and says so, since a document can be made to split without end.
const MOST_STEPS: usize = 20_000;

/// What the packets are for.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    /// The VPC in which the walk takes place.
    pub(super) vpc: VpcId,
    /// AWS service and Region of the public addresses, where they have one.
    pub(super) service: Option<(String, String)>,
    /// Who answers outside the VPC.
    pub(super) outside: Component,
    /// What the answer from outside is.
    pub(super) answer: Fact,
    /// The same when an interface or gateway endpoint carries the request, where that makes a difference.
    pub(super) answer_through_endpoint: Option<Fact>,
}

/// A part of the traffic on its way.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) set: ConnectionSet,
    /// The interface that has the destination address, where it is known from the start.
    pub(super) receiver: Option<InterfaceId>,
    pub(super) hops: Vec<Hop>,
    /// Facts that explain why the traffic took its way, each with the position of the hop that they belong to.
    pub(super) notes: Vec<(usize, Component, Fact)>,
    /// The first certain loss.
    pub(super) lost: Option<Fate>,
    /// Whether a decision on the way could not be told.
    pub(super) unknown: bool,
    /// Components that handed the packets on; a second visit is a loop.
    forwarded_by: Vec<Component>,
    /// Appliances that handed the packets on unchanged, each with the number of translations before it.
    appliances: Vec<(usize, InterfaceId)>,
    /// The subnet that the packets left last, which is the one next to a gateway (R3.15).
    at: Option<SubnetId>,
}

impl Part {
    /// A part that has not left yet.
    pub(super) fn new(set: ConnectionSet, receiver: Option<InterfaceId>, hops: Vec<Hop>) -> Part {
        Part {
            set,
            receiver,
            hops,
            notes: Vec::new(),
            lost: None,
            unknown: false,
            forwarded_by: Vec::new(),
            appliances: Vec::new(),
            at: None,
        }
    }

    /// The same history for a part of its set.
    fn with_set(&self, set: ConnectionSet) -> Part {
        Part {
            set,
            receiver: self.receiver,
            hops: self.hops.clone(),
            notes: self.notes.clone(),
            lost: self.lost,
            unknown: self.unknown,
            forwarded_by: self.forwarded_by.clone(),
            appliances: self.appliances.clone(),
            at: self.at,
        }
    }

    /// What became of it.
    pub(super) fn fate(&self) -> Fate {
        match self.lost {
            Some(fate) => fate,
            None if self.unknown => Fate::NotKnown,
            None => Fate::Delivered,
        }
    }

    fn add(
        &mut self,
        view: View,
        component: Component,
        fact: Fact,
        pointer: Option<String>,
        subnet: Option<Component>,
    ) {
        let already_lost = self.lost.is_some();
        match fact.action() {
            Action::Drops => {
                self.lost.get_or_insert(Fate::Dropped);
            }
            Action::Unknown => self.unknown = true,
            Action::Refuses if !self.unknown => {
                let fate = match fact {
                    Fact::PortNotListening { .. } => Fate::Refused,
                    _ => Fate::AccessDenied,
                };
                self.lost.get_or_insert(fate);
            }
            Action::Redirects if !self.unknown => {
                if let Fact::RedirectsToRegion { followed: false, .. } = fact {
                    self.lost.get_or_insert(Fate::Redirected);
                }
            }
            _ => {}
        }
        self.hops.push(Hop {
            component,
            direction: view.direction,
            fact,
            traffic: Some(self.set.traffic(view.direction, view.index)),
            pointer,
            subnet,
            already_lost,
        });
    }
}

/// Where a part is.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// At the near end's interface, about to leave it.
    Leaves,
    /// In the subnet of the near end, out of the interface.
    Subnet(SubnetId),
    /// At the border of the subnet, about to be routed.
    Routed(RouteTableId, Option<SubnetId>),
    /// At the border of another subnet, about to enter it.
    Enters(SubnetId, Errands),
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
enum Errands {
    Deliver,
    Forward(InterfaceId),
    Translate(NatGatewayId),
}

/// Where the packet left the part of the network that is walked, and the reply enters it.
#[derive(Clone, Copy, Debug)]
enum Exit {
    InternetGateway(InternetGatewayId),
    EgressOnlyInternetGateway,
    GatewayEndpoint,
    Interface(InterfaceId),
}

/// A walk.
pub(super) struct Walk<'a> {
    network: &'a Network,
    errand: &'a Errand,
    work: Vec<(Place, Part)>,
    finished: Vec<Part>,
    pub(super) assumptions: BTreeSet<Assumption>,
}

/// The near end of a workload's interface.
pub(super) fn end_of(network: &Network, interface: InterfaceId, family: Family) -> End {
    let known = network.interfaces.get(interface);
    End {
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
pub(super) fn walk(network: &Network, errand: &Errand, parts: Vec<Part>) -> (Vec<Part>, BTreeSet<Assumption>) {
    let mut walk = Walk {
        network,
        errand,
        work: parts.into_iter().rev().map(|part| (Place::Leaves, part)).collect(),
        finished: Vec::new(),
        assumptions: BTreeSet::new(),
    };
    let mut steps = 0;
    while let Some((place, mut part)) = walk.work.pop() {
        steps += 1;
        if steps > MOST_STEPS {
            part.add(FORWARD, walk.vpc(), Fact::NotKnown(Missing::TooManyParts), None, None);
            walk.finished.push(part);
            continue;
        }
        walk.step(place, part);
    }
    (walk.finished, walk.assumptions)
}

const FORWARD: View = View { direction: Direction::Forward, index: 0 };

impl Walk<'_> {
    fn vpc(&self) -> Component {
        self.network.vpcs.get(self.errand.vpc).component.clone()
    }

    fn subnet_name(&self, subnet: Option<SubnetId>) -> Option<Component> {
        subnet.map(|subnet| self.network.subnets.get(subnet).component.clone())
    }

    /// Queues parts so that the first is walked first.
    fn queue(&mut self, parts: Vec<(Place, Part)>) {
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

    fn forward_view(part: &Part) -> View {
        View { direction: Direction::Forward, index: part.set.last_index() }
    }

    /// Applies the decisions of a filter; every part goes on, the dropped ones marked as lost.
    fn filtered(part: &Part, view: View, subnet: &Option<Component>, decided: Vec<Decided>) -> Vec<Part> {
        decided
            .into_iter()
            .map(|decision| {
                let mut next = part.with_set(decision.set);
                next.add(view, decision.component, decision.fact, decision.pointer, subnet.clone());
                next
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
    fn security_groups(&self, part: Part, interface: InterfaceId, direction: FilterDirection) -> Vec<Part> {
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
        let decided = security_group::decide(self.network, known, part.set.clone(), view, direction, remote);
        Self::filtered(&part, view, &subnet, decided)
    }

    /// Who has the destination address, as far as rules that name a group ask.
    fn remote_destination(&self, part: &Part) -> Remote {
        if let Some(receiver) = self.receiver(part) {
            return Remote::Interface(receiver);
        }
        let inside = self
            .network
            .vpcs
            .iter()
            .any(|(_, vpc)| vpc.addresses.of(part.set.family).intersects(&part.set.destination));
        if inside { Remote::Unknown } else { Remote::Public }
    }

    /// The interface that has the destination address.
    fn receiver(&self, part: &Part) -> Option<InterfaceId> {
        part.receiver.or_else(|| interface_with(self.network, part.set.family, part.set.destination.only()?))
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
            next.push((Place::Arrives(subnet), part));
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

    fn network_acl(&self, part: Part, subnet: SubnetId, view: View, direction: FilterDirection) -> Vec<Part> {
        let decided = network_acl::decide(self.network, subnet, part.set.clone(), view, direction);
        Self::filtered(&part, view, &self.subnet_name(Some(subnet)), decided)
    }

    fn routed(&mut self, mut part: Part, table: RouteTableId, subnet: Option<SubnetId>) {
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
                Choice::Either(..) => {
                    let fact = Fact::NotKnown(Missing::PrefixListChoice(component.clone()));
                    part.add(view, component, fact, None, subnet_name.clone());
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
                    route.pointer.clone(),
                    subnet_name.clone(),
                );
                self.note_endpoint(&mut part, table, Some(route));
                self.finished.push(part);
                continue;
            }
            let local = route.target == RouteTarget::Local;
            let fact = Fact::RouteSelected { destination, target, local };
            part.add(view, component, fact, route.pointer.clone(), subnet_name.clone());
            self.note_endpoint(&mut part, table, Some(route));
            match &route.target {
                RouteTarget::Local => next.extend(self.to_subnets(part, subnet)),
                RouteTarget::InternetGateway(gateway) => next.push((Place::InternetGateway(*gateway), part)),
                RouteTarget::EgressOnlyInternetGateway(gateway) => {
                    next.push((Place::EgressOnlyInternetGateway(*gateway), part));
                }
                RouteTarget::NatGateway(gateway) => match &network.nat_gateways.get(*gateway).mode {
                    NatGatewayMode::Zonal(interface) => {
                        let target_subnet = network.interfaces.get(*interface).subnet;
                        next.push(entering(part, subnet, target_subnet, Errands::Translate(*gateway)));
                    }
                    NatGatewayMode::Regional { .. } | NatGatewayMode::Unknown => {
                        next.push((Place::NatGateway(*gateway), part));
                    }
                },
                RouteTarget::Interface(interface) => {
                    let target_subnet = network.interfaces.get(*interface).subnet;
                    next.push(entering(part, subnet, target_subnet, Errands::Forward(*interface)));
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
                RouteTarget::Opaque(component) => {
                    let fact = Fact::NotKnown(Missing::Link(component.clone()));
                    part.add(view, component.clone(), fact, None, subnet_name.clone());
                    self.finished.push(part);
                }
                RouteTarget::Missing(name) => {
                    let fact = Fact::NotKnown(Missing::Resource(name.clone()));
                    part.add(view, known.component.clone(), fact, route.pointer.clone(), subnet_name.clone());
                    self.finished.push(part);
                }
            }
        }
        self.queue(next);
    }

    /// Notes at a route table why a gateway endpoint of the destination's service does not carry the packet.
    fn note_endpoint(&self, part: &mut Part, table: RouteTableId, chosen: Option<&Route>) {
        let Some((service, region)) = &self.errand.service else { return };
        let position = part.hops.len().saturating_sub(1);
        let chosen_endpoint = match chosen.map(|route| &route.target) {
            Some(RouteTarget::VpcEndpoint(endpoint)) => Some(*endpoint),
            _ => None,
        };
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
                part.notes.push((position, component, fact));
            } else if let Some(route) = chosen.filter(|route| route.origin != RouteOrigin::GatewayEndpoint) {
                let (destination, _) = route_text(self.network, route);
                let by_prefix = !endpoint.prefix_lists.iter().any(|list| {
                    let entries = &self.network.prefix_lists.get(*list).entries;
                    entries.iter().any(|entry| route.destination == RouteDestination::Block(*entry))
                });
                let fact = Fact::EndpointRouteBeaten { endpoint: endpoint.component.clone(), destination, by_prefix };
                part.notes.push((position, component, fact));
            }
        }
    }

    /// Hands packets for the VPC itself to the subnets that have the addresses.
    fn to_subnets(&mut self, part: Part, from: Option<SubnetId>) -> Vec<(Place, Part)> {
        let mut next = Vec::new();
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
        for id in candidates {
            let own = self.network.subnets.get(id).addresses.of(part.set.family);
            let mut left = Vec::new();
            for set in rest {
                if !set.destination.intersects(own) {
                    left.push(set);
                    continue;
                }
                let (inside, outside) =
                    set.split(&Condition { addresses: Some((Side::Destination, own)), ports: None });
                left.extend(outside);
                if let Some(set) = inside {
                    let part = part.with_set(set);
                    next.push(entering(part, from, id, Errands::Deliver));
                }
            }
            rest = left;
        }
        for set in rest {
            let Some(first) = set.destination.first() else { continue };
            let mut part = part.with_set(set);
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

    fn enters(&mut self, part: Part, subnet: SubnetId, errand: Errands) {
        let view = Self::forward_view(&part);
        let parts = self.network_acl(part, subnet, view, FilterDirection::Ingress);
        self.queue(parts.into_iter().map(|part| (arrival(subnet, errand), part)).collect());
    }

    fn arrives(&mut self, mut part: Part, subnet: SubnetId) {
        let view = Self::forward_view(&part);
        let subnet_name = self.subnet_name(Some(subnet));
        let Some(receiver) = self.receiver(&part) else {
            let number = part.set.destination.first().unwrap_or_default();
            let address = address::address_of(part.set.family, number);
            let component = Component::new(ComponentKind::Address, address.to_string());
            part.add(view, component, Fact::NotKnown(Missing::OwnerOfAddress(address)), None, subnet_name);
            self.finished.push(part);
            return;
        };
        let interface = self.network.interfaces.get(receiver);
        if let Some(state) = &interface.bad_state {
            part.add(view, interface.owner.clone(), Fact::BadState { state: state.clone() }, None, subnet_name.clone());
        }
        let mut next = Vec::new();
        for mut part in self.security_groups(part, receiver, FilterDirection::Ingress) {
            self.received(&mut part, view, receiver, &subnet_name);
            next.push((Place::Reply(Exit::Interface(receiver)), part));
        }
        self.queue(next);
    }

    /// What an interface does with packets for itself, behind its security groups.
    fn received(&mut self, part: &mut Part, view: View, receiver: InterfaceId, subnet: &Option<Component>) {
        let interface = self.network.interfaces.get(receiver);
        let owner = interface.owner.clone();
        match interface.role {
            InterfaceRole::VpcEndpoint(endpoint) => {
                let endpoint = self.network.vpc_endpoints.get(endpoint);
                if endpoint.state != "available" {
                    part.add(
                        view,
                        owner.clone(),
                        Fact::BadState { state: endpoint.state.clone() },
                        None,
                        subnet.clone(),
                    );
                }
                // An endpoint network interface does not answer pings (R6.5).
                if part.set.protocol == Protocol::Icmp {
                    let fact = Fact::ProtocolNotCarried { protocol: "icmp".to_owned(), gateway_endpoint: false };
                    part.add(view, owner.clone(), fact, None, subnet.clone());
                }
                let fact = Fact::InterfaceEndpointForwards { service: endpoint.service.full.clone() };
                part.add(view, owner.clone(), fact, None, subnet.clone());
                self.policy(part, view, endpoint.has_policy.then_some(owner));
                self.answered(part, view, true);
            }
            InterfaceRole::Function | InterfaceRole::NatGateway(_) | InterfaceRole::CodeBuildProject => {
                // Nothing is said of connections to interfaces that AWS runs for its own use.
                part.add(view, owner.clone(), Fact::NotKnown(Missing::Component(owner)), None, subnet.clone());
            }
            InterfaceRole::Instance | InterfaceRole::Task | InterfaceRole::Bare => match &interface.listens {
                Some(ports) if part.set.protocol != Protocol::Icmp => {
                    let port = part.set.destination_ports.first().unwrap_or_default();
                    let fact =
                        if ports.contains(port) { Fact::InterfaceAnswers } else { Fact::PortNotListening { port } };
                    part.add(view, owner, fact, None, subnet.clone());
                }
                _ => {
                    part.add(view, owner.clone(), Fact::InterfaceAnswers, None, subnet.clone());
                    if part.set.protocol != Protocol::Icmp {
                        let port = part.set.destination_ports.first().unwrap_or_default();
                        self.assumptions.insert(Assumption::Listening { component: owner, port });
                    }
                }
            },
        }
    }

    /// A policy beyond full access decides after the network; what it says is not evaluated.
    fn policy(&mut self, part: &mut Part, view: View, component: Option<Component>) {
        if let Some(component) = component {
            part.add(view, component.clone(), Fact::NotKnown(Missing::Policy(component)), None, None);
        }
    }

    /// The far side outside the VPC answers.
    fn answered(&mut self, part: &mut Part, view: View, through_endpoint: bool) {
        let special = self.errand.answer_through_endpoint.as_ref().filter(|_| through_endpoint);
        let fact = special.unwrap_or(&self.errand.answer).clone();
        part.add(view, self.errand.outside.clone(), fact, None, None);
    }

    fn internet_gateway(&mut self, part: Part, gateway: InternetGatewayId) {
        let known = self.network.internet_gateways.get(gateway);
        let decided = internet_gateway::decide(self.network, self.errand.vpc, part.at, known, part.set.clone());
        self.outside(part, decided, Exit::InternetGateway(gateway));
    }

    fn egress_only_internet_gateway(&mut self, part: Part, gateway: EgressOnlyInternetGatewayId) {
        let known = self.network.egress_only_internet_gateways.get(gateway);
        let decided =
            internet_gateway::decide_egress_only(self.network, self.errand.vpc, part.at, known, part.set.clone());
        self.outside(part, decided, Exit::EgressOnlyInternetGateway);
    }

    fn outside(&mut self, part: Part, decided: Vec<(ConnectionSet, Vec<Decided>)>, exit: Exit) {
        let mut next = Vec::new();
        for (set, decisions) in decided {
            let mut part = part.with_set(set);
            let view = Self::forward_view(&part);
            for decision in decisions {
                if let Fact::InternetGatewayForwards { fragile: true, .. } = decision.fact
                    && let Some(end) = part.set.last_end()
                {
                    self.assumptions.insert(Assumption::FragileElasticIp(end.owner.clone()));
                }
                part.add(view, decision.component, decision.fact, decision.pointer, None);
            }
            self.answered(&mut part, view, false);
            next.push((Place::Reply(exit), part));
        }
        self.queue(next);
    }

    /// Marks a forwarder as visited; a second visit is a loop, and ends the walk of this part.
    fn visit(&mut self, part: &mut Part, forwarder: &Component, subnet: &Option<Component>) -> bool {
        if part.forwarded_by.contains(forwarder) {
            let view = Self::forward_view(part);
            part.add(view, forwarder.clone(), Fact::RoutingLoop, None, subnet.clone());
            return false;
        }
        part.forwarded_by.push(forwarder.clone());
        true
    }

    fn nat_gateway(&mut self, mut part: Part, gateway: NatGatewayId) {
        let network = self.network;
        let known = network.nat_gateways.get(gateway);
        let component = known.component.clone();
        let view = Self::forward_view(&part);
        let subnet = match &known.mode {
            NatGatewayMode::Zonal(interface) => Some(network.interfaces.get(*interface).subnet),
            NatGatewayMode::Regional { .. } | NatGatewayMode::Unknown => None,
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
            part.add(view, component.clone(), Fact::FamilyNotCarried { family: Family::Ipv6 }, None, subnet_name);
            self.finished.push(part);
            return;
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
                self.translate(&mut part, view, component, known.elastic_ips.first().copied(), end, subnet_name);
                self.queue(vec![(Place::Subnet(subnet), part)]);
            }
            NatGatewayMode::Regional { availability_zones, route_table } => {
                let zone = part
                    .set
                    .last_end()
                    .and_then(|end| end.subnet)
                    .map(|subnet| network.subnets.get(subnet).availability_zone.clone())
                    .unwrap_or_default();
                if availability_zones.is_empty() {
                    self.assumptions.insert(Assumption::RegionalNatGatewayCrossesZones(component.clone()));
                } else if !availability_zones.contains(&zone) {
                    part.add(view, component.clone(), Fact::ZoneNotServed { availability_zone: zone }, None, None);
                }
                let elastic_ip = known.elastic_ips.first().copied();
                // AWS gives a regional NAT gateway its public addresses by itself in automatic mode (R4.18).
                let public_address = match elastic_ip {
                    Some(std::net::IpAddr::V4(address)) => PublicAddress::Known(address),
                    _ if known.is_private => PublicAddress::None,
                    _ => PublicAddress::Assigned,
                };
                let end = End {
                    addresses: network.vpcs.get(known.vpc).addresses.ipv4.clone(),
                    ports: RangeSet::range(EPHEMERAL_PORTS.0, EPHEMERAL_PORTS.1),
                    interface: None,
                    subnet: None,
                    public_address,
                    role: InterfaceRole::NatGateway(gateway),
                    owner: component.clone(),
                };
                self.translate(&mut part, view, component.clone(), elastic_ip, end, None);
                part.at = None;
                match route_table {
                    Some(table) => self.queue(vec![(Place::Routed(*table, None), part)]),
                    None => self.regional_default(part, component),
                }
            }
        }
    }

    /// AWS gives a regional NAT gateway a table with a route to the VPC's internet gateway (R4.16).
    fn regional_default(&mut self, mut part: Part, component: Component) {
        let view = Self::forward_view(&part);
        let inside = self.network.vpcs.get(self.errand.vpc).addresses.of(part.set.family);
        if part.set.destination.intersects(inside) {
            let fact = Fact::NotKnown(Missing::Component(component.clone()));
            part.add(view, component, fact, None, None);
            self.finished.push(part);
            return;
        }
        let gateway = self.network.internet_gateways.iter().find(|(_, gateway)| gateway.vpc == Some(self.errand.vpc));
        match gateway {
            Some((gateway, _)) => self.queue(vec![(Place::InternetGateway(gateway), part)]),
            None => {
                let fact = if self.network.is_unknown("internetGateways") {
                    Fact::NotKnown(Missing::Section("internetGateways"))
                } else {
                    Fact::NoRoute
                };
                part.add(view, component, fact, None, None);
                self.finished.push(part);
            }
        }
    }

    fn translate(
        &mut self,
        part: &mut Part,
        view: View,
        component: Component,
        elastic_ip: Option<std::net::IpAddr>,
        end: End,
        subnet: Option<Component>,
    ) {
        part.add(view, component.clone(), Fact::NatGatewayTranslates { elastic_ip }, None, subnet);
        self.assumptions.insert(Assumption::IdleConnections(component));
        part.set.ends.push(end);
    }

    fn gateway_endpoint(&mut self, mut part: Part, endpoint: VpcEndpointId) {
        let known = self.network.vpc_endpoints.get(endpoint);
        let component = known.component.clone();
        let view = Self::forward_view(&part);
        if known.state != "available" {
            part.add(view, component.clone(), Fact::BadState { state: known.state.clone() }, None, None);
        }
        if part.set.protocol == Protocol::Udp {
            let fact = Fact::ProtocolNotCarried { protocol: "udp".to_owned(), gateway_endpoint: true };
            part.add(view, component.clone(), fact, None, None);
        }
        let fact = Fact::GatewayEndpointForwards { service: known.service.full.clone() };
        part.add(view, component.clone(), fact, None, None);
        self.policy(&mut part, view, known.has_policy.then_some(component));
        self.answered(&mut part, view, true);
        self.queue(vec![(Place::Reply(Exit::GatewayEndpoint), part)]);
    }

    /// A NAT instance or an appliance (R4.21, R4.22).
    fn forwarder(&mut self, mut part: Part, interface: InterfaceId) {
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

    /// The reply: stateful components remember, network ACLs and route tables do not (R0.4).
    fn reply(&mut self, part: Part, exit: Exit) {
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
                .flat_map(|part| {
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
            match from {
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
                Choice::None => (Some(Fact::NoReturnRoute), None),
                Choice::Either(..) => (Some(Fact::NotKnown(Missing::PrefixListChoice(known.component.clone()))), None),
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
                        RouteTarget::Opaque(component) => Some(Fact::NotKnown(Missing::Link(component.clone()))),
                        RouteTarget::VpcEndpoint(endpoint) => {
                            let component = self.network.vpc_endpoints.get(*endpoint).component.clone();
                            Some(Fact::NotKnown(Missing::Link(component)))
                        }
                        RouteTarget::Missing(name) => Some(Fact::NotKnown(Missing::Resource(name.clone()))),
                        RouteTarget::Interface(_)
                        | RouteTarget::NatGateway(_)
                        | RouteTarget::InternetGateway(_)
                        | RouteTarget::EgressOnlyInternetGateway(_) => Some(Fact::ReplyTakesAnotherWay { target }),
                    };
                    (fact, route.pointer.clone())
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

/// Whether the last rule that let the packets out names a security group.
fn names_a_group(network: &Network, hops: &[Hop]) -> bool {
    let last = hops.iter().rev().find_map(|hop| match &hop.fact {
        Fact::SecurityGroupAllows { direction: FilterDirection::Egress, rule } => Some(&rule.peer),
        _ => None,
    });
    last.is_some_and(|peer| network.security_groups.iter().any(|(_, group)| group.component.name == *peer))
}

/// The interface whose address is known to be this one.
pub(super) fn interface_with(network: &Network, family: Family, number: u128) -> Option<InterfaceId> {
    network
        .interfaces
        .iter()
        .find(|(_, interface)| interface.addresses.of(family).only() == Some(number))
        .map(|(id, _)| id)
}

/// The next place on the way into a subnet; inside one subnet no network ACL acts (R8.17).
fn entering(part: Part, from: Option<SubnetId>, to: SubnetId, errand: Errands) -> (Place, Part) {
    if from == Some(to) { (arrival(to, errand), part) } else { (Place::Enters(to, errand), part) }
}

fn arrival(subnet: SubnetId, errand: Errands) -> Place {
    match errand {
        Errands::Deliver => Place::Arrives(subnet),
        Errands::Forward(interface) => Place::Forwarder(interface),
        Errands::Translate(gateway) => Place::NatGateway(gateway),
    }
}

/// Destination and target of a route as written.
fn route_text(network: &Network, route: &Route) -> (String, String) {
    let destination = match &route.destination {
        RouteDestination::Block(block) => block.to_string(),
        RouteDestination::PrefixList(list) => network.prefix_lists.get(*list).component.name.clone(),
    };
    let target = match &route.target {
        RouteTarget::Local => "local".to_owned(),
        RouteTarget::InternetGateway(id) => network.internet_gateways.get(*id).component.name.clone(),
        RouteTarget::EgressOnlyInternetGateway(id) => {
            network.egress_only_internet_gateways.get(*id).component.name.clone()
        }
        RouteTarget::NatGateway(id) => network.nat_gateways.get(*id).component.name.clone(),
        RouteTarget::Interface(id) => network.interfaces.get(*id).owner.name.clone(),
        RouteTarget::VpcEndpoint(id) => network.vpc_endpoints.get(*id).component.name.clone(),
        RouteTarget::Opaque(component) => component.name.clone(),
        RouteTarget::Missing(name) => name.clone(),
    };
    (destination, target)
}
