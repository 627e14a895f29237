//! Reads a question: which workload, which destination, which port.

use std::net::{IpAddr, SocketAddr};

use super::host;
#[cfg(feature = "permissions")]
use super::named_by_host::named_by_host;
use crate::analysis::{Protocol, QueryProblem};
use crate::component::Component;
#[cfg(feature = "whole")]
use crate::nearest::nearest;
#[cfg(feature = "permissions")]
use crate::network::{AccessPoint, AccessPointId, access_point_arn};
use crate::network::{Bucket, BucketId, InterfaceId, Network, WorkloadId};
use crate::query::Query;
#[cfg(not(feature = "permissions"))]
use crate::texts::contains;
use crate::texts::number;

/// Where the traffic should go.
#[derive(Clone, Debug)]
pub(super) enum Destination {
    /// An S3 bucket; none where the document does not declare it.
    Bucket {
        id: Option<BucketId>,
        /// The bucket's name, or what a request has in its place: the ARN or the alias of an access point.
        name: String,
        region: String,
        #[cfg(feature = "permissions")]
        said: Said,
    },
    /// A host name.
    Host(String),
    /// An AWS service by the name that its endpoints have: `sqs`, `ecr.api`.
    Service(String),
    /// An address.
    Address(IpAddr),
    /// Something in the VPC.
    Interface { component: Component, interfaces: Vec<InterfaceId> },
}

/// What a question says of a request to a bucket beyond the bucket.
#[cfg(feature = "permissions")]
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The access point that the request names, where the document has it.
    pub(super) access_point: Option<AccessPointId>,
    /// The object's key.
    pub(super) key: Option<String>,
    /// The host name that the question has, in the place of the one that the client uses for the bucket.
    pub(super) host: Option<String>,
    /// Whether that is the host of the bucket's website.
    pub(super) is_website: bool,
    /// Whether a URL has parameters, which can make it another request than one for the object.
    pub(super) has_parameters: bool,
}

/// A question that makes sense.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) workload: WorkloadId,
    pub(super) destination: Destination,
    /// The destination in words.
    pub(super) to: String,
    pub(super) port: Option<u16>,
    pub(super) protocol: Protocol,
    /// What does not stop the answer, such as a bucket that the document does not have.
    pub(super) problems: Vec<QueryProblem>,
}

/// Reads a question, or says everything that is wrong with it.
pub(super) fn ask(network: &Network, query: &Query) -> Result<Ask, Vec<QueryProblem>> {
    let mut problems = Vec::new();
    let protocol = match query.protocol.as_deref().unwrap_or_default() {
        "" | "tcp" | "TCP" | "6" => Protocol::Tcp,
        "udp" | "UDP" | "17" => Protocol::Udp,
        "icmp" | "ICMP" | "1" => Protocol::Icmp,
        other => {
            problems.push(QueryProblem::BadProtocol { text: other.to_owned() });
            Protocol::Tcp
        }
    };
    let workload = find_workload(network, &query.from).map_err(|problem| problems.push(problem)).ok();
    let region =
        query.client.as_ref().and_then(|client| client.region.clone()).unwrap_or_else(|| network.region.clone());
    let read = read_destination(network, &query.to, &region).map_err(|problem| problems.push(problem)).ok();
    let (Some(workload), Some(read), true) = (workload, read, problems.is_empty()) else { return Err(problems) };
    let protocol = read.protocol.filter(|_| query.protocol.is_none()).unwrap_or(protocol);
    let port = match protocol {
        Protocol::Icmp => None,
        Protocol::Tcp | Protocol::Udp => match query.port.or(read.port) {
            Some(port) => Some(port),
            None => return Err(vec![QueryProblem::NoPort]),
        },
    };
    Ok(Ask { workload, destination: read.destination, to: read.to, port, protocol, problems: read.problems })
}

fn find_workload(network: &Network, name: &str) -> Result<WorkloadId, QueryProblem> {
    let found: Vec<WorkloadId> = network
        .workloads
        .iter()
        .filter(|(_, workload)| is_called(&workload.component, name))
        .map(|(id, _)| id)
        .collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            #[cfg(feature = "whole")]
            let nearest = {
                let names = network.workloads.iter().map(|(_, workload)| workload.component.name.as_str());
                nearest(name, names).map(str::to_owned).into_iter().collect()
            };
            #[cfg(not(feature = "whole"))]
            let nearest = Vec::new();
            Err(QueryProblem::NoSuchWorkload { name: name.to_owned(), nearest })
        }
        several => Err(QueryProblem::AmbiguousName {
            name: name.to_owned(),
            candidates: several.iter().map(|id| network.workloads.get(*id).component.to_string()).collect(),
        }),
    }
}

/// Whether a component is meant by a name, bare or as `kind/name`.
fn is_called(component: &Component, name: &str) -> bool {
    component.name == name
        || name.split_once('/').is_some_and(|(kind, rest)| kind == component.kind.as_str() && rest == component.name)
}

/// A destination as read.
struct Read {
    destination: Destination,
    to: String,
    port: Option<u16>,
    protocol: Option<Protocol>,
    problems: Vec<QueryProblem>,
}

