//! From what became of every part to one verdict, all blockers and the symptom.

use std::sync::Arc;

use crate::analysis::{Analysis, Assumption, Blocker, Direction, Fate, Hop, Path, Protocol, QueryProblem, Symptom};
use crate::component::{Component, ComponentKind};
use crate::fact::{Action, Fact, Missing};
use crate::network::SubnetId;
use crate::query::{Family, Query};
use crate::range_set::RangeSet;
use crate::sorted::{SortedMap, SortedSet};
use crate::symptom::{DEFAULT_TIMEOUT, Outcome, symptom, verdict_of};
use crate::verdict::Verdict;

use super::Inquiry;
use super::ask::Destination;
use super::merge;
use super::part::Part;

/// Addresses that a public name of S3 is taken to have at once, each tried until its time-out (R7.29).
const ADDRESSES_OF_A_PUBLIC_NAME: u32 = 8;

/// Decisions that an answer lists; what goes beyond it would be read by nobody and make the answer large.
const MOST_HOPS: usize = 4_000;

/// One part of the traffic with what became of it.
#[derive(Clone, Debug)]
pub(super) struct Course {
    pub(super) subnet: Option<SubnetId>,
    pub(super) family: Family,
    pub(super) hops: Vec<Hop>,
    /// Facts that explain the way, each with the position of its hop.
    pub(super) notes: Vec<(usize, Component, Arc<Fact>)>,
    pub(super) fate: Fate,
    pub(super) attempt: u32,
    /// Whether the client's success hangs on it; an attempt that another one makes up for is not.
    pub(super) decisive: bool,
    /// Whether it stands for some of many addresses of which the destination has one.
    pub(super) one_of_many: bool,
    /// The destination addresses of this part.
    pub(super) destination: Option<RangeSet<u128>>,
}

impl Course {
    /// A course without a walk.
    pub(super) fn new(subnet: Option<SubnetId>, hops: Vec<Hop>, fate: Fate) -> Course {
        Course {
            subnet,
            family: Family::Ipv4,
            hops,
            notes: Vec::new(),
            fate,
            attempt: 0,
            decisive: true,
            one_of_many: false,
            destination: None,
        }
    }

    /// The course of a walked part.
    pub(super) fn of_part(subnet: Option<SubnetId>, part: Part, attempt: u32) -> Course {
        Course {
            subnet,
            family: part.set.family,
            fate: part.fate(),
            destination: Some(part.set.destination),
            hops: part.hops,
            notes: part.notes,
            attempt,
            decisive: true,
            one_of_many: false,
        }
    }

    /// Adds a decision after the walk.
    pub(super) fn push(&mut self, component: Component, fact: Fact, fate: Fate) {
        self.hops.push(Hop {
            component,
            direction: Direction::Forward,
            fact: Arc::new(fact),
            traffic: None,
            pointer: None,
            subnet: None,
            already_lost: false,
        });
        self.fate = fate;
    }

    /// Leaves out what lets lost traffic pass: lost traffic is followed only to find what else would stop it.
    fn forget_what_is_past_caring(&mut self) {
        let mut kept = Vec::with_capacity(self.hops.len());
        let mut notes = Vec::new();
        for (position, hop) in std::mem::take(&mut self.hops).into_iter().enumerate() {
            let mut explained = self.notes.iter().filter(|(at, _, _)| *at == position).peekable();
            if hop.already_lost && hop.fact.code().is_none() && explained.peek().is_none() {
                continue;
            }
            notes.extend(explained.map(|(_, component, fact)| (kept.len(), component.clone(), fact.clone())));
            kept.push(hop);
        }
        self.hops = kept;
        self.notes = notes;
    }

    /// Whatever was found, it cannot be told.
    pub(super) fn not_known(&mut self, missing: Missing) {
        let component = self
            .hops
            .iter()
            .find(|hop| hop.fact.action() == Action::Resolves)
            .map_or_else(|| Component::new(ComponentKind::Resolver, ""), |hop| hop.component.clone());
        self.push(component, Fact::NotKnown(missing), Fate::NotKnown);
    }
}

