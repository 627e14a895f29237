//! VPC endpoints.

use super::{Lowering, bare};
use crate::export::resource::{Attribute, Kind, Term, fields, id_of};

impl Lowering<'_> {
    pub(super) fn vpc_endpoints(&mut self) {
        for (name, endpoint) in &self.document.vpc_endpoints {
            let subnets = self.subnet_list("vpcEndpoints", name, &endpoint.subnets);
            let vpc_name = endpoint.vpc.clone().or_else(|| {
                let by_subnet = endpoint.subnets.first().and_then(|subnet| self.vpc_of_subnet(subnet));
                let by_table = || {
                    let table = self.document.route_tables.get(bare("routeTable", endpoint.route_tables.first()?))?;
                    table.vpc.clone()
                };
                by_subnet.or_else(by_table).or_else(|| self.only_vpc.clone())
            });
            let mut tables = Vec::new();
            for table in &endpoint.route_tables {
                match self.table(table) {
                    Some(table) => tables.push(table),
                    None => self.leave_out("vpcEndpoints", name, "/routeTables"),
                }
            }
            let groups = self.groups("vpcEndpoints", name, &endpoint.security_groups, vpc_name.as_deref());
            let of_type = endpoint.r#type.as_deref().unwrap_or("Gateway");
            let is_interface = of_type == "Interface";
            let service = match endpoint.service.contains('.') {
                true => Term::from(&endpoint.service),
                false => Term::Service(endpoint.service.clone()),
            };
            let inbound_only = endpoint.private_dns_only_for_inbound_resolver_endpoint.filter(|_| is_interface);
            let settings = fields([
                ("VpcId", self.vpc(vpc_name.as_deref())),
                ("VpcEndpointType", Some(of_type.into())),
                ("ServiceName", Some(service)),
                ("RouteTableIds", (!tables.is_empty()).then_some(Term::List(tables))),
                ("SubnetIds", subnets),
                ("SecurityGroupIds", groups),
                ("PrivateDnsEnabled", is_interface.then(|| endpoint.private_dns_enabled.unwrap_or(true).into())),
                ("PrivateDnsOnlyForInboundResolverEndpoint", inbound_only.map(Term::from)),
                ("IpAddressType", endpoint.ip_address_type.as_ref().map(Term::from)),
                ("PolicyDocument", endpoint.policy.as_ref().and_then(super::workloads::policy)),
            ]);
            self.add(Kind::VpcEndpoint, &["vpcEndpoint/", name].concat(), settings);
            let rest = [
                ("state", endpoint.state.as_deref().is_some_and(|state| state != "available")),
                ("policy", endpoint.policy.as_ref().is_some_and(super::workloads::is_unknown)),
                ("privateIps", !endpoint.private_ips.is_empty()),
                ("type", of_type == "GatewayLoadBalancer"),
            ];
            self.leave_out_fields("vpcEndpoints", name, &rest);
        }
    }

    /// A route table; `NAME/main` and `main` are that which AWS makes for a VPC.
    fn table(&self, name: &str) -> Option<Term> {
        let name = bare("routeTable", name);
        if self.document.route_tables.contains_key(name) {
            return Some(id_of(["routeTable/", name].concat()));
        }
        let vpc = match name.strip_suffix("/main") {
            Some(vpc) => Some(vpc),
            None => (name == "main").then_some(self.only_vpc.as_deref()).flatten(),
        }?;
        Some(Term::Of(self.vpc_key(Some(vpc))?, Attribute::MainRouteTable))
    }
}
