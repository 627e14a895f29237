//! Documents in YAML: turned into JSON, so that one reader understands both.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use super::locate::Finder;
use crate::problem::{Location, Problem, ProblemKind, SyntaxFlaw};

/// Nesting beyond which a text is refused, as `serde_json` does.
const DEPTH: usize = 128;

/// How much longer than the YAML the JSON may become through aliases, which can multiply.
const GROWTH: usize = 16;

/// The same content as JSON.
///
/// Of several documents in one text only the first counts. Numbers with a fraction become texts: the document format
/// has none, and a version such as `3.13` is a text to a person.
///
/// # Errors
/// The problem, with line and column, where the text is not YAML, or uses what JSON cannot say.
pub fn yaml_to_json(text: &str) -> Result<String, Box<Problem>> {
    let mut writer = Writer { json: String::with_capacity(text.len() * 2), frames: Vec::new(), anchors: Vec::new() };
    let limit = text.len().saturating_mul(GROWTH).max(1 << 16);
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| syntax(SyntaxFlaw::Other(error.info().to_owned()), error.marker()))?;
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
        }
        if documents > 1 {
            return Err(syntax(SyntaxFlaw::SeveralDocuments, &span.start));
        }
        writer.event(event).map_err(|flaw| syntax(flaw, &span.start))?;
        if writer.json.len() > limit {
            return Err(syntax(SyntaxFlaw::BadAlias, &span.start));
        }
    }
    if writer.json.is_empty() {
        writer.json.push_str("{}");
    }
    Ok(writer.json)
}

fn syntax(flaw: SyntaxFlaw, marker: &Marker) -> Box<Problem> {
    let (line, column) = place(marker);
    let location = Location { file: String::new(), line, column };
    let kind = ProblemKind::Syntax { format: "YAML", flaw };
    Box::new(Problem { kind, pointer: String::new(), location: Some(location) })
}

fn place(marker: &Marker) -> (u32, u32) {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (number(marker.line()), number(marker.col() + 1))
}

/// A list or an object that is being written.
struct Frame {
    is_list: bool,
    /// Keys and values, or elements, so far.
    count: usize,
    /// Where it begins in the JSON, and the anchor that it has.
    start: usize,
    anchor: usize,
}

struct Writer {
    json: String,
    frames: Vec<Frame>,
    /// JSON of anchored values, by the parser's numbers.
    anchors: Vec<(usize, String)>,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) -> Result<(), SyntaxFlaw> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_key = self.before_value()?;
                let start = self.json.len();
                if is_key {
                    self.json.push_str(&quoted(&text));
                } else {
                    self.json.push_str(&scalar(&text, style, tag.as_deref()));
                }
                self.after_value(start, anchor);
            }
            Event::Alias(anchor) => {
                let is_key = self.before_value()?;
                let start = self.json.len();
                let found = self.anchors.iter().rev().find(|(number, _)| *number == anchor);
                let (_, value) = found.ok_or(SyntaxFlaw::BadAlias)?;
                if is_key && !value.starts_with('"') {
                    return Err(SyntaxFlaw::BadKey);
                }
                self.json.push_str(value);
                self.after_value(start, 0);
            }
            Event::SequenceStart(anchor, _) => self.open(true, anchor)?,
            Event::MappingStart(anchor, _) => self.open(false, anchor)?,
            Event::SequenceEnd => self.close(']'),
            Event::MappingEnd => self.close('}'),
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, is_list: bool, anchor: usize) -> Result<(), SyntaxFlaw> {
        if self.before_value()? {
            return Err(SyntaxFlaw::BadKey);
        }
        if self.frames.len() == DEPTH {
            return Err(SyntaxFlaw::TooDeep);
        }
        self.frames.push(Frame { is_list, count: 0, start: self.json.len(), anchor });
        self.json.push(if is_list { '[' } else { '{' });
        Ok(())
    }

    fn close(&mut self, end: char) {
        self.json.push(end);
        if let Some(frame) = self.frames.pop() {
            self.after_value(frame.start, frame.anchor);
        }
    }

    /// Writes what stands between this value and the one before it; tells whether the value is a key.
    fn before_value(&mut self) -> Result<bool, SyntaxFlaw> {
        let Some(frame) = self.frames.last() else {
            return if self.json.is_empty() { Ok(false) } else { Err(SyntaxFlaw::SeveralDocuments) };
        };
        let is_key = !frame.is_list && frame.count.is_multiple_of(2);
        if !frame.is_list && !is_key {
            self.json.push(':');
        } else if frame.count > 0 {
            self.json.push(',');
        }
        Ok(is_key)
    }

    fn after_value(&mut self, start: usize, anchor: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.count += 1;
        }
        // The parser's numbers for anchors begin at one.
        if anchor != 0
            && let Some(json) = self.json.get(start..)
        {
            self.anchors.push((anchor, json.to_owned()));
        }
    }
}

fn quoted(text: &str) -> String {
    // Writing a string to a string cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// A scalar as JSON, by YAML's core schema.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> String {
    let is_text =
        style != ScalarStyle::Plain || tag.is_some_and(|tag| tag.suffix == "str" || !tag.is_yaml_core_schema());
    match text {
        _ if is_text => quoted(text),
        "" | "~" | "null" | "Null" | "NULL" => "null".to_owned(),
        "true" | "True" | "TRUE" => "true".to_owned(),
        "false" | "False" | "FALSE" => "false".to_owned(),
        _ if is_whole_number(text) => text.trim_start_matches('+').to_owned(),
        _ => quoted(text),
    }
}

/// Whether the text is a whole number that loses nothing as one: an account's id with a leading zero would.
fn is_whole_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let has_leading_zero = digits.len() > 1 && digits.starts_with('0');
    (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !has_leading_zero
}

/// A list or an object that a walk is in.
enum Open {
    /// How many elements are behind it.
    List(usize),
    /// Whether a key waits for its value.
    Object { has_key: bool },
}

/// Shows every value of the text to the finder, up to the first thing that is no YAML.
pub(super) fn walk(text: &str, finder: &mut Finder) {
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return };
        let container = match &event {
            Event::Scalar(..) | Event::Alias(_) => None,
            Event::SequenceStart(..) => Some(Open::List(0)),
            Event::MappingStart(..) => Some(Open::Object { has_key: false }),
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
                end_of_value(&mut open, finder);
                continue;
            }
            Event::DocumentEnd => return,
            _ => continue,
        };
        match open.last_mut() {
            Some(Open::Object { has_key: has_key @ false }) => {
                let key = if let Event::Scalar(key, ..) = &event { key.as_ref() } else { "" };
                finder.enter_key(key);
                finder.key_at(place(&span.start));
                *has_key = true;
                continue;
            }
            Some(Open::List(index)) => finder.enter_element(*index),
            _ => {}
        }
        finder.value_at(place(&span.start));
        match container {
            Some(container) => open.push(container),
            None => end_of_value(&mut open, finder),
        }
    }
}

fn end_of_value(open: &mut [Open], finder: &mut Finder) {
    match open.last_mut() {
        Some(Open::List(index)) => *index += 1,
        Some(Open::Object { has_key }) => *has_key = false,
        None => return,
    }
    finder.leave();
}
