//! Decides whether AWS's policies allow a request, and names the layer and the statement that decide.
//!
//! The policy language and how layers combine follow the IAM user guide:
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
//!
//! A context key that a request does not have is not the same as one that is not known: a negated operator holds for
//! a key that is absent, and nothing is decided by one that is unknown.
//!
//! ```
//! use vpcreach::policy::{
//!     Caller, ContextKeys, Given, Layer, LayerKind, Outcome, Policy, RequestContext, Text, authorize,
//! };
//!
//! // Only one endpoint may be used.
//! let (bucket, problems) = Policy::read_text(
//!     r#"{ "Version": "2012-10-17", "Statement": [{
//!          "Sid": "OnlyThroughOurEndpoint", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
//!          "Resource": "arn:aws:s3:::photos/*",
//!          "Condition": { "StringNotEquals": { "aws:SourceVpce": "vpce-1" } } }] }"#,
//!     LayerKind::Bucket, "photos", "",
//! );
//! assert!(problems.is_empty());
//! let photo = Text::whole("arn:aws:s3:::photos/cat.jpg");
//! let mut request = RequestContext {
//!     caller: Caller { account: Some("111111111111"), ..Caller::default() },
//!     action: "s3:GetObject",
//!     resource: &photo,
//!     resource_account: Some("111111111111"),
//!     one_account: false,
//!     keys: ContextKeys::absent(),
//! };
//! let layers = [
//!     Layer::new(LayerKind::Identity, Given::Nothing),
//!     Layer::new(LayerKind::Bucket, Given::Policies(std::slice::from_ref(&bucket))),
//! ];
//!
//! // Through a NAT gateway the request has no aws:SourceVpce, and the statement denies.
//! let decision = authorize(&request, &layers);
//! assert_eq!(decision.outcome, Outcome::ExplicitDeny);
//! let denied_by = &decision.blocks[0];
//! assert_eq!((denied_by.kind, denied_by.statements[0].statement), (LayerKind::Bucket, 0));
//!
//! request.keys.set_text("aws:SourceVpce", "vpce-1");
//! assert_eq!(authorize(&request, &layers).outcome, Outcome::Allowed);
//! ```

use std::sync::Arc;

mod authorize;
mod condition;
mod context;
mod keys;
mod pattern;
mod principal;
mod public;
#[cfg(feature = "permissions")]
mod read;
mod scalar;
mod statement;
#[cfg(test)]
mod tests;
mod truth;

pub use authorize::{Block, Decision, Given, Layer, NearMiss, Outcome, StatementRef, authorize};
pub use condition::Condition;
pub use context::{Caller, ContextKeys, ContextValue, RequestContext, Text};
#[cfg(feature = "permissions")]
pub(crate) use keys::SOURCE_FUNCTION;
pub use statement::{Effect, Element, Statement};
pub use truth::{Need, Needs, Truth};

/// A kind of layer that a request has to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerKind {
    /// A resource control policy, on one level of the resource's organization.
    ResourceControl,
    /// A service control policy, on one level of the caller's organization.
    ServiceControl,
    /// The policy of a gateway endpoint that carries the request.
    GatewayEndpoint,
    /// The policy of an interface endpoint that carries the request.
    InterfaceEndpoint,
    /// The policy of an access point.
    AccessPoint,
    /// The policy of a bucket, or of another resource.
    Bucket,
    /// The policy of a KMS key.
    Key,
    /// The identity-based policies of the role.
    Identity,
    /// The permissions boundary of the role.
    PermissionsBoundary,
    /// The policy that a session was started with.
    Session,
    /// S3 Block Public Access.
    BlockPublicAccess,
}

impl LayerKind {
    /// Whether its policies say who they are about.
    pub fn has_principals(self) -> bool {
        matches!(
            self,
            LayerKind::ResourceControl
                | LayerKind::GatewayEndpoint
                | LayerKind::InterfaceEndpoint
                | LayerKind::AccessPoint
                | LayerKind::Bucket
                | LayerKind::Key
        )
    }

    /// Whether it belongs to the resource, and can grant.
    fn is_of_resource(self) -> bool {
        matches!(self, LayerKind::AccessPoint | LayerKind::Bucket | LayerKind::Key)
    }

    /// Whether it must allow and never grants by itself.
    fn is_guard(self) -> bool {
        matches!(self, LayerKind::ServiceControl | LayerKind::GatewayEndpoint | LayerKind::InterfaceEndpoint)
    }
}

/// A policy, compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its name, for people.
    pub name: String,
    /// Where it stands in its document.
    pub pointer: String,
    /// Its statements, which several roles can share.
    pub statements: Arc<Vec<Statement>>,
    /// False where AWS would refuse the policy as a whole: then it may allow or deny anything.
    pub is_readable: bool,
}
