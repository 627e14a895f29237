//! From paths on the command line to one document.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use vpcreach::answer::Diagnostic;
use vpcreach::document::{Reading, locate, looks_like_json};
use vpcreach::import::{self, ImportOptions, ImportProblem, Places, SourceFile};
use vpcreach::problem::{Problem, ProblemKind};
use vpcreach::{Document, Language, Network};

use crate::Failure;

/// What the files of a folder may be called to be read.
const EXTENSIONS: [&str; 7] = ["json", "yaml", "yml", "template", "tfstate", "jsonl", "tf"];
/// How deep folders are followed; deeper ones are links that go round.
const DEEPEST_FOLDER: u32 = 32;

/// What files are.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A document of vpcreach, as JSON or YAML
    Document,
    /// What the AWS CLI or the collection script printed
    AwsCli,
    /// A CloudFormation or SAM template
    #[value(name = "cloudformation")]
    CloudFormation,
    /// What `terraform show -json PLAN` printed
    TerraformPlan,
    /// What `terraform show -json` printed
    TerraformState,
    /// A raw state file, version 4
    TerraformStateFile,
    /// What `terraform test -json -verbose` printed
    TerraformTest,
}

impl Format {
    fn of_import(self) -> Option<import::Format> {
        Some(match self {
            Format::Document => return None,
            Format::AwsCli => import::Format::AwsCli,
            Format::CloudFormation => import::Format::CloudFormation,
            Format::TerraformPlan => import::Format::TerraformPlan,
            Format::TerraformState => import::Format::TerraformState,
            Format::TerraformStateFile => import::Format::TerraformStateFile,
            Format::TerraformTest => import::Format::TerraformTest,
        })
    }
}

/// What was read.
pub(crate) struct Input {
    /// The configuration.
    pub(crate) document: Document,
    /// What is wrong with the document's text.
    pub(crate) problems: Vec<Problem>,
    /// What is wrong with imported files.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Name and text of the document's file, for the places of problems; none for imported files.
    pub(crate) text: Option<(String, String)>,
    /// The same as data, for what would settle an answer.
    pub(crate) import_problems: Vec<ImportProblem>,
    /// Where the parts of an imported document stand.
    pub(crate) sources: Places,
    /// The files, for excerpts.
    pub(crate) files: Vec<File>,
}

impl Input {
    /// The document as the engine trusts it; what is wrong with it joins the problems, and each gets its place.
    pub(crate) fn resolve(&mut self) -> Network {
        let (network, found) = Network::resolve(&self.document);
        self.problems.extend(found);
        if let Some((name, text)) = &self.text {
            locate(text, &mut self.problems);
            for location in self.problems.iter_mut().filter_map(|problem| problem.location.as_mut()) {
                location.file.clone_from(name);
            }
        }
        for problem in self.problems.iter_mut().filter(|problem| problem.location.is_none()) {
            problem.location = self.sources.of(&problem.pointer).map(|place| place.location.clone());
        }
        network
    }
}

/// A file with its content.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Reads all paths into one document.
pub(crate) fn read(
    paths: &[PathBuf],
    format: Option<Format>,
    options: &ImportOptions,
    language: Language,
) -> Result<Input, Failure> {
    let mut files = Vec::new();
    for path in paths {
        collect(path, &mut files)?;
    }
    if files.is_empty() {
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure(format!(
            "{} has no file that ends in .json, .yaml, .yml, .template, .tfstate, .jsonl or .tf",
            names.join(", ")
        )));
    }
    let mut documents: Vec<(String, String, Reading)> = Vec::new();
    let mut dumps: Vec<File> = Vec::new();
    for file in files {
        match as_document(&file, format)? {
            Some((text, reading)) => documents.push((file.name, text, reading)),
            None => dumps.push(file),
        }
    }
    match (documents.pop(), dumps.is_empty()) {
        (None, _) => {
            let sources: Vec<SourceFile<'_>> =
                dumps.iter().map(|file| SourceFile { name: file.name.clone(), bytes: &file.bytes }).collect();
            let options = ImportOptions { format: format.and_then(Format::of_import), ..options.clone() };
            let imported = import::import(&sources, &options);
            let diagnostics = imported.diagnostics(language);
            let import::Imported { document, sources, problems: import_problems, .. } = imported;
            Ok(Input {
                document,
                problems: Vec::new(),
                diagnostics,
                import_problems,
                text: None,
                sources,
                files: dumps,
            })
        }
        (Some((name, text, reading)), true) if documents.is_empty() => {
            let Reading { document, problems } = reading;
            Ok(Input {
                document,
                problems,
                diagnostics: Vec::new(),
                import_problems: Vec::new(),
                text: Some((name, text)),
                sources: Places::default(),
                files: Vec::new(),
            })
        }
        (Some((name, ..)), _) => {
            let others: Vec<&str> = documents
                .iter()
                .map(|document| document.0.as_str())
                .chain(dumps.iter().map(|file| file.name.as_str()))
                .collect();
            Err(Failure(format!(
                "{name} is a document, which is checked by itself, and there is more: {}. Check one document at a time.",
                others.join(", ")
            )))
        }
    }
}

