//! KMS keys, the keys of buckets, and Block Public Access of whole accounts.

use super::policies::policy_in;
use super::{Draft, Want, change};
use crate::document;
use crate::import::inventory::{Kind, Resource, block, field};
use crate::import::places::pointer;
use crate::import::tree::{Node, Value};
use crate::json::Json;

const BUCKET: Want = Want { kinds: &[Kind::Bucket], section: "buckets" };

/// What an alias may lead through.
const DEEPEST: usize = 4;

impl Draft<'_> {
    pub(super) fn kms_keys(&mut self) {
        for (position, resource) in self.of(Kind::KmsKey) {
            let name = self.name(position);
            let node = policy_in(&resource.fields);
            // Of a key that exists already, nothing more is told than its name; a new one has the policy that AWS
            // gives it. What only apply tells stays open.
            let policy = match node {
                Some((property, node)) if self.is_left_to_apply(position, property, node) => None,
                Some((property, node)) => {
                    let place = [&pointer("kmsKeys", &name), "/policy"].concat();
                    Some(self.policy_at(position, node, property, place))
                }
                None => self.default_key_policy().filter(|_| !resource.is_data),
            };
            let arn = field(&resource.fields, "arn").and_then(Node::scalar).filter(|arn| arn.starts_with("arn:"));
            let key = document::KmsKey { arn: arn.map(str::to_owned), policy, ..document::KmsKey::default() };
            self.document.kms_keys.insert(name, key);
            self.remember_component("kmsKeys", position);
        }
        for (position, resource) in self.of(Kind::KmsKeyPolicy) {
            let key = field(&resource.fields, "key_id").and_then(|node| self.kms_key_named(node, DEEPEST));
            let (Some(name), Some(node)) = (key, field(&resource.fields, "policy")) else { continue };
            let open = self.is_left_to_apply(position, "policy", node);
            let place = [&pointer("kmsKeys", &name), "/policy"].concat();
            let policy = (!open).then(|| self.policy_at(position, node, "policy", place));
            if let Some(key) = self.document.kms_keys.get_mut(&name) {
                key.policy = policy;
            }
        }
    }

    /// The policy of a key that is made without one: the account's own policies decide.
    fn default_key_policy(&self) -> Option<Json> {
        let before = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":""#;
        Json::read(&[before, &self.account_root(), r#""},"Action":"kms:*","Resource":"*"}]}"#].concat())
    }

    /// The key that a value names, by reference, id, ARN or alias; none where no file has it.
    fn kms_key_named(&self, node: &Node, depth: usize) -> Option<String> {
        let found = match &node.value {
            Value::Reference { resource, .. } => Some(*resource),
            Value::Text(text) => {
                let is_it = |resource: &Resource| {
                    let names = ["id", "arn", "key_id", "name", "alias_name"].iter();
                    let named = names.filter_map(|property| field(&resource.fields, property)?.scalar());
                    named.filter(|own| !own.is_empty()).any(|own| own == text)
                };
                let called = self.called(Kind::KmsKey, text).chain(self.called(Kind::KmsAlias, text));
                let mut found = called.filter(|(_, one)| is_it(one));
                let first = found.next();
                // A mocked provider can give several the same ARN.
                first.filter(|_| found.next().is_none()).map(|(position, _)| position)
            }
            _ => None,
        }?;
        match self.resources.get(found)? {
            key if key.kind == Kind::KmsKey => Some(self.name(found)),
            alias if alias.kind == Kind::KmsAlias && depth > 0 => {
                self.kms_key_named(field(&alias.fields, "target_key_id")?, depth - 1)
            }
            _ => None,
        }
    }

    pub(super) fn bucket_encryption(&mut self) {
        for (position, resource) in self.of(Kind::Bucket) {
            let fields = &resource.fields;
            let encryption = block(fields, "bucket_encryption");
            // CloudFormation calls the list of rules as Terraform calls the block around them.
            let rule = match encryption {
                Some(encryption) => block(encryption, "server_side_encryption_configuration"),
                None => block(fields, "server_side_encryption_configuration").and_then(|outer| block(outer, "rule")),
            };
            let name = self.name(position);
            self.key_of_bucket(position, &name, rule);
        }
        for (position, resource) in self.of(Kind::BucketEncryption) {
            let Some(node) = field(&resource.fields, "bucket") else { continue };
            let Some(name) = self.bucket_named(position, node) else { continue };
            self.key_of_bucket(position, &name, block(&resource.fields, "rule"));
        }
    }

    fn key_of_bucket(&mut self, position: usize, bucket: &str, rule: Option<&Node>) {
        let by_default = rule.and_then(|rule| {
            let names = ["server_side_encryption_by_default", "apply_server_side_encryption_by_default"];
            names.iter().find_map(|name| block(rule, name))
        });
        let Some(by_default) = by_default else { return };
        let algorithm = field(by_default, "sse_algorithm").and_then(Node::scalar);
        // AWS's own key, which is used where none is named, lets in every principal of the account.
        let Some(node) = field(by_default, "kms_master_key_id").filter(|_| algorithm != Some("AES256")) else { return };
        let arn = || node.scalar().filter(|text| text.starts_with("arn:") && text.contains(":key/")).map(str::to_owned);
        match self.kms_key_named(node, DEEPEST).or_else(arn) {
            Some(key) => {
                let at = self.place_in(position, node);
                change(&mut self.document.buckets, bucket, |bucket| bucket.kms_key = Some(key));
                self.remember([&pointer("buckets", bucket), "/kmsKey"].concat(), position, at);
            }
            None if node.scalar().is_some_and(|text| text.ends_with("alias/aws/s3")) => {}
            None => {
                if let Value::Unknown(unknown) = node.value {
                    self.tell(position, node, "kms_master_key_id", unknown);
                }
                self.uncertain("buckets", bucket);
            }
        }
    }

    pub(super) fn account_public_access_block(&mut self) {
        for (position, resource) in self.of(Kind::AccountPublicAccessBlock) {
            let own = field(&resource.fields, "account_id").and_then(Node::scalar).map(str::to_owned);
            let Some(account) = own.or_else(|| self.document.account.clone()) else { continue };
            let settings = self.public_access_settings(&resource.fields);
            change(&mut self.document.accounts, &account, |account| account.public_access_block = Some(settings));
            self.remember([&pointer("accounts", &account), "/publicAccessBlock"].concat(), position, resource.at);
        }
    }

    /// The bucket that a value names, by its own name too.
    pub(super) fn bucket_named(&mut self, position: usize, node: &Node) -> Option<String> {
        let by_name = node.scalar().and_then(|text| self.keys_of_buckets.get(text).cloned());
        by_name.or_else(|| self.target(position, node, "bucket", BUCKET))
    }
}
