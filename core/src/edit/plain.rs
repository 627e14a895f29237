//! Two documents made ready for a look at what differs between them.

use std::collections::{BTreeMap, BTreeSet};

use super::components::name_the_only_vpc;
use super::names::{Names, remove_field, spell_out};
use super::value::Value;
use crate::document::references::SECTIONS;

/// What has to be compared of two documents: everything said that may be left out, and nothing said that is so anyway,
/// so that what differs is different in AWS. Most of what is alike is left out.
pub(super) fn compared(before: &Value, after: &Value) -> (Value, Value) {
    let (names_before, names_after) = (Names::of(before), Names::of(after));
    let other_names = names_before.only_in_one(&names_after);
    let (before, after) = without_alike(before, after, &other_names);
    (plain(before, &names_before), plain(after, &names_after))
}

/// Both documents without the components that are alike in them and mention nothing that has a name in one of them
/// only, so that they mean the same as well.
fn without_alike(before: &Value, after: &Value, other_names: &BTreeSet<String>) -> (Value, Value) {
    let (mut left, mut right) = (before.clone(), after.clone());
    let is_vpc = |name: &String| [before, after].iter().any(|document| has_vpc(document, name));
    if other_names.iter().any(is_vpc) {
        return (left, right);
    }
    for (section, _) in SECTIONS {
        let (Some(old), Some(new)) = (before.get(section), after.get(section)) else { continue };
        let (Some(was), Some(is)) = (entries(old), entries(new)) else { continue };
        let mut alike: BTreeSet<&str> = BTreeSet::new();
        alike.extend(was.iter().filter(|(name, value)| is.get(*name) == Some(*value)).map(|(name, _)| *name));
        alike.retain(|name| was.get(name).is_some_and(|value| !mentions(value, other_names)));
        for document in [&mut left, &mut right] {
            if let Some(Value::Object(entries)) = document.get_mut(section) {
                entries.retain(|(name, _)| !alike.contains(name.as_str()));
            }
        }
    }
    (left, right)
}

fn has_vpc(document: &Value, name: &str) -> bool {
    document.get("vpcs").is_some_and(|vpcs| vpcs.get(name).is_some())
}

/// Whether one of the names stands in a text or a key.
fn mentions(value: &Value, names: &BTreeSet<String>) -> bool {
    let is_in = |text: &str| names.iter().any(|name| text.len() >= name.len() && text.contains(name.as_str()));
    match value {
        Value::Text(text) => is_in(text),
        Value::List(elements) => elements.iter().any(|element| mentions(element, names)),
        Value::Object(fields) => fields.iter().any(|(key, value)| is_in(key) || mentions(value, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn plain(mut document: Value, names: &Names) -> Value {
    name_the_only_vpc(&mut document, names);
    spell_out(&mut document, names);
    for (sections, field, default) in DEFAULTS {
        for section in *sections {
            let Some(Value::Object(entries)) = document.get_mut(section) else { continue };
            for (_, entry) in entries {
                if entry.get(field).is_some_and(|value| is_default(value, default)) {
                    remove_field(entry, field);
                }
            }
        }
    }
    document
}

fn is_default(value: &Value, default: &str) -> bool {
    match value {
        Value::Bool(value) => default == if *value { "true" } else { "false" },
        Value::Text(text) => text.eq_ignore_ascii_case(default),
        Value::Number(number) => number.to_string() == default,
        Value::List(elements) => elements.is_empty() && default == "[]",
        _ => false,
    }
}

/// Settings that mean nothing beyond AWS's default, which the document's types describe.
const DEFAULTS: &[(&[&str], &str, &str)] = &[
    (&["vpcs"], "enableDnsSupport", "true"),
    (&["vpcs"], "isDefault", "false"),
    (&["vpcs"], "dhcpOptions", "default"),
    (&["subnets"], "mapPublicIpOnLaunch", "false"),
    (&["subnets"], "enableDns64", "false"),
    (&["routeTables"], "main", "false"),
    (&["internetGateways", "egressOnlyInternetGateways"], "attached", "true"),
    (&["natGateways"], "connectivityType", "public"),
    (&["natGateways"], "availabilityMode", "zonal"),
    (&["natGateways", "vpcEndpoints"], "state", "available"),
    (&["vpcEndpoints"], "type", "Gateway"),
    (&["vpcEndpoints"], "privateDnsEnabled", "true"),
    (&["vpcEndpoints"], "privateDnsOnlyForInboundResolverEndpoint", "true"),
    (&["vpcEndpoints"], "ipAddressType", "ipv4"),
    (&["securityGroups", "networkAcls"], "isDefault", "false"),
    (&["securityGroups", "networkAcls"], "ingress", "[]"),
    (&["networkAcls"], "egress", "[]"),
    (&["functions"], "ipv6AllowedForDualStack", "false"),
    (&["functions"], "timeout", "3"),
    (&["functions"], "state", "Active"),
    (&["functions"], "lastUpdateStatus", "Successful"),
    (&["instances", "networkInterfaces"], "sourceDestCheck", "true"),
    (&["instances"], "state", "running"),
    (&["tasks"], "assignPublicIp", "false"),
    (&["networkInterfaces"], "status", "in-use"),
    (&["networkInterfaces"], "interfaceType", "interface"),
];

/// The fields of an object by name; of two alike, the first one.
pub(super) fn by_name(object: &Value) -> BTreeMap<&str, &Value> {
    let mut fields = BTreeMap::new();
    fields.extend(object.fields().iter().rev().map(|(name, value)| (name.as_str(), value)));
    fields
}

/// The same of a section; none where it is no object, or where a name stands twice and cannot be told by it.
pub(crate) fn entries(section: &Value) -> Option<BTreeMap<&str, &Value>> {
    let Value::Object(fields) = section else { return None };
    Some(by_name(section)).filter(|entries| entries.len() == fields.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two names for what is there already: a text that named nothing names something afterwards.
    const BEFORE: &str = r#"{
      "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
      "subnets": { "a": { "cidr": "10.0.0.0/24" }, "b": { "cidr": "10.0.1.0/24" } },
      "routeTables": {
        "one": { "subnets": ["a"], "routes": [{ "destination": "0.0.0.0/0", "target": "gate" }] },
        "two": { "subnets": ["b"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] }
      },
      "internetGateways": { "igw": {} }
    }"#;

    #[test]
    fn what_is_alike_is_left_out_unless_it_means_something_else() {
        let left = |after: &str| {
            let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
            let (before, after) = compared(&value(BEFORE), &value(after));
            let names = |document: &Value| {
                let sections = document.fields().iter().flat_map(|(_, entries)| entries.fields());
                sections.map(|(name, _)| name.clone()).collect::<Vec<_>>().join(" ")
            };
            [names(&before), names(&after)]
        };
        let setting = BEFORE.replace(r#""b": { "#, r#""b": { "enableDns64": true, "#);
        assert_eq!(left(&setting), ["b", "b"]);
        // What has a new name is no longer nothing.
        let instance = BEFORE.replace(r#""igw": {}"#, r#""igw": {}, "gate": {}"#);
        assert_eq!(left(&instance), ["one", "one gate"]);
        // With a second VPC, everything has to say which one it is in.
        let vpc = BEFORE.replace(r#""main": {"#, r#""other": { "cidr": "10.1.0.0/16" }, "main": {"#);
        assert_eq!(left(&vpc)[0], "main a b one two igw");
    }
}
