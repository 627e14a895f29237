//! JSON with places. `serde_json` tells none but that of an error, and a message has to point into the person's file.

use super::{At, DEPTH, Entry, Flaw, FlawKind, Node, Tree, Value, without_duplicates};

/// Keys whose values no reader wants and that are most of a file: Terraform's test output repeats the schemas of all
/// resource types.
const SKIPPED: &[&str] = &["provider_schemas"];

/// Reads the text.
pub(in crate::import) fn parse(text: &str) -> Result<Tree, Flaw> {
    let mut parser = Parser::new(text);
    let root = parser.value(0)?;
    parser.space();
    if parser.at < parser.bytes.len() {
        return Err(parser.flaw("something follows the end"));
    }
    Ok(Tree { root, duplicates: parser.duplicates })
}

/// The keys of the outermost map with the beginnings of their values, as far as the text is sound.
pub(in crate::import) fn root_keys(text: &str) -> Vec<(String, &str)> {
    let mut parser = Parser::new(text);
    let mut keys = Vec::new();
    parser.space();
    if parser.peek() != Some(b'{') {
        return keys;
    }
    parser.at += 1;
    loop {
        parser.space();
        let Ok(key) = parser.string() else { return keys };
        parser.space();
        if parser.peek() != Some(b':') {
            return keys;
        }
        parser.at += 1;
        parser.space();
        keys.push((key, text.get(parser.at..).unwrap_or_default()));
        if parser.skip().is_err() {
            return keys;
        }
        parser.space();
        if parser.peek() != Some(b',') {
            return keys;
        }
        parser.at += 1;
    }
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    line: u32,
    /// Where the line begins.
    line_start: usize,
    /// Bytes of the line that continue a character, so that columns count characters.
    continued: usize,
    duplicates: Vec<(String, At)>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Parser<'t> {
        Parser { text, bytes: text.as_bytes(), at: 0, line: 1, line_start: 0, continued: 0, duplicates: Vec::new() }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn place(&self) -> At {
        let column = (self.at + 1).saturating_sub(self.line_start + self.continued);
        At { line: self.line, column: u32::try_from(column).unwrap_or(u32::MAX) }
    }

    fn flaw(&self, words: &str) -> Flaw {
        let kind = if self.at >= self.bytes.len() { FlawKind::Truncated } else { FlawKind::Other(words.to_owned()) };
        Flaw { at: self.place(), kind }
    }

    fn space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => {
                    self.line = self.line.saturating_add(1);
                    self.line_start = self.at + 1;
                    self.continued = 0;
                }
                b' ' | b'\t' | b'\r' => {}
                _ => return,
            }
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Flaw> {
        self.space();
        let at = self.place();
        if depth > DEPTH {
            return Err(Flaw { at, kind: FlawKind::TooDeep });
        }
        let value = match self.peek() {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return Err(self.flaw("a value belongs here")),
        };
        Ok(Node { value, at })
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Flaw> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(value);
        }
        if word.as_bytes().starts_with(rest) {
            self.at = self.bytes.len();
        }
        Err(self.flaw("a value belongs here"))
    }

    fn number(&mut self) -> Result<Value, Flaw> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'e' | b'E')) {
            self.at += 1;
        }
        let number = self.text.get(start..self.at).unwrap_or_default();
        if number.parse::<f64>().is_err() {
            return Err(self.flaw("this is no number"));
        }
        Ok(Value::Number(number.to_owned()))
    }

    fn map(&mut self, depth: usize) -> Result<Value, Flaw> {
        self.at += 1;
        let mut entries: Vec<Entry> = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Map(entries));
        }
        loop {
            self.space();
            let at = self.place();
            if self.peek() != Some(b'"') {
                return Err(self.flaw("a key in quotes belongs here"));
            }
            let key = self.string()?;
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.flaw("a colon belongs here"));
            }
            self.at += 1;
            if SKIPPED.contains(&key.as_str()) {
                self.space();
                self.skip()?;
            } else {
                let node = self.value(depth + 1)?;
                entries.push(Entry { key, at, node });
            }
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return Err(self.flaw("a comma or a closing brace belongs here")),
            }
        }
        self.at += 1;
        without_duplicates(&mut entries, &mut self.duplicates);
        Ok(Value::Map(entries))
    }

    fn list(&mut self, depth: usize) -> Result<Value, Flaw> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return Err(self.flaw("a comma or a closing bracket belongs here")),
            }
        }
        self.at += 1;
        Ok(Value::List(items))
    }

    /// A string with its escapes undone; the parser stands at its first quote.
    fn string(&mut self) -> Result<String, Flaw> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.flaw("a text in quotes belongs here"));
        }
        self.at += 1;
        let mut escaped = false;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 2;
                }
                Some(byte) if byte < 0x20 => return Err(self.flaw("a text has to end in its line")),
                Some(byte) => {
                    self.continued += usize::from(byte & 0xc0 == 0x80);
                    self.at += 1;
                }
                None => {
                    self.at = self.bytes.len();
                    return Err(self.flaw("the text does not end"));
                }
            }
        }
        self.at += 1;
        let quoted = self.text.get(start..self.at).unwrap_or_default();
        if escaped {
            let end = self.at;
            return serde_json::from_str(quoted).map_err(|_| {
                self.at = start;
                let flaw = self.flaw("an escape in this text is wrong");
                self.at = end;
                flaw
            });
        }
        Ok(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned())
    }

    /// Goes behind a value without a look at its parts.
    fn skip(&mut self) -> Result<(), Flaw> {
        let mut open = 0_usize;
        loop {
            self.space();
            match self.peek() {
                Some(b'"') => {
                    self.string()?;
                }
                Some(b'{' | b'[') => {
                    open += 1;
                    self.at += 1;
                    continue;
                }
                Some(b'}' | b']') if open > 0 => {
                    open -= 1;
                    self.at += 1;
                }
                Some(b',' | b':') if open > 0 => {
                    self.at += 1;
                    continue;
                }
                Some(byte) if byte.is_ascii_alphanumeric() || byte == b'-' => {
                    while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) {
                        self.at += 1;
                    }
                }
                _ => return Err(self.flaw("a value belongs here")),
            }
            if open == 0 {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FlawKind, Node, Value, parse, root_keys};

    fn same(node: &Node, other: &serde_json::Value) -> bool {
        match (&node.value, other) {
            (Value::Null, serde_json::Value::Null) => true,
            (Value::Bool(one), serde_json::Value::Bool(two)) => one == two,
            (Value::Number(one), serde_json::Value::Number(two)) => one.parse::<f64>().ok() == two.as_f64(),
            (Value::Text(one), serde_json::Value::String(two)) => one == two,
            (Value::List(one), serde_json::Value::Array(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
            }
            (Value::Map(one), serde_json::Value::Object(two)) => {
                one.len() == two.len()
                    && one.iter().all(|entry| two.get(&entry.key).is_some_and(|other| same(&entry.node, other)))
            }
            _ => false,
        }
    }

    #[test]
    fn reads_what_serde_json_reads() {
        for text in [
            "{}",
            "[]",
            " null ",
            "-1.5e3",
            "\"a\\u00e9\\n\\\"\"",
            "[1, [2, {\"a\": [true, false]}], \"é\"]",
            "{\"a\": {\"b\": {}}, \"c\": [\"\", 0]}",
        ] {
            let tree = parse(text).unwrap();
            assert!(same(&tree.root, &serde_json::from_str(text).unwrap()), "{text}");
        }
        for text in ["", "{", "[1,", "{\"a\"}", "{\"a\":1,}", "tru", "\"a", "\"\\x\"", "[1] 2", "{a: 1}", "\"a\nb\""] {
            assert!(parse(text).is_err() && serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn places_count_characters() {
        let tree = parse("{\n  \"é\": \"ß\", \"b\": [1,\n 2]\n}").unwrap();
        let entry = &tree.root.entries()[1];
        assert_eq!((entry.at.line, entry.at.column), (2, 13));
        let second = &entry.node.items()[1];
        assert_eq!((second.at.line, second.at.column), (3, 2));
    }

    #[test]
    fn the_end_of_a_cut_file_is_told_from_damage() {
        assert_eq!(parse("{\"a\": [1, 2").unwrap_err().kind, FlawKind::Truncated);
        assert_eq!(parse("{\"a\": tr").unwrap_err().kind, FlawKind::Truncated);
        assert!(matches!(parse("{\"a\": ]}").unwrap_err().kind, FlawKind::Other(_)));
        let deep = "[".repeat(100_000);
        assert_eq!(parse(&deep).unwrap_err().kind, FlawKind::TooDeep);
    }

    #[test]
    fn the_last_of_several_equal_keys_counts() {
        let tree = parse("{\"a\": 1, \"b\": 2, \"a\": 3}").unwrap();
        assert_eq!(tree.root.get("a").unwrap().scalar(), Some("3"));
        assert_eq!((tree.root.entries().len(), tree.duplicates.len(), tree.duplicates[0].1.column), (2, 1, 18));
    }

    #[test]
    fn root_keys_need_no_sound_end() {
        let keys: Vec<String> = root_keys("{\"a\": {\"x\": [1]}, \"b\": [").into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["a", "b"]);
    }
}
