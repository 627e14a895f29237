//! Who may do what: roles, policies, accounts and keys as the engine trusts them.

use std::sync::Arc;

use super::BucketId;
use super::arena::{self, Index};
use crate::component::Component;
use crate::policy::{Policy, Truth};

arena::indices! {
    /// Index of a role.
    RoleId,
    /// Index of an access point.
    AccessPointId,
}

/// The policies of one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PolicySet {
    /// The document does not give them, and they are taken not to be in the way.
    #[default]
    NotGiven,
    /// These; one of which the document has only the name is not readable.
    Given(Vec<Policy>),
}

impl PolicySet {
    /// Whether the document gives them.
    pub fn is_given(&self) -> bool {
        matches!(self, PolicySet::Given(_))
    }
}

/// An IAM role.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Its key in the document; the role's name where that has only its ARN.
    pub component: Component,
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
    /// Its account, where known.
    pub account: Option<String>,
    /// Path and name without the leading slash: `service-role/thumbnailer`.
    pub path_and_name: String,
    /// Inline and managed policies.
    pub identity: PolicySet,
    /// The permissions boundary, if it has one.
    pub boundary: Option<Policy>,
    /// The policies with which its sessions are started, where somebody else than a service starts them.
    pub session: PolicySet,
    /// Its tags, where known.
    pub tags: Option<Vec<(String, String)>>,
}

impl Role {
    /// Its ARN; none where the account is not known.
    pub fn arn(&self) -> Option<String> {
        let account = self.account.as_deref()?;
        Some(["arn:", &self.partition, ":iam::", account, ":role/", &self.path_and_name].concat())
    }
}

/// An AWS account.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Its twelve digits.
    pub component: Component,
    /// Its organization, where known.
    pub organization: Organization,
    /// Its place there, `o-a1b2c3d4e5/r-ab12/…/`, where known.
    pub organization_path: Option<String>,
    /// Whether the policies of its organization do not limit it.
    pub is_management_account: bool,
    /// The levels from the root to it.
    pub levels: Vec<OrganizationLevel>,
    /// S3 Block Public Access of the account: whether public policies let in the account alone.
    pub restrict_public_buckets: Truth,
}

/// The organization of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Organization {
    /// Not known.
    #[default]
    Unknown,
    /// It is in none.
    None,
    /// The one of that id.
    Id(String),
}

/// A level of an organization.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganizationLevel {
    /// Its name.
    pub name: String,
    /// Service control policies.
    pub service_control_policies: PolicySet,
    /// Resource control policies.
    pub resource_control_policies: PolicySet,
}

/// A KMS key.
#[derive(Clone, Debug, PartialEq)]
pub struct KmsKey {
    /// Its key in the document; the ARN where that has no more.
    pub component: Component,
    /// Its account, where known.
    pub account: Option<String>,
    /// Its ARN, where known.
    pub arn: Option<String>,
    /// The key policy.
    pub policy: PolicySet,
}

/// An S3 access point.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessPoint {
    /// Its key in the document.
    pub component: Component,
    /// Its name.
    pub name: String,
    /// Its account, where known.
    pub account: Option<String>,
    /// Its alias, where known.
    pub alias: Option<String>,
    /// The bucket that it leads to; none where the document does not have that.
    pub bucket: Option<BucketId>,
    /// Its Region, which is the bucket's.
    pub region: String,
    /// The access point policy, and behind it what its network origin acts like.
    pub policy: PolicySet,
    /// For the network origin `VPC`: what S3 refuses, as the statement that it acts like (R10.9). Else empty.
    pub origin: Vec<Policy>,
    /// Whether Block Public Access of the access point lets in its own account alone where the policy is public.
    pub restrict_public_buckets: Truth,
}

impl AccessPoint {
    /// Its ARN, where the account is known.
    pub fn arn(&self) -> Option<String> {
        Some(access_point_arn(&self.region, self.account.as_deref()?, &self.name))
    }

    /// Its network origin, in AWS's word.
    pub fn network_origin(&self) -> &'static str {
        if self.origin.is_empty() { "Internet" } else { "VPC" }
    }
}

/// What keeps a bucket beside its policy.
#[derive(Clone, Debug, PartialEq)]
pub struct BucketPermissions {
    /// The account that owns it, where known.
    pub account: Option<String>,
    /// The bucket policy.
    pub policy: PolicySet,
    /// Whether Block Public Access of the bucket lets in the owner's account alone where the policy is public.
    pub restrict_public_buckets: Truth,
    /// Whether access control lists count.
    pub access_control_lists: bool,
    /// The KMS key that encrypts its objects.
    pub kms_key: Option<Arc<KmsKey>>,
}

/// The partition of a Region, as ARNs have it.
pub(crate) fn partition(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "aws-cn"
    } else if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else {
        "aws"
    }
}

/// The ARN of an access point.
pub(crate) fn access_point_arn(region: &str, account: &str, name: &str) -> String {
    ["arn:", partition(region), ":s3:", region, ":", account, ":accesspoint/", name].concat()
}

/// Whether a text is the id of an account: twelve digits.
pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The account of an ARN, its fifth part.
pub(crate) fn account_of_arn(arn: &str) -> Option<&str> {
    let mut rest = arn;
    for _ in 0..4 {
        rest = rest.split_once(':')?.1;
    }
    rest.split(':').next()
}
