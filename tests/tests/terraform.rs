//! Terraform: plans, states, test output.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use vpcreach::import::{Format, ImportOptions, Imported, SourceFile, import};
use vpcreach::{Document, Language, Selection, Verdict, check};

const FORMS: [(&str, Format); 4] = [
    ("plan.json", Format::TerraformPlan),
    ("state.json", Format::TerraformState),
    ("terraform.tfstate", Format::TerraformStateFile),
    ("test_state.jsonl", Format::TerraformTest),
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/terraform").join(name)
}

fn read(name: &str, text: &[u8]) -> Imported {
    import(&[SourceFile::new(name, text)], &ImportOptions::default())
}

fn sample(sample: &str, file: &str) -> Imported {
    read(file, &fs::read(folder(sample).join(file)).unwrap())
}

fn messages(imported: &Imported) -> String {
    imported.diagnostics(Language::English).into_iter().map(|diagnostic| diagnostic.message + "\n").collect()
}

/// Every reference of a document: who, what, whom.
fn edges(document: &Document) -> Vec<(String, String, String)> {
    let mut edges = Vec::new();
    let mut add = |who: &str, what: &str, whom: &str| edges.push((who.to_owned(), what.to_owned(), whom.to_owned()));
    let document: Value = serde_json::to_value(document).unwrap();
    for (section, things) in document.as_object().unwrap() {
        let Some(things) = things.as_object() else { continue };
        for (name, thing) in things {
            for field in ["vpc", "subnet", "dhcpOptions"] {
                if let Some(whom) = thing[field].as_str() {
                    add(name, field, whom);
                }
            }
            for field in ["subnets", "securityGroups", "routeTables", "gateways", "networkInterfaces"] {
                for whom in thing[field].as_array().into_iter().flatten() {
                    add(name, field, whom.as_str().unwrap());
                }
            }
            for route in thing["routes"].as_array().into_iter().flatten().filter(|_| section == "routeTables") {
                add(name, route["destination"].as_str().unwrap(), route["target"].as_str().unwrap());
            }
            for direction in ["ingress", "egress"] {
                for rule in thing[direction].as_array().into_iter().flatten() {
                    add(name, direction, rule["peer"].as_str().or(rule["cidr"].as_str()).unwrap());
                }
            }
        }
    }
    edges.sort();
    edges
}

#[test]
fn every_form_of_every_sample_gets_its_verdict() {
    for entry in fs::read_dir(folder("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let expected: Value = serde_json::from_slice(&fs::read(folder(&name).join("expected.json")).unwrap()).unwrap();
        let expected = &expected["fn"];
        for (file, format) in FORMS {
            let imported = sample(&name, file);
            assert_eq!(imported.files[0].format, Some(format));
            let answer = check(&imported.document, &Selection::default(), Language::English);
            let words = vpcreach::words::text(&answer, Language::English);
            let all = format!("{name}/{file}: {}{words}{:?}", messages(&imported), answer.diagnostics);
            let [check] = answer.checks.as_slice() else { panic!("{all}") };
            let verdict = if expected["reach"] == "yes" { Verdict::Succeeds } else { Verdict::TimesOut };
            assert_eq!(check.verdict, verdict, "{all}");
            let carrier = match expected["path"].as_str() {
                Some("nat-gateway") => "natGateway/",
                Some(_) => "vpcEndpoint/",
                None => "",
            };
            let is_carried = check.carriers.iter().any(|found| found.starts_with(carrier));
            assert_eq!(is_carried, expected["reach"] == "yes", "{all}");
            assert!(!answer.has_errors(), "{all}");
        }
    }
}

#[test]
fn every_edge_of_a_plan_is_that_of_the_state_after_it() {
    let (mut known, mut all) = (0, 0);
    for entry in fs::read_dir(folder("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let truth = edges(&sample(&name, "state.json").document);
        assert_eq!(edges(&sample(&name, "terraform.tfstate").document), truth, "{name}");
        let plan = edges(&sample(&name, "plan.json").document);
        for edge in &plan {
            assert!(truth.contains(edge), "{name}: {edge:?} is not in {truth:#?}");
        }
        all += truth.len();
        known += plan.len();
    }
    assert_eq!(known, all, "none is lost in these samples");
}
