//! What the engine trusts: references resolved to typed indices, CIDR blocks parsed, defaults filled in.
//!
//! Only [`Network::resolve`] makes these types. It always succeeds: what cannot be resolved is left out or marked
//! as unknown, and reported as a diagnostic.

mod arena;
mod permissions;
mod pointer;
mod resolve;
mod text;

pub use arena::{Arena, Index};
pub(crate) use permissions::is_account;
pub use permissions::{AccessPoint, AccessPointId};
pub use permissions::{Account, BucketPermissions, KmsKey, Organization, OrganizationLevel, PolicySet, Role, RoleId};
#[cfg(feature = "permissions")]
pub(crate) use permissions::{access_point_arn, account_of_arn, partition};
pub use pointer::Pointer;

use std::sync::OnceLock;

use ipnet::IpNet;

use crate::address::Addresses;
use crate::component::Component;
use crate::data;
#[cfg(feature = "permissions")]
use crate::policy::Policy;
use crate::query::{Client, Family};
use crate::range_set::RangeSet;

arena::indices! {
    /// Index of a VPC.
    VpcId,
    /// Index of a subnet.
    SubnetId,
    /// Index of a route table.
    RouteTableId,
    /// Index of an internet gateway.
    InternetGatewayId,
    /// Index of an egress-only internet gateway.
    EgressOnlyInternetGatewayId,
    /// Index of a NAT gateway.
    NatGatewayId,
    /// Index of a VPC endpoint.
    VpcEndpointId,
    /// Index of a security group.
    SecurityGroupId,
    /// Index of a network ACL.
    NetworkAclId,
    /// Index of a prefix list.
    PrefixListId,
    /// Index of a network interface.
    InterfaceId,
    /// Index of a workload.
    WorkloadId,
    /// Index of a bucket.
    BucketId,
}

/// A resolved configuration.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The Region of everything that does not name its own.
    pub region: String,
    /// Whether the Region is an assumption, since the document names none.
    pub region_assumed: bool,
    /// VPCs.
    pub vpcs: Arena<VpcId, Vpc>,
    /// Subnets.
    pub subnets: Arena<SubnetId, Subnet>,
    /// Route tables; a VPC without a main table of its own gets one with the local routes (R1.6, R2.1).
    pub route_tables: Arena<RouteTableId, RouteTable>,
    /// Internet gateways.
    pub internet_gateways: Arena<InternetGatewayId, InternetGateway>,
    /// Egress-only internet gateways.
    pub egress_only_internet_gateways: Arena<EgressOnlyInternetGatewayId, InternetGateway>,
    /// NAT gateways.
    pub nat_gateways: Arena<NatGatewayId, NatGateway>,
    /// VPC endpoints.
    pub vpc_endpoints: Arena<VpcEndpointId, VpcEndpoint>,
    /// Security groups, the default group of every VPC among them (R8.3).
    pub security_groups: Arena<SecurityGroupId, SecurityGroup>,
    /// Network ACLs, the default one of every VPC among them (R8.14).
    pub network_acls: Arena<NetworkAclId, NetworkAcl>,
    /// Prefix lists, the AWS-managed ones that anything refers to among them.
    pub prefix_lists: Arena<PrefixListId, PrefixList>,
    /// Every network interface, those that AWS makes for functions, NAT gateways and endpoints among them.
    pub interfaces: Arena<InterfaceId, Interface>,
    /// What traffic can come from.
    pub workloads: Arena<WorkloadId, Workload>,
    /// Buckets.
    pub buckets: Arena<BucketId, Bucket>,
    /// S3 access points.
    #[cfg(feature = "permissions")]
    pub access_points: Arena<AccessPointId, AccessPoint>,
    /// KMS keys that the document declares.
    #[cfg(feature = "permissions")]
    pub kms_keys: Vec<std::sync::Arc<KmsKey>>,
    /// The account of everything that does not name its own, where the document says it.
    #[cfg(feature = "permissions")]
    pub account: Option<String>,
    /// Roles, those of which the document has only the ARN among them.
    #[cfg(feature = "permissions")]
    pub roles: Arena<RoleId, Role>,
    /// Accounts of which the document says more than their digits.
    #[cfg(feature = "permissions")]
    pub accounts: Vec<Account>,
    /// Hosts on the Internet whose addresses are known.
    pub internet_hosts: Vec<InternetHost>,
    /// Private hosted zones.
    pub private_hosted_zones: Vec<PrivateHostedZone>,
    /// VPC Block Public Access.
    pub block_public_access: BlockPublicAccess,
    /// Sections of the document of which nothing is known, sorted, by their names there.
    #[cfg(feature = "whole")]
    pub unknown_sections: Vec<String>,
    /// IPv6 addresses of VPCs that stand in for those that AWS has still to assign.
    #[cfg(feature = "whole")]
    pub(crate) assigned_ipv6: RangeSet<u128>,
    /// The published IPv4 ranges of S3 in the Region, unpacked when first needed, since most questions are about them.
    pub(crate) s3_ranges: OnceLock<RangeSet<u128>>,
    /// Set once a question needs published ranges that only a build with the feature `whole` carries.
    #[cfg(not(feature = "whole"))]
    pub(crate) lacks_ranges: OnceLock<()>,
}

