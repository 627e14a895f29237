//! Policies as the document has them.
//!
//! A value that a template tells at deployment only stands as a policy variable that no request has: a statement in
//! which it matters is then neither taken to match nor not to match.
//!
//! What Terraform tells only after apply is `null`, be it a value, a statement or all of them: most policies of a new
//! configuration name ARNs that do not exist yet, and no answer about a network could be had before the first apply if
//! they left it open. So what is not told of a statement is taken to allow, which the answer says, while a statement
//! that may deny still leaves the answer open. It is the same however the policy is written, as blocks or as JSON.

use super::Draft;
use super::policy_document::policy_of_document;
use crate::import::cloudformation::{SOME_ACCOUNT, pieces};
use crate::import::inventory::{Kind, Resource, field};
use crate::import::tree::{Node, Value};
use crate::json::Json;

impl Draft<'_> {
    /// A policy of which only is known that a resource has it.
    pub(super) fn unknown_policy(&self, position: usize) -> Json {
        match self.is_of_terraform(position) {
            true => Json::object(std::iter::once(("Statement".to_owned(), Json::Null))),
            false => Json::Text("unknown".to_owned()),
        }
    }

    /// Whether nothing is known of a policy.
    pub(super) fn is_unknown_policy(&self, position: usize, node: &Node) -> bool {
        self.policy_json(position, node) == self.unknown_policy(position)
    }

    /// A policy for the part of the document with that pointer, whose places and those of its statements are
    /// remembered. What is not known of it is told.
    pub(super) fn policy_at(&mut self, position: usize, node: &Node, property: &str, place: String) -> Json {
        if let Some((document, rebuilt)) = self.rebuilt(node) {
            self.tell_all(document, &rebuilt);
            return self.policy_at(document, &rebuilt, property, place);
        }
        self.tell_policy(position, node, property);
        let at = self.place_in(position, node);
        for (index, statement) in field(node, "statement").map(Node::items).unwrap_or_default().iter().enumerate() {
            let place = [&place, "/Statement/", index.to_string().as_str()].concat();
            self.remember(place, position, statement.at);
        }
        self.remember(place, position, at);
        self.policy_json(position, node)
    }

    /// A policy: an object in templates, JSON in a text with Terraform. What a mocked provider invents is none, and not
    /// known.
    pub(super) fn policy_json(&self, position: usize, node: &Node) -> Json {
        if let Some((document, rebuilt)) = self.rebuilt(node) {
            return self.policy_json(document, &rebuilt);
        }
        let policy = match &node.value {
            Value::Text(text) => Json::read(&self.policy_text(text)),
            Value::Map(_) => Some(self.json(position, node)),
            _ => None,
        };
        let Some(mut policy) = policy else { return self.unknown_policy(position) };
        let is_of_terraform = self.is_of_terraform(position);
        if is_of_terraform {
            policy.each_text(&mut |text| self.by_name(text));
        }
        let statements = policy.get("Statement").map(Json::items).unwrap_or_default();
        // Principals have no variables.
        let mut is_lost = statements.is_empty() || statements.iter().any(has_open_principal);
        if !is_of_terraform && self.is_open(node) && policy.get("Version").and_then(Json::as_text) != Some("2012-10-17")
        {
            // Only the newer version has variables, and in nothing else do the two differ.
            is_lost |= has_own_variable(node);
            policy.set("Version", Json::Text("2012-10-17".to_owned()));
        }
        if is_lost { self.unknown_policy(position) } else { policy }
    }

    /// The policy document of Terraform that a value refers to, and its policy as far as its blocks tell it.
    fn rebuilt(&self, node: &Node) -> Option<(usize, Node)> {
        let Value::Reference { resource: position, .. } = node.value else { return None };
        let resource = self.resources.get(position).filter(|resource| resource.kind == Kind::PolicyDocument)?;
        policy_of_document(&resource.fields).map(|policy| (position, policy))
    }

    /// Tells that a policy is not known as a whole.
    pub(super) fn tell_policy(&mut self, position: usize, node: &Node, property: &str) {
        let unknown = match &node.value {
            Value::Unknown(unknown) => Some(*unknown),
            Value::Reference { resource, .. } => {
                let json = self.resources.get(*resource).and_then(|document| field(&document.fields, "json"));
                json.and_then(|json| if let Value::Unknown(unknown) = json.value { Some(unknown) } else { None })
            }
            _ => None,
        };
        if let Some(unknown) = unknown {
            self.tell(position, node, property, unknown);
        }
    }

    /// Tells of everything in a policy document that is not known.
    fn tell_all(&mut self, position: usize, node: &Node) {
        match &node.value {
            Value::Unknown(unknown) => self.tell(position, node, "statement", *unknown),
            Value::List(items) => items.iter().for_each(|item| self.tell_all(position, item)),
            Value::Map(entries) => entries.iter().for_each(|entry| self.tell_all(position, &entry.node)),
            _ => {}
        }
    }

    /// A value as JSON, with names and ARNs in place of references.
    fn json(&self, position: usize, node: &Node) -> Json {
        if self.is_of_terraform(position)
            && matches!(node.value, Value::Unknown(_) | Value::Reference { .. })
            && self.is_open(node)
        {
            return Json::Null;
        }
        match &node.value {
            Value::Null => Json::Null,
            Value::Bool(truth) => Json::Boolean(*truth),
            Value::Number(number) => Json::Number(number.clone()),
            Value::Text(text) => Json::Text(self.policy_text(text)),
            Value::List(items) => Json::List(items.iter().map(|item| self.json(position, item)).collect()),
            Value::Map(entries) => {
                Json::object(entries.iter().map(|entry| (entry.key.clone(), self.json(position, &entry.node))))
            }
            Value::Reference { resource, attribute } => Json::Text(self.referred(*resource, attribute)),
            Value::Unknown(unknown) => Json::Text(["${", &self.placeholder(*unknown), "}"].concat()),
        }
    }

    /// A text of a policy: what it refers to by name or ARN, and as a variable where that is not known.
    pub(super) fn policy_text(&self, text: &str) -> String {
        let words = pieces(text).into_iter().map(|piece| match &piece.value {
            Value::Reference { resource, attribute } => self.referred(*resource, attribute),
            _ => piece.scalar().unwrap_or_default().to_owned(),
        });
        words.collect()
    }

    /// What policies call a resource: its name in the document, the name of a bucket, an ARN.
    fn referred(&self, resource: usize, attribute: &str) -> String {
        let name = self.name(resource);
        let kind = self.resources.get(resource).map(|resource| resource.kind);
        let is_arn = attribute.eq_ignore_ascii_case("arn");
        match kind {
            Some(Kind::Bucket) if is_arn => ["arn:", self.partition(), ":s3:::", &self.bucket_name(&name)].concat(),
            Some(Kind::Bucket) if attribute.is_empty() => self.bucket_name(&name),
            Some(Kind::AccessPoint) if is_arn => self.access_point_arn(&name),
            Some(Kind::AccessPoint) if attribute.is_empty() => self.access_point_name(&name),
            Some(Kind::Role) if is_arn => self.role_arn(&name),
            Some(Kind::Role | Kind::Vpc | Kind::VpcEndpoint | Kind::Subnet) if attribute.is_empty() => name,
            _ if attribute.is_empty() => ["${", &name, "}"].concat(),
            _ => ["${", &name, ".", attribute, "}"].concat(),
        }
    }

    fn bucket_name(&self, key: &str) -> String {
        let bucket = self.document.buckets.get(key).and_then(|bucket| bucket.bucket_name.clone());
        bucket.unwrap_or_else(|| key.to_owned())
    }

    fn role_arn(&self, key: &str) -> String {
        let role = self.document.roles.get(key);
        let account = role.and_then(|role| role.account.as_deref()).or(self.document.account.as_deref());
        let path = role.and_then(|role| role.path.as_deref()).unwrap_or_default().trim_matches('/');
        let name = role.and_then(|role| role.role_name.as_deref()).unwrap_or(key);
        let separator = if path.is_empty() { "" } else { "/" };
        let account = account.unwrap_or(SOME_ACCOUNT);
        ["arn:", self.partition(), ":iam::", account, ":role/", path, separator, name].concat()
    }

    /// The account itself, as policies name it.
    pub(super) fn account_root(&self) -> String {
        let account = self.document.account.as_deref().unwrap_or(SOME_ACCOUNT);
        ["arn:", self.partition(), ":iam::", account, ":root"].concat()
    }

    pub(super) fn partition(&self) -> &'static str {
        crate::network::partition(self.document.region.as_deref().unwrap_or_default())
    }

    /// Puts the document's name in the place of the id of a VPC or an endpoint, and the ARN of a bucket in the place of
    /// what a mocked provider invents for it.
    fn by_name(&self, text: &mut String) {
        if let Some((position, _)) = self.ids.get(text.as_str())
            && self
                .resources
                .get(*position)
                .is_some_and(|resource| matches!(resource.kind, Kind::Vpc | Kind::VpcEndpoint))
        {
            *text = self.name(*position);
            return;
        }
        if text.contains(":s3:::") {
            return;
        }
        // What follows an ARN in a policy begins with a slash, and an invented one can have slashes itself.
        let ends = std::iter::once(text.len()).chain(text.rmatch_indices('/').map(|(at, _)| at));
        let found = ends.map(|end| text.split_at(end)).find_map(|(arn, rest)| {
            let is_it = |bucket: &Resource| field(&bucket.fields, "arn").and_then(Node::scalar) == Some(arn);
            let (position, _) = self.called(Kind::Bucket, arn).find(|(_, bucket)| is_it(bucket))?;
            Some([&self.referred(position, "arn"), rest].concat())
        });
        if let Some(found) = found {
            *text = found;
        }
    }

    /// Whether something in a value is not known before deployment.
    fn is_open(&self, node: &Node) -> bool {
        match &node.value {
            Value::Unknown(_) => true,
            Value::Reference { resource, attribute } => self.referred(*resource, attribute).starts_with("${"),
            Value::Text(text) => pieces(text).iter().any(|piece| self.is_reference_open(piece)),
            Value::List(items) => items.iter().any(|item| self.is_open(item)),
            Value::Map(entries) => entries.iter().any(|entry| self.is_open(&entry.node)),
            _ => false,
        }
    }

    fn is_reference_open(&self, piece: &Node) -> bool {
        matches!(&piece.value, Value::Reference { .. }) && self.is_open(piece)
    }
}

