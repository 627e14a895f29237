//! Single facts of importing output of the AWS CLI, each with the smallest input that shows it.

use vpcreach::answer::Severity;
use vpcreach::document::Document;
use vpcreach::import::{Format, ImportOptions, ImportProblemKind, Imported, OtherFormat, SourceFile, import};
use vpcreach::{Language, Selection, Verdict, check};

fn files(files: &[(&str, &str)]) -> Imported {
    let files: Vec<SourceFile<'_>> =
        files.iter().map(|(name, text)| SourceFile { name: (*name).to_owned(), bytes: text.as_bytes() }).collect();
    import(&files, &ImportOptions::default())
}

fn one(text: &str) -> Imported {
    files(&[("dump.json", text)])
}

fn is_unknown(document: &Document, section: &str) -> bool {
    document.unknown_sections.iter().any(|unknown| unknown == section)
}

/// Code, line and column of each problem that has a place in the file.
fn places(import: &Imported) -> Vec<(&'static str, u32, u32)> {
    let placed = import.problems.iter().filter_map(|problem| Some((problem.kind.code(), problem.location.as_ref()?)));
    placed.filter(|(_, place)| place.line > 0).map(|(code, place)| (code, place.line, place.column)).collect()
}

fn codes(import: &Imported) -> Vec<&'static str> {
    import.problems.iter().map(|problem| problem.kind.code()).filter(|code| *code != "missingAnswers").collect()
}

const SUBNETS: &str = r#"{"Subnets": [{"SubnetId": "subnet-a", "VpcId": "vpc-a", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-west-1a"}]}"#;

#[test]
fn a_broken_item_is_named_with_its_place_and_the_others_are_kept() {
    let import = one(
        "{\n  \"Subnets\": [\n    {\"SubnetId\": \"subnet-ä\"},\n    {\"SubnetId\": \"subnet-b\", \"CidrBlock\": [7]},\n    {\"SubnetId\": \"subnet-c\"}\n  ]\n}",
    );
    let names: Vec<&str> = import.document.subnets.keys().map(String::as_str).collect();
    assert_eq!(names, ["subnet-c", "subnet-ä"]);
    assert_eq!(places(&import), [("wrongShape", 4, 43)]);
    assert!(is_unknown(&import.document, "subnets"), "one of them is missing");
}

#[test]
fn a_cut_or_damaged_file_keeps_what_is_whole() {
    let whole = format!("{SUBNETS}\n{{\"Vpcs\": [{{\"VpcId\": \"vpc-a\", \"Cidr");
    let import = one(&whole);
    assert_eq!(import.document.subnets.len(), 1);
    assert!(import.document.vpcs.is_empty());
    assert_eq!(places(&import), [("truncatedFile", 2, 34)]);

    let import = one("{\"Subnets\": [],\n \"Vpcs\": [}");
    assert_eq!(places(&import), [("damagedFile", 2, 11)]);
    assert!(is_unknown(&import.document, "vpcs"));
    assert!(!is_unknown(&import.document, "subnets"));

    for length in 0..whole.len() {
        // Wherever it is cut, nothing is made up.
        let import = one(whole.get(..length).unwrap());
        assert!(import.document.subnets.len() <= 1);
        assert!(import.document.vpcs.is_empty());
    }
}

#[test]
fn a_cut_answer_leaves_its_section_unknown() {
    let import = one(&SUBNETS.replace("{\"Subnets\"", "{\"NextToken\": \"abc\", \"Subnets\""));
    assert_eq!(import.document.subnets.len(), 1);
    assert!(import.problems.iter().any(
        |problem| matches!(problem.kind, ImportProblemKind::CutAnswer { call } if call == "ec2 describe-subnets")
    ));
    assert!(is_unknown(&import.document, "subnets"));
    let import = one(&SUBNETS.replace("{\"Subnets\"", "{\"NextToken\": null, \"Subnets\""));
    assert!(!is_unknown(&import.document, "subnets"));
}

