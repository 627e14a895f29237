//! Every failing scenario has cures that are proven, minimal and described, or a reason why there is none.

use std::collections::BTreeMap;
use std::fmt::Write;

use vpcreach::edit::apply;
use vpcreach::engine::analyze;
use vpcreach::repair::{CheckRepairs, CureKind, EffectKind, RepairOptions, WhyNone, repair};
use vpcreach::{Document, Language, Network, Selection, Verdict, check};
use vpcreach_tests::cures::{Case, all, wire};
use vpcreach_tests::fuzz::Numbers;
use vpcreach_tests::generate::{Choices, document, questions};
use vpcreach_tests::scenario;

/// What mends each failing check, or why nothing does.
const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/cures.txt");

#[test]
fn cures_of_every_scenario_are_proven_minimal_and_listed() {
    let cases = all().unwrap();
    let failures: Vec<String> = cases.iter().flat_map(Case::failures).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));

    let mut list = String::from(
        "# What mends each failing check of the scenarios, best first, or why nothing does.\n\
         # Made by `VPCREACH_BLESS=1 cargo nextest run -p vpcreach-tests --test repairs`.\n",
    );
    for case in &cases {
        write!(list, "{}: ", case.title).unwrap();
        match &case.repairs.why_none {
            Some(reason) => writeln!(list, "none, {}", wire(&reason.code)).unwrap(),
            None => {
                let kinds: Vec<String> = case.repairs.cures.iter().map(|cure| wire(&cure.kind)).collect();
                writeln!(list, "{}", kinds.join(", ")).unwrap();
            }
        }
    }
    if std::env::var_os("VPCREACH_BLESS").is_some() {
        std::fs::write(LIST, &list).unwrap();
    }
    let checked_in = std::fs::read_to_string(LIST).unwrap_or_default();
    assert!(checked_in == list, "tests/cures.txt is out of date: run with VPCREACH_BLESS=1 and look at the difference");

    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for cure in cases.iter().flat_map(|case| &case.repairs.cures) {
        *kinds.entry(wire(&cure.kind)).or_default() += 1;
    }
    let runs: u32 = cases.iter().map(|case| case.engine_runs).sum();
    println!("{} checks, {runs} engine runs, {kinds:?}", cases.len());
}

#[test]
fn the_same_document_gives_the_same_cures() {
    let scenario =
        scenario::all().unwrap().into_iter().find(|one| one.name == "article/internet-gateway-only").unwrap();
    let text = scenario.document.to_json();
    let options = RepairOptions { expectation: Some(0), ..RepairOptions::default() };
    let once = repair(&text, &Selection::default(), &options, Language::English);
    assert_eq!(once, repair(&text, &Selection::default(), &options, Language::English));
    // The words are all that a language changes.
    let japanese = repair(&text, &Selection::default(), &options, Language::Japanese);
    for (english, japanese) in once.checks[0].cures.iter().zip(&japanese.checks[0].cures) {
        assert_eq!(english.edit, japanese.edit);
        assert_ne!(english.title, japanese.title);
    }
}

const TWO_WAYS: &str = r#"{
  "region": "ap-northeast-1",
  "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
  "subnets": { "public": { "cidr": "10.0.0.0/24" }, "private": { "cidr": "10.0.1.0/24" } },
  "routeTables": {
    "rtb-public": { "subnets": ["public"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] },
    "rtb-private": { "subnets": ["private"], "routes": [{ "destination": "0.0.0.0/0", "target": "nat" }] }
  },
  "internetGateways": { "igw": {} },
  "natGateways": { "nat": { "subnet": "public", "elasticIps": ["198.51.100.10"] } },
  "securityGroups": { "sg": {} },
  "functions": { "reader": { "subnets": ["private"], "securityGroups": ["sg"], "runtime": "nodejs22.x" } },
  "buckets": { "photos": {} }
}"#;

