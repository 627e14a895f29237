//! The doors of a VPC: internet gateways, egress-only internet gateways, gateway endpoints.

use crate::analysis::{Assumption, Protocol};
use crate::fact::Fact;
use crate::network::{EgressOnlyInternetGatewayId, InternetGatewayId, VpcEndpointId};

use super::connections::ConnectionSet;
use super::filter::Decision;
use super::internet_gateway;
use super::part::Part;
use super::walk::{Exit, Place, Walk};

impl Walk<'_> {
    pub(super) fn internet_gateway(&mut self, part: Part, gateway: InternetGatewayId) {
        let known = self.network.internet_gateways.get(gateway);
        let decided = internet_gateway::decide(self.network, self.errand.vpc, part.at, known, part.set.clone());
        self.outside(part, decided, Exit::InternetGateway(gateway));
    }

    pub(super) fn egress_only_internet_gateway(&mut self, part: Part, gateway: EgressOnlyInternetGatewayId) {
        let known = self.network.egress_only_internet_gateways.get(gateway);
        let decided =
            internet_gateway::decide_egress_only(self.network, self.errand.vpc, part.at, known, part.set.clone());
        self.outside(part, decided, Exit::EgressOnlyInternetGateway);
    }

    fn outside(&mut self, part: Part, decided: Vec<(ConnectionSet, Vec<Decision>)>, exit: Exit) {
        let mut next = Vec::new();
        for (mut part, decisions) in part.spread(decided) {
            let view = Self::forward_view(&part);
            for decision in decisions {
                if let Fact::InternetGatewayForwards { fragile: true, .. } = decision.fact
                    && let Some(end) = part.set.last_end()
                {
                    self.assumptions.insert(Assumption::FragileElasticIp(end.owner.clone()));
                }
                part.add(view, decision.component, decision.fact, decision.pointer, None);
            }
            self.answered(&mut part, view, None);
            next.push((Place::Reply(exit), part));
        }
        self.queue(next);
    }

    pub(super) fn gateway_endpoint(&mut self, mut part: Part, endpoint: VpcEndpointId) {
        let known = self.network.vpc_endpoints.get(endpoint);
        let component = known.component.clone();
        let view = Self::forward_view(&part);
        if known.state != "available" {
            part.add(view, component.clone(), Fact::BadState { state: known.state.clone() }, None, None);
        }
        if part.set.protocol == Protocol::Udp {
            let fact = Fact::ProtocolNotCarried { protocol: "udp".to_owned(), gateway_endpoint: true };
            part.add(view, component.clone(), fact, None, None);
        }
        let fact = Fact::GatewayEndpointForwards { service: known.service.full.clone() };
        part.add(view, component.clone(), fact, None, None);
        self.answered(&mut part, view, Some(known));
        self.queue(vec![(Place::Reply(Exit::GatewayEndpoint), part)]);
    }
}
