//! Roles, policies, accounts and keys.

use std::sync::Arc;

use super::Resolver;
use super::problems::{Found, Place, Spot};
use crate::component::{Component, ComponentKind};
use crate::data::managed_policies::managed_policy;
use crate::document::{self, Section, words};
use crate::json::{self, Json};
use crate::network::{
    AccessPoint, Account, BucketId, BucketPermissions, Index, KmsKey, Organization, OrganizationLevel, PolicySet, Role,
    RoleId, VpcEndpointKind, WorkloadId, account_of_arn, is_account, partition,
};
use crate::policy::{LayerKind, Policy, Truth};
use crate::problem::{ProblemKind, Quota};
use crate::texts::{self, cat};

/// Levels of an organization at most: root, five organizational units, account
/// (<https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>).
const MOST_LEVELS: usize = 7;

impl<'d> Resolver<'d> {
    /// What workloads and buckets refer to.
    pub(super) fn permissions(&mut self) {
        self.network.account = self.account(self.document.account.as_deref(), Spot::top("account"));
        self.managed_policies();
        self.accounts();
        self.kms_keys();
        self.roles();
    }

    /// The account that a resource names, else the document's. What is no account is reported, and left out.
    fn account_of(&mut self, place: Place<'d>, named: Option<&str>) -> Option<String> {
        match named {
            Some(_) => self.account(named, place.field("account")),
            None => self.network.account.clone(),
        }
    }

    fn account(&mut self, text: Option<&str>, spot: Spot<'_>) -> Option<String> {
        let text = text?;
        if is_account(text) {
            return Some(text.to_owned());
        }
        self.problems.report(spot, || ProblemKind::BadAccount { text: text.to_owned() });
        None
    }

    /// Reads a policy; what is wrong with it is reported.
    pub(super) fn policy(&mut self, value: &Json, kind: LayerKind, name: &str, pointer: &str) -> Policy {
        if value.as_text() == Some("unknown") {
            return Policy::unknown(name, pointer);
        }
        let (policy, problems) = Policy::read(value, kind, name, pointer);
        self.problems.extend(problems);
        policy
    }

    /// The policy that stands in a resource's field `policy`, under the resource's name.
    fn policy_of(&mut self, place: Place<'d>, kind: LayerKind, value: &Json) -> Policy {
        self.policy(value, kind, place.key, &place.field("policy").text())
    }

    /// The policies of a section by their names.
    fn policies(&mut self, section: Option<&Section<Json>>, kind: LayerKind, spot: Spot<'_>) -> PolicySet {
        let Some(section) = section else { return PolicySet::NotGiven };
        let pointer = spot.text();
        let mut policies = Vec::new();
        for (name, value) in section {
            policies.push(self.policy(value, kind, name, &super::problems::below(&pointer, name)));
        }
        PolicySet::Given(policies)
    }

    fn managed_policies(&mut self) {
        for (key, declared) in &self.document.managed_policies {
            let place = Place::new("managedPolicies", key);
            let count = declared.policy.as_ref().map_or(0, characters);
            self.problems.check_quota(Quota::ManagedPolicy, count, place.field("policy"));
            let policy = match &declared.policy {
                Some(value) => self.policy_of(place, LayerKind::Identity, value),
                None => unknown(key, place.pointer()),
            };
            let position = self.managed.len();
            self.managed.push((declared.arn.as_deref(), policy));
            self.managed_policies.push(key, Some(position));
        }
    }

    /// The managed policy of that name or ARN. One that nothing tells more of is not readable.
    fn managed_policy(&mut self, text: &str, spot: Spot<'_>) -> Policy {
        let (kind, section) = (ComponentKind::ManagedPolicy, "managedPolicies");
        let by_arn = self.managed.iter().position(|(arn, _)| *arn == Some(text));
        // The name of a customer's policy is the last step of its ARN.
        let is_own = account_of_arn(text).is_some_and(is_account);
        let name = if is_own { texts::last_step(text) } else { text };
        let by_arn = by_arn.map_or(Found::Nothing, Found::Resolved);
        for found in [self.managed_policies.find(kind, text), by_arn, self.managed_policies.find(kind, name)] {
            if let Found::Resolved(position) = found
                && let Some((_, policy)) = self.managed.get(position)
            {
                return policy.clone();
            }
        }
        let is_arn = text.starts_with("arn:");
        if !is_arn {
            let mut candidates = self.managed_policies.keys();
            self.problems.dangling(section, text, &mut candidates, spot);
        }
        managed_policy(text).unwrap_or_else(|| unknown(text, spot))
    }

