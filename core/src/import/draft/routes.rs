//! Route tables with their associations and routes.

use super::gateways::INTERNET_GATEWAY;
use super::{Draft, PREFIX_LIST, ROUTE_TABLE, SUBNET, Want, add, change};
use crate::document;
use crate::import::inventory::{Kind, Resource, field};
use crate::import::places::{pointer, pointer_to};
use crate::import::tree::{Node, Value};

/// Where a route can lead, by field.
const TARGETS: &[(&str, Want)] = &[
    (
        "gateway_id",
        Want { kinds: &[Kind::InternetGateway, Kind::VpnGateway, Kind::VpcEndpoint], section: "internetGateways" },
    ),
    ("nat_gateway_id", Want { kinds: &[Kind::NatGateway], section: "natGateways" }),
    ("egress_only_internet_gateway_id", EGRESS_ONLY),
    ("egress_only_gateway_id", EGRESS_ONLY),
    ("vpc_peering_connection_id", Want { kinds: &[Kind::VpcPeeringConnection], section: "vpcPeeringConnections" }),
    ("transit_gateway_id", Want { kinds: &[Kind::TransitGateway], section: "transitGateways" }),
    ("vpc_endpoint_id", Want { kinds: &[Kind::VpcEndpoint], section: "vpcEndpoints" }),
    ("carrier_gateway_id", Want { kinds: &[Kind::CarrierGateway], section: "carrierGateways" }),
    ("local_gateway_id", Want { kinds: &[], section: "localGateways" }),
    ("core_network_arn", Want { kinds: &[Kind::CoreNetwork], section: "coreNetworks" }),
    // Last, since the provider computes them beside other targets.
    ("network_interface_id", Want { kinds: &[Kind::NetworkInterface, Kind::Instance], section: "networkInterfaces" }),
    ("instance_id", Want { kinds: &[Kind::Instance], section: "instances" }),
];

const EGRESS_ONLY: Want = Want { kinds: &[Kind::EgressOnlyInternetGateway], section: "egressOnlyInternetGateways" };

