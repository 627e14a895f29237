//! The one call for command line, page and tests: a document and what is asked of it, answered in words.

#[cfg(test)]
mod tests;

#[cfg(feature = "whole")]
use std::borrow::Cow;

use crate::analysis::{Analysis, Assumption, QueryProblem};
use crate::answer::{Answer, Check, Diagnostic, Severity};
use crate::component::ComponentKind;
#[cfg(feature = "whole")]
use crate::document::locate;
use crate::document::{Document, Expectation};
use crate::engine::analyze;
use crate::network::Network;
#[cfg(feature = "whole")]
use crate::problem::{Problem, ProblemKind};
use crate::query::Query;
#[cfg(feature = "permissions")]
use crate::query::Request;
use crate::verdict::{ReasonCode, Verdict};
use crate::words::{self, Language};

/// Questions that are answered when they range over workloads and destinations.
const MOST_QUESTIONS: usize = 1_000;

/// Version of the answer's shape.
const VERSION: u32 = 1;

/// What is asked. What is left out ranges over everything there is.
///
/// With only one of `from` and `to`, the other ranges over every function or every bucket. Without both, the
/// questions are those that the document expects answers to, or else every function to every bucket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// The workload; see [`Query::from`].
    pub from: Option<String>,
    /// The destination; see [`Query::to`].
    pub to: Option<String>,
    /// Port; see [`Query::port`].
    pub port: Option<u16>,
    /// Protocol; see [`Query::protocol`].
    pub protocol: Option<String>,
    /// The operation, such as `GetObject`.
    pub operation: Option<String>,
    /// Where a document that names no Region is meant to be.
    pub region: Option<String>,
    /// A whole question, under the fields above.
    pub query: Option<Query>,
}

impl Selection {
    /// The question without workload and destination, which may range.
    fn rest_of_query(&self) -> Query {
        let mut query = self.query.clone().unwrap_or_default();
        query.port = self.port.or(query.port);
        query.protocol = self.protocol.clone().or(query.protocol);
        #[cfg(feature = "permissions")]
        if let Some(operation) = &self.operation {
            query.request.get_or_insert_with(Request::default).operation = Some(operation.clone());
        }
        query
    }

    fn from(&self) -> Option<&str> {
        chosen(self.from.as_deref(), self.query.as_ref().map(|query| query.from.as_str()))
    }

    fn to(&self) -> Option<&str> {
        chosen(self.to.as_deref(), self.query.as_ref().map(|query| query.to.as_str()))
    }
}

fn chosen<'a>(flag: Option<&'a str>, query: Option<&'a str>) -> Option<&'a str> {
    flag.or(query).filter(|name| !name.is_empty())
}

/// Answers every question that the selection stands for. Never fails: what is wrong with document or question is
/// among the diagnostics, and the answer is about the rest.
#[cfg(feature = "whole")]
pub fn check(document: &Document, selection: &Selection, language: Language) -> Answer {
    let document = match &selection.region {
        Some(region) if document.region.is_none() => {
            Cow::Owned(Document { region: Some(region.clone()), ..document.clone() })
        }
        _ => Cow::Borrowed(document),
    };
    let (network, problems) = Network::resolve(&document);
    check_resolved(&document, &network, &problems, selection, language)
}

/// The same for a document that is resolved already; `problems` are all that is known of it.
///
/// The selection's Region has no effect here: it decides what a document resolves to.
#[cfg(feature = "whole")]
pub fn check_resolved(
    document: &Document,
    network: &Network,
    problems: &[Problem],
    selection: &Selection,
    language: Language,
) -> Answer {
    let mut diagnostics: Vec<Diagnostic> =
        problems.iter().map(|problem| words::diagnostic(problem, language)).collect();
    let (questions, asked) = questions(document, network, selection);
    if questions.len() < asked {
        let kind = ProblemKind::TooManyQuestions { asked, answered: questions.len() };
        let problem = Problem { kind, pointer: String::new(), location: None };
        diagnostics.push(words::diagnostic(&problem, language));
    }
    // Where a text breaks off, that nothing is left to ask about follows from it.
    let breaks_off = problems.iter().any(|problem| matches!(problem.kind, ProblemKind::Syntax { .. }));
    if questions.is_empty() && !breaks_off {
        diagnostics.push(nothing_to_check(network, selection, language));
    }
    let mut checks = Vec::with_capacity(questions.len());
    for (check, found) in questions.iter().filter_map(|question| answer(network, question, language)) {
        checks.push(check);
        diagnostics.extend(found);
    }
    Answer { version: VERSION, checks, diagnostics }
}

