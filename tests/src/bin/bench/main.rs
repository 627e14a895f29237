//! Measures the engine: the same program natively and, compiled for WASI, in Node.
//!
//! `make bench` runs both, and measures the browser's modules beside them.

mod measure;
mod workload;

use vpcreach::engine::analyze;
use vpcreach::import::{ImportOptions, SourceFile, import};
use vpcreach::repair::{RepairOptions, Repairs, repair};
use vpcreach::words::explain;
use vpcreach::{Document, Language, Network, Query, Selection, Verdict, check};

use measure::{Variant, compare, compare_in};
use vpcreach_tests::large_dump::cli_dump;

fn main() -> Result<(), String> {
    if let Some(folder) = std::env::args().nth(1) {
        return write_inputs(&folder);
    }
    one_verdict()?;
    cures("the article's VPC", workload::ARTICLE, 9)?;
    large_vpc()?;
    cures("the large VPC with its NAT gateway in a private subnet", &workload::failing_large_vpc(), 1)?;
    cli_output()?;
    configuration("CloudFormation template, JSON", "template.json", &workload::template(10_000_000), false)?;
    configuration("CloudFormation template, YAML", "template.yaml", &workload::yaml_template(10_000_000), true)?;
    configuration("Terraform plan", "plan.json", &workload::plan(10_000_000), false)
}

/// Imports a template or plan, beside reading its values alone.
fn configuration(title: &str, name: &str, text: &str, is_yaml: bool) -> Result<(), String> {
    let sources = [SourceFile::new(name, text.as_bytes())];
    let options = ImportOptions::default();
    let imported = import(&sources, &options);
    expect(&format!("functions of the {title}"), imported.document.functions.len(), 1)?;
    let answer = check(&imported.document, &Selection::default(), Language::English);
    expect(
        &format!("verdict of the {title}"),
        answer.checks.first().map(|check| check.verdict),
        Some(Verdict::Succeeds),
    )?;
    let values = || usize::from(serde_json::from_str::<serde_json::Value>(text).is_ok());
    let mut variants = vec![Variant::new("import", || import(&sources, &options).document.subnets.len())];
    if !is_yaml {
        expect(&format!("JSON of the {title}"), values(), 1)?;
        variants.push(Variant::new("serde_json::Value", values));
    }
    let medians = compare(&format!("{:.1} MB of {title}", text.len() as f64 / 1e6), &mut variants);
    for (name, seconds) in medians {
        println!("  {name}: {:.0} MB/s", text.len() as f64 / 1e6 / seconds);
    }
    Ok(())
}

/// The inputs as files, for the measurement of the browser's modules.
fn write_inputs(folder: &str) -> Result<(), String> {
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(format!("{folder}/{name}"), bytes).map_err(|error| format!("{folder}/{name}: {error}"))
    };
    write("article.json", workload::ARTICLE.as_bytes())?;
    write("large.json", workload::large_vpc().as_bytes())?;
    write("failing-large.json", workload::failing_large_vpc().as_bytes())?;
    for file in cli_dump(10_000_000) {
        write(&format!("dump.{}", file.name), &file.bytes)?;
    }
    Ok(())
}

fn query() -> Query {
    Query { from: "thumbnailer".into(), to: "s3://photos".into(), ..Query::default() }
}

/// Stops before anything is timed when an answer is not the right one.
fn expect<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?} instead of {expected:?}")) }
}

fn one_verdict() -> Result<(), String> {
    let document = Document::from_json(workload::ARTICLE).document;
    let network = Network::resolve(&document).0;
    let query = query();
    let selection =
        Selection { from: Some("thumbnailer".into()), to: Some("s3://photos".into()), ..Selection::default() };
    expect("the article's verdict", analyze(&network, &query).verdict, Verdict::TimesOut)?;
    let answer = check(&document, &selection, Language::English);
    expect("the article's answer", answer.checks.first().map(|check| check.verdict), Some(Verdict::TimesOut))?;
    compare(
        "one verdict on the article's VPC",
        &mut [
            Variant::new("analyse and explain", || explain(&analyze(&network, &query), Language::English).hops.len()),
            Variant::new("analyse alone", || analyze(&network, &query).paths.len()),
            Variant::new("resolve, analyse, explain", || check(&document, &selection, Language::English).checks.len()),
            Variant::new("read, resolve, analyse, explain", || {
                let document = Document::from_json(workload::ARTICLE).document;
                check(&document, &selection, Language::English).checks.len()
            }),
        ],
    );
    Ok(())
}

