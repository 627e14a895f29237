//! Lessons: a document with a goal, hints in steps, and a solution as an edit, one file each under `tests/lessons`.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use vpcreach::Language;
use vpcreach::answer::Answer;
use vpcreach::check::{Selection, check};
use vpcreach::document::Document;
use vpcreach::edit::{Edit, apply};

use crate::texts::{Text, read_yaml};

/// A lesson.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Its file without the ending, which is how progress is remembered.
    #[serde(skip)]
    pub name: String,
    /// What it is called.
    pub title: Text,
    /// What to do.
    pub task: Text,
    /// The configuration at the start. Its expectations are the goal.
    pub document: serde_json::Value,
    /// Each says more than the one before.
    pub hints: Vec<Text>,
    /// What reaches the goal.
    pub solution: Edit,
    /// What to remember.
    pub learned: Vec<Learned>,
}

/// Something to remember, and where AWS says it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learned {
    /// In our words.
    pub text: Text,
    /// What AWS's page is called.
    pub page: Text,
    /// Its address in English; the Japanese one has `ja_jp` as its first folder.
    pub link: String,
}

/// Every lesson, in the order in which they are played.
///
/// # Errors
/// Names the first file that cannot be read.
pub fn all() -> Result<Vec<Lesson>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        files.push(entry.map_err(|error| format!("{}: {error}", folder.display()))?.path());
    }
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        read_yaml::<Lesson>(file).map(|lesson| Lesson { name, ..lesson })
    };
    files.iter().map(read).collect()
}

impl Lesson {
    /// The document at the start, as text.
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// The text after the given steps of the solution, or what stops one of them.
    ///
    /// # Errors
    /// Why a step cannot be made.
    pub fn played(&self, steps: impl IntoIterator<Item = usize>) -> Result<String, String> {
        let mut text = self.text();
        for step in steps {
            let edit = Edit { steps: self.solution.steps.get(step).cloned().into_iter().collect() };
            let applied = apply(&text, &edit, Language::English);
            if let Some(problem) = applied.problem {
                return Err(format!("step {}: {}", step + 1, problem.message));
            }
            if applied.changes.is_empty() {
                return Err(format!("step {}: nothing is said about it", step + 1));
            }
            text = applied.text;
        }
        Ok(text)
    }
}

/// What is checked in a text.
pub fn answer(text: &str) -> Answer {
    check(&Document::from_json(text).document, &Selection::default(), Language::English)
}

/// Whether everything that the text expects comes true.
pub fn is_solved(text: &str) -> bool {
    let checks = answer(text).checks;
    !checks.is_empty() && checks.iter().all(|check| check.as_expected == Some(true))
}
