//! Output of the AWS CLI: the answers of `describe-…`, `list-…` and `get-…` calls.

mod answers;
mod build;
mod kind;
mod reader;
mod scalar;
mod scan;
mod shallow;

use super::SourceFile;
use super::places::Places;
use super::problem::{ImportProblem, ImportProblemKind};
use super::text::{decode, somewhere_in};
use crate::document::Document;
use reader::Place;
use scan::{Findings, Scan};

/// What the files hold.
pub(super) struct Dump {
    pub(super) document: Document,
    pub(super) problems: Vec<ImportProblem>,
    /// Where the parts of the document stand.
    pub(super) places: Places,
    /// The calls of each file, in the order of the files.
    pub(super) calls: Vec<Vec<String>>,
}

/// Imports the files.
pub(super) fn import(files: &[SourceFile<'_>]) -> Dump {
    let texts: Vec<_> = files.iter().map(|file| decode(file.bytes)).collect();
    let mut findings = Findings::default();
    let mut all_calls: Vec<Vec<String>> = Vec::new();
    let mut read: Vec<Option<Place<'_>>> = Vec::with_capacity(files.len());
    for (position, (file, text)) in files.iter().zip(&texts).enumerate() {
        let mut calls = Vec::new();
        read.push(None);
        match text {
            Ok(text) => {
                let place = Place { name: &file.name, text: &text.json, file: position, has_lines: !text.was_yaml };
                if let Some(read) = read.last_mut() {
                    *read = Some(place);
                }
                let mut scan = Scan::new(place, &mut findings);
                scan.run();
                calls = scan.calls.iter().map(|call| format!("aws {call}")).collect();
            }
            Err(kind) => {
                findings.problems.push(ImportProblem { kind: kind.clone(), location: Some(somewhere_in(&file.name)) })
            }
        }
        all_calls.push(calls);
    }
    if !findings.unused.is_empty() {
        let calls = findings.unused.iter().copied().collect();
        findings.problems.push(ImportProblem { kind: ImportProblemKind::NotUsed { calls }, location: None });
    }
    let (document, problems, places) = build::build(findings, files, &read);
    Dump { document, problems, places, calls: all_calls }
}
