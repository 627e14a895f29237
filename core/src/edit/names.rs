//! What the names in a document stand for, and how they follow when something is renamed or goes away.

use std::collections::{BTreeMap, BTreeSet};

use super::value::Value;
use crate::component::{Component, ComponentKind};
use crate::document::references::{DESTINATIONS, Form, REFERENCES, Reference, SECTIONS};
use crate::document::slot::without_alias;

/// The names of all components.
pub(super) struct Names {
    by_kind: BTreeMap<ComponentKind, BTreeSet<String>>,
    /// Buckets whose name is not their key, by name.
    buckets: BTreeMap<String, String>,
}

/// What a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) component: Component,
    /// What stands before and behind the name.
    before: String,
    after: String,
    /// Whether it is written as `kind/name`.
    qualified: bool,
    /// Whether the text names it by something other than its key.
    by_other_name: bool,
    /// Whether it is the main route table that AWS makes for the VPC.
    own_table: bool,
}

impl Names {
    pub(super) fn of(document: &Value) -> Names {
        let mut names = Names { by_kind: BTreeMap::new(), buckets: BTreeMap::new() };
        for (section, kind) in SECTIONS {
            let mut keys = BTreeSet::new();
            for (key, entry) in document.get(section).map(Value::fields).unwrap_or_default() {
                keys.insert(key.clone());
                if *kind == ComponentKind::Bucket
                    && let Some(name) = entry.get("bucketName").and_then(Value::as_text)
                {
                    names.buckets.insert(name.to_owned(), key.clone());
                }
            }
            names.by_kind.insert(*kind, keys);
        }
        names
    }

    /// Whatever some thing is called in one of two documents, and not in the other.
    pub(super) fn only_in_one(&self, other: &Names) -> BTreeSet<String> {
        let mut only = BTreeSet::new();
        let mut add = |one: &Names, other: &Names| {
            for (kind, names) in &one.by_kind {
                only.extend(names.iter().filter(|name| !other.has(*kind, name)).cloned());
            }
            for (name, key) in one.buckets.iter().filter(|(name, key)| other.buckets.get(*name) != Some(*key)) {
                only.extend([name.clone(), key.clone()]);
            }
        };
        add(self, other);
        add(other, self);
        only
    }

    pub(super) fn has(&self, kind: ComponentKind, name: &str) -> bool {
        self.by_kind.get(&kind).is_some_and(|names| names.contains(name))
    }

    pub(super) fn of_kind(&self, kind: ComponentKind) -> impl Iterator<Item = &str> {
        self.by_kind.get(&kind).into_iter().flatten().map(String::as_str)
    }

    /// What a text names; none for what the document does not have, and for what several things are called.
    pub(super) fn find(&self, form: Form, text: &str) -> Option<Found> {
        match form {
            Form::Key(kinds) => self.key(kinds, text),
            Form::SecurityGroup => self.security_group(text),
            Form::Peer => self.security_group(text).or_else(|| self.key(&[ComponentKind::PrefixList], text)),
            Form::RouteDestination => self.key(&[ComponentKind::PrefixList], text),
            Form::RouteTable => self.key(&[ComponentKind::RouteTable], text).or_else(|| self.own_table(text)),
            Form::Destination if text.trim_start().starts_with("s3://") => self.bucket(text),
            Form::Destination => {
                let (name, port) = match text.rsplit_once(':') {
                    Some((name, port)) if port.parse::<u16>().is_ok() => (name, text.get(name.len()..)?),
                    _ => (text, ""),
                };
                let found = self.key(DESTINATIONS, name)?;
                Some(Found { after: port.to_owned(), ..found })
            }
            Form::Object => self.bucket(text),
            Form::UnknownSection => {
                let (name, _) = text.strip_prefix("vpcs/")?.rsplit_once('/')?;
                self.vpc("vpcs/", name, text.get("vpcs/".len() + name.len()..)?)
            }
        }
    }

    fn key(&self, kinds: &[ComponentKind], text: &str) -> Option<Found> {
        let mut having = kinds.iter().filter(|kind| self.has(**kind, text));
        if let Some(kind) = having.next() {
            return having.next().is_none().then(|| Found::plain(*kind, text, false));
        }
        let (word, name) = text.split_once('/')?;
        let kind = kinds.iter().find(|kind| kind.as_str() == word && self.has(**kind, name))?;
        Some(Found::plain(*kind, name, true))
    }

    fn security_group(&self, text: &str) -> Option<Found> {
        let own = || self.vpc("", text.strip_suffix("/default")?, "/default");
        self.key(&[ComponentKind::SecurityGroup], text).or_else(own)
    }

