//! What changed and why an edit cannot be made, in words.
//!
//! A change begins in lower case and has no full stop, so that several stand in one line.

mod en;
mod ja;

use super::{Language, problem};
use crate::answer::{Diagnostic, Severity};
use crate::edit::{Change, EditFlaw};
use crate::texts::cat;

/// A change in words: "route 0.0.0.0/0 → nat-a added to rtb-private".
pub(crate) fn change(change: &Change, language: Language) -> String {
    match language {
        Language::English => en::change(change),
        Language::Japanese => ja::change(change),
    }
}

/// The same as what a person is offered: "Add route 0.0.0.0/0 → nat-a to rtb-private".
pub(crate) fn offer(change: &Change, language: Language) -> String {
    match language {
        Language::English => en::offer(change),
        Language::Japanese => ja::offer(change),
    }
}

/// Why an edit cannot be made.
pub(crate) fn edit_problem(flaw: &EditFlaw, language: Language) -> Diagnostic {
    let (message, help) = match (flaw, language) {
        (EditFlaw::Syntax { flaw, .. }, _) => problem::syntax(flaw, language),
        (_, Language::English) => en::problem(flaw),
        (_, Language::Japanese) => ja::problem(flaw),
    };
    let path = match flaw {
        EditFlaw::NothingThere { pointer, .. } | EditFlaw::NoContainer { pointer } | EditFlaw::NoList { pointer } => {
            pointer.clone()
        }
        _ => String::new(),
    };
    let location = match flaw {
        EditFlaw::Syntax { location, .. } => Some(location),
        _ => None,
    };
    Diagnostic {
        severity: Severity::Error,
        code: flaw.code().to_owned(),
        path,
        message,
        help,
        file: None,
        line: location.map(|location| location.line),
        column: location.map(|location| location.column),
    }
}
