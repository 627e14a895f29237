//! What routes lead to.

use super::Resolver;
use super::problems::Spot;
use crate::component::{Component, ComponentKind};
#[cfg(feature = "whole")]
use crate::document::{OpaqueTarget, Section};
use crate::network::RouteTarget;
use crate::problem::{NameRole, ProblemKind};

/// Something that a route can lead to.
pub(super) struct Target<'d> {
    /// See [`mark`]; targets are sorted by it first.
    mark: u64,
    key: &'d str,
    kind: ComponentKind,
    /// None for a resource that was left out, and reported for it.
    target: Option<RouteTarget>,
}

/// AWS's ids tell by their beginning what they are, and so in which section they belong.
const ID_PREFIXES: &[(&str, ComponentKind, &str)] = &[
    ("igw-", ComponentKind::InternetGateway, "internetGateways"),
    ("eigw-", ComponentKind::EgressOnlyInternetGateway, "egressOnlyInternetGateways"),
    ("nat-", ComponentKind::NatGateway, "natGateways"),
    ("i-", ComponentKind::Instance, "instances"),
    ("eni-", ComponentKind::NetworkInterface, "networkInterfaces"),
    ("vpce-", ComponentKind::VpcEndpoint, "vpcEndpoints"),
    ("tgw-", ComponentKind::TransitGateway, "transitGateways"),
    ("pcx-", ComponentKind::VpcPeeringConnection, "vpcPeeringConnections"),
    ("vgw-", ComponentKind::VpnGateway, "vpnGateways"),
    ("cagw-", ComponentKind::CarrierGateway, "carrierGateways"),
    ("lgw-", ComponentKind::LocalGateway, "localGateways"),
    ("arn:", ComponentKind::CoreNetwork, "coreNetworks"),
];

impl<'d> Resolver<'d> {
    /// Gathers everything that a route can lead to: one look-up for each route, not one for each kind.
    pub(super) fn collect_targets(&mut self) {
        let mut targets: Vec<Target<'d>> = Vec::new();
        fn add<'d, I>(
            targets: &mut Vec<Target<'d>>,
            kind: ComponentKind,
            names: impl Iterator<Item = (&'d str, Option<I>)>,
            target: impl Fn(I) -> RouteTarget,
        ) {
            targets.extend(names.map(|(key, id)| Target { mark: mark(key), key, kind, target: id.map(&target) }));
        }
        add(&mut targets, ComponentKind::InternetGateway, self.internet_gateways.iter(), RouteTarget::InternetGateway);
        add(
            &mut targets,
            ComponentKind::EgressOnlyInternetGateway,
            self.egress_only_internet_gateways.iter(),
            RouteTarget::EgressOnlyInternetGateway,
        );
        add(&mut targets, ComponentKind::NatGateway, self.nat_gateways.iter(), RouteTarget::NatGateway);
        add(&mut targets, ComponentKind::Instance, self.instances.iter(), RouteTarget::Interface);
        add(&mut targets, ComponentKind::NetworkInterface, self.network_interfaces.iter(), RouteTarget::Interface);
        add(&mut targets, ComponentKind::VpcEndpoint, self.vpc_endpoints.iter(), RouteTarget::VpcEndpoint);
        #[cfg(feature = "whole")]
        self.opaque_targets(&mut targets);
        crate::sorted::sort_by(&mut targets, |one, other| {
            (one.mark, one.key, one.kind).cmp(&(other.mark, other.key, other.kind))
        });
        self.targets = targets;
    }