    /// The main table that AWS makes for a VPC, which is called `main` where there is one VPC and no table of that name.
    fn own_table(&self, text: &str) -> Option<Found> {
        let vpc = match text.strip_suffix("/main") {
            Some(vpc) => vpc,
            None if text == "main" => self.only_vpc()?,
            None => return None,
        };
        Some(Found { own_table: true, ..self.vpc("", vpc, "/main")? })
    }

    /// The VPC of a document that has one.
    pub(super) fn only_vpc(&self) -> Option<&str> {
        let mut vpcs = self.of_kind(ComponentKind::Vpc);
        vpcs.next().filter(|_| vpcs.next().is_none())
    }

    fn vpc(&self, before: &str, name: &str, after: &str) -> Option<Found> {
        let found = Found::plain(ComponentKind::Vpc, name, false);
        let found = Found { before: before.to_owned(), after: after.to_owned(), ..found };
        self.has(ComponentKind::Vpc, name).then_some(found)
    }

    fn bucket(&self, text: &str) -> Option<Found> {
        let (_, rest) = text.split_once("s3://")?;
        let name = rest.split('/').next()?;
        let after = rest.get(name.len()..)?.to_owned();
        let before = text.get(..text.len() - rest.len())?.to_owned();
        if self.has(ComponentKind::Bucket, name) {
            return Some(Found { before, after, ..Found::plain(ComponentKind::Bucket, name, false) });
        }
        if let Some(bucket) = self.buckets.get(name) {
            return Some(Found { by_other_name: true, ..Found::plain(ComponentKind::Bucket, bucket, false) });
        }
        let is_point = self.has(ComponentKind::AccessPoint, name);
        is_point.then(|| Found { before, after, ..Found::plain(ComponentKind::AccessPoint, name, false) })
    }

    /// The text that names the component here, as near to what was written as it can be.
    fn text(&self, form: Form, written: &str, found: &Found, component: &Component) -> String {
        if found.by_other_name {
            return written.to_owned();
        }
        if found.own_table && self.only_vpc().is_some() && !self.has(ComponentKind::RouteTable, "main") {
            return "main".to_owned();
        }
        let text = |qualified: bool| {
            let kind = if qualified { [component.kind.as_str(), "/"].concat() } else { String::new() };
            [found.before.as_str(), &kind, &component.name, &found.after].concat()
        };
        let plain = text(found.qualified);
        let means = |text: &str| self.find(form, text).is_some_and(|now| now.component == *component);
        if means(&plain) { plain } else { text(true) }
    }
}

impl Found {
    fn plain(kind: ComponentKind, name: &str, qualified: bool) -> Found {
        let component = Component::new(kind, name);
        Found {
            component,
            before: String::new(),
            after: String::new(),
            qualified,
            by_other_name: false,
            own_table: false,
        }
    }
}

/// What becomes of a component that is named.
pub(super) enum Fate {
    /// It is there, under this name.
    Named(Component),
    /// It is gone.
    Gone,
    /// It is gone, and AWS's own one takes its place under this name.
    Own(String),
}

/// Lets every reference follow: `before` tells what it meant, `after` what names mean now.
///
/// A name that would mean something else from now on is written as `kind/name`.
pub(super) fn follow(document: &mut Value, before: &Names, after: &Names, fate: &dyn Fn(&Component) -> Fate) {
    REFERENCES.iter().for_each(|reference| follow_one(document, reference, before, after, fate));
}

/// The same where one component is new.
pub(super) fn follow_new(document: &mut Value, before: &Names, after: &Names, new: &Component) {
    // A name that nothing had, and that is not written like a longer one, changes the meaning of no other.
    let is_new_word = !SECTIONS.iter().any(|(_, kind)| before.has(*kind, &new.name));
    let is_plain = new.kind != ComponentKind::Vpc && new.name != "main" && !new.name.contains('/');
    for reference in REFERENCES {
        // A main table of AWS's own is written in one way, whatever is new.
        if !(is_new_word && is_plain) || reference.form == Form::RouteTable {
            follow_one(document, reference, before, after, &|component| Fate::Named(component.clone()));
        }
    }
}

fn follow_one(
    document: &mut Value,
    reference: &Reference,
    before: &Names,
    after: &Names,
    fate: &dyn Fn(&Component) -> Fate,
) {
    visit(document, reference, &|text: &str| {
        let Some(found) = before.find(reference.form, text) else { return Site::Stays };
        match fate(&found.component) {
            Fate::Gone => Site::Gone,
            Fate::Own(name) => Site::of(text, name),
            Fate::Named(component) => Site::of(text, after.text(reference.form, text, &found, &component)),
        }
    });
}

/// What becomes of a text that names something.
enum Site {
    Stays,
    Written(String),
    /// What it names is gone.
    Gone,
}

impl Site {
    fn of(text: &str, new: String) -> Site {
        if new == text { Site::Stays } else { Site::Written(new) }
    }
}

