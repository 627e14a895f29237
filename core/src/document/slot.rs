//! The places that the values of a document are read into.
//!
//! Every type of the format is a [`Slot`]: a place that tells which of its parts a name or a list element belongs to.
//! One reader fills slots through dynamic dispatch. Derived deserialisers stop at the first mistake, and they cost
//! the browser 63 KB of compressed code where this costs a tenth.

#[cfg(feature = "whole")]
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};

use super::fill::{Mistakes, fill};
use crate::query::{Family, HostNames, Sdk};
use crate::verdict::{ReasonCode, Verdict};

/// What a value looks like in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A number with a fraction.
    Fraction,
    /// True or false.
    Boolean,
    /// A list.
    List,
    /// An object: names with values.
    Object,
}

/// A mistake in the text of a document.
#[cfg(feature = "whole")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mistake {
    /// Pointer to the value, `/subnets/a/cidr`; for an unknown field to where it stands.
    pub(crate) pointer: String,
    /// What is wrong there.
    pub(crate) kind: MistakeKind,
}

/// What is wrong with the text of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MistakeKind {
    /// A field that the type does not have, and those that it has.
    UnknownField { field: String, known: Vec<String> },
    /// A value of the wrong shape.
    WrongShape { found: Shape, expected: Shape },
    /// A number that does not fit, or a word that is not on the list.
    WrongValue { text: String, known: &'static [&'static str] },
    /// A name that stands twice; the first one counts.
    DuplicateKey { key: String },
}

/// A place that a value is read into. What a slot does not take stays as it was.
pub(crate) trait Slot {
    /// What stands here before anything is read.
    fn blank() -> Self
    where
        Self: Sized;

    /// What belongs here.
    fn shape(&self) -> Shape;

    /// The words that are valid here, where they are a closed list.
    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    /// Takes a text; false when it is not valid here.
    fn text(&mut self, _: &str) -> bool {
        false
    }

    /// Takes a whole number.
    fn number(&mut self, _: u64) -> bool {
        false
    }

    /// Takes any number as it is written.
    fn numeral(&mut self, _: &str) -> bool {
        false
    }

    /// Takes a truth value.
    fn boolean(&mut self, _: bool) -> bool {
        false
    }

    /// Prepares for the parts of a list or an object.
    fn open(&mut self, _: Shape) -> bool {
        false
    }

    /// The names of the fields in Rust; empty where any name goes, and in what is no object.
    fn fields(&self) -> &'static [&'static str] {
        &[]
    }

    /// The field at a position in [`Slot::fields`].
    fn field(&mut self, _: usize) -> Option<&mut dyn Slot> {
        None
    }

    /// The part with this name, where any name goes.
    fn part(&mut self, _: &str) -> Option<&mut dyn Slot> {
        None
    }

    /// A new last element of the list.
    fn element(&mut self) -> Option<&mut dyn Slot> {
        None
    }

    /// Forgets the part with this name, or the last element.
    fn forget(&mut self, _: Option<&str>) {}

    /// Whether a value stands here or none; then what is read is read into [`Slot::value`].
    fn is_optional(&self) -> bool {
        false
    }

    /// The value of an optional place, blank where there was none.
    fn value(&mut self) -> Option<&mut dyn Slot> {
        None
    }

    /// Makes an optional place empty.
    fn clear(&mut self) {}
}

/// The part of an object with the name as written in a document.
pub(crate) fn part_of<'a>(slot: &'a mut dyn Slot, name: &str) -> Option<&'a mut dyn Slot> {
    let fields = slot.fields();
    if fields.is_empty() {
        return slot.part(name);
    }
    let name = without_alias(name, fields);
    slot.field(fields.iter().position(|field| names_field(name, field))?)
}

/// The names of the fields as written in a document; empty where any name goes.
pub(crate) fn names_of(slot: &dyn Slot) -> Vec<String> {
    slot.fields().iter().map(|field| document_name(field)).collect()
}

/// Reads into `slot`, refusing the first mistake; this is what `Deserialize` of the format's types does.
pub(crate) fn fill_strictly<'de, D: Deserializer<'de>>(slot: &mut dyn Slot, decoder: D) -> Result<(), D::Error> {
    let text = serde_json::Value::deserialize(decoder)?.to_string();
    let mut mistakes = Mistakes::default();
    fill(slot, &text, &mut mistakes).map_err(|found| D::Error::custom(format!("{:?}", found.flaw)))?;
    #[cfg(feature = "whole")]
    return mistakes.list.first().map_or(Ok(()), |mistake| Err(D::Error::custom(mistake)));
    #[cfg(not(feature = "whole"))]
    return if mistakes.are_none() { Ok(()) } else { Err(D::Error::custom("it does not fit")) };
}

