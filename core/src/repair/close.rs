//! What must stay closed and is open: what closes its way, and nothing that another expectation needs.

use std::rc::Rc;

use super::Repairs;
use super::effect;
use super::plan::{CureKind, Group};
use super::report::World;
use super::search::Found;
use super::state::{Goal, State, after};
use crate::analysis::{Direction, Fate, Hop, Path};
use crate::component::{Component, ComponentKind};
use crate::edit::{EditStep, Value, escaped};
use crate::verdict::Verdict;

/// How often more is taken away until nothing passes: routes and rules behind others.
const MOST_ROUNDS: usize = 4;

/// Where a way is closed. Each is narrower than taking a gateway or an endpoint away.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the workload's own route tables, its gateway endpoints included (R2.5, R5.8).
    Routes,
    /// In the security groups of the workload (R8.1).
    Egress,
    /// In the security groups of the destination (R8.1).
    Ingress,
}

/// Proven ways to close what a check reaches, each of which gives the verdict that the document expects and keeps its other expectations.
pub(crate) fn closings(world: &World<'_>, goal: &Goal, root: &State, repairs: &mut Repairs) -> Vec<Found> {
    let Some(expected) = goal.expected else { return Vec::new() };
    let goals = std::slice::from_ref(goal);
    let kept = effect::kept(&world.base.document, root.network(), goals, &mut repairs.engine_runs);
    let mut found = Vec::new();
    for place in [Place::Routes, Place::Egress, Place::Ingress] {
        let Some(closed) = close(world, goal, root, (place, expected), repairs) else { continue };
        if effect::broken(&kept, closed.state.network(), &mut repairs.engine_runs).is_empty() {
            found.push(closed);
        }
    }
    found
}

/// Takes away what lets the traffic pass at a place, round by round.
fn close(
    world: &World<'_>,
    goal: &Goal,
    root: &State,
    (place, expected): (Place, Verdict),
    repairs: &mut Repairs,
) -> Option<Found> {
    let mut asked = |groups: &[Group]| -> Option<State> {
        let value = after(root.value(), groups.iter().flat_map(|group| &group.steps))?;
        repairs.edits_tried = repairs.edits_tried.saturating_add(1);
        repairs.engine_runs = repairs.engine_runs.saturating_add(1);
        Some(world.base.changed(value, std::slice::from_ref(goal)))
    };
    let is_closed = |state: &State| {
        state.flaws() <= root.flaws() && state.analyses.iter().all(|analysis| analysis.verdict == expected)
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut last: Option<State> = None;
    for _ in 0..MOST_ROUNDS {
        let more = open_at(last.as_ref().unwrap_or(root), place);
        if more.is_empty() {
            return None;
        }
        more.into_iter().for_each(|group| join(&mut groups, group));
        let state = asked(&groups)?;
        if is_closed(&state) {
            // Without one of them it may be closed as well.
            let mut state = state;
            let mut position = groups.len();
            while position > 0 && groups.len() > 1 {
                position -= 1;
                let mut fewer = groups.clone();
                fewer.remove(position);
                if let Some(without) = asked(&fewer).filter(|without| is_closed(without)) {
                    (groups, state) = (fewer, without);
                    position = groups.len();
                }
            }
            return Some(Found { groups, state: Rc::new(state) });
        }
        last = Some(state);
    }
    None
}

/// Steps on the same list belong together: positions in it are those after the steps before.
fn join(groups: &mut Vec<Group>, new: Group) {
    match groups.iter_mut().find(|group| group.kind == new.kind && group.what == new.what && group.detail == new.detail)
    {
        Some(group) => group.steps.extend(new.steps),
        None => groups.push(new),
    }
}

/// What lets traffic pass at a place: for each list its elements, the last one first.
fn open_at(state: &State, place: Place) -> Vec<Group> {
    let mut lists: Vec<(CureKind, Component, String, Vec<usize>)> = Vec::new();
    let delivered =
        state.analyses.iter().flat_map(|analysis| &analysis.paths).filter(|path| path.fate == Fate::Delivered);
    for path in delivered {
        for (kind, what, list, position) in openings(state, path, place) {
            match lists.iter_mut().find(|(_, _, known, _)| *known == list) {
                Some((_, _, _, positions)) => positions.push(position),
                None => lists.push((kind, what, list, vec![position])),
            }
        }
    }
    let group = |(kind, what, list, mut positions): (CureKind, Component, String, Vec<usize>)| {
        positions.sort_unstable();
        positions.dedup();
        let step = |position: &usize| EditStep::Remove { path: [&list, "/", &position.to_string()].concat() };
        let steps = positions.iter().rev().map(step).collect();
        Group { kind, what, detail: list, leads: true, limits: Vec::new(), steps }
    };
    lists.into_iter().map(group).collect()
}

/// What lets one way pass: what to do, with which component, and the list with the position in it.
fn openings(state: &State, path: &Path, place: Place) -> Vec<(CureKind, Component, String, usize)> {
    let forward = || path.hops.iter().filter(|hop| hop.direction == Direction::Forward);
    let rule = |side: &str| {
        let in_list = |hop: &Hop| {
            let (list, position) = element(hop.pointer.as_deref()?)?;
            let is_rule = hop.component.kind == ComponentKind::SecurityGroup && list.ends_with(side);
            is_rule.then(|| (CureKind::RemoveSecurityGroupRule, hop.component.clone(), list.to_owned(), position))
        };
        forward().filter_map(in_list).collect()
    };
    match place {
        Place::Egress => rule("/egress"),
        Place::Ingress => rule("/ingress"),
        Place::Routes => route(state, forward()).into_iter().collect(),
    }
}

/// What the workload's own route table decides by: the first of the way.
fn route<'p>(state: &State, mut hops: impl Iterator<Item = &'p Hop>) -> Option<(CureKind, Component, String, usize)> {
    let decides = hops.find(|hop| hop.component.kind == ComponentKind::RouteTable)?;
    if let Some(pointer) = &decides.pointer {
        let (list, position) = element(pointer)?;
        return Some((CureKind::RemoveRoute, decides.component.clone(), list.to_owned(), position));
    }
    // The route to a gateway endpoint is the endpoint's own, and goes with the association.
    let endpoint = &hops.next().filter(|hop| hop.component.kind == ComponentKind::VpcEndpoint)?.component;
    let tables = state.value().get("vpcEndpoints")?.get(&endpoint.name)?.get("routeTables")?.elements();
    let (table, name) = (decides.component.to_string(), decides.component.name.as_str());
    let names_it = |text: &Value| text.as_text().is_some_and(|text| text == name || text == table);
    let position = tables.iter().position(names_it)?;
    let list = ["/vpcEndpoints/", &escaped(&endpoint.name), "/routeTables"].concat();
    Some((CureKind::DisassociateEndpoint, endpoint.clone(), list, position))
}

/// The list of an element, and its position.
fn element(pointer: &str) -> Option<(&str, usize)> {
    let (list, position) = pointer.rsplit_once('/')?;
    Some((list, position.parse().ok()?))
}
