//! What readers of templates, plans and states hand over: resources with their fields, under one vocabulary.
//!
//! CloudFormation writes `DestinationCidrBlock` where Terraform writes `destination_cidr_block`. Fields are looked up
//! without regard to case and underscores, so that each fact of AWS has one reader for both.

use std::collections::BTreeSet;

use super::SourceFile;
use super::problem::{ImportProblem, ImportProblemKind};
use super::tree::{At, Node, Value};
use crate::problem::Location;

/// Which tool's defaults hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    CloudFormation,
    Terraform,
}

/// Declares what is read of both tools: kind, and the types that have it.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident = $($type:literal)|+;)*) => {
        /// What a resource is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Kind {
            $($(#[doc = $doc])* $kind,)*
            /// Nothing that traffic depends on, or what its condition excludes.
            Other,
            /// It can change the answer, and is not modelled.
            NotModelled,
        }

        impl Kind {
            /// The kind of a type, such as `AWS::EC2::Subnet` or `aws_subnet`.
            pub(super) fn of(type_name: &str) -> Kind {
                match type_name {
                    $($($type)|+ => Kind::$kind,)*
                    other if NOT_MODELLED.iter().any(|start| other.starts_with(start)) => Kind::NotModelled,
                    _ => Kind::Other,
                }
            }
        }
    };
}

/// Beginnings of types that can change what arrives, and are not modelled.
const NOT_MODELLED: &[&str] = &[
    "AWS::NetworkFirewall::Firewall",
    "AWS::EC2::TransitGatewayRoute",
    "AWS::EC2::SecurityGroupVpcAssociation",
    "AWS::EC2::ClientVpn",
    "AWS::EC2::NetworkInterfaceAttachment",
    "AWS::VpcLattice::",
    "aws_networkfirewall_firewall",
    "aws_ec2_transit_gateway_route",
    "aws_vpc_security_group_vpc_association",
    "aws_ec2_client_vpn",
    "aws_vpclattice_",
];

