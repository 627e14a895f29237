//! What an unknown value of a plan refers to, by the references of its expression.
//!
//! Ids of resources that are yet to be made are unknown, and the only trace of who refers to whom is a flat bag of
//! references for each expression: functions and conditions are gone, and local values are not in the file at all.
//! An unknown id is that of a resource that is made now, so that anything else is no candidate.
//! What stays ambiguous is unknown: a wrong edge is worse than none.

use std::collections::BTreeMap;

use super::modules::{Address, Module, references, steps, without_index};
use crate::import::inventory::Kind;
use crate::import::tree::Node;

/// How far references lead through variables and outputs.
const DEEPEST: usize = 24;
/// How many references one value may lead to.
const MOST: usize = 5_000;

/// A resource of the plan.
pub(super) struct Planned {
    pub(super) address: Address,
    pub(super) kind: Kind,
    /// Whether its id is known after apply only.
    pub(super) is_new: bool,
    /// Its position among all resources.
    pub(super) position: usize,
}

/// Everything that references are looked up in.
pub(super) struct Edges<'p> {
    pub(super) modules: BTreeMap<String, Module<'p>>,
    pub(super) planned: Vec<Planned>,
    /// Positions in `planned` by module instance and base.
    pub(super) by_base: BTreeMap<(String, String), Vec<usize>>,
    /// Instances of each module.
    pub(super) instances: BTreeMap<String, Vec<String>>,
    /// The first two of each kind that are made now, in each instance of a module and, without one, in the plan.
    pub(super) candidates: BTreeMap<(Option<String>, Kind), Vec<usize>>,
}

/// Who refers.
pub(super) struct From<'a> {
    pub(super) address: &'a Address,
    /// Whether several blocks share one expression, so that its references are those of all of them.
    pub(super) is_merged: bool,
}

/// What a value refers to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Positions of resources with the attribute.
    To(Vec<(usize, String)>),
    /// The only candidate, not a reference.
    Inferred(usize),
    /// Not to be told.
    Unknown,
}

/// A reference to all or one of the instances of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Base {
    instance: String,
    base: String,
    /// An index that is written out.
    index: Option<String>,
    attribute: String,
    /// Whether the same key or number is meant as that of who refers.
    is_same: bool,
}

/// Bases with what stays open.
#[derive(Default)]
struct Found {
    bases: Vec<Base>,
    /// Whether a way ends in a local value.
    open: bool,
    /// Whether the number or key of who refers plays a part.
    by_index: bool,
}

