//! The shape of the format as data: which fields there are, in which order, and what they hold.
//!
//! Reading a document goes by the types; what changes its text by places needs to know no more than this.

use super::{OneOrMany, PortText, Section};
use crate::query::{Family, HostNames, Sdk};
use crate::verdict::{ReasonCode, Verdict};

/// What stands at a place of the format.
#[derive(Debug)]
pub(crate) enum Shaped {
    /// A text, a number, true or false, or a value of any shape.
    Plain,
    /// One text, or a list of texts.
    OneOrMany,
    /// A list.
    List(&'static Shaped),
    /// Things by name.
    Section(&'static Shaped),
    /// An object of these fields, by their names in Rust.
    Fields(&'static [(&'static str, &'static Shaped)]),
}

/// A type of the format.
pub(crate) trait HasShape {
    /// What a document has for it.
    const SHAPE: Shaped;
}

/// Declares types without parts.
macro_rules! plain {
    ($($name:ty),*) => { $(impl HasShape for $name { const SHAPE: Shaped = Shaped::Plain; })* };
}

plain!(String, bool, u32, u16, PortText, crate::json::Json, Verdict, ReasonCode, Sdk, HostNames, Family);

impl HasShape for OneOrMany {
    const SHAPE: Shaped = Shaped::OneOrMany;
}

impl<T: HasShape> HasShape for Option<T> {
    const SHAPE: Shaped = T::SHAPE;
}

impl<T: HasShape> HasShape for Vec<T> {
    const SHAPE: Shaped = Shaped::List(&T::SHAPE);
}

impl<T: HasShape> HasShape for Section<T> {
    const SHAPE: Shaped = Shaped::Section(&T::SHAPE);
}

impl Shaped {
    /// What stands one step further, by name or position.
    pub(crate) fn step(&self, step: &str) -> &'static Shaped {
        match self {
            Shaped::Plain => &Shaped::Plain,
            Shaped::OneOrMany => &Shaped::Plain,
            Shaped::List(of) | Shaped::Section(of) => of,
            Shaped::Fields(fields) => {
                let field = fields.iter().find(|(field, _)| super::slot::names_field(step, field));
                field.map_or(&Shaped::Plain, |(_, of)| of)
            }
        }
    }

    /// Whether a list can stand here.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self, Shaped::List(_) | Shaped::OneOrMany)
    }

    /// The position of a field in the order of the format; none where any name goes.
    pub(crate) fn rank(&self, name: &str) -> Option<usize> {
        match self {
            Shaped::Fields(fields) => fields.iter().position(|(field, _)| super::slot::names_field(name, field)),
            _ => None,
        }
    }
}
