//! Route tables: associations first, routes once everything that they lead to is there.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::Resolver;
use super::filters::Associations;
use super::problems::{Found, Place, Spot};
use super::scalars::{looks_like_block, plain_block};
use crate::address::{holds, range_of};
use crate::component::{Component, ComponentKind};
use crate::document::{self, words};
use crate::network::{
    Index, Pointer, Route, RouteDestination, RouteOrigin, RouteState, RouteTable, RouteTableId, RouteTarget,
    VpcEndpointId, VpcEndpointKind, VpcId,
};
use crate::problem::{ProblemKind, Quota};

/// Bits for the position of a route in its table when duplicates are looked for; a table has 1,000 routes at most (R2.26).
const POSITION_BITS: u32 = 26;

/// Ranges that AWS keeps for itself (R2.10).
const RESERVED_RANGES: [(IpNet, &str); 2] = [
    (IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 168, 0), 22)), "169.254.168.0/22"),
    (IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0), 32)), "fd00:ec2::/32"),
];

impl<'d> Resolver<'d> {
    /// The tables with their associations, every VPC's main table among them (R2.1), still without routes.
    pub(super) fn route_tables(&mut self) {
        let mut associations = Associations::new(&self.network);
        for (key, declared) in &self.document.route_tables {
            let place = Place::new("routeTables", key);
            let subnets = self.associated_subnets(place, &declared.subnets);
            let implied = subnets.first().map(|(_, subnet)| self.network.subnets.get(*subnet).vpc);
            let Some(vpc) = self.vpc_of(place, declared.vpc.as_deref(), implied) else {
                self.route_tables.push(key, None);
                continue;
            };
            let id = self.add_route_table(key.clone(), vpc);
            self.route_tables.push(key, Some(id));
            if declared.main
                && let Some(winner) = associations.of_vpc(vpc, id)
            {
                let kind = || ProblemKind::SecondDefault {
                    winner: self.network.route_tables.get(winner).component.clone(),
                    vpc: self.network.vpc_name(vpc),
                };
                self.problems.report(place.field("main"), kind);
            }
            for (position, subnet) in subnets {
                self.check_vpc_of_subnet(place, position, subnet, vpc);
                if let Some(winner) = associations.of_subnet(subnet, id) {
                    let winner = self.network.route_tables.get(winner).component.clone();
                    self.second_association(place, position, subnet, winner);
                }
            }
        }
        for (position, declared) in associations.vpcs.into_iter().enumerate() {
            let vpc = VpcId::from_position(position);
            let taken = self.document.route_tables.contains_key("main");
            let id = declared.unwrap_or_else(|| self.add_route_table(self.own_name(vpc, "main", taken), vpc));
            self.network.vpcs.get_mut(vpc).main_route_table = id;
        }
        for (position, explicit) in associations.subnets.into_iter().enumerate() {
            let subnet = Index::from_position(position);
            let main = self.network.vpcs.get(self.network.subnets.get(subnet).vpc).main_route_table;
            let subnet = self.network.subnets.get_mut(subnet);
            subnet.route_table = explicit.unwrap_or(main);
            subnet.route_table_is_explicit = explicit.is_some();
        }
    }

    fn add_route_table(&mut self, name: String, vpc: VpcId) -> RouteTableId {
        let component = Component::new(ComponentKind::RouteTable, name);
        self.network.route_tables.push(RouteTable {
            component,
            vpc,
            routes: Vec::new(),
            unreadable: Vec::new(),
            chosen_ipv4: Default::default(),
            chosen_ipv6: Default::default(),
        })
    }

    /// The routes of every table: local ones, the document's, those of gateway endpoints.
    pub(super) fn routes(&mut self) {
        self.collect_targets();
        for position in 0..self.network.route_tables.len() {
            let id = RouteTableId::from_position(position);
            let table = self.network.route_tables.get(id);
            let (vpc, key) = (table.vpc, table.component.name.clone());
            // The main table that AWS makes is not in the document.
            let declared = match self.route_tables.find(ComponentKind::RouteTable, &key) {
                Found::Resolved(of_key) if of_key == id => self.document.route_tables.get_key_value(&key),
                _ => None,
            };
            let own = declared.map(|(key, table)| self.declared_routes(Place::new("routeTables", key), vpc, table));
            let (own, unreadable) = own.unwrap_or_default();
            let mut routes = self.local_routes(vpc, &own);
            routes.extend(own);
            let table = self.network.route_tables.get_mut(id);
            table.routes = routes;
            table.unreadable = unreadable;
        }
        #[cfg(feature = "whole")]
        self.gateway_tables();
        self.gateway_endpoint_routes();
    }

