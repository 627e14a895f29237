//! Changes of a document as data: the only way to change one.
//!
//! A person's gesture, an entry of the undo stack, a lesson's solution and a proposed cure are all an [`Edit`].
//! It is applied to the document's JSON text: the order of keys and fields that the format does not know stay.
//!
//! The article's function in a private subnet, which has no way to S3 until a NAT gateway and a route lead there:
//!
//! ```
//! use vpcreach::component::ComponentKind;
//! use vpcreach::edit::{Addition, Edit, EditStep, Proposal, apply, propose};
//! use vpcreach::{Document, Language, Selection, Verdict, check};
//!
//! let text = r#"{
//!   "region": "us-east-1",
//!   "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
//!   "subnets": { "public-a": { "cidr": "10.0.0.0/24" }, "private-a": { "cidr": "10.0.1.0/24" } },
//!   "routeTables": {
//!     "rtb-public": {
//!       "subnets": ["public-a"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw-main" }]
//!     },
//!     "rtb-private": { "subnets": ["private-a"] }
//!   },
//!   "internetGateways": { "igw-main": {} },
//!   "functions": { "thumbnailer": { "subnets": ["private-a"], "securityGroups": ["default"] } },
//!   "buckets": { "photos": {} }
//! }"#;
//! let verdict = |text: &str| {
//!     let answer = check(&Document::read(text).document, &Selection::default(), Language::English);
//!     answer.checks[0].verdict
//! };
//! assert_eq!(verdict(text), Verdict::TimesOut);
//!
//! // What a person wishes becomes an edit, with offers of what usually goes with it.
//! let wish = Proposal::Add(Addition::of(ComponentKind::NatGateway));
//! let proposed = propose(text, &wish, Language::English);
//! let with_nat = apply(text, &proposed.edit, Language::English);
//! assert_eq!(with_nat.changes, ["NAT gateway nat created in subnet public-a"]);
//! assert_eq!(proposed.offers[0].words, "Add route 0.0.0.0/0 → nat to rtb-private");
//! let with_route = apply(&with_nat.text, &proposed.offers[0].edit, Language::English);
//! assert_eq!(verdict(&with_route.text), Verdict::Succeeds);
//!
//! // Removing the gateway takes its route along, and undo brings both back.
//! let step = EditStep::RemoveComponent { component: "natGateway/nat".into() };
//! let without = apply(&with_route.text, &Edit { steps: vec![step] }, Language::English);
//! assert_eq!(
//!     without.changes,
//!     ["route 0.0.0.0/0 → nat removed from rtb-private", "NAT gateway nat deleted"]
//! );
//! assert_eq!(apply(&without.text, &without.undo, Language::English).text, with_route.text);
//! ```

mod around;
mod changes;
mod components;
mod gateways;
mod names;
mod plain;
mod pointer;
mod problem;
mod propose;
mod scene;
mod shared;
mod steps;
#[cfg(test)]
mod tests;
mod undo;
mod value;
mod write;

#[cfg(feature = "repair")]
pub(crate) use plain::entries;
pub use problem::EditFlaw;
pub use propose::propose;
pub use shared::Shared;
pub use value::Value;

use serde::Serialize;

pub(crate) use changes::Change;
#[cfg(feature = "repair")]
pub(crate) use {
    pointer::escaped,
    scene::{EVERYTHING_IPV4, EVERYTHING_IPV6, Scene, Table},
};

use crate::answer::Diagnostic;
use crate::component::ComponentKind;
#[cfg(feature = "export")]
use crate::document::Document;
use crate::document::broken_text;
use crate::words::{self, Language};

/// A change of a document: steps, one after the other, all of them or none.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Edit {
    /// What to do.
    pub steps: Vec<EditStep>,
}

/// One step of a change.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "op", rename_all = "camelCase")]
pub enum EditStep {
    /// Puts a value at a place, in the stead of what is there. What is missing on the way is made.
    Set {
        /// JSON pointer to the field or element; `-` stands for a new last element.
        path: String,
        /// The value.
        value: Value,
    },
    /// Takes a field or an element away.
    Remove {
        /// JSON pointer to it.
        path: String,
    },
    /// Puts an element into a list, before another one.
    Insert {
        /// JSON pointer to that other one; `-` stands for the end of the list.
        path: String,
        /// The element.
        value: Value,
    },
    /// Adds a component at the end of its section.
    AddComponent {
        /// Its address, `kind/name`.
        component: String,
        /// What a document has under its name.
        value: Value,
    },
    /// Removes a component, with everything that cannot be without it, and every reference to them.
    RemoveComponent {
        /// Its address, `kind/name`.
        component: String,
    },
    /// Gives a component another name, which every reference follows.
    RenameComponent {
        /// Its address, `kind/name`.
        component: String,
        /// The new name.
        name: String,
    },
    /// Adds a copy of a component that can stand beside it.
    DuplicateComponent {
        /// Its address, `kind/name`.
        component: String,
        /// The name of the copy.
        name: String,
    },
}

