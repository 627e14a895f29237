//! What is wrong with a document or an imported file, as data; `words` renders it.

use crate::answer::Severity;
use crate::component::{Component, ComponentKind};
use crate::document::Shape;
use crate::query::Family;

/// One problem, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Pointer into the document, `/subnets/a/cidr`; empty for the whole.
    pub pointer: String,
    /// Where it stands in a file, where that is known.
    pub location: Option<Location>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Location {
    /// The file's name; empty for the only one.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Declares the kinds once: data, code and severity.
macro_rules! problem_kinds {
    ($($(#[doc = $doc:literal])* $variant:ident $({ $($(#[doc = $field_doc:literal])* $field:ident: $type:ty,)* })? = $code:literal, $severity:ident;)*) => {
        /// What is wrong.
        #[derive(Clone, Debug, PartialEq)]
        pub enum ProblemKind {
            $($(#[doc = $doc])* $variant $({ $($(#[doc = $field_doc])* $field: $type,)* })?,)*
        }

        impl ProblemKind {
            /// A code in the style `unknownField`.
            pub fn code(&self) -> &'static str {
                match self { $(ProblemKind::$variant { .. } => $code,)* }
            }

            /// How bad it is.
            pub fn severity(&self) -> Severity {
                match self { $(ProblemKind::$variant { .. } => Severity::$severity,)* }
            }
        }
    };
}

problem_kinds! {
    /// The text is not of its format; from here on nothing was read.
    Syntax {
        /// `JSON` or `YAML`.
        format: &'static str,
        /// What is wrong there.
        flaw: SyntaxFlaw,
    } = "syntax", Error;
    /// A field that the format does not have.
    UnknownField {
        /// As written.
        field: String,
        /// The nearest valid name.
        nearest: Option<String>,
    } = "unknownField", Error;
    /// A value of the wrong type.
    WrongType {
        /// What is written.
        found: Shape,
        /// What belongs there.
        expected: Shape,
    } = "wrongType", Error;
    /// A number that is too large, or negative.
    NumberOutOfRange {
        /// As written.
        text: String,
    } = "numberOutOfRange", Error;
    /// A key that stands twice in one section; the first one counts.
    DuplicateKey {
        /// As written.
        key: String,
    } = "duplicateKey", Error;
    /// A version of the format that this release does not know.
    UnknownVersion {
        /// As written.
        version: u32,
    } = "unknownVersion", Warning;
    /// A field without which the thing means nothing.
    MissingField {
        /// Its name.
        field: &'static str,
    } = "missingField", Error;
    /// Not the twelve digits of an account.
    BadAccount {
        /// As written.
        text: String,
    } = "badAccount", Error;
    /// A name that nothing has.
    DanglingReference {
        /// As written.
        name: String,
        /// What it should be, in the section's name: `subnets`.
        section: &'static str,
        /// The nearest valid name.
        nearest: Option<String>,
    } = "danglingReference", Error;
    /// A name that nothing has, where things of several sections fit.
    UnknownName {
        /// As written.
        name: String,
        /// What it should be.
        role: NameRole,
        /// The nearest valid name.
        nearest: Option<String>,
    } = "unknownName", Error;
    /// A name that several things have.
    AmbiguousName {
        /// As written.
        name: String,
        /// What it could be.
        candidates: Vec<Component>,
    } = "ambiguousName", Error;
    /// No VPC is named, although the document has several.
    VpcNotNamed {
        /// The VPCs of the document.
        candidates: Vec<String>,
    } = "vpcNotNamed", Error;
    /// The document has no VPC that this could be in.
    NoVpc = "noVpc", Error;
    /// Something belongs to another VPC than the thing that names it.
    OfAnotherVpc {
        /// What is named.
        component: Component,
        /// Its VPC.
        vpc: String,
        /// The VPC of the thing that names it.
        expected: String,
    } = "ofAnotherVpc", Warning;
    /// Not a CIDR block.
    BadCidr {
        /// As written.
        text: String,
        /// What is wrong with it.
        flaw: CidrFlaw,
        /// What it probably means.
        likely: Option<String>,
    } = "badCidr", Error;
    /// Bits behind the prefix are set; AWS takes the canonical block, and so does the answer.
    CidrHostBits {
        /// As written.
        text: String,
        /// The canonical block.
        canonical: String,
    } = "cidrHostBits", Warning;
    /// A block of a size that AWS refuses (R1.1, R1.21, R1.22).
    SizeOutOfRange {
        /// The block.
        block: String,
        /// What it is for.
        kind: ComponentKind,
        /// The shortest prefix allowed.
        shortest: u8,
        /// The longest prefix allowed.
        longest: u8,
        /// The steps allowed; 1 for IPv4.
        step: u8,
    } = "sizeOutOfRange", Warning;
    /// Two blocks of one VPC, or two subnets, overlap (R1.2).
    Overlap {
        /// This block.
        block: String,
        /// The other block.
        other_block: String,
        /// What has the other block.
        other: Component,
    } = "overlap", Warning;
    /// A subnet outside the blocks of its VPC.
    SubnetOutsideVpc {
        /// The subnet's block.
        block: String,
        /// Its VPC.
        vpc: String,
        /// The blocks of the VPC.
        vpc_blocks: Vec<String>,
    } = "subnetOutsideVpc", Warning;
    /// A public NAT gateway without an Elastic IP address (R4.2).
    NatGatewayWithoutAddress = "natGatewayWithoutAddress", Warning;
    /// A zonal NAT gateway without a subnet (R4.1).
    NatGatewayWithoutSubnet = "natGatewayWithoutSubnet", Error;
    /// A second explicit association of one subnet (R2.1, R8.14); the first counts.
    SecondAssociation {
        /// The subnet.
        subnet: String,
        /// The route table or network ACL that counts.
        winner: Component,
    } = "secondAssociation", Warning;
    /// A second main route table, default network ACL or default security group of one VPC; the first counts.
    SecondDefault {
        /// The one that counts.
        winner: Component,
        /// The VPC.
        vpc: String,
    } = "secondDefault", Warning;
    /// A second internet gateway on one VPC (R3.1).
    SecondInternetGateway {
        /// The first one.
        first: String,
        /// The VPC.
        vpc: String,
    } = "secondInternetGateway", Warning;
    /// A second gateway endpoint of one service on one route table (R5.3); the first counts.
    SecondGatewayEndpoint {
        /// The route table.
        route_table: String,
        /// The service.
        service: String,
        /// The endpoint that counts.
        winner: String,
    } = "secondGatewayEndpoint", Warning;
    /// A service without gateway endpoints (R5.1).
    NoGatewayEndpoint {
        /// The service.
        service: String,
        /// The nearest service that has them.
        nearest: Option<String>,
    } = "noGatewayEndpoint", Warning;
    /// A gateway endpoint for a service in another Region (R5.4).
    EndpointOfAnotherRegion {
        /// The service.
        service: String,
        /// The Region of the document.
        region: String,
    } = "endpointOfAnotherRegion", Warning;
    /// Two rules of one direction with the same number, of which AWS has one (R8.15).
    DuplicateRuleNumber {
        /// The number.
        number: u32,
    } = "duplicateRuleNumber", Error;
    /// More than AWS allows (R1.1, R2.26, R8.13, R8.23).
    OverQuota {
        /// Of what.
        quota: Quota,
        /// How many there are.
        count: usize,
    } = "overQuota", Warning;
    /// More questions than are answered at once.
    TooManyQuestions {
        /// How many there are.
        asked: usize,
        /// How many are answered.
        answered: usize,
    } = "tooManyQuestions", Error;
    /// A rule number outside 1 to 32766 (R8.15).
    RuleNumberOutOfRange {
        /// The number.
        number: u32,
    } = "ruleNumberOutOfRange", Error;
    /// Not a port or a range of ports.
    BadPort {
        /// As written.
        text: String,
    } = "badPort", Error;
    /// Ports beside a protocol that has none; AWS ignores them.
    PortWithoutEffect {
        /// The ports.
        port: String,
        /// The protocol.
        protocol: String,
    } = "portWithoutEffect", Warning;
    /// A word that is not on the list.
    UnknownWord {
        /// As written.
        text: String,
        /// The words that AWS has.
        allowed: &'static [&'static str],
        /// The nearest of them.
        nearest: Option<String>,
    } = "unknownWord", Error;
    /// Not a domain of a Resolver rule or of a domain list of DNS Firewall (R1.15, R1.16).
    BadDomain {
        /// As written.
        text: String,
    } = "badDomain", Error;
    /// Not an IP address, or one of the wrong family.
    BadAddress {
        /// As written.
        text: String,
        /// The family that is wanted, where only one is.
        family: Option<Family>,
    } = "badAddress", Error;
    /// An address outside the subnet, or one that AWS keeps for itself (R1.21).
    AddressNotUsable {
        /// The address.
        address: String,
        /// The subnet.
        subnet: String,
        /// The subnet's block.
        block: String,
        /// Whether it is inside the subnet, as one of the first four addresses or the last.
        reserved: bool,
    } = "addressNotUsable", Error;
    /// A time-out outside 1 to 900 seconds (R7.23).
    TimeoutOutOfRange {
        /// As written, in seconds.
        seconds: u32,
    } = "timeoutOutOfRange", Warning;
    /// More than AWS allows (R7.4).
    TooMany {
        /// The field.
        field: &'static str,
        /// How many there are.
        count: u32,
        /// How many are allowed.
        limit: u32,
    } = "tooMany", Warning;
    /// A function with subnets and without security groups (R7.4); the default group is taken.
    FunctionWithoutSecurityGroup = "functionWithoutSecurityGroup", Warning;
    /// IPv6 is wanted where not every subnet is dual-stack (R7.6).
    SubnetsNotDualStack {
        /// The subnets that are not.
        subnets: Vec<String>,
    } = "subnetsNotDualStack", Warning;
    /// Private DNS without both DNS attributes of the VPC (R1.9, R6.9).
    PrivateDnsNeedsAttributes {
        /// The VPC.
        vpc: String,
        /// The attributes that are false.
        attributes: Vec<&'static str>,
    } = "privateDnsNeedsAttributes", Warning;
    /// Private DNS for the inbound Resolver endpoint only, without a gateway endpoint for S3 (R6.13).
    PrivateDnsNeedsGatewayEndpoint {
        /// The VPC.
        vpc: String,
    } = "privateDnsNeedsGatewayEndpoint", Warning;
    /// A static route more specific than local that AWS refuses (R2.9).
    RouteInsideLocal {
        /// The destination.
        destination: String,
        /// The local block.
        local: String,
    } = "routeInsideLocal", Warning;
    /// A route with the target `local` for addresses that are not a block of the VPC (R1.6).
    LocalRouteOutsideVpc {
        /// The destination.
        destination: String,
        /// The VPC.
        vpc: String,
    } = "localRouteOutsideVpc", Warning;
    /// A route to addresses that AWS keeps for itself (R2.10).
    RouteInReservedRange {
        /// The destination.
        destination: String,
        /// The range kept.
        range: &'static str,
    } = "routeInReservedRange", Warning;
    /// Two routes of one table for the same destination; the first counts.
    DuplicateRoute {
        /// The destination.
        destination: String,
    } = "duplicateRoute", Warning;
    /// What a gateway route table may not have (R2.3, R2.22).
    GatewayRouteTable {
        /// What is wrong.
        flaw: GatewayRouteTableFlaw,
    } = "gatewayRouteTable", Warning;
    /// An instance with several interfaces as the target of a route (R2.20).
    InstanceWithSeveralInterfaces {
        /// The instance.
        instance: String,
    } = "instanceWithSeveralInterfaces", Warning;
    /// A prefix list of which nothing but the id is known.
    UnknownPrefixList {
        /// As written.
        name: String,
    } = "unknownPrefixList", Warning;
    /// Something that AWS refuses in a policy; it may mean anything.
    BadPolicy {
        /// What is wrong.
        flaw: PolicyFlaw,
    } = "badPolicy", Error;
    /// Something in a policy that probably means something else.
    DoubtfulPolicy {
        /// What is doubtful.
        flaw: PolicyFlaw,
    } = "doubtfulPolicy", Warning;
    /// A Region that is not on the list.
    UnknownRegion {
        /// As written.
        region: String,
        /// The nearest of them.
        nearest: Option<String>,
    } = "unknownRegion", Warning;
}

/// What keeps a text from being JSON or YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxFlaw {
    /// It ends too early.
    EndsEarly,
    /// One of these characters is missing.
    Missing(&'static str),
    /// No value begins here.
    NoValue,
    /// A comma that nothing follows.
    TrailingComma,
    /// Something stands behind the end.
    TrailingText,
    /// A key without quotes, or one that is no text.
    BadKey,
    /// A text with a control character or an escape that there is not.
    BadText,
    /// Not a number.
    BadNumber,
    /// Too many levels.
    TooDeep,
    /// Several documents in one text.
    SeveralDocuments,
    /// Aliases that multiply, or that have no anchor before them.
    BadAlias,
    /// Something else, in the words of the parser.
    Other(String),
}

/// What a name should stand for, where things of several sections fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRole {
    /// Something that a route leads to (R2.17).
    RouteTarget,
    /// What a route matches: a CIDR block or a prefix list.
    RouteDestination,
    /// The other side of a rule: a CIDR block, a security group or a prefix list (R8.5).
    Peer,
}

/// What is wrong with the text of a CIDR block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CidrFlaw {
    /// The address is there, `/` and prefix length are not.
    NoPrefixLength,
    /// The prefix length is not a number, or too large for the family.
    BadPrefixLength,
    /// The address has fewer than four parts.
    AddressIncomplete,
    /// The address is none.
    BadAddress,
    /// It is of the other family.
    WrongFamily(Family),
}

/// Of what AWS allows so many, and not more on any request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// CIDR blocks of a VPC in one family (R1.1). Those beyond it are left out.
    CidrBlocks,
    /// DNS servers of a DHCP option set. Those beyond it are left out.
    DnsServers,
    /// Rules of a network ACL in one direction (R8.23).
    NetworkAclRules,
    /// Rules of a security group in one direction (R8.13).
    SecurityGroupRules,
    /// Routes of a table that nothing propagates (R2.26).
    Routes,
    /// Characters of all inline policies of a role, white space aside
    /// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>).
    RolePolicies,
    /// Characters of a managed policy, white space aside (the same page).
    ManagedPolicy,
    /// Characters of a service control policy, of which AWS doubled the number on 15 May 2026
    /// (<https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>).
    ServiceControlPolicy,
}

