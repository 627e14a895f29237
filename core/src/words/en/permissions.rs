//! What policies say of a request, in English.

use super::{list, mention};
use crate::component::Component;
use crate::fact::{Denial, Permission, StatementName, Tested};
use crate::policy::{LayerKind, Need};
use crate::texts::{cat, joined};

/// Who lets the request pass.
pub(super) fn allows(permission: &Permission, statement: Option<&StatementName>) -> String {
    match statement {
        Some(name) => cat!(&statement_of(permission, name), " allows ", &request(permission)),
        None => cat!("nothing in ", &owner(permission), " denies ", &request(permission)),
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
            Some(vpc) if origin.operator != "Null" => cat!("VPC ", vpc),
            _ => "one VPC".to_owned(),
        };
        return cat!("its network origin lets in requests from ", &from, " alone", &has(origin));
    }
    if let Some(name) = &denial.statement {
        let since =
            denial.conditions.first().map(|tested| cat!(", since ", &condition(tested), " holds", &has(tested)));
        return cat!(&statement_of(permission, name), " denies ", &request(permission), &since.unwrap_or_default());
    }
    let near = denial.nearest.as_ref().map(|near| {
        let why = match &near.tested {
            Some(tested) => cat!(" asks for ", &condition(tested), &has(tested)),
            None => cat!(" does not match by its ", near.failed),
        };
        cat!("; the nearest, ", &which(&near.statement), ",", &why)
    });
    let to =
        if matches!(permission.layer, LayerKind::Bucket | LayerKind::AccessPoint) { " to another account" } else { "" };
    cat!("no statement of ", &owner(permission), " allows ", &request(permission), to, &near.unwrap_or_default())
}

/// `s3:GetObject on arn:aws:s3:::photos/…`.
fn request(permission: &Permission) -> String {
    cat!(&permission.action, " on ", &permission.resource)
}

fn which(name: &StatementName) -> String {
    match &name.sid {
        Some(sid) => cat!("statement “", sid, "”"),
        None => cat!("statement ", &name.number.to_string()),
    }
}

fn statement_of(permission: &Permission, name: &StatementName) -> String {
    let of = match permission.layer {
        LayerKind::Identity => "policy ",
        LayerKind::PermissionsBoundary => "permissions boundary ",
        LayerKind::ServiceControl => "service control policy ",
        LayerKind::ResourceControl => "resource control policy ",
        _ => return cat!(&which(name), " of ", &owner(permission)),
    };
    cat!(&which(name), " of ", of, &name.policy, &level(permission))
}

fn level(permission: &Permission) -> String {
    if permission.level.is_empty() { String::new() } else { cat!(" at level ", &permission.level) }
}

fn owner(permission: &Permission) -> String {
    match permission.layer {
        LayerKind::Identity => "its policies".into(),
        LayerKind::PermissionsBoundary => "its permissions boundary".into(),
        LayerKind::Session => "its session policy".into(),
        LayerKind::ServiceControl => cat!("its service control policies", &level(permission)),
        LayerKind::ResourceControl => cat!("its resource control policies", &level(permission)),
        _ => "its policy".into(),
    }
}

fn condition(tested: &Tested) -> String {
    cat!(tested.operator.as_str(), " ", &tested.key, " ", &joined(&tested.values, ", "))
}

/// What the request has for a condition.
fn has(tested: &Tested) -> String {
    match tested.found.as_deref() {
        Some("") => ": the request has no such key".to_owned(),
        Some(found) => cat!(": the request has ", found),
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
        return cat!("the input does not tell whether ", &request(permission), " is allowed by ", &owner(permission));
    }
    cat!(
        "a statement of ",
        &owner(permission),
        " asks for ",
        &list(&keys),
        ", and the input does not tell what the request has",
    )
}

/// What would settle it.
pub(super) fn need(need: &Need) -> String {
    match need {
        Need::Key(key) => cat!("Give the value of ", key, " under context of the request."),
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
        Need::BucketOfAccessPoint(resource) => cat!(
            "Allow the action on ",
            resource,
            " too: AWS does not say whether policies that name an access point have to name the bucket behind it.",
        ),
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
            cat!("Add the ", what, ".")
        }
        Need::NotGiven(pointer) => cat!("Give what stands at ", pointer, "."),
        Need::Piece(pointer) => cat!("Give the policy at ", pointer, ", or correct what its diagnostic says."),
        Need::AccessControlLists => "Look up the access control lists of bucket and object.".into(),
    }
}

/// That Lambda cannot make a function's network interfaces.
pub(super) fn cannot_create_interfaces(role: &Component, missing: &[String]) -> String {
    cat!(&mention(role), " does not allow ", &list(missing), ", so Lambda cannot make its network interfaces")
}
