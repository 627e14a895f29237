//! Reads JSON into slots, and goes on after a mistake.
//!
//! Texts and names are taken from where they stand, and nothing is built in between: a document is read in half the
//! time that `serde_json` takes for its values alone, by a quarter of the code.

use std::borrow::Cow;

#[cfg(feature = "whole")]
use super::slot::Mistake;
use super::slot::{MistakeKind, Shape, Slot, names_of, part_of};
use crate::problem::SyntaxFlaw;
use crate::sorted::Names;
use crate::texts::number;

/// Nesting beyond which a text is refused, since each level takes room on the stack.
const DEPTH: usize = 127;

/// Where and why a text is no JSON.
#[derive(Debug)]
pub(crate) struct Break {
    /// Byte of the text.
    pub(crate) at: usize,
    /// What is wrong there.
    pub(crate) flaw: SyntaxFlaw,
}

/// The mistakes of a text. A build without words for them only counts them.
#[derive(Debug, Default)]
pub(crate) struct Mistakes {
    #[cfg(feature = "whole")]
    pub(crate) list: Vec<Mistake>,
    #[cfg(not(feature = "whole"))]
    count: usize,
}

impl Mistakes {
    #[cfg(feature = "whole")]
    fn add(&mut self, place: &Place<'_>, kind: impl FnOnce() -> MistakeKind) {
        self.list.push(Mistake { pointer: place.pointer(), kind: kind() });
    }

    #[cfg(not(feature = "whole"))]
    fn add(&mut self, place: &Place<'_>, kind: impl FnOnce() -> MistakeKind) {
        drop(kind);
        // Editors find the schema of a document by this field.
        let is_schema = matches!(place, Place::Part(Place::Document, "$schema"));
        self.count += usize::from(!is_schema);
    }

    /// Whether there are none.
    pub(crate) fn are_none(&self) -> bool {
        #[cfg(feature = "whole")]
        return self.list.is_empty();
        #[cfg(not(feature = "whole"))]
        return self.count == 0;
    }
}

/// Reads into `slot` whatever fits.
///
/// # Errors
/// Where the text is no JSON; what was read before that stays.
pub(crate) fn fill(slot: &mut dyn Slot, text: &str, mistakes: &mut Mistakes) -> Result<(), Break> {
    let mut scanner = Scanner { text, at: 0, depth: 0 };
    let filled = scanner.value(Some(Target { slot, place: &Place::Document, mistakes }));
    match filled.and_then(|_| scanner.end()) {
        Ok(()) => Ok(()),
        Err(flaw) => Err(Break { at: scanner.at, flaw }),
    }
}

/// Where the reader is; it becomes a pointer only for a mistake.
enum Place<'a> {
    Document,
    Part(&'a Place<'a>, &'a str),
    Element(&'a Place<'a>, usize),
}

impl Place<'_> {
    /// As a JSON pointer (RFC 6901).
    fn pointer(&self) -> String {
        match self {
            Place::Document => String::new(),
            Place::Part(parent, name) => {
                let mut pointer = parent.pointer();
                crate::texts::push_step(&mut pointer, name);
                pointer
            }
            Place::Element(parent, index) => [parent.pointer().as_str(), "/", &index.to_string()].concat(),
        }
    }
}

/// The slot that a value is for.
struct Target<'a> {
    slot: &'a mut dyn Slot,
    place: &'a Place<'a>,
    mistakes: &'a mut Mistakes,
}

impl<'a> Target<'a> {
    fn scalar(&mut self, found: Shape, text: &str) -> bool {
        if let Some(slot) = self.slot.value() {
            let taken = Target { slot, place: self.place, mistakes: self.mistakes }.scalar(found, text);
            if !taken {
                self.slot.clear();
            }
            return taken;
        }
        let slot = &mut *self.slot;
        let taken = match found {
            Shape::Text => slot.text(text),
            Shape::Boolean => slot.boolean(text == "true"),
            // A whole number may stand where a text belongs: a protocol's number, a name that is one.
            Shape::Number => {
                number(text).is_some_and(|number| slot.number(number))
                    || slot.numeral(text)
                    || (slot.shape() == Shape::Text && slot.words().is_empty() && slot.text(text))
            }
            _ => slot.numeral(text),
        };
        if !taken {
            let slot = &*self.slot;
            self.mistakes.add(self.place, || match slot.shape() {
                expected if expected == found => MistakeKind::WrongValue { text: text.to_owned(), known: slot.words() },
                expected => MistakeKind::WrongShape { found, expected },
            });
        }
        taken
    }

    /// The slot that has the parts, prepared for them; none where they do not belong.
    fn open(self, found: Shape) -> Option<Target<'a>> {
        let Target { slot, place, mistakes } = self;
        if slot.is_optional() {
            let opened = slot.value().and_then(|slot| Target { slot, place, mistakes }.open(found)).is_some();
            if !opened {
                slot.clear();
                return None;
            }
            return slot.value().map(|slot| Target { slot, place, mistakes });
        }
        if slot.open(found) {
            return Some(Target { slot, place, mistakes });
        }
        mistakes.add(place, || MistakeKind::WrongShape { found, expected: slot.shape() });
        None
    }
}

