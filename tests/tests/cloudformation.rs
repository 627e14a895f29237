//! CloudFormation and SAM templates, and cloud assemblies of the CDK.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use vpcreach::import::{ImportOptions, Imported, SourceFile, import, settle_by_parameters};
use vpcreach::{Answer, Language, Selection, Verdict, check};

fn read(files: &[(&str, &str)], parameters: &[(&str, &str)]) -> Imported {
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|(name, text)| SourceFile::new(*name, text.as_bytes())).collect();
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    import(&sources, &ImportOptions { parameters, region: Some("eu-west-1".to_owned()), ..ImportOptions::default() })
}

fn ask(imported: &Imported) -> Answer {
    check(&imported.document, &Selection::default(), Language::English)
}

/// The verdict of the only question, with the carriers.
fn verdict(imported: &Imported) -> (Verdict, Vec<String>) {
    let answer = ask(imported);
    assert_eq!(answer.checks.len(), 1, "{:?}", answer.diagnostics);
    let check = answer.checks.first().unwrap();
    (check.verdict, check.carriers.clone())
}

fn codes(imported: &Imported) -> Vec<&'static str> {
    imported.problems.iter().map(|problem| problem.kind.code()).collect()
}

fn messages(imported: &Imported) -> String {
    let lines = imported.diagnostics(Language::English).into_iter().map(|diagnostic| {
        format!("{}:{}: {}\n", diagnostic.line.unwrap_or(0), diagnostic.column.unwrap_or(0), diagnostic.message)
    });
    lines.collect()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/cdk").join(name)
}

fn folder_files(name: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// A sample of the CDK with a bucket beside it, which most of the samples do not have.
fn sample(name: &str) -> Imported {
    let files = folder_files(name);
    let bucket = br#"{"Resources":{"SampleBucket":{"Type":"AWS::S3::Bucket"}}}"#;
    let mut sources: Vec<SourceFile<'_>> =
        files.iter().map(|(name, bytes)| SourceFile::new(name.as_str(), bytes)).collect();
    let holds_bucket = files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("AWS::S3::Bucket\""));
    let is_assembly = files.iter().any(|(name, _)| name == "manifest.json");
    if !holds_bucket && !is_assembly {
        sources.push(SourceFile::new("bucket.json", bucket));
    }
    import(&sources, &ImportOptions::default())
}

#[test]
fn every_stack_of_the_cdk_gets_its_verdict() {
    let expected: Value = serde_json::from_slice(&fs::read(folder("expected.json")).unwrap()).unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(folder("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some((stack, _)) = name.split_once('-') else { continue };
        let imported = sample(&name);
        let messages = messages(&imported);
        let Some(reach) = expected[stack]["reach"].as_str() else {
            assert!(imported.document.functions.is_empty(), "{name}");
            assert_eq!(imported.document.subnets.len(), 6, "{name}: {messages}");
            continue;
        };
        seen += 1;
        let function = imported.document.functions.keys().find(|key| !key.starts_with("Custom")).unwrap().clone();
        let bucket =
            imported.document.buckets.keys().next().map_or("s3://any-bucket".to_owned(), |key| format!("s3://{key}"));
        let selection = Selection { from: Some(function), to: Some(bucket), ..Selection::default() };
        let answer = check(&imported.document, &selection, Language::English);
        let check = answer.checks.first().unwrap();
        let words = vpcreach::words::text(&answer, Language::English);
        match reach {
            "yes" => assert_eq!(check.verdict, Verdict::Succeeds, "{name}: {messages}{words}"),
            _ => assert_eq!(check.verdict, Verdict::TimesOut, "{name}: {messages}{words}"),
        }
        if expected[stack]["path"] == "nat-gateway" {
            assert!(check.carriers.iter().any(|carrier| carrier.starts_with("natGateway/")), "{name}: {words}");
        }
        assert!(!answer.has_errors(), "{name}: {:?}", answer.diagnostics);
    }
    assert!(seen >= 8, "{seen}");
}

/// A VPC with a subnet, a group and a function; `{more}` is put behind.
const ARTICLE: &str = r#"
AWSTemplateFormatVersion: 2010-09-09
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  Public:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]] }
  Gateway:
    Type: AWS::EC2::InternetGateway
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway }
  Table:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Vpc }
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { SubnetId: !Ref Public, RouteTableId: !Ref Table }
  Default:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: 0.0.0.0/0
      GatewayId: !Ref Gateway
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: out, VpcId: !Ref Vpc }
  Thumbnailer:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Timeout: 30
      VpcConfig: { SubnetIds: [!Ref Public], SecurityGroupIds: [!GetAtt Group.GroupId] }
  Photos:
    Type: AWS::S3::Bucket
