//! Texts for people beside the documents, in both languages.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use vpcreach::document::yaml_to_json;

/// A text in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: String,
    /// Japanese.
    pub ja: String,
}

impl Text {
    /// What is wrong with it; `None` when both languages say something, each in its own script.
    pub fn flaw(&self) -> Option<String> {
        let japanese = |text: &str| text.chars().any(|character| ('\u{3040}'..='\u{9fff}').contains(&character));
        if self.en.trim().is_empty() || self.ja.trim().is_empty() {
            return Some(format!(
                "a language is missing beside {:?}",
                if self.en.is_empty() { &self.ja } else { &self.en }
            ));
        }
        if japanese(&self.en) || !japanese(&self.ja) {
            return Some(format!("{:?} and {:?}: not English and Japanese", self.en, self.ja));
        }
        None
    }
}

/// Reads a YAML file into a type.
///
/// # Errors
/// Says why the file cannot be read.
pub fn read_yaml<T: DeserializeOwned>(file: &Path) -> Result<T, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let json = yaml_to_json(&text).map_err(|problem| format!("{}: {problem:?}", file.display()))?;
    serde_json::from_str(&json).map_err(|error| format!("{}: {error}", file.display()))
}