kinds! {
    Vpc = "AWS::EC2::VPC" | "aws_vpc" | "aws_default_vpc";
    VpcCidrBlock = "AWS::EC2::VPCCidrBlock" | "aws_vpc_ipv4_cidr_block_association"
        | "aws_vpc_ipv6_cidr_block_association";
    Subnet = "AWS::EC2::Subnet" | "aws_subnet" | "aws_default_subnet";
    SubnetCidrBlock = "AWS::EC2::SubnetCidrBlock";
    RouteTable = "AWS::EC2::RouteTable" | "aws_route_table" | "aws_default_route_table";
    RouteTableAssociation = "AWS::EC2::SubnetRouteTableAssociation" | "AWS::EC2::GatewayRouteTableAssociation"
        | "aws_route_table_association";
    MainRouteTableAssociation = "aws_main_route_table_association";
    Route = "AWS::EC2::Route" | "aws_route";
    InternetGateway = "AWS::EC2::InternetGateway" | "aws_internet_gateway";
    GatewayAttachment = "AWS::EC2::VPCGatewayAttachment" | "aws_internet_gateway_attachment"
        | "aws_vpn_gateway_attachment";
    EgressOnlyInternetGateway = "AWS::EC2::EgressOnlyInternetGateway" | "aws_egress_only_internet_gateway";
    NatGateway = "AWS::EC2::NatGateway" | "aws_nat_gateway";
    ElasticIp = "AWS::EC2::EIP" | "aws_eip";
    ElasticIpAssociation = "AWS::EC2::EIPAssociation" | "aws_eip_association";
    VpcEndpoint = "AWS::EC2::VPCEndpoint" | "aws_vpc_endpoint";
    VpcEndpointRouteTable = "aws_vpc_endpoint_route_table_association";
    VpcEndpointSubnet = "aws_vpc_endpoint_subnet_association";
    VpcEndpointSecurityGroup = "aws_vpc_endpoint_security_group_association";
    VpcEndpointPolicy = "aws_vpc_endpoint_policy";
    VpcEndpointPrivateDns = "aws_vpc_endpoint_private_dns";
    SecurityGroup = "AWS::EC2::SecurityGroup" | "aws_security_group" | "aws_default_security_group";
    SecurityGroupIngress = "AWS::EC2::SecurityGroupIngress" | "aws_vpc_security_group_ingress_rule";
    SecurityGroupEgress = "AWS::EC2::SecurityGroupEgress" | "aws_vpc_security_group_egress_rule";
    /// A rule whose field `type` tells its direction.
    SecurityGroupRule = "aws_security_group_rule";
    NetworkAcl = "AWS::EC2::NetworkAcl" | "aws_network_acl" | "aws_default_network_acl";
    NetworkAclEntry = "AWS::EC2::NetworkAclEntry" | "aws_network_acl_rule";
    NetworkAclAssociation = "AWS::EC2::SubnetNetworkAclAssociation" | "aws_network_acl_association";
    PrefixList = "AWS::EC2::PrefixList" | "aws_ec2_managed_prefix_list" | "aws_prefix_list";
    PrefixListEntry = "aws_ec2_managed_prefix_list_entry";
    DhcpOptions = "AWS::EC2::DHCPOptions" | "aws_vpc_dhcp_options";
    DhcpOptionsAssociation = "AWS::EC2::VPCDHCPOptionsAssociation" | "aws_vpc_dhcp_options_association";
    HostedZone = "AWS::Route53::HostedZone" | "aws_route53_zone";
    HostedZoneAssociation = "aws_route53_zone_association";
    RecordSet = "AWS::Route53::RecordSet" | "aws_route53_record";
    RecordSetGroup = "AWS::Route53::RecordSetGroup";
    ResolverRule = "AWS::Route53Resolver::ResolverRule" | "aws_route53_resolver_rule";
    ResolverRuleAssociation = "AWS::Route53Resolver::ResolverRuleAssociation" | "aws_route53_resolver_rule_association";
    FirewallDomainList = "AWS::Route53Resolver::FirewallDomainList" | "aws_route53_resolver_firewall_domain_list";
    FirewallRuleGroup = "AWS::Route53Resolver::FirewallRuleGroup" | "aws_route53_resolver_firewall_rule_group";
    FirewallRule = "aws_route53_resolver_firewall_rule";
    FirewallRuleGroupAssociation = "AWS::Route53Resolver::FirewallRuleGroupAssociation"
        | "aws_route53_resolver_firewall_rule_group_association";
    /// A profile has Resolver rules, rule groups of DNS Firewall and private hosted zones for the VPC.
    ProfileAssociation = "AWS::Route53Profiles::ProfileAssociation" | "aws_route53profiles_association";
    BlockPublicAccess = "AWS::EC2::VPCBlockPublicAccessOptions" | "aws_vpc_block_public_access_options";
    BlockPublicAccessExclusion = "AWS::EC2::VPCBlockPublicAccessExclusion" | "aws_vpc_block_public_access_exclusion";
    Function = "AWS::Lambda::Function" | "AWS::Serverless::Function" | "aws_lambda_function";
    CapacityProvider = "AWS::Lambda::CapacityProvider" | "AWS::Serverless::CapacityProvider"
        | "aws_lambda_capacity_provider";
    Instance = "AWS::EC2::Instance" | "aws_instance";
    NetworkInterface = "AWS::EC2::NetworkInterface" | "aws_network_interface";
    EcsService = "AWS::ECS::Service" | "aws_ecs_service";
    CodeBuildProject = "AWS::CodeBuild::Project" | "aws_codebuild_project";
    Bucket = "AWS::S3::Bucket" | "aws_s3_bucket";
    BucketPolicy = "AWS::S3::BucketPolicy" | "aws_s3_bucket_policy";
    BucketEncryption = "aws_s3_bucket_server_side_encryption_configuration";
    PublicAccessBlock = "aws_s3_bucket_public_access_block";
    AccountPublicAccessBlock = "aws_s3_account_public_access_block";
    AccessPoint = "AWS::S3::AccessPoint" | "aws_s3_access_point";
    AccessPointPolicy = "aws_s3control_access_point_policy";
    OwnershipControls = "aws_s3_bucket_ownership_controls";
    KmsKey = "AWS::KMS::Key" | "aws_kms_key";
    KmsKeyPolicy = "aws_kms_key_policy";
    KmsAlias = "AWS::KMS::Alias" | "aws_kms_alias";
    Role = "AWS::IAM::Role" | "aws_iam_role";
    /// A policy inside a role, written beside it.
    RolePolicy = "AWS::IAM::Policy" | "AWS::IAM::RolePolicy" | "aws_iam_role_policy";
    ManagedPolicy = "AWS::IAM::ManagedPolicy" | "aws_iam_policy";
    /// A policy that Terraform writes out of blocks.
    PolicyDocument = "aws_iam_policy_document";
    RolePolicyAttachment = "aws_iam_role_policy_attachment" | "aws_iam_policy_attachment";
    InstanceProfile = "AWS::IAM::InstanceProfile" | "aws_iam_instance_profile";
    TaskDefinition = "AWS::ECS::TaskDefinition" | "aws_ecs_task_definition";
    TransitGateway = "AWS::EC2::TransitGateway" | "aws_ec2_transit_gateway";
    VpcPeeringConnection = "AWS::EC2::VPCPeeringConnection" | "aws_vpc_peering_connection";
    VpnGateway = "AWS::EC2::VPNGateway" | "aws_vpn_gateway";
    VpnGatewayRoutePropagation = "AWS::EC2::VPNGatewayRoutePropagation" | "aws_vpn_gateway_route_propagation";
    CarrierGateway = "AWS::EC2::CarrierGateway" | "aws_ec2_carrier_gateway";
    CoreNetwork = "AWS::NetworkManager::CoreNetwork" | "aws_networkmanager_core_network";
}

