//! Walks through JSON for the places of its values.
//!
//! Reading notes the place of a syntax error only; this walk runs when something else is wrong.

use super::locate::Finder;
use crate::json::Json;

/// Nesting beyond which nothing is looked for; reading refuses it as well.
const DEPTH: usize = 128;

/// Shows every value of the text to the finder, up to the first thing that is no JSON.
pub(super) fn walk(text: &str, finder: &mut Finder) {
    let mut walker = Walker { text, at: 0, seen: 0, line: 1, column: 1 };
    let _ = walker.value(finder, 0);
}

struct Walker<'t> {
    text: &'t str,
    at: usize,
    /// Up to where lines and columns are counted.
    seen: usize,
    line: u32,
    column: u32,
}

impl Walker<'_> {
    fn value(&mut self, finder: &mut Finder, depth: usize) -> Option<()> {
        self.skip_space();
        // What holds a place that is looked for is looked for as well, so nothing is in here.
        if !finder.is_wanted() {
            return self.skip_value();
        }
        finder.value_at(self.place());
        match self.peek()? {
            _ if depth == DEPTH => None,
            b'{' => self.object(finder, depth),
            b'[' => self.list(finder, depth),
            _ => self.skip_value(),
        }
    }

    /// Goes behind a value without a look at its parts.
    fn skip_value(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    open += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    open = open.checked_sub(1)?;
                    self.at += 1;
                }
                byte if byte.is_ascii_alphanumeric() || b"+-.".contains(&byte) => {
                    while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) {
                        self.at += 1;
                    }
                }
                _ if open == 0 => return None,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            if open == 0 {
                return Some(());
            }
        }
    }

    fn object(&mut self, finder: &mut Finder, depth: usize) -> Option<()> {
        self.at += 1;
        loop {
            self.skip_space();
            if self.peek()? == b'}' {
                self.at += 1;
                return Some(());
            }
            let start = self.at;
            let key = self.string()?;
            if finder.enter_key(&key) {
                let end = std::mem::replace(&mut self.at, start);
                finder.key_at(self.place());
                self.at = end;
            }
            self.skip_space();
            self.take(b':')?;
            self.value(finder, depth + 1)?;
            finder.leave();
            self.skip_space();
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
    }

    fn list(&mut self, finder: &mut Finder, depth: usize) -> Option<()> {
        self.at += 1;
        for index in 0.. {
            self.skip_space();
            if self.peek()? == b']' {
                self.at += 1;
                break;
            }
            finder.enter_element(index);
            let before = self.at;
            self.value(finder, depth + 1)?;
            finder.leave();
            self.skip_space();
            if self.peek()? == b',' {
                self.at += 1;
            } else if self.at == before {
                return None;
            }
        }
        Some(())
    }

    /// A string with its escapes undone.
    fn string(&mut self) -> Option<String> {
        let start = self.at;
        self.skip_string()?;
        let quoted = self.text.get(start..self.at)?;
        if quoted.contains('\\') {
            return Json::read(quoted)?.as_text().map(str::to_owned);
        }
        quoted.get(1..quoted.len() - 1).map(str::to_owned)
    }

    fn skip_string(&mut self) -> Option<()> {
        self.take(b'"')?;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Line and column of the current place, counted on from the place before it.
    fn place(&mut self) -> (u32, u32) {
        for character in self.text.get(self.seen..self.at).unwrap_or_default().chars() {
            if character == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.seen = self.seen.max(self.at);
        (self.line, self.column)
    }
}