"#;

fn article(more: &str) -> String {
    [ARTICLE, more].concat()
}

const ENDPOINT: &str = r#"
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
      RouteTableIds: [!Ref Table]
"#;

#[test]
fn the_article_times_out_and_its_places_lead_back_to_the_template() {
    let imported = read(&[("template.yaml", ARTICLE)], &[]);
    assert_eq!(messages(&imported), "");
    assert_eq!(verdict(&imported).0, Verdict::TimesOut);
    assert_eq!(imported.document.subnets["Public"].cidr.as_deref(), Some("10.0.0.0/24"));
    let route = imported.sources.of("/routeTables/Table/routes/0/target").unwrap();
    assert_eq!((route.name.as_str(), route.location.line, route.location.column), ("Default", 21, 3));
    assert_eq!(route.location.file, "template.yaml");
    assert_eq!(imported.sources.of_address("function/Thumbnailer").unwrap().of_type, "AWS::Lambda::Function");
}

#[test]
fn an_endpoint_or_a_nat_gateway_cures_it() {
    let (found, carriers) = verdict(&read(&[("t.yaml", &article(ENDPOINT))], &[]));
    assert_eq!((found, carriers), (Verdict::Succeeds, vec!["vpcEndpoint/Endpoint".to_owned()]));
    // Joined from parts, as the CDK writes it, and in a Region of its own.
    let joined = ENDPOINT.replace(
        "!Sub com.amazonaws.${AWS::Region}.s3",
        "{ 'Fn::Join': ['', [com.amazonaws., { Ref: AWS::Region }, .s3]] }",
    );
    let text = article(&joined);
    let sources = [SourceFile::new("t.yaml", text.as_bytes())];
    let options = ImportOptions { region: Some("eu-west-1".to_owned()), ..ImportOptions::default() };
    let imported = import(&sources, &options);
    assert_eq!(imported.document.vpc_endpoints["Endpoint"].service, "com.amazonaws.eu-west-1.s3");
    assert_eq!(verdict(&imported).0, Verdict::Succeeds);
}

#[test]
fn egress_follows_the_rules_of_cloudformation() {
    let endpoint = article(ENDPOINT);
    let with = |more: &str| read(&[("t.yaml", &[&endpoint, more].concat())], &[]);
    // A standalone rule takes the default away.
    let rule = "  Rule:\n    Type: AWS::EC2::SecurityGroupEgress\n    Properties: { GroupId: !Ref Group, IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.0.0/16 }\n";
    assert_eq!(verdict(&with(rule)).0, Verdict::TimesOut);
    let open = rule.replace("5432", "443").replace("10.0.0.0/16", "0.0.0.0/0");
    assert_eq!(verdict(&with(&open)).0, Verdict::Succeeds);
    // An empty list is none, and is told.
    let empty = endpoint.replace("GroupDescription: out,", "GroupDescription: out, SecurityGroupEgress: [],");
    let imported = read(&[("t.yaml", &empty)], &[]);
    assert_eq!((verdict(&imported).0, codes(&imported)), (Verdict::Succeeds, vec!["emptyEgress"]));
    // A rule with an open peer may let it pass, or not.
    let parameter = "Parameters:\n  Peer: { Type: String }\n";
    let open = rule.replace("5432", "443").replace("10.0.0.0/16", "!Ref Peer");
    let text = [&endpoint, &open, parameter].concat();
    assert_eq!(verdict(&read(&[("t.yaml", &text)], &[])).0, Verdict::Undetermined);
    assert_eq!(verdict(&read(&[("t.yaml", &text)], &[("Peer", "0.0.0.0/0")])).0, Verdict::Succeeds);
    assert_eq!(verdict(&read(&[("t.yaml", &text)], &[("Peer", "10.0.0.0/8")])).0, Verdict::TimesOut);
    // One that cannot admit it does not matter.
    let other = text.replace("443", "5432");
    assert_eq!(verdict(&read(&[("t.yaml", &other)], &[])).0, Verdict::TimesOut);
}