/// Everything that was found out.
#[derive(Debug, Default)]
pub(super) struct Finding {
    pub(super) courses: Vec<Course>,
    pub(super) assumptions: SortedSet<Assumption>,
}

impl Finding {
    /// Adds a course without a walk.
    pub(super) fn course(&mut self, subnet: Option<SubnetId>, hops: Vec<Hop>, fate: Fate) {
        self.courses.push(Course::new(subnet, hops, fate));
    }
}

/// The answer to a question that makes no sense.
pub(super) fn nonsense(query: &Query, problems: Vec<QueryProblem>) -> Analysis {
    let (kind, name) = match query.from.split_once('/') {
        Some((word, name)) => {
            let kind = ComponentKind::ALL.iter().find(|kind| kind.as_str() == word);
            (kind.copied().unwrap_or(ComponentKind::Function), name)
        }
        None => (ComponentKind::Function, query.from.as_str()),
    };
    Analysis {
        from: Component::new(kind, name),
        to: query.to.clone(),
        port: query.port,
        protocol: Protocol::Tcp,
        verdict: Verdict::Undetermined,
        paths: Vec::new(),
        blockers: Vec::new(),
        carriers: Vec::new(),
        symptom: Symptom::default(),
        assumptions: Vec::new(),
        problems,
    }
}

/// Draws the conclusion.
pub(super) fn conclude(inquiry: &Inquiry<'_>, mut finding: Finding) -> Analysis {
    let asks_aws = matches!(inquiry.ask.destination, Destination::Bucket { .. } | Destination::Service(_));
    let vpc = inquiry.workload.interfaces.first().map(|interface| {
        let subnet = inquiry.network.interfaces.get(*interface).subnet;
        inquiry.network.subnets.get(subnet).vpc
    });
    super::doubt::admit(inquiry.network, vpc, asks_aws, &mut finding.courses);
    finding.courses.iter_mut().for_each(Course::forget_what_is_past_caring);
    merge::merge_alike(&mut finding.courses);
    if let Some(host) = inquiry.requests.iter().find_map(|request| request.host.clone()) {
        admit_guesses(&mut finding.courses, &host);
    }
    let courses = &finding.courses;
    let verdict = verdict(courses);
    let mut blockers = blockers(courses);
    let carriers = carriers(courses);
    let mut assumptions = finding.assumptions;
    assume(inquiry, verdict, courses, &carriers, &mut assumptions);
    let symptom = symptom_of(inquiry, verdict, courses, &blockers);
    let paths = list_paths(inquiry, finding.courses, &mut blockers, &mut assumptions);
    Analysis {
        from: inquiry.workload.component.clone(),
        to: inquiry.ask.to.clone(),
        port: inquiry.ask.port,
        protocol: inquiry.ask.protocol,
        verdict,
        paths,
        blockers,
        carriers,
        symptom,
        assumptions: assumptions.into_vec(),
        problems: inquiry.ask.problems.clone(),
    }
}

