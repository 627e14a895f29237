//! Components as a whole: added, removed, renamed, duplicated, with everything that names them.

use std::collections::BTreeSet;

use super::names::{Fate, Names, fallen, follow, remove_field};
use super::pointer::{escaped, put, shape_at};
use super::problem::EditFlaw;
use super::value::Value;
use crate::component::{Component, ComponentKind};
use crate::document::references::{REFERENCES, SECTIONS, section_of};
use crate::nearest::nearest;

impl Component {
    /// The place of one of its fields in a document, as a JSON pointer.
    pub(super) fn place(&self, field: &str) -> String {
        ["/", section_of(self.kind).unwrap_or_default(), "/", &escaped(&self.name), "/", field].concat()
    }
}

/// A component by its address.
pub(super) fn component(address: &str) -> Result<(Component, &'static str), EditFlaw> {
    let (word, name) = address.split_once('/').unwrap_or((address, ""));
    match SECTIONS.iter().find(|(_, kind)| kind.as_str() == word) {
        Some((section, kind)) if !name.is_empty() => Ok((Component::new(*kind, name), section)),
        Some(_) => Err(EditFlaw::NoName),
        None => {
            let nearest = nearest(word, SECTIONS.iter().map(|(_, kind)| kind.as_str()));
            Err(EditFlaw::NotAComponent { address: address.to_owned(), nearest })
        }
    }
}

/// A component that the document has.
pub(super) fn existing(names: &Names, address: &str) -> Result<(Component, &'static str), EditFlaw> {
    let (component, section) = component(address)?;
    if names.has(component.kind, &component.name) {
        return Ok((component, section));
    }
    let near = nearest(&component.name, names.of_kind(component.kind));
    let nearest = near.map(|name| Component::new(component.kind, name));
    Err(EditFlaw::NoSuchComponent { address: address.to_owned(), nearest })
}

fn free(names: &Names, component: &Component) -> Result<(), EditFlaw> {
    // `local` is what routes call the VPC itself.
    if names.has(component.kind, &component.name) || component.name == "local" {
        return Err(EditFlaw::NameTaken { component: component.clone() });
    }
    Ok(())
}

/// Adds a component at the end of its section.
pub(super) fn add(document: &mut Value, address: &str, value: Value) -> Result<(), EditFlaw> {
    let (component, section) = component(address)?;
    let before = Names::of(document);
    free(&before, &component)?;
    let Value::Object(mut fields) = value else { return Err(EditFlaw::NoContainer { pointer: String::new() }) };
    let shape = shape_at(&[section, &component.name]);
    let given = std::mem::take(&mut fields);
    given.into_iter().for_each(|(field, value)| put(&mut fields, &field, value, shape));
    if component.kind == ComponentKind::Vpc {
        name_the_only_vpc(document, &before);
    }
    let Value::Object(sections) = document else { return Err(EditFlaw::NotADocument) };
    if !sections.iter().any(|(name, _)| name == section) {
        put(sections, section, Value::Object(Vec::new()), shape_at::<&str>(&[]));
    }
    let Some(Value::Object(entries)) = document.get_mut(section) else {
        return Err(EditFlaw::NoContainer { pointer: ["/", section].concat() });
    };
    entries.push((component.name, Value::Object(fields)));
    let after = Names::of(document);
    follow(document, &before, &after, &|component| Fate::Named(component.clone()));
    Ok(())
}

/// Removes a component, what cannot be without it, and every reference to them.
pub(super) fn remove(document: &mut Value, address: &str) -> Result<(), EditFlaw> {
    let names = Names::of(document);
    let (component, _) = existing(&names, address)?;
    if component.kind == ComponentKind::Vpc {
        name_the_only_vpc(document, &names);
    }
    let mut gone = BTreeSet::from([component]);
    loop {
        let more = fallen(document, &names, &gone);
        let count = gone.len();
        gone.extend(more);
        if gone.len() == count {
            break;
        }
    }
    for component in &gone {
        let Some(section) = section_of(component.kind) else { continue };
        if let Some(entries) = document.get_mut(section) {
            remove_field(entries, &component.name);
            if entries.is_bare() {
                remove_field(document, section);
            }
        }
    }
    let after = Names::of(document);
    let fate = |named: &Component| if gone.contains(named) { Fate::Gone } else { Fate::Named(named.clone()) };
    follow(document, &names, &after, &fate);
    Ok(())
}

/// Gives a component another name, which every reference follows.
pub(super) fn rename(document: &mut Value, address: &str, name: &str) -> Result<(), EditFlaw> {
    let before = Names::of(document);
    let (component, section) = existing(&before, address)?;
    if name == component.name {
        return Ok(());
    }
    if name.is_empty() {
        return Err(EditFlaw::NoName);
    }
    let renamed = Component::new(component.kind, name);
    free(&before, &renamed)?;
    if let Some(Value::Object(entries)) = document.get_mut(section)
        && let Some((key, entry)) = entries.iter_mut().find(|(key, _)| *key == component.name)
    {
        name.clone_into(key);
        // The key says that it is the VPC's default group (R8.3), and another key does not.
        if component.kind == ComponentKind::SecurityGroup
            && component.name == "default"
            && let Value::Object(fields) = entry
        {
            put(fields, "isDefault", true.into(), shape_at(&[section, name]));
        }
    }
    let after = Names::of(document);
    let fate = |named: &Component| Fate::Named(if *named == component { renamed.clone() } else { named.clone() });
    follow(document, &before, &after, &fate);
    Ok(())
}

/// What a document with one VPC leaves out: that everything is in it. With a second VPC it has to be said.
fn name_the_only_vpc(document: &mut Value, names: &Names) {
    let mut vpcs = names.of_kind(ComponentKind::Vpc);
    let (Some(only), None) = (vpcs.next(), vpcs.next()) else { return };
    for reference in REFERENCES.iter().filter(|reference| reference.path == "vpc" && reference.falls.is_empty()) {
        let Some(Value::Object(entries)) = document.get_mut(reference.section) else { continue };
        for (key, entry) in entries.iter_mut() {
            if let Value::Object(fields) = entry
                && !fields.iter().any(|(field, _)| field == "vpc")
            {
                put(fields, "vpc", only.into(), shape_at(&[reference.section, key]));
            }
        }
    }
}

/// Adds a copy of a component that can stand beside it.
pub(super) fn duplicate(document: &mut Value, address: &str, name: &str) -> Result<(), EditFlaw> {
    let names = Names::of(document);
    let (component, section) = existing(&names, address)?;
    let Some(entry) = document.get(section).and_then(|entries| entries.get(&component.name)) else { return Ok(()) };
    let mut entry = entry.clone();
    // What only one component can have.
    for field in ["main", "isDefault"] {
        remove_field(&mut entry, field);
    }
    if matches!(component.kind, ComponentKind::RouteTable | ComponentKind::NetworkAcl) {
        remove_field(&mut entry, "subnets");
    }
    add(document, &[component.kind.as_str(), "/", name].concat(), entry)
}
