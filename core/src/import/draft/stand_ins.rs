//! What stands for values that AWS gives at deployment, and where it could matter.

use super::Draft;
use crate::import::cloudformation::SOME_ACCOUNT;
use crate::import::problem::{ImportProblem, ImportProblemKind};
use crate::json::Json;

impl Draft<'_> {
    /// An address that AWS assigns at deployment, from the range for documentation (RFC 5737).
    pub(super) fn assigned_address(&mut self, owner: usize) -> String {
        let count = self.assigned.len();
        let name = self.name(owner);
        self.assigned.push(name);
        format!("203.0.113.{}", 1 + count % 254)
    }

    /// Tells of stand-ins where something in the document asks for the values that they stand for.
    pub(super) fn stand_ins(&mut self) {
        if !self.assigned.is_empty() && (self.has_policy_about_addresses() || self.has_rule_about_a_public_address()) {
            let resources = std::mem::take(&mut self.assigned);
            self.problems
                .push(ImportProblem { kind: ImportProblemKind::AddressesAssigned { resources }, location: None });
        }
        let has_account = |policy: &Json| policy.has_text(&|text| text.contains(SOME_ACCOUNT));
        let is_in_name = |name: &Option<String>| name.as_ref().is_some_and(|name| name.contains(SOME_ACCOUNT));
        if self.policies().any(has_account) || self.document.buckets.values().any(|one| is_in_name(&one.bucket_name)) {
            let kind = ImportProblemKind::AccountAssumed { account: SOME_ACCOUNT };
            self.problems.push(ImportProblem { kind, location: None });
        }
    }

    fn policies(&self) -> impl Iterator<Item = &Json> {
        let document = &self.document;
        let inline = document.roles.values().flat_map(|role| role.policies.iter().flat_map(|section| section.values()));
        let managed = document.managed_policies.values().filter_map(|policy| policy.policy.as_ref());
        let buckets = document.buckets.values().filter_map(|bucket| bucket.policy.as_ref());
        let endpoints = document.vpc_endpoints.values().filter_map(|endpoint| endpoint.policy.as_ref());
        inline.chain(managed).chain(buckets).chain(endpoints)
    }

    fn has_policy_about_addresses(&self) -> bool {
        let operators = |statement: &Json| match statement.get("Condition") {
            Some(Json::Object(operators)) => {
                operators.iter().any(|(operator, _)| operator.to_ascii_lowercase().contains("ipaddress"))
            }
            _ => false,
        };
        self.policies().any(|policy| policy.get("Statement").map(Json::items).unwrap_or_default().iter().any(operators))
    }

    /// Whether a rule admits or refuses what comes from a single public address, such as that of a NAT gateway.
    fn has_rule_about_a_public_address(&self) -> bool {
        let is_single = |block: &str| {
            let address = block.strip_suffix("/32").and_then(|address| address.parse::<std::net::Ipv4Addr>().ok());
            address.is_some_and(|address| !address.is_private() && !address.is_broadcast() && !address.is_loopback())
        };
        let groups = self.document.security_groups.values();
        let mut rules = groups.flat_map(|group| group.ingress.iter());
        let acls = self.document.network_acls.values();
        let mut of_acls = acls.flat_map(|acl| acl.ingress.iter());
        rules.any(|rule| is_single(&rule.peer)) || of_acls.any(|rule| is_single(&rule.cidr))
    }
}
