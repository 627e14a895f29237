//! The configuration as nested boxes, without coordinates: what a diagram shows.
//!
//! Every box carries its address `kind/name`, so that a hop of a [`crate::answer::Check`] finds its box.
//! What a box says is data; each renderer finds the words for it.

mod boxes;
#[cfg(all(test, feature = "yaml"))]
mod tests;

use serde::Serialize;

use boxes::{door, network_acl, owner_card, route_table, security_group};

use crate::answer::answer_types;
use crate::component::{Component, ComponentKind};
use crate::network::{
    Index, InterfaceId, InterfaceRole, NatGatewayMode, Network, RouteTable, RouteTarget, Subnet, SubnetId,
    VpcEndpointKind, VpcId, Workload,
};
use crate::sorted::SortedSet;

answer_types! {
    /// A configuration as nested boxes.
    pub struct Diagram {
        /// The document's own Region first, then the Regions of its buckets by name.
        regions: Vec<RegionBox>,
        /// Hosts on the Internet that the document names.
        internet: Vec<Card>,
    }

    /// A Region.
    pub struct RegionBox {
        /// Its name.
        name: String,
        /// Whether the document names no Region, so that this one is assumed.
        assumed: bool,
        /// VPCs.
        vpcs: Vec<VpcBox>,
        /// What is in the Region and in no VPC: buckets, functions without VPC, gateways that are attached nowhere.
        cards: Vec<Card>,
    }

    /// A VPC.
    pub struct VpcBox {
        /// Its address, `vpc/name`.
        component: String,
        /// Its name.
        name: String,
        /// CIDR blocks, the primary one first.
        cidrs: Vec<String>,
        /// Whether the Amazon resolver answers (R1.8).
        dns_support: bool,
        /// Whether names of the VPC exist (R1.8, R1.9).
        dns_hostnames: bool,
        /// Custom DNS servers.
        dns_servers: Vec<String>,
        /// Availability Zones by name.
        zones: Vec<ZoneBox>,
        /// What stands on the border: gateways, gateway endpoints, links to elsewhere.
        doors: Vec<Card>,
        /// Route tables.
        route_tables: Vec<RouteTableBox>,
        /// Network ACLs.
        network_acls: Vec<NetworkAclBox>,
        /// Security groups.
        security_groups: Vec<SecurityGroupBox>,
    }

    /// An Availability Zone.
    pub struct ZoneBox {
        /// Its name; empty when not given.
        name: String,
        /// Its subnets: public ones first, then in the order of the document.
        subnets: Vec<SubnetBox>,
    }

    /// A subnet.
    pub struct SubnetBox {
        /// Its address, `subnet/name`.
        component: String,
        /// Its name.
        name: String,
        /// CIDR blocks, IPv4 first.
        cidrs: Vec<String>,
        /// Whether its route table has a route to an internet gateway (R1.24).
        public: bool,
        /// The address of its route table in [`VpcBox::route_tables`].
        route_table: String,
        /// Whether the table is associated explicitly, not as the main table (R2.1).
        route_table_is_explicit: bool,
        /// The address of its network ACL in [`VpcBox::network_acls`].
        network_acl: String,
        /// What is inside, in the order in which a packet meets it.
        cards: Vec<Card>,
    }

    /// A component.
    pub struct Card {
        /// Its address, `kind/name`. A function has a card in each of its subnets.
        component: String,
        /// Its name.
        name: String,
        /// Addresses of its security groups in [`VpcBox::security_groups`]; missing ones by their name alone.
        security_groups: Vec<String>,
        /// Which of the component's interfaces this is, from 1; 0 for what has none.
        interface: u32,
        /// How many interfaces the component has.
        interfaces: u32,
        /// Private addresses, where given.
        private_addresses: Vec<String>,
        /// Public address, or `assigned` for one that AWS picks.
        public_address: Option<String>,
        /// A function's runtime.
        runtime: Option<String>,
        /// A function's time-out in seconds (R7.23).
        timeout: Option<u32>,
        /// The service of an endpoint, the Region of a bucket, the host name of a host.
        detail: Option<String>,
        /// AWS's word for the type of an endpoint or NAT gateway: `Gateway`, `private`.
        type_name: Option<String>,
        /// Why it does not work, in AWS's words.
        bad_state: Option<String>,
        /// The zones that a regional NAT gateway serves in manual mode; empty for all (R4.18).
        availability_zones: Vec<String>,
    }

    /// A route table.
    pub struct RouteTableBox {
        /// Its address, `routeTable/name`.
        component: String,
        /// Its name.
        name: String,
        /// Whether it is the main table of its VPC.
        main: bool,
        /// Its first routes: local ones, then those of the document, then those of gateway endpoints.
        routes: Vec<RouteRow>,
        /// How many more there are.
        more: u32,
    }

    /// A route.
    pub struct RouteRow {
        /// CIDR block or prefix list.
        destination: String,
        /// The name of what it leads to; `local` for the VPC itself.
        target: String,
        /// The address of the same, where the document has it.
        target_component: Option<String>,
        /// Whether its target is gone (R2.14).
        blackhole: bool,
        /// Whether AWS adds it: a local route, or the route of a gateway endpoint.
        added_by_aws: bool,
        /// Pointer into the document.
        pointer: Option<String>,
    }

    /// A network ACL.
    pub struct NetworkAclBox {
        /// Its address, `networkAcl/name`.
        component: String,
        /// Its name.
        name: String,
        /// Its first inbound rules, by number.
        ingress: Vec<RuleRow>,
        /// Its first outbound rules, by number.
        egress: Vec<RuleRow>,
    }

    /// A security group.
    pub struct SecurityGroupBox {
        /// Its address, `securityGroup/name`.
        component: String,
        /// Its name.
        name: String,
        /// Its first inbound rules.
        ingress: Vec<RuleRow>,
        /// Its first outbound rules.
        egress: Vec<RuleRow>,
    }

    /// A rule of a network ACL or security group.
    pub struct RuleRow {
        /// Its number in a network ACL.
        number: Option<u32>,
        /// Whether it allows.
        allow: bool,
        /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `all`.
        protocol: String,
        /// `443` or `1024-65535`; empty for all.
        ports: String,
        /// The other side: CIDR block, security group, prefix list.
        peer: String,
        /// Pointer into the document.
        pointer: Option<String>,
    }
}

