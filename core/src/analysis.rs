//! What is answered: plain data, with every decision as a [`Fact`].

use std::net::IpAddr;
use std::sync::Arc;

use serde::Serialize;

use crate::closed_list::closed_lists;
use crate::component::Component;
use crate::fact::Fact;
use crate::query::{Family, Sdk};
use crate::range_set::RangeSet;
use crate::verdict::Verdict;

/// The answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The workload.
    pub from: Component,
    /// The destination as asked for, with names in place of keys: `s3://photos`.
    pub to: String,
    /// Port; none for ICMP.
    pub port: Option<u16>,
    /// Protocol.
    pub protocol: Protocol,
    /// What becomes of the traffic.
    pub verdict: Verdict,
    /// The ways that the traffic takes: one for each subnet, address family and part that is treated alike.
    pub paths: Vec<Path>,
    /// Everything that keeps traffic from arriving, in path order, each once.
    pub blockers: Vec<Blocker>,
    /// Gateways and endpoints that the delivered traffic uses, in path order, each once.
    pub carriers: Vec<Component>,
    /// What appears in the log, and what the caller gets.
    pub symptom: Symptom,
    /// What the answer takes for granted.
    pub assumptions: Vec<Assumption>,
    /// Problems of the question itself; the verdict is then `undetermined`.
    pub problems: Vec<QueryProblem>,
}

/// A transport protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// ICMP echo; ICMPv6 echo over IPv6.
    Icmp,
}

/// One way that traffic takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The subnet in which it starts; none outside a VPC or when it does not start.
    pub subnet: Option<Component>,
    /// The address family.
    pub family: Family,
    /// The decisions in order: packet first, then reply.
    pub hops: Vec<Hop>,
    /// What becomes of it.
    pub fate: Fate,
    /// Whether this is all of the traffic of its subnet, else a part.
    pub whole: bool,
    /// Whether another attempt of the same client was made before it, such as another address family or Region.
    pub attempt: u32,
}

closed_lists! {
    /// What becomes of a part of the traffic.
    pub enum Fate {
        /// The packet arrives and the reply returns.
        Delivered = "delivered",
        /// Packet or reply is dropped in silence.
        Dropped = "dropped",
        /// The name has no answer.
        NameNotResolved = "nameNotResolved",
        /// Nothing listens.
        Refused = "refused",
        /// A policy or a restriction of the service refuses.
        AccessDenied = "accessDenied",
        /// Pointed to another Region, not followed.
        Redirected = "redirected",
        /// Never sent.
        NeverStarts = "neverStarts",
        /// Cannot be told.
        NotKnown = "notKnown",
    }
}

/// A decision on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// Who decides.
    pub component: Component,
    /// Packet or reply.
    pub direction: Direction,
    /// The decision, which all the paths share that have it.
    pub fact: Arc<Fact>,
    /// The traffic as this component sees it; none before there is any.
    pub traffic: Option<Traffic>,
    /// Pointer to the deciding rule or route in the document.
    pub pointer: Option<String>,
    /// The subnet in which it is decided.
    pub subnet: Option<Component>,
    /// Whether the traffic was already lost at an earlier hop, and is followed only to list every blocker.
    pub already_lost: bool,
}

/// Packet or reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// From the workload.
    Forward,
    /// Back to it.
    Reply,
}

/// A set of packets as one component sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Traffic {
    /// Family.
    pub family: Family,
    /// Protocol.
    pub protocol: Protocol,
    /// Source addresses.
    pub source: RangeSet<u128>,
    /// Source ports.
    pub source_ports: RangeSet<u16>,
    /// Destination addresses.
    pub destination: RangeSet<u128>,
    /// Destination ports.
    pub destination_ports: RangeSet<u16>,
}

/// Something that keeps traffic from arriving.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocker {
    /// Who.
    pub component: Component,
    /// Why; its code is never none.
    pub fact: Arc<Fact>,
    /// Whether for the packet or the reply.
    pub direction: Direction,
    /// Whether for all of the traffic, else for some.
    pub all: bool,
    /// Pointer to the deciding rule or route in the document.
    pub pointer: Option<String>,
    /// The subnet in which it is decided.
    pub subnet: Option<Component>,
    /// Where it stands: positions in [`Analysis::paths`] and [`Path::hops`].
    pub places: Vec<(usize, usize)>,
}

/// What a person sees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Symptom {
    /// What happens to the run.
    pub kind: SymptomKind,
    /// Log lines in Lambda's older text form, as printed.
    pub log: Vec<String>,
    /// Log lines in the newer form (R7.27), where it differs.
    pub log_new: Vec<String>,
    /// What the caller gets (R7.25, R7.26); empty when the function succeeds or is not a function.
    pub caller: String,
    /// The same in the newer form (R7.26), where it differs.
    pub caller_new: String,
    /// Seconds until it shows, where the configuration tells.
    pub seconds: Option<u32>,
}

