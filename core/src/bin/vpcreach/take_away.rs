//! The commands `export` and `change`: configurations in the languages of other tools.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use vpcreach::Language;
use vpcreach::export::{self, Sources, cloudformation, terraform};
use vpcreach::import::ImportOptions;

use crate::input::{self, Input};
use crate::{Failure, Lang, complain, with_line_end};

#[derive(Args)]
pub(crate) struct ExportArguments {
    /// A document, or anything that `check` takes
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The language to write
    #[arg(long, default_value = "cloudformation")]
    format: ExportFormat,
    /// The language of warnings
    #[arg(long, default_value = "en")]
    lang: Lang,
}

/// The language of another tool.
#[derive(Clone, Copy, ValueEnum)]
enum ExportFormat {
    /// A CloudFormation template, as JSON
    #[value(name = "cloudformation")]
    CloudFormation,
    /// Terraform's configuration
    Terraform,
    /// A document of vpcreach, as YAML
    Yaml,
    /// A document of vpcreach, as JSON
    Json,
}

#[derive(Args)]
pub(crate) struct ChangeArguments {
    /// The configuration as it is: a document, or anything that `check` takes
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The configuration as it shall be, with the same names
    #[arg(value_name = "AFTER")]
    after: PathBuf,
    /// How the difference is written
    #[arg(long, default_value = "text")]
    format: ChangeFormat,
    /// The language of words and comments
    #[arg(long, default_value = "en")]
    lang: Lang,
}

/// How a difference is written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ChangeFormat {
    /// A list in plain words
    Text,
    /// A shell script of commands of the AWS CLI, version 2
    Cli,
    /// Resources of a CloudFormation template
    #[value(name = "cloudformation")]
    CloudFormation,
    /// Terraform's configuration
    Terraform,
}

impl From<ChangeFormat> for export::Format {
    fn from(format: ChangeFormat) -> export::Format {
        match format {
            ChangeFormat::Text => export::Format::Text,
            ChangeFormat::Cli => export::Format::Cli,
            ChangeFormat::CloudFormation => export::Format::CloudFormation,
            ChangeFormat::Terraform => export::Format::Terraform,
        }
    }
}

fn read(files: &[PathBuf], language: Language) -> Result<Input, Failure> {
    let input = input::read(files, None, &ImportOptions::default(), language)?;
    complain(&vpcreach::words::diagnostics_text(&input.diagnostics, language));
    Ok(input)
}

/// The configuration, after naming what it leaves out.
pub(crate) fn export(arguments: &ExportArguments) -> Result<String, Failure> {
    let language = arguments.lang.into();
    let document = read(&arguments.files, language)?.document;
    let exported = match arguments.format {
        ExportFormat::CloudFormation => cloudformation(&document),
        ExportFormat::Terraform => terraform(&document),
        ExportFormat::Yaml => return Ok(document.to_yaml()),
        ExportFormat::Json => return Ok(with_line_end(document.to_json())),
    };
    complain(&export::left_out_text(&exported.left_out, language));
    Ok(exported.text)
}

/// The difference, after naming what it leaves out.
pub(crate) fn change(arguments: &ChangeArguments) -> Result<String, Failure> {
    let language = arguments.lang.into();
    let before = read(std::slice::from_ref(&arguments.before), language)?;
    let after = read(std::slice::from_ref(&arguments.after), language)?.document;
    let sources = Sources::from(&before.sources);
    let changed = export::change(&before.document, &after, arguments.format.into(), language, &sources);
    complain(&export::left_out_text(&changed.left_out, language));
    Ok(changed.text)
}
