//! What differs between two documents, in AWS's terms.

use std::collections::{BTreeMap, BTreeSet};

use super::components::component;
use super::plain::{by_name, compared};
use super::shared::Shared;
use super::value::Value;
use crate::component::{Component, ComponentKind};
use crate::document::references::{SECTIONS, kind_of};

/// One thing that is different in AWS.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// A component has another name.
    Renamed { component: Component, name: String },
    /// A component is new, in those subnets.
    Created { component: Component, subnets: Vec<String> },
    /// A component is gone.
    Deleted { component: Component },
    /// A route is new.
    RouteAdded { table: String, destination: String, target: String },
    /// A route is gone.
    RouteRemoved { table: String, destination: String, target: String },
    /// A route leads elsewhere.
    RouteReplaced { table: String, destination: String, from: String, to: String },
    /// Something works for something else: a route table for a subnet.
    Associated { what: Component, with: Component },
    /// It does not any more.
    Disassociated { what: Component, from: Component },
    /// An interface in a subnet, a security group on an interface.
    Attached { what: Component, to: Component },
    /// The same is gone.
    Detached { what: Component, from: Component },
    /// It is in another subnet. `anew`: AWS cannot move it, so that another one takes its place.
    Moved { component: Component, from: String, to: String, anew: bool },
    /// A function is in no VPC any more, and so keeps Lambda's own way to the Internet (R7.1).
    LeftVpc { component: Component },
    /// A rule is new.
    RuleAdded { of: Component, ingress: bool, rule: String },
    /// A rule is gone.
    RuleRemoved { of: Component, ingress: bool, rule: String },
    /// A list has one more text.
    Listed { of: Component, field: String, text: String },
    /// A list has one text less.
    Unlisted { of: Component, field: String, text: String },
    /// A setting has another value; without component one of the document.
    Set { of: Option<Component>, field: String, value: String },
    /// A setting has AWS's default again.
    Unset { of: Option<Component>, field: String },
    /// A policy has one more statement.
    StatementAdded { of: Component, statement: String },
    /// A statement of a policy says something else.
    StatementReplaced { of: Component, from: String, to: String },
    /// A policy is another one.
    PolicyChanged { of: Component },
    /// A question is asked from now on.
    QuestionAdded { from: String, to: String },
    /// A question is not asked any more.
    QuestionRemoved { from: String, to: String },
    /// A question is another one.
    QuestionChanged { from: String, to: String },
}

/// The renames that make a difference in the end.
pub(super) fn renames(renames: &[(String, String)]) -> Vec<Change> {
    let mut chains: Vec<(Component, String)> = Vec::new();
    for (address, name) in renames {
        let Ok((now, _)) = component(address) else { continue };
        match chains.iter_mut().find(|(first, last)| first.kind == now.kind && *last == now.name) {
            Some((_, last)) => last.clone_from(name),
            None => chains.push((now, name.clone())),
        }
    }
    let real = chains.into_iter().filter(|(component, name)| component.name != *name);
    real.map(|(component, name)| Change::Renamed { component, name }).collect()
}

/// What leads from one document to the other.
pub(super) fn between(before: &Value, after: &Value) -> Vec<Change> {
    if before == after {
        return Vec::new();
    }
    let (before, after) = compared(before, after);
    let mut changes = Vec::new();
    for (section, kind) in SECTIONS {
        let none = Value::Object(Shared::default());
        let (old, new) = (before.get(section).unwrap_or(&none), after.get(section).unwrap_or(&none));
        if old == new {
            continue;
        }
        let (was, is) = (by_name(old), by_name(new));
        for (name, value) in old.fields() {
            if !is.contains_key(name.as_str()) {
                let component = Component::new(*kind, name);
                let mut lost =
                    Differences { component: component.clone(), section, whole: true, changes: &mut changes };
                lost.entry(value, &none);
                changes.push(Change::Deleted { component });
            }
        }
        for (name, value) in new.fields() {
            let component = Component::new(*kind, name);
            match was.get(name.as_str()) {
                Some(old) if *old == value => {}
                Some(old) => Differences { component, section, whole: false, changes: &mut changes }.entry(old, value),
                None => {
                    let listed = value.get("subnets").map(Value::elements).unwrap_or_default();
                    let is_inside = !matches!(kind, ComponentKind::RouteTable | ComponentKind::NetworkAcl);
                    let subnets = value.get("subnet").into_iter().chain(listed).filter(|_| is_inside);
                    let subnets = subnets.filter_map(Value::as_text).map(|text| name_of(text).to_owned()).collect();
                    changes.push(Change::Created { component: component.clone(), subnets });
                    Differences { component, section, whole: true, changes: &mut changes }.entry(&none, value);
                }
            }
        }
    }
    document_settings(&before, &after, &mut changes);
    questions(&before, &after, &mut changes);
    // What an association was with may be gone, and then its going away says enough.
    let gone: BTreeSet<Component> = deleted(&changes);
    changes.retain(|change| match change {
        Change::Disassociated { what, from } => !(gone.contains(what) && gone.contains(from)),
        _ => true,
    });
    changes
}

