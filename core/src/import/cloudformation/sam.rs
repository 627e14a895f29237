//! The Serverless transform, as far as networks and permissions depend on it.
//! Source: the specification of AWS SAM, and what its translator writes for policies and connectors.

mod roles;

use crate::import::tree::{Entry, Node, Value};

/// A template with the section `Globals` written into its functions, and the roles that functions get.
pub(super) fn transformed(mut root: Node) -> Node {
    let globals = root.at_path(&["Globals", "Function"]).cloned();
    let Value::Map(sections) = &mut root.value else { return root };
    for section in sections.iter_mut().filter(|section| section.key == "Resources") {
        let Value::Map(resources) = &mut section.node.value else { continue };
        if let Some(globals) = &globals {
            resources.iter_mut().for_each(|resource| with_globals(resource, globals));
        }
        roles::add(resources);
    }
    root
}

fn with_globals(resource: &mut Entry, globals: &Node) {
    if type_of(resource) != "AWS::Serverless::Function" {
        return;
    }
    let at = resource.node.at;
    let Value::Map(fields) = &mut resource.node.value else { return };
    match fields.iter_mut().find(|field| field.key == "Properties") {
        Some(properties) => {
            let own = std::mem::take(&mut properties.node);
            properties.node = merged(globals, own);
        }
        None => fields.push(Entry { key: "Properties".to_owned(), at, node: globals.clone() }),
    }
}

fn type_of(resource: &Entry) -> &str {
    resource.node.get("Type").and_then(Node::scalar).unwrap_or_default()
}

/// Maps merge, lists are appended behind the global ones, anything else of the function's own replaces.
fn merged(global: &Node, own: Node) -> Node {
    let at = own.at;
    match (&global.value, own.value) {
        (Value::Map(globals), Value::Map(mut entries)) if !is_function(globals) && !is_function(&entries) => {
            for global in globals {
                match entries.iter_mut().find(|entry| entry.key == global.key) {
                    Some(entry) => {
                        let own = std::mem::take(&mut entry.node);
                        entry.node = merged(&global.node, own);
                    }
                    None => entries.push(global.clone()),
                }
            }
            Node { value: Value::Map(entries), at }
        }
        (Value::List(globals), Value::List(items)) => {
            Node { value: Value::List(globals.iter().cloned().chain(items).collect()), at }
        }
        (_, value) => Node { value, at },
    }
}

/// Whether a map is a call of a function, which is one value.
fn is_function(entries: &[Entry]) -> bool {
    matches!(entries, [entry] if entry.key.starts_with("Fn::") || entry.key == "Ref")
}
