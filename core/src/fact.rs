//! Decisions as data: everything the engine can say about a packet, a name or a workload.
//!
//! A fact carries its operands only; [`Fact::code`], [`Fact::rule`], [`Fact::action`] and [`Fact::basis`] derive
//! the rest, and `words` renders it in each language.

mod permission;

pub use permission::{Denial, NearestStatement, Permission, StatementName, Tested};

use std::net::IpAddr;

use serde::Serialize;

use crate::closed_list::closed_lists;
use crate::component::Component;
use crate::network::{InterfaceRole, SubnetId};
use crate::policy::{LayerKind, Need};
use crate::query::Family;
use crate::verdict::ReasonCode;

/// Which way a filter looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FilterDirection {
    /// Into the interface or subnet.
    Ingress,
    /// Out of the interface or subnet.
    Egress,
}

/// A rule of a filter, as a person would read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// `tcp`, `all`, …
    pub protocol: String,
    /// `443`, `1024-65535`; empty for all.
    pub ports: String,
    /// The other side as written: CIDR block, group, prefix list.
    pub peer: String,
}

closed_lists! {
    /// What a component does with the traffic.
    pub enum Action {
        /// Runs the code that sends the traffic.
        Starts = "starts",
        /// Answers a name.
        Resolves = "resolves",
        /// Lets it pass.
        Allows = "allows",
        /// Chooses the next component.
        Routes = "routes",
        /// Replaces the source address.
        Translates = "translates",
        /// Hands it on.
        Forwards = "forwards",
        /// Is the destination, and gets it.
        Answers = "answers",
        /// Points to another Region.
        Redirects = "redirects",
        /// Answers that nothing listens, or that it may not.
        Refuses = "refuses",
        /// Drops it.
        Drops = "drops",
        /// Cannot be told from the document.
        Unknown = "unknown",
    }
}

closed_lists! {
    /// What kind of reason a decision has.
    pub enum Basis {
        /// A rule or route that somebody wrote.
        ExplicitRule = "explicitRule",
        /// AWS's default.
        Default = "default",
        /// No rule or route matches.
        NoMatch = "noMatch",
        /// The state of the component.
        BadState = "badState",
        /// What the component is.
        Structural = "structural",
        /// The document does not say.
        NotKnown = "notKnown",
    }
}

/// A range that an internet gateway refuses to send to (R3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateRange {
    /// 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16.
    Rfc1918,
    /// 100.64.0.0/10.
    Rfc6598,
}

/// Why it cannot be told what a rule of DNS Firewall does with a name (R1.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DnsDoubt {
    /// It answers with another name.
    Override,
    /// What it does is not known.
    Action,
    /// Whether its domain list has the name is not known.
    DomainList,
    /// The name may be an alias of one that it does not let pass.
    Alias,
    /// It treats queries for IPv4 and for IPv6 addresses differently.
    QueryType,
}

