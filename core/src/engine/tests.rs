//! What a question may take at most. The wrong answers of the engine are looked for by scenarios and by comparison.

use super::analyze_within;
use super::budget::Budget;
use crate::analysis::Analysis;
use crate::document::Document;
use crate::fact::{Fact, Missing};
use crate::network::Network;
use crate::query::Query;
use crate::verdict::Verdict;

/// A function behind a NAT gateway, with network ACLs of that many rules: stripes of addresses that cross stripes of
/// ports.
fn behind_crossing_acls(rules: usize) -> Document {
    let stripe = |index: usize| {
        let (cidr, ports) = if index.is_multiple_of(2) {
            (format!("{}.0.0.0/8", 16 + index / 2 % 200), "0-65535".to_owned())
        } else {
            ("0.0.0.0/0".to_owned(), format!("{}-{}", 1_024 + index * 60, 1_053 + index * 60))
        };
        format!(
            "        - {{ ruleNumber: {}, action: allow, protocol: tcp, port: {ports}, cidr: {cidr} }}\n",
            index + 1
        )
    };
    let mut list: String = (0..rules).map(stripe).collect();
    list.push_str("        - { ruleNumber: 30000, action: allow, protocol: all, cidr: 0.0.0.0/0 }\n");
    let acl = |name: &str, subnet: &str| {
        format!("  {name}:\n    subnets: [{subnet}]\n    ingress:\n{list}    egress:\n{list}")
    };
    let text = format!(
        "vpcs:\n  main: {{ cidr: 10.0.0.0/16 }}\n\
         subnets:\n  a: {{ cidr: 10.0.0.0/24 }}\n  public: {{ cidr: 10.0.1.0/24 }}\n\
         internetGateways:\n  igw: {{}}\n\
         natGateways:\n  nat: {{ subnet: public, elasticIps: [198.51.100.1] }}\n\
         routeTables:\n  private: {{ main: true, routes: [{{ destination: 0.0.0.0/0, target: nat }}] }}\n  \
         outside: {{ subnets: [public], routes: [{{ destination: 0.0.0.0/0, target: igw }}] }}\n\
         networkAcls:\n{}{}\
         functions:\n  worker: {{ subnets: [a] }}\n",
        acl("one", "a"),
        acl("two", "public"),
    );
    let reading = Document::from_yaml(&text);
    assert!(reading.problems.is_empty(), "{:?}\n{text}", reading.problems);
    reading.document
}

/// The answer for a host on the Internet, whose address can be any public one, and parts and effort that it took.
fn asked(document: &Document) -> (Analysis, (usize, usize)) {
    let (network, _) = Network::resolve(document);
    let query = Query { from: "worker".to_owned(), to: "https://example.com".to_owned(), ..Query::default() };
    let budget = Budget::new();
    let analysis = analyze_within(&network, &query, &budget);
    (analysis, budget.used())
}

fn gave_up(analysis: &Analysis) -> bool {
    let hops = analysis.paths.iter().flat_map(|path| &path.hops);
    hops.map(|hop| &*hop.fact).any(|fact| *fact == Fact::NotKnown(Missing::TooManyParts))
}

#[test]
fn a_plain_question_takes_one_part() {
    let (analysis, (parts, effort)) = asked(&behind_crossing_acls(0));
    assert_eq!((analysis.verdict, parts), (Verdict::Succeeds, 1));
    assert!(effort < 1_000, "{effort}");
}

#[test]
fn rules_within_quotas_are_followed_to_the_end() {
    let (analysis, (parts, _)) = asked(&behind_crossing_acls(20));
    assert_eq!(analysis.verdict, Verdict::Succeeds);
    assert!((100..1_000).contains(&parts), "{parts}");
}

#[test]
fn too_many_parts_are_undetermined_and_cost_what_the_budget_says() {
    for rules in [100, 200, 400] {
        let (analysis, (parts, effort)) = asked(&behind_crossing_acls(rules));
        assert_eq!(analysis.verdict, Verdict::Undetermined, "{rules} rules");
        assert!(gave_up(&analysis), "{rules} rules");
        assert!(parts <= 1_000 && effort <= 2_000_000, "{rules} rules: {parts} parts, effort {effort}");
        let hops: usize = analysis.paths.iter().map(|path| path.hops.len()).sum();
        assert!(hops <= 4_000, "{rules} rules: {hops} hops");
    }
}

/// What is certainly lost is lost, however many parts there are.
#[test]
fn traffic_that_is_lost_anyway_is_no_matter_of_doubt() {
    let mut document = behind_crossing_acls(400);
    document.nat_gateways.get_mut("nat").unwrap().state = Some("failed".to_owned());
    document.network_acls.get_mut("one").unwrap().egress.clear();
    let (analysis, _) = asked(&document);
    assert_eq!(analysis.verdict, Verdict::TimesOut);
}

/// Every blocker stays in the answer and can be pointed at, even where not every path is listed.
#[test]
fn an_answer_that_lists_some_paths_has_one_for_each_blocker() {
    let mut document = behind_crossing_acls(40);
    let rules = &mut document.network_acls.get_mut("one").unwrap().ingress;
    rules.iter_mut().for_each(|rule| rule.action = "deny".to_owned());
    let (analysis, _) = asked(&document);
    assert!(!analysis.blockers.is_empty());
    for blocker in &analysis.blockers {
        let (path, hop) = blocker.places.first().copied().unwrap();
        let hop = analysis.paths.get(path).and_then(|path| path.hops.get(hop)).unwrap();
        assert_eq!((&hop.component, hop.fact.code()), (&blocker.component, blocker.fact.code()));
    }
}
