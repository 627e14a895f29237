//! Collects problems, and finds names.

use std::marker::PhantomData;

use crate::component::ComponentKind;
use crate::document::Document;
#[cfg(feature = "whole")]
use crate::nearest::nearest;
use crate::network::Index;
#[cfg(feature = "whole")]
use crate::problem::Problem;
use crate::problem::{NameRole, ProblemKind, Quota};
use crate::texts::push_step;

/// How many unknown names get a suggestion; beyond it, looking for one would take too long in a large document.
#[cfg(feature = "whole")]
const SUGGESTIONS: usize = 50;

/// A resource of the document: section and key.
#[derive(Clone, Copy)]
pub(super) struct Place<'d> {
    pub(super) section: &'static str,
    pub(super) key: &'d str,
}

impl<'d> Place<'d> {
    pub(super) fn new(section: &'static str, key: &'d str) -> Place<'d> {
        Place { section, key }
    }

    /// The resource itself.
    pub(super) fn pointer(self) -> Spot<'d> {
        Spot { section: self.section, key: Some(self.key), field: None, entry: None, part: None }
    }

    /// One of its fields.
    pub(super) fn field<'a>(self, field: &'a str) -> Spot<'a>
    where
        'd: 'a,
    {
        Spot { field: Some(field), ..self.pointer() }
    }

    /// An entry of one of its lists.
    pub(super) fn item<'a>(self, list: &'a str, position: usize) -> Spot<'a>
    where
        'd: 'a,
    {
        self.field(list).entry(position)
    }

    /// An entry of one of its maps.
    pub(super) fn item_of_map<'a>(self, map: &'a str, key: &'a str) -> Spot<'a>
    where
        'd: 'a,
    {
        Spot { entry: Some(Entry::Key(key)), ..self.field(map) }
    }
}

/// A place in the document, which becomes a pointer only when there is something to report there.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    section: &'a str,
    key: Option<&'a str>,
    field: Option<&'a str>,
    entry: Option<Entry<'a>>,
    part: Option<&'a str>,
}

/// An entry of a field that holds several.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Position(usize),
    Key(&'a str),
}

impl<'a> Spot<'a> {
    /// What stands at the document's top, under no key.
    pub(super) fn top(name: &'a str) -> Spot<'a> {
        Spot { section: name, key: None, field: None, entry: None, part: None }
    }

    /// The entry at a position.
    pub(super) fn entry(self, position: usize) -> Spot<'a> {
        Spot { entry: Some(Entry::Position(position)), ..self }
    }

    /// A field of an entry.
    pub(super) fn at(self, part: &'a str) -> Spot<'a> {
        Spot { part: Some(part), ..self }
    }

    /// The JSON pointer (RFC 6901).
    pub(super) fn text(&self) -> String {
        let mut pointer = String::with_capacity(self.section.len() + self.key.map_or(0, str::len) + 28);
        let (position, key) = match self.entry {
            Some(Entry::Position(position)) => (Some(position), None),
            Some(Entry::Key(key)) => (None, Some(key)),
            None => (None, None),
        };
        for step in [Some(self.section), self.key, self.field, key].into_iter().flatten() {
            push_step(&mut pointer, step);
        }
        if let Some(position) = position {
            pointer.push('/');
            push_number(&mut pointer, position);
        }
        if let Some(part) = self.part {
            push_step(&mut pointer, part);
        }
        pointer
    }
}

/// The pointer to what stands under a name.
pub(super) fn below(pointer: &str, name: &str) -> String {
    let mut pointer = pointer.to_owned();
    push_step(&mut pointer, name);
    pointer
}

/// Appends a number; a large document has a pointer for each of 100,000 routes, so formatting machinery would show.
fn push_number(text: &mut String, number: usize) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or(0)));
}

/// The keys of a section with what became of each: none for a resource that was left out.
pub(super) struct Names<'d, I> {
    keys: Keys<'d>,
    index: PhantomData<I>,
}

/// The same without the index's type, so that the code of a search is there once.
#[derive(Default)]
struct Keys<'d>(Vec<(&'d str, Option<usize>)>);

