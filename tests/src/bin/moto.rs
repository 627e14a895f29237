//! Compares what a template says with what its stack says: `moto FOLDER`, where `tests/moto/account.py` has written
//! templates and what the AWS CLI collected of their stacks in an emulated account. Imported both ways, every function
//! has to get the same answer to every question.

use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;

use serde::Deserialize;
use vpcreach::answer::Check;
use vpcreach::import::{ImportOptions, ImportProblemKind, Imported, SourceFile, import};
use vpcreach::{Language, Selection, check};

const REGION: &str = "eu-west-1";

/// Calls that moto does not know. What they would tell is in [`UNKNOWN_TO_MOTO`].
const CALLS_UNKNOWN_TO_MOTO: [&str; 3] = [
    "ec2 describe-vpc-block-public-access-options",
    "ec2 describe-vpc-block-public-access-exclusions",
    "route53resolver list-firewall-rule-group-associations",
];

/// What an account without Block Public Access for VPCs and without DNS Firewall answers.
const UNKNOWN_TO_MOTO: [(&str, &str); 3] = [
    (
        "describe-vpc-block-public-access-options.json",
        r#"{ "VpcBlockPublicAccessOptions": { "State": "default-state", "InternetGatewayBlockMode": "off" } }"#,
    ),
    ("describe-vpc-block-public-access-exclusions.json", r#"{ "VpcBlockPublicAccessExclusions": [] }"#),
    ("list-firewall-rule-group-associations.json", r#"{ "FirewallRuleGroupAssociations": [] }"#),
];

/// A stack: the physical id of each logical one, and what `account.py` helped moto with.
#[derive(Deserialize)]
struct Stack {
    ids: BTreeMap<String, String>,
    helped: Vec<String>,
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: moto FOLDER");
        return ExitCode::from(2);
    };
    match run(&folder) {
        Ok((_, passed, failures)) if passed + failures.len() == 0 => {
            eprintln!("error: there is nothing to compare");
            ExitCode::from(2)
        }
        Ok((helped, passed, failures)) => {
            helped.iter().for_each(|helped| println!("moto was helped: {helped}"));
            failures.iter().for_each(|failure| println!("{failure}"));
            println!("{passed} passed, {} failed", failures.len());
            if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

type Outcome = (std::collections::BTreeSet<String>, usize, Vec<String>);

fn run(folder: &str) -> Result<Outcome, String> {
    let read = |name: &str| fs::read(format!("{folder}/{name}")).map_err(|error| format!("{folder}/{name}: {error}"));
    let stacks: BTreeMap<String, Stack> =
        serde_json::from_slice(&read("stacks.json")?).map_err(|error| format!("stacks.json: {error}"))?;
    let (mut passed, mut failures) = (0, Vec::new());
    for (name, stack) in &stacks {
        let template = read(&format!("{name}.template.json"))?;
        let dump = read(&format!("{name}.dump.json"))?;
        let options = ImportOptions { region: Some(REGION.to_owned()), ..ImportOptions::default() };
        let of_template = import(&[SourceFile::new("template.json", &template)], &options);
        let mut files = vec![SourceFile::new("dump.json", &dump)];
        files.extend(UNKNOWN_TO_MOTO.map(|(name, answer)| SourceFile::new(name, answer.as_bytes())));
        let of_dump = import(&files, &ImportOptions::default());
        failures.extend(unexpected(&of_template, &of_dump).into_iter().map(|problem| format!("{name}: {problem}")));
        // Block Public Access of the whole account is asked for along with buckets.
        let of_account = of_dump.document.accounts.values().filter_map(|account| account.public_access_block.as_ref());
        let restricts = of_account.filter_map(|block| block.restrict_public_buckets).any(|restricts| restricts);
        if restricts == of_template.document.buckets.is_empty() {
            failures.push(format!("{name}: Block Public Access of the account: {restricts}"));
        }
        let buckets = of_template.document.buckets.keys().map(|bucket| ("s3://", bucket.as_str()));
        let points = of_template.document.access_points.keys().map(|point| ("accessPoint/", point.as_str()));
        let addresses = ["203.0.113.9:443", "[2001:db8::9]:443"].map(|address| ("", address));
        let destinations: Vec<(&str, &str)> = buckets.chain(points).chain(addresses).collect();
        for function in of_template.document.functions.keys() {
            for to in &destinations {
                match compare(&of_template, &of_dump, stack, function, *to) {
                    Ok(()) => passed += 1,
                    Err(difference) => failures.push(format!("{name}: {function} to {}{}: {difference}", to.0, to.1)),
                }
            }
        }
    }
    let helped = stacks.into_values().flat_map(|stack| stack.helped).collect();
    Ok((helped, passed, failures))
}

/// Problems of the imports beyond those that moto's ways explain.
fn unexpected(of_template: &Imported, of_dump: &Imported) -> Vec<String> {
    let explained = |kind: &ImportProblemKind| match kind {
        ImportProblemKind::FailedCall { call, .. } => CALLS_UNKNOWN_TO_MOTO.iter().any(|other| call.contains(other)),
        // Addresses of network interfaces that moto makes are not in their subnets.
        ImportProblemKind::AddressOutsideSubnet { .. } => true,
        _ => false,
    };
    let mut unexpected: Vec<String> = Vec::new();
    for imported in [of_template, of_dump] {
        let left = imported.problems.iter().filter(|problem| !explained(&problem.kind)).cloned().collect();
        let left = Imported { problems: left, ..Imported::default() };
        unexpected.extend(left.diagnostics(Language::English).into_iter().map(|one| one.message));
    }
    unexpected
}

fn compare(
    of_template: &Imported,
    of_dump: &Imported,
    stack: &Stack,
    function: &str,
    (form, name): (&str, &str),
) -> Result<(), String> {
    let physical = |logical: &str| stack.ids.get(logical).cloned().unwrap_or_else(|| logical.to_owned());
    let ask = |imported: &Imported, function: &str, name: &str| -> Result<Check, String> {
        let to = Some(format!("{form}{name}"));
        let selection = Selection { from: Some(function.to_owned()), to, ..Selection::default() };
        let mut answer = check(&imported.document, &selection, Language::English);
        if answer.checks.is_empty() {
            return Err(answer.diagnostics.into_iter().map(|one| one.message).collect::<Vec<String>>().join("; "));
        }
        Ok(answer.checks.swap_remove(0))
    };
    let wanted = ask(of_template, function, name)?;
    let found = ask(of_dump, &physical(function), &physical(name))?;
    let carriers = |check: &Check, rename: &dyn Fn(&str) -> String| {
        let mut carriers: Vec<String> = check
            .carriers
            .iter()
            .map(|carrier| {
                carrier
                    .split_once('/')
                    .map_or_else(|| carrier.clone(), |(kind, name)| format!("{kind}/{}", rename(name)))
            })
            .collect();
        carriers.sort();
        carriers
    };
    let codes = |check: &Check| {
        let mut codes: Vec<String> = check.blockers.iter().map(|blocker| format!("{:?}", blocker.code)).collect();
        codes.sort();
        codes
    };
    let of = |check: &Check, rename: &dyn Fn(&str) -> String| {
        format!("{:?} {:?} {:?}", check.verdict, codes(check), carriers(check, rename))
    };
    let (wanted, found) = (of(&wanted, &physical), of(&found, &str::to_owned));
    if wanted == found { Ok(()) } else { Err(format!("by its template {wanted}, in the account {found}")) }
}
