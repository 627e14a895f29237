//! Policies: the narrowest statement in the layer that does not allow, and conditions that take one more value.
//!
//! A request passes only where every layer lets it, so that one plan mends all layers that refuse. What denies
//! explicitly stays: its condition takes the endpoint, address or role that the request comes with, or, where it has
//! none that could, it makes an exception for the one role, which is proposed last.

use super::draft::listed;
use super::ground::{Errand, Ground};
use super::statements::{self, Mend};
use crate::component::{Component, ComponentKind};
use crate::edit::{Value, escaped};
use crate::engine::permissions::signer;
use crate::fact::{Denial, Fact, Tested};
use crate::network::partition;
use crate::policy::LayerKind;
use crate::repair::plan::{CureKind, Limit, Plan};

/// The policy that AWS has for the network interfaces of functions (R7.13).
const FOR_INTERFACES: &str = "AWSLambdaVPCAccessExecutionRole";

/// Keys that say from where or by whom a request comes: a condition may take one more of their values. Of others, such
/// as an organization's id, one more value would let in far more than the one request.
const EXTENSIBLE: [&str; 6] = [
    "aws:sourcevpce",
    "aws:sourcevpc",
    "aws:sourceip",
    "aws:vpcsourceip",
    "aws:principalarn",
    "lambda:sourcefunctionarn",
];

/// Keys of how a request is made: what they deny is mended by making another one.
const OF_THE_REQUEST: [&str; 3] = ["aws:securetransport", "s3:tlsversion", "s3:x-amz-"];

/// Whether a statement denies how the request is made rather than where it comes from.
pub(crate) fn denies_the_request_itself(denial: &Denial) -> bool {
    let key_is_of_request = |tested: &Tested| {
        let key = tested.key.to_ascii_lowercase();
        OF_THE_REQUEST.iter().any(|start| key.starts_with(start))
    };
    denial.explicit && denial.conditions.iter().any(key_is_of_request)
}

/// A refusal of a layer on one way.
struct Refusal<'a> {
    denial: &'a Denial,
    owner: &'a Component,
    pointer: Option<&'a str>,
    /// The endpoint that carries the request on this way.
    endpoint: Option<&'a Component>,
}

/// One thing that mends a refusal.
struct Way {
    kind: CureKind,
    what: Component,
    detail: String,
    limits: Vec<Limit>,
    mend: Mend,
}

pub(super) fn plans(ground: &Ground<'_>) -> Vec<Plan> {
    let mut plans: Vec<Plan> = attach(ground).into_iter().collect();
    // Whoever does not sign is nobody, and a statement for nobody is one for everybody.
    if ground.query.request.as_ref().is_some_and(|request| request.signed == Some(false)) {
        return plans;
    }
    let refusals = refusals(ground);
    let ways: Vec<Vec<Way>> = refusals.iter().map(|refusal| ways(ground, refusal)).collect();
    if ways.is_empty() || ways.iter().any(Vec::is_empty) {
        return plans;
    }
    let chosen = |varied: usize, alternative: usize| {
        let of = |(position, ways): (usize, &'_ Vec<Way>)| {
            let number = if position == varied { alternative } else { 0 };
            (position, number.min(ways.len().saturating_sub(1)))
        };
        ways.iter().enumerate().map(of).collect::<Vec<_>>()
    };
    let mut choices = vec![chosen(0, 0)];
    for (position, alternatives) in ways.iter().enumerate() {
        choices.extend((1..alternatives.len()).map(|alternative| chosen(position, alternative)));
    }
    for choice in choices {
        let picked: Vec<&Way> =
            choice.into_iter().filter_map(|(position, number)| ways.get(position)?.get(number)).collect();
        plans.extend(plan(ground, &picked));
    }
    plans
}

/// Attaches what AWS recommends to a role that cannot make a function's network interfaces (R7.13).
fn attach(ground: &Ground<'_>) -> Option<Plan> {
    let role = ground.analysis.blockers.iter().find_map(|blocker| match &*blocker.fact {
        Fact::CannotCreateInterfaces { role, .. } => Some(role),
        _ => None,
    })?;
    ground.entry(role)?;
    let arn = ["arn:", partition(&ground.network.region), ":iam::aws:policy/service-role/", FOR_INTERFACES].concat();
    let mut draft = ground.draft();
    let step = listed(role, "managedPolicies", arn);
    draft.group(true, CureKind::AttachManagedPolicy, role.clone(), FOR_INTERFACES, vec![step])?;
    Some(draft.plan())
}

