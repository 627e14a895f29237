//! `vpcreach fix`: finds what mends failing checks, and prints it.

use std::process::ExitCode;

use vpcreach::answer::Severity;
use vpcreach::repair::{RepairOptions, Repairs, WhyNone, repair};
use vpcreach::{Language, Selection, words};

use crate::ask::import_options;
use crate::input::read;
use crate::{Failure, FixArguments, FixFormat, NOT_GOOD, WRONG_INPUT, complain, print, with_line_end};

pub(crate) fn fix(arguments: &FixArguments) -> Result<ExitCode, Failure> {
    let language = Language::from(arguments.lang);
    let options = import_options(arguments.region.as_deref(), &arguments.parameter_files, &arguments.parameters)?;
    let input = read(&arguments.files, arguments.input_format, &options, language)?;
    complain(&words::diagnostics_text(&input.diagnostics, language));
    let text = input.text.map_or_else(|| input.document.to_json(), |(_, text)| text);
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
    print(&match arguments.format {
        FixFormat::Text => words::repairs_text(&repairs, language),
        FixFormat::Json => {
            let text = serde_json::to_string_pretty(&repairs);
            text.map(with_line_end).map_err(|error| Failure(format!("cannot write the cures as JSON: {error}")))?
        }
    })?;
    Ok(exit_code(&repairs))
}

fn exit_code(repairs: &Repairs) -> ExitCode {
    let is_wrong = repairs.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let needs_nothing = |code: WhyNone| matches!(code, WhyNone::Succeeds | WhyNone::AsExpected);
    let is_mended = repairs.checks.iter().all(|check| match &check.why_none {
        Some(reason) => needs_nothing(reason.code),
        None => !check.cures.is_empty(),
    });
    match (is_wrong, is_mended) {
        (true, _) => ExitCode::from(WRONG_INPUT),
        (false, false) => ExitCode::from(NOT_GOOD),
        (false, true) => ExitCode::SUCCESS,
    }
}
