//! Templates with the values that hold in them: parameters, conditions, nested stacks.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::expand;
use crate::import::inventory::{RECENT, Unknown, UnknownKind};
use crate::import::problem::ImportProblemKind;
use crate::import::tree::{At, Entry, Node, Value};

/// How deep stacks nest; AWS itself allows a few levels.
const DEEPEST_STACK: usize = 10;
/// How many stacks are followed.
const MOST_STACKS: usize = 200;
/// How many values are evaluated: enough for the largest templates, which AWS limits to 1 MB, and an end for others.
const MOST_STEPS: u64 = 20_000_000;

/// A template.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) file: usize,
    /// The name of its file without folders.
    pub(super) file_name: String,
    pub(super) root: Node,
    /// Name, Region and account of the stack, where a cloud assembly tells them.
    pub(super) stack: String,
    pub(super) region: Option<String>,
    pub(super) account: Option<String>,
}

/// A template with its parameters' values.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) template: Rc<Template>,
    /// Its position among the scopes.
    pub(super) number: usize,
    /// The logical ids of the nested stacks on the way to it, each with a point behind it.
    pub(super) prefix: String,
    /// The stack's name.
    pub(super) stack: String,
    pub(super) region: Option<String>,
    pub(super) account: Option<String>,
    /// What the parent gives: its scope, and the parameters there.
    parent: Option<(usize, Node)>,
    /// Its resources after loops.
    pub(super) resources: RefCell<Rc<Vec<Entry>>>,
    /// Position of its first resource among all.
    pub(super) base: Cell<usize>,
    /// Position of each resource in it.
    pub(super) index: RefCell<BTreeMap<String, usize>>,
    /// Scopes of nested stacks by logical id; none where the template is not given.
    pub(super) children: RefCell<BTreeMap<String, Option<usize>>>,
    parameters: RefCell<BTreeMap<String, Option<Node>>>,
    pub(super) conditions: RefCell<BTreeMap<String, Result<bool, usize>>>,
    /// What is being evaluated, to find circles.
    pub(super) busy: RefCell<BTreeSet<String>>,
}

/// A problem with the place that it is at.
pub(super) struct Found {
    pub(super) file: usize,
    pub(super) at: At,
    pub(super) kind: ImportProblemKind,
}

/// What stacks export by its name: the number of the scope that its value is evaluated in, and the value.
pub(super) type Exports = BTreeMap<String, (usize, Node)>;

/// All templates and stacks.
pub(super) struct World<'o> {
    pub(super) templates: Vec<Rc<Template>>,
    /// Given values of parameters.
    pub(super) given: &'o BTreeMap<String, String>,
    pub(super) region: Option<&'o str>,
    pub(super) scopes: RefCell<Vec<Rc<Scope>>>,
    pub(super) unknowns: RefCell<Vec<Unknown>>,
    pub(super) problems: RefCell<Vec<Found>>,
    pub(super) exports: RefCell<Option<Rc<Exports>>>,
    pub(super) steps: Cell<u64>,
    pub(super) depth: Cell<usize>,
    /// Whether a policy is being evaluated, which needs an account even where none is known.
    pub(super) in_policy: Cell<bool>,
    resource_count: Cell<usize>,
}

