//! Three-valued logic, and what would turn `Unknown` into an answer.

use std::collections::BTreeSet;

/// Whether something holds; `Unknown` where it depends on what is not known (Kleene's logic).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not.
    No,
    /// It depends.
    Unknown,
    /// It does.
    Yes,
}

impl Truth {
    /// Both hold.
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// At least one holds.
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }
}

/// What would settle a decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Whether the request has a context key, and its value.
    Key(String),
    /// The key of the object, since the policies do not treat all keys alike.
    ObjectKey,
    /// The name and path of the caller's role.
    Role,
    /// The name of the role session, which nothing promises to be the function's name.
    SessionName,
    /// The account of the caller.
    CallerAccount,
    /// The account that owns the resource.
    ResourceAccount,
    /// The canonical user id of the caller's account.
    CanonicalUser,
    /// `NotPrincipal` lists the caller in part: IAM may deny where account, role and session are not all listed.
    NotPrincipal,
    /// What the policies of a layer say.
    Policies(super::LayerKind),
    /// What a piece of a policy means that AWS does not accept, or that its documentation leaves open; the pointer.
    Piece(String),
    /// The access control lists of bucket and object.
    AccessControlLists,
}

/// What would settle a decision, each once.
pub type Needs = BTreeSet<Need>;
