//! Roles with their policies, and what keeps a bucket beside its policy.

use super::policies::policy_in;
use super::{Draft, add, change};
use crate::document::{self, Section};
use crate::import::inventory::{Kind, Resource, block, field};
use crate::import::places::{pointer, pointer_to, push_step};
use crate::import::tree::{Node, Value};
use crate::network::account_of_arn;

impl Draft<'_> {
    pub(super) fn permissions(&mut self) {
        self.managed_policies();
        self.roles();
        self.policies_of_roles();
        self.attachments();
        self.roles_that_exist();
        self.bucket_policies();
        self.access_point_policies();
        self.public_access_blocks();
        self.account_public_access_block();
        self.kms_keys();
        self.bucket_encryption();
    }

    /// Whether a policy is left to apply: it is told, and stands nowhere.
    pub(super) fn is_left_to_apply(&mut self, position: usize, property: &str, node: &Node) -> bool {
        let is_left = self.is_of_terraform(position) && self.is_unknown_policy(position, node);
        if is_left {
            self.tell_policy(position, node, property);
        }
        is_left
    }

    /// Notes that more is allowed or denied to a role than is known.
    fn leave_open(&mut self, position: usize, role: &str) {
        if !self.is_of_terraform(position) {
            self.uncertain("roles", role);
            return;
        }
        let (name, policy) = (self.name(position), self.unknown_policy(position));
        if let Some(role) = self.document.roles.get_mut(role) {
            role.policies.get_or_insert_default().insert(name, policy);
        }
    }

    fn managed_policies(&mut self) {
        for (position, resource) in self.of(Kind::ManagedPolicy) {
            let name = self.name(position);
            let policy = policy_in(&resource.fields).map(|(property, node)| {
                let place = [&pointer("managedPolicies", &name), "/policy"].concat();
                self.policy_at(position, node, property, place)
            });
            let arn = field(&resource.fields, "arn").and_then(Node::scalar).map(str::to_owned);
            self.document.managed_policies.insert(name.clone(), document::ManagedPolicy { arn, policy });
            self.remember_component("managedPolicies", position);
        }
    }

    fn roles(&mut self) {
        for (position, resource) in self.of(Kind::Role) {
            let name = self.name(position);
            let fields = &resource.fields;
            let own = self.quiet_text(fields, "role_name").or_else(|| self.quiet_text(fields, "name"));
            let path = self.quiet_text(fields, "path").filter(|path| path != "/");
            let boundary = self.boundary(position, fields, &name);
            let arn = field(fields, "arn").and_then(Node::scalar).unwrap_or_default();
            let account = account_of_arn(arn).filter(|account| account.len() == 12).map(str::to_owned);
            let tags = field(fields, "tags_all").map(|tags| {
                let texts = tags.entries().iter();
                texts.filter_map(|tag| Some((tag.key.clone(), tag.node.scalar()?.to_owned()))).collect()
            });
            let mut role = document::Role {
                account,
                path,
                role_name: own.filter(|own| *own != name),
                permissions_boundary: boundary,
                tags,
                ..document::Role::default()
            };
            // Of one that exists already, nothing more is told than its name.
            if !resource.is_data {
                role.policies = Some(Section::default());
                role.managed_policies = Some(Vec::new());
            }
            self.document.roles.insert(name.clone(), role);
            self.remember_component("roles", position);
            for property in ["policies", "inline_policy"] {
                match field(fields, property).map(|node| (&node.value, node)) {
                    Some((Value::List(items), _)) => {
                        items.iter().for_each(|item| self.inline_policy(position, &name, item));
                    }
                    Some((Value::Unknown(unknown), node)) => {
                        self.tell(position, node, property, *unknown);
                        self.leave_open(position, &name);
                    }
                    Some(_) | None => {}
                }
            }
            let attached = field(fields, "managed_policy_arns");
            self.attach(position, &name, "managed_policy_arns", attached);
        }
    }

    /// The permissions boundary of a role.
    fn boundary(&mut self, position: usize, fields: &Node, role: &str) -> Option<String> {
        let node = field(fields, "permissions_boundary")?;
        let named = self.managed_policy_named(node);
        if named.is_some() {
            return named;
        }
        if let Value::Unknown(unknown) = node.value {
            self.tell(position, node, "permissions_boundary", unknown);
        }
        if !self.is_of_terraform(position) {
            self.uncertain("roles", role);
            return None;
        }
        let policy = document::ManagedPolicy { arn: None, policy: Some(self.unknown_policy(position)) };
        let name = [role, ".permissions_boundary"].concat();
        self.document.managed_policies.insert(name.clone(), policy);
        Some(name)
    }

    /// An inline policy that stands in the role itself.
    fn inline_policy(&mut self, position: usize, role: &str, item: &Node) {
        if matches!(item.value, Value::Unknown(_) | Value::Reference { .. }) {
            self.leave_open(position, role);
            return;
        }
        let name = self.quiet_text(item, "policy_name").or_else(|| self.quiet_text(item, "name"));
        let Some((property, node)) = policy_in(item) else { return };
        self.add_policy(position, role, name.as_deref().unwrap_or("policy"), property, node);
    }

    /// Gives a role an inline policy.
    fn add_policy(&mut self, position: usize, role: &str, name: &str, property: &str, node: &Node) {
        let is_there = |draft: &Self, name: &str| {
            let role = draft.document.roles.get(role);
            role.and_then(|role| role.policies.as_ref()?.get(name)).is_some()
        };
        // States repeat what stands in resources of its own.
        let policy = self.policy_json(position, node);
        let known = self.document.roles.get(role).and_then(|role| role.policies.as_ref()?.get(name));
        if known == Some(&policy) {
            return;
        }
        let mut key = name.to_owned();
        while is_there(self, &key) {
            key.push('\'');
        }
        let mut place = [&pointer("roles", role), "/policies"].concat();
        push_step(&mut place, &key);
        let policy = self.policy_at(position, node, property, place);
        if let Some(role) = self.document.roles.get_mut(role) {
            role.policies.get_or_insert_default().insert(key, policy);
        }
    }

    fn policies_of_roles(&mut self) {
        for (position, resource) in self.of(Kind::RolePolicy) {
            let fields = &resource.fields;
            let name = self.quiet_text(fields, "policy_name").or_else(|| self.quiet_text(fields, "name"));
            let name = name.unwrap_or_else(|| self.name(position));
            let Some((property, node)) = policy_in(fields) else { continue };
            for role in self.roles_of(position, resource) {
                self.add_policy(position, &role, &name, property, node);
                self.uncertain_existence(position, "roles", &role);
            }
        }
    }

    /// Managed policies that name their roles, and attachments.
    fn attachments(&mut self) {
        for (position, resource) in self.of(Kind::ManagedPolicy) {
            let own = Value::Reference { resource: position, attribute: String::new() };
            let node = Node { value: own, at: resource.at };
            for role in self.roles_of(position, resource) {
                self.attach(position, &role, "roles", Some(&node));
                self.uncertain_existence(position, "roles", &role);
            }
        }
        for (position, resource) in self.of(Kind::RolePolicyAttachment) {
            let policy = field(&resource.fields, "policy_arn");
            for role in self.roles_of(position, resource) {
                self.attach(position, &role, "policy_arn", policy);
                self.uncertain_existence(position, "roles", &role);
            }
        }
    }

    /// Of a role that exists already, no more is known than what is added to it here.
    fn roles_that_exist(&mut self) {
        for (position, _) in self.of(Kind::Role).filter(|(_, role)| role.is_data) {
            let name = self.name(position);
            let known = self.document.roles.get(&name);
            if known.is_some_and(|role| role.policies.is_some() || role.managed_policies.is_some()) {
                self.leave_open(position, &name);
            }
        }
    }

    /// Attaches managed policies to a role; one that is not known makes the role uncertain.
    fn attach(&mut self, position: usize, role: &str, property: &str, node: Option<&Node>) {
        let Some(node) = node else { return };
        let one = std::slice::from_ref(node);
        let items = if let Value::List(items) = &node.value { items.as_slice() } else { one };
        for item in items {
            let Some(policy) = self.managed_policy_named(item) else {
                if let Value::Unknown(unknown) = item.value {
                    self.tell(position, item, property, unknown);
                }
                self.leave_open(position, role);
                continue;
            };
            let Some(known) = self.document.roles.get_mut(role) else { continue };
            if let Some(index) = add(known.managed_policies.get_or_insert_default(), policy) {
                let at = self.place_in(position, item);
                self.remember(pointer_to("roles", role, "managedPolicies", index), position, at);
            }
        }
    }

    /// The keys of the roles that a resource names; where one is not known, every role is uncertain.
    fn roles_of(&mut self, position: usize, resource: &Resource) -> Vec<String> {
        let mut roles = Vec::new();
        for property in ["roles", "role", "role_name"] {
            let Some(node) = field(&resource.fields, property) else { continue };
            let one = std::slice::from_ref(node);
            let items = if let Value::List(items) = &node.value { items.as_slice() } else { one };
            for item in items {
                if let Value::Unknown(unknown) = item.value {
                    self.tell(position, item, property, unknown);
                    let names: Vec<String> = self.document.roles.keys().cloned().collect();
                    names.iter().for_each(|name| self.leave_open(position, name));
                }
                roles.extend(self.role_named(item));
            }
        }
        roles
    }

    /// The key of the role that a value names, by reference, name or ARN; none where no file has it, or several have
    /// the same ARN, as those of a mocked provider do.
    pub(super) fn role_named(&self, node: &Node) -> Option<String> {
        match &node.value {
            Value::Reference { resource, .. } => {
                let role = self.resources.get(*resource)?;
                (role.kind == Kind::Role).then(|| self.name(*resource))
            }
            Value::Text(text) => {
                let name = text.rsplit('/').next().unwrap_or(text);
                let is_it = |role: &Resource| {
                    let is =
                        |property: &str, text: &str| field(&role.fields, property).and_then(Node::scalar) == Some(text);
                    match text.starts_with("arn:") {
                        true if field(&role.fields, "arn").is_some_and(|arn| arn.scalar().is_some()) => is("arn", text),
                        _ => is("id", name) || is("name", name) || is("role_name", name),
                    }
                };
                // One of which the ARN is known is found by it.
                let is_by_arn = |role: &Resource| field(&role.fields, "arn").and_then(Node::scalar) == Some(text);
                let others = self.called(Kind::Role, name).filter(|(_, role)| name != text && !is_by_arn(role));
                let mut found = self.called(Kind::Role, text).chain(others).filter(|(_, role)| is_it(role));
                let (position, _) = found.next()?;
                found.next().is_none().then(|| self.name(position))
            }
            _ => None,
        }
    }

    /// The role of a workload: its key, else the ARN; none where it is not known.
    pub(super) fn role_of_workload(&self, node: Option<&Node>) -> Option<String> {
        let node = node?;
        let is_arn = |text: &&str| text.starts_with("arn:") && account_of_arn(text).is_some_and(|id| id.len() == 12);
        let is_of_several = |text: &&str| {
            let mut roles = self.called(Kind::Role, text);
            roles.any(|(_, role)| field(&role.fields, "arn").and_then(Node::scalar) == Some(text))
        };
        let outside = || node.scalar().filter(is_arn).filter(|text| !is_of_several(text)).map(str::to_owned);
        self.role_named(node).or_else(outside)
    }

    /// The role of an instance profile.
    pub(super) fn role_of_profile(&self, node: Option<&Node>) -> Option<String> {
        let profile = match &node?.value {
            Value::Reference { resource, .. } => self.resources.get(*resource),
            Value::Text(text) => {
                let name = text.rsplit('/').next().unwrap_or(text);
                let mut profiles = self.called(Kind::InstanceProfile, name);
                let is_it = |profile: &Resource| {
                    let names = ["id", "name", "instance_profile_name"].iter();
                    names.filter_map(|property| field(&profile.fields, property)?.scalar()).any(|own| own == name)
                };
                profiles.find(|(_, profile)| is_it(profile)).map(|(_, profile)| profile)
            }
            _ => None,
        }?;
        let roles = field(&profile.fields, "roles").map(Node::items).unwrap_or_default();
        let role = roles.first().or_else(|| field(&profile.fields, "role"))?;
        self.role_named(role)
    }

    /// The role that the containers of a task have.
    pub(super) fn role_of_task(&self, definition: Option<&Node>) -> Option<String> {
        let definition = match &definition?.value {
            Value::Reference { resource, .. } => self.resources.get(*resource),
            Value::Text(text) => {
                let mut definitions = self.called(Kind::TaskDefinition, text).map(|(_, definition)| definition);
                definitions.find(|other| field(&other.fields, "arn").and_then(Node::scalar) == Some(text))
            }
            _ => None,
        }?;
        self.role_of_workload(field(&definition.fields, "task_role_arn"))
    }

    /// The managed policy that a value names: a key of the document, or an ARN.
    fn managed_policy_named(&self, node: &Node) -> Option<String> {
        match &node.value {
            Value::Reference { resource, .. } => {
                let policy = self.resources.get(*resource)?;
                (policy.kind == Kind::ManagedPolicy).then(|| self.name(*resource))
            }
            Value::Text(text) => {
                let own = |policy: &Resource| field(&policy.fields, "arn").and_then(Node::scalar) == Some(text);
                let mut found = self.called(Kind::ManagedPolicy, text).filter(|(_, policy)| own(policy));
                match (found.next(), found.next()) {
                    // A mocked provider gives all of them one ARN.
                    (Some(_), Some(_)) => None,
                    (Some((position, _)), None) => Some(self.name(position)),
                    (None, _) if text.starts_with("arn:") => Some(self.policy_text(text)),
                    // SAM takes the names of AWS's own.
                    (None, _) => Some(["arn:aws:iam::aws:policy/", text].concat()),
                }
            }
            _ => None,
        }
    }

    fn bucket_policies(&mut self) {
        for (position, resource) in self.of(Kind::BucketPolicy) {
            let Some(node) = field(&resource.fields, "bucket") else { continue };
            let policy = policy_in(&resource.fields);
            let (Some(name), Some((property, policy))) = (self.bucket_named(position, node), policy) else { continue };
            if self.is_left_to_apply(position, property, policy) {
                continue;
            }
            let place = [&pointer("buckets", &name), "/policy"].concat();
            let policy = self.policy_at(position, policy, property, place);
            // Whether there is one can be open.
            let policy = if resource.uncertain.is_some() { self.unknown_policy(position) } else { policy };
            let Some(bucket) = self.document.buckets.get_mut(&name) else { continue };
            bucket.policy = Some(policy);
            self.uncertain_existence(position, "buckets", &name);
        }
        for (position, resource) in self.of(Kind::Bucket).filter(|(_, resource)| !resource.is_data) {
            let name = self.name(position);
            let own = field(&resource.fields, "policy").filter(|node| node.scalar().is_some());
            let own = own.map(|node| self.policy_json(position, node));
            if let Some(bucket) = self.document.buckets.get_mut(&name) {
                bucket.policy = bucket.policy.take().or(own);
            }
        }
    }

    fn public_access_blocks(&mut self) {
        for (position, resource) in self.of(Kind::Bucket) {
            let name = self.name(position);
            if let Some(settings) = block(&resource.fields, "public_access_block_configuration") {
                self.public_access_block(position, &name, settings);
            }
            let rules = block(&resource.fields, "ownership_controls").and_then(|controls| block(controls, "rules"));
            self.object_ownership(&name, rules);
        }
        for (position, resource) in self.of(Kind::PublicAccessBlock) {
            let Some(node) = field(&resource.fields, "bucket") else { continue };
            let Some(name) = self.bucket_named(position, node) else { continue };
            self.public_access_block(position, &name, &resource.fields);
        }
        for (position, resource) in self.of(Kind::OwnershipControls) {
            let Some(node) = field(&resource.fields, "bucket") else { continue };
            let Some(name) = self.bucket_named(position, node) else { continue };
            self.object_ownership(&name, block(&resource.fields, "rule"));
        }
    }

    fn public_access_block(&mut self, position: usize, bucket: &str, settings: &Node) {
        let block = self.public_access_settings(settings);
        let at = self.place_in(position, settings);
        change(&mut self.document.buckets, bucket, |bucket| bucket.public_access_block = Some(block));
        self.remember([&pointer("buckets", bucket), "/publicAccessBlock"].concat(), position, at);
    }

    pub(super) fn public_access_settings(&self, settings: &Node) -> document::PublicAccessBlock {
        let setting = |name: &str| match field(settings, name) {
            // What is left out is off.
            None => Some(false),
            Some(node) => match node.scalar() {
                Some("true") => Some(true),
                Some("false") => Some(false),
                _ => None,
            },
        };
        document::PublicAccessBlock {
            block_public_acls: setting("block_public_acls"),
            ignore_public_acls: setting("ignore_public_acls"),
            block_public_policy: setting("block_public_policy"),
            restrict_public_buckets: setting("restrict_public_buckets"),
        }
    }

    fn object_ownership(&mut self, bucket: &str, rule: Option<&Node>) {
        let word = rule.and_then(|rule| field(rule, "object_ownership")?.scalar().map(str::to_owned));
        if let Some(word) = word.filter(|word| word != "BucketOwnerEnforced") {
            change(&mut self.document.buckets, bucket, |bucket| bucket.object_ownership = Some(word));
        }
    }

    /// A text, where it is known; nobody has to be told where it is not.
    pub(super) fn quiet_text(&self, node: &Node, property: &str) -> Option<String> {
        field(node, property)?.scalar().map(|text| self.policy_text(text)).filter(|text| !text.contains("${"))
    }
}