/// What would settle the first check.
fn settled_by(imported: &Imported) -> String {
    let mut answer = ask(imported);
    settle_by_parameters(&imported.problems, &mut answer, Language::English);
    answer.checks.into_iter().flat_map(|check| check.settle).collect::<Vec<_>>().join("\n")
}

/// A parameter that decides nothing of the answer is not asked for, as long as it is known which one does.
#[test]
fn only_the_parameters_of_what_decides_are_asked_for() {
    let group = |name: &str| {
        format!(
            "  {name}: {{ Type: AWS::EC2::SecurityGroup, Properties: {{ VpcId: !Ref Vpc, SecurityGroupEgress: \
             [{{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: !Ref Of{name} }}] }} }}\n"
        )
    };
    let text = [
        "Parameters: { OfUsed: { Type: String }, OfUnused: { Type: String } }\nResources:\n",
        "  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }\n",
        "  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }\n",
        "  Worker: { Type: AWS::Lambda::Function, Properties: { VpcConfig: { SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Used] } } }\n",
        "  Photos: { Type: AWS::S3::Bucket }\n",
        "  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }\n",
        "  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Table } }\n",
        "  Endpoint: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.eu-west-1.s3, RouteTableIds: [!Ref Table] } }\n",
        &group("Used"),
        &group("Unused"),
    ]
    .concat();
    let imported = read(&[("t.yaml", &text)], &[]);
    let settle = settled_by(&imported);
    assert!(
        settle.contains("--parameter OfUsed=VALUE") && !settle.contains("OfUnused"),
        "{settle}\n{}",
        messages(&imported)
    );
    // What is settled needs none.
    assert_eq!(settled_by(&read(&[("t.yaml", &text)], &[("OfUsed", "10.0.0.0/16")])), "");
}

#[test]
fn what_is_open_is_told_with_its_place_and_settled_by_a_parameter() {
    let text = r#"
Parameters:
  PrivateSubnets: { Type: List<AWS::EC2::Subnet::Id> }
  Group: { Type: AWS::EC2::SecurityGroup::Id }
Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: !Ref PrivateSubnets
        SecurityGroupIds: [!Ref Group]
  Photos: { Type: AWS::S3::Bucket }
"#;
    let imported = read(&[("t.yaml", text)], &[]);
    assert_eq!(verdict(&imported).0, Verdict::Undetermined);
    let messages = messages(&imported);
    assert!(
        messages.contains("10:20: SubnetIds of Worker depends on parameter PrivateSubnets, which is not given."),
        "{messages}"
    );
    assert!(!ask(&imported).has_errors(), "{:?}", ask(&imported).diagnostics);
    assert_eq!(imported.parameters.len(), 2);
    let settle = settled_by(&imported);
    for parameter in ["PrivateSubnets", "Group"] {
        assert!(settle.contains(&["Give its value: --parameter ", parameter, "=VALUE."].concat()), "{settle}");
    }
    // A dump of the VPC that it is deployed into says the rest.
    let dump = r#"{
      "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
      "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-west-1a"}],
      "SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "GroupName": "g",
        "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
      "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}],
        "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}]}],
      "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true, "Entries": [
        {"RuleNumber": 100, "Egress": true, "RuleAction": "allow", "Protocol": "-1", "CidrBlock": "0.0.0.0/0"},
        {"RuleNumber": 100, "Egress": false, "RuleAction": "allow", "Protocol": "-1", "CidrBlock": "0.0.0.0/0"}]}],
      "VpcEndpoints": [], "NetworkInterfaces": []
    }"#;
    let given = [("PrivateSubnets", "subnet-1"), ("Group", "sg-1")];
    let imported = read(&[("t.yaml", text), ("dump.json", dump)], &given);
    assert_eq!(verdict(&imported).0, Verdict::TimesOut, "{:#?}", imported.document.unknown_sections);
    // Without the dump, the same ids lead nowhere.
    let imported = read(&[("t.yaml", text)], &given);
    assert_eq!(verdict(&imported).0, Verdict::Undetermined);
    assert!(codes(&imported).contains(&"outsideReference"));
    // A parameter that no template has is a slip.
    let imported = read(&[("t.yaml", text)], &[("PrivateSubnet", "subnet-1")]);
    assert!(self::messages(&imported).contains("No template has a parameter PrivateSubnet."));
}

