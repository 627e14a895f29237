//! Functions, network interfaces and instances.

use serde_json::json;

use super::Lowering;
use crate::export::resource::{Attribute, Kind, Term, fields, id_of};
use crate::json::Json;

/// The key of the role that functions have.
pub(super) const ROLE: &str = "role/functions";

/// A policy as a term; none where it is `none` or `unknown`, or known in part.
pub(super) fn policy(policy: &Json) -> Option<Term> {
    is_whole(policy).then(|| Term::Policy(serde_json::to_value(policy).unwrap_or_default()))
}

/// Whether there is a policy of which it is not known all that it says.
pub(super) fn is_unknown(policy: &Json) -> bool {
    !is_whole(policy) && policy.as_text() != Some("none")
}

fn is_whole(policy: &Json) -> bool {
    matches!(policy, Json::Object(_)) && !policy.has_null()
}

impl Lowering<'_> {
    pub(super) fn workloads(&mut self) {
        self.functions();
        self.network_interfaces();
        self.instances();
    }

    fn functions(&mut self) {
        for (name, function) in &self.document.functions {
            let subnets = self.subnet_list("functions", name, &function.subnets);
            let vpc = function.subnets.first().and_then(|subnet| self.vpc_of_subnet(subnet));
            let groups = self.groups("functions", name, &function.security_groups, vpc.as_deref());
            let inside = subnets.is_some();
            let is_dual = function.ipv6_allowed_for_dual_stack;
            let settings = fields([
                ("SubnetIds", subnets),
                ("SecurityGroupIds", groups),
                ("Ipv6AllowedForDualStack", is_dual.then_some(true.into())),
            ]);
            let given = function.runtime.as_deref();
            let runtime = given.filter(|runtime| runtime.starts_with("nodejs") || runtime.starts_with("python"));
            let settings = vec![
                ("Runtime", runtime.unwrap_or("python3.13").into()),
                ("Handler", "index.handler".into()),
                ("Role", Term::Of(ROLE.to_owned(), Attribute::Arn)),
                ("Timeout", i64::from(function.timeout.unwrap_or(3)).into()),
                ("VpcConfig", Term::Fields(if inside { settings } else { Vec::new() })),
            ];
            self.add(Kind::Function, &["function/", name].concat(), settings);
            let rest = [
                ("runtime", given.is_some() && runtime.is_none()),
                ("state", function.state.as_deref().is_some_and(|state| state != "Active")),
                ("lastUpdateStatus", function.last_update_status.as_deref().is_some_and(|word| word != "Successful")),
                ("role", function.role.is_some()),
                ("elasticIps", !function.elastic_ips.is_empty()),
                ("client", function.client.is_some()),
            ];
            self.leave_out_fields("functions", name, &rest);
        }
        if !self.document.functions.is_empty() {
            let trust = json!({ "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "lambda.amazonaws.com" } }] });
            self.push(Kind::Role, ROLE, "", "FunctionRole", vec![("AssumeRolePolicyDocument", Term::Policy(trust))]);
        }
    }

    fn network_interfaces(&mut self) {
        for (name, interface) in &self.document.network_interfaces {
            let vpc = interface.subnet.as_ref().and_then(|subnet| self.vpc_of_subnet(subnet));
            let groups = self.groups("networkInterfaces", name, &interface.security_groups, vpc.as_deref());
            let settings = fields([
                ("SubnetId", self.subnet(interface.subnet.as_ref())),
                ("GroupSet", groups),
                ("SourceDestCheck", interface.source_dest_check.map(Term::from)),
                ("PrivateIpAddress", interface.private_ip.as_ref().map(Term::from)),
            ]);
            self.add(Kind::NetworkInterface, &["networkInterface/", name].concat(), settings);
            // What uses it is not in the document.
            self.leave_out("networkInterfaces", name, "");
        }
    }

    fn instances(&mut self) {
        for (name, instance) in &self.document.instances {
            let key = ["instance/", name].concat();
            let vpc = instance.subnet.as_ref().and_then(|subnet| self.vpc_of_subnet(subnet));
            let groups = self.groups("instances", name, &instance.security_groups, vpc.as_deref());
            let settings = fields([
                ("InstanceType", Some("t3.micro".into())),
                ("SubnetId", self.subnet(instance.subnet.as_ref())),
                ("SecurityGroupIds", groups),
                ("SourceDestCheck", instance.source_dest_check.map(Term::from)),
                ("PrivateIpAddress", instance.private_ip.as_ref().map(Term::from)),
            ]);
            self.add(Kind::Instance, &key, settings);
            if instance.public_ip.is_some() {
                let settings = vec![("Domain", "vpc".into()), ("InstanceId", id_of(&key))];
                self.push(Kind::ElasticIp, &key, "address", "Address", settings);
                let attachment = self.attachment_of(vpc.as_deref());
                self.needs(attachment);
            }
            let rest = [
                ("state", instance.state.as_deref().is_some_and(|state| state != "running")),
                ("role", instance.role.is_some()),
                ("forwards", instance.forwards.is_some()),
                ("listens", instance.listens.is_some()),
                ("networkInterfaces", !instance.network_interfaces.is_empty()),
                ("ipv6Addresses", !instance.ipv6_addresses.is_empty()),
            ];
            self.leave_out_fields("instances", name, &rest);
        }
    }
}