/// What the document would have to say for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A section that the source did not cover.
    Section(&'static str),
    /// A resource that is named and not there.
    Resource(String),
    /// A link out of the VPC that is not modelled.
    Link(Component),
    /// What has that private address.
    OwnerOfAddress(IpAddr),
    /// The addresses of a host, since they are not all treated alike.
    AddressesOfHost(String),
    /// Which client it is, since clients differ here.
    ClientOption(&'static str),
    /// What a custom DNS server answers.
    DnsAnswer(String),
    /// What DNS Firewall does with a name (R1.16).
    DnsFirewall {
        /// The name.
        host: String,
        /// The position of the rule that leaves it open.
        rule: usize,
        /// Why it does.
        why: DnsDoubt,
    },
    /// What the servers answer to which a Resolver rule forwards a name (R1.15).
    ResolverRule {
        /// The name.
        host: String,
        /// The position of the rule.
        rule: usize,
        /// The domain of the rule, where it is known.
        domain: Option<String>,
    },
    /// What the guest of an instance does with the packet.
    Guest(Component),
    /// What is asked of the service, since the component has a policy that may deny it.
    Operation(Component),
    /// What would settle whether the policies allow the request.
    Permission {
        /// The layer that leaves it open, and what was asked of it.
        permission: Permission,
        /// What would settle it.
        needs: Vec<Need>,
    },
    /// Which of two prefix lists with the same block AWS picked (R2.7).
    PrefixListChoice(Component),
    /// The entries of a prefix list.
    PrefixListEntries(Component),
    /// The table that AWS made for a regional NAT gateway, or other things of the gateway itself.
    Component(Component),
    /// Whether an API behind an `execute-api` endpoint is public or private (R15.3).
    ApiKind(String),
    /// What a rule or route of the document says, since it cannot be read; a pointer to it.
    Unreadable(String),
    /// The case has more parts than the engine follows.
    TooManyParts,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The workload runs in the VPC.
    Starts {
        /// What it is.
        role: InterfaceRole,
    },
    /// The function is not attached to a VPC and uses Lambda's own network (R7.1).
    StartsOutsideVpc,
    /// The workload is in a state in which it does not run (R7.16, R7.17).
    NotStarted {
        /// The state in AWS's words.
        state: String,
        /// The reason code in AWS's words.
        reason: Option<String>,
        /// Whether it is a function.
        is_function: bool,
    },
    /// The function's subnets have no free address (R7.17).
    OutOfAddresses {
        /// The subnets.
        subnets: Vec<SubnetId>,
        /// Their names.
        names: Vec<String>,
    },

    /// The function's role does not let Lambda make its network interfaces (R7.13, R7.15).
    CannotCreateInterfaces {
        /// The role.
        role: Component,
        /// The actions that it is not allowed.
        missing: Vec<String>,
    },

    /// The destination is an address, so no name is asked.
    NoNameNeeded,
    /// The resolver answers with public addresses.
    ResolvesPublicly {
        /// The name.
        host: String,
        /// The Region of the addresses; empty for a host on the Internet.
        region: String,
    },
    /// Private DNS of an interface endpoint answers with its private addresses (R6.9).
    ResolvesToEndpoint {
        /// The name.
        host: String,
        /// The endpoint.
        endpoint: Component,
    },
    /// A record of a private hosted zone answers.
    ResolvesInZone {
        /// The name.
        host: String,
        /// The zone.
        zone: Component,
    },
    /// A custom DNS server is asked, and assumed to answer as public DNS does (R1.11, R1.12).
    AsksDnsServer {
        /// The server.
        server: IpAddr,
    },
    /// `enableDnsSupport` is false (R1.8, R1.13).
    DnsSupportDisabled {
        /// The VPC.
        vpc: Component,
    },
    /// No custom DNS server can be reached (R1.11).
    DnsServersUnreachable {
        /// The servers.
        servers: Vec<IpAddr>,
    },
    /// A private hosted zone matches and has no such record (R1.14).
    ZoneHasNoRecord {
        /// The name.
        host: String,
        /// The zone.
        zone: Component,
    },
    /// A rule of DNS Firewall blocks the name (R1.16).
    DnsFirewallBlocks {
        /// The name.
        host: String,
        /// The position of the rule among those of the VPC.
        rule: usize,
        /// What it answers: `NODATA` or `NXDOMAIN`.
        response: &'static str,
    },
    /// The name has no address of a family that the workload has (R3.8, R3.10).
    NoAddressOfFamily {
        /// The name.
        host: String,
        /// The family that the workload has.
        family: Family,
    },
    /// The workload has no address of the destination's family (R7.6).
    WorkloadLacksFamily {
        /// The family of the destination.
        family: Family,
    },
    /// An interface endpoint of the service exists, and its private DNS does not cover this name (R6.12, R6.16, R15.4).
    NameNotCovered {
        /// The name.
        host: String,
        /// The endpoint.
        endpoint: Component,
    },
    /// An interface endpoint of the service exists, and its private DNS is not in effect (R6.14, R6.15, R1.9).
    PrivateDnsNotInEffect {
        /// The endpoint.
        endpoint: Component,
        /// Why.
        why: crate::network::PrivateDns,
    },
    /// The private DNS of an `execute-api` endpoint captures every API of the Region (R15.3).
    PublicApiCaptured {
        /// The name.
        host: String,
        /// The endpoint.
        endpoint: Component,
    },

    /// A rule of a security group admits the traffic (R8.1).
    SecurityGroupAllows {
        /// Which way.
        direction: FilterDirection,
        /// The rule.
        rule: RuleText,
    },
    /// The security groups have no rule in that direction (R8.2).
    SecurityGroupHasNoRules {
        /// Which way.
        direction: FilterDirection,
        /// The groups.
        groups: Vec<String>,
    },
    /// No rule of the security groups admits the traffic (R8.1).
    SecurityGroupMismatch {
        /// Which way.
        direction: FilterDirection,
        /// The groups.
        groups: Vec<String>,
    },
    /// A rule of a network ACL decides (R8.15).
    NetworkAclRule {
        /// Which way.
        direction: FilterDirection,
        /// Whether it allows.
        allow: bool,
        /// Its number.
        number: u32,
        /// The rule.
        rule: RuleText,
    },
    /// No rule of the network ACL matches, so its `*` rule denies (R8.15).
    NetworkAclNoMatch {
        /// Which way.
        direction: FilterDirection,
    },

    /// The function is in no VPC, or in another, and the destination is a private address (R7.1).
    NotInVpc,
    /// Source and destination are in one subnet, where no table and no network ACL acts (R2.13, R8.17).
    SameSubnet,
    /// A route is selected (R2.5).
    RouteSelected {
        /// Its destination as written.
        destination: String,
        /// Its target.
        target: String,
        /// Whether it is the local route.
        local: bool,
    },
    /// No route matches (R2.5).
    NoRoute,
    /// The selected route is a blackhole (R2.14, R2.15).
    RouteBlackhole {
        /// Its destination as written.
        destination: String,
        /// Its target.
        target: String,
    },
    /// The reply is steered past a component that did not see the packet (R2.23).
    ReplyTakesAnotherWay {
        /// Where the reply is sent.
        target: String,
    },
    /// The address is inside the VPC's blocks and in no subnet.
    AddressInNoSubnet {
        /// One such address.
        address: IpAddr,
    },
    /// A gateway endpoint of the service exists, and the subnet's table is not associated with it (R5.2).
    EndpointNotAssociated {
        /// The endpoint.
        endpoint: Component,
        /// The subnet's table.
        table: String,
    },
    /// A route beats that of the gateway endpoint (R2.12).
    EndpointRouteBeaten {
        /// The endpoint.
        endpoint: Component,
        /// The destination of the route that wins.
        destination: String,
        /// Whether by a longer prefix, else by priority.
        by_prefix: bool,
    },
    /// Packets go round (R15.6).
    RoutingLoop,

    /// The internet gateway passes the packet under the interface's public address (R3.2).
    InternetGatewayForwards {
        /// Family; IPv6 needs no translation (R3.6).
        family: Family,
        /// The public address, where known.
        address: Option<IpAddr>,
        /// Whether the address is lost when AWS replaces the interface (R15.1).
        fragile: bool,
    },
    /// The source has no public IPv4 address (R3.2, R3.3).
    NoPublicAddress {
        /// What the source is.
        role: InterfaceRole,
        /// Whose interface it is.
        owner: Component,
    },
    /// The gateway is attached to no VPC, or to another (R3.1).
    GatewayNotAttached,
    /// The internet gateway refuses private destinations (R3.4).
    PrivateDestination {
        /// The range.
        range: PrivateRange,
    },
    /// The destination is a public address of the same VPC.
    InternetGatewayReflection {
        /// The address.
        address: IpAddr,
    },
    /// VPC Block Public Access blocks (R3.12, R3.13).
    PublicAccessBlocked {
        /// The mode in AWS's words.
        mode: &'static str,
    },
    /// An egress-only internet gateway passes IPv6 (R3.7).
    EgressOnlyForwards,
    /// The component does not carry that family.
    FamilyNotCarried {
        /// The family.
        family: Family,
    },
    /// The component does not carry that protocol (R4.7, R5.11).
    ProtocolNotCarried {
        /// The protocol.
        protocol: String,
        /// Whether the component is a gateway endpoint.
        gateway_endpoint: bool,
    },
    /// The component is in a state in which it does not work (R4.4, R5.9).
    BadState {
        /// The state in AWS's words.
        state: String,
    },
    /// A NAT gateway translates the source (R4.6).
    NatGatewayTranslates {
        /// Its Elastic IP address; none for a private one.
        elastic_ip: Option<IpAddr>,
    },
    /// The regional NAT gateway does not serve the zone (R4.19).
    ZoneNotServed {
        /// The zone.
        availability_zone: String,
    },
    /// Source/destination check is on (R4.22).
    SourceDestCheck,
    /// A NAT instance translates the source (R4.21).
    NatInstanceTranslates,
    /// An appliance passes the packet on unchanged.
    ApplianceForwards,
    /// The interface does not forward packets for others.
    DoesNotForward,
    /// A gateway endpoint hands the packet to the service (R5.8).
    GatewayEndpointForwards {
        /// The service.
        service: String,
    },
    /// An interface endpoint hands the request to the service (R6.3).
    InterfaceEndpointForwards {
        /// The service.
        service: String,
    },

    /// The policies of a layer let the request pass (R0.5).
    PolicyAllows {
        /// What was asked.
        permission: Permission,
        /// The statement that allows; none where the layer only does not deny.
        statement: Option<StatementName>,
    },
    /// A layer denies the request, or does not allow it (R0.5).
    PolicyDenies(Box<Denial>),

    /// The service answers.
    ServiceAnswers {
        /// The service: `s3`.
        service: String,
        /// The Region.
        region: String,
        /// Whether this is the reply to a first request, before a redirect.
        bucket: Option<String>,
    },
    /// The bucket is elsewhere: S3 answers 301 with its Region (R5.5, R7.31).
    RedirectsToRegion {
        /// The bucket's Region.
        region: String,
        /// Whether the client follows.
        followed: bool,
    },
    /// A copy between Regions through an endpoint is refused (R6.12, R15.2).
    CopyRefused {
        /// The source's Region.
        source_region: String,
    },
    /// The request sets an access control list, which a bucket whose object ownership is `BucketOwnerEnforced` does not
    /// take: S3 answers 400
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html>).
    ListNotSupported,
    /// A host on the Internet answers.
    InternetAnswers {
        /// The host or address.
        host: String,
    },
    /// Another workload or interface of the VPC answers.
    InterfaceAnswers,
    /// Nothing listens on the port (section 13, row 57).
    PortNotListening {
        /// The port.
        port: u16,
    },

    /// Cannot be told.
    NotKnown(Missing),
}

