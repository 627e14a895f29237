//! What a person sees, from a document to the log line (R7.23 to R7.33).

use vpcreach::Language;
use vpcreach::answer::Symptom;
use vpcreach::check::{Selection, check};
use vpcreach::document::Document;

/// A private subnet without a way out, one function, and a bucket.
fn symptom(vpc: &str, function: &str, client: &str) -> Symptom {
    let text = format!(
        "region: eu-central-1
vpcs: {{ main: {{ cidr: 10.0.0.0/16{vpc} }} }}
subnets: {{ private: {{ cidr: 10.0.1.0/24 }} }}
securityGroups: {{ group: {{}} }}
functions: {{ worker: {{ subnets: [private], securityGroups: [group]{function} }} }}
buckets: {{ photos: {{}} }}
expect: [{{ from: worker, to: \"s3://photos\", client: {{ {client} }} }}]"
    );
    let reading = Document::from_yaml(&text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let mut answer = check(&reading.document, &Selection::default(), Language::English);
    answer.checks.remove(0).symptom
}

fn has(lines: &[String], part: &str) -> bool {
    lines.iter().any(|line| line.contains(part))
}

#[test]
fn the_function_ends_at_its_own_timeout() {
    // R7.23, R7.25 to R7.28, R7.29: boto3 waits a minute for each address.
    let symptom = symptom("", ", timeout: 30, runtime: python3.13", "");
    assert!(has(&symptom.log, "Task timed out after 30.00 seconds"), "{symptom:?}");
    assert!(has(&symptom.log_new, "Status: timeout"), "{symptom:?}");
    assert!(!has(&symptom.log_new, "Task timed out"), "{symptom:?}");
    assert!(symptom.caller.contains("Task timed out after 30.00 seconds"), "{symptom:?}");
    assert_eq!(symptom.seconds, Some(30));
}

#[test]
fn three_seconds_are_the_default() {
    let symptom = symptom("", ", runtime: nodejs22.x", "");
    assert!(has(&symptom.log, "Task timed out after 3.00 seconds"), "{symptom:?}");
}

#[test]
fn an_impatient_client_gives_up_first() {
    // R7.29, R7.30
    let symptom = symptom("", ", timeout: 300, runtime: python3.13", "connectTimeout: 1, attempts: 1");
    assert!(has(&symptom.log, "ConnectTimeoutError"), "{symptom:?}");
    assert!(has(&symptom.log, "Connect timeout on endpoint URL"), "{symptom:?}");
    assert!(!has(&symptom.log, "Task timed out"), "{symptom:?}");
}

#[test]
fn a_name_without_an_answer_has_a_text_for_each_client() {
    // R7.30, R7.33
    let without_dns = ", enableDnsSupport: false";
    for (runtime, text) in [
        ("python3.13", "Could not connect to the endpoint URL"),
        ("nodejs22.x", "photos.s3.eu-central-1.amazonaws.com"),
        ("java21", "UnknownHostException"),
    ] {
        let symptom = symptom(without_dns, &format!(", timeout: 300, runtime: {runtime}"), "");
        assert!(has(&symptom.log, text), "{runtime}: {symptom:?}");
    }
}

#[test]
fn a_javascript_client_waits_for_the_kernel() {
    // R7.32: no time-out of its own; Linux gives up after about 127 seconds, for each attempt.
    let patient = symptom("", ", timeout: 900, runtime: nodejs22.x", "");
    assert!(!has(&patient.log, "Task timed out"), "{patient:?}");
    assert!(patient.seconds.is_some_and(|seconds| (127..900).contains(&seconds)), "{patient:?}");
    let impatient = symptom("", ", timeout: 100, runtime: nodejs22.x", "");
    assert!(has(&impatient.log, "Task timed out after 100.00 seconds"), "{impatient:?}");
}
