//! Where in the document an entry of a list stands.

use std::fmt;
use std::sync::Arc;

/// A JSON pointer to an entry of a list: `/routeTables/private/routes/2`.
///
/// A large document has 100,000 routes and rules, of which an answer names a few; so the text is made when it is
/// needed, and all entries of a list share what comes before their position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    list: Arc<str>,
    position: u32,
}

impl Pointer {
    /// The entry at that position of the list with that pointer.
    pub(crate) fn new(list: &Arc<str>, position: usize) -> Pointer {
        Pointer { list: Arc::clone(list), position: u32::try_from(position).unwrap_or(u32::MAX) }
    }

    /// The position in the list.
    pub fn position(&self) -> usize {
        self.position as usize
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.list, self.position)
    }
}
