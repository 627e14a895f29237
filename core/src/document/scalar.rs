//! Scalars that people write in more than one way.

use std::fmt;

use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::ser::{SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};

/// One text or a list of texts: `10.0.0.0/16` or `[10.0.0.0/16, 100.64.0.0/16]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub struct OneOrMany(pub Vec<String>);

impl Serialize for OneOrMany {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => serializer.serialize_str(one),
            many => {
                let mut sequence = serializer.serialize_seq(Some(many.len()))?;
                for text in many {
                    sequence.serialize_element(text)?;
                }
                sequence.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrManyVisitor;
        impl<'de> Visitor<'de> for OneOrManyVisitor {
            type Value = OneOrMany;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text or a list of texts")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<OneOrMany, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = sequence.next_element()? {
                    texts.push(text);
                }
                Ok(OneOrMany(texts))
            }
        }
        deserializer.deserialize_any(OneOrManyVisitor)
    }
}

/// A port or a range of ports as written: `443`, `"443"`, `"1024-65535"`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PortText(pub String);

impl Serialize for PortText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<u16>() {
            Ok(port) => serializer.serialize_u16(port),
            Err(_) => serializer.serialize_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for PortText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PortVisitor;
        impl Visitor<'_> for PortVisitor {
            type Value = PortText;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a port such as 443 or a range such as \"1024-65535\"")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<PortText, E> {
                Ok(PortText(text.to_owned()))
            }

            fn visit_u64<E: de::Error>(self, port: u64) -> Result<PortText, E> {
                Ok(PortText(port.to_string()))
            }

            fn visit_i64<E: de::Error>(self, port: i64) -> Result<PortText, E> {
                Ok(PortText(port.to_string()))
            }
        }
        deserializer.deserialize_any(PortVisitor)
    }
}
