//! The answer as text for a terminal.

use std::collections::BTreeMap;

use super::{Heading, Language, WholeWords};
use crate::analysis::{Direction, Protocol};
use crate::answer::{Answer, Check, Diagnostic, Hop, Path};
use crate::query::Family;
use crate::texts::cat;
use crate::verdict::Verdict;

/// The checks of an answer as lines for a terminal. With several, only those that are not as they should be are
/// told in full.
///
/// The diagnostics are for [`diagnostics_text`], since a program has another place for them.
pub fn text(answer: &Answer, language: Language) -> String {
    let words = language.words();
    let mut page = Page(String::new());
    let only = answer.checks.len() == 1;
    for (position, check) in answer.checks.iter().enumerate() {
        let in_full = only || !check.is_good();
        if position > 0 && (in_full || answer.checks.get(position - 1).is_some_and(|before| !before.is_good())) {
            page.line(0, "");
        }
        write_check(&mut page, check, in_full, words);
    }
    if answer.checks.len() > 1 {
        let good = answer.checks.iter().filter(|check| check.is_good()).count();
        page.line(0, "");
        page.line(0, &words.score(good, answer.checks.len()));
    }
    page.0
}

/// Diagnostics as lines for a terminal: severity, place, what is wrong, and below it what to do. What is the same but for
/// its place is told once, with the first places and their number.
pub fn diagnostics_text(diagnostics: &[Diagnostic], language: Language) -> String {
    let words = language.words();
    let mut page = Page(String::new());
    let key = |one: &'_ Diagnostic| (one.path.clone(), one.message.clone(), one.help.clone());
    let mut alike: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        alike.entry(key(diagnostic)).or_default().push(diagnostic);
    }
    for diagnostic in diagnostics {
        let Some(group) = alike.remove(&key(diagnostic)) else { continue };
        page.line(0, &diagnostic_line(diagnostic, words));
        if let Some((_, others @ [_, ..])) = group.split_first() {
            page.line(1, &more_like_it(others, language));
        }
        if !diagnostic.help.is_empty() {
            page.line(1, &[words.heading(Heading::Help), ": ", &diagnostic.help].concat());
        }
    }
    page.0
}

struct Page(String);

impl Page {
    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            (0..indent).for_each(|_| self.0.push_str("  "));
            self.0.push_str(text);
        }
        self.0.push('\n');
    }

    fn list(&mut self, heading: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.line(0, "");
            self.line(0, heading);
            lines.iter().for_each(|line| self.line(1, line));
        }
    }
}

fn write_check(page: &mut Page, check: &Check, in_full: bool, words: &dyn WholeWords) {
    let port = match (check.protocol, check.port) {
        (Protocol::Icmp, _) | (_, None) => super::traffic::protocol(check.protocol).to_owned(),
        (protocol, Some(port)) => cat!(super::traffic::protocol(protocol), " ", &port.to_string()),
    };
    page.line(0, &[&check.from, " → ", &check.to, " (", &port, ")"].concat());
    let heading = cat!(mark(check.verdict), " ", &check.verdict_text, " · ", &check.layer_text);
    page.line(1, &heading);
    page.line(1, &check.summary);
    if let (Some(expected), Some(false)) = (check.expected, check.as_expected) {
        page.line(1, &[words.heading(Heading::Expected), ": ", words.verdict(expected)].concat());
        check.unmet.iter().for_each(|unmet| page.line(1, unmet));
    }
    if !in_full {
        return;
    }
    if check.verdict != Verdict::Undetermined {
        page.line(0, "");
        page.line(0, &[words.heading(Heading::Log), " · ", &check.symptom.message].concat());
        check.symptom.log.iter().for_each(|line| page.line(1, line));
    }
    if !check.symptom.caller.is_empty() {
        page.line(0, "");
        page.line(0, words.heading(Heading::Caller));
        page.line(1, &check.symptom.caller);
    }
    for (position, path) in check.paths.iter().enumerate() {
        page.line(0, "");
        page.line(0, &path_line(path, words));
        let hops = check.hops.iter().filter(|hop| usize::try_from(hop.path) == Ok(position));
        hops.for_each(|hop| write_hop(page, hop, words));
    }
    let blockers: Vec<String> =
        check.blockers.iter().map(|blocker| cat!(blocker.code.as_str(), "  ", &blocker.message)).collect();
    page.list(words.heading(Heading::Blockers), &blockers);
    page.list(words.heading(Heading::Settle), &check.settle);
    page.list(words.heading(Heading::Assumptions), &check.assumptions);
}

