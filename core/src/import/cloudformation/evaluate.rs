//! Intrinsic functions.

use std::rc::Rc;

use super::functions::{as_text, cidr, items_of, join, split};
use super::world::{Exports, Scope, World};
use super::{ACCOUNT, REGION, SOME_ACCOUNT};
use crate::import::inventory::{Undeclared, UnknownKind};
use crate::import::tree::{At, Entry, Node, Value};
use crate::nearest::nearest;
use crate::network::partition;

/// Properties that hold policies, ARNs of policies, or names that policies repeat.
const POLICIES: &[&str] = &["PolicyDocument", "Policies", "ManagedPolicyArns", "PermissionsBoundary", "BucketName"];
/// How deep values lead to values.
const DEEPEST: usize = 200;
/// The letters of a Region's zones. Which of them an account has differs; only whether two are the same matters here.
const ZONES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

impl World<'_> {
    /// A value with its functions carried out; none where `AWS::NoValue` takes it away.
    pub(super) fn evaluate(&self, scope: &Rc<Scope>, node: &Node) -> Option<Node> {
        if self.depth.get() >= DEEPEST || !self.step() {
            return Some(self.unknown_node(scope, node.at, UnknownKind::Cycle("…".to_owned())));
        }
        self.depth.set(self.depth.get() + 1);
        let value = self.value(scope, node);
        self.depth.set(self.depth.get() - 1);
        value
    }

    /// Evaluates something that is part of a policy, or is not.
    pub(super) fn with_policy<T>(&self, in_policy: bool, evaluate: impl FnOnce() -> T) -> T {
        let before = self.in_policy.replace(in_policy);
        let value = evaluate();
        self.in_policy.set(before);
        value
    }

    fn value(&self, scope: &Rc<Scope>, node: &Node) -> Option<Node> {
        let at = node.at;
        Some(match &node.value {
            Value::Map(entries) => match entries.as_slice() {
                [entry] if is_function(&entry.key) => return self.function(scope, entry, at),
                _ => {
                    let entries = super::expand::expanded(self, scope, entries);
                    let kept = entries.into_iter().filter_map(|entry| {
                        let is_policy = self.in_policy.get() || POLICIES.contains(&entry.key.as_str());
                        let node = self.with_policy(is_policy, || self.evaluate(scope, &entry.node))?;
                        Some(Entry { node, ..entry })
                    });
                    Node { value: Value::Map(kept.collect()), at }
                }
            },
            Value::List(items) => {
                let kept = items.iter().filter_map(|item| self.evaluate(scope, item)).collect();
                Node { value: Value::List(kept), at }
            }
            Value::Text(text) if text.starts_with("{{resolve:") => {
                self.unknown_node(scope, at, UnknownKind::DynamicReference(text.clone()))
            }
            _ => node.clone(),
        })
    }

    fn function(&self, scope: &Rc<Scope>, entry: &Entry, at: At) -> Option<Node> {
        let argument = &entry.node;
        match entry.key.as_str() {
            "Ref" => {
                return match self.logical_id(scope, argument, at) {
                    Ok(name) => self.reference(scope, &name, at),
                    Err(unknown) => Some(Node { value: Value::Unknown(unknown), at }),
                };
            }
            "Fn::If" => return self.chosen(scope, argument.items(), at),
            "Fn::GetAtt" => return Some(self.attribute(scope, argument, at)),
            "Fn::ImportValue" => return Some(self.import_value(scope, argument, at)),
            "Fn::FindInMap" => return self.in_map(scope, argument.items(), at),
            _ => {}
        }
        let made = match entry.key.as_str() {
            "Fn::Sub" => self.substitute(scope, argument, at),
            "Fn::Join" => self.joined(scope, argument.items(), at),
            "Fn::Select" => self.selected(scope, argument.items(), at),
            "Fn::Split" => self.parts(scope, argument.items()),
            "Fn::GetAZs" => self.zones(scope, argument, at),
            "Fn::Cidr" => self.blocks(scope, argument.items(), at),
            "Fn::Base64" => return self.evaluate(scope, argument),
            "Fn::ToJsonString" => Ok(Node::text("{}", at)),
            "Fn::Length" => self.length(scope, argument, at),
            name if CONDITION_FUNCTIONS.contains(&name) => {
                let truth = self.condition(scope, &Node { value: Value::Map(vec![entry.clone()]), at });
                return Some(match truth {
                    Ok(truth) => Node { value: Value::Bool(truth), at },
                    Err(unknown) => Node { value: Value::Unknown(unknown), at },
                });
            }
            name => Err(Some(self.unknown(scope, at, UnknownKind::NotEvaluated(name.to_owned())))),
        };
        Some(made.unwrap_or_else(|unknown| {
            let unknown =
                unknown.unwrap_or_else(|| self.unknown(scope, at, UnknownKind::NotEvaluated(entry.key.clone())));
            Node { value: Value::Unknown(unknown), at }
        }))
    }

    /// What `Ref` names: a text, or with the language extensions a function that makes one.
    fn logical_id(&self, scope: &Rc<Scope>, argument: &Node, at: At) -> Result<String, usize> {
        let open = || self.unknown(scope, at, UnknownKind::NotEvaluated("Ref".to_owned()));
        if let Some(name) = argument.scalar() {
            return Ok(name.to_owned());
        }
        let made = self.evaluate(scope, argument).unwrap_or_default();
        let name = as_text(&made).map_err(|unknown| unknown.unwrap_or_else(open))?;
        if name.is_empty() { Err(open()) } else { Ok(name) }
    }

    /// `Ref`: a pseudo parameter, a parameter, or a resource.
    fn reference(&self, scope: &Rc<Scope>, name: &str, at: At) -> Option<Node> {
        let pseudo = |name: &str| self.unknown_node(scope, at, UnknownKind::Pseudo(name.to_owned()));
        let region = scope.region.as_deref().unwrap_or("us-east-1");
        Some(match name {
            "AWS::NoValue" => return None,
            REGION => Node::text(region, at),
            "AWS::Partition" => Node::text(partition(region), at),
            "AWS::URLSuffix" => {
                Node::text(if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" }, at)
            }
            "AWS::StackName" => Node::text(scope.stack.as_str(), at),
            ACCOUNT => match scope.account.as_deref() {
                Some(account) => Node::text(account, at),
                None if self.in_policy.get() => Node::text(SOME_ACCOUNT, at),
                None => pseudo(name),
            },
            "AWS::StackId" | "AWS::NotificationARNs" => pseudo(name),
            _ => {
                if let Some(value) = self.parameter(scope, name, at) {
                    return Some(Node { at, ..value });
                }
                match scope.index.borrow().get(name) {
                    Some(position) => {
                        let resource = scope.base.get() + position;
                        Node { value: Value::Reference { resource, attribute: String::new() }, at }
                    }
                    None => self.unknown_node(scope, at, undeclared_value(scope, name)),
                }
            }
        })
    }

    fn chosen(&self, scope: &Rc<Scope>, arguments: &[Node], at: At) -> Option<Node> {
        let [condition, one, other] = arguments else {
            return Some(self.unknown_node(scope, at, UnknownKind::NotEvaluated("Fn::If".to_owned())));
        };
        match self.named_condition(scope, condition.scalar().unwrap_or_default(), condition.at) {
            Ok(true) => self.evaluate(scope, one),
            Ok(false) => self.evaluate(scope, other),
            Err(unknown) => {
                let (one, other) = (self.evaluate(scope, one), self.evaluate(scope, other));
                let same = match (&one, &other) {
                    (Some(one), Some(other)) => as_text(one).is_ok() && as_text(one) == as_text(other),
                    (None, None) => true,
                    _ => false,
                };
                if same { one } else { Some(Node { value: Value::Unknown(unknown), at }) }
            }
        }
    }

    /// `Fn::GetAtt`, with the attributes that stand in the template itself.
    fn attribute(&self, scope: &Rc<Scope>, argument: &Node, at: At) -> Node {
        let parts: Vec<Node> = match &argument.value {
            Value::List(items) => items.iter().filter_map(|item| self.evaluate(scope, item)).collect(),
            _ => argument.scalar().unwrap_or_default().splitn(2, '.').map(|part| Node::text(part, at)).collect(),
        };
        let mut texts = parts.iter().map(|part| part.scalar().unwrap_or_default());
        let name = texts.next().unwrap_or_default().to_owned();
        let attribute = texts.collect::<Vec<_>>().join(".");
        let position = scope.index.borrow().get(&name).copied();
        let Some(position) = position else {
            return self.unknown_node(scope, at, undeclared_value(scope, &name));
        };
        let resources = Rc::clone(&scope.resources.borrow());
        let declared = resources.get(position).map(|entry| &entry.node);
        let of_type = declared.and_then(|node| node.get("Type")).and_then(Node::scalar).unwrap_or_default();
        if let Some(output) = attribute.strip_prefix("Outputs.") {
            return self.output_of_nested(scope, &name, output, at);
        }
        let property = match (of_type, attribute.as_str()) {
            ("AWS::EC2::VPC" | "AWS::EC2::Subnet", "CidrBlock") => Some("CidrBlock"),
            ("AWS::EC2::Subnet", "AvailabilityZone") => Some("AvailabilityZone"),
            ("AWS::EC2::Subnet", "VpcId") => Some("VpcId"),
            _ => None,
        };
        if let Some(node) = property.and_then(|property| declared?.at_path(&["Properties", property])) {
            return self.guarded(scope, &[&name, ".", &attribute].concat(), at, |world| world.evaluate(scope, node));
        }
        let resource = scope.base.get() + position;
        if attribute == "Ipv6CidrBlocks" {
            let block = Node::text(assigned_ipv6_block(resource), at);
            return Node { value: Value::List(vec![block]), at };
        }
        Node { value: Value::Reference { resource, attribute }, at }
    }

    /// A value that must not lead back to itself.
    fn guarded(&self, scope: &Rc<Scope>, name: &str, at: At, evaluate: impl FnOnce(&Self) -> Option<Node>) -> Node {
        if !scope.busy.borrow_mut().insert(name.to_owned()) {
            return self.unknown_node(scope, at, UnknownKind::Cycle(name.to_owned()));
        }
        let node = evaluate(self);
        scope.busy.borrow_mut().remove(name);
        node.map_or_else(Node::default, |node| Node { at, ..node })
    }

    fn output_of_nested(&self, scope: &Rc<Scope>, stack: &str, output: &str, at: At) -> Node {
        let missing = || self.unknown_node(scope, at, UnknownKind::NestedStack([stack, ".", output].concat()));
        let child = scope.children.borrow().get(stack).copied().flatten().and_then(|child| self.scope(child));
        let Some(child) = child else { return missing() };
        let Some(value) = child.template.root.at_path(&["Outputs", output, "Value"]) else { return missing() };
        self.guarded(&child, &["Outputs/", output].concat(), at, |world| world.evaluate(&child, value))
    }

    fn import_value(&self, scope: &Rc<Scope>, argument: &Node, at: At) -> Node {
        let name = self.evaluate(scope, argument).unwrap_or_default();
        let Ok(name) = as_text(&name) else {
            let unknown = if let Value::Unknown(unknown) = name.value { Some(unknown) } else { None };
            let unknown =
                unknown.unwrap_or_else(|| self.unknown(scope, at, UnknownKind::Import("Fn::ImportValue".to_owned())));
            return Node { value: Value::Unknown(unknown), at };
        };
        let export = self.exports().get(&name).cloned();
        match export.and_then(|(scope, value)| Some((self.scope(scope)?, value))) {
            Some((of, value)) => {
                self.guarded(&of, &["Exports/", &name].concat(), at, |world| world.evaluate(&of, &value))
            }
            None => self.unknown_node(scope, at, UnknownKind::Import(name)),
        }
    }

    /// The exports of all stacks by their names.
    fn exports(&self) -> Rc<Exports> {
        if let Some(exports) = self.exports.borrow().as_ref() {
            return Rc::clone(exports);
        }
        // A name that needs an import itself finds none.
        *self.exports.borrow_mut() = Some(Rc::default());
        let mut exports = Exports::new();
        let scopes = self.scopes.borrow().clone();
        for scope in scopes {
            let outputs = scope.template.root.get("Outputs").map(Node::entries).unwrap_or_default();
            for entry in super::expand::expanded(self, &scope, outputs) {
                let (Some(name), Some(value)) = (entry.node.at_path(&["Export", "Name"]), entry.node.get("Value"))
                else {
                    continue;
                };
                if let Some(Ok(name)) = self.evaluate(&scope, name).as_ref().map(as_text) {
                    exports.insert(name, (scope.number, value.clone()));
                }
            }
        }
        let exports = Rc::new(exports);
        *self.exports.borrow_mut() = Some(Rc::clone(&exports));
        exports
    }

    fn in_map(&self, scope: &Rc<Scope>, arguments: &[Node], at: At) -> Option<Node> {
        let evaluated: Vec<Node> = arguments.iter().filter_map(|node| self.evaluate(scope, node)).collect();
        let mut keys = Vec::new();
        for key in evaluated.iter().take(3) {
            match as_text(key) {
                Ok(key) => keys.push(key),
                Err(Some(unknown)) => return Some(Node { value: Value::Unknown(unknown), at }),
                Err(None) => break,
            }
        }
        let path: Vec<&str> = std::iter::once("Mappings").chain(keys.iter().map(String::as_str)).collect();
        if let Some(value) = scope.template.root.at_path(&path).filter(|_| keys.len() == 3) {
            return Some(Node { at, ..value.clone() });
        }
        match evaluated.get(3).and_then(|options| options.get("DefaultValue")) {
            Some(default) => Some(default.clone()),
            None => Some(self.unknown_node(scope, at, UnknownKind::NotEvaluated("Fn::FindInMap".to_owned()))),
        }
    }

    fn substitute(&self, scope: &Rc<Scope>, argument: &Node, at: At) -> Result<Node, Option<usize>> {
        let (text, own) = match &argument.value {
            Value::List(items) => match items.as_slice() {
                [text, own] => (text.scalar().ok_or(None)?, own.entries()),
                _ => return Err(None),
            },
            _ => (argument.scalar().ok_or(None)?, [].as_slice()),
        };
        let mut made: Vec<Node> = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            made.push(Node::text(before, at));
            let Some((name, behind)) = after.split_once('}') else {
                made.push(Node::text(["${", after].concat(), at));
                rest = "";
                break;
            };
            rest = behind;
            let name = name.trim();
            if let Some(literal) = name.strip_prefix('!') {
                made.push(Node::text(["${", literal, "}"].concat(), at));
                continue;
            }
            let value = match own.iter().find(|entry| entry.key == name) {
                Some(entry) => self.evaluate(scope, &entry.node),
                None if name.contains('.') => Some(self.attribute(scope, &Node::text(name, at), at)),
                None => self.reference(scope, name, at),
            };
            made.push(value.unwrap_or_default());
        }
        made.push(Node::text(rest, at));
        join(&made, "", at)
    }

    fn joined(&self, scope: &Rc<Scope>, arguments: &[Node], at: At) -> Result<Node, Option<usize>> {
        let [delimiter, list] = arguments else { return Err(None) };
        let list = self.evaluate(scope, list).unwrap_or_default();
        match &list.value {
            Value::List(items) => join(items, delimiter.scalar().unwrap_or_default(), at),
            Value::Unknown(unknown) => Err(Some(*unknown)),
            _ => Ok(Node { at, ..list }),
        }
    }

    fn selected(&self, scope: &Rc<Scope>, arguments: &[Node], at: At) -> Result<Node, Option<usize>> {
        let [position, list] = arguments else { return Err(None) };
        let position = self.evaluate(scope, position).unwrap_or_default();
        let position: usize = as_text(&position)?.trim().parse().map_err(|_| None)?;
        let list = self.evaluate(scope, list).unwrap_or_default();
        match &list.value {
            Value::List(items) => items.get(position).map(|item| Node { at, ..item.clone() }).ok_or(None),
            Value::Unknown(unknown) => Err(Some(*unknown)),
            _ => Err(None),
        }
    }

    fn parts(&self, scope: &Rc<Scope>, arguments: &[Node]) -> Result<Node, Option<usize>> {
        let [delimiter, text] = arguments else { return Err(None) };
        let text = self.evaluate(scope, text).unwrap_or_default();
        as_text(&text)?;
        Ok(split(&text, delimiter.scalar().filter(|delimiter| !delimiter.is_empty()).ok_or(None)?))
    }

    fn zones(&self, scope: &Rc<Scope>, argument: &Node, at: At) -> Result<Node, Option<usize>> {
        let given = as_text(&self.evaluate(scope, argument).unwrap_or_default())?;
        let own = scope.region.as_deref().unwrap_or("us-east-1");
        let region = if given.is_empty() { own } else { &given };
        let zones = ZONES.iter().map(|zone| Node::text([region, zone].concat(), at)).collect();
        Ok(Node { value: Value::List(zones), at })
    }

    fn blocks(&self, scope: &Rc<Scope>, arguments: &[Node], at: At) -> Result<Node, Option<usize>> {
        let mut texts = Vec::new();
        for argument in arguments {
            texts.push(as_text(&self.evaluate(scope, argument).unwrap_or_default())?);
        }
        let (Some(block), Some(count)) = (texts.first(), texts.get(1)) else { return Err(None) };
        let bits = texts.get(2).map_or(if block.contains(':') { "64" } else { "8" }, String::as_str);
        let (count, bits) = (count.trim().parse().map_err(|_| None)?, bits.trim().parse().map_err(|_| None)?);
        let blocks = cidr(block, count, bits).ok_or(None)?;
        Ok(Node { value: Value::List(blocks.into_iter().map(|block| Node::text(block, at)).collect()), at })
    }

    fn length(&self, scope: &Rc<Scope>, argument: &Node, at: At) -> Result<Node, Option<usize>> {
        let list = self.evaluate(scope, argument).unwrap_or_default();
        match &list.value {
            Value::Unknown(unknown) => Err(Some(*unknown)),
            _ => Ok(Node { value: Value::Number(items_of(&list).ok_or(None)?.len().to_string()), at }),
        }
    }

    /// A condition by its name.
    pub(super) fn named_condition(&self, scope: &Rc<Scope>, name: &str, at: At) -> Result<bool, usize> {
        if let Some(known) = scope.conditions.borrow().get(name) {
            return *known;
        }
        let Some(condition) = scope.template.root.at_path(&["Conditions", name]) else {
            return Err(self.unknown(scope, at, undeclared(name, names_of(scope, "Conditions"))));
        };
        let busy = ["Conditions/", name].concat();
        if !scope.busy.borrow_mut().insert(busy.clone()) {
            return Err(self.unknown(scope, at, UnknownKind::Cycle(name.to_owned())));
        }
        // A stand-in must not decide.
        let truth = self.with_policy(false, || self.condition(scope, condition));
        scope.busy.borrow_mut().remove(&busy);
        scope.conditions.borrow_mut().insert(name.to_owned(), truth);
        truth
    }

    fn condition(&self, scope: &Rc<Scope>, node: &Node) -> Result<bool, usize> {
        let not_evaluated = || self.unknown(scope, node.at, UnknownKind::NotEvaluated("Conditions".to_owned()));
        if self.depth.get() >= DEEPEST || !self.step() {
            return Err(not_evaluated());
        }
        let Some(entry) = node.only_entry() else {
            return match self.evaluate(scope, node).as_ref().and_then(Node::scalar) {
                Some("true") => Ok(true),
                Some("false") => Ok(false),
                _ => Err(not_evaluated()),
            };
        };
        let arguments = entry.node.items();
        self.depth.set(self.depth.get() + 1);
        let truth = match entry.key.as_str() {
            "Condition" => self.named_condition(scope, entry.node.scalar().unwrap_or_default(), entry.at),
            "Fn::Not" => arguments
                .first()
                .map_or_else(|| Err(not_evaluated()), |inner| self.condition(scope, inner).map(|truth| !truth)),
            "Fn::And" => self.all(scope, arguments, true),
            "Fn::Or" => self.all(scope, arguments, false),
            "Fn::Equals" => match arguments {
                [one, other] => self.equal(scope, one, other, node.at),
                _ => Err(not_evaluated()),
            },
            _ => match self.evaluate(scope, node) {
                Some(Node { value: Value::Bool(truth), .. }) => Ok(truth),
                Some(Node { value: Value::Unknown(unknown), .. }) => Err(unknown),
                Some(other) if other.scalar() == Some("true") => Ok(true),
                Some(other) if other.scalar() == Some("false") => Ok(false),
                _ => Err(not_evaluated()),
            },
        };
        self.depth.set(self.depth.get() - 1);
        truth
    }

    /// Whether all conditions hold, or with `all` false, whether any does: one known answer can decide.
    fn all(&self, scope: &Rc<Scope>, conditions: &[Node], all: bool) -> Result<bool, usize> {
        let mut open = None;
        for condition in conditions {
            match self.condition(scope, condition) {
                Ok(truth) if truth != all => return Ok(truth),
                Ok(_) => {}
                Err(unknown) => open = Some(unknown),
            }
        }
        open.map_or(Ok(all), Err)
    }

    fn equal(&self, scope: &Rc<Scope>, one: &Node, other: &Node, at: At) -> Result<bool, usize> {
        let text = |node: &Node| -> Result<String, usize> {
            let value = self.evaluate(scope, node).unwrap_or_default();
            let made = match &value.value {
                Value::List(items) => join(items, ",", at).and_then(|joined| as_text(&joined)),
                _ => as_text(&value),
            };
            made.map_err(|unknown| {
                unknown.unwrap_or_else(|| self.unknown(scope, at, UnknownKind::NotEvaluated("Fn::Equals".to_owned())))
            })
        };
        Ok(text(one)? == text(other)?)
    }
}

