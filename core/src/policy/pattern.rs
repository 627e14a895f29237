//! Texts with wildcards and policy variables.

use std::borrow::Cow;
use std::str::Chars;

use super::context::{ContextValue, SeenKeys, Text};
use super::truth::{Need, Needs, Truth};

/// A piece of a pattern: a character by its number, or one of those below, which are beyond all characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph(u32);

impl Glyph {
    /// `?`: any character.
    const ANY: Glyph = Glyph(0x11_0000);
    /// `*`: any characters.
    const RUN: Glyph = Glyph(0x11_0001);
    /// The first policy variable; the others follow.
    const VARIABLES: u32 = 0x11_0002;

    /// This character.
    fn one(character: char) -> Glyph {
        Glyph(u32::from(character))
    }

    /// The position of the policy variable that it stands for.
    fn variable(self) -> Option<usize> {
        self.0.checked_sub(Glyph::VARIABLES).map(|position| position as usize)
    }

    /// Whether it takes a character, as `?` or itself; `fold` ignores the case of ASCII letters.
    fn takes(self, character: char, fold: bool) -> bool {
        let one = Glyph::one(character);
        let folded = || char::from_u32(self.0).is_some_and(|own| own.eq_ignore_ascii_case(&character));
        self == one || self == Glyph::ANY || (fold && folded())
    }
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
                '*' if reading.wildcards => Glyph::RUN,
                '?' if reading.wildcards => Glyph::ANY,
                other => Glyph::one(other),
            });
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
        }
        pattern
    }

    /// `${*}`, `${?}` and `${$}` are the characters themselves; the rest is a key, maybe with a default.
    fn variable(&mut self, name: &str) {
        if let "*" | "?" | "$" = name {
            self.glyphs.extend(name.chars().map(Glyph::one));
            return;
        }
        let quoted = |text: &str| Some(text.trim_start().strip_prefix('\'')?.strip_suffix('\'')?.to_owned());
        let (key, default) = match name.split_once(',') {
            Some((key, default)) => (key, quoted(default)),
            None => (name, None),
        };
        // A policy has no room for as many as there are numbers left.
        let position = u32::try_from(self.variables.len()).unwrap_or_default();
        self.glyphs.push(Glyph(Glyph::VARIABLES + position));
        self.variables.push(Variable { key: key.trim().to_ascii_lowercase(), default });
    }

    pub(super) fn has_variables(&self) -> bool {
        !self.variables.is_empty()
    }

    pub(super) fn has_wildcards(&self) -> bool {
        self.glyphs.iter().any(|glyph| [Glyph::ANY, Glyph::RUN].contains(glyph))
    }

    /// Whether it is `*` alone.
    pub(super) fn is_everything(&self) -> bool {
        self.glyphs == [Glyph::RUN]
    }

    /// How many colons it has outside variables.
    pub(super) fn colons(&self) -> usize {
        self.glyphs.iter().filter(|glyph| **glyph == Glyph::one(':')).count()
    }

    /// The pattern with the values of its variables.
    pub(super) fn expand<'p>(&'p self, keys: SeenKeys<'_>, needs: &mut Needs) -> Expanded<'p> {
        if self.variables.is_empty() {
            return Expanded::Glyphs(Cow::Borrowed(&self.glyphs));
        }
        let mut glyphs = Vec::with_capacity(self.glyphs.len());
        for glyph in &self.glyphs {
            let Some(variable) = glyph.variable().and_then(|position| self.variables.get(position)) else {
                glyphs.push(*glyph);
                continue;
            };
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
                Some(value) => glyphs.extend(value.chars().map(Glyph::one)),
                None => return Expanded::Unresolved,
            }
        }
        Expanded::Glyphs(Cow::Owned(glyphs))
    }
}

/// Whether the glyphs match the text; `fold` ignores the case of ASCII letters.
pub(super) fn matches(glyphs: &[Glyph], text: &str, fold: bool) -> bool {
    let mut rest = text.chars();
    let mut at = 0;
    // Behind the last `*`, and from where it would take one character more.
    let mut back: Option<(usize, Chars<'_>)> = None;
    loop {
        let mut ahead = rest.clone();
        let (glyph, found) = (glyphs.get(at), ahead.next());
        if glyph == Some(&Glyph::RUN) {
            at += 1;
            back = Some((at, rest.clone()));
            continue;
        }
        let taken = match (glyph, found) {
            (None, None) => return true,
            (Some(_), None) => return false,
            (glyph, Some(found)) => glyph.is_some_and(|glyph| glyph.takes(found, fold)),
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

fn set(places: &mut [bool], at: usize, is_in: bool) {
    if let Some(place) = places.get_mut(at) {
        *place = is_in;
    }
}

/// Whether the glyphs match a text of which more follows, at least one character, that is not known.
fn matches_open(glyphs: &[Glyph], text: &str, fold: bool) -> Truth {
    // Every place in the pattern that the known characters can lead to.
    let mut places = vec![false; glyphs.len() + 1];
    let is_in = |places: &[bool], at: usize| places.get(at) == Some(&true);
    let is_run = |at: usize| glyphs.get(at) == Some(&Glyph::RUN);
    // Behind a `*` as well as before it.
    let spread = |places: &mut [bool]| {
        for at in 0..glyphs.len() {
            if is_run(at) && is_in(places, at) {
                set(places, at + 1, true);
            }
        }
    };
    set(&mut places, 0, true);
    spread(&mut places);
    for character in text.chars() {
        for at in (0..places.len()).rev() {
            let before = at.checked_sub(1).filter(|before| is_in(&places, *before));
            let is_led_to =
                before.and_then(|before| glyphs.get(before)).is_some_and(|glyph| glyph.takes(character, fold));
            let stays = is_run(at) && is_in(&places, at);
            set(&mut places, at, is_led_to || stays);
        }
        spread(&mut places);
    }
    // At the end of the pattern nothing may follow, so that place counts for nothing.
    let runs = glyphs.iter().rev().take_while(|glyph| **glyph == Glyph::RUN).count();
    let tail = glyphs.len() - runs;
    let takes_all = |at: usize| at >= tail || (at + 1 == tail && runs > 0 && glyphs.get(at) == Some(&Glyph::ANY));
    let mut left = (0..glyphs.len()).filter(|at| is_in(&places, *at)).peekable();
    if left.peek().is_none() {
        Truth::No
    } else if left.any(takes_all) {
        Truth::Yes
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
        let colon = now.iter().position(|glyph| *glyph == Glyph::one(':')).filter(|_| position < ARN_COLONS);
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