impl Read {
    fn new(destination: Destination, to: String, port: Option<u16>) -> Read {
        Read { destination, to, port, protocol: None, problems: Vec::new() }
    }
}

fn read_destination(network: &Network, text: &str, region: &str) -> Result<Read, QueryProblem> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("s3://") {
        #[cfg_attr(not(feature = "permissions"), expect(unused_variables, reason = "only policies ask for the key"))]
        let (name, key) = host::bucket_and_key(rest);
        let region = host::access_point(name).map_or(region, |point| point.region);
        if name.is_empty() {
            return Err(QueryProblem::BadDestination { text: text.to_owned() });
        }
        let known = bucket_called(network, name);
        #[cfg(feature = "permissions")]
        {
            let point = access_point(network, name).filter(|_| known.is_none());
            let mut read = match point {
                Some((id, point)) => through(id, point, point.alias.as_deref() == Some(name)),
                None => bucket(known, name, region),
            };
            if let Destination::Bucket { said, .. } = &mut read.destination {
                said.key = key.map(str::to_owned);
            }
            return Ok(read);
        }
        #[cfg(not(feature = "permissions"))]
        return Ok(bucket(known, name, region));
    }
    for (scheme, port) in [("https://", 443), ("http://", 80)] {
        if let Some(rest) = text.strip_prefix(scheme) {
            let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let read = host_and_port(authority, Some(port));
            let read = read.map(|read| by_host(network, read, rest.get(authority.len()..).unwrap_or_default(), region));
            return read.ok_or(QueryProblem::BadDestination { text: text.to_owned() });
        }
    }
    if let Some(service) = text.strip_prefix("service/") {
        let service = service.strip_prefix("com.amazonaws.").unwrap_or(service);
        return Ok(Read::new(Destination::Service(service.to_owned()), text.to_owned(), Some(443)));
    }
    if let Some(read) = named(network, text, region)? {
        return Ok(read);
    }
    let (rest, protocol) = match text.rsplit_once('/') {
        Some((rest, "udp")) => (rest, Some(Protocol::Udp)),
        Some((rest, "tcp")) => (rest, Some(Protocol::Tcp)),
        Some((rest, "icmp")) => (rest, Some(Protocol::Icmp)),
        _ => (text, None),
    };
    // A bare word without a dot is a misspelt name rather than a host.
    let looks_like_host = rest.contains('.') || rest.contains(':');
    match host_and_port(rest, None) {
        Some(read) if looks_like_host => Ok(Read { protocol, ..by_host(network, read, "", region) }),
        _ => Err(QueryProblem::BadDestination { text: text.to_owned() }),
    }
}

/// A destination by the name of a component, with an optional port behind a colon.
fn named(network: &Network, text: &str, region: &str) -> Result<Option<Read>, QueryProblem> {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if number::<u16>(port).is_some() => (name, number(port)),
        _ => (text, None),
    };
    let mut found: Vec<Read> = Vec::new();
    for (_, workload) in network.workloads.iter().filter(|(_, workload)| is_called(&workload.component, name)) {
        let component = workload.component.clone();
        // The primary interface stands for an instance; a task is one of its interfaces.
        let interfaces = if workload.uses_any_interface {
            workload.interfaces.clone()
        } else {
            workload.interfaces.iter().take(1).copied().collect()
        };
        let to = component.to_string();
        found.push(Read::new(Destination::Interface { component, interfaces }, to, port));
    }
    for (id, interface) in network.interfaces.iter().filter(|(_, interface)| is_called(&interface.owner, name)) {
        if found.iter().any(|read| read.to == interface.owner.to_string()) {
            continue;
        }
        let component = interface.owner.clone();
        let to = component.to_string();
        found.push(Read::new(Destination::Interface { component, interfaces: vec![id] }, to, port));
    }
    for (_, known) in network.buckets.iter().filter(|(_, known)| is_called(&known.component, name)) {
        found.push(bucket(bucket_called(network, &known.bucket_name), &known.bucket_name, region));
    }
    #[cfg(feature = "permissions")]
    for (id, point) in network.access_points.iter().filter(|(_, point)| is_called(&point.component, name)) {
        found.push(through(id, point, false));
    }
    for host in network.internet_hosts.iter().filter(|host| is_called(&host.component, name)) {
        let read = Read::new(Destination::Host(host.host.clone()), host.host.clone(), port.or(Some(443)));
        found.push(by_host(network, read, "", region));
    }
    match found.len() {
        0 | 1 => Ok(found.pop()),
        _ => Err(QueryProblem::AmbiguousName {
            name: name.to_owned(),
            candidates: found.into_iter().map(|read| read.to).collect(),
        }),
    }
}

/// The bucket of the document with that key, or else with that name.
pub(super) fn bucket_called<'a>(network: &'a Network, name: &str) -> Option<(BucketId, &'a Bucket)> {
    let by_key = network.buckets.iter().find(|(_, bucket)| bucket.component.name == name);
    by_key.or_else(|| network.buckets.iter().find(|(_, bucket)| bucket.bucket_name == name))
}