    /// Adds what leads out of the VPCs.
    #[cfg(feature = "whole")]
    fn opaque_targets(&self, targets: &mut Vec<Target<'d>>) {
        let document = self.document;
        let opaque: [(ComponentKind, &'d Section<OpaqueTarget>); 6] = [
            (ComponentKind::TransitGateway, &document.transit_gateways),
            (ComponentKind::VpcPeeringConnection, &document.vpc_peering_connections),
            (ComponentKind::VpnGateway, &document.vpn_gateways),
            (ComponentKind::CarrierGateway, &document.carrier_gateways),
            (ComponentKind::LocalGateway, &document.local_gateways),
            (ComponentKind::CoreNetwork, &document.core_networks),
        ];
        for (kind, section) in opaque {
            targets.extend(section.keys().map(|key| {
                let target = RouteTarget::Opaque(Component::new(kind, key));
                Target { mark: mark(key), key, kind, target: Some(target) }
            }));
        }
    }

    /// What a route leads to: the key of anything that can be a target, `kind/key`, or `local`.
    pub(super) fn target(&mut self, text: &str, pointer: Spot<'_>) -> RouteTarget {
        if text == "local" {
            return RouteTarget::Local;
        }
        if text.is_empty() {
            self.problems.report(pointer, || ProblemKind::MissingField { field: "target" });
            return RouteTarget::missing("");
        }
        let mut found = targets_of(&self.targets, text);
        let by_kind;
        if found.is_empty()
            && let Some((word, key)) = text.split_once('/')
        {
            by_kind = targets_of(&self.targets, key).iter().find(|target| target.kind.as_str() == word);
            found = by_kind.map(std::slice::from_ref).unwrap_or_default();
        }
        match found {
            [only] => {
                let target = only.target.clone();
                if only.kind == ComponentKind::Instance {
                    self.check_instance(text, pointer);
                }
                target.unwrap_or_else(|| RouteTarget::missing(text))
            }
            [] => {
                self.missing_target(text, pointer);
                RouteTarget::missing(text)
            }
            several => {
                let kind = || ProblemKind::AmbiguousName {
                    name: text.to_owned(),
                    candidates: several.iter().map(|target| Component::new(target.kind, target.key)).collect(),
                };
                self.problems.report(pointer, kind);
                RouteTarget::missing(text)
            }
        }
    }

    fn missing_target(&mut self, text: &str, pointer: Spot<'_>) {
        let is_meant = |(prefix, kind, _): &&(&str, ComponentKind, &str)| {
            text.starts_with(prefix) || text.split_once('/').is_some_and(|(word, _)| word == kind.as_str())
        };
        let mut names = self.targets.iter().map(|target| target.key);
        if let Some((_, _, section)) = ID_PREFIXES.iter().find(is_meant) {
            self.problems.dangling(section, text, &mut names, pointer);
        } else {
            let sections: Vec<&str> = ID_PREFIXES.iter().map(|(_, _, section)| *section).collect();
            self.problems.unknown_name(NameRole::RouteTarget, &sections, text, &mut names, pointer);
        }
    }

    /// Reports an instance with several interfaces as a target (R2.20).
    fn check_instance(&mut self, text: &str, pointer: Spot<'_>) {
        let key = text.strip_prefix("instance/").unwrap_or(text);
        let Some(declared) = self.document.instances.get(key) else { return };
        if declared.network_interfaces.len() + usize::from(declared.subnet.is_some()) > 1 {
            let kind = || ProblemKind::InstanceWithSeveralInterfaces { instance: key.to_owned() };
            self.problems.report(pointer, kind);
        }
    }
}

/// The last eight bytes of a key as a number. Keys such as AWS's ids begin alike and end apart, so that one comparison
/// of numbers does for each step of a search what would otherwise take a comparison of texts.
fn mark(key: &str) -> u64 {
    let bytes = key.as_bytes();
    match bytes.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => bytes.iter().fold(0, |mark, byte| mark << 8 | u64::from(*byte)),
    }
}

/// Everything of that key.
fn targets_of<'t, 'd>(targets: &'t [Target<'d>], key: &str) -> &'t [Target<'d>] {
    let mark = mark(key);
    let first = targets.partition_point(|target| target.mark < mark);
    let rest = targets.get(first..).unwrap_or_default();
    let first = rest.iter().take_while(|target| target.mark == mark && target.key < key).count();
    let rest = rest.get(first..).unwrap_or_default();
    let count = rest.iter().take_while(|target| target.mark == mark && target.key == key).count();
    rest.get(..count).unwrap_or_default()
}