impl Draft<'_> {
    pub(super) fn route_tables(&mut self) {
        for (position, resource) in self.of(Kind::RouteTable) {
            let name = self.name(position);
            if self.document.route_tables.contains_key(&name) {
                continue;
            }
            let main = resource.type_name == "aws_default_route_table";
            let vpc =
                self.vpc_of_default(resource, "default_route_table_id").or_else(|| self.vpc_of(position, resource));
            let table = document::RouteTable { vpc, main, ..document::RouteTable::default() };
            self.document.route_tables.insert(name.clone(), table);
            self.remember_component("routeTables", position);
            // The data source describes associations and routes of a table that exists.
            for association in field(&resource.fields, "associations").map(Node::items).unwrap_or_default() {
                let subnets = self.targets(position, field(association, "subnet_id"), "subnet_id", SUBNET);
                let is_main = field(association, "main").and_then(Node::scalar) == Some("true");
                change(&mut self.document.route_tables, &name, |table| {
                    table.main |= is_main;
                    subnets.into_iter().for_each(|subnet| {
                        add(&mut table.subnets, subnet);
                    });
                });
            }
            for property in ["route", "routes"] {
                let Some(node) = field(&resource.fields, property) else { continue };
                match &node.value {
                    Value::List(items) => items.iter().for_each(|item| self.route(position, &name, item)),
                    Value::Unknown(unknown) => {
                        self.tell(position, node, property, *unknown);
                        self.uncertain("routeTables", &name);
                    }
                    _ => {}
                }
            }
        }
        for (position, resource) in self.of(Kind::MainRouteTableAssociation) {
            let Some(node) = field(&resource.fields, "route_table_id") else { continue };
            let Some(name) = self.target(position, node, "route_table_id", ROUTE_TABLE) else { continue };
            if let Some(table) = self.document.route_tables.get_mut(&name) {
                table.main = true;
            }
        }
        for (position, resource) in self.of(Kind::RouteTableAssociation) {
            self.association(position, resource);
        }
        for (position, resource) in self.of(Kind::Route) {
            let Some(node) = field(&resource.fields, "route_table_id") else { continue };
            if let Value::Unknown(unknown) = node.value {
                // It may stand in any table.
                self.tell(position, node, "route_table_id", unknown);
                let names: Vec<String> = self.document.route_tables.keys().cloned().collect();
                names.iter().for_each(|name| self.uncertain("routeTables", name));
                self.unknown.insert("routeTables".to_owned());
                continue;
            }
            let Some(name) = self.target(position, node, "route_table_id", ROUTE_TABLE) else { continue };
            if self.document.route_tables.contains_key(&name) {
                self.route(position, &name, &resource.fields);
                self.uncertain_existence(position, "routeTables", &name);
            }
        }
        for (position, resource) in self.of(Kind::VpnGatewayRoutePropagation) {
            let node = field(&resource.fields, "route_table_ids").or_else(|| field(&resource.fields, "route_table_id"));
            // What a VPN gateway propagates is told by the other side only.
            for name in self.targets(position, node, "route_table_ids", ROUTE_TABLE) {
                self.uncertain("routeTables", &name);
            }
        }
    }

    fn association(&mut self, position: usize, resource: &Resource) {
        let Some(node) = field(&resource.fields, "route_table_id") else { return };
        let subnets = self.targets(position, field(&resource.fields, "subnet_id"), "subnet_id", SUBNET);
        let gateway = field(&resource.fields, "gateway_id");
        let want = Want { kinds: &[Kind::InternetGateway, Kind::VpnGateway], ..INTERNET_GATEWAY };
        let gateways = self.targets(position, gateway, "gateway_id", want);
        let name = self.target(position, node, "route_table_id", ROUTE_TABLE);
        let table = name.as_ref().and_then(|name| self.document.route_tables.get_mut(name));
        if let Some(table) = table {
            for subnet in &subnets {
                add(&mut table.subnets, subnet.clone());
            }
            for gateway in gateways {
                add(&mut table.gateways, gateway);
            }
            let name = name.unwrap_or_default();
            let count = self.document.route_tables.get(&name).map_or(0, |table| table.subnets.len());
            if count > 0 {
                self.remember(pointer_to("routeTables", &name, "subnets", count - 1), position, resource.at);
            }
            if resource.uncertain.is_some() {
                self.uncertain_existence(position, "routeTables", &name);
                subnets.iter().for_each(|subnet| self.uncertain("subnets", subnet));
            }
        } else {
            // Which table these subnets have is not known.
            subnets.iter().for_each(|subnet| self.uncertain("subnets", subnet));
        }
    }

    fn route(&mut self, position: usize, table: &str, node: &Node) {
        let component = ("routeTables", table);
        let mut destination = None;
        for property in ["destination_cidr_block", "cidr_block", "destination_ipv6_cidr_block", "ipv6_cidr_block"] {
            let Some(found) = field(node, property) else { continue };
            destination = match &found.value {
                Value::Unknown(unknown) => {
                    // As a list of which no entries are known, it may match anything.
                    self.tell(position, found, property, *unknown);
                    self.unknown.insert("prefixLists".to_owned());
                    Some(self.placeholder(*unknown))
                }
                _ => found.scalar().map(str::to_owned),
            };
            if destination.is_none() {
                // An attribute of something that is not modelled.
                self.uncertain(component.0, component.1);
                return;
            }
            break;
        }
        if destination.is_none()
            && let Some(found) = field(node, "destination_prefix_list_id")
        {
            destination = self.target(position, found, "destination_prefix_list_id", PREFIX_LIST);
        }
        let Some(destination) = destination else { return };
        let mut target = None;
        for (property, want) in TARGETS {
            let Some(found) = field(node, property) else { continue };
            if found.scalar() == Some("local") {
                target = Some("local".to_owned());
                break;
            }
            if let Some(id) = found.scalar().filter(|id| self.is_outside_link(id)) {
                self.add_outside_link(id);
                target = Some(id.to_owned());
                break;
            }
            target = self.target(position, found, property, *want);
            if target.is_some() {
                break;
            }
        }
        let Some(target) = target else {
            // A route without a target that is understood may lead anywhere.
            self.uncertain(component.0, component.1);
            return;
        };
        let route = document::Route { destination, target, ..document::Route::default() };
        let Some(known) = self.document.route_tables.get_mut(table) else { return };
        let list = [&pointer("routeTables", table), "/routes"].concat();
        if let Some(index) = self.listed.add(&list, &mut known.routes, route) {
            let at = self.place_in(position, node);
            self.remember(pointer_to("routeTables", table, "routes", index), position, at);
        }
    }

    /// Whether an id is that of a way into another network, which needs no description.
    fn is_outside_link(&self, id: &str) -> bool {
        ["tgw-", "pcx-", "vgw-", "cagw-", "lgw-"].iter().any(|start| id.starts_with(start))
            && !self.ids.contains_key(id)
    }

    fn add_outside_link(&mut self, id: &str) {
        let document = &mut self.document;
        let section = match id.split_once('-').map(|(start, _)| start) {
            Some("tgw") => &mut document.transit_gateways,
            Some("pcx") => &mut document.vpc_peering_connections,
            Some("vgw") => &mut document.vpn_gateways,
            Some("cagw") => &mut document.carrier_gateways,
            _ => &mut document.local_gateways,
        };
        change(section, id, |_| ());
    }

    /// The main route table of a VPC, which an attribute of it names.
    pub(super) fn main_route_table(&mut self, vpc: usize) -> String {
        if let Some(adopted) = self.adopted(Kind::RouteTable, "aws_default_route_table", vpc) {
            return adopted;
        }
        let vpc_name = self.name(vpc);
        let name = [&vpc_name, ".main_route_table_id"].concat();
        change(&mut self.document.route_tables, &name, |table| {
            table.vpc = Some(vpc_name);
            table.main = true;
        });
        name
    }
}
