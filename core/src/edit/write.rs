//! Values as text: what fits stands on one line, as a person would write it.

use super::value::Value;

/// The most characters of a line, where a line can be broken.
const WIDTH: usize = 100;

/// The document as JSON text, with a line end behind it.
pub(super) fn write(value: &Value) -> String {
    let mut writer = Writer { text: String::new() };
    // The whole and each of its sections are broken, so that a new resource is a new line.
    writer.value(value, 0, 0, 2);
    writer.text.push('\n');
    writer.text
}

struct Writer {
    text: String,
}

impl Writer {
    /// Writes a value that begins in `column`; the outermost `broken` levels of objects are broken in any case.
    fn value(&mut self, value: &Value, depth: usize, column: usize, broken: usize) {
        let must_break = broken > 0 && !value.is_bare() && !value.elements().first().is_some_and(is_scalar);
        let start = self.text.len();
        match value {
            Value::List(_) | Value::Object(_) => {}
            scalar => return self.scalar(scalar),
        }
        if !must_break && self.flat(value, WIDTH.saturating_sub(column)).is_some() {
            return;
        }
        self.text.truncate(start);
        match value {
            Value::List(elements) => self.parts('[', ']', depth, elements.iter().map(|element| (None, element)), 0),
            Value::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| (Some(name.as_str()), value));
                self.parts('{', '}', depth, fields, broken.saturating_sub(1));
            }
            _ => {}
        }
    }

    fn parts<'v>(
        &mut self,
        open: char,
        close: char,
        depth: usize,
        parts: impl Iterator<Item = (Option<&'v str>, &'v Value)>,
        broken: usize,
    ) {
        self.text.push(open);
        let mut is_first = true;
        for (name, value) in parts {
            self.text.push_str(if is_first { "\n" } else { ",\n" });
            is_first = false;
            self.indent(depth + 1);
            let mut column = 2 * (depth + 1);
            if let Some(name) = name {
                let start = self.text.len();
                self.quoted(name);
                self.text.push_str(": ");
                column += self.text.get(start..).map_or(0, |key| key.chars().count());
            }
            // One more for the comma.
            self.value(value, depth + 1, column + 1, broken);
        }
        self.text.push('\n');
        self.indent(depth);
        self.text.push(close);
    }

    /// Writes a value on one line; none when it needs more than `room`, and then something of it may be written.
    fn flat(&mut self, value: &Value, room: usize) -> Option<usize> {
        match value {
            Value::List(elements) => return self.flat_parts("[", "]", elements.iter().map(|one| (None, one)), room),
            Value::Object(fields) if fields.is_empty() => self.text.push_str("{}"),
            Value::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| (Some(name.as_str()), value));
                return self.flat_parts("{ ", " }", fields, room);
            }
            // A character has four bytes at most.
            Value::Text(text) if text.len() > 4 * room => return None,
            scalar => {
                let start = self.text.len();
                self.scalar(scalar);
                return room.checked_sub(self.text.get(start..).map_or(0, |written| written.chars().count()));
            }
        }
        room.checked_sub(2)
    }

    fn scalar(&mut self, value: &Value) {
        match value {
            Value::Null => self.text.push_str("null"),
            Value::Bool(value) => self.text.push_str(if *value { "true" } else { "false" }),
            Value::Number(number) => self.text.push_str(&number.to_string()),
            Value::Text(text) => self.quoted(text),
            Value::List(_) | Value::Object(_) => {}
        }
    }

    fn flat_parts<'v>(
        &mut self,
        open: &str,
        close: &str,
        parts: impl Iterator<Item = (Option<&'v str>, &'v Value)>,
        room: usize,
    ) -> Option<usize> {
        self.text.push_str(open);
        let mut room = room.checked_sub(open.len() + close.len())?;
        let mut is_first = true;
        for (name, value) in parts {
            let start = self.text.len();
            if !is_first {
                self.text.push_str(", ");
            }
            is_first = false;
            if let Some(name) = name {
                self.quoted(name);
                self.text.push_str(": ");
            }
            room = room.checked_sub(self.text.get(start..).map_or(0, |written| written.chars().count()))?;
            room = self.flat(value, room)?;
        }
        self.text.push_str(close);
        Some(room)
    }

    fn indent(&mut self, depth: usize) {
        (0..depth).for_each(|_| self.text.push_str("  "));
    }

    fn quoted(&mut self, text: &str) {
        // A text can always be written.
        self.text.push_str(&serde_json::to_string(text).unwrap_or_default());
    }
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::List(_) | Value::Object(_))
}
