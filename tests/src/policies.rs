//! Policy cases made from bytes: a request with the policies of every layer, as JSON that two engines can read.

use serde_json::{Map, Value, json};
use vpcreach::policy::{
    Caller, ContextKeys, ContextValue, Decision, Given, Layer, LayerKind, Policy, RequestContext, Text, Truth,
    authorize,
};

use crate::generate::Choices;

const ACCOUNT: &str = "111111111111";
const OTHER: &str = "222222222222";

/// The layers of a case by their names, with how they are nested.
const LAYERS: [(&str, LayerKind); 8] = [
    ("identity", LayerKind::Identity),
    ("boundary", LayerKind::PermissionsBoundary),
    ("session", LayerKind::Session),
    ("serviceControl", LayerKind::ServiceControl),
    ("resourceControl", LayerKind::ResourceControl),
    ("endpoint", LayerKind::InterfaceEndpoint),
    ("gatewayEndpoint", LayerKind::GatewayEndpoint),
    ("bucket", LayerKind::Bucket),
];

/// A case: request and policies.
pub fn case(choices: &mut Choices<'_>) -> Value {
    let mut context = Map::new();
    let mut put = |key: &str, value: Value| {
        context.insert(key.to_owned(), value);
    };
    put("aws:PrincipalArn", json!(format!("arn:aws:iam::{ACCOUNT}:role/fn")));
    put("aws:PrincipalAccount", json!(ACCOUNT));
    put("aws:SecureTransport", json!(if choices.chance(30) { "false" } else { "true" }));
    put("aws:ViaAWSService", json!("false"));
    put("aws:CurrentTime", json!("2026-06-01T12:00:00Z"));
    let endpoint = choices.chance(128);
    if endpoint {
        put("aws:SourceVpce", json!(choices.one(&["vpce-1", "vpce-2", "vpce-3"])));
        put("aws:SourceVpc", json!(choices.one(&["vpc-1", "vpc-2"])));
        put("aws:VpcSourceIp", json!(choices.one(&["10.0.1.7", "10.1.0.9"])));
    } else {
        put("aws:SourceIp", json!(choices.one(&["198.51.100.7", "203.0.113.9", "2001:db8:1::1"])));
    }
    if choices.chance(128) {
        put("aws:PrincipalTag/team", json!(choices.one(&["k", "red", "a*b", ""])));
    }
    if choices.chance(128) {
        put("aws:PrincipalOrgID", json!("o-1"));
        put("aws:PrincipalOrgPaths", json!(beginning(choices, &["o-1/r-1/ou-1/", "o-1/r-1/ou-1/ou-2/"])));
    }
    if choices.chance(128) {
        put("aws:TagKeys", json!(beginning(choices, &["a", "b", "c"])));
    }
    if choices.chance(128) {
        put("s3:max-keys", json!(choices.one(&["9", "10", "10.0", "ten"])));
    }
    let owner = if choices.chance(100) { OTHER } else { ACCOUNT };
    let (action, resource) = choices.one(&[
        ("s3:GetObject", "arn:aws:s3:::b/k"),
        ("s3:PutObject", "arn:aws:s3:::b/dir/k:1"),
        ("s3:ListBucket", "arn:aws:s3:::b"),
    ]);
    let identity: Vec<Value> = (0..=choices.below(2)).map(|_| policy(choices, false)).collect();
    let mut case = json!({
        "principal": format!("arn:aws:sts::{ACCOUNT}:assumed-role/fn/s"),
        "action": action,
        "resource": resource,
        "owner": owner,
        "context": context,
        "restrictPublicBuckets": choices.chance(60),
        "identity": identity,
    });
    let mut add = |name: &str, value: Value| {
        if let Value::Object(fields) = &mut case {
            fields.insert(name.to_owned(), value);
        }
    };
    if choices.chance(150) {
        add("bucket", policy(choices, true));
    }
    if choices.chance(40) {
        add("boundary", policy(choices, false));
    }
    if choices.chance(40) {
        add("session", policy(choices, false));
    }
    if endpoint && choices.chance(100) {
        add("endpoint", policy(choices, true));
    }
    if choices.chance(40) {
        let levels: Vec<Value> = (0..=choices.below(2)).map(|_| json!([policy(choices, false)])).collect();
        add("serviceControl", json!(levels));
    }
    if choices.chance(30) {
        let mut statement = statement(choices, false);
        if let Value::Object(elements) = &mut statement {
            elements.insert("Effect".into(), json!("Deny"));
            elements.insert("Principal".into(), json!("*"));
        }
        add("resourceControl", json!([[{ "Version": "2012-10-17", "Statement": [statement] }]]));
    }
    case
}

fn policy(choices: &mut Choices<'_>, with_principals: bool) -> Value {
    let mut statements = Vec::new();
    // Mostly something is allowed, so that the rest decides.
    if choices.chance(150) {
        let mut all = json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "*" });
        if with_principals && let Value::Object(elements) = &mut all {
            elements.insert("Principal".into(), json!("*"));
        }
        statements.push(all);
    }
    statements.extend((0..=choices.below(3)).map(|_| statement(choices, with_principals)));
    let mut policy = json!({ "Statement": statements });
    if !choices.chance(12)
        && let Value::Object(elements) = &mut policy
    {
        elements.insert("Version".into(), json!("2012-10-17"));
    }
    policy
}