/// What became of a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Applied {
    /// The text after the edit; the same as before when there is a problem.
    pub text: String,
    /// What leads back.
    pub undo: Edit,
    /// What changed, in AWS's terms, a line each.
    pub changes: Vec<String>,
    /// Why nothing changed.
    pub problem: Option<Diagnostic>,
}

/// A wish for which there is a sensible edit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum Proposal {
    /// A new component.
    Add(Addition),
    /// A component in another subnet.
    Move(Relocation),
}

/// A new component.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Addition {
    /// What.
    pub add: ComponentKind,
    /// Where: the address of a subnet, a VPC, or a component that it is for. Default: where it makes most sense.
    pub at: Option<String>,
    /// For a VPC endpoint, AWS's word for its type. Default: `Interface` in a subnet, else `Gateway`.
    pub r#type: Option<String>,
    /// For a VPC endpoint, its service. Default: `s3`.
    pub service: Option<String>,
}

/// A component in another subnet.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Relocation {
    /// The address of the component. A route table or network ACL is associated with the subnet.
    pub r#move: String,
    /// The address of the subnet.
    pub to: String,
    /// Of what is in several subnets, the address of the one that it leaves. Default: all.
    pub from: Option<String>,
}

impl Addition {
    /// A new component of that kind, where it makes most sense.
    pub fn of(kind: ComponentKind) -> Addition {
        Addition { add: kind, at: None, r#type: None, service: None }
    }
}

/// A sensible edit.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Proposed {
    /// The edit; without steps when there is a problem.
    pub edit: Edit,
    /// What usually goes with it, each to be made after the edit, in any order.
    pub offers: Vec<Offer>,
    /// Why there is no such edit.
    pub problem: Option<Diagnostic>,
}

/// An edit that usually goes with another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Offer {
    /// The edit.
    pub edit: Edit,
    /// What it does, as a person would be asked: "Add route 0.0.0.0/0 → nat-a to rtb-private".
    pub words: String,
}

/// Applies an edit to a document's JSON text.
pub fn apply(text: &str, edit: &Edit, language: Language) -> Applied {
    match try_apply(text, edit) {
        Ok(done) => {
            let changes = done.changes.iter().map(|change| words::change(change, language)).collect();
            Applied { text: write::write(&done.document), undo: done.undo, changes, problem: None }
        }
        Err(flaw) => Applied {
            text: text.to_owned(),
            undo: Edit::default(),
            changes: Vec::new(),
            problem: Some(words::edit_problem(&flaw, language)),
        },
    }
}

/// What differs between two documents, in AWS's terms, a line each.
#[cfg(feature = "export")]
pub(crate) fn changes(before: &Document, after: &Document, language: Language) -> Vec<String> {
    let value = |document: &Document| read(&document.to_json()).unwrap_or_default();
    changes_of(&value(before), &value(after), language)
}

/// The same of two documents that can be edited.
#[cfg(any(feature = "export", feature = "repair"))]
pub(crate) fn changes_of(before: &Value, after: &Value, language: Language) -> Vec<String> {
    changes::between(before, after).iter().map(|change| words::change(change, language)).collect()
}

/// An edit that was made.
struct Done {
    document: Value,
    undo: Edit,
    changes: Vec<Change>,
}

fn try_apply(text: &str, edit: &Edit) -> Result<Done, EditFlaw> {
    let before = read(text)?;
    let mut document = before.clone();
    // What was there before under the names that it has now, so that a new name is not taken for a new thing.
    let mut renamed = before.clone();
    let mut renames: Vec<(String, String)> = Vec::new();
    for step in &edit.steps {
        make(&mut document, step)?;
        if let EditStep::RenameComponent { component, name } = step
            && components::rename(&mut renamed, component, name).is_ok()
        {
            renames.push((component.clone(), name.clone()));
        }
    }
    let mut changes = changes::renames(&renames);
    changes.extend(changes::between(&renamed, &document));
    let undo = undo::undo(&before, &renamed, &renames, &document);
    Ok(Done { document, undo, changes })
}

pub(crate) fn make(document: &mut Value, step: &EditStep) -> Result<(), EditFlaw> {
    match step {
        EditStep::Set { path, value } => pointer::set(document, path, value.clone()),
        EditStep::Remove { path } => pointer::remove(document, path).map(drop),
        EditStep::Insert { path, value } => pointer::insert(document, path, value.clone()),
        EditStep::AddComponent { component, value } => components::add(document, component, value.clone()),
        EditStep::RemoveComponent { component } => components::remove(document, component),
        EditStep::RenameComponent { component, name } => components::rename(document, component, name),
        EditStep::DuplicateComponent { component, name } => components::duplicate(document, component, name),
    }
}

pub(crate) fn read(text: &str) -> Result<Value, EditFlaw> {
    match serde_json::from_str::<Value>(text) {
        Ok(document @ Value::Object(_)) => Ok(document),
        Ok(_) => Err(EditFlaw::NotADocument),
        Err(_) => {
            let (flaw, location) = broken_text(text);
            Err(EditFlaw::Syntax { flaw, location })
        }
    }
}
