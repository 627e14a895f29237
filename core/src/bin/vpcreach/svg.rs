//! `vpcreach svg`: draws the diagram.

use std::process::ExitCode;

use vpcreach::check::check_resolved;
use vpcreach::diagram::diagram;
use vpcreach::words;

use crate::input::Input;
use crate::question::QuestionArguments;
use crate::{Failure, WRONG_INPUT, complain, print};

pub(crate) fn draw(question: &QuestionArguments) -> Result<ExitCode, Failure> {
    let language = question.language();
    let mut input = question.read()?;
    let network = input.resolve();
    let Input { document, problems, diagnostics, .. } = input;
    let mut answer = check_resolved(&document, &network, &problems, &question.selection(), language);
    answer.diagnostics.splice(0..0, diagnostics);
    complain(&words::diagnostics_text(&answer.diagnostics, language));
    print(&vpcreach::svg::svg(&diagram(&network), &answer, language))?;
    Ok(if answer.has_errors() { ExitCode::from(WRONG_INPUT) } else { ExitCode::SUCCESS })
}
