//! From what a name resolves to, to what becomes of every part of the traffic: phases C to E.

use crate::analysis::{Fate, Hop};
use crate::component::Component;
use crate::fact::{Fact, Missing};
use crate::network::{InterfaceId, SubnetId, VpcId};
use crate::query::Family;
use crate::range_set::RangeSet;

use super::Inquiry;
use super::conclude::{Course, Finding};
use super::connections::ConnectionSet;
use super::name::{Resolution, Target};
use super::part::Part;
use super::request::Request;
use super::walk::{self, Errand};

impl Inquiry<'_> {
    /// Phases C to E for one answer of the resolver.
    #[expect(clippy::too_many_arguments, reason = "one request is what all of these together describe")]
    pub(super) fn reach(
        &self,
        interface: InterfaceId,
        vpc: VpcId,
        lead: &[Hop],
        request: &Request<'_>,
        resolution: &Resolution,
        attempt: u32,
        finding: &mut Finding,
    ) -> Vec<Course> {
        let subnet = self.network.interfaces.get(interface).subnet;
        let mut hops = lead.to_vec();
        let note_position = hops.len();
        hops.push(self.hop_of(resolution.component.clone(), resolution.fact.clone()));
        #[cfg(feature = "whole")]
        if let Some(hop) = hops.last_mut() {
            hop.pointer = super::dns_rules::pointer(&resolution.component.name, &resolution.fact);
        }
        finding.assumptions.extend(resolution.assumptions.iter().cloned());
        let one_course = |hops: Vec<Hop>, fate: Fate| {
            let mut course = Course::new(Some(subnet), hops, fate);
            course.attempt = attempt;
            vec![course]
        };
        let resolution = &self.with_dns64(subnet, interface, request, resolution);
        if resolution.targets.is_empty() {
            let fate = match *resolution.fact {
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
        request: &Request<'_>,
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
        request: &Request<'_>,
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
            asked: request.asked.as_ref(),
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
        let (parts, assumptions) = walk::walk(self.network, self.budget, &errand, parts);
        finding.assumptions.extend(assumptions);
        let whole: Vec<&Target> = resolution.targets.iter().filter(|target| target.family == family).collect();
        parts
            .into_iter()
            .map(|part| {
                let subnet = self.network.interfaces.get(interface).subnet;
                let mut course = Course::of_part(Some(subnet), part, attempt);
                if let Some(endpoint) = resolution.captured_by.as_ref().filter(|_| course.fate == Fate::Delivered) {
                    self.captured(&mut course, request, endpoint);
                }
                course.one_of_many = resolution.one_of_many
                    && whole.iter().all(|target| Some(&target.addresses) != course.destination.as_ref());
                course
            })
            .collect()
    }

    /// An `execute-api` endpoint answers for its private APIs, and refuses public ones (R15.3).
    fn captured(&self, course: &mut Course, request: &Request<'_>, endpoint: &Component) {
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
