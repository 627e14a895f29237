//! What an operation needs: actions, and what they are checked against.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>

use crate::component::{Component, ComponentKind};
use crate::fact::Fact;
use crate::network::{Bucket, KmsKey, Network, PolicySet, partition};
use crate::policy::{LayerKind, Text, Truth};
use crate::query::Request;

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
    /// Whether it is a bucket, of which a person can know the policy.
    pub(super) is_bucket: bool,
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
            is_bucket: false,
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
            is_bucket: true,
            ..Call::of_role(action, Text::whole(""))
        }
    }

    /// A call through an access point: neither its policy nor the bucket behind it is known.
    fn through_access_point(network: &Network, name: &str, action: &str) -> Call<'a> {
        Call {
            component: Component::new(ComponentKind::Bucket, name),
            kind: LayerKind::AccessPoint,
            ..Call::of_role(action, Text::beginning(["arn:", partition(&network.region), ":s3:"].concat()))
        }
    }

    /// A call on the key of a bucket in that Region, which is the key's too.
    fn on_key(network: &Network, region: &str, key: &'a KmsKey, cipher: Cipher) -> Call<'a> {
        let action = if cipher == Cipher::Decrypt { "kms:Decrypt" } else { "kms:GenerateDataKey" };
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
            on_behalf: true,
            ..Call::of_role(action, resource)
        }
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
        let of_question = self.query.to.trim().strip_prefix("s3://").and_then(|rest| rest.split_once('/'));
        let key = request.and_then(|request| request.key.as_deref()).or(of_question.map(|(_, key)| key));
        let key = key.filter(|key| !key.is_empty());
        let calls = of_bucket(self.network, bucket, name, key, request)?;
        Some(self.asked(region, calls))
    }

    /// The same of a request to another service; none where the question names no operation.
    pub(super) fn asked_of_service(&self, service: &str, region: &str) -> Option<Asked<'a>> {
        let calls = of_service(self.network, service, self.query.request.as_ref())?;
        Some(self.asked(region, calls))
    }

    /// A copy between Regions is refused through endpoints of either type (R6.12, R15.2).
    pub(super) fn refused_copy(&self, bucket_region: &str) -> Option<Fact> {
        let request = self.query.request.as_ref()?;
        let operation = request.operation.as_deref()?;
        if !matches!(operation, "CopyObject" | "UploadPartCopy") {
            return None;
        }
        let source = request.copy_source.as_deref()?;
        let source = source.strip_prefix("s3://").unwrap_or(source).split('/').next()?;
        let (_, known) = self
            .network
            .buckets
            .iter()
            .find(|(_, bucket)| bucket.component.name == source || bucket.bucket_name == source)?;
        (known.region != bucket_region).then(|| Fact::CopyRefused { source_region: known.region.clone() })
    }
}

/// What a request to a bucket needs; none where it is not known what the operation needs.
fn of_bucket<'a>(
    network: &'a Network,
    known: Option<&'a Bucket>,
    name: &str,
    key: Option<&str>,
    request: Option<&Request>,
) -> Option<Vec<Call<'a>>> {
    // Directory buckets have actions and sessions of their own.
    if host::directory_bucket_zone(name).is_some() {
        return None;
    }
    let operation = request.and_then(|request| request.operation.as_deref()).unwrap_or("GetObject");
    if known.is_none() && host::is_access_point(name) {
        return Some(vec![Call::through_access_point(network, name, s3_operation(operation)?.action)]);
    }
    let mut calls = Vec::new();
    let mut add = |known: Option<&'a Bucket>, name: &str, operation: &Operation, key: Option<&str>, cipher: Cipher| {
        calls.push(Call::on_bucket(network, known, name, operation.action, operation.target, key));
        let with = known.and_then(|known| Some((&known.region, known.permissions.kms_key.as_ref()?)));
        let with = with.filter(|_| cipher != Cipher::None);
        calls.extend(with.map(|(region, key)| Call::on_key(network, region, key, cipher)));
    };
    if matches!(operation, "CopyObject" | "UploadPartCopy") {
        // Reading the source and writing the target are two requests to policies.
        let source = request.and_then(|request| request.copy_source.as_deref()).map(|source| {
            let source = source.strip_prefix("s3://").unwrap_or(source);
            source.split_once('/').map_or((source, None), |(bucket, key)| (bucket, Some(key)))
        });
        let (bucket, source_key) = source.filter(|(bucket, _)| !bucket.is_empty()).unwrap_or((name, None));
        let mut declared = network.buckets.iter().map(|(_, bucket)| bucket);
        let declared = declared.find(|known| known.component.name == bucket || known.bucket_name == bucket);
        let bucket_name = declared.map_or(bucket, |known| known.bucket_name.as_str());
        let source_key = source_key.filter(|key| !key.is_empty());
        add(declared, bucket_name, &on("s3:GetObject", Target::Object), source_key, Cipher::Decrypt);
        add(known, name, &on("s3:PutObject", Target::Object), key, Cipher::Encrypt);
        return Some(calls);
    }
    let needed = s3_operation(operation)?;
    let cipher = match needed.action {
        "s3:GetObject" => Cipher::Decrypt,
        "s3:PutObject" => Cipher::Encrypt,
        _ => Cipher::None,
    };
    add(known, name, &needed, key, cipher);
    Some(calls)
}

/// What a request to another service needs; none where the question names no operation.
fn of_service<'a>(network: &Network, service: &str, request: Option<&Request>) -> Option<Vec<Call<'a>>> {
    let operation = request.and_then(|request| request.operation.as_deref())?;
    if service == "s3" || service.starts_with("s3-") || service.starts_with("s3express") {
        return None;
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
    let account = resource.text.split(':').nth(4).filter(|account| account.len() == 12).map(str::to_owned);
    let call = Call::of_role(&action, resource);
    Some(vec![Call { account, component: Component::new(ComponentKind::Service, service), ..call }])
}
