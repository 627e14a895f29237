//! VPC endpoints.

use super::Resolver;
use super::problems::{Found, Place};
use super::services::{GATEWAY_SERVICES, service};
use crate::address::Addresses;
use crate::component::{Component, ComponentKind};
use crate::document::{self, words};
use crate::network::{
    Forwards, Index, Interface, InterfaceId, InterfaceRole, PrefixListId, PrivateDns, PublicAddress, RouteTableId,
    ServiceName, SubnetId, VpcEndpoint, VpcEndpointId, VpcEndpointKind, VpcId,
};
use crate::problem::ProblemKind;
use crate::query::Family;
use crate::range_set::RangeSet;

impl<'d> Resolver<'d> {
    pub(super) fn vpc_endpoints(&mut self) {
        for (key, declared) in &self.document.vpc_endpoints {
            let place = Place::new("vpcEndpoints", key);
            let id = self.vpc_endpoint(place, key, declared);
            self.vpc_endpoints.push(key, id);
        }
        self.check_second_gateway_endpoints();
        self.check_private_dns();
    }

    fn vpc_endpoint(&mut self, place: Place<'d>, key: &str, declared: &document::VpcEndpoint) -> Option<VpcEndpointId> {
        let kind = match &declared.r#type {
            None => VpcEndpointKind::Gateway,
            Some(text) => match self.problems.word(text, words::ENDPOINT_TYPES, place.field("type"))? {
                "Gateway" => VpcEndpointKind::Gateway,
                "Interface" => VpcEndpointKind::Interface,
                _ => VpcEndpointKind::GatewayLoadBalancer,
            },
        };
        if declared.service.is_empty() {
            self.problems.report(place.pointer(), || ProblemKind::MissingField { field: "service" });
            return None;
        }
        let service = service(&declared.service, &self.network.region);
        let subnets = self.associated_subnets(place, &declared.subnets);
        let tables = self.tables_of_endpoint(place, &declared.route_tables);
        let implied = subnets.first().map(|(_, subnet)| self.network.subnets.get(*subnet).vpc);
        let implied = implied.or_else(|| tables.first().map(|(_, table)| self.network.route_tables.get(*table).vpc));
        let vpc = self.vpc_of(place, declared.vpc.as_deref(), implied)?;
        self.check_vpcs(place, vpc, &subnets, &tables);
        let state = match &declared.state {
            None => "available".to_owned(),
            Some(text) => {
                let word = self.problems.word(text, words::ENDPOINT_STATES, place.field("state"));
                word.unwrap_or(text).to_ascii_lowercase()
            }
        };
        let families = self.families(place, declared);
        let prefix_lists = if kind == VpcEndpointKind::Gateway {
            self.prefix_lists_of_endpoint(place, &service, &families)
        } else {
            Vec::new()
        };
        let id = VpcEndpointId::from_position(self.network.vpc_endpoints.len());
        let interfaces = if kind == VpcEndpointKind::Gateway {
            Vec::new()
        } else {
            self.interfaces_of_endpoint(place, id, vpc, declared, &subnets, &families)
        };
        let private_dns = self.private_dns(kind, vpc, declared, &service);
        #[cfg(feature = "permissions")]
        let policy = self.policy_of_endpoint(place, kind, declared);
        Some(self.network.vpc_endpoints.push(VpcEndpoint {
            component: Component::new(ComponentKind::VpcEndpoint, key),
            vpc,
            kind,
            service,
            state,
            families,
            prefix_lists,
            route_tables: tables.into_iter().map(|(_, table)| table).collect(),
            interfaces,
            private_dns,
            #[cfg(feature = "permissions")]
            policy,
        }))
    }

    fn tables_of_endpoint(&mut self, place: Place<'d>, names: &[String]) -> Vec<(usize, RouteTableId)> {
        let mut tables: Vec<(usize, RouteTableId)> = Vec::with_capacity(names.len());
        for (position, name) in names.iter().enumerate() {
            let found = match self.own_route_table(name) {
                Some(own) => Some(own),
                None => {
                    let (kind, section) = (ComponentKind::RouteTable, "routeTables");
                    let pointer = place.item("routeTables", position);
                    self.problems.find(&self.route_tables, kind, section, name, pointer)
                }
            };
            if let Some(id) = found.filter(|id| tables.iter().all(|(_, other)| other != id)) {
                tables.push((position, id));
            }
        }
        tables
    }

    /// The main table that AWS made for a VPC, by the name that it has here: `main`.
    fn own_route_table(&self, name: &str) -> Option<RouteTableId> {
        if !matches!(self.route_tables.find(ComponentKind::RouteTable, name), Found::Nothing) {
            return None;
        }
        let mains = self.network.vpcs.iter().map(|(_, vpc)| vpc.main_route_table);
        mains.into_iter().find(|id| self.network.route_tables.get(*id).component.name == name)
    }

    fn check_vpcs(
        &mut self,
        place: Place<'d>,
        vpc: VpcId,
        subnets: &[(usize, SubnetId)],
        tables: &[(usize, RouteTableId)],
    ) {
        for (position, subnet) in subnets {
            self.check_vpc_of_subnet(place, *position, *subnet, vpc);
        }
        for (position, table) in tables {
            let table = self.network.route_tables.get(*table);
            if table.vpc != vpc {
                let kind = || ProblemKind::OfAnotherVpc {
                    component: table.component.clone(),
                    vpc: self.network.vpc_name(table.vpc),
                    expected: self.network.vpc_name(vpc),
                };
                self.problems.report(place.item("routeTables", *position), kind);
            }
        }
    }

    /// Address families that an endpoint serves (R5.19).
    fn families(&mut self, place: Place<'d>, declared: &document::VpcEndpoint) -> Vec<Family> {
        let Some(text) = &declared.ip_address_type else { return vec![Family::Ipv4] };
        match self.problems.word(text, words::IP_ADDRESS_TYPES, place.field("ipAddressType")) {
            Some("dualstack") => vec![Family::Ipv4, Family::Ipv6],
            Some("ipv6") => vec![Family::Ipv6],
            _ => vec![Family::Ipv4],
        }
    }

    /// The lists that the routes of a gateway endpoint carry; none where AWS has no such endpoint.
    fn prefix_lists_of_endpoint(
        &mut self,
        place: Place<'d>,
        service: &ServiceName,
        families: &[Family],
    ) -> Vec<PrefixListId> {
        if !GATEWAY_SERVICES.contains(&service.service.as_str()) {
            let nearest = self.problems.suggest(&service.service, &mut GATEWAY_SERVICES.iter().copied());
            let kind = || ProblemKind::NoGatewayEndpoint { service: service.service.clone(), nearest };
            self.problems.report(place.field("service"), kind);
            return Vec::new();
        }
        if service.region != self.network.region {
            let kind = || ProblemKind::EndpointOfAnotherRegion {
                service: service.full.clone(),
                region: self.network.region.clone(),
            };
            self.problems.report(place.field("service"), kind);
            return Vec::new();
        }
        families.iter().map(|family| self.prefix_list_of(service, *family)).collect()
    }

    fn interfaces_of_endpoint(
        &mut self,
        place: Place<'d>,
        id: VpcEndpointId,
        vpc: VpcId,
        declared: &document::VpcEndpoint,
        subnets: &[(usize, SubnetId)],
        families: &[Family],
    ) -> Vec<InterfaceId> {
        let (groups, missing) = self.groups_of_interface(place, vpc, &declared.security_groups);
        let mut interfaces = Vec::with_capacity(subnets.len());
        for (_, subnet) in subnets {
            let name = self.network.subnets.get(*subnet).component.name.clone();
            let private_ip = declared.private_ips.get(&name).map(String::as_str);
            let pointer = place.item_of_map("privateIps", &name);
            let private_ip = self.private_address(*subnet, private_ip, Family::Ipv4, pointer);
            let usable = &self.network.subnets.get(*subnet).usable;
            let of = |family: Family| {
                if families.contains(&family) { usable.of(family).clone() } else { RangeSet::empty() }
            };
            let ipv4 = private_ip.map_or_else(|| of(Family::Ipv4), |address| Addresses::single(address).ipv4);
            let addresses = Addresses { ipv4, ipv6: of(Family::Ipv6) };
            interfaces.push(self.network.interfaces.push(Interface {
                owner: Component::new(ComponentKind::VpcEndpoint, place.key),
                role: InterfaceRole::VpcEndpoint(id),
                subnet: *subnet,
                addresses,
                public_address: PublicAddress::None,
                security_groups: groups.clone(),
                missing_security_groups: missing.clone(),
                source_dest_check: true,
                bad_state: None,
                forwards: Forwards::Nothing,
                listens: None,
            }));
        }
        interfaces
    }

    fn private_dns(
        &self,
        kind: VpcEndpointKind,
        vpc: VpcId,
        declared: &document::VpcEndpoint,
        service: &ServiceName,
    ) -> PrivateDns {
        if kind != VpcEndpointKind::Interface || !declared.private_dns_enabled.unwrap_or(true) {
            return PrivateDns::Off;
        }
        let vpc = self.network.vpcs.get(vpc);
        // R1.9, R6.9.
        if !(vpc.dns_support && vpc.dns_hostnames) {
            return PrivateDns::WithoutEffect;
        }
        // R6.13, for S3 only.
        if service.service == "s3" && declared.private_dns_only_for_inbound_resolver_endpoint.unwrap_or(true) {
            return PrivateDns::InboundResolverOnly;
        }
        PrivateDns::On
    }

    /// Reports a second gateway endpoint of one service on one table, and takes it off that table (R5.3).
    fn check_second_gateway_endpoints(&mut self) {
        let mut taken: Vec<(RouteTableId, ServiceName, VpcEndpointId)> = Vec::new();
        for position in 0..self.network.vpc_endpoints.len() {
            let id = VpcEndpointId::from_position(position);
            let endpoint = self.network.vpc_endpoints.get(id).clone();
            if endpoint.kind != VpcEndpointKind::Gateway {
                continue;
            }
            let mut kept = Vec::with_capacity(endpoint.route_tables.len());
            for table in endpoint.route_tables {
                let before = taken.iter().find(|(of, service, _)| *of == table && *service == endpoint.service);
                let Some((_, _, winner)) = before else {
                    taken.push((table, endpoint.service.clone(), id));
                    kept.push(table);
                    continue;
                };
                let kind = || ProblemKind::SecondGatewayEndpoint {
                    route_table: self.network.route_tables.get(table).component.name.clone(),
                    service: endpoint.service.full.clone(),
                    winner: self.network.vpc_endpoints.get(*winner).component.name.clone(),
                };
                let pointer = Place::new("vpcEndpoints", &endpoint.component.name).field("routeTables");
                self.problems.report(pointer, kind);
            }
            self.network.vpc_endpoints.get_mut(id).route_tables = kept;
        }
    }

    /// Reports private DNS without what it needs: both DNS attributes, and for S3 a gateway endpoint (R6.9, R6.13).
    fn check_private_dns(&mut self) {
        for (key, id) in self.vpc_endpoints.resolved() {
            let endpoint = self.network.vpc_endpoints.get(id);
            let vpc = self.network.vpcs.get(endpoint.vpc);
            let place = Place::new("vpcEndpoints", key);
            match endpoint.private_dns {
                PrivateDns::WithoutEffect => {
                    let attributes = [("enableDnsSupport", vpc.dns_support), ("enableDnsHostnames", vpc.dns_hostnames)];
                    let off = attributes.into_iter().filter(|(_, is_on)| !is_on).map(|(name, _)| name);
                    let kind = || ProblemKind::PrivateDnsNeedsAttributes {
                        vpc: vpc.component.name.clone(),
                        attributes: off.collect(),
                    };
                    self.problems.report(place.field("privateDnsEnabled"), kind);
                }
                PrivateDns::InboundResolverOnly => {
                    let has_gateway = self.network.vpc_endpoints.iter().any(|(_, other)| {
                        other.kind == VpcEndpointKind::Gateway
                            && other.vpc == endpoint.vpc
                            && other.service.service == "s3"
                    });
                    if !has_gateway {
                        let kind = || ProblemKind::PrivateDnsNeedsGatewayEndpoint { vpc: vpc.component.name.clone() };
                        let field = "privateDnsOnlyForInboundResolverEndpoint";
                        self.problems.report(place.field(field), kind);
                    }
                }
                PrivateDns::Off | PrivateDns::On => {}
            }
        }
    }
}
