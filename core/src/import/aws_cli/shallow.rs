//! Reads one level of JSON and leaves what is inside unread.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::scalar::Text;

/// The key that the collection script writes before the calls.
const COLLECTION_MARK: &str = "vpcreachCollection";

/// An object or a list with its parts unread.
#[derive(Default)]
pub(super) struct Shallow<'a> {
    pub(super) entries: Vec<(Text<'a>, &'a RawValue)>,
    pub(super) items: Vec<&'a RawValue>,
    pub(super) is_list: bool,
    /// The calls of what the collection script wrote.
    pub(super) calls: Vec<&'a RawValue>,
}

impl<'a> Shallow<'a> {
    /// Reads a value that stands in one that was read to its end, and is therefore sound. A scalar leaves it empty.
    pub(super) fn of(raw: &'a RawValue) -> Shallow<'a> {
        let mut value = Shallow::default();
        match value.deserialize(&mut serde_json::Deserializer::from_str(raw.get())) {
            Ok(()) | Err(_) => value,
        }
    }
}

/// One call in what the collection script wrote.
#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct CollectedCall<'a> {
    pub(super) call: Text<'a>,
    pub(super) of: Text<'a>,
    pub(super) answer: Option<&'a RawValue>,
    pub(super) error: Text<'a>,
}

impl<'de> DeserializeSeed<'de> for &mut Shallow<'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Shallow<'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut is_collection = false;
        while let Some(key) = map.next_key::<Text<'de>>()? {
            is_collection |= &*key == COLLECTION_MARK;
            if &*key == "calls" && is_collection {
                // One by one, so that those before the place where a file is cut off are kept.
                let mut calls = Shallow::default();
                let result = map.next_value_seed(&mut calls);
                self.calls.append(&mut calls.items);
                result?;
            } else {
                self.entries.push((key, map.next_value()?));
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        self.is_list = true;
        while let Some(item) = sequence.next_element()? {
            self.items.push(item);
        }
        Ok(())
    }
}
