//! Decides what becomes of the traffic that a question asks about.

use crate::analysis::{Analysis, Protocol, Symptom};
use crate::component::{Component, ComponentKind};
use crate::network::Network;
use crate::query::Query;
use crate::verdict::Verdict;

/// Answers one question. Never fails and never panics: what cannot be told is `undetermined`, with the reason.
pub fn analyze(network: &Network, query: &Query) -> Analysis {
    let _ = network;
    Analysis {
        from: Component::new(ComponentKind::Function, query.from.clone()),
        to: query.to.clone(),
        port: query.port,
        protocol: Protocol::Tcp,
        verdict: Verdict::Undetermined,
        paths: Vec::new(),
        blockers: Vec::new(),
        carriers: Vec::new(),
        symptom: Symptom::default(),
        assumptions: Vec::new(),
        problems: Vec::new(),
    }
}
