use serde_json::json;

use super::*;
use crate::problem::{FlawKind, Problem, ProblemKind};

fn problems(kind: LayerKind, text: &str) -> Vec<String> {
    let (_, problems) = Policy::read_text(text, kind, "p", "/buckets/b/policy");
    problems.iter().map(|problem| format!("{} {}", problem.pointer, problem.kind.code())).collect()
}

fn request(resource: &Text) -> RequestContext<'_> {
    RequestContext {
        caller: Caller { partition: "aws", account: Some("111111111111"), ..Caller::default() },
        action: "s3:GetObject",
        resource,
        resource_account: Some("111111111111"),
        one_account: false,
        keys: ContextKeys::absent(),
    }
}

fn outcome(statements: serde_json::Value, request: &RequestContext<'_>) -> Decision {
    let (identity, _) = Policy::read(&json!({ "Statement": statements }).into(), LayerKind::Identity, "p", "");
    let layers = [
        Layer::new(LayerKind::Identity, Given::Policies(std::slice::from_ref(&identity))),
        Layer::new(LayerKind::Bucket, Given::Policies(&[])),
    ];
    authorize(request, &layers)
}

#[test]
fn every_mistake_has_its_place() {
    let text = r#"{ "Version": "2012-10-18", "Statements": [], "Statement": [
        { "Sid": 1, "Effect": "allow", "Principal": "AWS", "Action": "GetObject", "Resource": "b/*" },
        { "Effect": "Deny", "Principal": { "AWS": ["arn:aws:iam::1:role/x*", "me", 5], "Aws": "*" },
          "NotAction": ["s3:Get*", {}], "Action": "s3:*", "Resource": "*",
          "Condition": { "StringEqual": { "aws:SourceVpce": "vpce-1" }, "Bool": { "aws:SecureTransport": "no" },
                         "IpAddress": { "aws:SourceIp": ["10.0.0/8", "10.0.0.0/8"] },
                         "StringLike": { "aws:SourceVPCEndpoint": "a" }, "NullIfExists": {} } },
        7 ] }"#;
    assert_eq!(
        problems(LayerKind::Bucket, text),
        [
            "/buckets/b/policy/Statements unknownField",
            "/buckets/b/policy/Version unknownWord",
            "/buckets/b/policy/Statement/0/Sid wrongType",
            "/buckets/b/policy/Statement/0/Effect unknownWord",
            "/buckets/b/policy/Statement/0/Principal badPolicy",
            "/buckets/b/policy/Statement/0/Action badPolicy",
            "/buckets/b/policy/Statement/0/Resource badPolicy",
            "/buckets/b/policy/Statement/1/Principal/Aws unknownField",
            "/buckets/b/policy/Statement/1/Principal/AWS/2 wrongType",
            "/buckets/b/policy/Statement/1/Principal/AWS/0 badPolicy",
            "/buckets/b/policy/Statement/1/Principal/AWS/1 badPolicy",
            "/buckets/b/policy/Statement/1 badPolicy",
            "/buckets/b/policy/Statement/1/Condition/StringEqual unknownWord",
            "/buckets/b/policy/Statement/1/Condition/Bool/aws:SecureTransport badPolicy",
            "/buckets/b/policy/Statement/1/Condition/IpAddress/aws:SourceIp/0 badPolicy",
            "/buckets/b/policy/Statement/1/Condition/StringLike/aws:SourceVPCEndpoint doubtfulPolicy",
            "/buckets/b/policy/Statement/1/Condition/NullIfExists unknownWord",
            "/buckets/b/policy/Statement/2 wrongType",
        ]
    );
}