impl Missing {
    /// Whether this build has words for it; see [`Fact::is_worded`].
    #[inline]
    pub(crate) fn is_worded(&self) -> bool {
        cfg!(feature = "whole") || matches!(self, Missing::ApiKind(_))
    }
}

impl Fact {
    /// Whether this build has words for it. Without the feature `whole` there are none for what hardly anybody meets;
    /// answers with it are left to a build that has the feature.
    #[inline]
    pub(crate) fn is_worded(&self) -> bool {
        match self {
            Fact::NotKnown(missing) => missing.is_worded(),
            Fact::CannotCreateInterfaces { .. }
            | Fact::CopyRefused { .. }
            | Fact::ListNotSupported
            | Fact::ZoneNotServed { .. }
            | Fact::ResolvesInZone { .. }
            | Fact::ZoneHasNoRecord { .. }
            | Fact::DnsFirewallBlocks { .. }
            | Fact::AsksDnsServer { .. }
            | Fact::DnsServersUnreachable { .. }
            | Fact::ReplyTakesAnotherWay { .. }
            | Fact::AddressInNoSubnet { .. }
            | Fact::InternetGatewayReflection { .. }
            | Fact::ApplianceForwards
            | Fact::PrivateDestination { .. } => cfg!(feature = "whole"),
            _ => true,
        }
    }

