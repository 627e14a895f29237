//! What AWS is asked to make, in no tool's language: resources with their settings.
//!
//! Settings have the names that CloudFormation gives them; Terraform and the AWS CLI write most of them alike.

use serde_json::Value as Json;

/// Declares the kinds of resources with their types in both tools.
macro_rules! kinds {
    ($($kind:ident = $cloudformation:literal, $terraform:literal;)*) => {
        /// What a resource is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// The type in a template; empty for what a template cannot have.
            pub(super) fn cloudformation(self) -> &'static str {
                match self { $(Kind::$kind => $cloudformation,)* }
            }

            /// The type in Terraform's provider for AWS.
            pub(super) fn terraform(self) -> &'static str {
                match self { $(Kind::$kind => $terraform,)* }
            }
        }
    };
}

// In the order in which they can be made.
kinds! {
    DhcpOptions = "AWS::EC2::DHCPOptions", "aws_vpc_dhcp_options";
    PrefixList = "AWS::EC2::PrefixList", "aws_ec2_managed_prefix_list";
    Role = "AWS::IAM::Role", "aws_iam_role";
    ExistingRole = "AWS::IAM::Role", "aws_iam_role";
    ManagedPolicy = "AWS::IAM::ManagedPolicy", "aws_iam_policy";
    KmsKey = "AWS::KMS::Key", "aws_kms_key";
    RolePolicy = "AWS::IAM::RolePolicy", "aws_iam_role_policy";
    RolePolicyAttachment = "", "aws_iam_role_policy_attachment";
    Bucket = "AWS::S3::Bucket", "aws_s3_bucket";
    Vpc = "AWS::EC2::VPC", "aws_vpc";
    VpcCidrBlock = "AWS::EC2::VPCCidrBlock", "aws_vpc_ipv4_cidr_block_association";
    DhcpOptionsAssociation = "AWS::EC2::VPCDHCPOptionsAssociation", "aws_vpc_dhcp_options_association";
    Subnet = "AWS::EC2::Subnet", "aws_subnet";
    InternetGateway = "AWS::EC2::InternetGateway", "aws_internet_gateway";
    GatewayAttachment = "AWS::EC2::VPCGatewayAttachment", "aws_internet_gateway_attachment";
    EgressOnlyInternetGateway = "AWS::EC2::EgressOnlyInternetGateway", "aws_egress_only_internet_gateway";
    SecurityGroup = "AWS::EC2::SecurityGroup", "aws_security_group";
    DefaultSecurityGroup = "", "aws_default_security_group";
    SecurityGroupIngress = "AWS::EC2::SecurityGroupIngress", "aws_vpc_security_group_ingress_rule";
    SecurityGroupEgress = "AWS::EC2::SecurityGroupEgress", "aws_vpc_security_group_egress_rule";
    NetworkInterface = "AWS::EC2::NetworkInterface", "aws_network_interface";
    Instance = "AWS::EC2::Instance", "aws_instance";
    ElasticIp = "AWS::EC2::EIP", "aws_eip";
    NatGateway = "AWS::EC2::NatGateway", "aws_nat_gateway";
    RouteTable = "AWS::EC2::RouteTable", "aws_route_table";
    VpcEndpoint = "AWS::EC2::VPCEndpoint", "aws_vpc_endpoint";
    Route = "AWS::EC2::Route", "aws_route";
    SubnetRouteTableAssociation = "AWS::EC2::SubnetRouteTableAssociation", "aws_route_table_association";
    GatewayRouteTableAssociation = "AWS::EC2::GatewayRouteTableAssociation", "aws_route_table_association";
    NetworkAcl = "AWS::EC2::NetworkAcl", "aws_network_acl";
    NetworkAclEntry = "AWS::EC2::NetworkAclEntry", "aws_network_acl_rule";
    NetworkAclAssociation = "AWS::EC2::SubnetNetworkAclAssociation", "aws_network_acl_association";
    HostedZone = "AWS::Route53::HostedZone", "aws_route53_zone";
    RecordSet = "AWS::Route53::RecordSet", "aws_route53_record";
    BlockPublicAccess = "AWS::EC2::VPCBlockPublicAccessOptions", "aws_vpc_block_public_access_options";
    BlockPublicAccessExclusion = "AWS::EC2::VPCBlockPublicAccessExclusion", "aws_vpc_block_public_access_exclusion";
    BucketPolicy = "AWS::S3::BucketPolicy", "aws_s3_bucket_policy";
    AccessPoint = "AWS::S3::AccessPoint", "aws_s3_access_point";
    Function = "AWS::Lambda::Function", "aws_lambda_function";
}

