//! Every failing scenario has cures that are proven, minimal and described, or a reason why there is none.

use std::collections::BTreeMap;
use std::fmt::Write;

use vpcreach::repair::{RepairOptions, repair};
use vpcreach::{Language, Selection};
use vpcreach_tests::cures::{Case, all, wire};
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
