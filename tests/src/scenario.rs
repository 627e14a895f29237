//! Documents with the answers that AWS's rules give, one file each under `tests/scenarios`.

use std::fs;
use std::path::{Path, PathBuf};

use vpcreach::answer::Severity;
use vpcreach::document::{Document, Expectation};
use vpcreach::engine::analyze;
use vpcreach::network::Network;
use vpcreach::problem::Problem;
use vpcreach::{Analysis, Verdict};

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
    let document = serde_norway::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    let name = file.strip_prefix(folder()).unwrap_or(file).with_extension("");
    Ok(Scenario { name: name.to_string_lossy().replace('\\', "/"), document, problems: Vec::new() })
}

impl Scenario {
    /// Everything in which the engine's answers differ from the scenario's; empty when it holds.
    pub fn failures(&self) -> Vec<String> {
        let (network, problems) = Network::resolve(&self.document);
        let errors: Vec<&Problem> = self
            .problems
            .iter()
            .chain(&problems)
            .filter(|problem| problem.kind.severity() == Severity::Error)
            .collect();
        let mut failures = Vec::new();
        if self.name.starts_with(BROKEN_DOCUMENTS) {
            if errors.is_empty() {
                failures.push("the scenario is about a broken document, and nothing is reported".to_owned());
            }
        } else {
            failures.extend(errors.iter().map(|problem| format!("{}: {:?}", problem.pointer, problem.kind)));
        }
        for expectation in &self.document.expect {
            let analysis = analyze(&network, &expectation.query());
            if analysis != analyze(&network, &expectation.query()) {
                failures.push(format!("{}: two runs differ", title(expectation)));
            }
            failures.extend(unmet(expectation, &analysis));
        }
        failures
    }
}

/// How an expectation is named in messages.
pub fn title(expectation: &Expectation) -> String {
    format!("{} → {}", expectation.from, expectation.to)
}

/// What the expectation asks for and the analysis does not say.
pub fn unmet(expectation: &Expectation, analysis: &Analysis) -> Vec<String> {
    let mut unmet = Vec::new();
    let codes: Vec<_> = analysis.blockers.iter().filter_map(|blocker| blocker.fact.code()).collect();
    let carriers: Vec<String> = analysis.carriers.iter().map(ToString::to_string).collect();
    let found = format!(
        "found {:?} because of {} by {}",
        analysis.verdict,
        codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(", "),
        carriers.join(", "),
    );
    let mut miss = |what: String| unmet.push(format!("{}: {what}; {found}", title(expectation)));
    if !analysis.problems.is_empty() {
        miss(format!("the question itself: {:?}", analysis.problems));
    }
    let verdict = expectation.verdict.unwrap_or(Verdict::Succeeds);
    if analysis.verdict != verdict {
        miss(format!("expected {verdict:?}"));
    }
    for code in &expectation.because {
        if !codes.contains(code) {
            miss(format!("expected {}", code.as_str()));
        }
    }
    for carrier in &expectation.carriers {
        if !carriers.iter().any(|found| found == carrier || found.ends_with(&format!("/{carrier}"))) {
            miss(format!("expected to be carried by {carrier}"));
        }
    }
    unmet
}
