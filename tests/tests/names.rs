//! DNS Firewall and Resolver rules (R1.15, R1.16): the engine and the naive implementation say the same, and what holds
//! for every list of rules.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use vpcreach::Verdict;
use vpcreach::document::Document;
use vpcreach::engine::analyze;
use vpcreach::network::Network;
use vpcreach_tests::naive_names::{FirewallRule, Outcome, ResolverRule, resolve};

const NAME: &str = "photos.s3.us-east-1.amazonaws.com";

const PATTERNS: [&str; 13] = [
    "*",
    "*.com",
    "*.amazonaws.com",
    "*amazonaws.com",
    "*aws.com",
    "*.s3.us-east-1.amazonaws.com",
    "s3.us-east-1.amazonaws.com",
    NAME,
    "*.photos.s3.us-east-1.amazonaws.com",
    "s3-1.amazonaws.com",
    "amazonaws.com",
    "*.example.com",
    "example.com",
];

const DOMAINS: [&str; 6] = [".", "com", "amazonaws.com", "us-east-1.amazonaws.com", NAME, "example.com"];

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 1_500,
        rng_seed: RngSeed::Fixed(20_261_130),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn firewall_rule() -> impl Strategy<Value = FirewallRule> {
    let action = prop::sample::select(vec![Some("ALLOW"), Some("ALERT"), Some("BLOCK"), Some("BLOCK"), None]);
    let domains = prop::option::weighted(0.9, prop::collection::vec(prop::sample::select(PATTERNS.to_vec()), 0..3));
    (action, domains, any::<bool>()).prop_map(|(action, domains, trusts)| FirewallRule { action, domains, trusts })
}

fn resolver_rules() -> impl Strategy<Value = Vec<ResolverRule>> {
    let rule = |domain: Option<&'static str>| {
        prop::option::of(prop::sample::select(vec!["FORWARD", "SYSTEM"]))
            .prop_map(move |of_type| of_type.map(|of_type| ResolverRule { domain, of_type }))
    };
    let known: Vec<_> = DOMAINS.into_iter().map(|domain| rule(Some(domain))).collect();
    let unknown = prop::option::weighted(0.1, rule(None)).prop_map(Option::flatten);
    (known, unknown).prop_map(|(mut rules, unknown)| {
        rules.push(unknown);
        rules.into_iter().flatten().collect()
    })
}

fn verdict(firewall: &[FirewallRule], resolver: &[ResolverRule], zone: Option<&str>) -> Verdict {
    let without_null = |mut value: Value| {
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|_, field| !field.is_null());
        }
        value
    };
    let firewall: Vec<Value> = firewall
        .iter()
        .map(|rule| {
            without_null(json!({
                "action": rule.action,
                "domains": rule.domains,
                "firewallDomainRedirectionAction": rule.trusts.then_some("TRUST_REDIRECTION_DOMAIN"),
            }))
        })
        .collect();
    let resolver: Vec<Value> =
        resolver.iter().map(|rule| without_null(json!({ "domain": rule.domain, "type": rule.of_type }))).collect();
    let zones = zone.map_or(json!({}), |zone| json!({ "zone": { "domain": zone } }));
    let document = json!({
        "region": "us-east-1",
        "vpcs": { "main": {
            "cidr": "10.0.0.0/16", "enableDnsHostnames": true, "dnsFirewallRules": firewall, "resolverRules": resolver,
        } },
        "subnets": { "private": { "cidr": "10.0.1.0/24" } },
        "routeTables": { "table": { "subnets": ["private"] } },
        "vpcEndpoints": { "s3": { "service": "s3", "routeTables": ["table"] } },
        "securityGroups": { "group": {} },
        "privateHostedZones": zones,
        "functions": {
            "f": { "subnets": ["private"], "securityGroups": ["group"], "client": { "names": "regional" } },
        },
        "buckets": { "photos": {} },
        "expect": [{ "from": "f", "to": "s3://photos" }],
    });
    let reading = Document::read(&document.to_string());
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let (network, problems) = Network::resolve(&reading.document);
    assert!(problems.is_empty(), "{problems:?}");
    let query = reading.document.expect.first().map(|expected| expected.query()).unwrap_or_default();
    analyze(&network, &query).verdict
}

#[test]
fn the_engine_and_the_naive_implementation_say_the_same() {
    let (known, open) = (Cell::new(0), Cell::new(0));
    proptest!(config(), |(
        firewall in prop::collection::vec(firewall_rule(), 0..4),
        resolver in resolver_rules(),
        zone in prop::option::weighted(0.3, prop::sample::select(DOMAINS[1..].to_vec())),
        with_resolver in any::<bool>(),
    )| {
        let resolver = if with_resolver { resolver } else { Vec::new() };
        let naive = resolve(NAME, &firewall, &resolver, zone);
        match verdict(&firewall, &resolver, zone) {
            Verdict::Undetermined => open.set(open.get() + i32::from(naive != Outcome::Unknown)),
            Verdict::Succeeds => prop_assert_eq!(naive, Outcome::Public),
            Verdict::NameNotResolved => prop_assert_eq!(naive, Outcome::Nothing),
            other => prop_assert!(false, "{other:?}"),
        }
        known.set(known.get() + i32::from(naive != Outcome::Unknown));
    });
    let (known, open) = (known.get(), open.get());
    assert!(known > 300, "{known} known");
    assert!(open * 50 < known, "{open} of {known} are left open");
}

#[test]
fn a_first_rule_that_allows_and_trusts_lets_the_name_pass() {
    let allow = FirewallRule { action: Some("ALLOW"), domains: Some(vec![NAME]), trusts: true };
    proptest!(config(), |(firewall in prop::collection::vec(firewall_rule(), 0..4))| {
        let firewall: Vec<FirewallRule> = std::iter::once(allow.clone()).chain(firewall).collect();
        prop_assert_eq!(verdict(&firewall, &[], None), Verdict::Succeeds);
    });
}

#[test]
fn rules_that_let_pass_and_trust_change_nothing_that_succeeds() {
    proptest!(config(), |(
        firewall in prop::collection::vec(firewall_rule(), 0..4),
        more in firewall_rule(),
        at in any::<prop::sample::Index>(),
    )| {
        let before = verdict(&firewall, &[], None);
        let mut after = firewall;
        let action = if more.action == Some("BLOCK") { Some("ALLOW") } else { more.action.or(Some("ALERT")) };
        after.insert(at.index(after.len() + 1), FirewallRule { action, trusts: true, ..more });
        if before == Verdict::Succeeds {
            prop_assert_eq!(verdict(&after, &[], None), Verdict::Succeeds);
        }
    });
}
