//! A function in no VPC.

use crate::analysis::{Fate, Hop, Protocol};
use crate::fact::{Action, Fact, Missing};
use crate::query::Family;
use crate::range_set::RangeSet;

use super::Inquiry;
use super::ask::Destination;
use super::conclude::{Course, Finding};
use super::name::{self, Resolver, Target};
use super::permissions::Way;

impl Inquiry<'_> {
    /// A function in no VPC uses Lambda's own network: the Internet and every AWS service, nothing private (R7.1).
    pub(super) fn leave_from_outside(&self, finding: &mut Finding) {
        for (attempt, request) in self.requests.iter().enumerate() {
            let mut hops = vec![self.hop(self.workload.component.clone(), Fact::StartsOutsideVpc)];
            let mut fate = Fate::Delivered;
            let is_tcp = self.ask.protocol == Protocol::Tcp;
            let targets = match (&request.host, &self.ask.destination) {
                (Some(host), _) => {
                    let answer = name::resolve(self.network, Resolver::Public, host, request.bucket_region.as_deref());
                    hops.push(self.hop_of(answer.component, answer.fact));
                    finding.assumptions.extend(answer.assumptions);
                    answer.targets
                }
                (None, Destination::Address(address)) => vec![name::target_of(*address)],
                (None, _) => Vec::new(),
            };
            let is_interface = matches!(self.ask.destination, Destination::Interface { .. });
            let is_private =
                |target: &Target| target.receiver.is_some() || target.addresses.is_subset(&self.private(target.family));
            let is_in_part = |target: &Target| target.addresses.intersects(&self.private(target.family));
            let only_ipv6 = !targets.is_empty() && targets.iter().all(|target| target.family == Family::Ipv6);
            if is_interface || targets.iter().any(is_private) {
                hops.push(self.hop(request.outside.clone(), Fact::NotInVpc));
                fate = Fate::Dropped;
            } else if let Some(host) = request.host.as_ref().filter(|_| targets.iter().any(is_in_part)) {
                // A VPC can have public addresses for its own, and the host is on either side of it.
                let fact = Fact::NotKnown(Missing::AddressesOfHost(host.to_string()));
                hops.push(self.hop(request.outside.clone(), fact));
                fate = Fate::NotKnown;
            } else if only_ipv6 {
                // Lambda's own network is not said to carry IPv6.
                let fact = Fact::NotKnown(Missing::ClientOption("prefers"));
                hops.push(self.hop(request.outside.clone(), fact));
                fate = Fate::NotKnown;
            } else {
                fate = match &*request.answer {
                    Fact::PortNotListening { .. } => Fate::Refused,
                    Fact::RedirectsToRegion { followed: false, .. } => Fate::Redirected,
                    Fact::ListNotSupported => Fate::AccessDenied,
                    Fact::NotKnown(_) => Fate::NotKnown,
                    _ => fate,
                };
                let mut answers = true;
                if let Some(asked) = request.asked.as_ref().filter(|_| fate == Fate::Delivered && is_tcp) {
                    let permissions = asked.decide(&Way::Lambda, None);
                    finding.assumptions.extend(permissions.assumptions);
                    for (component, fact, pointer) in permissions.hops {
                        if fact.action() == Action::Unknown {
                            fate = Fate::NotKnown;
                        }
                        hops.push(Hop { pointer, ..self.hop(component, fact) });
                    }
                    if permissions.denied {
                        fate = Fate::AccessDenied;
                        answers = false;
                    }
                }
                if answers {
                    hops.push(self.hop_of(request.outside.clone(), request.answer.clone()));
                }
            }
            let mut course = Course::new(None, hops, fate);
            course.attempt = u32::try_from(attempt).unwrap_or(u32::MAX);
            course.decisive = attempt > 0
                || !matches!(
                    self.requests.first().map(|first| &*first.answer),
                    Some(Fact::RedirectsToRegion { followed: true, .. })
                );
            finding.courses.push(course);
        }
    }

    /// Addresses that Lambda's own network does not lead to: those that are never public, and those of the VPCs.
    fn private(&self, family: Family) -> RangeSet<u128> {
        let special = match family {
            Family::Ipv4 => RangeSet::from_ranges([
                (0x0A00_0000, 0x0AFF_FFFF),
                (0xAC10_0000, 0xAC1F_FFFF),
                (0xC0A8_0000, 0xC0A8_FFFF),
                (0x6440_0000, 0x647F_FFFF),
            ]),
            Family::Ipv6 => RangeSet::range(0xFC00_u128 << 112, (0xFE00_u128 << 112) - 1),
        };
        self.network.vpcs.iter().fold(special, |all, (_, vpc)| all.union(vpc.addresses.of(family)))
    }
}