impl<'o> World<'o> {
    pub(super) fn new(
        templates: Vec<Rc<Template>>,
        given: &'o BTreeMap<String, String>,
        region: Option<&'o str>,
        first_resource: usize,
    ) -> World<'o> {
        World {
            templates,
            given,
            region,
            scopes: RefCell::default(),
            unknowns: RefCell::default(),
            problems: RefCell::default(),
            exports: RefCell::default(),
            steps: Cell::new(0),
            depth: Cell::new(0),
            in_policy: Cell::new(false),
            resource_count: Cell::new(first_resource),
        }
    }

    pub(super) fn report(&self, scope: &Scope, at: At, kind: ImportProblemKind) {
        self.problems.borrow_mut().push(Found { file: scope.template.file, at, kind });
    }

    /// A value that is not known.
    pub(super) fn unknown(&self, scope: &Scope, at: At, kind: UnknownKind) -> usize {
        let mut unknowns = self.unknowns.borrow_mut();
        let unknown = Unknown { kind, at, file: scope.template.file };
        let recent = unknowns.len().saturating_sub(RECENT);
        let is_same = |other: &Unknown| other.kind == unknown.kind && other.file == unknown.file;
        match unknowns.iter().skip(recent).position(is_same) {
            Some(position) => recent + position,
            None => {
                unknowns.push(unknown);
                unknowns.len() - 1
            }
        }
    }

    pub(super) fn unknown_node(&self, scope: &Scope, at: At, kind: UnknownKind) -> Node {
        Node { value: Value::Unknown(self.unknown(scope, at, kind)), at }
    }

    pub(super) fn scope(&self, number: usize) -> Option<Rc<Scope>> {
        self.scopes.borrow().get(number).cloned()
    }

    /// Whether there is time for one more value.
    pub(super) fn step(&self) -> bool {
        self.steps.set(self.steps.get() + 1);
        self.steps.get() < MOST_STEPS
    }

    /// Makes the scope of a template, and those of its nested stacks.
    pub(super) fn add_scope(&self, template: &Rc<Template>, parent: Option<(usize, Node)>, prefix: &str, level: usize) {
        let number = self.scopes.borrow().len();
        let (mut stack, mut region) = (template.stack.clone(), template.region.clone());
        let mut account = template.account.clone();
        if let Some(scope) = parent.as_ref().and_then(|(parent, _)| self.scope(*parent)) {
            stack = [&scope.stack, "-", prefix.trim_end_matches('.')].concat();
            region.clone_from(&scope.region);
            account.clone_from(&scope.account);
        }
        let scope = Rc::new(Scope {
            template: Rc::clone(template),
            number,
            prefix: prefix.to_owned(),
            stack,
            region: region.or_else(|| self.region.map(str::to_owned)),
            account,
            parent,
            resources: RefCell::default(),
            base: Cell::new(0),
            index: RefCell::default(),
            children: RefCell::default(),
            parameters: RefCell::default(),
            conditions: RefCell::default(),
            busy: RefCell::default(),
        });
        self.scopes.borrow_mut().push(Rc::clone(&scope));
        let declared = template.root.get("Resources").map(Node::entries).unwrap_or_default();
        let resources = Rc::new(expand::expanded(self, &scope, declared));
        *scope.index.borrow_mut() =
            resources.iter().enumerate().map(|(position, entry)| (entry.key.clone(), position)).collect();
        scope.base.set(self.resource_count.get());
        self.resource_count.set(self.resource_count.get() + resources.len());
        *scope.resources.borrow_mut() = Rc::clone(&resources);
        for entry in resources.iter() {
            let of_type = entry.node.get("Type").and_then(Node::scalar).unwrap_or_default();
            if !matches!(of_type, "AWS::CloudFormation::Stack" | "AWS::Serverless::Application") {
                continue;
            }
            let nested = self.nested_template(&scope, &entry.node);
            let can_follow = level < DEEPEST_STACK && self.scopes.borrow().len() < MOST_STACKS;
            let child = nested.filter(|_| can_follow).map(|nested| {
                let parameters = entry.node.at_path(&["Properties", "Parameters"]).cloned().unwrap_or_default();
                let child = self.scopes.borrow().len();
                let prefix = [prefix, &entry.key, "."].concat();
                self.add_scope(&nested, Some((number, parameters)), &prefix, level + 1);
                child
            });
            if child.is_none() {
                let stack = entry.key.clone();
                self.report(&scope, entry.at, ImportProblemKind::NestedTemplateMissing { stack });
            }
            scope.children.borrow_mut().insert(entry.key.clone(), child);
        }
    }

    /// The resources that nested stacks without template are given, and may therefore change.
    pub(super) fn handed_out(&self) -> BTreeSet<usize> {
        let mut resources = BTreeSet::new();
        for scope in self.scopes.borrow().clone() {
            for (name, _) in scope.children.borrow().iter().filter(|(_, child)| child.is_none()) {
                let declared = Rc::clone(&scope.resources.borrow());
                let stack = declared.iter().find(|entry| entry.key == *name);
                let given = stack.and_then(|entry| entry.node.at_path(&["Properties", "Parameters"]));
                if let Some(given) = given.and_then(|given| self.evaluate(&scope, given)) {
                    references(&given, &mut resources);
                }
            }
        }
        resources
    }

    /// The template of a nested stack, by the name of its file.
    fn nested_template(&self, scope: &Scope, resource: &Node) -> Option<Rc<Template>> {
        let names = names_of_nested(resource);
        let found = self.templates.iter().find(|template| {
            !Rc::ptr_eq(template, &scope.template) && names.iter().any(|name| *name == template.file_name)
        });
        found.cloned()
    }

    /// The value of a parameter.
    pub(super) fn parameter(&self, scope: &Rc<Scope>, name: &str, at: At) -> Option<Node> {
        if let Some(known) = scope.parameters.borrow().get(name) {
            return known.clone();
        }
        let value = self.fresh_parameter(scope, name, at);
        scope.parameters.borrow_mut().insert(name.to_owned(), value.clone());
        value
    }

    fn fresh_parameter(&self, scope: &Rc<Scope>, name: &str, at: At) -> Option<Node> {
        let declared = scope.template.root.at_path(&["Parameters", name])?;
        let of_type = declared.get("Type").and_then(Node::scalar).unwrap_or("String");
        let is_list = of_type == "CommaDelimitedList" || of_type.contains("List<");
        if let Some((parent, given)) = &scope.parent {
            if let Some(node) = given.get(name) {
                let parent = self.scope(*parent)?;
                let busy = ["Parameters/", &scope.prefix, name].concat();
                if !parent.busy.borrow_mut().insert(busy.clone()) {
                    return Some(self.unknown_node(scope, at, UnknownKind::Cycle(name.to_owned())));
                }
                let node = self.with_policy(false, || self.evaluate(&parent, node));
                parent.busy.borrow_mut().remove(&busy);
                return node.map(|node| if is_list { super::functions::split(&node, ",") } else { node });
            }
        } else if let Some(text) = self.given.get(name) {
            let node = Node::text(text.as_str(), declared.at);
            return Some(if is_list { super::functions::split(&node, ",") } else { node });
        }
        let default = declared.get("Default");
        if of_type.starts_with("AWS::SSM::Parameter::Value") {
            let key = default.and_then(Node::scalar).unwrap_or(name);
            let kind = match key == name {
                true => UnknownKind::Parameter(name.to_owned()),
                false => UnknownKind::SsmParameter(name.to_owned()),
            };
            return Some(self.unknown_node(scope, declared.at, kind));
        }
        Some(match default {
            Some(default) if is_list => super::functions::split(default, ","),
            Some(default) => Node::text(default.scalar().unwrap_or_default(), default.at),
            None => self.unknown_node(scope, declared.at, UnknownKind::Parameter(name.to_owned())),
        })
    }
}

