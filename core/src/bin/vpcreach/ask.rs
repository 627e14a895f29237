//! `vpcreach check`: asks, and prints the answer.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use vpcreach::answer::Severity;
use vpcreach::check::check_resolved;
use vpcreach::document::{Expectation, locate};
use vpcreach::import::{ImportOptions, parameter_file};
use vpcreach::problem::{Problem, ProblemKind};
use vpcreach::query::Request;
use vpcreach::{Answer, Check, Document, Language, Network, Selection, Verdict, words};

use crate::excerpt::excerpts;
use crate::input::{Input, cannot_read, read};
use crate::report;
use crate::sarif;
use crate::sources::Sources;
use crate::{CheckArguments, Failure, Format, NOT_GOOD, WRONG_INPUT, complain, print, with_line_end};

/// The code of the diagnostic that a selection stands for no question.
const NOTHING_TO_CHECK: &str = "nothingToCheck";

pub(crate) fn check(arguments: &CheckArguments) -> Result<ExitCode, Failure> {
    let language = Language::from(arguments.lang);
    let options = import_options(arguments.region.as_deref(), &arguments.parameter_files, &arguments.parameters)?;
    let input = read(&arguments.files, arguments.input_format, &options, language)?;
    let Input { mut document, mut problems, diagnostics, text, sources, files } = input;
    if document.region.is_none() {
        document.region.clone_from(&arguments.region);
    }
    let selection = match &arguments.query {
        Some(file) => {
            document.expect = questions(file, arguments, language)?;
            ranging(&mut document.expect, arguments)
        }
        None => selection(arguments),
    };
    let (network, found) = Network::resolve(&document);
    problems.extend(found);
    if let Some((name, text)) = &text {
        locate(text, &mut problems);
        for problem in &mut problems {
            if let Some(location) = &mut problem.location {
                location.file.clone_from(name);
            }
        }
    }
    for problem in problems.iter_mut().filter(|problem| problem.location.is_none()) {
        problem.location = sources.of(&problem.pointer).map(|place| place.location.clone());
    }
    let mut answer = check_resolved(&document, &network, &problems, &selection, language);
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        // A file that is left out is why there is nothing to ask about.
        answer.diagnostics.retain(|diagnostic| diagnostic.code != NOTHING_TO_CHECK);
    }
    answer.diagnostics.splice(0..0, diagnostics);
    let sources = match &text {
        Some((name, text)) => Sources::of_document(name, text, &answer),
        None => Sources::imported(sources, files),
    };
    let format = if arguments.json { Format::Json } else { arguments.format };
    tell(&answer, &sources, format, language)?;
    if format == Format::Text
        && let Some(command) = fix_command(&answer, arguments, &document.expect)
    {
        print(&format!("\n{}\n", words::repair_hint(&command, language)))?;
    }
    Ok(match (answer.has_errors(), answer.is_good()) {
        (true, _) => ExitCode::from(WRONG_INPUT),
        (false, false) => ExitCode::from(NOT_GOOD),
        (false, true) => ExitCode::SUCCESS,
    })
}

/// The command that finds what mends the first check that fails.
fn fix_command(answer: &Answer, arguments: &CheckArguments, expect: &[Expectation]) -> Option<String> {
    let is_mendable =
        |check: &&Check| !check.is_good() && !matches!(check.verdict, Verdict::Succeeds | Verdict::Undetermined);
    let check = answer.checks.iter().find(is_mendable)?;
    // What standard input or a question of its own said cannot be said again in one line.
    if arguments.query.is_some() || arguments.files.iter().any(|file| file.as_os_str() == "-") {
        return None;
    }
    let mut command = String::from("vpcreach fix");
    // What the document asks for in particular, such as an operation, options do not say: it is asked for as a whole.
    let is_particular = |asked: &Expectation| asked.request.is_some() || asked.client.is_some();
    let is_of_document = arguments.from.is_none() && arguments.to.is_none() && check.expected.is_some();
    let (from, to) = match is_of_document && expect.iter().any(is_particular) {
        true => (None, None),
        false => (Some(check.from.as_str()), Some(check.to.as_str())),
    };
    let files = arguments.files.iter().map(|file| file.display().to_string());
    let port = arguments.port.map(|port| port.to_string());
    let options = [
        ("--from", from),
        ("--to", to),
        ("--port", port.as_deref()),
        ("--protocol", arguments.protocol.as_deref()),
        ("--operation", arguments.operation.as_deref()),
        ("--region", arguments.region.as_deref()),
    ];
    let options = options.into_iter().filter_map(|(option, value)| Some([option.to_owned(), value?.to_owned()]));
    for word in files.chain(options.flatten()) {
        command.push(' ');
        command.push_str(&quoted(&word));
    }
    Some(command)
}