/// The boxes of a configuration.
pub fn diagram(network: &Network) -> Diagram {
    let inside = Inside::new(network);
    let mut regions = vec![RegionBox {
        name: network.region.clone(),
        assumed: network.region_assumed,
        vpcs: network.vpcs.iter().map(|(id, _)| vpc(network, id, &inside)).collect(),
        cards: outside_vpcs(network),
    }];
    let bucket_regions: SortedSet<&str> = network.buckets.iter().map(|(_, bucket)| bucket.region.as_str()).collect();
    for name in bucket_regions.into_vec() {
        let buckets = network
            .buckets
            .iter()
            .filter(|(_, bucket)| bucket.region == name)
            .map(|(_, bucket)| Card { detail: Some(bucket.bucket_name.clone()), ..Card::of(&bucket.component) });
        match regions.iter_mut().find(|region| region.name == name) {
            Some(region) => region.cards.extend(buckets),
            None => regions.push(RegionBox {
                name: name.to_owned(),
                assumed: false,
                vpcs: Vec::new(),
                cards: buckets.collect(),
            }),
        }
    }
    let internet = network.internet_hosts.iter();
    Diagram {
        regions,
        internet: internet.map(|host| Card { detail: Some(host.host.clone()), ..Card::of(&host.component) }).collect(),
    }
}

fn outside_vpcs(network: &Network) -> Vec<Card> {
    let workloads = network.workloads.iter().filter(|(_, workload)| !workload.attached);
    let gateways = network.internet_gateways.iter().map(|(_, gateway)| gateway);
    let egress_only = network.egress_only_internet_gateways.iter().map(|(_, gateway)| gateway);
    let detached = gateways.chain(egress_only).filter(|gateway| gateway.vpc.is_none());
    workloads
        .map(|(_, workload)| workload_card(workload))
        .chain(detached.map(|gateway| Card { bad_state: Some("detached".to_owned()), ..Card::of(&gateway.component) }))
        .collect()
}

fn workload_card(workload: &Workload) -> Card {
    Card { runtime: workload.runtime.clone(), timeout: workload.timeout, ..Card::of(&workload.component) }
}

