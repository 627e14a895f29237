//! Route tables with their associations and routes.

use super::{Lowering, bare, is_block};
use crate::document::{Route, RouteTable};
use crate::export::resource::{Kind, Origin, Term, fields, id_of};

/// What a route leads to, with the setting that names it.
const TARGETS: &[(&str, &str)] = &[
    ("internetGateway", "GatewayId"),
    ("egressOnlyInternetGateway", "EgressOnlyInternetGatewayId"),
    ("natGateway", "NatGatewayId"),
    ("instance", "InstanceId"),
    ("networkInterface", "NetworkInterfaceId"),
    ("vpcEndpoint", "VpcEndpointId"),
];

impl Lowering<'_> {
    /// Subnets of a VPC that no table or network ACL names.
    pub(super) fn others(&self, vpc: Option<&str>, named: &[&String]) -> Vec<String> {
        let vpc = vpc.map(str::to_owned).or_else(|| self.only_vpc.clone());
        let subnets = self.document.subnets.keys();
        let is_named = |name: &String| named.iter().any(|other| bare("subnet", other) == name);
        subnets.filter(|name| !is_named(name) && self.vpc_of_subnet(name) == vpc).cloned().collect()
    }

    pub(super) fn route_tables(&mut self) {
        let named: Vec<&String> = self.document.route_tables.values().flat_map(|table| &table.subnets).collect();
        for (name, table) in &self.document.route_tables {
            let key = ["routeTable/", name].concat();
            let vpc = self.vpc_of_table(table);
            let settings = fields([("VpcId", self.vpc(vpc.as_deref()))]);
            self.add(Kind::RouteTable, &key, settings);
            let implied = if table.main { self.others(vpc.as_deref(), &named) } else { Vec::new() };
            let explicit = table.subnets.iter().map(|subnet| (subnet, Origin::Written));
            for (subnet, origin) in explicit.chain(implied.iter().map(|subnet| (subnet, Origin::Implied))) {
                let Some(subnet) = self.subnet_key(subnet) else {
                    self.leave_out("routeTables", name, "/subnets");
                    continue;
                };
                let settings = vec![("SubnetId", id_of(&subnet)), ("RouteTableId", id_of(&key))];
                let kind = Kind::SubnetRouteTableAssociation;
                self.push(kind, &subnet, "routeTable", "RouteTable", settings);
                self.made_by(origin);
            }
            for gateway in &table.gateways {
                let gateway = bare("internetGateway", gateway);
                if !self.document.internet_gateways.contains_key(gateway) {
                    self.leave_out("routeTables", name, "/gateways");
                    continue;
                }
                let gateway = ["internetGateway/", gateway].concat();
                let settings = vec![("GatewayId", id_of(&gateway)), ("RouteTableId", id_of(&key))];
                let kind = Kind::GatewayRouteTableAssociation;
                self.push(kind, &gateway, "routeTable", "RouteTable", settings);
                self.needs(Some([&gateway, "#attachment"].concat()));
            }
            for (position, route) in table.routes.iter().enumerate() {
                self.route(name, vpc.as_deref(), position, route);
            }
        }
    }

    fn vpc_of_table(&self, table: &RouteTable) -> Option<String> {
        let by_subnet = || table.subnets.first().and_then(|subnet| self.vpc_of_subnet(subnet));
        table.vpc.clone().or_else(by_subnet).or_else(|| self.only_vpc.clone())
    }

    fn route(&mut self, table: &str, vpc: Option<&str>, position: usize, route: &Route) {
        if route.target == "local" {
            return;
        }
        let is_plain = route.state.as_deref().is_none_or(|state| state == "active")
            && route.origin.as_deref().is_none_or(|origin| origin == "static");
        let destination = if is_block(&route.destination) {
            let is_ipv6 = route.destination.contains(':');
            let name = if is_ipv6 { "DestinationIpv6CidrBlock" } else { "DestinationCidrBlock" };
            Some((name, Term::from(&route.destination)))
        } else {
            self.prefix_list(&route.destination).map(|list| ("DestinationPrefixListId", list))
        };
        let place = ["/routes/", &position.to_string()].concat();
        let (Some((field, target)), Some(destination), true) = (self.target(&route.target), destination, is_plain)
        else {
            self.leave_out("routeTables", table, &place);
            return;
        };
        let key = ["routeTable/", table].concat();
        let settings = vec![("RouteTableId", id_of(&key)), destination, (field, target)];
        let word = ["route ", &route.destination].concat();
        let part = ["Route", &(position + 1).to_string()].concat();
        self.push(Kind::Route, &key, &word, &part, settings);
        self.from(&place);
        if field == "GatewayId" {
            let attachment = self.attachment_of(vpc);
            self.needs(attachment);
        }
    }

    /// The setting and the value of a route's target.
    fn target(&self, name: &str) -> Option<(&'static str, Term)> {
        let document = self.document;
        let (kind, field) = TARGETS.iter().find(|(kind, _)| {
            let name = bare(kind, name);
            match *kind {
                "internetGateway" => document.internet_gateways.contains_key(name),
                "egressOnlyInternetGateway" => document.egress_only_internet_gateways.contains_key(name),
                "natGateway" => document.nat_gateways.contains_key(name),
                "instance" => document.instances.contains_key(name),
                "networkInterface" => document.network_interfaces.contains_key(name),
                _ => document.vpc_endpoints.contains_key(name),
            }
        })?;
        Some((field, id_of([kind, "/", bare(kind, name)].concat())))
    }
}