/// What refuses, each once.
fn refusals<'a>(ground: &Ground<'a>) -> Vec<Refusal<'a>> {
    let mut found: Vec<Refusal<'a>> = Vec::new();
    for path in &ground.analysis.paths {
        let mut endpoints = path.hops.iter().map(|hop| &hop.component);
        let endpoint = endpoints.rfind(|component| component.kind == ComponentKind::VpcEndpoint);
        for hop in &path.hops {
            let Fact::PolicyDenies(denial) = &*hop.fact else { continue };
            let is_known = found.iter().any(|known| {
                known.denial == &**denial
                    && *known.owner == hop.component
                    && known.pointer == hop.pointer.as_deref()
                    && known.endpoint == endpoint
            });
            if !is_known {
                found.push(Refusal { denial, owner: &hop.component, pointer: hop.pointer.as_deref(), endpoint });
            }
        }
    }
    found
}

/// What belongs to one policy is one group.
fn plan(ground: &Ground<'_>, ways: &[&Way]) -> Option<Plan> {
    let mut draft = ground.draft();
    let mut done: Vec<(CureKind, &Component)> = Vec::new();
    for way in ways {
        let key = (way.kind, &way.what);
        if done.contains(&key) {
            continue;
        }
        done.push(key);
        let alike = ways.iter().filter(|other| (other.kind, &other.what) == key);
        let (mut details, mut limits): (Vec<&str>, Vec<Limit>) = (Vec::new(), Vec::new());
        let mut document = draft.scene.document().clone();
        let mut steps = Vec::new();
        for other in alike {
            if !details.contains(&other.detail.as_str()) {
                details.push(&other.detail);
            }
            limits.extend(other.limits.iter().filter(|limit| !limits.contains(limit)).copied().collect::<Vec<_>>());
            for step in other.mend.steps(&document)? {
                crate::edit::make(&mut document, &step).ok()?;
                steps.push(step);
            }
        }
        let detail = details.join(", ");
        draft.group(true, way.kind, way.what.clone(), &detail, steps)?;
        draft.mind(&limits);
    }
    Some(draft.plan())
}

/// What mends one refusal, the best first.
fn ways(ground: &Ground<'_>, refusal: &Refusal<'_>) -> Vec<Way> {
    let denial = refusal.denial;
    let mut ways = Vec::new();
    if denial.is_of_origin() {
        // What an access point is made with cannot be changed: another access point, or another way, is no policy.
    } else if denial.permission.layer == LayerKind::BlockPublicAccess {
        ways.extend(named_principals(ground, refusal));
    } else if denial.explicit {
        if !denies_the_request_itself(denial) {
            ways.extend(denial.conditions.iter().filter_map(|tested| extended(ground, refusal, tested, true)));
            ways.extend(denial.conditions.iter().filter_map(|tested| with_endpoint(ground, refusal, tested)));
            if ways.is_empty() {
                ways.extend(exception(ground, refusal));
            }
        }
    } else {
        let near = denial.nearest.as_ref().and_then(|near| near.tested.as_ref());
        ways.extend(near.and_then(|tested| extended(ground, refusal, tested, false)));
        ways.extend(statement(ground, refusal));
    }
    ways
}

fn role_arn(ground: &Ground<'_>) -> Option<String> {
    signer(ground.network, ground.workload, ground.query.request.as_ref())?.arn()
}

/// What to mind about a policy of its owner.
fn owners(ground: &Ground<'_>, refusal: &Refusal<'_>) -> Vec<Limit> {
    match refusal.denial.permission.layer {
        LayerKind::ServiceControl | LayerKind::ResourceControl => return vec![Limit::AskAdministrator],
        LayerKind::GatewayEndpoint | LayerKind::InterfaceEndpoint => return vec![Limit::EndpointPolicyIsShared],
        LayerKind::PermissionsBoundary => return vec![Limit::BoundaryIsShared],
        _ => {}
    }
    let role = signer(ground.network, ground.workload, ground.query.request.as_ref());
    let own = role.map_or(ground.network.account.as_deref(), |role| role.account.as_deref());
    let account = ground.entry(refusal.owner).and_then(|entry| entry.get("account")).and_then(Value::as_text);
    if account.is_some() && account != own { vec![Limit::OwnerHasToChangeIt] } else { Vec::new() }
}

/// A condition takes the value that the request has.
fn extended(ground: &Ground<'_>, refusal: &Refusal<'_>, tested: &Tested, denies: bool) -> Option<Way> {
    let found = tested.found.as_deref().filter(|found| !found.is_empty() && !found.contains(['*', '?', '$', ',']))?;
    let operator = tested.operator.strip_suffix("IfExists").unwrap_or(&tested.operator);
    let is_negated = operator.contains("Not");
    let key = tested.key.to_ascii_lowercase();
    if is_negated != denies || operator.contains(':') || !EXTENSIBLE.contains(&key.as_str()) {
        return None;
    }
    let value = match (operator.ends_with("IpAddress"), found.contains(':')) {
        (true, false) => [found, "/32"].concat(),
        (true, true) => [found, "/128"].concat(),
        _ => found.to_owned(),
    };
    let statement = refusal.pointer?.to_owned();
    Some(Way {
        kind: CureKind::PolicyCondition,
        what: refusal.owner.clone(),
        detail: [tested.key.as_str(), " ", &value].concat(),
        limits: owners(ground, refusal),
        mend: Mend::Value { statement, operator: tested.operator.clone(), key: tested.key.clone(), value },
    })
}

