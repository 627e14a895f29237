//! What a cure is made of, as data; `words` renders it.

use serde::Serialize;

use crate::component::Component;
use crate::edit::EditStep;

/// Declares a closed list of words that cross to TypeScript.
macro_rules! closed_list {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])* $variant:ident,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[serde(rename_all = "camelCase")]
        pub enum $name {
            $($(#[doc = $doc])* $variant,)*
        }

        impl $name {
            /// All of them, in the order of the declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
        }
    };
}

pub(crate) use closed_list;

closed_list! {
    /// What a cure mainly does, from what is least to what is most in AWS; between cures of one price this order
    /// decides (R12.3, R12.4).
    CureKind {
        /// A rule more in a security group.
        SecurityGroupRule,
        /// A rule more in a network ACL.
        NetworkAclRule,
        /// A rule less in a security group.
        RemoveSecurityGroupRule,
        /// A route less.
        RemoveRoute,
        /// A gateway endpoint serves a route table less (R5.2).
        DisassociateEndpoint,
        /// DNS attributes of the VPC on (R1.8).
        DnsAttributes,
        /// DNS64 for a subnet that has IPv6 alone (R4.20).
        Dns64,
        /// Private DNS of an interface endpoint on or off (R6.15).
        PrivateDns,
        /// AmazonProvidedDNS instead of custom DNS servers (R1.11).
        AmazonDns,
        /// A VPC leaves a private hosted zone (R1.14).
        LeaveHostedZone,
        /// A rule of DNS Firewall before all others allows the name (R1.16).
        AllowName,
        /// The client uses other host names (R5.26, R6.12).
        HostNames,
        /// The client follows redirects, or is configured for another Region (R7.31).
        ClientRegion,
        /// Source/destination check off (R4.22).
        SourceDestCheck,
        /// An internet gateway is attached (R3.1).
        AttachGateway,
        /// A route to the internet gateway that is attached, or to a new one (R3.1).
        RouteToInternetGateway,
        /// An instance is started.
        StartInstance,
        /// An exclusion of VPC Block Public Access (R3.14).
        BlockPublicAccess,
        /// A regional NAT gateway serves more zones (R4.18).
        NatGatewayZones,
        /// The function leaves the subnet that does not work.
        DropSubnet,
        /// An endpoint that is there serves the function's route table as well (R5.2).
        AssociateEndpoint,
        /// A new gateway endpoint (R5.2).
        CreateGatewayEndpoint,
        /// A policy that AWS manages is attached to the role (R7.13).
        AttachManagedPolicy,
        /// A condition of a policy takes one more value.
        PolicyCondition,
        /// The role has one more inline policy.
        IdentityPolicy,
        /// A statement more in the policy of a VPC endpoint (R5.24, R6.18).
        EndpointPolicy,
        /// A statement more in the policy of a bucket.
        BucketPolicy,
        /// A statement more in the policy of an access point.
        AccessPointPolicy,
        /// A statement more in the policy of a KMS key.
        KeyPolicy,
        /// A public statement of a bucket policy names whom it lets in.
        NamedPrincipals,
        /// A statement more in the permissions boundary of the role.
        PermissionsBoundary,
        /// A session policy more, with which the code starts its session.
        SessionPolicy,
        /// A service control policy more on a level of the organization.
        ServiceControlPolicy,
        /// A statement that denies makes an exception for the role.
        DenyException,
        /// The workload goes to subnets that are there.
        OtherSubnets,
        /// The workload gets one more subnet, which is new.
        AddSubnet,
        /// A function outside is attached to the VPC (R7.1).
        AttachFunction,
        /// IPv6 and an egress-only internet gateway (R3.7).
        EgressOnlyInternetGateway,
        /// IPv6 for the function (R7.6).
        AllowIpv6,
        /// The function leaves the VPC (R7.1).
        DetachFunction,
        /// A public address for what may have one (R3.2).
        PublicAddress,
        /// A route to the NAT gateway that is there.
        RouteToNatGateway,
        /// The NAT gateway is created anew in a public subnet (R4.3).
        MoveNatGateway,
        /// A new interface endpoint (R6.1).
        CreateInterfaceEndpoint,
        /// A new NAT instance (R4.21).
        CreateNatInstance,
        /// A new NAT gateway (R4.2).
        CreateNatGateway,
    }
}

closed_list! {
    /// How much work a cure is.
    Work {
        /// One setting, rule, route or association.
        Small,
        /// New components; what runs stays where it is.
        Medium,
        /// What runs goes elsewhere, or a subnet is new.
        Large,
    }
}

