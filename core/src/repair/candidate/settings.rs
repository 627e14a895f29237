//! Settings and states of what is there.

use super::draft::{listed, set, unset};
use super::ground::Ground;
use crate::analysis::Blocker;
use crate::component::{Component, ComponentKind};
use crate::edit::{EditStep, Value};
use crate::fact::Fact;
use crate::network::InterfaceRole;
use crate::repair::plan::{CureKind, Plan};

pub(super) fn plans(ground: &Ground<'_>) -> Vec<Plan> {
    ground.analysis.blockers.iter().flat_map(|blocker| of_blocker(ground, blocker)).collect()
}

fn of_blocker(ground: &Ground<'_>, blocker: &Blocker) -> Vec<Plan> {
    let one = |kind: CureKind, what: Component, steps: Vec<EditStep>| {
        let mut draft = ground.draft();
        let made = draft.group(true, kind, what, "", steps);
        made.map(|()| draft.plan())
    };
    match &*blocker.fact {
        Fact::GatewayNotAttached => attach(ground, blocker).into_iter().collect(),
        Fact::SourceDestCheck => {
            let of = &blocker.component;
            one(CureKind::SourceDestCheck, of.clone(), vec![set(of, "sourceDestCheck", false)]).into_iter().collect()
        }
        Fact::BadState { .. } | Fact::NotStarted { is_function: false, .. } => {
            let of = &blocker.component;
            let is_stopped = ground
                .entry(of)
                .and_then(|entry| entry.get("state"))
                .is_some_and(|state| matches!(state.as_text(), Some("stopped" | "stopping" | "pending")));
            if of.kind != ComponentKind::Instance || !is_stopped {
                return Vec::new();
            }
            one(CureKind::StartInstance, of.clone(), vec![unset(of, "state")]).into_iter().collect()
        }
        Fact::PublicAccessBlocked { .. } => exclusions(ground, blocker),
        Fact::ZoneNotServed { availability_zone } => {
            let of = &blocker.component;
            let step = listed(of, "availabilityZones", availability_zone.as_str());
            one(CureKind::NatGatewayZones, of.clone(), vec![step]).into_iter().collect()
        }
        Fact::NoPublicAddress { role, owner } => public_address(ground, *role, owner).into_iter().collect(),
        Fact::RouteBlackhole { .. }
        | Fact::ReplyTakesAnotherWay { .. }
        | Fact::PrivateDestination { .. }
        | Fact::DoesNotForward
        | Fact::EndpointRouteBeaten { .. }
        | Fact::FamilyNotCarried { .. }
        | Fact::RoutingLoop => remove_routes(ground, blocker),
        _ => Vec::new(),
    }
}

/// Attaches an internet gateway to the VPC that routes to it (R3.1).
fn attach(ground: &Ground<'_>, blocker: &Blocker) -> Option<Plan> {
    let of = &blocker.component;
    let entry = ground.entry(of)?;
    let mut steps = Vec::new();
    if entry.get("attached").is_some() {
        steps.push(unset(of, "attached"));
    }
    let (_, vpc) = ground.vpc.as_ref()?;
    if ground.scene.vpc_of(entry).as_ref() != Some(vpc) {
        steps.push(set(of, "vpc", vpc.as_str()));
    }
    let mut draft = ground.draft();
    draft.group(true, CureKind::AttachGateway, of.clone(), vpc, steps)?;
    Some(draft.plan())
}

/// Exclusions of the subnet next to the gateway (R3.15), or of the VPC, as narrow as can be (R3.14).
fn exclusions(ground: &Ground<'_>, blocker: &Blocker) -> Vec<Plan> {
    let subnet = blocker.subnet.clone().or_else(|| {
        let hops = ground.hops(blocker);
        hops.into_iter().find_map(|(path, hop)| {
            let before = path.hops.iter().take_while(|other| !std::ptr::eq(*other, hop));
            before.filter_map(|hop| hop.subnet.clone()).last()
        })
    });
    let of_vpc = ground.vpc.as_ref().map(|(_, vpc)| Component::new(ComponentKind::Vpc, vpc));
    let mut plans = Vec::new();
    for what in subnet.into_iter().chain(of_vpc) {
        for mode in ["allow-egress", "allow-bidirectional"] {
            let field = if what.kind == ComponentKind::Subnet { "subnet" } else { "vpc" };
            let exclusion =
                Value::object([(field, what.name.as_str().into()), ("internetGatewayExclusionMode", mode.into())]);
            let path = "/vpcBlockPublicAccess/exclusions/-".to_owned();
            let mut draft = ground.draft();
            let step = EditStep::Insert { path, value: exclusion };
            if draft.group(true, CureKind::BlockPublicAccess, what.clone(), mode, vec![step]).is_some() {
                plans.push(draft.plan());
            }
        }
    }
    plans
}

/// A public address for what may have one; a function's interface never does (R3.3).
fn public_address(ground: &Ground<'_>, role: InterfaceRole, owner: &Component) -> Option<Plan> {
    let mut draft = ground.draft();
    let step = match role {
        InterfaceRole::Instance | InterfaceRole::Bare => set(owner, "publicIp", draft.scene.elastic_ip()),
        InterfaceRole::Task => set(owner, "assignPublicIp", true),
        InterfaceRole::NatGateway(id) if !ground.network.nat_gateways.get(id).is_private => {
            listed(owner, "elasticIps", draft.scene.elastic_ip())
        }
        _ => return None,
    };
    draft.has(owner).then_some(())?;
    draft.group(true, CureKind::PublicAddress, owner.clone(), "", vec![step])?;
    Some(draft.plan())
}

/// Takes away the route that leads the wrong way, so that another one takes the traffic.
fn remove_routes(ground: &Ground<'_>, blocker: &Blocker) -> Vec<Plan> {
    let mut pointers: Vec<String> = Vec::new();
    for (path, hop) in ground.hops(blocker) {
        let before = path.hops.iter().take_while(|other| !std::ptr::eq(*other, hop));
        let routes = before.chain([hop]).filter_map(|hop| hop.pointer.as_ref());
        let last = routes.filter(|pointer| pointer.starts_with("/routeTables/")).last();
        if let Some(pointer) = last.filter(|pointer| !pointers.contains(pointer)) {
            pointers.push(pointer.clone());
        }
    }
    let mut plans = Vec::new();
    for pointer in pointers {
        let Some(table) = pointer.split('/').nth(2) else { continue };
        let table = Component::new(ComponentKind::RouteTable, table.replace("~1", "/").replace("~0", "~"));
        let mut draft = ground.draft();
        let step = EditStep::Remove { path: pointer };
        if draft.group(true, CureKind::RemoveRoute, table, "", vec![step]).is_some() {
            plans.push(draft.plan());
        }
    }
    plans
}