    /// Whether a rule of the VPC's resolver decides (R1.15, R1.16).
    #[inline]
    pub(crate) fn is_of_resolver_rules(&self) -> bool {
        matches!(
            self,
            Fact::DnsFirewallBlocks { .. } | Fact::NotKnown(Missing::DnsFirewall { .. } | Missing::ResolverRule { .. })
        )
    }

    /// The reason code, for what keeps traffic from arriving.
    pub fn code(&self) -> Option<ReasonCode> {
        use ReasonCode as Code;
        Some(match self {
            Fact::NotStarted { reason, is_function, .. } => match reason.as_deref() {
                _ if !is_function => Code::BadState,
                Some("SubnetOutOfIPAddresses") => Code::SubnetOutOfAddresses,
                Some(
                    "EniLimitExceeded"
                    | "InsufficientRolePermissions"
                    | "InvalidSubnet"
                    | "InvalidSecurityGroup"
                    | "EC2RequestLimitExceeded"
                    | "DisallowedByVpcEncryptionControl",
                ) => Code::FunctionCannotCreateEni,
                _ => Code::FunctionNotActive,
            },
            Fact::OutOfAddresses { .. } => Code::SubnetOutOfAddresses,
            Fact::CannotCreateInterfaces { .. } => Code::FunctionCannotCreateEni,
            Fact::DnsSupportDisabled { .. } => Code::DnsSupportDisabled,
            Fact::DnsServersUnreachable { .. } => Code::DnsServerUnreachable,
            Fact::ZoneHasNoRecord { .. } | Fact::DnsFirewallBlocks { .. } => Code::NameNotResolved,
            Fact::NoAddressOfFamily { .. } | Fact::WorkloadLacksFamily { .. } => Code::AddressFamilyMismatch,
            Fact::NameNotCovered { .. } => Code::NameNotCoveredByEndpoint,
            Fact::PrivateDnsNotInEffect { .. } => Code::PrivateDnsNotInEffect,
            Fact::PublicApiCaptured { .. } => Code::PrivateDnsCapturesPublicApi,
            Fact::SecurityGroupHasNoRules { .. } => Code::SgHasNoRules,
            Fact::SecurityGroupMismatch { .. } => Code::EniSgRulesMismatch,
            Fact::NetworkAclRule { allow: false, .. } | Fact::NetworkAclNoMatch { .. } => Code::SubnetAclRestriction,
            Fact::NoRoute => Code::NoRouteToDestination,
            Fact::RouteBlackhole { .. } => Code::BadStateRoute,
            Fact::ReplyTakesAnotherWay { .. } => Code::AsymmetricStatefulPath,
            Fact::AddressInNoSubnet { .. } => Code::NoPossibleDestination,
            Fact::NotInVpc => Code::DisconnectedVpcs,
            Fact::EndpointNotAssociated { .. } => Code::EndpointNotAssociated,
            Fact::EndpointRouteBeaten { by_prefix: true, .. } => Code::MoreSpecificRoute,
            Fact::EndpointRouteBeaten { by_prefix: false, .. } => Code::HigherPriorityRoute,
            Fact::RoutingLoop => Code::RoutingLoop,
            Fact::NoPublicAddress { .. } => Code::IgwPublicIpAssociationForEgress,
            Fact::GatewayNotAttached => Code::BadStateAttachment,
            Fact::PrivateDestination { range: PrivateRange::Rfc1918 } => Code::IgwDestinationAddressNotInRfc1918Egress,
            Fact::PrivateDestination { range: PrivateRange::Rfc6598 } => Code::IgwDestinationAddressNotInRfc6598Egress,
            Fact::InternetGatewayReflection { .. } => Code::IgwNatReflection,
            Fact::PublicAccessBlocked { .. } => Code::VpcBlockPublicAccessEnabled,
            Fact::FamilyNotCarried { .. } => Code::ProtocolRestriction,
            Fact::ProtocolNotCarried { gateway_endpoint: true, .. } => Code::VpceGatewayProtocolRestriction,
            Fact::ProtocolNotCarried { gateway_endpoint: false, .. } => Code::ProtocolRestriction,
            Fact::BadState { .. } => Code::BadState,
            Fact::ZoneNotServed { .. } => Code::RegionalNgwRouteAzRestriction,
            Fact::SourceDestCheck => Code::EniSourceDestCheckRestriction,
            Fact::DoesNotForward => Code::EniAddressRestriction,
            Fact::RedirectsToRegion { followed: false, .. } => Code::BucketInAnotherRegion,
            Fact::CopyRefused { .. } => Code::CrossRegionCopyNotSupported,
            Fact::ListNotSupported => Code::AccessControlListNotSupported,
            Fact::PolicyDenies(denial) => match denial.permission.layer {
                LayerKind::ResourceControl => Code::ResourceControlPolicyDenies,
                LayerKind::ServiceControl => Code::ServiceControlPolicyDenies,
                LayerKind::GatewayEndpoint | LayerKind::InterfaceEndpoint => Code::EndpointPolicyDenies,
                LayerKind::AccessPoint => Code::AccessPointPolicyDenies,
                LayerKind::Bucket => Code::BucketPolicyDenies,
                LayerKind::Key => Code::KeyPolicyDenies,
                LayerKind::Identity => Code::IdentityPolicyDenies,
                LayerKind::PermissionsBoundary => Code::PermissionsBoundaryDenies,
                LayerKind::Session => Code::SessionPolicyDenies,
                LayerKind::BlockPublicAccess => Code::S3BlockPublicAccessDenies,
            },
            Fact::PortNotListening { .. } => Code::PortNotListening,
            Fact::NotKnown(missing) => match missing {
                Missing::OwnerOfAddress(_)
                | Missing::AddressesOfHost(_)
                | Missing::DnsAnswer(_)
                | Missing::DnsFirewall { .. }
                | Missing::ResolverRule { .. } => Code::UnknownDestination,
                Missing::Operation(_) | Missing::Permission { .. } => Code::PolicyUndetermined,
                Missing::ApiKind(_) => Code::PrivateDnsCapturesPublicApi,
                _ => Code::UnknownResource,
            },
            Fact::Starts { .. }
            | Fact::StartsOutsideVpc
            | Fact::NoNameNeeded
            | Fact::ResolvesPublicly { .. }
            | Fact::ResolvesToEndpoint { .. }
            | Fact::ResolvesInZone { .. }
            | Fact::AsksDnsServer { .. }
            | Fact::SecurityGroupAllows { .. }
            | Fact::NetworkAclRule { allow: true, .. }
            | Fact::SameSubnet
            | Fact::RouteSelected { .. }
            | Fact::InternetGatewayForwards { .. }
            | Fact::EgressOnlyForwards
            | Fact::NatGatewayTranslates { .. }
            | Fact::NatInstanceTranslates
            | Fact::ApplianceForwards
            | Fact::GatewayEndpointForwards { .. }
            | Fact::InterfaceEndpointForwards { .. }
            | Fact::PolicyAllows { .. }
            | Fact::ServiceAnswers { .. }
            | Fact::RedirectsToRegion { followed: true, .. }
            | Fact::InternetAnswers { .. }
            | Fact::InterfaceAnswers => return None,
        })
    }

