//! JSON values whose numbers stay as they are written.
//!
//! `serde_json` turns numbers into floating point and back, and its tables for that would be a tenth of what a page
//! loads.

mod write;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

pub use write::to_text;

use crate::document::slot::Slot;
use crate::document::{Mistakes, Shape, fill};

/// Any JSON value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Names with values, in the order of the text.
    Object(Fields),
}

/// The names of an object with their values, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, Json)>);

impl Fields {
    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl Json {
    /// The value of that name, where this is an object that has one.
    ///
    /// ```
    /// use vpcreach::json::Json;
    ///
    /// let policy = Json::read(r#"{ "Statement": [{ "Effect": "Deny" }] }"#).unwrap_or_default();
    /// let statements = policy.get("Statement").map(Json::items).unwrap_or_default();
    /// assert_eq!(statements[0].get("Effect").and_then(Json::as_text), Some("Deny"));
    /// ```
    pub fn get(&self, name: &str) -> Option<&Json> {
        let Json::Object(fields) = self else { return None };
        fields.get(name)
    }

    /// The text, where this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of a list; anything else stands for a list of itself, as in policies.
    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    /// An object of names and values.
    #[cfg(feature = "import")]
    pub(crate) fn object(fields: impl Iterator<Item = (String, Json)>) -> Json {
        Json::Object(Fields(fields.collect()))
    }

    /// Sets the value of a name, where this is an object.
    #[cfg(feature = "import")]
    pub(crate) fn set(&mut self, name: &str, value: Json) {
        let Json::Object(Fields(fields)) = self else { return };
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, known)) => *known = value,
            None => fields.push((name.to_owned(), value)),
        }
    }

    /// Whether one of the texts in it, names aside, is of a kind.
    #[cfg(feature = "import")]
    pub(crate) fn has_text(&self, is_it: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Json::Text(text) => is_it(text),
            Json::List(items) => items.iter().any(|item| item.has_text(is_it)),
            Json::Object(Fields(fields)) => fields.iter().any(|(_, value)| value.has_text(is_it)),
            Json::Null | Json::Boolean(_) | Json::Number(_) => false,
        }
    }

    /// Whether something in it is `null`, which in a policy stands for what its source does not tell yet.
    #[cfg(feature = "export")]
    pub(crate) fn has_null(&self) -> bool {
        match self {
            Json::Null => true,
            Json::Boolean(_) | Json::Number(_) | Json::Text(_) => false,
            Json::List(items) => items.iter().any(Json::has_null),
            Json::Object(Fields(fields)) => fields.iter().any(|(_, value)| value.has_null()),
        }
    }

    /// Shows every text in it, names aside.
    #[cfg(feature = "import")]
    pub(crate) fn each_text(&mut self, change: &mut impl FnMut(&mut String)) {
        match self {
            Json::Text(text) => change(text),
            Json::List(items) => items.iter_mut().for_each(|item| item.each_text(change)),
            Json::Object(Fields(fields)) => fields.iter_mut().for_each(|(_, value)| value.each_text(change)),
            Json::Null | Json::Boolean(_) | Json::Number(_) => {}
        }
    }

    /// The value that a text is, unless something is wrong with the text.
    pub fn read(text: &str) -> Option<Json> {
        let mut value = Json::Null;
        let mut mistakes = Mistakes::default();
        fill(&mut value, text, &mut mistakes).ok()?;
        mistakes.are_none().then_some(value)
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Json {
        match value {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(value) => Json::Boolean(value),
            serde_json::Value::Number(number) => Json::Number(number.to_string()),
            serde_json::Value::String(text) => Json::Text(text),
            serde_json::Value::Array(items) => Json::List(items.into_iter().map(Json::from).collect()),
            serde_json::Value::Object(fields) => {
                Json::Object(Fields(fields.into_iter().map(|(name, value)| (name, Json::from(value))).collect()))
            }
        }
    }
}

impl Slot for Json {
    fn blank() -> Self {
        Json::Null
    }

    fn shape(&self) -> Shape {
        Shape::Object
    }

    fn text(&mut self, text: &str) -> bool {
        *self = Json::Text(text.to_owned());
        true
    }

    fn numeral(&mut self, numeral: &str) -> bool {
        *self = Json::Number(numeral.to_owned());
        true
    }