fn deleted(changes: &[Change]) -> BTreeSet<Component> {
    let mut gone = BTreeSet::new();
    gone.extend(changes.iter().filter_map(|change| match change {
        Change::Deleted { component } => Some(component.clone()),
        _ => None,
    }));
    gone
}

/// The name alone of what is written as `kind/name`.
fn name_of(text: &str) -> &str {
    match text.split_once('/') {
        Some((word, name)) if SECTIONS.iter().any(|(_, kind)| kind.as_str() == word) => name,
        _ => text,
    }
}

/// The component that a text names as `kind/name`, else one of the kind that belongs there.
fn named(text: &str, kind: ComponentKind) -> Component {
    match text.split_once('/') {
        Some((word, name)) => match SECTIONS.iter().find(|(_, kind)| kind.as_str() == word) {
            Some((_, kind)) => Component::new(*kind, name),
            None => Component::new(kind, text),
        },
        None => Component::new(kind, text),
    }
}

/// The differences of one component.
struct Differences<'c> {
    component: Component,
    section: &'static str,
    /// It is new or gone, so that its mere settings are no news.
    whole: bool,
    changes: &'c mut Vec<Change>,
}

impl Differences<'_> {
    fn entry(&mut self, old: &Value, new: &Value) {
        for (name, old, new) in pairs(old, new) {
            if old != new {
                self.field(name, old.unwrap_or(&Value::Null), new.unwrap_or(&Value::Null));
            }
        }
    }

    fn field(&mut self, field: &str, old: &Value, new: &Value) {
        match (self.section, field) {
            // With its table or group, the rest goes without saying.
            ("routeTables", "routes") | ("securityGroups" | "networkAcls", "ingress" | "egress")
                if self.whole && *new == Value::Null => {}
            ("routeTables", "routes") => self.routes(old, new),
            ("securityGroups" | "networkAcls", "ingress" | "egress") => self.rules(field == "ingress", old, new),
            ("routeTables" | "networkAcls", "subnets") => self.associations(old, new, ComponentKind::Subnet),
            ("routeTables", "gateways") => self.associations(old, new, ComponentKind::InternetGateway),
            ("vpcEndpoints", "routeTables") => self.associations(old, new, ComponentKind::RouteTable),
            ("privateHostedZones", "vpcs") => self.associations(old, new, ComponentKind::Vpc),
            _ if self.whole => {}
            (_, "subnets") => self.attachments(old, new, ComponentKind::Subnet),
            (_, "securityGroups") => self.attachments(old, new, ComponentKind::SecurityGroup),
            (_, "networkInterfaces") => self.attachments(old, new, ComponentKind::NetworkInterface),
            (_, "subnet") => match (old.as_text(), new.as_text()) {
                (Some(from), Some(to)) => {
                    let (from, to) = (name_of(from).to_owned(), name_of(to).to_owned());
                    self.changes.push(Change::Moved { component: self.component.clone(), from, to, anew: true });
                }
                _ => self.setting(field, new),
            },
            (_, "policy") => self.policy(old, new),
            (_, "organizationLevels") if old.elements().len() == new.elements().len() => {
                for (old, new) in old.elements().iter().zip(new.elements()) {
                    self.level(old, new);
                }
            }
            _ => match (old, new) {
                (Value::List(_) | Value::Null, Value::List(_)) | (Value::List(_), Value::Null) => {
                    let (gone, come) = difference(old, new);
                    for value in gone {
                        let (of, field) = (self.component.clone(), field.to_owned());
                        self.changes.push(Change::Unlisted { of, field, text: shown(value) });
                    }
                    for value in come {
                        let (of, field) = (self.component.clone(), field.to_owned());
                        self.changes.push(Change::Listed { of, field, text: shown(value) });
                    }
                }
                (Value::Object(_) | Value::Null, Value::Object(_)) | (Value::Object(_), Value::Null) => {
                    for (name, old, new) in pairs(old, new) {
                        if old != new {
                            self.setting(&[field, ".", name_of(name)].concat(), new.unwrap_or(&Value::Null));
                        }
                    }
                }
                _ => self.setting(field, new),
            },
        }
    }

    /// The policies that differ on a level of an organization.
    fn level(&mut self, old: &Value, new: &Value) {
        let name = new.get("name").and_then(Value::as_text).unwrap_or_default();
        for (field, old, new) in pairs(old, new) {
            let none = Value::Null;
            for (policy, old, new) in pairs(old.unwrap_or(&none), new.unwrap_or(&none)) {
                if old != new {
                    self.setting(&[name, ".", field, ".", policy].concat(), new.unwrap_or(&none));
                }
            }
        }
    }

    /// The statements of a policy that differ, where nothing else does.
    fn policy(&mut self, old: &Value, new: &Value) {
        let of = || self.component.clone();
        let statements = |policy: &Value| match policy.get("Statement") {
            Some(Value::List(elements)) => elements.clone(),
            Some(one) => vec![one.clone()].into(),
            None => Shared::default(),
        };
        let is_rest_alike = old == &Value::Null
            || old.as_text() == Some("none")
            || pairs(old, new).into_iter().all(|(name, old, new)| name == "Statement" || old == new);
        let (was, is) = (Value::List(statements(old)), Value::List(statements(new)));
        let (gone, come) = difference(&was, &is);
        match (gone.as_slice(), come.as_slice()) {
            ([], [_, ..]) if is_rest_alike => self.changes.extend(
                come.into_iter().map(|statement| Change::StatementAdded { of: of(), statement: shown(statement) }),
            ),
            ([from], [to]) if is_rest_alike => {
                self.changes.push(Change::StatementReplaced { of: of(), from: shown(from), to: shown(to) });
            }
            _ => self.changes.push(Change::PolicyChanged { of: of() }),
        }
    }

    fn setting(&mut self, field: &str, value: &Value) {
        self.changes.push(setting(Some(self.component.clone()), field, value));
    }

    fn routes(&mut self, old: &Value, new: &Value) {
        let table = &self.component.name;
        let text = |route: &Value, field: &str| {
            name_of(route.get(field).and_then(Value::as_text).unwrap_or_default()).to_owned()
        };
        let (gone, come) = difference(old, new);
        let mut come: Vec<Option<&Value>> = come.into_iter().map(Some).collect();
        for route in gone {
            let destination = text(route, "destination");
            let same = come.iter_mut().find(|new| new.is_some_and(|new| text(new, "destination") == destination));
            match same.and_then(Option::take) {
                Some(new) => {
                    let (from, to) = (text(route, "target"), text(new, "target"));
                    if from == to {
                        for field in ["state", "origin"] {
                            if route.get(field) != new.get(field) {
                                let field_name = ["route ", &destination, " ", field].concat();
                                let value = new.get(field).unwrap_or(&Value::Null);
                                self.changes.push(setting(Some(self.component.clone()), &field_name, value));
                            }
                        }
                    } else {
                        self.changes.push(Change::RouteReplaced { table: table.clone(), destination, from, to });
                    }
                }
                None => {
                    let target = text(route, "target");
                    self.changes.push(Change::RouteRemoved { table: table.clone(), destination, target });
                }
            }
        }
        for route in come.into_iter().flatten() {
            let (destination, target) = (text(route, "destination"), text(route, "target"));
            self.changes.push(Change::RouteAdded { table: table.clone(), destination, target });
        }
    }

    fn rules(&mut self, ingress: bool, old: &Value, new: &Value) {
        let (gone, come) = difference(old, new);
        let of = || self.component.clone();
        self.changes.extend(gone.into_iter().map(|rule| Change::RuleRemoved {
            of: of(),
            ingress,
            rule: rule_text(rule),
        }));
        self.changes.extend(come.into_iter().map(|rule| Change::RuleAdded {
            of: of(),
            ingress,
            rule: rule_text(rule),
        }));
    }

    fn associations(&mut self, old: &Value, new: &Value, kind: ComponentKind) {
        let (gone, come) = difference(old, new);
        for what in gone.into_iter().filter_map(Value::as_text) {
            self.changes.push(Change::Disassociated { what: named(what, kind), from: self.component.clone() });
        }
        for what in come.into_iter().filter_map(Value::as_text) {
            self.changes.push(Change::Associated { what: named(what, kind), with: self.component.clone() });
        }
    }

    fn attachments(&mut self, old: &Value, new: &Value, kind: ComponentKind) {
        let (gone, come) = difference(old, new);
        let what = || self.component.clone();
        let other = |value: &Value| named(value.as_text().unwrap_or_default(), kind);
        match (gone.as_slice(), come.as_slice()) {
            ([from], [to]) if kind == ComponentKind::Subnet => {
                let (from, to) = (other(from).name, other(to).name);
                self.changes.push(Change::Moved { component: what(), from, to, anew: false });
            }
            _ if self.section == "functions" && kind == ComponentKind::Subnet && new.elements().is_empty() => {
                self.changes.push(Change::LeftVpc { component: what() });
            }
            _ => {
                self.changes.extend(gone.into_iter().map(|from| Change::Detached { what: what(), from: other(from) }));
                self.changes.extend(come.into_iter().map(|to| Change::Attached { what: what(), to: other(to) }));
            }
        }
    }
}

