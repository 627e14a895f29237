//! Where the parts of the document stand in the files.
//!
//! Texts of the answers are borrowed from the files, so that each of them tells its own place. Lines are counted at the
//! end, once for each file.

use super::Builder;
use super::unique::Item;
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::aws_cli::reader::Place as File;
use crate::import::places::{self, Places, pointer};
use crate::import::text::somewhere_in;
use crate::problem::Location;

/// How far back the beginning of an object is looked for, in bytes.
const FARTHEST: usize = 4096;

/// A part of the document whose line is not counted yet.
#[derive(Debug)]
pub(super) struct Mark {
    file: usize,
    /// In bytes from the start of the file's text.
    offset: usize,
    pointer: String,
    name: String,
    of_type: &'static str,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The key whose value the text is.
    Key,
    /// The object that holds the text.
    Object,
    /// The text itself.
    Here,
    /// The key whose value it is, with its quotes.
    Value,
}

impl Builder<'_> {
    /// Remembers that a part of the document stands where a text of that file does. A text with escapes is no part of
    /// the file, and has no place.
    pub(super) fn mark(
        &mut self,
        file: usize,
        text: &str,
        extent: Extent,
        pointer: String,
        name: &str,
        of_type: &'static str,
    ) {
        let Some(Some(place)) = self.texts.get(file) else { return };
        let Some(offset) = offset_in(place.text, text) else { return };
        let offset = match extent {
            Extent::Key => key_start(place.text, offset),
            Extent::Object => object_start(place.text, offset),
            Extent::Here => offset,
            Extent::Value => key_start(place.text, offset + 1),
        };
        self.marks.push(Mark { file, offset, pointer, name: name.to_owned(), of_type });
    }

    /// Remembers where the components of a section stand: at their ids.
    pub(super) fn mark_all<T: Item>(&mut self, section: &str, found: &[Found<T>], kind: ListKind) {
        for Found { item, file } in found {
            let id = item.id();
            self.mark(*file, id, Extent::Key, pointer(section, id), id, kind.key());
        }
    }

    /// The places of everything that is marked; the first mark of a part counts.
    pub(super) fn places(&mut self) -> Places {
        let mut marks = std::mem::take(&mut self.marks);
        marks.sort_by_key(|mark| (mark.file, mark.offset));
        let mut places = Places::default();
        let mut counter = Counter::default();
        for Mark { file, offset, pointer, name, of_type } in marks {
            let Some(Some(text)) = self.texts.get(file) else { continue };
            if counter.file != Some(file) {
                counter = Counter { file: Some(file), ..Counter::default() };
            }
            let location = counter.location(text, offset);
            places.insert(pointer, places::Place { location, name, of_type: of_type.to_owned() });
        }
        places
    }
}

/// Line and column of ever later places of one file.
#[derive(Default)]
struct Counter {
    file: Option<usize>,
    offset: usize,
    /// Line breaks, and characters of the line, before the offset.
    lines: usize,
    columns: usize,
}

impl Counter {
    fn location(&mut self, file: &File<'_>, offset: usize) -> Location {
        if !file.has_lines {
            return somewhere_in(file.name);
        }
        let between = file.text.get(self.offset..offset).unwrap_or_default();
        let breaks = between.bytes().filter(|byte| *byte == b'\n').count();
        self.lines += breaks;
        match between.rsplit_once('\n') {
            Some((_, line)) => self.columns = line.chars().count(),
            None => self.columns += between.chars().count(),
        }
        self.offset = offset;
        let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
        Location { file: file.name.to_owned(), line: number(self.lines), column: number(self.columns) }
    }
}

/// Where a part of a text starts in it, in bytes; none for a text of its own.
fn offset_in(text: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (!part.is_empty() && offset.checked_add(part.len())? <= text.len()).then_some(offset)
}

/// Where the key stands whose value begins there; for an item of a list, the item.
fn key_start(text: &str, offset: usize) -> usize {
    let key = || {
        let before = text.get(..offset)?.strip_suffix('"')?.trim_end().strip_suffix(':')?.trim_end();
        before.strip_suffix('"')?.rfind('"')
    };
    key().unwrap_or(offset.saturating_sub(1))
}

/// Where the object begins that holds the text which begins there.
fn object_start(text: &str, offset: usize) -> usize {
    let mut inside = 0_usize;
    let first = offset.saturating_sub(FARTHEST);
    for (position, byte) in text.as_bytes().get(first..offset).unwrap_or_default().iter().enumerate().rev() {
        match byte {
            b'}' => inside += 1,
            b'{' if inside == 0 => return first + position,
            b'{' => inside -= 1,
            _ => {}
        }
    }
    key_start(text, offset)
}

#[cfg(test)]
mod tests {
    use super::{Counter, File, key_start, object_start, offset_in};

    #[test]
    fn texts_tell_their_keys_and_objects() {
        let text = r#"{ "A": { "Id" : "x1", "Ports": { "From": 1 }, "Cidr": "y2" }, "B": [ "z3" ] }"#;
        let of = |part: &str| offset_in(text, text.get(text.find(part).unwrap()..).unwrap().get(..2).unwrap()).unwrap();
        let begins = |at: usize, with: &str| text.get(at..).is_some_and(|rest| rest.starts_with(with));
        assert!(begins(key_start(text, of("x1")), "\"Id\""));
        assert!(begins(key_start(text, of("z3")), "\"z3\""));
        assert!(begins(object_start(text, of("y2")), "{ \"Id\" :"));
        assert_eq!(offset_in(text, "x1"), None);
    }

    #[test]
    fn lines_and_columns_are_counted_in_characters() {
        let text = "{\n \"é\": \"a\", \"b\": \"c\"\n}";
        let file = File { name: "f", text, file: 0, has_lines: true };
        let mut counter = Counter::default();
        for (part, line, column) in [("{", 1, 1), ("\"a\"", 2, 7), ("\"c\"", 2, 17), ("}", 3, 1)] {
            let location = counter.location(&file, text.find(part).unwrap());
            assert_eq!((location.line, location.column), (line, column), "{part}");
        }
    }
}