impl Kind {
    /// Whether it is one of IAM's.
    pub(super) fn is_of_iam(self) -> bool {
        use Kind::*;
        matches!(self, Role | RolePolicy | ManagedPolicy | RolePolicyAttachment | InstanceProfile)
    }
}

/// A resource of a template, plan or state.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) kind: Kind,
    /// As the tool names it: `AWS::EC2::Subnet`, `aws_subnet`.
    pub(super) type_name: String,
    /// Its logical id or address; where several stacks have the same, that of the stack stands before it.
    pub(super) name: String,
    /// Its properties, evaluated.
    pub(super) fields: Node,
    /// Where it stands.
    pub(super) at: At,
    /// Position of its file.
    pub(super) file: usize,
    pub(super) dialect: Dialect,
    /// Why it is open whether it exists: position among the unknown values.
    pub(super) uncertain: Option<usize>,
    /// Whether it describes something that exists already and of which only some attributes are given.
    pub(super) is_data: bool,
    /// Whether it is deployed, as everything in a state is.
    pub(super) is_deployed: bool,
}

/// A value that the files do not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    pub(super) kind: UnknownKind,
    pub(super) at: At,
    pub(super) file: usize,
}

/// Why a value is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownKind {
    /// A parameter of a template without default and without a given value.
    Parameter(String),
    /// A parameter whose value stands in Systems Manager; the name of it there.
    SsmParameter(String),
    /// An export of another stack that is not given.
    Import(String),
    /// An output of a nested stack whose template is not given.
    NestedStack(String),
    /// An attribute that AWS sets at deployment.
    Attribute(String),
    /// A value that Terraform knows only after apply, and that no reference gives away.
    AfterApply(String),
    /// A dynamic reference such as `{{resolve:ssm:…}}`.
    DynamicReference(String),
    /// A function or macro that is not evaluated.
    NotEvaluated(String),
    /// A name that the template does not declare.
    Undeclared(Box<Undeclared>),
    /// A property that the type does not have.
    ForeignProperty(String),
    /// Values that depend on each other in a circle.
    Cycle(String),
    /// The account, the stack's id and the like.
    Pseudo(String),
}

