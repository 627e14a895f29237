//! Values that functions make of values.

use ipnet::IpNet;

use crate::import::tree::{At, Node, Value};

/// A reference inside a text stands between these, so that what is joined can be split again.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';
/// How long a text may become.
const LONGEST_TEXT: usize = 1 << 18;

/// A value inside a text; none for lists and maps, the unknown value for what is not known.
pub(super) fn as_text(node: &Node) -> Result<String, Option<usize>> {
    match &node.value {
        Value::Reference { resource, attribute } => {
            Ok([&OPEN.to_string(), resource.to_string().as_str(), ":", attribute, &CLOSE.to_string()].concat())
        }
        Value::Unknown(unknown) => Err(Some(*unknown)),
        Value::Null => Ok(String::new()),
        _ => node.scalar().map(str::to_owned).ok_or(None),
    }
}

/// A text as a value: a reference where it is nothing else.
pub(super) fn of_text(text: String, at: At) -> Node {
    let reference = || {
        let inner = text.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
        let (resource, attribute) = inner.split_once(':')?;
        if attribute.contains([OPEN, CLOSE]) {
            return None;
        }
        Some(Value::Reference { resource: resource.parse().ok()?, attribute: attribute.to_owned() })
    };
    let value = reference();
    Node { value: value.unwrap_or(Value::Text(text)), at }
}

/// Each reference in a text, and the text between them, in order.
pub(in crate::import) fn pieces(text: &str) -> Vec<Node> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((inner, behind)) = after.split_once(CLOSE) else { break };
        pieces.push(Node::text(before, At::default()));
        pieces.push(of_text([&OPEN.to_string(), inner, &CLOSE.to_string()].concat(), At::default()));
        rest = behind;
    }
    pieces.push(Node::text(rest, At::default()));
    pieces
}

/// The elements of a list; none where they are not known.
pub(super) fn items_of(node: &Node) -> Option<Vec<Node>> {
    match &node.value {
        Value::List(items) => Some(items.clone()),
        _ => None,
    }
}

/// The texts joined; the unknown value where one is not known.
pub(super) fn join(items: &[Node], delimiter: &str, at: At) -> Result<Node, Option<usize>> {
    let mut text = String::new();
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            text.push_str(delimiter);
        }
        match &item.value {
            // A list inside a list is what a parameter of type list gives.
            Value::List(inner) => text.push_str(&as_text(&join(inner, delimiter, at)?)?),
            _ => text.push_str(&as_text(item)?),
        }
        if text.len() > LONGEST_TEXT {
            return Err(None);
        }
    }
    Ok(of_text(text, at))
}

/// A text in parts; what is not a text is left as it is.
pub(super) fn split(node: &Node, delimiter: &str) -> Node {
    if let Value::List(items) = &node.value {
        // A list whose elements are texts with delimiters: what nested stacks are given.
        let parts = items.iter().flat_map(|item| match split(item, delimiter).value {
            Value::List(parts) => parts,
            value => vec![Node { value, at: item.at }],
        });
        return Node { value: Value::List(parts.collect()), at: node.at };
    }
    let Ok(text) = as_text(node) else { return node.clone() };
    if text.is_empty() {
        return Node { value: Value::List(Vec::new()), at: node.at };
    }
    let parts = text.split(delimiter).map(|part| of_text(part.trim().to_owned(), node.at)).collect();
    Node { value: Value::List(parts), at: node.at }
}

/// `Fn::Cidr`: blocks of one size, one behind the other. `bits` counts those of the hosts.
pub(super) fn cidr(block: &str, count: usize, bits: u8) -> Option<Vec<String>> {
    let block: IpNet = block.trim().parse().ok()?;
    if !(1..=256).contains(&count) {
        return None;
    }
    let blocks: Vec<String> = match block {
        IpNet::V4(block) => {
            let subnets = block.subnets(32_u8.checked_sub(bits)?).ok()?;
            subnets.take(count).map(|block| block.to_string()).collect()
        }
        IpNet::V6(block) => {
            let subnets = block.subnets(128_u8.checked_sub(bits)?).ok()?;
            subnets.take(count).map(|block| block.to_string()).collect()
        }
    };
    (blocks.len() == count).then_some(blocks)
}

#[cfg(test)]
mod tests {
    use super::{cidr, join, of_text, pieces, split};
    use crate::import::tree::{At, Node, Value};

    #[test]
    fn cidr_counts_host_bits() {
        assert_eq!(cidr("10.0.0.0/16", 2, 8).unwrap(), ["10.0.0.0/24", "10.0.1.0/24"]);
        assert_eq!(cidr("2001:db8::/56", 2, 64).unwrap(), ["2001:db8::/64", "2001:db8:0:1::/64"]);
        assert_eq!(cidr("10.0.0.0/24", 3, 7), None, "there are only two");
        assert_eq!(cidr("10.0.0.0/16", 1, 40), None);
        assert_eq!(cidr("nonsense", 1, 8), None);
    }

    #[test]
    fn references_survive_being_joined_and_split() {
        let at = At::default();
        let reference = |resource| Node { value: Value::Reference { resource, attribute: String::new() }, at };
        let joined = join(&[reference(3), Node::text("subnet-1", at), reference(12)], ",", at).unwrap();
        let Value::List(parts) = split(&joined, ",").value else { panic!("no list") };
        assert!(matches!(parts[0].value, Value::Reference { resource: 3, .. }));
        assert_eq!(parts[1].scalar(), Some("subnet-1"));
        assert!(matches!(parts[2].value, Value::Reference { resource: 12, .. }));
        let alone = join(&[reference(3)], "", at).unwrap();
        assert!(matches!(alone.value, Value::Reference { resource: 3, .. }));
        assert_eq!(pieces(joined.scalar().unwrap()).len(), 5);
        assert!(matches!(of_text("plain".into(), at).value, Value::Text(_)));
    }
}
