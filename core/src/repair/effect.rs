//! What a change opens and closes: a standard set of questions, asked before and after.

use serde::Serialize;

use crate::check::is_met;
use crate::component::{Component, ComponentKind};
use crate::document::{Document, Expectation};
use crate::engine::analyze;
use crate::network::{
    BlockMode, Interface, InterfaceRole, Network, Peer, PublicAddress, RouteState, RouteTarget, SecurityGroupRule,
};
use crate::query::Query;
use crate::repair::plan::closed_list;
use crate::repair::state::Goal;
use crate::verdict::Verdict;

/// Workloads that are asked for; what is asked about comes first.
const MOST_WORKLOADS: usize = 16;

/// Buckets, and other workloads as destinations, that each of them is asked about.
const MOST_DESTINATIONS: usize = 4;

/// A host of which nothing is known: it stands for the Internet.
const ANY_HOST: &str = "https://example.com";

/// A bucket in the document's Region that no document has: bucket names have no capital letters.
const ANY_BUCKET: &str = "s3://Another";

closed_list! {
    /// What a question of the standard set is about.
    EffectKind {
        /// From a workload to a host on the Internet.
        InternetOut,
        /// From the Internet to an interface with a public address.
        InternetIn,
        /// From a workload to a bucket of the document.
        Bucket,
        /// From a workload to any other bucket of the Region.
        OtherBuckets,
        /// From a workload to another workload.
        Workload,
    }
}

/// Whether the network has more than the standard set asks about.
pub(crate) fn is_of_some(network: &Network) -> bool {
    network.workloads.iter().count() > MOST_WORKLOADS
        || network.buckets.iter().count() > MOST_DESTINATIONS
        || network.interfaces.iter().filter(|(_, interface)| is_asked_about(interface)).count() > MOST_DESTINATIONS
}

/// Whether others could ask it: nobody connects to a function or a gateway.
fn is_asked_about(interface: &Interface) -> bool {
    matches!(interface.role, InterfaceRole::Instance | InterfaceRole::Task | InterfaceRole::Bare)
}

/// A question of the standard set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standard {
    pub(crate) kind: EffectKind,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) verdict: Option<Verdict>,
}

/// The answers to the standard set, in a fixed order; `asked` is what the cure is for.
pub(crate) fn standard(network: &Network, asked: &[(String, String)], runs: &mut u32) -> Vec<Standard> {
    let mut all = Vec::new();
    let mut workloads: Vec<&Component> = network.workloads.iter().map(|(_, workload)| &workload.component).collect();
    workloads.sort_by_key(|component| !asked.iter().any(|(from, _)| *from == component.to_string()));
    let buckets: Vec<String> = network
        .buckets
        .iter()
        .map(|(_, bucket)| ["s3://", &bucket.bucket_name].concat())
        .take(MOST_DESTINATIONS)
        .collect();
    for from in workloads.iter().take(MOST_WORKLOADS) {
        let from = from.to_string();
        let mut ask = |kind: EffectKind, to: &str, port: Option<u16>| {
            if asked.iter().any(|(other, destination)| *other == from && destination == to) {
                return;
            }
            *runs = runs.saturating_add(1);
            let query = Query { from: from.clone(), to: to.to_owned(), port, ..Query::default() };
            let verdict = analyze(network, &query).verdict;
            all.push(Standard { kind, from: from.clone(), to: to.to_owned(), verdict: Some(verdict) });
        };
        ask(EffectKind::InternetOut, ANY_HOST, None);
        for bucket in &buckets {
            ask(EffectKind::Bucket, bucket, None);
        }
        if !buckets.is_empty() {
            ask(EffectKind::OtherBuckets, ANY_BUCKET, None);
        }
        let mut targets = 0;
        for (_, interface) in network.interfaces.iter() {
            let to = interface.owner.to_string();
            if !is_asked_about(interface) || to == from || targets >= MOST_DESTINATIONS {
                continue;
            }
            targets += 1;
            let port = interface.listens.as_ref().and_then(|ports| ports.first()).unwrap_or(443);
            ask(EffectKind::Workload, &to, Some(port));
        }
    }
    all.extend(reachable_from_internet(network).into_iter().map(|to| Standard {
        kind: EffectKind::InternetIn,
        from: "internet".to_owned(),
        to,
        verdict: Some(Verdict::Succeeds),
    }));
    all
}

