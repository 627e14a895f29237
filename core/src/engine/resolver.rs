//! Who answers for a name in a VPC: the Amazon resolver, unless the VPC has custom servers.

use crate::analysis::{Fate, Hop};
use crate::component::{Component, ComponentKind};
use crate::fact::Fact;
use crate::network::{InterfaceId, VpcId};

use super::Inquiry;
use super::conclude::Finding;
use super::name::{self, Resolution, Resolver};
use super::request::Request;

impl Inquiry<'_> {
    /// Phase B. None when no resolver answers; the courses of that are then in the finding.
    ///
    /// Several answers stand for what cannot be told of custom DNS servers.
    pub(super) fn ask_resolver(
        &self,
        interface: InterfaceId,
        vpc: VpcId,
        host: &str,
        request: &Request<'_>,
        hops: &mut Vec<Hop>,
        finding: &mut Finding,
    ) -> Option<Vec<Resolution>> {
        let known = self.network.vpcs.get(vpc);
        let bucket_region = request.bucket_region.as_deref();
        let subnet = self.network.interfaces.get(interface).subnet;
        let amazon = name::resolve(self.network, Resolver::Vpc(vpc), host, bucket_region);
        #[cfg(feature = "whole")]
        if known.dhcp_options_missing || !known.dns_servers.is_empty() {
            return self.ask_custom_servers(interface, vpc, (host, bucket_region), amazon, hops, finding);
        }
        if known.dns_support {
            #[cfg(feature = "whole")]
            if self.network.is_unknown(&format!("vpcs/{}/enableDnsHostnames", known.component.name)) {
                let other = name::resolve(self.network, Resolver::VpcWithAttributes(vpc), host, bucket_region);
                return Some(vec![amazon, other]);
            }
            return Some(vec![amazon]);
        }
        let resolver = Component::new(ComponentKind::Resolver, known.component.name.clone());
        hops.push(self.hop(resolver, Fact::DnsSupportDisabled { vpc: known.component.clone() }));
        finding.course(Some(subnet), hops.clone(), Fate::NameNotResolved);
        None
    }
}
