//! VPC endpoints: associated, created, with private DNS.

use super::draft::{added, field, listed, set};
use super::ground::{Errand, Ground};
use super::names::attributes_of;
use crate::component::{Component, ComponentKind};
use crate::edit::{EditStep, Table, Value};
use crate::network::{VpcEndpoint, VpcEndpointKind};
use crate::repair::plan::{CureKind, Plan};

/// Services that have gateway endpoints (section 5).
const OF_GATEWAYS: [&str; 3] = ["s3", "s3express", "dynamodb"];

pub(super) fn plans(ground: &Ground<'_>) -> Vec<Plan> {
    let Some(service) = ground.service_here() else { return Vec::new() };
    let Some((_, vpc)) = &ground.vpc else { return Vec::new() };
    let mut plans: Vec<Plan> = Vec::new();
    if OF_GATEWAYS.contains(&service) {
        plans.extend(associate(ground, service));
        plans.extend(gateway(ground, service, vpc));
    }
    let is_global = matches!(&ground.errand, Errand::Aws { global: true, .. });
    if !is_global && service != "s3express" {
        plans.extend(interface(ground, service, vpc));
    }
    plans
}

/// The endpoints of a kind that the VPC has for a service.
fn endpoints<'a>(
    ground: &'a Ground<'_>,
    service: &'a str,
    kind: VpcEndpointKind,
) -> impl Iterator<Item = (&'a Component, &'a VpcEndpoint)> {
    let vpc = ground.vpc.as_ref().map(|(id, _)| *id);
    ground.network.vpc_endpoints.iter().filter_map(move |(_, endpoint)| {
        let fits = endpoint.kind == kind && endpoint.service.service == service && Some(endpoint.vpc) == vpc;
        fits.then_some((&endpoint.component, endpoint))
    })
}

/// The gateway endpoints of a service in the VPC, with the tables that they serve and whether they work.
fn gateways<'a>(ground: &'a Ground<'_>, service: &'a str) -> Vec<(&'a Component, Vec<String>, bool)> {
    let network = ground.network;
    let tables_of = |endpoint: &VpcEndpoint| -> Vec<String> {
        endpoint.route_tables.iter().map(|id| network.route_tables.get(*id).component.name.clone()).collect()
    };
    endpoints(ground, service, VpcEndpointKind::Gateway)
        .map(|(component, endpoint)| (component, tables_of(endpoint), works(endpoint)))
        .collect()
}

fn works(endpoint: &VpcEndpoint) -> bool {
    endpoint.state == "available"
}

fn is_served(table: &Table, tables: &[String]) -> bool {
    match table {
        Table::Declared(name) => tables.contains(name),
        Table::Own(vpc) => tables.iter().any(|name| name == "main" || *name == [vpc, "/main"].concat()),
    }
}

/// An endpoint that is there serves the tables as well; one that does not work helps nobody.
fn associate(ground: &Ground<'_>, service: &str) -> Vec<Plan> {
    let all = gateways(ground, service);
    let mut plans = Vec::new();
    for (endpoint, _, _) in all.iter().filter(|(_, _, works)| *works) {
        let mut draft = ground.draft();
        let mut made = Some(());
        for table in ground.failing_tables() {
            // A table has one endpoint of a service (R5.3).
            if all.iter().any(|(_, tables, _)| is_served(&table, tables)) {
                continue;
            }
            let mut steps = Vec::new();
            let name = draft.declared(&table, &mut steps);
            steps.push(listed(endpoint, "routeTables", name.as_str()));
            made = made.and(draft.group(true, CureKind::AssociateEndpoint, (*endpoint).clone(), &name, steps));
        }
        if made.is_some() {
            plans.push(draft.plan());
        }
    }
    plans
}

