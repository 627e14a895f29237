//! Ways to the Internet: NAT gateways and NAT instances that are there or new, and egress-only internet gateways.

use super::draft::{Draft, added, field, set};
use super::ground::{Errand, Ground};
use super::placement::place_in;
use crate::component::{Component, ComponentKind};
use crate::edit::{EVERYTHING_IPV4, EditStep, Table, Value};
use crate::fact::Fact;
use crate::network::NatGatewayMode;
use crate::repair::plan::{CureKind, Plan};

/// NAT gateways that are there and tried.
const MOST_GATEWAYS: usize = 3;

pub(super) fn plans(ground: &Ground<'_>) -> Vec<Plan> {
    if ground.errand == Errand::Private || ground.vpc.is_none() {
        return Vec::new();
    }
    let mut plans: Vec<Plan> = Vec::new();
    plans.extend(existing(ground));
    plans.extend(misplaced(ground));
    plans.extend(new(ground, CureKind::CreateNatInstance));
    plans.extend(new(ground, CureKind::CreateNatGateway));
    plans
}

/// A route to a NAT gateway that is there (R12.4).
fn existing(ground: &Ground<'_>) -> Vec<Plan> {
    let Some((vpc, _)) = &ground.vpc else { return Vec::new() };
    let works = ground.network.nat_gateways.iter().map(|(_, nat)| nat).filter(|nat| {
        nat.vpc == *vpc && !nat.is_private && nat.state == "available" && !matches!(nat.mode, NatGatewayMode::Unknown)
    });
    let mut plans = Vec::new();
    for nat in works.take(MOST_GATEWAYS) {
        let target = ground.scene.target_name(ComponentKind::NatGateway, &nat.component.name);
        let own = match nat.mode {
            NatGatewayMode::Zonal(interface) => {
                let subnet = ground.network.interfaces.get(interface).subnet;
                Some(ground.scene.table_of(&ground.network.subnets.get(subnet).component.name))
            }
            _ => None,
        };
        let mut draft = ground.draft();
        let lead = (CureKind::RouteToNatGateway, &nat.component, true);
        if lead_there(ground, &mut draft, &target, own.as_ref(), lead).is_some() {
            plans.push(draft.plan());
        }
    }
    plans
}

/// Lets the traffic of the failing subnets go to a target: by their tables, or where those have to stay as they are,
/// by new private subnets for the workload.
fn lead_there(
    ground: &Ground<'_>,
    draft: &mut Draft,
    target: &str,
    own: Option<&Table>,
    lead: (CureKind, &Component, bool),
) -> Option<()> {
    let (kind, what, leads) = lead;
    let (_, vpc) = ground.vpc.as_ref()?;
    let mut stay: Vec<String> =
        ground.subnets().into_iter().filter(|subnet| !ground.failing.contains(subnet)).collect();
    let mut moves = false;
    let mut private: Option<String> = None;
    let mut done: Vec<Table> = Vec::new();
    for subnet in &ground.failing {
        let table = ground.scene.table_of(subnet);
        // A table with a route to an internet gateway is that of public subnets, and the NAT gateway's own would loop.
        if own != Some(&table) && !ground.scene.is_public_table(&table) {
            stay.push(subnet.clone());
            if !done.contains(&table) {
                let steps = draft.default_route(&table, EVERYTHING_IPV4, target);
                draft.group(leads, kind, what.clone(), target, steps)?;
                done.push(table);
            }
            continue;
        }
        if !ground.lists_subnets() {
            return None;
        }
        let zone = ground.scene.zone_of(subnet).map(str::to_owned);
        let (name, step) = draft.subnet(vpc, "private", zone.as_deref())?;
        let mut steps = vec![step];
        match &private {
            Some(table) => {
                let table = Component::new(ComponentKind::RouteTable, table);
                steps.push(super::draft::listed(&table, "subnets", name.as_str()));
            }
            None => {
                let table = draft.scene.free_name("rtb-private");
                let route = Value::object([("destination", EVERYTHING_IPV4.into()), ("target", target.into())]);
                let mut fields = draft.vpc_field(vpc);
                fields.extend([
                    field("subnets", Value::texts([&name])),
                    field("routes", Value::List(vec![route].into())),
                ]);
                steps.push(added(ComponentKind::RouteTable, &table, fields));
                private = Some(table);
            }
        }
        draft.group(leads, kind, what.clone(), target, steps)?;
        stay.push(name);
        moves = true;
    }
    if moves {
        draft.group(false, CureKind::OtherSubnets, ground.from().clone(), &stay.join(", "), place_in(ground, &stay))?;
    }
    Some(())
}

