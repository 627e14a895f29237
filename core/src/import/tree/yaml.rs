//! YAML with places, as CloudFormation reads it: with its short tags, and lenient where AWS's own samples need it.

use std::borrow::Cow;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use super::{At, DEPTH, Entry, Flaw, FlawKind, Node, Tree, Value, without_duplicates};

/// How many values aliases may add for each byte of the text, since they can multiply.
const GROWTH: usize = 4;

/// Reads the text; of several documents the first one.
pub(in crate::import) fn parse(text: &str) -> Result<Tree, Flaw> {
    match build(text) {
        Ok(tree) => Ok(tree),
        // Continuation lines that are indented less than YAML demands stand in AWS's samples, and CloudFormation
        // accepts them; indenting them changes no value, since the line breaks fold to a space.
        Err(flaw) => match indented(text) {
            Cow::Owned(mended) => build(&mended).map_err(|_| flaw),
            Cow::Borrowed(_) => Err(flaw),
        },
    }
}

fn build(text: &str) -> Result<Tree, Flaw> {
    let limit = text.len().saturating_mul(GROWTH).max(1 << 12);
    let mut builder =
        Builder { open: Vec::new(), root: None, anchors: Vec::new(), duplicates: Vec::new(), left: limit };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let at = place(error.marker());
            let words = error.info().to_owned();
            let kind = match error.marker().index() >= text.len() {
                true => FlawKind::Truncated,
                false if words.contains("recursion limit") => FlawKind::TooDeep,
                false => FlawKind::Other(words),
            };
            Flaw { at, kind }
        })?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        let at = place(&span.start);
        builder.event(event, at).map_err(|kind| Flaw { at, kind })?;
    }
    Ok(Tree { root: builder.root.unwrap_or_default(), duplicates: builder.duplicates })
}

fn place(marker: &Marker) -> At {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    At { line: number(marker.line()), column: number(marker.col() + 1) }
}

/// A list or a map that is being read.
struct Open {
    at: At,
    is_list: bool,
    items: Vec<Node>,
    entries: Vec<Entry>,
    key: Option<(String, At)>,
    anchor: usize,
    tag: Option<String>,
    /// Values inside, for what an alias to it costs.
    size: usize,
}

struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    /// Anchored values with their sizes, by the parser's numbers.
    anchors: Vec<(usize, Node, usize)>,
    duplicates: Vec<(String, At)>,
    /// How many values may still come.
    left: usize,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, at: At) -> Result<(), FlawKind> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag = short_tag(tag.as_deref());
                let value = if tag.is_some() { Value::Text(text.into_owned()) } else { scalar(text, style) };
                self.done(tagged(Node { value, at }, tag), anchor, 1)
            }
            Event::Alias(anchor) => {
                let found = self.anchors.iter().rev().find(|(number, _, _)| *number == anchor);
                let (_, node, size) = found.ok_or_else(|| FlawKind::Other("this alias has no anchor".to_owned()))?;
                if *size > self.left {
                    return Err(FlawKind::TooManyAliases);
                }
                let (node, size) = (node.clone(), *size);
                self.left = self.left.saturating_sub(size);
                self.done(node, 0, size)
            }
            Event::SequenceStart(anchor, tag) => self.start(true, anchor, tag.as_deref(), at),
            Event::MappingStart(anchor, tag) => self.start(false, anchor, tag.as_deref(), at),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            _ => Ok(()),
        }
    }

    fn start(&mut self, is_list: bool, anchor: usize, tag: Option<&Tag>, at: At) -> Result<(), FlawKind> {
        if self.open.len() >= DEPTH {
            return Err(FlawKind::TooDeep);
        }
        let tag = short_tag(tag);
        let (items, entries) = (Vec::new(), Vec::new());
        self.open.push(Open { at, is_list, items, entries, key: None, anchor, tag, size: 0 });
        Ok(())
    }

    fn end(&mut self) -> Result<(), FlawKind> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        let value = if open.is_list {
            Value::List(open.items)
        } else {
            without_duplicates(&mut open.entries, &mut self.duplicates);
            Value::Map(merged(open.entries))
        };
        self.done(tagged(Node { value, at: open.at }, open.tag), open.anchor, open.size + 1)
    }

    /// Puts a finished value where it belongs.
    fn done(&mut self, node: Node, anchor: usize, size: usize) -> Result<(), FlawKind> {
        self.left = self.left.checked_sub(1).ok_or(FlawKind::TooManyAliases)?;
        // The parser's numbers for anchors begin at one.
        if anchor != 0 {
            self.left = self.left.checked_sub(size).ok_or(FlawKind::TooManyAliases)?;
            self.anchors.push((anchor, node.clone(), size));
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        open.size += size;
        if open.is_list {
            open.items.push(node);
            return Ok(());
        }
        match open.key.take() {
            Some((key, at)) => open.entries.push(Entry { key, at, node }),
            None => {
                let key = node.scalar().map(str::to_owned);
                let key = key.or_else(|| matches!(node.value, Value::Null).then(String::new));
                open.key = Some((key.ok_or_else(|| FlawKind::Other("a key has to be a text".to_owned()))?, node.at));
            }
        }
        Ok(())
    }
}

/// The name of a tag of CloudFormation's: `Ref` of `!Ref`.
fn short_tag(tag: Option<&Tag>) -> Option<String> {
    let tag = tag.filter(|tag| !tag.is_yaml_core_schema() && !tag.suffix.is_empty())?;
    Some(tag.suffix.clone())
}