#[test]
fn conditions_choose_and_an_open_one_is_open() {
    let more = r#"
  Nat:
    Type: AWS::EC2::NatGateway
    Condition: HasNat
    Properties: { SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId }
  Address: { Type: AWS::EC2::EIP }
  Private:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 }
  PrivateTable:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Vpc }
  PrivateAssociation:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { SubnetId: !Ref Private, RouteTableId: !Ref PrivateTable }
  PrivateRoute:
    Type: AWS::EC2::Route
    Condition: HasNat
    Properties: { RouteTableId: !Ref PrivateTable, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat }
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
  HasNat: !Or [!Condition IsProduction, !Not [!Equals [!Ref Cheap, 'true']]]
Parameters:
  Cheap: { Type: String, Default: 'true' }
"#;
    let text = article(more).replace("[!Ref Public], Sec", "[!If [HasNat, !Ref Private, !Ref Private]], Sec");
    let open = [&text, "  Stage: { Type: String }\n"].concat();
    let imported = read(&[("t.yaml", &open)], &[]);
    assert_eq!(verdict(&imported).0, Verdict::Undetermined, "{}", messages(&imported));
    assert!(messages(&imported).contains("Whether PrivateRoute exists depends on parameter Stage"));
    assert!(settled_by(&imported).contains("--parameter Stage=VALUE"), "{}", settled_by(&imported));
    assert_eq!(verdict(&read(&[("t.yaml", &open)], &[("Stage", "production")])).0, Verdict::Succeeds);
    assert_eq!(verdict(&read(&[("t.yaml", &open)], &[("Stage", "dev")])).0, Verdict::TimesOut);
    assert_eq!(verdict(&read(&[("t.yaml", &open)], &[("Cheap", "false")])).0, Verdict::Succeeds, "one answer decides");
    let default = [&text, "  Stage: { Type: String, Default: dev }\n"].concat();
    assert_eq!(verdict(&read(&[("t.yaml", &default)], &[])).0, Verdict::TimesOut);
}

#[test]
fn nested_stacks_and_exports_join() {
    let network = ARTICLE.replace("  Thumbnailer:", "  Other:\n    Type: AWS::SNS::Topic\n  Unused:");
    let network = network.split("  Unused:").next().unwrap().to_owned()
        + ENDPOINT
        + "Outputs:\n  Subnets: { Value: !Join [',', [!Ref Public]], Export: { Name: !Sub '${AWS::StackName}-Subnets' } }\n  Group: { Value: !Ref Group, Export: { Name: net-group } }\n";
    let app = r#"
Parameters:
  Subnets: { Type: CommaDelimitedList }
  Group: { Type: String }
Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: { SubnetIds: !Ref Subnets, SecurityGroupIds: [!Ref Group] }
  Photos: { Type: AWS::S3::Bucket }
"#;
    let root = r#"
Resources:
  Net:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: !Sub 'https://s3.amazonaws.com/${Bucket}/network.yaml' }
  App:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./templates/app.yaml
      Parameters: { Subnets: !GetAtt Net.Outputs.Subnets, Group: !GetAtt Net.Outputs.Group }
Parameters:
  Bucket: { Type: String }
"#;
    let imported = read(&[("root.yaml", root), ("network.yaml", &network), ("app.yaml", app)], &[]);
    assert_eq!(imported.document.functions["App.Worker"].subnets, ["Net.Public"], "{}", messages(&imported));
    assert_eq!(verdict(&imported).0, Verdict::Succeeds);
    // Without the network's template, its outputs are open.
    let imported = read(&[("root.yaml", root), ("app.yaml", app)], &[]);
    assert_eq!(verdict(&imported).0, Verdict::Undetermined);
    assert!(codes(&imported).contains(&"nestedTemplateMissing"));

    let importing = app
        .replace("!Ref Subnets", "!Split [',', !ImportValue network-Subnets]")
        .replace("!Ref Group", "!ImportValue net-group");
    let imported = read(&[("network.yaml", &network), ("app.yaml", &importing)], &[]);
    assert_eq!(verdict(&imported).0, Verdict::Succeeds, "{}", messages(&imported));
    let imported = read(&[("app.yaml", &importing)], &[]);
    assert_eq!(verdict(&imported).0, Verdict::Undetermined);
    assert!(messages(&imported).contains("the export network-Subnets of another stack"));
}

