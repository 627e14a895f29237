//! Functions, instances, interfaces, tasks, build projects.

use super::{Draft, SECURITY_GROUP, SUBNET, Want, add};
use crate::document;
use crate::document::words::ASSIGNED;
use crate::import::inventory::{Kind, Resource, block, field};
use crate::import::problem::ImportProblemKind;
use crate::import::tree::{Node, Value};

const CAPACITY_PROVIDER: Want = Want { kinds: &[Kind::CapacityProvider], section: "functions" };
const NETWORK_INTERFACE: Want = Want { kinds: &[Kind::NetworkInterface], section: "networkInterfaces" };

impl Draft<'_> {
    pub(super) fn workloads(&mut self) {
        for (position, resource) in self.of(Kind::Function) {
            let name = self.name(position);
            if !self.document.functions.contains_key(&name) {
                self.function(position, resource, name);
            }
        }
        self.network_interfaces();
        self.instances();
        for (position, resource) in self.of(Kind::EcsService) {
            self.task(position, resource);
        }
        for (position, resource) in self.of(Kind::CodeBuildProject) {
            let Some(settings) = block(&resource.fields, "vpc_config") else { continue };
            let subnets = field(settings, "subnets");
            let subnets = self.targets(position, subnets, "subnets", SUBNET);
            let groups =
                self.targets(position, field(settings, "security_group_ids"), "security_group_ids", SECURITY_GROUP);
            let project = document::CodeBuildProject { subnets, security_groups: groups, role: None };
            let name = self.name(position);
            self.document.code_build_projects.insert(name, project);
            self.remember_component("codeBuildProjects", position);
        }
    }

    fn function(&mut self, position: usize, resource: &Resource, name: String) {
        let fields = &resource.fields;
        let component = ("functions", name.as_str());
        let mut settings = block(fields, "vpc_config");
        let mut owner = position;
        // A function on a capacity provider has the network of that.
        let provider = block(fields, "capacity_provider_config").and_then(|provider| {
            let inner = block(provider, "lambda_managed_instances_capacity_provider_config").unwrap_or(provider);
            field(inner, "capacity_provider_arn").or_else(|| field(inner, "arn"))
        });
        if let Some(provider) = provider {
            let found = match &provider.value {
                Value::Reference { resource, .. } => Some(*resource),
                Value::Text(text) => self.ids.get(text).map(|(resource, _)| *resource),
                _ => None,
            };
            let found = found.and_then(|found| Some((found, self.resources.get(found)?)));
            match found.filter(|(_, found)| CAPACITY_PROVIDER.kinds.contains(&found.kind)) {
                Some((found, provider)) => {
                    settings = block(&provider.fields, "vpc_config");
                    owner = found;
                }
                None => {
                    self.uncertain("functions", &name);
                    let arn = provider.scalar().unwrap_or_default().to_owned();
                    let function = resource.name.clone();
                    self.report(resource, provider.at, ImportProblemKind::CapacityProviderUnknown { function, arn });
                }
            }
        }
        let mut function = document::Function::default();
        if let Some(settings) = settings {
            match settings.value {
                Value::Map(_) => {}
                Value::Unknown(unknown) => {
                    self.tell(owner, settings, "vpc_config", unknown);
                    self.uncertain("functions", &name);
                }
                // Read as nothing, it would be a function outside of any VPC.
                _ => {
                    self.report_wrong_property(owner, settings, "vpc_config");
                    self.uncertain("functions", &name);
                }
            }
            let subnets = field(settings, "subnet_ids");
            function.subnets = self.targets(owner, subnets, "subnet_ids", SUBNET);
            let groups = field(settings, "security_group_ids");
            function.security_groups = self.targets(owner, groups, "security_group_ids", SECURITY_GROUP);
            let ipv6 = self.truth(owner, settings, "ipv6_allowed_for_dual_stack", component);
            function.ipv6_allowed_for_dual_stack = ipv6.unwrap_or_default();
        }
        let timeout = field(fields, "timeout").and_then(Node::scalar).and_then(|timeout| timeout.parse().ok());
        function.timeout = timeout;
        // AWS makes no function whose role may not make its network interfaces (R7.15), so this one's may.
        function.state = resource.is_deployed.then(|| "Active".to_owned());
        function.role = self.role_of_workload(field(fields, "role"));
        let runtime = field(fields, "runtime").and_then(Node::scalar);
        function.runtime = runtime.map(|runtime| runtime.split(':').next().unwrap_or(runtime).to_owned());
        self.document.functions.insert(name, function);
        self.remember_component("functions", position);
    }

    fn network_interfaces(&mut self) {
        for (position, resource) in self.of(Kind::NetworkInterface) {
            let name = self.name(position);
            if self.document.network_interfaces.contains_key(&name) {
                continue;
            }
            let fields = &resource.fields;
            let node = field(fields, "subnet_id");
            let subnet = node.and_then(|node| self.target(position, node, "subnet_id", SUBNET));
            let groups = field(fields, "group_set").or_else(|| field(fields, "security_groups"));
            let security_groups = self.targets(position, groups, "group_set", SECURITY_GROUP);
            let source_dest_check = self.truth(position, fields, "source_dest_check", ("networkInterfaces", &name));
            let private_ip = self.private_address(own_private_address(fields), subnet.as_deref());
            let public_ip = self.elastic_ip_of(position);
            let interface = document::NetworkInterface {
                subnet,
                security_groups,
                private_ip,
                public_ip,
                source_dest_check: source_dest_check.filter(|check| !check),
                ..document::NetworkInterface::default()
            };
            self.document.network_interfaces.insert(name, interface);
            self.remember_component("networkInterfaces", position);
        }
    }

    fn instances(&mut self) {
        for (position, resource) in self.of(Kind::Instance) {
            let name = self.name(position);
            if self.document.instances.contains_key(&name) {
                continue;
            }
            let fields = &resource.fields;
            let component = ("instances", name.as_str());
            let mut instance = document::Instance::default();
            // A template can describe the interfaces in place of the instance.
            let interfaces = field(fields, "network_interfaces").or_else(|| field(fields, "network_interface"));
            let mut own = fields;
            for item in interfaces.map(Node::items).unwrap_or_default() {
                match field(item, "network_interface_id") {
                    Some(node) => {
                        let found = self.target(position, node, "network_interface_id", NETWORK_INTERFACE);
                        found.into_iter().for_each(|interface| {
                            add(&mut instance.network_interfaces, interface);
                        });
                    }
                    None => own = item,
                }
            }
            let node = field(own, "subnet_id");
            instance.subnet = node.and_then(|node| self.target(position, node, "subnet_id", SUBNET));
            for property in ["security_group_ids", "vpc_security_group_ids", "group_set"] {
                let groups = self.targets(position, field(own, property), property, SECURITY_GROUP);
                instance.security_groups.extend(groups);
            }
            let is_public = self.truth(position, own, "associate_public_ip_address", component);
            let mapped = || {
                let subnet = instance.subnet.as_ref().and_then(|subnet| self.document.subnets.get(subnet));
                subnet.is_some_and(|subnet| subnet.map_public_ip_on_launch)
            };
            // An instance in a subnet that maps public addresses gets one, unless it says otherwise (R1.24).
            let is_public = is_public.unwrap_or_else(mapped);
            let known = field(fields, "public_ip").and_then(Node::scalar).map(str::to_owned);
            let known = self.address(known);
            instance.public_ip = known.or_else(|| self.elastic_ip_of(position));
            if instance.public_ip.is_none() && is_public && instance.network_interfaces.is_empty() {
                instance.public_ip = Some(ASSIGNED.to_owned());
            }
            instance.role = self.role_of_profile(field(fields, "iam_instance_profile"));
            let check = self.truth(position, fields, "source_dest_check", component);
            instance.source_dest_check = check.filter(|check| !check);
            instance.private_ip = self.private_address(own_private_address(own), instance.subnet.as_deref());
            self.document.instances.insert(name, instance);
            self.remember_component("instances", position);
        }
    }

    fn task(&mut self, position: usize, resource: &Resource) {
        let Some(settings) = block(&resource.fields, "network_configuration") else { return };
        let settings = block(settings, "awsvpc_configuration").unwrap_or(settings);
        let subnets = self.targets(position, field(settings, "subnets"), "subnets", SUBNET);
        let groups = self.targets(position, field(settings, "security_groups"), "security_groups", SECURITY_GROUP);
        let name = self.name(position);
        let public = field(settings, "assign_public_ip").and_then(Node::scalar).unwrap_or_default();
        let task = document::Task {
            subnets,
            security_groups: groups,
            assign_public_ip: matches!(public, "ENABLED" | "true"),
            listens: None,
            role: self.role_of_task(field(&resource.fields, "task_definition")),
        };
        self.document.tasks.insert(name, task);
        self.remember_component("tasks", position);
    }
}

fn own_private_address(fields: &Node) -> Option<String> {
    let one = field(fields, "private_ip_address").or_else(|| field(fields, "private_ip"));
    let one = one.and_then(Node::scalar).map(str::to_owned);
    one.or_else(|| match field(fields, "private_ips").map(Node::items) {
        Some([only]) => only.scalar().map(str::to_owned),
        _ => None,
    })
}
