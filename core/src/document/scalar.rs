//! Scalars that people write in more than one way.

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::slot::{Shape, Slot};

/// One text or a list of texts: `10.0.0.0/16` or `[10.0.0.0/16, 100.64.0.0/16]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

impl Slot for OneOrMany {
    fn blank() -> Self {
        Self::default()
    }

    fn shape(&self) -> Shape {
        Shape::Text
    }

    fn text(&mut self, text: &str) -> bool {
        self.0 = vec![text.to_owned()];
        true
    }

    fn open(&mut self, shape: Shape) -> bool {
        self.0.open(shape)
    }

    fn element(&mut self) -> Option<&mut dyn Slot> {
        self.0.element()
    }

    fn forget(&mut self, name: Option<&str>) {
        self.0.forget(name);
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

impl Slot for PortText {
    fn blank() -> Self {
        Self::default()
    }

    fn shape(&self) -> Shape {
        Shape::Text
    }

    fn text(&mut self, text: &str) -> bool {
        self.0.text(text)
    }

    fn number(&mut self, port: u64) -> bool {
        self.0 = port.to_string();
        true
    }
}