/// The access point of the document that a request means by that ARN, alias or key.
#[cfg(feature = "permissions")]
pub(super) fn access_point<'a>(network: &'a Network, text: &str) -> Option<(AccessPointId, &'a AccessPoint)> {
    let mut points = network.access_points.iter();
    let Some(named) = host::access_point(text) else {
        return points.find(|(_, point)| point.component.name == text || point.alias.as_deref() == Some(text));
    };
    points.find(|(_, point)| {
        let is_its = point.account.as_deref().is_none_or(|account| account == named.account);
        point.name == named.name && point.region == named.region && is_its
    })
}

/// A request to an access point, under its alias or its ARN; the account is open where the document does not say it.
#[cfg(feature = "permissions")]
fn through(id: AccessPointId, point: &AccessPoint, by_alias: bool) -> Read {
    let arn = || access_point_arn(&point.region, point.account.as_deref().unwrap_or("…"), &point.name);
    let name = point.alias.clone().filter(|_| by_alias).unwrap_or_else(arn);
    let to = ["s3://", &name].concat();
    let region = point.region.clone();
    let said = Said { access_point: Some(id), ..Said::default() };
    let destination = Destination::Bucket { id: point.bucket, name, region, said };
    Read::new(destination, to, Some(443))
}

/// A host name of S3 that names a bucket or an access point asks for that, under this host name.
#[cfg(feature = "permissions")]
fn by_host(network: &Network, read: Read, rest_of_url: &str, region: &str) -> Read {
    let Destination::Host(host) = &read.destination else { return read };
    let Some(named) = named_by_host(host, rest_of_url) else { return read };
    // To S3 a bucket has no name but its own.
    let name = named.name.as_str();
    let known = network.buckets.iter().find(|(_, bucket)| bucket.bucket_name == name);
    let is_it = |point: &AccessPoint| name.starts_with("arn:") || point.alias.as_deref() == Some(name);
    let point = access_point(network, name).filter(|(_, point)| known.is_none() && is_it(point));
    let aws = host::aws_host(host, Some(region));
    let region = aws.as_ref().map_or(region, |aws| aws.region.as_str());
    let mut found = match point {
        Some((id, point)) => through(id, point, point.alias.as_deref() == Some(name)),
        None => bucket(known, name, region),
    };
    // A host name that says the Region leaves nothing to be assumed about it.
    if aws.is_some_and(|aws| !aws.global) {
        found.problems.clear();
    }
    if let Destination::Bucket { said, .. } = &mut found.destination {
        said.key = named.key;
        said.host = Some(host.clone());
        said.is_website = named.is_website;
        said.has_parameters = named.has_parameters;
    }
    Read { to: read.to, port: read.port, ..found }
}

/// What policies say about a host name of S3 that may name a bucket, a build that knows of policies has to tell: of a
/// question with a problem, whatever it is, this one gives no answer.
#[cfg(not(feature = "permissions"))]
fn by_host(_: &Network, mut read: Read, rest_of_url: &str, _: &str) -> Read {
    if let Destination::Host(host) = &read.destination
        && (contains(host, ".s3") || host.starts_with("s3") && rest_of_url.len() > 1)
    {
        read.problems.push(QueryProblem::NoPort);
    }
    read
}

/// A bucket, which the document has or not.
fn bucket(known: Option<(BucketId, &Bucket)>, name: &str, region: &str) -> Read {
    match known {
        Some((id, bucket)) => {
            let destination = Destination::Bucket {
                id: Some(id),
                name: bucket.bucket_name.clone(),
                region: bucket.region.clone(),
                #[cfg(feature = "permissions")]
                said: Said::default(),
            };
            Read::new(destination, format!("s3://{}", bucket.bucket_name), Some(443))
        }
        None => {
            let destination = Destination::Bucket {
                id: None,
                name: name.to_owned(),
                region: region.to_owned(),
                #[cfg(feature = "permissions")]
                said: Said::default(),
            };
            let mut read = Read::new(destination, format!("s3://{name}"), Some(443));
            read.problems.push(QueryProblem::NoSuchBucket { name: name.to_owned() });
            read
        }
    }
}

/// `host`, `host:port`, `ADDRESS:PORT`, `[ADDRESS]:PORT` or an address alone.
fn host_and_port(text: &str, default: Option<u16>) -> Option<Read> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(Read::new(Destination::Address(address), text.to_owned(), default));
    }
    if let Some(address) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
        && let Ok(address) = address.parse::<IpAddr>()
    {
        return Some(Read::new(Destination::Address(address), text.to_owned(), default));
    }
    if let Ok(socket) = text.parse::<SocketAddr>() {
        return Some(Read::new(Destination::Address(socket.ip()), text.to_owned(), Some(socket.port())));
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, Some(number(port)?)),
        None => (text, default.or(Some(443))),
    };
    let valid = !host.is_empty()
        && host.split('.').all(|label| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        });
    // Digits and dots alone are a damaged address, never a name.
    let numeric = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (valid && !numeric).then(|| Read::new(Destination::Host(host.to_ascii_lowercase()), text.to_owned(), port))
}
