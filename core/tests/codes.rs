//! The pages on reason codes are made from a checked-in list, so that building the site takes no native build.

use serde_json::json;
use vpcreach::words::{code_link, code_meaning};
use vpcreach::{Language, ReasonCode};

const CHECKED_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/build/codes.json");

/// `VPCREACH_BLESS=1 cargo test -p vpcreach --test codes` writes the list anew.
#[test]
fn the_list_of_codes_is_current() {
    let entries: Vec<_> = ReasonCode::ALL
        .iter()
        .map(|&code| {
            let meaning = |language| code_meaning(code, language);
            let meaning = json!({ "en": meaning(Language::English), "ja": meaning(Language::Japanese) });
            json!({ "code": code, "link": code_link(code), "meaning": meaning })
        })
        .collect();
    let generated = serde_json::to_string_pretty(&entries).unwrap() + "\n";
    if std::env::var_os("VPCREACH_BLESS").is_some() {
        std::fs::write(CHECKED_IN, &generated).unwrap();
    }
    let checked_in = std::fs::read_to_string(CHECKED_IN).unwrap_or_default();
    assert!(
        checked_in == generated,
        "www/build/codes.json is not what the codes say: run\nVPCREACH_BLESS=1 cargo test -p vpcreach --test codes"
    );
}

#[test]
fn every_code_has_a_meaning_of_its_own_in_both_languages() {
    for language in [Language::English, Language::Japanese] {
        let mut meanings: Vec<String> = ReasonCode::ALL.iter().map(|&code| code_meaning(code, language)).collect();
        meanings.sort();
        meanings.dedup();
        assert_eq!(meanings.len(), ReasonCode::ALL.len());
        assert!(meanings.iter().all(|meaning| meaning.ends_with(['.', '。'])), "{meanings:?}");
    }
}
