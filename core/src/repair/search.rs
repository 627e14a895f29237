//! The search: best first over plans, with the engine as the judge.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::candidate;
use super::cost;
use super::plan::{CureKind, Group};
use super::report::World;
use super::state::{Goal, State, after};
use crate::analysis::{Analysis, Direction};
use crate::component::Component;
use crate::edit::EditStep;
use crate::verdict::{ReasonCode, Verdict};

/// How often a search asks the engine at most, for each question.
const MOST_RUNS: u32 = 240;

/// How many plans stand behind each other at most.
const DEEPEST: usize = 4;

/// How many changes that mend a part are shown.
const MOST_PARTIAL: usize = 3;

/// Something that works, or mends a part.
pub(crate) struct Found {
    /// Its steps, by what belongs together.
    pub(crate) groups: Vec<Group>,
    /// The document afterwards.
    pub(crate) state: State,
}

/// What is best comes first: the price, then what is least in AWS (R12.3, R12.4), then the number of steps, then
/// what was found first.
type Key = (i64, CureKind, usize, u32);

struct Node {
    groups: Vec<Group>,
    depth: usize,
    state: State,
}

pub(crate) struct Search<'w> {
    world: &'w World<'w>,
    goals: &'w [Goal],
    root: Rc<State>,
    runs: u32,
    ended_early: bool,
    partial: Vec<Found>,
}

