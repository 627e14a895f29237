//! Words in each language, rendered from data in this one place.

use crate::analysis::Analysis;
use crate::answer::{Check, Diagnostic};
use crate::problem::Problem;

/// A language of the answer. A missing translation does not compile, since every renderer matches on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}
