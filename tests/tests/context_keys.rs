//! Which context keys a request has on which path: section 3 of the policy reference as a table, asked key by key.
//!
//! The table knows nothing of how the engine fills the keys: it sees only whether a policy that tests one key denies.

use serde_json::{Value, json};
use vpcreach::analysis::Assumption;
use vpcreach::component::{Component, ComponentKind};
use vpcreach::engine::analyze;
use vpcreach::query::{Query, Request};
use vpcreach::{Document, Network, Verdict};

/// What a request has under a key.
#[derive(Clone, Copy, Debug)]
enum Has {
    /// Nothing: the key is absent.
    Nothing,
    /// This value.
    Text(&'static str),
    /// Some address of this block.
    Address(&'static str),
    /// Some value, which is not known.
    Something,
    /// It is not known whether it has the key.
    Unknown,
}

use Has::{Address, Nothing, Something, Text, Unknown};

/// Workloads by the way that their requests take: through a gateway endpoint, through an interface endpoint, through a
/// NAT gateway, and from Lambda's own network.
const WAYS: [&str; 4] = ["by-gateway", "by-interface", "by-nat", "outside"];

const ROLE: &str = "arn:aws:iam::111122223333:role/service-role/reader";

/// Keys with what a request has on each of the ways.
const KEYS: [(&str, [Has; 4]); 33] = [
    ("aws:SourceVpce", [Text("vpce-gateway"), Text("vpce-interface"), Nothing, Nothing]),
    ("aws:SourceVpc", [Text("main"), Text("hub"), Nothing, Nothing]),
    ("aws:SourceVpcArn", [Unknown, Unknown, Nothing, Nothing]),
    ("aws:VpcSourceIp", [Address("10.0.1.0/24"), Address("10.1.1.0/24"), Nothing, Nothing]),
    ("aws:SourceIp", [Nothing, Nothing, Address("198.51.100.7/32"), Something]),
    ("aws:VpceAccount", [Text("111122223333"), Text("111122223333"), Nothing, Nothing]),
    ("aws:VpceOrgID", [Text("o-a1b2c3d4e5"), Text("o-a1b2c3d4e5"), Nothing, Nothing]),
    ("aws:VpceOrgPaths", [Text("o-a1b2c3d4e5/r-ab12/"), Text("o-a1b2c3d4e5/r-ab12/"), Nothing, Nothing]),
    ("aws:SecureTransport", [Text("true"); 4]),
    ("aws:ViaAWSService", [Text("false"); 4]),
    ("aws:PrincipalIsAWSService", [Text("false"); 4]),
    ("aws:PrincipalArn", [Text(ROLE); 4]),
    ("aws:PrincipalAccount", [Text("111122223333"); 4]),
    ("aws:PrincipalType", [Text("AssumedRole"); 4]),
    ("aws:userid", [Something; 4]),
    ("aws:TokenIssueTime", [Something; 4]),
    ("aws:PrincipalOrgID", [Text("o-a1b2c3d4e5"); 4]),
    ("aws:PrincipalTag/team", [Text("photos"); 4]),
    ("aws:ResourceAccount", [Text("111122223333"); 4]),
    ("s3:ResourceAccount", [Text("111122223333"); 4]),
    ("aws:ResourceOrgID", [Text("o-a1b2c3d4e5"); 4]),
    ("aws:RequestedRegion", [Text("eu-west-1"); 4]),
    ("aws:CurrentTime", [Unknown; 4]),
    ("aws:SourceArn", [Nothing; 4]),
    ("aws:SourceAccount", [Nothing; 4]),
    ("aws:CalledVia", [Nothing; 4]),
    ("aws:Ec2InstanceSourceVpc", [Nothing; 4]),
    ("aws:MultiFactorAuthPresent", [Nothing; 4]),
    ("aws:username", [Nothing; 4]),
    ("s3:TlsVersion", [Unknown; 4]),
    ("s3:DataAccessPointArn", [Nothing; 4]),
    ("s3:DataAccessPointAccount", [Nothing; 4]),
    ("s3:AccessPointNetworkOrigin", [Nothing; 4]),
];

/// The four ways, with a bucket whose policy denies where a condition holds.
fn document(condition: &Value) -> Document {
    let all =
        json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] });
    let statement = json!({ "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::photos/*",
        "Condition": condition });
    let text = json!({
        "region": "eu-west-1", "account": "111122223333",
        "vpcs": { "main": { "cidr": "10.0.0.0/16" }, "hub": { "cidr": "10.1.0.0/16", "enableDnsHostnames": true } },
        "subnets": {
            "public": { "vpc": "main", "cidr": "10.0.0.0/24" }, "private": { "vpc": "main", "cidr": "10.0.1.0/24" },
            "behind-nat": { "vpc": "main", "cidr": "10.0.2.0/24" }, "hub-private": { "vpc": "hub", "cidr": "10.1.1.0/24" }
        },
        "internetGateways": { "igw": { "vpc": "main" } },
        "natGateways": { "nat": { "subnet": "public", "elasticIps": ["198.51.100.7"] } },
        "vpcEndpoints": {
            "vpce-gateway": { "vpc": "main", "service": "s3", "routeTables": ["private-routes"] },
            "vpce-interface": { "type": "Interface", "vpc": "hub", "service": "s3", "subnets": ["hub-private"],
                "securityGroups": ["hub-group"], "privateDnsOnlyForInboundResolverEndpoint": false }
        },
        "routeTables": {
            "public-routes": { "vpc": "main", "subnets": ["public"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] },
            "private-routes": { "vpc": "main", "subnets": ["private"], "routes": [{ "destination": "0.0.0.0/0", "target": "nat" }] },
            "nat-routes": { "vpc": "main", "subnets": ["behind-nat"], "routes": [{ "destination": "0.0.0.0/0", "target": "nat" }] },
            "hub-routes": { "vpc": "hub", "subnets": ["hub-private"] }
        },
        "securityGroups": {
            "main-group": { "vpc": "main" }, "hub-group": { "vpc": "hub", "ingress": [{ "port": 443, "peer": "10.1.0.0/16" }] }
        },
        "accounts": { "111122223333": { "organizationId": "o-a1b2c3d4e5", "organizationPath": "o-a1b2c3d4e5/r-ab12/" } },
        "roles": { "reader": { "path": "/service-role/", "policies": { "all": all }, "tags": { "team": "photos" } } },
        "functions": {
            "by-gateway": { "subnets": ["private"], "securityGroups": ["main-group"], "state": "Active", "role": "reader" },
            "by-interface": { "subnets": ["hub-private"], "securityGroups": ["hub-group"], "state": "Active", "role": "reader" },
            "by-nat": { "subnets": ["behind-nat"], "securityGroups": ["main-group"], "state": "Active", "role": "reader" },
            "outside": { "role": "reader" }
        },
        "buckets": { "photos": { "policy": { "Version": "2012-10-17", "Statement": [statement] } } }
    });
    Document::read(&text.to_string()).document
}

