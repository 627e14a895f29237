//! Names of Regions and of AWS services.

use super::Resolver;
use super::problems::Spot;
use crate::data;
use crate::network::ServiceName;
use crate::problem::ProblemKind;

/// Services with gateway endpoints (R5.1).
pub(super) const GATEWAY_SERVICES: &[&str] = &["s3", "dynamodb", "s3express"];

/// The service of a prefix list of which only the id is known.
pub(super) fn service_of_prefix_list(id: &str, region: &str) -> Option<ServiceName> {
    (data::s3_prefix_list_id(region) == Some(id)).then(|| regional_service("s3", region))
}

/// The name of a service of AWS in a Region.
pub(super) fn regional_service(service: &str, region: &str) -> ServiceName {
    let prefix = if region.starts_with("cn-") && !GATEWAY_SERVICES.contains(&service) { "cn.com" } else { "com" };
    ServiceName {
        service: service.to_owned(),
        region: region.to_owned(),
        full: format!("{prefix}.amazonaws.{region}.{service}"),
    }
}

/// A service from its whole name, `com.amazonaws.us-east-1.s3`, or from its last part in the document's Region.
pub(super) fn service(text: &str, region: &str) -> ServiceName {
    let text = text.trim();
    for prefix in ["com.amazonaws.", "cn.com.amazonaws.", "aws.api.", "aws.sagemaker."] {
        let Some(rest) = text.strip_prefix(prefix) else { continue };
        return match rest.split_once('.') {
            Some((of_region, service)) if is_region(of_region) => {
                ServiceName { service: service.to_owned(), region: of_region.to_owned(), full: text.to_owned() }
            }
            // `com.amazonaws.vpce.us-east-1.vpce-svc-…`, a service of another account.
            Some(("vpce", _)) => ServiceName { service: text.to_owned(), region: String::new(), full: text.to_owned() },
            // `com.amazonaws.s3-global.accesspoint` is of no Region (R5.28).
            _ => ServiceName { service: rest.to_owned(), region: region.to_owned(), full: text.to_owned() },
        };
    }
    if crate::texts::contains(text, "vpce-svc-") {
        return ServiceName { service: text.to_owned(), region: String::new(), full: text.to_owned() };
    }
    regional_service(text, region)
}

/// The service of an AWS-managed prefix list by the list's name; lists of IPv6 blocks say so (R5.23).
pub(super) fn service_of_list(name: &str) -> Option<ServiceName> {
    let rest = name.strip_prefix("com.amazonaws.")?;
    let (region, service) = rest.split_once('.').filter(|(region, _)| is_region(region))?;
    let service = service.strip_prefix("ipv6.").unwrap_or(service);
    Some(ServiceName { service: service.to_owned(), region: region.to_owned(), full: name.to_owned() })
}

/// Whether a word has the shape of a Region: `us-east-1`, `us-gov-west-1`.
pub(super) fn is_region(word: &str) -> bool {
    let mut parts = word.split('-');
    let area = parts.next().is_some_and(|area| (2..=4).contains(&area.len()));
    let number =
        parts.next_back().is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty());
    area && number && (1..=2).contains(&parts.count())
}

impl Resolver<'_> {
    /// The Region of that word. One that is not on the list is reported, and taken all the same: AWS adds Regions.
    pub(super) fn region(&mut self, word: &str, pointer: Spot<'_>) -> String {
        let lower = word.trim().to_ascii_lowercase();
        let known = data::regions();
        if !known.contains(&lower.as_str()) {
            let nearest = self.problems.suggest(&lower, &mut known.into_iter());
            self.problems.report(pointer, || ProblemKind::UnknownRegion { region: word.to_owned(), nearest });
        }
        lower
    }
}
