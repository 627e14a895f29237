//! `vpcreach check`: asks, and prints the answer.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use vpcreach::answer::Severity;
use vpcreach::check::check_resolved;
use vpcreach::document::Expectation;
use vpcreach::import;
use vpcreach::problem::{Problem, ProblemKind};
use vpcreach::query::Request;
use vpcreach::{Answer, Check, Document, Language, Selection, Verdict, words};

use crate::excerpt::excerpts;
use crate::input::{Input, cannot_read};
use crate::question::QuestionArguments;
use crate::report;
use crate::sarif;
use crate::sources::Sources;
use crate::{CheckArguments, Failure, Format, NOT_GOOD, WRONG_INPUT, complain, print, with_line_end};

/// The code of the diagnostic that a selection stands for no question.
pub(crate) const NOTHING_TO_CHECK: &str = "nothingToCheck";

pub(crate) fn check(arguments: &CheckArguments) -> Result<ExitCode, Failure> {
    let question = &arguments.question;
    let language = question.language();
    let mut input = question.read()?;
    let selection = match &arguments.query {
        Some(file) => {
            input.document.expect = questions(file, question, language)?;
            ranging(&mut input.document.expect, question)
        }
        None => question.selection(),
    };
    let network = input.resolve();
    let Input { document, problems, diagnostics, import_problems, text, sources, files } = input;
    let mut answer = check_resolved(&document, &network, &problems, &selection, language);
    import::settle_by_parameters(&import_problems, &mut answer, language);
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
    let question = &arguments.question;
    let is_mendable =
        |check: &&Check| !check.is_good() && !matches!(check.verdict, Verdict::Succeeds | Verdict::Undetermined);
    let check = answer.checks.iter().find(is_mendable)?;
    // What standard input or a question of its own said cannot be said again in one line.
    if arguments.query.is_some() || question.files.iter().any(|file| file.as_os_str() == "-") {
        return None;
    }
    let mut command = String::from("vpcreach fix");
    // What the document asks for in particular, such as an operation, options do not say: it is asked for as a whole.
    let is_particular = |asked: &Expectation| asked.request.is_some() || asked.client.is_some();
    let is_of_document = question.from.is_none() && question.to.is_none() && check.expected.is_some();
    let (from, to) = match is_of_document && expect.iter().any(is_particular) {
        true => (None, None),
        false => (Some(check.from.as_str()), Some(check.to.as_str())),
    };
    let files = question.files.iter().map(|file| file.display().to_string());
    let port = question.port.map(|port| port.to_string());
    let options = [
        ("--from", from),
        ("--to", to),
        ("--port", port.as_deref()),
        ("--protocol", question.protocol.as_deref()),
        ("--operation", question.operation.as_deref()),
        ("--region", question.region.as_deref()),
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

/// The questions of a file, under the options of the command line.
fn questions(file: &Path, question: &QuestionArguments, language: Language) -> Result<Vec<Expectation>, Failure> {
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
    for asked in &mut questions {
        for (field, option) in [(&mut asked.from, &question.from), (&mut asked.to, &question.to)] {
            if let Some(option) = option {
                field.clone_from(option);
            }
        }
        asked.port = question.port.or(asked.port);
        asked.protocol = question.protocol.clone().or(asked.protocol.take());
        if let Some(operation) = &question.operation {
            asked.request.get_or_insert_with(Request::default).operation = Some(operation.clone());
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
fn ranging(questions: &mut Vec<Expectation>, question: &QuestionArguments) -> Selection {
    match questions.as_slice() {
        [one] if one.from.is_empty() || one.to.is_empty() => {
            let query = one.query();
            questions.clear();
            Selection { query: Some(query), region: question.region.clone(), ..Selection::default() }
        }
        _ => Selection { region: question.region.clone(), ..Selection::default() },
    }
}
