//! What is wrong with a document or an imported file, as data; `words` renders it.

use crate::answer::Severity;

/// One problem, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Pointer into the document, `/subnets/a/cidr`; empty for the whole.
    pub pointer: String,
    /// Where it stands in a file, where that is known.
    pub location: Option<Location>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Location {
    /// The file's name; empty for the only one.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// A field that the format does not have.
    UnknownField {
        /// As written.
        field: String,
        /// The nearest valid name.
        nearest: Option<String>,
    },
    /// A name that nothing has.
    DanglingReference {
        /// As written.
        name: String,
        /// What it should be, in the section's name: `subnets`.
        section: &'static str,
        /// The nearest valid name.
        nearest: Option<String>,
    },
}

impl ProblemKind {
    /// A code in the style `unknownField`.
    pub fn code(&self) -> &'static str {
        match self {
            ProblemKind::UnknownField { .. } => "unknownField",
            ProblemKind::DanglingReference { .. } => "danglingReference",
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            ProblemKind::UnknownField { .. } | ProblemKind::DanglingReference { .. } => Severity::Error,
        }
    }
}
