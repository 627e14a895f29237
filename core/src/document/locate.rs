//! Where in a text the value of a JSON pointer stands.

use crate::problem::{Location, Problem, ProblemKind};

/// How many problems get a location; nobody reads further, and a damaged large file has one for each value.
const LIMIT: usize = 1000;

/// Adds line and column to every problem that has none, from the text that the document was read from.
///
/// What is not in the text, such as a missing field, stands where the thing stands that should have it.
pub fn locate(text: &str, problems: &mut [Problem]) {
    if problems.iter().all(|problem| problem.location.is_some()) {
        return;
    }
    let mut finder = Finder::new(problems);
    if super::looks_like_json(text) {
        super::json::walk(text, &mut finder);
    }
    #[cfg(feature = "yaml")]
    if finder.is_unused() {
        super::yaml::walk(text, &mut finder);
    }
    finder.apply(problems);
}

/// A place that is looked for, and where it was found.
struct Wanted {
    pointer: String,
    key: Option<(u32, u32)>,
    value: Option<(u32, u32)>,
    last_key: Option<(u32, u32)>,
}

/// Follows a walk through a text and notes the places that are looked for.
pub(super) struct Finder {
    /// Sorted by pointer.
    wanted: Vec<Wanted>,
    path: String,
    /// Lengths of the path before each step.
    steps: Vec<usize>,
}

impl Finder {
    fn new(problems: &[Problem]) -> Finder {
        let mut pointers: Vec<&str> = vec![""];
        for problem in problems.iter().filter(|problem| problem.location.is_none()).take(LIMIT) {
            pointers.extend(ancestors(&problem.pointer));
        }
        crate::sorted::sort(&mut pointers);
        pointers.dedup();
        let wanted = |pointer: &str| Wanted { pointer: pointer.to_owned(), key: None, value: None, last_key: None };
        Finder { wanted: pointers.into_iter().map(wanted).collect(), path: String::new(), steps: Vec::new() }
    }

    /// Whether nothing was found yet.
    #[cfg(feature = "yaml")]
    fn is_unused(&self) -> bool {
        self.wanted.iter().all(|wanted| wanted.value.is_none())
    }

    /// Goes to a part of an object; tells whether its place is looked for.
    pub(super) fn enter_key(&mut self, key: &str) -> bool {
        self.steps.push(self.path.len());
        crate::texts::push_step(&mut self.path, key);
        self.position().is_some()
    }

    /// Goes to an element of a list.
    pub(super) fn enter_element(&mut self, index: usize) {
        self.steps.push(self.path.len());
        self.path.push('/');
        self.path.push_str(&index.to_string());
    }

    /// Goes back to what holds the part or element.
    pub(super) fn leave(&mut self) {
        self.path.truncate(self.steps.pop().unwrap_or_default());
    }

    /// Whether the place of the current value is looked for.
    pub(super) fn is_wanted(&self) -> bool {
        self.position().is_some()
    }

    /// Notes line and column of the key of the current value.
    pub(super) fn key_at(&mut self, place: (u32, u32)) {
        if let Some(wanted) = self.position().and_then(|position| self.wanted.get_mut(position)) {
            wanted.key.get_or_insert(place);
            wanted.last_key = Some(place);
        }
    }

    /// Notes line and column of the current value.
    pub(super) fn value_at(&mut self, place: (u32, u32)) {
        if let Some(wanted) = self.position().and_then(|position| self.wanted.get_mut(position)) {
            wanted.value.get_or_insert(place);
        }
    }

    fn position(&self) -> Option<usize> {
        self.wanted.binary_search_by(|wanted| wanted.pointer.as_str().cmp(&self.path)).ok()
    }

    fn apply(self, problems: &mut [Problem]) {
        for problem in problems.iter_mut().filter(|problem| problem.location.is_none()).take(LIMIT) {
            let found = ancestors(&problem.pointer).find_map(|pointer| {
                let position = self.wanted.binary_search_by(|wanted| wanted.pointer.as_str().cmp(pointer)).ok()?;
                let wanted = self.wanted.get(position)?;
                match problem.kind {
                    _ if pointer != problem.pointer => wanted.key.or(wanted.value),
                    ProblemKind::DuplicateKey { .. } => wanted.last_key.or(wanted.value),
                    ProblemKind::UnknownField { .. } => wanted.key.or(wanted.value),
                    _ => wanted.value.or(wanted.key),
                }
            });
            problem.location = found.map(|(line, column)| Location { file: String::new(), line, column });
        }
    }
}

/// The pointer itself, then that of what holds it, and so on up to the whole document.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |pointer| Some(pointer.rsplit_once('/')?.0))
}
