//! Documents as templates: exported, imported, and asked the same questions.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;

use vpcreach::export::cloudformation;
use vpcreach::import::{ImportOptions, SourceFile, import};
use vpcreach::{Document, Network, engine::analyze};
use vpcreach_tests::scenario;

/// What a component of a question is called in the template.
fn renamed(text: &str, names: &BTreeMap<String, String>) -> String {
    let bucket = text.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")));
    if let Some((bucket, key)) = bucket {
        let name = names.get(&format!("bucket/{bucket}")).map_or(bucket, String::as_str);
        return if key.is_empty() { format!("s3://{name}") } else { format!("s3://{name}/{key}") };
    }
    let kinds = ["function", "instance", "networkInterface"];
    let found = kinds.iter().find_map(|kind| Some(format!("{kind}/{}", names.get(&format!("{kind}/{text}"))?)));
    found
        .or_else(|| names.get(text).map(|name| format!("{}/{name}", text.split('/').next().unwrap())))
        .unwrap_or(text.to_owned())
}

fn imported(text: &str, document: &Document) -> Document {
    let options = ImportOptions { region: document.region.clone(), ..ImportOptions::default() };
    let imported = import(&[SourceFile::new("template.json", text.as_bytes())], &options);
    assert!(imported.problems.is_empty(), "{:?}\n{text}", imported.problems);
    imported.document
}

/// The document's text without what is asked of it.
fn without_questions(document: &Document) -> String {
    Document { expect: Vec::new(), ..document.clone() }.to_json()
}

#[test]
fn every_scenario_that_a_template_can_say_gets_the_same_answers_from_it() {
    let mut asked = 0;
    for scenario in scenario::all().unwrap() {
        let document = &scenario.document;
        let exported = cloudformation(document);
        if !exported.left_out.is_empty() {
            continue;
        }
        let (network, problems) = Network::resolve(document);
        if problems.iter().any(|problem| problem.kind.severity() == vpcreach::answer::Severity::Error) {
            continue;
        }
        let (again, _) = Network::resolve(&imported(&exported.text, document));
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
    assert!(asked > 60, "only {asked} questions of scenarios that a template can say");
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
}
