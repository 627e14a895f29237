//! Components of which something that matters is not known: `section/name` among the unknown sections.
//!
//! A template whose parameter has no value gives such components. What they decide cannot be told; what is lost before
//! it comes to them stays lost.

#[cfg(feature = "whole")]
use crate::analysis::Fate;
use crate::component::Component;
#[cfg(feature = "whole")]
use crate::component::ComponentKind;
#[cfg(feature = "whole")]
use crate::fact::{Action, Fact, Missing};
#[cfg(feature = "whole")]
use crate::network::VpcEndpointKind;
use crate::network::{Network, VpcId};

use super::conclude::Course;

/// Without the feature `whole`, everything is known: a document that leaves something open is not read.
#[cfg(not(feature = "whole"))]
#[inline]
pub(super) fn admit(_: &Network, _: Option<VpcId>, _: bool, _: &mut [Course]) {}

/// Turns every course that such a component decides into one that cannot be told.
#[cfg(feature = "whole")]
pub(super) fn admit(network: &Network, vpc: Option<VpcId>, asks_aws: bool, courses: &mut [Course]) {
    if network.unknown_sections.iter().all(|section| !section.contains('/')) {
        return;
    }
    let endpoint = network.vpc_endpoints.iter().find(|(_, endpoint)| {
        Some(endpoint.vpc) == vpc
            && (asks_aws || endpoint.kind == VpcEndpointKind::Gateway)
            && network.is_uncertain(&endpoint.component)
    });
    let endpoint = endpoint.map(|(_, endpoint)| endpoint.component.clone());
    for course in courses {
        let of_subnet = course.subnet.and_then(|subnet| {
            let subnet = network.subnets.get(subnet);
            let vpc = &network.vpcs.get(subnet.vpc).component;
            [&subnet.component, vpc].into_iter().find(|component| network.is_uncertain(component)).cloned()
        });
        let until_lost = course.hops.iter().scan(false, |is_lost, hop| {
            let goes_on = !*is_lost;
            *is_lost |= hop.fact.action() == Action::Drops;
            goes_on.then_some(hop)
        });
        let mut on_the_way = until_lost.flat_map(|hop| std::iter::once(&hop.component).chain(&hop.subnet));
        let by_hop = on_the_way.find(|component| network.is_uncertain(component)).cloned();
        if let Some(component) = of_subnet.or(by_hop).or_else(|| endpoint.clone()) {
            course.push(component.clone(), Fact::NotKnown(Missing::Component(component)), Fate::NotKnown);
        }
    }
}

impl Network {
    /// Without the feature `whole`, everything is known.
    #[cfg(not(feature = "whole"))]
    pub(crate) fn is_uncertain(&self, _: &Component) -> bool {
        false
    }

    /// Whether something that matters about the component is not known.
    #[cfg(feature = "whole")]
    pub(crate) fn is_uncertain(&self, component: &Component) -> bool {
        let section = match component.kind {
            ComponentKind::DhcpOptions => "dhcpOptions",
            kind => kind.as_str(),
        };
        let section = section.trim_end_matches('s');
        let is_unknown = |of: &str| {
            let name = [section, of, component.name.as_str()].concat();
            self.unknown_sections.binary_search(&name).is_ok()
        };
        !self.unknown_sections.is_empty() && (is_unknown("s/") || is_unknown("/"))
    }
}
