//! Names of global condition keys.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

/// The function whose code makes a request; policies of resources have no use of it
/// (<https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html>).
pub(crate) const SOURCE_FUNCTION: &str = "lambda:SourceFunctionArn";

/// The global keys without `aws:`, as one text: a list of texts has a pointer for each. Those with a slash take any name
/// behind it.
const GLOBAL: &str = "\
     AssumedRoot CalledVia CalledViaFirst CalledViaLast ChatbotSourceArn CurrentTime Ec2InstanceSourcePrivateIPv4 \
     Ec2InstanceSourceVpc EpochTime FederatedProvider MultiFactorAuthAge MultiFactorAuthPresent PrincipalAccount \
     PrincipalArn PrincipalIsAWSService PrincipalOrgID PrincipalOrgPaths PrincipalServiceName \
     PrincipalServiceNamesList PrincipalTag/ PrincipalType Referer RequestTag/ RequestedRegion ResourceAccount \
     ResourceOrgID ResourceOrgPaths ResourceTag/ SecureTransport SourceAccount SourceArn SourceIdentity SourceIp \
     SourceOrgID SourceOrgPaths SourceOwner SourceVpce SourceVpc SourceVpcArn TagKeys TokenIssueTime UserAgent \
     ViaAWSService VpcSourceIp VpceAccount VpceOrgID VpceOrgPaths userid username";

/// Each of them.
pub(super) fn global() -> impl Iterator<Item = &'static str> {
    GLOBAL.split(' ')
}

/// A key as AWS writes it, from its name in lower case; the name itself for a key of a service.
pub(super) fn written(lower: &str) -> String {
    let known = lower.strip_prefix("aws:").and_then(|rest| global().find(|known| known.eq_ignore_ascii_case(rest)));
    known.map_or_else(|| lower.to_owned(), |known| ["aws:", known].concat())
}

/// Whether a name in lower case, without `aws:`, is a global key.
pub(super) fn is_global(rest: &str) -> bool {
    global().any(|known| {
        let begins = rest.get(..known.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(known));
        begins && (rest.len() > known.len()) == known.ends_with('/')
    })
}
