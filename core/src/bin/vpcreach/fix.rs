//! `vpcreach fix`: finds what mends failing checks, and prints it.

use std::process::ExitCode;

use vpcreach::answer::{Diagnostic, Severity};
use vpcreach::document::looks_like_json;
use vpcreach::edit::apply;
use vpcreach::export::{self, Sources};
use vpcreach::repair::{CheckRepairs, Cure, RepairOptions, Repairs, WhyNone, repair};
use vpcreach::{Document, words};

use crate::ask::NOTHING_TO_CHECK;
use crate::input::Input;
use crate::question::QuestionArguments;
use crate::{Failure, FixArguments, FixFormat, NOT_GOOD, WRONG_INPUT, complain, print, with_line_end};

pub(crate) fn fix(arguments: &FixArguments) -> Result<ExitCode, Failure> {
    let question = &arguments.question;
    let language = question.language();
    let mut input = question.read()?;
    input.resolve();
    let Input { document: imported, text, sources, mut diagnostics, problems, .. } = input;
    // The engine answers for what remains of a document with a mistake, and so do the cures.
    diagnostics.extend(problems.iter().map(|problem| words::diagnostic(problem, language)));
    complain(&words::diagnostics_text(&diagnostics, language));
    let text = match text {
        Some((_, text)) if looks_like_json(&text) => text,
        // Cures are edits of JSON.
        _ => imported.to_json(),
    };
    let options = RepairOptions {
        gigabytes_per_month: arguments.gigabytes,
        hours_per_month: arguments.hours,
        most: arguments.most,
        expectation: None,
    };
    let mut repairs = repair(&text, &question.selection(), &options, language);
    let is_wrong = is_wrong(&diagnostics);
    if is_wrong {
        repairs.diagnostics.retain(|diagnostic| diagnostic.code != NOTHING_TO_CHECK);
    }
    complain(&words::diagnostics_text(&repairs.diagnostics, language));
    let code = if is_wrong { ExitCode::from(WRONG_INPUT) } else { exit_code(&repairs) };
    let format = match arguments.format {
        FixFormat::Text => {
            print(&words::repairs_text(&repairs, language))?;
            return Ok(code);
        }
        FixFormat::Json => {
            let text = serde_json::to_string_pretty(&repairs);
            let text = text.map_err(|error| Failure(format!("cannot write the cures as JSON: {error}")))?;
            print(&with_line_end(text))?;
            return Ok(code);
        }
        FixFormat::Cli => export::Format::Cli,
        FixFormat::CloudFormation => export::Format::CloudFormation,
        FixFormat::Terraform => export::Format::Terraform,
    };
    if let Some(cure) = chosen(&repairs, arguments.cure) {
        let after = apply(&text, &cure.edit, language);
        let (before, after) = (document(&text, question), document(&after.text, question));
        let changed = export::change(&before, &after, format, language, &Sources::from(&sources));
        for pointer in &changed.left_out {
            complain(&format!("warning: {pointer} is left out: it has to be changed by hand\n"));
        }
        print(&with_line_end(changed.text))?;
    } else if is_mended(&repairs) {
        complain("nothing has to be mended\n");
    } else {
        complain(&format!("error: there is no cure number {}\n", arguments.cure));
        return Ok(ExitCode::from(NOT_GOOD));
    }
    Ok(code)
}

/// The cure of that number: of those that mend everything at once, where several checks fail, else of the first check
/// that has any.
fn chosen(repairs: &Repairs, number: usize) -> Option<&Cure> {
    let first = repairs.checks.iter().map(mending).find(|cures| !cures.is_empty());
    let cures = if repairs.together.is_empty() { first? } else { &repairs.together };
    cures.get(number.checked_sub(1)?)
}

/// What makes a check as it is meant to be: what lets it succeed, or closes what must stay closed.
fn mending(check: &CheckRepairs) -> &[Cure] {
    if check.cures.is_empty() { &check.closings } else { &check.cures }
}

/// A document's text, in the Region of the command line where it names none.
fn document(text: &str, question: &QuestionArguments) -> Document {
    let document = Document::read(text).document;
    let region = document.region.clone().or_else(|| question.region.clone());
    Document { region, ..document }
}

fn needs_nothing(check: &CheckRepairs) -> bool {
    check.why_none.as_ref().is_some_and(|reason| matches!(reason.code, WhyNone::Succeeds | WhyNone::AsExpected))
}

fn is_mended(repairs: &Repairs) -> bool {
    repairs.checks.iter().all(needs_nothing)
}

fn is_wrong(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

fn exit_code(repairs: &Repairs) -> ExitCode {
    let has_cures = |check: &CheckRepairs| !mending(check).is_empty() || needs_nothing(check);
    match (is_wrong(&repairs.diagnostics), repairs.checks.iter().all(has_cures)) {
        (true, _) => ExitCode::from(WRONG_INPUT),
        (false, false) => ExitCode::from(NOT_GOOD),
        (false, true) => ExitCode::SUCCESS,
    }
}