/// From a document's text, which is JSON, to the answer and to the network that it is about; without a selection,
/// nothing is asked. The selection's Region has no effect.
///
/// Without the feature `whole` there is none where the text has what only that feature reads, or something is wrong
/// with document or question: there, a build that has the feature has to answer. Where there is
/// one, both answer the same.
#[cfg(feature = "whole")]
pub fn answer_text(text: &str, selection: Option<&Selection>, language: Language) -> Option<(Answer, Network)> {
    let mut reading = Document::from_json(text);
    let (network, problems) = Network::resolve(&reading.document);
    reading.problems.extend(problems);
    locate(text, &mut reading.problems);
    let answer = match selection {
        Some(selection) => check_resolved(&reading.document, &network, &reading.problems, selection, language),
        None => Answer { version: VERSION, checks: Vec::new(), diagnostics: reading.diagnostics(language) },
    };
    Some((answer, network))
}

/// The same without words for what is wrong.
#[cfg(not(feature = "whole"))]
pub fn answer_text(text: &str, selection: Option<&Selection>, language: Language) -> Option<(Answer, Network)> {
    let document = Document::from_faultless_json(text)?;
    let network = Network::resolve_faultless(&document)?;
    let mut answer = Answer { version: VERSION, checks: Vec::new(), diagnostics: Vec::new() };
    if let Some(selection) = selection {
        let (questions, asked) = questions(&document, &network, selection);
        // An operation belongs to what policies decide upon.
        if selection.operation.is_some() || questions.is_empty() || questions.len() < asked {
            return None;
        }
        for question in &questions {
            answer.checks.push(self::answer(&network, question, language)?.0);
        }
        if network.lacks_ranges.get().is_some() {
            return None;
        }
    }
    Some((answer, network))
}

/// A question, and what the document expects of it.
struct Question<'a> {
    query: Query,
    expectation: Option<(usize, &'a Expectation)>,
}

/// The questions to answer, and how many there are: ranging over workloads and destinations multiplies them.
fn questions<'a>(document: &'a Document, network: &Network, selection: &Selection) -> (Vec<Question<'a>>, usize) {
    let rest = selection.rest_of_query();
    let (from, to) = (selection.from(), selection.to());
    if from.is_none() && to.is_none() && !document.expect.is_empty() {
        let questions: Vec<_> = document
            .expect
            .iter()
            .enumerate()
            .map(|(position, expectation)| Question {
                query: expectation.query(),
                expectation: Some((position, expectation)),
            })
            .collect();
        let asked = questions.len();
        return (questions, asked);
    }
    let workloads = match from {
        Some(from) => vec![from.to_owned()],
        None => functions(network),
    };
    let destinations = match to {
        Some(to) => vec![to.to_owned()],
        None => network.buckets.iter().map(|(_, bucket)| ["s3://", &bucket.component.name].concat()).collect(),
    };
    let pairs = workloads.iter().flat_map(|from| destinations.iter().map(move |to| (from, to)));
    let questions = pairs.take(MOST_QUESTIONS).map(|(from, to)| {
        let query = Query { from: from.clone(), to: to.clone(), ..rest.clone() };
        Question { query, expectation: None }
    });
    (questions.collect(), workloads.len() * destinations.len())
}

/// The questions that a selection stands for, each with the verdict that the document expects, where it does.
#[cfg(feature = "repair")]
pub(crate) fn asked(document: &Document, network: &Network, selection: &Selection) -> Vec<(Query, Option<Verdict>)> {
    let (questions, _) = questions(document, network, selection);
    let expected = |expectation: &Expectation| expectation.verdict.unwrap_or(Verdict::Succeeds);
    let asked = |question: Question<'_>| {
        let expected = question.expectation.map(|(_, expectation)| expected(expectation));
        (question.query, expected)
    };
    questions.into_iter().map(asked).collect()
}

