//! The real binary on real and broken input.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The article's VPC: a function in a public subnet, and a bucket.
const ARTICLE: &str = "\
vpcs:
  main: { cidr: 10.0.0.0/16 }
subnets:
  public-a: { cidr: 10.0.0.0/24 }
internetGateways:
  igw-main: {}
routeTables:
  rtb-public:
    subnets: [public-a]
    routes:
      - { destination: 0.0.0.0/0, target: igw-main }
securityGroups:
  sg-fn: {}
functions:
  thumbnailer: { subnets: [public-a], securityGroups: [sg-fn], timeout: 30, runtime: python3.13 }
buckets:
  photos: {}
";

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

fn vpcreach(arguments: &[&str]) -> Run {
    with_input(arguments, "")
}

fn with_input(arguments: &[&str], input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_vpcreach"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder for one test, empty at its start.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_article_times_out_at_the_internet_gateway() {
    let document = file(&folder("article"), "article.yaml", ARTICLE);
    let run = vpcreach(&["check", &document, "--from", "thumbnailer", "--to", "s3://photos"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("Internet gateway igw-main drops the packet"), "{}", run.out);
    assert!(run.out.contains("Task timed out after 30.00 seconds"), "{}", run.out);
    // Nothing in the document is wrong; that no Region is named stands among the assumptions.
    assert_eq!(run.err, "");
    assert!(run.out.contains("us-east-1 is assumed"), "{}", run.out);
}

#[test]
fn japanese_and_the_region_are_taken() {
    let document = file(&folder("japanese"), "article.yaml", ARTICLE);
    let run = vpcreach(&["check", &document, "--lang", "ja", "--region", "ap-northeast-1"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("タイムアウト"), "{}", run.out);
    assert!(run.out.contains("photos.s3.ap-northeast-1.amazonaws.com"), "{}", run.out);
}

#[test]
fn svg_is_one_picture_of_the_first_check() {
    let run = with_input(&["svg", "-", "--from", "thumbnailer", "--lang", "ja"], ARTICLE);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("<svg ") && run.out.ends_with("</svg>\n"));
    assert!(
        run.out.contains("<title id=\"vpcreach-svg-title\">function/thumbnailer → s3://photos: タイムアウト</title>")
    );
    assert_eq!(vpcreach(&["svg", "/no/such/file"]).code, 2);
}

#[test]
fn json_is_one_answer_and_nothing_else() {
    let run = with_input(&["check", "-", "--json"], ARTICLE);
    assert_eq!(run.code, 1);
    let answer = run.json();
    assert_eq!(answer["version"], 1);
    let check = &answer["checks"][0];
    assert_eq!(check["from"], "function/thumbnailer");
    assert_eq!(check["to"], "s3://photos");
    assert_eq!(check["verdict"], "timesOut");
    assert_eq!(check["blockers"][0]["code"], "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
    assert_eq!(check["blockers"][0]["component"], "internetGateway/igw-main");
}

#[test]
fn expectations_decide_the_exit_status() {
    let folder = folder("expectations");
    let met = "expect: [{ from: thumbnailer, to: 's3://photos', verdict: timesOut, because: [IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS] }]\n";
    let run = vpcreach(&["check", &file(&folder, "met.yaml", &[ARTICLE, met].concat())]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let unmet = "expect: [{ from: thumbnailer, to: 's3://photos', verdict: timesOut, because: [BAD_STATE] }]\n";
    let run = vpcreach(&["check", &file(&folder, "unmet.yaml", &[ARTICLE, unmet].concat())]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("BAD_STATE is not among the reasons."), "{}", run.out);
    let succeeds = "expect: [{ from: thumbnailer, to: 's3://photos' }]\n";
    let run = vpcreach(&["check", &file(&folder, "succeeds.yaml", &[ARTICLE, succeeds].concat())]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("Expected: Succeeds"), "{}", run.out);
}

#[test]
fn a_question_in_a_file_is_asked() {
    let folder = folder("query");
    let document = file(&folder, "article.yaml", ARTICLE);
    let question =
        r#"{ "from": "thumbnailer", "to": "s3://photos", "client": { "sdk": "java" }, "verdict": "timesOut" }"#;
    let run = vpcreach(&["check", &document, "--query", &file(&folder, "question.json", question), "--json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.json()["checks"][0]["asExpected"], true);
    let half = r#"{ "to": "s3://photos" }"#;
    let run = vpcreach(&["check", &document, "--query", &file(&folder, "half.json", half), "--json"]);
    assert_eq!(run.json()["checks"][0]["from"], "function/thumbnailer");
    assert_eq!(run.code, 1);
}

#[test]
fn a_mistyped_question_is_refused_with_its_place() {
    let folder = folder("mistyped");
    let document = file(&folder, "article.yaml", ARTICLE);
    let question = file(&folder, "question.json", "{\n  \"form\": \"thumbnailer\", \"to\": \"s3://photos\" }");
    let run = vpcreach(&["check", &document, "--query", &question]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("question.json:2:"), "{}", run.err);
    assert!(run.err.contains("`from`"), "{}", run.err);
}

#[test]
fn names_that_nothing_has_get_the_nearest_one() {
    let document = file(&folder("names"), "article.yaml", ARTICLE);
    let run = vpcreach(&["check", &document, "--from", "thumbnailr", "--to", "s3://photos"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("Nearest: thumbnailer"), "{}", run.err);
    let run = vpcreach(&["check", &document, "--from", "thumbnailer", "--to", "nowhere"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nowhere"), "{}", run.err);
}

#[test]
fn mistakes_of_a_document_have_line_and_column_and_the_rest_is_answered() {
    let broken = ARTICLE.replace("target: igw-main", "target: igw-mian");
    let document = file(&folder("mistakes"), "broken.yaml", &broken);
    let run = vpcreach(&["check", &document, "--from", "thumbnailer", "--to", "s3://photos"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("broken.yaml:11:"), "{}", run.err);
    assert!(run.err.contains("igw-main"), "{}", run.err);
    assert!(run.out.contains("Undetermined"), "{}", run.out);
}

#[test]
fn a_document_without_a_question_says_what_to_add() {
    let document = file(&folder("nothing"), "empty.yaml", "vpcs: { main: { cidr: 10.0.0.0/16 } }\n");
    let run = vpcreach(&["check", &document]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no function"), "{}", run.err);
}

/// What `aws` prints for the article's VPC, a file for each call.
fn dump(folder: &Path) {
    let files = [
        (
            "describe-vpcs.json",
            r#"{"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/16","CidrBlockAssociationSet":[{"CidrBlock":"10.0.0.0/16","CidrBlockState":{"State":"associated"}}],"OwnerId":"111122223333","IsDefault":false,"State":"available"}]}"#,
        ),
        (
            "describe-subnets.json",
            r#"{"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1","CidrBlock":"10.0.0.0/24","AvailabilityZone":"eu-west-1a","AvailableIpAddressCount":250,"MapPublicIpOnLaunch":true,"State":"available"}]}"#,
        ),
        (
            "describe-route-tables.json",
            r#"{"RouteTables":[{"RouteTableId":"rtb-1","VpcId":"vpc-1","Associations":[{"Main":true,"RouteTableAssociationId":"rtbassoc-1","RouteTableId":"rtb-1"}],"Routes":[{"DestinationCidrBlock":"10.0.0.0/16","GatewayId":"local","Origin":"CreateRouteTable","State":"active"},{"DestinationCidrBlock":"0.0.0.0/0","GatewayId":"igw-1","Origin":"CreateRoute","State":"active"}]}]}"#,
        ),
        (
            "describe-internet-gateways.json",
            r#"{"InternetGateways":[{"InternetGatewayId":"igw-1","Attachments":[{"VpcId":"vpc-1","State":"available"}]}]}"#,
        ),
        (
            "describe-security-groups.json",
            r#"{"SecurityGroups":[{"GroupId":"sg-1","GroupName":"fn","VpcId":"vpc-1","IpPermissions":[],"IpPermissionsEgress":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[],"PrefixListIds":[],"UserIdGroupPairs":[]}]}]}"#,
        ),
        (
            "describe-network-acls.json",
            r#"{"NetworkAcls":[{"NetworkAclId":"acl-1","VpcId":"vpc-1","IsDefault":true,"Associations":[{"NetworkAclAssociationId":"aclassoc-1","NetworkAclId":"acl-1","SubnetId":"subnet-1"}],"Entries":[{"CidrBlock":"0.0.0.0/0","Egress":true,"Protocol":"-1","RuleAction":"allow","RuleNumber":100},{"CidrBlock":"0.0.0.0/0","Egress":false,"Protocol":"-1","RuleAction":"allow","RuleNumber":100}]}]}"#,
        ),
        ("describe-vpc-endpoints.json", r#"{"VpcEndpoints":[]}"#),
        ("describe-nat-gateways.json", r#"{"NatGateways":[]}"#),
        (
            "get-function-configuration.json",
            r#"{"FunctionName":"thumbnailer","FunctionArn":"arn:aws:lambda:eu-west-1:111122223333:function:thumbnailer","Runtime":"python3.13","Timeout":30,"State":"Active","LastUpdateStatus":"Successful","VpcConfig":{"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-1"],"VpcId":"vpc-1","Ipv6AllowedForDualStack":false}}"#,
        ),
        ("get-bucket-location.photos.json", r#"{"LocationConstraint":"eu-west-1"}"#),
    ];
    for (name, text) in files {
        file(folder, name, text);
    }
}

#[test]
fn a_folder_of_aws_cli_output_is_answered() {
    let folder = folder("dump");
    dump(&folder);
    let run = vpcreach(&["check", folder.to_str().unwrap(), "--json"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let check = &run.json()["checks"][0];
    assert_eq!(check["from"], "function/thumbnailer");
    assert_eq!(check["verdict"], "timesOut");
    assert_eq!(check["blockers"][0]["component"], "internetGateway/igw-1");
    // Answers tell their places as templates do.
    let source = &check["blockers"][0]["source"];
    assert!(source["file"].as_str().unwrap().ends_with("describe-internet-gateways.json"), "{source}");
    assert_eq!((&source["line"], &source["column"], &source["name"]), (&1.into(), &23.into(), &"igw-1".into()));
    let run = vpcreach(&["check", folder.to_str().unwrap()]);
    assert!(run.out.contains("describe-route-tables.json:1:"), "{}", run.out);
}

#[test]
fn one_damaged_file_is_named_and_does_not_spoil_the_others() {
    let folder = folder("damaged");
    dump(&folder);
    file(&folder, "describe-vpc-endpoints.json", "{\n  \"VpcEndpoints\": [ { ]\n}");
    let run = vpcreach(&["check", folder.to_str().unwrap(), "--json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("describe-vpc-endpoints.json:2:"), "{}", run.err);
    assert_eq!(run.json()["checks"][0]["from"], "function/thumbnailer");
}

/// One cause, one error: that nothing is left to ask about is no second one.
#[test]
fn a_file_that_cannot_be_read_is_one_error() {
    let folder = folder("unreadable");
    for (name, text, words) in [
        ("cut.template.json", "{\"Resources\": {\"V\": {\"Type\": \"AWS::EC2::VPC\",", "ends too early"),
        ("cut-plan.json", "{\"format_version\": \"1.2\", \"planned_values\": {", "ends too early"),
        ("cut.jsonl", "{\"@level\":\"info\",\"type\":\"test_state\",\"test_state\":{", "ends too early"),
        ("cut.json", "{\"RouteTables\": [{\"RouteTableId\":", "ends too early"),
        ("empty.json", "", "is empty"),
        ("empty.yaml", "\n", "is empty"),
        ("compose.yaml", "services:\n  web: { image: nginx }\n", "none of the formats"),
        ("broken.yaml", "some: [1, 2\nother: 3\n", "not YAML"),
        ("deep.yaml", &["Resources: # ::\n  ", &"[".repeat(2000)].concat(), "nested too deeply"),
        ("page.json", "<html></html>", "web page"),
        ("main.tf", "resource \"aws_vpc\" \"main\" {\n}\n", "own language is not evaluated"),
    ] {
        let run = vpcreach(&["check", &file(&folder, name, text)]);
        assert_eq!(run.code, 2, "{name}");
        assert_eq!(run.err.lines().filter(|line| !line.starts_with(' ')).count(), 1, "{name}: {}", run.err);
        assert!(run.err.starts_with("error: ") && run.err.contains(words), "{name}: {}", run.err);
    }
    let latin = folder.join("latin.yaml");
    fs::write(&latin, b"AWSTemplateFormatVersion: 2010-09-09\nDescription: caf\xe9\n").unwrap();
    let run = vpcreach(&["check", latin.to_str().unwrap()]);
    assert!(run.err.starts_with("error: ") && run.err.contains("encoding"), "{}", run.err);
}

#[test]
fn documents_are_not_mixed_with_anything() {
    let folder = folder("mixed");
    dump(&folder);
    file(&folder, "article.yaml", ARTICLE);
    let run = vpcreach(&["check", folder.to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("article.yaml is a document"), "{}", run.err);
}

#[test]
fn files_that_are_not_there_get_the_nearest_one() {
    let folder = folder("missing");
    file(&folder, "article.yaml", ARTICLE);
    let wrong = folder.join("artcle.yaml");
    let run = vpcreach(&["check", wrong.to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("article.yaml?"), "{}", run.err);
    assert_eq!(run.out, "");
}

#[test]
fn usage_mistakes_are_refused_with_a_suggestion() {
    let run = vpcreach(&["check", "x.yaml", "--form", "thumbnailer"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--from"), "{}", run.err);
    let run = vpcreach(&["chek"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("check"), "{}", run.err);
    let run = vpcreach(&["explain", "NO_ROUTE_TO_DESTINATIO"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("NO_ROUTE_TO_DESTINATION"), "{}", run.err);
}

#[test]
fn every_reason_code_is_explained() {
    let run = vpcreach(&["explain", "--json"]);
    assert_eq!(run.code, 0);
    let codes = run.json();
    assert_eq!(codes.as_array().unwrap().len(), vpcreach::ReasonCode::ALL.len());
    let run = vpcreach(&["explain", "igw_public_ip_association_for_egress"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("R3.3"), "{}", run.out);
    assert!(run.out.contains("https://docs.aws.amazon.com/"), "{}", run.out);
}

#[test]
fn the_schema_is_json_and_names_the_sections() {
    let run = vpcreach(&["schema"]);
    assert_eq!(run.code, 0);
    assert!(run.json()["properties"]["routeTables"].is_object());
}

#[test]
fn the_collection_script_takes_its_options() {
    let run = vpcreach(&["collect-script", "--vpc", "vpc-0a1b", "--bucket", "photos"]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("#!"), "{}", run.out);
    assert!(run.out.contains("vpc='vpc-0a1b'"), "{}", run.out);
    let run = vpcreach(&["collect-script", "--policy"]);
    assert_eq!(run.json()["Version"], "2012-10-17");
}

#[test]
fn help_and_version_are_on_standard_output() {
    let run = vpcreach(&["--version"]);
    assert_eq!((run.code, run.out.trim()), (0, concat!("vpcreach ", env!("CARGO_PKG_VERSION"))));
    let run = vpcreach(&["check", "--help"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("--operation"), "{}", run.out);
    assert_eq!(run.err, "");
}

/// The article's VPC as a template.
const TEMPLATE: &str = "\
Parameters:
  Timeout: { Type: Number }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Public, RouteTableId: !Ref Table } }
  Default:
    Type: AWS::EC2::Route
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc } }
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: !Ref Timeout
      VpcConfig: { SubnetIds: [!Ref Public], SecurityGroupIds: [!Ref Group] }
  Photos: { Type: AWS::S3::Bucket }
";

#[test]
fn a_template_is_checked_with_excerpts_of_itself() {
    let folder = folder("template");
    let template = file(&folder, "template.yaml", TEMPLATE);
    let run = vpcreach(&["check", &template, "--parameter", "Timeout=20"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("Task timed out after 20.00 seconds"), "{}", run.out);
    for part in ["error[IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS]", "template.yaml:6:3", "template.yaml:10:3", "Default:"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    assert!(!run.out.contains('\u{1b}'), "no colour where nobody looks");
    let parameters = file(&folder, "parameters.json", r#"[{"ParameterKey": "Timeout", "ParameterValue": "7"}]"#);
    let run = vpcreach(&["check", &template, "--parameter-file", &parameters]);
    assert!(run.out.contains("timed out after 7.00 seconds"), "{}", run.out);
    let run = vpcreach(&["check", &template, "--parameter", "Timeout"]);
    assert_eq!((run.code, run.err.contains("has no equals sign")), (2, true));
}

#[test]
fn programs_get_the_places_too() {
    let folder = folder("places");
    let template = file(&folder, "template.yaml", TEMPLATE);
    let with = |format: &str| vpcreach(&["check", &template, "--parameter", "Timeout=20", "--format", format]);
    let json = with("json").json();
    assert_eq!(json["checks"][0]["blockers"][0]["source"]["line"], 6);
    let hops = json["checks"][0]["hops"].as_array().unwrap();
    assert!(hops.iter().any(|hop| hop["source"]["name"] == "Default" && hop["source"]["line"] == 10));
    let github = with("github").out;
    assert!(github.starts_with("::error file="), "{github}");
    assert!(github.contains(",line=6,col=3,title="), "{github}");
    let sarif: Value = serde_json::from_str(&with("sarif").out).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 6);
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][0]["id"], result["ruleId"]);
    let junit = with("junit").out;
    assert!(junit.contains("tests=\"1\" failures=\"1\" errors=\"0\""), "{junit}");
    assert!(junit.contains("line=\"6\""), "{junit}");
    // A document has places as well.
    let document = file(&folder, "article.yaml", ARTICLE);
    let run = vpcreach(&["check", &document]);
    assert!(run.out.contains("article.yaml:11:9"), "{}", run.out);
}

#[test]
fn terraform_configuration_gets_the_command_that_makes_it_exact() {
    let folder = folder("terraform");
    file(&folder, "main.tf", "resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n");
    let run = vpcreach(&["check", folder.to_str().unwrap()]);
    assert!(run.err.contains("vpcreach terraform-test-file > tests/vpcreach.tftest.hcl"), "{}", run.err);
    let test = vpcreach(&["terraform-test-file", "--region", "eu-west-1"]).out;
    assert!(test.contains("mock_provider \"aws\"") && test.contains("\"eu-west-1b\"") && !test.contains("REGION"));
}

#[test]
fn a_document_becomes_a_template_that_is_answered_alike() {
    let folder = folder("export");
    let document = file(&folder, "article.yaml", ARTICLE);
    let run = vpcreach(&["export", &document]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let template = file(&folder, "template.json", &run.out);
    let run = vpcreach(&["check", &template, "--json"]);
    assert_eq!(run.json()["checks"][0]["verdict"], "timesOut");
    assert_eq!(run.json()["checks"][0]["from"], "function/Thumbnailer");
}

#[test]
fn fix_prints_proven_cures_and_one_of_them_as_commands() {
    let folder = folder("fix");
    let document = file(&folder, "article.yaml", ARTICLE);
    let failing = vpcreach(&["check", &document, "--from", "thumbnailer", "--to", "s3://photos"]);
    let hint = failing.out.lines().last().unwrap();
    assert!(hint.ends_with("article.yaml --from function/thumbnailer --to s3://photos"), "{hint}");

    let question = ["fix", &document, "--from", "thumbnailer", "--to", "s3://photos"];
    let run = vpcreach(&question);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for part in [
        "1. Create a gateway endpoint for S3\n    no extra cost · new components\n",
        "route table rtb-public associated with VPC endpoint vpce-s3",
        "function thumbnailer also reaches other buckets of the Region",
        "it serves the service in its own Region only",
        "Create a NAT gateway\n    about $41.00 more a month",
        "Prices are list prices as of 2026-09-25, for 730 hours and 100 GB a month, and not exact.",
    ] {
        assert!(run.out.contains(part), "{part} is missing:\n{}", run.out);
    }
    let with = |more: &[&str]| vpcreach(&[&question, more].concat());
    let json = with(&["--format", "json", "--most", "1"]).json();
    assert_eq!(json["checks"][0]["cures"][0]["kind"], "createGatewayEndpoint");
    assert_eq!(json["checks"][0]["cures"].as_array().unwrap().len(), 1);
    // The edit is the document's own, as the page and `apply` take it.
    assert_eq!(json["checks"][0]["cures"][0]["edit"]["steps"][0]["op"], "addComponent");
    let japanese = with(&["--lang", "ja"]);
    assert!(japanese.out.contains("1. S3 のゲートウェイエンドポイントを作成する"), "{}", japanese.out);
    let commands = with(&["--format", "cli"]);
    assert!(commands.out.contains("aws ec2 create-vpc-endpoint"), "{}", commands.out);
    let missing = with(&["--format", "cli", "--cure", "99"]);
    assert_eq!((missing.code, missing.err.as_str()), (1, "error: there is no cure number 99\n"));
}

/// What mends all that fails at once does not close what must stay closed, and says so.
#[test]
fn fix_says_that_closings_are_not_part_of_what_mends_all() {
    let folder = folder("fix-together");
    let expect = "instances:\n  db: { subnet: public-a, privateIp: 10.0.0.9, securityGroups: [open] }\nexpect:\n\
                  \x20 - { from: thumbnailer, to: \"s3://photos\", verdict: succeeds }\n\
                  \x20 - { from: thumbnailer, to: service/dynamodb, verdict: succeeds }\n";
    let article =
        ARTICLE.replace("sg-fn: {}", "sg-fn: {}\n  open: { ingress: [{ protocol: all, peer: 10.0.0.0/16 }] }");
    let closed = "  - { from: thumbnailer, to: \"10.0.0.9:5432\", verdict: timesOut }\n";
    let fix = |document: &str| vpcreach(&["fix", &file(&folder, "article.yaml", document)]);
    let run = fix(&[&article, expect].concat());
    assert!(run.out.contains("\nMends all of them at once\n"), "{}", run.out);
    let run = fix(&[&article, expect, closed].concat());
    assert!(run.out.contains("Proven to close it"), "{}", run.out);
    assert!(run.out.contains("what must stay closed and is open is not part of it"), "{}", run.out);
}

#[test]
fn fix_says_why_there_is_no_cure() {
    let folder = folder("fix-none");
    let document = file(&folder, "article.yaml", ARTICLE);
    let run = vpcreach(&["fix", &document, "--from", "thumbnailer", "--to", "10.9.9.9:5432"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("nothing in the document has that address"), "{}", run.out);
    let run = vpcreach(&["fix", &document, "--from", "nobody", "--to", "s3://photos"]);
    assert_eq!(run.code, 2, "{}", run.out);
}

#[test]
fn a_document_becomes_terraform_and_yaml() {
    let folder = folder("export-terraform");
    let document = file(&folder, "article.yaml", ARTICLE);
    let run = vpcreach(&["export", &document, "--format", "terraform"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("resource \"aws_lambda_function\" \"thumbnailer\" {"), "{}", run.out);
    let written = file(&folder, "again.yaml", &vpcreach(&["export", &document, "--format", "yaml"]).out);
    let (one, other) = (vpcreach(&["check", &document, "--json"]), vpcreach(&["check", &written, "--json"]));
    assert_eq!(one.json()["checks"][0]["summary"], other.json()["checks"][0]["summary"]);
}

#[test]
fn a_change_is_written_for_each_tool() {
    let folder = folder("change");
    let before = file(&folder, "before.yaml", ARTICLE);
    let after =
        file(&folder, "after.yaml", &ARTICLE.replace("timeout: 30", "timeout: 60, client: { dualStack: true }"));
    let run = vpcreach(&["change", &before, &after]);
    assert!(run.out.contains("- timeout of function thumbnailer set to 60"), "{}", run.out);
    let run = vpcreach(&["change", &before, &after, "--format", "cli", "--lang", "ja"]);
    assert!(run.out.contains("--timeout 60") && run.out.contains("# 変更内容:"), "{}", run.out);
    assert!(run.err.starts_with("警告: /functions/thumbnailer/client"), "{}", run.err);
    for format in ["terraform", "cloudformation"] {
        let run = vpcreach(&["change", &before, &after, "--format", format]);
        assert!(run.code == 0 && run.out.contains("60"), "{}", run.out);
    }
}

#[test]
fn fix_names_a_mistake_of_the_document_before_the_cures_for_what_remains() {
    let folder = folder("fix-mistake");
    let document = file(&folder, "article.yaml", &ARTICLE.replacen("subnets: [", "subnets: [nowhere, ", 1));
    let question = ["--from", "thumbnailer", "--to", "s3://photos"];
    let run = vpcreach(&[&["fix", &document], &question[..]].concat());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("article.yaml:") && run.err.contains("named `nowhere`"), "{}", run.err);
    assert!(run.out.contains("proven cures"), "{}", run.out);
    // A file that cannot be read is the one mistake.
    let broken = file(&folder, "broken.yaml", "vpcs: [");
    let run = vpcreach(&["fix", &broken]);
    assert_eq!((run.code, run.err.matches("error: ").count()), (2, 1), "{}", run.err);
}