fn vpc(network: &Network, id: VpcId, inside: &Inside<'_>) -> VpcBox {
    let vpc = network.vpcs.get(id);
    let tables = network.route_tables.iter().filter(|(_, table)| table.vpc == id);
    let acls = network.network_acls.iter().filter(|(_, acl)| acl.vpc == id);
    let groups = network.security_groups.iter().filter(|(_, group)| group.vpc == id);
    VpcBox {
        component: vpc.component.to_string(),
        name: vpc.component.name.clone(),
        cidrs: vpc.blocks.iter().map(ToString::to_string).collect(),
        dns_support: vpc.dns_support,
        dns_hostnames: vpc.dns_hostnames,
        dns_servers: vpc.dns_servers.iter().map(ToString::to_string).collect(),
        zones: zones(network, id, inside),
        doors: doors(network, id),
        route_tables: tables.map(|(table, _)| route_table(network, table)).collect(),
        network_acls: acls.map(|(_, acl)| network_acl(acl)).collect(),
        security_groups: groups.map(|(_, group)| security_group(network, group)).collect(),
    }
}

fn zones(network: &Network, vpc: VpcId, inside: &Inside<'_>) -> Vec<ZoneBox> {
    let subnets = || network.subnets.iter().filter(|(_, subnet)| subnet.vpc == vpc);
    let names: SortedSet<&str> = subnets().map(|(_, subnet)| subnet.availability_zone.as_str()).collect();
    let names = names.into_vec();
    let zone = |name: &&str| ZoneBox { name: (*name).to_owned(), subnets: Vec::new() };
    let mut zones: Vec<ZoneBox> = names.iter().map(zone).collect();
    for of_public in [true, false] {
        for (id, known) in subnets().filter(|(_, subnet)| inside.is_public(subnet) == of_public) {
            let zone = names.binary_search(&known.availability_zone.as_str()).ok();
            if let Some(zone) = zone.and_then(|position| zones.get_mut(position)) {
                zone.subnets.push(subnet(network, id, inside));
            }
        }
    }
    zones
}

/// What is found once for all subnets, so that a large network takes no longer than it must.
struct Inside<'a> {
    /// The interfaces of each subnet, by its position.
    interfaces: Vec<Vec<InterfaceId>>,
    /// The workload of each interface, by its position.
    workloads: Vec<Option<&'a Workload>>,
    /// Whether each route table leads to an internet gateway, by its position.
    public: Vec<bool>,
}

