//! What clients do unless somebody tells them otherwise.

use super::{ResolvedClient, resolve_client};
use crate::document::Document;
use crate::network::{Network, Workload};
use crate::query::{Family, HostNames, Sdk};

fn client(runtime: &str, region: &str, ipv6: bool) -> ResolvedClient {
    let text = format!(r#"{{ "functions": {{ "fn": {{ "runtime": "{runtime}" }} }} }}"#);
    let (network, _) = Network::resolve(&Document::from_json(&text).document);
    let (_, workload) = network.workloads.iter().next().unwrap();
    resolve_client(&Workload { ipv6, ..workload.clone() }, None, region)
}

/// R5.26.
#[test]
fn boto3_uses_the_global_name_of_s3_in_us_east_1_only() {
    let home = client("python3.13", "us-east-1", false);
    assert_eq!(home.names_for("s3"), HostNames::Global);
    assert_eq!(home.names_for("sqs"), HostNames::Regional);
    assert_eq!(client("python3.13", "eu-west-1", false).names_for("s3"), HostNames::Regional);
    assert_eq!(client("nodejs22.x", "us-east-1", false).names_for("s3"), HostNames::Regional);
    assert_eq!(client("java21", "us-east-1", false).names_for("s3"), HostNames::Regional);
}

/// R7.31.
#[test]
fn only_boto3_follows_redirects() {
    let follows =
        ["python3.13", "nodejs22.x", "java21"].map(|runtime| client(runtime, "eu-west-1", false).follow_redirects);
    assert_eq!(follows, [true, false, false]);
}

#[test]
fn runtimes_without_an_sdk_are_taken_for_python() {
    let unknown = client("provided.al2023", "eu-west-1", false);
    assert_eq!((unknown.sdk, unknown.sdk_assumed), (Sdk::Python, true));
    assert!(!client("python3.13", "eu-west-1", false).sdk_assumed);
}

/// Node.js 20 and later leave an address after a fraction of a second; the others wait out their time-out.
#[test]
fn new_node_falls_back_to_the_other_family() {
    let falls_back = ["nodejs18.x", "nodejs20.x", "nodejs24.x", "python3.13", "java21"]
        .map(|runtime| client(runtime, "eu-west-1", true).fallback);
    assert_eq!(falls_back, [false, true, true, false, false]);
}

/// R3.10; the JVM sorts IPv4 first.
#[test]
fn ipv6_goes_first_where_there_is_one() {
    assert_eq!(client("python3.13", "eu-west-1", true).prefers, Family::Ipv6);
    assert_eq!(client("python3.13", "eu-west-1", false).prefers, Family::Ipv4);
    assert_eq!(client("java21", "eu-west-1", true).prefers, Family::Ipv4);
}
