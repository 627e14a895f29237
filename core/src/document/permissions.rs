//! Who may do what: roles, their policies, accounts, keys.

use serde::Serialize;

use super::{Section, document_types};
use crate::json::Json;

document_types! {
    /// An IAM role.
    ///
    /// A role with neither `policies` nor `managedPolicies` is one of which only the name is known: its policies are
    /// taken to allow the request, with an assumption noted. An empty section says that it has none.
    pub struct Role {
        /// The account that it is in, twelve digits. Default: the document's.
        account: Option<String>,
        /// Its path. Default: `/`.
        path: Option<String>,
        /// The role's name, where the key is not it.
        role_name: Option<String>,
        /// Inline policies by their names.
        policies: Option<Section<Json>>,
        /// Managed policies attached to it: keys of `managedPolicies`, or ARNs.
        managed_policies: Option<Vec<String>>,
        /// The managed policy that is its permissions boundary: a key of `managedPolicies`, or an ARN. Default: none.
        permissions_boundary: Option<String>,
        /// Policies with which its sessions are started, by their names: they limit requests that are `signedBy` it.
        /// Lambda, EC2 and ECS pass none where they start sessions of a role themselves. No file that is imported tells
        /// them. Default: none.
        session_policies: Option<Section<Json>>,
        /// Its tags, which conditions ask for as `aws:PrincipalTag`. Default: not known.
        tags: Option<Section<String>>,
    }

    /// A managed policy of the customer. Those that AWS manages need not be declared as far as vpcreach knows them.
    pub struct ManagedPolicy {
        /// Its ARN, where references to it give that.
        arn: Option<String>,
        /// The policy: its default version.
        policy: Option<Json>,
    }

    /// An AWS account, by its twelve digits.
    pub struct Account {
        /// The id of its organization, such as `o-a1b2c3d4e5`; `none` where it is in none. Default: not known.
        organization_id: Option<String>,
        /// Where it stands in the organization, such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. Default: not known.
        organization_path: Option<String>,
        /// Whether it is the management account, which no policy of the organization limits.
        is_management_account: bool,
        /// The levels from the root to the account, each with the policies attached to it.
        /// Default: no policy of an organization denies, with an assumption noted.
        organization_levels: Vec<OrganizationLevel>,
        /// S3 Block Public Access of the whole account, in force beside that of each bucket. Default: not known.
        public_access_block: Option<PublicAccessBlock>,
    }

    /// A level of an organization: the root, an organizational unit, the account itself.
    pub struct OrganizationLevel {
        /// Its name.
        name: String,
        /// Service control policies by name, `FullAWSAccess` too where it is attached. Every level has to allow.
        /// Default: not known, and taken to allow.
        service_control_policies: Option<Section<Json>>,
        /// Resource control policies by name; `RCPFullAWSAccess` is always attached and need not be given.
        resource_control_policies: Option<Section<Json>>,
    }

    /// S3 Block Public Access.
    pub struct PublicAccessBlock {
        /// Whether new public access control lists are refused.
        block_public_acls: Option<bool>,
        /// Whether public access control lists have no effect.
        ignore_public_acls: Option<bool>,
        /// Whether new public bucket policies are refused.
        block_public_policy: Option<bool>,
        /// Whether a public bucket policy lets in nobody but the bucket's own account.
        restrict_public_buckets: Option<bool>,
    }

    /// An S3 access point: another name for a bucket, with a policy of its own. Requests that have its ARN or its alias in
    /// the place of a bucket's name need what it allows and what the bucket allows (R5.29).
    pub struct AccessPoint {
        /// The bucket that it leads to: a key of `buckets`.
        bucket: String,
        /// The access point's name, where the key is not it.
        access_point_name: Option<String>,
        /// The account that it is in, twelve digits. Default: the document's.
        account: Option<String>,
        /// Its alias, such as `reports-a1b2c3d4e5f6-s3alias`.
        alias: Option<String>,
        /// The VPC from which it takes requests, where its network origin is `VPC` (R10.9): a key of `vpcs`, or the id of
        /// a VPC that is not in the document. The word `unknown` says that there is one. Default: none, which is the
        /// network origin `Internet`.
        vpc: Option<String>,
        /// The access point policy. Default: not known, and taken to deny nothing and to let in whom the owner lets in,
        /// with an assumption noted. The word `none` says that there is none.
        policy: Option<Json>,
        /// S3 Block Public Access of the access point. Default: every setting is on, as in a new access point.
        public_access_block: Option<PublicAccessBlock>,
    }

    /// A KMS key.
    pub struct KmsKey {
        /// The account that it is in, twelve digits. Default: the document's.
        account: Option<String>,
        /// Its ARN, where references to it give that.
        arn: Option<String>,
        /// The key policy. Default: not known.
        policy: Option<Json>,
    }
}
