//! The network of this project's template, tested like any other code.

use vpcreach::ReasonCode;
use vpcreach::testing::Configuration;
use vpcreach_example::BUCKET;

fn template(stage: &str) -> Configuration {
    Configuration::new("template.yaml", include_bytes!("../template.yaml"))
        .region("eu-west-1")
        .parameter("Stage", stage)
}

#[test]
fn the_function_reads_its_bucket_in_every_stage() {
    for stage in ["dev", "production"] {
        template(stage).reaches("Resize", &format!("s3://{BUCKET}"));
    }
}

#[test]
fn only_production_reaches_the_internet() {
    template("production").reaches("Resize", "https://example.com");
    template("dev").is_stopped("Resize", "https://example.com", ReasonCode::NoRouteToDestination);
}

#[test]
fn a_failure_shows_the_way_and_the_lines() {
    let failure = std::panic::catch_unwind(|| template("dev").reaches("Resize", "https://example.com"));
    let message = failure.expect_err("dev has no way to the Internet");
    let message = message.downcast_ref::<String>().expect("a text");
    for part in [
        "expected that Resize reaches https://example.com",
        "NO_ROUTE_TO_DESTINATION",
        "template.yaml:14:3  PrivateTable",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
}
