//! What could mend a check: plans out of the blockers of an answer. The engine decides which of them work.

mod draft;
mod endpoints;
mod filters;
mod ground;
mod internet_gateways;
mod names;
mod placement;
mod policies;
mod settings;
mod statements;
mod translators;

use super::plan::Plan;
use super::state::{Goal, State};
use crate::verdict::{ReasonCode, Verdict};

use ground::Ground;
pub(crate) use policies::denies_the_request_itself;

/// Plans for the first question that fails, in the order in which they are tried.
pub(crate) fn plans(state: &State, goals: &[Goal]) -> Vec<Plan> {
    let Some(failing) = state.first_failing() else { return Vec::new() };
    let (Some(analysis), Some(goal)) = (state.analyses.get(failing), goals.get(failing)) else { return Vec::new() };
    if analysis.verdict == Verdict::Undetermined {
        return Vec::new();
    }
    let Some(ground) = Ground::new(state, analysis, &goal.query) else { return Vec::new() };
    let codes: Vec<ReasonCode> = analysis.blockers.iter().filter_map(|blocker| blocker.fact.code()).collect();
    let mut plans = Vec::new();
    // A policy that denies sees another request where an endpoint carries it; no route or filter makes a difference.
    if analysis.verdict == Verdict::AccessDenied && codes.iter().all(|code| code.is_of_policies()) {
        plans.extend(policies::plans(&ground));
        // A way round an endpoint's policy would be a way round what somebody protects.
        if !codes.contains(&ReasonCode::EndpointPolicyDenies) {
            plans.extend(endpoints::plans(&ground));
        }
        plans.retain(|plan| !plan.is_empty());
        return plans;
    }
    // Where no way is right, filters on the wrong one do not matter yet.
    let is_way_blocked = codes.iter().any(|code| is_of_way(*code));
    if !is_way_blocked {
        plans.extend(filters::plans(&ground));
    }
    plans.extend(settings::plans(&ground));
    plans.extend(names::plans(&ground));
    plans.extend(placement::plans(&ground));
    plans.extend(endpoints::plans(&ground));
    plans.extend(internet_gateways::plans(&ground));
    plans.extend(translators::plans(&ground));
    plans.extend(policies::plans(&ground));
    plans.retain(|plan| !plan.is_empty());
    plans
}

/// Whether the packet has no right way, in which case filters come later.
fn is_of_way(code: ReasonCode) -> bool {
    !matches!(
        code,
        ReasonCode::EniSgRulesMismatch
            | ReasonCode::SgHasNoRules
            | ReasonCode::SubnetAclRestriction
            | ReasonCode::DnsServerUnreachable
            | ReasonCode::NameNotCoveredByEndpoint
            | ReasonCode::PrivateDnsNotInEffect
            | ReasonCode::EndpointNotAssociated
            | ReasonCode::MoreSpecificRoute
            | ReasonCode::HigherPriorityRoute
    )
}

/// Plans that could carry for less what arrives already.
pub(crate) fn cheaper(state: &State, goal: &Goal) -> Vec<Plan> {
    let Some(analysis) = state.analyses.first() else { return Vec::new() };
    let Some(ground) = Ground::new(state, analysis, &goal.query) else { return Vec::new() };
    let mut plans = endpoints::plans(&ground);
    plans.extend(placement::plans(&ground));
    plans.retain(|plan| !plan.is_empty());
    plans
}
