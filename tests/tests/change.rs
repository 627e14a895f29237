//! Differences of documents in the languages of tools: what is written parses, and only says what the tools take.
//!
//! `VPCREACH_BLESS=1 cargo test --test change` writes `tests/changes` anew, which has the differences of all lessons.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod evaluated;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use vpcreach::answer::Severity;
use vpcreach::document::VpcEndpoint;
use vpcreach::export::{Changed, Exported, Format, Sources, change, cloudformation, terraform};
use vpcreach::import::{ImportOptions, SourceFile, import};
use vpcreach::{Document, Language, Network, engine::analyze};
use vpcreach_tests::differences::{GUARDED, guarded, lessons, merged_template, pairs};
use vpcreach_tests::scenario;

use evaluated::{Resource, imported, renamed, resources};
use hcl::Structure;

fn changed(before: &Document, after: &Document, format: Format) -> Changed {
    change(before, after, format, Language::English, &Sources::default())
}

#[test]
fn lessons_have_the_differences_that_are_checked_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("changes");
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (name, before, after) in lessons().unwrap() {
        for (format, ending) in
            [(Format::Cli, "sh"), (Format::Text, "txt"), (Format::Terraform, "tf"), (Format::CloudFormation, "json")]
        {
            texts.insert(format!("{name}.{ending}"), changed(&before, &after, format).text);
        }
    }
    if std::env::var_os("VPCREACH_BLESS").is_some() {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        texts.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
    }
    for (name, text) in &texts {
        let known = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(known == *text, "changes/{name} is out of date: run with VPCREACH_BLESS=1 and look at the difference");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), texts.len(), "a file that no lesson has");
}

/// The words of a script by commands, as a shell splits them; `None` ends a command.
fn words(script: &str) -> Vec<Option<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = script.chars().peekable();
    let mut in_double = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\'' if !in_double => {
                let text = word.get_or_insert_default();
                text.extend(letters.by_ref().take_while(|letter| *letter != '\''));
            }
            '"' => {
                in_double = !in_double;
                word.get_or_insert_default();
            }
            '\\' => {
                let next = letters.next();
                if next != Some('\n') {
                    word.get_or_insert_default().extend(next);
                }
            }
            '#' if !in_double && word.is_none() => {
                letters.by_ref().take_while(|letter| *letter != '\n').for_each(drop);
                words.push(None);
            }
            ' ' if !in_double => words.extend(word.take().map(Some)),
            '\n' | ';' | ')' if !in_double => {
                words.extend(word.take().map(Some));
                words.push(None);
            }
            '(' if !in_double => {
                word = None;
                words.push(None);
            }
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word.map(Some));
    words
}

/// The AWS CLI's commands in a script.
fn commands(script: &str) -> Vec<Vec<String>> {
    let words = words(script);
    let commands = words.split(Option::is_none).map(|words| words.iter().flatten().cloned().collect::<Vec<_>>());
    let commands = commands.map(|words| words.into_iter().skip_while(|word| word != "aws").skip(1).collect::<Vec<_>>());
    commands.filter(|words| !words.is_empty()).collect()
}

#[test]
fn commands_have_options_that_the_aws_cli_takes() {
    let table: BTreeMap<&str, BTreeSet<&str>> = include_str!("../aws-cli-options.txt")
        .lines()
        .map(|line| {
            let (command, options) = line.split_once(':').unwrap();
            (command, options.split_whitespace().collect())
        })
        .collect();
    let mut used = BTreeSet::new();
    for (name, before, after) in pairs().unwrap() {
        let script = changed(&before, &after, Format::Cli).text;
        for command in commands(&script) {
            let count = if command.get(1).is_some_and(|word| word == "wait") { 3 } else { 2 };
            let known = command.iter().take(count).cloned().collect::<Vec<_>>().join(" ");
            let Some(options) = table.get(known.as_str()) else { panic!("{name}: `{known}` is no command\n{script}") };
            for word in command.iter().skip(count).filter(|word| word.starts_with("--")) {
                let option = word.split('=').next().unwrap();
                let is_known = options.contains(option) || ["--query", "--output"].contains(&option);
                assert!(is_known, "{name}: `{known}` has no option {option}\n{script}");
            }
            used.insert(known);
        }
    }
    let unused: Vec<_> = table.keys().filter(|command| !used.contains(**command)).collect();
    assert!(unused.len() < 12, "commands that nothing shows: {unused:?}");
}

