//! KMS keys, and which of them encrypts what bucket holds.

use super::buckets::only_bucket;
use super::endpoints::read_policy;
use super::marks::Extent;
use super::{Builder, change};
use crate::import::aws_cli::scan::Findings;
use crate::import::places::pointer;

/// The id of a key out of its ARN; an id is itself.
fn id_of(key: &str) -> &str {
    key.rsplit_once(":key/").map_or(key, |(_, id)| id)
}

pub(super) fn kms_keys(builder: &mut Builder<'_>, findings: &Findings<'_>) {
    for (named, key) in &findings.keys {
        let Some(id) = key.key_id.given().filter(|_| key.key_manager.given() != Some("AWS")) else { continue };
        builder.mark(named.file, named.raw, Extent::Here, pointer("kmsKeys", id), id, "KeyMetadata");
        change(&mut builder.document.kms_keys, id, |known| known.arn = key.arn.owned());
    }
    let of_aws = |id: &str| {
        let mut keys = findings.keys.iter().map(|(_, key)| key);
        keys.any(|key| key.key_manager.given() == Some("AWS") && key.key_id.given() == Some(id))
    };
    for policy in &findings.key_policies {
        let Some(key) = policy.of.as_deref().filter(|key| !of_aws(id_of(key))) else { continue };
        let id = id_of(key);
        let read = read_policy(builder, id, &policy.text);
        let place = [&pointer("kmsKeys", id), "/policy"].concat();
        builder.mark(policy.file, policy.raw, Extent::Value, place, id, "Policy");
        let arn = key.starts_with("arn:").then(|| key.to_owned());
        change(&mut builder.document.kms_keys, id, |known| {
            known.policy = read;
            known.arn = known.arn.take().or(arn);
        });
    }
}

/// A bucket's key by id, ARN or alias. AWS's own, which lets in every principal of the account, need not be named.
pub(super) fn keys_of_buckets(builder: &mut Builder<'_>, findings: &Findings<'_>) {
    for bucket_key in &findings.bucket_keys {
        let Some(text) = bucket_key.text.given() else { continue };
        let Some(name) = bucket_key.of.clone().or_else(|| only_bucket(&builder.document)) else { continue };
        let asked = findings.keys.iter().find(|(named, key)| {
            named.of.as_deref() == Some(text) || key.arn.given() == Some(text) || key.key_id.given() == Some(text)
        });
        let is_of_aws = asked.is_some_and(|(_, key)| key.key_manager.given() == Some("AWS"));
        if is_of_aws || text.ends_with("alias/aws/s3") {
            continue;
        }
        let id = asked.and_then(|(_, key)| key.key_id.given()).unwrap_or_else(|| id_of(text));
        let key = match builder.document.kms_keys.contains_key(id) {
            true => Some(id.to_owned()),
            false => text.contains(":key/").then(|| text.to_owned()),
        };
        let place = [&pointer("buckets", &name), "/kmsKey"].concat();
        builder.mark(bucket_key.file, bucket_key.raw, Extent::Here, place, &name, "KMSMasterKeyID");
        match key {
            Some(key) => change(&mut builder.document.buckets, &name, |bucket| bucket.kms_key = Some(key)),
            // A key of which only an alias is known is open, not absent.
            None => builder.document.unknown_sections.push(["buckets/", &name].concat()),
        }
    }
}