/// Who makes a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The person, who writes it.
    Written,
    /// Nobody: it says explicitly what holds without it, for tools that cannot say the other thing.
    Implied,
    /// AWS, together with something that is written.
    OfAws,
}

/// A resource.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resource {
    pub(super) kind: Kind,
    /// What stays the same when settings change: the address of a component, with `#` and the part of it.
    pub(super) key: String,
    /// The address of the component, `kind/name`.
    pub(super) owner: String,
    /// What the part is called: words beside the owner's name.
    pub(super) part: String,
    pub(super) origin: Origin,
    /// JSON pointer to what it comes from in the document.
    pub(super) place: String,
    pub(super) fields: Vec<(&'static str, Term)>,
    /// Keys of what has to be there first, though no setting names it.
    pub(super) after: Vec<String>,
}

impl Resource {
    /// A setting.
    pub(super) fn field(&self, name: &str) -> Option<&Term> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, term)| term)
    }

    /// A setting that is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.field(name)? {
            Term::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The key of what a setting refers to.
    pub(super) fn referred(&self, name: &str) -> Option<&str> {
        match self.field(name)? {
            Term::Of(key, _) => Some(key),
            _ => None,
        }
    }
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    Text(String),
    Number(i64),
    Flag(bool),
    List(Vec<Term>),
    Fields(Vec<(&'static str, Term)>),
    /// An attribute of the resource with that key.
    Of(String, Attribute),
    /// A service of the Region by the last part of its name: `s3`.
    Service(String),
    /// The prefix list that AWS keeps for a service, by its full name.
    ServicePrefixList(String),
    /// The nth /64 block of a VPC's IPv6 block; in the document it is that text.
    Ipv6Block {
        vpc: String,
        number: usize,
        written: String,
    },
    /// The Region of everything.
    Region,
    /// A policy.
    Policy(Json),
}

/// What of a resource is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Id,
    AllocationId,
    Arn,
    /// Of a VPC.
    DefaultSecurityGroup,
    /// Of a VPC.
    MainRouteTable,
}

/// A reference to a resource's id.
pub(super) fn id_of(key: impl Into<String>) -> Term {
    Term::Of(key.into(), Attribute::Id)
}

impl From<&str> for Term {
    fn from(text: &str) -> Term {
        Term::Text(text.to_owned())
    }
}

impl From<&String> for Term {
    fn from(text: &String) -> Term {
        Term::Text(text.clone())
    }
}

impl From<bool> for Term {
    fn from(flag: bool) -> Term {
        Term::Flag(flag)
    }
}

impl From<i64> for Term {
    fn from(number: i64) -> Term {
        Term::Number(number)
    }
}

impl Term {
    /// Texts as a list.
    pub(super) fn texts(texts: &[String]) -> Term {
        Term::List(texts.iter().map(Term::from).collect())
    }
}

/// Settings, of which some may be left out.
pub(super) fn fields<const COUNT: usize>(settings: [(&'static str, Option<Term>); COUNT]) -> Vec<(&'static str, Term)> {
    settings.into_iter().filter_map(|(name, term)| Some((name, term?))).collect()
}
