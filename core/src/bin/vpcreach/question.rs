//! What `check`, `fix` and `svg` are asked about: files, and a question.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use vpcreach::import::{ImportOptions, parameter_file};
use vpcreach::{Language, Selection};

use crate::input::{self, Input, cannot_read};
use crate::{Failure, Lang};

/// Files, the question, and the language of the answer.
#[derive(Args)]
pub(crate) struct QuestionArguments {
    /// A document, a CloudFormation or SAM template, a folder `cdk.out`, a Terraform plan, state or test output as
    /// JSON, files that the AWS CLI printed, or folders of them; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The workload: its name, or kind/name where the name is not unique
    #[arg(long, value_name = "WORKLOAD")]
    pub(crate) from: Option<String>,
    /// The destination: s3://bucket[/key], https://host[:port], ADDRESS:PORT[/udp], service/NAME, or a workload
    #[arg(long, value_name = "DESTINATION")]
    pub(crate) to: Option<String>,
    /// The port [default: that of the destination, else 443]
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// The protocol: tcp, udp or icmp [default: tcp]
    #[arg(long)]
    pub(crate) protocol: Option<String>,
    /// The operation of the request, such as GetObject
    #[arg(long)]
    pub(crate) operation: Option<String>,
    /// Where input that names no Region is meant to be
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// The value of a template's parameter, several times for several
    #[arg(long = "parameter", value_name = "NAME=VALUE")]
    parameters: Vec<String>,
    /// A file with values of parameters, as the AWS CLI takes it
    #[arg(long = "parameter-file", value_name = "FILE")]
    parameter_files: Vec<PathBuf>,
    /// What the files are [default: detected]
    #[arg(long)]
    input_format: Option<input::Format>,
    /// The language of the answer
    #[arg(long, default_value = "en")]
    lang: Lang,
}

impl QuestionArguments {
    /// The language of the answer.
    pub(crate) fn language(&self) -> Language {
        Language::from(self.lang)
    }

    /// The files as one document, in the Region that is given where it names none.
    pub(crate) fn read(&self) -> Result<Input, Failure> {
        let mut input = input::read(&self.files, self.input_format, &self.import_options()?, self.language())?;
        if input.document.region.is_none() {
            input.document.region.clone_from(&self.region);
        }
        Ok(input)
    }

    /// Values of parameters: those of the files, and over them those of the options.
    fn import_options(&self) -> Result<ImportOptions, Failure> {
        let mut options = ImportOptions { region: self.region.clone(), ..ImportOptions::default() };
        for file in &self.parameter_files {
            let text = fs::read_to_string(file).map_err(|error| cannot_read(file, &error))?;
            let parameters = parameter_file(&text).map_err(|error| Failure(format!("{}: {error}", file.display())))?;
            options.parameters.extend(parameters);
        }
        for given in &self.parameters {
            let (name, value) = given
                .split_once('=')
                .ok_or_else(|| Failure(format!("--parameter takes NAME=VALUE, and {given} has no equals sign")))?;
            options.parameters.insert(name.to_owned(), value.to_owned());
        }
        Ok(options)
    }

    /// The questions that the options stand for.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            from: self.from.clone(),
            to: self.to.clone(),
            port: self.port,
            protocol: self.protocol.clone(),
            operation: self.operation.clone(),
            region: self.region.clone(),
            query: None,
        }
    }
}
