//! From other people's formats to [`Document`].
//!
//! What the AWS CLI prints; CloudFormation and SAM templates, also those of a cloud assembly of the CDK; Terraform's
//! states, plans and test output. Several files are one configuration: an id in one is looked up in the others.
//! A damaged or unknown file is named and does not spoil the others.
//!
//! # A template in a test
//!
//! ```
//! use vpcreach::import::{ImportOptions, SourceFile, import};
//!
//! let template = r#"{ "Resources": {
//!   "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
//!   "Subnet": { "Type": "AWS::EC2::Subnet",
//!     "Properties": { "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.0.0/24" } },
//!   "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "VpcId": { "Ref": "Vpc" } } },
//!   "Resize": { "Type": "AWS::Lambda::Function", "Properties": { "VpcConfig": {
//!     "SubnetIds": [{ "Ref": "Subnet" }], "SecurityGroupIds": [{ "Ref": "Group" }] } } },
//!   "Photos": { "Type": "AWS::S3::Bucket" }
//! } }"#;
//! let imported = import(&[SourceFile::new("template.json", template.as_bytes())], &ImportOptions::default());
//! assert!(imported.problems.is_empty());
//! assert_eq!(imported.document.functions["Resize"].subnets, ["Subnet"]);
//! // Where the person finds it.
//! assert_eq!(imported.sources.of("/functions/Resize").map(|place| place.location.line), Some(6));
//! ```

mod aws_cli;
mod cloudformation;
mod collect;
mod detect;
mod draft;
mod inventory;
mod places;
mod problem;
mod settle;
mod terraform;
mod text;
mod tree;

use std::collections::BTreeMap;

pub use collect::{COLLECT_POLICY, CollectOptions, collect_script};
pub use detect::Format;
pub use inventory::UnknownKind;
pub use places::{Place, Places};
pub use problem::{ImportProblem, ImportProblemKind, OtherFormat};
pub use settle::settle_by_parameters;
pub use terraform::terraform_test_file;

use crate::answer::{Diagnostic, Severity};
use crate::document::Document;
use crate::problem::Location;
use crate::words::{Language, import_diagnostic};
pub(crate) use cloudformation::ACCOUNT;
use cloudformation::TemplateFile;
use inventory::Inventory;
use tree::{FlawKind, Tree};

/// Files beyond this size are refused.
const LARGEST_FILE: usize = 512 << 20;

/// A file as a person gave it.
#[derive(Clone, Debug)]
pub struct SourceFile<'a> {
    /// Its name, with folders where there are any: some answers of the AWS CLI do not say what they are about, and
    /// then the name has to (`get-bucket-location.photos.json`).
    pub name: String,
    /// Its content.
    pub bytes: &'a [u8],
}

impl<'a> SourceFile<'a> {
    /// A file with that name and content.
    pub fn new(name: impl Into<String>, bytes: &'a [u8]) -> SourceFile<'a> {
        SourceFile { name: name.into(), bytes }
    }
}

/// What the files do not say themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Values of parameters of templates; those of a parameter file among the files give way to them.
    pub parameters: BTreeMap<String, String>,
    /// Where a template without a Region is meant to run.
    pub region: Option<String>,
    /// What the files are. Default: detected, file by file.
    pub format: Option<Format>,
}

/// What was imported: always a document, which holds whatever could be understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The configuration. Components have the names that they have there: AWS's ids, logical ids, addresses.
    pub document: Document,
    /// What is wrong with the files, and what is missing.
    pub problems: Vec<ImportProblem>,
    /// Where the parts of the document stand in the files.
    pub sources: Places,
    /// Whether no file held anything that is read. Then whatever is wrong with them is an error.
    pub found_nothing: bool,
    /// What each file held, in the order of the files.
    pub files: Vec<ImportedFile>,
    /// The parameters of the templates.
    pub parameters: Vec<Parameter>,
}

impl Imported {
    /// The problems in words.
    pub fn diagnostics(&self, language: Language) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<Diagnostic> =
            self.problems.iter().map(|problem| import_diagnostic(problem, language)).collect();
        let warnings = diagnostics.iter_mut().filter(|diagnostic| diagnostic.severity == Severity::Warning);
        warnings.filter(|_| self.found_nothing).for_each(|diagnostic| diagnostic.severity = Severity::Error);
        diagnostics
    }
}

/// What a file held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedFile {
    /// The file's name.
    pub file: String,
    /// What it is; none where that is not known.
    pub format: Option<Format>,
    /// The calls whose answers it holds, such as `aws ec2 describe-vpcs`, sorted, those that are not used among them.
    pub calls: Vec<String>,
}

/// A parameter of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type in CloudFormation's words.
    pub of_type: String,
    /// What it means, in its author's words.
    pub description: String,
    /// The value that holds unless another is given.
    pub default: Option<String>,
    /// The values that it can have; empty for any.
    pub allowed: Vec<String>,
}

