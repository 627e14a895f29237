//! Whether S3 takes a bucket policy for public.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>

use super::Policy;
use super::condition::{Comparison, Condition, Listed, SetOperator};
use super::principal::Principal;
use super::scalar::Block;
use super::statement::{Effect, Statement};
use super::truth::Truth;
use crate::query::Family;
use crate::texts::lists;

/// Keys that limit a statement when they are fixed.
const LIMITING: &str = "\
     aws:principalorgid aws:sourceaccount aws:sourcearn aws:sourceip aws:sourceowner aws:sourcevpc aws:sourcevpce \
     aws:userid s3:dataaccesspointaccount s3:dataaccesspointarn s3:x-amz-server-side-encryption-aws-kms-key-id";

impl Policy {
    /// Whether S3 takes it for public: some statement allows without being limited to fixed values.
    pub fn is_public(&self) -> Truth {
        self.statements.iter().fold(Truth::No, |truth, statement| truth.or(statement.is_public()))
    }
}

impl Statement {
    fn is_public(&self) -> Truth {
        let Some(principals) = self.principals.as_ref().filter(|_| self.effect == Some(Effect::Allow)) else {
            return Truth::No;
        };
        if self.conditions.iter().any(Condition::limits) {
            return Truth::No;
        }
        let is_open = |listed: &Listed| matches!(listed, Listed::Open(_));
        let may_limit = self.conditions.iter().any(|condition| condition.values.iter().any(is_open));
        let is_everyone = principals.negated || principals.listed.iter().any(Principal::is_everyone);
        if is_everyone && !may_limit {
            Truth::Yes
        } else if is_everyone || !principals.listed.iter().all(Principal::is_fixed) {
            Truth::Unknown
        } else {
            Truth::No
        }
    }
}

impl Condition {
    /// Whether it holds for fixed values only.
    fn limits(&self) -> bool {
        let Some(operator) = self.operator else { return false };
        let demands = !operator.negated
            && !self.if_exists
            && self.set != Some(SetOperator::ForAllValues)
            && operator.comparison != Comparison::Null;
        demands
            && lists(LIMITING, &self.key_text.to_ascii_lowercase())
            && !self.values.is_empty()
            && self.values.iter().all(|listed| match listed {
                Listed::Pattern(pattern) => !pattern.has_variables() && !pattern.has_wildcards(),
                Listed::Plain(text) if operator.comparison == Comparison::Address => {
                    Block::read(text).is_some_and(|block| {
                        let private = block.family == Family::Ipv4
                            && [(0x0A00_0000, 0x0AFF_FFFF), (0xAC10_0000, 0xAC1F_FFFF), (0xC0A8_0000, 0xC0A8_FFFF)]
                                .iter()
                                .any(|(first, last)| *first <= block.first && block.last <= *last);
                        let shortest = if block.family == Family::Ipv4 { 8 } else { 32 };
                        private || block.prefix >= shortest
                    })
                }
                _ => false,
            })
    }
}
