//! How the client of a workload behaves: what was asked, over what the workload says, over the SDK's defaults.

#[cfg(test)]
mod tests;

use crate::network::Workload;
use crate::query::{Client, Family, HostNames, Sdk};
use crate::texts::number;

/// The first version of Node.js that tries the next address after a fraction of a second instead of waiting
/// for a connect time-out (`autoSelectFamily`; <https://nodejs.org/api/net.html>).
const FIRST_NODE_THAT_FALLS_BACK: u32 = 20;

/// The only Region in which boto3 still uses the global name of S3 (R5.26).
const REGION_OF_GLOBAL_NAMES: &str = "us-east-1";

/// A client with nothing left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedClient {
    /// The SDK.
    pub sdk: Sdk,
    /// Whether the SDK is an assumption, since neither question nor runtime tells.
    pub sdk_assumed: bool,
    /// The Region that it is configured for.
    pub region: String,
    /// Which host names it uses for S3; for other services see [`ResolvedClient::names_for`].
    pub names: HostNames,
    /// Whether `names` was asked for, and so holds for every service.
    pub names_asked: bool,
    /// Whether it uses dual-stack host names.
    pub dual_stack: bool,
    /// Whether it uses FIPS host names.
    pub fips: bool,
    /// A host name that it is told to use instead.
    pub endpoint: Option<String>,
    /// The address family that it tries first.
    pub prefers: Family,
    /// Whether it tries the other family without waiting for a connect time-out.
    pub fallback: bool,
    /// Whether it follows S3's redirect to the bucket's Region.
    pub follow_redirects: bool,
    /// Seconds until it gives up connecting to one address; none: never.
    pub connect_timeout: Option<u32>,
    /// Seconds until it gives up waiting for an answer; none: never.
    pub read_timeout: Option<u32>,
    /// Attempts in all; at least 1.
    pub attempts: u32,
}

impl ResolvedClient {
    /// Which host names it uses for a service (`s3`, `sts`): unasked, global ones are a habit of S3 alone (R5.26).
    pub fn names_for(&self, service: &str) -> HostNames {
        if self.names_asked || service == "s3" { self.names } else { HostNames::Regional }
    }
}

/// What an SDK does when nobody tells it otherwise.
struct Defaults {
    follow_redirects: bool,
    connect_timeout: Option<u32>,
    read_timeout: Option<u32>,
    attempts: u32,
    prefers_ipv6: bool,
}

impl Defaults {
    fn of(sdk: Sdk) -> Defaults {
        match sdk {
            // R7.29 (attempts of standard mode, the default since botocore 1.44) and R7.31.
            Sdk::Python => Defaults {
                follow_redirects: true,
                connect_timeout: Some(60),
                read_timeout: Some(60),
                attempts: 3,
                prefers_ipv6: true,
            },
            // R7.32; `followRegionRedirects` is off
            // (https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/migrate-s3.html).
            Sdk::Javascript => Defaults {
                follow_redirects: false,
                connect_timeout: None,
                read_timeout: None,
                attempts: 3,
                prefers_ipv6: true,
            },
            // `crossRegionAccessEnabled` is off (https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/s3-cross-region.html),
            // the Apache client connects for 2 s and reads for 30 s, legacy retry mode makes 4 attempts
            // (https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/retry-strategy.html),
            // and the JVM sorts IPv4 first unless `java.net.preferIPv6Addresses` says otherwise.
            Sdk::Java => Defaults {
                follow_redirects: false,
                connect_timeout: Some(2),
                read_timeout: Some(30),
                attempts: 4,
                prefers_ipv6: false,
            },
        }
    }
}

/// The client of a workload: the question's options over the workload's own, over what the runtime implies,
/// over the defaults of boto3 for Python.
///
/// `region` is that of the workload.
pub fn resolve_client(workload: &Workload, asked: Option<&Client>, region: &str) -> ResolvedClient {
    let own = &workload.client;
    let none = Client::default();
    let asked = asked.unwrap_or(&none);
    let runtime = workload.runtime.as_deref().and_then(sdk_of_runtime);
    let known = asked.sdk.or(own.sdk).or(runtime);
    let sdk = known.unwrap_or(Sdk::Python);
    let defaults = Defaults::of(sdk);
    let region = asked.region.as_deref().or(own.region.as_deref()).unwrap_or(region).to_owned();
    let names = asked.names.or(own.names);
    let default_names = match sdk {
        Sdk::Python if region == REGION_OF_GLOBAL_NAMES => HostNames::Global,
        Sdk::Python | Sdk::Javascript | Sdk::Java => HostNames::Regional,
    };
    let default_family = if workload.ipv6 && defaults.prefers_ipv6 { Family::Ipv6 } else { Family::Ipv4 };
    ResolvedClient {
        sdk,
        sdk_assumed: known.is_none(),
        names: names.unwrap_or(default_names),
        names_asked: names.is_some(),
        dual_stack: asked.dual_stack.or(own.dual_stack).unwrap_or(false),
        fips: asked.fips.or(own.fips).unwrap_or(false),
        endpoint: asked.endpoint.clone().or_else(|| own.endpoint.clone()),
        prefers: asked.prefers.or(own.prefers).unwrap_or(default_family),
        fallback: asked.fallback.or(own.fallback).unwrap_or(sdk == Sdk::Javascript && node_falls_back(workload)),
        follow_redirects: asked.follow_redirects.or(own.follow_redirects).unwrap_or(defaults.follow_redirects),
        connect_timeout: seconds(asked.connect_timeout.or(own.connect_timeout), defaults.connect_timeout),
        read_timeout: seconds(asked.read_timeout.or(own.read_timeout), defaults.read_timeout),
        attempts: asked.attempts.or(own.attempts).unwrap_or(defaults.attempts).max(1),
        region,
    }
}

/// The SDK that comes with a runtime of Lambda; none for one that brings its own (`provided.al2023`).
fn sdk_of_runtime(runtime: &str) -> Option<Sdk> {
    if runtime.starts_with("python") {
        Some(Sdk::Python)
    } else if runtime.starts_with("nodejs") {
        Some(Sdk::Javascript)
    } else if runtime.starts_with("java") {
        Some(Sdk::Java)
    } else {
        None
    }
}

/// Whether Node.js tries the next address at once; a version that nobody names is taken for a current one.
fn node_falls_back(workload: &Workload) -> bool {
    let version = workload.runtime.as_deref().and_then(|runtime| runtime.strip_prefix("nodejs"));
    let major = version.and_then(|version| version.split('.').next()).and_then(number::<u32>);
    major.is_none_or(|major| major >= FIRST_NODE_THAT_FALLS_BACK)
}

/// A time-out in which 0 means never.
fn seconds(given: Option<u32>, default: Option<u32>) -> Option<u32> {
    match given {
        Some(0) => None,
        Some(seconds) => Some(seconds),
        None => default,
    }
}
