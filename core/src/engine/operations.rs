//! What an operation needs: actions, and what they are checked against.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>

use crate::analysis::Assumption;
use crate::component::{Component, ComponentKind};
use crate::fact::{Fact, Missing};
use crate::network::{AccessPoint, Bucket, KmsKey, Network, PolicySet, account_of_arn, partition};
use crate::policy::{LayerKind, Policy, Text, Truth};
use crate::query::Request;

use super::ask::{self, Destination};
use super::permissions::Asked;
use super::{Inquiry, host};

/// One thing that has to be allowed.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    /// The action: `s3:GetObject`.
    pub(super) action: String,
    /// The ARN that it is checked against.
    pub(super) resource: Text,
    /// The account that owns the resource, where the document says it.
    pub(super) account: Option<String>,
    /// What it is in the document.
    pub(super) component: Component,
    /// The layer that the resource's own policy is.
    pub(super) kind: LayerKind,
    /// The resource's own policy.
    pub(super) policy: &'a PolicySet,
    pub(super) restrict_public_buckets: Truth,
    pub(super) access_control_lists: bool,
    /// What is assumed where the resource's own policy is not given; none where it has none.
    pub(super) assumes: Option<fn(Component) -> Assumption>,
    /// Whether nothing is known of the resource's own policy, not even that it is not in the way.
    pub(super) is_unknown: bool,
    /// The access point that the request names, where the document has it.
    pub(super) access_point: Option<&'a AccessPoint>,
    /// Whether a service makes the call for the caller.
    pub(super) on_behalf: bool,
}

/// What an operation on S3 needs; `target` is what it is checked against.
struct Operation {
    action: &'static str,
    target: Target,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Object,
    Bucket,
}

/// What KMS has to do for the operation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cipher {
    None,
    Decrypt,
    Encrypt,
}

const fn on(action: &'static str, target: Target) -> Operation {
    Operation { action, target }
}

/// Operations whose action has another name than they.
fn s3_operation(operation: &str) -> Option<Operation> {
    use Target::{Bucket, Object};
    Some(match operation {
        "GetObject" | "HeadObject" | "SelectObjectContent" | "GetObjectTorrent" => on("s3:GetObject", Object),
        "PutObject" | "CreateMultipartUpload" | "UploadPart" | "CompleteMultipartUpload" => on("s3:PutObject", Object),
        "AbortMultipartUpload" => on("s3:AbortMultipartUpload", Object),
        "ListParts" => on("s3:ListMultipartUploadParts", Object),
        "DeleteObject" | "DeleteObjects" => on("s3:DeleteObject", Object),
        "GetObjectTagging" => on("s3:GetObjectTagging", Object),
        "PutObjectTagging" => on("s3:PutObjectTagging", Object),
        "DeleteObjectTagging" => on("s3:DeleteObjectTagging", Object),
        "GetObjectAcl" => on("s3:GetObjectAcl", Object),
        "PutObjectAcl" => on("s3:PutObjectAcl", Object),
        "RestoreObject" => on("s3:RestoreObject", Object),
        "ListObjects" | "ListObjectsV2" | "HeadBucket" => on("s3:ListBucket", Bucket),
        "ListObjectVersions" => on("s3:ListBucketVersions", Bucket),
        "ListMultipartUploads" => on("s3:ListBucketMultipartUploads", Bucket),
        "GetBucketLocation" => on("s3:GetBucketLocation", Bucket),
        "GetBucketPolicy" => on("s3:GetBucketPolicy", Bucket),
        "PutBucketPolicy" => on("s3:PutBucketPolicy", Bucket),
        _ => return None,
    })
}

/// Operations of a directory bucket that its zonal names serve: all of them by a session, which one action lets start.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-authenticating-authorizing.html>
const IN_SESSIONS: [&str; 17] = [
    "AbortMultipartUpload",
    "CompleteMultipartUpload",
    "CopyObject",
    "CreateMultipartUpload",
    "CreateSession",
    "DeleteObject",
    "DeleteObjects",
    "GetObject",
    "GetObjectAttributes",
    "HeadBucket",
    "HeadObject",
    "ListMultipartUploads",
    "ListObjectsV2",
    "ListParts",
    "PutObject",
    "UploadPart",
    "UploadPartCopy",
];

/// A policy set of which nothing is said, for resources that are not in the document.
static NOT_GIVEN: PolicySet = PolicySet::NotGiven;

