//! The collection script, run against a stand-in for the AWS CLI that serves a sample.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use vpcreach::import::{
    CollectOptions, ImportOptions, ImportProblemKind, Imported, SourceFile, collect_script, import,
};
use vpcreach::{Language, Selection, Verdict, check};

/// Serves the files of a folder as the answers of their commands, and denies everything else.
const AWS: &str = r#"#!/bin/sh
command=$2
case "$*" in
*'--query VpcConfig.VpcId'*) echo vpc-9a96b11c7426b6cad; exit 0 ;;
*'--query HostedZoneSummaries'*) printf 'Z1\n'; exit 0 ;;
*'--query PolicyNames'*) printf 's3\n'; exit 0 ;;
*'list-role-policies'*) echo '{"PolicyNames": ["s3"]}'; exit 0 ;;
*'list-attached-role-policies'*)
    printf '{\n"AttachedPolicies": [{\n"PolicyName": "own",\n"PolicyArn": "arn:aws:iam::123456789012:policy/own"\n}]\n}\n'
    exit 0 ;;
*'get-policy '*) printf '{"Policy": {\n"Arn": "arn:aws:iam::123456789012:policy/own",\n"DefaultVersionId": "v3"\n}}\n'; exit 0 ;;
*'get-policy-version'*'--version-id v3'*)
    echo '{"PolicyVersion": {"IsDefaultVersion": true, "Document": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}}}'
    exit 0 ;;
*'--attribute '*) command="$command.${6}" ;;
*'--prefix-list-id pl-e4c53d23876c20425'*) ;;
*'--prefix-list-id '*) command=denied ;;
*'list-hosted-zones-by-vpc'*)
    echo '{"HostedZoneSummaries": [{"HostedZoneId": "Z1", "Name": "corp.example.", "Owner": {"OwningAccount": "1"}}]}'
    exit 0 ;;
*'list-resource-record-sets'*)
    echo '{"ResourceRecordSets": [{"Name": "db.corp.example.", "Type": "A", "ResourceRecords": [{"Value": "10.0.1.9"}]}]}'
    exit 0 ;;
esac
for file in "$SAMPLE/$command.json" "$SAMPLE/$1-$command.json"; do
    if [ -f "$file" ]; then cat "$file"; exit 0; fi
done
printf 'An error occurred (AccessDenied) when calling "%s":\n\tnot \\ allowed\n' "$2" >&2
exit 254
"#;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("vpcreach-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aws-cli/nat")
}

/// Runs the script with a shell; the collected file is in the folder.
fn run(shell: &str, folder: &Path, arguments: &[&str]) -> Output {
    let aws = folder.join("aws");
    fs::write(&aws, AWS).unwrap();
    fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).unwrap();
    let options = CollectOptions { buckets: vec!["photos".into()], ..CollectOptions::default() };
    let script = folder.join("collect.sh");
    fs::write(&script, collect_script(&options)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    Command::new(shell)
        .arg(&script)
        .args(arguments)
        .current_dir(folder)
        .env("PATH", path)
        .env("SAMPLE", sample())
        .env("AWS_REGION", "eu-west-1")
        .output()
        .unwrap()
}

fn import_file(bytes: &[u8]) -> Imported {
    import(&[SourceFile::new("vpcreach-collection.json", bytes)], &ImportOptions::default())
}

#[test]
fn what_the_script_collects_is_one_json_file_that_is_imported() {
    for shell in ["sh", "bash"] {
        let folder = Folder::new(&format!("collect-{shell}"));
        let output = run(shell, &folder.0, &["--function", "fn"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let bytes = fs::read(folder.0.join("vpcreach-collection.json")).unwrap();
        serde_json::from_slice::<serde_json::Value>(&bytes).unwrap();
        let import = import_file(&bytes);

        let answer = check(&import.document, &Selection::default(), Language::English);
        let question = &answer.checks[0];
        assert_eq!((question.from.as_str(), question.verdict), ("function/fn", Verdict::Succeeds));
        assert_eq!(import.document.buckets["photos"].region.as_deref(), Some("eu-west-1"));
        assert_eq!(import.document.prefix_lists["pl-e4c53d23876c20425"].entries.len(), 4);
        let vpc = &import.document.vpcs["vpc-9a96b11c7426b6cad"];
        assert_eq!((vpc.enable_dns_support, vpc.enable_dns_hostnames), (Some(true), Some(false)));
        let zone = &import.document.private_hosted_zones["Z1"];
        assert_eq!(
            (zone.domain.as_str(), zone.vpcs.as_slice()),
            ("corp.example", ["vpc-9a96b11c7426b6cad".to_owned()].as_slice())
        );
        assert_eq!(zone.records["db"], ["10.0.1.9"]);
        let role = import.document.functions["fn"].role.clone().unwrap();
        let role = &import.document.roles[role.as_str()];
        assert!(role.policies.as_ref().unwrap().get("s3").is_some());
        assert_eq!(role.managed_policies.as_deref().unwrap(), ["arn:aws:iam::123456789012:policy/own"]);
        assert!(import.document.managed_policies["own"].policy.as_ref().unwrap().get("Statement").is_some());

        let failed = |call: &str| {
            import.problems.iter().find_map(|problem| match &problem.kind {
                ImportProblemKind::FailedCall { call: of, error } if of.starts_with(call) => Some(error.clone()),
                _ => None,
            })
        };
        let error = failed("ec2 describe-vpc-block-public-access-options").unwrap();
        assert!(error.contains(r#""describe-vpc-block-public-access-options":  not \ allowed"#), "{error}");
        assert_eq!(failed("ec2 describe-subnets"), None);
        assert!(import.document.unknown_sections.contains(&"vpcBlockPublicAccess".to_owned()));
    }
}

#[test]
fn an_interrupted_collection_keeps_what_was_collected() {
    let folder = Folder::new("collect-cut");
    run("sh", &folder.0, &["--vpc", "vpc-9a96b11c7426b6cad"]);
    let bytes = fs::read(folder.0.join("vpcreach-collection.json")).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let cut = text.find("describe-network-acls").unwrap() + 200;
    let import = import_file(text.as_bytes().get(..cut).unwrap());
    assert_eq!(import.document.subnets.len(), 2);
    assert_eq!(import.document.route_tables.len(), 3);
    assert!(import.document.network_acls.is_empty());
    assert!(import.document.unknown_sections.contains(&"networkAcls".to_owned()), "missing is unknown, not absent");
    let cut = import.problems.iter().find(|problem| problem.kind == ImportProblemKind::TruncatedFile).unwrap();
    assert!(cut.location.as_ref().unwrap().line > 100);
}

#[test]
fn wrong_usage_is_refused_before_any_call() {
    let folder = Folder::new("collect-usage");
    for (arguments, says) in [
        (&["--vpc"][..], "--vpc needs a value"),
        (&["--colour", "red"][..], "unknown option --colour"),
        (&[][..], "no VPC"),
    ] {
        let output = run("sh", &folder.0, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.contains(says), "{stderr}");
        assert!(!folder.0.join("vpcreach-collection.json").exists());
    }
}

#[test]
fn the_script_is_clean() {
    let folder = Folder::new("collect-lint");
    let script = folder.0.join("collect.sh");
    fs::write(&script, collect_script(&CollectOptions::default())).unwrap();
    let syntax = Command::new("sh").arg("-n").arg(&script).status().unwrap();
    assert!(syntax.success());
    // Checked where the tool is installed.
    if let Ok(output) = Command::new("shellcheck").arg(&script).output() {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}
