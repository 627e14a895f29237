//! Phase B where a DHCP option set has DNS servers of its own (R1.11).

use std::sync::Arc;

use std::net::IpAddr;

use crate::address;
use crate::analysis::{Assumption, Fate, Hop, Protocol};
use crate::component::{Component, ComponentKind};
use crate::fact::{Fact, Missing};
use crate::network::{InterfaceId, SubnetId, VpcId};
use crate::range_set::RangeSet;
use crate::sorted::SortedSet;

use super::Inquiry;
use super::conclude::{Course, Finding};
use super::connections::ConnectionSet;
use super::name::{self, Resolution, Resolver};
use super::part::Part;
use super::request::Request;
use super::walk::{self, Errand};

/// Port of DNS.
const DNS_PORT: u16 = 53;

impl Inquiry<'_> {
    /// The answers of a DHCP option set's own servers, which are destinations like others (R1.11).
    pub(super) fn ask_custom_servers(
        &self,
        interface: InterfaceId,
        vpc: VpcId,
        (host, bucket_region): (&str, Option<&str>),
        amazon: Resolution,
        hops: &mut Vec<Hop>,
        finding: &mut Finding,
    ) -> Option<Vec<Resolution>> {
        let known = self.network.vpcs.get(vpc);
        let subnet = self.network.interfaces.get(interface).subnet;
        if let Some(options) = known.dhcp_options.as_ref().filter(|_| known.dhcp_options_missing) {
            hops.push(self.hop(options.clone(), Fact::NotKnown(Missing::Resource(options.name.clone()))));
            finding.course(Some(subnet), hops.clone(), Fate::NotKnown);
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
                    let unknown = part.hops.iter().find(|hop| matches!(*hop.fact, Fact::NotKnown(_)));
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

    /// Custom DNS servers may or may not know the VPC's private zones, and unknown attributes may or may not let them
    /// act: where another answer leads to other ends, it cannot be told.
    pub(super) fn compare_answers(&self, vpc: VpcId, request: &Request<'_>, other: &[Course], courses: &mut [Course]) {
        let fates = |courses: &[Course]| -> SortedSet<Fate> {
            courses.iter().filter(|course| course.decisive).map(|course| course.fate).collect()
        };
        let Some(host) = request.host.as_ref().filter(|_| fates(other) != fates(courses)) else { return };
        let custom = !self.network.vpcs.get(vpc).dns_servers.is_empty();
        let missing = if custom { Missing::DnsAnswer(host.clone()) } else { Missing::Section("enableDnsHostnames") };
        for course in courses.iter_mut().filter(|course| course.decisive) {
            course.not_known(missing.clone());
        }
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
            answer: Arc::new(Fact::InternetAnswers { host: server.to_string() }),
            answer_through_endpoint: None,
            asked: None,
        };
        let set = ConnectionSet {
            family,
            protocol: Protocol::Udp,
            destination: RangeSet::single(address::number_of(server)),
            destination_ports: RangeSet::single(DNS_PORT),
            ends: vec![walk::end_of(self.network, interface, family)],
        };
        let (parts, assumptions) =
            walk::walk(self.network, self.budget, &errand, vec![Part::new(set, None, lead.to_vec())]);
        finding.assumptions.extend(assumptions);
        parts
    }
}
