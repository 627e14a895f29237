//! Names: DNS attributes, private DNS, hosted zones, DNS servers, and the host names that clients use.

use super::draft::{set, unset};
use super::ground::{Errand, Ground};
use crate::component::{Component, ComponentKind};
use crate::edit::{EditStep, Value};
use crate::fact::Fact;
use crate::network::PrivateDns;
use crate::query::Family;
use crate::repair::plan::{CureKind, Plan};
use crate::verdict::Verdict;

pub(super) fn plans(ground: &Ground<'_>) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    let mut one = |kind: CureKind, what: &Component, detail: &str, steps: Vec<EditStep>| {
        let mut draft = ground.draft();
        if draft.group(true, kind, what.clone(), detail, steps).is_some() {
            plans.push(draft.plan());
        }
    };
    for blocker in &ground.analysis.blockers {
        match &*blocker.fact {
            Fact::DnsSupportDisabled { vpc } => {
                one(CureKind::DnsAttributes, vpc, "enableDnsSupport", vec![set(vpc, "enableDnsSupport", true)]);
            }
            Fact::PrivateDnsNotInEffect { endpoint, why } => match why {
                PrivateDns::Off => {
                    // Private DNS needs both attributes (R1.9), and for S3 a gateway endpoint or the option off (R6.13).
                    let mut steps = vec![unset(endpoint, "privateDnsEnabled")];
                    let service =
                        ground.entry(endpoint).and_then(|entry| entry.get("service")).and_then(Value::as_text);
                    if service.is_some_and(|service| service.rsplit('.').next() == Some("s3")) {
                        steps.push(set(endpoint, "privateDnsOnlyForInboundResolverEndpoint", false));
                    }
                    steps.extend(attributes(ground, endpoint));
                    one(CureKind::PrivateDns, endpoint, "on", steps);
                }
                PrivateDns::InboundResolverOnly => {
                    let step = set(endpoint, "privateDnsOnlyForInboundResolverEndpoint", false);
                    one(CureKind::PrivateDns, endpoint, "on", vec![step]);
                }
                PrivateDns::WithoutEffect => {
                    if let Some((_, vpc)) = &ground.vpc {
                        let vpc = Component::new(ComponentKind::Vpc, vpc);
                        one(CureKind::DnsAttributes, &vpc, "enableDnsHostnames", attributes(ground, endpoint));
                    }
                }
                PrivateDns::On => {}
            },
            Fact::PublicApiCaptured { endpoint, .. } => {
                one(CureKind::PrivateDns, endpoint, "off", vec![set(endpoint, "privateDnsEnabled", false)]);
            }
            Fact::ZoneHasNoRecord { zone, .. } => {
                let detail = ground.vpc.as_ref().map(|(_, vpc)| vpc.clone()).unwrap_or_default();
                one(CureKind::LeaveHostedZone, zone, &detail, leave(ground, zone));
            }
            Fact::DnsFirewallBlocks { host, .. } => {
                // The rule is for the name alone, whatever it is an alias of.
                let vpc = Component::new(ComponentKind::Vpc, blocker.component.name.clone());
                let rule = Value::object([
                    ("action", "ALLOW".into()),
                    ("domains", Value::texts([host])),
                    ("firewallDomainRedirectionAction", "TRUST_REDIRECTION_DOMAIN".into()),
                ]);
                let path = [&vpc.place("dnsFirewallRules"), "/0"].concat();
                one(CureKind::AllowName, &vpc, host, vec![EditStep::Insert { path, value: rule }]);
            }
            Fact::DnsServersUnreachable { .. } => {
                if let Some((id, name)) = &ground.vpc {
                    let vpc = Component::new(ComponentKind::Vpc, name);
                    let servers = ground.network.vpcs.get(*id).dhcp_options.is_some();
                    if servers && ground.entry(&vpc).is_some_and(|entry| entry.get("dhcpOptions").is_some()) {
                        one(CureKind::AmazonDns, &vpc, "", vec![unset(&vpc, "dhcpOptions")]);
                    }
                }
            }
            Fact::NameNotCovered { .. } => host_names(ground, &mut one),
            Fact::NoAddressOfFamily { family: Family::Ipv6, .. } if ground.from().kind == ComponentKind::Function => {
                let steps = vec![set(ground.from(), "client/dualStack", true)];
                one(CureKind::HostNames, ground.from(), "dualStack", steps);
            }
            Fact::NoAddressOfFamily { .. } => {
                // An IPv6-only subnet reaches IPv4 hosts by the addresses that DNS64 answers with (R4.20).
                for subnet in &ground.failing {
                    let subnet = Component::new(ComponentKind::Subnet, subnet);
                    if ground.entry(&subnet).is_some_and(|entry| entry.get("cidr").is_none()) {
                        one(CureKind::Dns64, &subnet, "", vec![set(&subnet, "enableDns64", true)]);
                    }
                }
            }
            _ => {}
        }
    }
    if ground.analysis.verdict == Verdict::Redirected || is_bucket_elsewhere(ground) {
        redirects(ground, &mut one);
    }
    plans
}