/// The paths of an answer, fewer than there are where they would make it too large: first one for each blocker, then
/// as many as there is room for.
fn list_paths(
    inquiry: &Inquiry<'_>,
    courses: Vec<Course>,
    blockers: &mut [Blocker],
    assumptions: &mut SortedSet<Assumption>,
) -> Vec<Path> {
    let mut siblings: SortedMap<_, usize> = SortedMap::default();
    for course in &courses {
        *siblings.at((course.subnet, course.family, course.attempt)) += 1;
    }
    let mut room = MOST_HOPS;
    let mut listed: Vec<Option<usize>> = vec![None; courses.len()];
    let firsts = blockers.iter().filter_map(|blocker| blocker.places.first().map(|(path, _)| *path));
    for path in firsts.chain(0..courses.len()) {
        let (Some(course), Some(listed)) = (courses.get(path), listed.get_mut(path)) else { continue };
        if listed.is_none() && course.hops.len() <= room {
            room -= course.hops.len();
            *listed = Some(0);
        }
    }
    for (position, listed) in listed.iter_mut().filter_map(Option::as_mut).enumerate() {
        *listed = position;
    }
    for blocker in blockers {
        blocker.places = blocker.places.iter().filter_map(|(path, hop)| Some(((*listed.get(*path)?)?, *hop))).collect();
    }
    let all = courses.len();
    let paths: Vec<Path> = courses
        .into_iter()
        .zip(listed)
        .filter(|(_, listed)| listed.is_some())
        .map(|(course, _)| Path {
            subnet: course.subnet.map(|subnet| inquiry.network.subnets.get(subnet).component.clone()),
            family: course.family,
            whole: siblings.get(&(course.subnet, course.family, course.attempt)) == Some(&1),
            hops: course.hops,
            fate: course.fate,
            attempt: course.attempt,
        })
        .collect();
    if paths.len() < all {
        assumptions.insert(Assumption::PathsLeftOut { listed: paths.len(), all });
    }
    paths
}

/// Where the address of a host is not known and its possible addresses fare differently, it cannot be told which
/// of them the host has.
fn admit_guesses(courses: &mut [Course], host: &str) {
    let fates: SortedSet<Fate> = courses.iter().filter(|course| course.decisive).map(|course| course.fate).collect();
    if fates.len() > 1 {
        for course in courses.iter_mut().filter(|course| course.decisive && course.one_of_many) {
            course.not_known(Missing::AddressesOfHost(host.to_owned()));
        }
    }
}

/// All parts succeed, none does, or some do (R0.6).
fn verdict(courses: &[Course]) -> Verdict {
    let fates: SortedSet<Fate> = courses.iter().filter(|course| course.decisive).map(|course| course.fate).collect();
    if fates.contains(&Fate::NotKnown) || fates.is_empty() {
        return Verdict::Undetermined;
    }
    if fates.contains(&Fate::Delivered) {
        return if fates.len() == 1 { Verdict::Succeeds } else { Verdict::Intermittent };
    }
    // Nothing arrives; where parts fail in several ways, silence is what people see most.
    let order = [
        (Fate::NeverStarts, Verdict::NeverStarts),
        (Fate::Dropped, Verdict::TimesOut),
        (Fate::NameNotResolved, Verdict::NameNotResolved),
        (Fate::Refused, Verdict::Refused),
        (Fate::AccessDenied, Verdict::AccessDenied),
        (Fate::Redirected, Verdict::Redirected),
    ];
    order.iter().find(|(fate, _)| fates.contains(fate)).map_or(Verdict::Undetermined, |(_, verdict)| *verdict)
}

fn blockers(courses: &[Course]) -> Vec<Blocker> {
    let mut blockers: Vec<Blocker> = Vec::new();
    let decisive: Vec<(usize, &Course)> = courses.iter().enumerate().filter(|(_, course)| course.decisive).collect();
    for (path, course) in decisive.iter().filter(|(_, course)| course.fate != Fate::Delivered) {
        for (position, hop) in course.hops.iter().enumerate() {
            // Why traffic took its way matters where it was lost on that way.
            let lost = course.fate == Fate::Dropped;
            let notes = course.notes.iter().filter(|(at, _, _)| lost && *at == position);
            let own = (!hop.fact.is_contributing() && hop.fact.code().is_some()).then_some((&hop.component, &hop.fact));
            // What explains the way stands before what stops it.
            for (component, fact) in notes.map(|(_, component, fact)| (component, fact)).chain(own) {
                let known = blockers.iter_mut().find(|blocker| {
                    blocker.component == *component
                        && blocker.direction == hop.direction
                        && blocker.fact.code() == fact.code()
                        && is_same_place(blocker, hop)
                });
                match known {
                    Some(blocker) => blocker.places.push((*path, position)),
                    None => blockers.push(Blocker {
                        component: component.clone(),
                        fact: fact.clone(),
                        direction: hop.direction,
                        all: false,
                        pointer: hop.pointer.clone(),
                        subnet: hop.subnet.clone(),
                        places: vec![(*path, position)],
                    }),
                }
            }
        }
    }
    for blocker in &mut blockers {
        // Places are in the order of paths, and a path can have several.
        let mut paths: Vec<usize> = blocker.places.iter().map(|(path, _)| *path).collect();
        paths.dedup();
        blocker.all = paths.len() == decisive.len();
    }
    blockers
}