#[test]
fn loops_and_globals_are_written_out() {
    let loops = r#"
Transform: AWS::LanguageExtensions
Mappings:
  Blocks: { A: { Cidr: 10.0.0.0/24 }, B: { Cidr: 10.0.1.0/24 } }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Fn::ForEach::Subnets:
    - Zone
    - [A, B]
    - Subnet${Zone}:
        Type: AWS::EC2::Subnet
        Properties: { VpcId: !Ref Vpc, CidrBlock: !FindInMap [Blocks, !Ref Zone, Cidr] }
"#;
    let imported = read(&[("t.yaml", loops)], &[]);
    assert_eq!(imported.document.subnets["SubnetB"].cidr.as_deref(), Some("10.0.1.0/24"), "{}", messages(&imported));
    // The language extensions let functions name what is referred to.
    let by_function = |reference: &str| {
        let function = format!(
            "  Worker: {{ Type: AWS::Lambda::Function, Properties: {{ VpcConfig: {{ SubnetIds: [{reference}], SecurityGroupIds: [] }} }} }}\n"
        );
        read(&[("t.yaml", &[loops, &function].concat())], &[]).document.functions["Worker"].subnets.clone()
    };
    for reference in ["{ Ref: !Sub SubnetB }", "{ Ref: !Join ['', [Subnet, B]] }", "!Ref SubnetB"] {
        assert_eq!(by_function(reference), ["SubnetB"], "{reference}");
    }
    let sam = r#"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Timeout: 20
    VpcConfig: { SubnetIds: [subnet-1], SecurityGroupIds: [sg-1] }
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      VpcConfig: { SubnetIds: [subnet-2] }
      Policies: [{ S3ReadPolicy: { BucketName: photos } }]
"#;
    let worker = read(&[("t.yaml", sam)], &[]).document.functions["Worker"].clone();
    assert_eq!((worker.subnets, worker.timeout), (vec!["subnet-1".to_owned(), "subnet-2".to_owned()], Some(20)));
    assert_eq!(worker.runtime.as_deref(), Some("nodejs22.x"));
}

#[test]
fn network_acls_gateways_and_interface_endpoints_of_every_form() {
    let more = r#"
  Acl: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: !Ref Vpc } }
  Out: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: 100, Egress: true, Protocol: -1, RuleAction: allow, CidrBlock: 0.0.0.0/0 } }
  In: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: 6, RuleAction: allow, CidrBlock: 0.0.0.0/0, PortRange: { From: 443, To: 443 } } }
  AclAssociation: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { SubnetId: !Ref Public, NetworkAclId: !Ref Acl } }
"#;
    let text = [&article(ENDPOINT), more].concat();
    let imported = read(&[("t.yaml", &text)], &[]);
    assert_eq!(verdict(&imported).0, Verdict::TimesOut, "replies come to ports that the network ACL does not allow");
    let acl = &imported.document.network_acls["Acl"];
    assert_eq!((acl.subnets.len(), acl.ingress.len(), acl.egress.len()), (1, 1, 1));
    let wide = text.replace("From: 443, To: 443", "From: 1024, To: 65535");
    assert_eq!(verdict(&read(&[("t.yaml", &wide)], &[])).0, Verdict::Succeeds);

    let interface = r#"
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      VpcEndpointType: Interface
      ServiceName: com.amazonaws.eu-west-1.s3
      SubnetIds: [!Ref Public]
      SecurityGroupIds: [!GetAtt Vpc.DefaultSecurityGroup]
      PrivateDnsEnabled: true
      DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: AllResolvers }
