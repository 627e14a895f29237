//! Regional NAT gateways, which are in no subnet (R4.16 to R4.19).

use crate::analysis::Assumption;
use crate::component::Component;
use crate::fact::{Fact, Missing};
use crate::network::{InterfaceRole, NatGatewayId, PublicAddress, RouteTableId};
use crate::query::Family;
use crate::range_set::RangeSet;

use super::connections::End;
use super::filter::EPHEMERAL_PORTS;
use super::part::Part;
use super::walk::{Place, Walk};

impl Walk<'_> {
    pub(super) fn regional_nat_gateway(
        &mut self,
        mut part: Part,
        gateway: NatGatewayId,
        availability_zones: &[String],
        route_table: Option<RouteTableId>,
    ) {
        let network = self.network;
        let known = network.nat_gateways.get(gateway);
        let component = known.component.clone();
        let view = Self::forward_view(&part);
        let zone = part
            .set
            .last_end()
            .and_then(|end| end.subnet)
            .map(|subnet| network.subnets.get(subnet).availability_zone.clone())
            .unwrap_or_default();
        if availability_zones.is_empty() {
            self.assumptions.insert(Assumption::RegionalNatGatewayCrossesZones(component.clone()));
        } else if !availability_zones.contains(&zone) {
            part.add(view, component.clone(), Fact::ZoneNotServed { availability_zone: zone }, None, None);
        }
        // AWS gives a regional NAT gateway its public addresses by itself in automatic mode (R4.18).
        let automatic = if known.is_private { PublicAddress::None } else { PublicAddress::Assigned };
        let public_address = known.elastic_ips.first().copied().unwrap_or(automatic);
        let end = End {
            family: Family::Ipv4,
            addresses: network.vpcs.get(known.vpc).addresses.ipv4.clone(),
            ports: RangeSet::range(EPHEMERAL_PORTS.0, EPHEMERAL_PORTS.1),
            interface: None,
            subnet: None,
            public_address,
            role: InterfaceRole::NatGateway(gateway),
            owner: component.clone(),
        };
        self.translate(&mut part, view, component.clone(), public_address.known(), end, None);
        part.at = None;
        match route_table {
            Some(table) => self.queue(vec![(Place::Routed(table, None), part)]),
            None => self.regional_default(part, component),
        }
    }

    /// AWS gives a regional NAT gateway a table with a route to the VPC's internet gateway (R4.16).
    fn regional_default(&mut self, mut part: Part, component: Component) {
        let view = Self::forward_view(&part);
        let inside = self.network.vpcs.get(self.errand.vpc).addresses.of(part.set.family);
        if part.set.destination.intersects(inside) {
            let fact = Fact::NotKnown(Missing::Component(component.clone()));
            part.add(view, component, fact, None, None);
            self.finished.push(part);
            return;
        }
        let gateway = self.network.internet_gateways.iter().find(|(_, gateway)| gateway.vpc == Some(self.errand.vpc));
        match gateway {
            Some((gateway, _)) => self.queue(vec![(Place::InternetGateway(gateway), part)]),
            None => {
                let fact = if self.network.is_unknown("internetGateways") {
                    Fact::NotKnown(Missing::Section("internetGateways"))
                } else {
                    Fact::NoRoute
                };
                part.add(view, component, fact, None, None);
                self.finished.push(part);
            }
        }
    }
}
