//! What crosses the boundary, in Node: `wasm-pack test --node wasm --features edit,import,repair`.

use crate::{analyze, apply_edit, collect_policy, collect_script, import_files, propose, repair, yaml_to_json};
use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const ARTICLE: &str = r#"{
    "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
    "subnets": { "public": { "cidr": "10.0.0.0/24" } },
    "internetGateways": { "igw": {} },
    "routeTables": { "public": { "subnets": ["public"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] } },
    "functions": { "thumbnailer": { "subnets": ["public"], "securityGroups": ["default"], "timeout": 30 } },
    "buckets": { "photos": {} }
}"#;

fn plain(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

/// The value at a path such as `answer.checks.0.verdict`.
fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, name| Reflect::get(&value, &name.into()).unwrap())
}

fn message(outcome: Result<JsValue, wasm_bindgen::JsError>) -> String {
    at(&outcome.map_err(JsValue::from).unwrap_err(), "message").as_string().unwrap()
}

#[wasm_bindgen_test]
fn answers_with_verdict_and_diagram() {
    let response = analyze(ARTICLE, &plain(r#"{ "lang": "en" }"#)).map_err(JsValue::from).unwrap();
    assert_eq!(at(&response, "answer.checks.0.verdict"), JsValue::from("timesOut"));
    assert_eq!(at(&response, "answer.checks.0.symptom.seconds"), JsValue::from(30));
    assert!(at(&response, "answer.checks.0.expected").is_null(), "what is not there is null, not undefined");
    assert_eq!(at(&response, "diagram.regions.0.vpcs.0.component"), JsValue::from("vpc/main"));
}

#[wasm_bindgen_test]
fn both_languages_say_the_same_verdict_in_their_own_words() {
    let summaries = ["en", "ja"].map(|lang| {
        let request = Object::new();
        Reflect::set(&request, &"lang".into(), &lang.into()).unwrap();
        let response = analyze(ARTICLE, &request).map_err(JsValue::from).unwrap();
        (at(&response, "answer.checks.0.verdict"), at(&response, "answer.checks.0.summary").as_string().unwrap())
    });
    let [(english_verdict, english), (japanese_verdict, japanese)] = summaries;
    assert_eq!(english_verdict, japanese_verdict);
    assert!(english.is_ascii() && !japanese.is_ascii(), "{english} / {japanese}");
}

#[wasm_bindgen_test]
fn a_broken_document_is_a_diagnostic_and_a_broken_request_an_error() {
    let response = analyze(r#"{ "vpcs": {"#, &plain(r#"{ "lang": "en" }"#)).map_err(JsValue::from).unwrap();
    assert_eq!(at(&response, "answer.diagnostics.0.code"), JsValue::from("syntax"));
    assert_eq!(message(analyze(ARTICLE, &JsValue::from(1))), "the request is not an object");
    assert_eq!(message(analyze(ARTICLE, &plain("{}"))), "the request's field lang is not \"en\" or \"ja\"");
    let wrong_port = plain(r#"{ "lang": "en", "port": 65536 }"#);
    assert_eq!(message(analyze(ARTICLE, &wrong_port)), "the request's field port is not a whole number up to 65535");
    let wrong_name = plain(r#"{ "lang": "en", "from": {} }"#);
    assert_eq!(message(analyze(ARTICLE, &wrong_name)), "the request's field from is not a text");
}

/// An error that is thrown across wasm frames runs no destructors and wears an instance out in some thousand calls.
#[wasm_bindgen_test]
fn rejected_calls_do_not_wear_the_instance_out() {
    let (good, bad) = (plain(r#"{ "lang": "en" }"#), plain(r#"{ "lang": "en", "port": "https" }"#));
    for _ in 0..20_000 {
        assert!(analyze(ARTICLE, &bad).is_err());
    }
    let response = analyze(ARTICLE, &good).map_err(JsValue::from).unwrap();
    assert_eq!(at(&response, "answer.checks.0.verdict"), JsValue::from("timesOut"));
}

#[wasm_bindgen_test]
fn imports_files_of_bytes() {
    let file = Object::new();
    let text = r#"{ "Vpcs": [{ "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16" }] }"#;
    Reflect::set(&file, &"name".into(), &"describe-vpcs.json".into()).unwrap();
    Reflect::set(&file, &"bytes".into(), &Uint8Array::from(text.as_bytes())).unwrap();
    let imported = import_files(&Array::of1(&file), "en", &plain("{}")).map_err(JsValue::from).unwrap();
    let document = plain(&at(&imported, "document").as_string().unwrap());
    assert_eq!(at(&document, "vpcs.vpc-1.cidr"), JsValue::from("10.0.0.0/16"));
    assert_eq!(at(&imported, "functions.length"), JsValue::from(0));

    Reflect::set(&file, &"bytes".into(), &text.into()).unwrap();
    assert_eq!(
        message(import_files(&Array::of1(&file), "en", &plain("{}"))),
        "the request's field bytes is not a Uint8Array"
    );
}

#[wasm_bindgen_test]
fn turns_yaml_into_json_and_keeps_its_lines() {
    let converted =
        yaml_to_json("vpcs:\n  main: { cidr: 10.0.0.0/16 }\nsubnet: {}\n", "en").map_err(JsValue::from).unwrap();
    let document = plain(&at(&converted, "document").as_string().unwrap());
    assert_eq!(at(&document, "vpcs.main.cidr"), JsValue::from("10.0.0.0/16"));
    assert_eq!(at(&converted, "diagnostics.0.code"), JsValue::from("unknownField"));
    assert_eq!(at(&converted, "diagnostics.0.line"), JsValue::from(3));
    assert_eq!(message(yaml_to_json("{}", "fr")), "the request's field lang is not \"en\" or \"ja\"");
}

#[wasm_bindgen_test]
fn prints_script_and_policy() {
    let script =
        collect_script(&plain(r#"{ "vpc": "vpc-1", "functions": ["one", "two"] }"#)).map_err(JsValue::from).unwrap();
    assert!(script.contains("vpc='vpc-1'") && script.contains("functions='one two'"));
    assert!(at(&plain(&collect_policy()), "Statement.0.Action.length").as_f64().unwrap() > 5.0);
    assert!(collect_script(&plain(r#"{ "functions": "one" }"#)).is_err());
}

#[wasm_bindgen_test]
fn a_wish_becomes_an_edit_and_the_edit_a_text() {
    let proposed = propose(ARTICLE, &plain(r#"{ "add": "bucket" }"#), "en").map_err(JsValue::from).unwrap();
    assert_eq!(at(&proposed, "edit.steps.0.component"), JsValue::from("bucket/bucket"));
    assert!(at(&proposed, "problem").is_null());
    let applied = apply_edit(ARTICLE, &at(&proposed, "edit"), "en").map_err(JsValue::from).unwrap();
    assert_eq!(at(&applied, "changes.0"), JsValue::from("S3 bucket bucket created"));
    let back = apply_edit(&at(&applied, "text").as_string().unwrap(), &at(&applied, "undo"), "ja");
    assert_eq!(at(&back.map_err(JsValue::from).unwrap(), "changes.0"), JsValue::from("S3 バケット bucket を削除"));
    assert_eq!(
        message(apply_edit(ARTICLE, &plain(r#"{ "steps": [{ "op": "removes" }] }"#), "en")),
        "the request does not fit: `op` cannot be `removes`. Did you mean `remove`?"
    );
}

#[wasm_bindgen_test]
fn finds_cures_whose_edits_can_be_applied() {
    let request = plain(r#"{ "lang": "en", "from": "thumbnailer", "to": "s3://photos", "gigabytesPerMonth": 10 }"#);
    let repairs = repair(ARTICLE, &request).map_err(JsValue::from).unwrap();
    assert_eq!(at(&repairs, "gigabytesPerMonth"), JsValue::from(10));
    assert_eq!(at(&repairs, "checks.0.cures.0.kind"), JsValue::from("createGatewayEndpoint"));
    assert!(at(&repairs, "checks.0.whyNone").is_null());
    let applied = apply_edit(ARTICLE, &at(&repairs, "checks.0.cures.0.edit"), "en").map_err(JsValue::from).unwrap();
    let text = at(&applied, "text").as_string().unwrap();
    let response = analyze(&text, &plain(r#"{ "lang": "en" }"#)).map_err(JsValue::from).unwrap();
    assert_eq!(at(&response, "answer.checks.0.verdict"), JsValue::from("succeeds"));
}