/// Whether a statement is about somebody who is not known.
fn has_open_principal(statement: &Json) -> bool {
    let principals = ["Principal", "NotPrincipal"].iter().filter_map(|name| statement.get(name));
    principals.into_iter().any(|principals| principals.has_text(&|text| text.contains("${")))
}

/// Whether a variable is written out in a value.
fn has_own_variable(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => text.contains("${"),
        Value::List(items) => items.iter().any(has_own_variable),
        Value::Map(entries) => entries.iter().any(|entry| has_own_variable(&entry.node)),
        _ => false,
    }
}

/// The policy that a resource or a block of it holds, with the name that the tool gives to it.
pub(super) fn policy_in(fields: &Node) -> Option<(&'static str, &Node)> {
    let names = ["policy_document", "key_policy", "policy"].into_iter();
    names.filter_map(|name| Some((name, field(fields, name)?))).next()
}

/// Whether a policy has a statement that denies.
pub(in crate::import) fn denies(policy: &Json) -> bool {
    let statements = policy.get("Statement").map(Json::items).unwrap_or_default();
    statements.iter().any(|statement| statement.get("Effect").and_then(Json::as_text) == Some("Deny"))
}

/// Whether a policy is the one that an endpoint has without any: everyone may do everything.
pub(in crate::import) fn is_full_access(policy: &Json) -> bool {
    let Some([Json::Object(fields)]) = policy.get("Statement").map(Json::items) else { return false };
    let is_everyone = |value: &Json| {
        let of_aws = || value.get("AWS").and_then(Json::as_text);
        value.as_text().or_else(of_aws) == Some("*")
    };
    fields.iter().all(|(key, value)| match key {
        "Effect" => value.as_text() == Some("Allow"),
        "Principal" => is_everyone(value),
        "Action" | "Resource" => value.as_text() == Some("*"),
        "Sid" => true,
        _ => false,
    }) && ["Effect", "Principal", "Action", "Resource"].iter().all(|key| fields.get(key).is_some())
}
