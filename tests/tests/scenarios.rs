//! One test for each scenario file: `cargo test --test scenarios nat/` runs those of one folder.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use vpcreach_tests::scenario;

fn main() -> ExitCode {
    let scenarios = match scenario::all() {
        Ok(scenarios) => scenarios,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    let trials = scenarios
        .into_iter()
        .map(|scenario| {
            Trial::test(scenario.name.clone(), move || match scenario.failures() {
                failures if failures.is_empty() => Ok(()),
                failures => Err(Failed::from(failures.join("\n"))),
            })
        })
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