impl Network {
    /// The published addresses of a service in a Region.
    pub(crate) fn published(&self, service: &str, region: &str, family: Family) -> RangeSet<u128> {
        #[cfg(not(feature = "whole"))]
        if !matches!(service, "s3" | "dynamodb") && !data::has_all_of(region) {
            self.lacks_ranges.get_or_init(|| ());
        }
        let unpack = || data::addresses(service, region, family);
        if service == "s3" && region == self.region && family == Family::Ipv4 {
            return self.s3_ranges.get_or_init(unpack).clone();
        }
        unpack()
    }

    /// The name of a VPC, for problems.
    pub(crate) fn vpc_name(&self, vpc: VpcId) -> String {
        self.vpcs.get(vpc).component.name.clone()
    }

    /// Whether the document's source did not cover that section, so that nothing in it means unknown, not none.
    #[cfg(feature = "whole")]
    pub fn is_unknown(&self, section: &str) -> bool {
        self.unknown_sections.iter().any(|unknown| unknown == section)
    }

    /// Without the feature `whole`, no section is unknown: a document that says so is not read.
    #[cfg(not(feature = "whole"))]
    pub fn is_unknown(&self, _: &str) -> bool {
        false
    }
}

/// A VPC.
#[derive(Clone, Debug)]
pub struct Vpc {
    /// Its name.
    pub component: Component,
    /// IPv4 and IPv6 CIDR blocks, the primary IPv4 block first.
    pub blocks: Vec<IpNet>,
    /// The same as a set.
    pub addresses: Addresses,
    /// Whether the Amazon resolver answers (R1.8).
    pub dns_support: bool,
    /// Whether names of the VPC exist; gates private DNS (R1.8, R1.9).
    pub dns_hostnames: bool,
    /// Custom DNS servers in order; empty for AmazonProvidedDNS. Addresses of the Amazon resolver (R1.7) do not count as custom.
    pub dns_servers: Vec<std::net::IpAddr>,
    /// Whether the Amazon resolver is among the servers that are asked.
    pub asks_amazon_resolver: bool,
    /// The DHCP option set, where the VPC names one.
    pub dhcp_options: Option<Component>,
    /// Whether that option set is not in the document, so that the servers are not known.
    pub dhcp_options_missing: bool,
    /// Resolver rules (R1.15).
    #[cfg(feature = "whole")]
    pub resolver_rules: Vec<ResolverRule>,
    /// Rules of DNS Firewall, in the order in which they are evaluated (R1.16).
    #[cfg(feature = "whole")]
    pub dns_firewall_rules: Vec<DnsFirewallRule>,
    /// The main route table.
    pub main_route_table: RouteTableId,
    /// The default network ACL.
    pub default_network_acl: NetworkAclId,
    /// The default security group.
    pub default_security_group: SecurityGroupId,
}

