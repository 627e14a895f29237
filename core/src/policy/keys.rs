//! Names of global condition keys.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

/// The function whose code makes a request; policies of resources have no use of it
/// (<https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html>).
pub(crate) const SOURCE_FUNCTION: &str = "lambda:SourceFunctionArn";

/// The global keys without `aws:`; those with a slash take any name behind it.
pub(super) const GLOBAL: &[&str] = &[
    "AssumedRoot",
    "CalledVia",
    "CalledViaFirst",
    "CalledViaLast",
    "ChatbotSourceArn",
    "CurrentTime",
    "Ec2InstanceSourcePrivateIPv4",
    "Ec2InstanceSourceVpc",
    "EpochTime",
    "FederatedProvider",
    "MultiFactorAuthAge",
    "MultiFactorAuthPresent",
    "PrincipalAccount",
    "PrincipalArn",
    "PrincipalIsAWSService",
    "PrincipalOrgID",
    "PrincipalOrgPaths",
    "PrincipalServiceName",
    "PrincipalServiceNamesList",
    "PrincipalTag/",
    "PrincipalType",
    "Referer",
    "RequestTag/",
    "RequestedRegion",
    "ResourceAccount",
    "ResourceOrgID",
    "ResourceOrgPaths",
    "ResourceTag/",
    "SecureTransport",
    "SourceAccount",
    "SourceArn",
    "SourceIdentity",
    "SourceIp",
    "SourceOrgID",
    "SourceOrgPaths",
    "SourceOwner",
    "SourceVpce",
    "SourceVpc",
    "SourceVpcArn",
    "TagKeys",
    "TokenIssueTime",
    "UserAgent",
    "ViaAWSService",
    "VpcSourceIp",
    "VpceAccount",
    "VpceOrgID",
    "VpceOrgPaths",
    "userid",
    "username",
];

/// A key as AWS writes it, from its name in lower case; the name itself for a key of a service.
pub(super) fn written(lower: &str) -> String {
    let known =
        lower.strip_prefix("aws:").and_then(|rest| GLOBAL.iter().find(|known| known.eq_ignore_ascii_case(rest)));
    known.map_or_else(|| lower.to_owned(), |known| ["aws:", *known].concat())
}

/// Whether a name in lower case, without `aws:`, is a global key.
pub(super) fn is_global(rest: &str) -> bool {
    GLOBAL.iter().any(|known| {
        let lower = known.to_ascii_lowercase();
        if known.ends_with('/') { rest.len() > lower.len() && rest.starts_with(&lower) } else { rest == lower }
    })
}