    fn roles(&mut self) {
        for (key, declared) in &self.document.roles {
            let place = Place::new("roles", key);
            let account = self.account_of(place, declared.account.as_deref());
            let path = declared.path.as_deref().unwrap_or_default().trim_matches('/');
            let name = declared.role_name.as_deref().unwrap_or(key);
            let path_and_name = if path.is_empty() { name.to_owned() } else { [path, "/", name].concat() };
            let boundary = declared.permissions_boundary.as_deref();
            let mut boundary = boundary.map(|text| self.managed_policy(text, place.field("permissionsBoundary")));
            let inline = declared.policies.iter().flatten().map(|(_, policy)| characters(policy)).sum();
            self.problems.check_quota(Quota::RolePolicies, inline, place.field("policies"));
            let mut identity = self.identity_policies(place, declared);
            // What is known of such a role is not all of it.
            let is_open = self.document.unknown_sections.iter().any(|name| name.strip_prefix("roles/") == Some(key));
            if let PolicySet::Given(policies) = &mut identity
                && is_open
            {
                let rest = unknown(key, place.pointer());
                boundary.get_or_insert_with(|| rest.clone());
                policies.push(rest);
            }
            let session = declared.session_policies.as_ref();
            let session = self.policies(session, LayerKind::Session, place.field("sessionPolicies"));
            let tags = declared.tags.as_ref();
            let id = self.network.roles.push(Role {
                component: Component::new(ComponentKind::Role, key),
                partition: partition(&self.network.region).to_owned(),
                account,
                path_and_name,
                identity,
                boundary,
                session,
                tags: tags.map(|tags| tags.iter().map(|(name, value)| (name.clone(), value.clone())).collect()),
            });
            self.roles.push(key, Some(id));
        }
    }

    fn identity_policies(&mut self, place: Place<'d>, declared: &document::Role) -> PolicySet {
        let mut set = self.policies(declared.policies.as_ref(), LayerKind::Identity, place.field("policies"));
        if let Some(managed) = &declared.managed_policies {
            let mut policies = if let PolicySet::Given(inline) = set { inline } else { Vec::new() };
            for (position, text) in managed.iter().enumerate() {
                policies.push(self.managed_policy(text, place.item("managedPolicies", position)));
            }
            set = PolicySet::Given(policies);
        }
        set
    }

    /// Gives every workload the role that it names.
    pub(super) fn roles_of_workloads(&mut self) {
        let document = self.document;
        for position in 0..self.network.workloads.len() {
            let id = WorkloadId::from_position(position);
            let component = &self.network.workloads.get(id).component;
            let (section, found) = match component.kind {
                ComponentKind::Function => {
                    let found = document.functions.get_key_value(&component.name);
                    ("functions", found.map(|(key, function)| (key, &function.role)))
                }
                ComponentKind::Instance => {
                    let found = document.instances.get_key_value(&component.name);
                    ("instances", found.map(|(key, instance)| (key, &instance.role)))
                }
                ComponentKind::Task => {
                    let found = document.tasks.get_key_value(&component.name);
                    ("tasks", found.map(|(key, task)| (key, &task.role)))
                }
                ComponentKind::CodeBuildProject => {
                    let found = document.code_build_projects.get_key_value(&component.name);
                    ("codeBuildProjects", found.map(|(key, project)| (key, &project.role)))
                }
                _ => continue,
            };
            if let Some((key, Some(name))) = found {
                let role = self.role_of(Place::new(section, key), name);
                self.network.workloads.get_mut(id).role = role;
            }
        }
    }

