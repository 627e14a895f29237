//! Collects problems, and finds names.

use crate::component::ComponentKind;
use crate::nearest::nearest;
use crate::problem::{NameRole, Problem, ProblemKind, Quota};

/// How many unknown names get a suggestion; beyond it, looking for one would take too long in a large document.
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

    /// Pointer to the resource.
    pub(super) fn pointer(self) -> String {
        let mut pointer = String::with_capacity(self.section.len() + self.key.len() + 28);
        pointer.push('/');
        pointer.push_str(self.section);
        push_step(&mut pointer, self.key);
        pointer
    }

    /// Pointer to one of its fields.
    pub(super) fn field(self, field: &str) -> String {
        let mut pointer = self.pointer();
        push_step(&mut pointer, field);
        pointer
    }

    /// Pointer to an entry of one of its lists.
    pub(super) fn item(self, list: &str, position: usize) -> String {
        let mut pointer = self.field(list);
        pointer.push('/');
        push_number(&mut pointer, position);
        pointer
    }

    /// Pointer to an entry of one of its maps.
    pub(super) fn item_of_map(self, map: &str, key: &str) -> String {
        let mut pointer = self.field(map);
        push_step(&mut pointer, key);
        pointer
    }

    /// Pointer to a field of an entry of one of its lists.
    pub(super) fn item_field(self, list: &str, position: usize, field: &str) -> String {
        let mut pointer = self.item(list, position);
        push_step(&mut pointer, field);
        pointer
    }
}

/// The pointer to what stands under a name.
pub(super) fn below(pointer: &str, name: &str) -> String {
    let mut pointer = pointer.to_owned();
    push_step(&mut pointer, name);
    pointer
}

/// Appends a step of a JSON pointer (RFC 6901).
fn push_step(pointer: &mut String, step: &str) {
    pointer.push('/');
    if step.contains(['~', '/']) {
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(step);
    }
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
    entries: Vec<(&'d str, Option<I>)>,
}

impl<I> Default for Names<'_, I> {
    fn default() -> Self {
        Names { entries: Vec::new() }
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

impl<'d, I: Copy> Names<'d, I> {
    /// Adds a key; keys come in ascending order, as a section holds them.
    pub(super) fn push(&mut self, key: &'d str, id: Option<I>) {
        self.entries.push((key, id));
    }

    /// What that name stands for: a key, or `kind/key`.
    pub(super) fn find(&self, kind: ComponentKind, name: &str) -> Found<I> {
        match self.exactly(name) {
            Found::Nothing => match name.split_once('/') {
                Some((word, key)) if word == kind.as_str() => self.exactly(key),
                _ => Found::Nothing,
            },
            found => found,
        }
    }

    fn exactly(&self, key: &str) -> Found<I> {
        let found = self.entries.binary_search_by(|entry| entry.0.cmp(key)).ok();
        match found.and_then(|position| self.entries.get(position)) {
            Some((_, Some(id))) => Found::Resolved(*id),
            Some((_, None)) => Found::LeftOut,
            None => Found::Nothing,
        }
    }

    /// Every key.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'d str> {
        self.entries.iter().map(|entry| entry.0)
    }

    /// Every key with what became of it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'d str, Option<I>)> {
        self.entries.iter().copied()
    }

    /// Every resource that was kept, with its key.
    pub(super) fn resolved(&self) -> impl Iterator<Item = (&'d str, I)> {
        self.entries.iter().filter_map(|(key, id)| Some((*key, (*id)?)))
    }
}

/// The problems found so far.
pub(super) struct Problems<'d> {
    list: Vec<Problem>,
    unknown_sections: &'d [String],
    suggestions: usize,
}

impl<'d> Problems<'d> {
    pub(super) fn new(unknown_sections: &'d [String]) -> Problems<'d> {
        Problems { list: Vec::new(), unknown_sections, suggestions: 0 }
    }

    /// Adds what something else found.
    pub(super) fn extend(&mut self, problems: Vec<Problem>) {
        self.list.extend(problems);
    }

    pub(super) fn report(&mut self, pointer: String, kind: ProblemKind) {
        self.list.push(Problem { kind, pointer, location: None });
    }

    /// Reports more of something than AWS allows.
    pub(super) fn check_quota(&mut self, quota: Quota, count: usize, pointer: impl FnOnce() -> String) {
        if count > quota.most() {
            self.report(pointer(), ProblemKind::OverQuota { quota, count });
        }
    }

    /// Whether the source leaves something about a resource open, so that a field that is missing is no mistake.
    pub(super) fn is_open(&self, section: &str, key: &str) -> bool {
        self.unknown_sections.iter().any(|unknown| {
            unknown == section || unknown.strip_prefix(section).and_then(|rest| rest.strip_prefix('/')) == Some(key)
        })
    }

    pub(super) fn into_list(self) -> Vec<Problem> {
        self.list
    }

    /// The resource of that name; a name that nothing has is reported.
    pub(super) fn find<I: Copy>(
        &mut self,
        names: &Names<'_, I>,
        kind: ComponentKind,
        section: &'static str,
        name: &str,
        pointer: impl FnOnce() -> String,
    ) -> Option<I> {
        match names.find(kind, name) {
            Found::Resolved(id) => Some(id),
            Found::LeftOut => None,
            Found::Nothing => {
                self.dangling(section, name, names.keys(), pointer);
                None
            }
        }
    }

    /// Reports a name that nothing has; where the source did not cover the section, there is nothing to report.
    pub(super) fn dangling<'a>(
        &mut self,
        section: &'static str,
        name: &str,
        candidates: impl Iterator<Item = &'a str>,
        pointer: impl FnOnce() -> String,
    ) {
        if self.unknown_sections.iter().any(|unknown| unknown == section) {
            return;
        }
        let nearest = self.suggest(name, candidates);
        self.report(pointer(), ProblemKind::DanglingReference { name: name.to_owned(), section, nearest });
    }

    /// Reports a name that nothing has, where things of those sections fit.
    pub(super) fn unknown_name<'a>(
        &mut self,
        role: NameRole,
        sections: &[&str],
        name: &str,
        candidates: impl Iterator<Item = &'a str>,
        pointer: impl FnOnce() -> String,
    ) {
        if self.unknown_sections.iter().any(|unknown| sections.contains(&unknown.as_str())) {
            return;
        }
        let nearest = self.suggest(name, candidates);
        self.report(pointer(), ProblemKind::UnknownName { name: name.to_owned(), role, nearest });
    }

    /// The word of a closed list that the text stands for, letter case aside; another word is reported.
    pub(super) fn word(
        &mut self,
        text: &str,
        allowed: &'static [&'static str],
        pointer: impl FnOnce() -> String,
    ) -> Option<&'static str> {
        let found = allowed.iter().find(|word| word.eq_ignore_ascii_case(text)).copied();
        if found.is_none() {
            let nearest = self.suggest(text, allowed.iter().copied());
            self.report(pointer(), ProblemKind::UnknownWord { text: text.to_owned(), allowed, nearest });
        }
        found
    }

    /// The nearest candidate, as long as there are not too many to look for.
    pub(super) fn suggest<'a>(&mut self, text: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
        if self.suggestions == SUGGESTIONS {
            return None;
        }
        self.suggestions += 1;
        nearest(text, candidates).map(str::to_owned)
    }
}
