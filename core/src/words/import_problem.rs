//! Problems of imported files in words.

mod en;
mod ja;

use crate::answer::Diagnostic;
use crate::import::ImportProblem;
use crate::words::Language;

/// A problem of an imported file as people and programs read it.
pub(crate) fn import_diagnostic(problem: &ImportProblem, language: Language) -> Diagnostic {
    let (message, help) = match language {
        Language::English => en::words(&problem.kind),
        Language::Japanese => ja::words(&problem.kind),
    };
    let location = problem.location.as_ref();
    let known = |number: u32| (number > 0).then_some(number);
    Diagnostic {
        severity: problem.kind.severity(),
        code: problem.kind.code().into(),
        path: String::new(),
        message,
        help,
        file: location.map(|location| location.file.clone()).filter(|file| !file.is_empty()),
        line: location.and_then(|location| known(location.line)),
        column: location.and_then(|location| known(location.column)),
    }
}

/// How many names a sentence holds.
const NAMES: usize = 3;

/// The command that makes an exact input of Terraform's configuration.
const TERRAFORM_COMMAND: &str = "mkdir -p tests && vpcreach terraform-test-file > tests/vpcreach.tftest.hcl && \
                                 terraform init && terraform test -json -verbose -filter=tests/vpcreach.tftest.hcl | vpcreach check -";