/// Writes every name of something that the document has as `kind/name`, so that two documents can be compared.
pub(super) fn spell_out(document: &mut Value, names: &Names) {
    for reference in REFERENCES {
        visit(document, reference, &|text: &str| {
            let found = names.find(reference.form, text).filter(|found| !found.by_other_name);
            let Some(found) = found else { return Site::Stays };
            let kind = if found.component.kind == ComponentKind::Vpc && !found.after.is_empty() {
                String::new()
            } else {
                [found.component.kind.as_str(), "/"].concat()
            };
            Site::of(text, [found.before.as_str(), &kind, &found.component.name, &found.after].concat())
        });
    }
}

const VPCS: Form = Form::Key(&[ComponentKind::Vpc]);
const INTERFACES: Form = Form::Key(&[ComponentKind::NetworkInterface]);

/// The components that cannot be without one of those that are gone.
pub(super) fn fallen(document: &Value, names: &Names, gone: &BTreeSet<Component>) -> BTreeSet<Component> {
    let mut fallen = BTreeSet::new();
    for reference in REFERENCES.iter().filter(|reference| reference.falls.is_empty()) {
        let Some((_, kind)) = SECTIONS.iter().find(|(section, _)| *section == reference.section) else { continue };
        for (key, entry) in document.get(reference.section).map(Value::fields).unwrap_or_default() {
            let named = entry.get(reference.path).and_then(Value::as_text);
            let found = named.and_then(|text| names.find(reference.form, text));
            if found.is_some_and(|found| gone.contains(&found.component)) {
                fallen.insert(Component::new(*kind, key));
            }
        }
    }
    // What needs at least one of several.
    let lists = [
        ("privateHostedZones", "vpcs", "vpcs", ComponentKind::PrivateHostedZone, VPCS),
        ("instances", "subnet", "networkInterfaces", ComponentKind::Instance, INTERFACES),
    ];
    for (section, instead, list, kind, of) in lists {
        for (key, entry) in document.get(section).map(Value::fields).unwrap_or_default() {
            let named = entry.get(list).map(Value::elements).unwrap_or_default();
            let is_gone = |text: &Value| {
                let found = text.as_text().and_then(|text| names.find(of, text));
                found.is_some_and(|found| gone.contains(&found.component))
            };
            let is_alone = instead == list || entry.get(instead).is_none();
            if is_alone && !named.is_empty() && named.iter().all(is_gone) {
                fallen.insert(Component::new(kind, key));
            }
        }
    }
    fallen
}

/// Shows every text of that field to `site`, which tells what becomes of it; then what falls is removed.
///
/// What stays as it is, is not touched: copies of the document go on sharing it.
fn visit(document: &mut Value, reference: &Reference, site: &dyn Fn(&str) -> Site) {
    let steps: Vec<&str> = reference.path.split('/').filter(|step| !step.is_empty()).collect();
    let falls = reference.falls.split('/').filter(|step| !step.is_empty()).count();
    let is_section = SECTIONS.iter().any(|(section, _)| *section == reference.section);
    let Some(section) = document.get(reference.section) else { return };
    let changes = |entry: &Value| changes(entry, &steps, 0, site);
    match section {
        Value::Object(entries) if is_section => {
            let changing = entries.iter().enumerate().filter(|(_, (_, entry))| changes(entry));
            let positions: Vec<usize> = changing.map(|(position, _)| position).collect();
            if positions.is_empty() {
                return;
            }
            let Some(Value::Object(entries)) = document.get_mut(reference.section) else { return };
            // A component that falls is removed by whoever removed what it named.
            for position in positions {
                if let Some((_, entry)) = entries.get_mut(position) {
                    walk(entry, &steps, 0, falls, site);
                }
            }
        }
        Value::List(entries) => {
            if entries.iter().any(changes)
                && let Some(Value::List(entries)) = document.get_mut(reference.section)
            {
                entries.retain_mut(|entry| !walk(entry, &steps, 0, falls, site));
            }
            if document.get(reference.section).is_some_and(Value::is_bare) {
                remove_field(document, reference.section);
            }
        }
        other => {
            if changes(other)
                && let Some(other) = document.get_mut(reference.section)
            {
                walk(other, &steps, 0, falls, site);
            }
        }
    }
}

/// Whether a text below does not stay as it is.
fn changes(value: &Value, steps: &[&str], at: usize, site: &dyn Fn(&str) -> Site) -> bool {
    let becomes_other = |text: &str| !matches!(site(text), Site::Stays);
    match (steps.get(at).copied(), value) {
        (None, Value::Text(text)) => becomes_other(text),
        (Some("*"), Value::List(elements)) => elements.iter().any(|element| changes(element, steps, at + 1, site)),
        (Some("@"), Value::Object(fields)) => fields.iter().any(|(key, _)| becomes_other(key)),
        (Some(step), Value::Object(fields)) => {
            let field = fields.iter().find(|(name, _)| without_alias(name, &[step]) == step);
            field.is_some_and(|(_, child)| changes(child, steps, at + 1, site))
        }
        _ => false,
    }
}