/// A subnet.
#[derive(Clone, Debug)]
pub struct Subnet {
    /// Its name.
    pub component: Component,
    /// Its VPC.
    pub vpc: VpcId,
    /// IPv4 CIDR block.
    pub ipv4: Option<IpNet>,
    /// IPv6 CIDR block.
    pub ipv6: Option<IpNet>,
    /// Every address of its blocks.
    pub addresses: Addresses,
    /// The addresses that interfaces can have: without the first four and the last of each block (R1.21, R1.22).
    pub usable: Addresses,
    /// Availability Zone; empty when not given.
    pub availability_zone: String,
    /// The table that its traffic follows (R2.1).
    pub route_table: RouteTableId,
    /// Whether the table is associated explicitly.
    pub route_table_is_explicit: bool,
    /// The network ACL at its border (R8.14).
    pub network_acl: NetworkAclId,
    /// Free IPv4 addresses, where known.
    pub available_ip_address_count: Option<u32>,
    /// Whether DNS64 answers (R4.20).
    pub dns64: bool,
}

/// A route table.
#[derive(Clone, Debug)]
pub struct RouteTable {
    /// Its name.
    pub component: Component,
    /// Its VPC.
    pub vpc: VpcId,
    /// Every route: local ones first, then those of the document in order, then those of gateway endpoints.
    pub routes: Vec<Route>,
    /// Targets of routes whose destinations cannot be read, and where they stand: they may take any packet.
    pub unreadable: Vec<(RouteTarget, Pointer)>,
    /// Which route takes which IPv4 addresses, made when first needed.
    pub(crate) chosen_ipv4: OnceLock<ChosenRoutes>,
    /// The same for IPv6.
    pub(crate) chosen_ipv6: OnceLock<ChosenRoutes>,
}

/// Which routes of a table take which addresses of a family.
#[derive(Clone, Debug, Default)]
pub(crate) struct ChosenRoutes {
    /// Sorted and disjoint.
    pub(crate) ranges: Vec<ChosenRange>,
    /// Positions in [`RouteTable::routes`], longest prefix first, and whether AWS could as well pick another (R2.7).
    pub(crate) choices: Vec<(usize, bool)>,
}

/// Addresses that one route takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChosenRange {
    pub(crate) first: u128,
    pub(crate) last: u128,
    /// Position in [`ChosenRoutes::choices`].
    pub(crate) choice: usize,
}

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// What it matches.
    pub destination: RouteDestination,
    /// Where it leads.
    pub target: RouteTarget,
    /// Its state (R2.14).
    pub state: RouteState,
    /// Who wrote it (R2.16).
    pub origin: RouteOrigin,
    /// Pointer into the document; none for a route that AWS adds.
    pub pointer: Option<Pointer>,
}

/// What a route matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteDestination {
    /// A CIDR block.
    Block(IpNet),
    /// Every entry of a prefix list.
    PrefixList(PrefixListId),
}

/// Where a route leads (R2.17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteTarget {
    /// The VPC itself.
    Local,
    /// An internet gateway.
    InternetGateway(InternetGatewayId),
    /// An egress-only internet gateway.
    EgressOnlyInternetGateway(EgressOnlyInternetGatewayId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// A network interface, of an instance or bare.
    Interface(InterfaceId),
    /// A gateway endpoint, or a Gateway Load Balancer endpoint.
    VpcEndpoint(VpcEndpointId),
    /// Something of which only the name is known.
    #[cfg(feature = "whole")]
    Opaque(Component),
    /// A name that the document does not have.
    #[cfg(feature = "whole")]
    Missing(String),
}

impl RouteTarget {
    /// The target for a name that the document does not have. A build without the feature `whole` answers for no such
    /// document, so anything stands in for it.
    pub(crate) fn missing(_name: &str) -> RouteTarget {
        #[cfg(feature = "whole")]
        return RouteTarget::Missing(_name.to_owned());
        #[cfg(not(feature = "whole"))]
        RouteTarget::Local
    }

    /// Whether it is a name that the document does not have.
    pub(crate) fn is_missing(&self) -> bool {
        #[cfg(feature = "whole")]
        return matches!(self, RouteTarget::Missing(_));
        #[cfg(not(feature = "whole"))]
        false
    }
}

