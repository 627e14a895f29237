//! One tree of values for JSON and YAML, in which every value knows where it stands.

mod json;
#[cfg(feature = "yaml")]
mod yaml;

pub(super) use json::{parse as parse_json, root_keys};
#[cfg(feature = "yaml")]
pub(super) use yaml::parse as parse_yaml;

/// Nesting beyond which a file is refused.
const DEPTH: usize = 128;

/// A place in a file: line and column, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct At {
    pub(super) line: u32,
    pub(super) column: u32,
}

/// A value and its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) at: At,
}

/// What a value is. The last two do not stand in files: they are what an evaluated template or plan holds beside them.
#[derive(Clone, Debug, Default)]
pub(super) enum Value {
    /// Nothing.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file.
    Map(Vec<Entry>),
    /// An attribute of a resource: its identity where the attribute is empty.
    Reference {
        /// Position among all resources.
        resource: usize,
        /// The attribute's name.
        attribute: String,
    },
    /// A value that the files do not tell: position among the unknown values.
    Unknown(usize),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: At,
    pub(super) node: Node,
}

/// Why a file cannot be read, and where.
#[derive(Clone, Debug)]
pub(super) struct Flaw {
    pub(super) at: At,
    pub(super) kind: FlawKind,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FlawKind {
    /// The text ends too early.
    Truncated,
    /// It is nested too deeply.
    TooDeep,
    /// Aliases multiply beyond measure.
    #[cfg_attr(not(feature = "yaml"), expect(dead_code, reason = "nothing but YAML has aliases"))]
    TooManyAliases,
    /// Anything else, in the parser's words.
    Other(String),
}

/// A tree, and what was let pass on the way.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) root: Node,
    /// Keys that stand twice in one map; the last one counts, as with CloudFormation.
    pub(super) duplicates: Vec<(String, At)>,
}

impl Node {
    pub(super) fn text(text: impl Into<String>, at: At) -> Node {
        Node { value: Value::Text(text.into()), at }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// The value of the key behind several others.
    pub(super) fn at_path(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The entries of a map; none of anything else.
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The elements of a list; none of anything else.
    pub(super) fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The only entry of a map that has one.
    pub(super) fn only_entry(&self) -> Option<&Entry> {
        match self.entries() {
            [entry] => Some(entry),
            _ => None,
        }
    }

    /// A scalar as text: numbers and truth values too, as both formats write them in place of texts.
    pub(super) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Number(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// Nothing, or an empty text: both formats write them for what is not set.
    pub(super) fn is_unset(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Text(text) => text.is_empty(),
            _ => false,
        }
    }
}

/// Puts the last of several entries with one key in the place of all, and notes the others.
fn without_duplicates(entries: &mut Vec<Entry>, duplicates: &mut Vec<(String, At)>) {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let key = |position: usize| entries.get(position).map(|entry| entry.key.as_str()).unwrap_or_default();
    order.sort_by(|one, other| key(*one).cmp(key(*other)).then(one.cmp(other)));
    let mut dropped: Vec<usize> = Vec::new();
    for pair in order.windows(2) {
        if let [one, other] = pair
            && key(*one) == key(*other)
        {
            dropped.push(*one);
            duplicates.extend(entries.get(*other).map(|entry| (entry.key.clone(), entry.at)));
        }
    }
    if dropped.is_empty() {
        return;
    }
    dropped.sort_unstable();
    let mut position = 0;
    entries.retain(|_| {
        position += 1;
        dropped.binary_search(&(position - 1)).is_err()
    });
}