#[test]
fn a_near_miss_gets_the_nearest_name() {
    let nearest = |text: &str| {
        let (_, problems) = Policy::read_text(text, LayerKind::Identity, "p", "");
        match problems.into_iter().next().map(|problem| problem.kind) {
            Some(ProblemKind::UnknownField { nearest, .. } | ProblemKind::UnknownWord { nearest, .. }) => nearest,
            Some(ProblemKind::DoubtfulPolicy { flaw }) if flaw.kind == FlawKind::UnknownKey => Some(flaw.other),
            other => panic!("{other:?}"),
        }
    };
    let statement = |rest: &str| {
        let rest = rest.replace('\'', "\"");
        format!(r#"{{ "Statement": {{ "Effect": "Allow", "Action": "*", "Resource": "*", {rest} }} }}"#)
    };
    assert_eq!(nearest(&statement("'Conditions': {}")).as_deref(), Some("Condition"));
    assert_eq!(nearest(&statement("'Condition': { 'StringLikes': {} }")).as_deref(), Some("StringLike"));
    let key = "'Condition': { 'StringLike': { 'aws:SourceVpcEndpoint': 'a' } }";
    assert_eq!(nearest(&statement(key)).as_deref(), Some("aws:SourceVpce"));
    assert_eq!(nearest(r#"{ "Statment": [] }"#).as_deref(), Some("Statement"));
}

#[test]
fn a_key_that_stands_twice_spoils_the_policy() {
    let text = r#"{ "Statement": [{ "Effect": "Deny", "Effect": "Allow", "Action": "*", "Resource": "*" }] }"#;
    let (policy, problems) = Policy::read_text(text, LayerKind::Identity, "p", "/roles/r/policies/p");
    let lines: Vec<(&str, &str)> =
        problems.iter().map(|problem: &Problem| (problem.kind.code(), problem.pointer.as_str())).collect();
    assert_eq!(lines, [("duplicateKey", "/roles/r/policies/p/Statement/0/Effect")]);
    let layers = [
        Layer::new(LayerKind::Identity, Given::Policies(std::slice::from_ref(&policy))),
        Layer::new(LayerKind::Bucket, Given::Policies(&[])),
    ];
    assert_eq!(authorize(&request(&Text::whole("arn:aws:s3:::b/k")), &layers).outcome, Outcome::Unknown);
}

#[test]
fn hostile_policies_stay_small() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(problems(LayerKind::Bucket, &deep), ["/buckets/b/policy syntax"]);
    let actions: Vec<&str> = vec!["s3:*a*b*c*"; 20_000];
    let many = json!({ "Statement": { "Effect": "Allow", "Action": actions, "Resource": "*" } }).to_string();
    assert_eq!(problems(LayerKind::Identity, &many), ["/buckets/b/policy badPolicy"]);
    let (policy, _) = Policy::read_text(&many, LayerKind::Identity, "p", "");
    assert!(!policy.is_readable);
    let odd: Vec<serde_json::Value> = vec![json!(null); 200_000];
    let (policy, problems) =
        Policy::read(&json!({ "Statement": { "Action": odd } }).into(), LayerKind::Identity, "p", "");
    assert!(!policy.is_readable && problems.len() < 103_000, "{}", problems.len());
}

#[test]
fn the_nearest_miss_names_the_first_element_that_failed() {
    let statements = json!([
        { "Sid": "Logs", "Effect": "Allow", "Action": "logs:*", "Resource": "*" },
        { "Sid": "Put", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::other/*" },
        { "Sid": "Get", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other/*" },
    ]);
    let decision = outcome(statements, &request(&Text::whole("arn:aws:s3:::b/k")));
    assert_eq!(decision.outcome, Outcome::ImplicitDeny);
    let miss = decision.blocks[0].nearest.as_ref().unwrap();
    assert_eq!((miss.statement.statement, miss.failed.as_slice()), (2, [Element::Resource].as_slice()));
}

#[test]
fn the_statements_that_decide_are_named() {
    let statements = json!([
        { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" },
        { "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/secret/*" },
    ]);
    let decision = outcome(statements.clone(), &request(&Text::whole("arn:aws:s3:::b/secret/k")));
    assert_eq!(decision.blocks[0].statements, [StatementRef { layer: 0, policy: 0, statement: 1 }]);
    let decision = outcome(statements, &request(&Text::whole("arn:aws:s3:::b/k")));
    assert_eq!(decision.outcome, Outcome::Allowed);
    assert_eq!(decision.grants, [StatementRef { layer: 0, policy: 0, statement: 0 }]);
}

#[test]
fn a_range_of_addresses_is_inside_outside_or_unknown() {
    use crate::query::Family;
    use crate::range_set::RangeSet;

    let statement = |block: &str| {
        json!([{ "Effect": "Allow", "Action": "s3:*", "Resource": "*",
                 "Condition": { "IpAddress": { "aws:VpcSourceIp": block } } }])
    };
    let object = Text::whole("arn:aws:s3:::b/k");
    let mut request = request(&object);
    request.keys.set_addresses("aws:VpcSourceIp", Family::Ipv4, &RangeSet::range(0x0A00_0004, 0x0A00_00FE));
    assert_eq!(outcome(statement("10.0.0.0/24"), &request).outcome, Outcome::Allowed);
    assert_eq!(outcome(statement("10.0.1.0/24"), &request).outcome, Outcome::ImplicitDeny);
    let decision = outcome(statement("10.0.0.0/25"), &request);
    assert_eq!(decision.outcome, Outcome::Unknown);
    assert_eq!(decision.needs, Needs::from([Need::Key("aws:VpcSourceIp".into())]));
}

#[test]
fn only_what_matters_is_needed() {
    // The identity policies decide alone, and one of the two unknown keys is enough.
    let condition = |key: &str| json!({ "StringEquals": { key: "x" } });
    let statement =
        |key: &str| json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": condition(key) });
    let object = Text::whole("arn:aws:s3:::b/k");
    let mut request = request(&object);
    for key in ["aws:PrincipalTag/a", "aws:PrincipalTag/b", "aws:PrincipalTag/c"] {
        request.keys.set(key, ContextValue::Unknown);
    }
    let decision = outcome(json!([statement("aws:PrincipalTag/a"), statement("AWS:principaltag/B")]), &request);
    assert_eq!(decision.outcome, Outcome::Unknown);
    let keys = ["aws:PrincipalTag/a", "aws:PrincipalTag/b"].map(|key| Need::Key(key.to_owned()));
    assert_eq!(decision.needs, Needs::from(keys));
    assert_eq!(decision.open.len(), 2);
    // A statement that fails anyway needs nothing.
    let mut elsewhere = statement("aws:PrincipalTag/c");
    elsewhere["Resource"] = json!("arn:aws:s3:::other/*");
    let decision = outcome(json!([elsewhere]), &request);
    assert_eq!((decision.outcome, decision.needs.len()), (Outcome::ImplicitDeny, 0));
}

#[test]
fn what_is_not_given_is_taken_to_allow_and_never_not_to_deny() {
    let object = Text::whole("arn:aws:s3:::b/k");
    let mut request = request(&object);
    request.keys.set_text("aws:PrincipalTag/a", "x");
    request.keys.set("aws:PrincipalTag/b", ContextValue::Unknown);
    let allow = json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": null });
    for statements in [json!([allow]), json!([null]), json!(null), json!([allow, null])] {
        let decision = outcome(statements, &request);
        assert_eq!((decision.outcome, decision.assumed.as_slice()), (Outcome::Allowed, &[0][..]));
    }
    // What is given decides without it.
    let elsewhere = json!({ "Effect": "Allow", "Action": "s3:PutObject", "Resource": [null] });
    assert_eq!(outcome(json!([elsewhere]), &request).outcome, Outcome::ImplicitDeny);
    let certain = json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "*" });
    let decision = outcome(json!([certain, allow]), &request);
    assert_eq!((decision.outcome, decision.assumed.len()), (Outcome::Allowed, 0));
    // A denial that may be about the request is not taken away.
    let deny = json!({ "Effect": "Deny", "Action": "*", "Resource": ["arn:aws:s3:::c/*", null] });
    let decision = outcome(json!([certain, deny]), &request);
    assert_eq!(decision.outcome, Outcome::Unknown);
    assert_eq!(decision.needs, Needs::from([Need::NotGiven("/Statement/1/Resource/1".into())]));
    // Nor is a condition on something else that is not known.
    let mut both = allow;
    both["Condition"] = json!({ "StringEquals": { "aws:PrincipalTag/a": null, "aws:PrincipalTag/b": "x" } });
    assert_eq!(outcome(json!([both]), &request).outcome, Outcome::Unknown);
}

#[test]
fn a_policy_in_a_text_is_a_policy() {
    let text = json!(r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#);
    let (policy, problems) = Policy::read(&text.into(), LayerKind::Identity, "p", "");
    assert!(problems.is_empty() && policy.is_readable);
    assert_eq!(policy.statements.len(), 1);
}
