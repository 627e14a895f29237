//! Internet gateways and egress-only internet gateways.

use super::Resolver;
use super::problems::Place;
use crate::component::{Component, ComponentKind};
use crate::network::{Index, InternetGateway, VpcId};
use crate::problem::ProblemKind;

impl<'d> Resolver<'d> {
    pub(super) fn gateways(&mut self) {
        let mut attached: Vec<Option<&str>> = vec![None; self.network.vpcs.len()];
        for (key, declared) in &self.document.internet_gateways {
            let place = Place::new("internetGateways", key);
            let vpc = self.attachment(place, declared.vpc.as_deref(), declared.attached);
            match vpc.and_then(|vpc| attached.get_mut(vpc.position())) {
                Some(first @ None) => *first = Some(key),
                Some(Some(first)) => {
                    let kind = || ProblemKind::SecondInternetGateway {
                        first: (*first).to_owned(),
                        vpc: vpc.map(|vpc| self.network.vpc_name(vpc)).unwrap_or_default(),
                    };
                    self.problems.report(place.pointer(), kind);
                }
                None => {}
            }
            let component = Component::new(ComponentKind::InternetGateway, key);
            let id = self.network.internet_gateways.push(InternetGateway { component, vpc, route_table: None });
            self.internet_gateways.push(key, Some(id));
        }
        for (key, declared) in &self.document.egress_only_internet_gateways {
            let place = Place::new("egressOnlyInternetGateways", key);
            let vpc = self.attachment(place, declared.vpc.as_deref(), declared.attached);
            let component = Component::new(ComponentKind::EgressOnlyInternetGateway, key);
            let gateway = InternetGateway { component, vpc, route_table: None };
            let id = self.network.egress_only_internet_gateways.push(gateway);
            self.egress_only_internet_gateways.push(key, Some(id));
        }
    }

    /// The VPC that a gateway is attached to (R3.1).
    fn attachment(&mut self, place: Place<'d>, vpc: Option<&str>, attached: Option<bool>) -> Option<VpcId> {
        if attached == Some(false) { None } else { self.vpc_of(place, vpc, None) }
    }
}
