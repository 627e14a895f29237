//! Terraform's `aws_iam_policy_document`, a policy written as blocks, in the shape of IAM's JSON.

use crate::import::inventory::field;
use crate::import::tree::{Entry, Node, Value};

/// Policies that a document is made of besides its own statements.
const OTHERS: [&str; 4] = ["source_policy_documents", "override_policy_documents", "source_json", "override_json"];

/// Lists of texts: as Terraform calls them, and as IAM does.
const LISTS: [(&str, &str); 4] =
    [("actions", "Action"), ("not_actions", "NotAction"), ("resources", "Resource"), ("not_resources", "NotResource")];

/// The policy of a document's fields. None where more of it is open than single values.
pub(super) fn policy_of_document(fields: &Node) -> Option<Node> {
    if OTHERS.iter().any(|other| field(fields, other).is_some_and(|node| !is_empty(node))) {
        return None;
    }
    let statements = field(fields, "statement")?;
    let Value::List(blocks) = &statements.value else { return None };
    let made: Option<Vec<Node>> = blocks.iter().map(statement).collect();
    let version = field(fields, "version").filter(|version| !is_empty(version));
    let version = version.map_or(Some("2012-10-17"), Node::scalar)?;
    let entries = vec![
        entry("Version", text(version, fields)),
        entry("Statement", Node { value: Value::List(made?), at: statements.at }),
    ];
    Some(Node { value: Value::Map(entries), at: fields.at })
}

fn statement(block: &Node) -> Option<Node> {
    if !matches!(block.value, Value::Map(_)) {
        return None;
    }
    let effect = field(block, "effect").filter(|effect| !is_empty(effect));
    let mut entries = vec![entry("Effect", text(effect.map_or(Some("Allow"), Node::scalar)?, block))];
    if let Some(sid) = field(block, "sid").and_then(Node::scalar).filter(|sid| !sid.is_empty()) {
        entries.push(entry("Sid", text(sid, block)));
    }
    for (property, name) in LISTS {
        let Some(list) = field(block, property).filter(|list| !is_empty(list)) else { continue };
        entries.push(entry(name, texts(list)?));
    }
    for (property, name) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        if let Some(principals) = principals(field(block, property))? {
            entries.push(entry(name, principals));
        }
    }
    if let Some(conditions) = conditions(field(block, "condition"))? {
        entries.push(entry("Condition", conditions));
    }
    Some(Node { value: Value::Map(entries), at: block.at })
}

fn principals(blocks: Option<&Node>) -> Option<Option<Node>> {
    let Some(blocks) = blocks.filter(|blocks| !is_empty(blocks)) else { return Some(None) };
    let Value::List(items) = &blocks.value else { return None };
    let mut of_types: Vec<Entry> = Vec::new();
    for item in items {
        let of_type = field(item, "type")?.scalar()?;
        let identifiers = texts(field(item, "identifiers")?)?;
        if of_type == "*" {
            // Terraform writes everyone as a text, and beside others as an account.
            let everyone = identifiers.items().iter().all(|identifier| identifier.scalar() == Some("*"));
            return (everyone && items.len() == 1).then(|| Some(text("*", item)));
        }
        merge(&mut of_types, of_type, identifiers);
    }
    Some(Some(Node { value: Value::Map(of_types), at: blocks.at }))
}

fn conditions(blocks: Option<&Node>) -> Option<Option<Node>> {
    let Some(blocks) = blocks.filter(|blocks| !is_empty(blocks)) else { return Some(None) };
    let Value::List(items) = &blocks.value else { return None };
    let mut tests: Vec<Entry> = Vec::new();
    for item in items {
        let test = field(item, "test")?.scalar()?;
        let variable = field(item, "variable")?.scalar()?;
        let values = texts(field(item, "values")?)?;
        let place = tests.iter().position(|entry| entry.key == test).unwrap_or(tests.len());
        if place == tests.len() {
            tests.push(entry(test, Node { value: Value::Map(Vec::new()), at: item.at }));
        }
        if let Some(Value::Map(variables)) = tests.get_mut(place).map(|entry| &mut entry.node.value) {
            merge(variables, variable, values);
        }
    }
    Some(Some(Node { value: Value::Map(tests), at: blocks.at }))
}

/// Adds values under a key, to those that are there.
fn merge(entries: &mut Vec<Entry>, key: &str, values: Node) {
    match entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.node.value) {
        Some(Value::List(items)) => items.extend(values.items().iter().cloned()),
        _ => entries.push(entry(key, values)),
    }
}

/// A list of texts, of which some may be unknown. `&{…}` is Terraform's way to write a policy variable.
fn texts(list: &Node) -> Option<Node> {
    let one = std::slice::from_ref(list);
    let items = match &list.value {
        Value::List(items) => items.as_slice(),
        Value::Unknown(_) => one,
        _ => return None,
    };
    let items: Option<Vec<Node>> = items
        .iter()
        .map(|item| match &item.value {
            Value::Unknown(_) | Value::Reference { .. } => Some(item.clone()),
            _ => item.scalar().map(|words| text(&words.replace("&{", "${"), item)),
        })
        .collect();
    Some(Node { value: Value::List(items?), at: list.at })
}

/// Whether a field is unset.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}

fn entry(key: &str, node: Node) -> Entry {
    Entry { key: key.to_owned(), at: node.at, node }
}

fn text(words: &str, like: &Node) -> Node {
    Node { value: Value::Text(words.to_owned()), at: like.at }
}