/// What is in one list only: gone, and come.
fn difference<'v>(old: &'v Value, new: &'v Value) -> (Vec<&'v Value>, Vec<&'v Value>) {
    let key = |value: &Value| serde_json::to_string(value).unwrap_or_default();
    let only = |of: &'v Value, other: &'v Value| {
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        other.elements().iter().for_each(|value| *others.entry(key(value)).or_default() += 1);
        let mut left = Vec::new();
        for value in of.elements() {
            match others.get_mut(&key(value)) {
                Some(count) if *count > 0 => *count -= 1,
                _ => left.push(value),
            }
        }
        left
    };
    (only(old, new), only(new, old))
}

/// The fields of two objects side by side, those of the first one first.
fn pairs<'v>(old: &'v Value, new: &'v Value) -> Vec<(&'v str, Option<&'v Value>, Option<&'v Value>)> {
    let mut seen = BTreeSet::new();
    let names = old.fields().iter().chain(new.fields()).map(|(name, _)| name.as_str());
    names.filter(|name| seen.insert(*name)).map(|name| (name, old.get(name), new.get(name))).collect()
}

fn setting(of: Option<Component>, field: &str, value: &Value) -> Change {
    let field = field.to_owned();
    match value {
        Value::Null => Change::Unset { of, field },
        value => Change::Set { of, field, value: shown(value) },
    }
}

