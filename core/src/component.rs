//! How an answer names the things of a document.

use std::fmt;

use serde::{Serialize, Serializer};

/// Declares the kinds once: name, and the word in addresses such as `routeTable/rtb-private`.
macro_rules! component_kinds {
    ($($(#[doc = $doc:literal])* $variant:ident = $word:literal,)*) => {
        /// The kind of a component.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[serde(rename_all = "camelCase")]
        pub enum ComponentKind {
            $($(#[doc = $doc])* $variant,)*
        }

        impl ComponentKind {
            /// Every kind, in the order of the declaration.
            pub const ALL: &'static [ComponentKind] = &[$(ComponentKind::$variant,)*];

            /// The word in a component's address.
            pub fn as_str(self) -> &'static str {
                match self { $(ComponentKind::$variant => $word,)* }
            }
        }
    };
}

component_kinds! {
    /// A virtual private cloud.
    Vpc = "vpc",
    /// A subnet.
    Subnet = "subnet",
    /// A route table.
    RouteTable = "routeTable",
    /// An internet gateway.
    InternetGateway = "internetGateway",
    /// An egress-only internet gateway.
    EgressOnlyInternetGateway = "egressOnlyInternetGateway",
    /// A NAT gateway.
    NatGateway = "natGateway",
    /// A VPC endpoint.
    VpcEndpoint = "vpcEndpoint",
    /// A security group.
    SecurityGroup = "securityGroup",
    /// A network ACL.
    NetworkAcl = "networkAcl",
    /// A prefix list.
    PrefixList = "prefixList",
    /// A DHCP option set.
    DhcpOptions = "dhcpOptions",
    /// A private hosted zone.
    PrivateHostedZone = "privateHostedZone",
    /// VPC Block Public Access.
    VpcBlockPublicAccess = "vpcBlockPublicAccess",
    /// A Lambda function.
    Function = "function",
    /// An EC2 instance.
    Instance = "instance",
    /// An ECS task.
    Task = "task",
    /// A CodeBuild project.
    CodeBuildProject = "codeBuildProject",
    /// An elastic network interface.
    NetworkInterface = "networkInterface",
    /// An S3 bucket.
    Bucket = "bucket",
    /// An S3 access point.
    AccessPoint = "accessPoint",
    /// A host on the Internet.
    InternetHost = "internetHost",
    /// An IAM role.
    Role = "role",
    /// A managed policy.
    ManagedPolicy = "managedPolicy",
    /// An AWS account.
    Account = "account",
    /// A KMS key.
    KmsKey = "kmsKey",
    /// A transit gateway.
    TransitGateway = "transitGateway",
    /// A VPC peering connection.
    VpcPeeringConnection = "vpcPeeringConnection",
    /// A virtual private gateway.
    VpnGateway = "vpnGateway",
    /// A carrier gateway.
    CarrierGateway = "carrierGateway",
    /// A local gateway.
    LocalGateway = "localGateway",
    /// A Cloud WAN core network.
    CoreNetwork = "coreNetwork",
    /// An AWS service in a Region, outside the VPC.
    Service = "service",
    /// The Internet, or an address on it.
    Internet = "internet",
    /// The Amazon resolver of a VPC.
    Resolver = "resolver",
    /// A private address of which the document does not say what has it.
    Address = "address",
}

/// The name of the resolver outside every VPC, which Lambda's own network asks; any other has the name of its VPC.
pub const PUBLIC_RESOLVER: &str = "public-dns";

/// A component: kind and name, written `kind/name`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Component {
    /// What it is.
    pub kind: ComponentKind,
    /// The name that the person gave it.
    pub name: String,
}

impl Component {
    /// A component of that kind and name.
    pub fn new(kind: ComponentKind, name: impl Into<String>) -> Component {
        Component { kind, name: name.into() }
    }
}

impl fmt::Display for Component {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.kind.as_str(), self.name)
    }
}

impl Serialize for Component {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
