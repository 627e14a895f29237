//! What an operation needs: actions, and what they are checked against.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>

use std::sync::Arc;

use crate::analysis::Assumption;
use crate::component::{Component, ComponentKind};
use crate::fact::{Fact, Missing};
use crate::network::{AccessPoint, Bucket, KmsKey, Network, PolicySet, account_of_arn, partition};
use crate::policy::{LayerKind, Policy, Text, Truth};
use crate::query::Request;
use crate::texts::{cat, lists};

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
    pub(super) account: Option<&'a str>,
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
const IN_SESSIONS: &str = "\
     AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload CreateSession DeleteObject \
     DeleteObjects GetObject GetObjectAttributes HeadBucket HeadObject ListMultipartUploads ListObjectsV2 \
     ListParts PutObject UploadPart UploadPartCopy";

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
        let arn = cat!("arn:", partition(&network.region), ":s3:::", name);
        let mut call = Call::of_role(action, inside(arn, target, "/", key));
        call.component = Component::new(ComponentKind::Bucket, name);
        call.restrict_public_buckets = Truth::Unknown;
        call.assumes = Some(Assumption::BucketPolicy);
        if let Some(Bucket { component, permissions, .. }) = known {
            call.component.clone_from(component);
            call.account = permissions.account.as_deref();
            call.policy = &permissions.policy;
            call.restrict_public_buckets = permissions.restrict_public_buckets;
            call.access_control_lists = permissions.access_control_lists;
        }
        call
    }

    /// The start of a session with a directory bucket. Its keys and access control lists are not asked about, and nothing
    /// can turn off that it blocks public access.
    fn on_directory_bucket(network: &'a Network, known: Option<&'a Bucket>, name: &str) -> Call<'a> {
        let mut call = Call::on_bucket(network, known, name, "s3express:CreateSession", Target::Bucket, None);
        let region = known.map_or(&network.region, |known| &known.region);
        let before = cat!("arn:", partition(region), ":s3express:", region, ":");
        call.resource = match call.account.or(network.account.as_deref()) {
            Some(account) => Text::whole(cat!(before, account, ":bucket/", name)),
            None => Text::beginning(before),
        };
        call.restrict_public_buckets = Truth::Yes;
        call.access_control_lists = false;
        call
    }

    /// A call on an access point that the document does not have: neither its policy nor the bucket behind it is known.
    fn on_unknown_access_point(network: &Network, name: &str, action: &str) -> Call<'a> {
        let mut call = Call::of_role(action, Text::beginning(cat!("arn:", partition(&network.region), ":s3:")));
        call.component = Component::new(ComponentKind::Bucket, name);
        call.kind = LayerKind::AccessPoint;
        call.is_unknown = true;
        call
    }

    /// A call on an access point: what its own policy is asked.
    fn on_access_point(point: &'a AccessPoint, action: &str, target: Target, key: Option<&str>) -> Call<'a> {
        let resource = match point.arn() {
            Some(arn) => inside(arn, target, "/object/", key),
            None => Text::beginning(cat!("arn:", partition(&point.region), ":s3:", point.region, ":")),
        };
        let mut call = Call::of_role(action, resource);
        call.account = point.account.as_deref();
        call.component.clone_from(&point.component);
        call.kind = LayerKind::AccessPoint;
        call.policy = &point.policy;
        call.restrict_public_buckets = point.restrict_public_buckets;
        call.assumes = Some(Assumption::AccessPointPolicy);
        call.access_point = Some(point);
        call
    }

    /// What the access point that is called refuses by its network origin.
    pub(super) fn origin(&self) -> &'a [Policy] {
        let point = self.access_point.filter(|_| self.kind == LayerKind::AccessPoint);
        point.map(|point| point.origin.as_slice()).unwrap_or_default()
    }

    /// Whether a policy is one of those, which stand where the document names the VPC.
    pub(super) fn is_origin(&self, policy: &Policy) -> bool {
        self.origin().iter().any(|origin| origin.pointer == policy.pointer)
    }

    /// A call on the key of a bucket in that Region, which is the key's too.
    fn on_key(network: &Network, region: &str, key: &'a KmsKey, action: &str) -> Call<'a> {
        let before = cat!("arn:", partition(&network.region), ":kms:");
        let resource = match (&key.arn, &key.account) {
            (Some(arn), _) => Text::whole(arn),
            (None, Some(account)) => Text::beginning(cat!(before, region, ":", account, ":key/")),
            (None, None) => Text::beginning(before),
        };
        let mut call = Call::of_role(action, resource);
        call.account = key.account.as_deref();
        call.component.clone_from(&key.component);
        call.kind = LayerKind::Key;
        call.policy = &key.policy;
        call.assumes = Some(Assumption::KeyPolicy);
        call.on_behalf = true;
        call
    }

    /// The same call, to be allowed by the policy of the key that the request names by its ARN or by its key in the
    /// document.
    fn on_named_key(mut self, network: &'a Network, request: Option<&Request>) -> Call<'a> {
        self.kind = LayerKind::Key;
        self.assumes = Some(Assumption::KeyPolicy);
        let Some(named) = request.and_then(|request| request.resource.as_deref()) else { return self };
        let is_it = |key: &&Arc<KmsKey>| named == key.component.name || key.arn.as_deref() == Some(named);
        let Some(key) = network.kms_keys.iter().find(is_it) else { return self };
        let mut call = Call::on_key(network, &network.region, key, &self.action);
        call.on_behalf = false;
        call
    }
}

/// What a call on a bucket or an access point is checked against: its ARN, or that of an object in it.
fn inside(mut arn: String, target: Target, between: &str, key: Option<&str>) -> Text {
    let is_object = target == Target::Object;
    if is_object {
        arn.push_str(between);
        arn.push_str(key.unwrap_or_default());
    }
    Text { text: arn, open: is_object && key.is_none() }
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

/// What keys of headers begin with that grant something to somebody.
const GRANT: &str = "s3:x-amz-grant-";

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
        let grant = name.get(..GRANT.len()).filter(|start| start.eq_ignore_ascii_case(GRANT));
        let of_header = if name.eq_ignore_ascii_case("s3:x-amz-acl") {
            values.0.iter().all(|value| value == "bucket-owner-full-control").into()
        } else if name.eq_ignore_ascii_case("s3:x-amz-grant-full-control") {
            Truth::Unknown
        } else if grant.is_some() {
            Truth::No
        } else {
            continue;
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
        let Operation { action, target } = *operation;
        let mut calls = Vec::new();
        if let Some(point) = through {
            calls.push(Call::on_access_point(point, action, target, key));
        }
        let mut on_bucket = Call::on_bucket(network, known, name, action, target, key);
        if let (None, Some(point)) = (known, through) {
            let resource = Text::beginning(cat!("arn:", partition(&point.region), ":s3:::"));
            on_bucket = Call::of_role(action, resource);
            on_bucket.component.clone_from(&point.component);
            on_bucket.is_unknown = true;
        }
        on_bucket.access_point = through;
        calls.push(on_bucket);
        if let Some(Bucket { region, permissions, .. }) = known
            && let Some(key) = &permissions.kms_key
            && cipher != Cipher::None
        {
            let action = if cipher == Cipher::Decrypt { "kms:Decrypt" } else { "kms:GenerateDataKey" };
            calls.push(Call::on_key(network, region, key, action));
        }
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
    request: Option<&'a Request>,
) -> Option<Vec<Call<'a>>> {
    let name = target.name;
    let operation = request.and_then(|request| request.operation.as_deref()).unwrap_or("GetObject");
    if host::directory_bucket_zone(name).is_some() {
        // What KMS is asked in a session is not modelled, nor what a copy reads elsewhere.
        let is_open = target.known.is_some_and(|known| known.permissions.kms_key.is_some())
            || request.is_some_and(|request| request.copy_source.is_some());
        let is_of_session = lists(IN_SESSIONS, operation) && !is_open;
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
const OF_NO_KEY: &str = "\
     ConnectCustomKeyStore CreateCustomKeyStore CreateKey DeleteCustomKeyStore DescribeCustomKeyStores \
     DisconnectCustomKeyStore GenerateRandom ListAliases ListKeys UpdateCustomKeyStore";

/// Services whose resources can have a policy of their own, of those that functions commonly call.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html>
const WITH_POLICIES: &str = "\
     dynamodb ecr elasticfilesystem es events execute-api glue kinesis lambda logs secretsmanager sns sqs";

/// What a request to another service needs; none where the question names no operation.
fn of_service<'a>(network: &'a Network, service: &str, request: Option<&'a Request>) -> Option<Vec<Call<'a>>> {
    let operation = request.and_then(|request| request.operation.as_deref())?;
    // Needs no permission, and none can be denied.
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    if service == "sts" && operation == "GetCallerIdentity" {
        return None;
    }
    if service == "s3" || service.starts_with("s3-") || service.starts_with("s3express") {
        // About a bucket that the question does not name.
        let Operation { action, .. } = s3_operation(operation)?;
        let mut call = Call::of_role(action, Text::beginning(cat!("arn:", partition(&network.region), ":s3:::")));
        call.is_unknown = true;
        return Some(vec![call]);
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
        _ => cat!(prefix, ":", operation),
    };
    let named = request.and_then(|request| request.resource.as_deref());
    let resource = match named {
        Some(arn) => Text::whole(arn),
        None => Text::beginning(cat!("arn:", partition(&network.region), ":")),
    };
    let mut call = Call::of_role(&action, resource);
    call.account = named.and_then(account_of_arn).filter(|account| account.len() == 12);
    call.component = Component::new(ComponentKind::Service, service);
    if lists(WITH_POLICIES, prefix) {
        call.assumes = Some(Assumption::ResourcePolicy);
    }
    if prefix == "kms" && !lists(OF_NO_KEY, operation) {
        call = call.on_named_key(network, request);
    }
    Some(vec![call])
}
