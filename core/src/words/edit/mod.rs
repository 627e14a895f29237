//! What changed and why an edit cannot be made, in words.
//!
//! A change begins in lower case and has no full stop, so that several stand in one line.

mod en;
mod ja;

use super::{Language, diagnostic};
use crate::answer::{Diagnostic, Severity};
use crate::edit::{Change, EditFlaw};

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
    if let EditFlaw::Syntax(problem) = flaw {
        return diagnostic(problem, language);
    }
    let (message, help) = match language {
        Language::English => en::problem(flaw),
        Language::Japanese => ja::problem(flaw),
    };
    let path = match flaw {
        EditFlaw::NothingThere { pointer, .. } | EditFlaw::NoContainer { pointer } | EditFlaw::NoList { pointer } => {
            pointer.clone()
        }
        _ => String::new(),
    };
    Diagnostic {
        severity: Severity::Error,
        code: flaw.code().to_owned(),
        path,
        message,
        help,
        file: None,
        line: None,
        column: None,
    }
}

/// Text after text.
macro_rules! cat {
    ($($part:expr),* $(,)?) => { [$(AsRef::<str>::as_ref(&$part)),*].concat() };
}
use cat;