"#;
    let text =
        article(interface).replace("CidrBlock: 10.0.0.0/16 }", "CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true }");
    let imported = read(&[("t.yaml", &text)], &[]);
    assert_eq!(imported.document.vpc_endpoints["Endpoint"].security_groups, ["Vpc.DefaultSecurityGroup"]);
    assert_eq!(verdict(&imported).0, Verdict::TimesOut, "the default group admits only its members");
    let member = text.replace("[!GetAtt Group.GroupId]", "[!GetAtt Vpc.DefaultSecurityGroup]");
    let imported = read(&[("t.yaml", &member)], &[]);
    assert_eq!(
        verdict(&imported).0,
        Verdict::Succeeds,
        "{}",
        vpcreach::words::text(&ask(&imported), Language::English)
    );
    // Off unless it is turned on.
    let off = member.replace("      PrivateDnsEnabled: true\n", "");
    assert_eq!(verdict(&read(&[("t.yaml", &off)], &[])).0, Verdict::TimesOut);
}

#[test]
fn bad_templates_end_in_words() {
    for (text, code) in [
        ("Resources:\n  A: { Type: AWS::EC2::VPC, Properties: [1, 2\n", "endsTooEarly"),
        ("{\"Resources\": {\"A\": {\"Type\": \"AWS::EC2::VPC\"", "endsTooEarly"),
        ("Resources: &a\n  A: { Type: AWS::EC2::VPC }\n  B: *missing\n", "unreadable"),
    ] {
        let imported = read(&[("t.yaml", text)], &[]);
        assert!(codes(&imported).contains(&code), "{text}: {:?}", codes(&imported));
    }
    let circles = r#"
Conditions:
  A: !Condition B
  B: !Condition A
Resources:
  Vpc: { Type: AWS::EC2::VPC, Condition: A, Properties: { CidrBlock: !GetAtt Subnet.CidrBlock } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: !GetAtt Vpc.CidrBlock } }
"#;
    let imported = read(&[("t.yaml", circles)], &[]);
    assert!(codes(&imported).contains(&"conditionOpen"));
    assert!(imported.document.vpcs.contains_key("Vpc"));
}

#[test]
fn what_is_not_carried_out_leaves_the_answer_open() {
    let cured = article(ENDPOINT);
    let with_macro = ["Transform: [AWS::Serverless-2016-10-31, OurOwnMacro]\n", &cured].concat();
    let imported = read(&[("t.yaml", &with_macro)], &[]);
    assert_eq!(codes(&imported), ["macroNotEvaluated"]);
    assert_eq!(verdict(&imported).0, Verdict::Undetermined);
    let with_loop = cured.replace(
        "  Vpc:\n",
        "  Fn::ForEach::More: [Name, !Ref Names, { 'Rule${Name}': { Type: AWS::EC2::SecurityGroupEgress } }]\n  Vpc:\n",
    );
    let with_loop = [&with_loop, "Parameters:\n  Names: { Type: CommaDelimitedList }\n"].concat();
    assert_eq!(verdict(&read(&[("t.yaml", &with_loop)], &[])).0, Verdict::Undetermined);
    // What is too much to be written out is told, and what could not be told apart is not left out silently.
    let many = (0..200).map(|number| number.to_string()).collect::<Vec<_>>().join(", ");
    let rule = "{ 'Rule${A}x${B}': { Type: AWS::EC2::SecurityGroupEgress } }";
    let too_many = cured.replace(
        "  Vpc:\n",
        &format!("  Fn::ForEach::A: [A, [{many}], {{ 'Fn::ForEach::B': [B, [{many}], {rule}] }}]\n  Vpc:\n"),
    );
    let imported = read(&[("t.yaml", &too_many)], &[]);
    assert_eq!(codes(&imported).iter().filter(|code| **code == "loopNotEvaluated").count(), 1);
    assert_eq!(verdict(&imported).0, Verdict::Undetermined);
    // A stack of which nothing is known can add routes to a table that it is given.
    let nested = "  More:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: more.yaml, Parameters: { Table: !Ref Table } }\n";
    assert_eq!(verdict(&read(&[("t.yaml", &[&cured, nested].concat())], &[])).0, Verdict::Undetermined);
    let harmless = nested.replace("Table: !Ref Table", "Bucket: !Ref Photos");
    assert_eq!(verdict(&read(&[("t.yaml", &[&cured, harmless.as_str()].concat())], &[])).0, Verdict::Succeeds);
    // A route to where an attribute that nobody knows leads.
    let firewall = ARTICLE.replace(
        "GatewayId: !Ref Gateway\n  Group",
        "VpcEndpointId: !Select [0, !GetAtt Firewall.EndpointIds]\n  Group",
    );
    let firewall = [&firewall, "  Firewall: { Type: AWS::NetworkFirewall::Firewall }\n"].concat();
    let imported = read(&[("t.yaml", &firewall)], &[]);
    assert_eq!(verdict(&imported).0, Verdict::Undetermined, "{}", messages(&imported));
    assert!(codes(&imported).contains(&"notModelled"));
}