/// A statement that denies what comes from other addresses spares what comes through the endpoint, where a request has
/// no address.
fn with_endpoint(ground: &Ground<'_>, refusal: &Refusal<'_>, tested: &Tested) -> Option<Way> {
    let endpoint = refusal.endpoint?;
    let is_address = tested.key.eq_ignore_ascii_case("aws:SourceIp") && tested.found.as_deref() == Some("");
    if !is_address || !tested.operator.starts_with("Not") {
        return None;
    }
    Some(Way {
        kind: CureKind::PolicyCondition,
        what: refusal.owner.clone(),
        detail: ["aws:SourceVpce ", &endpoint.name].concat(),
        limits: owners(ground, refusal),
        mend: Mend::Value {
            statement: refusal.pointer?.to_owned(),
            operator: "StringNotEquals".to_owned(),
            key: "aws:SourceVpce".to_owned(),
            value: endpoint.name.clone(),
        },
    })
}

/// A statement that denies makes an exception for the one role.
fn exception(ground: &Ground<'_>, refusal: &Refusal<'_>) -> Option<Way> {
    let statement = refusal.pointer?.to_owned();
    // A role's own policies, its boundary and its sessions have no reason to deny but this role.
    let layer = refusal.denial.permission.layer;
    if matches!(layer, LayerKind::Identity | LayerKind::PermissionsBoundary | LayerKind::Session) {
        return None;
    }
    let mut limits = owners(ground, refusal);
    limits.push(Limit::RoleIsNamed);
    Some(Way {
        kind: CureKind::DenyException,
        what: refusal.owner.clone(),
        detail: statements::described(ground.state.value(), &statement)?,
        limits,
        mend: Mend::Value {
            statement,
            operator: "ArnNotEquals".to_owned(),
            key: "aws:PrincipalArn".to_owned(),
            value: role_arn(ground)?,
        },
    })
}

/// A public statement names the bucket's own account and the role in the stead of everybody, so that Block Public
/// Access has nothing to cut off.
fn named_principals(ground: &Ground<'_>, refusal: &Refusal<'_>) -> Option<Way> {
    let account = ground.entry(refusal.owner)?.get("account").and_then(Value::as_text);
    let account = account.or(ground.network.account.as_deref())?;
    let root = ["arn:", partition(&ground.network.region), ":iam::", account, ":root"].concat();
    Some(Way {
        kind: CureKind::NamedPrincipals,
        what: refusal.owner.clone(),
        detail: String::new(),
        limits: owners(ground, refusal),
        mend: Mend::Principals { policy: refusal.owner.place("policy"), principals: vec![root, role_arn(ground)?] },
    })
}