/// Follows a JSON text. After an error, `at` is where it is wrong.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Scanner<'t> {
    /// Reads a value, for a slot or only to go behind it; tells whether the slot took it.
    fn value(&mut self, target: Option<Target<'_>>) -> Result<bool, SyntaxFlaw> {
        let (shape, text) = match self.next()? {
            b'{' => return self.nested(target, Shape::Object),
            b'[' => return self.nested(target, Shape::List),
            b'n' => {
                self.word("null")?;
                return Ok(true);
            }
            b't' => (Shape::Boolean, Cow::Borrowed(self.word("true")?)),
            b'f' => (Shape::Boolean, Cow::Borrowed(self.word("false")?)),
            b'"' => (Shape::Text, self.string()?),
            b'-' | b'0'..=b'9' => self.number()?,
            _ => return Err(SyntaxFlaw::NoValue),
        };
        Ok(target.is_some_and(|mut target| target.scalar(shape, &text)))
    }

    fn nested(&mut self, target: Option<Target<'_>>, shape: Shape) -> Result<bool, SyntaxFlaw> {
        if self.depth == DEPTH {
            return Err(SyntaxFlaw::TooDeep);
        }
        self.depth += 1;
        self.at += 1;
        let target = target.and_then(|target| target.open(shape));
        let taken = target.is_some();
        if shape == Shape::List {
            self.list(target)?
        } else {
            self.object(target)?
        }
        self.at += 1;
        self.depth -= 1;
        Ok(taken)
    }

    fn list(&mut self, mut target: Option<Target<'_>>) -> Result<(), SyntaxFlaw> {
        if self.next()? == b']' {
            return Ok(());
        }
        for index in 0.. {
            let inner = match &mut target {
                Some(Target { slot, place, mistakes }) => {
                    let place = &Place::Element(place, index);
                    let filled = match slot.element() {
                        Some(slot) => self.value(Some(Target { slot, place, mistakes })),
                        None => self.value(None),
                    };
                    if !matches!(filled, Ok(true)) {
                        slot.forget(None);
                    }
                    filled
                }
                None => self.value(None),
            };
            inner?;
            match self.next()? {
                b']' => break,
                b',' => self.at += 1,
                _ => return Err(SyntaxFlaw::Missing("`,` `]`")),
            }
            if self.next()? == b']' {
                return Err(SyntaxFlaw::TrailingComma);
            }
        }
        Ok(())
    }

    fn object(&mut self, mut target: Option<Target<'_>>) -> Result<(), SyntaxFlaw> {
        if self.next()? == b'}' {
            return Ok(());
        }
        let mut seen = Names::default();
        loop {
            match self.next()? {
                b'"' => {}
                b'}' => return Err(SyntaxFlaw::TrailingComma),
                _ => return Err(SyntaxFlaw::BadKey),
            }
            let name = self.string()?;
            if self.next()? != b':' {
                return Err(SyntaxFlaw::Missing("`:`"));
            }
            self.at += 1;
            match &mut target {
                Some(target) => self.part(target, &name, &mut seen)?,
                None => drop(self.value(None)?),
            }
            match self.next()? {
                b'}' => return Ok(()),
                b',' => self.at += 1,
                _ => return Err(SyntaxFlaw::Missing("`,` `}`")),
            }
        }
    }

    fn part(&mut self, target: &mut Target<'_>, name: &str, seen: &mut Names) -> Result<(), SyntaxFlaw> {
        let Target { slot, place, mistakes } = target;
        let again = seen.position(name).is_some();
        if !again {
            seen.add(name);
            if let Some(slot) = part_of(*slot, name) {
                let place = &Place::Part(place, name);
                let filled = self.value(Some(Target { slot, place, mistakes }));
                if !matches!(filled, Ok(true)) {
                    target.slot.forget(Some(name));
                }
                return filled.map(|_| ());
            }
        }
        mistakes.add(&Place::Part(place, name), || {
            if again {
                MistakeKind::DuplicateKey { key: name.to_owned() }
            } else {
                MistakeKind::UnknownField { field: name.to_owned(), known: names_of(&**slot) }
            }
        });
        self.value(None).map(|_| ())
    }

    /// Goes to what follows white space.
    fn next(&mut self) -> Result<u8, SyntaxFlaw> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek().ok_or(SyntaxFlaw::EndsEarly)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Whether nothing follows.
    fn end(&mut self) -> Result<(), SyntaxFlaw> {
        match self.next() {
            Ok(_) => Err(SyntaxFlaw::TrailingText),
            Err(_) => Ok(()),
        }
    }

    fn word(&mut self, word: &'static str) -> Result<&'static str, SyntaxFlaw> {
        for byte in word.bytes() {
            match self.peek() {
                Some(found) if found == byte => self.at += 1,
                Some(_) => return Err(SyntaxFlaw::NoValue),
                None => return Err(SyntaxFlaw::EndsEarly),
            }
        }
        Ok(word)
    }

    /// A number as it is written.
    fn number(&mut self) -> Result<(Shape, Cow<'t, str>), SyntaxFlaw> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let zero = self.peek() == Some(b'0');
        let first = self.at;
        self.digits()?;
        if zero && self.at > first + 1 {
            return Err(SyntaxFlaw::BadNumber);
        }
        let mut shape = Shape::Number;
        if self.peek() == Some(b'.') {
            shape = Shape::Fraction;
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            shape = Shape::Fraction;
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok((shape, Cow::Borrowed(self.text.get(start..self.at).unwrap_or_default())))
    }

    /// One digit at least.
    fn digits(&mut self) -> Result<(), SyntaxFlaw> {
        let first = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        match self.peek() {
            _ if self.at > first => Ok(()),
            Some(_) => Err(SyntaxFlaw::BadNumber),
            None => Err(SyntaxFlaw::EndsEarly),
        }
    }

    /// A text with its escapes undone; copied only where it has some.
    fn string(&mut self) -> Result<Cow<'t, str>, SyntaxFlaw> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            let run = self.text.get(start..self.at).unwrap_or_default();
            if text.is_empty() {
                text = Cow::Borrowed(run);
            } else {
                text.to_mut().push_str(run);
            }
            match self.peek() {
                None => return Err(SyntaxFlaw::EndsEarly),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.to_mut().push(self.escape()?),
                Some(_) => return Err(SyntaxFlaw::BadText),
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxFlaw> {
        self.at += 1;
        let character = match self.peek().ok_or(SyntaxFlaw::EndsEarly)? {
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                self.at += 1;
                let mut code = self.unit()?;
                // The first half of a character outside the basic plane: the second half follows.
                if (0xd800..0xdc00).contains(&code) {
                    for byte in *b"\\u" {
                        match self.peek() {
                            Some(found) if found == byte => self.at += 1,
                            Some(_) => return Err(SyntaxFlaw::BadText),
                            None => return Err(SyntaxFlaw::EndsEarly),
                        }
                    }
                    let second = self.unit()?;
                    code = match second.checked_sub(0xdc00) {
                        Some(low) if low < 0x400 => 0x1_0000 + ((code - 0xd800) << 10) + low,
                        _ => return Err(SyntaxFlaw::BadText),
                    };
                }
                return char::from_u32(code).ok_or(SyntaxFlaw::BadText);
            }
            _ => return Err(SyntaxFlaw::BadText),
        };
        self.at += 1;
        Ok(character)
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, SyntaxFlaw> {
        let mut code = 0;
        for _ in 0..4 {
            let byte = self.peek().ok_or(SyntaxFlaw::EndsEarly)?;
            code = code * 16 + char::from(byte).to_digit(16).ok_or(SyntaxFlaw::BadText)?;
            self.at += 1;
        }
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::{Mistakes, fill};
    use crate::json::Json;

    /// What is JSON and what is not, as `serde_json` sees it.
    #[test]
    fn accepts_what_serde_json_accepts() {
        let texts = [
            "null",
            "true",
            "fals",
            "nul",
            "truex",
            "0",
            "-0",
            "01",
            "-",
            "1.",
            "1.5",
            ".5",
            "1e",
            "1e+",
            "1e+5",
            "1E-2",
            "--1",
            "\"\"",
            "\"a",
            "\"\\u00e4\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ud83dx\"",
            "\"\\ude00\"",
            "\"\\ud83d\\u0041\"",
            "\"\\x\"",
            "\"\\",
            "\"\\u12",
            "\"\n\"",
            "\"\t\"",
            "[]",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,]",
            "[1 2]",
            "[1}",
            "{}",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{,}",
            "{a:1}",
            "{\"a\" 1}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":[{}]}",
            "{}x",
            " {} ",
            "\u{feff}{}",
            "",
            " ",
            "\u{a0}1",
            "\"\u{7f}ü\"",
        ];
        for text in texts {
            let ours = fill(&mut Json::Null, text, &mut Mistakes::default());
            let theirs = serde_json::from_str::<serde_json::Value>(text);
            assert_eq!(ours.is_ok(), theirs.is_ok(), "{text}");
            if let (Ok(()), Ok(theirs)) = (ours, theirs) {
                assert_eq!(serde_json::to_value(Json::read(text)).unwrap(), theirs, "{text}");
            }
        }
        for depth in [126, 127, 128, 200] {
            let text = ["[".repeat(depth), "]".repeat(depth)].concat();
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            assert_eq!(fill(&mut Json::Null, &text, &mut Mistakes::default()).is_ok(), theirs.is_ok(), "{depth}");
        }
    }
}
