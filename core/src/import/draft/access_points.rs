//! S3 access points with their policies.

use super::{Draft, change};
use crate::document;
use crate::import::cloudformation::SOME_ACCOUNT;
use crate::import::inventory::{Kind, Resource, block, field};
use crate::import::places::pointer;
use crate::import::tree::{Node, Value};
use crate::json::Json;
use crate::network::{access_point_arn, is_account};

const SECTION: &str = "accessPoints";

impl Draft<'_> {
    /// Access points without their policies, which can name them.
    pub(super) fn access_points(&mut self) {
        for (position, resource) in self.of(Kind::AccessPoint) {
            let name = self.name(position);
            let fields = &resource.fields;
            let owner = account_of(fields, "bucket_account_id");
            let Some(bucket) = field(fields, "bucket").and_then(|node| self.bucket_of_point(position, node, owner))
            else {
                continue;
            };
            let vpc = block(fields, "vpc_configuration").and_then(|block| field(block, "vpc_id"));
            let own = self.quiet_text(fields, "name").filter(|own| *own != name);
            let text = |property: &str| field(fields, property).and_then(Node::scalar).filter(|text| !text.is_empty());
            let settings = block(fields, "public_access_block_configuration");
            let point = document::AccessPoint {
                bucket,
                access_point_name: own,
                account: account_of(fields, "account_id").filter(|own| Some(own) != self.document.account.as_ref()),
                alias: text("alias").map(str::to_owned),
                vpc: vpc.map(|node| self.vpc_of_point(node)),
                policy: None,
                public_access_block: settings.map(|settings| self.public_access_settings(settings)),
            };
            self.document.access_points.insert(name, point);
            self.remember_component(SECTION, position);
        }
    }

    /// The bucket of an access point. One of which no file tells more is a bucket of that name all the same.
    fn bucket_of_point(&mut self, position: usize, node: &Node, owner: Option<String>) -> Option<String> {
        let text = node.scalar().filter(|text| !text.is_empty() && !self.ids.contains_key(*text));
        let known = text.is_none_or(|text| {
            let mut buckets = self.document.buckets.iter();
            buckets.any(|(key, bucket)| key == text || bucket.bucket_name.as_deref() == Some(text))
        });
        if known {
            return self.bucket_named(position, node);
        }
        let bucket = text?.to_owned();
        let account = owner.filter(|owner| Some(owner) != self.document.account.as_ref());
        self.document.buckets.insert(bucket.clone(), document::Bucket { account, ..document::Bucket::default() });
        Some(bucket)
    }

    /// The VPC from which an access point takes requests; one that no file has keeps its id.
    fn vpc_of_point(&self, node: &Node) -> String {
        let found = match &node.value {
            Value::Reference { resource, .. } => Some(*resource),
            Value::Text(text) => self.ids.get(text).map(|(resource, _)| *resource),
            _ => None,
        };
        let is_vpc = |resource: &usize| self.resources.get(*resource).is_some_and(|found| found.kind == Kind::Vpc);
        let text = node.scalar().filter(|text| text.starts_with("vpc-"));
        match found.filter(is_vpc) {
            Some(vpc) => self.name(vpc),
            None => text.unwrap_or("unknown").to_owned(),
        }
    }

    pub(super) fn access_point_policies(&mut self) {
        for (position, resource) in self.of(Kind::AccessPoint) {
            let name = self.name(position);
            let is_open = resource.is_data || self.is_of_terraform(position);
            let policy = match field(&resource.fields, "policy") {
                None if is_open => None,
                // A state has an empty text for none.
                None => Some(Json::Text("none".to_owned())),
                Some(node) if node.scalar() == Some("") => Some(Json::Text("none".to_owned())),
                // Whatever a plan does not tell, AWS gives; mostly there is none.
                Some(node) if matches!(node.value, Value::Unknown(_)) && is_open => None,
                Some(node) => {
                    let place = [&pointer(SECTION, &name), "/policy"].concat();
                    Some(self.policy_at(position, node, "policy", place))
                }
            };
            change(&mut self.document.access_points, &name, |point| point.policy = policy);
        }
        for (position, resource) in self.of(Kind::AccessPointPolicy) {
            let node = field(&resource.fields, "access_point_arn");
            let policy = field(&resource.fields, "policy");
            let (Some(name), Some(policy)) = (node.and_then(|node| self.access_point_named(node)), policy) else {
                continue;
            };
            if self.is_left_to_apply(position, "policy", policy) {
                change(&mut self.document.access_points, &name, |point| point.policy = None);
                continue;
            }
            let place = [&pointer(SECTION, &name), "/policy"].concat();
            let policy = self.policy_at(position, policy, "policy", place);
            // Whether there is one can be open.
            let policy = if resource.uncertain.is_some() { self.unknown_policy(position) } else { policy };
            change(&mut self.document.access_points, &name, |point| point.policy = Some(policy));
        }
    }

    /// The access point that a value names, by reference or ARN; none where no file has it.
    fn access_point_named(&self, node: &Node) -> Option<String> {
        let is_point = |position: usize| self.resources.get(position).is_some_and(|one| one.kind == Kind::AccessPoint);
        match &node.value {
            Value::Reference { resource, .. } => is_point(*resource).then(|| self.name(*resource)),
            Value::Text(text) => {
                let has_arn = |one: &Resource| field(&one.fields, "arn").and_then(Node::scalar) == Some(text);
                let mut found = self.called(Kind::AccessPoint, text).filter(|(_, one)| has_arn(one));
                // A mocked provider can give several the same ARN.
                let first = found.next().filter(|_| found.next().is_none());
                first.map(|(position, _)| self.name(position))
            }
            _ => None,
        }
    }

    /// The ARN of an access point of the document, as policies name it.
    pub(super) fn access_point_arn(&self, key: &str) -> String {
        let point = self.document.access_points.get(key);
        let account = point.and_then(|point| point.account.as_deref()).or(self.document.account.as_deref());
        let region = point.and_then(|point| self.document.buckets.get(&point.bucket)?.region.as_deref());
        let region = region.or(self.document.region.as_deref()).unwrap_or("us-east-1");
        let account = account.unwrap_or(SOME_ACCOUNT);
        access_point_arn(region, account, &self.access_point_name(key))
    }

    /// The name of an access point of the document.
    pub(super) fn access_point_name(&self, key: &str) -> String {
        let own = self.document.access_points.get(key).and_then(|point| point.access_point_name.clone());
        own.unwrap_or_else(|| key.to_owned())
    }
}

/// An account that a field names.
fn account_of(fields: &Node, property: &str) -> Option<String> {
    let text = field(fields, property).and_then(Node::scalar);
    text.filter(|text| is_account(text)).map(str::to_owned)
}
