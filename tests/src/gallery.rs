//! Real situations to start from: `gallery.yaml` names scenarios and tells each as a person would.

use std::path::Path;

use serde::Deserialize;

use crate::texts::{Text, read_yaml};

/// A situation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The scenario, as [`crate::scenario::Scenario::name`].
    pub scenario: String,
    /// What it is called.
    pub title: Text,
    /// Two sentences, as the person would tell them.
    pub story: Text,
    /// How many of the scenario's first expectations fail and are what the person wants mended. Default: 1.
    #[serde(default = "one")]
    pub trouble: usize,
    /// What programs print, the same in every language.
    pub log: Vec<String>,
    /// What a person would search for.
    pub words: Words,
}

fn one() -> usize {
    1
}

/// Search words in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// English.
    pub en: Vec<String>,
    /// Japanese.
    pub ja: Vec<String>,
}

/// Every entry, in the order in which the gallery shows them.
///
/// # Errors
/// Says why the file cannot be read.
pub fn all() -> Result<Vec<Entry>, String> {
    read_yaml(&Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery.yaml"))
}
