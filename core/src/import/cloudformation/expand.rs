//! `Fn::ForEach`: entries that the language extensions write several times.

use std::rc::Rc;

use super::functions::items_of;
use super::world::{Scope, World};
use crate::import::inventory::UnknownKind;
use crate::import::problem::ImportProblemKind;
use crate::import::tree::{Entry, Node, Value};

/// How many entries loops may make in one template.
const MOST_COPIES: usize = 20_000;
const FOR_EACH: &str = "Fn::ForEach::";

/// The entries with their loops written out. A loop that is not written out whole is told.
pub(super) fn expanded(world: &World<'_>, scope: &Rc<Scope>, entries: &[Entry]) -> Vec<Entry> {
    let mut out = Vec::with_capacity(entries.len());
    let mut left = MOST_COPIES;
    for entry in entries {
        if !add(world, scope, entry, &mut out, &mut left, 0) {
            world.unknown(scope, entry.at, UnknownKind::NotEvaluated(entry.key.clone()));
            world.report(scope, entry.at, ImportProblemKind::LoopNotEvaluated { name: entry.key.clone() });
        }
    }
    out
}

/// Adds an entry, or everything that it writes as a loop; whether that is all of it.
fn add(
    world: &World<'_>,
    scope: &Rc<Scope>,
    entry: &Entry,
    out: &mut Vec<Entry>,
    left: &mut usize,
    depth: usize,
) -> bool {
    if !entry.key.starts_with(FOR_EACH) {
        out.push(entry.clone());
        return true;
    }
    let [identifier, collection, body] = entry.node.items() else { return false };
    let Some(identifier) = identifier.scalar() else { return false };
    let collection = world.evaluate(scope, collection).unwrap_or_default();
    let Some(values) = items_of(&collection).filter(|_| depth < 5) else { return false };
    let mut is_whole = true;
    for value in values {
        let Some(text) = value.scalar() else {
            is_whole = false;
            continue;
        };
        for inner in body.entries() {
            let Some(rest) = left.checked_sub(1) else { return false };
            *left = rest;
            let inner = Entry {
                key: substituted(&inner.key, identifier, text),
                at: inner.at,
                node: with_value(&inner.node, identifier, text),
            };
            is_whole &= add(world, scope, &inner, out, left, depth + 1);
        }
    }
    is_whole
}

/// A text in which the loop's value stands for its name; `&{…}` keeps only letters and digits.
fn substituted(text: &str, identifier: &str, value: &str) -> String {
    let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    text.replace(&["${", identifier, "}"].concat(), value).replace(&["&{", identifier, "}"].concat(), &plain)
}

fn with_value(node: &Node, identifier: &str, value: &str) -> Node {
    let at = node.at;
    let copied = match &node.value {
        Value::Text(text) => Value::Text(substituted(text, identifier, value)),
        Value::List(items) => Value::List(items.iter().map(|item| with_value(item, identifier, value)).collect()),
        Value::Map(entries) => {
            if let [only] = entries.as_slice()
                && only.key == "Ref"
                && only.node.scalar() == Some(identifier)
            {
                return Node::text(value, at);
            }
            Value::Map(
                entries
                    .iter()
                    .map(|entry| Entry {
                        key: substituted(&entry.key, identifier, value),
                        at: entry.at,
                        node: with_value(&entry.node, identifier, value),
                    })
                    .collect(),
            )
        }
        other => other.clone(),
    };
    Node { value: copied, at }
}
