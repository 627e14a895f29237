//! The other direction: what carries traffic that arrives, and what would carry it for less.

use std::rc::Rc;

use super::Repairs;
use super::candidate;
use super::cost;
use super::effect;
use super::plan::{CureKind, Group};
use super::report::World;
use super::search::Found;
use super::state::{Goal, State, after};
use crate::verdict::Verdict;

/// Cheaper ways that are shown.
const MOST: usize = 3;

/// Proven ways that cost less and keep every expectation, cheapest first.
pub(crate) fn improvements(world: &World<'_>, goal: &Goal, root: &State, repairs: &mut Repairs) -> Vec<Found> {
    let goals = std::slice::from_ref(goal);
    let before = cost::charges(root.network(), &root.analyses, world.options);
    let mut found: Vec<(i64, CureKind, Found)> = Vec::new();
    let paid = root.analyses.first().map(|analysis| cost::carried(root.network(), analysis, world.options));
    if paid.is_none_or(|paid| cost::sum(&paid) == 0) {
        return Vec::new();
    }
    let kept = effect::kept(&world.base.document, root.network(), goals, &mut repairs.engine_runs);
    for plan in candidate::cheaper(root, goal) {
        let groups: Vec<Group> = plan;
        let Some(value) = after(root.value(), groups.iter().flat_map(|group| &group.steps)) else { continue };
        let state = world.base.changed(value, goals);
        repairs.edits_tried = repairs.edits_tried.saturating_add(1);
        repairs.engine_runs = repairs.engine_runs.saturating_add(1);
        if state.flaws() > root.flaws() || !state.is_mended() {
            continue;
        }
        let difference = cost::difference(&before, &cost::charges(state.network(), &state.analyses, world.options));
        let price = cost::sum(&difference);
        if price >= 0 || !effect::broken(&kept, state.network(), &mut repairs.engine_runs).is_empty() {
            continue;
        }
        let kind = super::search::main_kind(&groups);
        found.push((price, kind, Found { groups, state: Rc::new(state) }));
    }
    found.sort_by_key(|(price, kind, _)| (*price, *kind));
    found.into_iter().take(MOST).map(|(_, _, found)| found).collect()
}

/// Whether a check is one that could become cheaper.
pub(crate) fn is_improvable(goal: &Goal, root: &State) -> bool {
    root.is_mended() && goal.expected.is_none_or(|expected| expected == Verdict::Succeeds)
}
