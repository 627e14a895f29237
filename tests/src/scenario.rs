//! Documents with the answers that AWS's rules give, one file each under `tests/scenarios`.

use std::fs;
use std::path::{Path, PathBuf};

use vpcreach::answer::{Answer, Check, Severity};
use vpcreach::check::{Selection, check};
use vpcreach::document::{Document, Expectation, Reading};
use vpcreach::problem::Problem;
use vpcreach::{Language, Verdict};

/// Folder of scenarios that are about broken documents; everywhere else an error in a document is a failure.
pub const BROKEN_DOCUMENTS: &str = "broken-documents";

/// A document with expectations.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its file, relative to `tests/scenarios`, without the ending: `nat/nat-gateway-in-private-subnet`.
    pub name: String,
    /// What the file says.
    pub document: Document,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// The folder that holds every scenario.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// Every scenario, by name.
///
/// # Errors
/// Names the first file that cannot be read.
pub fn all() -> Result<Vec<Scenario>, String> {
    let mut files = Vec::new();
    collect(&folder(), &mut files)?;
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<Scenario, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let Reading { document, problems } = Document::from_yaml(&text);
    let name = file.strip_prefix(folder()).unwrap_or(file).with_extension("");
    Ok(Scenario { name: name.to_string_lossy().replace('\\', "/"), document, problems })
}

impl Scenario {
    /// Everything in which the answers differ from what the scenario says; empty when it holds.
    pub fn failures(&self) -> Vec<String> {
        let mut failures: Vec<String> =
            self.problems.iter().map(|problem| format!("{}: {:?}", problem.pointer, problem.kind)).collect();
        let everything = Selection::default();
        let answer = check(&self.document, &everything, Language::English);
        failures.extend(self.problems_of_the_document(&answer));
        for (expectation, check) in self.document.expect.iter().zip(&answer.checks) {
            failures.extend(unmet(expectation, check));
        }
        if answer.checks.len() != self.document.expect.len() {
            failures.push("not every question is answered".to_owned());
        }
        let json = serde_json::to_string(&answer).unwrap_or_default();
        if serde_json::to_string(&check(&self.document, &everything, Language::English)).ok().as_ref() != Some(&json) {
            failures.push("two runs differ".to_owned());
        }
        let japanese = check(&self.document, &everything, Language::Japanese);
        failures.extend(wordless(&answer).into_iter().chain(wordless(&japanese)));
        for (english, japanese) in answer.checks.iter().zip(&japanese.checks) {
            if english.summary == japanese.summary || english.verdict_text == japanese.verdict_text {
                failures.push(format!("{} → {}: no translation", english.from, english.to));
            }
        }
        failures
    }

    fn problems_of_the_document(&self, answer: &Answer) -> Vec<String> {
        let errors = answer.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let errors: Vec<String> = errors.map(|error| format!("{}: {}", error.path, error.message)).collect();
        match (self.name.starts_with(BROKEN_DOCUMENTS), errors.is_empty()) {
            (true, true) => vec!["the scenario is about a broken document, and nothing is reported".to_owned()],
            (true, false) => Vec::new(),
            (false, _) => errors,
        }
    }
}

/// How an expectation is named in messages.
pub fn title(expectation: &Expectation) -> String {
    format!("{} → {}", expectation.from, expectation.to)
}

/// What the expectation asks for and the check does not say.
fn unmet(expectation: &Expectation, check: &Check) -> Vec<String> {
    let codes: Vec<&str> = check.blockers.iter().map(|blocker| blocker.code.as_str()).collect();
    let found =
        format!("found {:?} because of [{}] by [{}]", check.verdict, codes.join(", "), check.carriers.join(", "));
    let mut unmet = Vec::new();
    let verdict = expectation.verdict.unwrap_or(Verdict::Succeeds);
    if check.verdict != verdict {
        unmet.push(format!("{}: expected {verdict:?}; {found}", title(expectation)));
    }
    unmet.extend(check.unmet.iter().map(|text| format!("{}: {text}; {found}", title(expectation))));
    if unmet.is_empty() && check.as_expected != Some(true) {
        unmet.push(format!("{}: not as expected, and nobody says why; {found}", title(expectation)));
    }
    unmet
}

/// Sentences that are missing from an answer.
fn wordless(answer: &Answer) -> Vec<String> {
    let mut missing = Vec::new();
    for check in &answer.checks {
        let mut need = |what: &str, text: &str| {
            if text.trim().is_empty() {
                missing.push(format!("{} → {}: {what} has no words", check.from, check.to));
            }
        };
        need("the verdict", &check.verdict_text);
        need("the layer", &check.layer_text);
        need("the summary", &check.summary);
        for blocker in &check.blockers {
            need("a blocker", &blocker.message);
            need("a blocker's rule", &blocker.rule);
        }
        for hop in &check.hops {
            need("a hop", &hop.message);
            need("a hop's component", &hop.title);
            need("a hop's action", &hop.action_text);
        }
        for assumption in &check.assumptions {
            need("an assumption", assumption);
        }
        if check.verdict == Verdict::Undetermined && check.settle.is_empty() {
            need("what would settle it", "");
        }
    }
    for diagnostic in &answer.diagnostics {
        if diagnostic.message.is_empty() {
            missing.push(format!("{}: {} has no words", diagnostic.path, diagnostic.code));
        }
    }
    missing
}