/// The state of a route (R2.14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteState {
    /// The target is there.
    Active,
    /// The target is gone; the route is still selected (R2.15).
    Blackhole,
    /// The route is not used.
    Filtered,
}

/// Who wrote a route (R2.16); decides between equal prefixes (R2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RouteOrigin {
    /// AWS, for the blocks of the VPC.
    Local,
    /// A person.
    Static,
    /// AWS, for the association of a gateway endpoint (R2.18).
    GatewayEndpoint,
    /// A virtual private gateway.
    Propagated,
}

/// An internet gateway, or an egress-only one.
#[derive(Clone, Debug)]
pub struct InternetGateway {
    /// Its name.
    pub component: Component,
    /// The VPC that it is attached to.
    pub vpc: Option<VpcId>,
    /// The table that incoming traffic follows (R2.22).
    pub route_table: Option<RouteTableId>,
}

/// A NAT gateway.
#[derive(Clone, Debug)]
pub struct NatGateway {
    /// Its name.
    pub component: Component,
    /// Its VPC.
    pub vpc: VpcId,
    /// Whether `ConnectivityType` is `private` (R4.5).
    pub is_private: bool,
    /// Its state in AWS's words; only `available` forwards (R4.4).
    pub state: String,
    /// Elastic IP addresses: each known, or assigned by AWS.
    pub elastic_ips: Vec<PublicAddress>,
    /// Zonal or regional.
    pub mode: NatGatewayMode,
}

/// Where a NAT gateway lives.
#[derive(Clone, Debug)]
pub enum NatGatewayMode {
    /// In a subnet, as that interface.
    Zonal(InterfaceId),
    /// In the VPC, without subnet (R4.16).
    #[cfg(feature = "whole")]
    Regional {
        /// Manual mode: the zones that have addresses. Empty: automatic mode (R4.18).
        availability_zones: Vec<String>,
        /// Its own route table; without one AWS's own, with a route to the internet gateway (R4.16).
        route_table: Option<RouteTableId>,
    },
    /// In a subnet that the document does not have.
    Unknown,
}

/// A VPC endpoint.
#[derive(Clone, Debug)]
pub struct VpcEndpoint {
    /// Its name.
    pub component: Component,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its type.
    pub kind: VpcEndpointKind,
    /// The service.
    pub service: ServiceName,
    /// Its state in AWS's words, lower case; only `available` works (R5.9).
    pub state: String,
    /// Address families that it serves (R5.19).
    pub families: Vec<Family>,
    /// Gateway: prefix lists that its routes carry.
    pub prefix_lists: Vec<PrefixListId>,
    /// Gateway: associated route tables.
    pub route_tables: Vec<RouteTableId>,
    /// Interface: its interfaces, in the order of its subnets.
    pub interfaces: Vec<InterfaceId>,
    /// Interface: whether public names lead to it.
    pub private_dns: PrivateDns,
    /// Its policy; none for full access (R5.24).
    #[cfg(feature = "permissions")]
    pub policy: Option<Policy>,
}

/// Type of a VPC endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VpcEndpointKind {
    /// A target of routes (section 5).
    Gateway,
    /// Interfaces with private addresses (section 6).
    Interface,
    /// A target of routes before an appliance (R9.20).
    GatewayLoadBalancer,
}

/// Whether an interface endpoint captures its service's public names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateDns {
    /// No (R6.15).
    Off,
    /// Only for the inbound Resolver endpoint, not inside the VPC (R6.13, R6.14).
    InboundResolverOnly,
    /// In the whole VPC (R6.9).
    On,
    /// Wanted, but without effect while a DNS attribute of the VPC is false (R1.9).
    WithoutEffect,
}

/// The name of an AWS service: `com.amazonaws.us-east-1.s3`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServiceName {
    /// The part behind the Region: `s3`, `ecr.api`.
    pub service: String,
    /// The Region; empty for a service of another provider.
    pub region: String,
    /// The whole name.
    pub full: String,
}