/// A NAT gateway whose own subnet has no way to an internet gateway, created anew in a public subnet (R4.3, R15.6).
fn misplaced(ground: &Ground<'_>) -> Vec<Plan> {
    let mut plans = Vec::new();
    let mut tried: Vec<&Component> = Vec::new();
    let hops = ground.analysis.paths.iter().flat_map(|path| &path.hops);
    for hop in hops.filter(|hop| hop.component.kind == ComponentKind::NatGateway) {
        if tried.contains(&&hop.component) || matches!(*hop.fact, Fact::BadState { .. }) {
            continue;
        }
        tried.push(&hop.component);
        let made = || {
            let nat = &hop.component;
            let entry = ground.entry(nat)?;
            let now = ground.scene.subnets_of(entry).into_iter().next()?;
            let (_, vpc) = ground.vpc.as_ref()?;
            let mut draft = ground.draft();
            let zone = ground.scene.zone_of(&now).map(str::to_owned);
            let public = draft.public_subnet(vpc, CureKind::MoveNatGateway, zone.as_deref())?;
            if public == now {
                return None;
            }
            let mut steps = vec![set(nat, "subnet", public.as_str())];
            if entry.get("privateIp").is_some() {
                steps.push(super::draft::unset(nat, "privateIp"));
            }
            draft.group(true, CureKind::MoveNatGateway, nat.clone(), &public, steps)?;
            Some(draft.plan())
        };
        plans.extend(made());
    }
    plans
}

/// A new NAT gateway or NAT instance in a public subnet, with an address and the routes that lead to it.
fn new(ground: &Ground<'_>, kind: CureKind) -> Option<Plan> {
    let (vpc_id, vpc) = ground.vpc.as_ref()?;
    let mut draft = ground.draft();
    let zone = ground.failing.first().and_then(|subnet| ground.scene.zone_of(subnet)).map(str::to_owned);
    let public = draft.public_subnet(vpc, kind, zone.as_deref())?;
    let address = draft.scene.elastic_ip();
    let (component, steps): (Component, Vec<EditStep>) = if kind == CureKind::CreateNatGateway {
        let name = draft.scene.free_name("nat");
        let fields = vec![field("subnet", public.as_str()), field("elasticIps", Value::texts([address]))];
        let step = added(ComponentKind::NatGateway, &name, fields);
        (Component::new(ComponentKind::NatGateway, name), vec![step])
    } else {
        let name = draft.scene.free_name("nat-instance");
        let group = draft.scene.free_name("sg-nat");
        let port = ground.analysis.port.map_or(443, u32::from);
        let blocks = ground.network.vpcs.get(*vpc_id).blocks.iter();
        let rules: Vec<Value> =
            blocks.map(|block| Value::object([("port", port.into()), ("peer", block.to_string().into())])).collect();
        let mut fields = draft.vpc_field(vpc);
        fields.push(field("ingress", Value::List(rules.into())));
        let steps = vec![
            added(ComponentKind::SecurityGroup, &group, fields),
            added(
                ComponentKind::Instance,
                &name,
                vec![
                    field("subnet", public.as_str()),
                    field("securityGroups", Value::texts([&group])),
                    field("publicIp", address),
                    field("sourceDestCheck", false),
                    field("forwards", "nat"),
                ],
            ),
        ];
        (Component::new(ComponentKind::Instance, name), steps)
    };
    draft.group(true, kind, component.clone(), &public, steps)?;
    let own = ground.scene.table_of(&public);
    let own = ground.scene.entry(ComponentKind::Subnet, &public).is_some().then_some(&own);
    let target = draft.scene.target_name(component.kind, &component.name);
    lead_there(ground, &mut draft, &target, own, (kind, &component, false))?;
    Some(draft.plan())
}
