//! The closed lists that an answer is made of: verdicts and reason codes.

use crate::closed_list::closed_lists;

closed_lists! {
    /// What becomes of the traffic; the same words in JSON, on the command line and in the page.
    pub enum Verdict {
        /// Every packet arrives and every reply returns.
        Succeeds = "succeeds",
        /// Packets or replies are dropped in silence.
        TimesOut = "timesOut",
        /// Some subnets, addresses or ports only.
        Intermittent = "intermittent",
        /// The host name has no answer.
        NameNotResolved = "nameNotResolved",
        /// The destination answers that nothing listens there.
        Refused = "refused",
        /// The network delivers and a policy or a restriction of the service refuses.
        AccessDenied = "accessDenied",
        /// The service points to another Region and the client does not follow.
        Redirected = "redirected",
        /// The workload never runs.
        NeverStarts = "neverStarts",
        /// The document does not say enough, or the rules leave the case open.
        Undetermined = "undetermined",
    }
}

/// Declares the reason codes once: name, wire form and the meaning that the docs page shows.
macro_rules! reason_codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $code:literal,)*) => {
        closed_lists! {
            /// Why traffic does not arrive.
            ///
            /// The names are those of AWS Reachability Analyzer wherever it has one for the same thing.
            pub enum ReasonCode {
                $($(#[doc = $doc])* $variant = $code,)*
            }
        }

        impl ReasonCode {
            /// What the code means, in English, for its page in the docs.
            pub fn meaning(self) -> &'static str {
                match self { $(ReasonCode::$variant => concat!($($doc, "\n",)*),)* }
            }
        }
    };
}

impl ReasonCode {
    /// Whether a policy stops the request, so that nothing about the network helps but another way.
    pub fn is_of_policies(self) -> bool {
        matches!(
            self,
            ReasonCode::EndpointPolicyDenies
                | ReasonCode::BucketPolicyDenies
                | ReasonCode::IdentityPolicyDenies
                | ReasonCode::PermissionsBoundaryDenies
                | ReasonCode::ServiceControlPolicyDenies
                | ReasonCode::ResourceControlPolicyDenies
                | ReasonCode::SessionPolicyDenies
                | ReasonCode::AccessPointPolicyDenies
                | ReasonCode::KeyPolicyDenies
                | ReasonCode::S3BlockPublicAccessDenies
        )
    }
}