#[test]
fn answers_cut_out_with_query_are_recognised_by_their_items() {
    let import = one(r#"[{"SubnetId": "subnet-a", "CidrBlock": "10.0.0.0/24", "VpcId": "vpc-a"}]"#);
    assert_eq!(import.document.subnets["subnet-a"].cidr.as_deref(), Some("10.0.0.0/24"));
    assert_eq!(import.files[0].calls, ["aws ec2 describe-subnets"]);

    let import =
        one(r#"[[{"InstanceId": "i-a", "ImageId": "ami-a", "SubnetId": "subnet-a", "State": {"Name": "stopped"}}]]"#);
    assert_eq!(import.document.instances["i-a"].state.as_deref(), Some("stopped"));

    // One item says nothing about the others.
    let import = one(r#"{"RouteTableId": "rtb-a", "VpcId": "vpc-a", "Routes": []}"#);
    assert!(import.document.route_tables.contains_key("rtb-a"));
    assert!(is_unknown(&import.document, "routeTables"));

    let import = files(&[("describe-nat-gateways.json", "[]")]);
    assert_eq!(import.files[0].calls, ["aws ec2 describe-nat-gateways"]);
}

#[test]
fn dumps_of_boto3_and_of_other_tools_are_unwrapped() {
    let boto3 = r#"{"ResponseMetadata": {"RequestId": "x", "HTTPHeaders": {"server": "AmazonEC2"}}, "Subnets": [{"SubnetId": "subnet-a"}]}"#;
    let import = one(boto3);
    assert!(import.document.subnets.contains_key("subnet-a"));
    assert_eq!(codes(&import), [""; 0]);

    let snake = r#"{"provider": "aws", "vpcs": [{"VpcId": "vpc-a", "CidrBlock": "10.0.0.0/16"}],
        "network_acls": [{"NetworkAclId": "acl-a", "VpcId": "vpc-a", "Entries": []}], "meta": {"made": "today"}}"#;
    let import = one(snake);
    assert_eq!(import.document.vpcs["vpc-a"].cidr.0, ["10.0.0.0/16"]);
    assert!(import.document.network_acls.contains_key("acl-a"));
    assert!(!codes(&import).contains(&"notRecognised"));
}

#[test]
fn windows_powershell_writes_utf_16() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(SUBNETS.encode_utf16().flat_map(u16::to_le_bytes));
    let import = import(&[SourceFile::new("subnets.json", &bytes)], &ImportOptions::default());
    assert!(import.document.subnets.contains_key("subnet-a"));
}

#[test]
fn two_different_copies_are_a_conflict_and_the_first_counts() {
    let other = SUBNETS.replace("10.0.0.0/24", "10.0.9.0/24");
    let import = files(&[("old.json", SUBNETS), ("new.json", &other)]);
    assert_eq!(import.document.subnets["subnet-a"].cidr.as_deref(), Some("10.0.0.0/24"));
    let conflict = import.problems.iter().find(|problem| problem.kind.code() == "conflict").unwrap();
    assert_eq!(conflict.kind, ImportProblemKind::Conflict { id: "subnet-a".into(), first: "old.json".into() });
    assert_eq!(conflict.location.as_ref().unwrap().file, "new.json");
}

#[test]
fn other_formats_are_named() {
    for (text, format) in [
        (r#"{"fileVersion": "1.0", "configurationItems": []}"#, OtherFormat::AwsConfig),
        (r#"{"vpcs": {"main": {"cidr": "10.0.0.0/16"}}}"#, OtherFormat::Document),
        ("<html>", OtherFormat::Html),
    ] {
        let import = one(text);
        assert_eq!(import.problems[0].kind, ImportProblemKind::WrongFormat { format }, "{text}");
        assert!(import.found_nothing);
        assert!(import.diagnostics(Language::English).iter().all(|one| one.severity == Severity::Error), "{text}");
    }
}

/// What other readers understand is not taken for output of the AWS CLI, unless a person says that it is.
#[test]
fn formats_are_told_apart_unless_they_are_named() {
    for (text, format, other) in [
        (
            r#"{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}"#,
            Format::CloudFormation,
            OtherFormat::CloudFormation,
        ),
        (r#"{"format_version": "1.2", "planned_values": {}}"#, Format::TerraformPlan, OtherFormat::Terraform),
        (r#"{"version": 4, "lineage": "x", "resources": []}"#, Format::TerraformStateFile, OtherFormat::Terraform),
        ("Resources:\n  Vpc:\nAWSTemplateFormatVersion: x\n", Format::CloudFormation, OtherFormat::CloudFormation),
    ] {
        assert_eq!(one(text).files[0].format, Some(format), "{text}");
        let source = SourceFile::new("a", text.as_bytes());
        let options = ImportOptions { format: Some(Format::AwsCli), ..ImportOptions::default() };
        let kind = import(&[source], &options).problems[0].kind.clone();
        assert_eq!(kind, ImportProblemKind::WrongFormat { format: other }, "{text}");
    }
}

/// A VPC with one subnet and one function, ready to ask, without network ACLs and the like.
fn world(more: &[(&str, &str)]) -> Imported {
    let mut all = vec![
        ("vpcs", r#"{"Vpcs": [{"VpcId": "vpc-a", "CidrBlock": "10.0.0.0/16"}]}"#),
        ("subnets", SUBNETS),
        (
            "function",
            r#"{"FunctionName": "f", "FunctionArn": "arn:aws:lambda:eu-west-1:1:function:f", "Role": "r", "VpcConfig": {"SubnetIds": ["subnet-a"], "SecurityGroupIds": ["sg-a"], "VpcId": "vpc-a"}}"#,
        ),
    ];
    all.extend(more);
    files(&all)
}

#[test]
fn an_address_that_somebody_gave_a_function_is_kept() {
    let interface = |groups: &str, kind: &str| {
        format!(
            r#"{{"NetworkInterfaces": [{{"NetworkInterfaceId": "eni-a", "SubnetId": "subnet-a", "InterfaceType": "{kind}",
                "Groups": [{groups}], "Association": {{"PublicIp": "198.51.100.7"}}}}]}}"#
        )
    };
    let import = world(&[("enis", &interface(r#"{"GroupId": "sg-a"}"#, "lambda"))]);
    assert_eq!(import.document.functions["f"].elastic_ips["subnet-a"], "198.51.100.7");
    assert!(import.document.network_interfaces.is_empty());

    // Another set of groups means another function, which no answer describes.
    let import = world(&[("enis", &interface(r#"{"GroupId": "sg-b"}"#, "lambda"))]);
    assert!(import.document.functions["f"].elastic_ips.is_empty());
    assert_eq!(import.document.network_interfaces["eni-a"].interface_type.as_deref(), Some("lambda"));

    let import = world(&[("enis", &interface("", "network_load_balancer"))]);
    assert!(import.document.network_interfaces.is_empty(), "one without groups is not filtered by the default group");
}

#[test]
fn routes_of_a_gateway_endpoint_belong_to_the_endpoint() {
    let table = |state: &str| {
        format!(
            r#"{{"RouteTables": [{{"RouteTableId": "rtb-a", "VpcId": "vpc-a", "Associations": [{{"Main": true}}], "Routes": [
                {{"DestinationPrefixListId": "pl-6da54004", "GatewayId": "vpce-a", "State": "{state}"}},
                {{"DestinationCidrBlock": "10.1.0.0/16", "GatewayId": "vpce-b", "State": "active"}}]}}]}}"#
        )
    };
    let endpoints = r#"{"VpcEndpoints": [
        {"VpcEndpointId": "vpce-a", "VpcEndpointType": "Gateway", "VpcId": "vpc-a", "ServiceName": "com.amazonaws.eu-west-1.s3", "State": "Available"},
        {"VpcEndpointId": "vpce-b", "VpcEndpointType": "GatewayLoadBalancer", "VpcId": "vpc-a", "ServiceName": "x", "State": "PendingAcceptance"}]}"#;
    let import = world(&[("tables", &table("active")), ("endpoints", endpoints)]);
    let document = &import.document;
    assert_eq!(document.vpc_endpoints["vpce-a"].route_tables, ["rtb-a"]);
    assert_eq!(document.vpc_endpoints["vpce-a"].state, None);
    assert_eq!(document.vpc_endpoints["vpce-b"].state.as_deref(), Some("pendingAcceptance"));
    assert_eq!(document.prefix_lists["pl-6da54004"].aws_service.as_deref(), Some("com.amazonaws.eu-west-1.s3"));
    let targets: Vec<&str> = document.route_tables["rtb-a"].routes.iter().map(|route| route.target.as_str()).collect();
    assert_eq!(targets, ["vpce-b"], "that of a Gateway Load Balancer endpoint is a route like any other");

    let import = world(&[("tables", &table("blackhole")), ("endpoints", endpoints)]);
    assert_eq!(import.document.vpc_endpoints["vpce-a"].state.as_deref(), Some("deleting"));
    assert!(codes(&import).contains(&"endpointRouteBlackhole"));

    // Without describe-vpc-endpoints the route alone says that there is one, for a list that is known.
    let import = world(&[("tables", &table("active"))]);
    assert_eq!(import.document.vpc_endpoints["vpce-a"].service, "com.amazonaws.eu-west-1.s3");
    assert!(is_unknown(&import.document, "vpcEndpoints"));
}

#[test]
fn a_route_to_an_interface_leads_to_what_has_it() {
    let route = |fields: &str| {
        format!(
            r#"{{"RouteTables": [{{"RouteTableId": "rtb-a", "VpcId": "vpc-a", "Routes": [{{"DestinationCidrBlock": "0.0.0.0/0", {fields}, "State": "active"}}]}}]}}"#
        )
    };
    let target = |import: &Imported| import.document.route_tables["rtb-a"].routes[0].target.clone();
    let instance = r#"{"Reservations": [{"Instances": [{"InstanceId": "i-a", "SubnetId": "subnet-a", "State": {"Name": "running"}, "NetworkInterfaces": [
        {"NetworkInterfaceId": "eni-0", "SubnetId": "subnet-a", "Groups": [{"GroupId": "sg-n"}], "Attachment": {"DeviceIndex": 0}},
        {"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-a", "Groups": [{"GroupId": "sg-n"}], "SourceDestCheck": false, "Attachment": {"DeviceIndex": 1}}]}]}]}"#;
    let import = world(&[("i", instance), ("t", &route(r#""InstanceId": "i-a", "NetworkInterfaceId": "eni-0""#))]);
    assert_eq!(target(&import), "i-a");
    let import = world(&[("i", instance), ("t", &route(r#""InstanceId": "i-a", "NetworkInterfaceId": "eni-1""#))]);
    assert_eq!(target(&import), "eni-1");
    assert_eq!(import.document.instances["i-a"].network_interfaces, ["eni-1"]);
    assert_eq!(import.document.network_interfaces["eni-1"].source_dest_check, Some(false));

    // Without describe-instances the interface stands for itself.
    let interfaces = r#"{"NetworkInterfaces": [{"NetworkInterfaceId": "eni-0", "SubnetId": "subnet-a", "Groups": [{"GroupId": "sg-n"}],
        "InterfaceType": "interface", "Attachment": {"InstanceId": "i-a", "DeviceIndex": 0}}]}"#;
    let import = world(&[("n", interfaces), ("t", &route(r#""InstanceId": "i-a""#))]);
    assert_eq!(target(&import), "eni-0");

    let import = world(&[("t", &route(r#""InstanceId": "i-a""#))]);
    assert_eq!(target(&import), "i-a");
    assert!(is_unknown(&import.document, "instances"));
}

#[test]
fn a_function_on_a_capacity_provider_is_not_taken_for_one_outside_the_vpc() {
    let function = r#"{"FunctionName": "managed", "FunctionArn": "arn:aws:lambda:eu-west-1:1:function:managed", "CapacityProviderConfig":
        {"LambdaManagedInstancesCapacityProviderConfig": {"CapacityProviderArn": "arn:aws:lambda:eu-west-1:1:capacity-provider:p"}}}"#;
    let import = world(&[("managed", function)]);
    assert!(!import.document.functions.contains_key("managed"));
    assert!(codes(&import).contains(&"capacityProviderUnknown"));
    let provider = r#"{"CapacityProvider": {"CapacityProviderArn": "arn:aws:lambda:eu-west-1:1:capacity-provider:p",
        "VpcConfig": {"SubnetIds": ["subnet-a"], "SecurityGroupIds": ["sg-p"]}}}"#;
    let import = world(&[("managed", function), ("provider", provider)]);
    assert_eq!(import.document.functions["managed"].subnets, ["subnet-a"]);
    assert_eq!(import.document.functions["managed"].security_groups, ["sg-p"]);
}

#[test]
fn a_detached_function_has_an_empty_vpc_config() {
    let function = r#"{"FunctionName": "g", "FunctionArn": "arn:aws:lambda:eu-west-1:1:function:g",
        "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": [], "VpcId": "", "Ipv6AllowedForDualStack": false}, "Timeout": 30, "State": "Inactive"}"#;
    let document = world(&[("g", function)]).document;
    assert!(document.functions["g"].subnets.is_empty());
    assert_eq!(
        (document.functions["g"].timeout, document.functions["g"].state.as_deref()),
        (Some(30), Some("Inactive"))
    );
}

#[test]
fn functions_of_another_region_are_left_out() {
    let function = r#"{"FunctionName": "far", "FunctionArn": "arn:aws:lambda:us-east-1:1:function:far"}"#;
    let import = world(&[("far", function)]);
    assert_eq!(import.document.region.as_deref(), Some("eu-west-1"));
    assert!(!import.document.functions.contains_key("far"));
    assert!(codes(&import).contains(&"otherRegion"));
}

#[test]
fn regional_nat_gateways_have_zones_instead_of_a_subnet() {
    let gateway = |mode: &str| {
        format!(
            r#"{{"NatGateways": [{{"NatGatewayId": "nat-a", "VpcId": "vpc-a", "State": "AVAILABLE", "AvailabilityMode": "regional", {mode}
                "RouteTableId": "rtb-nat", "NatGatewayAddresses": [
                {{"PublicIp": "198.51.100.1", "AvailabilityZone": "eu-west-1b", "Status": "succeeded"}},
                {{"PublicIp": "198.51.100.2", "AvailabilityZone": "eu-west-1a", "Status": "failed"}}]}}]}}"#
        )
    };
    let document = one(&gateway("")).document;
    let nat = &document.nat_gateways["nat-a"];
    assert_eq!((nat.subnet.as_deref(), nat.vpc.as_deref(), nat.state.as_deref()), (None, Some("vpc-a"), None));
    assert_eq!(nat.elastic_ips, ["198.51.100.1"], "the other one failed");
    assert_eq!(nat.availability_zones, ["eu-west-1b"]);
    assert_eq!(nat.route_table.as_deref(), Some("rtb-nat"));
    let document = one(&gateway(r#""AutoProvisionZones": "enabled","#)).document;
    assert!(document.nat_gateways["nat-a"].availability_zones.is_empty(), "automatic mode works in every zone");
}

#[test]
fn block_public_access_comes_from_its_own_answers_or_from_the_vpc() {
    let vpcs = r#"{"Vpcs": [
        {"VpcId": "vpc-a", "CidrBlock": "10.0.0.0/16", "BlockPublicAccessStates": {"InternetGatewayBlockMode": "block-bidirectional"}},
        {"VpcId": "vpc-b", "CidrBlock": "10.1.0.0/16", "BlockPublicAccessStates": {"InternetGatewayBlockMode": "off"}}]}"#;
    let setting = one(vpcs).document.vpc_block_public_access.unwrap();
    assert_eq!(setting.internet_gateway_block_mode.as_deref(), Some("block-bidirectional"));
    assert_eq!(setting.exclusions[0].vpc.as_deref(), Some("vpc-b"));

    let own = r#"{"VpcBlockPublicAccessOptions": {"AwsRegion": "eu-west-1", "InternetGatewayBlockMode": "block-ingress"}}
        {"VpcBlockPublicAccessExclusions": [{"ExclusionId": "vpcbpa-exclude-1", "ResourceArn": "arn:aws:ec2:eu-west-1:1:subnet/subnet-a",
        "InternetGatewayExclusionMode": "allow-egress", "State": "update-complete"}]}"#;
    let import = one(own);
    let setting = import.document.vpc_block_public_access.as_ref().unwrap();
    assert_eq!(setting.internet_gateway_block_mode.as_deref(), Some("block-ingress"));
    assert_eq!(setting.exclusions[0].subnet.as_deref(), Some("subnet-a"));
    assert_eq!(setting.exclusions[0].internet_gateway_exclusion_mode, "allow-egress");
    assert!(!is_unknown(&import.document, "vpcBlockPublicAccess"));
}

#[test]
fn rules_keep_protocol_ports_and_peers() {
    let groups = r#"{"SecurityGroups": [{"GroupId": "sg-a", "VpcId": "vpc-a", "GroupName": "x", "IpPermissions": [
        {"IpProtocol": "tcp", "FromPort": 1024, "ToPort": 65535, "IpRanges": [{"CidrIp": "10.0.0.0/8"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
        {"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "UserIdGroupPairs": [{"GroupId": "sg-b", "UserId": "1"}]},
        {"IpProtocol": "17", "FromPort": 0, "ToPort": 65535, "PrefixListIds": [{"PrefixListId": "pl-a"}]},
        {"IpProtocol": "50", "IpRanges": [{"CidrIp": "10.0.0.1/32"}]}], "IpPermissionsEgress": []}]}"#;
    let document = one(groups).document;
    let group = &document.security_groups["sg-a"];
    let rules: Vec<(Option<&str>, Option<&str>, &str)> = group
        .ingress
        .iter()
        .map(|rule| (rule.protocol.as_deref(), rule.port.as_ref().map(|port| port.0.as_str()), rule.peer.as_str()))
        .collect();
    assert_eq!(
        rules,
        [
            (Some("tcp"), Some("1024-65535"), "10.0.0.0/8"),
            (Some("tcp"), Some("1024-65535"), "::/0"),
            (Some("icmp"), Some("8"), "sg-b"),
            (Some("udp"), None, "pl-a"),
            (Some("50"), None, "10.0.0.1/32"),
        ]
    );
    assert_eq!(group.egress.as_deref(), Some(&[][..]), "no rule means that nothing leaves");
    assert!(is_unknown(&document, "prefixLists"), "a rule names a list that no answer describes");

    let rules = r#"{"SecurityGroupRules": [
        {"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-a", "IsEgress": true, "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "ReferencedGroupInfo": {"GroupId": "sg-b"}},
        {"SecurityGroupRuleId": "sgr-2", "GroupId": "sg-a", "IsEgress": false, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "CidrIpv4": "10.0.0.0/8"}]}"#;
    let document = one(rules).document;
    let group = &document.security_groups["sg-a"];
    assert_eq!(group.egress.as_ref().unwrap()[0].peer, "sg-b");
    assert_eq!((group.ingress[0].peer.as_str(), group.ingress[0].protocol.as_deref()), ("10.0.0.0/8", None));
    assert!(!is_unknown(&document, "securityGroups"));

    let acl = r#"{"NetworkAcls": [{"NetworkAclId": "acl-a", "VpcId": "vpc-a", "Entries": [
        {"RuleNumber": 200, "Egress": true, "RuleAction": "ALLOW", "Protocol": "6", "CidrBlock": "0.0.0.0/0", "PortRange": {"From": 443, "To": 443}},
        {"RuleNumber": 100, "Egress": true, "RuleAction": "deny", "Protocol": "1", "CidrBlock": "0.0.0.0/0", "IcmpTypeCode": {"Type": 8, "Code": -1}},
        {"RuleNumber": 32767, "Egress": true, "RuleAction": "deny", "Protocol": "-1", "CidrBlock": "0.0.0.0/0"}]}]}"#;
    let document = one(acl).document;
    let rules: Vec<_> = document.network_acls["acl-a"]
        .egress
        .iter()
        .map(|rule| {
            (rule.rule_number, rule.action.as_str(), rule.protocol.as_deref(), rule.port.as_ref().unwrap().0.as_str())
        })
        .collect();
    assert_eq!(rules, [(100, "deny", Some("icmp"), "8"), (200, "allow", Some("tcp"), "443")]);
}

