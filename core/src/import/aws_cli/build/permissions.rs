//! Roles and their policies: several calls tell of one role, and some do not say of which.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use super::marks::Extent;
use crate::document::{self, Section};
use crate::import::aws_cli::answers::{Function, Instance, ManagedPolicy, PolicyVersion, Role, RolePolicy};
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::aws_cli::scalar::{Text, Unread};
use crate::import::aws_cli::scan::{Findings, Named, about_label};
use crate::import::draft::denies;
use crate::import::places::{pointer, push_step};
use crate::import::problem::ImportProblemKind;
use crate::json::Json;
use crate::network::account_of_arn;

/// What is known of a role.
#[derive(Default)]
struct Known<'a> {
    arn: String,
    path: Option<String>,
    boundary: Option<String>,
    tags: Option<Section<String>>,
    file: usize,
    name: Text<'a>,
    /// Its inline policies as far as they are given, each with its file.
    inline: BTreeMap<String, (Unread<'a>, usize)>,
    /// The names of all its inline policies, where they are given.
    names: Option<BTreeSet<String>>,
    /// The managed policies that are attached to it, where they are given.
    attached: Option<Vec<String>>,
}

/// Gives functions and instances their roles, with what the answers tell of them.
pub(super) fn roles(
    builder: &mut Builder<'_>,
    findings: &mut Findings<'_>,
    functions: &[Found<Function<'_>>],
    instances: &[Found<Instance<'_>>],
) {
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    for Found { item, .. } in functions {
        if let Some(arn) = item.role.given().filter(|arn| arn.contains(":role/")) {
            used.insert(name_of(arn).to_owned(), arn.to_owned());
        }
    }
    let profiles: BTreeMap<String, String> = findings
        .lists
        .roles
        .iter()
        .flat_map(|role| role.item.instance_profile_list.iter().map(move |profile| (profile, &role.item)))
        .filter_map(|(profile, role)| Some((profile.arn.owned()?, role.role_name.owned()?)))
        .collect();
    let mut of_instances: Vec<(String, String)> = Vec::new();
    for Found { item, .. } in instances {
        let profile = item.iam_instance_profile.as_ref().and_then(|profile| profiles.get(&*profile.arn));
        if let Some(role) = profile {
            used.entry(role.clone()).or_default();
            of_instances.push((item.instance_id.to_string(), role.clone()));
        }
    }
    let known = gather(findings, &used);
    for (name, role) in &known {
        if used.contains_key(name) && !role.arn.is_empty() {
            write(builder, name, role);
        }
    }
    managed_policies(builder, findings);
    let declared = |builder: &Builder<'_>, name: &str| builder.document.roles.contains_key(name);
    for (key, function) in functions.iter().map(|found| (super::workloads::key_of(&found.item), found)) {
        let Some(arn) = function.item.role.owned().filter(|arn| arn.contains(":role/")) else { continue };
        let name = name_of(&arn).to_owned();
        let role = if declared(builder, &name) { name } else { arn };
        if let Some(function) = builder.document.functions.get_mut(&key) {
            function.role = Some(role);
        }
    }
    for (instance, role) in of_instances {
        if declared(builder, &role)
            && let Some(instance) = builder.document.instances.get_mut(&instance)
        {
            instance.role = Some(role);
        }
    }
}

/// The name of a role or policy in its ARN.
fn name_of(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

/// What the answers tell of each role.
fn gather<'a>(findings: &mut Findings<'a>, used: &BTreeMap<String, String>) -> BTreeMap<String, Known<'a>> {
    let mut known: BTreeMap<String, Known<'a>> = BTreeMap::new();
    for (name, arn) in used.iter().filter(|(_, arn)| !arn.is_empty()) {
        known.entry(name.clone()).or_default().arn.clone_from(arn);
    }
    for Found { item, file } in std::mem::take(&mut findings.lists.roles) {
        let Some(name) = item.role_name.owned() else { continue };
        add_role(known.entry(name).or_default(), item, file);
    }
    for Found { item, file } in std::mem::take(&mut findings.role_policies) {
        let Some(name) = item.role_name.owned() else { continue };
        add_inline(known.entry(name).or_default(), &item, file);
    }
    // The only role is what answers without a name are about.
    let only = match used.len() {
        1 => used.keys().next().cloned(),
        _ => known.keys().next().cloned().filter(|_| known.len() == 1),
    };
    let about = |named: Option<String>| named.map(|named| name_of(&named).to_owned()).or_else(|| only.clone());
    for (named, names) in std::mem::take(&mut findings.role_policy_names) {
        let Some(role) = about(named.of) else { continue };
        let names = names.iter().filter_map(Text::owned).collect();
        known.entry(role).or_default().names = Some(names);
    }
    for group in std::mem::take(&mut findings.attached_policies) {
        let of = group.of.map(str::to_owned).or_else(|| about_label(group.label, "list-attached-role-policies"));
        let Some(role) = about(of) else { continue };
        let listed = findings.lists.attached_policies.get(group.first..group.end).unwrap_or_default();
        let arns = listed.iter().filter_map(|found| found.item.policy_arn.owned()).collect();
        known.entry(role).or_default().attached = Some(arns);
    }
    known
}

fn add_role<'a>(known: &mut Known<'a>, item: Role<'a>, file: usize) {
    known.arn = item.arn.owned().unwrap_or_else(|| std::mem::take(&mut known.arn));
    known.path = item.path.owned().filter(|path| path != "/").or_else(|| known.path.take());
    known.boundary = item
        .permissions_boundary
        .and_then(|boundary| boundary.permissions_boundary_arn.owned())
        .or_else(|| known.boundary.take());
    if let Some(tags) = item.tags {
        known.tags = Some(tags.iter().map(|tag| (tag.key.to_string(), tag.value.to_string())).collect());
    }
    (known.name, known.file) = (item.role_name, file);
    if let Some(policies) = item.role_policy_list {
        known.names = Some(policies.iter().map(|policy| policy.policy_name.to_string()).collect());
        policies.iter().for_each(|policy| add_inline(known, policy, file));
    }
    if let Some(attached) = item.attached_managed_policies {
        known.attached = Some(attached.iter().filter_map(|policy| policy.policy_arn.owned()).collect());
    }
}

