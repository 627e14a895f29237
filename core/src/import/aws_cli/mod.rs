//! Output of the AWS CLI: the answers of `describe-…`, `list-…` and `get-…` calls.

mod answers;
mod build;
mod kind;
mod reader;
mod scalar;
mod scan;
mod shallow;

use super::problem::{ImportProblem, ImportProblemKind};
use super::text::decode;
use super::{Import, Source, SourceFile};
use crate::problem::Location;
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
                let mut scan = Scan::new(&file.name, text, position, &mut findings);
                scan.run();
                source.calls = scan.calls.iter().map(|call| format!("aws {call}")).collect();
            }
            Err(kind) => findings.problems.push(ImportProblem {
                kind: kind.clone(),
                location: Some(Location { file: file.name.clone(), line: 0, column: 0 }),
            }),
        }
        sources.push(source);
    }
    if sources.iter().all(|source| source.calls.is_empty()) {
        findings.problems.push(ImportProblem { kind: ImportProblemKind::NothingToImport, location: None });
    }
    let (document, problems) = build::build(findings, files);
    Import { document, problems, sources }
}