#[cfg(feature = "whole")]
impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.pointer.is_empty() { "/" } else { &self.pointer };
        match &self.kind {
            MistakeKind::UnknownField { field, known } => {
                write!(formatter, "{at}: unknown field `{field}`; there are {}", known.join(", "))
            }
            MistakeKind::WrongShape { found, expected } => {
                write!(formatter, "{at}: {} where {} belongs", found.english(), expected.english())
            }
            MistakeKind::WrongValue { text, known: [] } => write!(formatter, "{at}: `{text}` does not fit"),
            MistakeKind::WrongValue { text, known } => {
                write!(formatter, "{at}: `{text}` is not one of {}", known.join(", "))
            }
            MistakeKind::DuplicateKey { key } => write!(formatter, "{at}: `{key}` stands twice"),
        }
    }
}

#[cfg(feature = "whole")]
impl Shape {
    fn english(self) -> &'static str {
        match self {
            Shape::Text => "a text",
            Shape::Number => "a whole number",
            Shape::Fraction => "a number with a fraction",
            Shape::Boolean => "true or false",
            Shape::List => "a list",
            Shape::Object => "an object",
        }
    }
}

/// Whether `name` in a document means the field: `enableDnsSupport` means `enable_dns_support`.
pub(crate) fn names_field(name: &str, field: &str) -> bool {
    let mut written = name.bytes();
    let mut capital = false;
    for byte in field.strip_prefix("r#").unwrap_or(field).bytes() {
        if byte == b'_' {
            capital = true;
        } else {
            let expected = if capital { byte.to_ascii_uppercase() } else { byte };
            capital = false;
            if written.next() != Some(expected) {
                return false;
            }
        }
    }
    written.next().is_none()
}

/// The name in a document from the Rust name of a field.
pub(crate) fn document_name(field: &str) -> String {
    let mut name = String::new();
    let mut capital = false;
    for character in field.strip_prefix("r#").unwrap_or(field).chars() {
        if character == '_' {
            capital = true;
        } else if capital {
            name.push(character.to_ascii_uppercase());
            capital = false;
        } else {
            name.push(character);
        }
    }
    name
}

impl Slot for String {
    fn blank() -> Self {
        Self::default()
    }

    fn shape(&self) -> Shape {
        Shape::Text
    }

    fn text(&mut self, text: &str) -> bool {
        text.clone_into(self);
        true
    }
}

impl Slot for bool {
    fn blank() -> Self {
        Self::default()
    }

    fn shape(&self) -> Shape {
        Shape::Boolean
    }

    fn boolean(&mut self, value: bool) -> bool {
        *self = value;
        true
    }
}

impl Slot for u32 {
    fn blank() -> Self {
        Self::default()
    }

    fn shape(&self) -> Shape {
        Shape::Number
    }

    fn number(&mut self, value: u64) -> bool {
        u32::try_from(value).map(|value| *self = value).is_ok()
    }
}

impl Slot for u16 {
    fn blank() -> Self {
        Self::default()
    }

    fn shape(&self) -> Shape {
        Shape::Number
    }

    fn number(&mut self, value: u64) -> bool {
        u16::try_from(value).map(|value| *self = value).is_ok()
    }
}

/// An optional place is read into through its value, so that what slots do is not there once more for each optional type.
impl<T: Slot> Slot for Option<T> {
    fn blank() -> Self {
        None
    }

    /// Nobody asks: what belongs here is for the value to say.
    fn shape(&self) -> Shape {
        Shape::Object
    }

    fn is_optional(&self) -> bool {
        true
    }