/// A name that nothing declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undeclared {
    /// The name.
    pub name: String,
    /// The declared one that was probably meant.
    pub nearest: Option<String>,
}

impl UnknownKind {
    /// What a person calls it.
    pub fn name(&self) -> &str {
        use UnknownKind::*;
        match self {
            Parameter(name)
            | SsmParameter(name)
            | Import(name)
            | NestedStack(name)
            | Attribute(name)
            | AfterApply(name)
            | DynamicReference(name)
            | NotEvaluated(name)
            | ForeignProperty(name)
            | Cycle(name)
            | Pseudo(name) => name,
            Undeclared(undeclared) => &undeclared.name,
        }
    }
}

/// Everything that the files hold.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    pub(super) resources: Vec<Resource>,
    pub(super) unknowns: Vec<Unknown>,
    pub(super) problems: Vec<ImportProblem>,
    /// The Region that the files name.
    pub(super) region: Option<String>,
    /// The account that the files name.
    pub(super) account: Option<String>,
    /// Files with macros or loops that are not carried out.
    pub(super) open_files: BTreeSet<usize>,
    /// Resources that something outside the files may change.
    pub(super) open_resources: BTreeSet<usize>,
}

/// How many values that are not known are looked through for one more.
pub(super) const RECENT: usize = 1_000;

impl Inventory {
    /// Notes a value that is not known, once for each reason and place.
    pub(super) fn unknown(&mut self, unknown: Unknown) -> usize {
        // Those of one resource come one after the other; an older one that is the same is noted twice.
        let recent = self.unknowns.len().saturating_sub(RECENT);
        match self.unknowns.iter().skip(recent).position(|other| *other == unknown) {
            Some(position) => recent + position,
            None => {
                self.unknowns.push(unknown);
                self.unknowns.len() - 1
            }
        }
    }

    pub(super) fn report(&mut self, files: &[SourceFile<'_>], file: usize, at: At, kind: ImportProblemKind) {
        self.problems.push(ImportProblem { kind, location: Some(location(files, file, at)) });
    }
}

/// The place in words that diagnostics have.
pub(super) fn location(files: &[SourceFile<'_>], file: usize, at: At) -> Location {
    let file = files.get(file).map(|file| file.name.clone()).unwrap_or_default();
    Location { file, line: at.line, column: at.column }
}

/// A field by its name in Terraform's writing. Nothing, null and an empty text are the same.
pub(super) fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let found = node.entries().iter().find(|entry| is_named(&entry.key, name)).map(|entry| &entry.node)?;
    (!found.is_unset()).then_some(found)
}

/// A block: Terraform writes it as a list of one.
pub(super) fn block<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let found = field(node, name)?;
    match &found.value {
        Value::List(items) => items.first(),
        _ => Some(found),
    }
}

/// Whether a key is that name, case and underscores aside.
fn is_named(key: &str, name: &str) -> bool {
    let mut key = key.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
    let mut name = name.bytes().filter(|byte| *byte != b'_');
    loop {
        match (key.next(), name.next()) {
            (None, None) => return true,
            (one, two) if one == two => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, is_named};

    #[test]
    fn names_of_both_tools_are_one() {
        for (key, name) in [
            ("DestinationCidrBlock", "destination_cidr_block"),
            ("destination_cidr_block", "destination_cidr_block"),
            ("Ipv6CidrBlock", "ipv6_cidr_block"),
            ("EnableDns64", "enable_dns64"),
        ] {
            assert!(is_named(key, name), "{key}");
        }
        assert!(!is_named("CidrBlocks", "cidr_block"));
        assert_eq!((Kind::of("AWS::EC2::Subnet"), Kind::of("aws_subnet")), (Kind::Subnet, Kind::Subnet));
        assert_eq!((Kind::of("AWS::SNS::Topic"), Kind::of("aws_vpclattice_service")), (Kind::Other, Kind::NotModelled));
    }
}
