//! Arrival: the interface that has the address, and who answers.

use crate::address;
use crate::analysis::{Assumption, Fate, Protocol};
use crate::component::{Component, ComponentKind};
use crate::fact::{Fact, FilterDirection, Missing};
use crate::network::{InterfaceId, InterfaceRole, SubnetId, VpcEndpoint};

use super::filter::View;
use super::part::Part;
use super::permissions::Way;
use super::walk::{Exit, Place, Walk};

impl<'a> Walk<'a> {
    pub(super) fn arrives(&mut self, mut part: Part, subnet: SubnetId) {
        let view = Self::forward_view(&part);
        let subnet_name = self.subnet_name(Some(subnet));
        let Some(receiver) = self.receiver(&part) else {
            let number = part.set.destination.first().unwrap_or_default();
            let address = address::address_of(part.set.family, number);
            let component = Component::new(ComponentKind::Address, address.to_string());
            part.add(view, component, Fact::NotKnown(Missing::OwnerOfAddress(address)), None, subnet_name);
            self.finished.push(part);
            return;
        };
        let interface = self.network.interfaces.get(receiver);
        if let Some(state) = &interface.bad_state {
            part.add(view, interface.owner.clone(), Fact::BadState { state: state.clone() }, None, subnet_name.clone());
        }
        let mut next = Vec::new();
        for mut part in self.security_groups(part, receiver, FilterDirection::Ingress) {
            self.received(&mut part, view, receiver, &subnet_name);
            next.push((Place::Reply(Exit::Interface(receiver)), part));
        }
        self.queue(next);
    }

    /// What an interface does with packets for itself, behind its security groups.
    fn received(&mut self, part: &mut Part, view: View, receiver: InterfaceId, subnet: &Option<Component>) {
        let interface = self.network.interfaces.get(receiver);
        let owner = interface.owner.clone();
        match interface.role {
            InterfaceRole::VpcEndpoint(endpoint) => {
                let endpoint = self.network.vpc_endpoints.get(endpoint);
                if endpoint.state != "available" {
                    part.add(
                        view,
                        owner.clone(),
                        Fact::BadState { state: endpoint.state.clone() },
                        None,
                        subnet.clone(),
                    );
                }
                // An endpoint network interface does not answer pings (R6.5).
                if part.set.protocol == Protocol::Icmp {
                    let fact = Fact::ProtocolNotCarried { protocol: "icmp".to_owned(), gateway_endpoint: false };
                    part.add(view, owner.clone(), fact, None, subnet.clone());
                }
                let fact = Fact::InterfaceEndpointForwards { service: endpoint.service.full.clone() };
                part.add(view, owner.clone(), fact, None, subnet.clone());
                self.answered(part, view, Some(endpoint));
            }
            InterfaceRole::Function | InterfaceRole::NatGateway(_) | InterfaceRole::CodeBuildProject => {
                // Nothing is said of connections to interfaces that AWS runs for its own use.
                part.add(view, owner.clone(), Fact::NotKnown(Missing::Component(owner)), None, subnet.clone());
            }
            InterfaceRole::Instance | InterfaceRole::Task | InterfaceRole::Bare => match &interface.listens {
                Some(ports) if part.set.protocol != Protocol::Icmp => {
                    let port = part.set.destination_ports.first().unwrap_or_default();
                    let fact =
                        if ports.contains(port) { Fact::InterfaceAnswers } else { Fact::PortNotListening { port } };
                    part.add(view, owner, fact, None, subnet.clone());
                }
                _ => {
                    part.add(view, owner.clone(), Fact::InterfaceAnswers, None, subnet.clone());
                    if part.set.protocol != Protocol::Icmp {
                        let port = part.set.destination_ports.first().unwrap_or_default();
                        self.assumptions.insert(Assumption::Listening { component: owner, port });
                    }
                }
            },
        }
    }

    /// The far side outside the VPC answers, unless a policy keeps it from that.
    pub(super) fn answered(&mut self, part: &mut Part, view: View, endpoint: Option<&'a VpcEndpoint>) {
        let errand = self.errand;
        if let Some(fact) = errand.answer_through_endpoint.as_ref().filter(|_| endpoint.is_some()) {
            part.add_shared(view, errand.outside.clone(), fact.clone(), None, None);
            return;
        }
        let asked = errand.asked.filter(|_| part.set.protocol == Protocol::Tcp);
        let is_lost = part.lost == Some(Fate::Dropped);
        match (asked, endpoint) {
            (Some(asked), _) => {
                let way = endpoint.map_or(Way::Internet, Way::Endpoint);
                let permissions = asked.decide(&way, Some(&part.set));
                for (component, fact, pointer) in permissions.hops {
                    // What would be said of a request that does not arrive matters where it says no.
                    if !is_lost || matches!(fact, Fact::PolicyDenies(_)) {
                        part.add(view, component, fact, pointer, None);
                    }
                }
                if !is_lost {
                    self.assumptions.extend(permissions.assumptions);
                }
                if permissions.denied {
                    return;
                }
            }
            #[cfg(feature = "permissions")]
            (None, Some(endpoint)) if endpoint.policy.is_some() && !is_lost => {
                let component = endpoint.component.clone();
                part.add(view, component.clone(), Fact::NotKnown(Missing::Operation(component)), None, None);
            }
            (None, _) => {}
        }
        part.add_shared(view, errand.outside.clone(), errand.answer.clone(), None, None);
    }
}
