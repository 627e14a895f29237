//! The difference between two documents as what is added to, changed in and removed from a template or a
//! configuration for Terraform.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::cloudformation::{self, Printed};
use super::difference::{Difference, differing};
use super::known::Known;
use super::names::{Names, Style};
use super::resource::{Kind, Resource, Term};
use super::shell::comment;
use super::terraform;
use crate::words::{Language, export as words};

/// What is to be shown of the state after the change.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    New,
    /// With the names of the settings that differ.
    Changed(Vec<&'static str>),
}

/// Resources by what happens to them, once what stands inside others is put down to those.
#[derive(Default)]
struct Parts<'d> {
    shown: BTreeMap<String, Shown>,
    removed: Vec<&'d Resource>,
    /// What is gone from inside another resource that stays.
    taken_out: Vec<(&'d str, &'d Resource)>,
}

fn parts<'d>(
    difference: &Difference<'d>,
    host_before: &dyn Fn(&'d Resource) -> Option<&'d str>,
    host_after: &dyn Fn(&'d Resource) -> Option<&'d str>,
) -> Parts<'d> {
    let mut parts = Parts::default();
    let mut is_touched: BTreeSet<&str> = BTreeSet::new();
    for new in &difference.created {
        match host_after(new) {
            Some(host) => drop(is_touched.insert(host)),
            None => drop(parts.shown.insert(new.key.clone(), Shown::New)),
        }
    }
    let changed = difference.changed.iter().map(|(old, new, _)| (*old, *new));
    for (old, new) in changed.chain(difference.replaced.iter().copied()) {
        // What only follows something else changes by itself in these tools.
        let fields = differing(old, new);
        if fields.is_empty() {
            continue;
        }
        match host_after(new) {
            Some(host) => drop(is_touched.insert(host)),
            None => drop(parts.shown.insert(new.key.clone(), Shown::Changed(fields))),
        }
    }
    for old in &difference.deleted {
        match host_before(old) {
            Some(host) if difference.after.get(host).is_some() => {
                is_touched.insert(host);
                parts.taken_out.push((host, old));
            }
            Some(_) => {}
            None => parts.removed.push(old),
        }
    }
    for host in is_touched {
        parts.shown.entry(host.to_owned()).or_insert_with(|| Shown::Changed(Vec::new()));
    }
    parts
}

/// The ids of what AWS knows and the tool does not.
fn literals(difference: &Difference<'_>, known: &Known<'_>) -> BTreeMap<String, String> {
    let there = difference.before.resources.iter();
    there.filter_map(|resource| Some((resource.key.clone(), known.id(resource)?.to_owned()))).collect()
}

/// What is written, and what each component is called there.
pub(super) struct Fragment {
    pub(super) text: String,
    pub(super) names: BTreeMap<String, String>,
}

impl Fragment {
    fn new(text: String, names: &Names, difference: &Difference<'_>, literals: &BTreeMap<String, String>) -> Fragment {
        let is_component = |key: &str| difference.after.get(key).is_some_and(|one| one.owner == key);
        let given = names.iter().filter(|(key, _)| is_component(key) && !literals.contains_key(*key));
        let names = given.map(|(key, name)| (key.to_owned(), name.to_owned())).collect();
        Fragment { text, names }
    }
}

