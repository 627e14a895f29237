//! What stands for values that AWS gives at deployment, and where it could matter.

use super::Draft;
use crate::import::cloudformation::SOME_ACCOUNT;
use crate::import::problem::{ImportProblem, ImportProblemKind};
use crate::json::Json;

impl Draft<'_> {
    /// Tells of stand-ins where something in the document asks for the values that they stand for.
    pub(super) fn stand_ins(&mut self) {
        if !self.assigned.is_empty() && self.has_policy_about_addresses() {
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
        let points = document.access_points.values().filter_map(|point| point.policy.as_ref());
        inline.chain(managed).chain(buckets).chain(points).chain(endpoints)
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
}
