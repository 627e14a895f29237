//! What only a build with the feature `whole` has to say, in English.

#[cfg(feature = "permissions")]
use super::permissions;
use super::{English, either};
use crate::analysis::QueryProblem;
use crate::answer::Severity;
#[cfg(feature = "permissions")]
use crate::policy::Need;
use crate::problem::ProblemKind;
use crate::texts::cat;
use crate::words::{Heading, WholeWords};

impl WholeWords for English {
    #[cfg(feature = "permissions")]
    fn need(&self, need: &Need) -> String {
        permissions::need(need)
    }

    fn problem(&self, problem: &ProblemKind) -> (String, String) {
        crate::words::problem::en::words(problem)
    }

    fn query_problem(&self, problem: &QueryProblem) -> String {
        query_problem(problem)
    }

    fn nothing_to_check(&self, without_functions: bool) -> (&'static str, &'static str) {
        if without_functions {
            ("There is no function to ask about.", "Name a workload with --from.")
        } else {
            (
                "There is no bucket to ask about.",
                "Name a destination with --to, such as s3://my-bucket or https://example.com.",
            )
        }
    }

    fn heading(&self, heading: Heading) -> &'static str {
        match heading {
            Heading::Log => "Log",
            Heading::Caller => "Caller",
            Heading::Path => "Path",
            Heading::Reply => "reply",
            Heading::Blockers => "Blockers",
            Heading::Assumptions => "Assumptions",
            Heading::Settle => "What would settle it",
            Heading::Expected => "Expected",
            Heading::Help => "help",
        }
    }

    fn already_lost(&self) -> &'static str {
        "lost before"
    }

    fn score(&self, good: usize, all: usize) -> String {
        cat!(&good.to_string(), " of ", &all.to_string(), " checks as they should be")
    }

    fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

fn query_problem(problem: &QueryProblem) -> String {
    match problem {
        QueryProblem::NoSuchWorkload { name, nearest } => match nearest.as_slice() {
            [] => cat!("Nothing that sends traffic is called “", name, "”."),
            near => cat!("Nothing that sends traffic is called “", name, "”. Nearest: ", &either(near), "."),
        },
        QueryProblem::AmbiguousName { name, candidates } => {
            cat!("“", name, "” can be ", &either(candidates), ". Write which.")
        }
        QueryProblem::BadDestination { text } => cat!(
            "“",
            text,
            "” is no destination. Write s3://bucket, https://host, ADDRESS:PORT, service/NAME, or the name of a workload.",
        ),
        QueryProblem::BadProtocol { text } => cat!("“", text, "” is no protocol. Write tcp, udp or icmp."),
        QueryProblem::NoSuchBucket { name } => {
            cat!("The document has no bucket “", name, "”, so it is taken to be in the document's Region.")
        }
        QueryProblem::NoPort => "The question names no port, and this destination has no usual one.".into(),
    }
}
