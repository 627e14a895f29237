//! The gallery shows what the engine answers, and says it in both languages.

use std::collections::{BTreeMap, BTreeSet};

use vpcreach::check::{Selection, check};
use vpcreach::{Language, Verdict};
use vpcreach_tests::scenario::{self, Scenario};
use vpcreach_tests::{gallery, texts::Text};

/// Fewer situations than this are no gallery.
const SITUATIONS: usize = 20;

#[test]
fn every_situation_is_a_scenario_whose_first_expectation_holds() {
    let scenarios: BTreeMap<String, Scenario> =
        scenario::all().unwrap().into_iter().map(|scenario| (scenario.name.clone(), scenario)).collect();
    let entries = gallery::all().unwrap();
    assert!(entries.len() >= SITUATIONS);
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for entry in &entries {
        if !seen.insert(&entry.scenario) {
            wrong.push(format!("{} is there twice", entry.scenario));
        }
        let Some(scenario) = scenarios.get(&entry.scenario) else {
            wrong.push(format!("{} is no scenario", entry.scenario));
            continue;
        };
        let answer = check(&scenario.document, &Selection::default(), Language::English);
        let expected = scenario.document.expect.first().and_then(|first| first.verdict).unwrap_or(Verdict::Succeeds);
        let trouble = scenario.document.expect.iter().take(entry.trouble);
        if entry.trouble > 1 && trouble.filter(|one| one.verdict.is_some()).count() < entry.trouble {
            wrong.push(format!("{}: not all of the first {} fail", entry.scenario, entry.trouble));
        }
        match answer.checks.first() {
            Some(first) if first.as_expected == Some(true) && first.verdict == expected => {}
            first => wrong.push(format!("{}: {expected:?} expected, found {first:?}", entry.scenario)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut wrong = Vec::new();
    for entry in gallery::all().unwrap() {
        let words = Text { en: entry.words.en.join(" "), ja: entry.words.ja.join(" ") };
        let flaws = [&entry.title, &entry.story, &words].into_iter().filter_map(Text::flaw);
        wrong.extend(flaws.map(|flaw| format!("{}: {flaw}", entry.scenario)));
        for (language, sentences) in [
            ("English", entry.story.en.matches(['.', '?']).count()),
            ("Japanese", entry.story.ja.matches('。').count()),
        ] {
            if sentences < 2 {
                wrong.push(format!("{}: the story in {language} is not two sentences", entry.scenario));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The article's own cases come first, in its own order.
#[test]
fn the_article_comes_first() {
    let names: Vec<String> = gallery::all().unwrap().into_iter().map(|entry| entry.scenario).collect();
    assert_eq!(
        names.get(..5).unwrap(),
        [
            "article/internet-gateway-only",
            "article/nat-gateway",
            "article/s3-gateway-endpoint",
            "article/nat-instance",
            "article/one-of-two-subnets"
        ]
    );
}
