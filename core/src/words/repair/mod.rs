//! Cures in words.

mod en;
mod ja;
mod text;

pub use text::text;

use super::{Language, Words};
use crate::component::{Component, ComponentKind};
use crate::repair::{Changed, EffectKind, Group, Limit, PriceItem, WhyNone, Work};
use crate::verdict::Verdict;

/// Declares what each language says.
macro_rules! sentences {
    ($($(#[doc = $doc:literal])* $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        $(
            $(#[doc = $doc])*
            pub(crate) fn $name($($argument: $type,)* language: Language) -> $result {
                match language {
                    Language::English => en::$name($($argument),*).into(),
                    Language::Japanese => ja::$name($($argument),*).into(),
                }
            }
        )*
    };
}

sentences! {
    /// What a cure does: "Create a gateway endpoint for s3".
    title(groups: &[Group]) -> String;
    /// Why there is no cure.
    why_none(code: WhyNone) -> String;
    /// What carries the traffic, and for how much.
    carried(carriers: &[Component], price: &str) -> String;
    /// A price a month; `is_more` for a difference.
    price(cents: i32, is_more: bool) -> String;
    /// A price with that of an instance on top, which is not known.
    with_instance(price: &str) -> String;
    /// What is paid for.
    price_item(item: PriceItem, what: &Component) -> String;
    /// That the prices are those of another Region.
    prices_of_another_region(region: &str, known: &str) -> String;
    /// What is answered otherwise.
    effect(changed: &Changed, opened: bool) -> String;
    /// That more is opened or closed than was asked for.
    warning(kind: EffectKind, opened: bool) -> String;
    /// What to mind.
    limit(limit: Limit) -> String;
    /// That a statement that denies makes an exception; `denies` is what it says.
    exception(denies: &str) -> String;
    /// How much work it is.
    work(work: Work) -> &'static str;
    /// An expectation that would not hold any more.
    breaks(from: &str, to: &str, now: Verdict) -> String;
    /// A heading of the text for terminals.
    heading(heading: Heading) -> &'static str;
    /// How many cures there are, above them.
    count(cures: usize) -> String;
    /// What the prices are for, below the cures.
    basis(gigabytes: u32, hours: u32, date: &str) -> String;
}

/// Where `vpcreach check` points to, with the command that finds what mends a check.
pub fn hint(command: &str, language: Language) -> String {
    match language {
        Language::English => ["What mends it: ", command].concat(),
        Language::Japanese => ["直し方: ", command].concat(),
    }
}

/// The headings of the text for terminals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// What changes.
    Changes,
    /// What else can be reached.
    Opens,
    /// What cannot be reached any more.
    Closes,
    /// What to mind.
    Limits,
    /// What would not hold any more.
    Breaks,
    /// What mends a part.
    Partial,
    /// What mends all checks at once.
    Together,
    /// What must stay closed and is open is not part of that.
    TogetherWithoutClosings,
    /// What costs less.
    Improvements,
    /// What closes a way.
    Closings,
}

/// A component as a sentence mentions it, by its address; what is no component's address stays as it is.
fn named(address: &str, words: &dyn Words) -> String {
    let found = address.split_once('/').and_then(|(word, name)| {
        let kind = ComponentKind::ALL.iter().find(|kind| kind.as_str() == word)?;
        Some(words.mention(&Component::new(*kind, name)))
    });
    found.unwrap_or_else(|| address.to_owned())
}

/// Dollars and cents: `$32.85`.
fn dollars(cents: i32) -> String {
    let cents = cents.unsigned_abs();
    let rest = cents % 100;
    let rest = if rest < 10 { ["0", &rest.to_string()].concat() } else { rest.to_string() };
    let whole = (cents / 100).to_string();
    let mut grouped = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    ["$", &grouped, ".", &rest].concat()
}

/// The groups that a title is about: those that lead, each kind with its components once.
fn leading(groups: &[Group]) -> Vec<(crate::repair::CureKind, Vec<&Component>, &str)> {
    let mut leading: Vec<(crate::repair::CureKind, Vec<&Component>, &str)> = Vec::new();
    let has_lead = groups.iter().any(|group| group.leads);
    for group in groups.iter().filter(|group| group.leads || !has_lead) {
        match leading.iter_mut().find(|(kind, _, _)| *kind == group.kind) {
            Some((_, what, _)) if what.contains(&&group.what) => {}
            Some((_, what, _)) => what.push(&group.what),
            None => leading.push((group.kind, vec![&group.what], &group.detail)),
        }
    }
    // What is most in AWS is said first.
    leading.sort_by_key(|(kind, _, _)| std::cmp::Reverse(*kind));
    leading
}