    /// The rule of the semantics reference that the decision follows.
    pub fn rule(&self) -> &'static str {
        match self {
            Fact::Starts { .. } => "R0.1",
            Fact::StartsOutsideVpc => "R7.1",
            Fact::NotStarted { is_function: true, .. } => "R7.16",
            Fact::NotStarted { is_function: false, .. } => "R4.21",
            Fact::OutOfAddresses { .. } => "R7.17",
            Fact::CannotCreateInterfaces { .. } => "R7.13",
            Fact::NoNameNeeded | Fact::ResolvesPublicly { .. } => "R0.2",
            Fact::ResolvesToEndpoint { .. } => "R6.9",
            Fact::ResolvesInZone { .. } | Fact::ZoneHasNoRecord { .. } => "R1.14",
            Fact::DnsFirewallBlocks { .. } => "R1.16",
            Fact::AsksDnsServer { .. } => "R1.12",
            Fact::DnsSupportDisabled { .. } => "R1.13",
            Fact::DnsServersUnreachable { .. } => "R1.11",
            Fact::NoAddressOfFamily { .. } => "R3.10",
            Fact::WorkloadLacksFamily { .. } => "R7.6",
            Fact::NameNotCovered { .. } => "R6.12",
            Fact::PrivateDnsNotInEffect { why, .. } => match why {
                crate::network::PrivateDns::InboundResolverOnly => "R6.14",
                crate::network::PrivateDns::WithoutEffect => "R1.9",
                crate::network::PrivateDns::Off | crate::network::PrivateDns::On => "R6.15",
            },
            Fact::PublicApiCaptured { .. } => "R15.3",
            Fact::SecurityGroupAllows { .. } | Fact::SecurityGroupMismatch { .. } => "R8.1",
            Fact::SecurityGroupHasNoRules { .. } => "R8.2",
            Fact::NetworkAclRule { .. } | Fact::NetworkAclNoMatch { .. } => "R8.15",
            Fact::NotInVpc => "R7.1",
            Fact::SameSubnet => "R2.13",
            Fact::RouteSelected { local: true, .. } => "R1.6",
            Fact::RouteSelected { local: false, .. } | Fact::NoRoute => "R2.5",
            Fact::RouteBlackhole { .. } => "R2.15",
            Fact::ReplyTakesAnotherWay { .. } => "R2.23",
            Fact::AddressInNoSubnet { .. } => "R1.6",
            Fact::EndpointNotAssociated { .. } => "R5.2",
            Fact::EndpointRouteBeaten { .. } => "R2.12",
            Fact::RoutingLoop => "R15.6",
            Fact::InternetGatewayForwards { fragile: true, .. } => "R15.1",
            Fact::InternetGatewayForwards { family: Family::Ipv6, .. } => "R3.6",
            Fact::InternetGatewayForwards { .. } => "R3.2",
            Fact::NoPublicAddress { role, .. } => match role {
                InterfaceRole::Function => "R3.3",
                InterfaceRole::NatGateway(_) => "R4.5",
                InterfaceRole::CodeBuildProject | InterfaceRole::Task => "R15.8",
                InterfaceRole::Instance | InterfaceRole::Bare | InterfaceRole::VpcEndpoint(_) => "R3.2",
            },
            Fact::GatewayNotAttached => "R3.1",
            Fact::PrivateDestination { .. } => "R3.4",
            Fact::InternetGatewayReflection { .. } => "R3.2",
            Fact::PublicAccessBlocked { mode } => {
                if *mode == "block-ingress" {
                    "R3.13"
                } else {
                    "R3.12"
                }
            }
            Fact::EgressOnlyForwards => "R3.7",
            Fact::FamilyNotCarried { family: Family::Ipv4 } => "R3.7",
            Fact::FamilyNotCarried { family: Family::Ipv6 } => "R4.20",
            Fact::ProtocolNotCarried { gateway_endpoint: true, .. } => "R5.11",
            Fact::ProtocolNotCarried { gateway_endpoint: false, .. } => "R4.7",
            Fact::BadState { .. } => "R4.4",
            Fact::NatGatewayTranslates { .. } => "R4.6",
            Fact::ZoneNotServed { .. } => "R4.19",
            Fact::SourceDestCheck => "R4.22",
            Fact::NatInstanceTranslates | Fact::DoesNotForward => "R4.21",
            Fact::ApplianceForwards => "R2.24",
            Fact::GatewayEndpointForwards { .. } => "R5.8",
            Fact::InterfaceEndpointForwards { .. } => "R6.3",
            Fact::ServiceAnswers { .. } => "R3.5",
            Fact::RedirectsToRegion { .. } => "R7.31",
            Fact::CopyRefused { .. } => "R15.2",
            Fact::ListNotSupported | Fact::PolicyAllows { .. } => "R0.5",
            Fact::PolicyDenies(denial) => match denial.permission.layer {
                LayerKind::GatewayEndpoint | LayerKind::InterfaceEndpoint => "R5.24",
                LayerKind::AccessPoint if denial.is_of_origin() => "R10.9",
                _ => "R0.5",
            },
            Fact::InternetAnswers { .. } | Fact::InterfaceAnswers => "R0.3",
            Fact::PortNotListening { .. } => "R7.34",
            Fact::NotKnown(missing) => match missing {
                Missing::PrefixListChoice(_) => "R2.7",
                Missing::DnsFirewall { .. } => "R1.16",
                Missing::ResolverRule { .. } => "R1.15",
                Missing::Operation(_) => "R5.24",
                Missing::Permission { .. } => "R0.5",
                Missing::ApiKind(_) => "R15.3",
                _ => "R0.6",
            },
        }
    }

    /// What the component does.
    pub fn action(&self) -> Action {
        match self {
            Fact::Starts { .. } | Fact::StartsOutsideVpc => Action::Starts,
            Fact::NoNameNeeded
            | Fact::ResolvesPublicly { .. }
            | Fact::ResolvesToEndpoint { .. }
            | Fact::ResolvesInZone { .. }
            | Fact::AsksDnsServer { .. }
            | Fact::NameNotCovered { .. }
            | Fact::PrivateDnsNotInEffect { .. } => Action::Resolves,
            Fact::SecurityGroupAllows { .. } | Fact::NetworkAclRule { allow: true, .. } | Fact::PolicyAllows { .. } => {
                Action::Allows
            }
            Fact::SameSubnet
            | Fact::RouteSelected { .. }
            | Fact::EndpointNotAssociated { .. }
            | Fact::EndpointRouteBeaten { .. } => Action::Routes,
            Fact::NatGatewayTranslates { .. } | Fact::NatInstanceTranslates => Action::Translates,
            Fact::InternetGatewayForwards { .. }
            | Fact::EgressOnlyForwards
            | Fact::ApplianceForwards
            | Fact::GatewayEndpointForwards { .. }
            | Fact::InterfaceEndpointForwards { .. } => Action::Forwards,
            Fact::ServiceAnswers { .. } | Fact::InternetAnswers { .. } | Fact::InterfaceAnswers => Action::Answers,
            Fact::RedirectsToRegion { .. } => Action::Redirects,
            Fact::CopyRefused { .. }
            | Fact::ListNotSupported
            | Fact::PolicyDenies(_)
            | Fact::PortNotListening { .. }
            | Fact::PublicApiCaptured { .. } => Action::Refuses,
            Fact::NotKnown(_) | Fact::InternetGatewayReflection { .. } => Action::Unknown,
            _ => Action::Drops,
        }
    }

    /// What kind of reason the decision has.
    pub fn basis(&self) -> Basis {
        match self {
            Fact::SecurityGroupAllows { .. }
            | Fact::NetworkAclRule { .. }
            | Fact::RouteSelected { local: false, .. }
            | Fact::ResolvesInZone { .. }
            | Fact::DnsFirewallBlocks { .. }
            | Fact::EndpointRouteBeaten { .. }
            | Fact::PolicyAllows { .. } => Basis::ExplicitRule,
            Fact::PolicyDenies(denial) if denial.explicit => Basis::ExplicitRule,
            Fact::PolicyDenies(_) | Fact::CannotCreateInterfaces { .. } => Basis::NoMatch,
            Fact::RouteSelected { local: true, .. } | Fact::ResolvesPublicly { .. } => Basis::Default,
            Fact::SecurityGroupHasNoRules { .. }
            | Fact::SecurityGroupMismatch { .. }
            | Fact::NetworkAclNoMatch { .. }
            | Fact::NoRoute
            | Fact::ZoneHasNoRecord { .. }
            | Fact::NameNotCovered { .. }
            | Fact::EndpointNotAssociated { .. } => Basis::NoMatch,
            Fact::NotStarted { .. }
            | Fact::OutOfAddresses { .. }
            | Fact::BadState { .. }
            | Fact::RouteBlackhole { .. }
            | Fact::GatewayNotAttached
            | Fact::DnsSupportDisabled { .. }
            | Fact::PrivateDnsNotInEffect { .. } => Basis::BadState,
            Fact::NotKnown(_) | Fact::InternetGatewayReflection { .. } => Basis::NotKnown,
            _ => Basis::Structural,
        }
    }

    /// Whether the fact alone does not stop traffic, but explains why traffic took the way on which it was lost.
    ///
    /// Such a fact counts as a blocker only when the traffic does not arrive.
    pub fn is_contributing(&self) -> bool {
        matches!(
            self,
            Fact::NameNotCovered { .. }
                | Fact::PrivateDnsNotInEffect { .. }
                | Fact::EndpointNotAssociated { .. }
                | Fact::EndpointRouteBeaten { .. }
        )
    }
}
