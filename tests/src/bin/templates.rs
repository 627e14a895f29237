//! Writes the CloudFormation templates that documents and their changes come down to, for `cfn-lint`.
//!
//! `cargo run -p vpcreach-tests --bin templates -- FOLDER`

use std::path::Path;
use std::{env, fs};

use vpcreach::Language;
use vpcreach::export::{Format, Sources, change, cloudformation};
use vpcreach_tests::differences::{lessons, merged_template};
use vpcreach_tests::scenario;

fn main() -> Result<(), String> {
    let folder = env::args().nth(1).ok_or("name the folder to write into")?;
    let folder = Path::new(&folder);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let mut count = 0;
    let mut write = |name: &str, text: &str| {
        count += 1;
        fs::write(folder.join(name.replace('/', "-") + ".json"), text).map_err(failed)
    };
    for scenario in scenario::all()? {
        let exported = cloudformation(&scenario.document);
        if exported.left_out.is_empty() {
            write(&scenario.name, &exported.text)?;
        }
    }
    for (name, before, after) in lessons()? {
        let changed = change(&before, &after, Format::CloudFormation, Language::English, &Sources::default());
        let merged = merged_template(&cloudformation(&before).text, &changed.text);
        write(&name, &merged.ok_or_else(|| format!("{name}: the change does not fit"))?)?;
    }
    println!("{count} templates written");
    if count < 80 { Err("those are too few".to_owned()) } else { Ok(()) }
}
