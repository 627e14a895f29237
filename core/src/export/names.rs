//! Names that a tool accepts, one for each resource.

use std::collections::{BTreeMap, BTreeSet};

use super::resource::Resource;
use crate::component::ComponentKind;

/// How a tool writes names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// CloudFormation's logical ids: letters and digits, each word with a capital, unique in a template.
    LogicalId,
    /// Terraform's addresses: a type and a label of small letters, digits and `_`, unique for the type.
    Address,
    /// Variables of a shell: capitals, digits and `_`, unique in a script.
    Variable,
}

/// The names of resources by their keys.
#[derive(Debug)]
pub(super) struct Names {
    style: Style,
    taken: BTreeSet<String>,
    given: BTreeMap<String, String>,
}

impl Names {
    /// Names for all of them. Components get theirs first, so that parts of them do not take those.
    pub(super) fn of<'r>(style: Style, resources: impl Iterator<Item = &'r Resource> + Clone) -> Names {
        Names::beside(style, BTreeMap::new(), resources)
    }

    /// Names for all of them beside those that the tool knows already.
    pub(super) fn beside<'r>(
        style: Style,
        known: BTreeMap<String, String>,
        resources: impl Iterator<Item = &'r Resource> + Clone,
    ) -> Names {
        let mut names = Names { style, taken: BTreeSet::new(), given: BTreeMap::new() };
        for (key, name) in known {
            names.know(&key, &name);
        }
        names.add(resources);
        names
    }

    /// Names for more resources, beside those that have one.
    pub(super) fn add<'r>(&mut self, resources: impl Iterator<Item = &'r Resource> + Clone) {
        for kind in ComponentKind::ALL {
            let word = kind.as_str();
            for resource in resources.clone().filter(|resource| resource.key == resource.owner) {
                if let Some(name) = resource.owner.strip_prefix(word).and_then(|rest| rest.strip_prefix('/')) {
                    self.name(resource, word, name, "");
                }
            }
        }
        for resource in resources {
            let (kind, name) = resource.owner.split_once('/').unwrap_or((&resource.owner, ""));
            match self.given.get(&resource.owner).cloned() {
                Some(owner) if resource.key != resource.owner => self.name(resource, kind, &owner, &resource.part),
                _ if ComponentKind::ALL.iter().any(|known| known.as_str() == kind) && !name.is_empty() => {
                    self.name(resource, kind, name, &resource.part);
                }
                _ => self.name(resource, kind, "", &resource.part),
            }
        }
    }

    /// The name of the resource with that key.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.given.get(key).map(String::as_str)
    }

    /// The name that a tool knows a resource by already.
    fn know(&mut self, key: &str, name: &str) {
        let (space, label) = match self.style {
            Style::Address => name.rsplit_once('.').unwrap_or(("", name)),
            _ => ("", name),
        };
        self.taken.insert([space, " ", label].concat());
        self.given.insert(key.to_owned(), name.to_owned());
    }

    /// Every key with its name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.given.iter().map(|(key, name)| (key.as_str(), name.as_str()))
    }

    fn name(&mut self, resource: &Resource, kind: &str, owner: &str, part: &str) {
        if self.given.contains_key(&resource.key) {
            return;
        }
        let made = match self.style {
            Style::LogicalId => self.fresh("", &[pascal(owner), pascal(part)].concat(), &pascal(kind)),
            Style::Address => {
                let of_type = resource.kind.terraform();
                let label = owner.rsplit('.').next().unwrap_or(owner);
                let label = if part.is_empty() { owner } else { label };
                let wish = joined(&[&snake(label), &snake(part)]);
                [of_type, ".", &self.fresh(of_type, &wish, &snake(kind))].concat()
            }
            Style::Variable => {
                let is_owned = self.given.values().any(|name| name == owner);
                let kind = if is_owned { String::new() } else { snake(kind) };
                let wish = joined(&[&kind, &snake(owner), &snake(part)]).to_ascii_uppercase();
                self.fresh("", &wish, "THING")
            }
        };
        self.given.insert(resource.key.clone(), made);
    }

    /// A name that nothing of the same space has.
    fn fresh(&mut self, space: &str, wish: &str, kind: &str) -> String {
        let between = if self.style == Style::LogicalId { "" } else { "_" };
        let mut wish = wish.to_owned();
        if wish.is_empty() || wish.starts_with(|first: char| first.is_ascii_digit()) {
            wish = if wish.is_empty() { kind.to_owned() } else { [kind, between, wish.as_str()].concat() };
        }
        let mut take = |name: &str| self.taken.insert([space, " ", name].concat());
        if take(&wish) {
            return wish;
        }
        let wish = [wish.as_str(), between, kind].concat();
        let mut made = wish.clone();
        let mut number = 2;
        while !take(&made) {
            made = [wish.as_str(), between, &number.to_string()].concat();
            number += 1;
        }
        made
    }
}

fn pascal(text: &str) -> String {
    let mut out = String::new();
    let mut starts = true;
    for letter in text.chars() {
        if !letter.is_ascii_alphanumeric() {
            starts = true;
            continue;
        }
        out.push(if starts { letter.to_ascii_uppercase() } else { letter });
        starts = false;
    }
    out
}

/// Small letters, with `_` between words, also where a capital begins one.
fn snake(text: &str) -> String {
    let mut out = String::new();
    let mut was_small = false;
    for letter in text.chars() {
        if !letter.is_ascii_alphanumeric() {
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
            was_small = false;
            continue;
        }
        if letter.is_ascii_uppercase() && was_small {
            out.push('_');
        }
        was_small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        out.push(letter.to_ascii_lowercase());
    }
    out.trim_end_matches('_').to_owned()
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("_")
}