#[test]
fn traffic_of_s3_through_a_nat_gateway_becomes_cheaper_by_an_endpoint() {
    let repairs = repair(TWO_WAYS, &Selection::default(), &RepairOptions::default(), Language::English);
    let check = &repairs.checks[0];
    assert_eq!(check.why_none.as_ref().map(|reason| reason.code), Some(WhyNone::Succeeds));
    let carried = check.carried.as_ref().unwrap();
    assert_eq!(carried.carriers, ["natGateway/nat", "internetGateway/igw"]);
    // 730 hours of gateway and address, and 100 GB, at Tokyo's prices.
    assert_eq!(carried.cost.cents_per_month, 4526 + 365 + 620);
    let endpoint = check.improvements.iter().find(|one| one.kind == CureKind::CreateGatewayEndpoint).unwrap();
    assert_eq!(endpoint.cost.cents_per_month, -620);
    assert_eq!(endpoint.carriers, ["vpcEndpoint/vpce-s3"]);
    assert_eq!(endpoint.cost.region, "ap-northeast-1");
    assert_eq!(endpoint.cost.note, "");
}

#[test]
fn prices_of_other_regions_say_so() {
    let text = TWO_WAYS.replace("ap-northeast-1", "eu-central-1");
    let repairs = repair(&text, &Selection::default(), &RepairOptions::default(), Language::English);
    let cost = &repairs.checks[0].carried.as_ref().unwrap().cost;
    assert_eq!(cost.region, "us-east-1");
    assert!(cost.note.contains("eu-central-1"), "{}", cost.note);
}

/// Two functions in one subnet without a way out; the document says what must stay closed.
fn closed(expect: &str) -> String {
    let text = r#"{
      "region": "ap-northeast-1",
      "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
      "subnets": { "private": { "cidr": "10.0.1.0/24" } },
      "routeTables": { "rtb": { "subnets": ["private"] } },
      "securityGroups": { "sg": {} },
      "functions": {
        "reader": { "subnets": ["private"], "securityGroups": ["sg"], "runtime": "nodejs22.x" },
        "other": { "subnets": ["private"], "securityGroups": ["sg"], "runtime": "nodejs22.x" }
      },
      "buckets": { "photos": {} },
      "expect": EXPECT
    }"#;
    text.replace("EXPECT", expect)
}

#[test]
fn what_must_stay_closed_stays_closed_or_is_said_to_open() {
    let text = closed(
        r#"[{ "from": "reader", "to": "s3://photos" },
            { "from": "other", "to": "https://example.com", "verdict": "timesOut" }]"#,
    );
    let repairs = repair(&text, &Selection::default(), &RepairOptions::default(), Language::English);
    let [asked, kept] = &repairs.checks[..] else { panic!("two checks") };
    assert_eq!(kept.why_none.as_ref().map(|reason| reason.code), Some(WhyNone::AsExpected));
    let first = &asked.cures[0];
    assert_eq!((first.kind, first.breaks.len()), (CureKind::CreateGatewayEndpoint, 0));
    // The route to a NAT gateway would be that of the other function too, so those cures come last and say it.
    let nat = asked.cures.iter().position(|cure| cure.kind == CureKind::CreateNatGateway).unwrap();
    assert_eq!(asked.cures[nat].breaks.len(), 1);
    assert!(
        asked.cures[nat]
            .opens
            .iter()
            .any(|effect| effect.kind == EffectKind::InternetOut && effect.from == "function/other")
    );
    assert!(!asked.cures[nat].warnings.is_empty());
    assert!(asked.cures[nat..].iter().all(|cure| !cure.breaks.is_empty()));
    // One failing check needs no cure for several.
    assert!(repairs.together.is_empty());
}

