//! Assertions for tests of one's own configuration.
//!
//! ```no_run
//! use vpcreach::testing::Configuration;
//!
//! let template = std::fs::read("template.yaml").expect("the template");
//! Configuration::new("template.yaml", template).reaches("Resize", "s3://Photos");
//! ```
//!
//! A plan, a state or a folder of them works the same; what the files leave open is given beside them:
//!
//! ```
//! use vpcreach::ReasonCode;
//! use vpcreach::testing::Configuration;
//!
//! let template = r#"{ "Parameters": { "Timeout": { "Type": "Number" } }, "Resources": {
//!   "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
//!   "Subnet": { "Type": "AWS::EC2::Subnet",
//!     "Properties": { "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.0.0/24" } },
//!   "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "VpcId": { "Ref": "Vpc" } } },
//!   "Resize": { "Type": "AWS::Lambda::Function", "Properties": {
//!     "Timeout": { "Ref": "Timeout" },
//!     "VpcConfig": { "SubnetIds": [{ "Ref": "Subnet" }], "SecurityGroupIds": [{ "Ref": "Group" }] } } },
//!   "Photos": { "Type": "AWS::S3::Bucket" }
//! } }"#;
//! let configuration = Configuration::new("template.json", template).parameter("Timeout", "30");
//! configuration.is_stopped("Resize", "s3://Photos", ReasonCode::NoRouteToDestination);
//! ```
//!
//! An assertion that fails prints the way of the packet, with the lines of the files that decide:
//!
//! ```should_panic
//! # use vpcreach::testing::Configuration;
//! Configuration::new("template.json", "{ \"Resources\": {} }").reaches("Resize", "s3://photos");
//! ```

use crate::answer::{Answer, Check};
use crate::import::{Format, ImportOptions, Imported, SourceFile, import};
use crate::verdict::{ReasonCode, Verdict};
use crate::words::{Language, diagnostics_text, text};
use crate::{Document, Selection, check};

/// Files of a configuration, and what they do not say themselves.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    files: Vec<(String, Vec<u8>)>,
    options: ImportOptions,
}

impl Configuration {
    /// A configuration of one file: a template, a plan, a state, output of the AWS CLI, or a document.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Configuration {
        Configuration::default().and(name, content)
    }

    /// With another file: a nested stack's template, a dump of the VPC that the template is deployed into.
    #[must_use]
    pub fn and(mut self, name: impl Into<String>, content: impl Into<Vec<u8>>) -> Configuration {
        self.files.push((name.into(), content.into()));
        self
    }

    /// With a value for a parameter of its templates.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Configuration {
        self.options.parameters.insert(name.into(), value.into());
        self
    }

    /// In that Region, where the files name none.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Configuration {
        self.options.region = Some(region.into());
        self
    }

    /// What the files hold.
    pub fn import(&self) -> Imported {
        let sources: Vec<SourceFile<'_>> =
            self.files.iter().map(|(name, bytes)| SourceFile::new(name.as_str(), bytes)).collect();
        let mut imported = import(&sources, &self.options);
        if let ([(_, bytes)], [file]) = (self.files.as_slice(), imported.files.as_slice())
            && file.format == Some(Format::Document)
            && let Ok(text) = str::from_utf8(bytes)
        {
            imported.document = Document::read(text).document;
            imported.problems.clear();
        }
        imported
    }

    /// The answer to one question.
    pub fn ask(&self, from: &str, to: &str) -> Answer {
        self.answer(&self.import(), from, to)
    }

    /// Asserts that everything from the workload arrives at the destination, and the reply returns.
    ///
    /// # Panics
    /// When it does not, or when that cannot be told: with the way of the packet.
    #[track_caller]
    pub fn reaches(&self, from: &str, to: &str) {
        self.assert(from, to, "reaches", |check| check.verdict == Verdict::Succeeds);
    }

    /// Asserts that something stops the traffic for that reason.
    ///
    /// # Panics
    /// When it arrives, is stopped for other reasons only, or when that cannot be told: with the way of the packet.
    #[track_caller]
    pub fn is_stopped(&self, from: &str, to: &str, because: ReasonCode) {
        self.assert(from, to, &["is stopped (", because.as_str(), ") on its way to"].concat(), |check| {
            !matches!(check.verdict, Verdict::Succeeds | Verdict::Undetermined)
                && check.blockers.iter().any(|blocker| blocker.code == because)
        });
    }

    #[track_caller]
    fn assert(&self, from: &str, to: &str, what: &str, holds: impl Fn(&Check) -> bool) {
        let imported = self.import();
        let answer = self.answer(&imported, from, to);
        if answer.checks.first().is_some_and(&holds) {
            return;
        }
        fail(&failure(&imported, &answer, from, to, what));
    }

    fn answer(&self, imported: &Imported, from: &str, to: &str) -> Answer {
        let selection = Selection {
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            region: self.options.region.clone(),
            ..Selection::default()
        };
        check(&imported.document, &selection, Language::English)
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "this is how an assertion of a test fails")]
fn fail(message: &str) -> ! {
    panic!("{message}")
}

/// What a failed assertion says: the answer in full, and where its decisions stand.
fn failure(imported: &Imported, answer: &Answer, from: &str, to: &str, what: &str) -> String {
    let mut message = ["expected that ", from, " ", what, " ", to, "\n\n"].concat();
    message.push_str(&text(answer, Language::English));
    let mut places: Vec<String> = Vec::new();
    for check in &answer.checks {
        for hop in &check.hops {
            let Some(place) = imported.sources.of_decision(hop.pointer.as_deref(), &hop.component) else { continue };
            let location = &place.location;
            let line = [
                "  ",
                &location.file,
                ":",
                &location.line.to_string(),
                ":",
                &location.column.to_string(),
                "  ",
                &place.name,
            ];
            let line = line.concat();
            if !places.contains(&line) {
                places.push(line);
            }
        }
    }
    if !places.is_empty() {
        message.push_str("\nWhere it is written\n");
        message.push_str(&places.join("\n"));
        message.push('\n');
    }
    let mut diagnostics = imported.diagnostics(Language::English);
    diagnostics.extend(answer.diagnostics.iter().cloned());
    if !diagnostics.is_empty() {
        message.push('\n');
        message.push_str(&diagnostics_text(&diagnostics, Language::English));
    }
    message
}
