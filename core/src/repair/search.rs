//! The search: best first over plans, with the engine as the judge.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Repairs;
use super::candidate;
use super::cost;
use super::plan::{CureKind, Group, Plan};
use super::report::World;
use super::state::{Goal, State, after};
use crate::analysis::{Analysis, Direction};
use crate::component::Component;
use crate::edit::{EditStep, Value};
use crate::verdict::{ReasonCode, Verdict};

/// How often a search asks the engine at most, for each question.
const MOST_RUNS: u32 = 150;

/// How many plans stand behind each other at most.
const DEEPEST: usize = 3;

/// How many cures of the same kind are shown.
const MOST_ALIKE: usize = 2;

/// How many changes that mend a part are shown.
const MOST_PARTIAL: usize = 3;

/// Something that works, or mends a part.
pub(crate) struct Found {
    /// Its steps, by what belongs together.
    pub(crate) groups: Vec<Group>,
    /// The document afterwards.
    pub(crate) state: Rc<State>,
}

/// What is best comes first: the tier, the price, then what is least in AWS (R12.3, R12.4), then the number of steps,
/// then what was found first.
type Key = (Tier, i64, CureKind, usize, u32);

/// What matters before the price: a function leaves its VPC rather than that something new is paid for by the hour,
/// and stays there where that costs no more than its traffic (R12.3, R12.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    Nothing,
    LeavesVpc,
    Hours,
    /// A machine of one's own comes late: its price on top is not known here.
    Instance,
    /// What somebody denies on purpose comes last.
    Exception,
}

/// The best tier that a plan could have: some kinds are paid for by the hour in any case.
fn best_tier(groups: &[Group], plan: &[Group]) -> Tier {
    let tier_of = |group: &Group| match group.kind {
        CureKind::DenyException => Tier::Exception,
        CureKind::CreateNatInstance => Tier::Instance,
        CureKind::CreateInterfaceEndpoint | CureKind::CreateNatGateway | CureKind::PublicAddress => Tier::Hours,
        CureKind::DetachFunction => Tier::LeavesVpc,
        _ => Tier::Nothing,
    };
    groups.iter().chain(plan).map(tier_of).max().unwrap_or(Tier::Nothing)
}

/// The tier of a change, with what it costs more.
pub(crate) fn tier(groups: &[Group], difference: &[cost::Charge]) -> Tier {
    if groups.iter().any(|group| group.kind == CureKind::DenyException) {
        Tier::Exception
    } else if groups.iter().any(|group| group.kind == CureKind::CreateNatInstance) {
        Tier::Instance
    } else if cost::has_new_hours(difference) {
        Tier::Hours
    } else if groups.iter().any(|group| group.kind == CureKind::DetachFunction) {
        Tier::LeavesVpc
    } else {
        Tier::Nothing
    }
}

/// A plan that was tried.
struct Node {
    groups: Vec<Group>,
    depth: usize,
    state: Rc<State>,
}

/// What waits to be looked at.
enum Waiting {
    /// A plan behind other steps, under the best key that it could have: so that the engine is not asked about what
    /// comes after the cures that are wanted.
    Untried { parent: Rc<Node>, plan: Plan },
    /// What the engine has answered.
    Tried(Node),
}

pub(crate) struct Search<'w> {
    world: &'w World<'w>,
    goals: &'w [Goal],
    root: Rc<State>,
    runs: u32,
    edits: u32,
    ended_early: bool,
    partial: Vec<Found>,
}