/// What happens to a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SymptomKind {
    /// It ends well.
    #[default]
    None,
    /// The function's own time-out ends it (R7.27).
    FunctionTimeout,
    /// The SDK gives up first (R7.29, R7.30).
    SdkError,
    /// An error comes back at once.
    ErrorAtOnce,
    /// It never runs.
    NeverRuns,
    /// Some runs end well, others do not.
    Sometimes,
    /// Cannot be told.
    NotKnown,
}

/// What the answer takes for granted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assumption {
    /// The document names no Region.
    Region(String),
    /// The SDK, since the runtime does not tell.
    Sdk(Sdk),
    /// The role's policies allow the request.
    IdentityPolicies,
    /// The bucket policy allows the request.
    BucketPolicy(Component),
    /// The object belongs to the account of its bucket, although access control lists count there.
    ObjectOwner(Component),
    /// The policy of the access point allows the request.
    AccessPointPolicy(Component),
    /// The policies of the endpoint on the way allow the request.
    EndpointPolicy(Component),
    /// Nothing else grants what the policies of the role do not: the policy of the resource was not given.
    NoOtherGrant(Component),
    /// The policy of the resource allows the request to that service.
    ResourcePolicy(Component),
    /// The key policy allows the use of the key.
    KeyPolicy(Component),
    /// No policy of an organization denies the request.
    OrganizationPolicies,
    /// The addresses of that service, as of that date (R5.16).
    BundledRanges {
        /// The service.
        service: String,
        /// The Region.
        region: String,
        /// Date of the data, `2026-08-22`.
        date: String,
    },
    /// A host on the Internet has public IPv4 addresses and answers.
    InternetHost(String),
    /// Something listens on the port.
    Listening {
        /// Where.
        component: Component,
        /// The port.
        port: u16,
    },
    /// The guest of a NAT instance forwards and translates (R4.21).
    GuestForwards(Component),
    /// Custom DNS servers answer as public DNS does (R1.11).
    CustomDns(Vec<IpAddr>),
    /// VPC Block Public Access is off, since its settings were not given (R3.11).
    NoBlockPublicAccess,
    /// No private hosted zone answers, since they were not given (R1.14).
    NoPrivateHostedZones,
    /// No Resolver rule and no rule of DNS Firewall stands in the way, since they were not given (R1.15, R1.16).
    NoResolverRules,
    /// `enableDnsHostnames` is false; AWS asks for it, and names resolve all the same (R5.18).
    DnsHostnamesFalse(Component),
    /// An Elastic IP address on a function's interface is lost when AWS replaces the interface (R15.1).
    FragileElasticIp(Component),
    /// A regional NAT gateway serves a zone that it has not expanded to from another zone (R4.19).
    RegionalNatGatewayCrossesZones(Component),
    /// The guest uses its primary interface.
    PrimaryInterface(Component),
    /// The function goes on with its old configuration after a failed update (R7.19).
    LastUpdateFailed {
        /// The function.
        component: Component,
        /// The reason code in AWS's words.
        reason: String,
    },
    /// AWS drops silently; connections that idle for 350 seconds through a NAT gateway are reset (R4.12).
    IdleConnections(Component),
    /// The time-out of the function, since the document does not say (R7.23).
    DefaultTimeout(u32),
    /// The answer lists some of the ways only, so that it stays small; verdict and blockers are about all of them.
    PathsLeftOut {
        /// How many it lists.
        listed: usize,
        /// How many there are.
        all: usize,
    },
}

impl Assumption {
    /// Whether this build has words for it; see [`Fact::is_worded`].
    #[inline]
    pub(crate) fn is_worded(&self) -> bool {
        cfg!(feature = "whole")
            || !matches!(
                self,
                Assumption::EndpointPolicy(_)
                    | Assumption::AccessPointPolicy(_)
                    | Assumption::ObjectOwner(_)
                    | Assumption::NoOtherGrant(_)
                    | Assumption::ResourcePolicy(_)
                    | Assumption::KeyPolicy(_)
                    | Assumption::OrganizationPolicies
                    | Assumption::NoBlockPublicAccess
                    | Assumption::NoPrivateHostedZones
                    | Assumption::NoResolverRules
                    | Assumption::CustomDns(_)
                    | Assumption::FragileElasticIp(_)
                    | Assumption::RegionalNatGatewayCrossesZones(_)
                    | Assumption::PrimaryInterface(_)
                    | Assumption::LastUpdateFailed { .. }
                    | Assumption::PathsLeftOut { .. }
            )
    }
}

/// What is wrong with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryProblem {
    /// No workload of that name; with the nearest.
    NoSuchWorkload {
        /// As asked.
        name: String,
        /// The nearest names.
        nearest: Vec<String>,
    },
    /// The name stands for several; with their addresses.
    AmbiguousName {
        /// As asked.
        name: String,
        /// What it could be.
        candidates: Vec<String>,
    },
    /// The destination cannot be read.
    BadDestination {
        /// As asked.
        text: String,
    },
    /// Not a protocol.
    BadProtocol {
        /// As asked.
        text: String,
    },
    /// No bucket of that name in the document: taken for one in the document's Region.
    NoSuchBucket {
        /// As asked.
        name: String,
    },
    /// A destination without a port, where there is no default.
    NoPort,
}
