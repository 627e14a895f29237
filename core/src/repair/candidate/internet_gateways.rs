//! Internet gateways for what has a public address, and egress-only ones for IPv6.

use std::net::IpAddr;

use super::draft::{added, set};
use super::ground::{Errand, Ground};
use crate::address;
use crate::component::{Component, ComponentKind};
use crate::edit::{EVERYTHING_IPV4, EVERYTHING_IPV6, EditStep, Scene, Value};
use crate::query::Family;
use crate::repair::plan::{CureKind, Plan};
use crate::repair::state;

/// A block for documentation (RFC 3849), in the place of the one that AWS gives.
const EXAMPLE_BLOCK: &str = "2001:db8:1234:1a00::/56";

pub(super) fn plans(ground: &Ground<'_>) -> Vec<Plan> {
    if ground.errand == Errand::Private || ground.vpc.is_none() {
        return Vec::new();
    }
    let mut plans: Vec<Plan> = Vec::new();
    plans.extend(route(ground));
    plans.extend(egress_only(ground));
    plans
}

/// The default route to the internet gateway that is attached, or to a new one, for what can have a public address.
fn route(ground: &Ground<'_>) -> Option<Plan> {
    // A function's interface never has a public address, so that the route would be no use (R3.3).
    if !matches!(ground.from().kind, ComponentKind::Instance | ComponentKind::NetworkInterface | ComponentKind::Task) {
        return None;
    }
    let (_, vpc) = ground.vpc.as_ref()?;
    let mut draft = ground.draft();
    let gateway = match draft.scene.internet_gateway(vpc) {
        Some(gateway) => gateway.to_owned(),
        None => {
            let gateway = draft.scene.free_name("igw");
            let step = added(ComponentKind::InternetGateway, &gateway, draft.vpc_field(vpc));
            let what = Component::new(ComponentKind::InternetGateway, &gateway);
            draft.group(false, CureKind::RouteToInternetGateway, what, "", vec![step])?;
            gateway
        }
    };
    let target = draft.scene.target_name(ComponentKind::InternetGateway, &gateway);
    let what = Component::new(ComponentKind::InternetGateway, &gateway);
    for table in ground.failing_tables() {
        let is_there = ground.scene.default_route(&table, EVERYTHING_IPV4);
        if is_there.is_some_and(|route| route.target == target) {
            continue;
        }
        let steps = draft.default_route(&table, EVERYTHING_IPV4, &target);
        draft.group(true, CureKind::RouteToInternetGateway, what.clone(), &target, steps)?;
    }
    Some(draft.plan())
}

/// Whether the destination may have IPv6 addresses.
fn has_ipv6(ground: &Ground<'_>) -> bool {
    let to = ground.analysis.to.as_str();
    match &ground.errand {
        // In its own Region a gateway endpoint serves S3 without any of this; of other services it is not known here
        // which ones have IPv6 addresses, and what a client is told to ask for by name stays that name.
        Errand::Aws { service, region, .. } => {
            service == "s3" && *region != ground.network.region && to.starts_with("s3://")
        }
        Errand::Private => false,
        Errand::Internet => {
            let host = to;
            let is_known = |known: &crate::network::InternetHost| {
                (host == known.host || host.starts_with(&[&known.host, ":"].concat()))
                    && !known.addresses.of(Family::Ipv6).is_empty()
            };
            let address = host.parse::<IpAddr>().ok();
            ground.network.internet_hosts.iter().any(is_known)
                || address.is_some_and(|address| address::family_of(address) == Family::Ipv6)
                || host.starts_with('[')
        }
    }
}

/// IPv6 for the function's subnets and the function, and the route that leads out (R3.7, R7.6, R12.4).
fn egress_only(ground: &Ground<'_>) -> Option<Plan> {
    let from = ground.from();
    if from.kind != ComponentKind::Function || !has_ipv6(ground) {
        return None;
    }
    let (_, vpc) = ground.vpc.as_ref()?;
    let mut draft = ground.draft();
    // Addresses for the function are of one piece: some of them alone would be a flaw.
    let mut steps: Vec<EditStep> = Vec::new();
    let of_vpc = Component::new(ComponentKind::Vpc, vpc);
    if ground.entry(&of_vpc)?.get("ipv6Cidr").is_none() {
        steps.push(set(&of_vpc, "ipv6Cidr", EXAMPLE_BLOCK));
        draft.scene = after(&draft.scene, &steps)?;
    }
    // Every subnet of the function has to be dual-stack (R7.6).
    for name in ground.subnets() {
        let subnet = Component::new(ComponentKind::Subnet, &name);
        if ground.entry(&subnet)?.get("ipv6Cidr").is_none() {
            steps.push(set(&subnet, "ipv6Cidr", draft.scene.free_ipv6_block(vpc)?));
            draft.scene = after(&draft.scene, steps.last())?;
        }
    }
    let entry = ground.entry(from)?;
    if entry.get("ipv6AllowedForDualStack") != Some(&Value::Bool(true)) {
        steps.push(set(from, "ipv6AllowedForDualStack", true));
    }
    draft.group(false, CureKind::AllowIpv6, from.clone(), "", steps)?;
    if matches!(ground.errand, Errand::Aws { .. }) {
        let step = set(from, "client/dualStack", true);
        draft.group(false, CureKind::HostNames, from.clone(), "dualStack", vec![step])?;
    }
    let gateways = ground.network.egress_only_internet_gateways.iter().map(|(_, gateway)| gateway);
    let attached = gateways.filter(|gateway| ground.vpc.as_ref().is_some_and(|(id, _)| gateway.vpc == Some(*id)));
    let gateway = match attached.map(|gateway| gateway.component.name.clone()).next() {
        Some(gateway) => gateway,
        None => {
            let gateway = draft.scene.free_name("eigw");
            let step = added(ComponentKind::EgressOnlyInternetGateway, &gateway, draft.vpc_field(vpc));
            let what = Component::new(ComponentKind::EgressOnlyInternetGateway, &gateway);
            draft.group(true, CureKind::EgressOnlyInternetGateway, what, "", vec![step])?;
            gateway
        }
    };
    let what = Component::new(ComponentKind::EgressOnlyInternetGateway, &gateway);
    let target = draft.scene.target_name(ComponentKind::EgressOnlyInternetGateway, &gateway);
    for table in ground.failing_tables() {
        // One that leads to an internet gateway carries IPv6 as well (R3.6).
        if ground.scene.default_route(&table, EVERYTHING_IPV6).is_none() {
            let steps = draft.default_route(&table, EVERYTHING_IPV6, &target);
            draft.group(true, CureKind::EgressOnlyInternetGateway, what.clone(), "", steps)?;
        }
    }
    Some(draft.plan())
}

/// What there is after some steps.
fn after<'s>(scene: &Scene, steps: impl IntoIterator<Item = &'s EditStep>) -> Option<Scene> {
    state::after(scene.document(), steps).map(Scene::new)
}