/// A word as a POSIX shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=,@+".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Values of parameters: those of the files, and over them those of the options.
pub(crate) fn import_options(
    region: Option<&str>,
    parameter_files: &[PathBuf],
    parameters: &[String],
) -> Result<ImportOptions, Failure> {
    let mut options = ImportOptions { region: region.map(str::to_owned), ..ImportOptions::default() };
    for file in parameter_files {
        let text = fs::read_to_string(file).map_err(|error| cannot_read(file, &error))?;
        let parameters = parameter_file(&text).map_err(|error| Failure(format!("{}: {error}", file.display())))?;
        options.parameters.extend(parameters);
    }
    for given in parameters {
        let (name, value) = given
            .split_once('=')
            .ok_or_else(|| Failure(format!("--parameter takes NAME=VALUE, and {given} has no equals sign")))?;
        options.parameters.insert(name.to_owned(), value.to_owned());
    }
    Ok(options)
}

fn tell(answer: &Answer, sources: &Sources, format: Format, language: Language) -> Result<(), Failure> {
    let as_json = |value: Result<serde_json::Value, serde_json::Error>| {
        let text = value.and_then(|value| serde_json::to_string_pretty(&value));
        text.map(with_line_end).map_err(|error| Failure(format!("cannot write the answer as JSON: {error}")))
    };
    // Annotations and results hold the diagnostics themselves.
    if !matches!(format, Format::Github | Format::Sarif) {
        complain(&words::diagnostics_text(&answer.diagnostics, language));
    }
    print(&match format {
        Format::Text => {
            let in_colour =
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            words::text(answer, language) + &excerpts(answer, sources, in_colour)
        }
        Format::Json => as_json(report::json(answer, sources))?,
        Format::Github => report::github(answer, sources),
        Format::Sarif => as_json(Ok(sarif::sarif(answer, sources)))?,
        Format::Junit => report::junit(answer, sources, language),
    })
}

fn selection(arguments: &CheckArguments) -> Selection {
    Selection {
        from: arguments.from.clone(),
        to: arguments.to.clone(),
        port: arguments.port,
        protocol: arguments.protocol.clone(),
        operation: arguments.operation.clone(),
        region: arguments.region.clone(),
        query: None,
    }
}

/// The questions of a file, under the options of the command line.
fn questions(file: &Path, arguments: &CheckArguments, language: Language) -> Result<Vec<Expectation>, Failure> {
    let text = fs::read_to_string(file).map_err(|error| cannot_read(file, &error))?;
    // A question has the shape of a document's expectations, so the document's reader finds its mistakes; the line
    // break keeps the columns.
    let (before, after) = if text.trim_start().starts_with('[') { ("", "") } else { ("[", "]") };
    let reading = Document::from_json(&format!("{{\"expect\":{before}\n{text}{after}}}"));
    let mistakes: Vec<Problem> = reading
        .problems
        .into_iter()
        .filter(|problem| problem.kind.severity() == Severity::Error && !may_range(problem))
        .map(|problem| in_file(problem, file))
        .collect();
    if !mistakes.is_empty() {
        let diagnostics: Vec<_> = mistakes.iter().map(|problem| words::diagnostic(problem, language)).collect();
        complain(&words::diagnostics_text(&diagnostics, language));
        return Err(Failure(format!("{} is no question", file.display())));
    }
    let mut questions = reading.document.expect;
    for question in &mut questions {
        for (field, option) in [(&mut question.from, &arguments.from), (&mut question.to, &arguments.to)] {
            if let Some(option) = option {
                field.clone_from(option);
            }
        }
        question.port = arguments.port.or(question.port);
        question.protocol = arguments.protocol.clone().or(question.protocol.take());
        if let Some(operation) = &arguments.operation {
            question.request.get_or_insert_with(Request::default).operation = Some(operation.clone());
        }
    }
    Ok(questions)
}

/// A question without workload or destination ranges over all of them.
fn may_range(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::MissingField { field: "from" | "to" })
}

fn in_file(mut problem: Problem, file: &Path) -> Problem {
    if let Some(location) = &mut problem.location {
        location.file = file.display().to_string();
        location.line = location.line.saturating_sub(1);
    }
    problem
}

/// A single question that leaves out workload or destination becomes a selection, which may range.
fn ranging(questions: &mut Vec<Expectation>, arguments: &CheckArguments) -> Selection {
    match questions.as_slice() {
        [one] if one.from.is_empty() || one.to.is_empty() => {
            let query = one.query();
            questions.clear();
            Selection { query: Some(query), region: arguments.region.clone(), ..Selection::default() }
        }
        _ => Selection { region: arguments.region.clone(), ..Selection::default() },
    }
}
