//! Cures of 403s: the narrowest statement in the layer that refuses, and nothing that lets in more than was asked for.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests stop at the first surprise")]

use serde_json::{Value, json};
use vpcreach::edit::{Edit, EditStep};
use vpcreach::repair::{CheckRepairs, CureKind, RepairOptions, WhyNone, repair};
use vpcreach::{Language, Selection};
use vpcreach_tests::scenario;

/// What mends the n-th expectation of a scenario.
fn repairs_of(name: &str, expectation: usize) -> CheckRepairs {
    let scenario = scenario::all().unwrap().into_iter().find(|one| one.name == name).unwrap();
    mend(&scenario.document.to_json(), expectation)
}

fn mend(text: &str, expectation: usize) -> CheckRepairs {
    let options = RepairOptions { expectation: Some(expectation), ..RepairOptions::default() };
    repair(text, &Selection::default(), &options, Language::English).checks.remove(0)
}

/// The only step of the first cure, which has that kind and costs nothing: its place, and its value.
fn only_step(repairs: &CheckRepairs, kind: CureKind) -> (String, Value) {
    assert_eq!(repairs.cures[0].cost.cents_per_month, 0);
    step(repairs, kind)
}

/// The same of a cure that lets traffic through an interface endpoint, which has its price.
fn step(repairs: &CheckRepairs, kind: CureKind) -> (String, Value) {
    let cure = &repairs.cures[0];
    assert_eq!(cure.kind, kind, "{}", cure.title);
    let Edit { steps } = &cure.edit;
    let [EditStep::Set { path, value } | EditStep::Insert { path, value }] = &steps[..] else { panic!("{steps:?}") };
    (path.clone(), serde_json::to_value(value).unwrap())
}

