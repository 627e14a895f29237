//! The fuzz targets, for a short while and always the same: random bytes, and real samples with damage.
//!
//! `VPCREACH_FUZZ_RUNS` asks for more runs than usual.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

use std::path::Path;
use std::{env, fs, panic};

use vpcreach_tests::fuzz::{self, Numbers};
use vpcreach_tests::scenario;

type Target = fn(&[u8]) -> Result<(), String>;

fn runs(usual: usize) -> usize {
    env::var("VPCREACH_FUZZ_RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Runs a target on samples, samples with damage, and random bytes, and shows the bytes of the first failure.
fn run(target: Target, samples: &[Vec<u8>], usual: usize) {
    let mut numbers = Numbers(20_261_122);
    let one = |data: &[u8]| {
        let outcome = panic::catch_unwind(|| target(data));
        let failure = match outcome {
            Ok(Ok(())) => return,
            Ok(Err(message)) => message,
            Err(_) => "panicked".to_owned(),
        };
        panic!("{failure} on {} bytes:\n{}", data.len(), String::from_utf8_lossy(data));
    };
    samples.iter().for_each(|sample| one(sample));
    one(&[]);
    for _ in 0..runs(usual) {
        if !samples.is_empty() && numbers.below(8) > 0 {
            let sample = samples.get(numbers.below(samples.len())).unwrap();
            one(&fuzz::damage(sample, &mut numbers));
        } else {
            let count = numbers.below(400);
            one(&numbers.bytes(count));
        }
    }
}

fn scenario_texts() -> Vec<Vec<u8>> {
    scenario::all()
        .unwrap()
        .iter()
        .map(|scenario| fs::read(scenario::folder().join(format!("{}.yaml", scenario.name))).unwrap())
        .collect()
}

#[test]
fn documents_in_yaml() {
    run(fuzz::document_text, &scenario_texts(), 600);
}

#[test]
fn documents_in_json() {
    let samples: Vec<Vec<u8>> =
        scenario::all().unwrap().iter().map(|scenario| scenario.document.to_json().into_bytes()).collect();
    run(fuzz::document_text, &samples, 600);
}

#[test]
fn imported_files() {
    let mut samples = Vec::new();
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aws-cli")).unwrap();
    let mut folders: Vec<_> = folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        samples.extend(files.iter().map(|file| fs::read(file).unwrap()).filter(|bytes| bytes.len() < 20_000));
    }
    assert!(samples.len() > 50, "only {} samples", samples.len());
    run(fuzz::import_bytes, &samples, 1_500);
}

/// Every file in a folder and the folders in it.
fn files_in(folder: &Path, samples: &mut Vec<Vec<u8>>) {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files_in(&path, samples);
        } else {
            samples.push(fs::read(&path).unwrap());
        }
    }
}

#[test]
fn templates_plans_and_states() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut samples = Vec::new();
    files_in(&root.join("samples/cdk"), &mut samples);
    files_in(&root.join("samples/terraform"), &mut samples);
    samples.push(fs::read(root.join("example/template.yaml")).unwrap());
    let intrinsics = "Parameters: { P: { Type: CommaDelimitedList, Default: 'a,b' } }\nMappings: { M: { A: { B: [1, 2] } } }\n\
        Conditions: { C: !And [!Equals [!Select [0, !Ref P], a], !Not [!Condition D]], D: !Equals [x, y] }\nResources:\n  \
        Fn::ForEach::L: [N, !Ref P, { 'S${N}': { Type: AWS::EC2::Subnet, Condition: C, Properties: { VpcId: !Ref V, \
        CidrBlock: !Select [1, !Cidr [!GetAtt V.CidrBlock, 4, 8]], AvailabilityZone: !Select [0, !GetAZs ''] } } }]\n  \
        V: { Type: AWS::EC2::VPC, Properties: { CidrBlock: !If [C, 10.0.0.0/16, !FindInMap [M, A, B]] } }\n  \
        G: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref V, SecurityGroupEgress: [!If [D, { CidrIp: !Ref P }, \
        !Ref AWS::NoValue], { IpProtocol: tcp, FromPort: 1, ToPort: 2, CidrIp: !Join ['/', [!Sub '${V.CidrBlock}', 8]] }] } }\n  \
        F: { Type: AWS::Lambda::Function, Properties: { VpcConfig: { SubnetIds: [!Ref Sa], SecurityGroupIds: [!Ref G] } } }\n  \
        B: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub 'b-${AWS::Region}' } }\n";
    samples.extend(std::iter::repeat_n(intrinsics.as_bytes().to_vec(), 12));
    assert!(samples.len() > 40, "only {} samples", samples.len());
    run(fuzz::import_configuration, &samples, 1_200);
}

#[test]
fn several_files_together() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let together = |files: &[(&str, &str)]| -> Vec<u8> {
        files.iter().map(|(name, text)| format!("=== {name}\n{text}\n")).collect::<String>().into_bytes()
    };
    let manifest = r#"{"version":"36.0.0","artifacts":{"NatDefault":{"type":"aws:cloudformation:stack",