/// What is added to a template, and the properties that change in it.
///
/// Comments are no part of JSON, so that the metadata say which resources and properties are changed and removed.
pub(super) fn template(
    difference: &Difference<'_>,
    known: &Known<'_>,
    changes: &[String],
    left_out: &mut Vec<String>,
) -> Fragment {
    let there = difference.before.resources.iter();
    let named = there.filter_map(|one| Some((one.key.clone(), known.logical_id(one)?.to_owned()))).collect();
    // What is there has the names that it has without the change.
    let mut names = Names::beside(Style::LogicalId, named, difference.before.resources.iter());
    names.add(difference.after.resources.iter());
    let literals = literals(difference, known);
    let before = cloudformation::Printer { lowered: difference.before, names: &names, literals: &literals };
    let after = cloudformation::Printer { lowered: difference.after, names: &names, literals: &literals };
    let parts = parts(difference, &|old| before.host(old), &|new| after.host(new));
    let is_outside = |resource: &Resource| literals.contains_key(&resource.owner);
    let (mut resources, mut taken_out, mut changed) = (Map::new(), Map::new(), Vec::new());
    for (key, shown) in &parts.shown {
        let Some(resource) = difference.after.get(key) else { continue };
        if *shown != Shown::New && is_outside(resource) {
            // No stack has it, so that none can change it.
            left_out.push(resource.place.clone());
            continue;
        }
        let id = names.get(key).unwrap_or_default();
        match after.resource(resource) {
            Printed::Own(body) if *shown == Shown::New => drop(resources.insert(id.to_owned(), body)),
            Printed::Own(_) => {
                let old = difference.before.get(key).and_then(|old| before.properties(old)).unwrap_or_default();
                let new = after.properties(resource).unwrap_or_default();
                let gone: Vec<&String> = old.keys().filter(|name| !new.contains_key(*name)).collect();
                if !gone.is_empty() {
                    taken_out.insert(id.to_owned(), json!(gone));
                }
                // Its code is the person's, and only a stand-in here.
                let is_news = |name: &str, value: &Value| old.get(name) != Some(value) && name != "Code";
                let set: Map<String, Value> = new
                    .iter()
                    .filter(|(name, value)| is_news(name, value))
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect();
                changed.push(id.to_owned());
                let of_type = resource.kind.cloudformation();
                resources.insert(id.to_owned(), json!({ "Type": of_type, "Properties": set }));
            }
            Printed::Elsewhere => {}
            Printed::Not => left_out.push(resource.place.clone()),
        }
    }
    changed.sort();
    let mut removed = Vec::new();
    for old in &parts.removed {
        if is_outside(old) {
            left_out.push(old.place.clone());
        } else if matches!(before.resource(old), Printed::Own(_)) {
            removed.extend(names.get(&old.key).map(str::to_owned));
        }
    }
    removed.sort();
    super::change::tidy(left_out);
    let mut metadata = Map::new();
    metadata.insert("Changes".into(), json!(changes));
    if !changed.is_empty() {
        // Of these only the properties that differ are given.
        metadata.insert("Change".into(), json!(changed));
    }
    if !taken_out.is_empty() {
        metadata.insert("RemoveProperties".into(), Value::Object(taken_out));
    }
    if !removed.is_empty() {
        metadata.insert("Remove".into(), json!(removed));
    }
    if !left_out.is_empty() {
        metadata.insert("ByHand".into(), json!(left_out));
    }
    let mut template = Map::new();
    template.insert("AWSTemplateFormatVersion".into(), "2010-09-09".into());
    template.insert("Metadata".into(), Value::Object(metadata));
    template.insert("Resources".into(), Value::Object(resources));
    let text = serde_json::to_string_pretty(&Value::Object(template)).unwrap_or_default() + "\n";
    Fragment::new(text, &names, difference, &literals)
}

