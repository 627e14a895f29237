//! Proposals for gateways and endpoints, and the routes that lead to them.

use std::collections::BTreeSet;

use super::problem::EditFlaw;
use super::propose::{Fields, Plan};
use super::scene::{EVERYTHING_IPV4, EVERYTHING_IPV6, Scene, Table};
use super::value::Value;
use super::{Addition, Change, EditStep};
use crate::component::{Component, ComponentKind};

fn field(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

impl Scene {
    /// The tables of a VPC's subnets that have no route to an internet gateway.
    fn private_tables(&self, vpc: &str) -> BTreeSet<Table> {
        let tables = self.in_vpc(ComponentKind::Subnet, vpc).map(|(name, _)| self.table_of(name));
        let mut private = BTreeSet::new();
        private.extend(tables.filter(|table| !self.is_public_table(table)));
        private
    }

    pub(super) fn new_internet_gateway(
        &self,
        name: &str,
        at: Option<&Component>,
        plan: &mut Plan,
    ) -> Result<(), EditFlaw> {
        let kind = ComponentKind::InternetGateway;
        let vpc = self.vpc_for(kind, at)?;
        let mut fields = self.vpc_field(&vpc);
        // A VPC has one at most (R3.1); another one can be there, attached to nothing.
        if self.internet_gateway(&vpc).is_some() {
            fields.push(field("attached", false));
            plan.add(kind, name, fields);
            return Ok(());
        }
        plan.add(kind, name, fields);
        let target = self.target_name(kind, name);
        let subnet = at.filter(|at| at.kind == ComponentKind::Subnet).map(|at| self.table_of(&at.name));
        let tables = match subnet {
            Some(table) => {
                let mut tables = BTreeSet::new();
                tables.insert(table);
                tables
            }
            None => self.private_tables(&vpc),
        };
        for table in tables.iter().filter(|table| self.default_route(table, EVERYTHING_IPV4).is_none()) {
            self.offer_default_route(plan, table, EVERYTHING_IPV4, &target);
        }
        Ok(())
    }

    pub(super) fn egress_only(&self, name: &str, at: Option<&Component>, plan: &mut Plan) -> Result<(), EditFlaw> {
        let kind = ComponentKind::EgressOnlyInternetGateway;
        let vpc = self.vpc_for(kind, at)?;
        plan.add(kind, name, self.vpc_field(&vpc));
        let target = self.target_name(kind, name);
        for table in self.private_tables(&vpc) {
            self.offer_default_route(plan, &table, EVERYTHING_IPV6, &target);
        }
        Ok(())
    }

    /// A public NAT gateway in a public subnet where there is one, and the default route of the private tables.
    pub(super) fn nat_gateway(&self, name: &str, at: Option<&Component>, plan: &mut Plan) -> Result<(), EditFlaw> {
        let kind = ComponentKind::NatGateway;
        let vpc = self.vpc_for(kind, at)?;
        let meant = at.filter(|at| at.kind == ComponentKind::Subnet).map(|at| at.name.clone());
        let public =
            || self.in_vpc(ComponentKind::Subnet, &vpc).map(|(name, _)| name).find(|name| self.is_public(name));
        let subnet = match meant.or_else(|| public().map(str::to_owned)) {
            Some(subnet) => subnet,
            None => self.subnet_for(kind, at)?,
        };
        let fields = vec![field("subnet", subnet.as_str()), field("elasticIps", Value::texts([self.elastic_ip()]))];
        plan.add(kind, name, fields);
        let target = self.target_name(kind, name);
        let own = self.table_of(&subnet);
        for table in self.private_tables(&vpc).iter().filter(|table| **table != own) {
            self.offer_default_route(plan, table, EVERYTHING_IPV4, &target);
        }
        // Without a route to an internet gateway, what it sends leaves the VPC nowhere (R4.3).
        if !self.is_public(&subnet) {
            self.offer_public_table(plan, &vpc, &subnet);
        }
        Ok(())
    }

    /// A gateway endpoint, and its association with the tables of the functions' subnets.
    pub(super) fn gateway_endpoint(
        &self,
        name: &str,
        addition: &Addition,
        at: Option<&Component>,
        plan: &mut Plan,
    ) -> Result<(), EditFlaw> {
        let kind = ComponentKind::VpcEndpoint;
        let vpc = self.vpc_for(kind, at)?;
        let service = addition.service.as_deref().unwrap_or("s3");
        let mut fields = self.vpc_field(&vpc);
        fields.push(field("service", service));
        plan.add(kind, name, fields);
        let of_at = at.and_then(|at| self.entry(at.kind, &at.name)).map(|entry| self.subnets_of(entry));
        let mut subnets = of_at.filter(|subnets| !subnets.is_empty()).unwrap_or_else(|| self.function_subnets(&vpc));
        if let Some(at) = at.filter(|at| at.kind == ComponentKind::Subnet) {
            subnets = vec![at.name.clone()];
        }
        let mut tables = BTreeSet::new();
        tables.extend(subnets.iter().map(|subnet| self.table_of(subnet)));
        for table in tables {
            let (table, mut steps) = match table {
                // A table has one endpoint of a service (R5.3).
                Table::Declared(table) if self.has_endpoint(&table, service) => continue,
                Table::Declared(table) => (table, Vec::new()),
                Table::Own(vpc) => {
                    let table = self.free_name("main");
                    let mut fields = self.vpc_field(&vpc);
                    fields.push(field("main", true));
                    let component = Component::new(ComponentKind::RouteTable, &table).to_string();
                    (table, vec![EditStep::AddComponent { component, value: Value::Object(fields.into()) }])
                }
            };
            let path = [&Component::new(kind, name).place("routeTables"), "/-"].concat();
            steps.push(EditStep::Insert { path, value: table.as_str().into() });
            let (what, with) = (Component::new(ComponentKind::RouteTable, table), Component::new(kind, name));
            plan.offers.push((steps, Change::Associated { what, with }));
        }
        Ok(())
    }

    fn has_endpoint(&self, table: &str, service: &str) -> bool {
        self.entries(ComponentKind::VpcEndpoint).iter().any(|(_, endpoint)| {
            let tables = endpoint.get("routeTables").map(Value::elements).unwrap_or_default();
            let of = endpoint.get("service").and_then(Value::as_text).unwrap_or_default();
            of.rsplit('.').next() == service.rsplit('.').next()
                && tables.iter().any(|text| text.as_text().is_some_and(|text| text.rsplit('/').next() == Some(table)))
        })
    }

    /// An interface endpoint in one subnet of each zone, with a group that admits HTTPS from the VPC.
    pub(super) fn interface_endpoint(
        &self,
        name: &str,
        addition: &Addition,
        at: Option<&Component>,
        plan: &mut Plan,
    ) -> Result<(), EditFlaw> {
        let kind = ComponentKind::VpcEndpoint;
        let vpc = self.vpc_for(kind, at)?;
        let mut subnets = Vec::new();
        let mut zones = BTreeSet::new();
        let first = self.subnet_for(kind, at)?;
        let others = if at.is_some_and(|at| at.kind == ComponentKind::Subnet) {
            Vec::new()
        } else {
            self.function_subnets(&vpc)
        };
        // One for each zone (R6.1).
        for subnet in [first].into_iter().chain(others) {
            if zones.insert(self.zone_of(&subnet).unwrap_or_default().to_owned()) {
                subnets.push(subnet);
            }
        }
        let group = self.group_that_admits_https(&vpc, plan);
        let service = addition.service.as_deref().unwrap_or("s3");
        let mut fields = self.vpc_field(&vpc);
        fields.extend([
            field("type", "Interface"),
            field("service", service),
            field("subnets", Value::texts(subnets)),
            field("securityGroups", Value::texts([group])),
        ]);
        let attributes_off = self.dns_attributes_off(&vpc);
        // Private DNS needs both attributes (R1.9), and for S3 a gateway endpoint or the option off (R6.13).
        if !attributes_off.is_empty() {
            fields.push(field("privateDnsEnabled", false));
        } else if service.rsplit('.').next() == Some("s3") {
            fields.push(field("privateDnsOnlyForInboundResolverEndpoint", false));
        }
        plan.add(kind, name, fields);
        if let Some(first) = attributes_off.first() {
            let mut steps: Vec<EditStep> = attributes_off
                .iter()
                .map(|attribute| EditStep::Set {
                    path: Component::new(ComponentKind::Vpc, &vpc).place(attribute),
                    value: true.into(),
                })
                .collect();
            steps.push(EditStep::Remove { path: Component::new(kind, name).place("privateDnsEnabled") });
            if service.rsplit('.').next() == Some("s3") {
                let path = Component::new(kind, name).place("privateDnsOnlyForInboundResolverEndpoint");
                steps.push(EditStep::Set { path, value: false.into() });
            }
            plan.offers.push((steps, self.attribute_change(&vpc, first)));
        }
        Ok(())
    }

    /// The DNS attributes of a VPC that are not on (R1.8).
    pub(crate) fn dns_attributes_off(&self, vpc: &str) -> Vec<&'static str> {
        let entry = self.entry(ComponentKind::Vpc, vpc);
        let said = |field: &str| entry.and_then(|entry| entry.get(field)).cloned();
        let is_default = said("isDefault") == Some(Value::Bool(true));
        let defaults = [("enableDnsSupport", true), ("enableDnsHostnames", is_default)];
        let off = defaults.into_iter().filter(|(name, default)| said(name).unwrap_or((*default).into()) != true.into());
        off.map(|(name, _)| name).collect()
    }

    pub(super) fn attribute_change(&self, vpc: &str, attribute: &str) -> Change {
        let of = Some(Component::new(ComponentKind::Vpc, vpc));
        Change::Set { of, field: attribute.to_owned(), value: "true".to_owned() }
    }

    /// A group that admits HTTPS from the whole VPC, made where there is none.
    fn group_that_admits_https(&self, vpc: &str, plan: &mut Plan) -> String {
        let block = self.entry(ComponentKind::Vpc, vpc).and_then(|entry| entry.get("cidr"));
        let block = block.and_then(|block| block.as_text().or_else(|| block.elements().first()?.as_text()));
        let block = block.unwrap_or(EVERYTHING_IPV4);
        let admits = |group: &Value| {
            group.get("ingress").map(Value::elements).unwrap_or_default().iter().any(|rule| {
                let peer = ["peer", "source"].iter().find_map(|field| rule.get(field)?.as_text());
                let is_https = match rule.get("port") {
                    Some(Value::Number(port)) => port.as_u64() == Some(443),
                    Some(Value::Text(port)) => port == "443" || port == "all",
                    _ => true,
                };
                is_https && peer.is_some_and(|peer| peer == block || peer == EVERYTHING_IPV4)
            })
        };
        if let Some((name, _)) = self.in_vpc(ComponentKind::SecurityGroup, vpc).find(|(_, group)| admits(group)) {
            return name.to_owned();
        }
        let name = self.free_name("sg-https");
        let rule = Value::object([("port", 443.into()), ("peer", block.into())]);
        let mut fields: Fields = self.vpc_field(vpc);
        fields.push(field("ingress", Value::List(vec![rule].into())));
        plan.add(ComponentKind::SecurityGroup, &name, fields);
        name
    }
}
