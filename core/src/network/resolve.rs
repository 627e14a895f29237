//! From [`Document`] to [`Network`].
//!
//! Things are made in an order in which each finds what it refers to: VPCs, prefix lists, subnets, groups, network
//! ACLs, tables without their routes, gateways, interfaces, endpoints, and routes last, since they refer to all others.

#[cfg(feature = "whole")]
mod declared_prefix_lists;
#[cfg(feature = "whole")]
mod dhcp_options;
mod endpoints;
mod filters;
#[cfg(feature = "whole")]
mod gateway_tables;
mod gateways;
mod interfaces;
#[cfg(feature = "permissions")]
mod permissions;
mod prefix_lists;
#[cfg(feature = "whole")]
mod private_hosted_zones;
mod problems;
#[cfg(feature = "whole")]
mod resolver_rules;
mod routes;
mod scalars;
mod services;
mod subnets;
mod surroundings;
mod targets;
#[cfg(all(test, feature = "yaml"))]
mod tests;
mod vpcs;

use ipnet::IpNet;

#[cfg(feature = "permissions")]
use super::RoleId;
use super::{
    EgressOnlyInternetGatewayId, Index, InterfaceId, InternetGatewayId, NatGatewayId, Network, NetworkAclId,
    PrefixListId, RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId,
};
use crate::document::Document;
#[cfg(feature = "permissions")]
use crate::policy::Policy;
#[cfg(feature = "whole")]
use crate::problem::Problem;
use crate::problem::ProblemKind;
use problems::{Names, Place, Problems, Spot};
use targets::Target;

/// The Region of a document that names none.
const DEFAULT_REGION: &str = "us-east-1";

impl Network {
    /// Resolves references, parses addresses, fills in AWS's defaults.
    ///
    /// Never fails: what cannot be resolved is left out or marked as unknown, and reported.
    #[cfg(feature = "whole")]
    pub fn resolve(document: &Document) -> (Network, Vec<Problem>) {
        let resolver = Resolver::resolved(document);
        (resolver.network, resolver.problems.into_list())
    }

    /// The same for a build that has no words for problems: none where there are some.
    #[cfg(not(feature = "whole"))]
    pub(crate) fn resolve_faultless(document: &Document) -> Option<Network> {
        let resolver = Resolver::resolved(document);
        (!resolver.problems.are_some()).then_some(resolver.network)
    }
}

/// The network as far as it is made, the problems so far, and what the keys of the document became.
struct Resolver<'d> {
    document: &'d Document,
    network: Network,
    problems: Problems,
    vpcs: Names<'d, VpcId>,
    subnets: Names<'d, SubnetId>,
    route_tables: Names<'d, RouteTableId>,
    internet_gateways: Names<'d, InternetGatewayId>,
    egress_only_internet_gateways: Names<'d, EgressOnlyInternetGatewayId>,
    nat_gateways: Names<'d, NatGatewayId>,
    vpc_endpoints: Names<'d, VpcEndpointId>,
    security_groups: Names<'d, SecurityGroupId>,
    network_acls: Names<'d, NetworkAclId>,
    prefix_lists: Names<'d, PrefixListId>,
    /// Prefix lists that the document does not declare, by the name under which something refers to them.
    added_prefix_lists: Vec<(String, PrefixListId)>,
    /// Primary interface of each instance.
    instances: Names<'d, InterfaceId>,
    network_interfaces: Names<'d, InterfaceId>,
    #[cfg(feature = "permissions")]
    roles: Names<'d, RoleId>,
    /// Positions in `managed`.
    #[cfg(feature = "permissions")]
    managed_policies: Names<'d, usize>,
    /// Managed policies of the document with their ARNs.
    #[cfg(feature = "permissions")]
    managed: Vec<(Option<&'d str>, Policy)>,
    /// Positions in the keys of the network.
    #[cfg(feature = "permissions")]
    kms_keys: Names<'d, usize>,
    /// Every block of a subnet, sorted.
    subnet_blocks: Vec<IpNet>,
    /// Everything that a route can lead to, sorted by key; none for what was left out.
    targets: Vec<Target<'d>>,
}

