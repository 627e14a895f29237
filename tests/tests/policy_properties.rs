//! What holds for every policy.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use vpcreach::policy::{Outcome, Policy};
use vpcreach_tests::generate::{Bytes, Choices};
use vpcreach_tests::policies::{Case, case};

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 1_500,
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    }
}

fn bytes() -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..400).prop_map(Bytes)
}

/// How much is allowed.
fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::ExplicitDeny | Outcome::ImplicitDeny => 0,
        Outcome::Unknown => 1,
        Outcome::Allowed => 2,
    }
}

fn decided(case: &Value) -> Outcome {
    Case::read(case).decide().outcome
}

/// Every list of statements of a layer, wherever it is nested.
fn each_statement_list(value: &mut Value, change: &mut impl FnMut(&mut Vec<Value>)) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Array(list)) = fields.get_mut("Statement") {
                change(list);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| each_statement_list(one, change)),
        _ => {}
    }
}

const LAYERS: [&str; 6] = ["identity", "boundary", "session", "serviceControl", "endpoint", "bucket"];

fn with_statement(case: &Value, layer: &str, statement: &Value) -> Value {
    let mut case = case.clone();
    if let Some(layer) = case.get_mut(layer) {
        each_statement_list(layer, &mut |list| list.push(statement.clone()));
    }
    case
}

/// A statement of some generated policy of that layer, with another effect.
fn statement(choices: &mut Choices<'_>, layer: &str, effect: &str) -> Value {
    let mut found = json!({ "Effect": effect, "Principal": "*", "Action": "*", "Resource": "*" });
    if !matches!(layer, "endpoint" | "bucket") {
        found.as_object_mut().unwrap().remove("Principal");
    }
    let mut other = case(choices);
    if let Some(layer) = other.get_mut(layer) {
        each_statement_list(layer, &mut |list| {
            if let Some(last) = list.last() {
                found = last.clone();
            }
        });
    }
    found["Effect"] = json!(effect);
    found
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn another_deny_never_allows_more(bytes in bytes(), layer in 0..LAYERS.len(), more in bytes()) {
        let before = case(&mut Choices::new(&bytes.0));
        let added = statement(&mut Choices::new(&more.0), LAYERS[layer], "Deny");
        let after = with_statement(&before, LAYERS[layer], &added);
        prop_assert!(rank(decided(&after)) <= rank(decided(&before)), "{before}\n{after}");
    }

    #[test]
    fn another_allow_never_denies_more(bytes in bytes(), layer in 0..LAYERS.len(), more in bytes()) {
        let mut before = case(&mut Choices::new(&bytes.0));
        // A public statement makes Block Public Access act on the whole policy.
        before["restrictPublicBuckets"] = json!(false);
        let added = statement(&mut Choices::new(&more.0), LAYERS[layer], "Allow");
        let after = with_statement(&before, LAYERS[layer], &added);
        prop_assert!(rank(decided(&after)) >= rank(decided(&before)), "{before}\n{after}");
    }

    #[test]
    fn the_order_of_statements_does_not_matter(bytes in bytes()) {
        let before = case(&mut Choices::new(&bytes.0));
        let mut after = before.clone();
        for layer in LAYERS {
            if let Some(layer) = after.get_mut(layer) {
                each_statement_list(layer, &mut |list| list.reverse());
            }
        }
        let (one, two) = (Case::read(&before).decide(), Case::read(&after).decide());
        prop_assert_eq!(one.outcome, two.outcome);
        prop_assert_eq!(one.needs.len(), two.needs.len());
        let kinds = |decision: &vpcreach::policy::Decision| -> Vec<_> {
            decision.blocks.iter().map(|block| (block.kind, block.layer, block.statements.len())).collect()
        };
        prop_assert_eq!(kinds(&one), kinds(&two));
    }

    #[test]
    fn a_policy_reads_the_same_from_text_and_from_json(bytes in bytes()) {
        let case = case(&mut Choices::new(&bytes.0));
        for policy in case["identity"].as_array().unwrap() {
            let kind = vpcreach::policy::LayerKind::Identity;
            let one = Policy::read(&policy.clone().into(), kind, "p", "");
            let two = Policy::read_text(&policy.to_string(), kind, "p", "");
            prop_assert_eq!(one, two);
        }
    }
}