/// What is added to a configuration and what is changed in it; what is removed is named in comments.
pub(super) fn configuration(
    difference: &Difference<'_>,
    known: &Known<'_>,
    region: Option<&str>,
    left_out: &mut Vec<String>,
    language: Language,
) -> Fragment {
    let there = || difference.before.resources.iter();
    let mut named: BTreeMap<String, String> =
        there().filter_map(|one| Some((one.key.clone(), known.address(one)?.to_owned()))).collect();
    let module = common_module(difference, &named);
    if let Some(module) = &module {
        for name in named.values_mut() {
            if let Some(rest) = name.strip_prefix(module.as_str()) {
                *name = rest.to_owned();
            }
        }
    }
    let is_inline = |one: &Resource| known.is_inline(one);
    let literals: BTreeMap<String, String> =
        literals(difference, known).into_iter().filter(|(key, _)| !named.contains_key(key)).collect();
    let mut names = Names::beside(Style::Address, named, there());
    names.add(difference.after.resources.iter());
    let printer = |lowered| terraform::Printer { lowered, names: &names, literals: &literals, region };
    let (before, after) = (printer(difference.before), printer(difference.after));
    let parts = parts(difference, &|old| before.host(old), &|new| after.host(new));
    let mut text = String::new();
    if let Some(module) = &module {
        text.push_str(&comment(&words::in_module(module.trim_end_matches('.'), language)));
    }
    let mut used: Vec<(&Resource, Option<&[&str]>)> = Vec::new();
    let mut blocks = String::new();
    for resource in &difference.after.resources {
        let Some(shown) = parts.shown.get(&resource.key) else { continue };
        let address = names.get(&resource.key).unwrap_or_default();
        let only = match shown {
            Shown::New => None,
            Shown::Changed(fields) => Some(fields.as_slice()),
        };
        let Some(block) = after.block(resource, only) else {
            left_out.push(resource.place.clone());
            continue;
        };
        used.push((resource, only));
        blocks.push('\n');
        if let Some(fields) = only {
            blocks.push_str(&comment(&words::change_in(address, language)));
            let id = literals.get(&resource.owner).or_else(|| literals.get(&resource.key));
            if let Some(id) = id {
                blocks.push_str(&comment(&words::import_first(id, language)));
            }
            let is_gone = |field: &&&'static str| match resource.field(field) {
                None => true,
                Some(Term::Fields(fields)) => fields.is_empty(),
                Some(_) => false,
            };
            for field in fields.iter().filter(is_gone) {
                let argument = terraform::argument(resource.kind, field);
                blocks.push_str(&comment(&words::remove_from(address, argument, language)));
            }
            for (_, part) in parts.taken_out.iter().filter(|(host, _)| *host == resource.key) {
                blocks.push_str(&comment(&words::remove_from(address, &before.inline_name(part), language)));
            }
        } else if resource.key != resource.owner {
            // A part beside others that stand in their group or table.
            let owner = names.get(&resource.owner).unwrap_or_default();
            let mut others = there().filter(|other| other.owner == resource.owner && other.key != resource.key);
            if others.any(is_inline) {
                blocks.push_str(&comment(&words::stands_inline(owner, language)));
            }
        }
        blocks.push_str(&block);
    }
    text.push_str(&after.data(&used));
    text.push_str(&blocks);
    if !parts.removed.is_empty() {
        text.push('\n');
    }
    for old in &parts.removed {
        let address = names.get(&old.key).unwrap_or_default();
        if is_inline(old) {
            let owner = names.get(&old.owner).unwrap_or_default();
            text.push_str(&comment(&words::remove_from(owner, &before.inline_name(old), language)));
        } else {
            text.push_str(&comment(&words::remove(address, language)));
            if old.kind == Kind::Role {
                let attachment = address.replacen("aws_iam_role.", "aws_iam_role_policy_attachment.", 1);
                text.push_str(&comment(&words::remove(&attachment, language)));
            }
        }
    }
    Fragment::new(text, &names, difference, &literals)
}

/// The module that everything touched is in, where it is one.
fn common_module(difference: &Difference<'_>, named: &BTreeMap<String, String>) -> Option<String> {
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    fn gather<'t>(term: &'t Term, keys: &mut BTreeSet<&'t str>) {
        match term {
            Term::Of(key, _) => drop(keys.insert(key)),
            Term::List(terms) => terms.iter().for_each(|term| gather(term, keys)),
            Term::Fields(fields) => fields.iter().for_each(|(_, term)| gather(term, keys)),
            _ => {}
        }
    }
    let changed = difference.changed.iter().map(|(_, new, _)| *new);
    let replaced = difference.replaced.iter().map(|(_, new)| *new);
    for resource in difference.created.iter().copied().chain(changed).chain(replaced) {
        keys.insert(&resource.key);
        resource.fields.iter().for_each(|(_, term)| gather(term, &mut keys));
    }
    keys.extend(difference.deleted.iter().map(|old| old.key.as_str()));
    let modules: BTreeSet<&str> = keys
        .iter()
        .filter_map(|key| named.get(*key))
        .map(|name| super::known::address(name).map_or("", |(module, _)| module))
        .collect();
    let mut modules = modules.into_iter();
    match (modules.next(), modules.next()) {
        (Some(module), None) if module.starts_with("module.") => Some(module.to_owned()),
        _ => None,
    }
}