/// A security group.
#[derive(Clone, Debug)]
pub struct SecurityGroup {
    /// Its name.
    pub component: Component,
    /// Its VPC.
    pub vpc: VpcId,
    /// What may come in.
    pub ingress: Vec<SecurityGroupRule>,
    /// What may go out.
    pub egress: Vec<SecurityGroupRule>,
}

/// A rule of a security group.
#[derive(Clone, Debug)]
pub struct SecurityGroupRule {
    /// Protocol and ports.
    pub traffic: TrafficMatch,
    /// The other side.
    pub peer: Peer,
    /// Pointer into the document; none for a rule that AWS adds.
    pub pointer: Option<Pointer>,
    /// Whether protocol or ports cannot be read: the rule then has the widest that they could be.
    pub is_unreadable: bool,
}

impl SecurityGroupRule {
    /// Whether it could admit and could not. A build without the feature `whole` answers for no document with a mistake.
    #[inline]
    pub(crate) fn is_in_doubt(&self) -> bool {
        cfg!(feature = "whole") && self.is_unreadable
    }
}

/// The other side of a security group's rule (R8.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Peer {
    /// A CIDR block.
    Block(IpNet),
    /// The private addresses of interfaces with that group (R8.6).
    SecurityGroup(SecurityGroupId),
    /// The entries of a prefix list.
    PrefixList(PrefixListId),
    /// A name that the document does not have.
    #[cfg(feature = "whole")]
    Missing(String),
}

impl Peer {
    /// The peer for a name that the document does not have. A build without the feature `whole` answers for no such
    /// document, so anything stands in for it.
    pub(crate) fn missing(_name: &str) -> Peer {
        #[cfg(feature = "whole")]
        return Peer::Missing(_name.to_owned());
        #[cfg(not(feature = "whole"))]
        Peer::Block(IpNet::default())
    }
}

/// Protocol and ports of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrafficMatch {
    /// IANA protocol number; none for all.
    pub protocol: Option<u8>,
    /// Ports; for ICMP the types. All when the protocol has neither.
    pub ports: RangeSet<u16>,
}

/// A network ACL.
#[derive(Clone, Debug)]
pub struct NetworkAcl {
    /// Its name.
    pub component: Component,
    /// Its VPC.
    pub vpc: VpcId,
    /// Inbound rules by number.
    pub ingress: Vec<NetworkAclRule>,
    /// Outbound rules by number.
    pub egress: Vec<NetworkAclRule>,
}

/// A rule of a network ACL.
#[derive(Clone, Debug)]
pub struct NetworkAclRule {
    /// Its number; 0 where that cannot be read, since the rule may stand before every other.
    pub number: u32,
    /// Whether it allows; none where that cannot be read.
    pub allow: Option<bool>,
    /// Protocol and ports.
    pub traffic: TrafficMatch,
    /// The other side; none where that cannot be read.
    pub block: Option<IpNet>,
    /// Pointer into the document; none for a rule that AWS adds.
    pub pointer: Option<Pointer>,
    /// Whether a part of it cannot be read: the rule then has the widest that it could be, and may decide or not.
    pub is_unreadable: bool,
}

impl NetworkAclRule {
    /// Whether it allows what it matches; none where it may not decide, or either way. A build without the feature
    /// `whole` answers for no document with a mistake.
    #[inline]
    pub(crate) fn decides(&self) -> Option<bool> {
        if cfg!(feature = "whole") {
            self.allow.filter(|_| !self.is_unreadable)
        } else {
            Some(self.allow == Some(true))
        }
    }
}

/// A prefix list.
#[derive(Clone, Debug)]
pub struct PrefixList {
    /// Its name.
    pub component: Component,
    /// The service, for an AWS-managed list.
    pub service: Option<ServiceName>,
    /// Its blocks.
    pub entries: Vec<IpNet>,
    /// The same as a set.
    pub addresses: Addresses,
    /// Whether the entries are those that come with vpcreach, since the document has only the name.
    pub from_bundled_data: bool,
    /// Whether nothing is known of its entries.
    pub is_unknown: bool,
}

