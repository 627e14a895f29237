//! From a document to the tools that deploy it.
//!
//! `lower` says once what AWS is asked to make; each tool has a printer for that.

mod change;
mod cli;
mod cloudformation;
mod difference;
mod known;
mod lower;
mod names;
mod resource;
mod shell;

pub use change::{Changed, Format, change};
pub use cloudformation::cloudformation;
pub use known::Sources;

use std::collections::BTreeMap;

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
