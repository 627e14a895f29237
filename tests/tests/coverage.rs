//! What the scenarios show of the rules, and what they do not show, with the reason.
//!
//! `VPCREACH_BLESS=1 cargo test --test coverage` writes `rules-without-scenario.md` anew.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use vpcreach::document::Expectation;
use vpcreach::engine::analyze;
use vpcreach::network::Network;
use vpcreach::{ReasonCode, Verdict};
use vpcreach_tests::scenario::{self, Scenario};

/// Reason codes that no scenario can reach, each with the reason. A code that is reached must leave the list.
const NOT_REACHED: &[(ReasonCode, &str)] = &[];

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A rule of the semantics reference.
struct Rule {
    number: String,
    title: String,
    /// Why no scenario shows it; empty when one has to.
    without_scenario: String,
}

fn rules() -> Vec<Rule> {
    let text = fs::read_to_string(file("rules.txt")).unwrap();
    text.lines()
        .map(|line| {
            let (rule, without_scenario) = line.split_once(" | ").unwrap_or((line, ""));
            let (number, title) = rule.split_once(' ').unwrap();
            Rule { number: number.to_owned(), title: title.to_owned(), without_scenario: without_scenario.to_owned() }
        })
        .collect()
}

fn expectations(scenarios: &[Scenario]) -> impl Iterator<Item = (&Scenario, &Expectation)> {
    scenarios
        .iter()
        .flat_map(|scenario| scenario.document.expect.iter().map(move |expectation| (scenario, expectation)))
}

#[test]
fn every_expectation_cites_rules_that_exist_and_says_why() {
    let known: BTreeSet<String> = rules().into_iter().map(|rule| rule.number).collect();
    let scenarios = scenario::all().unwrap();
    let mut wrong = Vec::new();
    for (scenario, expectation) in expectations(&scenarios) {
        let title = scenario::title(expectation);
        if expectation.rules.is_empty() {
            wrong.push(format!("{}: {title}: no rules", scenario.name));
        }
        for rule in expectation.rules.iter().filter(|rule| !known.contains(*rule)) {
            wrong.push(format!("{}: {title}: {rule} is not in rules.txt", scenario.name));
        }
        if expectation.verdict.unwrap_or(Verdict::Succeeds) != Verdict::Succeeds && expectation.because.is_empty() {
            wrong.push(format!("{}: {title}: fails without a reason", scenario.name));
        }
    }
    for scenario in &scenarios {
        if scenario.document.title.is_empty() || scenario.document.description.is_empty() {
            wrong.push(format!("{}: title or description is missing", scenario.name));
        }
        if scenario.document.expect.is_empty() {
            wrong.push(format!("{}: expects nothing", scenario.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_verdict_is_expected_somewhere() {
    let scenarios = scenario::all().unwrap();
    let expected: BTreeSet<Verdict> =
        expectations(&scenarios).map(|(_, expectation)| expectation.verdict.unwrap_or(Verdict::Succeeds)).collect();
    for verdict in Verdict::ALL {
        assert!(expected.contains(verdict), "no scenario expects {verdict:?}");
    }
}

#[test]
fn every_reason_code_is_expected_somewhere_or_listed_with_the_reason() {
    let scenarios = scenario::all().unwrap();
    let expected: BTreeSet<ReasonCode> =
        expectations(&scenarios).flat_map(|(_, expectation)| expectation.because.iter().copied()).collect();
    let listed: BTreeSet<ReasonCode> = NOT_REACHED.iter().map(|(code, _)| *code).collect();
    for code in ReasonCode::ALL {
        assert!(
            expected.contains(code) != listed.contains(code),
            "{}: either a scenario expects it, or NOT_REACHED has it with the reason",
            code.as_str()
        );
    }
}

#[test]
fn codes_listed_as_not_reached_are_not_found_by_the_engine() {
    for scenario in scenario::all().unwrap() {
        let (network, _) = Network::resolve(&scenario.document);
        for expectation in &scenario.document.expect {
            for blocker in analyze(&network, &expectation.query()).blockers {
                let code = blocker.fact.code();
                if let Some((code, _)) = NOT_REACHED.iter().find(|(listed, _)| Some(*listed) == code) {
                    panic!("{} reaches {}, which NOT_REACHED lists", scenario.name, code.as_str());
                }
            }
        }
    }
}

/// Each failure of the reference's table of failures and symptoms has scenarios that show it and what mends it.
#[test]
fn every_known_failure_is_broken_and_mended() {
    let scenarios: BTreeMap<String, Scenario> =
        scenario::all().unwrap().into_iter().map(|scenario| (scenario.name.clone(), scenario)).collect();
    let text = fs::read_to_string(file("failures.txt")).unwrap();
    for (line, next_row) in text.lines().zip(1_u32..) {
        let row: u32 = line.split(' ').next().unwrap().parse().unwrap();
        assert_eq!(row, next_row, "{line}");
        if let Some((_, reason)) = line.split_once(" | ") {
            assert!(!reason.is_empty(), "{line}");
            continue;
        }
        let (_, names) = line.split_once(": ").unwrap();
        let verdicts: Vec<Verdict> = names
            .split(", ")
            .flat_map(|name| {
                let scenario = scenarios.get(name).unwrap_or_else(|| panic!("{line}: no scenario {name}"));
                scenario.document.expect.iter().map(|expectation| expectation.verdict.unwrap_or(Verdict::Succeeds))
            })
            .collect();
        assert!(verdicts.contains(&Verdict::Succeeds), "{line}: nothing mends it");
        assert!(verdicts.iter().any(|verdict| *verdict != Verdict::Succeeds), "{line}: nothing breaks it");
    }
}

#[test]
fn rules_without_scenario_are_listed() {
    let scenarios = scenario::all().unwrap();
    let cited: BTreeSet<&String> = expectations(&scenarios).flat_map(|(_, expectation)| &expectation.rules).collect();
    let mut report = String::from(
        "# Rules without a scenario\n\nOf sections 0 to 8 and 15, and the rules of sections 9 and 10 that the engine cites. Generated by `coverage.rs`.\n\n\
         | Rule | Title | Why |\n| --- | --- | --- |\n",
    );
    for rule in rules() {
        let shown = cited.contains(&rule.number);
        assert!(!shown || rule.without_scenario.is_empty(), "{} has a scenario; take its reason away", rule.number);
        assert!(shown || !rule.without_scenario.is_empty(), "{} has no scenario and no reason", rule.number);
        if !shown {
            writeln!(report, "| {} | {} | {} |", rule.number, rule.title, rule.without_scenario).unwrap();
        }
    }
    let path = file("rules-without-scenario.md");
    if env::var_os("VPCREACH_BLESS").is_some() {
        fs::write(&path, &report).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap_or_default(),
        report,
        "run with VPCREACH_BLESS=1 and look at the difference"
    );
}
