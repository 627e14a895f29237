//! Texts with wildcards and policy variables.

use std::borrow::Cow;
use std::str::Chars;

use super::context::{ContextValue, SeenKeys, Text};
use super::truth::{Need, Needs, Truth};

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glyph {
    /// This character.
    One(char),
    /// `?`: any character.
    Any,
    /// `*`: any characters.
    Run,
    /// A policy variable, by its position.
    Variable(u16),
}

/// A policy variable: `${key}` or `${key, 'default'}`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Variable {
    key: String,
    default: Option<String>,
}

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// As written.
    pub(super) text: String,
    glyphs: Vec<Glyph>,
    variables: Vec<Variable>,
}

/// How a pattern is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Whether `*` and `?` are wildcards.
    pub(super) wildcards: bool,
    /// Whether `${…}` is a variable: only in policies of version 2012-10-17.
    pub(super) variables: bool,
}

/// A pattern with its variables replaced.
pub(super) enum Expanded<'p> {
    /// The glyphs; characters of a variable's value are never wildcards.
    Glyphs(Cow<'p, [Glyph]>),
    /// A variable has no value and no default: the pattern matches nothing.
    Unresolved,
    /// The value of a variable is not known.
    Unknown,
}

impl Pattern {
    pub(super) fn read(text: &str, reading: Reading) -> Pattern {
        let mut pattern = Pattern { text: text.to_owned(), glyphs: Vec::new(), variables: Vec::new() };
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            if reading.variables
                && let Some(inside) = rest.strip_prefix("${")
                && let Some((name, behind)) = inside.split_once('}')
            {
                pattern.variable(name);
                rest = behind;
                continue;
            }
            pattern.glyphs.push(match character {
                '*' if reading.wildcards => Glyph::Run,
                '?' if reading.wildcards => Glyph::Any,
                other => Glyph::One(other),
            });
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
        }
        pattern
    }

    /// `${*}`, `${?}` and `${$}` are the characters themselves; the rest is a key, maybe with a default.
    fn variable(&mut self, name: &str) {
        if let "*" | "?" | "$" = name {
            self.glyphs.extend(name.chars().map(Glyph::One));
            return;
        }
        let quoted = |text: &str| Some(text.trim_start().strip_prefix('\'')?.strip_suffix('\'')?.to_owned());
        let (key, default) = match name.split_once(',') {
            Some((key, default)) => (key, quoted(default)),
            None => (name, None),
        };
        if let Ok(position) = u16::try_from(self.variables.len()) {
            self.glyphs.push(Glyph::Variable(position));
            self.variables.push(Variable { key: key.trim().to_ascii_lowercase(), default });
        }
    }

    pub(super) fn has_variables(&self) -> bool {
        !self.variables.is_empty()
    }

    pub(super) fn has_wildcards(&self) -> bool {
        self.glyphs.iter().any(|glyph| matches!(glyph, Glyph::Any | Glyph::Run))
    }

    /// Whether it is `*` alone.
    pub(super) fn is_everything(&self) -> bool {
        self.glyphs == [Glyph::Run]
    }

    /// How many colons it has outside variables.
    pub(super) fn colons(&self) -> usize {
        self.glyphs.iter().filter(|glyph| **glyph == Glyph::One(':')).count()
    }

    /// The pattern with the values of its variables.
    pub(super) fn expand<'p>(&'p self, keys: SeenKeys<'_>, needs: &mut Needs) -> Expanded<'p> {
        if self.variables.is_empty() {
            return Expanded::Glyphs(Cow::Borrowed(&self.glyphs));
        }
        let mut glyphs = Vec::with_capacity(self.glyphs.len());
        for glyph in &self.glyphs {
            let Glyph::Variable(position) = glyph else {
                glyphs.push(*glyph);
                continue;
            };
            let Some(variable) = self.variables.get(usize::from(*position)) else { return Expanded::Unresolved };
            let value = match keys.get(&variable.key) {
                ContextValue::Values(values) => match values.as_slice() {
                    [Text { text, open: false }] => Some(text.as_str()),
                    [Text { open: true, .. }] => {
                        needs.insert(Need::Key(keys.name(&variable.key)));
                        return Expanded::Unknown;
                    }
                    // Variables take keys with one value only.
                    _ => None,
                },
                ContextValue::Absent => None,
                ContextValue::Unknown | ContextValue::Addresses(..) => {
                    needs.insert(Need::Key(keys.name(&variable.key)));
                    return Expanded::Unknown;
                }
            };
            match value.or(variable.default.as_deref()) {
                Some(value) => glyphs.extend(value.chars().map(Glyph::One)),
                None => return Expanded::Unresolved,
            }
        }
        Expanded::Glyphs(Cow::Owned(glyphs))
    }
}

