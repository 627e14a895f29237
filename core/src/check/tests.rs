//! Which questions a selection stands for, and what an expectation asks beyond the verdict.

use super::{Selection, check};
use crate::answer::{Answer, Severity};
use crate::document::Document;
use crate::verdict::{ReasonCode, Verdict};
use crate::words::Language;

const TWO_BY_TWO: &str = r#"
  "region": "eu-west-1",
  "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
  "subnets": { "private-a": { "cidr": "10.0.1.0/24" } },
  "routeTables": { "rtb": { "subnets": ["private-a"] } },
  "vpcEndpoints": { "vpce-s3": { "service": "s3", "routeTables": ["rtb"] } },
  "functions": { "one": { "subnets": ["private-a"] }, "two": { "subnets": ["private-a"] } },
  "instances": { "host": { "subnet": "private-a" } },
  "buckets": { "photos": {}, "shared": { "bucketName": "team-notes" } }"#;

fn ask(expect: &str, selection: &Selection) -> Answer {
    let reading = Document::from_json(&format!("{{ {TWO_BY_TWO}, \"expect\": [{expect}] }}"));
    assert_eq!(reading.problems, []);
    check(&reading.document, selection, Language::English)
}

fn pairs(answer: &Answer) -> Vec<(&str, &str)> {
    answer.checks.iter().map(|check| (check.from.as_str(), check.to.as_str())).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn without_a_selection_every_function_is_asked_about_every_bucket() {
    let answer = ask("", &Selection::default());
    assert_eq!(
        pairs(&answer),
        [
            ("function/one", "s3://photos"),
            ("function/one", "s3://team-notes"),
            ("function/two", "s3://photos"),
            ("function/two", "s3://team-notes"),
        ]
    );
    assert!(answer.is_good() && !answer.has_errors());
}

#[test]
fn one_end_alone_ranges_over_the_other() {
    let from = Selection { from: some("host"), ..Selection::default() };
    assert_eq!(pairs(&ask("", &from)), [("instance/host", "s3://photos"), ("instance/host", "s3://team-notes")]);
    let to = Selection { to: some("https://example.com"), ..Selection::default() };
    assert_eq!(pairs(&ask("", &to)), [("function/one", "example.com"), ("function/two", "example.com")]);
}

#[test]
fn expectations_are_the_questions_unless_something_is_chosen() {
    let expect = r#"{ "from": "one", "to": "s3://photos", "carriers": ["vpce-s3"] }"#;
    let answer = ask(expect, &Selection::default());
    assert_eq!(pairs(&answer), [("function/one", "s3://photos")]);
    assert_eq!((answer.checks[0].expected, answer.checks[0].as_expected), (Some(Verdict::Succeeds), Some(true)));
    let chosen = Selection { from: some("two"), to: some("s3://photos"), ..Selection::default() };
    let answer = ask(expect, &chosen);
    assert_eq!(pairs(&answer), [("function/two", "s3://photos")]);
    assert_eq!(answer.checks[0].as_expected, None);
}

#[test]
fn reasons_and_carriers_count_beside_the_verdict() {
    let expect = r#"{ "from": "one", "to": "s3://photos", "carriers": ["nat-a"], "because": ["BAD_STATE"] }"#;
    let check = &ask(expect, &Selection::default()).checks[0];
    assert_eq!(check.verdict, Verdict::Succeeds);
    assert_eq!(check.as_expected, Some(false));
    assert_eq!(check.unmet, ["BAD_STATE is not among the reasons.", "nat-a does not carry the traffic."]);
}

/// A typing mistake must not pass for an expected `undetermined`.
#[test]
fn a_question_without_sense_is_never_as_expected() {
    let answer = ask(r#"{ "from": "oen", "to": "s3://photos", "verdict": "undetermined" }"#, &Selection::default());
    assert_eq!(answer.checks[0].verdict, Verdict::Undetermined);
    assert_eq!(answer.checks[0].as_expected, Some(false));
    let diagnostic = answer.diagnostics.iter().find(|diagnostic| diagnostic.code == "noSuchWorkload").unwrap();
    assert_eq!((diagnostic.severity, diagnostic.path.as_str()), (Severity::Error, "/expect/0/from"));
    assert!(diagnostic.message.contains("Nearest: one"), "{}", diagnostic.message);
}

#[test]
fn the_region_of_the_selection_is_for_documents_that_name_none() {
    let text = "{ \"functions\": { \"fn\": {} }, \"buckets\": { \"photos\": {} } }";
    let document = Document::from_json(text).document;
    let tokyo = Selection { region: some("ap-northeast-1"), ..Selection::default() };
    let answer = check(&document, &tokyo, Language::English);
    assert!(answer.checks[0].hops.iter().any(|hop| hop.detail.contains("ap-northeast-1")), "{:?}", answer.checks);
    let answer = ask("", &tokyo);
    assert!(answer.checks[0].hops.iter().all(|hop| !hop.detail.contains("ap-northeast-1")));
}

#[test]
fn nothing_to_ask_about_is_an_error_with_help() {
    let answer = check(&Document::default(), &Selection::default(), Language::English);
    assert_eq!(answer.checks, []);
    assert!(answer.has_errors());
    assert_eq!(answer.diagnostics[0].code, "nothingToCheck");
    assert!(!answer.diagnostics[0].help.is_empty());
}

/// Read as AWS's default, a misspelt list of rules would allow everything. What such a resource decides cannot be told;
/// a field that is like no other is a remark.
#[cfg(feature = "yaml")]
#[test]
fn fields_that_are_lost_are_no_defaults() {
    let reading = Document::from_yaml(MISSPELT);
    assert_eq!(reading.problems.len(), 5, "{:?}", reading.problems);
    let answer = check(&reading.document, &Selection::default(), Language::English);
    let verdicts: Vec<(&str, Option<bool>)> =
        answer.checks.iter().map(|check| (check.from.as_str(), check.as_expected)).collect();
    assert!(verdicts.iter().all(|(_, as_expected)| *as_expected == Some(true)), "{verdicts:?}");
}

#[cfg(feature = "yaml")]
const MISSPELT: &str = r#"
vpcs:
  main: { cidr: 10.0.0.0/16 }
subnets:
  private: { cidr: 10.0.1.0/24 }
  behind-text: { cidr: 10.0.2.0/24 }
vpcEndpoints:
  s3-endpoint: { service: s3, routeTables: [private-routes] }
routeTables:
  private-routes: { main: true }
networkAcls:
  text-for-a-rule:
    subnets: [behind-text]
    ingress: [{ ruleNumber: 100, action: allow, cidr: 0.0.0.0/0 }]
    egress: [deny everything, { ruleNumber: 100, action: allow, cidr: 0.0.0.0/0 }]
securityGroups:
  good: {}
  misspelt: { egres: [] }
  misspelt-port: { egress: [{ protocol: tcp, prot: 22, peer: 0.0.0.0/0 }] }
  wrong-type: { egress: nothing }
  with-remark: { costCentre: 42 }
functions:
  with-good: { subnets: [private], securityGroups: [good] }
  with-misspelt: { subnets: [private], securityGroups: [misspelt] }
  with-misspelt-port: { subnets: [private], securityGroups: [misspelt-port] }
  with-wrong-type: { subnets: [private], securityGroups: [wrong-type] }
  with-remark: { subnets: [private], securityGroups: [with-remark] }
  behind-text: { subnets: [behind-text], securityGroups: [good] }
buckets:
  photos: {}
expect:
  - { from: with-good, to: "s3://photos", carriers: [s3-endpoint] }
  - { from: with-misspelt, to: "s3://photos", verdict: undetermined }
  - { from: with-misspelt-port, to: "s3://photos", verdict: undetermined }
  - { from: with-wrong-type, to: "s3://photos", verdict: undetermined }
  - { from: with-remark, to: "s3://photos", carriers: [s3-endpoint] }
  - { from: behind-text, to: "s3://photos", verdict: undetermined }
"#;

#[test]
fn the_sentence_names_a_blocker_that_fails_as_the_verdict_says() {
    let reading = Document::from_json(
        r#"{
  "region": "eu-west-1",
  "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
  "subnets": { "private-a": { "cidr": "10.0.1.0/24" }, "private-b": { "cidr": "10.0.2.0/24" } },
  "routeTables": { "rtb-a": { "subnets": ["private-a"] }, "rtb-b": { "subnets": ["private-b"] } },
  "vpcEndpoints": { "vpce-s3": { "service": "s3", "routeTables": ["rtb-a"] } },
  "roles": { "reader": {
    "managedPolicies": ["arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"] } },
  "functions": { "one": { "subnets": ["private-a", "private-b"], "role": "reader" } },
  "buckets": { "photos": {} }
}"#,
    );
    assert_eq!(reading.problems, []);
    let answer = check(&reading.document, &Selection::default(), Language::English);
    let [check] = answer.checks.as_slice() else { panic!("one check: {answer:?}") };
    assert_eq!(check.verdict, Verdict::TimesOut);
    let codes: Vec<_> = check.blockers.iter().map(|blocker| blocker.code).collect();
    assert!(codes.contains(&ReasonCode::IdentityPolicyDenies), "{codes:?}");
    assert!(check.summary.starts_with("Route table rtb-b "), "{}", check.summary);
}
