//! Host names of AWS services: which one a client uses, and what a given one stands for.

use crate::client::ResolvedClient;
use crate::network::{ServiceName, VpcEndpoint};
use crate::query::{Family, HostNames};
use crate::texts::{contains, joined};

/// Regions launched before 2019-03-20, whose buckets the global S3 name leads to directly (R5.25).
const REGIONS_OF_GLOBAL_NAMES: [&str; 16] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Services whose host name is not their endpoint name turned round (AWS PrivateLink guide, list of services).
const NAMES_OF_SERVICES: [(&str, &str); 7] = [
    ("kinesis-streams", "kinesis"),
    ("kinesis-firehose", "firehose"),
    ("dynamodb-streams", "streams.dynamodb"),
    ("application-autoscaling", "application-autoscaling"),
    ("codeartifact.repositories", "d.codeartifact"),
    ("ecs-agent", "ecs-a"),
    ("ecs-telemetry", "ecs-t"),
];

/// The region in which global services answer.
const HOME_OF_GLOBAL_SERVICES: &str = "us-east-1";

/// What a host name of AWS stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AwsHost {
    /// Last label of the service's own name: `s3`, `sqs`, `ecr`, `execute-api`.
    pub(crate) service: String,
    /// The Region that it leads to.
    pub(crate) region: String,
    /// Whether the name itself says no Region.
    pub(crate) global: bool,
    /// Whether it has IPv6 addresses as well.
    pub(crate) dual_stack: bool,
    /// For an endpoint-specific name: its `vpce-…` label (R6.15).
    pub(crate) endpoint: Option<String>,
}

/// Whether a label has the shape of a Region.
pub(super) fn is_region(label: &str) -> bool {
    let parts: Vec<&str> = label.split('-').collect();
    matches!(parts.as_slice(), [area, .., number]
        if parts.len() >= 3 && area.len() == 2 && area.bytes().all(|byte| byte.is_ascii_alphabetic()) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The suffix of a Region's public names.
fn suffix(region: &str) -> &'static str {
    if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" }
}

/// The host name that a client uses for a bucket (R5.25, R5.26, R5.27, R3.10).
pub(super) fn bucket_host(bucket: &str, region: &str, client: &ResolvedClient) -> String {
    if let Some(endpoint) = &client.endpoint {
        let endpoint = endpoint.strip_prefix("https://").unwrap_or(endpoint);
        let endpoint = endpoint.strip_prefix("http://").unwrap_or(endpoint).trim_end_matches('/');
        // An endpoint-specific name takes the bucket in front (R6.15).
        return match endpoint.strip_prefix("bucket.") {
            Some(_) => format!("{bucket}.{endpoint}"),
            None if endpoint.starts_with("vpce-") => format!("{bucket}.bucket.{endpoint}"),
            None => endpoint.to_owned(),
        };
    }
    let suffix = suffix(region);
    if let Some(point) = access_point(bucket) {
        return [point.name, "-", point.account, ".s3-accesspoint.", point.region, ".", suffix].concat();
    }
    if let Some(zone) = directory_bucket_zone(bucket) {
        return format!("{bucket}.s3express-{zone}.{region}.{suffix}");
    }
    let fips = if client.fips { "-fips" } else { "" };
    if client.dual_stack {
        return format!("{bucket}.s3{fips}.dualstack.{region}.{suffix}");
    }
    if client.names_for("s3") == HostNames::Global && !client.fips {
        return format!("{bucket}.s3.amazonaws.com");
    }
    format!("{bucket}.s3{fips}.{region}.{suffix}")
}

/// An access point, from its ARN.
pub(super) struct AccessPoint<'a> {
    pub(super) region: &'a str,
    pub(super) account: &'a str,
    pub(super) name: &'a str,
}

/// Bucket and key of what stands behind `s3://`. The ARN of an access point has a step of its own before the key.
pub(super) fn bucket_and_key(text: &str) -> (&str, Option<&str>) {
    let steps = usize::from(text.starts_with("arn:") && contains(text, ":accesspoint/"));
    let end = text.match_indices('/').nth(steps).map(|(at, _)| at);
    let split = |at: usize| Some((text.get(..at)?, Some(text.get(at + 1..)?)));
    end.and_then(split).unwrap_or((text, None))
}

