//! A document on the way to a cure, with what the engine says of it.

use crate::analysis::Analysis;
use crate::answer::Severity;
use crate::document::Document;
use crate::edit::{self, EditStep, Value};
use crate::engine::analyze;
use crate::network::Network;
use crate::query::Query;
use crate::verdict::Verdict;

/// A question that is meant to succeed.
#[derive(Clone, Debug)]
pub(crate) struct Goal {
    /// The question.
    pub(crate) query: Query,
    /// The verdict that the document expects, where it is one of its expectations.
    pub(crate) expected: Option<Verdict>,
}

/// A document with the answers to the questions.
pub(crate) struct State {
    /// As it can be edited.
    pub(crate) value: Value,
    /// As it is read.
    pub(crate) document: Document,
    /// As the engine trusts it.
    pub(crate) network: Network,
    /// One for each goal.
    pub(crate) analyses: Vec<Analysis>,
    /// How much is wrong with the document: errors and warnings.
    pub(crate) flaws: usize,
}

/// Reads what can be edited as a document; `region` is where one is meant to be that names none.
pub(crate) fn document_of(value: &Value, region: Option<&str>) -> Document {
    document_of_text(&serde_json::to_string(value).unwrap_or_default(), region)
}

fn document_of_text(text: &str, region: Option<&str>) -> Document {
    let mut document = Document::from_json(text).document;
    if document.region.is_none() {
        document.region = region.map(str::to_owned);
    }
    document
}

impl State {
    pub(crate) fn new(value: Value, region: Option<&str>, goals: &[Goal]) -> State {
        let text = serde_json::to_string(&value).unwrap_or_default();
        State::of_text(value, &text, region, goals)
    }

    /// The same where the value's text is there already.
    pub(crate) fn of_text(value: Value, text: &str, region: Option<&str>, goals: &[Goal]) -> State {
        let document = document_of_text(text, region);
        let (network, problems) = Network::resolve(&document);
        let flaws = problems.iter().filter(|problem| problem.kind.severity() != Severity::Note).count();
        let analyses = goals.iter().map(|goal| analyze(&network, &goal.query)).collect();
        State { value, document, network, analyses, flaws }
    }

    /// Whether every goal is met, for all packets.
    pub(crate) fn is_mended(&self) -> bool {
        self.analyses.iter().all(|analysis| analysis.verdict == Verdict::Succeeds)
    }

    /// The first goal that is not met.
    pub(crate) fn first_failing(&self) -> Option<usize> {
        self.analyses.iter().position(|analysis| analysis.verdict != Verdict::Succeeds)
    }
}

/// The document after some steps; none where they cannot be made.
pub(crate) fn after<'s>(value: &Value, steps: impl IntoIterator<Item = &'s EditStep>) -> Option<Value> {
    let mut value = value.clone();
    for step in steps {
        edit::make(&mut value, step).ok()?;
    }
    Some(value)
}
