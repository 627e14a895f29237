//! Where the workload is: other subnets, fewer subnets, in the VPC or not.

use super::draft::{set, unset};
use super::ground::{Errand, Ground};
use crate::component::{Component, ComponentKind};
use crate::edit::{EditStep, Value};
use crate::fact::Fact;
use crate::network::Network;
use crate::repair::plan::{CureKind, Plan};

/// Other places that are tried.
const MOST_PLACES: usize = 4;

pub(super) fn plans(ground: &Ground<'_>) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    plans.extend(drop_subnets(ground));
    plans.extend(other_subnets(ground));
    plans.extend(more_subnets(ground));
    plans.extend(detach(ground));
    plans.extend(attach(ground));
    plans
}

/// The step that gives a workload other subnets, and takes along what it has in those that it leaves.
pub(super) fn place_in(ground: &Ground<'_>, subnets: &[String]) -> Vec<EditStep> {
    let from = ground.from();
    let mut steps = Vec::new();
    if let Some(entry) = ground.entry(from) {
        for map in ["elasticIps", "privateIps"] {
            for (key, _) in entry.get(map).map(Value::fields).unwrap_or_default() {
                if !subnets.contains(key) {
                    let key = crate::edit::escaped(key);
                    steps.push(EditStep::Remove { path: [&from.place(map), "/", &key].concat() });
                }
            }
        }
    }
    steps.push(set(from, "subnets", Value::texts(subnets)));
    steps
}

fn moved(ground: &Ground<'_>, kind: CureKind, subnets: &[String]) -> Option<Plan> {
    let mut draft = ground.draft();
    draft.group(true, kind, ground.from().clone(), &subnets.join(", "), place_in(ground, subnets))?;
    Some(draft.plan())
}

/// Without the subnets that do not work (R7.9).
fn drop_subnets(ground: &Ground<'_>) -> Option<Plan> {
    let left: Vec<String> = ground.subnets().into_iter().filter(|subnet| !ground.failing.contains(subnet)).collect();
    if !ground.lists_subnets() || left.is_empty() || ground.failing.is_empty() {
        return None;
    }
    moved(ground, CureKind::DropSubnet, &left)
}

/// Subnets that have another route table or network ACL than those that do not work.
fn other_subnets(ground: &Ground<'_>) -> Vec<Plan> {
    let Some((vpc, _)) = &ground.vpc else { return Vec::new() };
    if !ground.lists_subnets() {
        return Vec::new();
    }
    let own = ground.subnets();
    let network = ground.network;
    let fails = |table, acl| {
        network.subnets.iter().any(|(_, subnet)| {
            ground.failing.contains(&subnet.component.name) && subnet.route_table == table && subnet.network_acl == acl
        })
    };
    // Subnets that are treated alike go together, one for each zone.
    let mut alike: Vec<(Vec<String>, _, _)> = Vec::new();
    for (_, subnet) in network.subnets.iter() {
        let key = (subnet.route_table, subnet.network_acl);
        if subnet.vpc != *vpc || own.contains(&subnet.component.name) || fails(key.0, key.1) {
            continue;
        }
        match alike.iter_mut().find(|(_, table, acl)| (*table, *acl) == key) {
            Some((names, _, _)) => names.push(subnet.component.name.clone()),
            None => alike.push((vec![subnet.component.name.clone()], key.0, key.1)),
        }
    }
    let count = own.len().max(1);
    let mut places: Vec<Vec<String>> =
        alike.into_iter().take(MOST_PLACES).map(|(names, _, _)| names.into_iter().take(count).collect()).collect();
    // Tables of their own for each zone.
    let private: Vec<String> = network
        .subnets
        .iter()
        .filter(|(_, subnet)| subnet.vpc == *vpc && !own.contains(&subnet.component.name))
        .map(|(_, subnet)| subnet.component.name.clone())
        .filter(|name| !ground.scene.is_public(name))
        .take(count)
        .collect();
    if private.len() > 1 && !places.contains(&private) {
        places.push(private);
    }
    places.iter().filter_map(|subnets| moved(ground, CureKind::OtherSubnets, subnets)).collect()
}

/// One more subnet for a function whose subnets have no free address (R7.17).
fn more_subnets(ground: &Ground<'_>) -> Vec<Plan> {
    let is_full = ground.analysis.blockers.iter().any(|blocker| matches!(*blocker.fact, Fact::OutOfAddresses { .. }));
    let own = ground.subnets();
    let (Some(first), Some((_, vpc)), true) = (own.first(), &ground.vpc, is_full && ground.lists_subnets()) else {
        return Vec::new();
    };
    let made = || {
        let mut draft = ground.draft();
        let zone = ground.scene.zone_of(first).map(str::to_owned);
        let (name, step) = draft.subnet(vpc, "private", zone.as_deref())?;
        let mut steps = vec![step];
        for kind in [ComponentKind::RouteTable, ComponentKind::NetworkAcl] {
            if let Some((holder, _)) = ground.scene.associated(kind, first) {
                let holder = Component::new(kind, holder);
                steps.push(super::draft::listed(&holder, "subnets", name.as_str()));
            }
        }
        let mut all = own.clone();
        all.push(name.clone());
        steps.extend(place_in(ground, &all));
        draft.group(true, CureKind::AddSubnet, Component::new(ComponentKind::Subnet, name), "", steps)?;
        Some(draft.plan())
    };
    made().into_iter().collect()
}

/// Out of the VPC, for a function that needs nothing in it (R7.1).
fn detach(ground: &Ground<'_>) -> Option<Plan> {
    let from = ground.from();
    let starts = ground.workload.not_started.is_none();
    if from.kind != ComponentKind::Function || !ground.workload.attached || ground.errand == Errand::Private || !starts
    {
        return None;
    }
    let entry = ground.entry(from)?;
    let fields = ["subnets", "securityGroups", "ipv6AllowedForDualStack", "elasticIps"];
    let steps = fields.iter().filter(|field| entry.get(field).is_some()).map(|field| unset(from, field)).collect();
    let mut draft = ground.draft();
    draft.group(true, CureKind::DetachFunction, from.clone(), "", steps)?;
    Some(draft.plan())
}

/// Into the VPC of what it asks for (R7.1).
fn attach(ground: &Ground<'_>) -> Option<Plan> {
    let from = ground.from();
    if from.kind != ComponentKind::Function || ground.workload.attached || ground.errand != Errand::Private {
        return None;
    }
    let network: &Network = ground.network;
    let (_, target) =
        network.interfaces.iter().find(|(_, interface)| interface.owner.to_string() == ground.analysis.to)?;
    let subnet = network.subnets.get(target.subnet);
    let steps = vec![
        set(from, "subnets", Value::texts([&subnet.component.name])),
        set(from, "securityGroups", Value::texts(["default"])),
    ];
    let mut draft = ground.draft();
    draft.group(true, CureKind::AttachFunction, from.clone(), &subnet.component.name, steps)?;
    Some(draft.plan())
}
