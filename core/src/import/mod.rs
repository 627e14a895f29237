//! From other people's formats to [`Document`].
//!
//! So far: what the AWS CLI prints, as single answers, as several files, or as the collection script writes it.
//! A damaged or unknown file is named and does not spoil the others.

mod aws_cli;
mod collect;
mod problem;
mod text;

pub use collect::{COLLECT_POLICY, CollectOptions, collect_script};
pub use problem::{ImportProblem, ImportProblemKind, OtherFormat};

use crate::answer::Diagnostic;
use crate::document::Document;
use crate::words::{Language, import_diagnostic};

/// A file as a person gave it.
#[derive(Clone, Debug)]
pub struct SourceFile<'a> {
    /// Its name, with folders where there are any: some answers of the AWS CLI do not say what they are about, and
    /// then the name has to (`get-bucket-location.photos.json`).
    pub name: String,
    /// Its content.
    pub bytes: &'a [u8],
}

/// What was imported: always a document, which holds whatever could be understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// The configuration. Components have the names that AWS gave them: ids, function names, bucket names.
    pub document: Document,
    /// What is wrong with the files, and what is missing.
    pub problems: Vec<ImportProblem>,
    /// What each file held, in the order of the files.
    pub sources: Vec<Source>,
}

impl Import {
    /// The problems in words.
    pub fn diagnostics(&self, language: Language) -> Vec<Diagnostic> {
        self.problems.iter().map(|problem| import_diagnostic(problem, language)).collect()
    }
}

/// What a file held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The file's name.
    pub file: String,
    /// The calls whose answers it holds, such as `aws ec2 describe-vpcs`, sorted, those that are not used among them.
    pub calls: Vec<String>,
}

/// Imports the files into one document.
///
/// What no file covers is listed in [`Document::unknown_sections`], because missing is unknown, not absent.
pub fn import(files: &[SourceFile<'_>]) -> Import {
    aws_cli::import(files)
}
