//! Output of the AWS CLI: the answers of `describe-…`, `list-…` and `get-…` calls.

mod answers;
mod build;
mod kind;
mod reader;
mod scalar;
mod scan;
mod shallow;

use super::problem::{ImportProblem, ImportProblemKind};
use super::text::{decode, somewhere_in};
use super::{Import, Source, SourceFile};
use reader::Place;
use scan::{Findings, Scan};

/// Imports the files.
pub(super) fn import(files: &[SourceFile<'_>]) -> Import {
    let texts: Vec<_> = files.iter().map(|file| decode(file.bytes)).collect();
    let mut findings = Findings::default();
    let mut sources = Vec::new();
    for (position, (file, text)) in files.iter().zip(&texts).enumerate() {
        let mut source = Source { file: file.name.clone(), calls: Vec::new() };
        match text {
            Ok(text) => {
                let place = Place { name: &file.name, text: &text.json, file: position, has_lines: !text.was_yaml };
                let mut scan = Scan::new(place, &mut findings);
                scan.run();
                source.calls = scan.calls.iter().map(|call| format!("aws {call}")).collect();
            }
            Err(kind) => {
                findings.problems.push(ImportProblem { kind: kind.clone(), location: Some(somewhere_in(&file.name)) })
            }
        }
        sources.push(source);
    }
    if sources.iter().all(|source| source.calls.is_empty()) {
        findings.problems.push(ImportProblem { kind: ImportProblemKind::NothingToImport, location: None });
    }
    let (document, problems) = build::build(findings, files);
    Import { document, problems, sources }
}