/// A new gateway endpoint for the tables, in the stead of one that does not work.
fn gateway(ground: &Ground<'_>, service: &str, vpc: &str) -> Option<Plan> {
    let all = gateways(ground, service);
    let failing = ground.failing_tables();
    let mut draft = ground.draft();
    let mut steps = Vec::new();
    let mut served: Vec<String> = Vec::new();
    for (endpoint, tables, works) in &all {
        if failing.iter().any(|table| is_served(table, tables)) {
            if *works {
                return None;
            }
            steps.push(EditStep::RemoveComponent { component: endpoint.to_string() });
            served.extend(tables.iter().cloned());
        }
    }
    for table in &failing {
        let name = draft.declared(table, &mut steps);
        if !served.contains(&name) {
            served.push(name);
        }
    }
    let name = draft.scene.free_name(&["vpce-", service].concat());
    let mut fields = draft.vpc_field(vpc);
    fields.extend([field("service", service), field("routeTables", Value::texts(&served))]);
    steps.push(added(ComponentKind::VpcEndpoint, &name, fields));
    let what = Component::new(ComponentKind::VpcEndpoint, &name);
    draft.group(true, CureKind::CreateGatewayEndpoint, what, service, steps)?;
    Some(draft.plan())
}

/// A new interface endpoint, in one of the workload's subnets for each zone, for the workload alone (R6.1, R6.4), in
/// the stead of those that do not work: their private DNS would answer for it.
fn interface(ground: &Ground<'_>, service: &str, vpc: &str) -> Option<Plan> {
    let network = ground.network;
    let mut subnets: Vec<String> = Vec::new();
    let mut zones: Vec<&str> = Vec::new();
    for interface in &ground.workload.interfaces {
        let subnet = network.subnets.get(network.interfaces.get(*interface).subnet);
        let zone = subnet.availability_zone.as_str();
        if (zone.is_empty() && subnets.is_empty()) || (!zone.is_empty() && !zones.contains(&zone)) {
            zones.push(zone);
            subnets.push(subnet.component.name.clone());
        }
    }
    let mut draft = ground.draft();
    let mut steps: Vec<EditStep> = endpoints(ground, service, VpcEndpointKind::Interface)
        .filter(|(_, endpoint)| !works(endpoint))
        .map(|(component, _)| EditStep::RemoveComponent { component: component.to_string() })
        .collect();
    steps.extend(attributes_of(ground, vpc));
    let own_group = ground.entry(ground.from()).and_then(|entry| entry.get("securityGroups")?.elements().first());
    let peers: Vec<String> = match own_group.and_then(Value::as_text) {
        Some(group) => vec![group.to_owned()],
        None => network
            .vpcs
            .iter()
            .find(|(_, known)| known.component.name == vpc)?
            .1
            .blocks
            .iter()
            .map(ToString::to_string)
            .collect(),
    };
    let group = draft.scene.free_name("sg-endpoint");
    let rules: Vec<Value> =
        peers.iter().map(|peer| Value::object([("port", 443.into()), ("peer", peer.as_str().into())])).collect();
    let mut fields = draft.vpc_field(vpc);
    fields.push(field("ingress", Value::List(rules.into())));
    steps.push(added(ComponentKind::SecurityGroup, &group, fields));
    let name = draft.scene.free_name(&["vpce-", &service.replace('.', "-")].concat());
    let mut fields = draft.vpc_field(vpc);
    fields.extend([
        field("type", "Interface"),
        field("service", service),
        field("subnets", Value::texts(&subnets)),
        field("securityGroups", Value::texts([&group])),
    ]);
    // Of S3, private DNS is else for the inbound Resolver endpoint only (R6.13).
    if service == "s3" {
        fields.push(field("privateDnsOnlyForInboundResolverEndpoint", false));
    }
    steps.push(added(ComponentKind::VpcEndpoint, &name, fields));
    let what = Component::new(ComponentKind::VpcEndpoint, &name);
    draft.group(true, CureKind::CreateInterfaceEndpoint, what, service, steps)?;
    // Its private DNS covers the Regional name only (R6.12, R15.4).
    if ground.asks_global_name() && ground.from().kind == ComponentKind::Function {
        let from = ground.from();
        let regional = vec![set(from, "client/names", "regional")];
        draft.group(true, CureKind::HostNames, from.clone(), "regional", regional)?;
    }
    Some(draft.plan())
}
