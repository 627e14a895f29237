//! What a person writes, shares, embeds: raw strings, one section for each kind of AWS resource.
//!
//! Whatever is left out means AWS's default, so that a document stays short.
//! Nothing here is trusted: [`crate::network::Network::resolve`] parses it and reports every problem.
//!
//! The article's VPC, which has a route to an internet gateway that a function cannot use (R3.3):
//!
//! ```
//! use vpcreach::{Document, Network};
//!
//! let text = r#"{
//!   "region": "us-east-1",
//!   "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
//!   "subnets": { "public": { "cidr": "10.0.0.0/24" } },
//!   "internetGateways": { "igw": {} },
//!   "routeTables": {
//!     "public": { "subnets": ["public"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] }
//!   },
//!   "securityGroups": { "outbound": {} },
//!   "functions": { "thumbnailer": { "subnets": ["public"], "securityGroups": ["outbound"], "timeout": 30 } },
//!   "buckets": { "photos": {} }
//! }"#;
//! let reading = Document::read(text);
//! assert!(reading.problems.is_empty());
//!
//! // The network has what the document leaves out: the local route, the egress rule of a new security group.
//! let (network, problems) = Network::resolve(&reading.document);
//! assert!(problems.is_empty());
//! let (_, table) = network.route_tables.iter().next().expect("the table of the document");
//! assert_eq!(table.routes.len(), 2);
//! ```
//!
//! A mistake costs only the piece that it is in, and says where it stands:
//!
//! ```
//! use vpcreach::{Document, Network};
//! use vpcreach::document::locate;
//!
//! let text = r#"{ "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
//!   "subnets": { "a": { "cidr": "10.0.1" }, "b": { "cidr": "10.0.2.0/24" } } }"#;
//! let reading = Document::read(text);
//! let (network, mut problems) = Network::resolve(&reading.document);
//! locate(text, &mut problems);
//! assert_eq!(network.subnets.len(), 2);
//! assert_eq!((problems[0].kind.code(), problems[0].pointer.as_str()), ("badCidr", "/subnets/a/cidr"));
//! assert_eq!(problems[0].location.as_ref().map(|place| (place.line, place.column)), Some((2, 31)));
//! ```

mod fill;
#[cfg(feature = "edit")]
pub(crate) mod form;
#[cfg(feature = "whole")]
mod json;
#[cfg(feature = "whole")]
mod locate;
mod permissions;
pub(crate) mod read;
#[cfg(feature = "edit")]
pub(crate) mod references;
mod scalar;
#[cfg(feature = "schema")]
mod schema;
mod section;
pub(crate) mod slot;
#[cfg(test)]
mod tests;
pub(crate) mod words;
#[cfg(feature = "yaml")]
mod yaml;
#[cfg(feature = "yaml")]
mod yaml_text;

pub(crate) use fill::{Mistakes, fill};
#[cfg(feature = "whole")]
pub use locate::locate;
pub use permissions::{AccessPoint, Account, KmsKey, ManagedPolicy, OrganizationLevel, PublicAccessBlock, Role};
#[cfg(feature = "whole")]
pub use read::Reading;
#[cfg(feature = "edit")]
pub(crate) use read::broken_text;
pub use read::looks_like_json;
pub use scalar::{OneOrMany, PortText};
pub use section::Section;
pub use slot::Shape;
#[cfg(feature = "yaml")]
pub use yaml::yaml_to_json;

use serde::Serialize;

#[cfg(feature = "permissions")]
use crate::json::Json;
#[cfg(feature = "permissions")]
use crate::query::Request;
use crate::query::{Client, Query};
use crate::verdict::{ReasonCode, Verdict};

