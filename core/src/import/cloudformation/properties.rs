//! Which properties a type of resource has: CloudFormation refuses a template with others.

use std::collections::BTreeMap;

use crate::import::tree::{Entry, Node, Value};
use crate::nearest::nearest;

/// The properties of the types that are read, as `scripts/template-properties.py` writes them.
const TABLE: &str = include_str!("properties.txt");

/// Names of properties, by type, or by type and the property that they are in.
pub(super) struct Properties {
    of_types: BTreeMap<&'static str, Vec<&'static str>>,
}

/// A property that its type does not have.
pub(super) struct Foreign<'a> {
    /// The type, or the type with the property that the object is in.
    pub(super) of_type: &'static str,
    /// Where it stands.
    pub(super) entry: &'a Entry,
    /// What was probably meant.
    pub(super) nearest: Option<&'static str>,
}

impl Properties {
    /// Reads the table.
    pub(super) fn new() -> Properties {
        let lines = TABLE.lines().filter_map(|line| line.split_once(' '));
        Properties { of_types: lines.map(|(name, properties)| (name, properties.split(' ').collect())).collect() }
    }

    /// What stands among the properties of a resource, or in the objects in them, and does not belong there.
    pub(super) fn foreign<'a>(&self, type_name: &str, fields: &'a Node) -> Vec<Foreign<'a>> {
        let mut found = Vec::new();
        self.look(type_name, fields, &mut found);
        for entry in fields.entries() {
            let inside = [type_name, ".", &entry.key].concat();
            let items = match &entry.node.value {
                Value::List(items) => items.as_slice(),
                _ => std::slice::from_ref(&entry.node),
            };
            items.iter().for_each(|item| self.look(&inside, item, &mut found));
        }
        found
    }

    fn look<'a>(&self, name: &str, object: &'a Node, found: &mut Vec<Foreign<'a>>) {
        let Some((&of_type, known)) = self.of_types.get_key_value(name) else { return };
        // A function that is not carried out stands for properties that are not known.
        let is_foreign = |entry: &&Entry| !known.contains(&entry.key.as_str()) && !entry.key.starts_with("Fn::");
        found.extend(object.entries().iter().filter(is_foreign).map(|entry| {
            let given = object.entries();
            // What stands there already was not meant.
            let missing = known.iter().copied().filter(|name| given.iter().all(|other| other.key != *name));
            Foreign { of_type, entry, nearest: nearest(&entry.key, missing) }
        }));
    }
}
