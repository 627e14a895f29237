//! What AWS's documentation says of policies: conditions row by row, and layers case by case.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::slice;

use serde_json::{Value, json};
use vpcreach::policy::{
    Caller, ContextKeys, ContextValue, Decision, Given, Layer, LayerKind, Need, Outcome, Policy, RequestContext, Text,
    Truth, authorize,
};

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("policies").join(name)).unwrap()
}

const NEAR: &str = "111111111111";

fn set(keys: &mut ContextKeys, name: &str, value: &Value) {
    let texts = match value {
        Value::Array(list) => list.iter().map(|value| Text::whole(value.as_str().unwrap())).collect(),
        one => vec![Text::whole(one.as_str().unwrap())],
    };
    keys.set(name, ContextValue::Values(texts));
}

/// What every request has, and what it has by its way.
fn keys(through: &str) -> ContextKeys {
    let mut keys = ContextKeys::absent();
    let always = [
        ("aws:SecureTransport", "true"),
        ("aws:ViaAWSService", "false"),
        ("aws:PrincipalArn", "arn:aws:iam::111111111111:role/fn"),
        ("aws:PrincipalAccount", NEAR),
        ("aws:PrincipalOrgID", "o-1"),
        ("aws:ResourceOrgID", "o-1"),
        ("aws:CurrentTime", "2026-06-01T12:00:00Z"),
        ("aws:EpochTime", "1780315200"),
    ];
    let by_way = match through {
        "nat" => vec![("aws:SourceIp", "198.51.100.7")],
        endpoint => {
            let endpoint = if endpoint == "endpoint" { "vpce-1" } else { endpoint };
            let org = if endpoint == "vpce-foreign" { "o-2" } else { "o-1" };
            vec![
                ("aws:SourceVpce", endpoint),
                ("aws:SourceVpc", "vpc-1"),
                ("aws:VpcSourceIp", "10.0.1.7"),
                ("aws:VpceOrgID", org),
            ]
        }
    };
    for (name, value) in always.into_iter().chain(by_way) {
        keys.set_text(name, value);
    }
    keys
}

fn request(keys: ContextKeys, resource: &Text) -> RequestContext<'_> {
    RequestContext {
        caller: Caller { partition: "aws", account: Some(NEAR), role: Some("app/fn"), session: Some("thumbnailer") },
        action: "s3:GetObject",
        resource,
        resource_account: Some(NEAR),
        one_account: false,
        keys,
    }
}

fn policy(kind: LayerKind, version: &str, statements: &Value) -> (Policy, bool) {
    let (policy, problems) =
        Policy::read(&json!({ "Version": version, "Statement": statements }).into(), kind, "p", "");
    let valid = problems.iter().all(|problem| problem.kind.severity() != vpcreach::answer::Severity::Error);
    (policy, valid)
}

fn decide(request: &RequestContext<'_>, identity: &Policy) -> Decision {
    let layers = [
        Layer::new(LayerKind::Identity, Given::Policies(slice::from_ref(identity))),
        Layer::new(LayerKind::Bucket, Given::Policies(&[])),
    ];
    authorize(request, &layers)
}

#[test]
fn conditions_match_as_documented() {
    let mut wrong = Vec::new();
    let text = read("conditions.jsonl");
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let mut keys = keys(row["through"].as_str().unwrap());
        // The table's requests say nothing of organizations.
        for name in ["aws:PrincipalOrgID", "aws:ResourceOrgID", "aws:VpceOrgID"] {
            keys.set(name, ContextValue::Absent);
        }
        for (name, value) in row["set"].as_object().into_iter().flatten() {
            set(&mut keys, name, value);
        }
        let object = Text::whole("arn:aws:s3:::b/k");
        let request = request(keys, &object);
        let matches = row["matches"].as_bool().unwrap();
        let statement = |effect: &str| json!({ "Effect": effect, "Action": "s3:*", "Resource": "*", "Condition": row["condition"] });
        let (allowing, valid) = policy(LayerKind::Identity, "2012-10-17", &json!([statement("Allow")]));
        assert!(valid, "{line}");
        let all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
        let (denying, _) = policy(LayerKind::Identity, "2012-10-17", &json!([all, statement("Deny")]));
        let wanted =
            if matches { (Outcome::Allowed, Outcome::ExplicitDeny) } else { (Outcome::ImplicitDeny, Outcome::Allowed) };
        let found = (decide(&request, &allowing).outcome, decide(&request, &denying).outcome);
        if found != wanted {
            wrong.push(format!("{line}\n  {found:?}"));
        }
    }
    assert!(text.lines().count() >= 103);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names of layers in the file.
const LAYERS: [(&str, LayerKind); 11] = [
    ("resourceControl", LayerKind::ResourceControl),
    ("serviceControl", LayerKind::ServiceControl),
    ("gatewayEndpoint", LayerKind::GatewayEndpoint),
    ("interfaceEndpoint", LayerKind::InterfaceEndpoint),
    ("accessPoint", LayerKind::AccessPoint),
    ("bucket", LayerKind::Bucket),
    ("key", LayerKind::Key),
    ("identity", LayerKind::Identity),
    ("boundary", LayerKind::PermissionsBoundary),
    ("session", LayerKind::Session),
    ("blockPublicAccess", LayerKind::BlockPublicAccess),
];

