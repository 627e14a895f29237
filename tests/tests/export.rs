//! Documents in the languages of other tools: exported, imported, and asked the same questions.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod evaluated;

use std::collections::{BTreeMap, BTreeSet};

use hcl::{Body, Structure};
use vpcreach::answer::Severity;
use vpcreach::export::{Exported, Format, Sources, change, cloudformation, terraform};
use vpcreach::{Document, Language, Network, engine::analyze};
use vpcreach_tests::{differences::guarded, scenario};

use evaluated::{imported, renamed};

/// The document's text without what is asked of it.
fn without_questions(document: &Document) -> String {
    Document { expect: Vec::new(), ..document.clone() }.to_json()
}

/// Exports every scenario that the tool can say, imports it again, and compares the answers; how many there were.
fn compare(export: impl Fn(&Document) -> Exported, import: impl Fn(&str, &Document) -> Document) -> usize {
    let mut asked = 0;
    for scenario in scenario::all().unwrap() {
        let document = &scenario.document;
        let exported = export(document);
        if !exported.left_out.is_empty() {
            continue;
        }
        let (network, problems) = Network::resolve(document);
        if problems.iter().any(|problem| problem.kind.severity() == Severity::Error) {
            continue;
        }
        let (again, _) = Network::resolve(&import(&exported.text, document));
        for expectation in &document.expect {
            let query = expectation.query();
            // A public address that AWS assigns is another one after deployment.
            let host = query.to.rsplit_once(':').map_or(query.to.as_str(), |(host, _)| host);
            if host.parse::<std::net::Ipv4Addr>().is_ok() && without_questions(document).contains(host) {
                continue;
            }
            let mut other = query.clone();
            other.from = renamed(&query.from, &exported.names);
            other.to = renamed(&query.to, &exported.names);
            let (one, two) = (analyze(&network, &query), analyze(&again, &other));
            assert_eq!(two.verdict, one.verdict, "{}: {} → {}\n{}", scenario.name, other.from, other.to, exported.text);
            let codes = |analysis: &vpcreach::Analysis| -> Vec<_> {
                analysis.blockers.iter().filter_map(|blocker| blocker.fact.code()).collect()
            };
            assert_eq!(codes(&two), codes(&one), "{}: {} → {}", scenario.name, other.from, other.to);
            asked += 1;
        }
    }
    asked
}

#[test]
fn every_scenario_that_a_template_can_say_gets_the_same_answers_from_it() {
    let asked = compare(cloudformation, |text, document| imported("template.json", text, document));
    assert!(asked > 60, "only {asked} questions of scenarios that a template can say");
}

#[test]
fn every_scenario_that_terraform_can_say_gets_the_same_answers_from_it() {
    let asked = compare(terraform, |text, document| {
        imported("state.json", &evaluated::state(&evaluated::resources(text)), document)
    });
    assert!(asked > 60, "only {asked} questions of scenarios that Terraform can say");
}

/// Every type with its arguments is one of the provider's, and none that is required is missing.
#[test]
fn terraform_has_arguments_that_the_provider_takes() {
    let table: BTreeMap<&str, BTreeSet<&str>> = include_str!("../terraform-arguments.txt")
        .lines()
        .map(|line| {
            let (of_type, arguments) = line.split_once(':').unwrap();
            (of_type, arguments.split_whitespace().collect())
        })
        .collect();
    let mut used = BTreeSet::new();
    // What no scenario has.
    let rare = r#"{ "vpcs": { "main": { "cidr": "10.0.0.0/16" } }, "vpcEndpoints": { "s3": { "service": "s3" } },
        "securityGroups": { "default": { "ingress": [{ "peer": "default" }, { "port": 443, "peer": "10.0.0.0/8" }],
          "egress": [] } },
        "buckets": { "photos": { "policy": { "Statement": [{ "Effect": "Deny", "Principal": "*" }] } } } }"#;
    let documents = scenario::all().unwrap().into_iter().map(|scenario| (scenario.name, scenario.document));
    let documents = documents.chain([("rare".to_owned(), Document::read(rare).document)]);
    let texts = documents.map(|(name, document)| (name, terraform(&document).text));
    // Roles and keys are there already, so that only changes are about them.
    let (name, before, after) = guarded();
    let policies = change(&Document::default(), &after, Format::Terraform, Language::English, &Sources::default());
    let cure = change(&before, &after, Format::Terraform, Language::English, &Sources::default());
    for (name, text) in texts.chain([(name, policies.text), ("cure".to_owned(), cure.text)]) {
        for resource in evaluated::resources(&text) {
            let prefix = if resource.mode == "data" { "data " } else { "" };
            let of_type = format!("{prefix}{}", resource.of_type);
            let Some(known) = table.get(of_type.as_str()) else { panic!("{name}: {of_type} is no type") };
            let names = arguments("", &resource.body);
            for argument in &names {
                let is_known = known.contains(argument.as_str()) || argument == "depends_on";
                assert!(is_known, "{name}: {of_type} has no {argument}");
            }
            // Of what is there already, a change gives only what differs.
            let is_new = name != "cure" || of_type == "aws_iam_role_policy";
            for needed in known.iter().filter_map(|name| name.strip_prefix('!')).filter(|_| is_new) {
                assert!(names.contains(needed), "{name}: {of_type} needs {needed}");
            }
            used.insert(of_type);
        }
    }
    let unused: Vec<_> = table.keys().filter(|of_type| !used.contains(**of_type)).collect();
    assert!(unused.is_empty(), "types that nothing shows: {unused:?}");
}

