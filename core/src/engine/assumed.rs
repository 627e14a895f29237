//! Phase E (R0.5) where nothing is said of policies, roles, accounts, keys and requests: what they would decide is taken
//! for granted.
//!
//! A build without the feature `permissions` reads no document and no question that says more, and has this in the place of
//! `permissions` and `operations`.

use crate::analysis::Assumption;
use crate::component::{Component, ComponentKind};
use crate::fact::Fact;
use crate::network::{Bucket, VpcEndpoint};

use super::Inquiry;
use super::connections::ConnectionSet;

/// A request to a bucket.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    known: Option<&'a Bucket>,
    name: String,
}

/// How the request comes to the service; without policies, all ways are one.
pub(super) enum Way<'a> {
    Endpoint(&'a VpcEndpoint),
    Internet,
    Lambda,
}

/// What a path's permissions come to.
pub(super) struct Permissions {
    pub(super) hops: Vec<(Component, Fact, Option<String>)>,
    pub(super) assumptions: Vec<Assumption>,
    pub(super) denied: bool,
}

impl Asked<'_> {
    #[inline]
    pub(super) fn decide(&self, _: &Way<'_>, _: Option<&ConnectionSet>) -> Permissions {
        let bucket = match self.known {
            Some(bucket) => bucket.component.clone(),
            None => Component::new(ComponentKind::Bucket, self.name.clone()),
        };
        let assumptions = vec![Assumption::IdentityPolicies, Assumption::BucketPolicy(bucket)];
        Permissions { hops: Vec::new(), assumptions, denied: false }
    }
}

impl<'a> Inquiry<'a> {
    #[inline]
    pub(super) fn operation(&self) -> Option<&'a str> {
        None
    }

    pub(super) fn asked_of_bucket(&self, known: Option<&'a Bucket>, name: &str, _: &str) -> Option<Asked<'a>> {
        Some(Asked { known, name: name.to_owned() })
    }

    #[inline]
    pub(super) fn asked_of_service(&self, _: &str, _: &str) -> Option<Asked<'a>> {
        None
    }

    #[inline]
    pub(super) fn refused_copy(&self, _: &str) -> Option<Fact> {
        None
    }
}
