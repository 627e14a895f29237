//! What holds for every document, whatever is in it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;
use vpcreach::document::{Document, NetworkAclRule, SecurityGroupRule};
use vpcreach::engine::analyze;
use vpcreach::network::Network;
use vpcreach::query::Query;
use vpcreach::{Analysis, Verdict};
use vpcreach_tests::generate::{Bytes, Choices, document, questions};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        max_shrink_iters: 5_000,
        ..ProptestConfig::default()
    }
}

fn bytes() -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..500).prop_map(Bytes)
}

/// What an answer says without names and order.
fn gist(analysis: &Analysis) -> (Verdict, BTreeSet<&'static str>, BTreeMap<String, u32>) {
    let codes = analysis.blockers.iter().filter_map(|blocker| blocker.fact.code()).map(|code| code.as_str()).collect();
    let mut fates = BTreeMap::new();
    for path in &analysis.paths {
        *fates.entry(format!("{:?} {:?}", path.family, path.fate)).or_default() += 1;
    }
    (analysis.verdict, codes, fates)
}

/// The names of all resources.
fn names(document: &Value) -> BTreeSet<String> {
    let sections = document.as_object().into_iter().flatten().filter(|(name, _)| *name != "vpcBlockPublicAccess");
    sections.filter_map(|(_, section)| section.as_object()).flat_map(|section| section.keys().cloned()).collect()
}

fn rename(value: &Value, names: &BTreeSet<String>, new: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) if names.contains(text) => Value::String(new(text)),
        Value::Array(items) => items.iter().map(|item| rename(item, names, new)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, field)| {
                let key = if names.contains(key) { new(key) } else { key.clone() };
                (key, rename(field, names, new))
            })
            .collect(),
        other => other.clone(),
    }
}

