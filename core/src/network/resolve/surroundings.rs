//! What lies around the VPCs: buckets, hosts, private zones, VPC Block Public Access.

use super::Resolver;
use super::problems::Place;
use crate::address::Addresses;
use crate::component::{Component, ComponentKind};
#[cfg(feature = "whole")]
use crate::document::VpcBlockPublicAccessExclusion;
use crate::document::words;
#[cfg(feature = "whole")]
use crate::network::ExclusionMode;
use crate::network::{BlockMode, BlockPublicAccess, Bucket, InternetHost};
#[cfg(feature = "whole")]
use crate::problem::ProblemKind;

impl Resolver<'_> {
    pub(super) fn surroundings(&mut self) {
        self.buckets();
        #[cfg(feature = "permissions")]
        self.access_points();
        self.internet_hosts();
        #[cfg(feature = "whole")]
        self.private_hosted_zones();
        self.block_public_access();
    }

    fn buckets(&mut self) {
        for (key, declared) in &self.document.buckets {
            let place = Place::new("buckets", key);
            let region = match &declared.region {
                Some(region) => self.region(region, place.field("region")),
                None => self.network.region.clone(),
            };
            #[cfg(feature = "permissions")]
            let permissions = self.permissions_of_bucket(place, declared);
            self.network.buckets.push(Bucket {
                component: Component::new(ComponentKind::Bucket, key),
                bucket_name: declared.bucket_name.clone().unwrap_or_else(|| key.clone()),
                region,
                #[cfg(feature = "permissions")]
                permissions,
            });
        }
    }

    fn internet_hosts(&mut self) {
        for (key, declared) in &self.document.internet_hosts {
            let place = Place::new("internetHosts", key);
            let mut blocks = Vec::with_capacity(declared.addresses.len());
            for (position, text) in declared.addresses.iter().enumerate() {
                let pointer = place.item("addresses", position);
                if text.contains('/') {
                    blocks.extend(self.problems.block(text, None, pointer));
                } else {
                    blocks.extend(self.problems.address(text, None, pointer).map(ipnet::IpNet::from));
                }
            }
            let listens = self.problems.listens(declared.listens.as_deref(), place);
            let host = if declared.host.is_empty() { key } else { &declared.host };
            self.network.internet_hosts.push(InternetHost {
                component: Component::new(ComponentKind::InternetHost, key),
                host: domain_name(host),
                addresses: Addresses::of_blocks(&blocks),
                listens,
            });
        }
    }

    /// What VPC Block Public Access leaves alone (R3.14).
    #[cfg(feature = "whole")]
    fn exclusions(&mut self, declared: &[VpcBlockPublicAccessExclusion], block: &mut BlockPublicAccess) {
        for (position, exclusion) in declared.iter().enumerate() {
            let pointer = Place::new("vpcBlockPublicAccess", "exclusions").pointer().entry(position);
            let text = &exclusion.internet_gateway_exclusion_mode;
            let field = "internetGatewayExclusionMode";
            let word = self.problems.word(text, words::EXCLUSION_MODES, pointer.at(field));
            let is_effective = match &exclusion.state {
                None => true,
                Some(text) => {
                    let word = self.problems.word(text, words::EXCLUSION_STATES, pointer.at("state"));
                    matches!(word, Some("create-complete" | "update-complete"))
                }
            };
            let Some(word) = word.filter(|_| is_effective) else { continue };
            let mode = if word == "allow-egress" { ExclusionMode::Egress } else { ExclusionMode::Bidirectional };
            if let Some(name) = &exclusion.vpc {
                let found = self.problems.find(&self.vpcs, ComponentKind::Vpc, "vpcs", name, pointer.at("vpc"));
                block.excluded_vpcs.extend(found.map(|id| (id, mode)));
            }
            if let Some(name) = &exclusion.subnet {
                let (kind, section) = (ComponentKind::Subnet, "subnets");
                let found = self.problems.find(&self.subnets, kind, section, name, pointer.at("subnet"));
                block.excluded_subnets.extend(found.map(|id| (id, mode)));
            }
            if exclusion.vpc.is_none() && exclusion.subnet.is_none() {
                self.problems.report(pointer.at("subnet"), || ProblemKind::MissingField { field: "subnet" });
            }
        }
    }

    fn block_public_access(&mut self) {
        let Some(declared) = &self.document.vpc_block_public_access else { return };
        let place = |field| Place::new("vpcBlockPublicAccess", field);
        let mode = match &declared.internet_gateway_block_mode {
            None => BlockMode::Off,
            Some(text) => {
                match self.problems.word(text, words::BLOCK_MODES, place("internetGatewayBlockMode").pointer()) {
                    Some("off") => BlockMode::Off,
                    Some("block-ingress") => BlockMode::Ingress,
                    // A word that nobody knows is not taken for one that lets traffic pass.
                    _ => BlockMode::Bidirectional,
                }
            }
        };
        #[cfg_attr(not(feature = "whole"), expect(unused_mut, reason = "nothing is excluded"))]
        let mut block = BlockPublicAccess { mode, ..BlockPublicAccess::default() };
        #[cfg(feature = "whole")]
        self.exclusions(&declared.exclusions, &mut block);
        self.network.block_public_access = block;
    }
}

/// A domain name as it is compared: lower case, without final dot.
pub(super) fn domain_name(text: &str) -> String {
    text.trim().trim_end_matches('.').to_ascii_lowercase()
}
