//! Buckets: `get-bucket-location` and `get-bucket-policy` do not say of which bucket.

use std::collections::BTreeMap;

use super::endpoints::read_policy;
use super::marks::Extent;
use super::{Builder, change};
use crate::document;
use crate::import::aws_cli::answers::PublicAccessBlock;
use crate::import::aws_cli::kind::ListKind;
use crate::import::aws_cli::scan::Findings;
use crate::import::places::pointer;
use crate::import::problem::ImportProblemKind;
use crate::json::Json;
use crate::network::is_account;

/// The key of the only bucket when nothing names it; its name decides nothing about the network.
const UNNAMED: &str = "bucket";

pub(super) fn buckets(builder: &mut Builder<'_>, findings: &Findings<'_>) {
    let mut first_file: BTreeMap<String, usize> = BTreeMap::new();
    for found in &findings.lists.buckets {
        if let Some(name) = found.item.name.owned() {
            let place = pointer("buckets", &name);
            builder.mark(found.file, &found.item.name, Extent::Key, place, &name, ListKind::Buckets.key());
            first_file.entry(name.clone()).or_insert(found.file);
            change(&mut builder.document.buckets, &name, |bucket| {
                bucket.region = bucket.region.take().or_else(|| found.item.bucket_region.owned());
            });
        }
    }
    let mut unnamed: Vec<&str> =
        findings.bucket_locations.iter().filter(|one| one.of.is_none()).map(|one| &*one.text).collect();
    unnamed.dedup();
    for location in &findings.bucket_locations {
        let only = only_bucket(&builder.document).filter(|_| unnamed.len() == 1);
        let nothing_else = (builder.document.buckets.is_empty() && unnamed.len() == 1).then(|| UNNAMED.to_owned());
        let Some(name) = location.of.clone().or(only).or(nothing_else) else {
            let call = "s3api get-bucket-location";
            builder.report_in(location.file, ImportProblemKind::UnnamedBucket { call });
            continue;
        };
        let region = match location.text.given() {
            // The oldest Region has no constraint, and the oldest constraint no Region's name.
            None => "us-east-1",
            Some("EU") => "eu-west-1",
            Some(region) => region,
        };
        let known = builder.document.buckets.get(&name).and_then(|bucket| bucket.region.as_deref());
        if known.is_some_and(|known| known != region) {
            let first = first_file.get(&name).map(|file| builder.name_of(*file)).unwrap_or_default();
            builder.report_in(location.file, ImportProblemKind::Conflict { id: name, first });
            continue;
        }
        first_file.entry(name.clone()).or_insert(location.file);
        builder.mark(
            location.file,
            &location.text,
            Extent::Key,
            pointer("buckets", &name),
            &name,
            "LocationConstraint",
        );
        change(&mut builder.document.buckets, &name, |bucket| bucket.region = Some(region.to_owned()));
    }
    for policy in &findings.bucket_policies {
        match policy.of.clone().or_else(|| only_bucket(&builder.document)) {
            Some(name) => {
                let text = read_policy(builder, &name, &policy.text);
                let place = [&pointer("buckets", &name), "/policy"].concat();
                builder.mark(policy.file, policy.raw, Extent::Value, place, &name, "Policy");
                change(&mut builder.document.buckets, &name, |bucket| bucket.policy = text);
            }
            None => {
                let call = "s3api get-bucket-policy";
                builder.report_in(policy.file, ImportProblemKind::UnnamedBucket { call });
            }
        }
    }
    for named in &findings.without_policy {
        if let Some(name) = named.of.clone().or_else(|| only_bucket(&builder.document)) {
            change(&mut builder.document.buckets, &name, |bucket| {
                bucket.policy.get_or_insert_with(|| Json::Text("none".to_owned()));
            });
        }
    }
    for (named, block) in &findings.public_access_blocks {
        let Some(name) = named.of.clone().or_else(|| only_bucket(&builder.document)) else {
            let call = "s3api get-public-access-block";
            builder.report_in(named.file, ImportProblemKind::UnnamedBucket { call });
            continue;
        };
        let place = [&pointer("buckets", &name), "/publicAccessBlock"].concat();
        builder.mark(named.file, named.raw, Extent::Here, place, &name, "PublicAccessBlockConfiguration");
        let block = public_access_block(*block);
        change(&mut builder.document.buckets, &name, |bucket| bucket.public_access_block = Some(block));
    }
    for (named, block) in &findings.account_blocks {
        // Which account it is of is told by nothing but the call.
        let Some(account) = named.of.as_ref().filter(|of| is_account(of)) else { continue };
        let place = [&pointer("accounts", account), "/publicAccessBlock"].concat();
        builder.mark(named.file, named.raw, Extent::Here, place, account, "PublicAccessBlockConfiguration");
        let block = public_access_block(*block);
        change(&mut builder.document.accounts, account, |account| account.public_access_block = Some(block));
    }
    accounts_of_buckets(builder, findings);
    let unknown: Vec<String> = builder
        .document
        .buckets
        .iter()
        .filter(|(_, bucket)| bucket.region.is_none())
        .map(|(name, _)| name.clone())
        .collect();
    if !unknown.is_empty() {
        builder.document.unknown_sections.push("buckets".to_owned());
        builder.report(ImportProblemKind::BucketRegionUnknown { buckets: unknown });
    }
}

/// The accounts that own buckets, where the answers tell: who asks for the buckets is listed the own ones, and who asks
/// for a bucket's policy, or for an account's Block Public Access, is answered in the own account only.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>
fn accounts_of_buckets(builder: &mut Builder<'_>, findings: &Findings<'_>) {
    let asked = findings.account_blocks.iter().filter_map(|(named, _)| named.of.as_ref());
    let mut callers: Vec<&String> = findings.callers.iter().chain(asked).filter(|of| is_account(of)).collect();
    callers.sort();
    callers.dedup();
    let [account] = callers.as_slice() else { return };
    let listed = findings.lists.buckets.iter().filter_map(|found| found.item.name.owned());
    let with_policy = findings.bucket_policies.iter().chain(&findings.without_policy);
    let with_policy: Vec<String> =
        with_policy.filter_map(|named| named.of.clone().or_else(|| only_bucket(&builder.document))).collect();
    for name in listed.chain(with_policy) {
        change(&mut builder.document.buckets, &name, |bucket| bucket.account = Some((*account).clone()));
    }
}

pub(super) fn public_access_block(block: PublicAccessBlock) -> document::PublicAccessBlock {
    document::PublicAccessBlock {
        block_public_acls: block.block_public_acls,
        ignore_public_acls: block.ignore_public_acls,
        block_public_policy: block.block_public_policy,
        restrict_public_buckets: block.restrict_public_buckets,
    }
}

pub(super) fn only_bucket(document: &document::Document) -> Option<String> {
    let mut names = document.buckets.keys();
    names.next().filter(|_| names.next().is_none()).cloned()
}