/// The first ones of a list, at least one.
fn beginning<'a>(choices: &mut Choices<'_>, all: &'a [&'a str]) -> &'a [&'a str] {
    all.get(..=choices.below(all.len())).unwrap_or_default()
}

fn one_or_two(choices: &mut Choices<'_>, all: &[&str]) -> Value {
    let one = choices.one(all);
    if choices.chance(60) { json!([one, choices.one(all)]) } else { json!(one) }
}

fn statement(choices: &mut Choices<'_>, with_principals: bool) -> Value {
    let mut elements = Map::new();
    let denies = choices.chance(90);
    elements.insert("Effect".into(), json!(if denies { "Deny" } else { "Allow" }));
    let not = |negated: bool, name: &str| if negated { format!("Not{name}") } else { name.to_owned() };
    let actions = [
        "s3:*",
        "s3:GetObject",
        "*",
        "s3:Get*",
        "S3:getobject",
        "s3:?etObject",
        "s3:*Object",
        "s3:PutObject",
        "s3:List*",
        "ec2:*",
    ];
    elements.insert(not(choices.chance(20), "Action"), one_or_two(choices, &actions));
    let resources = [
        "*",
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::b",
        "arn:aws:s3:::b*",
        "arn:aws:s3:::b/k",
        "arn:aws:s3:::*/k*",
        "arn:aws:s3:::b/?",
        "arn:aws:s3:::b/dir/*:1",
        "arn:aws:s3:::c/*",
        "arn:*:s3:*:*:b/*",
        "arn:aws:s3:::b/${aws:PrincipalTag/team}",
        "arn:aws:s3:::b/${aws:PrincipalTag/none, 'k'}",
    ];
    elements.insert(not(choices.chance(20), "Resource"), one_or_two(choices, &resources));
    if with_principals {
        let role = format!("arn:aws:iam::{ACCOUNT}:role/fn");
        let root = format!("arn:aws:iam::{ACCOUNT}:root");
        let session = format!("arn:aws:sts::{ACCOUNT}:assumed-role/fn/s");
        let other = format!("arn:aws:iam::{ACCOUNT}:role/other");
        let principals = ["*", role.as_str(), &root, ACCOUNT, &session, &other, OTHER];
        let principal = match choices.below(4) {
            0 => json!("*"),
            1 => json!({ "AWS": one_or_two(choices, &principals) }),
            2 => json!({ "AWS": choices.one(&principals) }),
            _ => json!({ "Service": "lambda.amazonaws.com", "AWS": choices.one(&principals) }),
        };
        // IAM accepts NotPrincipal beside Allow, and advises against it.
        let negated = denies && choices.chance(30);
        elements.insert(not(negated, "Principal"), principal);
    }
    if choices.chance(150) {
        let mut condition = Map::new();
        for _ in 0..=choices.below(2) {
            let (operator, key, values) = one_condition(choices);
            condition.insert(operator, json!({ key: values }));
        }
        elements.insert("Condition".into(), Value::Object(condition));
    }
    Value::Object(elements)
}

fn one_condition(choices: &mut Choices<'_>) -> (String, String, Value) {
    let set = choices.one(&["", "", "", "", "ForAllValues:", "ForAnyValue:"]);
    let if_exists = if choices.chance(60) { "IfExists" } else { "" };
    let texts = ["aws:SourceVpce", "aws:SourceVpc", "aws:PrincipalTag/team", "aws:PrincipalOrgID", "AWS:sourcevpce"];
    let lists = ["aws:TagKeys", "aws:PrincipalOrgPaths"];
    let values: &[&str] = &[
        "vpce-1",
        "vpce-2",
        "vpc-1",
        "k",
        "red",
        "o-1",
        "a",
        "b",
        "vpce-*",
        "VPCE-1",
        "?",
        "*",
        "o-1/r-1/ou-1/*",
        "a${*}b",
        "${aws:PrincipalTag/team}",
        "${aws:PrincipalTag/none, 'k'}",
        "",
    ];
    let (operator, key, value) = match choices.below(8) {
        0..=2 => {
            let operator = choices.one(&[
                "StringEquals",
                "StringNotEquals",
                "StringLike",
                "StringNotLike",
                "StringEqualsIgnoreCase",
                "StringNotEqualsIgnoreCase",
            ]);
            let of_lists = !set.is_empty() && choices.chance(150);
            let key = if of_lists { choices.one(&lists) } else { choices.one(&texts) };
            (operator, key, one_or_two(choices, values))
        }
        3 => {
            let operator = choices.one(&["IpAddress", "NotIpAddress"]);
            let blocks =
                ["10.0.0.0/16", "198.51.100.0/24", "198.51.100.7", "203.0.113.9/24", "0.0.0.0/0", "2001:DB8::/32"];
            (operator, choices.one(&["aws:SourceIp", "aws:VpcSourceIp"]), one_or_two(choices, &blocks))
        }
        4 => {
            let operator = choices.one(&["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"]);
            let arns = [
                "arn:aws:iam::111111111111:role/fn",
                "arn:aws:iam::*:role/*",
                "arn:aws:iam::222222222222:role/fn",
                "arn:aws:iam::1*:role/?n",
            ];
            (operator, choices.one(&["aws:PrincipalArn", "aws:SourceArn"]), one_or_two(choices, &arns))
        }
        5 => {
            let operator = choices.one(&[
                "NumericEquals",
                "NumericNotEquals",
                "NumericLessThan",
                "NumericLessThanEquals",
                "NumericGreaterThan",
                "NumericGreaterThanEquals",
            ]);
            (operator, "s3:max-keys", one_or_two(choices, &["10", "9", "-1", "10.50"]))
        }
        6 => match choices.below(3) {
            0 => (
                "Bool",
                choices.one(&["aws:SecureTransport", "aws:ViaAWSService", "aws:MultiFactorAuthPresent"]),
                json!(choices.one(&["true", "false"])),
            ),
            1 => (
                choices.one(&["DateLessThan", "DateGreaterThan", "DateEquals", "DateNotEquals"]),
                choices.one(&["aws:CurrentTime", "aws:TokenIssueTime"]),
                json!(choices.one(&["2026-01-01T00:00:00Z", "2026-06-01T12:00:00Z", "2026-07-01T00:00:00Z"])),
            ),
            _ => ("BinaryEquals", "x:bin", json!("QmluYXJ5")),
        },
        _ => {
            let key = choices.one(&["aws:SourceVpce", "aws:SourceIp", "aws:TagKeys", "aws:PrincipalTag/team"]);
            return ("Null".into(), key.into(), json!(choices.one(&["true", "false"])));
        }
    };
    (format!("{set}{operator}{if_exists}"), key.to_owned(), value)
}

