//! What of the files would settle an answer that is open.

use super::problem::ImportProblem;
use crate::answer::Answer;
use crate::verdict::Verdict;
use crate::words::{Language, import_diagnostic};

/// Adds to undetermined checks the parameters of templates that would settle them, once they have a value: those on which
/// a component depends that decides, and where no file tells of such a component, all on which anything does.
pub fn settle_by_parameters(problems: &[ImportProblem], answer: &mut Answer, language: Language) {
    for check in answer.checks.iter_mut().filter(|check| check.verdict == Verdict::Undetermined) {
        let decides = |resource: &str| {
            check
                .blockers
                .iter()
                .any(|blocker| blocker.component.split_once('/').is_some_and(|(_, name)| name == resource))
        };
        let open: Vec<(&ImportProblem, &str, bool)> = problems
            .iter()
            .filter_map(|problem| {
                let (resource, parameter) = problem.kind.open_parameter()?;
                Some((problem, parameter, decides(resource)))
            })
            .collect();
        let is_known = open.iter().any(|(_, _, decides)| *decides);
        let mut told: Vec<&str> = Vec::new();
        for (problem, parameter, _) in open.iter().filter(|(_, _, decides)| *decides || !is_known) {
            if !told.contains(parameter) {
                told.push(*parameter);
                let diagnostic = import_diagnostic(problem, language);
                check.settle.push([diagnostic.message.as_str(), " ", &diagnostic.help].concat());
            }
        }
    }
}
