//! Commands of a POSIX shell, safely quoted whatever names hold.

/// A word of a command: text, and variables in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// The name of a variable.
    Variable(String),
}

impl Word {
    /// A text as it is.
    pub(super) fn text(text: &str) -> Word {
        Word(vec![Piece::Literal(text.replace('\0', ""))])
    }

    /// A text that a person wrote. The AWS CLI reads files where a value begins as a URL of one, so that it must not.
    pub(super) fn value(text: &str) -> Word {
        let reads = ["file://", "fileb://", "http://", "https://"].iter().any(|start| text.starts_with(start));
        if reads { Word::text(&["_", text].concat()) } else { Word::text(text) }
    }

    /// The value of a variable.
    pub(super) fn variable(name: &str) -> Word {
        Word(vec![Piece::Variable(name.to_owned())])
    }

    /// Words without space between them.
    pub(super) fn joined(words: impl IntoIterator<Item = Word>) -> Word {
        Word(words.into_iter().flat_map(|word| word.0).collect())
    }

    /// Whether it begins with a text.
    pub(super) fn starts_with(&self, text: &str) -> bool {
        matches!(self.0.first(), Some(Piece::Literal(literal)) if literal.starts_with(text))
    }

    /// The same in quotes of JSON.
    pub(super) fn in_json(&self) -> Word {
        let escaped = self.0.iter().map(|piece| match piece {
            Piece::Literal(text) => {
                let quoted = serde_json::Value::from(text.as_str()).to_string();
                Piece::Literal(
                    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().into(),
                )
            }
            Piece::Variable(name) => Piece::Variable(name.clone()),
        });
        let quote = || Piece::Literal("\"".to_owned());
        Word(std::iter::once(quote()).chain(escaped).chain(std::iter::once(quote())).collect())
    }

    /// As it stands in a script.
    pub(super) fn quoted(&self) -> String {
        let mut out = String::new();
        let mut literal = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Literal(text) => literal.push_str(text),
                Piece::Variable(name) => {
                    out.push_str(&quoted(&std::mem::take(&mut literal), false));
                    out.push_str(&["\"$", name, "\""].concat());
                }
            }
        }
        let is_all = out.is_empty();
        out.push_str(&quoted(&literal, is_all));
        out
    }
}

/// A text in single quotes, where it needs any.
fn quoted(text: &str, is_all: bool) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:,=@%+".contains(letter);
    if text.chars().all(is_plain) && !(text.is_empty() && is_all) {
        return text.to_owned();
    }
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}

/// A command under construction.
#[derive(Clone, Debug, Default)]
pub(super) struct Command {
    words: Vec<Word>,
}

impl Command {
    /// A command by its fixed words.
    pub(super) fn new(words: &str) -> Command {
        Command { words: words.split(' ').map(Word::text).collect() }
    }

    /// An option with a value.
    pub(super) fn option(mut self, name: &str, value: Word) -> Command {
        if value.starts_with("-") {
            // It would be taken for an option itself.
            self.words.push(Word::joined([Word::text(name), Word::text("="), value]));
        } else {
            self.words.extend([Word::text(name), value]);
        }
        self
    }

    /// An option with a fixed value.
    pub(super) fn with(self, name: &str, value: &str) -> Command {
        self.option(name, Word::text(value))
    }

    /// An option that may be left out.
    pub(super) fn maybe(self, name: &str, value: Option<Word>) -> Command {
        match value {
            Some(value) => self.option(name, value),
            None => self,
        }
    }

    /// An option with several values.
    pub(super) fn list(mut self, name: &str, values: Vec<Word>) -> Command {
        if !values.is_empty() {
            self.words.push(Word::text(name));
            self.words.extend(values);
        }
        self
    }

    /// An option without value.
    pub(super) fn flag(mut self, name: &str) -> Command {
        self.words.push(Word::text(name));
        self
    }

    /// As a line of a script, or as several where it is long; `variable` takes what it prints.
    pub(super) fn line(&self, variable: Option<&str>) -> String {
        let words: Vec<String> = self.words.iter().map(Word::quoted).collect();
        let one = words.join(" ");
        let (start, end) = match variable {
            Some(variable) => ([variable, "=$("].concat(), ")"),
            None => (String::new(), ""),
        };
        if start.len() + one.len() <= 110 {
            return [&start, &one, end, "\n"].concat();
        }
        let mut out = start;
        for (position, word) in words.iter().enumerate() {
            if position > 0 {
                out.push_str(if word.starts_with("--") { " \\\n  " } else { " " });
            }
            out.push_str(word);
        }
        out + end + "\n"
    }
}

/// A comment of one line.
pub(super) fn comment(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    ["# ", text.trim_end(), "\n"].concat()
}

#[cfg(test)]
mod tests {
    use super::{Command, Word, comment};

    #[test]
    fn names_stay_one_word() {
        let line = |text: &str| Command::new("aws").option("--name", Word::value(text)).line(None);
        assert_eq!(line("plain-1"), "aws --name plain-1\n");
        assert_eq!(line("it's $HOME `x`"), "aws --name 'it'\\''s $HOME `x`'\n");
        assert_eq!(line("-1"), "aws --name=-1\n");
        assert_eq!(line(""), "aws --name ''\n");
        assert_eq!(line("file:///etc/passwd"), "aws --name _file:///etc/passwd\n");
    }

    #[test]
    fn variables_stand_in_double_quotes() {
        let word = Word::joined([Word::text("Name=vpc-id,Values="), Word::variable("VPC"), Word::text("'")]);
        assert_eq!(word.quoted(), "Name=vpc-id,Values=\"$VPC\"''\\'''");
        let json = Word::joined([Word::text("["), Word::text("a\"b").in_json(), Word::text("]")]);
        assert_eq!(json.quoted(), "'[\"a\\\"b\"]'");
    }

    #[test]
    fn a_comment_cannot_end_early() {
        assert_eq!(comment("a\nrm -rf /"), "# a rm -rf /\n");
    }
}