const CONDITION_FUNCTIONS: &[&str] = &["Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not"];

/// Whether a map with this only key is a function.
fn is_function(key: &str) -> bool {
    (key.starts_with("Fn::") && !key.starts_with("Fn::ForEach::")) || key == "Ref"
}

/// A block that stands for the one that Amazon assigns to a VPC at deployment: from the range for documentation, so
/// that nothing else can have it.
pub(in crate::import) fn assigned_ipv6_block(resource: usize) -> String {
    let number = u32::try_from(resource).unwrap_or(u32::MAX);
    let (high, low) = (number >> 8 & 0xffff, (number & 0xff) << 8);
    format!("2001:db8:{high:x}:{low:x}::/56")
}

/// A name in the place of a value: no parameter and no resource has it.
fn undeclared_value(scope: &Scope, name: &str) -> UnknownKind {
    let index = scope.index.borrow();
    undeclared(name, names_of(scope, "Parameters").chain(index.keys().map(String::as_str)))
}

fn undeclared<'a>(name: &str, declared: impl Iterator<Item = &'a str>) -> UnknownKind {
    let nearest = nearest(name, declared).map(str::to_owned);
    UnknownKind::Undeclared(Box::new(Undeclared { name: name.to_owned(), nearest }))
}

/// What a section of the template declares.
fn names_of<'a>(scope: &'a Scope, section: &str) -> impl Iterator<Item = &'a str> {
    let entries = scope.template.root.get(section).map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| entry.key.as_str())
}