impl<'a> Call<'a> {
    /// A call that only the role's own side has to allow.
    pub(super) fn of_role(action: &str, resource: Text) -> Call<'a> {
        Call {
            action: action.to_owned(),
            resource,
            account: None,
            component: Component::new(ComponentKind::Service, action.split(':').next().unwrap_or_default()),
            kind: LayerKind::Bucket,
            policy: &NOT_GIVEN,
            restrict_public_buckets: Truth::No,
            access_control_lists: false,
            assumes: None,
            is_unknown: false,
            access_point: None,
            on_behalf: false,
        }
    }

    fn on_bucket(
        network: &Network,
        known: Option<&'a Bucket>,
        name: &str,
        action: &str,
        target: Target,
        key: Option<&str>,
    ) -> Call<'a> {
        let arn = ["arn:", partition(&network.region), ":s3:::", name].concat();
        let resource = match (target, key) {
            (Target::Bucket, _) => Text::whole(arn),
            (Target::Object, Some(key)) => Text::whole([arn.as_str(), "/", key].concat()),
            (Target::Object, None) => Text::beginning([arn.as_str(), "/"].concat()),
        };
        let component =
            known.map_or_else(|| Component::new(ComponentKind::Bucket, name), |known| known.component.clone());
        Call {
            resource,
            account: known.and_then(|known| known.permissions.account.clone()),
            component,
            policy: known.map_or(&NOT_GIVEN, |known| &known.permissions.policy),
            restrict_public_buckets: known.map_or(Truth::Unknown, |known| known.permissions.restrict_public_buckets),
            access_control_lists: known.is_some_and(|known| known.permissions.access_control_lists),
            assumes: Some(Assumption::BucketPolicy),
            ..Call::of_role(action, Text::whole(""))
        }
    }

    /// The start of a session with a directory bucket. Its keys and access control lists are not asked about, and nothing
    /// can turn off that it blocks public access.
    fn on_directory_bucket(network: &Network, known: Option<&'a Bucket>, name: &str) -> Call<'a> {
        let region = known.map_or(&network.region, |known| &known.region);
        let account = known.and_then(|known| known.permissions.account.as_deref()).or(network.account.as_deref());
        let before = ["arn:", partition(region), ":s3express:", region, ":"].concat();
        let resource = match account {
            Some(account) => Text::whole([before.as_str(), account, ":bucket/", name].concat()),
            None => Text::beginning(before),
        };
        Call {
            restrict_public_buckets: Truth::Yes,
            access_control_lists: false,
            resource,
            ..Call::on_bucket(network, known, name, "s3express:CreateSession", Target::Bucket, None)
        }
    }

    /// A call on an access point that the document does not have: neither its policy nor the bucket behind it is known.
    fn on_unknown_access_point(network: &Network, name: &str, action: &str) -> Call<'a> {
        Call {
            component: Component::new(ComponentKind::Bucket, name),
            kind: LayerKind::AccessPoint,
            is_unknown: true,
            ..Call::of_role(action, Text::beginning(["arn:", partition(&network.region), ":s3:"].concat()))
        }
    }

    /// A call on an access point: what its own policy is asked.
    fn on_access_point(point: &'a AccessPoint, action: &str, target: Target, key: Option<&str>) -> Call<'a> {
        let resource = match (point.arn(), target, key) {
            (Some(arn), Target::Bucket, _) => Text::whole(arn),
            (Some(arn), Target::Object, Some(key)) => Text::whole([arn.as_str(), "/object/", key].concat()),
            (Some(arn), Target::Object, None) => Text::beginning([arn.as_str(), "/object/"].concat()),
            (None, ..) => Text::beginning(["arn:", partition(&point.region), ":s3:", &point.region, ":"].concat()),
        };
        Call {
            account: point.account.clone(),
            component: point.component.clone(),
            kind: LayerKind::AccessPoint,
            policy: &point.policy,
            restrict_public_buckets: point.restrict_public_buckets,
            assumes: Some(Assumption::AccessPointPolicy),
            access_point: Some(point),
            ..Call::of_role(action, resource)
        }
    }

    /// What the access point that is called refuses by its network origin.
    pub(super) fn origin(&self) -> &'a [Policy] {
        let point = self.access_point.filter(|_| self.kind == LayerKind::AccessPoint);
        point.map(|point| point.origin.as_slice()).unwrap_or_default()
    }

    /// Whether a policy is one of those.
    pub(super) fn is_origin(&self, policy: &Policy) -> bool {
        self.origin().iter().any(|origin| std::ptr::eq(origin, policy))
    }

    /// A call on the key of a bucket in that Region, which is the key's too.
    fn on_key(network: &Network, region: &str, key: &'a KmsKey, action: &str) -> Call<'a> {
        let beginning = || match &key.account {
            Some(account) => ["arn:", partition(&network.region), ":kms:", region, ":", account, ":key/"].concat(),
            None => ["arn:", partition(&network.region), ":kms:"].concat(),
        };
        let resource = key.arn.clone().map_or_else(|| Text::beginning(beginning()), Text::whole);
        Call {
            account: key.account.clone(),
            component: key.component.clone(),
            kind: LayerKind::Key,
            policy: &key.policy,
            assumes: Some(Assumption::KeyPolicy),
            on_behalf: true,
            ..Call::of_role(action, resource)
        }
    }

    /// The same call, to be allowed by the policy of the key that the request names by its ARN or by its key in the
    /// document.
    fn on_named_key(self, network: &'a Network, request: Option<&Request>) -> Call<'a> {
        let named = request.and_then(|request| request.resource.as_deref());
        let is_it =
            |key: &&KmsKey| named == Some(&key.component.name) || named.is_some() && named == key.arn.as_deref();
        let Some(key) = network.kms_keys.iter().find(is_it) else {
            return Call { kind: LayerKind::Key, assumes: Some(Assumption::KeyPolicy), ..self };
        };
        Call { on_behalf: false, ..Call::on_key(network, &network.region, key, &self.action) }
    }
}

impl<'a> Inquiry<'a> {
    /// The operation that the question names.
    pub(super) fn operation(&self) -> Option<&'a str> {
        self.query.request.as_ref()?.operation.as_deref()
    }

    fn asked(&self, region: &str, calls: Vec<Call<'a>>) -> Asked<'a> {
        let secure = self.ask.port != Some(80);
        Asked::new(self.network, self.workload, self.query.request.as_ref(), region, calls, secure)
    }

    /// What the policies have to allow of a request to a bucket; none where it is not known what the operation needs.
    pub(super) fn asked_of_bucket(&self, bucket: Option<&'a Bucket>, name: &str, region: &str) -> Option<Asked<'a>> {
        let request = self.query.request.as_ref();
        let (through, of_question) = match &self.ask.destination {
            Destination::Bucket { said, .. } => {
                (said.access_point.map(|id| self.network.access_points.get(id)), said.key.as_deref())
            }
            _ => (None, None),
        };
        let key = request.and_then(|request| request.key.as_deref()).or(of_question);
        let key = key.filter(|key| !key.is_empty());
        // The name behind an access point is the bucket's, where the document has that.
        let name = bucket.filter(|_| through.is_some()).map_or(name, |bucket| &bucket.bucket_name);
        let calls = of_bucket(self.network, &Named { known: bucket, name, through }, key, request)?;
        Some(self.asked(region, calls))
    }

    /// The same of a request to another service; none where the question names no operation.
    pub(super) fn asked_of_service(&self, service: &str, region: &str) -> Option<Asked<'a>> {
        let calls = of_service(self.network, service, self.query.request.as_ref())?;
        Some(self.asked(region, calls))
    }

    /// A bucket whose object ownership is `BucketOwnerEnforced` has no access control lists: S3 answers 400 to requests
    /// that set one.
    pub(super) fn refused_list(&self, bucket: Option<&Bucket>, component: &Component) -> Option<Fact> {
        let is_harmless = sets_list(self.query.request.as_ref())?;
        let has_none = bucket.map_or(Truth::Unknown, |known| (!known.permissions.access_control_lists).into());
        match (!is_harmless).and(has_none) {
            Truth::Yes => Some(Fact::ListNotSupported),
            Truth::Unknown => Some(Fact::NotKnown(Missing::Component(component.clone()))),
            Truth::No => None,
        }
    }

    /// A copy between Regions is refused through endpoints of either type (R6.12, R15.2).
    pub(super) fn refused_copy(&self, bucket_region: &str) -> Option<Fact> {
        let request = self.query.request.as_ref()?;
        let operation = request.operation.as_deref()?;
        if !matches!(operation, "CopyObject" | "UploadPartCopy") {
            return None;
        }
        let (source, _) = copy_source(request.copy_source.as_deref()?);
        let source = Named::of(self.network, source);
        let region = source.through.map(|point| &point.region).or(source.known.map(|known| &known.region))?;
        (region != bucket_region).then(|| Fact::CopyRefused { source_region: region.clone() })
    }
}

/// Whether a request sets an access control list, and whether one that gives its bucket's owner everything and others
/// nothing, which a bucket without access control lists takes as well; that is not known of a list of grants.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html>
fn sets_list(request: Option<&Request>) -> Option<Truth> {
    let request = request?;
    match request.operation.as_deref() {
        Some("PutObjectAcl" | "PutBucketAcl") => return Some(Truth::No),
        Some("PutObject" | "CreateMultipartUpload" | "CopyObject") => {}
        _ => return None,
    }
    let mut found = None;
    for (name, values) in &request.context {
        let of_header = match name.to_ascii_lowercase().as_str() {
            "s3:x-amz-acl" => values.0.iter().all(|value| value == "bucket-owner-full-control").into(),
            "s3:x-amz-grant-full-control" => Truth::Unknown,
            other if other.starts_with("s3:x-amz-grant-") => Truth::No,
            _ => continue,
        };
        found = Some(found.map_or(of_header, |found: Truth| found.and(of_header)));
    }
    found
}

/// What a request has in the place of a bucket's name.
#[derive(Clone, Copy)]
struct Named<'a, 'n> {
    /// The bucket, where the document has it.
    known: Option<&'a Bucket>,
    /// Its name.
    name: &'n str,
    /// The access point through which the request goes.
    through: Option<&'a AccessPoint>,
}

impl<'a, 'n> Named<'a, 'n> {
    fn of(network: &'a Network, text: &'n str) -> Named<'a, 'n>
    where
        'a: 'n,
    {
        let known = ask::bucket_called(network, text).map(|(_, bucket)| bucket);
        let through = ask::access_point(network, text).filter(|_| known.is_none()).map(|(_, point)| point);
        let known = known.or_else(|| Some(network.buckets.get(through?.bucket?)));
        Named { known, name: known.map_or(text, |known| &known.bucket_name), through }
    }

    /// What a call on it needs. Through an access point, what its policy says and what the bucket's says: S3 asks both
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html>).
    fn calls(&self, network: &'a Network, operation: &Operation, key: Option<&str>, cipher: Cipher) -> Vec<Call<'a>> {
        let Named { known, name, through } = *self;
        if through.is_none() && known.is_none() && host::is_access_point(name) {
            return vec![Call::on_unknown_access_point(network, name, operation.action)];
        }
        let mut calls = Vec::new();
        calls.extend(through.map(|point| Call::on_access_point(point, operation.action, operation.target, key)));
        let on_bucket = match (known, through) {
            (None, Some(point)) => Call {
                component: point.component.clone(),
                access_point: through,
                is_unknown: true,
                ..Call::of_role(
                    operation.action,
                    Text::beginning(["arn:", partition(&point.region), ":s3:::"].concat()),
                )
            },
            _ => Call {
                access_point: through,
                ..Call::on_bucket(network, known, name, operation.action, operation.target, key)
            },
        };
        calls.push(on_bucket);
        let with = known.and_then(|known| Some((&known.region, known.permissions.kms_key.as_ref()?)));
        let with = with.filter(|_| cipher != Cipher::None);
        let action = if cipher == Cipher::Decrypt { "kms:Decrypt" } else { "kms:GenerateDataKey" };
        calls.extend(with.map(|(region, key)| Call::on_key(network, region, key, action)));
        calls
    }
}

/// Bucket and key of what a copy reads: `s3://BUCKET/KEY`, `BUCKET/KEY`, or the ARN of an object of an access point.
fn copy_source(text: &str) -> (&str, Option<&str>) {
    let (name, key) = host::bucket_and_key(text.strip_prefix("s3://").unwrap_or(text));
    let is_arn = text.starts_with("arn:");
    (name, key.map(|key| if is_arn { key.strip_prefix("object/").unwrap_or(key) } else { key }))
}

/// What a request to a bucket needs; none where it is not known what the operation needs.
fn of_bucket<'a>(
    network: &'a Network,
    target: &Named<'a, '_>,
    key: Option<&str>,
    request: Option<&Request>,
) -> Option<Vec<Call<'a>>> {
    let name = target.name;
    let operation = request.and_then(|request| request.operation.as_deref()).unwrap_or("GetObject");
    if host::directory_bucket_zone(name).is_some() {
        // What KMS is asked in a session is not modelled, nor what a copy reads elsewhere.
        let is_open = target.known.is_some_and(|known| known.permissions.kms_key.is_some())
            || request.is_some_and(|request| request.copy_source.is_some());
        let is_of_session = IN_SESSIONS.contains(&operation) && !is_open;
        return is_of_session.then(|| vec![Call::on_directory_bucket(network, target.known, name)]);
    }
    // An object that is written with an access control list needs the permission for that as well.
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
    let with_list = || match sets_list(request) {
        Some(_) if operation != "PutObjectAcl" => {
            target.calls(network, &on("s3:PutObjectAcl", Target::Object), key, Cipher::None)
        }
        _ => Vec::new(),
    };
    if matches!(operation, "CopyObject" | "UploadPartCopy") {
        // Reading the source and writing the target are two requests to policies.
        let source = request.and_then(|request| request.copy_source.as_deref()).map(copy_source);
        let (source, source_key) = match source {
            Some((bucket, key)) if !bucket.is_empty() => (Named::of(network, bucket), key),
            _ => (*target, None),
        };
        let source_key = source_key.filter(|key| !key.is_empty());
        let mut calls = source.calls(network, &on("s3:GetObject", Target::Object), source_key, Cipher::Decrypt);
        calls.extend(target.calls(network, &on("s3:PutObject", Target::Object), key, Cipher::Encrypt));
        calls.extend(with_list());
        return Some(calls);
    }
    let needed = s3_operation(operation)?;
    // Not of access points: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html
    if target.through.is_some() && needed.action == "s3:PutBucketPolicy" {
        return None;
    }
    let cipher = match needed.action {
        "s3:GetObject" => Cipher::Decrypt,
        "s3:PutObject" => Cipher::Encrypt,
        _ => Cipher::None,
    };
    let mut calls = target.calls(network, &needed, key, cipher);
    calls.extend(with_list());
    Some(calls)
}