/// A function that reaches what it must not, and a bucket that it has to reach.
const OPEN: &str = r#"{
  "region": "ap-northeast-1",
  "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
  "subnets": { "private": { "cidr": "10.0.1.0/24" }, "public": { "cidr": "10.0.0.0/24" } },
  "internetGateways": { "igw": {} },
  "natGateways": { "nat": { "subnet": "public", "elasticIps": ["203.0.113.5"] } },
  "routeTables": {
    "rtb": { "subnets": ["private"], "routes": [{ "destination": "0.0.0.0/0", "target": "nat" }] },
    "rtb-public": { "subnets": ["public"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] }
  },
  "vpcEndpoints": { "vpce-s3": { "service": "s3", "routeTables": ["rtb"] } },
  "securityGroups": {
    "sg": { "egress": [{ "port": 443, "peer": "0.0.0.0/0" }, { "port": 5432, "peer": "sg-db" }] },
    "sg-db": { "ingress": [{ "port": 5432, "peer": "sg" }, { "port": "5000-6000", "peer": "10.0.0.0/16" }] }
  },
  "functions": { "reader": { "subnets": ["private"], "securityGroups": ["sg"], "runtime": "nodejs22.x" } },
  "instances": { "db": { "subnet": "private", "securityGroups": ["sg-db"] } },
  "buckets": { "photos": {} },
  "expect": [
    { "from": "reader", "to": "s3://photos" },
    { "from": "reader", "to": "https://example.com", "verdict": "timesOut" },
    { "from": "reader", "to": "db", "port": 5432, "verdict": "timesOut" }
  ]
}"#;

#[test]
fn what_must_stay_closed_and_is_open_is_closed_narrowly() {
    let repairs = repair(OPEN, &Selection::default(), &RepairOptions::default(), Language::English);
    let [kept, internet, database] = &repairs.checks[..] else { panic!("three checks") };
    assert!(kept.closings.is_empty());
    let kinds = |check: &CheckRepairs| check.closings.iter().map(|cure| cure.kind).collect::<Vec<_>>();
    // The rule that lets the function out to port 443 is that of its way to the bucket too.
    assert_eq!(kinds(internet), [CureKind::RemoveRoute]);
    assert_eq!(internet.closings[0].changes, ["route 0.0.0.0/0 → nat removed from rtb"]);
    assert_eq!(kinds(database), [CureKind::RemoveSecurityGroupRule; 2]);
    // Both rules admit the function, and so both have to go.
    let of_database = database.closings.iter().find(|cure| cure.title.contains("sg-db")).unwrap();
    assert_eq!((of_database.edit.steps.len(), &of_database.groups[..]), (2, &[2][..]));
    for (check, position) in [(internet, 1), (database, 2)] {
        assert_eq!(check.why_none.as_ref().map(|reason| reason.code), Some(WhyNone::MustStayClosed));
        for cure in &check.closings {
            let applied = apply(OPEN, &cure.edit, Language::English);
            let answer = check_again(&applied.text);
            assert_eq!(answer.checks[position].verdict, Verdict::TimesOut, "{}", cure.title);
            assert_eq!(answer.checks[0].verdict, Verdict::Succeeds, "{}", cure.title);
            assert!(cure.breaks.is_empty() && cure.opens.is_empty() && cure.verdict == Verdict::TimesOut);
        }
    }
    // The position of the question alone asks for the same.
    let options = RepairOptions { expectation: Some(1), ..RepairOptions::default() };
    let one = repair(OPEN, &Selection::default(), &options, Language::English);
    assert_eq!(one.checks[0].closings, internet.closings);
}

