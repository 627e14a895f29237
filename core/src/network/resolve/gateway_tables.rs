//! Route tables of internet gateways and virtual private gateways.

use super::Resolver;
use super::problems::{Found, Place, Spot};
use crate::component::ComponentKind;
use crate::document;
use crate::network::{InternetGatewayId, RouteDestination, RouteTableId, RouteTarget, VpcEndpointKind};
use crate::problem::{GatewayRouteTableFlaw, ProblemKind};

impl<'d> Resolver<'d> {
    /// Tables that traffic from a gateway follows (R2.22).
    pub(super) fn gateway_tables(&mut self) {
        for (key, declared) in &self.document.route_tables {
            let place = Place::new("routeTables", key);
            let Found::Resolved(id) = self.route_tables.find(ComponentKind::RouteTable, key) else { continue };
            for (position, name) in declared.gateways.iter().enumerate() {
                let kind = ComponentKind::InternetGateway;
                if let Found::Resolved(gateway) = self.internet_gateways.find(kind, name) {
                    self.associate_gateway(place, position, gateway, id);
                } else {
                    self.other_gateway(name, place.item("gateways", position));
                }
            }
            if !declared.gateways.is_empty() {
                self.check_gateway_table(place, id, declared);
            }
        }
    }

    /// A virtual private gateway, of which nothing more is known; another name is reported.
    fn other_gateway(&mut self, name: &str, pointer: Spot<'_>) {
        let vpn_gateways = &self.document.vpn_gateways;
        if !vpn_gateways.contains_key(name.strip_prefix("vpnGateway/").unwrap_or(name)) {
            let keys = vpn_gateways.keys().map(String::as_str);
            let mut names = self.internet_gateways.keys().chain(keys);
            self.problems.dangling("internetGateways", name, &mut names, pointer);
        }
    }

    fn associate_gateway(
        &mut self,
        place: Place<'d>,
        position: usize,
        gateway: InternetGatewayId,
        table: RouteTableId,
    ) {
        let gateway = self.network.internet_gateways.get_mut(gateway);
        if let Some(winner) = gateway.route_table {
            let kind = || ProblemKind::SecondAssociation {
                subnet: gateway.component.name.clone(),
                winner: self.network.route_tables.get(winner).component.clone(),
            };
            self.problems.report(place.item("gateways", position), kind);
        } else {
            gateway.route_table = Some(table);
        }
    }

    /// Reports what AWS refuses in a gateway route table (R2.3, R2.22).
    fn check_gateway_table(&mut self, place: Place<'d>, id: RouteTableId, declared: &document::RouteTable) {
        let mut flaws = Vec::new();
        if declared.main {
            flaws.push((place.field("main").text(), GatewayRouteTableFlaw::Main));
        }
        let table = self.network.route_tables.get(id);
        let vpc = self.network.vpcs.get(table.vpc);
        for route in &table.routes {
            let Some(pointer) = &route.pointer else { continue };
            let is_whole = match &route.destination {
                RouteDestination::PrefixList(_) => false,
                RouteDestination::Block(block) => {
                    let is_subnet = || self.subnet_blocks.binary_search(block).is_ok();
                    // R2.25: an interface may also be the target for public addresses.
                    vpc.blocks.contains(block) || matches!(route.target, RouteTarget::Interface(_)) || is_subnet()
                }
            };
            let is_allowed = match &route.target {
                target if target.is_missing() => true,
                RouteTarget::Local | RouteTarget::Interface(_) => true,
                RouteTarget::VpcEndpoint(endpoint) => {
                    self.network.vpc_endpoints.get(*endpoint).kind == VpcEndpointKind::GatewayLoadBalancer
                }
                _ => false,
            };
            let Some(written) = declared.routes.get(pointer.position()) else { continue };
            if !is_allowed {
                let target = written.target.clone();
                flaws.push((format!("{pointer}/target"), GatewayRouteTableFlaw::Target { target }));
            } else if !is_whole {
                let destination = written.destination.clone();
                flaws.push((format!("{pointer}/destination"), GatewayRouteTableFlaw::Destination { destination }));
            }
        }
        for (pointer, flaw) in flaws {
            self.problems.report_at(|| pointer, || ProblemKind::GatewayRouteTable { flaw });
        }
    }
}