/// What is answered otherwise: what is open now and was not, and the other way round. `network` is the one before.
pub(crate) fn difference(network: &Network, before: &[Standard], after: &[Standard]) -> (Vec<Changed>, Vec<Changed>) {
    let is_open = |verdict: Option<Verdict>| matches!(verdict, Some(Verdict::Succeeds | Verdict::Intermittent));
    let same =
        |one: &Standard, other: &Standard| one.kind == other.kind && one.from == other.from && one.to == other.to;
    // What the change itself makes is not opened, except to the Internet.
    let is_new = |address: &str| {
        let is_there = network.workloads.iter().any(|(_, workload)| workload.component.to_string() == address)
            || network.interfaces.iter().any(|(_, interface)| interface.owner.to_string() == address);
        ComponentKind::ALL.iter().any(|kind| address.split_once('/').is_some_and(|(word, _)| word == kind.as_str()))
            && !is_there
    };
    let mut opens = Vec::new();
    let mut closes = Vec::new();
    for now in after.iter().filter(|now| now.kind == EffectKind::InternetIn || !is_new(&now.from) && !is_new(&now.to)) {
        let was = before.iter().find(|was| same(was, now)).and_then(|was| was.verdict);
        // What cannot be told could be open.
        if (is_open(now.verdict) && was != now.verdict && was != Some(Verdict::Succeeds))
            || (now.verdict == Some(Verdict::Undetermined) && was.is_some() && was != now.verdict && !is_open(was))
        {
            opens.push(Changed { before: was, after: now.verdict, of: now.clone() });
        }
    }
    for was in before.iter().filter(|was| is_open(was.verdict)) {
        let now = after.iter().find(|now| same(was, now)).and_then(|now| now.verdict);
        if now != was.verdict && now != Some(Verdict::Succeeds) {
            closes.push(Changed { before: was.verdict, after: now, of: was.clone() });
        }
    }
    (opens, closes)
}

/// A question that is answered otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    pub(crate) before: Option<Verdict>,
    pub(crate) after: Option<Verdict>,
    pub(crate) of: Standard,
}

/// What connections from the Internet could come to: a public address, a route to an internet gateway, and a rule that
/// admits somebody outside. Network ACLs are left out, so that nothing that is open is missed.
fn reachable_from_internet(network: &Network) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (_, interface) in network.interfaces.iter() {
        let owner = interface.owner.to_string();
        let has_address = interface.public_address != PublicAddress::None;
        let is_filtered = interface.owner.kind != ComponentKind::NatGateway;
        if has_address && is_filtered && !found.contains(&owner) && has_way_in(network, interface) {
            found.push(owner);
        }
    }
    found
}

fn has_way_in(network: &Network, interface: &Interface) -> bool {
    if network.block_public_access.mode != BlockMode::Off
        && network.block_public_access.excluded_vpcs.is_empty()
        && network.block_public_access.excluded_subnets.is_empty()
    {
        return false;
    }
    let subnet = network.subnets.get(interface.subnet);
    let table = network.route_tables.get(subnet.route_table);
    let leads_out = table.routes.iter().any(|route| match &route.target {
        RouteTarget::InternetGateway(gateway) => {
            route.state == RouteState::Active && network.internet_gateways.get(*gateway).vpc == Some(subnet.vpc)
        }
        _ => false,
    });
    let admits = |rule: &SecurityGroupRule| match &rule.peer {
        Peer::Block(block) => match block {
            ipnet::IpNet::V4(block) => !block.network().is_private(),
            ipnet::IpNet::V6(_) => true,
        },
        Peer::PrefixList(_) | Peer::Missing(_) => true,
        Peer::SecurityGroup(_) => false,
    };
    let groups = interface.security_groups.iter().map(|group| network.security_groups.get(*group));
    leads_out
        && (!interface.missing_security_groups.is_empty()
            || groups.into_iter().any(|group| group.ingress.iter().any(&admits)))
}

/// What the document expects and gets before a change.
pub(crate) struct Kept<'d> {
    expectation: &'d Expectation,
    query: Query,
}

/// The document's expectations that hold, in its order; those about the same questions as the goals are no matter.
pub(crate) fn kept<'d>(document: &'d Document, before: &Network, goals: &[Goal], runs: &mut u32) -> Vec<Kept<'d>> {
    let mut kept = Vec::new();
    for expectation in &document.expect {
        let query = expectation.query();
        if goals.iter().any(|goal| is_same(before, &goal.query, &query)) {
            continue;
        }
        *runs = runs.saturating_add(1);
        if is_met(expectation, &analyze(before, &query)) {
            kept.push(Kept { expectation, query });
        }
    }
    kept
}

/// Those of them that do not hold any more, each with what becomes of its traffic.
pub(crate) fn broken<'d>(kept: &[Kept<'d>], after: &Network, runs: &mut u32) -> Vec<(&'d Expectation, Verdict)> {
    let mut broken = Vec::new();
    for Kept { expectation, query } in kept {
        *runs = runs.saturating_add(1);
        let now = analyze(after, query);
        if !is_met(expectation, &now) {
            broken.push((*expectation, now.verdict));
        }
    }
    broken
}

/// Whether two questions are the same, however they name workload and destination.
fn is_same(network: &Network, one: &Query, other: &Query) -> bool {
    if one.client != other.client || one.request != other.request {
        return false;
    }
    if one == other {
        return true;
    }
    let (one, other) = (analyze(network, one), analyze(network, other));
    one.from == other.from && one.to == other.to && one.port == other.port && one.protocol == other.protocol
}
