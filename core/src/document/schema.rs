//! The JSON Schema of the document, with which editors complete and check it.
//!
//! The types give fields and descriptions. What they cannot tell, since the document holds raw texts, stands in the
//! tables here: words, patterns, and the fields without which a thing means nothing.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::references::{Form, REFERENCES, Reference, section_of};
use super::{Document, OneOrMany, PortText, words};
use crate::component::ComponentKind;
use crate::data;

const IPV4: &str = r"[0-9]{1,3}(\.[0-9]{1,3}){3}";
const IPV6: &str = r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

impl JsonSchema for OneOrMany {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

impl JsonSchema for PortText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "PortText".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "integer", "minimum": -1, "maximum": 65535 },
                { "type": "string", "pattern": "^(all|-1|[0-9]{1,5}(-[0-9]{1,5})?)$" },
            ]
        })
    }
}

impl Document {
    /// The JSON Schema (draft 2020-12) of documents, as text.
    pub fn json_schema() -> String {
        let generator = SchemaSettings::draft2020_12().into_generator();
        let mut schema = generator.into_root_schema_for::<Document>().to_value();
        without_null(&mut schema);
        refine(&mut schema);
        // Only keys that are no texts can fail, and there are none.
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// What a text looks like.
enum Text {
    /// One of these words.
    Words(&'static [&'static str]),
    /// An IPv4 CIDR block.
    BlockV4,
    /// An IPv6 CIDR block.
    BlockV6,
    /// A CIDR block of either family.
    Block,
    /// An IPv4 address.
    AddressV4,
    /// An IPv4 address, or the word for one that AWS assigns.
    PublicAddress,
    /// An IPv6 address.
    AddressV6,
    /// A word or number of a protocol.
    Protocol,
    /// A Region.
    Region,
    /// The twelve digits of an account.
    Account,
}

/// Texts by type and field; of a list or a map, its elements.
const TEXTS: &[(&str, &str, Text)] = &[
    ("Document", "region", Text::Region),
    ("Vpc", "cidr", Text::BlockV4),
    ("Vpc", "ipv6Cidr", Text::BlockV6),
    ("Subnet", "cidr", Text::BlockV4),
    ("Subnet", "ipv6Cidr", Text::BlockV6),
    ("Route", "state", Text::Words(words::ROUTE_STATES)),
    ("Route", "origin", Text::Words(words::ROUTE_ORIGINS)),
    ("ResolverRule", "type", Text::Words(words::RESOLVER_RULE_TYPES)),
    ("DnsFirewallRule", "action", Text::Words(words::DNS_FIREWALL_ACTIONS)),
    ("DnsFirewallRule", "blockResponse", Text::Words(words::BLOCK_RESPONSES)),
    ("DnsFirewallRule", "firewallDomainRedirectionAction", Text::Words(words::REDIRECTION_ACTIONS)),
    ("NatGateway", "connectivityType", Text::Words(words::CONNECTIVITY_TYPES)),
    ("NatGateway", "availabilityMode", Text::Words(words::AVAILABILITY_MODES)),
    ("NatGateway", "state", Text::Words(words::NAT_GATEWAY_STATES)),
    ("NatGateway", "elasticIps", Text::PublicAddress),
    ("NatGateway", "privateIp", Text::AddressV4),
    ("VpcEndpoint", "type", Text::Words(words::ENDPOINT_TYPES)),
    ("VpcEndpoint", "state", Text::Words(words::ENDPOINT_STATES)),
    ("VpcEndpoint", "ipAddressType", Text::Words(words::IP_ADDRESS_TYPES)),
    ("VpcEndpoint", "privateIps", Text::AddressV4),
    ("SecurityGroupRule", "protocol", Text::Protocol),
    ("NetworkAclRule", "protocol", Text::Protocol),
    ("NetworkAclRule", "action", Text::Words(words::RULE_ACTIONS)),
    ("NetworkAclRule", "cidr", Text::Block),
    ("PrefixList", "entries", Text::Block),
    ("VpcBlockPublicAccess", "internetGatewayBlockMode", Text::Words(words::BLOCK_MODES)),
    ("VpcBlockPublicAccessExclusion", "internetGatewayExclusionMode", Text::Words(words::EXCLUSION_MODES)),
    ("VpcBlockPublicAccessExclusion", "state", Text::Words(words::EXCLUSION_STATES)),
    ("Function", "state", Text::Words(words::FUNCTION_STATES)),
    ("Function", "lastUpdateStatus", Text::Words(words::UPDATE_STATUSES)),
    ("Function", "elasticIps", Text::PublicAddress),
    ("Instance", "privateIp", Text::AddressV4),
    ("Instance", "publicIp", Text::PublicAddress),
    ("Instance", "ipv6Addresses", Text::AddressV6),
    ("Instance", "state", Text::Words(words::INSTANCE_STATES)),
    ("Instance", "forwards", Text::Words(words::FORWARDS)),
    ("NetworkInterface", "privateIp", Text::AddressV4),
    ("NetworkInterface", "publicIp", Text::PublicAddress),
    ("NetworkInterface", "ipv6Addresses", Text::AddressV6),
    ("NetworkInterface", "status", Text::Words(words::INTERFACE_STATUSES)),
    ("NetworkInterface", "forwards", Text::Words(words::FORWARDS)),
    ("Bucket", "region", Text::Region),
    ("Bucket", "objectOwnership", Text::Words(words::OBJECT_OWNERSHIPS)),
    ("Document", "account", Text::Account),
    ("Bucket", "account", Text::Account),
    ("Role", "account", Text::Account),
    ("KmsKey", "account", Text::Account),
    ("AccessPoint", "account", Text::Account),
];

/// Whole numbers by type and field, with the smallest and the largest.
const NUMBERS: &[(&str, &str, u32, u32)] =
    &[("Document", "version", 1, 1), ("Function", "timeout", 1, 900), ("NetworkAclRule", "ruleNumber", 1, 32766)];

/// Fields without which a thing means nothing.
const REQUIRED: &[(&str, &[&str])] = &[
    ("Route", &["destination", "target"]),
    ("VpcEndpoint", &["service"]),
    ("SecurityGroupRule", &["peer"]),
    ("NetworkAclRule", &["ruleNumber", "action", "cidr"]),
    ("PrivateHostedZone", &["domain"]),
    ("VpcBlockPublicAccessExclusion", &["internetGatewayExclusionMode"]),
    ("AccessPoint", &["bucket"]),
    ("Expectation", &["from", "to"]),
];

/// The keyword with the sections that a field's names come from.
const REFERS_TO: &str = "x-refersTo";

/// The keyword that says that a field takes other texts besides names.
const OR_OTHER_TEXT: &str = "x-orText";

fn refine(schema: &mut Value) {
    // A question's ends may be written in more ways than by a name.
    for reference in REFERENCES.iter().filter(|reference| reference.section != "expect") {
        refer(schema, reference);
    }
    for (of, field, text) in TEXTS {
        if let Some(property) = property(schema, of, field) {
            constrain(property, text);
        }
    }
    for (of, field, smallest, largest) in NUMBERS {
        if let Some(Value::Object(property)) = property(schema, of, field) {
            property.insert("minimum".into(), (*smallest).into());
            property.insert("maximum".into(), (*largest).into());
        }
    }
    for (of, fields) in REQUIRED {
        if let Some(Value::Object(definition)) = definition(schema, of) {
            definition.insert("required".into(), json!(fields));
        }
    }
    // A rule's peer has AWS's own names for it as well.
    if let Some(Value::Object(definition)) = definition(schema, "SecurityGroupRule") {
        let any = ["peer", "source", "destination"].map(|name| json!({ "required": [name] }));
        definition.remove("required");
        definition.insert("anyOf".into(), json!(any));
        if let Some(Value::Object(properties)) = definition.get_mut("properties")
            && let Some(peer) = properties.get("peer").cloned()
        {
            properties.insert("source".into(), peer.clone());
            properties.insert("destination".into(), peer);
        }
    }
    if let Some(Value::Object(property)) = property(schema, "Document", "unknownSections") {
        property.insert("items".into(), json!({ "type": "string", "enum": super::read::sections() }));
    }
    // With this field, editors find the schema.
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert("$schema".into(), json!({ "type": "string" }));
    }
}