/// A value as a person reads it.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => name_of(text).to_owned(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

/// A rule as AWS's console has it: number, action, protocol, ports, other side.
fn rule_text(rule: &Value) -> String {
    let peer = ["peer", "source", "destination", "cidr"].iter().find_map(|field| rule.get(field));
    let port = rule.get("port");
    let protocol = rule.get("protocol").map_or_else(|| if port.is_some() { "tcp" } else { "all" }.to_owned(), shown);
    let parts = [
        rule.get("ruleNumber").map(shown),
        rule.get("action").map(shown),
        Some(protocol),
        port.map(shown),
        peer.map(shown),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What belongs to the document or the account as a whole.
fn document_settings(before: &Value, after: &Value, changes: &mut Vec<Change>) {
    for (name, old, new) in pairs(before, after) {
        if old == new || kind_of(name).is_some() || name == "expect" {
            continue;
        }
        let (old, new) = (old.unwrap_or(&Value::Null), new.unwrap_or(&Value::Null));
        if name == "vpcBlockPublicAccess" {
            let component = Component::new(ComponentKind::VpcBlockPublicAccess, "");
            Differences { component, section: "vpcBlockPublicAccess", whole: false, changes }.entry(old, new);
        } else {
            changes.push(setting(None, name, new));
        }
    }
}

fn questions(before: &Value, after: &Value, changes: &mut Vec<Change>) {
    let list = |document: &Value| document.get("expect").cloned().unwrap_or_default();
    let (old, new) = (list(before), list(after));
    if old == new {
        return;
    }
    let ends = |question: &Value| {
        let text = |field: &str| question.get(field).and_then(Value::as_text).unwrap_or_default().to_owned();
        (name_of(&text("from")).to_owned(), text("to"))
    };
    let (gone, come) = difference(&old, &new);
    let mut come: Vec<Option<(String, String)>> = come.into_iter().map(|question| Some(ends(question))).collect();
    for question in gone {
        let (from, to) = ends(question);
        let same = come.iter_mut().find(|new| new.as_ref().is_some_and(|(a, b)| *a == from && *b == to));
        match same.and_then(Option::take) {
            Some(_) => changes.push(Change::QuestionChanged { from, to }),
            None => changes.push(Change::QuestionRemoved { from, to }),
        }
    }
    changes.extend(come.into_iter().flatten().map(|(from, to)| Change::QuestionAdded { from, to }));
}