#[test]
fn a_name_that_is_nearly_declared_is_offered() {
    let text = r#"
Parameters: { PrivateSubnets: { Type: List<AWS::EC2::Subnet::Id> } }
Conditions: { UseNat: !Equals [a, a] }
Resources:
  Group: { Type: AWS::EC2::SecurityGroup, Condition: UseNet, Properties: { GroupDescription: x } }
  Worker:
    Type: AWS::Lambda::Function
    Properties: { VpcConfig: { SubnetIds: !Ref PrivateSubnet, SecurityGroupIds: [!GetAtt Grup.GroupId] } }
  Photos: { Type: AWS::S3::Bucket }
"#;
    let imported = read(&[("t.yaml", text)], &[]);
    assert_eq!(verdict(&imported).0, Verdict::Undetermined);
    let helps: Vec<String> =
        imported.diagnostics(Language::English).into_iter().map(|diagnostic| diagnostic.help).collect();
    for meant in ["PrivateSubnets", "UseNat", "Group"] {
        assert!(helps.contains(&format!("Did you mean {meant}?")), "{meant}: {helps:?}");
    }
}

#[test]
fn a_property_that_its_type_does_not_have_leaves_the_answer_open() {
    let template = |egress: &str| {
        format!(
            r#"
Resources:
  Net: {{ Type: AWS::EC2::VPC, Properties: {{ CidrBlock: 10.0.0.0/16 }} }}
  Private: {{ Type: AWS::EC2::Subnet, Properties: {{ VpcId: !Ref Net, CidrBlock: 10.0.1.0/24 }} }}
  Table: {{ Type: AWS::EC2::RouteTable, Properties: {{ VpcId: !Ref Net }} }}
  Of: {{ Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{ SubnetId: !Ref Private, RouteTableId: !Ref Table }} }}
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: {{ VpcId: !Ref Net, ServiceName: com.amazonaws.eu-west-1.s3, RouteTableIds: [!Ref Table] }}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      VpcId: !Ref Net
      {egress}
  Worker:
    Type: AWS::Lambda::Function
    Properties: {{ VpcConfig: {{ SubnetIds: [!Ref Private], SecurityGroupIds: [!Ref Group] }} }}
  Photos: {{ Type: AWS::S3::Bucket }}
"#
        )
    };
    let with = |egress: &str| read(&[("t.yaml", &template(egress))], &[]);
    let right = "SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }]";
    assert_eq!(verdict(&with(right)).0, Verdict::Succeeds);
    for (wrong, property, of_type) in [
        (
            "SecurityGroupEgres: [{ IpProtocol: icmp, CidrIp: 0.0.0.0/0 }]",
            "SecurityGroupEgres",
            "AWS::EC2::SecurityGroup",
        ),
        (
            "SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIP: 10.0.0.0/8 }]",
            "CidrIP",
            "AWS::EC2::SecurityGroup.SecurityGroupEgress",
        ),
    ] {
        let imported = with(wrong);
        assert_eq!(verdict(&imported).0, Verdict::Undetermined, "{wrong}");
        let messages = messages(&imported);
        let told = format!("Group sets {property}, which is no property of {of_type} that vpcreach knows.");
        assert!(messages.contains(&told), "{messages}");
    }
    // What is not of the network, and near nothing, is told and changes nothing.
    let newer = template(right).replace("Properties: { VpcConfig", "Properties: { Zzyzx: 1, VpcConfig");
    let imported = read(&[("t.yaml", &newer)], &[]);
    assert_eq!((verdict(&imported).0, codes(&imported).contains(&"foreignProperty")), (Verdict::Succeeds, true));
}
