//! Decides what becomes of the traffic that a question asks about.
//!
//! Phases (R0.1 to R0.6): does the workload start, what does the name resolve to, where do the packets go, do the
//! replies return, what does the service answer. Traffic is a set of connections; each component splits the set
//! into disjoint parts that together make the whole, so that an answer covers every packet.

#[cfg(feature = "permissions")]
mod access_points;
mod ask;
mod assigned;
mod budget;
mod conclude;
mod connections;
#[cfg(feature = "whole")]
mod custom_dns;
#[cfg(feature = "whole")]
mod dns_rules;
mod doubt;
mod filter;
mod gateway;
pub(crate) mod host;
mod internet_gateway;
mod merge;
mod name;
#[cfg(feature = "permissions")]
mod named_by_host;
mod nat;
mod network_acl;
#[cfg(feature = "permissions")]
mod operations;
mod outside;
mod part;
#[cfg(feature = "permissions")]
pub(crate) mod permissions;
#[cfg(not(feature = "permissions"))]
#[path = "assumed.rs"]
mod permissions;
mod reach;
mod receive;
#[cfg(feature = "whole")]
mod regional_nat;
mod reply;
mod request;
mod resolver;
mod route_table;
mod routing;
mod security_group;
#[cfg(all(test, feature = "yaml"))]
mod tests;
mod walk;

use std::sync::Arc;

use crate::analysis::{Analysis, Assumption, Direction, Fate, Hop};
use crate::client::{ResolvedClient, resolve_client};
use crate::component::{Component, ComponentKind};
use crate::fact::{Fact, Missing};
use crate::network::{InterfaceId, InterfaceRole, Network, NotStarted, SubnetId, VpcId, Workload};
use crate::query::{Family, Query};

use ask::{Ask, Destination};
use budget::Budget;
use conclude::{Course, Finding};
use name::{Resolution, Target};
use request::Request;

/// Answers one question. Never fails and never panics: what cannot be told is `undetermined`, with the reason.
pub fn analyze(network: &Network, query: &Query) -> Analysis {
    analyze_within(network, query, &Budget::new())
}

fn analyze_within(network: &Network, query: &Query, budget: &Budget) -> Analysis {
    let ask = match ask::ask(network, query) {
        Ok(ask) => ask,
        Err(problems) => return conclude::nonsense(query, problems),
    };
    let workload = network.workloads.get(ask.workload);
    let client = resolve_client(workload, query.client.as_ref(), &network.region);
    let mut inquiry = Inquiry { network, query, ask: &ask, workload, client: &client, requests: Vec::new(), budget };
    inquiry.requests = inquiry.make_requests();
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
    /// The requests that the client makes one after the other.
    requests: Vec<Request<'a>>,
    budget: &'a Budget,
}

impl Inquiry<'_> {
    fn answer(&self, finding: &mut Finding) {
        let role = self.role();
        if let Some(fact) = self.not_started() {
            finding.course(None, vec![self.hop(self.workload.component.clone(), fact)], Fate::NeverStarts);
            return;
        }
        #[cfg(feature = "permissions")]
        if let Some((component, fact, pointer)) = permissions::cannot_make_interfaces(self.network, self.workload) {
            finding.course(None, vec![Hop { pointer, ..self.hop(component, fact) }], Fate::NeverStarts);
            return;
        }
        #[cfg(feature = "whole")]
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
            if self.budget.is_used_up() {
                let component = self.workload.component.clone();
                finding.course(None, vec![self.hop(component, Fact::NotKnown(Missing::TooManyParts))], Fate::NotKnown);
                break;
            }
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
        self.hop_of(component, Arc::new(fact))
    }

    fn hop_of(&self, component: Component, fact: Arc<Fact>) -> Hop {
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

    fn leave_from(&self, interface: InterfaceId, role: InterfaceRole, finding: &mut Finding) {
        let subnet = self.network.interfaces.get(interface).subnet;
        let start = self.hop(self.workload.component.clone(), Fact::Starts { role });
        let lead = vec![start];
        for (attempt, request) in self.requests.iter().enumerate() {
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
        request: &Request<'_>,
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
        #[cfg(feature = "whole")]
        if let Some(other) = outcomes.next() {
            self.compare_answers(vpc, request, &other, &mut courses);
        }
        // What the source did not cover could capture the name of an AWS service (R6.9).
        if self.network.is_unknown("vpcEndpoints")
            && request.host.as_deref().is_some_and(|host| host::aws_host(host, None).is_some())
        {
            for course in courses.iter_mut().filter(|course| course.decisive) {
                course.not_known(Missing::Section("vpcEndpoints"));
            }
        }
        let redirected = matches!(*request.answer, Fact::RedirectsToRegion { followed: true, .. });
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
            fact: Arc::new(Fact::NoNameNeeded),
            notes: Vec::new(),
            targets,
            service: None,
            one_of_many: false,
            captured_by: None,
            assumptions: Vec::new(),
        }
    }
}
