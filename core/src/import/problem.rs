//! What is wrong with imported files, as data; [`crate::words`] renders it.

use super::configuration_problem::ConfigurationProblem;
use crate::answer::Severity;
use crate::problem::Location;

/// One problem, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportProblem {
    /// What is wrong.
    pub kind: ImportProblemKind,
    /// The file, with line and column where they are known (else 0).
    pub location: Option<Location>,
}

/// A format that is recognised and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherFormat {
    /// A document of vpcreach itself.
    Document,
    /// A CloudFormation or SAM template.
    CloudFormation,
    /// A plan or state as `terraform show -json` prints it, or a raw state file.
    Terraform,
    /// Source of the Serverless Framework.
    Serverless,
    /// An AWS Config snapshot.
    AwsConfig,
    /// An answer of Cloud Control.
    CloudControl,
    /// Output of the AWS CLI as YAML.
    Yaml,
    /// Output of the AWS CLI as text or as a table.
    CliText,
    /// An error message of the AWS CLI.
    CliError,
    /// A web page, as a proxy or a sign-in page sends it.
    Html,
    /// Neither text nor anything else that is known.
    Binary,
}

/// Declares kinds of problem once: data, code and severity, under the names of the two methods.
macro_rules! problem_kinds {
    ($name:ident, $visibility:vis $code_of:ident, $severity_of:ident: $($(#[doc = $doc:literal])* $variant:ident
        $({ $($(#[doc = $field_doc:literal])* $field:ident: $type:ty,)* })? = $code:literal, $severity:ident;)*) => {
        /// What is wrong.
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $($(#[doc = $doc])* $variant $({ $($(#[doc = $field_doc])* $field: $type,)* })?,)*
        }

        impl $name {
            /// A code in the style `damagedFile`.
            $visibility fn $code_of(&self) -> &'static str {
                match self { $($name::$variant { .. } => $code,)* }
            }

            /// How bad it is.
            $visibility fn $severity_of(&self) -> Severity {
                match self { $($name::$variant { .. } => Severity::$severity,)* }
            }
        }
    };
}

pub(super) use problem_kinds;

problem_kinds! {
    ImportProblemKind, own_code, own_severity:
    /// There is no file, or none holds anything that is read.
    NothingToImport = "nothingToImport", Error;
    /// The file has nothing in it.
    EmptyFile = "emptyFile", Warning;
    /// The file is not what is read here.
    WrongFormat {
        /// What it is.
        format: OtherFormat,
    } = "wrongFormat", Warning;
    /// The JSON is broken.
    DamagedFile {
        /// The parser's words.
        detail: String,
    } = "damagedFile", Error;
    /// The JSON ends too early.
    TruncatedFile = "truncatedFile", Error;
    /// The JSON is sound, but no answer of a call that is known.
    NotRecognised = "notRecognised", Warning;
    /// An item that does not have the shape it should have; it is left out.
    WrongShape {
        /// The list, such as `Subnets`.
        list: &'static str,
        /// The parser's words.
        detail: String,
    } = "wrongShape", Error;
    /// More problems of a kind in one file than are told one by one.
    FurtherProblems {
        /// How many more.
        count: usize,
    } = "furtherProblems", Warning;
    /// An answer of a call that does not matter here yet.
    NotUsed {
        /// The call, such as `ec2 describe-customer-gateways`.
        call: &'static str,
    } = "notUsed", Note;
    /// An answer with a `NextToken`: the rest is missing.
    CutAnswer {
        /// The call.
        call: &'static str,
    } = "cutAnswer", Warning;
    /// A call that the collection script could not make.
    FailedCall {
        /// The call with its arguments.
        call: String,
        /// What AWS said.
        error: String,
    } = "failedCall", Warning;
    /// The same thing twice, and not the same; the first one counts.
    Conflict {
        /// Its id.
        id: String,
        /// The file with the first one.
        first: String,
    } = "conflict", Warning;
    /// No file has the answer of a call; what depends on it is unknown.
    MissingAnswer {
        /// The call.
        call: &'static str,
        /// The section of the document.
        section: &'static str,
    } = "missingAnswer", Note;
    /// Entries of a prefix list, and nothing says of which.
    UnnamedPrefixList = "unnamedPrefixList", Warning;
    /// A prefix list whose entries are not given.
    PrefixListEntriesUnknown {
        /// Its id.
        id: String,
    } = "prefixListEntriesUnknown", Warning;
    /// Location or policy of a bucket, and nothing says of which.
    UnnamedBucket {
        /// The call.
        call: &'static str,
    } = "unnamedBucket", Warning;
    /// Buckets whose Region is not given.
    BucketRegionUnknown {
        /// Their names.
        buckets: Vec<String>,
    } = "bucketRegionUnknown", Warning;
    /// The DNS attributes of a VPC are not given; AWS's defaults are taken.
    DnsAttributesUnknown {
        /// Its id.
        vpc: String,
    } = "dnsAttributesUnknown", Warning;
    /// The records of a private hosted zone are not given; the zone is left out.
    HostedZoneRecordsUnknown {
        /// Its id.
        id: String,
        /// Its domain.
        domain: String,
    } = "hostedZoneRecordsUnknown", Warning;
    /// Records, and nothing says of which private hosted zone.
    UnnamedHostedZone = "unnamedHostedZone", Warning;
    /// A private hosted zone, and nothing says with which VPC it is associated.
    HostedZoneVpcUnknown {
        /// Its domain.
        domain: String,
    } = "hostedZoneVpcUnknown", Warning;
    /// A function on a capacity provider, whose network settings are not given; the function is left out.
    CapacityProviderUnknown {
        /// The function.
        function: String,
        /// The capacity provider's ARN.
        arn: String,
    } = "capacityProviderUnknown", Error;
    /// A function of another Region than the rest; it is left out.
    OtherRegion {
        /// The function.
        function: String,
        /// Its Region.
        region: String,
        /// The Region of the rest.
        of_the_rest: String,
    } = "otherRegion", Warning;
    /// A private address that its subnet does not have; it is left out.
    AddressOutsideSubnet {
        /// What has it.
        id: String,
        /// The address.
        address: String,
        /// The subnet.
        subnet: String,
    } = "addressOutsideSubnet", Note;
    /// The route of a gateway endpoint is a blackhole although the endpoint says that it works.
    EndpointRouteBlackhole {
        /// The endpoint.
        endpoint: String,
        /// The route table.
        route_table: String,
    } = "endpointRouteBlackhole", Warning;
    /// A VPC endpoint of a type that is not modelled; it is left out.
    EndpointTypeNotModelled {
        /// The endpoint.
        endpoint: String,
        /// Its type in AWS's words.
        of_type: String,
    } = "endpointTypeNotModelled", Note;
    /// A subnet with more IPv6 blocks than the document has a place for; the first one counts.
    SeveralIpv6Blocks {
        /// The subnet.
        subnet: String,
    } = "severalIpv6Blocks", Warning;
    /// A policy that is not JSON.
    UnreadablePolicy {
        /// What has it.
        id: String,
    } = "unreadablePolicy", Warning;
    /// A problem of a template, plan or state.
    Configuration {
        /// Which one.
        problem: ConfigurationProblem,
    } = "configuration", Warning;
}

impl ImportProblemKind {
    /// A code in the style `damagedFile`.
    pub fn code(&self) -> &'static str {
        match self {
            ImportProblemKind::Configuration { problem } => problem.code(),
            other => other.own_code(),
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            ImportProblemKind::Configuration { problem } => problem.severity(),
            other => other.own_severity(),
        }
    }
}

impl From<ConfigurationProblem> for ImportProblemKind {
    fn from(problem: ConfigurationProblem) -> ImportProblemKind {
        ImportProblemKind::Configuration { problem }
    }
}
