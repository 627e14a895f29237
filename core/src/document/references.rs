//! Which field names what: the one table of references between the parts of a document.

use crate::component::ComponentKind;
use crate::component::ComponentKind::*;

/// Sections with the kind of what is in them.
pub(crate) const SECTIONS: &[(&str, ComponentKind)] = &[
    ("vpcs", Vpc),
    ("subnets", Subnet),
    ("routeTables", RouteTable),
    ("internetGateways", InternetGateway),
    ("egressOnlyInternetGateways", EgressOnlyInternetGateway),
    ("natGateways", NatGateway),
    ("vpcEndpoints", VpcEndpoint),
    ("securityGroups", SecurityGroup),
    ("networkAcls", NetworkAcl),
    ("prefixLists", PrefixList),
    ("dhcpOptions", DhcpOptions),
    ("privateHostedZones", PrivateHostedZone),
    ("functions", Function),
    ("instances", Instance),
    ("tasks", Task),
    ("codeBuildProjects", CodeBuildProject),
    ("networkInterfaces", NetworkInterface),
    ("buckets", Bucket),
    ("internetHosts", InternetHost),
    ("transitGateways", TransitGateway),
    ("vpcPeeringConnections", VpcPeeringConnection),
    ("vpnGateways", VpnGateway),
    ("carrierGateways", CarrierGateway),
    ("localGateways", LocalGateway),
    ("coreNetworks", CoreNetwork),
];

/// The section of a kind; none for what a document does not declare by name.
pub(crate) fn section_of(kind: ComponentKind) -> Option<&'static str> {
    SECTIONS.iter().find(|(_, of)| *of == kind).map(|(section, _)| *section)
}

/// The kind of what is in a section.
pub(crate) fn kind_of(section: &str) -> Option<ComponentKind> {
    SECTIONS.iter().find(|(name, _)| *name == section).map(|(_, kind)| *kind)
}

/// How a field names what it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The key of a component of one of these kinds, or `kind/key`; a bare key that several of them have means none.
    Key(&'static [ComponentKind]),
    /// The same for a security group; `NAME/default` is the default group of a VPC.
    SecurityGroup,
    /// A security group as above, or else a prefix list, or else a CIDR block.
    Peer,
    /// The key of a prefix list, or else a CIDR block.
    RouteDestination,
    /// A route table; `NAME/main` is the main table of a VPC that declares none.
    RouteTable,
    /// `s3://KEY/…`, a component with or without port, or something outside the document.
    Destination,
    /// `s3://KEY/…`.
    Object,
    /// `vpcs/NAME/ATTRIBUTE`.
    UnknownSection,
}

/// A field that names another component.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    /// The section; `expect` and others that hold no components too.
    pub(crate) section: &'static str,
    /// The way to it below the section's entry: `*` is every element of a list, `@` every key of a map.
    pub(crate) path: &'static str,
    /// What it names, and how.
    pub(crate) form: Form,
    /// What cannot stay when the thing named is gone: the part of the way up to which it is removed.
    /// Empty: the whole entry, since in AWS nothing can be there without it.
    pub(crate) falls: &'static str,
}

/// What a route leads to (R2.17).
pub(crate) const ROUTE_TARGETS: &[ComponentKind] = &[
    InternetGateway,
    EgressOnlyInternetGateway,
    NatGateway,
    Instance,
    NetworkInterface,
    VpcEndpoint,
    TransitGateway,
    VpcPeeringConnection,
    VpnGateway,
    CarrierGateway,
    LocalGateway,
    CoreNetwork,
];

/// What asks and is asked.
pub(crate) const WORKLOADS: &[ComponentKind] = &[Function, Instance, Task, CodeBuildProject, NetworkInterface];

/// What a question can be about by its name: workloads, and what else has an interface, a bucket or a host.
pub(crate) const DESTINATIONS: &[ComponentKind] =
    &[Function, Instance, Task, CodeBuildProject, NetworkInterface, VpcEndpoint, NatGateway, Bucket, InternetHost];

