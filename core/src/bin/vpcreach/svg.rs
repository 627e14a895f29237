//! `vpcreach svg`: draws the diagram.

use std::process::ExitCode;

use vpcreach::check::check_resolved;
use vpcreach::diagram::diagram;
use vpcreach::import::ImportOptions;
use vpcreach::{Language, Network, Selection, words};

use crate::input::{Input, read};
use crate::{Failure, SvgArguments, WRONG_INPUT, complain, print};

pub(crate) fn draw(arguments: &SvgArguments) -> Result<ExitCode, Failure> {
    let language = Language::from(arguments.lang);
    let options = ImportOptions { region: arguments.region.clone(), ..ImportOptions::default() };
    let input = read(&arguments.files, arguments.format, &options, language)?;
    let Input { mut document, mut problems, diagnostics, .. } = input;
    if document.region.is_none() {
        document.region.clone_from(&arguments.region);
    }
    let (network, found) = Network::resolve(&document);
    problems.extend(found);
    let selection = Selection {
        from: arguments.from.clone(),
        to: arguments.to.clone(),
        port: arguments.port,
        ..Selection::default()
    };
    let mut answer = check_resolved(&document, &network, &problems, &selection, language);
    answer.diagnostics.splice(0..0, diagnostics);
    complain(&words::diagnostics_text(&answer.diagnostics, language));
    print(&vpcreach::svg::svg(&diagram(&network), &answer, language))?;
    Ok(if answer.has_errors() { ExitCode::from(WRONG_INPUT) } else { ExitCode::SUCCESS })
}