/// The policies of a case, read.
#[derive(Debug)]
pub struct Case {
    role: Option<String>,
    session: Option<String>,
    action: String,
    resource: Text,
    owner: String,
    keys: ContextKeys,
    policies: Vec<(LayerKind, String, Vec<Policy>)>,
    restrict_public_buckets: bool,
    /// How many problems the policies have.
    pub problems: usize,
}

impl Case {
    /// Reads a case; what does not fit its form is left out.
    pub fn read(case: &Value) -> Case {
        let text = |name: &str| case.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut keys = ContextKeys::absent();
        for (key, value) in case.get("context").and_then(Value::as_object).into_iter().flatten() {
            let values = match value {
                Value::Array(list) => list.iter().filter_map(Value::as_str).map(Text::whole).collect(),
                one => one.as_str().map(Text::whole).into_iter().collect(),
            };
            keys.set(key, ContextValue::Values(values));
        }
        let principal = text("principal");
        let mut parts = principal.rsplit('/');
        let session = parts.next().map(str::to_owned);
        let role = parts.next().map(str::to_owned);
        let mut policies = Vec::new();
        let mut problems = 0;
        for (name, kind) in LAYERS {
            let Some(value) = case.get(name) else { continue };
            let levels: Vec<Vec<&Value>> = match (kind, value) {
                (LayerKind::ServiceControl | LayerKind::ResourceControl, Value::Array(levels)) => {
                    levels.iter().map(|level| level.as_array().into_iter().flatten().collect()).collect()
                }
                (_, Value::Array(list)) => vec![list.iter().collect()],
                (_, one) => vec![vec![one]],
            };
            for (level, documents) in levels.into_iter().enumerate() {
                let read = |document: &Value| {
                    let (policy, found) = Policy::read(&document.clone().into(), kind, name, name);
                    problems += found.len();
                    policy
                };
                policies.push((kind, level.to_string(), documents.into_iter().map(read).collect()));
            }
        }
        if !policies.iter().any(|(kind, _, _)| *kind == LayerKind::Bucket) {
            policies.push((LayerKind::Bucket, 0.to_string(), Vec::new()));
        }
        let restrict_public_buckets = case.get("restrictPublicBuckets") == Some(&Value::Bool(true));
        let (action, resource, owner) = (text("action"), Text::whole(text("resource")), text("owner"));
        Case { role, session, action, resource, owner, keys, policies, restrict_public_buckets, problems }
    }

    /// Its layers.
    pub fn layers(&self) -> Vec<Layer<'_>> {
        self.policies
            .iter()
            .map(|(kind, level, policies)| {
                let mut layer = Layer::new(*kind, Given::Policies(policies));
                layer.name = level;
                layer.restrict_public_buckets = Truth::from(self.restrict_public_buckets);
                layer
            })
            .collect()
    }

    /// What becomes of it.
    pub fn decide(&self) -> Decision {
        let request = RequestContext {
            caller: Caller {
                partition: "aws",
                account: Some(ACCOUNT),
                role: self.role.as_deref(),
                session: self.session.as_deref(),
            },
            action: &self.action,
            resource: &self.resource,
            resource_account: Some(&self.owner),
            one_account: false,
            keys: self.keys.clone(),
        };
        authorize(&request, &self.layers())
    }
}
