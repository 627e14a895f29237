//! From text to [`Document`], with every problem and its place.

use super::Document;
use super::slot::fill;
use crate::problem::Problem;

/// What was read: always a document, which holds whatever could be understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The document without its broken parts.
    pub document: Document,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Reads a document from JSON.
    pub fn from_json(text: &str) -> Reading {
        let mut document = Document::default();
        let mut mistakes = Vec::new();
        let _ = fill(&mut document, &mut serde_json::Deserializer::from_str(text), &mut mistakes);
        Reading { document, problems: Vec::new() }
    }
}
