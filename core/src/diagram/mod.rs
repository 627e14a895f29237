//! The configuration as nested boxes, without coordinates: what a diagram shows.
//!
//! Every box carries its address `kind/name`, so that a hop of a [`crate::answer::Check`] finds its box.
//! What a box says is data; each renderer finds the words for it.

mod boxes;

use serde::Serialize;

use boxes::{door, door_of_target, network_acl, owner_card, route_table, security_group};

use crate::answer::answer_types;
use crate::component::{Component, ComponentKind};
use crate::network::{
    Interface, InterfaceRole, Network, RouteDestination, RouteTarget, SubnetId, VpcEndpointKind, VpcId, Workload,
};
use crate::sorted::{self, SortedSet};

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
    let mut regions = vec![RegionBox {
        name: network.region.clone(),
        assumed: network.region_assumed,
        vpcs: network.vpcs.iter().map(|(id, _)| vpc(network, id)).collect(),
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

fn vpc(network: &Network, id: VpcId) -> VpcBox {
    let vpc = network.vpcs.get(id);
    let zone_names: SortedSet<&str> = network
        .subnets
        .iter()
        .filter(|(_, subnet)| subnet.vpc == id)
        .map(|(_, subnet)| subnet.availability_zone.as_str())
        .collect();
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
        zones: zone_names.into_vec().into_iter().map(|name| zone(network, id, name)).collect(),
        doors: doors(network, id),
        route_tables: tables.map(|(table, _)| route_table(network, table)).collect(),
        network_acls: acls.map(|(_, acl)| network_acl(acl)).collect(),
        security_groups: groups.map(|(_, group)| security_group(network, group)).collect(),
    }
}

fn zone(network: &Network, vpc: VpcId, name: &str) -> ZoneBox {
    let inside = network.subnets.iter().filter(|(_, subnet)| subnet.vpc == vpc && subnet.availability_zone == name);
    let mut subnets: Vec<SubnetBox> = inside.map(|(id, _)| subnet(network, id)).collect();
    sorted::sort_by(&mut subnets, |one, other| other.public.cmp(&one.public));
    ZoneBox { name: name.to_owned(), subnets }
}

fn subnet(network: &Network, id: SubnetId) -> SubnetBox {
    let subnet = network.subnets.get(id);
    let table = network.route_tables.get(subnet.route_table);
    SubnetBox {
        component: subnet.component.to_string(),
        name: subnet.component.name.clone(),
        cidrs: subnet.ipv4.iter().chain(&subnet.ipv6).map(ToString::to_string).collect(),
        public: table.routes.iter().any(|route| matches!(route.target, RouteTarget::InternetGateway(_))),
        route_table: table.component.to_string(),
        route_table_is_explicit: subnet.route_table_is_explicit,
        network_acl: network.network_acls.get(subnet.network_acl).component.to_string(),
        cards: cards(network, id),
    }
}

/// Workloads first, then what serves them; each component once in a subnet.
fn cards(network: &Network, subnet: SubnetId) -> Vec<Card> {
    let mut interfaces: Vec<_> =
        network.interfaces.iter().filter(|(_, interface)| interface.subnet == subnet).collect();
    let rank = |interface: &Interface| match interface.role {
        InterfaceRole::Function | InterfaceRole::Instance | InterfaceRole::Task | InterfaceRole::CodeBuildProject => 0,
        InterfaceRole::NatGateway(_) => 1,
        InterfaceRole::VpcEndpoint(_) => 2,
        InterfaceRole::Bare => 3,
    };
    sorted::sort_by(&mut interfaces, |(_, one), (_, other)| rank(one).cmp(&rank(other)));
    let mut cards: Vec<Card> = Vec::new();
    for (id, interface) in interfaces {
        let card = owner_card(network, id, interface);
        match cards.iter_mut().find(|other| other.component == card.component) {
            Some(other) => other.merge(card),
            None => cards.push(card),
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
    let regional = network.nat_gateways.iter().filter(|(id, nat)| {
        nat.vpc == vpc && !network.interfaces.iter().any(|(_, one)| one.role == InterfaceRole::NatGateway(*id))
    });
    doors.extend(regional.map(|(id, _)| door(network, &RouteTarget::NatGateway(id))));
    let endpoints = network.vpc_endpoints.iter().filter(|(_, endpoint)| {
        endpoint.vpc == vpc && (endpoint.kind == VpcEndpointKind::Gateway || endpoint.interfaces.is_empty())
    });
    doors.extend(endpoints.map(|(id, _)| door(network, &RouteTarget::VpcEndpoint(id))));
    for (_, table) in network.route_tables.iter().filter(|(_, table)| table.vpc == vpc) {
        for route in &table.routes {
            if let Some(card) = door_of_target(&route.target)
                && !doors.iter().any(|other| other.component == card.component)
            {
                doors.push(card);
            }
        }
    }
    doors
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

fn destination(network: &Network, destination: &RouteDestination) -> String {
    match destination {
        RouteDestination::Block(block) => block.to_string(),
        RouteDestination::PrefixList(list) => network.prefix_lists.get(*list).component.name.clone(),
    }
}

fn missing(kind: ComponentKind, name: &str) -> String {
    Component::new(kind, name).to_string()
}