/// The narrowest statement that allows: the one action on the one resource, for the role where the layer asks for whom.
fn statement(ground: &Ground<'_>, refusal: &Refusal<'_>) -> Option<Way> {
    let permission = &refusal.denial.permission;
    let owner = refusal.owner;
    let role = role_arn(ground);
    let (resource, is_named) = resource(&permission.resource);
    let mut limits = owners(ground, refusal);
    let mut conditions: Vec<(&str, &str, String)> = Vec::new();
    let via_s3 = || Some(("StringEquals", "kms:ViaService", ["s3.", region(ground)?, ".amazonaws.com"].concat()));
    // KMS is asked by S3 for the role, or by the role itself.
    let is_direct = matches!(&ground.errand, Errand::Aws { service, .. } if service == "kms");
    let is_key = permission.action.starts_with("kms:") && !is_direct;
    if is_key && (!is_named || permission.layer == LayerKind::Key) {
        conditions.extend(via_s3());
    }
    if !is_named && permission.layer != LayerKind::Key {
        limits.push(Limit::NameTheResource);
    }
    // What asked for the network asks for it still.
    let near = refusal.denial.nearest.as_ref().and_then(|near| near.tested.as_ref());
    let asks_for_network = near.is_some_and(|tested| {
        ["aws:SourceIp", "aws:SourceVpce", "aws:SourceVpc"].iter().any(|key| tested.key.eq_ignore_ascii_case(key))
    });
    if let Some(endpoint) = refusal.endpoint.filter(|_| asks_for_network && !is_key) {
        conditions.push(("StringEquals", "aws:SourceVpce", endpoint.name.clone()));
    }
    let allow = |principal: Option<Value>, resource: &str, conditions: Vec<(&str, &str, String)>| {
        statements::allow(principal, &permission.action, resource, conditions)
    };
    let policy = owner.place("policy");
    let (kind, what, mend) = match permission.layer {
        LayerKind::Identity => {
            ground.entry(owner).filter(|_| owner.kind == ComponentKind::Role)?;
            let statement = allow(None, &resource, conditions);
            let name = statements::policy_name(&permission.action, &resource);
            (CureKind::IdentityPolicy, owner, Mend::NewPolicy { section: owner.place("policies"), name, statement })
        }
        LayerKind::Session => {
            ground.entry(owner)?;
            let statement = allow(None, &resource, conditions);
            let name = statements::policy_name(&permission.action, &resource);
            let section = owner.place("sessionPolicies");
            (CureKind::SessionPolicy, owner, Mend::NewPolicy { section, name, statement })
        }
        LayerKind::GatewayEndpoint | LayerKind::InterfaceEndpoint => {
            conditions.extend(role.map(|role| ("ArnEquals", "aws:PrincipalArn", role)));
            let statement = allow(Some("*".into()), &resource, conditions);
            (CureKind::EndpointPolicy, owner, Mend::Statement { policy, statement, most: statements::OF_ENDPOINT })
        }
        LayerKind::Bucket if owner.kind == ComponentKind::Bucket => {
            ground.entry(owner)?;
            limits.push(Limit::RoleIsNamed);
            let statement = allow(Some(Value::object([("AWS", role?.into())])), &resource, conditions);
            (CureKind::BucketPolicy, owner, Mend::Statement { policy, statement, most: statements::OF_BUCKET })
        }
        LayerKind::AccessPoint => {
            ground.entry(owner)?;
            limits.push(Limit::RoleIsNamed);
            let statement = allow(Some(Value::object([("AWS", role?.into())])), &resource, conditions);
            let mend = Mend::Statement { policy, statement, most: statements::OF_BUCKET };
            (CureKind::AccessPointPolicy, owner, mend)
        }
        LayerKind::Key => {
            ground.entry(owner)?;
            limits.push(Limit::RoleIsNamed);
            // In a key policy, everything is the key.
            let statement = allow(Some(Value::object([("AWS", role?.into())])), "*", conditions);
            (CureKind::KeyPolicy, owner, Mend::Statement { policy, statement, most: statements::OF_KEY })
        }
        LayerKind::PermissionsBoundary => {
            let name = refusal.pointer?.strip_prefix("/managedPolicies/")?.split('/').next()?;
            let policy = ["/managedPolicies/", name, "/policy"].concat();
            let statement = allow(None, &resource, conditions);
            let mend = Mend::Statement { policy, statement, most: statements::OF_MANAGED };
            (CureKind::PermissionsBoundary, owner, mend)
        }
        LayerKind::ServiceControl => {
            let section = level(ground, owner, &permission.level)?;
            let name = statements::policy_name(&permission.action, &resource);
            let statement = allow(None, &resource, conditions);
            (CureKind::ServiceControlPolicy, owner, Mend::NewPolicy { section, name, statement })
        }
        _ => return None,
    };
    Some(Way { kind, what: what.clone(), detail: permission.action.clone(), limits, mend })
}

/// Where the service control policies of an account's level stand.
fn level(ground: &Ground<'_>, account: &Component, name: &str) -> Option<String> {
    let levels = ground.entry(account)?.get("organizationLevels")?.elements();
    let is_it = |level: &Value| level.get("name").and_then(Value::as_text) == Some(name);
    let position = levels.iter().position(is_it)?.to_string();
    Some([&account.place("organizationLevels"), "/", &position, "/", &escaped("serviceControlPolicies")].concat())
}

/// The Region of what is asked for.
fn region<'g>(ground: &'g Ground<'_>) -> Option<&'g str> {
    match &ground.errand {
        Errand::Aws { region, .. } => Some(region),
        Errand::Internet | Errand::Private => None,
    }
}

/// A resource as a policy has it, and whether that names it as far as somebody could. What a question leaves open of an
/// object's key is any key.
fn resource(text: &str) -> (String, bool) {
    let Some(known) = text.strip_suffix('…') else {
        let literal = text.replace('$', "${$}").replace('*', "${*}").replace('?', "${?}");
        return (literal, true);
    };
    let is_whole_arn = known.matches(':').count() >= 5;
    let is_object = known.contains(":s3:") && known.ends_with('/');
    if is_whole_arn { ([known, "*"].concat(), is_object) } else { ("*".to_owned(), false) }
}