impl<'w> Search<'w> {
    pub(crate) fn new(world: &'w World<'w>, goals: &'w [Goal]) -> Search<'w> {
        let root = Rc::new(State::new(world.base.clone(), world.region, goals));
        let mut search = Search { world, goals, root, runs: 0, ended_early: false, partial: Vec::new() };
        search.count();
        search
    }

    /// The document as it is.
    pub(crate) fn root(&self) -> Rc<State> {
        Rc::clone(&self.root)
    }

    /// How often the engine was asked.
    pub(crate) fn engine_runs(&self) -> u32 {
        self.runs
    }

    /// Whether there was more to try.
    pub(crate) fn ended_early(&self) -> bool {
        self.ended_early
    }

    /// What mends a part, after [`Search::cures`].
    pub(crate) fn take_partial(&mut self) -> Vec<Found> {
        std::mem::take(&mut self.partial)
    }

    fn count(&mut self) {
        self.runs = self.runs.saturating_add(u32::try_from(self.goals.len()).unwrap_or(u32::MAX));
    }

    fn has_runs(&self) -> bool {
        let goals = u32::try_from(self.goals.len()).unwrap_or(u32::MAX).max(1);
        self.runs < MOST_RUNS.saturating_mul(goals)
    }

    /// Every cure that is wanted, best first.
    pub(crate) fn cures(&mut self) -> Vec<Found> {
        let mut queue: BTreeMap<Key, Node> = BTreeMap::new();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut number = 0;
        let mut cures: Vec<Found> = Vec::new();
        let mut known: BTreeSet<Vec<(CureKind, Component)>> = BTreeSet::new();
        let before = self.world.paid(&self.root);
        let root = Rc::clone(&self.root);
        self.branch(&[], 0, &root, &before, &mut queue, &mut seen, &mut number);
        while let Some((_, node)) = queue.pop_first() {
            if node.state.is_mended() {
                let found = self.reduced(node);
                // The same with wider rules or another subnet of its kind is no further cure: what was found first is best.
                if known.insert(purpose(&found.groups)) {
                    cures.push(found);
                }
                if cures.len() >= self.world.options.most {
                    break;
                }
                continue;
            }
            if node.depth >= DEEPEST {
                continue;
            }
            self.branch(&node.groups, node.depth, &node.state, &before, &mut queue, &mut seen, &mut number);
            self.keep_partial(node);
        }
        cures
    }

    #[expect(clippy::too_many_arguments, reason = "the whole state of the loop above")]
    fn branch(
        &mut self,
        groups: &[Group],
        depth: usize,
        parent: &State,
        before: &[cost::Charge],
        queue: &mut BTreeMap<Key, Node>,
        seen: &mut BTreeSet<String>,
        number: &mut u32,
    ) {
        let before_these = groups;
        for plan in candidate::plans(parent, self.goals) {
            if !self.has_runs() {
                self.ended_early = true;
                return;
            }
            let mut groups = before_these.to_vec();
            groups.extend(plan);
            let steps = groups.iter().flat_map(|group| &group.steps);
            let Some(value) = after(self.world.base, steps) else { continue };
            if !seen.insert(serde_json::to_string(&value).unwrap_or_default()) {
                continue;
            }
            let state = State::new(value, self.world.region, self.goals);
            self.count();
            if state.flaws > self.root.flaws || !is_nearer(parent, &state) {
                continue;
            }
            let price = cost::sum(&cost::difference(before, &self.charges(&state)));
            let kind = main_kind(&groups);
            *number += 1;
            queue.insert((price, kind, groups.len(), *number), Node { groups, depth: depth + 1, state });
        }
    }

    fn charges(&self, state: &State) -> Vec<cost::Charge> {
        cost::charges(&state.network, &state.analyses, self.world.options)
    }

    /// Leaves out every group without which it works as well, and proves what is left.
    fn reduced(&mut self, node: Node) -> Found {
        let Node { mut groups, mut state, .. } = node;
        // Without one group another may not be needed either, so every group is asked again after each that goes.
        let mut position = groups.len();
        while position > 0 {
            position -= 1;
            let mut fewer = groups.clone();
            fewer.remove(position);
            let without = if fewer.is_empty() { None } else { self.state_of(&fewer) };
            if let Some(without) = without.filter(|without| without.is_mended() && without.flaws <= self.root.flaws) {
                groups = fewer;
                state = without;
                position = groups.len();
            }
        }
        Found { groups, state }
    }

    fn state_of(&mut self, groups: &[Group]) -> Option<State> {
        let value = after(self.world.base, groups.iter().flat_map(|group| &group.steps))?;
        self.count();
        Some(State::new(value, self.world.region, self.goals))
    }

    /// Keeps what lets more traffic arrive than before, though not all.
    fn keep_partial(&mut self, node: Node) {
        let mends_part = |(before, now): (&Analysis, &Analysis)| {
            now.verdict == Verdict::Intermittent
                && (before.verdict != Verdict::Intermittent || failing_ways(now) < failing_ways(before))
        };
        if self.partial.len() < MOST_PARTIAL && self.root.analyses.iter().zip(&node.state.analyses).any(mends_part) {
            self.partial.push(Found { groups: node.groups, state: node.state });
        }
    }
}

/// What the groups mainly do: of those that lead, what is most in AWS.
pub(crate) fn main_kind(groups: &[Group]) -> CureKind {
    let leading = groups.iter().filter(|group| group.leads).map(|group| group.kind).max();
    leading.or_else(|| groups.iter().map(|group| group.kind).max()).unwrap_or(CureKind::SecurityGroupRule)
}

/// What the groups that lead are about.
fn purpose(groups: &[Group]) -> Vec<(CureKind, Component)> {
    let mut purpose: Vec<(CureKind, Component)> =
        groups.iter().filter(|group| group.leads).map(|group| (group.kind, group.what.clone())).collect();
    purpose.sort();
    purpose.dedup();
    purpose
}

fn failing_ways(analysis: &Analysis) -> usize {
    let mut ways = BTreeSet::new();
    for blocker in &analysis.blockers {
        ways.extend(blocker.places.iter().map(|(path, _)| *path));
    }
    ways.len()
}

/// Whether one of the reasons of the first failing question is gone, so that going on makes sense.
fn is_nearer(before: &State, now: &State) -> bool {
    let Some(failing) = before.first_failing() else { return false };
    let (Some(before), Some(now)) = (before.analyses.get(failing), now.analyses.get(failing)) else { return false };
    if now.verdict == Verdict::Succeeds {
        return true;
    }
    if now.verdict == Verdict::Undetermined {
        return false;
    }
    let reasons = |analysis: &Analysis| -> BTreeSet<(Component, Option<ReasonCode>, Direction, Option<Component>)> {
        let key = |blocker: &crate::analysis::Blocker| {
            (blocker.component.clone(), blocker.fact.code(), blocker.direction, blocker.subnet.clone())
        };
        analysis.blockers.iter().map(key).collect()
    };
    let now_reasons = reasons(now);
    reasons(before).iter().any(|reason| !now_reasons.contains(reason))
}

/// The steps of all groups, one after the other.
pub(crate) fn steps_of(groups: &[Group]) -> Vec<EditStep> {
    groups.iter().flat_map(|group| group.steps.iter().cloned()).collect()
}
