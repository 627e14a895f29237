//! From a document to the tools that deploy it.

mod cloudformation;
mod names;

pub use cloudformation::cloudformation;

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