/// Whether a hop decides where a blocker does. A security group belongs to the interface, whatever its subnet (R8.1).
fn is_same_place(blocker: &Blocker, hop: &Hop) -> bool {
    blocker.subnet == hop.subnet || blocker.component.kind == ComponentKind::SecurityGroup
}

/// What forwards or translates delivered traffic on its way there.
fn carriers(courses: &[Course]) -> Vec<Component> {
    let mut carriers: Vec<Component> = Vec::new();
    for course in courses.iter().filter(|course| course.decisive && course.fate == Fate::Delivered) {
        for hop in &course.hops {
            let carries = hop.direction == Direction::Forward
                && matches!(hop.fact.action(), Action::Forwards | Action::Translates);
            if carries && !carriers.contains(&hop.component) {
                carriers.push(hop.component.clone());
            }
        }
    }
    carriers
}

fn assume(
    inquiry: &Inquiry<'_>,
    verdict: Verdict,
    courses: &[Course],
    carriers: &[Component],
    assumptions: &mut SortedSet<Assumption>,
) {
    let to_aws = match &inquiry.ask.destination {
        Destination::Bucket { .. } | Destination::Service(_) => true,
        Destination::Host(_) => {
            courses.iter().any(|course| course.hops.iter().any(|hop| matches!(*hop.fact, Fact::ServiceAnswers { .. })))
        }
        Destination::Address(_) | Destination::Interface { .. } => false,
    };
    if to_aws && inquiry.client.sdk_assumed {
        assumptions.insert(Assumption::Sdk(inquiry.client.sdk));
    }
    // Permissions matter only where the network delivers something.
    let delivers = matches!(verdict, Verdict::Succeeds | Verdict::Intermittent);
    let refuses = matches!(verdict, Verdict::AccessDenied | Verdict::Intermittent);
    if to_aws && delivers && inquiry.requests.iter().all(|request| request.asked.is_none()) {
        assumptions.insert(Assumption::IdentityPolicies);
        if let Destination::Bucket { name, .. } = &inquiry.ask.destination {
            assumptions.insert(Assumption::BucketPolicy(Component::new(ComponentKind::Bucket, name.clone())));
        }
    }
    let network = inquiry.network;
    let by_gateway = carriers.iter().any(|carrier| {
        matches!(carrier.kind, ComponentKind::InternetGateway | ComponentKind::EgressOnlyInternetGateway)
    });
    if by_gateway && network.is_unknown("vpcBlockPublicAccess") {
        assumptions.insert(Assumption::NoBlockPublicAccess);
    }
    let by_name = courses.iter().any(|course| {
        course
            .hops
            .iter()
            .any(|hop| matches!(*hop.fact, Fact::ResolvesPublicly { .. } | Fact::ResolvesToEndpoint { .. }))
    });
    if by_name && inquiry.workload.attached && network.is_unknown("privateHostedZones") {
        assumptions.insert(Assumption::NoPrivateHostedZones);
    }
    if by_name
        && inquiry.workload.attached
        && (network.is_unknown("resolverRules") || network.is_unknown("dnsFirewallRules"))
    {
        assumptions.insert(Assumption::NoResolverRules);
    }
    let is_function = inquiry.is_function();
    if is_function && inquiry.workload.timeout.is_none() {
        assumptions.insert(Assumption::DefaultTimeout(DEFAULT_TIMEOUT));
    }
    for (_, endpoint) in network.vpc_endpoints.iter() {
        let vpc = network.vpcs.get(endpoint.vpc);
        let gateway = endpoint.kind == crate::network::VpcEndpointKind::Gateway;
        if gateway && !vpc.dns_hostnames && carriers.contains(&endpoint.component) {
            assumptions.insert(Assumption::DnsHostnamesFalse(vpc.component.clone()));
        }
    }
    // Connections that idle through a NAT gateway matter only where it carries something (R4.12).
    assumptions.retain(|assumption| match assumption {
        Assumption::IdleConnections(component) => carriers.contains(component),
        Assumption::IdentityPolicies
        | Assumption::BucketPolicy(_)
        | Assumption::EndpointPolicy(_)
        | Assumption::AccessPointPolicy(_)
        | Assumption::ObjectOwner(_)
        | Assumption::ResourcePolicy(_)
        | Assumption::KeyPolicy(_)
        | Assumption::OrganizationPolicies => delivers,
        Assumption::NoOtherGrant(_) => refuses,
        _ => true,
    });
}