#[test]
fn scripts_are_scripts_of_a_shell() {
    for (name, before, after) in pairs().unwrap() {
        let script = changed(&before, &after, Format::Cli).text;
        let run = Command::new("sh").args(["-n", "-c", &script]).output().unwrap();
        assert!(run.status.success(), "{name}: {}\n{script}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn nothing_to_change_is_nothing_to_do() {
    for scenario in scenario::all().unwrap() {
        let script = changed(&scenario.document, &scenario.document, Format::Cli);
        assert!(commands(&script.text).is_empty(), "{}: {}", scenario.name, script.text);
        assert!(script.changes.is_empty() && script.left_out.is_empty(), "{}: {script:?}", scenario.name);
    }
}

/// A name that is a command stays a name.
#[test]
fn names_run_nothing() {
    let document = |extra: &str| {
        let text = format!(
            r#"{{ "vpcs": {{ "v": {{ "cidr": "10.0.0.0/16" }} }},
                "securityGroups": {{ "$(touch x)`touch y`'; touch z\n#": {{ "egress": [{extra}] }} }},
                "functions": {{ "-f $(touch x)": {{ "timeout": {} }} }} }}"#,
            extra.len() + 1
        );
        Document::read(&text).document
    };
    let (before, after) = (document(""), document(r#"{ "peer": "10.0.0.0/8'; touch x" }"#));
    for (one, other) in [(&before, &after), (&Document::default(), &after), (&after, &before)] {
        let script = changed(one, other, Format::Cli).text;
        let folder = std::env::temp_dir().join(format!("vpcreach-names-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // Everything but the commands of AWS runs for real.
        let harmless = format!("aws() {{ :; }}\nexport AWS_REGION=x\n{}", script.replace(":?}", ":=x}"));
        let run = Command::new("sh").args(["-c", &harmless]).current_dir(&folder).output().unwrap();
        assert!(run.status.success(), "{}\n{script}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "{script}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

/// The resources of a configuration once a fragment was put into it, as the fragment's comments say.
fn merged(before: &str, fragment: &str) -> Vec<Resource> {
    let mut all = resources(before);
    for line in fragment.lines() {
        if let Some(address) = line.strip_prefix("# Remove: ") {
            let count = all.len();
            all.retain(|resource| resource.address() != address);
            assert!(all.len() < count, "no {address} to remove");
        }
        if let Some((address, name)) = line.strip_prefix("# Remove from ").and_then(|rest| rest.split_once(": ")) {
            let resource = all.iter_mut().find(|resource| resource.address() == address).unwrap();
            let name = name.split(' ').next().unwrap();
            let structures = std::mem::take(&mut resource.body).into_inner();
            let is_other = |structure: &Structure| name_of(structure) != name;
            resource.body = structures.into_iter().filter(is_other).collect();
        }
    }
    for new in resources(fragment) {
        match all.iter_mut().find(|resource| resource.address() == new.address()) {
            Some(old) => {
                let names: BTreeSet<String> = new.body.iter().map(|structure| name_of(structure).to_owned()).collect();
                let structures = std::mem::take(&mut old.body).into_inner();
                let kept = structures.into_iter().filter(|structure| !names.contains(name_of(structure)));
                old.body = kept.chain(new.body).collect();
            }
            None => all.push(new),
        }
    }
    all
}

fn name_of(structure: &Structure) -> &str {
    match structure {
        Structure::Attribute(attribute) => attribute.key.as_str(),
        Structure::Block(block) => block.identifier.as_str(),
    }
}

/// The answers of the state after a change, from what a tool has once the change was put into it.
fn compare(
    export: fn(&Document) -> Exported,
    format: Format,
    merge: fn(&str, &str) -> Option<String>,
    file: &str,
) -> usize {
    let mut asked = 0;
    for (name, before, after) in pairs().unwrap() {
        let (old, new) = (export(&before), changed(&before, &after, format));
        let (network, problems) = Network::resolve(&after);
        let is_broken = problems.iter().any(|problem| problem.kind.severity() == Severity::Error);
        if is_broken || !old.left_out.is_empty() || !export(&after).left_out.is_empty() || before.region != after.region
        {
            continue;
        }
        // What has an id of AWS is in no template.
        if before.to_json().contains("\"vpce-0a1b") || after.to_json().contains("\"vpce-0a1b") {
            continue;
        }
        assert!(new.left_out.is_empty(), "{name}: {:?}\n{}", new.left_out, new.text);
        let merged = merge(&old.text, &new.text).unwrap();
        let (again, _) = Network::resolve(&imported(file, &merged, &after));
        for expectation in &after.expect {
            let query = expectation.query();
            let host = query.to.rsplit_once(':').map_or(query.to.as_str(), |(host, _)| host);
            let without = Document { expect: Vec::new(), ..after.clone() }.to_json();
            if host.parse::<std::net::Ipv4Addr>().is_ok() && without.contains(host) {
                continue;
            }
            let mut other = query.clone();
            other.from = renamed(&query.from, &new.names);
            other.to = renamed(&query.to, &new.names);
            let (one, two) = (analyze(&network, &query), analyze(&again, &other));
            assert_eq!(two.verdict, one.verdict, "{name}: {} → {}\n{}\n{merged}", other.from, other.to, new.text);
            asked += 1;
        }
    }
    asked
}

#[test]
fn a_template_with_the_change_gives_the_answers_after_it() {
    let asked = compare(cloudformation, Format::CloudFormation, merged_template, "template.json");
    assert!(asked > 200, "only {asked} questions");
}

#[test]
fn terraform_with_the_change_gives_the_answers_after_it() {
    let merge = |before: &str, fragment: &str| Some(evaluated::state(&merged(before, fragment)));
    let asked = compare(terraform, Format::Terraform, merge, "state.json");
    assert!(asked > 200, "only {asked} questions");
}

/// A gateway endpoint for S3 in every route table of a VPC, in the language of a tool, with the names of the source.
fn with_endpoint(files: &[(&str, Vec<u8>)], format: Format) -> Changed {
    let files: Vec<SourceFile<'_>> = files.iter().map(|(name, bytes)| SourceFile::new(*name, bytes)).collect();
    let imported = import(&files, &ImportOptions::default());
    let mut after = imported.document.clone();
    let endpoint = VpcEndpoint {
        vpc: after.vpcs.keys().next().cloned(),
        service: "s3".to_owned(),
        route_tables: after.route_tables.keys().cloned().collect(),
        ..VpcEndpoint::default()
    };
    after.vpc_endpoints.insert("s3".to_owned(), endpoint);
    let sources = Sources::from(&imported.sources);
    let changed = change(&imported.document, &after, format, Language::English, &sources);
    assert!(changed.left_out.is_empty(), "{:?}", changed.left_out);
    changed
}

fn sample(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(folder);
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files.retain(|(name, _)| name.ends_with(".json") && !name.starts_with("expected"));
    files
}

#[test]
fn ids_of_a_dump_are_used_as_they_are() {
    let files = sample("aws-cli/public-subnet");
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let script = with_endpoint(&files, Format::Cli).text;
    assert!(!script.contains(":?}") && script.contains("--route-table-ids rtb-"), "{script}");
    let configuration = with_endpoint(&files, Format::Terraform).text;
    assert!(configuration.contains("vpc_id            = \"vpc-"), "{configuration}");
    assert!(configuration.contains("route_table_ids   = [\"rtb-"), "{configuration}");
    let template = with_endpoint(&files, Format::CloudFormation).text;
    assert!(template.contains("\"VpcId\": \"vpc-"), "{template}");
}

#[test]
fn addresses_of_terraform_are_used_as_they_are() {
    let read = |name: &str, file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/terraform").join(name).join(file);
        vec![("state.json", std::fs::read(path).unwrap())]
    };
    let configuration = with_endpoint(&read("nat", "state.json"), Format::Terraform).text;
    assert!(configuration.contains("vpc_id            = aws_vpc."), "{configuration}");
    let configuration = with_endpoint(&read("module_vpc", "state.json"), Format::Terraform).text;
    assert!(configuration.contains("# Belongs into the configuration of module."), "{configuration}");
    assert!(configuration.contains("vpc_id            = aws_vpc."), "{configuration}");
}

#[test]
fn logical_ids_of_a_template_are_used_as_they_are() {
    let template = r#"{ "Resources": {
        "myVpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
        "privateTable1A2B": { "Type": "AWS::EC2::RouteTable", "Properties": { "VpcId": { "Ref": "myVpc" } } } } }"#;
    let files = [("template.json", template.as_bytes().to_vec())];
    let changed = with_endpoint(&files, Format::CloudFormation);
    let fragment: serde_json::Value = serde_json::from_str(&changed.text).unwrap();
    let properties = &fragment["Resources"]["S3"]["Properties"];
    assert_eq!(properties["VpcId"], serde_json::json!({ "Ref": "myVpc" }));
    assert_eq!(properties["RouteTableIds"], serde_json::json!([{ "Ref": "privateTable1A2B" }]));
    // What is in AWS has other names there, which only the person knows.
    let script = with_endpoint(&files, Format::Cli).text;
    assert!(script.contains(": \"${ROUTE_TABLE_PRIVATE_TABLE1_A2_B:?}\"  # routeTable/privateTable1A2B"), "{script}");
}

/// Every layer refuses, one cure mends them all, and what it does is taken away with the names of AWS.
#[test]
fn policies_are_taken_away_with_the_cure() {
    let (_, before, after) = guarded();
    let script = changed(&before, &after, Format::Cli);
    assert_eq!(script.left_out, [] as [&str; 0]);
    for command in [
        "aws iam put-role-policy \\\n  --role-name reader-role \\\n  --policy-name allow-s3-GetObject-photos \\\n",
        "aws ec2 modify-vpc-endpoint \\\n  --vpc-endpoint-id vpce-0a1b2c3d \\\n  --policy-document '",
        "aws s3api put-bucket-policy \\\n  --bucket photos \\\n  --policy '",
        "aws kms put-key-policy \\\n  --key-id arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d \\\n  --policy-name default \\\n",
        "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d",
        r#""aws:SourceVpce":["vpce-0fffffff","vpce-0a1b2c3d"]"#,
    ] {
        assert!(script.text.contains(command), "{command} is not in {}", script.text);
    }
    let terraform = changed(&before, &after, Format::Terraform).text;
    let block = "resource \"aws_iam_role_policy\" \"reader_role_allow_s3_get_object_photos\" {\n  role = \"reader-role\"\n  name = \"allow-s3-GetObject-photos\"\n  policy = jsonencode({";
    assert!(terraform.contains(block), "{terraform}");
    let template = changed(&before, &after, Format::CloudFormation).text;
    assert!(
        template.contains(r#""RoleName": "reader-role""#) && template.contains("AWS::IAM::RolePolicy"),
        "{template}"
    );

    // Of a function that never starts, the policy that AWS manages is attached.
    let never = GUARDED.replace(r#""state": "Active", "#, "");
    let document = |text: &str| Document::read(text).document;
    let (before, after) = (
        document(&never),
        document(&never.replace(
            r#"["logs"]"#,
            r#"["logs", "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"]"#,
        )),
    );
    let script = changed(&before, &after, Format::Cli).text;
    let command = "aws iam attach-role-policy \\\n  --role-name reader-role \\\n  --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole\n";
    assert!(script.contains(command), "{script}");
    let terraform = changed(&before, &after, Format::Terraform).text;
    assert!(terraform.contains("resource \"aws_iam_role_policy_attachment\""), "{terraform}");
}
