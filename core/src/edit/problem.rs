//! Why an edit cannot be made, as data; `words` renders it.

use crate::component::{Component, ComponentKind};
use crate::problem::{Location, SyntaxFlaw};

/// Why an edit cannot be made. The text stays as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum EditFlaw {
    /// The text is not JSON.
    Syntax {
        /// What is wrong there.
        flaw: SyntaxFlaw,
        /// Where.
        location: Location,
    },
    /// The text, or what is to take its place, is not a document: not an object.
    NotADocument,
    /// Not a JSON pointer.
    BadPointer {
        /// As written.
        pointer: String,
    },
    /// Nothing stands at that place.
    NothingThere {
        /// The place.
        pointer: String,
        /// The nearest name beside it.
        nearest: Option<String>,
    },
    /// What stands there has no parts.
    NoContainer {
        /// The place.
        pointer: String,
    },
    /// What stands there is not a list.
    NoList {
        /// The place.
        pointer: String,
    },
    /// Not `kind/name`, or not a kind that a document declares.
    NotAComponent {
        /// As written.
        address: String,
        /// The nearest kind.
        nearest: Option<&'static str>,
    },
    /// The document has no such component.
    NoSuchComponent {
        /// As written.
        address: String,
        /// The nearest one.
        nearest: Option<Component>,
    },
    /// The name is taken, or AWS keeps it for its own.
    NameTaken {
        /// The component that has it.
        component: Component,
    },
    /// The name is empty.
    NoName,
    /// It cannot be moved there.
    NotMovable {
        /// What.
        component: Component,
        /// Where to.
        to: Component,
    },
    /// There is nothing of that kind, so that the new component would have no place.
    NeedsFirst {
        /// The new component.
        kind: ComponentKind,
        /// What has to be there.
        needs: ComponentKind,
    },
    /// The VPC has no free block of addresses left.
    NoFreeBlock {
        /// The VPC.
        vpc: String,
    },
}

impl EditFlaw {
    /// A code in the style `nothingThere`.
    pub fn code(&self) -> &'static str {
        match self {
            EditFlaw::Syntax { .. } => "syntax",
            EditFlaw::NotADocument => "notADocument",
            EditFlaw::BadPointer { .. } => "badPointer",
            EditFlaw::NothingThere { .. } => "nothingThere",
            EditFlaw::NoContainer { .. } => "noContainer",
            EditFlaw::NoList { .. } => "noList",
            EditFlaw::NotAComponent { .. } => "notAComponent",
            EditFlaw::NoSuchComponent { .. } => "noSuchComponent",
            EditFlaw::NameTaken { .. } => "nameTaken",
            EditFlaw::NoName => "noName",
            EditFlaw::NotMovable { .. } => "notMovable",
            EditFlaw::NeedsFirst { .. } => "needsFirst",
            EditFlaw::NoFreeBlock { .. } => "noFreeBlock",
        }
    }
}
