//! Checks templates that the CDK has just synthesised: `cdk FOLDER`, a cloud assembly of `tests/cdk/synth.mjs`. Each
//! template by itself, and the whole folder at once, have to give what such a VPC gives in an account.

use std::fs;
use std::process::ExitCode;

use vpcreach::import::{ImportOptions, Imported, SourceFile, import};
use vpcreach::{Language, Selection, Verdict, check};

/// A stack: verdict, and how the kind of one carrier begins.
const STACKS: [(&str, Verdict, Option<&str>); 5] = [
    ("Default", Verdict::Succeeds, Some("natGateway/")),
    ("Isolated", Verdict::TimesOut, None),
    ("IsolatedEndpoint", Verdict::Succeeds, Some("vpcEndpoint/")),
    ("Public", Verdict::TimesOut, None),
    ("DualStack", Verdict::Succeeds, Some("natGateway/")),
];

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: cdk FOLDER");
        return ExitCode::from(2);
    };
    match run(&folder) {
        Ok(failures) if failures.is_empty() => {
            println!("{} passed, 0 failed", STACKS.len() * 2);
            ExitCode::SUCCESS
        }
        Ok(failures) => {
            failures.iter().for_each(|failure| println!("{failure}"));
            println!("{} passed, {} failed", STACKS.len() * 2 - failures.len(), failures.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(folder: &str) -> Result<Vec<String>, String> {
    let files = read(folder)?;
    let whole = imported(&files, |_| true);
    let mut failures = Vec::new();
    for (stack, verdict, carrier) in STACKS {
        let own = imported(&files, |name| name == format!("{stack}.template.json"));
        for (what, imported) in [("alone", &own), ("in its assembly", &whole)] {
            if let Err(difference) = compare(imported, stack, verdict, carrier) {
                failures.push(format!("{stack} {what}: {difference}"));
            }
        }
    }
    Ok(failures)
}

fn read(folder: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))? {
        let path = entry.map_err(|error| format!("{folder}: {error}"))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_file() {
            files.push((name, fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?));
        }
    }
    files.sort();
    Ok(files)
}

fn imported(files: &[(String, Vec<u8>)], is_wanted: impl Fn(&str) -> bool) -> Imported {
    let wanted = files.iter().filter(|(name, _)| is_wanted(name));
    let sources: Vec<SourceFile<'_>> = wanted.map(|(name, bytes)| SourceFile::new(name.as_str(), bytes)).collect();
    import(&sources, &ImportOptions::default())
}

/// The function and the bucket of a stack have its name in front where other stacks have the same logical ids.
fn compare(imported: &Imported, stack: &str, verdict: Verdict, carrier: Option<&str>) -> Result<(), String> {
    let is_of_stack = |name: &&String, word: &str| {
        let place = imported.sources.of(&format!("/{word}/{name}"));
        place.is_some_and(|place| place.location.file == format!("{stack}.template.json"))
    };
    let document = &imported.document;
    let function = document.functions.keys().find(|name| is_of_stack(name, "functions")).ok_or("no function")?;
    let bucket = document.buckets.keys().find(|name| is_of_stack(name, "buckets")).ok_or("no bucket")?;
    let told: Vec<String> = imported.diagnostics(Language::English).into_iter().map(|one| one.message).collect();
    if !told.is_empty() {
        return Err(told.join("; "));
    }
    let role = document.functions.get(function).and_then(|function| function.role.as_deref());
    let role = role.and_then(|role| document.roles.get(role)).ok_or("the function has no role")?;
    if role.policies.as_ref().is_none_or(|policies| policies.is_empty()) {
        return Err("the role has no policy, although the function may read the bucket".to_owned());
    }
    let selection =
        Selection { from: Some(function.clone()), to: Some(format!("s3://{bucket}")), ..Selection::default() };
    let answer = check(document, &selection, Language::English);
    let found = answer.checks.first().ok_or("no check")?;
    let is_carried = carrier.is_none_or(|start| found.carriers.iter().any(|carrier| carrier.starts_with(start)));
    if found.verdict == verdict && is_carried {
        return Ok(());
    }
    Err(format!("{:?} by {:?}: {}", found.verdict, found.carriers, found.summary))
}
