//! What is wrong with imported files, as data; [`crate::words`] renders it.

use super::inventory::UnknownKind;
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
    /// Text in an encoding other than UTF-8 and UTF-16.
    Encoding,
    /// Neither text nor anything else that is known.
    Binary,
}

/// Declares the kinds of problem once: data, code and severity.
macro_rules! problem_kinds {
    ($($(#[doc = $doc:literal])* $variant:ident
        $({ $($(#[doc = $field_doc:literal])* $field:ident: $type:ty,)* })? = $code:literal, $severity:ident;)*) => {
        /// What is wrong.
        #[derive(Clone, Debug, PartialEq)]
        pub enum ImportProblemKind {
            $($(#[doc = $doc])* $variant $({ $($(#[doc = $field_doc])* $field: $type,)* })?,)*
        }

        impl ImportProblemKind {
            /// A code in the style `damagedFile`.
            pub fn code(&self) -> &'static str {
                match self { $(ImportProblemKind::$variant { .. } => $code,)* }
            }

            /// How bad it is.
            pub fn severity(&self) -> Severity {
                match self { $(ImportProblemKind::$variant { .. } => Severity::$severity,)* }
            }
        }
    };
}

impl ImportProblemKind {
    /// The resource of which something depends on a parameter without a value, and the parameter.
    pub(super) fn open_parameter(&self) -> Option<(&str, &str)> {
        let (resource, cause) = match self {
            ImportProblemKind::Unresolved { resource, cause, .. }
            | ImportProblemKind::ConditionOpen { resource, cause } => (resource, cause),
            _ => return None,
        };
        match cause {
            UnknownKind::Parameter(name) | UnknownKind::SsmParameter(name) => Some((resource, name)),
            UnknownKind::Pseudo(name) if name == super::ACCOUNT => Some((resource, name)),
            _ => None,
        }
    }

    /// Whether the account would settle it.
    pub(super) fn asks_for_account(&self) -> bool {
        match self {
            ImportProblemKind::AccountAssumed { .. } => true,
            ImportProblemKind::Unresolved { cause, .. } | ImportProblemKind::ConditionOpen { cause, .. } => {
                matches!(cause, UnknownKind::Pseudo(name) if name == super::ACCOUNT)
            }
            _ => false,
        }
    }
}

problem_kinds! {
    /// There is no file.
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
    /// The file is sound, and in none of the formats that are read.
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
    /// Answers of calls that do not matter here yet.
    NotUsed {
        /// The calls, such as `ec2 describe-customer-gateways`.
        calls: Vec<&'static str>,
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
    /// No file has the answers of some calls; what depends on them is unknown.
    MissingAnswers {
        /// Sections of the document, each with the call that covers it.
        sections: Vec<(&'static str, &'static str)>,
    } = "missingAnswers", Note;
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

    // Templates, plans and states.

    /// The file cannot be read any further; nothing of it is used.
    Unreadable {
        /// `JSON` or `YAML`.
        format: &'static str,
        /// The parser's words.
        detail: String,
    } = "unreadable", Error;
    /// The file ends too early; nothing of it is used.
    EndsTooEarly {
        /// `JSON` or `YAML`.
        format: &'static str,
    } = "endsTooEarly", Error;
    /// The file is nested too deeply, or its aliases multiply beyond measure.
    TooComplex = "tooComplex", Error;
    /// The file is larger than what is read.
    TooLarge {
        /// The limit in MB.
        limit: u32,
    } = "tooLarge", Error;
    /// A key that stands twice in one map of a template; the last one counts.
    DuplicateKeyOfTemplate {
        /// The key.
        key: String,
    } = "duplicateKeyOfTemplate", Warning;
    /// A value that decides something and that the files do not tell.
    Unresolved {
        /// The resource.
        resource: String,
        /// Its property.
        property: String,
        /// Why the value is open.
        cause: UnknownKind,
    } = "unresolved", Warning;
    /// A property with a value of another shape than it has to have, so that what it says is not known.
    WrongProperty {
        /// The resource.
        resource: String,
        /// Its property.
        property: String,
    } = "wrongProperty", Warning;
    /// IPv6 blocks that AWS assigns at deployment, for which others stand, while a policy asks for addresses.
    AddressesAssigned {
        /// The VPCs that get them.
        resources: Vec<String>,
    } = "addressesAssigned", Warning;
    /// The account is not known, and stands in names or ARNs.
    AccountAssumed {
        /// What stands for it.
        account: &'static str,
    } = "accountAssumed", Note;
    /// Whether a resource exists is open.
    ConditionOpen {
        /// The resource.
        resource: String,
        /// What its condition depends on.
        cause: UnknownKind,
    } = "conditionOpen", Warning;
    /// A property that is an attribute of something that is not modelled.
    UnknownAttribute {
        /// The resource.
        resource: String,
        /// Its property.
        property: String,
        /// The attribute.
        attribute: String,
    } = "unknownAttribute", Warning;
    /// An id of something that no file describes.
    OutsideReference {
        /// The resource that has it.
        resource: String,
        /// The id.
        id: String,
    } = "outsideReference", Warning;
    /// A parameter is given that no template has.
    UnknownParameter {
        /// Its name.
        name: String,
        /// The nearest name that a template has.
        nearest: Option<String>,
    } = "unknownParameter", Error;
    /// A nested stack whose template is not given.
    NestedTemplateMissing {
        /// Its logical id.
        stack: String,
    } = "nestedTemplateMissing", Warning;
    /// A loop over values that are not known.
    LoopNotEvaluated {
        /// Its name.
        name: String,
    } = "loopNotEvaluated", Warning;
    /// A macro that can change the whole template.
    MacroNotEvaluated {
        /// Its name.
        name: String,
    } = "macroNotEvaluated", Warning;
    /// A custom resource, whose code can change anything.
    CustomResource {
        /// Its type.
        of_type: String,
    } = "customResource", Note;
    /// An empty list of egress rules, which CloudFormation ignores.
    EmptyEgress {
        /// The security group.
        resource: String,
    } = "emptyEgress", Warning;
    /// A property that the type of the resource does not have.
    ForeignProperty {
        /// The resource.
        resource: String,
        /// Its type, or the type with the property that the object is in.
        of_type: &'static str,
        /// The property.
        property: String,
        /// What was probably meant.
        nearest: Option<&'static str>,
    } = "foreignProperty", Warning;
    /// A resource that can change the answer and is not modelled.
    NotModelled {
        /// The resource.
        resource: String,
        /// Its type.
        of_type: String,
    } = "notModelled", Warning;
    /// Edges of a plan that are taken from the only candidate, not from a reference.
    EdgesInferred {
        /// How many.
        count: usize,
        /// The first one: resource, property, target.
        first: String,
    } = "edgesInferred", Note;
    /// Resources that another file has under the same addresses; that file counts.
    Repeated {
        /// How many.
        count: usize,
        /// The file that counts.
        first: String,
    } = "repeated", Note;
    /// The plan itself says that it failed.
    PlanErrored = "planErrored", Warning;
    /// Terraform's log of a run, without a state in it.
    NoTestState = "noTestState", Error;
    /// Configuration in Terraform's own language, which is not evaluated.
    TerraformSource {
        /// How many files.
        count: usize,
    } = "terraformSource", Warning;
    /// A binary plan file.
    BinaryPlan = "binaryPlan", Warning;
    /// Documents of vpcreach beside other files.
    DocumentBesideOthers = "documentBesideOthers", Warning;
}
