//! Rules and routes as AWS shows them, for decisions and for the diagram alike.

use super::{Network, Peer, RouteDestination, RouteTarget, TrafficMatch};
use crate::component::Component;
use crate::fact::RuleText;

impl TrafficMatch {
    /// Protocol and ports of a rule as AWS shows them.
    pub(crate) fn text(&self, peer: String) -> RuleText {
        let protocol = match self.protocol {
            None => "all".to_owned(),
            Some(1) => "icmp".to_owned(),
            Some(6) => "tcp".to_owned(),
            Some(17) => "udp".to_owned(),
            Some(58) => "icmpv6".to_owned(),
            Some(number) => number.to_string(),
        };
        let ports = match self.ports.ranges() {
            [(first, last)] if first == last => first.to_string(),
            [(first, last)] if (*first, *last) != (0, u16::MAX) => {
                [&first.to_string(), "-", &last.to_string()].concat()
            }
            _ => String::new(),
        };
        RuleText { protocol, ports, peer }
    }
}

impl Network {
    /// The other side of a security group's rule as written.
    pub(crate) fn peer_text(&self, peer: &Peer) -> String {
        match peer {
            Peer::Block(block) => block.to_string(),
            Peer::PrefixList(list) => self.prefix_lists.get(*list).component.name.clone(),
            Peer::SecurityGroup(group) => self.security_groups.get(*group).component.name.clone(),
            #[cfg(feature = "whole")]
            Peer::Missing(name) => name.clone(),
        }
    }

    /// The destination of a route as written.
    pub(crate) fn destination_text(&self, destination: &RouteDestination) -> String {
        match destination {
            RouteDestination::Block(block) => block.to_string(),
            RouteDestination::PrefixList(list) => self.prefix_lists.get(*list).component.name.clone(),
        }
    }

    /// What a route leads to; none for the VPC itself and for a name that the document does not have.
    pub(crate) fn target_component<'a>(&'a self, target: &'a RouteTarget) -> Option<&'a Component> {
        Some(match target {
            RouteTarget::Local => return None,
            #[cfg(feature = "whole")]
            RouteTarget::Missing(_) => return None,
            RouteTarget::InternetGateway(id) => &self.internet_gateways.get(*id).component,
            RouteTarget::EgressOnlyInternetGateway(id) => &self.egress_only_internet_gateways.get(*id).component,
            RouteTarget::NatGateway(id) => &self.nat_gateways.get(*id).component,
            RouteTarget::Interface(id) => &self.interfaces.get(*id).owner,
            RouteTarget::VpcEndpoint(id) => &self.vpc_endpoints.get(*id).component,
            #[cfg(feature = "whole")]
            RouteTarget::Opaque(component) => component,
        })
    }

    /// The target of a route as written.
    pub(crate) fn target_text(&self, target: &RouteTarget) -> String {
        match target {
            RouteTarget::Local => "local".to_owned(),
            #[cfg(feature = "whole")]
            RouteTarget::Missing(name) => name.clone(),
            other => self.target_component(other).map(|component| component.name.clone()).unwrap_or_default(),
        }
    }
}
