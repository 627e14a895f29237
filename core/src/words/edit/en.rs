//! Edits in English.

use super::cat;
use crate::component::{Component, ComponentKind};
use crate::edit::{Change, EditFlaw};
use crate::words::{Words, en::English};

/// A component inside a sentence.
fn named(component: &Component) -> String {
    match component.kind {
        ComponentKind::RouteTable => component.name.clone(),
        _ => English.mention(component),
    }
}

pub(super) fn change(change: &Change) -> String {
    match change {
        Change::Renamed { component, name } => cat![English.mention(component), " renamed to ", name],
        Change::Created { component, subnets } => match subnets.as_slice() {
            [] => cat![English.mention(component), " created"],
            [one] => cat![English.mention(component), " created in subnet ", one],
            several => cat![English.mention(component), " created in subnets ", several.join(", ")],
        },
        Change::Deleted { component } => cat![English.mention(component), " deleted"],
        Change::RouteAdded { table, destination, target } => {
            cat!["route ", destination, " → ", target, " added to ", table]
        }
        Change::RouteRemoved { table, destination, target } => {
            cat!["route ", destination, " → ", target, " removed from ", table]
        }
        Change::RouteReplaced { table, destination, from, to } => {
            cat!["route ", destination, " of ", table, " replaced: ", to, " instead of ", from]
        }
        Change::Associated { what, with } => cat![English.mention(what), " associated with ", named(with)],
        Change::Disassociated { what, from } => cat![English.mention(what), " disassociated from ", named(from)],
        Change::Attached { what, to } => cat![English.mention(to), " added to ", English.mention(what)],
        Change::Detached { what, from } => cat![English.mention(from), " removed from ", English.mention(what)],
        Change::Moved { component, from, to, anew: false } => {
            cat![English.mention(component), " moved from subnet ", from, " to subnet ", to]
        }
        Change::Moved { component, from, to, anew: true } => {
            cat![
                English.mention(component),
                " deleted in subnet ",
                from,
                " and created anew in subnet ",
                to,
                ", since AWS cannot move it"
            ]
        }
        Change::LeftVpc { component } => cat![English.mention(component), " detached from its VPC"],
        Change::RuleAdded { of, ingress, rule } => {
            cat![direction(*ingress), " rule ", rule, " added to ", English.mention(of)]
        }
        Change::RuleRemoved { of, ingress, rule } => {
            cat![direction(*ingress), " rule ", rule, " removed from ", English.mention(of)]
        }
        Change::Listed { of, field, text } => cat![text, " added to ", field, " of ", English.mention(of)],
        Change::Unlisted { of, field, text } => cat![text, " removed from ", field, " of ", English.mention(of)],
        Change::Set { of, field, value } => cat![field, of_whom(of.as_ref()), " set to ", value],
        Change::Unset { of, field } => cat![field, of_whom(of.as_ref()), " reset to its default"],
        Change::StatementAdded { of, statement } => {
            cat!["statement added to the policy of ", English.mention(of), ": ", statement]
        }
        Change::StatementReplaced { of, from, to } => {
            cat!["statement of the policy of ", English.mention(of), " replaced: ", to, " instead of ", from]
        }
        Change::PolicyChanged { of } => cat!["policy of ", English.mention(of), " changed"],
        Change::QuestionAdded { from, to } => cat!["check ", from, " → ", to, " added"],
        Change::QuestionRemoved { from, to } => cat!["check ", from, " → ", to, " removed"],
        Change::QuestionChanged { from, to } => cat!["check ", from, " → ", to, " changed"],
    }
}

pub(super) fn offer(change: &Change) -> String {
    match change {
        Change::RouteAdded { table, destination, target } => {
            cat!["Add route ", destination, " → ", target, " to ", table]
        }
        Change::RouteReplaced { table, destination, from, to } => {
            cat!["Let route ", destination, " of ", table, " lead to ", to, " instead of ", from]
        }
        Change::Associated { what, with } => cat!["Associate ", English.mention(what), " with ", named(with)],
        Change::Created { component, .. } => cat!["Create ", English.mention(component)],
        Change::Set { of, field, value } => cat!["Set ", field, of_whom(of.as_ref()), " to ", value],
        Change::QuestionAdded { from, to } => cat!["Check ", from, " → ", to],
        Change::Attached { what, to } => cat!["Add ", English.mention(to), " to ", English.mention(what)],
        other => self::change(other),
    }
}

pub(super) fn problem(flaw: &EditFlaw) -> (String, String) {
    match flaw {
        EditFlaw::Syntax { .. } => Default::default(),
        EditFlaw::NotADocument => ("the text is not a document".into(), "a document is an object: `{ … }`".into()),
        EditFlaw::BadPointer { pointer } => {
            (cat!["`", pointer, "` is not a place in a document"], "a place begins with `/`".into())
        }
        EditFlaw::NothingThere { pointer, nearest } => {
            (cat!["nothing stands at `", pointer, "`"], meant(nearest.as_deref()))
        }
        EditFlaw::NoContainer { pointer } => {
            (cat!["what stands at `", pointer, "` has no parts"], "write an object there first".into())
        }
        EditFlaw::NoList { pointer } => (cat!["what stands at `", pointer, "` is not a list"], String::new()),
        EditFlaw::NotAComponent { address, nearest } => {
            (cat!["`", address, "` is not the address of a component"], meant(*nearest))
        }
        EditFlaw::NoSuchComponent { address, nearest } => {
            (cat!["there is no `", address, "`"], meant(nearest.as_ref().map(ToString::to_string).as_deref()))
        }
        EditFlaw::NameTaken { component } => {
            (cat!["the name `", component.name, "` is taken"], "choose another name".into())
        }
        EditFlaw::NoName => ("the name is empty".into(), "give it a name".into()),
        EditFlaw::NotMovable { component, to } => {
            (cat![English.mention(component), " cannot be moved to ", English.mention(to)], String::new())
        }
        EditFlaw::NeedsFirst { kind, needs } => (
            cat!["there is no ", English.kind(*needs), " for the new ", English.kind(*kind)],
            cat!["add a ", English.kind(*needs), " first"],
        ),
        EditFlaw::NoFreeBlock { vpc } => {
            (cat!["VPC ", vpc, " has no free block of addresses"], "add a CIDR block to the VPC first".into())
        }
    }
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map(|nearest| cat!["did you mean `", nearest, "`?"]).unwrap_or_default()
}

fn direction(ingress: bool) -> &'static str {
    if ingress { "inbound" } else { "outbound" }
}

fn of_whom(component: Option<&Component>) -> String {
    component.map(|component| cat![" of ", English.mention(component)]).unwrap_or_default()
}
