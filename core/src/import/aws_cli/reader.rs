//! Reads the items of a list into their types, and says which do not fit.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::kind::{Found, ListKind, ListReader};
use crate::import::problem::{ImportProblem, ImportProblemKind};
use crate::import::text::{location, offset_of, somewhere_in, words_of};

/// How many problems of one kind are told of one file.
const MOST_OF_A_KIND: usize = 20;

/// A problem whose line is not counted yet, which takes time in a large file.
#[derive(Debug)]
pub(super) struct Flaw {
    pub(super) kind: ImportProblemKind,
    /// Where it is, in bytes from the start of the text.
    pub(super) offset: Option<usize>,
}

/// The file that is read.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    /// Position of the file.
    pub(super) file: usize,
    /// Whether places in the text are places in the file.
    pub(super) has_lines: bool,
}

impl<'a> Place<'a> {
    /// Where a part of the text starts, in bytes.
    pub(super) fn offset(self, part: &'a str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len())
    }

    /// The problems with line and column. Those of one kind are many where a whole file is of another shape,
    /// so only the first ones are kept, and how many there are.
    pub(super) fn located(self, flaws: Vec<Flaw>) -> Vec<ImportProblem> {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut problems = Vec::new();
        for flaw in flaws {
            let count = counts.entry(flaw.kind.code()).or_default();
            *count += 1;
            if *count <= MOST_OF_A_KIND {
                let location = match flaw.offset.filter(|_| self.has_lines) {
                    Some(offset) => location(self.name, self.text, offset),
                    None => somewhere_in(self.name),
                };
                problems.push(ImportProblem { kind: flaw.kind, location: Some(location) });
            }
        }
        for count in counts.into_values().filter(|count| *count > MOST_OF_A_KIND) {
            let kind = ImportProblemKind::FurtherProblems { count: count - MOST_OF_A_KIND };
            problems.push(ImportProblem { kind, location: Some(somewhere_in(self.name)) });
        }
        problems
    }

    fn wrong_shape(self, kind: ListKind, part: &'a str, error: &serde_json::Error) -> Flaw {
        let offset = Some(self.offset(part) + offset_of(part, error));
        Flaw { kind: ImportProblemKind::WrongShape { list: kind.key(), detail: words_of(error) }, offset }
    }
}

/// Reads a list in one go, and item by item where that fails, so that one broken item does not spoil the others.
pub(super) struct WholeReader<'a> {
    pub(super) place: Place<'a>,
    pub(super) kind: ListKind,
    pub(super) raw: &'a RawValue,
    pub(super) range: (usize, usize),
    pub(super) problems: Vec<Flaw>,
}

impl<'a> ListReader<'a> for WholeReader<'a> {
    fn read<T: Deserialize<'a>>(&mut self, list: &mut Vec<Found<T>>) {
        let first = list.len();
        match serde_json::from_str::<Vec<T>>(self.raw.get()) {
            Ok(items) => {
                let file = self.place.file;
                list.extend(items.into_iter().map(|item| Found { item, file }));
            }
            Err(_) => {
                let items: Vec<&'a RawValue> = serde_json::from_str(self.raw.get()).unwrap_or_default();
                let mut reader = ItemReader::new(self.place, self.kind, items);
                reader.read(list);
                self.problems = reader.problems;
            }
        }
        self.range = (first, list.len());
    }
}

/// Reads items one by one.
pub(super) struct ItemReader<'a> {
    pub(super) place: Place<'a>,
    pub(super) kind: ListKind,
    pub(super) items: Vec<&'a RawValue>,
    /// Where the items stand in the list of all.
    pub(super) range: (usize, usize),
    pub(super) problems: Vec<Flaw>,
}

impl<'a> ItemReader<'a> {
    pub(super) fn new(place: Place<'a>, kind: ListKind, items: Vec<&'a RawValue>) -> ItemReader<'a> {
        ItemReader { place, kind, items, range: (0, 0), problems: Vec::new() }
    }
}

impl<'a> ListReader<'a> for ItemReader<'a> {
    fn read<T: Deserialize<'a>>(&mut self, list: &mut Vec<Found<T>>) {
        let first = list.len();
        for raw in &self.items {
            match serde_json::from_str::<T>(raw.get()) {
                Ok(item) => list.push(Found { item, file: self.place.file }),
                Err(error) => self.problems.push(self.place.wrong_shape(self.kind, raw.get(), &error)),
            }
        }
        self.range = (first, list.len());
    }
}
