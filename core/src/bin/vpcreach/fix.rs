//! `vpcreach fix`: finds what mends failing checks, and prints it.

use std::process::ExitCode;

use vpcreach::answer::Severity;
use vpcreach::document::looks_like_json;
use vpcreach::edit::apply;
use vpcreach::export::{self, Sources};
use vpcreach::repair::{CheckRepairs, Cure, RepairOptions, Repairs, WhyNone, repair};
use vpcreach::{Document, Language, Selection, words};

use crate::ask::import_options;
use crate::input::{Input, read};
use crate::{Failure, FixArguments, FixFormat, NOT_GOOD, WRONG_INPUT, complain, print, with_line_end};

pub(crate) fn fix(arguments: &FixArguments) -> Result<ExitCode, Failure> {
    let language = Language::from(arguments.lang);
    let options = import_options(arguments.region.as_deref(), &arguments.parameter_files, &arguments.parameters)?;
    let input = read(&arguments.files, arguments.input_format, &options, language)?;
    complain(&words::diagnostics_text(&input.diagnostics, language));
    let Input { document: imported, text, sources, .. } = input;
    let text = match text {
        Some((_, text)) if looks_like_json(&text) => text,
        // Cures are edits of JSON.
        _ => imported.to_json(),
    };
    let selection = Selection {
        from: arguments.from.clone(),
        to: arguments.to.clone(),
        port: arguments.port,
        protocol: arguments.protocol.clone(),
        operation: arguments.operation.clone(),
        region: arguments.region.clone(),
        query: None,
    };
    let options = RepairOptions {
        gigabytes_per_month: arguments.gigabytes,
        hours_per_month: arguments.hours,
        most: arguments.most,
        expectation: None,
    };
    let repairs = repair(&text, &selection, &options, language);
    complain(&words::diagnostics_text(&repairs.diagnostics, language));
    let format = match arguments.format {
        FixFormat::Text => {
            print(&words::repairs_text(&repairs, language))?;
            return Ok(exit_code(&repairs));
        }
        FixFormat::Json => {
            let text = serde_json::to_string_pretty(&repairs);
            let text = text.map_err(|error| Failure(format!("cannot write the cures as JSON: {error}")))?;
            print(&with_line_end(text))?;
            return Ok(exit_code(&repairs));
        }
        FixFormat::Cli => export::Format::Cli,
        FixFormat::CloudFormation => export::Format::CloudFormation,
        FixFormat::Terraform => export::Format::Terraform,
    };
    if let Some(cure) = chosen(&repairs, arguments.cure) {
        let after = apply(&text, &cure.edit, language);
        let (before, after) = (document(&text, arguments), document(&after.text, arguments));
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
    Ok(exit_code(&repairs))
}

/// The cure of that number: of those that mend everything at once, where several checks fail, else of the first check
/// that has any.
fn chosen(repairs: &Repairs, number: usize) -> Option<&Cure> {
    let first = repairs.checks.iter().map(|check| &check.cures).find(|cures| !cures.is_empty());
    let cures = if repairs.together.is_empty() { first? } else { &repairs.together };
    cures.get(number.checked_sub(1)?)
}

/// A document's text, in the Region of the command line where it names none.
fn document(text: &str, arguments: &FixArguments) -> Document {
    let document = Document::read(text).document;
    let region = document.region.clone().or_else(|| arguments.region.clone());
    Document { region, ..document }
}

fn needs_nothing(check: &CheckRepairs) -> bool {
    check.why_none.as_ref().is_some_and(|reason| matches!(reason.code, WhyNone::Succeeds | WhyNone::AsExpected))
}

fn is_mended(repairs: &Repairs) -> bool {
    repairs.checks.iter().all(needs_nothing)
}

fn exit_code(repairs: &Repairs) -> ExitCode {
    let is_wrong = repairs.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let has_cures = |check: &CheckRepairs| !check.cures.is_empty() || needs_nothing(check);
    match (is_wrong, repairs.checks.iter().all(has_cures)) {
        (true, _) => ExitCode::from(WRONG_INPUT),
        (false, false) => ExitCode::from(NOT_GOOD),
        (false, true) => ExitCode::SUCCESS,
    }
}