/// A network interface.
#[derive(Clone, Debug)]
pub struct Interface {
    /// What it belongs to: a function, a NAT gateway, itself when bare.
    pub owner: Component,
    /// What kind of thing that is.
    pub role: InterfaceRole,
    /// Its subnet.
    pub subnet: SubnetId,
    /// The private addresses that it can have: one where given, else all usable ones of the subnet.
    pub addresses: Addresses,
    /// Its public IPv4 address.
    pub public_address: PublicAddress,
    /// Security groups; none for a NAT gateway, which has no filter (R4.7).
    pub security_groups: Vec<SecurityGroupId>,
    /// Security groups that the document does not have.
    pub missing_security_groups: Vec<String>,
    /// Whether it refuses traffic that is not its own (R4.22).
    pub source_dest_check: bool,
    /// Why it does not work, in AWS's words: an instance that is `stopped`.
    pub bad_state: Option<String>,
    /// What it does with packets that are not for itself.
    pub forwards: Forwards,
    /// Ports that something listens on; none when not given.
    pub listens: Option<RangeSet<u16>>,
}

impl Interface {
    /// Security groups that the document does not have. A build without the feature `whole` answers for no document that
    /// lacks one.
    #[inline]
    pub(crate) fn missing_groups(&self) -> &[String] {
        if cfg!(feature = "whole") { &self.missing_security_groups } else { &[] }
    }
}

/// What an interface belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterfaceRole {
    /// A Lambda function (R7.3).
    Function,
    /// An EC2 instance.
    Instance,
    /// An ECS task.
    Task,
    /// A CodeBuild project.
    CodeBuildProject,
    /// Nothing else in the document.
    Bare,
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// An interface endpoint.
    VpcEndpoint(VpcEndpointId),
}

/// The public IPv4 address of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicAddress {
    /// None, so an internet gateway drops its packets (R3.2).
    None,
    /// One that AWS assigns; which is not known.
    Assigned,
    /// That one.
    Known(std::net::Ipv4Addr),
    /// That one, associated by hand with an interface that AWS replaces at will (R15.1).
    Fragile(std::net::Ipv4Addr),
}

impl PublicAddress {
    /// The address, where it is known.
    #[must_use]
    pub fn known(self) -> Option<std::net::IpAddr> {
        match self {
            PublicAddress::None | PublicAddress::Assigned => None,
            PublicAddress::Known(address) | PublicAddress::Fragile(address) => Some(address.into()),
        }
    }
}

/// What an interface does with packets that are not for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forwards {
    /// Not said: a NAT instance is assumed.
    NotSaid,
    /// Translates the source to its own address: a NAT instance (R4.21).
    Nat,
    /// Passes them on unchanged: an appliance.
    Unchanged,
    /// Nothing.
    Nothing,
}

/// What traffic can come from.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Its name.
    pub component: Component,
    /// Whether it is attached to a VPC; an unattached function has its own Internet access (R7.1).
    pub attached: bool,
    /// Its interfaces: one in each subnet of a function or task; the primary one first for an instance.
    pub interfaces: Vec<InterfaceId>,
    /// Whether any of the interfaces may be used (function, task), or only the primary one (instance).
    pub uses_any_interface: bool,
    /// Subnets that the document does not have.
    pub missing_subnets: Vec<String>,
    /// Whether it may use IPv6 (R3.8).
    pub ipv6: bool,
    /// Why it does not start, if it does not.
    pub not_started: Option<NotStarted>,
    /// Whether the document says that a function is active, so that it has its interfaces already.
    pub is_said_to_be_active: bool,
    /// AWS's reason code where the last update of a function failed, so that it goes on with its old configuration
    /// (R7.19); the code may be empty.
    pub failed_update: Option<String>,
    /// The role that its code has.
    #[cfg(feature = "permissions")]
    pub role: Option<RoleId>,
    /// Time-out of a function in seconds (R7.23).
    pub timeout: Option<u32>,
    /// Runtime of a function.
    pub runtime: Option<String>,
    /// Client options.
    pub client: Client,
    /// Ports that something listens on, where given.
    pub listens: Option<RangeSet<u16>>,
}

