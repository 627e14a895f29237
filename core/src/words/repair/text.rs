//! Cures as text for a terminal.

use super::{Heading, basis, count, heading};
use crate::repair::{CheckRepairs, Cure, Repairs, WhyNone};
use crate::words::Language;

/// What mends the checks, as lines for a terminal.
pub fn text(repairs: &Repairs, language: Language) -> String {
    let mut page = Page { text: String::new(), language };
    for check in &repairs.checks {
        page.check(check);
    }
    if !repairs.together.is_empty() {
        let is_open = |check: &CheckRepairs| {
            check
                .why_none
                .as_ref()
                .is_some_and(|why| matches!(why.code, WhyNone::MustStayClosed | WhyNone::NothingCloses))
        };
        let without_closings = repairs.checks.iter().any(is_open);
        let kind = if without_closings { Heading::TogetherWithoutClosings } else { Heading::Together };
        page.line(0, heading(kind, language));
        page.line(0, "");
        page.cures(&repairs.together);
    }
    let has_prices =
        |check: &CheckRepairs| !check.cures.is_empty() || !check.improvements.is_empty() || check.carried.is_some();
    if repairs.checks.iter().any(has_prices) {
        page.line(0, &basis(repairs.gigabytes_per_month, repairs.hours_per_month, &repairs.prices_date, language));
    }
    page.text
}

struct Page {
    text: String,
    language: Language,
}

impl Page {
    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            (0..indent).for_each(|_| self.text.push_str("  "));
            self.text.push_str(text);
        }
        self.text.push('\n');
    }

    fn check(&mut self, check: &CheckRepairs) {
        let port = check.port.map(|port| [" (", &port.to_string(), ")"].concat()).unwrap_or_default();
        self.line(0, &[&check.from, " → ", &check.to, &port].concat());
        let words = self.language.words();
        self.line(1, words.verdict(check.verdict));
        if let Some(carried) = &check.carried {
            self.line(1, &carried.text);
        }
        match (&check.why_none, check.cures.len()) {
            (Some(reason), _) => self.line(1, &reason.text),
            (None, found) => self.line(1, &count(found, self.language)),
        }
        self.line(0, "");
        self.cures(&check.cures);
        let parts = [
            (Heading::Partial, &check.partial),
            (Heading::Closings, &check.closings),
            (Heading::Improvements, &check.improvements),
        ];
        for (kind, cures) in parts {
            if !cures.is_empty() {
                self.line(0, heading(kind, self.language));
                self.line(0, "");
                self.cures(cures);
            }
        }
    }

    fn cures(&mut self, cures: &[Cure]) {
        for (position, cure) in cures.iter().enumerate() {
            self.cure(position + 1, cure);
            self.line(0, "");
        }
    }

    fn cure(&mut self, number: usize, cure: &Cure) {
        self.line(0, &[&number.to_string(), ". ", &cure.title].concat());
        self.line(2, &[&cure.cost.text, " · ", &cure.work_text].concat());
        if !cure.cost.note.is_empty() && cure.cost.cents_per_month != 0 {
            self.line(2, &cure.cost.note);
        }
        let opens: Vec<String> = cure.opens.iter().map(|effect| effect.text.clone()).collect();
        let closes: Vec<String> = cure.closes.iter().map(|effect| effect.text.clone()).collect();
        let lists = [
            (Heading::Breaks, &cure.breaks),
            (Heading::Changes, &cure.changes),
            (Heading::Opens, &opens),
            (Heading::Closes, &closes),
            (Heading::Limits, &cure.limits),
        ];
        for (kind, lines) in lists {
            if !lines.is_empty() {
                self.line(2, heading(kind, self.language));
                lines.iter().for_each(|line| self.line(3, line));
            }
        }
    }
}
