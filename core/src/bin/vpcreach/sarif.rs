//! SARIF 2.1.0: one result for each blocker of a check that is not as it should be, and for each diagnostic.
//!
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. GitHub's code scanning takes no result
//! without a location, so that one that stands nowhere is told of the first file.

use serde_json::{Value, json};
use vpcreach::ReasonCode;
use vpcreach::answer::{Answer, Check, Severity};
use vpcreach::import::Place;
use vpcreach::words::code_link;

use crate::report::message_of;
use crate::sources::Sources;

/// The rule of checks that are not as expected and have no blocker.
const VERDICT: &str = "verdict";

/// The log with the only run.
pub(crate) fn sarif(answer: &Answer, sources: &Sources) -> Value {
    let mut results = Results { sources, rules: Vec::new(), results: Vec::new() };
    answer.checks.iter().filter(|check| !check.is_good()).for_each(|check| results.add_check(check));
    for diagnostic in &answer.diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let location = diagnostic.file.as_deref().map(|file| location(file, diagnostic.line, diagnostic.column));
        results.add(&diagnostic.code, None, level, &message_of(diagnostic), location);
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "vpcreach",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": results.rules
            } },
            "columnKind": "unicodeCodePoints",
            "results": results.results
        }]
    })
}

struct Results<'s> {
    sources: &'s Sources,
    rules: Vec<Value>,
    results: Vec<Value>,
}

impl Results<'_> {
    fn add_check(&mut self, check: &Check) {
        let question = format!("{} → {}", check.from, check.to);
        for blocker in &check.blockers {
            let place = self.sources.of(blocker.pointer.as_deref(), &blocker.component);
            let place = place.or_else(|| self.sources.of_check(check)).map(location_of);
            let message = format!("{question}: {}", blocker.message);
            self.add(blocker.code.as_str(), Some(blocker.code), "error", &message, place);
        }
        if check.blockers.is_empty() {
            let place = self.sources.of_check(check).map(location_of);
            self.add(VERDICT, None, "error", &format!("{question}: {}", check.summary), place);
        }
    }

    fn add(&mut self, id: &str, code: Option<ReasonCode>, level: &str, message: &str, location: Option<Value>) {
        let known = self.rules.iter().position(|rule| rule.get("id").and_then(Value::as_str) == Some(id));
        let index = known.unwrap_or_else(|| {
            self.rules.push(rule(id, code));
            self.rules.len() - 1
        });
        let locations: Vec<Value> = location.or_else(|| self.somewhere()).into_iter().collect();
        self.results.push(json!({
            "ruleId": id,
            "ruleIndex": index,
            "level": level,
            "message": { "text": message },
            "locations": locations
        }));
    }

    /// The first file, for what stands nowhere.
    fn somewhere(&self) -> Option<Value> {
        self.sources.first_file().map(|file| location(file, None, None))
    }
}

fn rule(id: &str, code: Option<ReasonCode>) -> Value {
    match code {
        Some(code) => {
            let meaning = code.meaning().split_whitespace().collect::<Vec<_>>().join(" ");
            json!({ "id": id, "shortDescription": { "text": meaning }, "helpUri": code_link(code) })
        }
        None if id == VERDICT => {
            json!({ "id": id, "shortDescription": { "text": "The verdict is not the one that is expected." } })
        }
        // A kind of problem with the input; the message of each result says what it is.
        None => json!({ "id": id, "shortDescription": { "text": "The input has a problem." } }),
    }
}

fn location_of(place: &Place) -> Value {
    location(&place.location.file, Some(place.location.line), Some(place.location.column))
}

fn location(file: &str, line: Option<u32>, column: Option<u32>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
    if let (Some(line), Value::Object(fields)) = (line.filter(|line| *line > 0), &mut physical) {
        let column = column.filter(|column| *column > 0).unwrap_or(1);
        fields.insert("region".to_owned(), json!({ "startLine": line, "startColumn": column }));
    }
    json!({ "physicalLocation": physical })
}

/// A path as a URI reference (RFC 3986): a relative one stays relative to the folder where the command runs.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let is_of_windows = path.as_bytes().get(1) == Some(&b':');
    let mut uri = match (is_of_windows, path.starts_with('/')) {
        (true, _) => "file:///".to_owned(),
        (false, true) => "file://".to_owned(),
        (false, false) => String::new(),
    };
    for (position, byte) in path.trim_start_matches("./").bytes().enumerate() {
        match byte {
            b':' if is_of_windows && position == 1 => uri.push(':'),
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        for (path, reference) in [
            ("templates/network.yaml", "templates/network.yaml"),
            ("./a b/[1].json", "a%20b/%5B1%5D.json"),
            ("/srv/é.json", "file:///srv/%C3%A9.json"),
            ("C:\\work\\a.json", "file:///C:/work/a.json"),
            ("one:two.json", "one%3Atwo.json"),
            ("100%.json", "100%25.json"),
        ] {
            assert_eq!(uri(path), reference, "{path}");
        }
    }
}