    /// A local route for each block of the VPC (R1.6), but for those that a declared route replaces (R2.9).
    fn local_routes(&self, vpc: VpcId, declared: &[Route]) -> Vec<Route> {
        let blocks = self.network.vpcs.get(vpc).blocks.iter();
        let is_replaced = |block: &IpNet| {
            let destination = RouteDestination::Block(*block);
            declared.iter().any(|route| route.destination == destination && route.origin != RouteOrigin::Propagated)
        };
        let local = |block: &IpNet| Route {
            destination: RouteDestination::Block(*block),
            target: RouteTarget::Local,
            state: RouteState::Active,
            origin: RouteOrigin::Local,
            pointer: None,
        };
        blocks.filter(|block| !is_replaced(block)).map(local).collect()
    }

    /// The routes of a table, and those whose destinations cannot be read.
    fn declared_routes(
        &mut self,
        place: Place<'d>,
        vpc: VpcId,
        table: &'d document::RouteTable,
    ) -> (Vec<Route>, Vec<(RouteTarget, Pointer)>) {
        let mut routes = Vec::with_capacity(table.routes.len());
        let mut unreadable = Vec::new();
        let list: Arc<str> = place.field("routes").text().into();
        for (position, route) in table.routes.iter().enumerate() {
            match self.route(place, Pointer::new(&list, position), vpc, route) {
                Ok(route) => routes.push(route),
                Err(left_out) => unreadable.push(left_out),
            }
        }
        self.remove_duplicates(&mut routes);
        let own = routes.iter().filter(|route| route.origin != RouteOrigin::Propagated).count();
        self.problems.check_quota(Quota::Routes, own, place.field("routes"));
        (routes, unreadable)
    }

    /// Removes a second static route for one destination, which AWS refuses, and reports it.
    fn remove_duplicates(&mut self, routes: &mut Vec<Route>) {
        // Short keys, since sorting is half of the work: network, prefix length and position in one number for IPv4.
        let mut ipv4: Vec<u64> = Vec::with_capacity(routes.len());
        let mut others: Vec<(u128, u8, u32)> = Vec::new();
        for (position, route) in (0_u32..1 << POSITION_BITS).zip(routes.iter()) {
            match &route.destination {
                // Several propagated routes can have one block; nothing propagates a prefix list.
                RouteDestination::Block(_) if route.origin == RouteOrigin::Propagated => {}
                RouteDestination::Block(IpNet::V4(block)) => {
                    let block = u64::from(u32::from(block.network())) << 6 | u64::from(block.prefix_len());
                    ipv4.push(block << POSITION_BITS | u64::from(position));
                }
                RouteDestination::Block(block) => others.push((range_of(block).0, block.prefix_len(), position)),
                RouteDestination::PrefixList(list) => others.push((list.position() as u128, u8::MAX, position)),
            }
        }
        let mut again: Vec<u32> = Vec::new();
        crate::sorted::sort(&mut ipv4);
        for pair in ipv4.windows(2) {
            if let [one, other] = pair
                && one >> POSITION_BITS == other >> POSITION_BITS
            {
                again.push((other & ((1 << POSITION_BITS) - 1)) as u32);
            }
        }
        crate::sorted::sort(&mut others);
        for pair in others.windows(2) {
            if let [one, other] = pair
                && (one.0, one.1) == (other.0, other.1)
            {
                again.push(other.2);
            }
        }
        if again.is_empty() {
            return;
        }
        crate::sorted::sort(&mut again);
        let mut position = 0;
        routes.retain(|route| {
            let is_kept = again.binary_search(&position).is_err();
            position += 1;
            if !is_kept {
                let destination = || match &route.destination {
                    RouteDestination::Block(block) => block.to_string(),
                    RouteDestination::PrefixList(list) => self.network.prefix_lists.get(*list).component.name.clone(),
                };
                let pointer =
                    || route.pointer.as_ref().map_or_else(String::new, |pointer| format!("{pointer}/destination"));
                self.problems.report_at(pointer, || ProblemKind::DuplicateRoute { destination: destination() });
            }
            is_kept
        });
    }

