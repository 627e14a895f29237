//! From text to [`Document`], with every problem and its place.

use super::Document;
#[cfg(feature = "whole")]
use super::fill::Break;
use super::fill::{Mistakes, fill};
#[cfg(feature = "whole")]
use super::locate::locate;
#[cfg(feature = "repair")]
use super::slot::part_of;
#[cfg(feature = "whole")]
use super::slot::{Mistake, MistakeKind, names_of};
#[cfg(feature = "whole")]
use crate::answer::Diagnostic;
#[cfg(feature = "edit")]
use crate::json::Json;
#[cfg(feature = "whole")]
use crate::nearest::nearest;
#[cfg(feature = "edit")]
use crate::problem::SyntaxFlaw;
#[cfg(feature = "whole")]
use crate::problem::{Location, Problem, ProblemKind};
#[cfg(feature = "whole")]
use crate::words::{Language, diagnostic};

impl Document {
    /// Reads a document from JSON, for a build that has no words for mistakes: none where there are some.
    #[cfg(not(feature = "whole"))]
    pub(crate) fn from_faultless_json(text: &str) -> Option<Document> {
        let mut document = Document::default();
        let mut mistakes = Mistakes::default();
        fill(&mut document, text, &mut mistakes).ok()?;
        mistakes.are_none().then_some(document)
    }
}

/// What was read: always a document, which holds whatever could be understood.
#[cfg(feature = "whole")]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The document without its broken parts.
    pub document: Document,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
}

#[cfg(feature = "whole")]
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

#[cfg(feature = "repair")]
impl Document {
    /// Forgets some components, each by section and name, and reads those of `come`, sections as JSON; tells whether
    /// that is without a mistake.
    pub(crate) fn exchange(&mut self, gone: &[(&str, &str)], come: &str) -> bool {
        for (section, name) in gone {
            if let Some(section) = part_of(self, section) {
                section.forget(Some(name));
            }
        }
        let mut mistakes = Mistakes::default();
        fill(self, come, &mut mistakes).is_ok() && mistakes.are_none()
    }
}

#[cfg(feature = "whole")]
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
#[cfg(feature = "whole")]
pub(super) fn sections() -> Vec<String> {
    let mut names = names_of(&Document::default());
    let others = ["version", "title", "description", "region", "unknownSections", "expect"];
    names.retain(|name| !others.contains(&name.as_str()));
    names
}

#[cfg(feature = "whole")]
fn read_json(text: &str) -> Reading {
    let mut document = Document::default();
    let mut mistakes = Mistakes::default();
    let outcome = fill(&mut document, text, &mut mistakes);
    let mut mistakes = mistakes.list;
    // Editors find the schema of a document by this field.
    mistakes.retain(|mistake| mistake.pointer != "/$schema");
    let mut problems: Vec<Problem> = mistakes.into_iter().map(problem).collect();
    if let Err(Break { at, flaw }) = outcome {
        let location = Some(place(text, at));
        problems.push(Problem { kind: ProblemKind::Syntax { format: "JSON", flaw }, pointer: String::new(), location });
        // The break may stand anywhere in the section that was read last, and before all others.
        document.unknown_sections = sections();
    } else {
        let known = sections();
        document.unknown_sections.extend(problems.iter().filter_map(|problem| lost(problem, &known)));
        // Mistakes of one resource stand together.
        document.unknown_sections.dedup();
    }
    Reading { document, problems }
}

/// What is not known for a mistake: `section/name`, or a whole section. Read as AWS's default, what is written there
/// would count for nothing, and a misspelt deny is a deny all the same.
#[cfg(feature = "whole")]
fn lost(problem: &Problem, sections: &[String]) -> Option<String> {
    let mut steps = problem.pointer.split('/').skip(1);
    let (section, name) = (steps.next()?, steps.next());
    let section = match (&problem.kind, name) {
        (ProblemKind::UnknownField { nearest, .. }, None) => nearest.as_deref()?,
        // A field like no other may be a remark.
        (ProblemKind::UnknownField { nearest: None, .. }, Some(_)) => return None,
        _ => section,
    };
    if !sections.iter().any(|known| known == section) {
        return None;
    }
    let name = name.map(unescaped);
    Some(name.map_or_else(|| section.to_owned(), |name| [section, "/", &name].concat()))
}

/// A step of a JSON pointer without escapes (RFC 6901).
fn unescaped(step: &str) -> String {
    let mut name = String::with_capacity(step.len());
    for (position, part) in step.split('~').enumerate() {
        match (position, part.strip_prefix('1')) {
            (0, _) => name.push_str(part),
            (_, Some(rest)) => name.extend(["/", rest]),
            (_, None) => name.extend(["~", part.strip_prefix('0').unwrap_or(part)]),
        }
    }
    name
}

/// Line and column of the character that begins at that byte; of the last one where the text ends there.
#[cfg(feature = "whole")]
fn place(text: &str, at: usize) -> Location {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let before = text.get(..at).unwrap_or(text);
    let (line_start, line) = (before.rfind('\n').map_or(0, |end| end + 1), before.matches('\n').count() + 1);
    let column = before.get(line_start..).unwrap_or_default().chars().count() + usize::from(at < text.len());
    Location { file: String::new(), line: number(line), column: number(column) }
}

/// What keeps a text from being JSON, and where it breaks.
#[cfg(feature = "edit")]
pub(crate) fn broken_text(text: &str) -> (SyntaxFlaw, Location) {
    match fill(&mut Json::Null, text, &mut Mistakes::default()) {
        Err(Break { at, flaw }) => (flaw, place(text, at)),
        // The only thing that this reader takes and no other is a number beyond all sizes.
        Ok(()) => (SyntaxFlaw::BadNumber, Location::default()),
    }
}

/// A mistake as a problem.
#[cfg(feature = "whole")]
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