/// A value with a short tag in the long form, which JSON has.
fn tagged(mut node: Node, tag: Option<String>) -> Node {
    let Some(tag) = tag else { return node };
    let at = node.at;
    if tag == "GetAtt"
        && let Value::Text(text) = &node.value
    {
        let (resource, attribute) = text.split_once('.').unwrap_or((text, ""));
        node.value = Value::List(vec![Node::text(resource, at), Node::text(attribute, at)]);
    }
    let key = if matches!(tag.as_str(), "Ref" | "Condition") { tag } else { ["Fn::", &tag].concat() };
    Node { value: Value::Map(vec![Entry { key, at, node }]), at }
}

/// A map with what `<<` takes over into it.
fn merged(entries: Vec<Entry>) -> Vec<Entry> {
    if entries.iter().all(|entry| entry.key != "<<") {
        return entries;
    }
    let mut own: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut taken: Vec<Entry> = Vec::new();
    for entry in entries {
        if entry.key != "<<" {
            own.push(entry);
            continue;
        }
        match entry.node.value {
            Value::Map(entries) => taken.extend(entries),
            Value::List(items) => {
                taken.extend(items.into_iter().flat_map(|item| match item.value {
                    Value::Map(entries) => entries,
                    _ => Vec::new(),
                }));
            }
            _ => {}
        }
    }
    for entry in taken {
        if own.iter().all(|other| other.key != entry.key) {
            own.push(entry);
        }
    }
    own
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.into_owned());
    }
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => Value::Text(text.into_owned()),
    }
}

/// The text with the continuation lines of quoted scalars indented deeply, where there are any.
fn indented(text: &str) -> Cow<'_, str> {
    const DEEP: &str = "                                                                ";
    let mut mended: Option<String> = None;
    let mut quote: Option<char> = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_continuation = quote.is_some() && !line.trim().is_empty();
        if is_continuation && mended.is_none() {
            mended = Some(text.split_inclusive('\n').take(number).collect());
        }
        if let Some(mended) = &mut mended {
            if is_continuation {
                mended.push_str(DEEP);
            }
            mended.push_str(line);
        }
        quote = quote_after(line, quote);
    }
    mended.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The quote that is open at the end of a line.
fn quote_after(line: &str, mut quote: Option<char>) -> Option<char> {
    let mut before = ' ';
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match quote {
            Some('"') if character == '\\' => {
                characters.next();
            }
            Some(open) if character == open => quote = None,
            Some(_) => {}
            // Only at the beginning of a value is a quote one.
            None if character == '#' && before == ' ' => return None,
            None if (character == '"' || character == '\'') && matches!(before, ' ' | '[' | '{' | ',') => {
                quote = Some(character);
            }
            None => {}
        }
        before = if character.is_whitespace() { ' ' } else { character };
    }
    quote
}

#[cfg(test)]
mod tests {
    use super::{FlawKind, Value, parse};

    #[test]
    fn short_tags_become_long_forms_with_their_places() {
        let text =
            "a: !Ref Vpc\nb: !GetAtt Eip.AllocationId\nc: !Select [0, !GetAZs \"\"]\nd: !Sub\n  - ${x}\n  - { x: 1 }\n";
        let tree = parse(text).unwrap();
        assert_eq!(tree.root.at_path(&["a", "Ref"]).unwrap().scalar(), Some("Vpc"));
        let parts: Vec<_> =
            tree.root.at_path(&["b", "Fn::GetAtt"]).unwrap().items().iter().map(|n| n.scalar()).collect();
        assert_eq!(parts, [Some("Eip"), Some("AllocationId")]);
        let zones = &tree.root.at_path(&["c", "Fn::Select"]).unwrap().items()[1];
        assert!(zones.get("Fn::GetAZs").is_some());
        assert_eq!((zones.at.line, zones.at.column), (3, 16));
        assert_eq!(tree.root.at_path(&["d", "Fn::Sub"]).unwrap().items().len(), 2);
    }

    #[test]
    fn under_indented_lines_and_duplicate_keys_are_let_pass() {
        let text = "Resources:\n  A:\n    Description: \"one\n  two\n three\"\n    Type: X\n    Type: Y\n";
        let tree = parse(text).unwrap();
        let resource = tree.root.at_path(&["Resources", "A"]).unwrap();
        assert_eq!(resource.get("Description").unwrap().scalar(), Some("one two three"));
        assert_eq!(resource.get("Type").unwrap().scalar(), Some("Y"));
        assert_eq!((tree.duplicates.len(), tree.duplicates[0].1.line), (1, 7));
    }

    #[test]
    fn aliases_and_merge_keys_are_followed_and_bounded() {
        let tree = parse("base: &base { a: 1, b: 2 }\nmore:\n  <<: *base\n  b: 3\n").unwrap();
        assert_eq!(tree.root.at_path(&["more", "a"]).unwrap().scalar(), Some("1"));
        assert_eq!(tree.root.at_path(&["more", "b"]).unwrap().scalar(), Some("3"));
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..20 {
            let alias = format!("*a{},", level - 1).repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{alias}]\n"));
        }
        assert_eq!(parse(&bomb).unwrap_err().kind, FlawKind::TooManyAliases);
    }

    #[test]
    fn values_keep_what_a_person_wrote() {
        let tree = parse("version: 2010-09-09\nport: 0443\nyes: true\nnone:\n").unwrap();
        assert_eq!(tree.root.get("version").unwrap().scalar(), Some("2010-09-09"));
        assert_eq!(tree.root.get("port").unwrap().scalar(), Some("0443"));
        assert!(matches!(tree.root.get("yes").unwrap().value, Value::Bool(true)));
        assert!(matches!(tree.root.get("none").unwrap().value, Value::Null));
    }
}
