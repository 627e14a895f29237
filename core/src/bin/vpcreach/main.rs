//! The command `vpcreach`: all of its input and output; every decision is the library's.

mod ask;
mod codes;
mod excerpt;
mod fix;
mod input;
mod question;
mod report;
mod sarif;
mod sources;
mod svg;
mod take_away;

use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use question::QuestionArguments;
use vpcreach::import::{COLLECT_POLICY, CollectOptions, collect_script, terraform_test_file};
use vpcreach::repair::RepairOptions;
use vpcreach::{Document, Language};

/// Exit status when a check is not as it should be.
const NOT_GOOD: u8 = 1;
/// Exit status when input or usage is wrong; clap uses the same one.
const WRONG_INPUT: u8 = 2;

/// Does this function reach that destination, and if not, what stops it?
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check a document, a template, a Terraform plan or state, or what the AWS CLI printed
    ///
    /// With only one of --from and --to, the other ranges over every function or every bucket.
    /// Without both, the document's own expectations are checked, or else every function against every bucket.
    ///
    /// Exit status: 0 when every check is as expected (or, with nothing expected, succeeds),
    /// 1 when one is not, 2 when the input or the usage is wrong.
    Check(CheckArguments),
    /// Find what mends a check that fails: proven changes, with their price and what else they open
    ///
    /// The questions are those of `vpcreach check`. One that is named by --from or --to is meant to succeed; of the
    /// document's own expectations, those are mended that are not met, and the others are to hold.
    ///
    /// Exit status: 0 when nothing has to be mended or there is a cure for everything, 1 when there is none for a
    /// check, 2 when the input or the usage is wrong.
    Fix(FixArguments),
    /// Print a configuration in the language of another tool, to deploy the same network
    ///
    /// What the other tool cannot say is named on standard error.
    Export(take_away::ExportArguments),
    /// Print what leads from one configuration to another, as the commands, resources or words for it
    ///
    /// Names and ids are those of the first one. What has to be done by hand is named on standard error.
    Change(take_away::ChangeArguments),
    /// Print the test file that turns Terraform configuration into an exact input, without credentials
    ///
    /// Terraform 1.7 or later runs it against a mocked provider:
    /// mkdir -p tests && vpcreach terraform-test-file > tests/vpcreach.tftest.hcl && terraform init &&
    /// terraform test -json -verbose -filter=tests/vpcreach.tftest.hcl | vpcreach check -
    TerraformTestFile {
        /// The Region that the configuration is meant for
        #[arg(long, default_value = "us-east-1")]
        region: String,
    },
    /// Draw the diagram of a document as SVG, with the path of the first check
    ///
    /// The checks are those of `vpcreach check`; --from and --to choose one.
    Svg(QuestionArguments),
    /// Print the read-only shell script that collects one VPC into one file
    CollectScript(CollectArguments),
    /// Print the JSON Schema of a document, for editors
    Schema,
    /// Say what a reason code means; without a code, list all of them
    Explain {
        /// The code, such as IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
        #[arg(value_name = "CODE", value_parser = codes::parser(), hide_possible_values = true, ignore_case = true)]
        code: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// The language of the meaning
        #[arg(long, default_value = "en")]
        lang: Lang,
    },
}

#[derive(Args)]
struct CheckArguments {
    #[command(flatten)]
    question: QuestionArguments,
    /// A file with whole questions as JSON, in the shape of a document's `expect` entries
    #[arg(long, value_name = "FILE")]
    query: Option<PathBuf>,
    /// How the answer is printed
    #[arg(long, default_value = "text")]
    format: Format,
    /// Print the answer as JSON: short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Args)]
struct FixArguments {
    #[command(flatten)]
    question: QuestionArguments,
    /// Gigabytes a month of the traffic, which prices depend on
    #[arg(long, default_value_t = RepairOptions::default().gigabytes_per_month)]
    gigabytes: u32,
    /// Hours a month that new components exist
    #[arg(long, default_value_t = RepairOptions::default().hours_per_month)]
    hours: u32,
    /// How many cures of each check are wanted
    #[arg(long, default_value_t = RepairOptions::default().most)]
    most: usize,
    /// How the cures are printed
    #[arg(long, default_value = "text")]
    format: FixFormat,
    /// Which cure to print as commands, template or configuration, by its number in the text
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    cure: usize,
}

/// How cures are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FixFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// One cure as commands of the AWS CLI
    Cli,
    /// One cure as resources of a CloudFormation template
    #[value(name = "cloudformation")]
    CloudFormation,
    /// One cure as Terraform configuration
    Terraform,
}

#[derive(Args)]
struct CollectArguments {
    /// The VPC [default: that of the first function]
    #[arg(long, value_name = "VPC_ID")]
    vpc: Option<String>,
    /// A function, several times for several [default: all of the Region]
    #[arg(long = "function", value_name = "NAME")]
    functions: Vec<String>,
    /// A bucket whose Region matters, several times for several
    #[arg(long = "bucket", value_name = "NAME")]
    buckets: Vec<String>,
    /// The Region [default: that of the AWS CLI's settings]
    #[arg(long)]
    region: Option<String>,
    /// The profile of the AWS CLI
    #[arg(long)]
    profile: Option<String>,
    /// Print the IAM policy that the script needs instead
    #[arg(long)]
    policy: bool,
}

/// How an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with excerpts of their files
    Text,
    /// For programs
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit's XML, for test reports
    Junit,
}

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    En,
    Ja,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::En => Language::English,
            Lang::Ja => Language::Japanese,
        }
    }
}

/// What ends the command early: a file that cannot be read, input that fits together in no way.
struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(failure) => {
            complain(&format!("error: {failure}\n"));
            ExitCode::from(WRONG_INPUT)
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Check(arguments) => ask::check(&arguments),
        Command::Fix(arguments) => fix::fix(&arguments),
        Command::Svg(arguments) => svg::draw(&arguments),
        Command::CollectScript(arguments) => {
            print(&collect(&arguments))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Export(arguments) => {
            print(&take_away::export(&arguments)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Change(arguments) => {
            print(&take_away::change(&arguments)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::TerraformTestFile { region } => {
            print(&terraform_test_file(&region))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Schema => {
            print(&with_line_end(Document::json_schema()))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Explain { code, json, lang } => {
            print(&codes::explain(code.as_deref(), json, lang.into())?)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn collect(arguments: &CollectArguments) -> String {
    if arguments.policy {
        return with_line_end(COLLECT_POLICY.to_owned());
    }
    collect_script(&CollectOptions {
        vpc: arguments.vpc.clone(),
        functions: arguments.functions.clone(),
        buckets: arguments.buckets.clone(),
        region: arguments.region.clone(),
        profile: arguments.profile.clone(),
    })
}

fn with_line_end(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Writes to standard output. A reader that has seen enough (`| head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure(format!("cannot write the answer: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes to standard error; when even that fails there is nobody left to tell.
fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