fn path_line(path: &Path, words: &dyn WholeWords) -> String {
    let mut line = cat!(words.heading(Heading::Path), " ", &path.label);
    let family = match path.family {
        Family::Ipv4 => "IPv4",
        Family::Ipv6 => "IPv6",
    };
    for part in [path.subnet.as_deref().unwrap_or_default(), family, &path.part] {
        if !part.is_empty() {
            line.push_str(" · ");
            line.push_str(part);
        }
    }
    line
}

fn write_hop(page: &mut Page, hop: &Hop, words: &dyn WholeWords) {
    let mut line = cat!(&hop.number.to_string(), " ", &hop.title, " · ", &hop.action_text);
    if hop.direction == Direction::Reply {
        line = cat!(&line, " · ", words.heading(Heading::Reply));
    }
    if hop.already_lost {
        line = cat!(&line, " · ", words.already_lost());
    }
    if !hop.detail.is_empty() {
        line = cat!(&line, "  ", &hop.detail);
    }
    page.line(1, &line);
    if hop.code.is_some() {
        page.line(2, &hop.message);
    }
}

/// `error: main.yaml:3:5: /subnets/a/cidr: message`.
/// How many more there are, and where the next two stand.
fn more_like_it(others: &[&Diagnostic], language: Language) -> String {
    let number = others.len().to_string();
    let mut line = match language {
        Language::English => cat!("and ", &number, " more like it"),
        Language::Japanese => cat!("同じものが他に ", &number, " 件"),
    };
    let places = others.iter().take(2).map(|other| place(other)).filter(|place| !place.is_empty());
    for (position, place) in places.enumerate() {
        line.push_str(if position == 0 { ": " } else { ", " });
        line.push_str(&place);
    }
    if others.len() > 2 && line.contains(": ") {
        line.push_str(", …");
    }
    line
}

/// File, line and column, as far as they are known.
fn place(diagnostic: &Diagnostic) -> String {
    let numbers = [diagnostic.line, diagnostic.column].into_iter().flatten().map(|number| number.to_string());
    diagnostic.file.iter().cloned().chain(numbers).collect::<Vec<_>>().join(":")
}

fn diagnostic_line(diagnostic: &Diagnostic, words: &dyn WholeWords) -> String {
    let mut line = cat!(words.severity(diagnostic.severity), ": ");
    let place = place(diagnostic);
    if !place.is_empty() {
        line.push_str(&place);
        line.push_str(": ");
    }
    if !diagnostic.path.is_empty() {
        line.push_str(&diagnostic.path);
        line.push_str(": ");
    }
    line.push_str(&diagnostic.message);
    line
}

/// A shape for each verdict that does not need colour.
fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Succeeds => "✓",
        Verdict::Intermittent => "◐",
        Verdict::Undetermined => "?",
        Verdict::TimesOut
        | Verdict::NameNotResolved
        | Verdict::Refused
        | Verdict::AccessDenied
        | Verdict::Redirected
        | Verdict::NeverStarts => "✗",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Severity;

    fn warning(message: &str, line: u32) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            code: "wrongShape".into(),
            path: String::new(),
            message: message.into(),
            help: "Run the command again.".into(),
            file: Some("dump.json".into()),
            line: Some(line),
            column: Some(5),
        }
    }

    #[test]
    fn what_is_the_same_is_told_once_with_the_first_places() {
        let list =
            [warning("A", 1), warning("B", 2), warning("A", 3), warning("A", 4), warning("A", 6), warning("B", 9)];
        assert_eq!(
            diagnostics_text(&list, Language::English),
            "warning: dump.json:1:5: A\n  and 3 more like it: dump.json:3:5, dump.json:4:5, …\n  help: Run the command again.\n\
             warning: dump.json:2:5: B\n  and 1 more like it: dump.json:9:5\n  help: Run the command again.\n"
        );
        assert!(diagnostics_text(&list, Language::Japanese).contains("同じものが他に 3 件: dump.json:3:5"));
    }
}