/// What becomes of a request on a way where the bucket policy denies what a condition holds for.
fn verdict(network: &Network, from: &str) -> Verdict {
    let query = Query { from: from.to_owned(), to: "s3://photos/cat.jpg".to_owned(), ..Query::default() };
    analyze(network, &query).verdict
}

/// The condition denies, it does not, or it cannot be told.
fn wanted(denies: Option<bool>) -> Verdict {
    match denies {
        Some(true) => Verdict::AccessDenied,
        Some(false) => Verdict::Succeeds,
        None => Verdict::Undetermined,
    }
}

#[test]
fn each_path_has_the_keys_that_the_reference_lists() {
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (key, on_ways) in KEYS {
        // Whether the key is there at all, and whether a value of its own or another one is found under it.
        let mut conditions: Vec<(Value, [Option<bool>; 4])> = vec![(
            json!({ "Null": { key: "true" } }),
            on_ways.map(|has| match has {
                Nothing => Some(true),
                Text(_) | Address(_) | Something => Some(false),
                Unknown => None,
            }),
        )];
        let is_multivalued = ["aws:VpceOrgPaths", "aws:CalledVia"].contains(&key);
        let (equals, differs) = if is_multivalued {
            ("ForAnyValue:StringEquals", "ForAllValues:StringNotEquals")
        } else {
            ("StringEquals", "StringNotEquals")
        };
        let mut texts: Vec<&str> =
            on_ways.iter().filter_map(|has| if let Text(text) = has { Some(*text) } else { None }).collect();
        texts.dedup();
        for text in texts {
            let is_it = |has: Has| match has {
                Nothing => Some(false),
                Text(own) => Some(own == text),
                Address(_) | Something | Unknown => None,
            };
            conditions.push((json!({ equals: { key: text } }), on_ways.map(is_it)));
            // A negated operator holds for a key that is absent.
            conditions.push((json!({ differs: { key: text } }), on_ways.map(|has| is_it(has).map(|is| !is))));
        }
        for block in on_ways.iter().filter_map(|has| if let Address(block) = has { Some(*block) } else { None }) {
            let is_in = |has: Has| match has {
                Nothing => Some(false),
                Address(own) => Some(own == block),
                Text(_) | Something | Unknown => None,
            };
            conditions.push((json!({ "IpAddress": { key: block } }), on_ways.map(is_in)));
            conditions.push((json!({ "NotIpAddress": { key: block } }), on_ways.map(|has| is_in(has).map(|is| !is))));
        }
        for (condition, denies) in conditions {
            let (network, problems) = Network::resolve(&document(&condition));
            assert!(problems.is_empty(), "{condition}: {problems:?}");
            for (from, denies) in WAYS.iter().zip(denies) {
                asked += 1;
                let found = verdict(&network, from);
                if found != wanted(denies) {
                    wrong.push(format!("{from} with Deny where {condition}: {found:?}, not {:?}", wanted(denies)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(asked > 250, "{asked}");
}

/// Adding an endpoint takes the address away and brings the endpoint: what one statement lets in, the other denies.
#[test]
fn an_address_and_an_endpoint_never_come_together() {
    for (key, operator, value) in [("aws:SourceIp", "IpAddress", "0.0.0.0/0"), ("aws:SourceVpce", "StringLike", "*")] {
        let other = if key == "aws:SourceIp" { "aws:SourceVpce" } else { "aws:SourceIp" };
        let condition = json!({ operator: { key: value }, "Null": { other: "false" } });
        let (network, _) = Network::resolve(&document(&condition));
        for from in WAYS {
            assert_eq!(verdict(&network, from), Verdict::Succeeds, "{from}: {key} and {other} at once");
        }
    }
    let both = json!({ "Null": { "aws:SourceIp": "true", "aws:SourceVpce": "true" } });
    let network = Network::resolve(&document(&both)).0;
    assert!(WAYS.iter().all(|from| verdict(&network, from) == Verdict::Succeeds), "one of them there always is");
}

/// What a request has under a key, told from the document and the carrier of its traffic alone.
fn told(document: &Value, carrier: Option<&Component>, key: &str) -> Has {
    let at = |section: &str, name: &str, field: &str| {
        document.get(section)?.get(name)?.get(field)?.as_str().map(str::to_owned)
    };
    let leaked = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let only_vpc = || {
        let mut vpcs =
            document.get("vpcs").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.clone());
        vpcs.next().filter(|_| vpcs.next().is_none())
    };
    let endpoint = carrier.filter(|carrier| carrier.kind == ComponentKind::VpcEndpoint);
    let account = document.get("account").and_then(Value::as_str);
    match (key, endpoint) {
        ("aws:SourceVpce", Some(endpoint)) => Text(leaked(endpoint.name.clone())),
        ("aws:SourceVpc", Some(endpoint)) => {
            at("vpcEndpoints", &endpoint.name, "vpc").or_else(only_vpc).map_or(Unknown, |vpc| Text(leaked(vpc)))
        }
        ("aws:VpcSourceIp", Some(_)) => Something,
        ("aws:VpceAccount", Some(_)) => account.map_or(Unknown, |account| Text(leaked(account.to_owned()))),
        ("aws:SourceVpce" | "aws:SourceVpc" | "aws:VpcSourceIp" | "aws:VpceAccount", None)
        | ("aws:SourceIp", Some(_)) => Nothing,
        ("aws:SourceIp", None) => {
            let nat = carrier.filter(|carrier| carrier.kind == ComponentKind::NatGateway);
            let addresses =
                nat.and_then(|nat| document.get("natGateways")?.get(&nat.name)?.get("elasticIps")?.as_array());
            match addresses.map(Vec::as_slice) {
                Some([one]) => one.as_str().map_or(Unknown, |one| Text(leaked(one.to_owned()))),
                _ => Something,
            }
        }
        ("aws:SecureTransport", _) => Text("true"),
        ("aws:ViaAWSService" | "aws:PrincipalIsAWSService", _) => Text("false"),
        ("aws:PrincipalAccount" | "aws:ResourceAccount", _) => {
            account.map_or(Unknown, |account| Text(leaked(account.to_owned())))
        }
        ("s3:DataAccessPointArn" | "s3:AccessPointNetworkOrigin" | "aws:SourceArn" | "aws:username", _) => Nothing,
        _ => Unknown,
    }
}

/// Keys that are told a second time.
const TOLD: [&str; 14] = [
    "aws:SourceVpce",
    "aws:SourceVpc",
    "aws:VpcSourceIp",
    "aws:VpceAccount",
    "aws:SourceIp",
    "aws:SecureTransport",
    "aws:ViaAWSService",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalAccount",
    "aws:ResourceAccount",
    "s3:DataAccessPointArn",
    "s3:AccessPointNetworkOrigin",
    "aws:SourceArn",
    "aws:username",
];

/// In every scenario, whatever succeeds with one of its buckets has the keys that its carrier gives, no more and no fewer.
#[test]
fn every_scenario_s_requests_have_the_keys_of_their_path() {
    let mut wrong = Vec::new();
    let mut ways = std::collections::BTreeSet::new();
    let mut asked = 0;
    for scenario in vpcreach_tests::scenario::all().unwrap_or_default() {
        let (network, _) = Network::resolve(&scenario.document);
        let text = serde_json::to_value(&scenario.document).unwrap_or_default();
        for expectation in &scenario.document.expect {
            let query = expectation.query();
            let Some(bucket) = query.to.strip_prefix("s3://").and_then(|rest| rest.split('/').next()) else { continue };
            let known = text
                .get("buckets")
                .and_then(|buckets| buckets.get(bucket))
                .filter(|bucket| bucket.get("account").is_none());
            let is_plain = query.request.as_ref().is_none_or(|request| {
                request.signed.is_none() && request.signed_by.is_none() && request.context.is_empty()
            });
            let is_directory = bucket.ends_with("--x-s3");
            let analysis = analyze(&network, &query);
            let is_of_role = text
                .get("roles")
                .and_then(Value::as_object)
                .is_none_or(|roles| roles.values().all(|role| role.get("account").is_none()));
            if known.is_none() || !is_plain || is_directory || !is_of_role || analysis.verdict != Verdict::Succeeds {
                continue;
            }
            // The carriers of ways that differ give keys that differ.
            let is_gateway = |carrier: &&Component| carrier.kind == ComponentKind::InternetGateway;
            let carrier = match analysis.carriers.as_slice() {
                [] => None,
                [one] => Some(one.clone()),
                [nat, other] | [other, nat] if is_gateway(&other) && nat.kind == ComponentKind::NatGateway => {
                    Some(nat.clone())
                }
                _ => continue,
            };
            let is_outside = carrier.is_none() && analysis.paths.len() != 1;
            if is_outside || query.port == Some(80) {
                continue;
            }
            let denied_by = |action: &str, condition: Value| {
                let mut changed = text.clone();
                if let Some(policy) = changed.pointer_mut(&format!("/buckets/{bucket}")).and_then(Value::as_object_mut)
                {
                    let statement = json!({
                        "Effect": "Deny", "Principal": "*", "Action": action, "Resource": "*", "Condition": condition });
                    policy.insert("policy".into(), json!({ "Version": "2008-10-17", "Statement": [statement] }));
                }
                let document = Document::read(&changed.to_string()).document;
                analyze(&Network::resolve(&document).0, &query).verdict
            };
            // Only what a statement of the bucket policy decides tells whether it holds.
            let decides = denied_by("*", json!({})) == Verdict::AccessDenied
                && denied_by("s3:PutBucketPolicy", json!({})) == Verdict::Succeeds;
            if !decides {
                continue;
            }
            ways.insert(carrier.as_ref().map(|carrier| carrier.kind));
            for key in TOLD {
                let has = told(&text, carrier.as_ref(), key);
                let absent = match has {
                    Nothing => Some(true),
                    Unknown => None,
                    _ => Some(false),
                };
                let mut conditions = vec![(json!({ "Null": { key: "true" } }), absent)];
                if let Text(own) = has {
                    conditions.push((json!({ "StringNotEquals": { key: own } }), Some(false)));
                }
                for (condition, denies) in conditions {
                    let found = denied_by("*", condition.clone());
                    asked += 1;
                    if found != wanted(denies) {
                        wrong.push(format!("{} {} → {}: {condition} {found:?}", scenario.name, query.from, query.to));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 1_000 && ways.len() >= 4, "{asked} {ways:?}");
}

/// Where access control lists count, whoever wrote an object owns it: an answer takes that for the bucket's own account.
#[test]
fn the_owner_of_an_object_is_assumed_where_lists_count() {
    let mut text = serde_json::to_value(document(&json!({ "Null": { "aws:SourceVpce": "true" } }))).unwrap_or_default();
    let mut assumes = |ownership: &str, operation: &str| {
        if let Some(bucket) = text.pointer_mut("/buckets/photos").and_then(Value::as_object_mut) {
            bucket.insert("objectOwnership".into(), ownership.into());
        }
        let (network, _) = Network::resolve(&Document::read(&text.to_string()).document);
        let request = Request { operation: Some(operation.to_owned()), ..Request::default() };
        let (from, to) = ("by-gateway".to_owned(), "s3://photos/cat.jpg".to_owned());
        let analysis = analyze(&network, &Query { from, to, request: Some(request), ..Query::default() });
        assert_eq!(analysis.verdict, Verdict::Succeeds, "{ownership} {operation}");
        analysis.assumptions.iter().any(|assumption| matches!(assumption, Assumption::ObjectOwner(_)))
    };
    assert!(assumes("ObjectWriter", "GetObject") && assumes("BucketOwnerPreferred", "HeadObject"));
    assert!(!assumes("ObjectWriter", "PutObject") && !assumes("BucketOwnerEnforced", "GetObject"));
}
