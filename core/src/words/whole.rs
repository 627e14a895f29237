//! What only a build with the feature `whole` has to say: of problems, policies, expectations, and for terminals.

use super::{Language, Words};
use crate::analysis::QueryProblem;
use crate::answer::{Diagnostic, Severity};
#[cfg(feature = "permissions")]
use crate::policy::Need;
use crate::problem::ProblemKind;

/// What a language must be able to say beside [`Words`].
pub(crate) trait WholeWords: Words {
    /// What would settle whether policies allow.
    #[cfg(feature = "permissions")]
    fn need(&self, need: &Need) -> String;
    /// What is wrong with a document, and what to do about it.
    fn problem(&self, problem: &ProblemKind) -> (String, String);
    /// What is wrong with a question.
    fn query_problem(&self, problem: &QueryProblem) -> String;
    /// That there is no question, for want of functions or else of buckets; and what to do.
    fn nothing_to_check(&self, without_functions: bool) -> (&'static str, &'static str);
    /// A heading of the text for terminals.
    fn heading(&self, heading: Heading) -> &'static str;
    /// That a decision is about traffic that was lost before.
    fn already_lost(&self) -> &'static str;
    /// How many of several checks are as they should be.
    fn score(&self, good: usize, all: usize) -> String;
    /// How bad a diagnostic is.
    fn severity(&self, severity: Severity) -> &'static str;
}

/// The headings of the text for terminals.
#[derive(Clone, Copy)]
pub(crate) enum Heading {
    /// The log, as Lambda prints it.
    Log,
    /// What the caller gets.
    Caller,
    /// The ways that the traffic takes.
    Path,
    /// A decision about the reply.
    Reply,
    /// What keeps traffic from arriving.
    Blockers,
    /// What is taken for granted.
    Assumptions,
    /// What would settle what is not known.
    Settle,
    /// What was expected.
    Expected,
    /// What to do about a problem.
    Help,
}

/// A problem of a question as people and programs read it; `path` is the question's place in the document.
pub(crate) fn query_diagnostic(problem: &QueryProblem, path: &str, language: Language) -> Diagnostic {
    let (code, field) = match problem {
        QueryProblem::NoSuchWorkload { .. } => ("noSuchWorkload", "/from"),
        QueryProblem::AmbiguousName { .. } => ("ambiguousName", ""),
        QueryProblem::BadDestination { .. } => ("badDestination", "/to"),
        QueryProblem::BadProtocol { .. } => ("badProtocol", "/protocol"),
        QueryProblem::NoSuchBucket { .. } => ("noSuchBucket", "/to"),
        QueryProblem::NoPort => ("noPort", "/port"),
    };
    Diagnostic {
        severity: crate::check::severity(problem),
        code: code.into(),
        path: if path.is_empty() { String::new() } else { [path, field].concat() },
        message: language.words().query_problem(problem),
        help: String::new(),
        file: None,
        line: None,
        column: None,
    }
}

/// That the selection stands for no question at all.
pub(crate) fn nothing_to_check(without_functions: bool, language: Language) -> Diagnostic {
    let (message, help) = language.words().nothing_to_check(without_functions);
    Diagnostic {
        severity: Severity::Error,
        code: "nothingToCheck".into(),
        path: String::new(),
        message: message.into(),
        help: help.into(),
        file: None,
        line: None,
        column: None,
    }
}