impl<I> Default for Names<'_, I> {
    fn default() -> Self {
        Names { keys: Keys::default(), index: PhantomData }
    }
}

/// What a name stands for.
pub(super) enum Found<I> {
    /// That resource.
    Resolved(I),
    /// A resource that was left out, and reported for it.
    LeftOut,
    /// Nothing.
    Nothing,
}

impl<'d, I: Index> Names<'d, I> {
    /// Adds a key; keys come in ascending order, as a section holds them.
    pub(super) fn push(&mut self, key: &'d str, id: Option<I>) {
        self.keys.0.push((key, id.map(I::position)));
    }

    /// What that name stands for: a key, or `kind/key`.
    pub(super) fn find(&self, kind: ComponentKind, name: &str) -> Found<I> {
        match self.keys.find(kind, name) {
            Found::Resolved(position) => Found::Resolved(I::from_position(position)),
            Found::LeftOut => Found::LeftOut,
            Found::Nothing => Found::Nothing,
        }
    }

    /// Every key.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'d str> {
        self.keys.names()
    }

    /// Every key with what became of it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'d str, Option<I>)> {
        self.keys.0.iter().map(|(key, position)| (*key, position.map(I::from_position)))
    }

    /// Every resource that was kept, with its key.
    pub(super) fn resolved(&self) -> impl Iterator<Item = (&'d str, I)> {
        self.iter().filter_map(|(key, id)| Some((key, id?)))
    }
}

impl<'d> Keys<'d> {
    fn find(&self, kind: ComponentKind, name: &str) -> Found<usize> {
        match self.exactly(name) {
            Found::Nothing => match name.split_once('/') {
                Some((word, key)) if word == kind.as_str() => self.exactly(key),
                _ => Found::Nothing,
            },
            found => found,
        }
    }

    fn exactly(&self, key: &str) -> Found<usize> {
        let found = self.0.binary_search_by(|entry| entry.0.cmp(key)).ok();
        match found.and_then(|position| self.0.get(position)) {
            Some((_, Some(id))) => Found::Resolved(*id),
            Some((_, None)) => Found::LeftOut,
            None => Found::Nothing,
        }
    }

    fn names(&self) -> impl Iterator<Item = &'d str> {
        self.0.iter().map(|entry| entry.0)
    }
}

/// The problems found so far.
pub(super) struct Problems {
    #[cfg(feature = "whole")]
    list: Vec<Problem>,
    /// Whether there are some: a build without words for them has no use for more.
    #[cfg(not(feature = "whole"))]
    some: bool,
    /// Sorted: a source that leaves much open leaves it open for each of many resources.
    unknown_sections: Vec<String>,
    #[cfg(feature = "whole")]
    suggestions: usize,
}

impl Problems {
    #[cfg(feature = "whole")]
    pub(super) fn new(document: &Document) -> Problems {
        let mut unknown_sections = document.unknown_sections.clone();
        crate::sorted::sort(&mut unknown_sections);
        Problems { list: Vec::new(), unknown_sections, suggestions: 0 }
    }

    #[cfg(not(feature = "whole"))]
    pub(super) fn new(_: &Document) -> Problems {
        Problems { some: false, unknown_sections: Vec::new() }
    }

    /// Adds what something else found.
    #[cfg(feature = "whole")]
    pub(super) fn extend(&mut self, problems: Vec<Problem>) {
        self.list.extend(problems);
    }

    /// Adds what is wrong with what stands at a place.
    pub(super) fn report(&mut self, spot: Spot<'_>, kind: impl FnOnce() -> ProblemKind) {
        self.report_at(|| spot.text(), kind);
    }

    /// Adds what is wrong at a place that is no [`Spot`].
    pub(super) fn report_at(&mut self, pointer: impl FnOnce() -> String, kind: impl FnOnce() -> ProblemKind) {
        #[cfg(feature = "whole")]
        self.list.push(Problem { kind: kind(), pointer: pointer(), location: None });
        #[cfg(not(feature = "whole"))]
        {
            drop((pointer, kind));
            self.some = true;
        }
    }