/// Says of a field which sections its names come from, so that editors offer what is there; of a map it is the keys.
fn refer(schema: &mut Value, reference: &Reference) {
    let (sections, or_text) = match reference.form {
        Form::Key(kinds) => {
            // Of these, an ARN does as well as a name.
            let takes_arns = [ComponentKind::Role, ComponentKind::ManagedPolicy, ComponentKind::KmsKey];
            // An access point can be bound to a VPC of another account.
            let or_id = reference.section == "accessPoints" && reference.path == "vpc";
            let or_text =
                or_id || reference.path.ends_with("target") || kinds.iter().any(|kind| takes_arns.contains(kind));
            (kinds.iter().filter_map(|kind| section_of(*kind)).collect(), or_text)
        }
        Form::SecurityGroup => (vec!["securityGroups"], false),
        Form::Peer => (vec!["securityGroups", "prefixLists"], true),
        Form::RouteDestination => (vec!["prefixLists"], true),
        Form::RouteTable => (vec!["routeTables"], false),
        // Here a name is a part of a text.
        Form::Destination | Form::Object | Form::UnknownSection => return,
    };
    let Some((of, field)) = holder(schema, reference) else { return };
    let Some(Value::Object(property)) = property(schema, &of, &field) else { return };
    property.insert(REFERS_TO.into(), json!(sections));
    if or_text {
        property.insert(OR_OTHER_TEXT.into(), true.into());
    }
}