    /// A route, or the target of one whose destination cannot be read.
    fn route(
        &mut self,
        place: Place<'d>,
        at: Pointer,
        vpc: VpcId,
        route: &'d document::Route,
    ) -> Result<Route, (RouteTarget, Pointer)> {
        let pointer = place.item("routes", at.position());
        let target = self.target(&route.target, pointer.at("target"));
        let Some(destination) = self.destination(&route.destination, &target, pointer.at("destination")) else {
            return Err((target, at));
        };
        let state = match &route.state {
            None => RouteState::Active,
            Some(text) => match self.problems.word(text, words::ROUTE_STATES, pointer.at("state")) {
                Some("active") => RouteState::Active,
                Some("filtered") => RouteState::Filtered,
                // A state that nobody knows is not taken for a working one.
                _ => RouteState::Blackhole,
            },
        };
        let propagated = match &route.origin {
            None => false,
            Some(text) => self.problems.word(text, words::ROUTE_ORIGINS, pointer.at("origin")) == Some("propagated"),
        };
        let mut origin = if propagated { RouteOrigin::Propagated } else { RouteOrigin::Static };
        match (&destination, &target) {
            (RouteDestination::Block(block), RouteTarget::Local) => {
                origin = RouteOrigin::Local;
                if !self.network.vpcs.get(vpc).blocks.contains(block) {
                    let kind = || ProblemKind::LocalRouteOutsideVpc {
                        destination: block.to_string(),
                        vpc: self.network.vpc_name(vpc),
                    };
                    self.problems.report(pointer.at("destination"), kind);
                }
            }
            // A dump writes out the routes that AWS adds for gateway endpoints (R2.18).
            (RouteDestination::PrefixList(list), RouteTarget::VpcEndpoint(endpoint))
                if self.network.vpc_endpoints.get(*endpoint).prefix_lists.contains(list) =>
            {
                origin = RouteOrigin::GatewayEndpoint;
            }
            (RouteDestination::Block(block), _) if !propagated => self.check_block(vpc, block, &target, pointer),
            _ => {}
        }
        Ok(Route { destination, target, state, origin, pointer: Some(at) })
    }

    /// Reports static routes that AWS refuses: inside its own ranges (R2.10), or more specific than local without being
    /// a whole subnet that leads to a NAT gateway, an interface or a Gateway Load Balancer endpoint (R2.9).
    fn check_block(&mut self, vpc: VpcId, block: &IpNet, target: &RouteTarget, pointer: Spot<'_>) {
        if let Some((_, range)) = RESERVED_RANGES.iter().find(|(range, _)| holds(range, block)) {
            let kind = || ProblemKind::RouteInReservedRange { destination: block.to_string(), range };
            self.problems.report(pointer.at("destination"), kind);
        }
        let vpc = self.network.vpcs.get(vpc);
        let Some(local) = vpc.blocks.iter().find(|local| holds(local, block) && *local != block) else { return };
        let is_middlebox = target.is_missing()
            || matches!(target, RouteTarget::NatGateway(_) | RouteTarget::Interface(_) | RouteTarget::VpcEndpoint(_));
        if !(is_middlebox && self.subnet_blocks.binary_search(block).is_ok()) {
            let kind = || ProblemKind::RouteInsideLocal { destination: block.to_string(), local: local.to_string() };
            self.problems.report(pointer.at("destination"), kind);
        }
    }

    fn destination(&mut self, text: &str, target: &RouteTarget, pointer: Spot<'_>) -> Option<RouteDestination> {
        if text.is_empty() {
            self.problems.report(pointer, || ProblemKind::MissingField { field: "destination" });
            return None;
        }
        if let Some(block) = plain_block(text) {
            return Some(RouteDestination::Block(block));
        }
        if looks_like_block(text) {
            return self.problems.block(text, None, pointer).map(RouteDestination::Block);
        }
        if let Some(list) = self.find_prefix_list(text) {
            return Some(RouteDestination::PrefixList(list));
        }
        // A list of unknown id on a route to a gateway endpoint is the list of the endpoint's service (R2.18).
        if let RouteTarget::VpcEndpoint(endpoint) = target {
            let endpoint = self.network.vpc_endpoints.get(*endpoint);
            if let (true, Some(list)) = (text.starts_with("pl-"), endpoint.prefix_lists.first()) {
                return Some(RouteDestination::PrefixList(*list));
            }
        }
        Some(RouteDestination::PrefixList(self.prefix_list_or_unknown(text, pointer)))
    }

    /// The routes that AWS adds to the tables of gateway endpoints (R5.2, R5.3, R5.19).
    fn gateway_endpoint_routes(&mut self) {
        for position in 0..self.network.vpc_endpoints.len() {
            let id = VpcEndpointId::from_position(position);
            let endpoint = self.network.vpc_endpoints.get(id);
            if endpoint.kind != VpcEndpointKind::Gateway {
                continue;
            }
            for table in endpoint.route_tables.clone() {
                let endpoint = self.network.vpc_endpoints.get(id);
                let table = self.network.route_tables.get_mut(table);
                for list in &endpoint.prefix_lists {
                    let destination = RouteDestination::PrefixList(*list);
                    let is_ours = |route: &Route| {
                        route.destination == destination && route.target == RouteTarget::VpcEndpoint(id)
                    };
                    if !table.routes.iter().any(is_ours) {
                        table.routes.push(Route {
                            destination,
                            target: RouteTarget::VpcEndpoint(id),
                            state: RouteState::Active,
                            origin: RouteOrigin::GatewayEndpoint,
                            pointer: None,
                        });
                    }
                }
            }
        }
    }
}