/// Whether verdict and carriers are as the document expects; other reasons for the same failure are no matter.
#[cfg(feature = "repair")]
pub(crate) fn is_met(expectation: &Expectation, analysis: &Analysis) -> bool {
    analysis.verdict == expectation.verdict.unwrap_or(Verdict::Succeeds)
        && !unmet(expectation, analysis).iter().any(|unmet| matches!(unmet, Unmet::Carrier(_)))
}

fn functions(network: &Network) -> Vec<String> {
    network
        .workloads
        .iter()
        .filter(|(_, workload)| workload.component.kind == ComponentKind::Function)
        .map(|(_, workload)| workload.component.to_string())
        .collect()
}

/// The answer to one question, with what is wrong with the question; none where this build lacks words for it.
fn answer(network: &Network, question: &Question<'_>, language: Language) -> Option<(Check, Vec<Diagnostic>)> {
    let analysis = analyze(network, &question.query);
    let unmet = question.expectation.map(|(_, expectation)| unmet(expectation, &analysis)).unwrap_or_default();
    if cfg!(not(feature = "whole")) && !is_worded(&analysis) {
        return None;
    }
    let mut check = words::explain(&analysis, language);
    if let Some((_, expectation)) = question.expectation {
        let expected = expectation.verdict.unwrap_or(Verdict::Succeeds);
        check.unmet.extend(unmet.iter().map(|unmet| words::unmet(unmet, language)));
        check.expected = Some(expected);
        check.as_expected = Some(check.verdict == expected && unmet.is_empty());
    }
    #[cfg(not(feature = "whole"))]
    let diagnostics = Vec::new();
    #[cfg(feature = "whole")]
    let diagnostics = {
        let place = question.expectation.map(|(position, _)| ["/expect/", &position.to_string()].concat());
        let place = place.unwrap_or_default();
        let problems = analysis.problems.iter();
        problems.map(|problem| words::query_diagnostic(problem, &place, language)).collect()
    };
    Some((check, diagnostics))
}

/// What a document expects beyond the verdict, and did not get.
pub(crate) enum Unmet<'a> {
    /// A reason code among the blockers.
    Because(ReasonCode),
    /// A gateway or endpoint that carries the traffic.
    Carrier(&'a str),
    /// A question that can be answered.
    Sense,
}

/// Whether a build without the feature `whole` has words for all of it.
fn is_worded(analysis: &Analysis) -> bool {
    let mut hops = analysis.paths.iter().flat_map(|path| &path.hops);
    analysis.problems.is_empty()
        && hops.all(|hop| hop.fact.is_worded())
        && analysis.blockers.iter().all(|blocker| blocker.fact.is_worded())
        && analysis.assumptions.iter().all(Assumption::is_worded)
}

/// What the document expects beyond the verdict and did not get.
fn unmet<'a>(expectation: &'a Expectation, analysis: &Analysis) -> Vec<Unmet<'a>> {
    let codes: Vec<_> = analysis.blockers.iter().filter_map(|blocker| blocker.fact.code()).collect();
    let is_carrier =
        |name: &str| analysis.carriers.iter().any(|carrier| carrier.name == name || carrier.to_string() == name);
    // An expected `undetermined` must not hide a question that nobody can answer.
    let senseless = analysis.problems.iter().any(|problem| severity(problem) == Severity::Error);
    let because = expectation.because.iter().filter(|code| !codes.contains(code)).map(|code| Unmet::Because(*code));
    let carriers = expectation.carriers.iter().filter(|name| !is_carrier(name)).map(|name| Unmet::Carrier(name));
    senseless.then_some(Unmet::Sense).into_iter().chain(because).chain(carriers).collect()
}

/// How bad a problem of a question is: an error leaves it without an answer.
pub(crate) fn severity(problem: &QueryProblem) -> Severity {
    match problem {
        QueryProblem::NoSuchBucket { .. } => Severity::Note,
        QueryProblem::NoSuchWorkload { .. }
        | QueryProblem::AmbiguousName { .. }
        | QueryProblem::BadDestination { .. }
        | QueryProblem::BadProtocol { .. }
        | QueryProblem::NoPort => Severity::Error,
    }
}

#[cfg(feature = "whole")]
fn nothing_to_check(network: &Network, selection: &Selection, language: Language) -> Diagnostic {
    let without_functions = selection.from().is_none() && functions(network).is_empty();
    words::nothing_to_check(without_functions, language)
}