fn same(one: char, two: char, fold: bool) -> bool {
    one == two || (fold && one.eq_ignore_ascii_case(&two))
}

/// Whether the glyphs match the text; `fold` ignores the case of ASCII letters.
pub(super) fn matches(glyphs: &[Glyph], text: &str, fold: bool) -> bool {
    let mut rest = text.chars();
    let mut at = 0;
    // Behind the last `*`, and from where it would take one character more.
    let mut back: Option<(usize, Chars<'_>)> = None;
    loop {
        let mut ahead = rest.clone();
        let taken = match (glyphs.get(at), ahead.next()) {
            (Some(Glyph::Run), _) => {
                at += 1;
                back = Some((at, rest.clone()));
                continue;
            }
            (None, None) => return true,
            (Some(Glyph::Any), Some(_)) => true,
            (Some(Glyph::One(wanted)), Some(found)) => same(*wanted, found, fold),
            (Some(_), None) => return false,
            (_, Some(_)) => false,
        };
        if taken {
            at += 1;
            rest = ahead;
            continue;
        }
        let Some((behind, from)) = &mut back else { return false };
        if from.next().is_none() {
            return false;
        }
        at = *behind;
        rest = from.clone();
    }
}

/// Whether the glyphs match a text of which more follows, at least one character, that is not known.
fn matches_open(glyphs: &[Glyph], text: &str, fold: bool) -> Truth {
    // Every place in the pattern that the known characters can lead to.
    let mut places = vec![false; glyphs.len() + 1];
    let reach = |places: &mut Vec<bool>, from: usize| {
        for at in from..places.len() {
            if let Some(place) = places.get_mut(at) {
                *place = true;
            }
            if glyphs.get(at) != Some(&Glyph::Run) {
                break;
            }
        }
    };
    reach(&mut places, 0);
    for character in text.chars() {
        let mut next = vec![false; glyphs.len() + 1];
        for (at, glyph) in glyphs.iter().enumerate().filter(|(at, _)| places.get(*at) == Some(&true)) {
            match glyph {
                Glyph::Run => reach(&mut next, at),
                Glyph::Any => reach(&mut next, at + 1),
                Glyph::One(wanted) if same(*wanted, character, fold) => reach(&mut next, at + 1),
                Glyph::One(_) | Glyph::Variable(_) => {}
            }
        }
        places = next;
    }
    // At the end of the pattern nothing may follow, so that place counts for nothing.
    let left: Vec<&[Glyph]> =
        (0..glyphs.len()).filter(|at| places.get(*at) == Some(&true)).filter_map(|at| glyphs.get(at..)).collect();
    let takes_all = |rest: &&[Glyph]| {
        matches!(rest, [Glyph::Run, ..] | [Glyph::Any, Glyph::Run, ..])
            && rest.iter().skip(1).all(|glyph| *glyph == Glyph::Run)
    };
    if left.iter().any(takes_all) {
        Truth::Yes
    } else if left.is_empty() {
        Truth::No
    } else {
        Truth::Unknown
    }
}

/// Whether the glyphs match a text, known whole or in its beginning.
pub(super) fn matches_text(glyphs: &[Glyph], text: &Text, fold: bool) -> Truth {
    matches_part(glyphs, &text.text, text.open, fold)
}

fn matches_part(glyphs: &[Glyph], text: &str, open: bool, fold: bool) -> Truth {
    if open { matches_open(glyphs, text, fold) } else { matches(glyphs, text, fold).into() }
}

/// Colons between the parts of an ARN; in the last part they are ordinary characters.
pub(super) const ARN_COLONS: usize = 5;

/// Whether the glyphs match an ARN: part by part, so that no wildcard crosses a colon.
pub(super) fn matches_arn(glyphs: &[Glyph], text: &Text) -> Truth {
    let mut rest = Some(glyphs);
    let mut truth = Truth::Yes;
    let parts = text.text.splitn(ARN_COLONS + 1, ':');
    let count = parts.clone().count();
    for (position, part) in parts.enumerate() {
        let Some(now) = rest else { return Truth::No };
        let colon = now.iter().position(|glyph| *glyph == Glyph::One(':')).filter(|_| position < ARN_COLONS);
        let own = colon.map_or(now, |at| now.get(..at).unwrap_or_default());
        rest = colon.and_then(|at| now.get(at + 1..));
        let is_last = position + 1 == count;
        truth = truth.and(matches_part(own, part, text.open && is_last, false));
        if truth == Truth::No {
            return Truth::No;
        }
    }
    match (rest, count == ARN_COLONS + 1) {
        (None, true) => truth,
        // The parts that follow are not known.
        (Some(_), false) if text.open => Truth::Unknown,
        _ => Truth::No,
    }
}
