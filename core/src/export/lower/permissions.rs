//! Roles, managed policies and keys that are there, with the policies that a change gives them.
//!
//! Who may assume a role and who manages a key is not in the document, so that neither is made anew: these resources
//! are there for what is attached to them.

use super::{Lowering, step, workloads};
use crate::export::resource::{Attribute, Kind, Term, fields, id_of};
use crate::json::Json;

impl Lowering<'_> {
    /// What a change of permissions is about.
    pub(super) fn permissions(&mut self) {
        self.managed_policies();
        self.kms_keys();
        self.roles();
    }

    fn managed_policies(&mut self) {
        for (name, managed) in &self.document.managed_policies {
            match managed.policy.as_ref().and_then(workloads::policy) {
                Some(policy) => {
                    let settings = vec![("PolicyDocument", policy)];
                    self.add(Kind::ManagedPolicy, &["managedPolicy/", name].concat(), settings);
                }
                None => self.leave_out("managedPolicies", name, ""),
            }
        }
    }

    fn kms_keys(&mut self) {
        for (name, key) in &self.document.kms_keys {
            let settings = fields([("KeyPolicy", key.policy.as_ref().and_then(workloads::policy))]);
            self.add(Kind::KmsKey, &["kmsKey/", name].concat(), settings);
            let rest =
                [("account", true), ("arn", true), ("policy", key.policy.as_ref().is_some_and(workloads::is_unknown))];
            self.leave_out_fields("kmsKeys", name, &rest);
        }
    }

    fn roles(&mut self) {
        for (name, role) in &self.document.roles {
            let key = ["role/", name].concat();
            if key == workloads::ROLE {
                self.leave_out("roles", name, "");
                continue;
            }
            self.add(Kind::ExistingRole, &key, Vec::new());
            for (policy_name, policy) in role.policies.iter().flatten() {
                let rest = ["/policies/", &step(policy_name)].concat();
                let Some(document) = workloads::policy(policy) else {
                    self.leave_out("roles", name, &rest);
                    continue;
                };
                let settings =
                    vec![("RoleName", id_of(&key)), ("PolicyName", policy_name.into()), ("PolicyDocument", document)];
                self.push(Kind::RolePolicy, &key, &["policy ", policy_name].concat(), policy_name, settings);
                self.from(&rest);
            }
            for (position, policy) in role.managed_policies.iter().flatten().enumerate() {
                let arn = match self.document.managed_policies.get(policy) {
                    Some(declared) => match &declared.arn {
                        Some(arn) => arn.into(),
                        None => Term::Of(["managedPolicy/", policy].concat(), Attribute::Arn),
                    },
                    None => policy.into(),
                };
                let settings = vec![("RoleName", id_of(&key)), ("PolicyArn", arn)];
                let part = policy.rsplit('/').next().unwrap_or(policy);
                self.push(Kind::RolePolicyAttachment, &key, &["attachment ", policy].concat(), part, settings);
                self.from(&["/managedPolicies/", &position.to_string()].concat());
            }
            let said = ["account", "path", "roleName", "permissionsBoundary", "tags"];
            self.leave_out_fields("roles", name, &said.map(|field| (field, true)));
        }
    }

    /// Whether a policy of a role names something that is called otherwise in AWS.
    pub(super) fn note_role_policies(&mut self, names_one: &dyn Fn(Option<&Json>) -> bool) {
        for (name, role) in &self.document.roles {
            for (policy_name, policy) in role.policies.iter().flatten() {
                if names_one(Some(policy)) {
                    self.leave_out("roles", name, &["/policies/", &step(policy_name)].concat());
                }
            }
        }
    }
}