reason_codes! {
    /// The component exists but is not working: a NAT gateway that is not `available`, an instance that does not run (R4.4, R5.9).
    BadState = "BAD_STATE",
    /// The gateway is attached to no VPC or to another one (R3.1).
    BadStateAttachment = "BAD_STATE_ATTACHMENT",
    /// The selected route is a blackhole: it is still selected, and the packet is dropped (R2.14, R2.15).
    BadStateRoute = "BAD_STATE_ROUTE",
    /// The route table has no usable route for the destination (R2.5).
    NoRouteToDestination = "NO_ROUTE_TO_DESTINATION",
    /// A longer prefix takes the packet away from the gateway that should carry it (R2.5, R2.12).
    MoreSpecificRoute = "MORE_SPECIFIC_ROUTE",
    /// A route with the same prefix and higher priority takes the packet (R2.6, R2.12).
    HigherPriorityRoute = "HIGHER_PRIORITY_ROUTE",
    /// The interface has no public IPv4 address, so the internet gateway drops the packet (R3.2, R3.3).
    IgwPublicIpAssociationForEgress = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    /// The internet gateway refuses destinations in the RFC 1918 ranges (R3.4).
    IgwDestinationAddressNotInRfc1918Egress = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
    /// The internet gateway refuses destinations in 100.64.0.0/10 (R3.4).
    IgwDestinationAddressNotInRfc6598Egress = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS",
    /// The traffic leaves by the internet gateway and comes back to the same VPC; the two halves are separate questions.
    IgwNatReflection = "IGW_NAT_REFLECTION",
    /// VPC Block Public Access blocks the traffic (R3.12, R3.13).
    VpcBlockPublicAccessEnabled = "VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
    /// No security group of the interface has a rule in that direction (R8.2).
    SgHasNoRules = "SG_HAS_NO_RULES",
    /// No rule of the interface's security groups admits the traffic (R8.1).
    EniSgRulesMismatch = "ENI_SG_RULES_MISMATCH",
    /// The network ACL does not admit the packet (R8.15, R8.16).
    SubnetAclRestriction = "SUBNET_ACL_RESTRICTION",
    /// The interface checks source and destination and refuses traffic that is not its own (R4.22).
    EniSourceDestCheckRestriction = "ENI_SOURCE_DEST_CHECK_RESTRICTION",
    /// No interface of the document has the address (R1.6).
    EniAddressRestriction = "ENI_ADDRESS_RESTRICTION",
    /// The component does not carry that protocol or address family (R3.7, R4.7).
    ProtocolRestriction = "PROTOCOL_RESTRICTION",
    /// A gateway endpoint carries TCP and ICMP echo only (R5.11).
    VpceGatewayProtocolRestriction = "VPCE_GATEWAY_PROTOCOL_RESTRICTION",
    /// The regional NAT gateway does not serve the source's Availability Zone (R4.19).
    RegionalNgwRouteAzRestriction = "REGIONAL_NGW_ROUTE_AZ_RESTRICTION",
    /// The component has nowhere to deliver the packet.
    NoPossibleDestination = "NO_POSSIBLE_DESTINATION",
    /// No supported link joins the two VPCs.
    DisconnectedVpcs = "DISCONNECTED_VPCS",
    /// The resource is not in the document, or of a kind that is not modelled.
    UnknownResource = "UNKNOWN_RESOURCE",
    /// Not enough is known of the destination.
    UnknownDestination = "UNKNOWN_DESTINATION",
    /// The packets go round and never leave (R15.6).
    RoutingLoop = "ROUTING_LOOP",
    /// The reply takes another way than the packet, past a component that must see both (R2.23).
    AsymmetricStatefulPath = "ASYMMETRIC_STATEFUL_PATH",
    /// The name has addresses of a family that the workload does not have (R3.8, R7.6).
    AddressFamilyMismatch = "ADDRESS_FAMILY_MISMATCH",
    /// `enableDnsSupport` is false, so the Amazon resolver does not answer (R1.8, R1.13).
    DnsSupportDisabled = "DNS_SUPPORT_DISABLED",
    /// The DNS servers of the DHCP option set cannot be reached (R1.11).
    DnsServerUnreachable = "DNS_SERVER_UNREACHABLE",
    /// The name has no answer, for example because a private hosted zone shadows it (R1.14).
    NameNotResolved = "NAME_NOT_RESOLVED",
    /// The client uses a name that the interface endpoint's private DNS does not cover (R6.12, R6.16, R15.4).
    NameNotCoveredByEndpoint = "NAME_NOT_COVERED_BY_ENDPOINT",
    /// Private DNS is off, or serves only the inbound Resolver endpoint, so the public name does not lead to the endpoint (R6.14, R6.15).
    PrivateDnsNotInEffect = "PRIVATE_DNS_NOT_IN_EFFECT",
    /// The interface endpoint's private DNS captures the name of a public API (R15.3).
    PrivateDnsCapturesPublicApi = "PRIVATE_DNS_CAPTURES_PUBLIC_API",
    /// Nothing listens on the port (section 13, row 57).
    PortNotListening = "PORT_NOT_LISTENING",
    /// The bucket is in another Region, and the client does not follow S3's redirect (R7.31, R7.35).
    BucketInAnotherRegion = "BUCKET_IN_ANOTHER_REGION",
    /// A copy between Regions is refused through VPC endpoints (R6.12, R15.2).
    CrossRegionCopyNotSupported = "CROSS_REGION_COPY_NOT_SUPPORTED",
    /// The request sets an access control list, and the bucket's object ownership `BucketOwnerEnforced` allows none (R0.5).
    AccessControlListNotSupported = "ACCESS_CONTROL_LIST_NOT_SUPPORTED",
    /// A gateway endpoint exists, but the subnet's route table is not associated with it (R5.2).
    EndpointNotAssociated = "ENDPOINT_NOT_ASSOCIATED",
    /// The function's state is not `Active` (R0.1, R7.16).
    FunctionNotActive = "FUNCTION_NOT_ACTIVE",
    /// The function's network interface cannot be made: permissions or quota (R7.13, R7.17).
    FunctionCannotCreateEni = "FUNCTION_CANNOT_CREATE_ENI",
    /// The subnet has no free addresses (R7.17).
    SubnetOutOfAddresses = "SUBNET_OUT_OF_ADDRESSES",
    /// The policy of the VPC endpoint does not allow the request, or denies it (R5.24).
    EndpointPolicyDenies = "ENDPOINT_POLICY_DENIES",
    /// The bucket policy denies the request, or does not allow it to another account (R0.5).
    BucketPolicyDenies = "BUCKET_POLICY_DENIES",
    /// No policy of the role allows the request, or one denies it (R0.5).
    IdentityPolicyDenies = "IDENTITY_POLICY_DENIES",
    /// The permissions boundary of the role does not allow the request, or denies it (R0.5).
    PermissionsBoundaryDenies = "PERMISSIONS_BOUNDARY_DENIES",
    /// A service control policy of the caller's organization denies the request, or no such policy allows it (R0.5).
    ServiceControlPolicyDenies = "SERVICE_CONTROL_POLICY_DENIES",
    /// A resource control policy of the owner's organization denies the request (R0.5).
    ResourceControlPolicyDenies = "RESOURCE_CONTROL_POLICY_DENIES",
    /// The session policy does not allow the request, or denies it (R0.5).
    SessionPolicyDenies = "SESSION_POLICY_DENIES",
    /// The policy of the access point does not allow the request, or denies it (R0.5).
    AccessPointPolicyDenies = "ACCESS_POINT_POLICY_DENIES",
    /// The policy of the KMS key does not allow its use, or denies it (R0.5).
    KeyPolicyDenies = "KEY_POLICY_DENIES",
    /// The bucket policy is public, and S3 Block Public Access keeps other accounts out (R0.5).
    S3BlockPublicAccessDenies = "S3_BLOCK_PUBLIC_ACCESS_DENIES",
    /// The document does not say everything that the policies ask about the request (R0.5).
    PolicyUndetermined = "POLICY_UNDETERMINED",
}