/// The file as a document, if it is one.
fn as_document(file: &File, format: Option<Format>) -> Result<Option<(String, Reading)>, Failure> {
    if format.is_some_and(|format| format != Format::Document) || is_of_terraform(&file.name) {
        return Ok(None);
    }
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        return match format {
            Some(_) => Err(Failure(format!("{} is not text in UTF-8, as a document is", file.name))),
            None => Ok(None),
        };
    };
    let reading = Document::read(text);
    let is_yaml_file = file.name.ends_with(".yaml") || file.name.ends_with(".yml");
    let is_attempt = || is_yaml_file && !is_template(text) && reading.problems.iter().any(is_of_a_document);
    let is_document = format.is_some() || has_sections(&reading.document) || is_attempt();
    Ok(is_document.then(|| (text.to_owned(), reading)))
}

/// Whether a problem is one of a document that somebody is writing: broken text, or a field with nearly a name that
/// documents have. Fields like no other are those of another format.
fn is_of_a_document(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Syntax { .. } | ProblemKind::UnknownField { nearest: Some(_), .. })
}

/// Whether anything was read that only a document has: other formats have versions, titles and Regions too.
fn has_sections(document: &Document) -> bool {
    let Document { version, title, description, region, unknown_sections, .. } = document.clone();
    *document != Document { version, title, description, region, unknown_sections, ..Document::default() }
}

/// Whether the name is one of Terraform's: its own language, and its states and logs.
fn is_of_terraform(name: &str) -> bool {
    [".tf", ".tfstate", ".jsonl"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a YAML file is something of AWS's own, which the import can name.
fn is_template(text: &str) -> bool {
    !looks_like_json(text) && text.lines().any(|line| line.starts_with(|first: char| first.is_ascii_uppercase()))
}

fn collect(path: &Path, files: &mut Vec<File>) -> Result<(), Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure(format!("cannot read standard input: {error}")))?;
        files.push(File { name: "standard input".into(), bytes });
        return Ok(());
    }
    if path.is_dir() {
        return collect_folder(path, 0, files);
    }
    files.push(open(path)?);
    Ok(())
}

fn collect_folder(folder: &Path, depth: u32, files: &mut Vec<File>) -> Result<(), Failure> {
    if depth > DEEPEST_FOLDER {
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(|error| cannot_read(folder, &error))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|error| cannot_read(folder, &error))?.path());
    }
    // Folders list their files in any order.
    paths.sort();
    for path in paths {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // What a cloud assembly keeps beside its templates is no configuration.
        let is_asset = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("asset."));
        if is_hidden || is_asset {
            continue;
        }
        if path.is_dir() {
            collect_folder(&path, depth + 1, files)?;
        } else if path
            .extension()
            .is_some_and(|ending| EXTENSIONS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
        {
            files.push(open(&path)?);
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<File, Failure> {
    let bytes = fs::read(path).map_err(|error| cannot_read(path, &error))?;
    Ok(File { name: path.display().to_string(), bytes })
}

/// That a file cannot be read, with the nearest file beside it when there is none of that name.
pub(crate) fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    let nearest = (error.kind() == io::ErrorKind::NotFound).then(|| nearest_file(path)).flatten();
    match nearest {
        Some(nearest) => Failure(format!("there is no file {}. Did you mean {}?", path.display(), nearest.display())),
        None => Failure(format!("cannot read {}: {error}", path.display())),
    }
}

fn nearest_file(path: &Path) -> Option<PathBuf> {
    let wanted = path.file_name()?.to_string_lossy().into_owned();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let near = names.into_iter().map(|name| (strsim::osa_distance(&wanted, &name), name)).min()?;
    (near.0 <= wanted.chars().count().div_ceil(3)).then(|| path.with_file_name(near.1))
}
