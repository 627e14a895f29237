//! The difference between two states of a document, to be taken away.

use std::collections::BTreeMap;

use super::cli;
use super::difference::{Difference, Interest};
use super::fragment;
use super::known::{Known, Sources};
use super::lower::{Lowered, lower_for_change};
use super::shell::comment;
use crate::document::Document;
use crate::edit;
use crate::words::{Language, export as words};

/// The language that a difference is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A list in plain words.
    Text,
    /// A shell script of commands of the AWS CLI, version 2.
    Cli,
    /// Resources of a CloudFormation template.
    CloudFormation,
    /// Terraform's configuration.
    Terraform,
}

/// A difference to be taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The text; nothing of it is to be done where nothing differs.
    pub text: String,
    /// What each component, `kind/name`, is called there, in a template or in Terraform.
    pub names: BTreeMap<String, String>,
    /// What differs, in plain words, a line each.
    pub changes: Vec<String>,
    /// JSON pointers to what differs and the text does not say: it has to be done by hand.
    pub left_out: Vec<String>,
}

/// What leads from one state of a document to another, with the names and ids of what it was imported from.
///
/// A component whose name is an id of AWS is used as it is; what nobody but the person knows becomes a variable.
///
/// ```
/// use vpcreach::export::{Format, Sources, change};
/// use vpcreach::{Document, Language};
///
/// let document = |routes: &str| Document::read(&format!(
///     r#"{{ "region": "us-east-1", "vpcs": {{ "vpc-0a1b2c3d": {{ "cidr": "10.0.0.0/16" }} }},
///       "internetGateways": {{ "igw-0a1b2c3d": {{}} }},
///       "routeTables": {{ "rtb-0a1b2c3d": {{ "routes": [{routes}] }} }} }}"#
/// )).document;
/// let (before, after) = (document(""), document(r#"{ "destination": "0.0.0.0/0", "target": "igw-0a1b2c3d" }"#));
/// let changed = change(&before, &after, Format::Cli, Language::English, &Sources::default());
/// assert!(changed.text.ends_with(
///     "aws ec2 create-route \\\n  --route-table-id rtb-0a1b2c3d \\\n  --destination-cidr-block 0.0.0.0/0 \\\n  --gateway-id igw-0a1b2c3d\n"
/// ));
/// assert_eq!(changed.changes, ["route 0.0.0.0/0 → igw-0a1b2c3d added to rtb-0a1b2c3d"]);
/// assert!(changed.left_out.is_empty());
/// ```
pub fn change(before: &Document, after: &Document, format: Format, language: Language, sources: &Sources) -> Changed {
    let changes = edit::changes(before, after, language);
    let (old, new) = (lower_for_change(before), lower_for_change(after));
    let known = Known::new(before, sources);
    let mut left_out = unsaid(before, &old, after, &new);
    let region = after.region.as_deref().or(before.region.as_deref());
    let mut names = BTreeMap::new();
    let text = match format {
        Format::Text => {
            let mut text = String::new();
            for change in &changes {
                text.push_str(&["- ", change, "\n"].concat());
            }
            left_out.clear();
            text
        }
        Format::Cli => {
            let interest = Interest { implied: false, along: false };
            let mut difference = Difference::between(&old, &new, interest);
            left_out.extend(difference.without_new_roles());
            let commands = cli::commands(&difference, &known, region, language);
            left_out.extend(commands.left_out);
            let body = if difference.is_empty() { String::new() } else { commands.text };
            tidy(&mut left_out);
            ["#!/bin/sh\n", &header(&changes, &left_out, language), "set -eu\n\n", &body].concat()
        }
        Format::CloudFormation => {
            let interest = Interest { implied: !known.is_of_aws(), along: true };
            let mut difference = Difference::between(&old, &new, interest);
            left_out.extend(difference.without_new_roles());
            let fragment = fragment::template(&difference, &known, &changes, &mut left_out);
            names = fragment.names;
            fragment.text
        }
        Format::Terraform => {
            let interest = Interest { implied: !known.is_of_aws(), along: true };
            let mut difference = Difference::between(&old, &new, interest);
            left_out.extend(difference.without_new_roles());
            let fragment = fragment::configuration(&difference, &known, region, &mut left_out, language);
            names = fragment.names;
            tidy(&mut left_out);
            header(&changes, &left_out, language) + &fragment.text
        }
    };
    tidy(&mut left_out);
    Changed { text, names, changes, left_out }
}

pub(super) fn tidy(left_out: &mut Vec<String>) {
    left_out.sort();
    left_out.dedup();
}

/// Comments that say what the text is about, and what it does not say.
pub(super) fn header(changes: &[String], left_out: &[String], language: Language) -> String {
    let mut text = comment(words::changes(language));
    for change in changes {
        text.push_str(&comment(&["- ", change].concat()));
    }
    if !left_out.is_empty() {
        text.push_str(&comment(words::by_hand(language)));
        for pointer in left_out {
            text.push_str(&comment(&["- ", pointer].concat()));
        }
    }
    text
}

/// What differs of that which no resource says.
fn unsaid(before: &Document, old: &Lowered, after: &Document, new: &Lowered) -> Vec<String> {
    let value =
        |document: &Document| serde_json::from_str::<serde_json::Value>(&document.to_json()).unwrap_or_default();
    let (one, other) = (value(before), value(after));
    let all = old.left_out.iter().chain(&new.left_out);
    all.filter(|pointer| one.pointer(pointer) != other.pointer(pointer)).cloned().collect()
}
