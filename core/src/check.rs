//! The one call for command line, page and tests: a document and what is asked of it, answered in words.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::analysis::{Analysis, QueryProblem};
use crate::answer::{Answer, Check, Diagnostic, Severity};
use crate::component::ComponentKind;
use crate::document::{Document, Expectation};
use crate::engine::analyze;
use crate::network::Network;
use crate::problem::{Problem, ProblemKind};
use crate::query::{Query, Request};
use crate::verdict::Verdict;
use crate::words::{self, Language, Unmet};

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
    let checks = questions.iter().map(|question| answer(network, question, language, &mut diagnostics)).collect();
    Answer { version: VERSION, checks, diagnostics }
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

fn answer(network: &Network, question: &Question<'_>, language: Language, diagnostics: &mut Vec<Diagnostic>) -> Check {
    let analysis = analyze(network, &question.query);
    let place = question.expectation.map(|(position, _)| ["/expect/", &position.to_string()].concat());
    let place = place.unwrap_or_default();
    diagnostics.extend(analysis.problems.iter().map(|problem| words::query_diagnostic(problem, &place, language)));
    let mut check = words::explain(&analysis, language);
    if let Some((_, expectation)) = question.expectation {
        let expected = expectation.verdict.unwrap_or(Verdict::Succeeds);
        check.unmet = unmet(expectation, &analysis).iter().map(|unmet| words::unmet(unmet, language)).collect();
        check.expected = Some(expected);
        check.as_expected = Some(check.verdict == expected && check.unmet.is_empty());
    }
    check
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

fn nothing_to_check(network: &Network, selection: &Selection, language: Language) -> Diagnostic {
    let without_functions = selection.from().is_none() && functions(network).is_empty();
    words::nothing_to_check(without_functions, language)
}