type Add<'a> = dyn FnMut(CureKind, &Component, &str, Vec<EditStep>) + 'a;

/// The names that private DNS of an endpoint covers are the Regional ones (R6.12, R6.16, R15.4).
fn host_names(ground: &Ground<'_>, one: &mut Add<'_>) {
    let from = ground.from();
    if from.kind != ComponentKind::Function {
        return;
    }
    let own = ground.entry(from).and_then(|entry| entry.get("client"));
    let asked = ground.query.client.as_ref();
    one(CureKind::HostNames, from, "regional", vec![set(from, "client/names", "regional")]);
    for (setting, is_asked) in [
        ("dualStack", asked.is_some_and(|client| client.dual_stack == Some(true))),
        ("fips", asked.is_some_and(|client| client.fips == Some(true))),
    ] {
        let is_own = own.and_then(|client| client.get(setting)) == Some(&Value::Bool(true));
        // What the question itself asks for is no matter of the document.
        if is_own && !is_asked {
            one(CureKind::HostNames, from, setting, vec![unset(from, &["client/", setting].concat())]);
        }
    }
}

fn is_bucket_elsewhere(ground: &Ground<'_>) -> bool {
    ground.analysis.to.starts_with("s3://")
        && matches!(&ground.errand, Errand::Aws { region, .. } if *region != ground.network.region)
}

/// A client that follows S3's redirect, or is configured for the bucket's Region (R7.31).
fn redirects(ground: &Ground<'_>, one: &mut Add<'_>) {
    let from = ground.from();
    let Errand::Aws { region, .. } = &ground.errand else { return };
    if from.kind != ComponentKind::Function
        || ground.query.client.as_ref().is_some_and(|client| client.region.is_some())
    {
        return;
    }
    one(CureKind::ClientRegion, from, region, vec![set(from, "client/region", region.as_str())]);
}

/// Both DNS attributes of the endpoint's VPC, where they are off (R1.8, R1.9).
fn attributes(ground: &Ground<'_>, endpoint: &Component) -> Vec<EditStep> {
    let vpc = ground.entry(endpoint).and_then(|entry| ground.scene.vpc_of(entry));
    vpc.map(|vpc| attributes_of(ground, &vpc)).unwrap_or_default()
}

/// The steps that put both DNS attributes of a VPC on.
pub(super) fn attributes_of(ground: &Ground<'_>, vpc: &str) -> Vec<EditStep> {
    let of = Component::new(ComponentKind::Vpc, vpc);
    let off = ground.scene.dns_attributes_off(vpc);
    off.into_iter().map(|attribute| set(&of, attribute, true)).collect()
}

/// Disassociates the VPC from a zone; a zone without a VPC cannot be.
fn leave(ground: &Ground<'_>, zone: &Component) -> Vec<EditStep> {
    let remove = || vec![EditStep::RemoveComponent { component: zone.to_string() }];
    let Some(entry) = ground.entry(zone) else { return Vec::new() };
    let vpcs = entry.get("vpcs").map(Value::elements).unwrap_or_default();
    let position = vpcs.iter().position(|vpc| {
        ground
            .vpc
            .as_ref()
            .is_some_and(|(_, name)| vpc.as_text().is_some_and(|text| text == name || text == ["vpc/", name].concat()))
    });
    match position {
        Some(position) if vpcs.len() > 1 => {
            vec![EditStep::Remove { path: [&zone.place("vpcs"), "/", &position.to_string()].concat() }]
        }
        _ => remove(),
    }
}
