//! How much one question may take, in steps that are counted and not timed, so that every machine gives one answer.

use std::cell::Cell;

/// Parts that the traffic of one question may fall into.
///
/// A function in 16 subnets (R7.4) whose network ACLs have all 40 rules that AWS allows (R8.23) stays below it
/// unless the rules cross each other everywhere.
const MOST_PARTS: usize = 1_000;

/// Ranges of addresses, rules, routes and decisions that one question may look at.
const MOST_EFFORT: usize = 2_000_000;

/// What is left for a question. Once it is used up, whatever is not decided is `undetermined`.
#[derive(Debug)]
pub(super) struct Budget {
    parts: Cell<usize>,
    effort: Cell<usize>,
}

impl Budget {
    /// All of it.
    pub(super) fn new() -> Budget {
        Budget { parts: Cell::new(MOST_PARTS), effort: Cell::new(MOST_EFFORT) }
    }

    /// Whether nothing is left of one of the two.
    pub(super) fn is_used_up(&self) -> bool {
        self.parts.get() == 0 || self.effort.get() == 0
    }

    /// Looks at that many things.
    pub(super) fn spend(&self, effort: usize) {
        self.effort.set(self.effort.get().saturating_sub(effort));
    }

    /// Makes that many parts more.
    pub(super) fn split(&self, parts: usize) {
        self.parts.set(self.parts.get().saturating_sub(parts));
    }

    /// Whether that many parts more could still be made.
    pub(super) fn has_parts(&self, parts: usize) -> bool {
        parts < self.parts.get()
    }

    /// Parts and effort so far.
    #[cfg(test)]
    pub(super) fn used(&self) -> (usize, usize) {
        (MOST_PARTS - self.parts.get(), MOST_EFFORT - self.effort.get())
    }
}
