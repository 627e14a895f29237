//! The schema that is checked in, and what it says.

use serde_json::Value;

use super::*;

const CHECKED_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/public/vpcreach.schema.json");

/// `VPCREACH_BLESS=1 cargo test -p vpcreach --all-features schema` writes the file anew.
#[test]
fn the_schema_that_is_checked_in_is_current() {
    let generated = Document::json_schema();
    if std::env::var_os("VPCREACH_BLESS").is_some() {
        std::fs::write(CHECKED_IN, &generated).unwrap();
    }
    let checked_in = std::fs::read_to_string(CHECKED_IN).unwrap_or_default();
    assert!(
        checked_in == generated,
        "www/public/vpcreach.schema.json is not what the types say: run\n\
         VPCREACH_BLESS=1 cargo test -p vpcreach --all-features schema"
    );
}

fn schema() -> Value {
    serde_json::from_str(&Document::json_schema()).unwrap()
}

#[test]
fn every_table_entry_names_a_field() {
    let mut schema = schema();
    for (of, field) in
        TEXTS.iter().map(|(of, field, _)| (of, field)).chain(NUMBERS.iter().map(|(of, field, ..)| (of, field)))
    {
        assert!(property(&mut schema, of, field).is_some(), "{of} has no field {field}");
    }
    for (of, fields) in REQUIRED {
        for field in *fields {
            assert!(property(&mut schema, of, field).is_some(), "{of} has no field {field}");
        }
    }
}

#[test]
fn every_reference_stands_in_a_field_and_takes_names_of_sections_that_there_are() {
    let known = super::super::read::sections();
    let mut schema = schema();
    for reference in REFERENCES.iter().filter(|reference| reference.section != "unknownSections") {
        let (of, field) = holder(&mut schema, reference).unwrap_or_default();
        let property = property(&mut schema, &of, &field);
        assert!(property.is_some(), "{}/{} is no field", reference.section, reference.path);
        let sections = property.and_then(|property| property.get(REFERS_TO)).and_then(Value::as_array).cloned();
        for section in sections.unwrap_or_default() {
            assert!(known.iter().any(|one| section == one.as_str()), "{of}.{field} takes names of {section}");
        }
    }
}

#[test]
fn every_field_of_every_type_is_described() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().unwrap().iter().map(|(name, definition)| (name.as_str(), definition));
    for (name, definition) in definitions.chain([("Document", &schema)]) {
        for (field, property) in definition["properties"].as_object().into_iter().flatten() {
            assert!(field == "$schema" || property.get("description").is_some(), "{name}.{field}");
        }
    }
}

#[test]
fn fields_offer_their_words_and_patterns() {
    let schema = schema();
    let of = |name: &str, field: &str| schema["$defs"][name]["properties"][field].clone();
    assert_eq!(of("NatGateway", "connectivityType")["enum"], json!(["public", "private"]));
    assert_eq!(of("Vpc", "cidr")["anyOf"][1]["items"]["pattern"], format!("^{IPV4}/[0-9]{{1,2}}$"));
    assert_eq!(of("NatGateway", "elasticIps")["items"]["pattern"], format!("^({IPV4}|assigned)$"));
    assert_eq!(of("Function", "timeout")["maximum"], 900);
    assert_eq!(schema["$defs"]["Subnet"]["additionalProperties"], false);
}

#[test]
fn null_is_not_offered() {
    assert!(!Document::json_schema().contains("\"null\""));
}
