//! What people report seeing, from the configuration that makes them see it.

use super::{Outcome, symptom};
use crate::analysis::{Protocol, Symptom, SymptomKind};
use crate::client::{ResolvedClient, resolve_client};
use crate::component::{Component, ComponentKind};
use crate::document::Document;
use crate::fact::Fact;
use crate::network::{Network, Workload};
use crate::query::{Client, Sdk};
use crate::verdict::Verdict;

const HOST: &str = "photos.s3.eu-west-1.amazonaws.com";
const URL: &str = "https://photos.s3.eu-west-1.amazonaws.com/";
const ID: &str = "3f8a61c2-7d0e-4b5f-9a1c-c2d81e0b6a94";

/// A function of that runtime; of none where it is empty.
fn function(runtime: &str) -> Workload {
    let runtime = if runtime.is_empty() { String::new() } else { format!(r#""runtime": "{runtime}""#) };
    let document = Document::from_json(&format!(r#"{{ "functions": {{ "fn": {{ {runtime} }} }} }}"#)).document;
    let (network, _) = Network::resolve(&document);
    let (_, workload) = network.workloads.iter().next().unwrap();
    workload.clone()
}

fn client(runtime: &str) -> ResolvedClient {
    resolve_client(&function(runtime), None, "eu-west-1")
}

fn outcome<'a>(client: &'a ResolvedClient, verdict: Verdict, timeout: u32) -> Outcome<'a> {
    Outcome {
        verdict,
        is_function: true,
        timeout: Some(timeout),
        client,
        host: HOST,
        url: URL,
        address_count: 8,
        fact: None,
        protocol: Protocol::Tcp,
        operation: "GetObject",
        at_import_time: false,
    }
}

fn times_out(runtime: &str, timeout: u32) -> Symptom {
    symptom(&outcome(&client(runtime), Verdict::TimesOut, timeout))
}

/// R7.25 to R7.27.
#[test]
fn the_function_times_out_before_boto3_gives_up() {
    let seen = times_out("python3.13", 30);
    assert_eq!(seen.kind, SymptomKind::FunctionTimeout);
    assert_eq!(seen.seconds, Some(30));
    let line = format!("2026-11-22T02:47:31.204Z {ID} Task timed out after 30.00 seconds");
    assert_eq!(seen.log, [format!("REPORT RequestId: {ID}\tDuration: 30000.00 ms\t…"), line.clone()]);
    assert_eq!(seen.log_new, [format!("REPORT RequestId: {ID}\tDuration: 30000.00 ms\t…\tStatus: timeout")]);
    assert_eq!(seen.caller, format!("{{\"errorMessage\": \"{line}\"}}"));
    assert_eq!(
        seen.caller_new,
        format!(
            "{{\"errorType\": \"Sandbox.Timedout\", \"errorMessage\": \"RequestId: {ID} Error: Task timed out after 30.00 seconds\"}}"
        )
    );
}

/// R7.29: 60 s for each of 8 addresses, 3 times, is more than Lambda's longest time-out; a single address is not.
#[test]
fn boto3_gives_up_first_only_with_few_addresses() {
    assert_eq!(times_out("python3.13", 900).kind, SymptomKind::FunctionTimeout);
    let client = client("python3.13");
    let one = |timeout| symptom(&Outcome { address_count: 1, ..outcome(&client, Verdict::TimesOut, timeout) });
    assert_eq!(one(180).kind, SymptomKind::FunctionTimeout);
    let seen = one(181);
    assert_eq!((seen.kind, seen.seconds), (SymptomKind::SdkError, Some(180)));
    assert_eq!(seen.log[0], format!("[ERROR] ConnectTimeoutError: Connect timeout on endpoint URL: \"{URL}\""));
    assert_eq!(
        seen.caller,
        format!(
            "{{\"errorMessage\": \"Connect timeout on endpoint URL: \\\"{URL}\\\"\", \"errorType\": \"ConnectTimeoutError\", …}}"
        )
    );
}

/// R7.32: Node.js waits for the kernel, 127 s in each of 3 attempts, however many addresses there are.
#[test]
fn node_waits_for_the_kernel() {
    assert_eq!(times_out("nodejs22.x", 381).kind, SymptomKind::FunctionTimeout);
    let seen = times_out("nodejs18.x", 382);
    assert_eq!((seen.kind, seen.seconds), (SymptomKind::SdkError, Some(381)));
    assert!(seen.log[0].contains("\"errorMessage\":\"connect ETIMEDOUT …:443\""), "{:?}", seen.log);
    // R7.28: from version 20 the errors of all addresses stand below one, each with that text.
    assert!(times_out("nodejs22.x", 382).log[0].contains("\"errorMessage\":\"connect ETIMEDOUT …:443\""));
}

/// R7.33 and the Java SDK's own defaults: 2 s for each address, 4 attempts.
#[test]
fn java_gives_up_after_a_minute() {
    let seen = times_out("java21", 300);
    assert_eq!((seen.kind, seen.seconds), (SymptomKind::SdkError, Some(64)));
    assert!(
        seen.log[0].starts_with("Unable to execute HTTP request: Connect to photos.s3.eu-west-1.amazonaws.com:443 [")
    );
    assert_eq!(times_out("java21", 60).kind, SymptomKind::FunctionTimeout);
}

/// What is not a function has no log of Lambda's and no caller.
#[test]
fn an_instance_prints_the_error_alone() {
    let client = client("");
    let seen = symptom(&Outcome {
        is_function: false,
        timeout: None,
        address_count: 1,
        ..outcome(&client, Verdict::TimesOut, 0)
    });
    assert_eq!(seen.kind, SymptomKind::SdkError);
    assert_eq!(
        seen.log,
        [format!("botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: \"{URL}\"")]
    );
    assert_eq!((seen.caller.as_str(), seen.caller_new.as_str()), ("", ""));
}

/// A host that is no API of AWS is called with plain sockets, which only the kernel ends.
#[test]
fn hosts_on_the_internet_are_called_without_the_sdk() {
    let client = client("python3.13");
    let plain = Outcome {
        host: "api.example.com",
        url: "https://api.example.com/",
        ..outcome(&client, Verdict::TimesOut, 300)
    };
    let seen = symptom(&plain);
    assert_eq!((seen.kind, seen.seconds), (SymptomKind::SdkError, Some(127)));
    assert_eq!(seen.log[0], "[ERROR] TimeoutError: [Errno 110] Connection timed out");
}

/// R7.30, R7.33.
#[test]
fn names_without_an_answer_have_a_text_for_each_sdk() {
    let zone = Fact::ZoneHasNoRecord {
        host: HOST.into(),
        zone: Component::new(ComponentKind::PrivateHostedZone, "amazonaws"),
    };
    let off = Fact::DnsSupportDisabled { vpc: Component::new(ComponentKind::Vpc, "main") };
    let log = |runtime: &str, fact: &Fact| {
        let client = client(runtime);
        symptom(&Outcome { fact: Some(fact), ..outcome(&client, Verdict::NameNotResolved, 30) }).log.join("\n")
    };
    assert!(log("python3.13", &zone).contains("EndpointConnectionError: Could not connect to the endpoint URL"));
    assert!(log("nodejs22.x", &zone).contains(&format!("getaddrinfo ENOTFOUND {HOST}")));
    assert!(log("nodejs22.x", &off).contains(&format!("getaddrinfo EAI_AGAIN {HOST}")));
    assert!(log("java21", &zone).contains(&format!("Caused by: java.net.UnknownHostException: {HOST}")));
}

/// Section 13, row 31: seconds later, or the function's time-out first.
#[test]
fn unreachable_dns_servers_take_their_time() {
    let fact = Fact::DnsServersUnreachable { servers: vec!["10.0.0.53".parse().unwrap()] };
    let client = client("python3.13");
    let seen = |timeout| symptom(&Outcome { fact: Some(&fact), ..outcome(&client, Verdict::NameNotResolved, timeout) });
    assert_eq!(seen(30).kind, SymptomKind::FunctionTimeout);
    assert_eq!((seen(31).kind, seen(31).seconds), (SymptomKind::SdkError, Some(30)));
}

/// Section 13, row 57.
#[test]
fn a_closed_port_answers_at_once() {
    let fact = Fact::PortNotListening { port: 5432 };
    let node = client("nodejs22.x");
    let seen = symptom(&Outcome {
        fact: Some(&fact),
        host: "10.0.1.20",
        url: "10.0.1.20:5432",
        ..outcome(&node, Verdict::Refused, 30)
    });
    assert_eq!((seen.kind, seen.seconds), (SymptomKind::ErrorAtOnce, None));
    assert!(seen.log[0].contains("connect ECONNREFUSED 10.0.1.20:5432"), "{:?}", seen.log);
}

/// R7.31, R7.35.
#[test]
fn redirects_that_nobody_follows_are_errors() {
    let fact = Fact::RedirectsToRegion { region: "us-west-2".into(), followed: false };
    let node = client("nodejs22.x");
    let seen = symptom(&Outcome { fact: Some(&fact), ..outcome(&node, Verdict::Redirected, 30) });
    assert!(seen.log[0].contains("\"errorType\":\"PermanentRedirect\""), "{:?}", seen.log);
}

/// R15.2.
#[test]
fn refused_copies_say_so() {
    let fact = Fact::CopyRefused { source_region: "us-west-2".into() };
    let client = client("python3.13");
    let seen = symptom(&Outcome { fact: Some(&fact), ..outcome(&client, Verdict::AccessDenied, 30) });
    assert_eq!(
        seen.log[0],
        "[ERROR] ClientError: An error occurred (AccessDenied) when calling the CopyObject operation: \
         VPC endpoints do not support cross-region requests"
    );
}

#[test]
fn lists_that_a_bucket_does_not_take_are_named() {
    let client = client("nodejs22.x");
    let seen = symptom(&Outcome {
        fact: Some(&Fact::ListNotSupported),
        operation: "PutObjectAcl",
        ..outcome(&client, Verdict::AccessDenied, 30)
    });
    assert!(seen.log[0].contains("\"errorType\":\"AccessControlListNotSupported\""), "{:?}", seen.log);
    assert!(seen.log[0].contains("\"errorMessage\":\"The bucket does not allow ACLs\""), "{:?}", seen.log);
}

/// R7.20: no log, and Lambda's own error for the caller.
#[test]
fn a_function_that_never_starts_has_no_log() {
    let client = client("python3.13");
    let seen = |reason: Option<&str>, state: &str| {
        let fact = Fact::NotStarted { state: state.into(), reason: reason.map(Into::into), is_function: true };
        symptom(&Outcome { fact: Some(&fact), ..outcome(&client, Verdict::NeverStarts, 30) })
    };
    let full = seen(Some("SubnetOutOfIPAddresses"), "Failed");
    assert_eq!(full.kind, SymptomKind::NeverRuns);
    assert!(full.log.is_empty());
    assert_eq!(full.caller, "502 SubnetIPAddressLimitReachedException");
    assert_eq!(seen(Some("Idle"), "Inactive").caller, "502 ResourceNotReadyException");
    assert!(seen(None, "Pending").caller.ends_with("state: Pending"));
}

/// R7.24.
#[test]
fn a_call_at_import_time_ends_the_init_phase_first() {
    let client = client("python3.13");
    let seen = symptom(&Outcome { at_import_time: true, ..outcome(&client, Verdict::TimesOut, 30) });
    assert_eq!(seen.log[0], "INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout");
    assert_eq!(seen.log.len(), 3);
}

/// R0.6: the failing runs are shown, and that there are others.
#[test]
fn intermittent_shows_the_failing_runs() {
    let client = client("python3.13");
    let dropped = symptom(&outcome(&client, Verdict::Intermittent, 30));
    assert_eq!(dropped.kind, SymptomKind::Sometimes);
    assert!(dropped.log[1].ends_with("Task timed out after 30.00 seconds"));
    let fact = Fact::PortNotListening { port: 443 };
    let refused = symptom(&Outcome { fact: Some(&fact), ..outcome(&client, Verdict::Intermittent, 30) });
    assert!(refused.log[0].contains("EndpointConnectionError"), "{:?}", refused.log);
}

#[test]
fn options_of_the_question_win_over_those_of_the_function() {
    let mut workload = function("nodejs22.x");
    workload.client.connect_timeout = Some(5);
    workload.client.attempts = Some(2);
    let asked = Client { attempts: Some(7), ..Client::default() };
    let client = resolve_client(&workload, Some(&asked), "eu-west-1");
    assert_eq!((client.sdk, client.sdk_assumed), (Sdk::Javascript, false));
    assert_eq!((client.connect_timeout, client.attempts), (Some(5), 7));
    let never = Client { connect_timeout: Some(0), ..Client::default() };
    assert_eq!(resolve_client(&workload, Some(&never), "eu-west-1").connect_timeout, None);
}
