//! Proposals for what stands around: tables, filters, names, workloads, and what moves between subnets.

use super::components::existing;
use super::problem::EditFlaw;
use super::propose::{Fields, Plan};
use super::scene::{EVERYTHING_IPV4, EVERYTHING_IPV6, Scene, Table};
use super::value::Value;
use super::{Change, EditStep, Relocation};
use crate::component::{Component, ComponentKind};

fn field(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

impl Scene {
    pub(super) fn route_table(&self, name: &str, at: Option<&Component>, plan: &mut Plan) -> Result<(), EditFlaw> {
        let kind = ComponentKind::RouteTable;
        let vpc = self.vpc_for(kind, at)?;
        plan.add(kind, name, self.vpc_field(&vpc));
        if let Some(at) = at.filter(|at| at.kind == ComponentKind::Subnet) {
            plan.steps.extend(self.association(kind, name, &at.name));
        }
        let table = Table::Declared(name.to_owned());
        let nats = self.in_vpc(ComponentKind::NatGateway, &vpc).map(|(nat, _)| (ComponentKind::NatGateway, nat));
        let gateway = self.internet_gateway(&vpc).map(|gateway| (ComponentKind::InternetGateway, gateway));
        for (kind, target) in gateway.into_iter().chain(nats) {
            self.offer_default_route(plan, &table, EVERYTHING_IPV4, &self.target_name(kind, target));
        }
        Ok(())
    }

    pub(super) fn security_group(&self, name: &str, at: Option<&Component>, plan: &mut Plan) -> Result<(), EditFlaw> {
        let kind = ComponentKind::SecurityGroup;
        let vpc = self.vpc_for(kind, at)?;
        plan.add(kind, name, self.vpc_field(&vpc));
        let has_groups = |at: &&Component| {
            matches!(
                at.kind,
                ComponentKind::Function
                    | ComponentKind::Instance
                    | ComponentKind::Task
                    | ComponentKind::CodeBuildProject
                    | ComponentKind::NetworkInterface
                    | ComponentKind::VpcEndpoint
            )
        };
        if let Some(at) = at.filter(has_groups) {
            let step = EditStep::Insert { path: [&at.place("securityGroups"), "/-"].concat(), value: name.into() };
            plan.offers.push((vec![step], Change::Attached { what: at.clone(), to: Component::new(kind, name) }));
        }
        Ok(())
    }

    /// A network ACL with the rules of AWS's default one, which lets everything pass (R8.14).
    pub(super) fn network_acl(&self, name: &str, at: Option<&Component>, plan: &mut Plan) -> Result<(), EditFlaw> {
        let kind = ComponentKind::NetworkAcl;
        let vpc = self.vpc_for(kind, at)?;
        let rule = |number: u32, block: &str| {
            Value::object([("ruleNumber", number.into()), ("action", "allow".into()), ("cidr", block.into())])
        };
        let mut rules = vec![rule(100, EVERYTHING_IPV4)];
        if self.entry(ComponentKind::Vpc, &vpc).is_some_and(|vpc| vpc.get("ipv6Cidr").is_some()) {
            rules.push(rule(101, EVERYTHING_IPV6));
        }
        let mut fields = self.vpc_field(&vpc);
        fields
            .extend([field("ingress", Value::List(rules.clone().into())), field("egress", Value::List(rules.into()))]);
        plan.add(kind, name, fields);
        if let Some(at) = at.filter(|at| at.kind == ComponentKind::Subnet) {
            plan.steps.extend(self.association(kind, name, &at.name));
        }
        Ok(())
    }

    pub(super) fn dhcp_options(&self, name: &str, at: Option<&Component>, plan: &mut Plan) -> Result<(), EditFlaw> {
        let kind = ComponentKind::DhcpOptions;
        plan.add(kind, name, vec![field("domainNameServers", Value::texts(["AmazonProvidedDNS"]))]);
        let vpc = Component::new(ComponentKind::Vpc, self.vpc_for(kind, at)?);
        let step = EditStep::Set { path: vpc.place("dhcpOptions"), value: name.into() };
        plan.offers.push((vec![step], Change::Associated { what: Component::new(kind, name), with: vpc }));
        Ok(())
    }

    pub(super) fn private_hosted_zone(
        &self,
        name: &str,
        at: Option<&Component>,
        plan: &mut Plan,
    ) -> Result<(), EditFlaw> {
        let kind = ComponentKind::PrivateHostedZone;
        let vpc = self.vpc_for(kind, at)?;
        let taken = |domain: &str| {
            let zones = self.entries(kind).iter();
            let domains = zones.filter_map(|(_, zone)| zone.get("domain").and_then(Value::as_text));
            domains.into_iter().any(|other| other.eq_ignore_ascii_case(domain))
        };
        let numbered = (2..).map(|number: u32| ["corp", &number.to_string(), ".example"].concat());
        let domains = std::iter::once("corp.example".to_owned()).chain(numbered);
        let mut fields: Fields = domains
            .into_iter()
            .find(|domain| !taken(domain))
            .map(|domain| field("domain", domain))
            .into_iter()
            .collect();
        if self.only_vpc().is_none() {
            fields.push(field("vpcs", Value::texts([&vpc])));
        }
        plan.add(kind, name, fields);
        // R1.9.
        let off = self.dns_attributes_off(&vpc);
        if let Some(first) = off.first() {
            let of_vpc = Component::new(ComponentKind::Vpc, &vpc);
            let set = |attribute: &&str| EditStep::Set { path: of_vpc.place(attribute), value: true.into() };
            plan.offers.push((off.iter().map(set).collect(), self.attribute_change(&vpc, first)));
        }
        Ok(())
    }

    /// A function; without a subnet it is not attached to a VPC (R7.1).
    pub(super) fn function(&self, name: &str, at: Option<&Component>, plan: &mut Plan) {
        let kind = ComponentKind::Function;
        let mut fields = Fields::new();
        if let Some(subnet) = at.and_then(|at| self.subnet_for(kind, Some(at)).ok()) {
            let group = self.group_for(&subnet);
            fields.extend([field("subnets", Value::texts([subnet])), field("securityGroups", Value::texts([group]))]);
        }
        fields.extend([field("timeout", 30), field("runtime", "python3.13")]);
        plan.add(kind, name, fields);
        for (bucket, _) in self.entries(ComponentKind::Bucket) {
            self.offer_check(plan, name, bucket);
        }
    }

    pub(super) fn bucket(&self, name: &str, plan: &mut Plan) {
        plan.add(ComponentKind::Bucket, name, Fields::new());
        for (function, _) in self.entries(ComponentKind::Function) {
            self.offer_check(plan, function, name);
        }
    }

    fn offer_check(&self, plan: &mut Plan, function: &str, bucket: &str) {
        // A name that something else has as well is written with its kind.
        let is_shared = [
            ComponentKind::Instance,
            ComponentKind::Task,
            ComponentKind::CodeBuildProject,
            ComponentKind::NetworkInterface,
        ]
        .iter()
        .any(|kind| self.names().has(*kind, function));
        let from =
            if is_shared { Component::new(ComponentKind::Function, function).to_string() } else { function.to_owned() };
        let to = ["s3://", bucket].concat();
        let value = Value::object([("from", from.as_str().into()), ("to", to.as_str().into())]);
        let step = EditStep::Insert { path: "/expect/-".to_owned(), value };
        plan.offers.push((vec![step], Change::QuestionAdded { from, to }));
    }

    /// A component in another subnet, a route table or network ACL for it.
    pub(super) fn relocation(&self, relocation: &Relocation) -> Result<Plan, EditFlaw> {
        let (component, _) = existing(self.names(), &relocation.r#move)?;
        let (to, _) = existing(self.names(), &relocation.to)?;
        let refused = || EditFlaw::NotMovable { component: component.clone(), to: to.clone() };
        if to.kind != ComponentKind::Subnet {
            return Err(refused());
        }
        let entry = self.entry(component.kind, &component.name).ok_or_else(refused)?;
        let mut plan = Plan::default();
        let drop_field = |plan: &mut Plan, name: &str| {
            if entry.get(name).is_some() {
                plan.steps.push(EditStep::Remove { path: component.place(name) });
            }
        };
        let subnets = self.subnets_of(entry);
        match component.kind {
            ComponentKind::RouteTable | ComponentKind::NetworkAcl => {
                plan.steps = self.association(component.kind, &component.name, &to.name);
                return Ok(plan);
            }
            ComponentKind::VpcEndpoint if entry.get("type").is_none_or(|word| *word == "Gateway".into()) => {
                return Err(refused());
            }
            ComponentKind::NatGateway | ComponentKind::Instance | ComponentKind::NetworkInterface => {
                if subnets.contains(&to.name) {
                    return Ok(plan);
                }
                plan.steps.push(EditStep::Set { path: component.place("subnet"), value: to.name.as_str().into() });
                // Addresses of the subnet that it leaves.
                drop_field(&mut plan, "privateIp");
                drop_field(&mut plan, "ipv6Addresses");
            }
            ComponentKind::Function
            | ComponentKind::Task
            | ComponentKind::CodeBuildProject
            | ComponentKind::VpcEndpoint => {
                let from = relocation.from.as_deref().map(|from| existing(self.names(), from)).transpose()?;
                let left = from.map(|(from, _)| from.name);
                let stays = |subnet: &&String| left.as_ref().is_some_and(|left| *subnet != left) && **subnet != to.name;
                let place = left.as_ref().and_then(|left| subnets.iter().position(|subnet| subnet == left));
                let mut list: Vec<String> = subnets.iter().filter(stays).cloned().collect();
                list.insert(place.unwrap_or(0).min(list.len()), to.name.clone());
                if list == subnets {
                    return Ok(plan);
                }
                for map in ["elasticIps", "privateIps"] {
                    for (key, _) in entry.get(map).map(Value::fields).unwrap_or_default() {
                        if !list.contains(key) {
                            let path = [&component.place(map), "/", &super::pointer::escaped(key)].concat();
                            plan.steps.push(EditStep::Remove { path });
                        }
                    }
                }
                plan.steps.push(EditStep::Set { path: component.place("subnets"), value: Value::texts(list) });
            }
            _ => return Err(refused()),
        }
        let vpc = |subnet: &str| self.vpc_of(self.entry(ComponentKind::Subnet, subnet)?);
        let leaves_vpc = subnets.first().is_some_and(|subnet| vpc(subnet) != vpc(&to.name));
        // Groups belong to a VPC; only the default one is everywhere.
        if leaves_vpc && entry.get("securityGroups").is_some() {
            let path = component.place("securityGroups");
            plan.steps.push(EditStep::Set { path, value: Value::texts(["default"]) });
        }
        // A function gets subnets and groups together (R7.4).
        if subnets.is_empty() && component.kind == ComponentKind::Function && entry.get("securityGroups").is_none() {
            let path = component.place("securityGroups");
            plan.steps.push(EditStep::Set { path, value: Value::texts([self.group_for(&to.name)]) });
        }
        Ok(plan)
    }
}
