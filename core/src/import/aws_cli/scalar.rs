//! Values as the AWS CLI prints them: null, missing and empty mean the same.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A text, borrowed from the file where it has no escapes; empty for null.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl Text<'_> {
    /// The text, unless it is empty.
    pub(super) fn given(&self) -> Option<&str> {
        Some(&*self.0).filter(|text| !text.is_empty())
    }

    /// The text as a field of the document.
    pub(super) fn owned(&self) -> Option<String> {
        self.given().map(str::to_owned)
    }

    /// Whether it is that word: letter case and separators differ between AWS's own sources (`nat_gateway`, `natGateway`).
    pub(super) fn is(&self, word: &str) -> bool {
        let letters = |text: &str| {
            text.bytes()
                .filter(|byte| !matches!(byte, b'_' | b'-'))
                .map(|byte| byte.to_ascii_lowercase())
                .collect::<Vec<u8>>()
        };
        self.0.eq_ignore_ascii_case(word) || letters(&self.0) == letters(word)
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_unit<E: Error>(self) -> Result<Text<'de>, E> {
                Ok(Text::default())
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

/// A value that is left unread, with its place in the file; empty where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unread<'a>(pub(super) &'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Unread<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&'de serde_json::value::RawValue>::deserialize(deserializer).map(|raw| Unread(raw.get()))
    }
}

/// A list; empty for null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List<T>(pub(super) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(Vec::new())
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
            type Value = List<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list")
            }

            fn visit_unit<E: Error>(self) -> Result<List<T>, E> {
                Ok(List::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<List<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = sequence.next_element()? {
                    items.push(item);
                }
                Ok(List(items))
            }
        }
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

/// The word in `{"State": "associated"}`, or the bare word; empty for null.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct StateOf<'a>(pub(super) Text<'a>);

impl StateOf<'_> {
    /// Whether the association holds; AWS leaves the state out where it does.
    pub(super) fn is_associated(&self) -> bool {
        // An emulator prints the object as a text: {'State': 'associated'}.
        self.0.is_empty() || self.0.is("associated") || self.0.contains("'associated'")
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for StateOf<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StateVisitor;
        impl<'de> Visitor<'de> for StateVisitor {
            type Value = StateOf<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a state")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<StateOf<'de>, E> {
                Ok(StateOf(Text(Cow::Borrowed(text))))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<StateOf<'de>, E> {
                Ok(StateOf(Text(Cow::Owned(text.to_owned()))))
            }

            fn visit_unit<E: Error>(self) -> Result<StateOf<'de>, E> {
                Ok(StateOf::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<StateOf<'de>, A::Error> {
                let mut state = Text::default();
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    if &*key == "State" {
                        state = map.next_value()?;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(StateOf(state))
            }
        }
        deserializer.deserialize_any(StateVisitor)
    }
}