#[test]
fn what_a_template_cannot_say_is_named() {
    let document = Document::read(
        r#"{ "vpcs": { "main": { "cidr": "10.0.0.0/16" } }, "subnets": { "a": { "cidr": "10.0.0.0/24" } },
            "transitGateways": { "tgw": {} },
            "routeTables": { "r": { "subnets": ["a"], "routes": [
              { "destination": "0.0.0.0/0", "target": "tgw" },
              { "destination": "10.9.0.0/16", "target": "tgw", "state": "blackhole" }] } } }"#,
    )
    .document;
    let exported = cloudformation(&document);
    assert_eq!(exported.left_out, ["/routeTables/r/routes/0", "/routeTables/r/routes/1", "/transitGateways/tgw"]);
    assert_eq!(exported.names["routeTable/r"], "R");
    assert_eq!(terraform(&document).left_out, exported.left_out);
    assert_eq!(terraform(&document).names["routeTable/r"], "aws_route_table.r");
}

/// AWS's own egress rule goes away with the first rule of a group itself, and not with one that names another group.
/// What a plan does not tell of a policy stands as `null`, which AWS takes for no policy.
#[test]
fn a_policy_that_is_known_in_part_is_named() {
    let policy = r#"{ "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": null }] }"#;
    let text = format!(r#"{{ "buckets": {{ "photos": {{ "policy": {policy} }} }} }}"#);
    let document = Document::read(&text).document;
    for exported in [cloudformation(&document), terraform(&document)] {
        assert_eq!(exported.left_out, ["/buckets/photos/policy"]);
        assert!(!exported.text.contains("null"), "{}", exported.text);
    }
}

#[test]
fn a_group_that_sends_to_a_group_only_does_not_stay_open() {
    let document = Document::read(
        r#"{ "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
            "securityGroups": { "a": { "egress": [{ "peer": "b" }] }, "b": {} } }"#,
    )
    .document;
    let template: serde_json::Value = serde_json::from_str(&cloudformation(&document).text).unwrap();
    let inline = &template["Resources"]["A"]["Properties"]["SecurityGroupEgress"];
    assert_eq!(inline[0]["CidrIp"], "255.255.255.255/32");
    assert_eq!(template["Resources"]["B"]["Properties"]["SecurityGroupEgress"], serde_json::Value::Null);
}

/// The names of arguments and blocks, those inside blocks with the block's name and a point before them.
fn arguments(prefix: &str, body: &Body) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for structure in body.iter() {
        match structure {
            Structure::Attribute(attribute) => drop(names.insert(format!("{prefix}{}", attribute.key))),
            Structure::Block(block) => {
                names.insert(format!("{prefix}{}", block.identifier));
                names.extend(arguments(&format!("{prefix}{}.", block.identifier), &block.body));
            }
        }
    }
    names
}

/// An access point is made with its bucket, and comes back as it was.
#[test]
fn access_points_come_back_from_every_tool() {
    let policy = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*" }] }"#;
    let text = format!(
        r#"{{ "region": "eu-west-1", "vpcs": {{ "main": {{ "cidr": "10.0.0.0/16" }} }}, "buckets": {{ "photos": {{}} }},
        "accessPoints": {{ "reports": {{ "bucket": "photos", "vpc": "main", "policy": {policy},
            "publicAccessBlock": {{ "restrictPublicBuckets": true, "blockPublicAcls": true, "ignorePublicAcls": true, "blockPublicPolicy": true }} }},
          "some": {{ "bucket": "photos", "vpc": "unknown" }} }} }}"#
    );
    let document = Document::read(&text).document;
    for (exported, file) in [(cloudformation(&document), "template.json"), (terraform(&document), "main.tf")] {
        assert_eq!(exported.left_out, ["/accessPoints/some"], "{}", exported.text);
        for said in ["reports", "estrict"] {
            assert!(exported.text.contains(said), "{}", exported.text);
        }
        if file == "template.json" {
            let again = imported(file, &exported.text, &document);
            let name = &exported.names["accessPoint/reports"];
            let point = &again.access_points[name.as_str()];
            assert_eq!(point.access_point_name.as_deref(), Some("reports"));
            let value = |policy: &Option<vpcreach::json::Json>| serde_json::to_value(policy).unwrap();
            assert_eq!(value(&point.policy), value(&document.access_points["reports"].policy));
            assert_eq!(point.public_access_block, document.access_points["reports"].public_access_block);
            assert!(again.vpcs.contains_key(point.vpc.as_deref().unwrap()));
            assert!(again.buckets.contains_key(point.bucket.as_str()));
        }
    }
}