fn add_inline<'a>(known: &mut Known<'a>, policy: &RolePolicy<'a>, file: usize) {
    known.inline.entry(policy.policy_name.to_string()).or_insert((policy.policy_document, file));
}

/// Writes a role into the document. What is not all of its policies is kept only where it denies something: for the
/// rest, a role that is not known whole is one whose policies are taken to allow the request.
fn write(builder: &mut Builder<'_>, name: &str, known: &Known<'_>) {
    let account = account_of_arn(&known.arn).filter(|account| account.len() == 12).map(str::to_owned);
    let path = known.arn.split_once(":role/").and_then(|(_, rest)| rest.rsplit_once('/')).map(|(path, _)| path);
    let mut role = document::Role {
        account,
        path: known.path.clone().or_else(|| path.map(|path| ["/", path, "/"].concat())),
        permissions_boundary: known.boundary.clone(),
        tags: known.tags.clone(),
        ..document::Role::default()
    };
    let marks = builder.marks.len();
    let mut inline = Section::default();
    let missing = known.names.iter().flatten().filter(|policy| !known.inline.contains_key(*policy));
    let names: BTreeSet<&String> = known.inline.keys().chain(missing).collect();
    for policy in names {
        let mut place = [&pointer("roles", name), "/policies"].concat();
        push_step(&mut place, policy);
        let read = known.inline.get(policy).map(|(text, file)| read_document(builder, *text, *file, &place, policy));
        inline.insert(policy.clone(), read.unwrap_or_else(|| Json::Text("unknown".to_owned())));
    }
    let is_whole = known.names.is_some() && known.attached.is_some();
    if is_whole || inline.values().any(denies) {
        role.policies = Some(inline);
        role.managed_policies = Some(known.attached.clone().unwrap_or_default());
    } else {
        builder.marks.truncate(marks);
    }
    if !is_whole && role.policies.is_some() {
        builder.document.unknown_sections.push(["roles/", name].concat());
    }
    builder.mark(known.file, &known.name, Extent::Key, pointer("roles", name), name, ListKind::Roles.key());
    builder.document.roles.insert(name.to_owned(), role);
}

