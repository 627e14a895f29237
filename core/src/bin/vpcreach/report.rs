//! The answer for other programs: GitHub's annotations, JUnit, and JSON with the places of decisions.

use serde_json::{Value, json};
use vpcreach::answer::{Answer, Check, Diagnostic, Severity};
use vpcreach::import::Place;
use vpcreach::{Language, words};

use crate::sources::Sources;

/// The answer as JSON, each hop and blocker with its `source` where it has one.
pub(crate) fn json(answer: &Answer, sources: &Sources) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(answer)?;
    let checks = value.get_mut("checks").and_then(Value::as_array_mut);
    for (check, told) in answer.checks.iter().zip(checks.into_iter().flatten()) {
        let hops = check.hops.iter().map(|hop| sources.of(hop.pointer.as_deref(), &hop.component));
        add_sources(told.get_mut("hops"), hops);
        let blockers = check.blockers.iter().map(|blocker| sources.of(blocker.pointer.as_deref(), &blocker.component));
        add_sources(told.get_mut("blockers"), blockers);
    }
    Ok(value)
}

fn add_sources<'p>(list: Option<&mut Value>, places: impl Iterator<Item = Option<&'p Place>>) {
    let items = list.and_then(Value::as_array_mut).into_iter().flatten();
    for (item, place) in items.zip(places) {
        if let (Value::Object(fields), Some(place)) = (item, place) {
            let location = &place.location;
            let known = |number: u32| (number > 0).then_some(number);
            let (line, column) = (known(location.line), known(location.column));
            let source = json!({ "file": location.file, "line": line, "column": column, "name": place.name });
            fields.insert("source".to_owned(), source);
        }
    }
}

/// GitHub's workflow commands: one annotation for each check that is not as it should be, and for each diagnostic.
pub(crate) fn github(answer: &Answer, sources: &Sources) -> String {
    let mut text = String::new();
    for check in answer.checks.iter().filter(|check| !check.is_good()) {
        let title = format!("{} → {}: {}", check.from, check.to, check.verdict_text);
        let place = sources
            .of_check(check)
            .map(|place| (place.location.file.as_str(), Some(place.location.line), Some(place.location.column)));
        command(&mut text, "error", place, &title, &check.summary);
    }
    for diagnostic in &answer.diagnostics {
        let place = diagnostic.file.as_deref().map(|file| (file, diagnostic.line, diagnostic.column));
        command(&mut text, level_of_github(diagnostic.severity), place, &diagnostic.code, &message_of(diagnostic));
    }
    text
}

fn command(
    text: &mut String,
    level: &str,
    place: Option<(&str, Option<u32>, Option<u32>)>,
    title: &str,
    message: &str,
) {
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    text.push_str(&format!("::{level} "));
    if let Some((file, line, column)) = place {
        text.push_str(&format!("file={},", property(file)));
        for (name, number) in [("line", line), ("col", column)] {
            if let Some(number) = number.filter(|number| *number > 0) {
                text.push_str(&format!("{name}={number},"));
            }
        }
    }
    text.push_str(&format!("title={}::{}\n", property(title), escape(message)));
}

fn level_of_github(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

pub(crate) fn message_of(diagnostic: &Diagnostic) -> String {
    match diagnostic.help.as_str() {
        "" => diagnostic.message.clone(),
        help => format!("{} {help}", diagnostic.message),
    }
}

/// JUnit's XML: one test case for each check; errors of the input are a case of their own.
pub(crate) fn junit(answer: &Answer, sources: &Sources, language: Language) -> String {
    let failures = answer.checks.iter().filter(|check| !check.is_good()).count();
    let errors: Vec<&Diagnostic> =
        answer.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    let count = answer.checks.len() + usize::from(!errors.is_empty());
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"vpcreach\" tests=\"{count}\" \
         failures=\"{failures}\" errors=\"{}\">\n",
        usize::from(!errors.is_empty())
    );
    for check in &answer.checks {
        text.push_str(&case(check, sources, language));
    }
    if !errors.is_empty() {
        let list: Vec<Diagnostic> = errors.into_iter().cloned().collect();
        let told = escaped(&words::diagnostics_text(&list, language));
        text.push_str(&format!(
            "    <testcase classname=\"vpcreach\" name=\"input\">\n      <error message=\"{}\">{told}</error>\n    </testcase>\n",
            escaped(list.first().map(|first| first.message.as_str()).unwrap_or_default())
        ));
    }
    text.push_str("  </testsuite>\n</testsuites>\n");
    text
}

fn case(check: &Check, sources: &Sources, language: Language) -> String {
    let place = sources.of_check(check);
    let file =
        place.map(|place| format!(" file=\"{}\" line=\"{}\"", escaped(&place.location.file), place.location.line));
    let open = format!(
        "    <testcase classname=\"{}\" name=\"{}\"{}",
        escaped(&check.from),
        escaped(&format!("{} → {}", check.from, check.to)),
        file.unwrap_or_default()
    );
    if check.is_good() {
        return open + "/>\n";
    }
    let alone = Answer { version: 1, checks: vec![check.clone()], diagnostics: Vec::new() };
    let told = escaped(&words::text(&alone, language));
    format!(
        "{open}>\n      <failure type=\"{}\" message=\"{}\">{told}</failure>\n    </testcase>\n",
        escaped(&check.verdict_text),
        escaped(&check.summary)
    )
}

/// Text between tags or in an attribute; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}
