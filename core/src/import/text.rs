//! From bytes to text, and from a place in the text to line and column.

use std::borrow::Cow;

use super::problem::{ImportProblemKind, OtherFormat};
use crate::problem::Location;

/// The content of a file as JSON text.
#[derive(Clone, Debug)]
pub(super) struct Decoded<'a> {
    /// The text.
    pub(super) json: Cow<'a, str>,
    /// Whether it was YAML, so that places in the text are not places in the file.
    pub(super) was_yaml: bool,
}

/// Reads a file: UTF-8, or the UTF-16 that a redirect of Windows PowerShell writes; JSON, or YAML with that feature.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ImportProblemKind> {
    let text = text_of(bytes)?;
    match text.trim_start().chars().next() {
        None => Err(ImportProblemKind::EmptyFile),
        Some('{' | '[') => Ok(Decoded { json: text, was_yaml: false }),
        Some(_) => match other_format(text.trim_start()) {
            #[cfg(feature = "yaml")]
            OtherFormat::Yaml => match crate::document::yaml_to_json(&text) {
                Ok(json) if json.starts_with(['{', '[']) => Ok(Decoded { json: Cow::Owned(json), was_yaml: true }),
                Ok(_) | Err(_) => Err(ImportProblemKind::WrongFormat { format: OtherFormat::Yaml }),
            },
            format => Err(ImportProblemKind::WrongFormat { format }),
        },
    }
}

pub(super) fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, ImportProblemKind> {
    let binary = || ImportProblemKind::WrongFormat { format: not_text(bytes) };
    Ok(match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(str::from_utf8(rest).map_err(|_| binary())?),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes).ok_or_else(binary)?),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes).ok_or_else(binary)?),
        bytes => Cow::Borrowed(str::from_utf8(bytes).map_err(|_| binary())?),
    })
}

/// What bytes are that are no text in a known encoding: text in another one has ASCII letters for the most part.
fn not_text(bytes: &[u8]) -> OtherFormat {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let is_letter = |byte: &&u8| (0x20..0x7f).contains(*byte) || matches!(byte, b'\n' | b'\r' | b'\t');
    let letters = head.iter().filter(is_letter).count();
    if letters * 4 > head.len() * 3 && !head.contains(&0) { OtherFormat::Encoding } else { OtherFormat::Binary }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (units, rest) = bytes.as_chunks::<2>();
    let units = units.iter().map(|pair| unit(*pair));
    if rest.is_empty() { char::decode_utf16(units).collect::<Result<String, _>>().ok() } else { None }
}

/// What a text is that does not start as JSON does.
fn other_format(text: &str) -> OtherFormat {
    let first_line = text.lines().next().unwrap_or_default();
    if text.contains('\0') {
        OtherFormat::Binary
    } else if text.starts_with('<') {
        OtherFormat::Html
    } else if text.starts_with("An error occurred") || text.starts_with("aws: error") || text.starts_with("usage: aws")
    {
        OtherFormat::CliError
    } else if text.contains("AWSTemplateFormatVersion:") || text.contains("\nResources:") {
        OtherFormat::CloudFormation
    } else if first_line.contains(':') || first_line.trim_end() == "---" || first_line.starts_with("- ") {
        OtherFormat::Yaml
    } else {
        OtherFormat::CliText
    }
}

/// The file, where no place in it is known.
pub(super) fn somewhere_in(file: &str) -> Location {
    Location { file: file.to_owned(), line: 0, column: 0 }
}

/// Line and column of a place in the text of a file, given in bytes from its start.
pub(super) fn location(file: &str, text: &str, offset: usize) -> Location {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Location {
        file: file.to_owned(),
        line: count(before.bytes().filter(|byte| *byte == b'\n').count() + 1),
        column: count(before.get(line_start..).unwrap_or_default().chars().count() + 1),
    }
}

/// Where the parser stopped in `part`, in bytes from its start.
pub(super) fn offset_of(part: &str, error: &serde_json::Error) -> usize {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => part.match_indices('\n').nth(line - 2).map_or(part.len(), |(newline, _)| newline + 1),
    };
    // The parser counts bytes and names the last one that it took.
    let mut offset = (line_start + error.column().saturating_sub(1)).min(part.len());
    while !part.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The parser's words without its own line and column.
pub(super) fn words_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text.get(..end).unwrap_or_default().to_owned(),
        None => text,
    }
}