impl Quota {
    /// The most that AWS allows.
    pub fn most(self) -> usize {
        match self {
            Quota::CidrBlocks => 50,
            Quota::DnsServers => 4,
            Quota::NetworkAclRules => 40,
            Quota::SecurityGroupRules | Quota::Routes => 1_000,
            Quota::RolePolicies | Quota::ServiceControlPolicy => 10_240,
            Quota::ManagedPolicy => 6_144,
        }
    }
}

/// What a gateway route table may not have (R2.3, R2.22).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayRouteTableFlaw {
    /// It is the main table.
    Main,
    /// A route leads to something other than `local`, an interface or a Gateway Load Balancer endpoint.
    Target {
        /// The target, as written.
        target: String,
    },
    /// A route's destination is neither a block of the VPC nor of a subnet.
    Destination {
        /// The destination, as written.
        destination: String,
    },
}

/// What is wrong with a policy, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFlaw {
    /// What is wrong.
    pub kind: FlawKind,
    /// The text that is wrong, as written.
    pub text: String,
    /// What else there is to say of it.
    pub other: String,
}

/// What can be wrong with a policy; each says what the texts of a [`PolicyFlaw`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlawKind {
    /// Two elements that exclude each other: `Action` and `NotAction`.
    BothElements,
    /// An element that policies of this kind do not have: `Principal`.
    ElementNotAllowed,
    /// An action without the service before a colon.
    ActionWithoutService,
    /// A resource that is neither `*` nor an ARN of six parts.
    NotAnArn,
    /// A principal with a wildcard beside other characters.
    PrincipalWildcard,
    /// A principal that is neither `*`, an account, an ARN nor a unique id.
    BadPrincipal,
    /// A value that the operator does not take; and the operator.
    BadValue,
    /// `${…}` in a policy whose version takes it for plain text; the text that it stands in.
    VariableNeedsVersion,
    /// `${` without `}`; the text that it stands in.
    UnclosedVariable,
    /// A global condition key that AWS does not have; conditions on it see it absent. And the nearest that there is.
    UnknownKey,
    /// Two statements with the same `Sid`.
    DuplicateSid,
    /// More text than AWS accepts in any policy; it is not read. The most characters that are read.
    TooLarge,
}
