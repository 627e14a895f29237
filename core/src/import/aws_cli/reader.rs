//! Reads the items of a list into their types, and says which do not fit.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::kind::{Found, ListKind, ListReader};
use crate::import::problem::{ImportProblem, ImportProblemKind};
use crate::import::text::{location, offset_of, somewhere_in, words_of};
use crate::problem::Location;

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

    /// A place in the text, given in bytes from its start.
    pub(super) fn location(self, offset: usize) -> Location {
        if self.has_lines { location(self.name, self.text, offset) } else { somewhere_in(self.name) }
    }

    fn wrong_shape(self, kind: ListKind, part: &'a str, error: &serde_json::Error) -> ImportProblem {
        let offset = self.offset(part) + offset_of(part, error);
        ImportProblem {
            kind: ImportProblemKind::WrongShape { list: kind.key(), detail: words_of(error) },
            location: Some(self.location(offset)),
        }
    }
}

/// Reads a list in one go, and item by item where that fails, so that one broken item does not spoil the others.
pub(super) struct WholeReader<'a> {
    pub(super) place: Place<'a>,
    pub(super) kind: ListKind,
    pub(super) raw: &'a RawValue,
    pub(super) range: (usize, usize),
    pub(super) problems: Vec<ImportProblem>,
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
    pub(super) problems: Vec<ImportProblem>,
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