/// Whether something below names what is gone, so that the value of depth `falls` has to go.
fn walk(value: &mut Value, steps: &[&str], at: usize, falls: usize, site: &dyn Fn(&str) -> Site) -> bool {
    let is_here = falls == at + 1;
    let mut fell = false;
    let write = |text: &mut String| match site(text) {
        Site::Stays => false,
        Site::Written(new) => {
            *text = new;
            false
        }
        Site::Gone => true,
    };
    match (steps.get(at).copied(), value) {
        (None, Value::Text(text)) => return write(text),
        (Some("*"), Value::List(elements)) => elements.retain_mut(|element| {
            let falls = walk(element, steps, at + 1, falls, site);
            fell |= falls;
            !(falls && is_here)
        }),
        (Some("@"), Value::Object(fields)) => fields.retain_mut(|(key, _)| {
            let falls = write(key);
            fell |= falls;
            !(falls && is_here)
        }),
        (Some(step), Value::Object(fields)) => {
            let position = fields.iter().position(|(name, _)| without_alias(name, &[step]) == step);
            let Some((name, child)) = position.and_then(|position| fields.get_mut(position)) else { return false };
            let was_bare = child.is_bare();
            fell = walk(child, steps, at + 1, falls, site);
            // No rules at all are not the same as an empty list of them: a new group has a rule (R8.2).
            let is_empty = child.is_bare() && !was_bare && name != "egress";
            if (fell && is_here || is_empty)
                && let Some(position) = position
            {
                fields.remove(position);
            }
        }
        _ => {}
    }
    fell && falls <= at
}

/// Removes the first field of that name.
pub(super) fn remove_field(value: &mut Value, name: &str) -> Option<Value> {
    let Value::Object(fields) = value else { return None };
    let position = fields.iter().position(|(field, _)| field == name)?;
    Some(fields.remove(position).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names in every form, some of them written longer or shorter than they have to be.
    const DOCUMENT: &str = r#"{
      "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
      "subnets": { "a": { "vpc": "vpc/main", "cidr": "10.0.0.0/24" } },
      "routeTables": { "rtb": { "subnets": ["a"], "routes": [
        { "destination": "pl", "target": "igw" }, { "destination": "10.9.0.0/16", "target": "instance/box" },
        { "destination": "10.8.0.0/16", "target": "nobody" }
      ] } },
      "internetGateways": { "igw": {} },
      "vpcEndpoints": { "s3": { "service": "s3", "routeTables": ["main/main", "rtb", "main"] } },
      "securityGroups": { "sg": { "ingress": [{ "peer": "main/default" }, { "peer": "pl" }, { "peer": "sg" }] } },
      "prefixLists": { "pl": { "entries": ["192.0.2.0/24"] } },
      "instances": { "box": { "subnet": "a", "securityGroups": ["main/default", "sg"] } },
      "buckets": { "photos": { "bucketName": "the-photos" } },
      "unknownSections": ["vpcs/main/enableDnsSupport"],
      "expect": [
        { "from": "box", "to": "s3://the-photos/key" }, { "from": "instance/box", "to": "s3://photos" },
        { "from": "box", "to": "box:443" }
      ]
    }"#;

    #[test]
    fn a_new_name_needs_no_look_at_the_others() {
        let names = [
            "a",
            "rtb",
            "igw",
            "box",
            "box:443",
            "nobody",
            "pl",
            "sg",
            "photos",
            "the-photos",
            "main",
            "main/main",
            "main/default",
            "default",
            "new",
            "instance/box",
        ];
        let before: Value = serde_json::from_str(DOCUMENT).unwrap();
        let known = Names::of(&before);
        for (section, kind) in SECTIONS {
            for name in names.iter().filter(|name| !known.has(*kind, name)) {
                let mut document = before.clone();
                let entry = ((*name).to_owned(), Value::object([]));
                match document.get_mut(section) {
                    Some(Value::Object(entries)) => entries.push(entry),
                    _ => {
                        let Value::Object(sections) = &mut document else { panic!("an object") };
                        sections.push(((*section).to_owned(), Value::Object(vec![entry].into())));
                    }
                }
                let after = Names::of(&document);
                let mut all = document.clone();
                follow(&mut all, &known, &after, &|component| Fate::Named(component.clone()));
                follow_new(&mut document, &known, &after, &Component::new(*kind, *name));
                assert_eq!(document, all, "{kind:?} {name}");
            }
        }
    }
}
