//! Resolver rules and DNS Firewall (R1.15, R1.16) in templates and in Terraform: what they say, and what they leave open.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use serde_json::{Value, json};
use vpcreach::document::DnsFirewallRule;
use vpcreach::import::{ImportOptions, Imported, SourceFile, import};
use vpcreach::{Language, Selection, Verdict, check};

/// A function behind a gateway endpoint.
const NETWORK: &str = r"
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  TableOfSubnet:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { RouteTableId: !Ref Table, SubnetId: !Ref Subnet }
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: com.amazonaws.eu-west-1.s3
      RouteTableIds: [!Ref Table]
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc, GroupDescription: all } }
  Bucket: { Type: AWS::S3::Bucket }
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      VpcConfig: { SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group] }
";

fn read(files: &[(&str, &str)]) -> Imported {
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|(name, text)| SourceFile::new(*name, text.as_bytes())).collect();
    import(&sources, &ImportOptions { region: Some("eu-west-1".to_owned()), ..ImportOptions::default() })
}

fn template(parameters: &str, resources: &str) -> Imported {
    read(&[("template.yaml", &format!("{parameters}\nResources:{NETWORK}{resources}"))])
}

fn verdict(imported: &Imported) -> Verdict {
    let answer = check(&imported.document, &Selection::default(), Language::English);
    assert_eq!(answer.checks.len(), 1, "{:?}", answer.diagnostics);
    answer.checks.first().unwrap().verdict
}

fn messages(imported: &Imported) -> String {
    let lines = imported.diagnostics(Language::English).into_iter().map(|diagnostic| {
        format!("{}:{}: {}\n", diagnostic.line.unwrap_or(0), diagnostic.column.unwrap_or(0), diagnostic.message)
    });
    lines.collect()
}

fn firewall(imported: &Imported) -> &[DnsFirewallRule] {
    &imported.document.vpcs["Vpc"].dns_firewall_rules
}

const LISTS: &str = r"
  Everything: { Type: AWS::Route53Resolver::FirewallDomainList, Properties: { Domains: ['*'] } }
  Amazon: { Type: AWS::Route53Resolver::FirewallDomainList, Properties: { Domains: ['*.amazonaws.com'] } }
";

#[test]
fn a_rule_group_of_a_template_blocks() {
    let imported = template(
        "",
        &format!(
            "{LISTS}
  Rules:
    Type: AWS::Route53Resolver::FirewallRuleGroup
    Properties:
      FirewallRules:
        - {{ Action: BLOCK, BlockResponse: NXDOMAIN, FirewallDomainListId: !Ref Everything, Priority: 20 }}
        - {{ Action: ALERT, FirewallDomainListId: !GetAtt Everything.Id, Priority: 10, Qtype: MX }}
  Association:
    Type: AWS::Route53Resolver::FirewallRuleGroupAssociation
    Properties: {{ VpcId: !Ref Vpc, FirewallRuleGroupId: !GetAtt Rules.Id, Priority: 101 }}
"
        ),
    );
    let actions: Vec<_> = firewall(&imported).iter().map(|rule| rule.action.as_deref().unwrap()).collect();
    assert_eq!(actions, ["ALERT", "BLOCK"], "the lowest priority comes first");
    assert_eq!(verdict(&imported), Verdict::NameNotResolved);
    let place = imported.sources.of("/vpcs/Vpc/dnsFirewallRules/1").unwrap();
    assert_eq!((place.name.as_str(), place.location.line), ("Rules", 30), "{}", messages(&imported));
    assert_eq!(messages(&imported), "");
}