    fn boolean(&mut self, value: bool) -> bool {
        *self = Json::Boolean(value);
        true
    }

    fn open(&mut self, shape: Shape) -> bool {
        *self = if shape == Shape::List { Json::List(Vec::new()) } else { Json::Object(Fields::default()) };
        true
    }

    fn part(&mut self, name: &str) -> Option<&mut dyn Slot> {
        let Json::Object(fields) = self else { return None };
        fields.0.push((name.to_owned(), Json::Null));
        fields.0.last_mut().map(|(_, value)| value as &mut dyn Slot)
    }

    fn element(&mut self) -> Option<&mut dyn Slot> {
        let Json::List(items) = self else { return None };
        items.push(Json::Null);
        items.last_mut().map(|item| item as &mut dyn Slot)
    }

    fn forget(&mut self, _: Option<&str>) {
        match self {
            Json::Object(fields) => drop(fields.0.pop()),
            Json::List(items) => drop(items.pop()),
            _ => {}
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Boolean(value) => serializer.serialize_bool(*value),
            Json::Number(numeral) => match serde_json::from_str::<serde_json::Number>(numeral) {
                Ok(number) => number.serialize(serializer),
                Err(error) => Err(serde::ser::Error::custom(error)),
            },
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Json::Object(fields) => {
                let mut object = serializer.serialize_map(Some(fields.0.len()))?;
                for (name, value) in fields.iter() {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Json {
    fn inline_schema() -> bool {
        serde_json::Value::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        serde_json::Value::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        serde_json::Value::json_schema(generator)
    }
}

/// A text as it stands in JSON, in quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    push_quoted(&mut quoted, text, false);
    quoted
}

/// Appends a text as it stands in JSON, in quotation marks.
pub(crate) fn push_quoted(quoted: &mut String, text: &str, ascii_only: bool) {
    let is_special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\' || (ascii_only && !byte.is_ascii());
    quoted.push('"');
    let mut rest = text;
    // What needs no change, which is nearly everything, is copied at once.
    while let Some((plain, special)) = rest.bytes().position(is_special).and_then(|at| rest.split_at_checked(at)) {
        quoted.push_str(plain);
        let mut characters = special.chars();
        let character = characters.next().unwrap_or_default();
        rest = characters.as_str();
        quoted.push('\\');
        match character {
            '"' | '\\' => quoted.push(character),
            '\n' => quoted.push('n'),
            '\r' => quoted.push('r'),
            '\t' => quoted.push('t'),
            '\u{8}' => quoted.push('b'),
            '\u{c}' => quoted.push('f'),
            _ => push_numbered(quoted, character),
        }
    }
    quoted.push_str(rest);
    quoted.push('"');
}

/// Appends `u2192` for an arrow, and what more it takes for a character beyond 16 bits; a backslash stands there already.
fn push_numbered(text: &mut String, character: char) {
    for (position, unit) in character.encode_utf16(&mut [0; 2]).iter().enumerate() {
        text.push_str(if position == 0 { "u" } else { "\\u" });
        for shift in [12, 8, 4, 0] {
            text.push(char::from_digit(u32::from(*unit) >> shift & 15, 16).unwrap_or('0'));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, push_quoted, quoted};

    #[test]
    fn what_it_reads_it_writes() {
        let text = r#"{"Version":"2012-10-17","b":[null,true,-1,2.5,1e3,[],{}],"a":"ü \"\\\n"}"#;
        let value = Json::read(text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), text.replace("1e3", "1000.0"));
        assert_eq!(value.get("b").unwrap().items()[3], Json::Number("2.5".to_owned()));
        assert_eq!(value.get("Version").unwrap().items().len(), 1);
    }

    #[test]
    fn what_is_no_json_is_no_value() {
        for text in ["", "{", "[1,]", "{\"a\":1,\"a\":2}", "1 2", "nul"] {
            assert_eq!(Json::read(text), None, "{text}");
        }
    }

    #[test]
    fn texts_are_quoted_as_serde_json_quotes_them() {
        let all: String = (0..0x300).filter_map(char::from_u32).chain("\u{2028}😀".chars()).collect();
        assert_eq!(quoted(&all), serde_json::to_string(&all).unwrap());
        let mut ascii = String::new();
        push_quoted(&mut ascii, &all, true);
        assert!(ascii.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&ascii).unwrap(), all);
    }
}
