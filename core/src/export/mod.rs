//! From a document to the tools that deploy it.
//!
//! `lower` says once what AWS is asked to make; each tool has a printer for that.

mod change;
mod cli;
mod cloudformation;
mod difference;
mod fragment;
mod hcl;
mod known;
mod lower;
mod names;
mod resource;
mod shell;
mod terraform;

pub use change::{Changed, Format, change};
pub use cloudformation::cloudformation;
pub use known::Sources;
pub use terraform::terraform;

use std::collections::BTreeMap;

use crate::words::{self, Language};

/// A document in another tool's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The text to deploy.
    pub text: String,
    /// What each component, `kind/name`, is called there.
    pub names: BTreeMap<String, String>,
    /// Pointers to what the tool cannot say, and what is therefore left out.
    pub left_out: Vec<String>,
}

/// Warnings for a terminal about what is left out, a line each.
pub fn left_out_text(left_out: &[String], language: Language) -> String {
    left_out.iter().map(|pointer| words::export::left_out(pointer, language) + "\n").collect()
}