    /// The role that a workload names, by key or ARN; one that the document does not declare is made of its ARN.
    fn role_of(&mut self, place: Place<'d>, text: &str) -> Option<RoleId> {
        let (kind, section) = (ComponentKind::Role, "roles");
        let is_known = matches!(self.roles.find(kind, text), Found::Resolved(_) | Found::LeftOut);
        let parts = if is_known { None } else { role_arn(text) };
        let Some((partition, account, path_and_name)) = parts else {
            return self.problems.find(&self.roles, kind, section, text, place.field("role"));
        };
        // Where the document has no account for a role, the one of the ARN is as good as any.
        let is_it = |role: &Role| {
            role.path_and_name == path_and_name && role.account.as_deref().is_none_or(|own| own == account)
        };
        let known = self.network.roles.iter().find(|(_, role)| is_it(role)).map(|(id, _)| id);
        if let Some(id) = known {
            let role = self.network.roles.get_mut(id);
            role.account.get_or_insert_with(|| account.to_owned());
            return Some(id);
        }
        let name = path_and_name.rsplit('/').next().unwrap_or(path_and_name);
        Some(self.network.roles.push(Role {
            component: Component::new(ComponentKind::Role, name),
            partition: partition.to_owned(),
            account: Some(account.to_owned()),
            path_and_name: path_and_name.to_owned(),
            identity: PolicySet::NotGiven,
            boundary: None,
            session: PolicySet::NotGiven,
            tags: None,
        }))
    }

    fn accounts(&mut self) {
        for (key, declared) in &self.document.accounts {
            let place = Place::new("accounts", key);
            self.account(Some(key), place.pointer());
            let organization = match declared.organization_id.as_deref() {
                None => Organization::Unknown,
                Some("none") => Organization::None,
                Some(id) => Organization::Id(id.to_owned()),
            };
            let mut levels = Vec::with_capacity(declared.organization_levels.len().min(MOST_LEVELS));
            for (position, level) in declared.organization_levels.iter().enumerate() {
                let item = place.item("organizationLevels", position);
                let services = level.service_control_policies.as_ref();
                let resources = level.resource_control_policies.as_ref();
                let lengths = services.into_iter().flatten().map(|(_, policy)| characters(policy));
                let longest = lengths.max().unwrap_or_default();
                self.problems.check_quota(Quota::ServiceControlPolicy, longest, item.at("serviceControlPolicies"));
                levels.push(OrganizationLevel {
                    name: level.name.clone(),
                    service_control_policies: self.policies(
                        services,
                        LayerKind::ServiceControl,
                        item.at("serviceControlPolicies"),
                    ),
                    resource_control_policies: self.policies(
                        resources,
                        LayerKind::ResourceControl,
                        item.at("resourceControlPolicies"),
                    ),
                });
            }
            self.network.accounts.push(Account {
                component: Component::new(ComponentKind::Account, key),
                organization,
                organization_path: declared.organization_path.clone(),
                is_management_account: declared.is_management_account,
                levels,
                restrict_public_buckets: restricts(declared.public_access_block.as_ref()),
            });
        }
    }

    fn kms_keys(&mut self) {
        for (key, declared) in &self.document.kms_keys {
            let place = Place::new("kmsKeys", key);
            let account = self.account_of(place, declared.account.as_deref());
            let policy = match &declared.policy {
                Some(value) => PolicySet::Given(vec![self.policy_of(place, LayerKind::Key, value)]),
                None => PolicySet::NotGiven,
            };
            let position = self.network.kms_keys.len();
            self.network.kms_keys.push(Arc::new(KmsKey {
                component: Component::new(ComponentKind::KmsKey, key),
                account,
                arn: declared.arn.clone(),
                policy,
            }));
            self.kms_keys.push(key, Some(position));
        }
    }

    /// The policy of an endpoint; none for full access.
    pub(super) fn policy_of_endpoint(
        &mut self,
        place: Place<'d>,
        kind: VpcEndpointKind,
        declared: &document::VpcEndpoint,
    ) -> Option<Policy> {
        let gateway = kind == VpcEndpointKind::Gateway;
        let layer = if gateway { LayerKind::GatewayEndpoint } else { LayerKind::InterfaceEndpoint };
        let value = declared.policy.as_ref().filter(|policy| is_restrictive(policy))?;
        Some(self.policy_of(place, layer, value))
    }