/// Declares types of the document format: camelCase, unknown fields refused, defaults left out when written.
///
/// To a build without a field's feature, the field is unknown, which is a mistake like any other: so such a build cannot
/// pass over it.
macro_rules! document_types {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[doc = $doc:literal])* $(#[cfg($condition:meta)])? $field:ident : $type:ty,)*
        }
    )*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, Default, PartialEq, Serialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            pub struct $name {
                $(
                    $(#[doc = $doc])*
                    $(#[cfg($condition)])?
                    #[serde(default, skip_serializing_if = "crate::document::is_default")]
                    pub $field: $type,
                )*
            }

            $crate::document::slot::slots!($name { $($(#[cfg($condition)])? $field),* });

            #[cfg(feature = "edit")]
            impl $crate::document::form::HasShape for $name {
                const SHAPE: $crate::document::form::Shaped = $crate::document::form::Shaped::Fields(&[
                    $((stringify!($field), &<$type as $crate::document::form::HasShape>::SHAPE),)*
                ]);
            }
        )*
    };
}

pub(crate) use document_types;

/// True for a field that says nothing beyond AWS's default, which is then not written out.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

document_types! {
    /// A configuration to reason about, with the questions asked of it.
    ///
    /// The same type serves file, permalink, lesson, gallery entry, docs embed and test fixture.
    pub struct Document {
        /// Version of the format; `1`, which is also what a missing version means.
        version: Option<u32>,
        /// A title for people.
        title: String,
        /// What the configuration shows, for people.
        description: String,
        /// The Region of everything that does not name its own. Default: `us-east-1`, with an assumption noted.
        region: Option<String>,
        /// The account of everything that does not name its own, twelve digits. Default: one account, whichever it is.
        #[cfg(feature = "permissions")]
        account: Option<String>,
        /// Virtual private clouds.
        vpcs: Section<Vpc>,
        /// Subnets.
        subnets: Section<Subnet>,
        /// Route tables, each with the subnets and gateways associated with it.
        route_tables: Section<RouteTable>,
        /// Internet gateways.
        internet_gateways: Section<InternetGateway>,
        /// Egress-only internet gateways (IPv6).
        egress_only_internet_gateways: Section<EgressOnlyInternetGateway>,
        /// NAT gateways.
        nat_gateways: Section<NatGateway>,
        /// VPC endpoints of every type.
        vpc_endpoints: Section<VpcEndpoint>,
        /// Security groups. The default group of a VPC is addressed as `default`.
        security_groups: Section<SecurityGroup>,
        /// Network ACLs.
        network_acls: Section<NetworkAcl>,
        /// Prefix lists, the customer's own and copies of AWS-managed ones.
        #[cfg(feature = "whole")]
        prefix_lists: Section<PrefixList>,
        /// DHCP option sets.
        #[cfg(feature = "whole")]
        dhcp_options: Section<DhcpOptions>,
        /// Route 53 private hosted zones.
        #[cfg(feature = "whole")]
        private_hosted_zones: Section<PrivateHostedZone>,
        /// VPC Block Public Access, a setting of account and Region (R3.11).
        vpc_block_public_access: Option<VpcBlockPublicAccess>,
        /// Lambda functions.
        functions: Section<Function>,
        /// EC2 instances.
        instances: Section<Instance>,
        /// ECS tasks, on Fargate or with the `awsvpc` network mode.
        tasks: Section<Task>,
        /// CodeBuild projects; like Lambda, their interfaces never have a public address (R15.8).
        code_build_projects: Section<CodeBuildProject>,
        /// Elastic network interfaces that nothing else in the document declares.
        network_interfaces: Section<NetworkInterface>,
        /// S3 buckets.
        buckets: Section<Bucket>,
        /// S3 access points.
        #[cfg(feature = "permissions")]
        access_points: Section<AccessPoint>,
        /// Hosts on the Internet whose addresses are known.
        internet_hosts: Section<InternetHost>,
        /// IAM roles.
        #[cfg(feature = "permissions")]
        roles: Section<Role>,
        /// Managed policies of the customer.
        #[cfg(feature = "permissions")]
        managed_policies: Section<ManagedPolicy>,
        /// AWS accounts, by their twelve digits, with what their organization says.
        #[cfg(feature = "permissions")]
        accounts: Section<Account>,
        /// KMS keys.
        #[cfg(feature = "permissions")]
        kms_keys: Section<KmsKey>,
        /// Transit gateways. Routes to them are answered `undetermined`.
        #[cfg(feature = "whole")]
        transit_gateways: Section<OpaqueTarget>,
        /// VPC peering connections. Routes to them are answered `undetermined`.
        #[cfg(feature = "whole")]
        vpc_peering_connections: Section<OpaqueTarget>,
        /// Virtual private gateways. Routes to them are answered `undetermined`.
        #[cfg(feature = "whole")]
        vpn_gateways: Section<OpaqueTarget>,
        /// Carrier gateways. Routes to them are answered `undetermined`.
        #[cfg(feature = "whole")]
        carrier_gateways: Section<OpaqueTarget>,
        /// Local gateways. Routes to them are answered `undetermined`.
        #[cfg(feature = "whole")]
        local_gateways: Section<OpaqueTarget>,
        /// Cloud WAN core networks. Routes to them are answered `undetermined`.
        #[cfg(feature = "whole")]
        core_networks: Section<OpaqueTarget>,
        /// Sections that the source of this document did not cover, by their names here (`networkAcls`).
        ///
        /// What is missing from a dump is unknown, not absent: where such a section decides, the answer is `undetermined`.
        /// The attribute `vpcs/NAME/enableDnsHostnames` can stand here too, and a single component as `subnets/NAME`:
        /// something that matters about it is not known. `vpcs/NAME/ipv6Cidr` means that AWS has still to assign the
        /// VPC's IPv6 CIDR block, and another one stands in for it.
        #[cfg(feature = "whole")]
        unknown_sections: Vec<String>,
        /// The questions, each with the answer that is expected.
        expect: Vec<Expectation>,
    }

    /// A virtual private cloud.
    pub struct Vpc {
        /// IPv4 CIDR blocks, the primary one first (R1.1).
        cidr: OneOrMany,
        /// IPv6 CIDR blocks.
        ipv6_cidr: OneOrMany,
        /// Whether the Amazon resolver answers (R1.8). Default: true.
        enable_dns_support: Option<bool>,
        /// Whether names of the VPC exist; gates private DNS too (R1.8, R1.9).
        /// Default: true in the default VPC, else false.
        enable_dns_hostnames: Option<bool>,
        /// Whether this is the account's default VPC (R1.19).
        is_default: bool,
        /// The DHCP option set. Default: AmazonProvidedDNS.
        #[cfg(feature = "whole")]
        dhcp_options: Option<String>,
        /// Route 53 Resolver rules associated with the VPC, in any order: the most specific domain wins (R1.15).
        #[cfg(feature = "whole")]
        resolver_rules: Vec<ResolverRule>,
        /// Rules of Route 53 Resolver DNS Firewall, in the order in which they are evaluated: by the priority of the rule
        /// group's association, then by that of the rule. The first one whose domain list has the name decides (R1.16).
        #[cfg(feature = "whole")]
        dns_firewall_rules: Vec<DnsFirewallRule>,
    }

    /// A subnet, in one Availability Zone.
    pub struct Subnet {
        /// The VPC. Default: the only one of the document.
        vpc: Option<String>,
        /// IPv4 CIDR block; none in an IPv6-only subnet.
        cidr: Option<String>,
        /// IPv6 CIDR block; makes the subnet dual-stack.
        ipv6_cidr: Option<String>,
        /// Name of the Availability Zone.
        availability_zone: Option<String>,
        /// Whether instances get a public IPv4 address; does nothing for Lambda (R1.24).
        map_public_ip_on_launch: bool,
        /// Free IPv4 addresses, where known; 0 keeps new interfaces from being made (R7.17).
        available_ip_address_count: Option<u32>,
        /// Whether DNS64 answers on this subnet (R4.20).
        enable_dns64: bool,
    }

    /// A route table. Local routes and routes of gateway endpoints need not be written: AWS adds them.
    pub struct RouteTable {
        /// The VPC. Default: the only one of the document.
        vpc: Option<String>,
        /// Whether this is the VPC's main table (R2.1).
        main: bool,
        /// Subnets associated explicitly.
        subnets: Vec<String>,
        /// Internet or virtual private gateways whose incoming traffic follows this table (R2.22).
        #[cfg(feature = "whole")]
        gateways: Vec<String>,
        /// Routes beyond the local ones.
        routes: Vec<Route>,
    }

    /// A route.
    pub struct Route {
        /// An IPv4 or IPv6 CIDR block, or a prefix list: its key here, its id, or the name of an AWS-managed one
        /// such as `com.amazonaws.us-east-1.s3`.
        destination: String,
        /// The key of what the packet is handed to, `kind/name` where a key is not unique, or `local`.
        target: String,
        /// `active` (default), `blackhole` or `filtered` (R2.14).
        state: Option<String>,
        /// `static` (default) or `propagated` (R2.5).
        origin: Option<String>,
    }

    /// An internet gateway.
    pub struct InternetGateway {
        /// The VPC that it is attached to. Default: the only one of the document.
        vpc: Option<String>,
        /// False for a gateway that exists and is attached nowhere (R3.1). Default: true.
        attached: Option<bool>,
    }

    /// An egress-only internet gateway (R3.7).
    pub struct EgressOnlyInternetGateway {
        /// The VPC. Default: the only one of the document.
        vpc: Option<String>,
        /// False for a gateway that is attached nowhere. Default: true.
        attached: Option<bool>,
    }

    /// A NAT gateway.
    pub struct NatGateway {
        /// The subnet that it lives in; none for a regional one (R4.16).
        subnet: Option<String>,
        /// The VPC, for a regional one. Default: the only one of the document.
        vpc: Option<String>,
        /// `public` (default) or `private` (R4.5).
        connectivity_type: Option<String>,
        /// `zonal` (default) or `regional` (R4.16).
        #[cfg(feature = "whole")]
        availability_mode: Option<String>,
        /// `available` (default), `pending`, `failed`, `deleting` or `deleted` (R4.4).
        state: Option<String>,
        /// Elastic IP addresses; `assigned` for one that AWS has still to assign. A public NAT gateway without one does
        /// not work (R4.2).
        elastic_ips: Vec<String>,
        /// Its private IPv4 address. Default: any usable address of the subnet.
        private_ip: Option<String>,
        /// Regional, manual mode: the Availability Zones that have addresses (R4.18). Empty: automatic mode.
        #[cfg(feature = "whole")]
        availability_zones: Vec<String>,
        /// Regional: the gateway's own route table. Default: one with a route to the internet gateway (R4.16).
        #[cfg(feature = "whole")]
        route_table: Option<String>,
    }

    /// A VPC endpoint.
    pub struct VpcEndpoint {
        /// The VPC. Default: the only one of the document.
        vpc: Option<String>,
        /// `Gateway` (default), `Interface` or `GatewayLoadBalancer`.
        r#type: Option<String>,
        /// The service: `com.amazonaws.us-east-1.s3`, or the last part (`s3`) for one of the document's Region.
        service: String,
        /// Gateway: route tables associated with it (R5.2).
        route_tables: Vec<String>,
        /// Interface: subnets with an endpoint network interface, one for each zone (R6.1).
        subnets: Vec<String>,
        /// Interface: security groups. Default: the VPC's default group (R6.4).
        security_groups: Vec<String>,
        /// Interface: whether the service's public name resolves to the endpoint (R6.9). Default: true.
        private_dns_enabled: Option<bool>,
        /// S3 with private DNS: only the inbound Resolver endpoint gets private addresses (R6.13). Default: true.
        private_dns_only_for_inbound_resolver_endpoint: Option<bool>,
        /// `available` (default), `pending`, `pendingAcceptance`, `deleting`, `deleted`, `rejected`, `failed`, … (R5.9).
        state: Option<String>,
        /// `ipv4` (default), `dualstack` or `ipv6` (R5.19).
        ip_address_type: Option<String>,
        /// Interface: private addresses by subnet, where known. Default: any usable address of the subnet.
        private_ips: Section<String>,
        /// The endpoint policy. Default: full access (R5.24). The word `unknown`, here and for every other policy,
        /// says that there is one and what it says is not known; a `null` in one is a statement, or a text, that its
        /// source does not tell yet, and it is taken to allow, with an assumption noted. In policies, `aws:SourceVpce` and `aws:SourceVpc` are
        /// compared with the names that endpoints and VPCs have in the document, and the name in
        /// `lambda:SourceFunctionArn` with that of the function.
        #[cfg(feature = "permissions")]
        policy: Option<Json>,
    }

    /// A security group (R8.1). Rules are a union; there is no order and no deny.
    pub struct SecurityGroup {
        /// The VPC. Default: the only one of the document.
        vpc: Option<String>,
        /// Whether this is the VPC's default group (R8.3); the key `default` says the same.
        is_default: bool,
        /// What may come in. Default: nothing.
        ingress: Vec<SecurityGroupRule>,
        /// What may go out. Left out: everything, as in a new group (R8.2). An empty list: nothing.
        egress: Option<Vec<SecurityGroupRule>>,
    }

    /// A rule of a security group, in either direction.
    pub struct SecurityGroupRule {
        /// `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `all`. Default: `tcp` where a port is given, else `all`.
        protocol: Option<String>,
        /// A port, or a range such as `1024-65535`. Default: all. For ICMP the type.
        port: Option<PortText>,
        /// The other side: a CIDR block, a security group, or a prefix list (R8.5).
        /// For ingress AWS calls it the source, for egress the destination.
        peer: String,
    }

    /// A network ACL (R8.14). Without rules it denies everything.
    pub struct NetworkAcl {
        /// The VPC. Default: the only one of the document.
        vpc: Option<String>,
        /// Whether this is the VPC's default network ACL, which subnets without association use.
        is_default: bool,
        /// Subnets associated explicitly.
        subnets: Vec<String>,
        /// Inbound rules.
        ingress: Vec<NetworkAclRule>,
        /// Outbound rules.
        egress: Vec<NetworkAclRule>,
    }

    /// A rule of a network ACL; the lowest number that matches decides (R8.15).
    pub struct NetworkAclRule {
        /// 1 to 32766.
        rule_number: u32,
        /// `allow` or `deny`.
        action: String,
        /// `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `all`. Default: `tcp` where a port is given, else `all`.
        protocol: Option<String>,
        /// A port, or a range such as `1024-65535`. Default: all. For ICMP the type.
        port: Option<PortText>,
        /// The other side: source of inbound, destination of outbound traffic. CIDR blocks only (R8.21).
        cidr: String,
    }

    /// A prefix list.
    pub struct PrefixList {
        /// The service's name for a copy of an AWS-managed list, such as `com.amazonaws.us-east-1.s3`.
        aws_service: Option<String>,
        /// CIDR blocks. An AWS-managed list without entries uses the ranges that come with vpcreach.
        entries: Vec<String>,
    }

    /// A DHCP option set.
    pub struct DhcpOptions {
        /// Addresses of DNS servers, or `AmazonProvidedDNS` (default).
        domain_name_servers: Vec<String>,
    }

    /// A Route 53 Resolver rule that is associated with a VPC (R1.15).
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-overview-forward-vpc-to-network-using-rules.html>
    pub struct ResolverRule {
        /// The domain: queries for it and for every name below it follow the rule; `.` stands for every name.
        /// A rule without domain is one of which the domain is not known.
        domain: Option<String>,
        /// `FORWARD`: DNS servers of one's own answer, and what they say is not known. `SYSTEM`: the Amazon resolver
        /// answers, as an exception from a less specific rule. `DELEGATE`: servers of one's own answer for what a private
        /// hosted zone delegates to them. `RECURSIVE`: AWS's own rule for the Internet.
        /// A rule without type is one of which the type is not known.
        r#type: Option<String>,
    }

    /// A rule of Route 53 Resolver DNS Firewall (R1.16).
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-settings.html>
    pub struct DnsFirewallRule {
        /// `ALLOW`, `ALERT` (lets through, and says so in the log) or `BLOCK`.
        /// A rule without action is one of which the action is not known.
        action: Option<String>,
        /// The domain list: a name stands for itself alone, `*.example.com` for every name below, `*` for every name.
        /// A rule without the list is one of which the list is not known, as those that AWS manages.
        domains: Option<Vec<String>>,
        /// What `BLOCK` answers: `NODATA` (default), `NXDOMAIN`, or `OVERRIDE`, a name of somebody's own.
        block_response: Option<String>,
        /// Which names of a chain of aliases are inspected: `INSPECT_REDIRECTION_DOMAIN` (default), each of them;
        /// `TRUST_REDIRECTION_DOMAIN`, the first alone.
        firewall_domain_redirection_action: Option<String>,
        /// The type of query that the rule is about, such as `A` or `AAAA`. Default: all.
        qtype: Option<String>,
    }

    /// A Route 53 private hosted zone.
    pub struct PrivateHostedZone {
        /// The domain name of the zone, such as `corp.example`.
        domain: String,
        /// The VPCs associated with it. Default: the only one of the document.
        vpcs: Vec<String>,
        /// Values by record name, relative to the zone: `@` is the zone itself, `*` a wildcard.
        /// IPv4 values are A records, IPv6 values AAAA, a name is a CNAME.
        records: Section<Vec<String>>,
    }

    /// VPC Block Public Access (R3.11).
    pub struct VpcBlockPublicAccess {
        /// `off` (default), `block-bidirectional` or `block-ingress`.
        internet_gateway_block_mode: Option<String>,
        /// Exclusions (R3.14).
        #[cfg(feature = "whole")]
        exclusions: Vec<VpcBlockPublicAccessExclusion>,
    }

    /// A VPC or subnet that VPC Block Public Access leaves alone (R3.14).
    pub struct VpcBlockPublicAccessExclusion {
        /// The VPC, with all its subnets.
        vpc: Option<String>,
        /// Or one subnet.
        subnet: Option<String>,
        /// `allow-bidirectional` or `allow-egress`.
        internet_gateway_exclusion_mode: String,
        /// Effective in `create-complete` (default) and `update-complete` only.
        state: Option<String>,
    }

    /// A Lambda function.
    pub struct Function {
        /// Subnets. None: the function is not attached to a VPC and keeps its Internet access (R7.1).
        subnets: Vec<String>,
        /// Security groups of its network interfaces.
        security_groups: Vec<String>,
        /// Whether it may use IPv6; needs every subnet dual-stack (R7.6).
        ipv6_allowed_for_dual_stack: bool,
        /// Time-out in seconds, 1 to 900 (R7.23). Default: 3.
        timeout: Option<u32>,
        /// The runtime, such as `python3.13`; the client's defaults follow it.
        runtime: Option<String>,
        /// `Active` (default), `Pending`, `Inactive` or `Failed` (R7.16).
        state: Option<String>,
        /// Why it is in that state (R7.17).
        state_reason_code: Option<String>,
        /// `Successful` (default), `Failed` or `InProgress` (R7.19).
        last_update_status: Option<String>,
        /// Why the last update failed.
        last_update_status_reason_code: Option<String>,
        /// Elastic IP addresses associated by hand with its interfaces, by subnet, or `assigned`: works, but is lost
        /// when AWS replaces the interface (R15.1).
        elastic_ips: Section<String>,
        /// Its execution role: a key of `roles`, or an ARN. Default: one whose policies are taken to allow the request.
        #[cfg(feature = "permissions")]
        role: Option<String>,
        /// Client options of its code, under every question asked of it.
        client: Option<Client>,
    }

    /// An EC2 instance.
    pub struct Instance {
        /// Subnet of the primary interface.
        subnet: Option<String>,
        /// Security groups of the primary interface. Default: the VPC's default group.
        security_groups: Vec<String>,
        /// Private IPv4 address. Default: any usable address of the subnet.
        private_ip: Option<String>,
        /// Public or Elastic IP address; `assigned` for one that AWS has still to assign. Default: none.
        public_ip: Option<String>,
        /// IPv6 addresses.
        ipv6_addresses: Vec<String>,
        /// Whether the interface refuses traffic that is not its own (R4.22). Default: true.
        source_dest_check: Option<bool>,
        /// Further interfaces, by key of `networkInterfaces`.
        network_interfaces: Vec<String>,
        /// The role of its instance profile: a key of `roles`, or an ARN. Default as for a function.
        #[cfg(feature = "permissions")]
        role: Option<String>,
        /// `running` (default), `pending`, `stopping`, `stopped`, `shutting-down` or `terminated`.
        state: Option<String>,
        /// What it does with packets that are not for itself: `nat` (a NAT instance), `forward` (an appliance that
        /// keeps addresses), `none`. Default: a NAT instance where a default route points at it, with an assumption noted.
        forwards: Option<String>,
        /// Ports that something listens on. Default: every port, with an assumption noted.
        listens: Option<Vec<PortText>>,
    }

    /// An ECS task.
    pub struct Task {
        /// Subnets; each task runs in one of them.
        subnets: Vec<String>,
        /// Security groups. Default: the VPC's default group.
        security_groups: Vec<String>,
        /// Whether the interface gets a public address (Fargate). Default: false.
        assign_public_ip: bool,
        /// Its task role: a key of `roles`, or an ARN. Default as for a function.
        #[cfg(feature = "permissions")]
        role: Option<String>,
        /// Ports that something listens on. Default: every port, with an assumption noted.
        listens: Option<Vec<PortText>>,
    }

    /// A CodeBuild project with VPC settings.
    pub struct CodeBuildProject {
        /// Subnets.
        subnets: Vec<String>,
        /// Security groups.
        security_groups: Vec<String>,
        /// Its service role: a key of `roles`, or an ARN. Default as for a function.
        #[cfg(feature = "permissions")]
        role: Option<String>,
    }

    /// An elastic network interface.
    pub struct NetworkInterface {
        /// The subnet.
        subnet: Option<String>,
        /// Security groups. Default: the VPC's default group.
        security_groups: Vec<String>,
        /// Private IPv4 address. Default: any usable address of the subnet.
        private_ip: Option<String>,
        /// Public or Elastic IP address; `assigned` for one that AWS has still to assign. Default: none.
        public_ip: Option<String>,
        /// IPv6 addresses.
        ipv6_addresses: Vec<String>,
        /// Whether it refuses traffic that is not its own (R4.22). Default: true.
        source_dest_check: Option<bool>,
        /// `in-use` (default) or `available`, which means attached to nothing.
        status: Option<String>,
        /// AWS's word for its kind: `interface` (default), `rds`, `network_load_balancer`, …
        interface_type: Option<String>,
        /// What it does with packets that are not for itself: `nat`, `forward`, `none`. Default as for an instance.
        forwards: Option<String>,
        /// Ports that something listens on. Default: every port, with an assumption noted.
        listens: Option<Vec<PortText>>,
    }

    /// An S3 bucket.
    pub struct Bucket {
        /// Its Region. Default: the document's.
        region: Option<String>,
        /// The bucket's name, where the key is not it.
        bucket_name: Option<String>,
        /// The account that owns it, twelve digits. Default: the document's.
        #[cfg(feature = "permissions")]
        account: Option<String>,
        /// The bucket policy. Default: not known, and taken to deny nothing and to let in whom the owner lets in,
        /// with an assumption noted. The word `none` says that there is none.
        #[cfg(feature = "permissions")]
        policy: Option<Json>,
        /// S3 Block Public Access of the bucket. Default: not known.
        #[cfg(feature = "permissions")]
        public_access_block: Option<PublicAccessBlock>,
        /// `BucketOwnerEnforced` (default), `BucketOwnerPreferred` or `ObjectWriter`: with the last two, access control
        /// lists count.
        #[cfg(feature = "permissions")]
        object_ownership: Option<String>,
        /// The KMS key that encrypts its objects: a key of `kmsKeys`, or an ARN. Default: none.
        #[cfg(feature = "permissions")]
        kms_key: Option<String>,
    }

    /// A host on the Internet.
    pub struct InternetHost {
        /// Its host name.
        host: String,
        /// Its IPv4 and IPv6 addresses. Empty: any public IPv4 address.
        addresses: Vec<String>,
        /// Ports that something listens on. Default: every port.
        listens: Option<Vec<PortText>>,
    }

    /// A route target of which only the name is known.
    pub struct OpaqueTarget {
        /// The VPC that it is attached to. Default: the only one of the document.
        vpc: Option<String>,
        /// Its state in AWS's words, where known.
        state: Option<String>,
    }

    /// A question with the answer that is expected.
    pub struct Expectation {
        /// The workload that asks; see [`Query::from`].
        from: String,
        /// The destination; see [`Query::to`].
        to: String,
        /// Port of the destination; see [`Query::port`].
        port: Option<u16>,
        /// Protocol; see [`Query::protocol`].
        protocol: Option<String>,
        /// The request that is made once connected.
        #[cfg(feature = "permissions")]
        request: Option<Request>,
        /// How the client behaves, over what the function says.
        client: Option<Client>,
        /// The verdict expected. Default: `succeeds`.
        verdict: Option<Verdict>,
        /// Reason codes that must be among the blockers.
        because: Vec<ReasonCode>,
        /// Gateways and endpoints that must carry the traffic.
        carriers: Vec<String>,
        /// Rules of the semantics reference that the question shows.
        rules: Vec<String>,
    }
}

impl Expectation {
    /// The question alone, without the answer that is expected.
    pub fn query(&self) -> Query {
        Query {
            from: self.from.clone(),
            to: self.to.clone(),
            port: self.port,
            protocol: self.protocol.clone(),
            #[cfg(feature = "permissions")]
            request: self.request.clone(),
            client: self.client.clone(),
        }
    }
}