#[test]
fn buckets_are_named_by_their_files() {
    let import = files(&[
        ("s3api-get-bucket-location.photos.json", r#"{"LocationConstraint": null}"#),
        ("in/logs.example.get-bucket-location.json", r#"{"LocationConstraint": "EU"}"#),
        ("get-bucket-location.json", r#"{"LocationConstraint": "sa-east-1"}"#),
    ]);
    let buckets = &import.document.buckets;
    assert_eq!(buckets["photos"].region.as_deref(), Some("us-east-1"));
    assert_eq!(buckets["logs.example"].region.as_deref(), Some("eu-west-1"));
    assert_eq!(buckets.len(), 2);
    assert!(codes(&import).contains(&"unnamedBucket"));

    let import =
        one(r#"{"Buckets": [{"Name": "a", "BucketRegion": "eu-west-1"}, {"Name": "b", "CreationDate": "x"}]}"#);
    assert_eq!(import.document.buckets["a"].region.as_deref(), Some("eu-west-1"));
    let unknown = ImportProblemKind::BucketRegionUnknown { buckets: vec!["b".into()] };
    assert!(import.problems.iter().any(|problem| problem.kind == unknown));
    assert!(is_unknown(&import.document, "buckets"));
}

#[test]
fn hosted_zones_need_their_records() {
    let zones = r#"{"HostedZoneSummaries": [
        {"HostedZoneId": "Z1", "Name": "corp.example.", "Owner": {"OwningAccount": "1"}},
        {"HostedZoneId": "Z2", "Name": "s3.eu-west-1.amazonaws.com.", "Owner": {"OwningService": "vpce.amazonaws.com"}}]}"#;
    let import = world(&[("zones", zones)]);
    assert!(import.document.private_hosted_zones.is_empty(), "without its records a zone would hide every name");
    assert!(is_unknown(&import.document, "privateHostedZones"));
    let records = r#"{"ResourceRecordSets": [
        {"Name": "corp.example.", "Type": "SOA", "ResourceRecords": [{"Value": "x"}]},
        {"Name": "\\052.corp.example.", "Type": "A", "ResourceRecords": [{"Value": "10.0.0.9"}]},
        {"Name": "corp.example.", "Type": "A", "AliasTarget": {"DNSName": "lb.example.com."}}]}"#;
    let import = world(&[("zones", zones), ("records", records)]);
    let zone = &import.document.private_hosted_zones["Z1"];
    assert_eq!(zone.vpcs, ["vpc-a"]);
    assert_eq!(
        (zone.records["*"].as_slice(), zone.records["@"].as_slice()),
        (["10.0.0.9".to_owned()].as_slice(), ["lb.example.com".to_owned()].as_slice())
    );
    assert!(!is_unknown(&import.document, "privateHostedZones"));
}