#[test]
fn nothing_is_closed_that_another_expectation_needs() {
    let text = OPEN.replace(r#""vpcEndpoints": { "vpce-s3": { "service": "s3", "routeTables": ["rtb"] } },"#, "");
    let repairs = repair(&text, &Selection::default(), &RepairOptions::default(), Language::English);
    let internet = &repairs.checks[1];
    assert!(internet.closings.is_empty());
    assert_eq!(internet.why_none.as_ref().map(|reason| reason.code), Some(WhyNone::NothingCloses));
    // Without the bucket's expectation, its way by the endpoint and that by the route are closed one behind the other.
    let text = OPEN.replace(
        r#"{ "from": "reader", "to": "s3://photos" },"#,
        r#"{ "from": "reader", "to": "s3://photos", "verdict": "timesOut" },"#,
    );
    let repairs = repair(&text, &Selection::default(), &RepairOptions::default(), Language::English);
    let routes = repairs.checks[0].closings.iter().find(|cure| cure.groups.len() == 2).unwrap();
    assert_eq!(
        routes.changes,
        ["route 0.0.0.0/0 → nat removed from rtb", "route table rtb disassociated from VPC endpoint vpce-s3"]
    );
}

fn check_again(text: &str) -> vpcreach::Answer {
    check(&Document::read(text).document, &Selection::default(), Language::English)
}

#[test]
fn several_failing_checks_are_mended_at_once() {
    let text =
        closed(r#"[{ "from": "reader", "to": "s3://photos" }, { "from": "other", "to": "https://example.com" }]"#);
    let repairs = repair(&text, &Selection::default(), &RepairOptions::default(), Language::English);
    assert!(!repairs.together.is_empty());
    for cure in &repairs.together {
        let applied = apply(&text, &cure.edit, Language::English);
        let answer = check(&Document::read(&applied.text).document, &Selection::default(), Language::English);
        assert!(answer.is_good() && !answer.has_errors(), "{}", cure.title);
    }
}

#[test]
fn reasons_for_no_cure_are_told() {
    let code = |text: &str, selection: &Selection| {
        let repairs = repair(text, selection, &RepairOptions::default(), Language::English);
        repairs.checks[0].why_none.as_ref().map(|reason| reason.code)
    };
    let to = |to: &str| Selection { from: Some("reader".into()), to: Some(to.into()), ..Selection::default() };
    assert_eq!(code(TWO_WAYS, &to("s3://photos")), Some(WhyNone::Succeeds));
    assert_eq!(code(TWO_WAYS, &to("nobody")), Some(WhyNone::Question));
    let open = closed(r#"[{ "from": "reader", "to": "s3://photos", "verdict": "succeeds" }]"#);
    assert_eq!(code(&open, &Selection::default()), None);
    let must_not = TWO_WAYS.replace(
        r#""buckets""#,
        r#""expect": [{ "from": "reader", "to": "https://example.com", "verdict": "timesOut" }], "buckets""#,
    );
    assert_eq!(code(&must_not, &Selection::default()), Some(WhyNone::MustStayClosed));
    let broken = repair("{", &Selection::default(), &RepairOptions::default(), Language::English);
    assert!(broken.checks.is_empty() && broken.diagnostics.len() == 1);
}

#[test]
fn cures_of_generated_documents_are_proven() {
    let mut proven = 0;
    for seed in 0..40 {
        let bytes = Numbers(seed).bytes(400);
        let mut choices = Choices::new(&bytes);
        let generated = document(&mut choices);
        let text = generated.to_json();
        for query in questions(&mut choices, &generated).into_iter().take(2) {
            let selection = Selection { query: Some(query.clone()), ..Selection::default() };
            let options = RepairOptions { most: 3, ..RepairOptions::default() };
            let repairs = repair(&text, &selection, &options, Language::English);
            for cure in repairs.checks.iter().flat_map(|check| check.cures.iter().chain(&check.improvements)) {
                let applied = apply(&text, &cure.edit, Language::English);
                assert_eq!(applied.problem, None, "{seed}: {}", cure.title);
                let (network, _) = Network::resolve(&Document::read(&applied.text).document);
                let verdict = analyze(&network, &query).verdict;
                assert_eq!(verdict, Verdict::Succeeds, "{seed}: {} for {} → {}", cure.title, query.from, query.to);
                proven += 1;
            }
        }
    }
    assert!(proven > 30, "{proven}");
}
