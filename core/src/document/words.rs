//! AWS's words where a field takes one of a closed list; resolving checks them, and the JSON Schema offers them.

/// States of a route (R2.14).
pub(crate) const ROUTE_STATES: &[&str] = &["active", "blackhole", "filtered"];
/// Who wrote a route (R2.5).
pub(crate) const ROUTE_ORIGINS: &[&str] = &["static", "propagated"];
/// Kinds of NAT gateway (R4.5).
pub(crate) const CONNECTIVITY_TYPES: &[&str] = &["public", "private"];
/// Stands for a public address that AWS has still to assign.
pub(crate) const ASSIGNED: &str = "assigned";
/// Where a NAT gateway lives (R4.16).
pub(crate) const AVAILABILITY_MODES: &[&str] = &["zonal", "regional"];
/// States of a NAT gateway (R4.4).
pub(crate) const NAT_GATEWAY_STATES: &[&str] = &["available", "pending", "failed", "deleting", "deleted"];
/// Types of VPC endpoint that are modelled (R6.21).
pub(crate) const ENDPOINT_TYPES: &[&str] = &["Gateway", "Interface", "GatewayLoadBalancer"];
/// States of a VPC endpoint (R5.9), which AWS writes in either case.
pub(crate) const ENDPOINT_STATES: &[&str] =
    &["available", "pending", "pendingAcceptance", "deleting", "deleted", "rejected", "failed", "expired", "partial"];
/// Address families of a VPC endpoint (R5.19).
pub(crate) const IP_ADDRESS_TYPES: &[&str] = &["ipv4", "dualstack", "ipv6"];
/// Types of Resolver rule (R1.15).
pub(crate) const RESOLVER_RULE_TYPES: &[&str] = &["FORWARD", "SYSTEM", "DELEGATE", "RECURSIVE"];
/// Actions of a rule of DNS Firewall (R1.16).
pub(crate) const DNS_FIREWALL_ACTIONS: &[&str] = &["ALLOW", "ALERT", "BLOCK"];
/// What a rule of DNS Firewall answers that blocks (R1.16).
pub(crate) const BLOCK_RESPONSES: &[&str] = &["NODATA", "NXDOMAIN", "OVERRIDE"];
/// Which names of a chain of aliases a rule of DNS Firewall inspects.
pub(crate) const REDIRECTION_ACTIONS: &[&str] = &["INSPECT_REDIRECTION_DOMAIN", "TRUST_REDIRECTION_DOMAIN"];
/// Protocols of a rule that have a name.
pub(crate) const PROTOCOLS: &[&str] = &["tcp", "udp", "icmp", "icmpv6", "all"];
/// What a rule of a network ACL does (R8.15).
pub(crate) const RULE_ACTIONS: &[&str] = &["allow", "deny"];
/// Modes of VPC Block Public Access (R3.11).
pub(crate) const BLOCK_MODES: &[&str] = &["off", "block-bidirectional", "block-ingress"];
/// What an exclusion from VPC Block Public Access lets through (R3.14).
pub(crate) const EXCLUSION_MODES: &[&str] = &["allow-bidirectional", "allow-egress"];
/// States of such an exclusion; it has an effect in the first two.
pub(crate) const EXCLUSION_STATES: &[&str] = &[
    "create-complete",
    "update-complete",
    "create-in-progress",
    "create-failed",
    "update-in-progress",
    "update-failed",
    "delete-in-progress",
    "delete-complete",
    "disable-in-progress",
    "disable-complete",
];
/// States of a function (R7.16).
pub(crate) const FUNCTION_STATES: &[&str] =
    &["Active", "Pending", "Inactive", "Failed", "Deactivating", "Deactivated", "ActiveNonInvocable", "Deleting"];
/// How the last update of a function went (R7.19).
pub(crate) const UPDATE_STATUSES: &[&str] = &["Successful", "Failed", "InProgress"];
/// States of an EC2 instance.
pub(crate) const INSTANCE_STATES: &[&str] =
    &["running", "pending", "stopping", "stopped", "shutting-down", "terminated"];
/// Whether a network interface is attached; it works in the first two.
pub(crate) const INTERFACE_STATUSES: &[&str] = &["in-use", "associated", "available", "attaching", "detaching"];
/// What an interface does with packets that are not for itself.
pub(crate) const FORWARDS: &[&str] = &["nat", "forward", "none"];
/// Whether access control lists of a bucket count.
pub(crate) const OBJECT_OWNERSHIPS: &[&str] = &["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];
