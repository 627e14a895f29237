//! S3 access points: `list-access-points` and `get-access-point` name their bucket, `get-access-point-policy` says of none.

use super::buckets::public_access_block;
use super::endpoints::read_policy;
use super::marks::Extent;
use super::{Builder, change};
use crate::document;
use crate::import::aws_cli::answers::AccessPoint;
use crate::import::aws_cli::scan::Findings;
use crate::import::places::pointer;
use crate::json::Json;

pub(super) fn access_points(builder: &mut Builder<'_>, findings: &Findings<'_>) {
    for (named, point) in &findings.access_points {
        let (Some(name), Some(bucket)) = (point.name.given(), point.bucket.given()) else { continue };
        builder.mark(named.file, named.raw, Extent::Here, pointer("accessPoints", name), name, "AccessPoint");
        let own = builder.document.account.clone();
        let other =
            |account: Option<&str>| account.filter(|account| own.as_deref() != Some(account)).map(str::to_owned);
        let mut arn = point.access_point_arn.given().unwrap_or_default().splitn(6, ':').skip(3);
        let region = arn.next().filter(|region| !region.is_empty());
        let account = other(arn.next().filter(|account| !account.is_empty()));
        let owner = other(point.bucket_account_id.given());
        // An access point is in the Region of its bucket.
        change(&mut builder.document.buckets, bucket, |bucket| {
            bucket.region = bucket.region.take().or_else(|| region.map(str::to_owned));
            bucket.account = bucket.account.take().or(owner);
        });
        change(&mut builder.document.access_points, name, |known| describe(known, point, bucket, account));
    }
    for policy in &findings.access_point_policies {
        let Some(name) = policy.of.clone().or_else(|| only(&builder.document)) else { continue };
        let text = read_policy(builder, &name, &policy.text);
        let place = [&pointer("accessPoints", &name), "/policy"].concat();
        builder.mark(policy.file, policy.raw, Extent::Value, place, &name, "Policy");
        if let Some(point) = builder.document.access_points.get_mut(&name) {
            point.policy = text;
        }
    }
    for named in &findings.access_points_without_policy {
        let Some(name) = named.of.clone().or_else(|| only(&builder.document)) else { continue };
        if let Some(point) = builder.document.access_points.get_mut(&name) {
            point.policy.get_or_insert_with(|| Json::Text("none".to_owned()));
        }
    }
}

/// Adds what one answer tells; the answer about all of them tells less than that about one.
fn describe(known: &mut document::AccessPoint, point: &AccessPoint<'_>, bucket: &str, account: Option<String>) {
    let vpc = point.vpc_configuration.as_ref().and_then(|configuration| configuration.vpc_id.owned());
    let is_of_vpc = point.network_origin.given() == Some("VPC");
    known.bucket = bucket.to_owned();
    known.account = known.account.take().or(account);
    known.alias = known.alias.take().or_else(|| point.alias.owned());
    known.vpc = known.vpc.take().or(vpc).or_else(|| is_of_vpc.then(|| "unknown".to_owned()));
    let block = point.public_access_block_configuration.map(public_access_block);
    // What no answer tells is not what a new access point has.
    known.public_access_block =
        block.or_else(|| known.public_access_block.take()).or_else(|| Some(document::PublicAccessBlock::default()));
}

fn only(document: &document::Document) -> Option<String> {
    let mut names = document.access_points.keys();
    names.next().filter(|_| names.next().is_none()).cloned()
}
