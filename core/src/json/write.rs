//! JSON text of what this crate answers.
//!
//! `serde_json` writes any value to anywhere, and each of its calls can fail. Writing what an answer is made of to a text
//! cannot, and a writer for that alone is a fraction of the code, which every page loads. What is not ASCII is escaped:
//! a browser reads such a text in half the time.

use std::fmt::Error;

use serde::ser::{Impossible, Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::push_quoted;

/// The JSON text of an answer, a diagram, or a structure of such, in ASCII.
///
/// ```
/// let answer = vpcreach::check(&Default::default(), &Default::default(), vpcreach::Language::English);
/// assert_eq!(vpcreach::json::to_text(&answer), serde_json::to_string(&answer).ok());
/// ```
///
/// None for a value that is not made of structures, lists, options, texts, truth values, enumerations without fields and
/// whole numbers up to 32 bits.
pub fn to_text(value: &impl Serialize) -> Option<String> {
    // About as long as the answer to one question, so that it seldom has to grow.
    let mut writer = Writer(String::with_capacity(1 << 14));
    value.serialize(&mut writer).ok()?;
    Some(writer.0)
}

/// The text so far.
struct Writer(String);

impl Writer {
    /// The name of a field, which serde makes of an identifier: there is nothing to escape.
    fn name(&mut self, name: &str) {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        // One character at a time, because a browser takes longer to begin a copy than to store two characters.
        self.0.push('"');
        self.0.push_str(name);
        self.0.push('"');
        self.0.push(':');
    }

    fn number(&mut self, number: u32) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.0.push(char::from(b'0' + (number % 10) as u8));
    }
}

/// Kinds of values of which no answer is made.
macro_rules! never {
    ($($name:ident($($of:ty),*) $(<$of_type:ident>)? -> $result:ty;)*) => {
        $(
            fn $name $(<$of_type: Serialize + ?Sized>)? (self, $(_: $of),*) -> Result<$result, Error> {
                Err(Error)
            }
        )*
    };
}

impl Serializer for &mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Impossible<(), Error>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Error>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.0.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u32(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u32(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.number(value);
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        push_quoted(&mut self.0, value, true);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Error> {
        self.0.push('[');
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        self.0.push('{');
        Ok(self)
    }

    never! {
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_newtype_struct(&'static str, &T) <T> -> ();
        serialize_newtype_variant(&'static str, u32, &'static str, &T) <T> -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }
}

impl SerializeSeq for &mut Writer {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        if !self.0.ends_with('[') {
            self.0.push(',');
        }
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Error> {
        self.0.push(']');
        Ok(())
    }
}

impl SerializeStruct for &mut Writer {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.name(name);
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Error> {
        self.0.push('}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::to_text;
    use crate::verdict::Verdict;
    use serde::Serialize;

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Everything<'a> {
        a_text: &'a str,
        none: Option<u16>,
        some: Option<String>,
        numbers: Vec<u32>,
        lists: Vec<Vec<bool>>,
        verdict: Verdict,
        inside: Option<Box<Everything<'a>>>,
    }

    #[test]
    fn writes_what_serde_json_writes() {
        let inside = Everything {
            a_text: "[",
            none: None,
            some: Some("→ \"{".to_owned()),
            numbers: vec![0, 9, 10, 4_294_967_295],
            lists: vec![vec![], vec![true, false]],
            verdict: Verdict::TimesOut,
            inside: None,
        };
        let everything = Everything { a_text: "", numbers: Vec::new(), inside: Some(Box::new(inside)), ..outside() };
        assert_eq!(
            to_text(&everything),
            serde_json::to_string(&everything).ok().map(|text| text.replace('→', "\\u2192"))
        );
    }

    fn outside() -> Everything<'static> {
        Everything {
            a_text: "",
            none: Some(65535),
            some: None,
            numbers: Vec::new(),
            lists: Vec::new(),
            verdict: Verdict::Succeeds,
            inside: None,
        }
    }

    #[test]
    fn says_so_where_it_cannot() {
        assert_eq!(to_text(&1.5), None);
        assert_eq!(to_text(&vec![1_u64]), None);
    }
}