impl Edges<'_> {
    /// What an attribute that holds one id refers to.
    pub(super) fn one(&self, from: &From<'_>, expression: &Node, wanted: &[Kind]) -> Edge {
        let found = self.found(from, expression, wanted);
        let own = from.address.index.as_deref();
        let mut targets: Vec<(usize, String)> = Vec::new();
        for base in &found.bases {
            let instances = self.instances_of(base);
            let chosen = match (instances.as_slice(), &base.index) {
                (_, Some(_)) => instances.clone(),
                ([only], _) => vec![*only],
                ([], _) => Vec::new(),
                (several, None) if found.by_index || base.is_same => {
                    let same = several.iter().copied().find(|position| {
                        self.planned.get(*position).is_some_and(|planned| planned.address.index.as_deref() == own)
                    });
                    let by_number = || {
                        let number: usize = own?.parse().ok()?;
                        several.get(number % several.len()).copied()
                    };
                    same.or_else(by_number).into_iter().collect()
                }
                // One of several, and nothing says which.
                _ => return Edge::Unknown,
            };
            for position in chosen {
                let target = (position, base.attribute.clone());
                if targets.iter().all(|(other, _)| *other != position) {
                    targets.push(target);
                }
            }
        }
        match targets.as_slice() {
            [_] if !found.open => Edge::To(targets),
            // A local value may stand beside the reference, as the other side of a condition.
            [(position, _)] if self.only_candidate(from, wanted) == Some(*position) => Edge::To(targets),
            [] if found.open => self.only_candidate(from, wanted).map_or(Edge::Unknown, Edge::Inferred),
            _ => Edge::Unknown,
        }
    }

    /// What an attribute that holds several ids refers to; `count` is how many of them are unknown, where that is known.
    pub(super) fn several(&self, from: &From<'_>, expression: &Node, wanted: &[Kind], count: Option<usize>) -> Edge {
        let found = self.found(from, expression, wanted);
        let mut targets: Vec<(usize, String)> = Vec::new();
        for base in &found.bases {
            for position in self.instances_of(base) {
                if targets.iter().all(|(other, _)| *other != position) {
                    targets.push((position, base.attribute.clone()));
                }
            }
        }
        let fits = count.is_none_or(|count| count == targets.len());
        if !targets.is_empty() && !found.open && fits {
            return Edge::To(targets);
        }
        // One of them each: `[aws_subnet.private[count.index].id]`.
        if count == Some(1)
            && let Edge::To(target) = self.one(from, expression, wanted)
        {
            return Edge::To(target);
        }
        match self.only_candidate(from, wanted) {
            Some(only) if found.open && targets.is_empty() && count.is_none_or(|count| count == 1) => {
                Edge::Inferred(only)
            }
            _ => Edge::Unknown,
        }
    }

    /// The policy document whose JSON a text is. Functions leave no trace, so that the expression has to refer to the
    /// document alone, and nothing is inferred.
    pub(super) fn document(&self, from: &From<'_>, expression: &Node) -> Option<usize> {
        let mut found = Found::default();
        self.follow(&from.address.instance, &from.address.module, &references(expression), from, 0, &mut found);
        let is_json = |base: &Base| {
            kind_of(&base.base) == Kind::PolicyDocument
                && matches!(base.attribute.as_str(), "" | "json" | "minified_json")
        };
        if from.is_merged || found.open || !found.bases.iter().all(is_json) {
            return None;
        }
        match self.one(from, expression, &[Kind::PolicyDocument]) {
            Edge::To(targets) => targets.first().map(|(position, _)| *position),
            Edge::Inferred(_) | Edge::Unknown => None,
        }
    }

    fn found(&self, from: &From<'_>, expression: &Node, wanted: &[Kind]) -> Found {
        let mut found = Found::default();
        let bag = references(expression);
        self.follow(&from.address.instance, &from.address.module, &bag, from, 0, &mut found);
        found.bases.retain(|base| {
            let kind = kind_of(&base.base);
            let is_default = kind == Kind::Vpc
                && !wanted.contains(&Kind::Vpc)
                && (base.attribute.starts_with("default_") || base.attribute.starts_with("main_"));
            let is_list = kind == Kind::VpcEndpoint && wanted.contains(&Kind::PrefixList);
            (wanted.contains(&kind) || is_default || is_list) && !self.instances_of(base).is_empty()
        });
        // Beside a written index, the bag repeats the resource without it.
        let indexed: Vec<(String, String)> = found
            .bases
            .iter()
            .filter(|base| base.index.is_some())
            .map(|base| (base.instance.clone(), base.base.clone()))
            .collect();
        found
            .bases
            .retain(|base| base.index.is_some() || !indexed.contains(&(base.instance.clone(), base.base.clone())));
        if from.is_merged {
            // References of other blocks are in the bag too: only where there is one way is it this block's.
            found.open = false;
        }
        found
    }

    fn follow(&self, instance: &str, module: &str, bag: &[&str], from: &From<'_>, depth: usize, found: &mut Found) {
        if depth > DEEPEST || found.bases.len() > MOST {
            found.open = true;
            return;
        }
        for (position, reference) in bag.iter().enumerate() {
            // `aws_subnet.a[0].id` is followed by `aws_subnet.a[0]` and `aws_subnet.a`.
            let is_repeated = bag
                .iter()
                .take(position)
                .any(|before| before.strip_prefix(reference).is_some_and(|rest| rest.starts_with(['.', '['])));
            let parts = steps(reference);
            match parts.as_slice() {
                ["count", ..] => found.by_index = true,
                ["each", "key"] => found.by_index = true,
                ["each", ..] => {
                    found.by_index = true;
                    let own =
                        self.modules.get(module).and_then(|module| module.resources.get(from.address.base.as_str()));
                    if let Some(for_each) = own.and_then(|own| own.get("for_each_expression")).filter(|_| depth == 0) {
                        let inner = references(for_each);
                        let first = found.bases.len();
                        self.follow(instance, module, &inner, from, depth + 1, found);
                        found.bases.iter_mut().skip(first).for_each(|base| base.is_same = true);
                    }
                }
                ["path" | "terraform" | "self", ..] => {}
                ["local", ..] => found.open = true,
                ["var", name, ..] => self.variable(instance, module, without_index(name).0, from, depth, found),
                ["module", name, output, ..] => {
                    self.output(instance, module, name, without_index(output).0, from, depth, found);
                }
                ["data", of_type, name, ..] => self.push(instance, &["data", of_type], name, &parts, 3, found),
                [of_type, name, ..] if !is_repeated => self.push(instance, &[of_type], name, &parts, 2, found),
                _ => {}
            }
        }
    }

    fn push(&self, instance: &str, before: &[&str], name: &str, parts: &[&str], own: usize, found: &mut Found) {
        let (name, index) = without_index(name);
        let base: Vec<&str> = before.iter().copied().chain(std::iter::once(name)).collect();
        // An index that is itself a reference is written as an expression, and not in the bag.
        let attribute = parts.get(own).map(|step| without_index(step).0.to_owned()).unwrap_or_default();
        let base = Base {
            instance: instance.to_owned(),
            base: base.join("."),
            index: index.filter(|index| *index != "*").map(str::to_owned),
            attribute,
            is_same: false,
        };
        if !found.bases.contains(&base) {
            found.bases.push(base);
        }
    }

    fn variable(&self, instance: &str, module: &str, name: &str, from: &From<'_>, depth: usize, found: &mut Found) {
        let given = self.modules.get(module).and_then(|module| module.variables?.get(name));
        let Some(given) = given else { return };
        let outer = |path: &str| {
            let parts = steps(path);
            let kept = parts.len().saturating_sub(2);
            parts.get(..kept).unwrap_or_default().join(".")
        };
        self.follow(&outer(instance), &outer(module), &references(given), from, depth + 1, found);
    }

    #[expect(clippy::too_many_arguments, reason = "the place, the name, and what the walk carries along")]
    fn output(
        &self,
        instance: &str,
        module: &str,
        name: &str,
        output: &str,
        from: &From<'_>,
        depth: usize,
        found: &mut Found,
    ) {
        let (plain, index) = without_index(name);
        let join = |path: &str, step: &str| {
            let separator = if path.is_empty() { "" } else { "." };
            [path, separator, "module.", step].concat()
        };
        let inner = join(module, plain);
        let expression = self.modules.get(&inner).and_then(|module| module.outputs?.at_path(&[output, "expression"]));
        let Some(expression) = expression else {
            return;
        };
        let bag = references(expression);
        let exact = join(instance, name);
        let start = join(instance, plain);
        let is_meant = |other: &&String| match index {
            Some(_) => **other == exact,
            None => other
                .strip_prefix(&start)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('[') && !rest.contains("].")),
        };
        let instances: Vec<String> =
            self.instances.get(&inner).into_iter().flatten().filter(is_meant).cloned().collect();
        for instance in instances {
            self.follow(&instance, &inner, &bag, from, depth + 1, found);
        }
    }

    /// Instances of a base that are made now.
    fn instances_of(&self, base: &Base) -> Vec<usize> {
        let all = self.by_base.get(&(base.instance.clone(), base.base.clone()));
        let all = all.map(Vec::as_slice).unwrap_or_default().iter().copied();
        all.filter(|position| {
            self.planned.get(*position).is_some_and(|planned| {
                planned.is_new && base.index.as_ref().is_none_or(|index| planned.address.index.as_ref() == Some(index))
            })
        })
        .collect()
    }

    /// The only resource of a wanted kind that is made now: in the module, else in the plan.
    fn only_candidate(&self, from: &From<'_>, wanted: &[Kind]) -> Option<usize> {
        let of = |instance: Option<&String>| {
            let mut found = wanted.iter().flat_map(|kind| {
                self.candidates.get(&(instance.cloned(), *kind)).map(Vec::as_slice).unwrap_or_default()
            });
            found.next().map(|first| (*first, found.next().is_none()))
        };
        let (first, is_only) = of(Some(&from.address.instance)).or_else(|| of(None))?;
        is_only.then_some(first)
    }
}

/// The kind of `aws_subnet.private` or `data.aws_subnet.private`.
fn kind_of(base: &str) -> Kind {
    let of_type = base.strip_prefix("data.").unwrap_or(base).split('.').next().unwrap_or_default();
    Kind::of(of_type)
}