#[test]
fn associations_come_by_their_priority() {
    let groups = |first: u32, second: u32| {
        template(
            "",
            &format!(
                "{LISTS}
  Block:
    Type: AWS::Route53Resolver::FirewallRuleGroup
    Properties:
      FirewallRules: [{{ Action: BLOCK, BlockResponse: NODATA, FirewallDomainListId: !Ref Everything, Priority: 1 }}]
  Allow:
    Type: AWS::Route53Resolver::FirewallRuleGroup
    Properties:
      FirewallRules: [{{ Action: ALLOW, FirewallDomainListId: !Ref Amazon, Priority: 9 }}]
  BlockAssociation:
    Type: AWS::Route53Resolver::FirewallRuleGroupAssociation
    Properties: {{ VpcId: !Ref Vpc, FirewallRuleGroupId: !Ref Block, Priority: {first} }}
  AllowAssociation:
    Type: AWS::Route53Resolver::FirewallRuleGroupAssociation
    Properties: {{ VpcId: !Ref Vpc, FirewallRuleGroupId: !Ref Allow, Priority: {second} }}
"
            ),
        )
    };
    assert_eq!(verdict(&groups(101, 200)), Verdict::NameNotResolved);
    assert_eq!(verdict(&groups(200, 101)), Verdict::Succeeds);
}

#[test]
fn what_a_template_leaves_open_is_no_pass() {
    let group = "
  Rules:
    Type: AWS::Route53Resolver::FirewallRuleGroup
    Properties:
      FirewallRules: [{ Action: BLOCK, BlockResponse: NODATA, FirewallDomainListId: LIST, Priority: 1 }]
  Association:
    Type: AWS::Route53Resolver::FirewallRuleGroupAssociation
    Properties: { VpcId: VPC, FirewallRuleGroupId: GROUP, Priority: 101 }
";
    let with = |list: &str, group_id: &str, vpc: &str| {
        let resources = group.replace("LIST", list).replace("GROUP", group_id).replace("VPC", vpc);
        let parameters = "Parameters: { List: { Type: String }, Rule: { Type: String }, Network: { Type: String } }";
        template(parameters, &[LISTS, &resources].concat())
    };
    for (list, group, vpc) in [
        ("rslvr-fdl-of-aws", "!Ref Rules", "!Ref Vpc"),
        ("!Ref List", "!Ref Rules", "!Ref Vpc"),
        ("!Ref Amazon", "!Ref Rule", "!Ref Vpc"),
        ("!Ref Amazon", "rslvr-frg-of-somebody", "!Ref Vpc"),
        ("!Ref Amazon", "!Ref Rules", "!Ref Network"),
    ] {
        let imported = with(list, group, vpc);
        assert_eq!(verdict(&imported), Verdict::Undetermined, "{list} {group} {vpc}");
        assert!(!messages(&imported).is_empty(), "{list} {group} {vpc}");
    }
    assert_eq!(verdict(&with("!Ref Amazon", "!Ref Rules", "!Ref Vpc")), Verdict::NameNotResolved);
}

#[test]
fn resolver_rules_of_a_template() {
    let with = |domain: &str, of_type: &str, rule: &str| {
        template(
            "Parameters: { Rule: { Type: String } }",
            &format!(
                "
  Forward:
    Type: AWS::Route53Resolver::ResolverRule
    Properties: {{ DomainName: {domain}, RuleType: {of_type} }}
  Association:
    Type: AWS::Route53Resolver::ResolverRuleAssociation
    Properties: {{ VPCId: !Ref Vpc, ResolverRuleId: {rule} }}
"
            ),
        )
    };
    let own = "!GetAtt Forward.ResolverRuleId";
    assert_eq!(verdict(&with("amazonaws.com", "FORWARD", own)), Verdict::Undetermined);
    assert_eq!(verdict(&with("corp.example", "FORWARD", own)), Verdict::Succeeds);
    assert_eq!(verdict(&with("amazonaws.com", "SYSTEM", own)), Verdict::Succeeds);
    assert_eq!(verdict(&with("corp.example", "FORWARD", "!Ref Rule")), Verdict::Undetermined);
    assert_eq!(verdict(&with("corp.example", "FORWARD", "rslvr-rr-shared")), Verdict::Undetermined);
    let place = with("corp.example", "FORWARD", own);
    assert_eq!(place.sources.of("/vpcs/Vpc/resolverRules/0").unwrap().name, "Forward");
}

