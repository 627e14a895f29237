//! Cures of every scenario, checked from outside: applied, asked again, and taken apart.

use vpcreach::answer::Severity;
use vpcreach::document::{Document, Expectation};
use vpcreach::edit::{Edit, apply};
use vpcreach::engine::analyze;
use vpcreach::network::Network;
use vpcreach::query::Query;
use vpcreach::repair::{CheckRepairs, Cure, RepairOptions, repair};
use vpcreach::{Language, Selection, Verdict};

use crate::scenario::{self, Scenario};

/// A failing check of a scenario with what mends it.
pub struct Case {
    /// `folder/scenario from → to`.
    pub title: String,
    /// The document as JSON.
    pub text: String,
    /// The question.
    pub query: Query,
    /// What mends it.
    pub repairs: CheckRepairs,
    /// How often the engine was asked.
    pub engine_runs: u32,
}

/// Every check of a scenario that does not succeed, with its cures.
pub fn cases(scenario: &Scenario) -> Vec<Case> {
    let text = scenario.document.to_json();
    let fails = |expectation: &Expectation| {
        expectation.verdict.is_some_and(|verdict| !matches!(verdict, Verdict::Succeeds | Verdict::Undetermined))
    };
    let expectations = scenario.document.expect.iter().enumerate().filter(|(_, expectation)| fails(expectation));
    expectations
        .map(|(position, expectation)| {
            let options = RepairOptions { expectation: Some(position), ..RepairOptions::default() };
            let mut repairs = repair(&text, &Selection::default(), &options, Language::English);
            Case {
                title: format!("{} {}", scenario.name, scenario::title(expectation)),
                text: text.clone(),
                query: expectation.query(),
                repairs: repairs.checks.remove(0),
                engine_runs: repairs.engine_runs,
            }
        })
        .collect()
}

/// Every failing check of every scenario, with its cures.
///
/// # Errors
/// Names the first scenario that cannot be read.
pub fn all() -> Result<Vec<Case>, String> {
    let scenarios = scenario::all()?;
    let part = scenarios.len().div_ceil(4).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = scenarios
            .chunks(part)
            .map(|some| scope.spawn(|| some.iter().flat_map(cases).collect::<Vec<_>>()))
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().map_err(|_| "a search panicked".to_owned())?);
        }
        Ok(all)
    })
}

/// A word of a closed list as it stands in JSON.
pub fn wire<T: serde::Serialize>(word: &T) -> String {
    serde_json::to_value(word).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Case {
    /// What becomes of the question after an edit; none where it cannot be made.
    pub fn verdict_after(&self, edit: &Edit) -> Option<Verdict> {
        let applied = apply(&self.text, edit, Language::English);
        if applied.problem.is_some() {
            return None;
        }
        let reading = Document::read(&applied.text);
        let (network, _) = Network::resolve(&reading.document);
        Some(analyze(&network, &self.query).verdict)
    }

    /// Everything that is wrong with the cures.
    pub fn failures(&self) -> Vec<String> {
        let mut failures = Vec::new();
        for cure in &self.repairs.cures {
            if let Some(verdict) = self.verdict_after(&cure.edit).filter(|verdict| *verdict != Verdict::Succeeds) {
                failures.push(format!("{}: {} ends in {verdict:?}", self.title, cure.title));
            }
            failures.extend(self.form(cure));
            failures.extend(self.not_minimal(cure));
        }
        for part in &self.repairs.partial {
            if self.verdict_after(&part.edit) != Some(Verdict::Intermittent) {
                failures.push(format!("{}: {} mends no part", self.title, part.title));
            }
        }
        if self.repairs.cures.is_empty() == self.repairs.why_none.is_none() {
            failures.push(format!("{}: neither cure nor reason, or both", self.title));
        }
        failures
    }

    fn form(&self, cure: &Cure) -> Vec<String> {
        let mut failures = Vec::new();
        let applied = apply(&self.text, &cure.edit, Language::English);
        if let Some(problem) = &applied.problem {
            failures.push(format!("{}: {} cannot be made: {}", self.title, cure.title, problem.message));
        }
        if applied.changes != cure.changes || cure.changes.is_empty() {
            failures
                .push(format!("{}: {} says {:?} and does {:?}", self.title, cure.title, cure.changes, applied.changes));
        }
        if cure.verdict != Verdict::Succeeds || cure.title.is_empty() {
            failures.push(format!("{}: {} is no cure", self.title, cure.title));
        }
        let back = apply(&applied.text, &applied.undo, Language::English);
        let again = apply(&self.text, &Edit::default(), Language::English);
        if back.text != again.text {
            failures.push(format!("{}: {} cannot be undone", self.title, cure.title));
        }
        // What was not wrong with the document is not wrong afterwards.
        if flaws(&applied.text) > flaws(&self.text) {
            failures.push(format!("{}: {} leaves the document with a flaw", self.title, cure.title));
        }
        failures
    }

    /// Without any of its groups, the cure does not work.
    fn not_minimal(&self, cure: &Cure) -> Vec<String> {
        let mut failures = Vec::new();
        let mut start = 0;
        for (number, size) in cure.groups.iter().enumerate() {
            let size = usize::try_from(*size).unwrap_or_default();
            let mut steps = cure.edit.steps.clone();
            steps.drain(start..start + size);
            start += size;
            let fewer = Edit { steps };
            let leaves_flaw = flaws(&apply(&self.text, &fewer, Language::English).text) > flaws(&self.text);
            if self.verdict_after(&fewer) == Some(Verdict::Succeeds) && !leaves_flaw {
                failures.push(format!("{}: {} works without its group {number}", self.title, cure.title));
            }
        }
        if start != cure.edit.steps.len() {
            failures.push(format!("{}: the groups of {} are not its steps", self.title, cure.title));
        }
        failures
    }
}

/// How much is wrong with a document: errors and warnings.
fn flaws(text: &str) -> usize {
    let (_, problems) = Network::resolve(&Document::read(text).document);
    problems.iter().filter(|problem| problem.kind.severity() != Severity::Note).count()
}