impl<'a> Inside<'a> {
    fn new(network: &'a Network) -> Inside<'a> {
        let mut interfaces = vec![Vec::new(); network.subnets.len()];
        for (id, interface) in network.interfaces.iter() {
            if let Some(of_subnet) = interfaces.get_mut(interface.subnet.position()) {
                of_subnet.push(id);
            }
        }
        let mut workloads = vec![None; network.interfaces.len()];
        for (_, workload) in network.workloads.iter() {
            for interface in &workload.interfaces {
                // An interface that an instance has beside its own shows itself as what it is.
                let is_own = network.interfaces.get(*interface).owner == workload.component;
                if let Some(of_interface) = workloads.get_mut(interface.position()).filter(|_| is_own) {
                    *of_interface = Some(workload);
                }
            }
        }
        let leads_out = |table: &RouteTable| {
            table.routes.iter().any(|route| matches!(route.target, RouteTarget::InternetGateway(_)))
        };
        let public = network.route_tables.iter().map(|(_, table)| leads_out(table)).collect();
        Inside { interfaces, workloads, public }
    }

    fn is_public(&self, subnet: &Subnet) -> bool {
        self.public.get(subnet.route_table.position()) == Some(&true)
    }
}

fn subnet(network: &Network, id: SubnetId, inside: &Inside<'_>) -> SubnetBox {
    let subnet = network.subnets.get(id);
    SubnetBox {
        component: subnet.component.to_string(),
        name: subnet.component.name.clone(),
        cidrs: subnet.ipv4.iter().chain(&subnet.ipv6).map(ToString::to_string).collect(),
        public: inside.is_public(subnet),
        route_table: network.route_tables.get(subnet.route_table).component.to_string(),
        route_table_is_explicit: subnet.route_table_is_explicit,
        network_acl: network.network_acls.get(subnet.network_acl).component.to_string(),
        cards: cards(network, id, inside),
    }
}

/// Workloads first, then what serves them; each component once in a subnet.
fn cards(network: &Network, subnet: SubnetId, inside: &Inside<'_>) -> Vec<Card> {
    let interfaces = inside.interfaces.get(subnet.position()).map(Vec::as_slice).unwrap_or_default();
    let rank = |id: &InterfaceId| match network.interfaces.get(*id).role {
        InterfaceRole::Function | InterfaceRole::Instance | InterfaceRole::Task | InterfaceRole::CodeBuildProject => 0,
        InterfaceRole::NatGateway(_) => 1,
        InterfaceRole::VpcEndpoint(_) => 2,
        InterfaceRole::Bare => 3,
    };
    let mut cards: Vec<Card> = Vec::with_capacity(interfaces.len());
    for wanted in 0..4 {
        for id in interfaces.iter().filter(|id| rank(id) == wanted) {
            let workload = inside.workloads.get(id.position()).copied().flatten();
            let card = owner_card(network, *id, workload);
            // Only a workload with several interfaces can have been here before.
            let twin = match workload {
                Some(workload) if workload.interfaces.len() > 1 => {
                    cards.iter_mut().find(|other| other.component == card.component)
                }
                _ => None,
            };
            match twin {
                Some(other) => other.merge(card),
                None => cards.push(card),
            }
        }
    }
    cards
}

/// Internet gateways, then regional NAT gateways, endpoints that routes lead to, and links to elsewhere.
fn doors(network: &Network, vpc: VpcId) -> Vec<Card> {
    let gateways = network.internet_gateways.iter().map(|(_, gateway)| gateway);
    let egress_only = network.egress_only_internet_gateways.iter().map(|(_, gateway)| gateway);
    let mut doors: Vec<Card> = gateways
        .chain(egress_only)
        .filter(|gateway| gateway.vpc == Some(vpc))
        .map(|gateway| Card::of(&gateway.component))
        .collect();
    let regional =
        network.nat_gateways.iter().filter(|(_, nat)| nat.vpc == vpc && !matches!(nat.mode, NatGatewayMode::Zonal(_)));
    doors.extend(regional.map(|(id, _)| door(network, &RouteTarget::NatGateway(id))));
    let endpoints = network.vpc_endpoints.iter().filter(|(_, endpoint)| {
        endpoint.vpc == vpc && (endpoint.kind == VpcEndpointKind::Gateway || endpoint.interfaces.is_empty())
    });
    doors.extend(endpoints.map(|(id, _)| door(network, &RouteTarget::VpcEndpoint(id))));
    #[cfg(feature = "whole")]
    doors.extend(links(network, vpc).into_iter().map(Card::of));
    doors
}

/// What routes of a VPC lead to that only has a name.
#[cfg(feature = "whole")]
fn links(network: &Network, vpc: VpcId) -> Vec<&Component> {
    let mut links: Vec<&Component> = Vec::new();
    let tables = network.route_tables.iter().filter(|(_, table)| table.vpc == vpc);
    for route in tables.flat_map(|(_, table)| &table.routes) {
        if let RouteTarget::Opaque(component) = &route.target
            && !links.contains(&component)
        {
            links.push(component);
        }
    }
    links
}

impl Card {
    /// A card of which nothing but the name is known.
    fn of(component: &Component) -> Card {
        Card {
            component: component.to_string(),
            name: component.name.clone(),
            security_groups: Vec::new(),
            interface: 0,
            interfaces: 0,
            private_addresses: Vec::new(),
            public_address: None,
            runtime: None,
            timeout: None,
            detail: None,
            type_name: None,
            bad_state: None,
            availability_zones: Vec::new(),
        }
    }

    /// Takes over what a second interface of the same component in the same subnet adds.
    fn merge(&mut self, other: Card) {
        for group in other.security_groups {
            if !self.security_groups.contains(&group) {
                self.security_groups.push(group);
            }
        }
        self.private_addresses.extend(other.private_addresses);
        self.public_address = self.public_address.take().or(other.public_address);
        self.bad_state = self.bad_state.take().or(other.bad_state);
    }
}

fn missing(kind: ComponentKind, name: &str) -> String {
    Component::new(kind, name).to_string()
}