fn symptom_of(inquiry: &Inquiry<'_>, verdict: Verdict, courses: &[Course], blockers: &[Blocker]) -> Symptom {
    let decisive = courses.iter().filter(|course| course.decisive && course.fate != Fate::Delivered);
    let decisive: Vec<&Course> = decisive.collect();
    let host = courses
        .iter()
        .filter(|course| course.decisive)
        .flat_map(|course| &course.hops)
        .find_map(|hop| match &*hop.fact {
            Fact::ResolvesPublicly { host, .. }
            | Fact::ResolvesToEndpoint { host, .. }
            | Fact::ResolvesInZone { host, .. }
            | Fact::ZoneHasNoRecord { host, .. }
            | Fact::DnsFirewallBlocks { host, .. } => Some(host.clone()),
            _ => None,
        })
        .or_else(|| inquiry.requests.iter().find_map(|request| request.host.clone()))
        .unwrap_or_else(|| inquiry.ask.to.clone());
    let url = match (&inquiry.ask.destination, inquiry.ask.port) {
        (Destination::Bucket { .. } | Destination::Service(_), Some(443)) | (Destination::Host(_), Some(443)) => {
            format!("https://{host}/")
        }
        (_, Some(port)) => format!("{host}:{port}"),
        (_, None) => host.clone(),
    };
    let addresses = decisive.first().and_then(|course| course.destination.as_ref());
    let address_count = match addresses {
        Some(set) if set.only().is_some() => 1,
        Some(set) if is_vpc_address(inquiry, decisive.first().map_or(Family::Ipv4, |course| course.family), set) => {
            u32::try_from(decisive.len()).unwrap_or(1).max(1)
        }
        Some(_) => ADDRESSES_OF_A_PUBLIC_NAME,
        None => 1,
    };
    // What keeps a DNS server from being reached stands before the name without an answer.
    let mut stops = blockers.iter().map(|blocker| &*blocker.fact).filter(|fact| !fact.is_contributing());
    let first = stops.clone().next();
    let fact = stops.find(|fact| verdict_of(fact) == verdict).or(first);
    symptom(&Outcome {
        verdict,
        is_function: inquiry.is_function(),
        timeout: inquiry.is_function().then(|| inquiry.workload.timeout.unwrap_or(DEFAULT_TIMEOUT)),
        client: inquiry.client,
        host: &host,
        url: &url,
        address_count,
        fact,
        protocol: inquiry.ask.protocol,
        operation: match (inquiry.operation(), &inquiry.ask.destination) {
            (Some(operation), _) => operation,
            (_, Destination::Bucket { .. }) => "GetObject",
            _ => "…",
        },
        at_import_time: false,
    })
}

fn is_vpc_address(inquiry: &Inquiry<'_>, family: Family, set: &RangeSet<u128>) -> bool {
    inquiry.network.vpcs.iter().any(|(_, vpc)| vpc.addresses.of(family).intersects(set))
}
