//! Roles, their policies and those of buckets, out of every kind of file.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use vpcreach::import::{ImportOptions, Imported, SourceFile, import};
use vpcreach::{Language, Selection, Verdict, check};

fn read(files: &[(&str, &str)]) -> Imported {
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|(name, text)| SourceFile::new(*name, text.as_bytes())).collect();
    import(&sources, &ImportOptions { region: Some("eu-west-1".to_owned()), ..ImportOptions::default() })
}

fn document(imported: &Imported) -> Value {
    serde_json::to_value(&imported.document).unwrap()
}

/// Line of the part with that pointer; 0 where it has none of its own.
fn line(imported: &Imported, pointer: &str) -> u32 {
    let place = imported.sources.iter().find(|(own, _)| *own == pointer);
    place.map_or(0, |(_, place)| place.location.line)
}

const TEMPLATE: &str = r#"AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Elsewhere: { Type: String }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: /service-role/
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole
        - !Ref Shared
      PermissionsBoundary: !Sub arn:aws:iam::${AWS::AccountId}:policy/Boundary
      Policies:
        - PolicyName: objects
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - { Effect: Allow, Action: s3:GetObject, Resource: !Join ["", [!GetAtt Photos.Arn, /*]] }
              - { Effect: Allow, Action: s3:PutObject, Resource: !Sub "arn:aws:s3:::${Elsewhere}/*" }
  Beside:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: list
      Roles: [!Ref Role]
      PolicyDocument:
        Statement: { Effect: Allow, Action: s3:ListBucket, Resource: !GetAtt Photos.Arn }
  Shared:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-17
        Statement: [{ Effect: Allow, Action: "kms:Decrypt", Resource: !GetAtt Key.Arn }]
  Function:
    Type: AWS::Lambda::Function
    Properties: { Role: !GetAtt Role.Arn }
  Other:
    Type: AWS::Lambda::Function
    Properties: { Role: "arn:aws:iam::111122223333:role/other" }
  Photos:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub photos-${AWS::AccountId}
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true }
      OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }] }
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Photos
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: s3:*
            Resource: !Sub "${Photos.Arn}/*"
            Condition: { StringNotEquals: { aws:SourceVpce: !Ref Endpoint } }
          - { Effect: Allow, Principal: { AWS: !GetAtt Role.Arn }, Action: s3:GetObject, Resource: "*" }
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.eu-west-1.s3 }
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Key: { Type: AWS::KMS::Key }
"#;

#[test]
fn a_template_gives_roles_and_policies_with_names_in_place_of_references() {
    let imported = read(&[("t.yaml", TEMPLATE)]);
    let document = document(&imported);
    assert_eq!(document["functions"]["Function"]["role"], "Role");
    assert_eq!(document["functions"]["Other"]["role"], "arn:aws:iam::111122223333:role/other");
    let role = &document["roles"]["Role"];
    assert_eq!(role["path"], "/service-role/");
    assert_eq!(
        role["managedPolicies"],
        json!(["arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole", "Shared"])
    );
    assert_eq!(role["permissionsBoundary"], "arn:aws:iam::000000000000:policy/Boundary");
    let objects = &role["policies"]["objects"]["Statement"];
    // A name with the account in it is the same wherever it stands.
    assert_eq!(document["buckets"]["Photos"]["bucketName"], "photos-000000000000");
    assert_eq!(objects[0]["Resource"], "arn:aws:s3:::photos-000000000000/*");
    // What is not known is a variable that no request has.
    assert!(objects[1]["Resource"].as_str().unwrap().contains("${"), "{objects}");
    assert_eq!(role["policies"]["list"]["Statement"]["Resource"], "arn:aws:s3:::photos-000000000000");
    let shared = &document["managedPolicies"]["Shared"]["policy"]["Statement"][0];
    assert_eq!(shared["Resource"], "${Key.Arn}");
    let bucket = &document["buckets"]["Photos"];
    assert_eq!(bucket["publicAccessBlock"]["restrictPublicBuckets"], true);
    assert_eq!(bucket["objectOwnership"], "ObjectWriter");
    let statements = &bucket["policy"]["Statement"];
    assert_eq!(statements[0]["Condition"]["StringNotEquals"]["aws:SourceVpce"], "Endpoint");
    assert_eq!(statements[1]["Principal"]["AWS"], "arn:aws:iam::000000000000:role/service-role/Role");
    for (pointer, expected) in [
        ("/roles/Role", 5),
        ("/roles/Role/policies/objects/Statement/1", 19),
        ("/roles/Role/policies/list", 26),
        ("/buckets/Photos/policy/Statement/0", 52),
        ("/buckets/Photos/publicAccessBlock", 43),
        ("/managedPolicies/Shared/policy/Statement/0", 32),
    ] {
        assert_eq!(line(&imported, pointer), expected, "{pointer}");
    }
}

fn codes(imported: &Imported) -> Vec<&'static str> {
    imported.problems.iter().map(|problem| problem.kind.code()).collect()
}

/// What stands for values of AWS's is told where somebody asks for the values.
#[test]
fn stand_ins_are_told_where_they_can_matter() {
    let imported = read(&[("t.yaml", TEMPLATE)]);
    assert!(codes(&imported).contains(&"accountAssumed"));
    assert_eq!(imported.parameters.last().unwrap().name, "AWS::AccountId");
    let parameters = [("AWS::AccountId".to_owned(), "111122223333".to_owned())].into();
    let options = ImportOptions { parameters, region: Some("eu-west-1".to_owned()), ..ImportOptions::default() };
    let imported = import(&[SourceFile::new("t.yaml", TEMPLATE.as_bytes())], &options);
    assert!(!codes(&imported).iter().any(|code| ["accountAssumed", "unknownParameter"].contains(code)));
    assert_eq!(imported.document.account.as_deref(), Some("111122223333"));
    let block = r#"
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Block: { Type: AWS::EC2::VPCCidrBlock, Properties: { VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true } }
  Photos: { Type: AWS::S3::Bucket }
"#;
    assert_eq!(codes(&read(&[("t.yaml", block)])), Vec::<&str>::new());
    assert_eq!(read(&[("t.yaml", block)]).document.unknown_sections, ["vpcBlockPublicAccess", "vpcs/Vpc/ipv6Cidr"]);
    let imported = read(&[("t.yaml", &[block, ABOUT_ADDRESSES].concat())]);
    assert_eq!(codes(&imported), ["addressesAssigned"]);
    assert!(imported.diagnostics(Language::Japanese)[0].message.contains("Vpc "));
}

const ABOUT_ADDRESSES: &str = r#"
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Photos
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - { Effect: Deny, Principal: "*", Action: s3:*, Resource: "*", Condition: { NotIpAddress: { aws:SourceIp: 203.0.113.0/24 } } }
"#;

/// The address of a NAT gateway is not known before deployment, so nothing that asks for it is decided.
#[test]
fn public_addresses_are_not_known_before_deployment() {
    let network = r#"
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Private: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Igw: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw } }
  Address: { Type: AWS::EC2::EIP }
  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId } }
  ToInternet: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  ToNat: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  One: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Public, RouteTableId: !Ref ToInternet } }
  Two: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Private, RouteTableId: !Ref ToNat } }
  Out: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref ToInternet, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw } }
  Up: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref ToNat, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc } }
  Reader: { Type: AWS::Lambda::Function, Properties: { Timeout: 30, VpcConfig: { SubnetIds: [!Ref Private], SecurityGroupIds: [!Ref Group] } } }
  Photos: { Type: AWS::S3::Bucket }
"#;
    let verdict = |template: &str| {
        let imported = read(&[("t.yaml", template)]);
        assert_eq!(codes(&imported), Vec::<&str>::new());
        assert_eq!(imported.document.nat_gateways["Nat"].elastic_ips, ["assigned"]);
        let answer = check(&imported.document, &Selection::default(), Language::English);
        let check = answer.checks.into_iter().next().unwrap();
        (check.verdict, check.settle.join(" "))
    };
    assert_eq!(verdict(network).0, Verdict::Succeeds);
    let (undetermined, settle) = verdict(&[network, ABOUT_ADDRESSES].concat());
    assert_eq!(undetermined, Verdict::Undetermined);
    assert!(settle.contains("aws:SourceIp"), "{settle}");
}

const SAM: &str = r#"
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Tracing: Active } }
Resources:
  Reader:
    Type: AWS::Serverless::Function
    Connectors:
      Uploads: { Properties: { Destination: { Id: Uploads }, Permissions: [Write] } }
    Properties:
      VpcConfig: { SubnetIds: [subnet-1], SecurityGroupIds: [sg-1] }
      Policies:
        - AmazonS3ReadOnlyAccess
        - S3ReadPolicy: { BucketName: !Ref Photos }
        - SQSPollerPolicy: { QueueName: queue }
        - Statement: [{ Effect: Allow, Action: s3:PutObject, Resource: !Sub "${Photos.Arn}/*" }]
  Own:
    Type: AWS::Serverless::Function
    Properties: { Role: !GetAtt Role.Arn, Policies: [AmazonS3FullAccess] }
  Role: { Type: AWS::IAM::Role, Properties: { RoleName: own } }
  Link:
    Type: AWS::Serverless::Connector
    Properties: { Source: { Id: Own }, Destination: { Id: Photos }, Permissions: [Read] }
  Photos: { Type: AWS::S3::Bucket, Properties: { BucketName: photos } }
  Uploads: { Type: AWS::S3::Bucket, Properties: { BucketName: uploads } }
"#;

#[test]
fn sam_makes_roles_out_of_policies_templates_and_connectors() {
    let document = document(&read(&[("sam.yaml", SAM)]));
    assert_eq!(document["functions"]["Reader"]["role"], "ReaderRole");
    let role = &document["roles"]["ReaderRole"];
    assert_eq!(
        role["managedPolicies"],
        json!([
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
            "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
            "ReaderUploadsPolicy",
        ])
    );
    let template = &role["policies"]["ReaderRolePolicy1"]["Statement"][0];
    assert_eq!(template["Resource"], json!(["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"]));
    assert_eq!(template["Action"][0], "s3:GetObject");
    assert_eq!(role["policies"]["ReaderRolePolicy3"]["Statement"][0]["Resource"], "arn:aws:s3:::photos/*");
    assert_eq!(role["policies"].as_object().unwrap().len(), 2, "{role}");
    let connector = &document["managedPolicies"]["ReaderUploadsPolicy"]["policy"]["Statement"];
    assert_eq!(connector[0]["Resource"], json!(["arn:aws:s3:::uploads", "arn:aws:s3:::uploads/*"]));
    assert_eq!(document["functions"]["Own"]["role"], "Role");
    let own = &document["roles"]["Role"];
    assert_eq!((&own["roleName"], &own["managedPolicies"]), (&json!("own"), &json!(["LinkPolicy"])));
}

const FUNCTION: &str = r#"{ "FunctionName": "fn", "Role": "arn:aws:iam::111122223333:role/service-role/fn-role" }"#;
const ALLOW: &str = r#"{ "Version": "2012-10-17", "Statement": [
  { "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] }"#;

#[test]
fn a_dump_gives_what_it_knows_of_a_role_and_no_more() {
    // Without calls to IAM only the name is known.
    let document_of = |files: &[(&str, &str)]| document(&read(files));
    let none = document_of(&[("get-function-configuration.json", FUNCTION)]);
    assert_eq!(none["functions"]["fn"]["role"], "fn-role");
    assert_eq!(none["roles"]["fn-role"], json!({ "account": "111122223333", "path": "/service-role/" }));

    let inline = format!(r#"{{ "RoleName": "fn-role", "PolicyName": "s3", "PolicyDocument": {ALLOW} }}"#);
    let attached =
        r#"{ "AttachedPolicies": [{ "PolicyName": "own", "PolicyArn": "arn:aws:iam::111122223333:policy/own" }] }"#;
    let version =
        format!(r#"{{ "PolicyVersion": {{ "VersionId": "v2", "IsDefaultVersion": true, "Document": {ALLOW} }} }}"#);
    let part = document_of(&[("f.json", FUNCTION), ("get-role-policy.json", &inline)]);
    assert!(part["roles"]["fn-role"].get("policies").is_none(), "what else it has is not known");

    let files = [
        ("f.json", FUNCTION),
        ("iam-get-role-policy.json", inline.as_str()),
        ("iam-list-role-policies.json", r#"{ "PolicyNames": ["s3", "more"] }"#),
        ("list-attached-role-policies.fn-role.json", attached),
        ("get-policy-version.own.json", version.as_str()),
    ];
    let imported = read(&files);
    let whole = document(&imported);
    let role = &whole["roles"]["fn-role"];
    assert_eq!(role["policies"]["s3"]["Statement"][0]["Action"], "s3:*");
    assert_eq!(role["policies"]["more"], "unknown");
    assert_eq!(role["managedPolicies"], json!(["arn:aws:iam::111122223333:policy/own"]));
    assert_eq!(whole["managedPolicies"]["own"]["policy"]["Statement"][0]["Effect"], "Allow");
    assert_eq!(line(&imported, "/roles/fn-role/policies/s3/Statement/0"), 2);
    assert_eq!(line(&imported, "/managedPolicies/own/policy/Statement/0"), 2);

    // A denial that is known counts, whatever else there is.
    let deny = inline.replace("Allow", "Deny");
    let denied = document_of(&[("f.json", FUNCTION), ("get-role-policy.json", &deny)]);
    assert_eq!(denied["roles"]["fn-role"]["policies"]["s3"]["Statement"][0]["Effect"], "Deny");
    assert!(denied["unknownSections"].as_array().unwrap().contains(&json!("roles/fn-role")));
}

#[test]
fn one_answer_can_tell_everything_of_roles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aws-cli/large");
    let read_file = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let details = read_file("iam-get-account-authorization-details.json");
    let function = read_file("lambda-get-function-configuration.fn-nat.json");
    let policy = read_file("s3api-get-bucket-policy.json");
    let block = read_file("s3api-get-public-access-block.json");
    let imported = read(&[
        ("details.json", &details),
        ("function.json", &function),
        ("get-bucket-policy.demo-bucket.json", &policy),
        ("get-public-access-block.demo-bucket.json", &block),
    ]);
    let document = document(&imported);
    let role = &document["roles"]["lambda-role"];
    assert_eq!(role["policies"]["s3"]["Statement"][0]["Resource"], "arn:aws:s3:::demo-bucket/*");
    assert_eq!((&role["managedPolicies"], &role["account"]), (&json!([]), &json!("123456789012")));
    assert_eq!(document["buckets"]["demo-bucket"]["publicAccessBlock"]["restrictPublicBuckets"], true);
    assert_eq!(line(&imported, "/roles/lambda-role/policies/s3/Statement/0"), 30);
    assert_eq!(line(&imported, "/buckets/demo-bucket/policy"), 2);
}

#[test]
fn a_collection_tells_that_a_bucket_has_no_policy() {
    let collection = r#"{"vpcreachCollection":1,"region":"eu-west-1","calls":[
{"call":"s3api get-bucket-location --bucket photos","of":"photos","answer":{"LocationConstraint":"eu-west-1"}},
{"call":"s3api get-bucket-policy --bucket photos","of":"photos","error":"An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The bucket policy does not exist"},
{"call":"s3api get-public-access-block --bucket photos","of":"photos","error":"An error occurred (NoSuchPublicAccessBlockConfiguration) when calling"}
]}"#;
    let imported = read(&[("collection.json", collection)]);
    let bucket = &document(&imported)["buckets"]["photos"];
    assert_eq!(bucket["policy"], "none");
    assert_eq!(bucket["publicAccessBlock"]["restrictPublicBuckets"], false);
    assert!(imported.problems.iter().all(|problem| problem.kind.code() != "failedCall"));
}

/// A state of Terraform with one resource for each entry: type, name, values.
fn state(resources: &[(&str, &str, Value)]) -> String {
    let resources: Vec<Value> = resources
        .iter()
        .map(|(of_type, name, values)| {
            json!({ "address": format!("{of_type}.{name}"), "mode": "managed", "type": of_type, "name": name,
                "provider_name": "registry.example/hashicorp/aws", "values": values })
        })
        .collect();
    json!({ "format_version": "1.0", "values": { "root_module": { "resources": resources } } }).to_string()
}

#[test]
fn terraform_gives_roles_with_attachments_and_names_in_policies() {
    let policy = |resource: &str| {
        json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": resource }] })
            .to_string()
    };
    let only_endpoint = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Principal": "*",
        "Action": "s3:*", "Resource": "rnd8arn1/*",
        "Condition": { "StringNotEquals": { "aws:SourceVpce": "vpce-1" } } }] });
    let text = state(&[
        (
            "aws_iam_role",
            "fn",
            json!({ "id": "fn", "name": "fn", "arn": "arn:aws:iam::111122223333:role/fn", "path": "/" }),
        ),
        ("aws_iam_role_policy", "s3", json!({ "name": "s3", "role": "fn", "policy": policy("arn:aws:s3:::photos/*") })),
        ("aws_iam_policy", "own", json!({ "arn": "arn:aws:iam::111122223333:policy/own", "policy": policy("*") })),
        (
            "aws_iam_role_policy_attachment",
            "own",
            json!({ "role": "fn", "policy_arn": "arn:aws:iam::111122223333:policy/own" }),
        ),
        (
            "aws_iam_role_policy_attachment",
            "vpc",
            json!({ "role": "fn", "policy_arn": "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole" }),
        ),
        ("aws_lambda_function", "fn", json!({ "id": "fn", "role": "arn:aws:iam::111122223333:role/fn" })),
        // A mocked provider invents ids and ARNs.
        ("aws_s3_bucket", "photos", json!({ "id": "photos", "bucket": "photos", "arn": "rnd8arn1" })),
        ("aws_s3_bucket_policy", "photos", json!({ "bucket": "photos", "policy": only_endpoint.to_string() })),
        ("aws_s3_bucket_public_access_block", "photos", json!({ "bucket": "photos", "block_public_policy": true })),
        ("aws_vpc_endpoint", "s3", json!({ "id": "vpce-1", "service_name": "com.amazonaws.eu-west-1.s3" })),
    ]);
    let document = document(&read(&[("state.json", &text)]));
    assert_eq!(document["functions"]["aws_lambda_function.fn"]["role"], "aws_iam_role.fn");
    let role = &document["roles"]["aws_iam_role.fn"];
    assert_eq!((&role["roleName"], &role["account"]), (&json!("fn"), &json!("111122223333")));
    assert_eq!(role["policies"]["s3"]["Statement"][0]["Resource"], "arn:aws:s3:::photos/*");
    assert_eq!(
        role["managedPolicies"],
        json!(["aws_iam_policy.own", "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"])
    );
    let bucket = &document["buckets"]["aws_s3_bucket.photos"];
    let statement = &bucket["policy"]["Statement"][0];
    assert_eq!(statement["Resource"], "arn:aws:s3:::photos/*");
    assert_eq!(statement["Condition"]["StringNotEquals"]["aws:SourceVpce"], "aws_vpc_endpoint.s3");
    assert_eq!(bucket["publicAccessBlock"]["blockPublicPolicy"], true);
}

#[test]
fn what_a_mocked_provider_makes_up_is_not_known() {
    let empty = r#"{"Version":"2012-10-17","Statement":[]}"#;
    let arn = "arn:aws:iam::111122223333:role/mocked";
    let text = state(&[
        ("aws_iam_role", "one", json!({ "id": "one", "name": "one", "arn": arn })),
        ("aws_iam_role", "two", json!({ "id": "two", "name": "two", "arn": arn })),
        ("aws_iam_role_policy", "s3", json!({ "name": "s3", "role": "one", "policy": empty })),
        ("aws_lambda_function", "fn", json!({ "id": "fn", "role": arn })),
    ]);
    let document = document(&read(&[("state.json", &text)]));
    // That there is a policy is all that is known.
    assert_eq!(document["roles"]["aws_iam_role.one"]["policies"]["s3"], json!({ "Statement": null }));
    // Which of the two it is cannot be told.
    assert!(document["functions"]["aws_lambda_function.fn"].get("role").is_none());
}

/// A plan: resources with what is unknown of them, and the expressions of the configuration.
fn plan(resources: &[(&str, Value, Value, Value)]) -> String {
    let (mut planned, mut changes, mut configuration) = (Vec::new(), Vec::new(), Vec::new());
    for (address, values, unknown, expressions) in resources {
        let own = address.strip_prefix("data.").unwrap_or(address);
        let (of_type, name) = own.split_once('.').unwrap();
        let mode = if *address == own { "managed" } else { "data" };
        let mut unknown = unknown.clone();
        unknown.as_object_mut().unwrap().insert("id".to_owned(), json!(true));
        let head = |more: Value| {
            let mut head = json!({ "address": address, "mode": mode, "type": of_type, "name": name,
                "provider_name": "registry.example/hashicorp/aws" });
            head.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            head
        };
        planned.push(head(json!({ "values": values })));
        changes.push(head(json!({ "change": { "actions": ["create"], "after": values, "after_unknown": unknown } })));
        configuration.push(json!({ "address": address, "expressions": expressions }));
    }
    json!({ "format_version": "1.2", "planned_values": { "root_module": { "resources": planned } },
        "resource_changes": changes, "configuration": { "root_module": { "resources": configuration } } })
    .to_string()
}

fn references(of: &str) -> Value {
    json!({ "references": [of, of.rsplit_once('.').unwrap().0] })
}

fn role_with(policy_reference: &str, document: (Value, Value, Value)) -> Vec<(&'static str, Value, Value, Value)> {
    let (values, unknown, expressions) = document;
    vec![
        ("aws_s3_bucket.photos", json!({ "bucket": "photos" }), json!({ "arn": true }), json!({})),
        ("aws_iam_role.fn", json!({ "name": "fn" }), json!({ "arn": true }), json!({})),
        ("data.aws_iam_policy_document.read", values, unknown, expressions),
        (
            "aws_iam_role_policy.read",
            json!({ "name": "read" }),
            json!({ "policy": true, "role": true }),
            json!({ "policy": references(policy_reference), "role": references("aws_iam_role.fn.id") }),
        ),
        (
            "aws_lambda_function.fn",
            json!({ "function_name": "fn" }),
            json!({ "role": true }),
            json!({ "role": references("aws_iam_role.fn.arn") }),
        ),
    ]
}

fn statements(resources: &Value) -> Value {
    json!({ "version": null, "source_policy_documents": null, "statement": [
        { "sid": "", "effect": "Deny", "actions": ["s3:DeleteObject"], "resources": ["*"], "condition": [],
          "principals": [], "not_principals": [], "not_actions": null },
        { "sid": "Read", "effect": null, "actions": ["s3:GetObject"], "resources": resources,
          "principals": [], "condition": [
            { "test": "StringEquals", "variable": "aws:SourceVpce", "values": [null] },
            { "test": "StringLike", "variable": "s3:prefix", "values": ["home/&{aws:username}/*"] } ] },
    ] })
}

#[test]
fn a_plan_gives_policy_documents_that_are_read_after_apply() {
    let unknown = |resources: Value| {
        json!({ "json": true, "minified_json": true, "statement": [
            { "actions": [false], "resources": [false], "condition": [] },
            { "actions": [false], "resources": resources, "condition": [{ "values": [true] }, { "values": [false] }] } ] })
    };
    let expressions = json!({ "statement": [
        { "actions": { "constant_value": ["s3:DeleteObject"] }, "resources": { "constant_value": ["*"] } },
        { "actions": { "constant_value": ["s3:GetObject"] }, "resources": references("aws_s3_bucket.photos.arn"),
          "condition": [{ "values": references("aws_vpc_endpoint.s3.id") }, {}] } ] });
    let endpoint = (
        "aws_vpc_endpoint.s3",
        json!({ "service_name": "com.amazonaws.eu-west-1.s3" }),
        json!({ "vpc_id": true }),
        json!({}),
    );
    let read_plan = |document: (Value, Value, Value), reference: &str| {
        let mut resources = role_with(reference, document);
        resources.push(endpoint.clone());
        read(&[("plan.json", &plan(&resources))])
    };
    let json_of = "data.aws_iam_policy_document.read.json";

    // A resource that is not known is not given, and what is known of the policy counts.
    let open = (statements(&json!(["arn:aws:s3:::fixed/*", null])), unknown(json!([false, true])), expressions.clone());
    let imported = read_plan(open.clone(), json_of);
    let role = &document(&imported)["roles"]["aws_iam_role.fn"];
    let policy = &role["policies"]["read"];
    assert_eq!(policy["Version"], "2012-10-17");
    assert_eq!(policy["Statement"][0]["Effect"], "Deny");
    let read_statement = &policy["Statement"][1];
    assert_eq!((&read_statement["Sid"], &read_statement["Effect"]), (&json!("Read"), &json!("Allow")));
    assert_eq!(read_statement["Resource"][0], "arn:aws:s3:::fixed/*");
    assert_eq!(read_statement["Resource"][1], Value::Null);
    // Nobody writes anything around the id of an endpoint.
    assert_eq!(read_statement["Condition"]["StringEquals"]["aws:SourceVpce"], json!(["aws_vpc_endpoint.s3"]));
    assert_eq!(read_statement["Condition"]["StringLike"]["s3:prefix"], json!(["home/${aws:username}/*"]));
    assert!(codes(&imported).contains(&"unresolved"), "{:?}", codes(&imported));

    // What allows but for what apply tells is assumed to allow, and what denies but for it is named.
    let mut free = open.clone();
    free.0["statement"][1]["condition"] = json!([]);
    free.1["statement"][1]["condition"] = json!([]);
    let imported = read_plan(free.clone(), json_of);
    let (verdict, words) = answer_of(&imported);
    assert_eq!(verdict, Verdict::Succeeds);
    assert!(words.contains(ASSUMED), "{words}");
    free.0["statement"][1]["effect"] = json!("Deny");
    free.0["statement"][0] =
        json!({ "effect": null, "actions": ["s3:*"], "resources": ["*"], "condition": [], "principals": [] });
    let (verdict, words) = answer_of(&read_plan(free.clone(), json_of));
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(words.contains("/roles/aws_iam_role.fn/policies/read/Statement/1/Resource/1"), "{words}");
    // Nothing is assumed where another statement decides, or the action is not allowed whatever the resource is.
    free.0["statement"][1]["effect"] = Value::Null;
    let (verdict, words) = answer_of(&read_plan(free.clone(), json_of));
    assert_eq!((verdict, words.contains(ASSUMED)), (Verdict::Succeeds, false), "{words}");
    free.0["statement"][0]["actions"] = json!(["s3:ListBucket"]);
    free.0["statement"][1]["actions"] = json!(["s3:PutObject"]);
    assert_eq!(answer_of(&read_plan(free, json_of)).0, Verdict::AccessDenied);

    // A document that is made of others is told, and nothing is made up.
    let mut others = open.clone();
    others.0["source_policy_documents"] = json!(["{}"]);
    let imported = read_plan(others, json_of);
    assert_eq!(document(&imported)["roles"]["aws_iam_role.fn"]["policies"]["read"], json!({ "Statement": null }));
    assert!(codes(&imported).contains(&"unresolved"), "{:?}", codes(&imported));
    let (verdict, words) = answer_of(&imported);
    assert!(verdict == Verdict::Succeeds && words.contains(ASSUMED), "{words}");

    // An expression that refers to more than the document may be anything.
    let mut resources = role_with(json_of, open);
    resources[3].3["policy"] = json!({ "references": [json_of, "data.aws_iam_policy_document.read", "local.more"] });
    let imported = read(&[("plan.json", &plan(&resources))]);
    assert_eq!(document(&imported)["roles"]["aws_iam_role.fn"]["policies"]["read"], json!({ "Statement": null }));
}

const ASSUMED: &str = "The policies of the role are assumed to allow the request.";

/// What becomes of a request of the function for an object, with everything that is said of it.
fn answer_of(imported: &Imported) -> (Verdict, String) {
    let selection = Selection {
        from: Some("aws_lambda_function.fn".into()),
        to: Some("s3://photos".into()),
        ..Selection::default()
    };
    let answer = check(&imported.document, &selection, Language::English);
    let check = answer.checks.first().unwrap();
    (check.verdict, [check.assumptions.join("\n"), check.settle.join("\n")].join("\n"))
}

#[test]
fn a_policy_of_a_plan_says_the_same_as_blocks_and_as_json() {
    let expressions = json!({ "statement": [{ "actions": { "constant_value": ["s3:GetObject"] },
            "resources": { "references": ["aws_s3_bucket.photos.arn", "aws_s3_bucket.photos"] } }] });
    let blocks = (
        json!({ "statement": [{ "effect": null, "actions": ["s3:GetObject"], "resources": [null] }] }),
        json!({ "json": true, "statement": [{ "actions": [false], "resources": [true] }] }),
        expressions,
    );
    let as_blocks = read(&[("plan.json", &plan(&role_with("data.aws_iam_policy_document.read.json", blocks)))]);
    let mut resources = role_with("aws_s3_bucket.photos.arn", (json!({}), json!({}), json!({})));
    resources.retain(|(address, ..)| !address.starts_with("data."));
    let as_json = read(&[("plan.json", &plan(&resources))]);
    for imported in [&as_blocks, &as_json] {
        let (verdict, words) = answer_of(imported);
        assert!(verdict == Verdict::Succeeds && words.contains(ASSUMED), "{verdict:?} {words}");
        assert!(codes(imported).contains(&"unresolved"), "{:?}", codes(imported));
    }
    // Neither is it lost for the policy of an endpoint, of a bucket, or one that is managed.
    for (of_type, property) in [("aws_s3_bucket_policy", "bucket"), ("aws_iam_policy", "path")] {
        let mut resources = resources.clone();
        let address = if property == "bucket" { "aws_s3_bucket_policy.more" } else { "aws_iam_policy.more" };
        let values = if property == "bucket" { json!({ "bucket": "photos" }) } else { json!({ "path": "/" }) };
        resources.push((
            address,
            values,
            json!({ "policy": true, "arn": true }),
            json!({ "policy": references("aws_s3_bucket.photos.arn") }),
        ));
        if of_type == "aws_iam_policy" {
            resources[2] = (
                "aws_iam_role_policy_attachment.more",
                json!({}),
                json!({ "policy_arn": true, "role": true }),
                json!({ "policy_arn": references("aws_iam_policy.more.arn"), "role": references("aws_iam_role.fn.id") }),
            );
        }
        let (verdict, words) = answer_of(&read(&[("plan.json", &plan(&resources))]));
        assert!(verdict == Verdict::Succeeds && words.contains("assumed to allow the request."), "{of_type}: {words}");
    }
}

#[test]
fn a_role_that_exists_has_more_policies_than_a_plan_adds() {
    let mut resources = role_with("aws_s3_bucket.photos.arn", (json!({}), json!({}), json!({})));
    resources.retain(|(address, ..)| !address.starts_with("data."));
    let policy = json!({ "Statement": [{ "Effect": "Allow", "Action": "logs:*", "Resource": "*" }] }).to_string();
    resources[1].0 = "data.aws_iam_role.fn";
    resources[2].1 = json!({ "name": "logs", "policy": policy });
    resources[2].2 = json!({ "role": true });
    resources[2].3 = json!({ "role": references("data.aws_iam_role.fn.id") });
    resources[3].3 = json!({ "role": references("data.aws_iam_role.fn.arn") });
    let imported = read(&[("plan.json", &plan(&resources))]);
    let (verdict, words) = answer_of(&imported);
    assert!(verdict == Verdict::Succeeds && words.contains(ASSUMED), "{verdict:?} {words} {}", document(&imported));
}

#[test]
fn a_denial_that_a_plan_tells_counts_whatever_else_is_open() {
    let denial =
        json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "s3:*", "Resource": "*" }] });
    let policy = |name: &str, values: Value, unknown: Value| {
        let mut unknown = unknown;
        unknown["role"] = json!(true);
        (
            if name == "open" { "aws_iam_role_policy.open" } else { "aws_iam_role_policy.denies" },
            values,
            unknown,
            json!({ "role": references("aws_iam_role.fn.id"), "policy": references("aws_s3_bucket.photos.arn") }),
        )
    };
    let mut resources = role_with("aws_s3_bucket.photos.arn", (json!({}), json!({}), json!({})));
    resources.retain(|(address, ..)| !address.contains("polic"));
    resources.push(policy("open", json!({ "name": "open" }), json!({ "policy": true })));
    let open = read(&[("plan.json", &plan(&resources))]);
    let policies = &document(&open)["roles"]["aws_iam_role.fn"]["policies"];
    assert_eq!(policies, &json!({ "open": { "Statement": null } }));
    assert!(document(&open)["unknownSections"].as_array().unwrap().iter().all(|name| name != "roles/aws_iam_role.fn"));
    assert_eq!(answer_of(&open).0, Verdict::Succeeds);

    resources.push(policy("denies", json!({ "name": "denies", "policy": denial.to_string() }), json!({})));
    let denied = read(&[("plan.json", &plan(&resources))]);
    let policies = &document(&denied)["roles"]["aws_iam_role.fn"]["policies"];
    assert_eq!(policies["denies"]["Statement"][0]["Effect"], "Deny");
    assert_eq!(answer_of(&denied).0, Verdict::AccessDenied);
}

const ENCRYPTED: &str = r#"
Resources:
  Key: { Type: AWS::KMS::Key }
  Alias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/photos, TargetKeyId: !Ref Key } }
  Strict:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { AWS: !GetAtt Role.Arn }, Action: "kms:*", Resource: "*" }]
  Role: { Type: AWS::IAM::Role }
  Photos:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/photos }
  Vault:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Strict.Arn }
  Plain:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 } }]
  Foreign:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/of-somebody-else }
"#;

#[test]
fn templates_give_keys_and_the_buckets_that_they_encrypt() {
    let imported = read(&[("t.yaml", ENCRYPTED)]);
    let document = document(&imported);
    assert_eq!(document["buckets"]["Photos"]["kmsKey"], "Key");
    assert_eq!(document["buckets"]["Vault"]["kmsKey"], "Strict");
    assert!(document["buckets"]["Plain"].get("kmsKey").is_none());
    // The account's own policies decide on a key that is made without a policy.
    let root = &document["kmsKeys"]["Key"]["policy"]["Statement"][0]["Principal"]["AWS"];
    assert_eq!(root, "arn:aws:iam::000000000000:root");
    let strict = &document["kmsKeys"]["Strict"]["policy"]["Statement"][0]["Principal"]["AWS"];
    assert_eq!(strict, "arn:aws:iam::000000000000:role/Role");
    assert_eq!(line(&imported, "/kmsKeys/Strict/policy/Statement/0"), 10);
    // A key that no file has is open, not absent.
    assert!(document["unknownSections"].as_array().unwrap().contains(&json!("buckets/Foreign")));
}

#[test]
fn terraform_gives_keys_and_the_account_s_block() {
    let policy = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "kms:Decrypt", "Resource": "*" }] })
    .to_string();
    let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234";
    let rule = |key: &str| {
        json!({ "bucket": "photos", "rule": [{ "apply_server_side_encryption_by_default": [
            { "sse_algorithm": "aws:kms", "kms_master_key_id": key }] }] })
    };
    for key in [arn, "1234", "alias/photos"] {
        let text = state(&[
            ("aws_kms_key", "own", json!({ "id": "1234", "key_id": "1234", "arn": arn, "policy": policy })),
            ("aws_kms_alias", "own", json!({ "id": "alias/photos", "name": "alias/photos", "target_key_id": "1234" })),
            ("aws_s3_bucket", "photos", json!({ "id": "photos", "bucket": "photos" })),
            ("aws_s3_bucket_server_side_encryption_configuration", "photos", rule(key)),
            (
                "aws_s3_account_public_access_block",
                "own",
                json!({ "account_id": "111122223333", "restrict_public_buckets": true }),
            ),
        ]);
        let document = document(&read(&[("state.json", &text)]));
        assert_eq!(document["buckets"]["aws_s3_bucket.photos"]["kmsKey"], "aws_kms_key.own", "{key}");
        let own = &document["kmsKeys"]["aws_kms_key.own"];
        assert_eq!((&own["arn"], &own["policy"]["Statement"][0]["Action"]), (&json!(arn), &json!("kms:Decrypt")));
        let block = &document["accounts"]["111122223333"]["publicAccessBlock"];
        assert_eq!((&block["restrictPublicBuckets"], &block["blockPublicPolicy"]), (&json!(true), &json!(false)));
    }
}

#[test]
fn the_block_of_an_account_closes_the_buckets_of_a_dump_that_are_in_it() {
    let everyone = json!({ "Statement": [
        { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*" }] });
    let function = json!({ "FunctionName": "fn", "Role": "arn:aws:iam::111122223333:role/fn",
        "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:fn" });
    let location = json!({ "LocationConstraint": "eu-west-1" });
    let policy = json!({ "Policy": everyone.to_string() });
    let block = |restricts: bool| {
        json!({ "PublicAccessBlockConfiguration": { "RestrictPublicBuckets": restricts } }).to_string()
    };
    let identity = json!({ "UserId": "AIDA", "Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/me" });
    let verdict = |restricts: bool, identity: &Value| {
        let imported = read(&[
            ("get-function-configuration.json", &function.to_string()),
            ("get-bucket-location.photos.json", &location.to_string()),
            ("get-bucket-policy.photos.json", &policy.to_string()),
            ("s3control-get-public-access-block.111122223333.json", &block(restricts)),
            ("sts-get-caller-identity.json", &identity.to_string()),
        ]);
        let request = vpcreach::query::Request { signed: Some(false), ..Default::default() };
        let query = vpcreach::Query {
            from: "fn".into(),
            to: "s3://photos".into(),
            request: Some(request),
            ..vpcreach::Query::default()
        };
        let selection = Selection { query: Some(query), ..Selection::default() };
        let answer = check(&imported.document, &selection, Language::English);
        assert!(imported.problems.iter().all(|problem| problem.kind.code() != "notUsed"));
        answer.checks[0].verdict
    };
    assert_eq!(verdict(true, &identity), Verdict::AccessDenied);
    // The bucket's own setting is not given.
    assert_eq!(verdict(false, &identity), Verdict::Undetermined);
    // With calls of two accounts, whose bucket it is is not told.
    let other = json!({ "UserId": "AIDA", "Account": "444455556666", "Arn": "arn:aws:iam::444455556666:user/me" });
    assert_eq!(verdict(true, &other), Verdict::Undetermined);
}

#[test]
fn a_collection_gives_keys_and_the_account_s_block() {
    let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234";
    let policy = r#"{ \"Statement\": [{ \"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"kms:*\", \"Resource\": \"*\" }] }"#;
    let encryption = |key: &str| {
        format!(
            r#"{{ "ServerSideEncryptionConfiguration": {{ "Rules": [{{ "ApplyServerSideEncryptionByDefault":
                {{ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "{key}" }}, "BucketKeyEnabled": true }}] }} }}"#
        )
    };
    let collection = |asked: &str, manager: &str, policy: &str, encryption: &str| {
        format!(
            r#"{{"vpcreachCollection":1,"region":"eu-west-1","calls":[
{{"call":"s3api get-bucket-location --bucket photos","of":"photos","answer":{{"LocationConstraint":"eu-west-1"}}}},
{{"call":"s3api get-bucket-policy --bucket photos","of":"photos","error":"An error occurred (NoSuchBucketPolicy) when calling"}},
{{"call":"s3api get-bucket-encryption --bucket photos","of":"photos","answer":{encryption}}},
{{"call":"kms describe-key --key-id {asked}","of":"{asked}","answer":{{"KeyMetadata":{{"KeyId":"1234","Arn":"{arn}","KeyManager":"{manager}"}}}}}},
{{"call":"kms get-key-policy --key-id {arn} --policy-name default","of":"{arn}","answer":{{"Policy":"{policy}","PolicyName":"default"}}}},
{{"call":"s3control get-public-access-block --account-id 111122223333","of":"111122223333","answer":{{"PublicAccessBlockConfiguration":{{"RestrictPublicBuckets":true}}}}}}
]}}"#
        )
    };
    for asked in [arn, "1234", "alias/photos"] {
        let text = collection(asked, "CUSTOMER", policy, &encryption(asked));
        let imported = read(&[("collection.json", &text)]);
        let document = document(&imported);
        let bucket = &document["buckets"]["photos"];
        assert_eq!((&bucket["kmsKey"], &bucket["policy"]), (&json!("1234"), &json!("none")), "{asked}");
        let key = &document["kmsKeys"]["1234"];
        assert_eq!((&key["arn"], &key["policy"]["Statement"][0]["Action"]), (&json!(arn), &json!("kms:*")));
        assert!(bucket.get("publicAccessBlock").is_none());
        assert_eq!(bucket["account"], "111122223333");
        assert_eq!(document["accounts"]["111122223333"]["publicAccessBlock"]["restrictPublicBuckets"], true);
        assert_eq!(line(&imported, "/kmsKeys/1234/policy"), 7);
    }
    // AWS's own key lets in every principal of the account.
    let text = collection("alias/aws/s3", "AWS", policy, &encryption("alias/aws/s3"));
    let own = document(&read(&[("collection.json", &text)]));
    assert!(own["buckets"]["photos"].get("kmsKey").is_none() && own.get("kmsKeys").is_none(), "{own}");
    // By itself, the answer about a key is not a bucket's policy.
    let alone = format!(r#"{{"Policy": "{policy}", "PolicyName": "default"}}"#);
    let location = r#"{"LocationConstraint": "eu-west-1"}"#;
    let alone = document(&read(&[("get-bucket-location.photos.json", location), ("get-key-policy.json", &alone)]));
    assert!(alone["buckets"]["photos"].get("policy").is_none(), "{alone}");
}

const POINTS: &str = r#"
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{ Effect: Allow, Action: "s3:GetObject", Resource: !Sub "${Point.Arn}/object/*" }]
  Photos:
    Type: AWS::S3::Bucket
    Properties: { BucketName: photos }
  Point:
    Type: AWS::S3::AccessPoint
    Properties:
      Name: of-the-vpc
      Bucket: !Ref Photos
      VpcConfiguration: { VpcId: !Ref Vpc }
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true }
      Policy:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: { AWS: !GetAtt Role.Arn }, Action: "s3:GetObject", Resource: "*" }
  Elsewhere:
    Type: AWS::S3::AccessPoint
    Properties: { Bucket: photos-of-others, BucketAccountId: "444455556666", VpcConfiguration: { VpcId: vpc-0a1b2c3d } }
"#;

#[test]
fn templates_give_access_points() {
    let imported = read(&[("t.yaml", POINTS)]);
    let document = document(&imported);
    let point = &document["accessPoints"]["Point"];
    assert_eq!((&point["bucket"], &point["vpc"]), (&json!("Photos"), &json!("Vpc")));
    assert_eq!(point["accessPointName"], "of-the-vpc");
    assert_eq!(point["publicAccessBlock"]["restrictPublicBuckets"], true);
    assert_eq!(point["policy"]["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::000000000000:role/Role");
    assert_eq!(line(&imported, "/accessPoints/Point/policy/Statement/0"), 26);
    let of_role = &document["roles"]["Role"]["policies"]["read"]["Statement"][0]["Resource"];
    assert_eq!(of_role, "arn:aws:s3:eu-west-1:000000000000:accesspoint/of-the-vpc/object/*");
    // A bucket of which no file tells more is there by its name.
    let elsewhere = &document["accessPoints"]["Elsewhere"];
    assert_eq!((&elsewhere["bucket"], &elsewhere["vpc"]), (&json!("photos-of-others"), &json!("vpc-0a1b2c3d")));
    assert_eq!(elsewhere["policy"], "none");
    assert_eq!(document["buckets"]["photos-of-others"]["account"], "444455556666");
    assert!(document.get("unknownSections").is_none_or(|open| !open.to_string().contains("vpcs")), "{document}");
}

#[test]
fn terraform_gives_access_points() {
    let policy = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*" }] })
    .to_string();
    let arn = "arn:aws:s3:eu-west-1:111122223333:accesspoint/reports";
    let text = state(&[
        ("aws_vpc", "main", json!({ "id": "vpc-1", "cidr_block": "10.0.0.0/16" })),
        ("aws_s3_bucket", "photos", json!({ "id": "photos", "bucket": "photos" })),
        (
            "aws_s3_access_point",
            "reports",
            json!({ "id": "111122223333:reports", "arn": arn, "name": "reports", "bucket": "photos", "policy": "",
                "account_id": "111122223333", "alias": "reports-abc-s3alias", "network_origin": "VPC",
                "vpc_configuration": [{ "vpc_id": "vpc-1" }],
                "public_access_block_configuration": [{ "restrict_public_buckets": false }] }),
        ),
        ("aws_s3control_access_point_policy", "reports", json!({ "access_point_arn": arn, "policy": policy })),
    ]);
    let document = document(&read(&[("state.json", &text)]));
    let point = &document["accessPoints"]["aws_s3_access_point.reports"];
    assert_eq!((&point["bucket"], &point["vpc"]), (&json!("aws_s3_bucket.photos"), &json!("aws_vpc.main")));
    assert_eq!((&point["accessPointName"], &point["alias"]), (&json!("reports"), &json!("reports-abc-s3alias")));
    assert_eq!(point["policy"]["Statement"][0]["Effect"], "Deny");
    assert_eq!(point["publicAccessBlock"]["restrictPublicBuckets"], false);
}

#[test]
fn a_collection_gives_access_points() {
    let policy = r#"{ \"Statement\": [{ \"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\" }] }"#;
    let point = |name: &str, more: &str| {
        format!(
            r#"{{"Name":"{name}","Bucket":"photos","NetworkOrigin":"Internet",{more}"Alias":"{name}-abc-s3alias",
"AccessPointArn":"arn:aws:s3:eu-west-1:111122223333:accesspoint/{name}","BucketAccountId":"444455556666"}}"#
        )
    };
    let block = r#""PublicAccessBlockConfiguration":{"RestrictPublicBuckets":true},"#;
    let text = format!(
        r#"{{"vpcreachCollection":1,"region":"eu-west-1","calls":[
{{"call":"s3control list-access-points --account-id 111122223333 --bucket photos","of":"photos","answer":{{"AccessPointList":[{},{}]}}}},
{{"call":"s3control get-access-point --account-id 111122223333 --name open","of":"open","answer":{}}},
{{"call":"s3control get-access-point-policy --account-id 111122223333 --name open","of":"open","answer":{{"Policy":"{policy}"}}}},
{{"call":"s3control get-access-point-policy --account-id 111122223333 --name silent","of":"silent","error":"An error occurred (NoSuchAccessPointPolicy) when calling"}}
]}}"#,
        point("open", ""),
        point("silent", r#""VpcConfiguration":{"VpcId":"vpc-9"},"#),
        point("open", block),
    );
    let document = document(&read(&[("collection.json", &text)]));
    let open = &document["accessPoints"]["open"];
    assert_eq!((&open["bucket"], &open["account"]), (&json!("photos"), &json!("111122223333")));
    assert_eq!(open["policy"]["Statement"][0]["Effect"], "Allow");
    assert_eq!(open["publicAccessBlock"]["restrictPublicBuckets"], true);
    assert!(open.get("vpc").is_none());
    let silent = &document["accessPoints"]["silent"];
    assert_eq!((&silent["policy"], &silent["vpc"]), (&json!("none"), &json!("vpc-9")));
    // What the list does not tell is not taken for what a new access point has.
    assert_eq!(silent["publicAccessBlock"], json!({}));
    let bucket = &document["buckets"]["photos"];
    assert_eq!((&bucket["account"], &bucket["region"]), (&json!("444455556666"), &json!("eu-west-1")));
    assert!(bucket.get("publicAccessBlock").is_none() && bucket.get("policy").is_none(), "{bucket}");
}