/// The access point of an ARN, which a request may have in the place of a bucket's name:
/// `arn:aws:s3:eu-west-1:111122223333:accesspoint/photos-for-reports`.
pub(super) fn access_point(text: &str) -> Option<AccessPoint<'_>> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let (_, service, region, account) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let name = parts.next()?.strip_prefix("accesspoint")?.strip_prefix(['/', ':'])?;
    (service == "s3" && !region.is_empty() && !name.is_empty()).then_some(AccessPoint { region, account, name })
}

/// Whether a request names an access point in the place of a bucket: by its ARN, or by its alias, those of directory
/// buckets, of object Lambda, of Outposts and of several Regions among them.
pub(super) fn is_access_point(bucket: &str) -> bool {
    const ALIASES: [&str; 5] = ["-s3alias", "--xa-s3", "--ol-s3", "--op-s3", ".mrap"];
    bucket.starts_with("arn:") || ALIASES.iter().any(|end| bucket.ends_with(end))
}

/// The zone of a directory bucket, from its name: `photos--use1-az4--x-s3` (R5.27).
pub(crate) fn directory_bucket_zone(bucket: &str) -> Option<&str> {
    let rest = bucket.strip_suffix("--x-s3")?;
    let at = rest.as_bytes().windows(2).rposition(|window| window == b"--")?;
    rest.get(at + 2..)
}

/// The host name that a client uses for a service, by the service's endpoint name.
pub(super) fn service_host(service: &str, client: &ResolvedClient) -> String {
    if let Some(endpoint) = &client.endpoint {
        return endpoint.strip_prefix("https://").unwrap_or(endpoint).trim_end_matches('/').to_owned();
    }
    let name = name_of_service(service);
    let region = &client.region;
    if client.dual_stack && name != "s3" {
        let fips = if client.fips { "-fips" } else { "" };
        return format!("{name}{fips}.{region}.api.aws");
    }
    if client.dual_stack {
        return format!("{name}.dualstack.{region}.{}", suffix(region));
    }
    if client.fips {
        return format!("{name}-fips.{region}.{}", suffix(region));
    }
    if is_global(service) || client.names_for(service) == HostNames::Global {
        let name = if service == "sqs" { "queue" } else { name.as_str() };
        return format!("{name}.amazonaws.com");
    }
    format!("{name}.{region}.{}", suffix(region))
}

/// Services with one host name for all Regions.
pub(crate) fn is_global(service: &str) -> bool {
    matches!(service, "iam" | "route53" | "cloudfront" | "organizations" | "globalaccelerator" | "shield")
}

/// The part of a service's host name before the Region.
fn name_of_service(service: &str) -> String {
    match NAMES_OF_SERVICES.iter().find(|(known, _)| *known == service) {
        Some((_, name)) => (*name).to_owned(),
        None => joined(&service.split('.').rev().collect::<Vec<_>>(), "."),
    }
}

/// The service, as endpoints call it, of a public host name: `ecr.api` of `api.ecr.us-east-1.amazonaws.com`.
#[cfg(feature = "repair")]
pub(crate) fn endpoint_service(host: &str) -> Option<String> {
    let name = [".amazonaws.com.cn", ".amazonaws.com", ".api.aws"].iter().find_map(|end| host.strip_suffix(end))?;
    let labels: Vec<&str> = name.split('.').filter(|label| !is_region(label) && *label != "dualstack").collect();
    let last = labels.last().map(|label| label.strip_suffix("-fips").unwrap_or(label))?;
    if matches!(last, "s3" | "s3-control" | "s3-accesspoint" | "queue") || last.starts_with("s3-") {
        return Some(if last == "queue" { "sqs" } else { "s3" }.to_owned());
    }
    if last == "execute-api" {
        return Some(last.to_owned());
    }
    if last.starts_with("s3express") {
        return Some("s3express".to_owned());
    }
    let own = joined(&labels, ".");
    match NAMES_OF_SERVICES.iter().find(|(_, known)| *known == own) {
        Some((service, _)) => Some((*service).to_owned()),
        None => {
            let reversed: Vec<&str> =
                labels.iter().rev().map(|label| label.strip_suffix("-fips").unwrap_or(label)).collect();
            Some(joined(&reversed, "."))
        }
    }
}

