//! Where decisions stand in the person's own files.

use std::collections::BTreeMap;

use vpcreach::answer::{Answer, Check};
use vpcreach::document::locate;
use vpcreach::import::{Place, Places};
use vpcreach::problem::{Problem, ProblemKind};

use crate::input::File;

/// The places of a configuration, and the texts that they are in.
pub(crate) struct Sources {
    places: Places,
    /// Places in a document, by pointer.
    of_document: BTreeMap<String, Place>,
    files: Vec<File>,
}

impl Sources {
    /// The sources of an imported configuration.
    pub(crate) fn imported(places: Places, files: Vec<File>) -> Sources {
        Sources { places, of_document: BTreeMap::new(), files }
    }

    /// The sources of a document: only what the answer names is looked for.
    pub(crate) fn of_document(name: &str, text: &str, answer: &Answer) -> Sources {
        let decisions = answer.checks.iter().flat_map(|check| {
            let blockers = check.blockers.iter().map(|blocker| (&blocker.component, &blocker.pointer));
            blockers.chain(check.hops.iter().map(|hop| (&hop.component, &hop.pointer)))
        });
        let mut problems: Vec<Problem> = decisions
            .flat_map(|(component, pointer)| pointer.clone().into_iter().chain(pointer_of(component)))
            .map(|pointer| Problem { kind: ProblemKind::NoVpc, pointer, location: None })
            .collect();
        problems.sort_by(|one, other| one.pointer.cmp(&other.pointer));
        problems.dedup_by(|one, other| one.pointer == other.pointer);
        locate(text, &mut problems);
        let of_document = problems.into_iter().filter_map(|problem| {
            let mut location = problem.location?;
            name.clone_into(&mut location.file);
            Some((problem.pointer, Place { location, ..Place::default() }))
        });
        let files = vec![File { name: name.to_owned(), bytes: text.as_bytes().to_vec() }];
        Sources { places: Places::default(), of_document: of_document.collect(), files }
    }

    /// Where a decision comes from.
    pub(crate) fn of(&self, pointer: Option<&str>, component: &str) -> Option<&Place> {
        let in_document = || {
            let found = pointer.and_then(|pointer| self.of_document.get(pointer));
            found.or_else(|| self.of_document.get(&pointer_of(component)?))
        };
        self.places.of_decision(pointer, component).or_else(in_document)
    }

    /// Where a check is best looked at: its first blocker that stands somewhere, else the function.
    pub(crate) fn of_check(&self, check: &Check) -> Option<&Place> {
        let mut blockers = check.blockers.iter();
        let blocker = blockers.find_map(|blocker| self.of(blocker.pointer.as_deref(), &blocker.component));
        blocker.or_else(|| self.of(None, &check.from))
    }

    /// The first of the files.
    pub(crate) fn first_file(&self) -> Option<&str> {
        self.files.first().map(|file| file.name.as_str())
    }

    /// The text of a file.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let file = self.files.iter().find(|file| file.name == name)?;
        std::str::from_utf8(&file.bytes).ok()
    }
}

/// The pointer to a component of a document.
fn pointer_of(component: &str) -> Option<String> {
    let (kind, name) = component.split_once('/')?;
    let ending = if kind.ends_with("Options") || kind == "vpcBlockPublicAccess" { "" } else { "s" };
    Some(format!("/{kind}{ending}/{}", name.replace('~', "~0").replace('/', "~1")))
}