/// Operations of KMS that are about no key. For every other one the key's policy has to open the key.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html>
const OF_NO_KEY: [&str; 10] = [
    "ConnectCustomKeyStore",
    "CreateCustomKeyStore",
    "CreateKey",
    "DeleteCustomKeyStore",
    "DescribeCustomKeyStores",
    "DisconnectCustomKeyStore",
    "GenerateRandom",
    "ListAliases",
    "ListKeys",
    "UpdateCustomKeyStore",
];

/// Services whose resources can have a policy of their own, of those that functions commonly call.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html>
const WITH_POLICIES: [&str; 13] = [
    "dynamodb",
    "ecr",
    "elasticfilesystem",
    "es",
    "events",
    "execute-api",
    "glue",
    "kinesis",
    "lambda",
    "logs",
    "secretsmanager",
    "sns",
    "sqs",
];

/// What a request to another service needs; none where the question names no operation.
fn of_service<'a>(network: &'a Network, service: &str, request: Option<&Request>) -> Option<Vec<Call<'a>>> {
    let operation = request.and_then(|request| request.operation.as_deref())?;
    // Needs no permission, and none can be denied.
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    if service == "sts" && operation == "GetCallerIdentity" {
        return None;
    }
    if service == "s3" || service.starts_with("s3-") || service.starts_with("s3express") {
        // About a bucket that the question does not name.
        let Operation { action, .. } = s3_operation(operation)?;
        let of_any = Text::beginning(["arn:", partition(&network.region), ":s3:::"].concat());
        return Some(vec![Call { is_unknown: true, ..Call::of_role(action, of_any) }]);
    }
    let prefix = match service {
        "monitoring" => "cloudwatch",
        "email" => "ses",
        "kinesis-streams" => "kinesis",
        "kinesis-firehose" => "firehose",
        "bedrock-runtime" => "bedrock",
        "api.ecr" => "ecr",
        other => other.split_once('.').map_or(other, |(first, _)| first),
    };
    let action = match (prefix, operation) {
        ("lambda", "Invoke") => "lambda:InvokeFunction".to_owned(),
        _ => [prefix, ":", operation].concat(),
    };
    let resource = match request.and_then(|request| request.resource.as_deref()) {
        Some(arn) => Text::whole(arn),
        None => Text::beginning(["arn:", partition(&network.region), ":"].concat()),
    };
    let account = account_of_arn(&resource.text).filter(|account| account.len() == 12).map(str::to_owned);
    let call = Call::of_role(&action, resource);
    let call = Call { account, component: Component::new(ComponentKind::Service, service), ..call };
    if prefix == "kms" && !OF_NO_KEY.contains(&operation) {
        return Some(vec![call.on_named_key(network, request)]);
    }
    let assumes =
        Some(Assumption::ResourcePolicy as fn(Component) -> Assumption).filter(|_| WITH_POLICIES.contains(&prefix));
    Some(vec![Call { assumes, ..call }])
}
