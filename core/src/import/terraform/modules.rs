//! The part `configuration` of a plan: modules, calls, expressions.

use std::collections::BTreeMap;

use crate::import::tree::{Node, Value};

/// A module of the configuration, without instances.
#[derive(Default)]
pub(super) struct Module<'p> {
    /// Resources by address without index: `aws_subnet.private`, `data.aws_vpc.main`.
    pub(super) resources: BTreeMap<&'p str, &'p Node>,
    /// What the parent gives its variables.
    pub(super) variables: Option<&'p Node>,
    pub(super) outputs: Option<&'p Node>,
}

/// All modules by path: empty for the root, `module.net.module.inner` for others.
pub(super) fn modules(configuration: &Node) -> BTreeMap<String, Module<'_>> {
    let mut modules = BTreeMap::new();
    if let Some(root) = configuration.get("root_module") {
        collect(root, None, String::new(), 0, &mut modules);
    }
    modules
}

fn collect<'p>(
    node: &'p Node,
    variables: Option<&'p Node>,
    path: String,
    depth: usize,
    modules: &mut BTreeMap<String, Module<'p>>,
) {
    let mut module = Module { variables, outputs: node.get("outputs"), ..Module::default() };
    for resource in node.get("resources").map(Node::items).unwrap_or_default() {
        if let Some(address) = resource.get("address").and_then(Node::scalar) {
            module.resources.insert(address, resource);
        }
    }
    for call in node.get("module_calls").map(Node::entries).unwrap_or_default() {
        let Some(inner) = call.node.get("module").filter(|_| depth < 60) else { continue };
        let separator = if path.is_empty() { "" } else { "." };
        let inner_path = [path.as_str(), separator, "module.", &call.key].concat();
        collect(inner, call.node.get("expressions"), inner_path, depth + 1, modules);
    }
    modules.insert(path, module);
}

/// The references of an expression, the longest form of each first as Terraform writes them.
pub(super) fn references(expression: &Node) -> Vec<&str> {
    let mut found = Vec::new();
    gather(expression, 0, &mut found);
    found
}

fn gather<'p>(expression: &'p Node, depth: usize, found: &mut Vec<&'p str>) {
    match &expression.value {
        Value::Map(entries) if depth < 20 => {
            if let Some(list) = expression.get("references") {
                found.extend(list.items().iter().filter_map(Node::scalar));
            } else {
                entries.iter().for_each(|entry| gather(&entry.node, depth + 1, found));
            }
        }
        Value::List(items) if depth < 20 => items.iter().for_each(|item| gather(item, depth + 1, found)),
        _ => {}
    }
}

/// An address in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The module with its indices: `module.net["a"]`; empty for the root.
    pub(super) instance: String,
    /// The module without.
    pub(super) module: String,
    /// Type and name: `aws_subnet.private`, `data.aws_vpc.main`.
    pub(super) base: String,
    /// The index without brackets and quotes.
    pub(super) index: Option<String>,
}

/// Takes an address apart; points inside brackets belong to keys.
pub(super) fn address(text: &str) -> Address {
    let steps = steps(text);
    let mut instance = Vec::new();
    let mut module = Vec::new();
    let mut rest = steps.as_slice();
    while let [word, name, others @ ..] = rest {
        if *word != "module" {
            break;
        }
        instance.push(["module.", name].concat());
        module.push(["module.", without_index(name).0].concat());
        rest = others;
    }
    let (last, before) = rest.split_last().map_or(("", [].as_slice()), |(last, before)| (*last, before));
    let (name, index) = without_index(last);
    let base: Vec<&str> = before.iter().copied().chain(std::iter::once(name)).collect();
    Address {
        instance: instance.join("."),
        module: module.join("."),
        base: base.join("."),
        index: index.map(str::to_owned),
    }
}

/// A reference or address at its points, those in brackets aside.
pub(super) fn steps(text: &str) -> Vec<&str> {
    let mut steps = Vec::new();
    let (mut depth, mut is_quoted, mut start) = (0_u32, false, 0);
    for (position, letter) in text.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '[' if !is_quoted => depth += 1,
            ']' if !is_quoted => depth = depth.saturating_sub(1),
            '.' if !is_quoted && depth == 0 => {
                steps.extend(text.get(start..position));
                start = position + 1;
            }
            _ => {}
        }
    }
    steps.extend(text.get(start..));
    steps
}

/// A step with its index apart.
pub(super) fn without_index(step: &str) -> (&str, Option<&str>) {
    match step.split_once('[') {
        Some((name, index)) => (name, Some(index.trim_end_matches(']').trim_matches('"'))),
        None => (step, None),
    }
}

#[cfg(test)]
mod tests {
    use super::{address, steps};

    #[test]
    fn addresses_come_apart() {
        let found = address("module.net[\"eu.west\"].module.inner.aws_subnet.private[\"a.b\"]");
        assert_eq!(found.instance, "module.net[\"eu.west\"].module.inner");
        assert_eq!((found.module.as_str(), found.base.as_str()), ("module.net.module.inner", "aws_subnet.private"));
        assert_eq!(found.index.as_deref(), Some("a.b"));
        let root = address("data.aws_vpc.main");
        assert_eq!((root.instance.as_str(), root.base.as_str(), root.index), ("", "data.aws_vpc.main", None));
        assert_eq!(steps("aws_subnet.public[0].id"), ["aws_subnet", "public[0]", "id"]);
    }
}