/// Why a workload never runs (R0.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotStarted {
    /// The state is not the one in which it works; with AWS's reason code where given.
    State {
        /// The state in AWS's words.
        state: String,
        /// The reason code in AWS's words (R7.17).
        reason: Option<String>,
    },
    /// Every subnet is out of addresses.
    OutOfAddresses {
        /// The subnets.
        subnets: Vec<SubnetId>,
    },
}

/// An S3 bucket.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// Its key in the document.
    pub component: Component,
    /// The bucket's name.
    pub bucket_name: String,
    /// Its Region.
    pub region: String,
    /// Who may do what with it.
    #[cfg(feature = "permissions")]
    pub permissions: BucketPermissions,
}

/// A host on the Internet.
#[derive(Clone, Debug)]
pub struct InternetHost {
    /// Its key in the document.
    pub component: Component,
    /// Its host name.
    pub host: String,
    /// Its addresses; empty when not known.
    pub addresses: Addresses,
    /// Ports that something listens on; none when not given.
    pub listens: Option<RangeSet<u16>>,
}

/// A private hosted zone.
#[derive(Clone, Debug)]
pub struct PrivateHostedZone {
    /// Its key in the document.
    pub component: Component,
    /// Its domain, lower case, without final dot.
    pub domain: String,
    /// The VPCs associated with it.
    pub vpcs: Vec<VpcId>,
    /// Values by record name, relative to the zone.
    pub records: Vec<(String, Vec<RecordValue>)>,
}

/// A Resolver rule of a VPC (R1.15).
#[cfg(feature = "whole")]
#[derive(Clone, Debug)]
pub struct ResolverRule {
    /// Its domain, lower case, without final dot; empty for every name, none where it is not known.
    pub domain: Option<String>,
    /// What it does.
    pub kind: ResolverRuleType,
}

/// What a Resolver rule does with queries.
#[cfg(feature = "whole")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResolverRuleType {
    /// Servers of one's own answer.
    Forward,
    /// The Amazon resolver answers.
    System,
    /// Servers of one's own answer for what a private hosted zone delegates to them.
    Delegate,
    /// It is not known which.
    Unknown,
}

/// A rule of DNS Firewall (R1.16).
#[cfg(feature = "whole")]
#[derive(Clone, Debug)]
pub struct DnsFirewallRule {
    /// What it does with a query that it matches.
    pub action: DnsFirewallAction,
    /// Its domain list, lower case, without final dots; none where it is not known.
    pub domains: Option<Vec<String>>,
    /// Whether it inspects only the first name of a chain of aliases.
    pub trusts_redirection: bool,
    /// The type of query that it is about, in capitals; none for all.
    pub query_type: Option<String>,
}

/// What a rule of DNS Firewall does with a query.
#[cfg(feature = "whole")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DnsFirewallAction {
    /// `ALLOW` or `ALERT`.
    Passes,
    /// `BLOCK` with `NODATA` or `NXDOMAIN`, which is the text.
    Blocks(&'static str),
    /// `BLOCK` with `OVERRIDE`.
    Overrides,
    /// It is not known what.
    Unknown,
}

/// A value of a DNS record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordValue {
    /// A or AAAA.
    Address(std::net::IpAddr),
    /// CNAME.
    Name(String),
}

/// VPC Block Public Access (R3.11).
#[derive(Clone, Debug, Default)]
pub struct BlockPublicAccess {
    /// The mode.
    pub mode: BlockMode,
    /// Effective exclusions of whole VPCs.
    pub excluded_vpcs: Vec<(VpcId, ExclusionMode)>,
    /// Effective exclusions of subnets.
    pub excluded_subnets: Vec<(SubnetId, ExclusionMode)>,
}

/// What VPC Block Public Access blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockMode {
    /// Nothing.
    #[default]
    Off,
    /// Everything through internet gateways (R3.12).
    Bidirectional,
    /// Everything but NAT gateways and egress-only internet gateways (R3.13).
    Ingress,
}

/// What an exclusion lets through (R3.14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExclusionMode {
    /// Both directions.
    Bidirectional,
    /// Traffic that starts inside.
    Egress,
}