/// The same document with every list and section the other way round.
fn reversed(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().rev().map(reversed).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .rev()
                .map(|(key, field)| format!("{}:{}", Value::String(key.clone()), reversed(field)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        other => other.to_string(),
    }
}

fn read(text: &str) -> Document {
    let reading = Document::from_json(text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    reading.document
}

fn answers(document: &Document, questions: &[Query]) -> Vec<Analysis> {
    let (network, _) = Network::resolve(document);
    questions.iter().map(|query| analyze(&network, query)).collect()
}

fn everything_allowed() -> [SecurityGroupRule; 2] {
    ["0.0.0.0/0", "::/0"].map(|block| SecurityGroupRule { peer: block.to_owned(), ..SecurityGroupRule::default() })
}

fn numbered(rule_number: u32, action: &str, cidr: &str) -> NetworkAclRule {
    NetworkAclRule { rule_number, action: action.to_owned(), cidr: cidr.to_owned(), ..NetworkAclRule::default() }
}

/// Whether less arrives: where all did not all, where some none.
fn is_worse(before: Verdict, after: Verdict) -> bool {
    let rank = |verdict| match verdict {
        Verdict::Succeeds => Some(2),
        Verdict::Intermittent => Some(1),
        Verdict::TimesOut => Some(0),
        _ => None,
    };
    match (rank(before), rank(after)) {
        (Some(before), Some(after)) => after < before,
        // What was sure to arrive cannot become a matter of doubt by an allow rule, nor be refused.
        (Some(2), None) => true,
        _ => false,
    }
}

#[test]
fn a_document_survives_json() {
    proptest!(config(200), |(bytes in bytes())| {
        let document = document(&mut Choices::new(&bytes.0));
        let text = document.to_json();
        prop_assert_eq!(&read(&text), &document);
        prop_assert_eq!(read(&text).to_json(), text);
    });
}

#[test]
fn names_do_not_matter() {
    proptest!(config(200), |(bytes in bytes())| {
        let mut choices = Choices::new(&bytes.0);
        let document = document(&mut choices);
        let asked = questions(&mut choices, &document);
        let json: Value = serde_json::from_str(&document.to_json()).unwrap();
        let names = names(&json);
        // Later names sort first, so that an order by name shows.
        let new = |name: &str| format!("{}-{name}", char::from(b'z' - name.as_bytes().last().unwrap() % 26));
        let renamed = read(&rename(&json, &names, &new).to_string());
        let renamed_questions: Vec<Query> = asked.iter().map(|query| {
            let in_address = |text: &str| match text.split_once('/') {
                Some((kind, name)) if names.contains(name) => format!("{kind}/{}", new(name)),
                _ => text.replace("s3://photos", &format!("s3://{}", new("photos"))),
            };
            Query { from: in_address(&query.from), to: in_address(&query.to), ..query.clone() }
        }).collect();
        for (query, (one, two)) in asked.iter().zip(answers(&document, &asked).iter().zip(&answers(&renamed, &renamed_questions))) {
            prop_assert_eq!(gist(one), gist(two), "{:?}\n{}", query, document.to_json());
        }
    });
}

#[test]
fn order_does_not_matter() {
    proptest!(config(200), |(bytes in bytes())| {
        let mut choices = Choices::new(&bytes.0);
        let document = document(&mut choices);
        let asked = questions(&mut choices, &document);
        let json: Value = serde_json::from_str(&document.to_json()).unwrap();
        let other = read(&reversed(&json));
        for (query, (one, two)) in asked.iter().zip(answers(&document, &asked).iter().zip(&answers(&other, &asked))) {
            // The same codes may stand at one part or at two that were merged in another order.
            prop_assert_eq!((gist(one).0, gist(one).1), (gist(two).0, gist(two).1), "{:?}\n{}", query, document.to_json());
        }
    });
}

#[test]
fn allowing_more_never_stops_what_arrives() {
    proptest!(config(200), |(bytes in bytes(), which in any::<u8>())| {
        let mut choices = Choices::new(&bytes.0);
        let document = document(&mut choices);
        let asked = questions(&mut choices, &document);
        let mut more = document.clone();
        let groups: Vec<String> = more.security_groups.keys().cloned().collect();
        let acls: Vec<String> = more.network_acls.keys().cloned().collect();
        let position = usize::from(which) % (groups.len() + acls.len());
        if let Some(name) = groups.get(position) {
            let group = more.security_groups.get_mut(name).unwrap();
            group.ingress.extend(everything_allowed());
            if let Some(egress) = &mut group.egress {
                egress.extend(everything_allowed());
            }
        } else {
            let acl = more.network_acls.get_mut(&acls[position - groups.len()]).unwrap();
            for rules in [&mut acl.ingress, &mut acl.egress] {
                rules.extend([numbered(1, "allow", "0.0.0.0/0"), numbered(2, "allow", "::/0")]);
            }
        }
        for (query, (before, after)) in asked.iter().zip(answers(&document, &asked).iter().zip(&answers(&more, &asked))) {
            prop_assert!(!is_worse(before.verdict, after.verdict), "{:?}: {:?} became {:?}\n{}", query, before.verdict, after.verdict, more.to_json());
        }
    });
}

#[test]
fn denying_more_never_helps() {
    proptest!(config(200), |(bytes in bytes(), which in any::<u8>())| {
        let mut choices = Choices::new(&bytes.0);
        let document = document(&mut choices);
        let asked = questions(&mut choices, &document);
        let mut less = document.clone();
        let groups: Vec<String> = less.security_groups.keys().cloned().collect();
        let acls: Vec<String> = less.network_acls.keys().cloned().collect();
        let position = usize::from(which) % (groups.len() + acls.len());
        if let Some(name) = groups.get(position) {
            let group = less.security_groups.get_mut(name).unwrap();
            group.ingress.pop();
            if let Some(egress) = &mut group.egress {
                egress.pop();
            }
        } else {
            let acl = less.network_acls.get_mut(&acls[position - groups.len()]).unwrap();
            acl.ingress.push(numbered(1, "deny", if which % 2 == 0 { "0.0.0.0/0" } else { "128.0.0.0/1" }));
        }
        for (query, (before, after)) in asked.iter().zip(answers(&document, &asked).iter().zip(&answers(&less, &asked))) {
            prop_assert!(!is_worse(after.verdict, before.verdict), "{:?}: {:?} became {:?}\n{}", query, before.verdict, after.verdict, less.to_json());
        }
    });
}

#[test]
fn a_route_that_nobody_takes_does_not_matter() {
    let compared = std::cell::Cell::new(0);
    proptest!(config(200), |(bytes in bytes())| {
        let mut choices = Choices::new(&bytes.0);
        let document = document(&mut choices);
        let asked = questions(&mut choices, &document);
        let before = answers(&document, &asked);
        for name in document.route_tables.keys() {
            let mut less = document.clone();
            let routes = &mut less.route_tables.get_mut(name).unwrap().routes;
            if routes.pop().is_none() {
                continue;
            }
            let pointer = format!("/routeTables/{name}/routes/{}", routes.len());
            for (query, (before, after)) in asked.iter().zip(before.iter().zip(&answers(&less, &asked))) {
                let taken = before.paths.iter().flat_map(|path| &path.hops).any(|hop| hop.pointer.as_ref() == Some(&pointer));
                if !taken && before.verdict != Verdict::Undetermined {
                    compared.set(compared.get() + 1);
                    prop_assert_eq!(before.verdict, after.verdict, "{:?} without {}\n{}", query, &pointer, document.to_json());
                }
            }
        }
    });
    assert!(compared.get() > 500, "only {} compared", compared.get());
}
