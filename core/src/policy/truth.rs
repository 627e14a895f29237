//! Three-valued logic, and what would turn `Unknown` into an answer.

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
    /// Whether policies of the caller that name an access point have to name the bucket behind it too; the resource.
    BucketOfAccessPoint(String),
    /// What the policies of a layer say.
    Policies(super::LayerKind),
    /// What a piece of a policy means that AWS does not accept, or that its documentation leaves open; the pointer.
    Piece(String),
    /// What stands at a place of a policy where its source tells nothing yet (`null`); the pointer.
    NotGiven(String),
    /// The access control lists of bucket and object.
    AccessControlLists,
}

/// What would settle a decision, each once, in their order.
///
/// There are a handful at most, which a plain list keeps with less code than a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs(Vec<Need>);

impl Needs {
    /// None.
    pub fn new() -> Needs {
        Needs::default()
    }

    /// Adds one.
    pub fn insert(&mut self, need: Need) {
        let before = self.0.iter().position(|other| *other >= need).unwrap_or(self.0.len());
        if self.0.get(before) != Some(&need) {
            self.0.insert(before, need);
        }
    }

    /// Takes over all of another list.
    pub fn append(&mut self, others: Needs) {
        others.0.into_iter().for_each(|need| self.insert(need));
    }

    /// Adds all of another list.
    pub fn add(&mut self, others: &Needs) {
        others.0.iter().for_each(|need| self.insert(need.clone()));
    }

    /// Each of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Need> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is needed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether that is among them.
    pub fn contains(&self, need: &Need) -> bool {
        self.0.contains(need)
    }
}

impl<const COUNT: usize> From<[Need; COUNT]> for Needs {
    fn from(needs: [Need; COUNT]) -> Needs {
        let mut all = Needs::new();
        needs.into_iter().for_each(|need| all.insert(need));
        all
    }
}