    /// The policy of a bucket or an access point, which can be said to have none.
    fn own_policy(&mut self, place: Place<'d>, layer: LayerKind, declared: Option<&Json>) -> PolicySet {
        match declared {
            Some(value) if value.as_text() == Some("none") => PolicySet::Given(Vec::new()),
            Some(value) => PolicySet::Given(vec![self.policy_of(place, layer, value)]),
            None => PolicySet::NotGiven,
        }
    }

    /// What keeps a bucket beside its Region.
    pub(super) fn permissions_of_bucket(&mut self, place: Place<'d>, declared: &document::Bucket) -> BucketPermissions {
        let account = self.account_of(place, declared.account.as_deref());
        let policy = self.own_policy(place, LayerKind::Bucket, declared.policy.as_ref());
        let word = declared
            .object_ownership
            .as_deref()
            .and_then(|text| self.problems.word(text, words::OBJECT_OWNERSHIPS, place.field("objectOwnership")));
        let kms_key = declared.kms_key.as_deref().and_then(|text| self.kms_key(place, text));
        BucketPermissions {
            account,
            policy,
            restrict_public_buckets: restricts(declared.public_access_block.as_ref()),
            access_control_lists: word.is_some_and(|word| word != "BucketOwnerEnforced"),
            kms_key,
        }
    }

    /// Access points, once VPCs and buckets are there.
    pub(super) fn access_points(&mut self) {
        for (key, declared) in &self.document.access_points {
            let place = Place::new("accessPoints", key);
            let bucket = self.bucket_of(place, &declared.bucket);
            let of_bucket = bucket.map(|bucket| self.network.buckets.get(bucket).region.clone());
            let account = self.account_of(place, declared.account.as_deref());
            let mut policy = self.own_policy(place, LayerKind::AccessPoint, declared.policy.as_ref());
            let origin = declared.vpc.as_deref().map(|vpc| self.network_origin(place, vpc)).unwrap_or_default();
            if let PolicySet::Given(policies) = &mut policy {
                policies.extend_from_slice(&origin);
            }
            let block = declared.public_access_block.as_ref();
            // With a VPC for its origin no policy is public, whatever it says.
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
            let restrict_public_buckets = match block {
                _ if !origin.is_empty() => Truth::No,
                None => Truth::Yes,
                given => restricts(given),
            };
            self.network.access_points.push(AccessPoint {
                component: Component::new(ComponentKind::AccessPoint, key),
                name: declared.access_point_name.clone().unwrap_or_else(|| key.clone()),
                account,
                alias: declared.alias.clone(),
                bucket,
                region: of_bucket.unwrap_or_else(|| self.network.region.clone()),
                policy,
                origin,
                restrict_public_buckets,
            });
        }
    }

    /// The bucket that an access point leads to, by its key, or else by its name.
    fn bucket_of(&mut self, place: Place<'d>, text: &str) -> Option<BucketId> {
        if text.is_empty() {
            self.problems.report(place.pointer(), || ProblemKind::MissingField { field: "bucket" });
            return None;
        }
        let buckets = &self.network.buckets;
        let is_called = |component: &Component| component.name == text || component.to_string() == text;
        let by_key = buckets.iter().find(|(_, bucket)| is_called(&bucket.component));
        let found = by_key.or_else(|| buckets.iter().find(|(_, bucket)| bucket.bucket_name == text));
        let found = found.map(|(id, _)| id);
        if found.is_none() {
            let mut keys = self.document.buckets.keys().map(String::as_str);
            self.problems.dangling("buckets", text, &mut keys, place.field("bucket"));
        }
        found
    }

    /// What an access point refuses that takes requests from one VPC only: S3 answers as to a statement that denies (R10.9).
    fn network_origin(&mut self, place: Place<'d>, vpc: &str) -> Vec<Policy> {
        let pointer = place.field("vpc").text();
        let known = match self.vpcs.find(ComponentKind::Vpc, vpc) {
            Found::Resolved(id) => Some(self.network.vpc_name(id)),
            Found::Nothing if vpc.starts_with("vpc-") => Some(vpc.to_owned()),
            Found::Nothing if vpc != "unknown" => {
                self.problems.dangling("vpcs", vpc, &mut self.vpcs.keys(), place.field("vpc"));
                None
            }
            Found::Nothing | Found::LeftOut => None,
        };
        let (operator, value) = match &known {
            Some(name) => ("StringNotEquals", name.as_str()),
            None => ("Null", "true"),
        };
        // Of that version, a text has no variables.
        let text = cat!(
            r#"{"Version":"2008-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{""#,
            operator,
            r#"":{"aws:SourceVpc":"#,
            json::quoted(value),
            "}}}]}"
        );
        let mut origin = vec![Policy::read_text(&text, LayerKind::AccessPoint, "", &pointer).0];
        if known.is_none() {
            origin.push(Policy::unknown("", &pointer));
        }
        origin
    }