/// What a host name stands for; none if it is not one of AWS's.
///
/// `bucket_region` is where the global S3 name leads for the bucket asked for (R5.25).
pub(crate) fn aws_host(host: &str, bucket_region: Option<&str>) -> Option<AwsHost> {
    let (name, api_aws) = match host.strip_suffix(".api.aws") {
        Some(name) => (name, true),
        None => (host.strip_suffix(".amazonaws.com.cn").or_else(|| host.strip_suffix(".amazonaws.com"))?, false),
    };
    let mut labels: Vec<&str> = name.split('.').collect();
    if labels.last() == Some(&"vpce") {
        labels.pop();
        let region = labels.pop()?.to_owned();
        let service = labels.pop()?.to_owned();
        let endpoint = labels.iter().rev().find(|label| label.starts_with("vpce-")).map(|label| (*label).to_owned());
        return Some(AwsHost { service, region, global: false, dual_stack: false, endpoint });
    }
    let mut region = None;
    if labels.last().is_some_and(|label| is_region(label)) {
        region = labels.pop().map(str::to_owned);
    }
    let mut dual_stack = api_aws;
    if labels.last() == Some(&"dualstack") {
        labels.pop();
        dual_stack = true;
    }
    let last = labels.pop()?;
    // Legacy order: the Region before the service, `us-east-1.queue.amazonaws.com` (R15.4).
    if region.is_none() && labels.last().is_some_and(|label| is_region(label)) {
        region = labels.last().map(|label| (*label).to_owned());
    }
    // Legacy dash form: `s3-us-west-2.amazonaws.com` (R6.12). Websites have it in some Regions.
    let dashed = last.strip_prefix("s3-").map(|rest| rest.strip_prefix("website-").unwrap_or(rest));
    if let Some(dashed) = dashed.filter(|rest| is_region(rest)) {
        return Some(AwsHost {
            service: "s3".to_owned(),
            region: dashed.to_owned(),
            global: false,
            dual_stack,
            endpoint: None,
        });
    }
    let plain = last.strip_suffix("-fips").unwrap_or(last);
    let service = match plain {
        "queue" => "sqs",
        "s3-control" | "s3-accesspoint" => "s3",
        _ if plain.starts_with("s3-website") => "s3",
        _ if plain.starts_with("s3express") => "s3express",
        other => other,
    };
    let global = region.is_none();
    let region = region.unwrap_or_else(|| match bucket_region {
        Some(of_bucket) if service == "s3" && REGIONS_OF_GLOBAL_NAMES.contains(&of_bucket) => of_bucket.to_owned(),
        _ => HOME_OF_GLOBAL_SERVICES.to_owned(),
    });
    Some(AwsHost { service: service.to_owned(), region, global, dual_stack, endpoint: None })
}

/// The private zones that an interface endpoint with private DNS has, without its own endpoint-specific names
/// (R6.9, R6.11, R6.12, R15.3, R15.4).
pub(super) fn private_zones(endpoint: &VpcEndpoint) -> Vec<String> {
    let ServiceName { service, region, .. } = &endpoint.service;
    let suffix = suffix(region);
    match service.as_str() {
        _ if region.is_empty() => Vec::new(),
        "s3" => {
            let mut zones: Vec<String> =
                ["s3", "s3-control", "s3-accesspoint"].iter().map(|name| format!("{name}.{region}.{suffix}")).collect();
            // An IPv4-only endpoint leaves dual-stack names alone (R6.16).
            if endpoint.families.contains(&Family::Ipv6) {
                zones.push(format!("s3.dualstack.{region}.{suffix}"));
            }
            zones
        }
        "s3-global.accesspoint" => vec!["accesspoint.s3-global.amazonaws.com".to_owned()],
        _ => vec![format!("{}.{region}.{suffix}", name_of_service(service))],
    }
}

/// Whether an endpoint is one for the service of a host name, whatever names its private DNS covers.
///
/// A global name could as well have been the Regional one of any endpoint (R15.4).
pub(super) fn serves(endpoint: &VpcEndpoint, host: &AwsHost) -> bool {
    let name = name_of_service(&endpoint.service.service);
    let head = name.rsplit('.').next().unwrap_or_default();
    (host.global || endpoint.service.region == host.region) && head == host.service
}

/// Whether a name is a zone's own or below it.
pub(super) fn is_in_zone(host: &str, zone: &str) -> bool {
    host == zone || host.strip_suffix(zone).is_some_and(|front| front.ends_with('.'))
}
