//! From text to [`Document`], with every problem and its place.

use super::Document;
use super::slot::{Mistake, MistakeKind, Shape, fill};
use crate::nearest::nearest;
use crate::problem::{Location, Problem, ProblemKind};

/// What was read: always a document, which holds whatever could be understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The document without its broken parts.
    pub document: Document,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Reads a document from JSON. What stands before broken text is kept.
    pub fn from_json(text: &str) -> Reading {
        let mut document = Document::default();
        let mut mistakes = Vec::new();
        let mut decoder = serde_json::Deserializer::from_str(text);
        let outcome = fill(&mut document, &mut decoder, &mut mistakes).and_then(|()| decoder.end());
        let mut problems: Vec<Problem> = mistakes.into_iter().map(problem).collect();
        if let Err(error) = outcome {
            let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let location = Location { file: String::new(), line: place(error.line()), column: place(error.column()) };
            let text = error.to_string();
            let expected = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what).to_owned();
            let kind = ProblemKind::Syntax { expected };
            problems.push(Problem { kind, pointer: String::new(), location: Some(location) });
        }
        Reading { document, problems }
    }
}

fn problem(mistake: Mistake) -> Problem {
    let kind = match mistake.kind {
        MistakeKind::UnknownField { field, known } => {
            let nearest = nearest(&field, known.iter().map(String::as_str)).map(str::to_owned);
            ProblemKind::UnknownField { field, nearest }
        }
        MistakeKind::WrongShape { found, expected } => {
            ProblemKind::WrongType { found: found.english().to_owned(), expected: expected.english().to_owned() }
        }
        MistakeKind::WrongValue { text, known: [] } => {
            ProblemKind::WrongType { found: text, expected: Shape::Number.english().to_owned() }
        }
        MistakeKind::WrongValue { text, known } => {
            let nearest = nearest(&text, known.iter().copied()).map(str::to_owned);
            ProblemKind::UnknownWord { text, allowed: known, nearest }
        }
        MistakeKind::DuplicateKey { key } => ProblemKind::DuplicateKey { key },
    };
    Problem { kind, pointer: mistake.pointer, location: None }
}