    fn kms_key(&mut self, place: Place<'d>, text: &str) -> Option<Arc<KmsKey>> {
        let (kind, section) = (ComponentKind::KmsKey, "kmsKeys");
        if let Some(known) = self.network.kms_keys.iter().find(|known| known.arn.as_deref() == Some(text)) {
            return Some(known.clone());
        }
        if text.starts_with("arn:") {
            let account = account_of_arn(text).filter(|account| is_account(account));
            return Some(Arc::new(KmsKey {
                component: Component::new(kind, text),
                account: account.map(str::to_owned),
                arn: Some(text.to_owned()),
                policy: PolicySet::NotGiven,
            }));
        }
        let position = self.problems.find(&self.kms_keys, kind, section, text, place.field("kmsKey"))?;
        self.network.kms_keys.get(position).cloned()
    }
}

/// A policy of which no more than its name is known.
fn unknown(name: &str, spot: Spot<'_>) -> Policy {
    Policy::unknown(name, &spot.text())
}

/// The characters of a policy as AWS counts them, without white space.
fn characters(policy: &Json) -> usize {
    fn of_text(text: &str) -> usize {
        text.chars().filter(|letter| !letter.is_ascii_whitespace()).count()
    }
    /// Brackets, and what stands between the parts.
    fn around(parts: usize) -> usize {
        parts.saturating_sub(1) + 2
    }
    fn of(value: &Json) -> usize {
        match value {
            Json::Null | Json::Boolean(true) => 4,
            Json::Boolean(false) => 5,
            Json::Number(number) => number.len(),
            Json::Text(text) => of_text(&json::quoted(text)),
            Json::List(items) => around(items.len()) + items.iter().map(of).sum::<usize>(),
            Json::Object(fields) => {
                let parts = fields.iter().map(|(name, value)| of_text(&json::quoted(name)) + 1 + of(value));
                around(fields.iter().count()) + parts.sum::<usize>()
            }
        }
    }
    // A policy can be given as a text.
    if let Json::Text(text) = policy { of_text(text) } else { of(policy) }
}

/// Partition, account, path and name of the ARN of a role.
fn role_arn(text: &str) -> Option<(&str, &str, &str)> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let partition = parts.next()?;
    let (service, _, account) = (parts.next()?, parts.next()?, parts.next()?);
    let path_and_name = parts.next()?.strip_prefix("role/")?;
    (service == "iam" && is_account(account) && !path_and_name.is_empty()).then_some((
        partition,
        account,
        path_and_name,
    ))
}

/// Whether Block Public Access restricts public policies, as far as it is known.
fn restricts(block: Option<&document::PublicAccessBlock>) -> Truth {
    block.and_then(|block| block.restrict_public_buckets).map_or(Truth::Unknown, Truth::from)
}

/// Whether a policy is anything but full access: one statement that allows every action on everything to everybody (R5.24).
fn is_restrictive(policy: &Json) -> bool {
    let says = |value: Option<&Json>, word: &str| value.and_then(Json::as_text) == Some(word);
    let is_star = |value: Option<&Json>| {
        let Some(value) = value else { return false };
        value.items().iter().any(|item| item.as_text() == Some("*")) || says(value.get("AWS"), "*")
    };
    let is_full = |statement: &Json| {
        says(statement.get("Effect"), "Allow")
            && ["Principal", "Action", "Resource"].iter().all(|field| is_star(statement.get(field)))
            && statement.get("Condition").is_none()
    };
    let statements = policy.get("Statement").map(Json::items).unwrap_or_default();
    !(statements.len() == 1 && statements.iter().all(is_full))
}
