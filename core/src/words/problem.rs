//! What is wrong with a document, in words.
//!
//! A message begins in lower case and has no full stop; what a person wrote stands in backticks.

#[cfg(feature = "english")]
pub(super) mod en;
#[cfg(feature = "japanese")]
pub(super) mod ja;
mod policy;

use super::Language;
use crate::answer::Diagnostic;
use crate::problem::Problem;
#[cfg(feature = "edit")]
use crate::problem::SyntaxFlaw;
use crate::texts::{cat, joined};

/// A problem in words: what is wrong, and what to do about it.
pub fn diagnostic(problem: &Problem, language: Language) -> Diagnostic {
    let (message, help) = language.words().problem(&problem.kind);
    let location = problem.location.as_ref();
    Diagnostic {
        severity: problem.kind.severity(),
        code: problem.kind.code().to_owned(),
        path: problem.pointer.clone(),
        message,
        help,
        file: location.map(|location| location.file.clone()).filter(|file| !file.is_empty()),
        line: location.map(|location| location.line),
        column: location.map(|location| location.column),
    }
}

/// A text that is not JSON, in words, for what needs no words for any other problem.
#[cfg(feature = "edit")]
pub(super) fn syntax(flaw: &SyntaxFlaw, language: Language) -> (String, String) {
    match language {
        Language::English => en::syntax("JSON", flaw),
        Language::Japanese => ja::syntax("JSON", flaw),
    }
}

/// A text in backticks.
fn code(text: &str) -> String {
    cat!("`", text, "`")
}

/// Texts in backticks, with commas between them.
fn codes<T: AsRef<str>>(texts: &[T]) -> String {
    joined(&texts.iter().map(|text| code(text.as_ref())).collect::<Vec<_>>(), ", ")
}

#[cfg(test)]
mod tests;