/// What carries traffic: targets of routes.
const CARRIERS: &[ComponentKind] = ROUTE_TARGETS;

const fn row(section: &'static str, path: &'static str, form: Form, falls: &'static str) -> Reference {
    Reference { section, path, form, falls }
}

const VPC: Form = Form::Key(&[Vpc]);
const SUBNET: Form = Form::Key(&[Subnet]);

/// Every field of the format that names another component.
pub(crate) const REFERENCES: &[Reference] = &[
    row("vpcs", "dhcpOptions", Form::Key(&[DhcpOptions]), "dhcpOptions"),
    row("subnets", "vpc", VPC, ""),
    row("routeTables", "vpc", VPC, ""),
    row("routeTables", "subnets/*", SUBNET, "subnets/*"),
    row("routeTables", "gateways/*", Form::Key(&[InternetGateway, VpnGateway]), "gateways/*"),
    row("routeTables", "routes/*/destination", Form::RouteDestination, "routes/*"),
    row("routeTables", "routes/*/target", Form::Key(ROUTE_TARGETS), "routes/*"),
    row("internetGateways", "vpc", VPC, ""),
    row("egressOnlyInternetGateways", "vpc", VPC, ""),
    row("natGateways", "vpc", VPC, ""),
    row("natGateways", "subnet", SUBNET, ""),
    row("natGateways", "routeTable", Form::Key(&[RouteTable]), "routeTable"),
    row("vpcEndpoints", "vpc", VPC, ""),
    row("vpcEndpoints", "routeTables/*", Form::RouteTable, "routeTables/*"),
    row("vpcEndpoints", "subnets/*", SUBNET, "subnets/*"),
    row("vpcEndpoints", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("vpcEndpoints", "privateIps/@", SUBNET, "privateIps/@"),
    row("securityGroups", "vpc", VPC, ""),
    row("securityGroups", "ingress/*/peer", Form::Peer, "ingress/*"),
    row("securityGroups", "egress/*/peer", Form::Peer, "egress/*"),
    row("networkAcls", "vpc", VPC, ""),
    row("networkAcls", "subnets/*", SUBNET, "subnets/*"),
    row("privateHostedZones", "vpcs/*", VPC, "vpcs/*"),
    row("vpcBlockPublicAccess", "exclusions/*/vpc", VPC, "exclusions/*"),
    row("vpcBlockPublicAccess", "exclusions/*/subnet", SUBNET, "exclusions/*"),
    row("functions", "subnets/*", SUBNET, "subnets/*"),
    row("functions", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("functions", "elasticIps/@", SUBNET, "elasticIps/@"),
    row("instances", "subnet", SUBNET, ""),
    row("instances", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("instances", "networkInterfaces/*", Form::Key(&[NetworkInterface]), "networkInterfaces/*"),
    row("tasks", "subnets/*", SUBNET, "subnets/*"),
    row("tasks", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("codeBuildProjects", "subnets/*", SUBNET, "subnets/*"),
    row("codeBuildProjects", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("networkInterfaces", "subnet", SUBNET, ""),
    row("networkInterfaces", "securityGroups/*", Form::SecurityGroup, "securityGroups/*"),
    row("transitGateways", "vpc", VPC, "vpc"),
    row("vpcPeeringConnections", "vpc", VPC, "vpc"),
    row("vpnGateways", "vpc", VPC, "vpc"),
    row("carrierGateways", "vpc", VPC, "vpc"),
    row("localGateways", "vpc", VPC, "vpc"),
    row("coreNetworks", "vpc", VPC, "vpc"),
    row("expect", "from", Form::Key(WORKLOADS), ""),
    row("expect", "to", Form::Destination, ""),
    row("expect", "request/copySource", Form::Object, ""),
    row("expect", "carriers/*", Form::Key(CARRIERS), "carriers/*"),
    row("unknownSections", "", Form::UnknownSection, ""),
];