closed_list! {
    /// What a cure cannot do, or what to mind about it.
    Limit {
        /// A gateway endpoint serves its own Region only (R5.4).
        OwnRegionOnly,
        /// An endpoint gives no way to anything but its service.
        NoOtherInternet,
        /// Policies with `aws:SourceIp` do not see a public address any more (R10.5).
        SourceIpIsLost,
        /// Open connections are cut when the route changes (R5.10).
        ConnectionsDrop,
        /// A NAT gateway needs a public subnet (R4.3).
        NatNeedsPublicSubnet,
        /// A NAT gateway in one Availability Zone stops with the zone, and traffic of other zones is paid for.
        NatInOneZone,
        /// Each gigabyte through a NAT gateway is paid for, S3's too (R12.2).
        NatGigabytes,
        /// A NAT instance is a machine to look after, and its own price comes on top (R4.21).
        NatInstanceIsYours,
        /// A function outside the VPC reaches nothing private (R7.1).
        NothingPrivate,
        /// IPv6 reaches only hosts that have IPv6 addresses (R3.10).
        Ipv6HostsOnly,
        /// A security group is one for everything that has it.
        GroupIsShared,
        /// A network ACL is one for the whole subnet, and looks at replies too (R8.15).
        AclIsForSubnets,
        /// A route is for everything in the subnets of its table.
        RouteIsForSubnets,
        /// Names that only the custom DNS servers know have no answer any more.
        CustomNamesAreLost,
        /// Names of the zone have no answer in the VPC any more (R1.14).
        ZoneIsLost,
        /// It is a setting of the client's code or environment, not of AWS.
        ClientSetting,
        /// Private DNS is for every client in the VPC (R6.9).
        PrivateDnsIsForVpc,
        /// Whoever has a public address can be asked from the Internet where its groups allow it.
        PublicAddressIsReachable,
        /// The component is created anew, and traffic stops meanwhile.
        CreatedAnew,
        /// Fewer subnets are fewer Availability Zones.
        FewerZones,
        /// The exclusion is for everything in it (R3.14).
        ExclusionIsForAll,
        /// The address ranges and addresses are examples.
        AddressesAreExamples,
        /// The policy of an endpoint is one for everything that uses the endpoint (R5.24).
        EndpointPolicyIsShared,
        /// Another account owns the resource, and only that changes its policy.
        OwnerHasToChangeIt,
        /// An administrator of the organization has to make the change.
        AskAdministrator,
        /// Permissions boundaries are set by administrators, for every role that has it.
        BoundaryIsShared,
        /// The document does not have the ARN of the resource, and the statement should.
        NameTheResource,
        /// A role by its ARN is another one once it is deleted and made again.
        RoleIsNamed,
        /// Nobody outside was let in, and of the bucket's own account whoever is allowed by identity policies.
        OwnAccountNeedsPolicies,
        /// The role gets more than the network interfaces need: logs as well.
        PolicyAllowsLogs,
        /// What it opens and closes was asked for a part of the workloads and destinations only.
        EffectsOfSome,
    }
}

closed_list! {
    /// Why a check has no cure.
    WhyNone {
        /// It succeeds.
        Succeeds,
        /// It fails as the document expects.
        AsExpected,
        /// It succeeds, and the document expects that it does not.
        MustStayClosed,
        /// It succeeds, the document expects that it does not, and nothing that was tried closes its way.
        NothingCloses,
        /// It cannot be told what becomes of the traffic, so nothing could be proven.
        Undetermined,
        /// The question cannot be answered.
        Question,
        /// The workload does not run, and why is not a matter of the network.
        NotRunning,
        /// The destination does not run or nothing listens there.
        Destination,
        /// Nothing in the document has the address, or what leads to it is not modelled.
        NoSuchDestination,
        /// What the request asks for is refused on every way.
        Request,
        /// Permissions refuse it, and no change of a policy that the document has could be proven.
        Permissions,
        /// The request is not signed, and no policy should let in everybody.
        NotSigned,
        /// A statement denies how the request is made, such as without encryption.
        RequestDenied,
        /// Nothing that was tried mends it.
        NoneFound,
        /// The search ended before everything was tried.
        SearchEnded,
    }
}

/// Steps that belong together, and what they are for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    /// What they do.
    pub(crate) kind: CureKind,
    /// With what: a group, a gateway, the workload.
    pub(crate) what: Component,
    /// The service of an endpoint, the name of a setting's value; else empty.
    pub(crate) detail: String,
    /// Whether they are what the cure is about, or only what that takes.
    pub(crate) leads: bool,
    /// What to mind beside what its kind has.
    pub(crate) limits: Vec<Limit>,
    /// The steps.
    pub(crate) steps: Vec<EditStep>,
}

/// What is tried at once.
pub(crate) type Plan = Vec<Group>;