#[test]
fn a_profile_leaves_names_open() {
    let imported = template(
        "",
        "
  Association:
    Type: AWS::Route53Profiles::ProfileAssociation
    Properties: { Name: of-the-company, ProfileId: rp-0123456789, ResourceId: !Ref Vpc }
",
    );
    assert_eq!(verdict(&imported), Verdict::Undetermined);
    assert!(messages(&imported).contains("ProfileAssociation"), "{}", messages(&imported));
}

/// A state or a plan of Terraform with the network of a function behind a gateway endpoint.
fn terraform(block: bool, is_plan: bool) -> Imported {
    let resource = |of_type: &str, values: Value| {
        json!({
            "address": format!("{of_type}.this"), "mode": "managed", "type": of_type, "name": "this",
            "provider_name": "registry.terraform.io/hashicorp/aws", "values": values,
        })
    };
    let id = |value: &str| if is_plan { Value::Null } else { json!(value) };
    let action = if block { "BLOCK" } else { "ALLOW" };
    let resources = vec![
        resource("aws_vpc", json!({ "id": id("vpc-1"), "cidr_block": "10.0.0.0/16" })),
        resource("aws_subnet", json!({ "id": id("subnet-1"), "vpc_id": id("vpc-1"), "cidr_block": "10.0.1.0/24" })),
        resource(
            "aws_security_group",
            json!({
                "id": id("sg-1"), "vpc_id": id("vpc-1"),
                "egress": [{ "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"] }],
            }),
        ),
        resource("aws_route_table", json!({ "id": id("rtb-1"), "vpc_id": id("vpc-1") })),
        resource(
            "aws_route_table_association",
            json!({
                "id": id("rtbassoc-1"), "subnet_id": id("subnet-1"), "route_table_id": id("rtb-1"),
            }),
        ),
        resource(
            "aws_vpc_endpoint",
            json!({
                "id": id("vpce-1"), "vpc_id": id("vpc-1"), "service_name": "com.amazonaws.eu-west-1.s3",
                "vpc_endpoint_type": "Gateway", "route_table_ids": if is_plan { Value::Null } else { json!(["rtb-1"]) },
            }),
        ),
        resource("aws_s3_bucket", json!({ "id": "photos-of-a-test", "bucket": "photos-of-a-test" })),
        resource(
            "aws_lambda_function",
            json!({
                "id": "f", "function_name": "f", "runtime": "python3.13",
                "vpc_config": [{
                    "subnet_ids": if is_plan { Value::Null } else { json!(["subnet-1"]) },
                    "security_group_ids": if is_plan { Value::Null } else { json!(["sg-1"]) },
                }],
            }),
        ),
        resource("aws_route53_resolver_firewall_domain_list", json!({ "id": id("rslvr-fdl-1"), "domains": ["*"] })),
        resource("aws_route53_resolver_firewall_rule_group", json!({ "id": id("rslvr-frg-1"), "name": "rules" })),
        resource(
            "aws_route53_resolver_firewall_rule",
            json!({
                "id": id("rslvr-frg-1:rslvr-fdl-1"), "action": action, "priority": 100,
                "block_response": if block { json!("NODATA") } else { Value::Null },
                "firewall_domain_redirection_action": "INSPECT_REDIRECTION_DOMAIN",
                "firewall_domain_list_id": id("rslvr-fdl-1"), "firewall_rule_group_id": id("rslvr-frg-1"),
            }),
        ),
        resource(
            "aws_route53_resolver_firewall_rule_group_association",
            json!({
                "id": id("rslvr-frgassoc-1"), "priority": 101,
                "firewall_rule_group_id": id("rslvr-frg-1"), "vpc_id": id("vpc-1"),
            }),
        ),
        resource(
            "aws_route53_resolver_rule",
            json!({
                "id": id("rslvr-rr-1"), "domain_name": "corp.example", "rule_type": "FORWARD",
            }),
        ),
        resource(
            "aws_route53_resolver_rule_association",
            json!({
                "id": id("rslvr-rrassoc-1"), "resolver_rule_id": id("rslvr-rr-1"), "vpc_id": id("vpc-1"),
            }),
        ),
    ];
    let values = json!({ "root_module": { "resources": resources.clone() } });
    let text = if is_plan {
        let reference = |to: &str| json!({ "references": [format!("{to}.this.id"), format!("{to}.this")] });
        let references: &[(&str, &[(&str, &str)])] = &[
            ("aws_subnet", &[("vpc_id", "aws_vpc")]),
            ("aws_security_group", &[("vpc_id", "aws_vpc")]),
            ("aws_route_table", &[("vpc_id", "aws_vpc")]),
            ("aws_route_table_association", &[("subnet_id", "aws_subnet"), ("route_table_id", "aws_route_table")]),
            ("aws_vpc_endpoint", &[("vpc_id", "aws_vpc"), ("route_table_ids", "aws_route_table")]),
            (
                "aws_route53_resolver_firewall_rule",
                &[
                    ("firewall_domain_list_id", "aws_route53_resolver_firewall_domain_list"),
                    ("firewall_rule_group_id", "aws_route53_resolver_firewall_rule_group"),
                ],
            ),
            (
                "aws_route53_resolver_firewall_rule_group_association",
                &[("firewall_rule_group_id", "aws_route53_resolver_firewall_rule_group"), ("vpc_id", "aws_vpc")],
            ),
            (
                "aws_route53_resolver_rule_association",
                &[("resolver_rule_id", "aws_route53_resolver_rule"), ("vpc_id", "aws_vpc")],
            ),
        ];
        let mut configured: Vec<Value> = references
            .iter()
            .map(|(of_type, fields)| {
                let fields: serde_json::Map<String, Value> =
                    fields.iter().map(|(field, to)| ((*field).to_owned(), reference(to))).collect();
                json!({ "address": format!("{of_type}.this"), "type": of_type, "name": "this", "mode": "managed", "expressions": fields })
            })
            .collect();
        configured.push(json!({
            "address": "aws_lambda_function.this", "type": "aws_lambda_function", "name": "this", "mode": "managed",
            "expressions": { "vpc_config": [{
                "subnet_ids": reference("aws_subnet"), "security_group_ids": reference("aws_security_group"),
            }] },
        }));
        let holes = |values: &Value| -> Value {
            let fields = values.as_object().unwrap().iter();
            fields
                .filter(|(field, value)| value.is_null() && *field != "block_response")
                .map(|(field, _)| (field.clone(), json!(true)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let changes: Vec<Value> = resources
            .iter()
            .map(|resource| {
                let mut unknown = holes(&resource["values"]);
                if let Some(config) = resource["values"].get("vpc_config") {
                    unknown["vpc_config"] = json!([holes(&config[0])]);
                }
                json!({
                    "address": resource["address"],
                    "change": { "actions": ["create"], "after_unknown": unknown },
                })
            })
            .collect();
        json!({
            "format_version": "1.2", "terraform_version": "1.9.0", "planned_values": values, "resource_changes": changes,
            "configuration": { "root_module": { "resources": configured } },
        })
    } else {
        json!({ "format_version": "1.0", "terraform_version": "1.9.0", "values": values })
    };
    read(&[(if is_plan { "plan.json" } else { "state.json" }, &text.to_string())])
}

#[test]
fn rules_of_terraform() {
    for is_plan in [false, true] {
        let imported = terraform(true, is_plan);
        assert_eq!(verdict(&imported), Verdict::NameNotResolved, "{is_plan} {}", messages(&imported));
        let imported = terraform(false, is_plan);
        assert_eq!(verdict(&imported), Verdict::Succeeds, "{is_plan} {}", messages(&imported));
        let vpc = imported.document.vpcs.values().next().unwrap();
        assert_eq!(vpc.resolver_rules[0].domain.as_deref(), Some("corp.example"), "{is_plan}");
        assert_eq!(vpc.dns_firewall_rules[0].domains.as_deref(), Some(["*".to_owned()].as_slice()), "{is_plan}");
    }
}