/// The policies that roles of the document name, as far as the answers give their texts.
fn managed_policies(builder: &mut Builder<'_>, findings: &mut Findings<'_>) {
    let roles = builder.document.roles.values();
    let wanted: BTreeSet<String> = roles
        .flat_map(|role| role.managed_policies.iter().flatten().chain(&role.permissions_boundary))
        .cloned()
        .collect();
    let mut texts: BTreeMap<String, (Unread<'_>, usize)> = BTreeMap::new();
    for Found { item, file } in &findings.lists.managed_policies {
        let versions = item.policy_version_list.iter();
        let default = versions.clone().find(|version| is_default(version, item));
        if let (Some(arn), Some(version)) = (item.arn.owned(), default) {
            texts.insert(arn, (version.document, *file));
        }
    }
    let versions = std::mem::take(&mut findings.policy_versions);
    let without: Vec<&String> = wanted.iter().filter(|arn| !texts.contains_key(*arn)).collect();
    let only = match without.as_slice() {
        [only] if versions.len() == 1 => Some((*only).clone()),
        _ => None,
    };
    for (Named { of, file, .. }, version) in &versions {
        let by_name = |of: &String| wanted.iter().find(|arn| *arn == of || name_of(arn) == name_of(of)).cloned();
        let Some(arn) = of.as_ref().and_then(by_name).or_else(|| only.clone()) else { continue };
        if version.is_default_version != Some(false) {
            texts.entry(arn).or_insert((version.document, *file));
        }
    }
    for arn in wanted {
        let Some((text, file)) = texts.get(&arn) else { continue };
        let mut key = name_of(&arn).to_owned();
        while builder.document.managed_policies.contains_key(&key) {
            key.push('\'');
        }
        let place = [&pointer("managedPolicies", &key), "/policy"].concat();
        let policy = read_document(builder, *text, *file, &place, &key);
        let declared = document::ManagedPolicy { arn: Some(arn), policy: Some(policy) };
        builder.document.managed_policies.insert(key, declared);
    }
}

fn is_default(version: &PolicyVersion<'_>, policy: &ManagedPolicy<'_>) -> bool {
    version.is_default_version.unwrap_or_else(|| version.version_id == policy.default_version_id)
}

/// A policy, with the places of its statements: an object as the AWS CLI prints it, or the text in JSON, in the
/// encoding of URLs too, that other tools keep.
fn read_document(builder: &mut Builder<'_>, text: Unread<'_>, file: usize, place: &str, name: &str) -> Json {
    builder.mark(file, text.0, Extent::Here, place.to_owned(), name, "PolicyDocument");
    let read = Json::read(text.0);
    let read = match read {
        Some(Json::Text(inner)) => Json::read(&inner).or_else(|| Json::read(&without_percents(&inner))),
        other => other,
    };
    let Some(policy) = read.filter(|policy| policy.get("Statement").is_some()) else {
        builder.report_in(file, ImportProblemKind::UnreadablePolicy { id: name.to_owned() });
        return Json::Text("unknown".to_owned());
    };
    let statements = super::statements(text.0);
    for (position, statement) in statements.into_iter().enumerate() {
        let place = [place, "/Statement/", &position.to_string()].concat();
        builder.mark(file, statement, Extent::Here, place, name, "Statement");
    }
    policy
}

/// A text in the encoding of URLs (RFC 3986, section 2.1) as it was before.
fn without_percents(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