impl<'w> Search<'w> {
    pub(crate) fn new(world: &'w World<'w>, goals: &'w [Goal]) -> Search<'w> {
        let root = Rc::new(State::new(Rc::clone(&world.base.configuration), goals));
        let mut search = Search { world, goals, root, runs: 0, edits: 0, ended_early: false, partial: Vec::new() };
        search.runs = search.goals_count();
        search
    }

    /// The document as it is.
    pub(crate) fn root(&self) -> Rc<State> {
        Rc::clone(&self.root)
    }

    /// Adds what it took to the figures of the whole.
    pub(crate) fn account(&self, repairs: &mut Repairs) {
        repairs.edits_tried = repairs.edits_tried.saturating_add(self.edits);
        repairs.engine_runs = repairs.engine_runs.saturating_add(self.runs);
    }

    /// Whether there was more to try.
    pub(crate) fn ended_early(&self) -> bool {
        self.ended_early
    }

    /// What mends a part, after [`Search::cures`].
    pub(crate) fn take_partial(&mut self) -> Vec<Found> {
        std::mem::take(&mut self.partial)
    }

    /// Counts a changed document that the engine was asked about.
    fn count(&mut self) {
        self.edits = self.edits.saturating_add(1);
        self.runs = self.runs.saturating_add(self.goals_count());
    }

    fn has_runs(&self) -> bool {
        self.runs < MOST_RUNS.saturating_mul(self.goals_count())
    }

    fn goals_count(&self) -> u32 {
        u32::try_from(self.goals.len()).unwrap_or(u32::MAX)
    }

    /// Every cure that is wanted, best first.
    pub(crate) fn cures(&mut self) -> Vec<Found> {
        let mut queue: BTreeMap<Key, Waiting> = BTreeMap::new();
        let mut seen: Vec<Value> = Vec::new();
        let mut number = 0;
        let mut cures: Vec<Found> = Vec::new();
        let mut known: BTreeSet<Vec<(CureKind, Component)>> = BTreeSet::new();
        let before = self.world.paid(&self.root);
        self.branch(Node { groups: Vec::new(), depth: 0, state: Rc::clone(&self.root) }, &mut queue, &mut number);
        while let Some((_, waiting)) = queue.pop_first() {
            let node = match waiting {
                Waiting::Tried(node) => node,
                Waiting::Untried { parent, plan } => {
                    if let Some((key, node)) = self.tried(&parent, plan, &before, &cures, &mut seen) {
                        let (tier, price, kind, groups) = key;
                        number += 1;
                        queue.insert((tier, price, kind, groups, number), Waiting::Tried(node));
                    }
                    continue;
                }
            };
            if is_more_than_needed(&node.groups, &cures) {
                continue;
            }
            if node.state.is_mended() {
                let found = self.reduced(node);
                // The same with wider rules or another subnet of its kind is no further cure: what was found first is best.
                if known.insert(purpose(&found.groups)) && !is_more_than_needed(&found.groups, &cures) {
                    cures.retain(|other| !is_more_than_needed(&other.groups, std::slice::from_ref(&found)));
                    cures.push(found);
                }
                if cures.len() >= self.world.options.most {
                    break;
                }
            } else if node.depth < DEEPEST {
                let node = self.branch(node, &mut queue, &mut number);
                if let Some(node) = node {
                    self.keep_partial(&node);
                }
            }
        }
        cures
    }

    /// Puts what could mend the rest into the queue; hands the node back where it is a step on the way.
    fn branch(&mut self, node: Node, queue: &mut BTreeMap<Key, Waiting>, number: &mut u32) -> Option<Rc<Node>> {
        let node = Rc::new(node);
        for plan in candidate::plans(&node.state, self.goals) {
            let (tier, kind) = (best_tier(&node.groups, &plan), main_kind(&plan).max(main_kind(&node.groups)));
            *number += 1;
            let waiting = Waiting::Untried { parent: Rc::clone(&node), plan };
            queue.insert((tier, 0, kind, node.groups.len() + 1, *number), waiting);
        }
        (node.depth > 0).then_some(node)
    }

    /// Asks the engine about a plan; none where that cannot be made, or leads nowhere.
    fn tried(
        &mut self,
        parent: &Node,
        plan: Plan,
        before: &[cost::Charge],
        cures: &[Found],
        seen: &mut Vec<Value>,
    ) -> Option<((Tier, i64, CureKind, usize), Node)> {
        if !self.has_runs() {
            self.ended_early = true;
            return None;
        }
        let value = after(parent.state.value(), plan.iter().flat_map(|group| &group.steps))?;
        let mut groups = parent.groups.clone();
        groups.extend(plan);
        if is_more_than_needed(&groups, cures) {
            return None;
        }
        if seen.contains(&value) {
            return None;
        }
        seen.push(value.clone());
        let state = self.world.base.changed(value, self.goals);
        self.count();
        if state.flaws() > self.root.flaws() || !is_nearer(&parent.state, &state) {
            return None;
        }
        let difference = cost::difference(before, &self.charges(&state));
        let key = (tier(&groups, &difference), cost::sum(&difference), main_kind(&groups), groups.len());
        Some((key, Node { groups, depth: parent.depth + 1, state: Rc::new(state) }))
    }

    fn charges(&self, state: &State) -> Vec<cost::Charge> {
        cost::charges(state.network(), &state.analyses, self.world.options)
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
            if let Some(without) = without.filter(|without| without.is_mended() && without.flaws() <= self.root.flaws())
            {
                groups = fewer;
                state = Rc::new(without);
                position = groups.len();
            }
        }
        Found { groups, state }
    }

    fn state_of(&mut self, groups: &[Group]) -> Option<State> {
        let value = after(self.root.value(), groups.iter().flat_map(|group| &group.steps))?;
        self.count();
        Some(self.world.base.changed(value, self.goals))
    }

    /// Keeps what lets more traffic arrive than before, though not all.
    fn keep_partial(&mut self, node: &Node) {
        let mends_part = |(before, now): (&Analysis, &Analysis)| {
            now.verdict == Verdict::Intermittent
                && (before.verdict != Verdict::Intermittent || failing_ways(now) < failing_ways(before))
        };
        if self.partial.len() < MOST_PARTIAL && self.root.analyses.iter().zip(&node.state.analyses).any(mends_part) {
            self.partial.push(Found { groups: node.groups.clone(), state: Rc::clone(&node.state) });
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

/// Whether it does all that a cure does that is known, and something else besides, or is the third of its kind.
fn is_more_than_needed(groups: &[Group], cures: &[Found]) -> bool {
    let kinds = |groups: &[Group]| -> BTreeSet<CureKind> {
        groups.iter().filter(|group| group.leads).map(|group| group.kind).collect()
    };
    let own = kinds(groups);
    let mut alike = 0;
    for cure in cures {
        let known = kinds(&cure.groups);
        if known == own {
            alike += 1;
        } else if known.is_subset(&own) {
            return true;
        }
    }
    alike >= MOST_ALIKE
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