    /// Reports more of something than AWS allows.
    pub(super) fn check_quota(&mut self, quota: Quota, count: usize, spot: Spot<'_>) {
        if count > quota.most() {
            self.report(spot, || ProblemKind::OverQuota { quota, count });
        }
    }

    /// Whether the source leaves something about a resource open, so that a field that is missing is no mistake.
    pub(super) fn is_open(&self, section: &str, key: &str) -> bool {
        let has = |name: String| self.unknown_sections.binary_search(&name).is_ok();
        !self.unknown_sections.is_empty() && (has(section.to_owned()) || has([section, "/", key].concat()))
    }

    #[cfg(feature = "whole")]
    pub(super) fn into_list(self) -> Vec<Problem> {
        self.list
    }

    #[cfg(not(feature = "whole"))]
    pub(super) fn are_some(&self) -> bool {
        self.some
    }

    /// The resource of that name; a name that nothing has is reported.
    pub(super) fn find<I: Index>(
        &mut self,
        names: &Names<'_, I>,
        kind: ComponentKind,
        section: &'static str,
        name: &str,
        spot: Spot<'_>,
    ) -> Option<I> {
        self.find_key(&names.keys, kind, section, name, spot).map(I::from_position)
    }

    fn find_key(
        &mut self,
        keys: &Keys<'_>,
        kind: ComponentKind,
        section: &'static str,
        name: &str,
        spot: Spot<'_>,
    ) -> Option<usize> {
        match keys.find(kind, name) {
            Found::Resolved(position) => Some(position),
            Found::LeftOut => None,
            Found::Nothing => {
                self.dangling(section, name, &mut keys.names(), spot);
                None
            }
        }
    }

    /// Reports a name that nothing has; where the source did not cover the section, there is nothing to report.
    pub(super) fn dangling(
        &mut self,
        section: &'static str,
        name: &str,
        candidates: &mut dyn Iterator<Item = &str>,
        spot: Spot<'_>,
    ) {
        if self.unknown_sections.iter().any(|unknown| unknown == section) {
            return;
        }
        let nearest = self.suggest(name, candidates);
        self.report(spot, || ProblemKind::DanglingReference { name: name.to_owned(), section, nearest });
    }

    /// Reports a name that nothing has, where things of those sections fit.
    pub(super) fn unknown_name(
        &mut self,
        role: NameRole,
        sections: &[&str],
        name: &str,
        candidates: &mut dyn Iterator<Item = &str>,
        spot: Spot<'_>,
    ) {
        if self.unknown_sections.iter().any(|unknown| sections.contains(&unknown.as_str())) {
            return;
        }
        let nearest = self.suggest(name, candidates);
        self.report(spot, || ProblemKind::UnknownName { name: name.to_owned(), role, nearest });
    }

    /// The word of a closed list that the text stands for, letter case aside; another word is reported.
    pub(super) fn word(
        &mut self,
        text: &str,
        allowed: &'static [&'static str],
        spot: Spot<'_>,
    ) -> Option<&'static str> {
        let found = allowed.iter().find(|word| word.eq_ignore_ascii_case(text)).copied();
        if found.is_none() {
            let nearest = self.suggest(text, &mut allowed.iter().copied());
            self.report(spot, || ProblemKind::UnknownWord { text: text.to_owned(), allowed, nearest });
        }
        found
    }

    #[cfg(not(feature = "whole"))]
    pub(super) fn suggest(&mut self, _: &str, _: &mut dyn Iterator<Item = &str>) -> Option<String> {
        None
    }

    /// The nearest candidate, as long as there are not too many to look for.
    #[cfg(feature = "whole")]
    pub(super) fn suggest(&mut self, text: &str, candidates: &mut dyn Iterator<Item = &str>) -> Option<String> {
        if self.suggestions == SUGGESTIONS {
            return None;
        }
        self.suggestions += 1;
        nearest(text, candidates).map(str::to_owned)
    }
}