#[test]
fn resolver_rules_and_dns_firewall() {
    // R1.15, R1.16: the answers of several calls, put together by their ids.
    let rules = r#"{"ResolverRules": [
        {"Id": "rslvr-rr-1", "DomainName": "corp.example.", "RuleType": "FORWARD", "Status": "COMPLETE"},
        {"Id": "rslvr-autodefined-rr-internet-resolver", "DomainName": ".", "RuleType": "RECURSIVE"}]}"#;
    let of_vpc = r#"{"ResolverRuleAssociations": [
        {"Id": "a1", "ResolverRuleId": "rslvr-rr-1", "VPCId": "vpc-a", "Status": "COMPLETE"},
        {"Id": "a2", "ResolverRuleId": "rslvr-rr-shared", "VPCId": "vpc-a", "Status": "COMPLETE"}]}"#;
    let groups = r#"{"FirewallRuleGroupAssociations": [
        {"Id": "b2", "FirewallRuleGroupId": "rslvr-frg-2", "VpcId": "vpc-a", "Priority": 200, "Status": "COMPLETE"},
        {"Id": "b1", "FirewallRuleGroupId": "rslvr-frg-1", "VpcId": "vpc-a", "Priority": 101, "Status": "COMPLETE"}]}"#;
    let firewall = r#"{"FirewallRules": [
        {"FirewallRuleGroupId": "rslvr-frg-1", "FirewallDomainListId": "rslvr-fdl-1", "Priority": 2, "Action": "BLOCK",
         "BlockResponse": "NXDOMAIN"},
        {"FirewallRuleGroupId": "rslvr-frg-1", "FirewallDomainListId": "rslvr-fdl-of-aws", "Priority": 1,
         "Action": "ALERT", "FirewallDomainRedirectionAction": "TRUST_REDIRECTION_DOMAIN"}]}"#;
    let import = world(&[
        ("rules", rules),
        ("associations", of_vpc),
        ("groups", groups),
        ("firewall", firewall),
        ("list-firewall-domains.rslvr-fdl-1.json", r#"{"Domains": ["*.amazonaws.com.", "evil.example."]}"#),
    ]);
    let vpc = &import.document.vpcs["vpc-a"];
    let rules: Vec<_> =
        vpc.resolver_rules.iter().map(|rule| (rule.domain.as_deref(), rule.r#type.as_deref())).collect();
    assert_eq!(rules, [(Some("corp.example"), Some("FORWARD")), (None, None)], "a shared rule that is not described");
    let actions: Vec<_> = vpc
        .dns_firewall_rules
        .iter()
        .map(|rule| (rule.action.as_deref(), rule.domains.as_ref().map(Vec::len), rule.block_response.as_deref()))
        .collect();
    assert_eq!(
        actions,
        [(Some("ALERT"), None, None), (Some("BLOCK"), Some(2), Some("NXDOMAIN")), (None, None, None)],
        "by the priorities of associations and rules; the last group is not described"
    );
    assert_eq!(vpc.dns_firewall_rules[1].domains.as_deref().unwrap(), ["*.amazonaws.com", "evil.example"]);
    assert!(!is_unknown(&import.document, "dnsFirewallRules") && !is_unknown(&import.document, "resolverRules"));
    assert!(is_unknown(&world(&[]).document, "dnsFirewallRules"));
}

#[test]
fn missing_answers_are_unknown_and_named_with_their_call() {
    let import = world(&[]);
    for section in ["routeTables", "networkAcls", "securityGroups", "vpcEndpoints", "buckets"] {
        assert!(is_unknown(&import.document, section), "{section}");
    }
    // Nothing refers to any of these.
    for section in ["natGateways", "internetGateways", "dhcpOptions", "prefixLists", "instances", "functions"] {
        assert!(!is_unknown(&import.document, section), "{section}");
    }
    for language in [Language::English, Language::Japanese] {
        let helps: Vec<String> = import.diagnostics(language).into_iter().map(|diagnostic| diagnostic.help).collect();
        assert!(helps.iter().any(|help| help.contains("`aws ec2 describe-network-acls`")), "{helps:?}");
    }
    // A dump without route tables cannot tell whether the function reaches anything.
    let selection = Selection { to: Some("203.0.113.1:443".into()), ..Selection::default() };
    let answer = check(&import.document, &selection, Language::English);
    assert_eq!(answer.checks[0].verdict, Verdict::Undetermined);
}

#[test]
fn a_blackhole_route_stays_and_drops() {
    let table = r#"{"RouteTables": [{"RouteTableId": "rtb-a", "VpcId": "vpc-a", "Associations": [{"Main": true}], "Routes": [
        {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-gone", "State": "blackhole", "Origin": "CreateRoute"}]}]}"#;
    let import = world(&[
        ("t", table),
        (
            "g",
            r#"{"SecurityGroups": [{"GroupId": "sg-a", "VpcId": "vpc-a", "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}"#,
        ),
        ("n", r#"{"NatGateways": []}"#),
        (
            "a",
            r#"{"NetworkAcls": [{"NetworkAclId": "acl-a", "VpcId": "vpc-a", "IsDefault": true, "Associations": [{"SubnetId": "subnet-a"}], "Entries": [
            {"RuleNumber": 100, "Egress": true, "RuleAction": "allow", "Protocol": "-1", "CidrBlock": "0.0.0.0/0"},
            {"RuleNumber": 100, "Egress": false, "RuleAction": "allow", "Protocol": "-1", "CidrBlock": "0.0.0.0/0"}]}]}"#,
        ),
        ("e", r#"{"VpcEndpoints": []}"#),
    ]);
    assert_eq!(import.document.route_tables["rtb-a"].routes[0].state.as_deref(), Some("blackhole"));
    let selection = Selection { to: Some("203.0.113.1:443".into()), ..Selection::default() };
    let answer = check(&import.document, &selection, Language::English);
    assert_eq!(answer.checks[0].verdict, Verdict::TimesOut, "{:?}", answer.checks[0].summary);
}

#[test]
fn nothing_at_all_is_said() {
    assert_eq!(codes(&files(&[])), ["nothingToImport"]);
    assert_eq!(codes(&one("")), ["emptyFile"]);
    assert_eq!(codes(&one("{}")), ["notRecognised"]);
    assert_eq!(codes(&one("[]")), ["notRecognised"]);
    assert_eq!(codes(&one("[1, 2]")), ["notRecognised"]);
    assert!(one("{}").found_nothing);
}

#[test]
fn many_problems_of_a_kind_are_told_as_a_number() {
    let items: Vec<String> = (0..5000).map(|number| format!("{{\"SubnetId\": [{number}]}}")).collect();
    let import = one(&format!("{{\"Subnets\": [{}]}}", items.join(",\n")));
    let told = places(&import);
    assert_eq!((told.len(), told[0], told[19]), (20, ("wrongShape", 1, 27), ("wrongShape", 20, 14)));
    assert!(import.problems.iter().any(|problem| problem.kind == ImportProblemKind::FurtherProblems { count: 4980 }));
    let junk: String = (0..5000).map(|number| format!("{{\"some\": {number}}}\n")).collect();
    assert!(codes(&one(&junk)).len() <= 22);
}