impl<'d> Resolver<'d> {
    fn resolved(document: &'d Document) -> Resolver<'d> {
        let mut resolver = Resolver::new(document);
        resolver.header();
        #[cfg(feature = "permissions")]
        resolver.permissions();
        resolver.vpcs();
        #[cfg(feature = "whole")]
        resolver.prefix_lists();
        resolver.subnets();
        resolver.security_groups();
        resolver.network_acls();
        resolver.route_tables();
        resolver.gateways();
        resolver.interfaces();
        #[cfg(feature = "permissions")]
        resolver.roles_of_workloads();
        resolver.vpc_endpoints();
        resolver.routes();
        resolver.surroundings();
        resolver
    }

    fn new(document: &'d Document) -> Resolver<'d> {
        Resolver {
            document,
            network: Network::default(),
            problems: Problems::new(document),
            vpcs: Names::default(),
            subnets: Names::default(),
            route_tables: Names::default(),
            internet_gateways: Names::default(),
            egress_only_internet_gateways: Names::default(),
            nat_gateways: Names::default(),
            vpc_endpoints: Names::default(),
            security_groups: Names::default(),
            network_acls: Names::default(),
            prefix_lists: Names::default(),
            added_prefix_lists: Vec::new(),
            instances: Names::default(),
            network_interfaces: Names::default(),
            #[cfg(feature = "permissions")]
            roles: Names::default(),
            #[cfg(feature = "permissions")]
            managed_policies: Names::default(),
            #[cfg(feature = "permissions")]
            managed: Vec::new(),
            #[cfg(feature = "permissions")]
            kms_keys: Names::default(),
            subnet_blocks: Vec::new(),
            targets: Vec::new(),
        }
    }

    /// Version, Region and what is unknown.
    fn header(&mut self) {
        if let Some(version) = self.document.version.filter(|version| *version != 1) {
            self.problems.report(Spot::top("version"), || ProblemKind::UnknownVersion { version });
        }
        self.network.region_assumed = self.document.region.is_none();
        self.network.region = match &self.document.region {
            Some(region) => self.region(region, Spot::top("region")),
            None => DEFAULT_REGION.to_owned(),
        };
        #[cfg(feature = "whole")]
        {
            self.network.unknown_sections.clone_from(&self.document.unknown_sections);
            crate::sorted::sort(&mut self.network.unknown_sections);
            self.network.unknown_sections.dedup();
        }
    }

    /// The VPC that a resource names, else one that is implied by what it refers to, else the only one.
    ///
    /// A name that nothing has is reported; so is a resource of which the VPC stays open.
    fn vpc_of(&mut self, place: Place<'d>, named: Option<&str>, implied: Option<VpcId>) -> Option<VpcId> {
        use crate::component::ComponentKind;
        if let Some(name) = named {
            let found = self.problems.find(&self.vpcs, ComponentKind::Vpc, "vpcs", name, place.field("vpc"));
            return found.or(implied);
        }
        if implied.is_some() {
            return implied;
        }
        match self.network.vpcs.len() {
            1 => Some(VpcId::from_position(0)),
            0 => {
                self.problems.report(place.pointer(), || ProblemKind::NoVpc);
                None
            }
            _ => {
                let kind = || ProblemKind::VpcNotNamed { candidates: self.vpcs.keys().map(str::to_owned).collect() };
                self.problems.report(place.pointer(), kind);
                None
            }
        }
    }

    /// The name of something that AWS makes for every VPC: `default`, and with the VPC's name where there are several.
    fn own_name(&self, vpc: VpcId, word: &str, taken: bool) -> String {
        if self.network.vpcs.len() == 1 && !taken {
            return word.to_owned();
        }
        format!("{}/{word}", self.network.vpcs.get(vpc).component.name)
    }
}