/// The first cure and all of them, and how often that asks the engine for each edit that turns out to be one.
fn cures(title: &str, text: &str, rounds: usize) -> Result<(), String> {
    let selection =
        Selection { from: Some("thumbnailer".into()), to: Some("s3://photos".into()), ..Selection::default() };
    let found = |most: usize| -> Repairs {
        repair(text, &selection, &RepairOptions { most, ..RepairOptions::default() }, Language::English)
    };
    let (first, all) = (found(1), found(usize::MAX));
    let count = |repairs: &Repairs| repairs.checks.first().map_or(0, |check| check.cures.len());
    expect(&format!("whether {title} has a first cure"), count(&first), 1)?;
    expect(&format!("whether {title} has more cures"), count(&all) > 1, true)?;
    compare_in(
        rounds,
        &format!("cures of {title}"),
        &mut [
            Variant::new("the first", || found(1).checks.len()),
            Variant::new("all", || found(usize::MAX).checks.len()),
        ],
    );
    for (which, repairs) in [("the first", first), ("all", all)] {
        let cures = count(&repairs);
        println!(
            "  {which}: {cures} cures, {} edits tried, {} engine runs ({:.1} for each edit)",
            repairs.edits_tried,
            repairs.engine_runs,
            f64::from(repairs.engine_runs) / f64::from(repairs.edits_tried.max(1))
        );
    }
    Ok(())
}

fn large_vpc() -> Result<(), String> {
    let text = workload::large_vpc();
    let reading = Document::from_json(&text);
    expect("problems of the large VPC", reading.problems.len(), 0)?;
    let document = reading.document;
    let (network, problems) = Network::resolve(&document);
    expect("problems of resolving the large VPC", problems.len(), 0)?;
    let query = query();
    expect("the large VPC's verdict", analyze(&network, &query).verdict, Verdict::Succeeds)?;
    compare(
        "1,000 subnets, 200 tables of 500 routes, 500 groups of 60 rules",
        &mut [
            Variant::new("resolve and analyse", || analyze(&Network::resolve(&document).0, &query).paths.len()),
            Variant::new("resolve alone", || Network::resolve(&document).0.subnets.len()),
            Variant::new("analyse alone", || analyze(&network, &query).paths.len()),
            Variant::new("read the text", || Document::from_json(&text).document.subnets.len()),
            Variant::new("read the text as serde_json::Value", || {
                usize::from(serde_json::from_str::<serde_json::Value>(&text).is_ok())
            }),
        ],
    );
    Ok(())
}

fn cli_output() -> Result<(), String> {
    let files = cli_dump(10_000_000);
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|file| SourceFile { name: file.name.clone(), bytes: &file.bytes }).collect();
    let options = ImportOptions::default();
    let imported = import(&sources, &options);
    expect("functions of the dump", imported.document.functions.is_empty(), false)?;
    let values =
        || sources.iter().filter(|file| serde_json::from_slice::<serde_json::Value>(file.bytes).is_ok()).count();
    expect("files of the dump that are JSON", values(), sources.len())?;
    let medians = compare(
        &format!("{:.1} MB of AWS CLI output", bytes as f64 / 1e6),
        &mut [
            Variant::new("import", || import(&sources, &options).document.subnets.len()),
            Variant::new("serde_json::Value", values),
        ],
    );
    for (name, seconds) in medians {
        println!("  {name}: {:.0} MB/s", bytes as f64 / 1e6 / seconds);
    }
    Ok(())
}
