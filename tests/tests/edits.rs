//! What holds for every edit of every document.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use vpcreach::Language;
use vpcreach::answer::Severity;
use vpcreach::component::ComponentKind;
use vpcreach::document::Document;
use vpcreach::edit::{Addition, Applied, Edit, EditStep, Proposal, Relocation, apply, propose};
use vpcreach::engine::analyze;
use vpcreach::network::Network;
use vpcreach_tests::generate::{Bytes, Choices, document, questions};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    }
}

fn bytes() -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..500).prop_map(Bytes)
}

/// A generated document as text in the style of edits, with questions and a field that the format does not know.
fn text(choices: &mut Choices<'_>) -> String {
    let mut document = document(choices);
    document.expect = questions(choices, &document)
        .into_iter()
        .take(3)
        .map(|query| vpcreach::document::Expectation {
            from: query.from,
            to: query.to,
            port: query.port,
            ..Default::default()
        })
        .collect();
    let mut value: Value = serde_json::from_str(&document.to_json()).unwrap();
    value["vpcs"]["vpc-1"]["x-note"] = json!("kept");
    apply(&value.to_string(), &Edit::default(), Language::English).text
}

/// Every component of a document, by its address.
fn components(text: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(text).unwrap();
    let mut addresses = Vec::new();
    for (section, entries) in document.as_object().unwrap() {
        let kind = ComponentKind::ALL.iter().map(|kind| kind.as_str()).find(|word| {
            section == &format!("{word}s")
                || section == word
                || section == &format!("{}ies", word.trim_end_matches('y'))
        });
        if let (Some(kind), Some(entries)) = (kind, entries.as_object().filter(|_| section != "vpcBlockPublicAccess")) {
            addresses.extend(entries.keys().map(|name| format!("{kind}/{name}")));
        }
    }
    addresses
}

/// Problems of a document that are errors, as code and place.
fn errors(text: &str) -> Vec<(String, String)> {
    let reading = Document::from_json(text);
    let (network, network_problems) = Network::resolve(&reading.document);
    let all = network_problems.iter().filter(|problem| problem.kind.severity() == Severity::Error);
    let mut errors: Vec<(String, String)> =
        all.map(|problem| (problem.kind.code().to_owned(), problem.pointer.clone())).collect();
    for expectation in &reading.document.expect {
        let analysis = analyze(&network, &expectation.query());
        errors.extend(analysis.problems.iter().map(|problem| ("question".to_owned(), format!("{problem:?}"))));
    }
    errors
}

/// Codes of errors with how often each stands.
fn codes(errors: &[(String, String)]) -> std::collections::BTreeMap<&str, usize> {
    let mut codes = std::collections::BTreeMap::new();
    errors.iter().for_each(|(code, _)| *codes.entry(code.as_str()).or_default() += 1);
    codes
}

/// The errors that `after` has and a document with the errors `before` has not, by their codes.
fn new_errors(before: &[(String, String)], after: &str) -> Vec<(String, String)> {
    let after = errors(after);
    let (was, is) = (codes(before), codes(&after));
    let more: Vec<&str> =
        is.iter().filter(|(code, count)| *count > was.get(*code).unwrap_or(&0)).map(|(code, _)| *code).collect();
    after.iter().filter(|(code, _)| more.contains(&code.as_str())).cloned().collect()
}

fn applied(text: &str, edit: &Edit) -> Applied {
    let applied = apply(text, edit, Language::English);
    assert_eq!(applied.problem, None, "{edit:?}\n{text}");
    applied
}

fn one(step: EditStep) -> Edit {
    Edit { steps: vec![step] }
}

/// Some step that changes a component as a whole.
fn some_step(choices: &mut Choices<'_>, components: &[String]) -> EditStep {
    let component = choices.one(components);
    match choices.below(5) {
        0 => EditStep::RemoveComponent { component },
        // Names that other kinds have already.
        1 => EditStep::RenameComponent {
            component,
            name: choices.one(&["instance-1", "nat-1", "routes-9", "x/y"].map(str::to_owned)),
        },
        2 => EditStep::DuplicateComponent {
            component,
            name: choices.one(&["instance-2", "copy", "group-1"].map(str::to_owned)),
        },
        3 => EditStep::AddComponent {
            component: choices
                .one(&["vpc/other", "instance/nat-1", "bucket/more", "natGateway/instance-1"].map(str::to_owned)),
            value: json!({ "subnet": "subnet-1" }).into(),
        },
        _ => EditStep::Set { path: "/vpcs/vpc-1/enableDnsHostnames".into(), value: json!(true).into() },
    }
}

fn has(text: &str, address: &str) -> bool {
    components(text).iter().any(|one| one == address)
}

#[test]
fn undo_leads_back_to_the_same_text() {
    let made = std::cell::Cell::new(0);
    proptest!(config(300), |(bytes in bytes())| {
        let mut choices = Choices::new(&bytes.0);
        let before = text(&mut choices);
        let components = components(&before);
        let steps = (0..=choices.below(3)).map(|_| some_step(&mut choices, &components)).collect();
        let edit = Edit { steps };
        let done = apply(&before, &edit, Language::Japanese);
        if done.problem.is_some() {
            prop_assert_eq!(&done.text, &before);
            return Ok(());
        }
        made.set(made.get() + 1);
        let back = applied(&done.text, &done.undo);
        prop_assert_eq!(&back.text, &before, "{:?}", edit);
        let again = applied(&back.text, &back.undo);
        prop_assert_eq!(&again.text, &done.text);
        if has(&done.text, "vpc/vpc-1") {
            prop_assert!(done.text.contains("\"x-note\": \"kept\""));
        }
    });
    assert!(made.get() > 100, "{} edits were made", made.get());
}