/// What the file of a nested stack's template can be called: by its URL, and as a cloud assembly writes it.
pub(super) fn names_of_nested(resource: &Node) -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |node: Option<&Node>| {
        if let Some(node) = node {
            texts(node, &mut |text| names.extend(text.rsplit(['/', '\\']).next().map(str::to_owned)));
        }
    };
    add(resource.at_path(&["Metadata", "aws:asset:path"]));
    add(resource.at_path(&["Properties", "TemplateURL"]));
    add(resource.at_path(&["Properties", "Location"]));
    names.retain(|name| name.contains('.'));
    names
}

/// Gathers the resources that a value names.
fn references(node: &Node, resources: &mut BTreeSet<usize>) {
    match &node.value {
        Value::Reference { resource, .. } => {
            resources.insert(*resource);
        }
        Value::Text(text) => super::functions::pieces(text).iter().for_each(|piece| {
            if let Value::Reference { resource, .. } = piece.value {
                resources.insert(resource);
            }
        }),
        Value::List(items) => items.iter().for_each(|item| references(item, resources)),
        Value::Map(entries) => entries.iter().for_each(|entry| references(&entry.node, resources)),
        _ => {}
    }
}

/// Shows every text in a value.
fn texts(node: &Node, show: &mut impl FnMut(&str)) {
    match &node.value {
        Value::Text(text) => show(text),
        Value::List(items) => items.iter().for_each(|item| texts(item, show)),
        Value::Map(entries) => entries.iter().for_each(|entry| texts(&entry.node, show)),
        _ => {}
    }
}