"environment":"aws://111122223333/eu-west-1","properties":{"templateFile":"NatDefault.template.json"}}}}"#;
    let network = "Parameters: { Cidr: { Type: String } }\nResources:\n  V: { Type: AWS::EC2::VPC, Properties: { CidrBlock: !Ref Cidr } }\n  \
        S: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref V, CidrBlock: 10.0.0.0/24 } }\n\
        Outputs: { Subnet: { Value: !Ref S, Export: { Name: net } } }\n";
    let stack = "Resources:\n  Network: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./network.yaml, Parameters: { Cidr: !Ref C } } }\n  \
        F: { Type: AWS::Lambda::Function, Properties: { VpcConfig: { SubnetIds: [!GetAtt Network.Outputs.Subnet, !ImportValue net], SecurityGroupIds: [sg-1] } } }\n\
        Parameters: { C: { Type: String } }\n";
    let values = r#"[{"ParameterKey":"C","ParameterValue":"10.0.0.0/16"}]"#;
    let dump = r#"{"SecurityGroups":[{"GroupId":"sg-1","VpcId":"vpc-1","IpPermissionsEgress":[]}],"Vpcs":[{"VpcId":"vpc-1"}]}"#;
    let samples = [
        together(&[
            ("manifest.json", manifest),
            ("NatDefault.template.json", &read("cdk/NatDefault-agn/NatDefault.template.json")),
        ]),
        together(&[
            ("stack.yaml", stack),
            ("network.yaml", network),
            ("values.json", values),
            ("describe-security-groups.json", dump),
        ]),
        together(&[
            ("plan.json", &read("terraform/nat/plan.json")),
            ("terraform.tfstate", &read("terraform/nat/terraform.tfstate")),
        ]),
        together(&[
            ("state.json", &read("terraform/gateway_endpoint/state.json")),
            ("dump.json", dump),
            ("network.yaml", network),
        ]),
    ];
    run(fuzz::import_together, &samples, 300);
}

#[test]
fn questions() {
    let samples: Vec<Vec<u8>> = scenario::all()
        .unwrap()
        .iter()
        .flat_map(|scenario| scenario.document.expect.clone())
        .map(|expectation| format!("{}\n{}\nudp", expectation.to, expectation.from).into_bytes())
        .collect();
    run(fuzz::question, &samples, 400);
}

#[test]
fn ports_blocks_and_other_texts() {
    let sample = "10.0.0.0/16\n2001:db8::/56\n10.0.0.0/24\n2001:db8::/64\na\n198.51.100.1\navailable\n0.0.0.0/0\nigw\ntcp\n443\n0.0.0.0/0\n\
                  allow\ntcp\n1024-65535\n0.0.0.0/0\nInterface\nsqs\ncorp.example\n10.0.0.9\npython3.13\nhttps://db.corp.example";
    run(fuzz::scalars, &[sample.as_bytes().to_vec()], 1_000);
}

#[test]
fn what_is_taken_away() {
    let samples: Vec<Vec<u8>> = scenario_texts().into_iter().step_by(6).collect();
    run(fuzz::take_away, &samples, 60);
}

#[test]
fn generated_documents() {
    run(fuzz::generated, &[], 300);
}

#[test]
fn policies() {
    let mut numbers = Numbers(20_261_123);
    let mut samples = Vec::new();
    for _ in 0..40 {
        let case = vpcreach_tests::policies::case(&mut vpcreach_tests::generate::Choices::new(&numbers.bytes(400)));
        for layer in ["bucket", "endpoint", "session"] {
            samples.extend(case.get(layer).map(|policy| policy.to_string().into_bytes()));
        }
    }
    run(fuzz::policy_text, &samples, 3_000);
}

#[test]
fn edits() {
    let text = "{ \"vpcs\": { \"main\": { \"cidr\": \"10.0.0.0/16\" } }, \"subnets\": { \"a\": { \"cidr\": \"10.0.0.0/24\" } },\n\
        \"natGateways\": { \"nat\": { \"subnet\": \"a\" } }, \"routeTables\": { \"r\": { \"subnets\": [\"a\"],\n\
        \"routes\": [{ \"destination\": \"0.0.0.0/0\", \"target\": \"nat\" }] } }, \"functions\": { \"f\": { \"subnets\": [\"a\"] } },\n\
        \"buckets\": { \"b\": {} }, \"expect\": [{ \"from\": \"f\", \"to\": \"s3://b\" }] }";
    let steps = [
        r#"{ "op": "set", "path": "/vpcs/main/enableDnsSupport", "value": false }"#,
        r#"{ "op": "insert", "path": "/routeTables/r/routes/0", "value": { "destination": "::/0", "target": "nat" } }"#,
        r#"{ "op": "remove", "path": "/routeTables/r/subnets/0" }"#,
        r#"{ "op": "renameComponent", "component": "natGateway/nat", "name": "a" }"#,
        r#"{ "op": "duplicateComponent", "component": "subnet/a", "name": "b" }"#,
        r#"{ "op": "removeComponent", "component": "vpc/main" }"#,
        r#"{ "op": "addComponent", "component": "instance/nat", "value": { "subnet": "a" } }"#,
    ];
    let wishes = [
        r#"{ "add": "natGateway", "at": "subnet/a" }"#,
        r#"{ "move": "function/f", "to": "subnet/a" }"#,
        r#"{ "add": "vpcEndpoint", "type": "Interface", "service": "sqs" }"#,
    ];
    let wishes = wishes.iter().cycle();
    let samples: Vec<Vec<u8>> = steps
        .iter()
        .zip(wishes)
        .map(|(step, wish)| format!("{{ \"steps\": [{step}] }}\n{wish}\n{text}").into_bytes())
        .collect();
    run(fuzz::edit, &samples, 1_000);
}