/// The type and the field in which a reference stands.
fn holder(schema: &mut Value, reference: &Reference) -> Option<(String, String)> {
    let steps = [reference.section].into_iter().chain(reference.path.split('/'));
    let mut of = "Document".to_owned();
    let mut field = String::new();
    for step in steps.filter(|step| !matches!(*step, "*" | "@")) {
        if !field.is_empty() {
            of = type_of(property(schema, &of, &field)?)?;
        }
        field = step.to_owned();
    }
    Some((of, field))
}

/// The type that a property, its elements or its entries have.
fn type_of(property: &Value) -> Option<String> {
    let inner = ["items", "additionalProperties"].iter().find_map(|part| property.get(part)).unwrap_or(property);
    inner.get("$ref")?.as_str()?.rsplit('/').next().map(str::to_owned)
}

fn definition<'a>(schema: &'a mut Value, of: &str) -> Option<&'a mut Value> {
    if of == "Document" { Some(schema) } else { schema.get_mut("$defs")?.get_mut(of) }
}

fn property<'a>(schema: &'a mut Value, of: &str, field: &str) -> Option<&'a mut Value> {
    definition(schema, of)?.get_mut("properties")?.get_mut(field)
}

fn constrain(property: &mut Value, text: &Text) {
    let Value::Object(property) = property else { return };
    // The text itself, or the elements of a list or a map of texts, or both spellings of "one or many".
    if let Some(Value::Array(spellings)) = property.get_mut("anyOf") {
        spellings.iter_mut().for_each(|spelling| constrain(spelling, text));
    } else if let Some(items) = property.get_mut("items") {
        constrain(items, text);
    } else if let Some(items) = property.get_mut("additionalProperties") {
        constrain(items, text);
    } else {
        constrain_text(property, text);
    }
}

fn constrain_text(property: &mut Map<String, Value>, text: &Text) {
    let mut pattern = |pattern: String| property.insert("pattern".into(), pattern.into());
    match text {
        Text::Words(words) => property.insert("enum".into(), json!(words)),
        Text::BlockV4 => pattern(format!("^{IPV4}/[0-9]{{1,2}}$")),
        Text::BlockV6 => pattern(format!("^{IPV6}/[0-9]{{1,3}}$")),
        Text::Block => pattern(format!("^({IPV4}/[0-9]{{1,2}}|{IPV6}/[0-9]{{1,3}})$")),
        Text::AddressV4 => pattern(format!("^{IPV4}$")),
        Text::PublicAddress => pattern(format!("^({IPV4}|{})$", words::ASSIGNED)),
        Text::AddressV6 => pattern(format!("^{IPV6}$")),
        Text::Account => pattern("^[0-9]{12}$".to_owned()),
        Text::Region => property.insert("examples".into(), json!(data::regions())),
        Text::Protocol => {
            property.remove("type");
            let spellings = json!([
                { "type": "string", "enum": words::PROTOCOLS },
                { "type": "string", "pattern": "^(-1|[0-9]{1,3})$" },
                { "type": "integer", "minimum": -1, "maximum": 255 },
            ]);
            property.insert("anyOf".into(), spellings)
        }
    };
}

/// A field that says nothing is left out, not null, so null is not offered.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::Array(types)) = fields.get_mut("type") {
                types.retain(|one| one != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    fields.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(spellings)) = fields.get_mut("anyOf") {
                spellings.retain(|one| one.get("type").is_none_or(|of| of != "null"));
                if let [Value::Object(only)] = spellings.as_slice() {
                    let only = only.clone();
                    fields.remove("anyOf");
                    fields.extend(only);
                }
            }
            // Every field may be left out, and what that means stands in its description.
            fields.remove("default");
            fields.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
