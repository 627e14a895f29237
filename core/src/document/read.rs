//! From text to [`Document`], with every problem and its place.

use super::Document;
use super::locate::locate;
use super::slot::{Mistake, MistakeKind, Slot, fill};
use crate::answer::Diagnostic;
use crate::nearest::nearest;
use crate::problem::{Location, Problem, ProblemKind, SyntaxFlaw};
use crate::words::{Language, diagnostic};

/// What was read: always a document, which holds whatever could be understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The document without its broken parts.
    pub document: Document,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Reads a document from JSON or YAML, whichever the text is.
    ///
    /// Without the feature `yaml`, JSON only.
    ///
    /// ```
    /// use vpcreach::Document;
    ///
    /// let reading = Document::read(r#"{ "vpcs": { "main": { "cidr": "10.0.0.0/16" } }, "subnet": {} }"#);
    /// assert_eq!(reading.document.vpcs.len(), 1);
    /// assert_eq!(reading.problems[0].kind.code(), "unknownField");
    /// ```
    pub fn read(text: &str) -> Reading {
        #[cfg(feature = "yaml")]
        if !looks_like_json(text) {
            return Document::from_yaml(text);
        }
        let reading = Document::from_json(text);
        // A mapping in braces is YAML too, and may lack the quotes that JSON wants.
        #[cfg(feature = "yaml")]
        if reading.has_broken_text() {
            let yaml = Document::from_yaml(text);
            if !yaml.has_broken_text() {
                return yaml;
            }
        }
        reading
    }

    /// Reads a document from JSON.
    ///
    /// Of broken text, what stands before the break is kept, and every section that may have lost something counts as
    /// unknown: nothing is known of the rest.
    pub fn from_json(text: &str) -> Reading {
        let mut reading = read_json(text);
        locate(text, &mut reading.problems);
        reading
    }

    /// Reads a document from YAML 1.2; broken text gives an empty document.
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str) -> Reading {
        match super::yaml_to_json(text) {
            Ok(json) => {
                let mut reading = read_json(&json);
                locate(text, &mut reading.problems);
                reading
            }
            Err(problem) => {
                let document = Document { unknown_sections: sections(), ..Document::default() };
                Reading { document, problems: vec![*problem] }
            }
        }
    }

    /// The document as JSON: sections in the order of the format, what says nothing beyond AWS's default left out.
    pub fn to_json(&self) -> String {
        // Only keys that are no texts can fail, and there are none.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Reading {
    /// The problems in words.
    pub fn diagnostics(&self, language: Language) -> Vec<Diagnostic> {
        self.problems.iter().map(|problem| diagnostic(problem, language)).collect()
    }

    #[cfg(feature = "yaml")]
    fn has_broken_text(&self) -> bool {
        self.problems.iter().any(|problem| matches!(problem.kind, ProblemKind::Syntax { .. }))
    }
}

/// Whether a text is JSON rather than YAML: by its first character.
pub fn looks_like_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

/// The names of all sections.
pub(super) fn sections() -> Vec<String> {
    let mut names = Document::default().part_names();
    let others = ["version", "title", "description", "region", "unknownSections", "expect"];
    names.retain(|name| !others.contains(&name.as_str()));
    names
}

fn read_json(text: &str) -> Reading {
    let mut document = Document::default();
    let mut mistakes = Vec::new();
    let mut decoder = serde_json::Deserializer::from_str(text);
    let outcome = fill(&mut document, &mut decoder, &mut mistakes).and_then(|()| decoder.end());
    // Editors find the schema of a document by this field.
    mistakes.retain(|mistake| mistake.pointer != "/$schema");
    let mut problems: Vec<Problem> = mistakes.into_iter().map(problem).collect();
    if let Err(error) = outcome {
        let (flaw, location) = broken_text(text, &error);
        let kind = ProblemKind::Syntax { format: "JSON", flaw };
        problems.push(Problem { kind, pointer: String::new(), location: Some(location) });
        // The break may stand anywhere in the section that was read last, and before all others.
        document.unknown_sections = sections();
    }
    Reading { document, problems }
}

/// What keeps a text from being JSON, and where it breaks.
pub(crate) fn broken_text(text: &str, error: &serde_json::Error) -> (SyntaxFlaw, Location) {
    // The decoder counts bytes.
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = line.char_indices().take_while(|(start, _)| *start < error.column()).count();
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let location = Location { file: String::new(), line: number(error.line()), column: number(column) };
    (flaw(error), location)
}

/// The decoder says in words only what is wrong.
pub(crate) fn flaw(error: &serde_json::Error) -> SyntaxFlaw {
    if error.is_eof() {
        return SyntaxFlaw::EndsEarly;
    }
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    match message {
        "expected `:`" => SyntaxFlaw::Missing("`:`"),
        "expected `,` or `]`" => SyntaxFlaw::Missing("`,` `]`"),
        "expected `,` or `}`" => SyntaxFlaw::Missing("`,` `}`"),
        "expected value" | "expected ident" => SyntaxFlaw::NoValue,
        "trailing comma" => SyntaxFlaw::TrailingComma,
        "trailing characters" => SyntaxFlaw::TrailingText,
        "key must be a string" => SyntaxFlaw::BadKey,
        "invalid number" | "number out of range" => SyntaxFlaw::BadNumber,
        "recursion limit exceeded" => SyntaxFlaw::TooDeep,
        _ if message.contains("escape") || message.contains("character") || message.contains("unicode") => {
            SyntaxFlaw::BadText
        }
        _ => SyntaxFlaw::Other(message.to_owned()),
    }
}

/// A mistake as a problem.
pub(crate) fn problem(mistake: Mistake) -> Problem {
    let kind = match mistake.kind {
        MistakeKind::UnknownField { field, known } => {
            let nearest = nearest(&field, known.iter().map(String::as_str)).map(str::to_owned);
            ProblemKind::UnknownField { field, nearest }
        }
        MistakeKind::WrongShape { found, expected } => ProblemKind::WrongType { found, expected },
        MistakeKind::WrongValue { text, known: [] } => ProblemKind::NumberOutOfRange { text },
        MistakeKind::WrongValue { text, known } => {
            let nearest = nearest(&text, known.iter().copied()).map(str::to_owned);
            ProblemKind::UnknownWord { text, allowed: known, nearest }
        }
        MistakeKind::DuplicateKey { key } => ProblemKind::DuplicateKey { key },
    };
    Problem { kind, pointer: mistake.pointer, location: None }
}
