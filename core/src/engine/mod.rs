//! Decides what becomes of the traffic that a question asks about.
//!
//! Phases (R0.1 to R0.6): does the workload start, what does the name resolve to, where do the packets go, do the
//! replies return, what does the service answer. Traffic is a set of connections; each component splits the set
//! into disjoint parts that together make the whole, so that an answer covers every packet.

mod ask;
mod conclude;
mod connections;
mod filter;
mod gateway;
mod host;
mod internet_gateway;
mod name;
mod nat;
mod network_acl;
mod part;
mod receive;
mod reply;
mod route_table;
mod routing;
mod security_group;
mod walk;

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::address;
use crate::analysis::{Analysis, Assumption, Direction, Fate, Hop, Protocol};
use crate::client::{ResolvedClient, resolve_client};
use crate::component::{Component, ComponentKind};
use crate::fact::{Fact, Missing};
use crate::network::{InterfaceId, InterfaceRole, Network, NotStarted, SubnetId, VpcId, Workload};
use crate::query::{Family, Query};
use crate::range_set::RangeSet;

use ask::{Ask, Destination};
use conclude::{Course, Finding};
use connections::ConnectionSet;
use name::{Resolution, Resolver, Target};
use part::Part;
use walk::Errand;

/// Port of DNS.
const DNS_PORT: u16 = 53;

/// Answers one question. Never fails and never panics: what cannot be told is `undetermined`, with the reason.
pub fn analyze(network: &Network, query: &Query) -> Analysis {
    let ask = match ask::ask(network, query) {
        Ok(ask) => ask,
        Err(problems) => return conclude::nonsense(query, problems),
    };
    let workload = network.workloads.get(ask.workload);
    let client = resolve_client(workload, query.client.as_ref(), &network.region);
    let inquiry = Inquiry { network, query, ask: &ask, workload, client: &client };
    let mut finding = Finding::default();
    if network.region_assumed {
        finding.assumptions.insert(Assumption::Region(network.region.clone()));
    }
    inquiry.answer(&mut finding);
    conclude::conclude(&inquiry, finding)
}

/// A question with all that it is asked of.
struct Inquiry<'a> {
    network: &'a Network,
    query: &'a Query,
    ask: &'a Ask,
    workload: &'a Workload,
    client: &'a ResolvedClient,
}

/// One request of the client: S3's redirect to another Region makes a second one (R5.5).
struct Request {
    /// The host name; none for an address or an interface.
    host: Option<String>,
    /// Who answers, where the destination says so.
    outside: Component,
    answer: Fact,
    answer_through_endpoint: Option<Fact>,
    /// The Region of the bucket, for the global S3 name.
    bucket_region: Option<String>,
    /// The bucket has a policy, which is not evaluated.
    policy_of: Option<Component>,
}

