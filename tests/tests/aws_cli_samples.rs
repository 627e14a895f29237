//! Samples of real output of the AWS CLI: what they hold, and what the engine says of them.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use vpcreach::document::Document;
use vpcreach::import::{ImportOptions, ImportProblemKind, Imported, SourceFile, import};
use vpcreach::json::Json;
use vpcreach::{Language, Verdict, check};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aws-cli").join(name)
}

fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("expected.json"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn import_files(files: &[(String, Vec<u8>)]) -> Imported {
    let files: Vec<SourceFile<'_>> =
        files.iter().map(|(name, bytes)| SourceFile { name: name.clone(), bytes }).collect();
    import(&files, &ImportOptions::default())
}

fn sample(name: &str) -> Imported {
    import_files(&files_of(&folder(name)))
}

fn count(import: &Imported, matches: impl Fn(&ImportProblemKind) -> bool) -> usize {
    import.problems.iter().filter(|problem| matches(&problem.kind)).count()
}

/// Verdict and carriers of the only function and the only bucket.
fn verdict(document: &Document) -> (Verdict, Vec<String>) {
    let answer = check(document, &vpcreach::Selection::default(), Language::English);
    assert_eq!(answer.checks.len(), 1);
    let check = answer.checks.first().unwrap();
    (check.verdict, check.carriers.clone())
}

#[test]
fn every_sample_gets_the_verdict_of_a_real_account() {
    for (name, verdicts) in [
        ("public-subnet", Verdict::TimesOut),
        ("nat", Verdict::Succeeds),
        ("gateway-endpoint", Verdict::Succeeds),
        ("interface-endpoint-private-dns", Verdict::Succeeds),
        ("nacl-no-return", Verdict::TimesOut),
        ("endpoint-policy-other-bucket", Verdict::AccessDenied),
    ] {
        let expected: Value = serde_json::from_slice(&fs::read(folder(name).join("expected.json")).unwrap()).unwrap();
        let may_be = match expected["reach"].as_str().unwrap() {
            "yes" => [Verdict::Succeeds, Verdict::Succeeds],
            "no" => [Verdict::TimesOut, Verdict::TimesOut],
            "denied" => [Verdict::AccessDenied, Verdict::Undetermined],
            other => panic!("{name}: {other}"),
        };
        let (verdict, carriers) = verdict(&sample(name).document);
        assert_eq!(verdict, verdicts, "{name}");
        assert!(may_be.contains(&verdict), "{name}");
        let path = expected["path"].as_str().filter(|_| verdict == Verdict::Succeeds);
        let carrier = match path {
            Some("nat-gateway") => "natGateway/",
            Some(_) => "vpcEndpoint/",
            None => continue,
        };
        assert!(carriers.iter().any(|other| other.starts_with(carrier)), "{name}: {carriers:?}");
    }
}

#[test]
fn small_samples_hold_what_their_files_say() {
    let nat = sample("nat").document;
    assert_eq!(nat.region.as_deref(), Some("eu-west-1"));
    let function = &nat.functions["fn"];
    assert_eq!(function.subnets, ["subnet-5e1f028dc90f66fd0"]);
    assert_eq!(function.security_groups, ["sg-8ca74e69dcfbb6c8d"]);
    assert_eq!((function.timeout, function.runtime.as_deref()), (Some(10), Some("python3.12")));
    let vpc = &nat.vpcs["vpc-9a96b11c7426b6cad"];
    assert_eq!((vpc.enable_dns_support, vpc.enable_dns_hostnames), (Some(true), Some(false)));
    assert_eq!(nat.nat_gateways["nat-4a2ee92ea706b7d10"].elastic_ips, ["127.87.137.61"]);
    let table = &nat.route_tables["rtb-f18f7339bde6f0b02"];
    assert_eq!(table.subnets, function.subnets);
    assert_eq!(table.routes.len(), 1, "AWS's own local route is not written");
    assert_eq!(table.routes[0].target, "nat-4a2ee92ea706b7d10");
    assert!(nat.route_tables["rtb-ed116c60dfe16328d"].main);
    let acl = &nat.network_acls["acl-685ffce5e990b1571"];
    assert!(acl.is_default);
    assert_eq!(acl.ingress.len(), 1, "AWS's last rule is not written");
    assert!(nat.security_groups["sg-57be5a5a9d251b3cb"].is_default);
    assert!(!nat.security_groups["sg-8ca74e69dcfbb6c8d"].is_default);
    // The interface of the NAT gateway is not declared a second time.
    assert!(nat.network_interfaces.is_empty());
    // No answer says which bucket it is, so the only one has a name of ours.
    assert_eq!(nat.buckets["bucket"].region.as_deref(), Some("eu-west-1"));
    assert_eq!(nat.prefix_lists["pl-e4c53d23876c20425"].entries.len(), 4);

    let endpoint = sample("gateway-endpoint").document;
    let (_, gateway) = endpoint.vpc_endpoints.iter().next().unwrap();
    assert_eq!(gateway.service, "com.amazonaws.eu-west-1.s3");
    assert_eq!(gateway.route_tables.len(), 1);
    assert_eq!(gateway.private_dns_enabled, None, "the flag means nothing for a gateway endpoint");
    assert_eq!(gateway.policy, None, "full access is what having no policy means");
    let routes = endpoint.route_tables.values().flat_map(|table| &table.routes);
    assert!(routes.into_iter().all(|route| !route.target.starts_with("vpce-")), "AWS adds these");

    let interface = sample("interface-endpoint-private-dns").document;
    let (_, interface) = interface.vpc_endpoints.iter().next().unwrap();
    assert_eq!(interface.r#type.as_deref(), Some("Interface"));
    assert_eq!(interface.private_dns_enabled, Some(true));
    assert_eq!(interface.private_dns_only_for_inbound_resolver_endpoint, Some(false));

    let denied = sample("endpoint-policy-other-bucket").document;
    let (_, gateway) = denied.vpc_endpoints.iter().next().unwrap();
    let policy = gateway.policy.as_ref().unwrap();
    let statement = &policy.get("Statement").unwrap().items()[0];
    let resource = statement.get("Resource").and_then(Json::as_text);
    assert_eq!(resource, Some("arn:aws:s3:::some-other-bucket/*"));
}

#[test]
fn the_large_sample_loses_nothing_silently() {
    let import = sample("large");
    let document = &import.document;
    assert_eq!(document.vpcs.len(), 3);
    assert_eq!(document.vpcs["vpc-f7bcca0f6f981a1bc"].cidr.0, ["10.20.0.0/16", "100.64.0.0/16"]);
    assert_eq!(document.vpcs["vpc-f7bcca0f6f981a1bc"].ipv6_cidr.0, ["2400:6500:ac96:100::/56"]);
    assert!(document.vpcs["vpc-5f8762da45125282b"].is_default);
    assert_eq!(document.vpcs["vpc-701b5d033ed5ff00f"].dhcp_options.as_deref(), Some("dopt-baab860c8b68751aa"));
    assert_eq!(document.dhcp_options["dopt-baab860c8b68751aa"].domain_name_servers, ["10.20.0.53"]);

    assert_eq!(document.functions.len(), 4, "list-functions and the single answers are the same functions");
    assert_eq!(document.functions["fn-gwep"].subnets.len(), 2);
    assert!(document.functions["fn-nat"].ipv6_allowed_for_dual_stack);
    assert!(document.functions["fn-novpc"].subnets.is_empty());

    let types: Vec<Option<&str>> = document.vpc_endpoints.values().map(|endpoint| endpoint.r#type.as_deref()).collect();
    assert_eq!(types, [None, Some("Interface"), Some("GatewayLoadBalancer")]);
    assert_eq!(document.nat_gateways["nat-bae5d06c9b9647714"].connectivity_type.as_deref(), Some("private"));
    assert_eq!(document.nat_gateways["nat-bae5d06c9b9647714"].state.as_deref(), Some("deleted"));

    let target = |table: &str, destination: &str| {
        let routes = &document.route_tables[table].routes;
        routes.iter().find(|route| route.destination == destination).unwrap().target.clone()
    };
    assert_eq!(target("rtb-a70414684acaa611e", "0.0.0.0/0"), "i-2172d3c092a391cbf");
    assert_eq!(target("rtb-d8418c9808163b02d", "10.30.0.0/16"), "pcx-e162d077f97a0d24c");
    assert_eq!(target("rtb-1d03a677c18301f15", "::/0"), "eigw-86fbe4ea9734b87ee");
    assert_eq!(target("rtb-f172dabe296404115", "0.0.0.0/0"), "tgw-57dd79a9b49954c5c");
    assert_eq!(target("rtb-f172dabe296404115", "pl-1ffe415016c211eba"), "igw-1d5c80adf602a28c7");
    assert_eq!(document.route_tables["rtb-f172dabe296404115"].gateways, ["igw-1d5c80adf602a28c7"]);
    assert!(document.transit_gateways.contains_key("tgw-57dd79a9b49954c5c"));

    // The entries do not say of which list they are: one file is named after the list, the other after the service.
    assert_eq!(document.prefix_lists["pl-1ffe415016c211eba"].entries, ["192.168.0.0/16"]);
    assert_eq!(document.prefix_lists["pl-b9c6cdbdc646bb61f"].entries.len(), 3);

    let instance = &document.instances["i-2172d3c092a391cbf"];
    assert_eq!(instance.private_ip.as_deref(), Some("10.20.1.4"));
    assert_eq!(instance.source_dest_check, Some(false));
    assert_eq!(instance.security_groups, ["sg-6c12cc006cd54fd61"]);
    assert!(document.network_interfaces.is_empty(), "each interface belongs to something that is declared");

    let group = &document.security_groups["sg-216150dbc7d3915d9"];
    let peers: Vec<&str> = group.egress.as_ref().unwrap().iter().map(|rule| rule.peer.as_str()).collect();
    assert_eq!(peers, ["::/0", "pl-b9c6cdbdc646bb61f", "sg-6c12cc006cd54fd61"]);

    let bucket = &document.buckets["demo-bucket"];
    assert_eq!(bucket.region.as_deref(), Some("eu-west-1"));
    assert!(bucket.policy.is_some());

    // Every file is either used or named.
    for source in &import.files {
        assert!(!source.calls.is_empty(), "{} is not recognised", source.file);
    }
    let not_used = import.problems.iter().find_map(|problem| match &problem.kind {
        ImportProblemKind::NotUsed { calls } => Some(calls.len()),
        _ => None,
    });
    assert_eq!(not_used, Some(16));
    let conflicts = count(&import, |kind| matches!(kind, ImportProblemKind::Conflict { .. }));
    assert_eq!(conflicts, 0);
    assert_eq!(
        document.unknown_sections,
        [
            "dnsFirewallRules",
            "resolverRules",
            "vpcBlockPublicAccess",
            "vpcs/vpc-5f8762da45125282b/enableDnsHostnames",
            "vpcs/vpc-701b5d033ed5ff00f/enableDnsHostnames"
        ]
    );
}

/// Each place is that of a part of the document, in a line that has to do with it.
#[test]
fn every_part_knows_its_line() {
    let mut seen = 0;
    for name in ["large", "nat", "nacl-no-return", "interface-endpoint-private-dns", "gateway-endpoint"] {
        let files = files_of(&folder(name));
        let import = import_files(&files);
        let document = serde_json::to_value(&import.document).unwrap();
        for (pointer, place) in import.sources.iter() {
            let part = document.pointer(pointer).unwrap_or_else(|| panic!("{name}: {pointer} is no part"));
            let (_, bytes) = files.iter().find(|(file, _)| *file == place.location.file).unwrap();
            let text = std::str::from_utf8(bytes).unwrap();
            let from = text.lines().nth(place.location.line as usize - 1).unwrap();
            let here: String = from.chars().skip(place.location.column as usize - 1).collect();
            if pointer.matches('/').count() == 2 {
                // A bucket's own answer does not name it.
                assert!(here.contains(&place.name) || here.starts_with("\"LocationConstraint\""), "{pointer}: {here}");
            } else if pointer.contains("olic") || pointer.ends_with("/publicAccessBlock") {
                assert!(here.starts_with(['{', '"']), "{pointer}: {here}");
            } else {
                assert_eq!(here, "{", "{pointer}");
                let object: Vec<&str> = text.lines().skip(place.location.line as usize).take(12).collect();
                let word = ["destination", "peer", "cidr"].iter().find_map(|field| part[*field].as_str()).unwrap();
                assert!(object.join("").contains(word), "{pointer}: {word} is not in {object:?}");
            }
            seen += 1;
        }
        for section in ["subnets", "routeTables", "securityGroups", "functions", "buckets", "networkAcls"] {
            for component in document[section].as_object().unwrap().keys() {
                assert!(import.sources.of(&format!("/{section}/{component}")).is_some(), "{section}/{component}");
            }
        }
    }
    assert!(seen > 150, "{seen}");
}

#[test]
fn every_wrapping_gives_the_same_document() {
    let files = files_of(&folder("nat"));
    let separate = import_files(&files).document;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();

    let concatenated: String = files.iter().map(|(_, bytes)| text(bytes)).collect();
    let by_file: Vec<String> =
        files.iter().map(|(name, bytes)| format!("\"123456789012/eu-west-1/{name}\": {}", text(bytes))).collect();
    let by_command: Vec<String> = files
        .iter()
        .map(|(name, bytes)| {
            let service = if name.starts_with("describe") { "ec2-" } else { "" };
            format!("\"{service}{}\": {}", name.trim_end_matches(".json"), text(bytes))
        })
        .collect();
    let listed: Vec<String> = files.iter().map(|(_, bytes)| text(bytes)).collect();
    let wrapped = [
        concatenated,
        format!("{{{}}}", by_file.join(",")),
        format!("{{{}}}", by_command.join(",")),
        format!("{{\"123456789012\": {{\"eu-west-1\": {{{}}}}}}}", by_file.join(",")),
        format!("[{}]", listed.join(",")),
    ];
    for text in wrapped {
        let together = import_files(&[("everything.json".to_owned(), text.clone().into_bytes())]).document;
        assert_eq!(together, separate, "{}", text.get(..60).unwrap());
    }

    // The order of files does not matter, and a second copy is not a conflict.
    let twice: Vec<(String, Vec<u8>)> = files.iter().rev().chain(&files).cloned().collect();
    let import = import_files(&twice);
    assert_eq!(count(&import, |kind| matches!(kind, ImportProblemKind::Conflict { .. })), 0);
    assert_eq!(import.document, separate);
}

/// A value as `--output yaml` prints it.
fn yaml(value: &Value, indent: usize) -> String {
    let margin = " ".repeat(indent);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().map(|(key, value)| format!("\n{margin}{key}:{}", yaml(value, indent + 2))).collect()
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().map(|item| format!("\n{margin}-{}", yaml(item, indent + 2))).collect()
        }
        scalar => format!(" {scalar}"),
    }
}

#[test]
fn yaml_output_is_read_as_well() {
    let files = files_of(&folder("nat"));
    let as_yaml: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(name, bytes)| {
            let value: Value = serde_json::from_slice(bytes).unwrap();
            (name.replace(".json", ".yaml"), yaml(&value, 0).trim_start().as_bytes().to_vec())
        })
        .collect();
    assert!(as_yaml[0].1.starts_with(b"Addresses:"));
    assert_eq!(import_files(&as_yaml).document, import_files(&files).document);
}

