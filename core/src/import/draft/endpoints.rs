//! VPC endpoints, and the resources that change them.

use super::policies::{is_full_access, policy_in};
use super::{Draft, ROUTE_TABLE, SECURITY_GROUP, SUBNET, Want, add};
use crate::document;
use crate::import::inventory::{Kind, Resource, block, field};
use crate::import::places::pointer;
use crate::import::problem::ImportProblemKind;
use crate::import::tree::{Node, Value};
use crate::json::Json;

const VPC_ENDPOINT: Want = Want { kinds: &[Kind::VpcEndpoint], section: "vpcEndpoints" };

impl Draft<'_> {
    pub(super) fn vpc_endpoints(&mut self) {
        for (position, resource) in self.of(Kind::VpcEndpoint) {
            let name = self.name(position);
            if !self.document.vpc_endpoints.contains_key(&name) {
                self.vpc_endpoint(position, resource, &name);
            }
        }
        for kind in [
            Kind::VpcEndpointRouteTable,
            Kind::VpcEndpointSubnet,
            Kind::VpcEndpointSecurityGroup,
            Kind::VpcEndpointPolicy,
            Kind::VpcEndpointPrivateDns,
        ] {
            for (position, resource) in self.of(kind) {
                let Some(node) = field(&resource.fields, "vpc_endpoint_id") else { continue };
                let Some(name) = self.target(position, node, "vpc_endpoint_id", VPC_ENDPOINT) else { continue };
                self.endpoint_part(position, resource, kind, &name);
                self.uncertain_existence(position, "vpcEndpoints", &name);
            }
        }
    }

    fn vpc_endpoint(&mut self, position: usize, resource: &Resource, name: &str) {
        let fields = &resource.fields;
        let component = ("vpcEndpoints", name);
        let of_type = self.text(position, fields, "vpc_endpoint_type", component);
        let is_known = matches!(of_type.as_deref(), None | Some("Gateway" | "Interface" | "GatewayLoadBalancer"));
        if let Some(of_type) = of_type.clone().filter(|_| !is_known) {
            let endpoint = resource.name.clone();
            self.report(resource, resource.at, ImportProblemKind::EndpointTypeNotModelled { endpoint, of_type });
            return;
        }
        let vpc = self.vpc_of(position, resource);
        let is_interface = of_type.as_deref() == Some("Interface");
        let route_tables = self.targets(position, field(fields, "route_table_ids"), "route_table_ids", ROUTE_TABLE);
        let subnets = self.targets(position, field(fields, "subnet_ids"), "subnet_ids", SUBNET);
        let groups = field(fields, "security_group_ids");
        let security_groups = self.targets(position, groups, "security_group_ids", SECURITY_GROUP);
        let any_unknown = [("route_table_ids", "routeTables"), ("subnet_ids", "subnets")]
            .iter()
            .any(|(property, _)| field(fields, property).is_some_and(holds_unknown));
        if any_unknown {
            self.uncertain("vpcEndpoints", name);
        }
        let private_dns = is_interface.then(|| {
            // Templates and Terraform turn it off unless they say otherwise; only the console turns it on.
            self.truth(position, fields, "private_dns_enabled", component).unwrap_or(false)
        });
        let options = block(fields, "dns_options");
        let inbound_only = options.and_then(|options| {
            let word = self.text(position, options, "private_dns_only_for_inbound_resolver_endpoint", component)?;
            match word.as_str() {
                "OnlyInboundResolver" | "true" => Some(true),
                "AllResolvers" | "false" => Some(false),
                _ => None,
            }
        });
        let policy =
            policy_in(fields).and_then(|(property, node)| self.endpoint_policy(position, property, node, name));
        let service = self.text(position, fields, "service_name", component);
        let endpoint = document::VpcEndpoint {
            vpc,
            r#type: of_type.filter(|of_type| of_type != "Gateway"),
            service: service.unwrap_or_else(|| "unknown".to_owned()),
            route_tables,
            subnets,
            security_groups,
            private_dns_enabled: private_dns,
            private_dns_only_for_inbound_resolver_endpoint: inbound_only.filter(|_| is_interface),
            ip_address_type: field(fields, "ip_address_type")
                .and_then(Node::scalar)
                .map(str::to_ascii_lowercase)
                .filter(|word| matches!(word.as_str(), "dualstack" | "ipv6")),
            policy,
            ..document::VpcEndpoint::default()
        };
        self.document.vpc_endpoints.insert(name.to_owned(), endpoint);
        self.remember_component("vpcEndpoints", position);
    }

    fn endpoint_part(&mut self, position: usize, resource: &Resource, kind: Kind, name: &str) {
        let fields = &resource.fields;
        let tables = self.targets(position, field(fields, "route_table_id"), "route_table_id", ROUTE_TABLE);
        let subnets = self.targets(position, field(fields, "subnet_id"), "subnet_id", SUBNET);
        let node = field(fields, "security_group_id");
        let groups = self.targets(position, node, "security_group_id", SECURITY_GROUP);
        let policy = field(fields, "policy").and_then(|node| self.endpoint_policy(position, "policy", node, name));
        let private_dns = self.truth(position, fields, "private_dns_enabled", ("vpcEndpoints", name));
        let has_hole =
            ["route_table_id", "subnet_id"].iter().any(|property| field(fields, property).is_some_and(holds_unknown));
        let Some(endpoint) = self.document.vpc_endpoints.get_mut(name) else { return };
        match kind {
            Kind::VpcEndpointRouteTable => tables.into_iter().for_each(|table| {
                add(&mut endpoint.route_tables, table);
            }),
            Kind::VpcEndpointSubnet => subnets.into_iter().for_each(|subnet| {
                add(&mut endpoint.subnets, subnet);
            }),
            Kind::VpcEndpointSecurityGroup => groups.into_iter().for_each(|group| {
                add(&mut endpoint.security_groups, group);
            }),
            Kind::VpcEndpointPolicy => endpoint.policy = policy,
            _ => endpoint.private_dns_enabled = private_dns.or(endpoint.private_dns_enabled),
        }
        if has_hole {
            self.uncertain("vpcEndpoints", name);
        }
    }

    /// A policy that says more than full access. The text that a mocked provider invents for an endpoint that gives
    /// none is no policy.
    fn endpoint_policy(&mut self, position: usize, property: &str, node: &Node, name: &str) -> Option<Json> {
        let is_invented = |text: &str| !text.trim_start().starts_with('{');
        if node.scalar().is_some_and(is_invented) {
            return None;
        }
        let place = [&pointer("vpcEndpoints", name), "/policy"].concat();
        let policy = self.policy_at(position, node, property, place);
        (!is_full_access(&policy)).then_some(policy)
    }

    /// The name of the prefix list that an endpoint's service has.
    pub(super) fn service_of(&self, endpoint: usize) -> String {
        let service =
            self.resources.get(endpoint).and_then(|endpoint| field(&endpoint.fields, "service_name")?.scalar());
        let region = self.document.region.as_deref().unwrap_or("us-east-1");
        service.map_or_else(|| ["com.amazonaws.", region, ".s3"].concat(), str::to_owned)
    }
}

/// Whether a value or a part of it is not known.
pub(super) fn holds_unknown(node: &Node) -> bool {
    match &node.value {
        Value::Unknown(_) => true,
        Value::List(items) => items.iter().any(holds_unknown),
        _ => false,
    }
}