    fn value(&mut self) -> Option<&mut dyn Slot> {
        Some(self.get_or_insert_with(T::blank))
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Slot> Slot for Vec<T> {
    fn blank() -> Self {
        Self::default()
    }

    fn shape(&self) -> Shape {
        Shape::List
    }

    fn open(&mut self, shape: Shape) -> bool {
        shape == Shape::List
    }

    fn element(&mut self) -> Option<&mut dyn Slot> {
        self.push(T::blank());
        self.last_mut().map(|element| element as &mut dyn Slot)
    }

    fn forget(&mut self, _: Option<&str>) {
        self.pop();
    }
}

/// Declares how a type of the format is read: its fields are its parts.
macro_rules! slots {
    ($name:ident { $($(#[cfg($condition:meta)])? $field:ident),* }) => {
        impl $crate::document::slot::Slot for $name {
            fn blank() -> Self {
                Self::default()
            }

            fn shape(&self) -> $crate::document::slot::Shape {
                $crate::document::slot::Shape::Object
            }

            fn open(&mut self, shape: $crate::document::slot::Shape) -> bool {
                shape == $crate::document::slot::Shape::Object
            }

            fn fields(&self) -> &'static [&'static str] {
                &[$($(#[cfg($condition)])? stringify!($field)),*]
            }

            fn field(&mut self, position: usize) -> Option<&mut dyn $crate::document::slot::Slot> {
                #[expect(non_camel_case_types, reason = "named like the fields, for their positions")]
                enum Position { $($(#[cfg($condition)])? $field),* }

                $(
                    $(#[cfg($condition)])?
                    if position == Position::$field as usize {
                        return Some(&mut self.$field);
                    }
                )*
                None
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(decoder: D) -> Result<Self, D::Error> {
                let mut value = Self::default();
                $crate::document::slot::fill_strictly(&mut value, decoder).map(|()| value)
            }
        }
    };
}

pub(crate) use slots;

/// Names that a field has beside its own: AWS calls the other side of a rule source or destination.
const ALIASES: [(&str, &str); 2] = [("source", "peer"), ("destination", "peer")];

/// The name itself where a field has it, else the name that it is an alias of.
pub(crate) fn without_alias<'a>(name: &'a str, fields: &[&str]) -> &'a str {
    if fields.contains(&name) {
        return name;
    }
    ALIASES.iter().find(|(alias, field)| *alias == name && fields.contains(field)).map_or(name, |(_, field)| field)
}

/// Closed lists of words, with what stands there before one is read.
macro_rules! word_slots {
    ($($name:ty: $blank:expr;)*) => {
        $(
            impl Slot for $name {
                fn blank() -> Self {
                    $blank
                }

                fn shape(&self) -> Shape {
                    Shape::Text
                }

                fn words(&self) -> &'static [&'static str] {
                    <$name>::WORDS
                }

                fn text(&mut self, text: &str) -> bool {
                    let position = <$name>::WORDS.iter().position(|word| *word == text);
                    position.and_then(|position| <$name>::ALL.get(position)).map(|word| *self = *word).is_some()
                }
            }
        )*
    };
}

word_slots! {
    Verdict: Verdict::Succeeds;
    ReasonCode: ReasonCode::BadState;
    Sdk: Sdk::Python;
    HostNames: HostNames::Regional;
    Family: Family::Ipv4;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::json::Json;

    fn read(text: &str) -> (Document, Vec<String>) {
        let mut document = Document::default();
        let mut mistakes = Mistakes::default();
        let outcome = fill(&mut document, text, &mut mistakes);
        let mut lines: Vec<String> = mistakes.list.iter().map(ToString::to_string).collect();
        lines.extend(outcome.err().map(|found| format!("{:?}", found.flaw)));
        (document, lines)
    }

    #[test]
    fn reads_every_shape() {
        let (document, mistakes) = read(
            r#"{ "version": 1, "vpcs": { "main": { "cidr": "10.0.0.0/16", "enableDnsSupport": false } },
                 "subnets": { "a": { "cidr": "10.0.0.0/24", "vpc": null, "enableDns64": true } },
                 "securityGroups": { "web": { "egress": [], "ingress": [{ "port": 443, "source": "10.0.0.0/8" }] } },
                 "vpcEndpoints": { "s3": { "type": "Gateway", "service": "s3", "policy": { "Statement": [1.5] } } },
                 "expect": [{ "from": "f", "to": "t", "verdict": "timesOut", "because": ["BAD_STATE_ROUTE"] }] }"#,
        );
        assert_eq!(mistakes, Vec::<String>::new());
        let vpc = &document.vpcs["main"];
        assert_eq!(
            (vpc.cidr.0.as_slice(), vpc.enable_dns_support),
            (["10.0.0.0/16".to_owned()].as_slice(), Some(false))
        );
        assert!(document.subnets["a"].enable_dns64 && document.subnets["a"].vpc.is_none());
        let group = &document.security_groups["web"];
        assert_eq!(group.egress, Some(Vec::new()), "an empty list is not the same as none");
        assert_eq!(
            (group.ingress[0].peer.as_str(), group.ingress[0].port.as_ref().unwrap().0.as_str()),
            ("10.0.0.0/8", "443")
        );
        let endpoint = &document.vpc_endpoints["s3"];
        assert_eq!(endpoint.r#type.as_deref(), Some("Gateway"));
        assert_eq!(endpoint.policy, Json::read(r#"{ "Statement": [1.5] }"#));
        assert_eq!(document.expect[0].verdict, Some(Verdict::TimesOut));
        assert_eq!(document.expect[0].because, [ReasonCode::BadStateRoute]);
    }

    #[test]
    fn what_it_reads_it_writes() {
        let text = r#"{"vpcs":{"main":{"cidr":["10.0.0.0/16","10.1.0.0/16"]}},"subnets":{"a":{"cidr":"10.0.0.0/24"}}}"#;
        assert_eq!(serde_json::to_string(&read(text).0).unwrap(), text);
    }

    #[test]
    fn goes_on_after_every_mistake() {
        let (document, mistakes) = read(
            r#"{ "regoin": "eu-west-1", "version": -1, "vpcs": [], "enable_dns": 1,
                 "subnets": { "a/b": { "cidr": true }, "c": 5, "d": { "cidr": "10.0.0.0/24", "cidr": "10.0.1.0/24" } },
                 "routeTables": { "r": { "main": "yes", "subnets": ["d", {}, "e"], "routes": [3, { "destination": "0.0.0.0/0" }] } },
                 "expect": [{ "verdict": "timesout", "port": 1.5, "because": ["NOPE"] }] }"#,
        );
        let starts: Vec<&str> = mistakes.iter().map(|line| line.split(" is not one of").next().unwrap()).collect();
        assert_eq!(starts[0].split(';').next().unwrap(), "/regoin: unknown field `regoin`");
        assert!(starts[3].starts_with("/enable_dns: unknown field"));
        assert_eq!(starts[1..3], ["/version: `-1` does not fit", "/vpcs: a list where an object belongs"]);
        assert_eq!(
            starts[4..],
            [
                "/subnets/a~1b/cidr: true or false where a text belongs",
                "/subnets/c: a whole number where an object belongs",
                "/subnets/d/cidr: `cidr` stands twice",
                "/routeTables/r/main: a text where true or false belongs",
                "/routeTables/r/subnets/1: an object where a text belongs",
                "/routeTables/r/routes/0: a whole number where an object belongs",
                "/expect/0/verdict: `timesout`",
                "/expect/0/port: a number with a fraction where a whole number belongs",
                "/expect/0/because/0: `NOPE`",
            ]
        );
        assert_eq!(document.subnets.keys().collect::<Vec<_>>(), ["a/b", "d"]);
        assert_eq!(document.subnets["d"].cidr.as_deref(), Some("10.0.0.0/24"), "the first one counts");
        assert_eq!(document.route_tables["r"].subnets, ["d", "e"]);
        assert_eq!(document.route_tables["r"].routes.len(), 1);
        assert!(document.expect[0].verdict.is_none() && document.expect[0].because.is_empty());
    }

    #[test]
    fn keeps_what_stands_before_broken_text() {
        let (document, mistakes) =
            read(r#"{ "region": "eu-west-1", "subnets": { "a": { "cidr": "10.0.0.0/24" }, "b": "#);
        assert_eq!(mistakes.len(), 1);
        assert_eq!(document.region.as_deref(), Some("eu-west-1"));
    }

    #[test]
    fn as_a_deserialiser_refuses_the_first_mistake() {
        let error = serde_json::from_str::<Document>(r#"{ "subnets": { "a": { "cdir": 1 } } }"#).unwrap_err();
        assert!(
            error.to_string().starts_with("/subnets/a/cdir: unknown field `cdir`; there are vpc, cidr, ipv6Cidr"),
            "{error}"
        );
    }

    #[test]
    fn names_in_a_document_are_camel_case() {
        for (name, field) in
            [("enableDns64", "enable_dns64"), ("ipv6Cidr", "ipv6_cidr"), ("type", "r#type"), ("from", "from")]
        {
            assert!(names_field(name, field));
            assert_eq!(document_name(field), name);
        }
        assert!(!names_field("ipv6_cidr", "ipv6_cidr") && !names_field("fro", "from") && !names_field("fromm", "from"));
    }
}