impl Inquiry<'_> {
    fn answer(&self, finding: &mut Finding) {
        let role = self.role();
        if let Some(fact) = self.not_started() {
            finding.course(None, vec![self.hop(self.workload.component.clone(), fact)], Fate::NeverStarts);
            return;
        }
        for name in &self.workload.missing_subnets {
            let fact = Fact::NotKnown(Missing::Resource(name.clone()));
            finding.course(None, vec![self.hop(self.workload.component.clone(), fact)], Fate::NotKnown);
        }
        if !self.workload.attached {
            self.leave_from_outside(finding);
            return;
        }
        if !self.workload.uses_any_interface && self.workload.interfaces.len() > 1 {
            finding.assumptions.insert(Assumption::PrimaryInterface(self.workload.component.clone()));
        }
        let used = if self.workload.uses_any_interface { usize::MAX } else { 1 };
        for interface in self.workload.interfaces.iter().take(used) {
            self.leave_from(*interface, role, finding);
        }
    }

    fn role(&self) -> InterfaceRole {
        self.workload.interfaces.first().map_or(InterfaceRole::Function, |id| self.network.interfaces.get(*id).role)
    }

    fn is_function(&self) -> bool {
        self.workload.component.kind == ComponentKind::Function
    }

    /// Phase A: a workload that does not run sends nothing (R0.1).
    fn not_started(&self) -> Option<Fact> {
        Some(match self.workload.not_started.as_ref()? {
            NotStarted::State { state, reason } => {
                Fact::NotStarted { state: state.clone(), reason: reason.clone(), is_function: self.is_function() }
            }
            NotStarted::OutOfAddresses { subnets } => Fact::OutOfAddresses {
                names: subnets.iter().map(|id| self.network.subnets.get(*id).component.name.clone()).collect(),
                subnets: subnets.clone(),
            },
        })
    }

    fn hop(&self, component: Component, fact: Fact) -> Hop {
        Hop {
            component,
            direction: Direction::Forward,
            fact,
            traffic: None,
            pointer: None,
            subnet: None,
            already_lost: false,
        }
    }

    /// The requests that the client makes one after the other.
    fn requests(&self) -> Vec<Request> {
        let plain = |outside: Component, host: Option<String>, answer: Fact| Request {
            host,
            outside,
            answer,
            answer_through_endpoint: None,
            bucket_region: None,
            policy_of: None,
        };
        match &self.ask.destination {
            Destination::Bucket { id, name, region } => {
                let bucket = id.map(|id| self.network.buckets.get(id));
                let component = bucket.map_or_else(
                    || Component::new(ComponentKind::Bucket, name.clone()),
                    |bucket| bucket.component.clone(),
                );
                let policy_of = bucket.filter(|bucket| bucket.has_policy).map(|bucket| bucket.component.clone());
                let request_to = |of_region: &str| {
                    let host = host::bucket_host(name, of_region, self.client);
                    let leads_to =
                        host::aws_host(&host, Some(region)).map_or_else(|| of_region.to_owned(), |aws| aws.region);
                    let answers = Fact::ServiceAnswers {
                        service: "s3".to_owned(),
                        region: leads_to.clone(),
                        bucket: Some(name.clone()),
                    };
                    let mut request = plain(component.clone(), Some(host), answers);
                    request.bucket_region = Some(region.clone());
                    (request, leads_to)
                };
                let (mut first, leads_to) = request_to(&self.client.region);
                if leads_to == *region {
                    first.answer_through_endpoint = self.refused_copy(region);
                    first.policy_of = policy_of;
                    return vec![first];
                }
                let followed = self.client.follow_redirects;
                first.outside = Component::new(ComponentKind::Service, format!("s3.{leads_to}"));
                first.answer = Fact::RedirectsToRegion { region: region.clone(), followed };
                let mut requests = vec![first];
                if followed {
                    let host = format!("{name}.s3.{region}.amazonaws.com");
                    let mut second = plain(
                        component,
                        Some(host),
                        Fact::ServiceAnswers {
                            service: "s3".to_owned(),
                            region: region.clone(),
                            bucket: Some(name.clone()),
                        },
                    );
                    second.bucket_region = Some(region.clone());
                    second.answer_through_endpoint = self.refused_copy(region);
                    second.policy_of = policy_of;
                    requests.push(second);
                }
                requests
            }
            Destination::Service(service) => vec![self.to_host(&host::service_host(service, self.client))],
            Destination::Host(host) => vec![self.to_host(host)],
            Destination::Address(address) => {
                let outside = self.component_of_address(*address);
                vec![plain(outside, None, Fact::InternetAnswers { host: address.to_string() })]
            }
            Destination::Interface { component, .. } => vec![plain(component.clone(), None, Fact::InterfaceAnswers)],
        }
    }

    fn to_host(&self, host: &str) -> Request {
        let (outside, answer) = match host::aws_host(host, None).filter(|_| self.declared_host(host).is_none()) {
            Some(aws) => (
                Component::new(ComponentKind::Service, format!("{}.{}", aws.service, aws.region)),
                Fact::ServiceAnswers { service: aws.service, region: aws.region, bucket: None },
            ),
            None => {
                let component = self
                    .declared_host(host)
                    .map_or_else(|| Component::new(ComponentKind::Internet, host), |known| known.component.clone());
                (component, self.listening(host))
            }
        };
        Request {
            host: Some(host.to_owned()),
            outside,
            answer,
            answer_through_endpoint: None,
            bucket_region: None,
            policy_of: None,
        }
    }

    fn declared_host(&self, host: &str) -> Option<&crate::network::InternetHost> {
        self.network.internet_hosts.iter().find(|known| known.host.eq_ignore_ascii_case(host))
    }

    /// What a host on the Internet does with the connection (section 13, row 57).
    fn listening(&self, host: &str) -> Fact {
        let ports = self.declared_host(host).and_then(|known| known.listens.as_ref());
        match (ports, self.ask.port) {
            (Some(ports), Some(port)) if !ports.contains(port) => Fact::PortNotListening { port },
            _ => Fact::InternetAnswers { host: host.to_owned() },
        }
    }

    fn component_of_address(&self, address: IpAddr) -> Component {
        let number = address::number_of(address);
        let family = address::family_of(address);
        let owner = walk::interface_with(self.network, family, number).map(|id| &self.network.interfaces.get(id).owner);
        let inside = self.network.vpcs.iter().any(|(_, vpc)| vpc.addresses.of(family).contains(number));
        match owner {
            Some(owner) => owner.clone(),
            None if inside => Component::new(ComponentKind::Address, address.to_string()),
            None => Component::new(ComponentKind::Internet, address.to_string()),
        }
    }

    /// A copy between Regions is refused through endpoints of either type (R6.12, R15.2).
    fn refused_copy(&self, bucket_region: &str) -> Option<Fact> {
        let request = self.query.request.as_ref()?;
        let operation = request.operation.as_deref()?;
        if !matches!(operation, "CopyObject" | "UploadPartCopy") {
            return None;
        }
        let source = request.copy_source.as_deref()?.trim_start_matches("s3://").split('/').next()?;
        let (_, known) = self
            .network
            .buckets
            .iter()
            .find(|(_, bucket)| bucket.component.name == source || bucket.bucket_name == source)?;
        (known.region != bucket_region).then(|| Fact::CopyRefused { source_region: known.region.clone() })
    }

    /// A function in no VPC uses Lambda's own network: the Internet and every AWS service, nothing private (R7.1).
    fn leave_from_outside(&self, finding: &mut Finding) {
        for (attempt, request) in self.requests().into_iter().enumerate() {
            let mut hops = vec![self.hop(self.workload.component.clone(), Fact::StartsOutsideVpc)];
            let mut fate = Fate::Delivered;
            let targets = match (&request.host, &self.ask.destination) {
                (Some(host), _) => {
                    let answer = name::resolve(self.network, Resolver::Public, host, request.bucket_region.as_deref());
                    hops.push(self.hop(answer.component, answer.fact));
                    finding.assumptions.extend(answer.assumptions);
                    answer.targets
                }
                (None, Destination::Address(address)) => vec![name::target_of(*address)],
                (None, _) => Vec::new(),
            };
            let private = match &self.ask.destination {
                Destination::Interface { .. } => true,
                _ => targets.iter().any(|target| target.receiver.is_some() || self.is_private(target)),
            };
            let only_ipv6 = !targets.is_empty() && targets.iter().all(|target| target.family == Family::Ipv6);
            if private {
                hops.push(self.hop(request.outside, Fact::NotInVpc));
                fate = Fate::Dropped;
            } else if only_ipv6 {
                // Lambda's own network is not said to carry IPv6.
                let fact = Fact::NotKnown(Missing::ClientOption("prefers"));
                hops.push(self.hop(request.outside, fact));
                fate = Fate::NotKnown;
            } else {
                fate = match &request.answer {
                    Fact::PortNotListening { .. } => Fate::Refused,
                    Fact::RedirectsToRegion { followed: false, .. } => Fate::Redirected,
                    _ => fate,
                };
                hops.push(self.hop(request.outside, request.answer));
                if let Some(component) = request.policy_of.filter(|_| fate == Fate::Delivered) {
                    hops.push(self.hop(component.clone(), Fact::NotKnown(Missing::Policy(component))));
                    fate = Fate::NotKnown;
                }
            }
            let mut course = Course::new(None, hops, fate);
            course.attempt = u32::try_from(attempt).unwrap_or(u32::MAX);
            course.decisive = attempt > 0
                || !matches!(
                    self.requests().first().map(|first| &first.answer),
                    Some(Fact::RedirectsToRegion { followed: true, .. })
                );
            finding.courses.push(course);
        }
    }

    fn is_private(&self, target: &Target) -> bool {
        let special = match target.family {
            Family::Ipv4 => RangeSet::from_ranges([
                (0x0A00_0000, 0x0AFF_FFFF),
                (0xAC10_0000, 0xAC1F_FFFF),
                (0xC0A8_0000, 0xC0A8_FFFF),
                (0x6440_0000, 0x647F_FFFF),
            ]),
            Family::Ipv6 => RangeSet::range(0xFC00_u128 << 112, (0xFE00_u128 << 112) - 1),
        };
        target.addresses.intersects(&special)
            || self.network.vpcs.iter().any(|(_, vpc)| vpc.addresses.of(target.family).intersects(&target.addresses))
    }

    fn leave_from(&self, interface: InterfaceId, role: InterfaceRole, finding: &mut Finding) {
        let subnet = self.network.interfaces.get(interface).subnet;
        let start = self.hop(self.workload.component.clone(), Fact::Starts { role });
        let lead = vec![start];
        for (attempt, request) in self.requests().iter().enumerate() {
            let attempt = u32::try_from(attempt).unwrap_or(u32::MAX);
            let go_on = self.request(interface, subnet, &lead, request, attempt, finding);
            if !go_on {
                break;
            }
        }
    }

    /// Makes one request from one interface; tells whether the client goes on to the next.
    fn request(
        &self,
        interface: InterfaceId,
        subnet: SubnetId,
        lead: &[Hop],
        request: &Request,
        attempt: u32,
        finding: &mut Finding,
    ) -> bool {
        let vpc = self.network.subnets.get(subnet).vpc;
        let mut hops = lead.to_vec();
        let resolutions = match &request.host {
            None => vec![self.without_name(vpc)],
            Some(host) => match self.ask_resolver(interface, vpc, host, request, &mut hops, finding) {
                Some(resolutions) => resolutions,
                None => return false,
            },
        };
        let mut outcomes: Vec<Vec<Course>> = Vec::new();
        for resolution in &resolutions {
            outcomes.push(self.reach(interface, vpc, &hops, request, resolution, attempt, finding));
        }
        let mut outcomes = outcomes.into_iter();
        let Some(mut courses) = outcomes.next() else { return false };
        let fates = |courses: &[Course]| -> BTreeSet<Fate> {
            courses.iter().filter(|course| course.decisive).map(|course| course.fate).collect()
        };
        // Custom DNS servers may or may not know the VPC's private zones, and unknown attributes may or may not let
        // them act: where that matters, it cannot be told.
        if let (Some(other), Some(host)) = (outcomes.next(), &request.host)
            && fates(&other) != fates(&courses)
        {
            let custom = !self.network.vpcs.get(vpc).dns_servers.is_empty();
            let missing =
                if custom { Missing::DnsAnswer(host.clone()) } else { Missing::Section("enableDnsHostnames") };
            for course in courses.iter_mut().filter(|course| course.decisive) {
                course.not_known(missing.clone());
            }
        }
        // What the source did not cover could capture the name of an AWS service (R6.9).
        let asks_aws = request.host.as_deref().is_some_and(|host| host::aws_host(host, None).is_some());
        if asks_aws && self.network.is_unknown("vpcEndpoints") {
            for course in courses.iter_mut().filter(|course| course.decisive) {
                course.not_known(Missing::Section("vpcEndpoints"));
            }
        }
        let redirected = matches!(request.answer, Fact::RedirectsToRegion { followed: true, .. });
        let mut go_on = false;
        if redirected {
            for course in courses.iter_mut().filter(|course| course.decisive && course.fate == Fate::Delivered) {
                course.decisive = false;
                go_on = true;
            }
        }
        finding.courses.extend(courses);
        go_on
    }

    /// An address or an interface needs no name.
    fn without_name(&self, vpc: VpcId) -> Resolution {
        let targets = match &self.ask.destination {
            Destination::Address(address) => vec![name::target_of(*address)],
            Destination::Interface { interfaces, .. } => {
                let mut targets = Vec::new();
                for id in interfaces {
                    let interface = self.network.interfaces.get(*id);
                    for family in [Family::Ipv4, Family::Ipv6] {
                        let addresses = interface.addresses.of(family).clone();
                        if !addresses.is_empty() {
                            targets.push(Target { family, addresses, receiver: Some(*id) });
                        }
                    }
                }
                targets
            }
            Destination::Bucket { .. } | Destination::Host(_) | Destination::Service(_) => Vec::new(),
        };
        Resolution {
            component: self.network.vpcs.get(vpc).component.clone(),
            fact: Fact::NoNameNeeded,
            notes: Vec::new(),
            targets,
            service: None,
            one_of_many: false,
            captured_by: None,
            assumptions: Vec::new(),
        }
    }

    /// Phase B. None when no resolver answers; the courses of that are then in the finding.
    ///
    /// Several answers stand for what cannot be told of custom DNS servers.
    fn ask_resolver(
        &self,
        interface: InterfaceId,
        vpc: VpcId,
        host: &str,
        request: &Request,
        hops: &mut Vec<Hop>,
        finding: &mut Finding,
    ) -> Option<Vec<Resolution>> {
        let known = self.network.vpcs.get(vpc);
        let bucket_region = request.bucket_region.as_deref();
        let subnet = self.network.interfaces.get(interface).subnet;
        let amazon = name::resolve(self.network, Resolver::Vpc(vpc), host, bucket_region);
        if let Some(options) = known.dhcp_options.as_ref().filter(|_| known.dhcp_options_missing) {
            hops.push(self.hop(options.clone(), Fact::NotKnown(Missing::Resource(options.name.clone()))));
            finding.course(Some(subnet), hops.clone(), Fate::NotKnown);
            return None;
        }
        if known.dns_servers.is_empty() {
            if known.dns_support {
                let mut answers = vec![amazon];
                let attributes = format!("vpcs/{}/enableDnsHostnames", known.component.name);
                if self.network.is_unknown(&attributes) {
                    answers.push(name::resolve(self.network, Resolver::VpcWithAttributes(vpc), host, bucket_region));
                }
                return Some(answers);
            }
            let resolver = Component::new(ComponentKind::Resolver, known.component.name.clone());
            hops.push(self.hop(resolver, Fact::DnsSupportDisabled { vpc: known.component.clone() }));
            finding.course(Some(subnet), hops.clone(), Fate::NameNotResolved);
            return None;
        }
        let component = known
            .dhcp_options
            .clone()
            .unwrap_or_else(|| Component::new(ComponentKind::DhcpOptions, known.component.name.clone()));
        let mut lost: Vec<Course> = Vec::new();
        for server in &known.dns_servers {
            let parts = self.way_to_dns_server(interface, vpc, *server, hops, finding);
            let arrives = parts.iter().any(|part| part.fate() == Fate::Delivered);
            let dropped = parts.iter().filter(|part| part.fate() == Fate::Dropped);
            let not_known = parts.iter().find(|part| part.fate() == Fate::NotKnown);
            if arrives || not_known.is_some() {
                // A part of the queries that is lost makes some runs wait for the next server, and fail on the last.
                hops.push(self.hop(component.clone(), Fact::AsksDnsServer { server: *server }));
                if let Some(part) = not_known {
                    let unknown = part.hops.iter().find(|hop| matches!(hop.fact, Fact::NotKnown(_)));
                    hops.extend(unknown.cloned());
                }
                if dropped.count() > 0 && known.dns_servers.len() == 1 && !known.asks_amazon_resolver {
                    for part in parts.iter().filter(|part| part.fate() == Fate::Dropped) {
                        lost.push(self.unanswered(part, &component, &known.dns_servers, subnet));
                    }
                }
                finding.courses.extend(lost);
                finding.assumptions.insert(Assumption::CustomDns(known.dns_servers.clone()));
                let public = Resolution {
                    notes: amazon.notes.clone(),
                    ..name::resolve(self.network, Resolver::Public, host, bucket_region)
                };
                let alike = public.targets.len() == amazon.targets.len()
                    && public.targets.iter().zip(&amazon.targets).all(|(one, two)| one.addresses == two.addresses);
                // Without DNS support no server can ask the Amazon resolver (R1.8).
                let forwards_to_amazon = known.dns_support;
                return Some(if alike || !forwards_to_amazon { vec![public] } else { vec![public, amazon] });
            }
            lost.extend(parts.iter().map(|part| self.unanswered(part, &component, &known.dns_servers, subnet)));
        }
        if known.asks_amazon_resolver && known.dns_support {
            return Some(vec![amazon]);
        }
        finding.courses.extend(lost);
        None
    }

    fn unanswered(&self, part: &Part, component: &Component, servers: &[IpAddr], subnet: SubnetId) -> Course {
        let mut hops = part.hops.clone();
        let mut last = self.hop(component.clone(), Fact::DnsServersUnreachable { servers: servers.to_vec() });
        last.already_lost = true;
        hops.push(last);
        let mut course = Course::new(Some(subnet), hops, Fate::NameNotResolved);
        course.notes.clone_from(&part.notes);
        course
    }

    /// Queries to custom DNS servers are ordinary traffic (R1.11).
    fn way_to_dns_server(
        &self,
        interface: InterfaceId,
        vpc: VpcId,
        server: IpAddr,
        lead: &[Hop],
        finding: &mut Finding,
    ) -> Vec<Part> {
        let family = address::family_of(server);
        let outside = self.component_of_address(server);
        let errand = Errand {
            vpc,
            service: None,
            outside,
            answer: Fact::InternetAnswers { host: server.to_string() },
            answer_through_endpoint: None,
        };
        let set = ConnectionSet {
            family,
            protocol: Protocol::Udp,
            destination: RangeSet::single(address::number_of(server)),
            destination_ports: RangeSet::single(DNS_PORT),
            ends: vec![walk::end_of(self.network, interface, family)],
        };
        let (parts, assumptions) = walk::walk(self.network, &errand, vec![Part::new(set, None, lead.to_vec())]);
        finding.assumptions.extend(assumptions);
        parts
    }

    /// Phases C to E for one answer of the resolver.
    #[expect(clippy::too_many_arguments, reason = "one request is what all of these together describe")]
    fn reach(
        &self,
        interface: InterfaceId,
        vpc: VpcId,
        lead: &[Hop],
        request: &Request,
        resolution: &Resolution,
        attempt: u32,
        finding: &mut Finding,
    ) -> Vec<Course> {
        let subnet = self.network.interfaces.get(interface).subnet;
        let mut hops = lead.to_vec();
        let note_position = hops.len();
        hops.push(self.hop(resolution.component.clone(), resolution.fact.clone()));
        finding.assumptions.extend(resolution.assumptions.iter().cloned());
        let one_course = |hops: Vec<Hop>, fate: Fate| {
            let mut course = Course::new(Some(subnet), hops, fate);
            course.attempt = attempt;
            vec![course]
        };
        let resolution = &self.with_dns64(subnet, interface, request, resolution);
        if resolution.targets.is_empty() {
            let fate = match resolution.fact {
                Fact::NotKnown(_) => Fate::NotKnown,
                _ => Fate::NameNotResolved,
            };
            return one_course(hops, fate);
        }
        let own = &self.network.interfaces.get(interface).addresses;
        let has = |family: Family| match family {
            Family::Ipv4 => !own.ipv4.is_empty(),
            Family::Ipv6 => self.workload.ipv6 && !own.ipv6.is_empty(),
        };
        let other = match self.client.prefers {
            Family::Ipv4 => Family::Ipv6,
            Family::Ipv6 => Family::Ipv4,
        };
        let answered = |family: Family| resolution.targets.iter().any(|target| target.family == family);
        let families: Vec<Family> =
            [self.client.prefers, other].into_iter().filter(|family| has(*family) && answered(*family)).collect();
        if families.is_empty() {
            let wanted = if answered(Family::Ipv6) { Family::Ipv6 } else { Family::Ipv4 };
            let fact = match &request.host {
                Some(host) => Fact::NoAddressOfFamily {
                    host: host.clone(),
                    family: if wanted == Family::Ipv6 { Family::Ipv4 } else { Family::Ipv6 },
                },
                None => Fact::WorkloadLacksFamily { family: wanted },
            };
            let fate = if request.host.is_some() { Fate::NameNotResolved } else { Fate::Refused };
            hops.push(self.hop(self.workload.component.clone(), fact));
            return one_course(hops, fate);
        }
        let mut courses: Vec<Course> = Vec::new();
        for (position, family) in families.iter().enumerate() {
            let found =
                self.reach_by(interface, vpc, &hops, note_position, request, resolution, *family, attempt, finding);
            let all_arrive = found.iter().all(|course| course.fate == Fate::Delivered);
            let last = position + 1 == families.len();
            // A client that falls back tries the other family at once; one that does not waits out its time-out.
            let goes_on = !all_arrive && !last && self.client.fallback;
            courses.extend(found.into_iter().map(|mut course| {
                course.decisive = !goes_on;
                course
            }));
            if !goes_on {
                break;
            }
        }
        courses
    }

    /// DNS64 gives a name without IPv6 addresses some that lead through a NAT gateway (R4.20).
    fn with_dns64(
        &self,
        subnet: SubnetId,
        interface: InterfaceId,
        request: &Request,
        resolution: &Resolution,
    ) -> Resolution {
        let mut resolution = resolution.clone();
        let speaks_ipv6 = self.workload.ipv6 && !self.network.interfaces.get(interface).addresses.ipv6.is_empty();
        let native = resolution.targets.iter().any(|target| target.family == Family::Ipv6);
        if request.host.is_none() || native || !speaks_ipv6 || !self.network.subnets.get(subnet).dns64 {
            return resolution;
        }
        let made: Vec<Target> = resolution
            .targets
            .iter()
            .map(|target| Target { family: Family::Ipv6, addresses: target.addresses.before_nat64(), receiver: None })
            .collect();
        resolution.targets.extend(made);
        resolution
    }

    #[expect(clippy::too_many_arguments, reason = "one attempt is what all of these together describe")]
    fn reach_by(
        &self,
        interface: InterfaceId,
        vpc: VpcId,
        lead: &[Hop],
        note_position: usize,
        request: &Request,
        resolution: &Resolution,
        family: Family,
        attempt: u32,
        finding: &mut Finding,
    ) -> Vec<Course> {
        let errand = Errand {
            vpc,
            service: resolution.service.clone(),
            outside: request.outside.clone(),
            answer: request.answer.clone(),
            answer_through_endpoint: request.answer_through_endpoint.clone(),
        };
        let ports = match self.ask.port {
            Some(port) => RangeSet::single(port),
            None => RangeSet::range(0, u16::MAX),
        };
        let parts = resolution
            .targets
            .iter()
            .filter(|target| target.family == family)
            .map(|target| {
                let set = ConnectionSet {
                    family,
                    protocol: self.ask.protocol,
                    destination: target.addresses.clone(),
                    destination_ports: ports.clone(),
                    ends: vec![walk::end_of(self.network, interface, family)],
                };
                let mut part = Part::new(set, target.receiver, lead.to_vec());
                for (component, fact) in &resolution.notes {
                    part.notes.push((note_position, component.clone(), fact.clone()));
                }
                part
            })
            .collect();
        let (parts, assumptions) = walk::walk(self.network, &errand, parts);
        finding.assumptions.extend(assumptions);
        let whole: Vec<&Target> = resolution.targets.iter().filter(|target| target.family == family).collect();
        parts
            .into_iter()
            .map(|part| {
                let subnet = self.network.interfaces.get(interface).subnet;
                let mut course = Course::of_part(Some(subnet), part, attempt);
                if course.fate == Fate::Delivered {
                    if let Some(endpoint) = &resolution.captured_by {
                        self.captured(&mut course, request, endpoint);
                    } else if let Some(component) = &request.policy_of {
                        course.push(
                            component.clone(),
                            Fact::NotKnown(Missing::Policy(component.clone())),
                            Fate::NotKnown,
                        );
                    }
                }
                course.one_of_many = resolution.one_of_many
                    && whole.iter().all(|target| Some(&target.addresses) != course.destination.as_ref());
                course
            })
            .collect()
    }

    /// An `execute-api` endpoint answers for its private APIs, and refuses public ones (R15.3).
    fn captured(&self, course: &mut Course, request: &Request, endpoint: &Component) {
        let Some(host) = &request.host else { return };
        let public = self.declared_host(host).is_some();
        let (fact, fate) = if public {
            let fact = Fact::PublicApiCaptured { host: host.clone(), endpoint: endpoint.clone() };
            (fact, Fate::AccessDenied)
        } else {
            (Fact::NotKnown(Missing::ApiKind(host.clone())), Fate::NotKnown)
        };
        course.push(endpoint.clone(), fact, fate);
    }
}
