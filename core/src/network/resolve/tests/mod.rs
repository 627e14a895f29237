//! What a document resolves to: AWS's defaults, and a problem for everything that cannot be.

mod defaults;
mod permissions;
mod problems;

use crate::document::Document;
use crate::network::Network;
use crate::problem::{Problem, ProblemKind};

/// Resolves a document that says what it means.
fn network(yaml: &str) -> Network {
    let (network, problems) = resolved(yaml);
    assert_eq!(problems, [], "the document has no problems");
    network
}

/// Resolves a document that can be read.
fn resolved(yaml: &str) -> (Network, Vec<Problem>) {
    let reading = Document::from_yaml(yaml);
    assert_eq!(reading.problems, [], "the text can be read");
    Network::resolve(&reading.document)
}

/// The problems of a document, with their pointers.
fn problems(yaml: &str) -> Vec<(String, ProblemKind)> {
    resolved(yaml).1.into_iter().map(|problem| (problem.pointer, problem.kind)).collect()
}

/// The only problem of a document.
fn problem(yaml: &str) -> (String, ProblemKind) {
    let mut problems = problems(yaml);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}