#[test]
fn a_folder_with_broken_files_still_answers() {
    let mut files = files_of(&folder("nat"));
    let whole = import_files(&files).document;
    files.push(("photo.jpg".to_owned(), vec![0xff, 0xd8, 0xff, 0xe0, 0, 16]));
    files.push(("proxy.json".to_owned(), b"<!DOCTYPE html><html></html>".to_vec()));
    files.push(("empty.json".to_owned(), b" \n".to_vec()));
    files.push(("table.txt".to_owned(), b"-----------\n| DescribeVpcs |\n".to_vec()));
    files.push(("denied.json".to_owned(), b"An error occurred (UnauthorizedOperation) when calling".to_vec()));
    files.push(("package.json".to_owned(), br#"{"name": "x", "scripts": {"a": {"b": "c"}}}"#.to_vec()));
    let import = import_files(&files);
    assert_eq!(import.document, whole);
    for (file, code) in [
        ("photo.jpg", "wrongFormat"),
        ("proxy.json", "wrongFormat"),
        ("empty.json", "emptyFile"),
        ("table.txt", "wrongFormat"),
        ("denied.json", "wrongFormat"),
        ("package.json", "notRecognised"),
    ] {
        for language in [Language::English, Language::Japanese] {
            let diagnostics = import.diagnostics(language);
            let of_file: Vec<_> = diagnostics.iter().filter(|one| one.file.as_deref() == Some(file)).collect();
            assert_eq!(of_file.len(), 1, "{file}");
            assert_eq!(of_file[0].code, code, "{file}");
            assert!(!of_file[0].help.is_empty(), "{file}");
        }
    }
}