fn need_text(need: &Need) -> String {
    match need {
        Need::Key(key) => key.clone(),
        Need::Piece(_) => "Piece".to_owned(),
        other => format!("{other:?}"),
    }
}

/// The outcome with the layers that block, or with what would settle it.
fn gist(decision: &Decision, layers: &[Layer<'_>]) -> String {
    let blocks: Vec<String> = decision
        .blocks
        .iter()
        .map(|block| {
            let (name, _) = LAYERS.iter().find(|(_, kind)| *kind == block.kind).unwrap();
            let level = &layers[block.layer].name;
            if level.is_empty() { (*name).to_owned() } else { format!("{name} {level}") }
        })
        .collect();
    let needs: Vec<String> = decision.needs.iter().map(need_text).collect();
    match decision.outcome {
        Outcome::Allowed => "allowed".to_owned(),
        Outcome::ExplicitDeny => format!("explicitDeny({})", blocks.join(", ")),
        Outcome::ImplicitDeny => format!("implicitDeny({})", blocks.join(", ")),
        Outcome::Unknown => format!("unknown({})", needs.join(", ")),
    }
}

#[test]
fn layers_combine_as_documented() {
    let cases: Value = serde_json::from_str(&vpcreach::document::yaml_to_json(&read("layers.yaml")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in cases.as_array().unwrap() {
        let text = |name: &str, default: &str| case[name].as_str().unwrap_or(default).to_owned();
        let mut keys = keys(&text("through", "nat"));
        keys.set_text("aws:PrincipalArn", "arn:aws:iam::111111111111:role/app/fn");
        for (name, value) in case["set"].as_object().into_iter().flatten() {
            set(&mut keys, name, value);
        }
        for name in case["unknown"].as_array().into_iter().flatten() {
            keys.set(name.as_str().unwrap(), ContextValue::Unknown);
        }
        let resource = text("resource", "arn:aws:s3:::b/k");
        let resource = match resource.strip_suffix('…') {
            Some(beginning) => Text::beginning(beginning),
            None => Text::whole(resource),
        };
        let mut request = request(keys, &resource);
        let (action, owner) = (text("action", "s3:GetObject"), text("owner", NEAR));
        request.action = &action;
        request.resource_account = Some(&owner);
        let version = text("version", "2012-10-17");
        let mut policies: Vec<(LayerKind, String, Policy)> = Vec::new();
        let mut valid = true;
        for (name, kind) in LAYERS {
            let mut add = |level: String, statements: &Value| {
                let (policy, good) = policy(kind, &version, statements);
                valid &= good;
                policies.push((kind, level, policy));
            };
            match &case[name] {
                Value::Null if kind == LayerKind::Identity => {
                    add(String::new(), &json!([{ "Effect": "Allow", "Action": "*", "Resource": "*" }]));
                }
                Value::Null => {}
                Value::Array(levels) if matches!(kind, LayerKind::ServiceControl | LayerKind::ResourceControl) => {
                    for (level, statements) in levels.iter().enumerate() {
                        add(level.to_string(), statements);
                    }
                }
                statements => add(String::new(), statements),
            }
        }
        assert_eq!(valid, case["invalid"] != true, "{}", case["title"]);
        let of_access_point = Text::whole("arn:aws:s3:us-east-1:222222222222:accesspoint/ap/object/k");
        let mut layers: Vec<Layer<'_>> = policies
            .iter()
            .map(|(kind, level, policy)| {
                let mut layer = Layer::new(*kind, Given::Policies(slice::from_ref(policy)));
                layer.name = level;
                if *kind == LayerKind::AccessPoint {
                    layer.resource = Some(&of_access_point);
                }
                layer
            })
            .collect();
        let has_owner = layers.iter().any(|layer| matches!(layer.kind, LayerKind::Bucket | LayerKind::Key));
        if !has_owner {
            layers.push(Layer::new(LayerKind::Bucket, Given::Policies(&[])));
        }
        for layer in layers.iter_mut().filter(|layer| layer.kind == LayerKind::Bucket) {
            layer.restrict_public_buckets = Truth::from(case["restrictPublicBuckets"] == true);
            layer.access_control_lists = Truth::from(case["accessControlLists"] == true);
        }
        let found = gist(&authorize(&request, &layers), &layers);
        let expected = case["expect"].as_str().expect("every case says what it expects");
        assert!(case["source"].is_string(), "{} has no source", case["title"]);
        if found != expected {
            wrong.push(format!("{}: {found} instead of {expected}", case["title"]));
        }
    }
    assert!(cases.as_array().unwrap().len() >= 34);
    if !wrong.is_empty() {
        panic!("{}", wrong.join("\n"));
    }
}
