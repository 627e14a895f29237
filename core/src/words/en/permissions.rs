//! What policies say of a request, in English.

use super::{list, mention};
use crate::component::Component;
use crate::fact::{Denial, Permission, StatementName, Tested};
use crate::policy::{LayerKind, Need};

/// Who lets the request pass.
pub(super) fn allows(permission: &Permission, statement: Option<&StatementName>) -> String {
    match statement {
        Some(name) => [&statement_of(permission, name), " allows ", &request(permission)].concat(),
        None => ["nothing in ", &owner(permission), " denies ", &request(permission)].concat(),
    }
}

/// Why the layer denies.
pub(super) fn denies(denial: &Denial) -> String {
    let permission = &denial.permission;
    if permission.layer == LayerKind::BlockPublicAccess {
        return "its policy is public, and S3 Block Public Access lets in its own account alone".into();
    }
    if let Some(origin) = denial.conditions.first().filter(|_| denial.is_of_origin()) {
        let from = match origin.values.first() {
            Some(vpc) if origin.operator != "Null" => ["VPC ", vpc].concat(),
            _ => "one VPC".to_owned(),
        };
        return ["its network origin lets in requests from ", &from, " alone", &has(origin)].concat();
    }
    if let Some(name) = &denial.statement {
        let since =
            denial.conditions.first().map(|tested| [", since ", &condition(tested), " holds", &has(tested)].concat());
        return [&statement_of(permission, name), " denies ", &request(permission), &since.unwrap_or_default()]
            .concat();
    }
    let near = denial.nearest.as_ref().map(|near| {
        let why = match &near.tested {
            Some(tested) => [" asks for ", &condition(tested), &has(tested)].concat(),
            None => [" does not match by its ", near.failed].concat(),
        };
        ["; the nearest, ", &which(&near.statement), ",", &why].concat()
    });
    let to =
        if matches!(permission.layer, LayerKind::Bucket | LayerKind::AccessPoint) { " to another account" } else { "" };
    ["no statement of ", &owner(permission), " allows ", &request(permission), to, &near.unwrap_or_default()].concat()
}

/// `s3:GetObject on arn:aws:s3:::photos/…`.
fn request(permission: &Permission) -> String {
    [&permission.action, " on ", &permission.resource].concat()
}

fn which(name: &StatementName) -> String {
    match &name.sid {
        Some(sid) => ["statement “", sid, "”"].concat(),
        None => ["statement ", &name.number.to_string()].concat(),
    }
}

fn statement_of(permission: &Permission, name: &StatementName) -> String {
    let of = match permission.layer {
        LayerKind::Identity => "policy ",
        LayerKind::PermissionsBoundary => "permissions boundary ",
        LayerKind::ServiceControl => "service control policy ",
        LayerKind::ResourceControl => "resource control policy ",
        _ => return [&which(name), " of ", &owner(permission)].concat(),
    };
    [&which(name), " of ", of, &name.policy, &level(permission)].concat()
}

fn level(permission: &Permission) -> String {
    if permission.level.is_empty() { String::new() } else { [" at level ", &permission.level].concat() }
}

fn owner(permission: &Permission) -> String {
    match permission.layer {
        LayerKind::Identity => "its policies".into(),
        LayerKind::PermissionsBoundary => "its permissions boundary".into(),
        LayerKind::Session => "its session policy".into(),
        LayerKind::ServiceControl => ["its service control policies", &level(permission)].concat(),
        LayerKind::ResourceControl => ["its resource control policies", &level(permission)].concat(),
        _ => "its policy".into(),
    }
}

fn condition(tested: &Tested) -> String {
    [tested.operator.as_str(), " ", &tested.key, " ", &tested.values.join(", ")].concat()
}

/// What the request has for a condition.
fn has(tested: &Tested) -> String {
    match tested.found.as_deref() {
        Some("") => ": the request has no such key".to_owned(),
        Some(found) => [": the request has ", found].concat(),
        None => String::new(),
    }
}

/// Why it cannot be told whether a layer allows.
pub(super) fn open(permission: &Permission, needs: &[Need]) -> String {
    let keys: Vec<&str> = needs
        .iter()
        .filter_map(|need| match need {
            Need::Key(key) => Some(key.as_str()),
            _ => None,
        })
        .collect();
    if keys.is_empty() {
        return ["the input does not tell whether ", &request(permission), " is allowed by ", &owner(permission)]
            .concat();
    }
    [
        "a statement of ",
        &owner(permission),
        " asks for ",
        &list(&keys),
        ", and the input does not tell what the request has",
    ]
    .concat()
}

/// What would settle it.
pub(super) fn need(need: &Need) -> String {
    match need {
        Need::Key(key) => ["Give the value of ", key, " under context of the request."].concat(),
        Need::ObjectKey => {
            "Say which object or resource it is, under key or resource of the request: not all are treated alike."
                .into()
        }
        Need::Role => "Say under role which role the code has.".into(),
        Need::SessionName => {
            "Name the role rather than its session: nothing promises that the session has the function's name.".into()
        }
        Need::CallerAccount => "Say under account in which account the role is.".into(),
        Need::ResourceAccount => "Say under account which account owns the resource.".into(),
        Need::CanonicalUser => "Write the account's id in place of the canonical user id.".into(),
        Need::NotPrincipal => "Replace NotPrincipal with a condition ArnNotEquals on aws:PrincipalArn: \
                               with only a part of account, role and session listed, IAM may deny."
            .into(),
        Need::BucketOfAccessPoint(resource) => [
            "Allow the action on ",
            resource,
            " too: AWS does not say whether policies that name an access point have to name the bucket behind it.",
        ]
        .concat(),
        Need::Policies(LayerKind::AccessPoint) => {
            "Add the access point under accessPoints, where it is one of a bucket in one Region; \
             others are not modelled: ask for the bucket by its name to see the rest."
                .into()
        }
        Need::Policies(kind) => {
            let what = match kind {
                LayerKind::Bucket => "policy of the resource",
                LayerKind::Key => "key policy",
                LayerKind::BlockPublicAccess => "settings of S3 Block Public Access",
                _ => "policies of the role",
            };
            ["Add the ", what, "."].concat()
        }
        Need::NotGiven(pointer) => ["Give what stands at ", pointer, "."].concat(),
        Need::Piece(pointer) => ["Give the policy at ", pointer, ", or correct what its diagnostic says."].concat(),
        Need::AccessControlLists => "Look up the access control lists of bucket and object.".into(),
    }
}

/// That Lambda cannot make a function's network interfaces.
pub(super) fn cannot_create_interfaces(role: &Component, missing: &[String]) -> String {
    [&mention(role), " does not allow ", &list(missing), ", so Lambda cannot make its network interfaces"].concat()
}
