//! What is measured.

use std::fmt::Write as _;

/// A Lambda function behind an internet gateway only: the case that the project began with.
pub(crate) const ARTICLE: &str = r#"{
  "region": "us-east-1",
  "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
  "subnets": { "public": { "cidr": "10.0.0.0/24" } },
  "internetGateways": { "igw": {} },
  "routeTables": { "public-routes": { "subnets": ["public"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] } },
  "securityGroups": { "function-group": {} },
  "functions": {
    "thumbnailer": { "subnets": ["public"], "securityGroups": ["function-group"], "timeout": 30, "runtime": "python3.13" }
  },
  "buckets": { "photos": {} }
}"#;

/// 1,000 subnets, 200 tables of 500 routes, 500 groups of 60 rules; the function goes through a NAT gateway.
pub(crate) fn large_vpc() -> String {
    let mut text = String::from(
        r#"{ "region": "us-east-1", "vpcs": { "main": { "cidr": "10.0.0.0/16" } }, "internetGateways": { "igw": {} },
"natGateways": { "nat": { "subnet": "subnet-0", "elasticIps": ["203.0.113.10"] } }, "buckets": { "photos": {} },
"vpcPeeringConnections": { "pcx": {} },
"functions": { "thumbnailer": { "subnets": ["subnet-5", "subnet-6", "subnet-7"],
  "securityGroups": ["group-0", "group-1", "group-2", "group-3", "group-4"], "timeout": 30, "runtime": "python3.13" } },
"subnets": {"#,
    );
    let list = |text: &mut String, count: u32, item: &dyn Fn(&mut String, u32)| {
        for index in 0..count {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            item(text, index);
        }
    };
    list(&mut text, 1_000, &|text, index| {
        let _ = write!(text, r#""subnet-{index}": {{ "cidr": "10.0.{}.{}/26" }}"#, index / 4, index % 4 * 64);
    });
    text.push_str("},\n\"routeTables\": {");
    list(&mut text, 200, &|text, index| {
        let subnets: Vec<String> = (0..5).map(|offset| format!("\"subnet-{}\"", index * 5 + offset)).collect();
        let target = if index == 0 { "igw" } else { "nat" };
        let _ = write!(
            text,
            r#""table-{index}": {{ "subnets": [{}], "routes": [{{ "destination": "0.0.0.0/0", "target": "{target}" }}"#,
            subnets.join(", ")
        );
        for route in 0..499 {
            let _ = write!(
                text,
                r#", {{ "destination": "172.{}.{}.0/24", "target": "pcx" }}"#,
                16 + route / 250,
                route % 250
            );
        }
        text.push_str("] }");
    });
    text.push_str("},\n\"securityGroups\": {");
    list(&mut text, 500, &|text, index| {
        let rule = |rule: u32| {
            format!(
                r#"{{ "protocol": "tcp", "port": "{}", "peer": "10.{}.{}.0/24" }}"#,
                1_000 + rule * 10,
                index % 200,
                rule
            )
        };
        let ingress: Vec<String> = (0..30).map(rule).collect();
        let egress: Vec<String> = (30..59).map(rule).collect();
        let _ = write!(
            text,
            r#""group-{index}": {{ "ingress": [{}], "egress": [{}, {{ "protocol": "tcp", "port": 443, "peer": "0.0.0.0/0" }}] }}"#,
            ingress.join(", "),
            egress.join(", ")
        );
    });
    text.push_str("}\n}\n");
    text
}
