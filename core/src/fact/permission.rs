//! What policies say of a request.

use crate::policy::LayerKind;

/// What was asked of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The layer.
    pub layer: LayerKind,
    /// Which one, where there are several of its kind: the level of an organization. Else empty.
    pub level: String,
    /// The action: `s3:GetObject`.
    pub action: String,
    /// The ARN that it is checked against; `…` stands for a part that the question leaves open.
    pub resource: String,
    /// Without policies there are none: the compiler leaves out what would be said of them.
    #[cfg(not(feature = "permissions"))]
    pub never: std::convert::Infallible,
}

/// A statement as people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementName {
    /// Its policy's name; empty where the layer is one policy.
    pub policy: String,
    /// Its `Sid`, if it has one.
    pub sid: Option<String>,
    /// Its number in the policy, from 1.
    pub number: usize,
}

/// A condition beside what the request has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    /// The operator as written.
    pub operator: String,
    /// The key as written.
    pub key: String,
    /// The values that it lists.
    pub values: Vec<String>,
    /// The request's value; empty where the request does not have the key, none where the value is not known.
    pub found: Option<String>,
}

/// The statement that came nearest to allowing a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearestStatement {
    /// The statement.
    pub statement: StatementName,
    /// The first element that did not match: `Action`, `Resource`, `Principal` or `Condition`.
    pub failed: &'static str,
    /// For `Condition`: which.
    pub tested: Option<Tested>,
}

/// Why a layer denies a request. With the hop's pointer this is what a change of the policy starts from: the layer,
/// the statement, and what keeps the nearest one from allowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// What was asked.
    pub permission: Permission,
    /// Whether a statement, or a setting, denies; else nothing allows.
    pub explicit: bool,
    /// The statement that denies.
    pub statement: Option<StatementName>,
    /// The conditions of that statement, which all hold.
    pub conditions: Vec<Tested>,
    /// Where nothing allows: the statement that came nearest.
    pub nearest: Option<NearestStatement>,
    /// The ARN of the caller as AWS prints it.
    pub user: String,
    /// Whether AWS tells which kind of policy denied: to callers of the resource's own account.
    pub is_told: bool,
}

impl Denial {
    /// Whether the network origin of an access point denies, which is no statement of a policy (R10.9).
    pub fn is_of_origin(&self) -> bool {
        self.permission.layer == LayerKind::AccessPoint && self.explicit && self.statement.is_none()
    }
}