#[test]
fn renaming_there_and_back_changes_nothing() {
    proptest!(config(100), |(bytes in bytes())| {
        let mut choices = Choices::new(&bytes.0);
        let before = text(&mut choices);
        let component = choices.one(&components(&before));
        let (kind, name) = component.split_once('/').unwrap();
        let there = applied(&before, &one(EditStep::RenameComponent { component: component.clone(), name: "new name".into() }));
        prop_assert_eq!(there.changes.len(), 1, "{:?}", there.changes);
        prop_assert_eq!(new_errors(&errors(&before), &there.text), vec![], "{} of {}", component, before);
        let back = EditStep::RenameComponent { component: format!("{kind}/new name"), name: name.to_owned() };
        prop_assert_eq!(applied(&there.text, &one(back)).text, before);
    });
}

#[test]
fn removing_leaves_no_name_behind() {
    proptest!(config(300), |(bytes in bytes())| {
        let mut choices = Choices::new(&bytes.0);
        let before = text(&mut choices);
        let component = choices.one(&components(&before));
        let after = applied(&before, &one(EditStep::RemoveComponent { component: component.clone() }));
        prop_assert_eq!(new_errors(&errors(&before), &after.text), vec![], "without {}: {}\n{}", component, before, after.text);
        prop_assert!(!after.changes.is_empty());
        prop_assert!(!has(&after.text, &component));
    });
}

#[test]
fn a_copy_can_stand_beside_it() {
    proptest!(config(100), |(bytes in bytes())| {
        let mut choices = Choices::new(&bytes.0);
        let before = text(&mut choices);
        let component = choices.one(&components(&before));
        let step = EditStep::DuplicateComponent { component: component.clone(), name: "copy".into() };
        let after = applied(&before, &one(step));
        let name = component.split_once('/').map_or("", |(_, name)| name);
        let had = errors(&before);
        let mut new = new_errors(&had, &after.text);
        // A copy has the mistakes of what it is a copy of.
        new.retain(|(code, pointer)| !had.contains(&(code.clone(), pointer.replacen("/copy/", &format!("/{name}/"), 1))));
        prop_assert_eq!(new, vec![], "{}: {}", component, after.text);
    });
}

#[test]
fn every_proposal_and_every_offer_is_sound() {
    let offered = std::cell::Cell::new(0);
    proptest!(config(40), |(bytes in bytes())| {
        let mut choices = Choices::new(&bytes.0);
        let before = text(&mut choices);
        let all = components(&before);
        let errors_before = errors(&before);
        for kind in ComponentKind::ALL {
            let at = choices.chance(128).then(|| choices.one(&all));
            let r#type = choices.chance(100).then(|| "Interface".to_owned());
            let proposal = Proposal::Add(Addition { add: *kind, at, r#type, service: None });
            let proposed = propose(&before, &proposal, Language::English);
            if let Some(problem) = proposed.problem {
                prop_assert!(["notAComponent", "noFreeBlock", "needsFirst"].contains(&problem.code.as_str()), "{:?}", problem);
                continue;
            }
            let after = applied(&before, &proposed.edit);
            prop_assert_eq!(new_errors(&errors_before, &after.text), vec![], "{:?}\n{}", proposal, after.text);
            prop_assert!(!after.changes.is_empty());
            let errors_after = errors(&after.text);
            for offer in &proposed.offers {
                offered.set(offered.get() + 1);
                let with = applied(&after.text, &offer.edit);
                prop_assert_eq!(new_errors(&errors_after, &with.text), vec![], "{:?} {:?}\n{}", proposal, offer, with.text);
                prop_assert!(!with.changes.is_empty(), "{:?}", offer);
            }
        }
    });
    assert!(offered.get() > 100, "{} offers", offered.get());
}

#[test]
fn every_move_is_sound() {
    let made = std::cell::Cell::new(0);
    proptest!(config(100), |(bytes in bytes())| {
        let mut choices = Choices::new(&bytes.0);
        let before = text(&mut choices);
        let all = components(&before);
        let subnets: Vec<String> = all.iter().filter(|address| address.starts_with("subnet/")).cloned().collect();
        let errors_before = errors(&before);
        for component in &all {
            let to = choices.one(&subnets);
            let proposal = Proposal::Move(Relocation { r#move: component.clone(), to, from: None });
            let proposed = propose(&before, &proposal, Language::English);
            match proposed.problem {
                Some(problem) => prop_assert_eq!(problem.code, "notMovable"),
                None => {
                    let after = applied(&before, &proposed.edit);
                    prop_assert_eq!(new_errors(&errors_before, &after.text), vec![], "{:?}\n{}", proposal, after.text);
                    made.set(made.get() + after.changes.len());
                }
            }
        }
    });
    assert!(made.get() > 100, "{} moves", made.get());
}