#[test]
fn a_role_gets_the_one_action_on_the_one_resource() {
    let repairs = repairs_of("permissions/role-lacks-the-action", 1);
    let (path, value) = only_step(&repairs, CureKind::IdentityPolicy);
    assert_eq!(path, "/roles/reader/policies/allow-s3-PutObject-photos");
    let statement = json!({ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::photos/*" });
    assert_eq!(value, json!({ "Version": "2012-10-17", "Statement": [statement] }));
    // Of a request for one object, the one object; a listing is about the bucket.
    let (_, value) = only_step(&repairs_of("permissions/not-enough-is-known", 2), CureKind::IdentityPolicy);
    assert_eq!(value["Statement"][0]["Resource"], "arn:aws:s3:::photos/private/cat.jpg");
    let (_, value) = only_step(&repairs_of("permissions/role-lacks-the-action", 2), CureKind::IdentityPolicy);
    assert_eq!(value["Statement"][0]["Resource"], "arn:aws:s3:::photos");
    assert_eq!(value["Statement"][0]["Action"], "s3:ListBucket");
}

#[test]
fn an_endpoint_policy_lets_through_the_one_role() {
    let (path, value) = only_step(&repairs_of("permissions/endpoint-policy-principals", 0), CureKind::EndpointPolicy);
    assert_eq!(path, "/vpcEndpoints/by-account/policy/Statement/-");
    // A role's ARN as principal would be turned into its id, so that a condition names it.
    assert_eq!(
        value,
        json!({
            "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*",
            "Condition": { "ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/fn" } }
        })
    );
}

#[test]
fn a_condition_takes_the_endpoint_that_carries_the_request() {
    let repairs = repairs_of("permissions/bucket-policy-asks-for-an-endpoint", 2);
    let (path, value) = only_step(&repairs, CureKind::PolicyCondition);
    assert_eq!(path, "/buckets/photos/policy/Statement/0/Condition/StringNotEquals/aws:SourceVpce");
    assert_eq!(value, json!(["vpce-1", "vpce-2"]));
    // What denies other addresses spares the endpoint, through which a request has none, and nothing else.
    let repairs = repairs_of("permissions/bucket-policy-asks-for-an-address", 1);
    let (path, value) = only_step(&repairs, CureKind::PolicyCondition);
    assert_eq!(path, "/buckets/photos/policy/Statement/0/Condition/StringNotEquals/aws:SourceVpce");
    assert_eq!(value, json!("vpce-1"));
    assert!(repairs.cures.iter().all(|cure| cure.kind != CureKind::DenyException));
}

#[test]
fn a_key_is_opened_to_the_role_by_way_of_s3() {
    let (path, value) = only_step(&repairs_of("permissions/kms-key", 2), CureKind::KeyPolicy);
    assert_eq!(path, "/kmsKeys/by-endpoint/policy/Statement/-");
    assert_eq!(value["Principal"], json!({ "AWS": "arn:aws:iam::111122223333:role/complete" }));
    assert_eq!(value["Condition"], json!({ "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } }));
    // Where the document does not have the key's ARN, the role may use keys of the account by way of S3 only.
    let repairs = repairs_of("permissions/kms-key", 1);
    let (_, value) = only_step(&repairs, CureKind::IdentityPolicy);
    assert_eq!(value["Statement"][0]["Resource"], "arn:aws:kms:us-east-1:111122223333:key/*");
    assert_eq!(value["Statement"][0]["Condition"]["StringEquals"]["kms:ViaService"], "s3.us-east-1.amazonaws.com");
    assert!(repairs.cures[0].limits.iter().any(|limit| limit.contains("ARN")), "{:?}", repairs.cures[0].limits);
}

#[test]
fn a_key_is_opened_to_what_the_role_asks_of_kms_itself() {
    // The key policy names the role, which then needs no policy of its own in the key's account.
    let closed = "/kmsKeys/closed/policy/Statement/-";
    let reader = json!({ "AWS": "arn:aws:iam::111122223333:role/reader" });
    let statement = json!({ "Effect": "Allow", "Principal": reader, "Action": "kms:Decrypt", "Resource": "*" });
    let (path, value) = step(&repairs_of("permissions/keys-and-other-resources", 2), CureKind::KeyPolicy);
    assert_eq!((path.as_str(), value), (closed, statement.clone()));
    let (path, _) = step(&repairs_of("permissions/keys-and-other-resources", 11), CureKind::KeyPolicy);
    assert_eq!(path, closed);
    // A key that leaves it to its account needs the role's policy alone.
    let (path, value) = step(&repairs_of("permissions/keys-and-other-resources", 10), CureKind::IdentityPolicy);
    assert_eq!(path, "/roles/nobody/policies/allow-kms-Decrypt-key-1");
    assert_eq!(value["Statement"][0]["Resource"], "arn:aws:kms:us-east-1:111122223333:key/1");
    // A key of another account needs both, and its owner has to be asked.
    let repairs = repairs_of("permissions/keys-and-other-resources", 8);
    let (path, value) = step(&repairs, CureKind::KeyPolicy);
    assert_eq!((path.as_str(), value), ("/kmsKeys/theirs/policy/Statement/-", statement));
    assert!(repairs.cures[0].limits.iter().any(|limit| limit.contains("another account")));
    let both = &repairs_of("permissions/keys-and-other-resources", 9).cures[0];
    assert_eq!(both.groups.len(), 2, "{}", both.title);
    // A condition takes the endpoint that carries the request.
    let repairs = repairs_of("permissions/keys-and-other-resources", 12);
    let (path, value) = step(&repairs, CureKind::PolicyCondition);
    assert_eq!(path, "/kmsKeys/by-another-endpoint/policy/Statement/0/Condition/StringEquals/aws:SourceVpce");
    assert_eq!(value, json!(["queues", "keys"]));
}

#[test]
fn other_accounts_and_organizations_are_asked() {
    let repairs = repairs_of("permissions/another-account", 0);
    let (path, value) = only_step(&repairs, CureKind::BucketPolicy);
    assert_eq!(path, "/buckets/closed/policy");
    assert_eq!(value["Statement"][0]["Principal"], json!({ "AWS": "arn:aws:iam::111122223333:role/reader" }));
    assert!(repairs.cures[0].limits.iter().any(|limit| limit.contains("another account")));
    let repairs = repairs_of("permissions/organization", 0);
    assert!(repairs.cures[0].title.contains("administrator"), "{}", repairs.cures[0].title);
    let (path, _) = only_step(&repairs, CureKind::ServiceControlPolicy);
    assert_eq!(path, "/accounts/111122223333/organizationLevels/1/serviceControlPolicies/allow-s3-GetObject-own");
}

#[test]
fn block_public_access_stays_on() {
    let (path, value) = only_step(&repairs_of("permissions/another-account", 3), CureKind::NamedPrincipals);
    assert_eq!(path, "/buckets/public/policy/Statement/0/Principal");
    assert_eq!(value, json!({ "AWS": ["arn:aws:iam::444455556666:root", "arn:aws:iam::111122223333:role/reader"] }));
}

const DENIED: &str = r#"{
  "region": "us-east-1", "account": "111122223333",
  "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
  "subnets": { "private": { "cidr": "10.0.1.0/24" } },
  "vpcEndpoints": { "vpce-1": { "service": "s3", "routeTables": ["rtb"] } },
  "routeTables": { "rtb": { "subnets": ["private"] } },
  "securityGroups": { "sg": {} },
  "roles": { "fn": { "policies": { "all": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } } } } },
  "functions": { "reader": { "subnets": ["private"], "securityGroups": ["sg"], "state": "Active", "role": "fn" } },
  "buckets": { "photos": { "policy": { "Version": "2012-10-17", "Statement": {
    "Sid": "Closed", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::photos/*"CONDITION } } } },
  "expect": [{ "from": "reader", "to": "s3://photos"REQUEST }]
}"#;

fn denied(condition: &str, request: &str) -> String {
    DENIED.replace("CONDITION", condition).replace("REQUEST", request)
}

#[test]
fn what_denies_on_purpose_makes_an_exception_at_most_and_says_what_it_protects() {
    let repairs = mend(&denied("", ""), 0);
    let cure = repairs.cures.last().unwrap();
    assert_eq!(cure.kind, CureKind::DenyException);
    assert!(cure.warnings[0].contains("Closed / Deny / s3:* / arn:aws:s3:::photos/*"), "{:?}", cure.warnings);
    // The statement stays, for everybody else.
    assert!(cure.edit.steps.iter().all(|step| !matches!(step, EditStep::Remove { .. })));
}

#[test]
fn how_a_request_is_made_is_no_matter_of_policies() {
    let insecure = r#", "Condition": { "Bool": { "aws:SecureTransport": "false" } }"#;
    let repairs = mend(&denied(insecure, r#", "port": 80"#), 0);
    assert_eq!(repairs.cures, []);
    assert_eq!(repairs.why_none.map(|reason| reason.code), Some(WhyNone::RequestDenied));
    let repairs = repairs_of("permissions/endpoint-policy-principals", 4);
    assert_eq!(repairs.why_none.map(|reason| reason.code), Some(WhyNone::NotSigned));
}

#[test]
fn network_and_permissions_are_mended_at_once() {
    let repairs = repairs_of("permissions/network-and-permissions", 0);
    let both = repairs.cures.iter().find(|cure| cure.kind == CureKind::IdentityPolicy).unwrap();
    assert_eq!(both.groups.len(), 2, "{}", both.title);
    assert!(both.title.contains("security group") && both.title.contains("s3:GetObject"), "{}", both.title);
}

#[test]
fn a_function_that_never_starts_gets_the_policy_that_aws_has_for_it() {
    let (path, value) = only_step(&repairs_of("lambda/role-cannot-make-interfaces", 0), CureKind::AttachManagedPolicy);
    assert_eq!(path, "/roles/logs-only/managedPolicies/-");
    assert_eq!(value, "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole");
}