/// The files by what they are.
#[derive(Default)]
struct Sorted {
    /// For the reader of the AWS CLI's output, which also tells what nothing else knows.
    dumps: Vec<usize>,
    templates: Vec<TemplateFile>,
    manifests: Vec<TemplateFile>,
    states: Vec<(usize, Tree)>,
    state_files: Vec<(usize, Tree)>,
    plans: Vec<(usize, Tree)>,
    tests: Vec<usize>,
    terraform_sources: usize,
    parameters: BTreeMap<String, String>,
}

impl Sorted {
    /// Whether a template, plan or state could be read.
    fn found_configuration(&self) -> bool {
        !(self.templates.is_empty() && self.states.is_empty() && self.state_files.is_empty() && self.plans.is_empty())
    }
}

/// Imports the files into one document.
///
/// What no file covers is listed in [`Document::unknown_sections`], because missing is unknown, not absent.
pub fn import(files: &[SourceFile<'_>], options: &ImportOptions) -> Imported {
    let mut imported = Imported::default();
    let mut sorted = Sorted::default();
    let mut inventory = Inventory::default();
    for (position, file) in files.iter().enumerate() {
        let format = sort(position, file, options, &mut sorted, &mut inventory);
        imported.files.push(ImportedFile { file: file.name.clone(), format, calls: Vec::new() });
    }
    let has_others = imported
        .files
        .iter()
        .any(|file| !matches!(file.format, None | Some(Format::AwsCli | Format::AssemblyExtra | Format::Document)));
    let mut base = Document::default();
    if !sorted.dumps.is_empty() || !has_others {
        let dumps: Vec<SourceFile<'_>> = sorted.dumps.iter().filter_map(|file| files.get(*file)).cloned().collect();
        let dump = aws_cli::import(&dumps);
        for (position, calls) in sorted.dumps.iter().zip(dump.calls) {
            if let Some(file) = imported.files.get_mut(*position) {
                file.format = file.format.or_else(|| (!calls.is_empty()).then_some(Format::AwsCli));
                file.calls = calls;
            }
        }
        imported.problems.extend(dump.problems);
        base = dump.document;
        imported.sources = dump.places;
        if imported.files.iter().all(|file| file.calls.is_empty()) {
            base = Document::default();
            imported.sources = Places::default();
            imported.problems.retain(|problem| !matches!(problem.kind, ImportProblemKind::MissingAnswers { .. }));
        }
    }
    let found_configuration = sorted.found_configuration();
    if has_others {
        read_configurations(files, sorted, options, &mut inventory, &mut imported);
        imported.problems.append(&mut inventory.problems);
        imported.found_nothing = !found_configuration && inventory.resources.is_empty();
        let (document, problems, sources) = draft::document(files, &inventory, base);
        imported.document = document;
        imported.problems.extend(problems);
        imported.sources.append(sources);
        let asks = imported.problems.iter().any(|problem| problem.kind.asks_for_account());
        if asks || options.parameters.contains_key(ACCOUNT) {
            imported.parameters.push(Parameter { name: ACCOUNT.to_owned(), ..Parameter::default() });
        }
    } else {
        imported.problems.append(&mut inventory.problems);
        imported.found_nothing = true;
        imported.document = base;
    }
    imported.found_nothing &= imported.files.iter().all(|file| file.calls.is_empty());
    if imported.found_nothing && imported.problems.is_empty() {
        imported.problems.push(ImportProblem { kind: ImportProblemKind::NothingToImport, location: None });
    }
    imported
}

fn read_configurations(
    files: &[SourceFile<'_>],
    sorted: Sorted,
    options: &ImportOptions,
    inventory: &mut Inventory,
    imported: &mut Imported,
) {
    let mut options = options.clone();
    for (name, value) in sorted.parameters {
        options.parameters.entry(name).or_insert(value);
    }
    for (file, tree) in sorted.states {
        terraform::state(file, tree, inventory);
    }
    for (file, tree) in sorted.state_files {
        terraform::state_file(file, tree, inventory);
    }
    for file in sorted.tests {
        let content = files.get(file).map(|file| text::text_of(file.bytes));
        if let Some(Ok(content)) = content {
            terraform::test_output(files, file, &content, inventory);
        }
    }
    for (file, tree) in sorted.plans {
        terraform::plan(files, file, tree, inventory);
    }
    terraform::drop_repeated(files, inventory);
    terraform::drop_copies(inventory);
    if sorted.terraform_sources > 0 && inventory.resources.is_empty() {
        let kind = ImportProblemKind::TerraformSource { count: sorted.terraform_sources };
        inventory.problems.push(ImportProblem { kind, location: None });
    }
    for template in &sorted.templates {
        for parameter in cloudformation::parameters(&template.tree) {
            if imported.parameters.iter().all(|other| other.name != parameter.name) {
                imported.parameters.push(parameter);
            }
        }
    }
    if !sorted.templates.is_empty() {
        cloudformation::read(files, sorted.templates, &sorted.manifests, &options, inventory);
    }
}

/// Reads a file as far as a tree, and puts it where it belongs.
fn sort(
    position: usize,
    file: &SourceFile<'_>,
    options: &ImportOptions,
    sorted: &mut Sorted,
    inventory: &mut Inventory,
) -> Option<Format> {
    let whole = |kind: ImportProblemKind| ImportProblem { kind, location: Some(text::somewhere_in(&file.name)) };
    if file.bytes.len() > LARGEST_FILE {
        let limit = u32::try_from(LARGEST_FILE >> 20).unwrap_or(u32::MAX);
        inventory.problems.push(whole(ImportProblemKind::TooLarge { limit }));
        return None;
    }
    if file.bytes.starts_with(b"PK\x03\x04") && options.format.is_none() {
        inventory.problems.push(whole(ImportProblemKind::BinaryPlan));
        return Some(Format::TerraformBinaryPlan);
    }
    let Ok(content) = text::text_of(file.bytes) else {
        sorted.dumps.push(position);
        return None;
    };
    let format = options.format.or_else(|| detect::detect(&file.name, &content));
    let parsed = |content: &str| -> Result<Tree, ImportProblem> {
        let (format, tree) = if content.trim_start().starts_with(['{', '[']) {
            ("JSON", tree::parse_json(content))
        } else {
            parse_yaml(content)
        };
        tree.map_err(|flaw| {
            let kind = match flaw.kind {
                FlawKind::Truncated => ImportProblemKind::EndsTooEarly { format },
                FlawKind::TooDeep | FlawKind::TooManyAliases => ImportProblemKind::TooComplex,
                FlawKind::Other(detail) => ImportProblemKind::Unreadable { format, detail },
            };
            let location = Location { file: file.name.clone(), line: flaw.at.line, column: flaw.at.column };
            ImportProblem { kind, location: Some(location) }
        })
    };
    match format {
        None | Some(Format::AwsCli | Format::Document) => sorted.dumps.push(position),
        Some(Format::AssemblyExtra) => {}
        Some(Format::TerraformBinaryPlan) => inventory.problems.push(whole(ImportProblemKind::BinaryPlan)),
        Some(Format::TerraformSource) => sorted.terraform_sources += 1,
        Some(Format::TerraformTest) => sorted.tests.push(position),
        Some(format) => match parsed(&content) {
            Err(problem) => inventory.problems.push(problem),
            Ok(tree) => match format {
                Format::CloudFormation => sorted.templates.push(TemplateFile { file: position, tree }),
                Format::CloudAssembly => sorted.manifests.push(TemplateFile { file: position, tree }),
                Format::TerraformState => sorted.states.push((position, tree)),
                Format::TerraformStateFile => sorted.state_files.push((position, tree)),
                Format::TerraformPlan => sorted.plans.push((position, tree)),
                _ => sorted.parameters.extend(cloudformation::parameter_file(&tree.root).unwrap_or_default()),
            },
        },
    }
    format
}

/// The values of a file of parameters, as CloudFormation's `--parameters file://…`, CodePipeline or a plain map of
/// names and values have it. JSON or YAML.
///
/// # Errors
/// Where and why the file cannot be read, as one line.
pub fn parameter_file(text: &str) -> Result<BTreeMap<String, String>, String> {
    let tree = if text.trim_start().starts_with(['{', '[']) { tree::parse_json(text) } else { parse_yaml(text).1 };
    let tree = tree.map_err(|flaw| {
        let words = match flaw.kind {
            FlawKind::Truncated => "it ends too early".to_owned(),
            FlawKind::TooDeep | FlawKind::TooManyAliases => "it is nested too deeply".to_owned(),
            FlawKind::Other(words) => words,
        };
        format!("line {}, column {}: {words}", flaw.at.line, flaw.at.column)
    })?;
    cloudformation::parameter_file(&tree.root).ok_or_else(|| "it holds no names and values of parameters".to_owned())
}

#[cfg(feature = "yaml")]
fn parse_yaml(text: &str) -> (&'static str, Result<Tree, tree::Flaw>) {
    ("YAML", tree::parse_yaml(text))
}

#[cfg(not(feature = "yaml"))]
fn parse_yaml(_: &str) -> (&'static str, Result<Tree, tree::Flaw>) {
    let words = "this program was built without YAML".to_owned();
    ("YAML", Err(tree::Flaw { at: tree::At::default(), kind: FlawKind::Other(words) }))
}
