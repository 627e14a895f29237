//! The name phase (R0.2): what the workload's resolver answers.

use std::sync::Arc;

use std::net::IpAddr;

use crate::address;
use crate::analysis::Assumption;
use crate::component::{Component, ComponentKind, PUBLIC_RESOLVER};
use crate::data;
#[cfg(feature = "whole")]
use crate::fact::DnsDoubt;
use crate::fact::{Fact, Missing};
#[cfg(feature = "whole")]
use crate::network::Vpc;
use crate::network::{InterfaceId, Network, PrivateDns, RecordValue, VpcEndpoint, VpcEndpointKind, VpcId};
use crate::query::Family;
use crate::range_set::RangeSet;

#[cfg(feature = "whole")]
use super::dns_rules::{self, Screened};
use super::host::{self, AwsHost};

/// Aliases that are followed before giving up.
const MOST_ALIASES: usize = 8;

/// Addresses of one family that a name can have.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) family: Family,
    pub(super) addresses: RangeSet<u128>,
    /// The interface that has them.
    pub(super) receiver: Option<InterfaceId>,
}

/// What a resolver answers.
#[derive(Clone, Debug)]
pub(super) struct Resolution {
    /// Who answers.
    pub(super) component: Component,
    /// What it answers.
    pub(super) fact: Arc<Fact>,
    /// Why the name does not lead to an interface endpoint that could serve it.
    pub(super) notes: Vec<(Component, Arc<Fact>)>,
    /// The addresses; none when the name has no answer.
    pub(super) targets: Vec<Target>,
    /// AWS service and Region of public addresses.
    pub(super) service: Option<(String, String)>,
    /// Whether the destination is one address, and only which one is not known.
    pub(super) one_of_many: bool,
    /// The private DNS of an `execute-api` endpoint captured it (R15.3).
    pub(super) captured_by: Option<Component>,
    pub(super) assumptions: Vec<Assumption>,
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resolver {
    /// The Amazon resolver of that VPC, with its private zones.
    Vpc(VpcId),
    /// The same as if both DNS attributes of the VPC were true, for when they are not known (R1.9).
    VpcWithAttributes(VpcId),
    /// Public DNS, as seen from outside any VPC.
    Public,
}

/// What a host name resolves to.
pub(super) fn resolve(network: &Network, resolver: Resolver, name: &str, bucket_region: Option<&str>) -> Resolution {
    resolve_alias(network, resolver, name, bucket_region, Chain { aliases_left: MOST_ALIASES, is_trusted: false })
}

/// How far a chain of aliases has been followed.
#[derive(Clone, Copy)]
struct Chain {
    /// Aliases that are followed before giving up.
    aliases_left: usize,
    /// Whether DNS Firewall leaves the further names alone (R1.16).
    is_trusted: bool,
}

/// The addresses of the interfaces of an endpoint.
fn endpoint_targets(network: &Network, endpoint: &VpcEndpoint) -> Vec<Target> {
    let mut targets = Vec::new();
    for family in [Family::Ipv4, Family::Ipv6] {
        if !endpoint.families.contains(&family) {
            continue;
        }
        for id in &endpoint.interfaces {
            let addresses = network.interfaces.get(*id).addresses.of(family).clone();
            if !addresses.is_empty() {
                targets.push(Target { family, addresses, receiver: Some(*id) });
            }
        }
    }
    targets
}

fn resolver_component(network: &Network, resolver: Resolver) -> Component {
    match resolver {
        Resolver::Vpc(vpc) | Resolver::VpcWithAttributes(vpc) => {
            Component::new(ComponentKind::Resolver, network.vpcs.get(vpc).component.name.clone())
        }
        Resolver::Public => Component::new(ComponentKind::Resolver, PUBLIC_RESOLVER),
    }
}

/// A private zone that could answer.
enum Zone<'a> {
    Endpoint(&'a VpcEndpoint),
    Hosted(&'a crate::network::PrivateHostedZone),
}

/// What stands for no addresses at all.
fn no_answer(component: Component, fact: Fact) -> Resolution {
    Resolution {
        component,
        fact: Arc::new(fact),
        notes: Vec::new(),
        targets: Vec::new(),
        service: None,
        one_of_many: false,
        captured_by: None,
        assumptions: Vec::new(),
    }
}

/// What a host name resolves to, which DNS Firewall can prevent (R1.16).
fn resolve_alias(
    network: &Network,
    resolver: Resolver,
    name: &str,
    bucket_region: Option<&str>,
    chain: Chain,
) -> Resolution {
    #[cfg(feature = "whole")]
    if let Resolver::Vpc(vpc) | Resolver::VpcWithAttributes(vpc) = resolver {
        let vpc = network.vpcs.get(vpc);
        if !chain.is_trusted && !vpc.dns_firewall_rules.is_empty() {
            return screened(network, (resolver, vpc), name, bucket_region, chain);
        }
    }
    answer(network, resolver, name, bucket_region, chain)
}

/// What a VPC that has rules of DNS Firewall makes of a name.
#[cfg(feature = "whole")]
fn screened(
    network: &Network,
    (resolver, vpc): (Resolver, &Vpc),
    name: &str,
    bucket_region: Option<&str>,
    chain: Chain,
) -> Resolution {
    let aws = host::aws_host(name, bucket_region);
    let [ipv4, ipv6] = dns_rules::QUERY_TYPES.map(|of| dns_rules::screen(vpc, name, aws.as_ref(), of));
    let trusts = |screened: &Screened| matches!(screened, Screened::Passes { trusts_redirection: true });
    let chain = Chain { is_trusted: trusts(&ipv4) && trusts(&ipv6), ..chain };
    let component = || resolver_component(network, resolver);
    let alike = |one: &Screened, other: &Screened| match (one, other) {
        (Screened::Passes { .. }, Screened::Passes { .. }) => true,
        _ => one == other,
    };
    if alike(&ipv4, &ipv6) {
        return match ipv4 {
            Screened::Passes { .. } => answer(network, resolver, name, bucket_region, chain),
            Screened::Ends(fact) => no_answer(component(), fact),
        };
    }
    // One type of query is treated otherwise: it counts where the name has such addresses.
    let found = answer(network, resolver, name, bucket_region, chain);
    let has = |family: Family| found.targets.iter().any(|target| target.family == family);
    match (has(Family::Ipv4), has(Family::Ipv6), ipv4, ipv6) {
        (_, false, Screened::Passes { .. }, _) | (false, true, _, Screened::Passes { .. }) => found,
        (_, false, Screened::Ends(fact), _) | (false, true, _, Screened::Ends(fact)) => no_answer(component(), fact),
        (true, true, one, other) => {
            let of = |screened: &Screened| match screened {
                Screened::Ends(
                    Fact::DnsFirewallBlocks { rule, .. } | Fact::NotKnown(Missing::DnsFirewall { rule, .. }),
                ) => Some(*rule),
                _ => None,
            };
            let rule = of(&one).or(of(&other)).unwrap_or_default();
            let missing = Missing::DnsFirewall { host: name.to_owned(), rule, why: DnsDoubt::QueryType };
            no_answer(component(), Fact::NotKnown(missing))
        }
    }
}

/// What private zones and public DNS answer.
fn answer(network: &Network, resolver: Resolver, name: &str, bucket_region: Option<&str>, chain: Chain) -> Resolution {
    let aws = host::aws_host(name, bucket_region);
    let private = private_zone(network, resolver, name);
    #[cfg(feature = "whole")]
    if let Resolver::Vpc(vpc) | Resolver::VpcWithAttributes(vpc) = resolver {
        let zone = private.as_ref().map(|(zone, domain)| (domain.as_str(), matches!(zone, Zone::Hosted(_))));
        if let Some(fact) = dns_rules::forwarded(network.vpcs.get(vpc), name, zone) {
            return no_answer(resolver_component(network, resolver), fact);
        }
    }

    // Endpoint-specific names are public DNS with private addresses (R6.15).
    if let Some(label) = aws.as_ref().and_then(|aws| aws.endpoint.as_ref()) {
        let found = network.vpc_endpoints.iter().map(|(_, endpoint)| endpoint).find(|endpoint| {
            let name = endpoint.component.name.as_str();
            label == name || label.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'))
        });
        return match found {
            Some(endpoint) => Resolution {
                targets: endpoint_targets(network, endpoint),
                ..no_answer(
                    resolver_component(network, resolver),
                    Fact::ResolvesToEndpoint { host: name.to_owned(), endpoint: endpoint.component.clone() },
                )
            },
            None => no_answer(resolver_component(network, resolver), Fact::NotKnown(Missing::Resource(label.clone()))),
        };
    }

    if let Some((zone, domain)) = private {
        return match zone {
            Zone::Endpoint(endpoint) => {
                let captures = endpoint.service.service == "execute-api" && name != domain;
                Resolution {
                    targets: endpoint_targets(network, endpoint),
                    captured_by: captures.then(|| endpoint.component.clone()),
                    ..no_answer(
                        resolver_component(network, resolver),
                        Fact::ResolvesToEndpoint { host: name.to_owned(), endpoint: endpoint.component.clone() },
                    )
                }
            }
            Zone::Hosted(zone) => hosted(network, resolver, zone, name, chain),
        };
    }

    let region = aws.as_ref().map(|aws| aws.region.clone()).unwrap_or_default();
    let mut answer = no_answer(
        resolver_component(network, resolver),
        Fact::ResolvesPublicly { host: name.to_owned(), region: region.clone() },
    );
    match aws {
        Some(aws) => {
            if let Resolver::Vpc(vpc) | Resolver::VpcWithAttributes(vpc) = resolver {
                answer.notes = why_not_endpoint(network, vpc, name, &aws);
            }
            let own = own_addresses(network, &aws.service, &aws.region);
            let mut published = false;
            let families: &[Family] = if aws.dual_stack { &[Family::Ipv4, Family::Ipv6] } else { &[Family::Ipv4] };
            for family in families {
                let of_list = own.as_ref().map(|own| own.of(*family)).filter(|own| !own.is_empty());
                published |= of_list.is_none();
                let addresses =
                    of_list.cloned().unwrap_or_else(|| network.published(&aws.service, &aws.region, *family));
                if !addresses.is_empty() {
                    answer.targets.push(Target { family: *family, addresses, receiver: None });
                }
            }
            if answer.targets.is_empty() {
                answer.fact = Arc::new(Fact::NotKnown(Missing::AddressesOfHost(name.to_owned())));
            } else if published {
                // What is published for these two is theirs alone; any other service has some of what AWS has.
                answer.one_of_many = !matches!(aws.service.as_str(), "s3" | "dynamodb");
                answer.assumptions.push(Assumption::BundledRanges {
                    service: aws.service.clone(),
                    region,
                    date: data::DATE.to_owned(),
                });
            }
            answer.service = Some((aws.service, aws.region));
        }
        None => {
            let known = network.internet_hosts.iter().find(|host| host.host.eq_ignore_ascii_case(name));
            match known.filter(|host| !host.addresses.is_empty()) {
                Some(known) => {
                    for family in [Family::Ipv4, Family::Ipv6] {
                        let addresses = known.addresses.of(family).clone();
                        if !addresses.is_empty() {
                            answer.targets.push(Target { family, addresses, receiver: None });
                        }
                    }
                }
                None => {
                    answer.targets.push(Target {
                        family: Family::Ipv4,
                        addresses: addresses_of_a_host(network),
                        receiver: None,
                    });
                    answer.one_of_many = true;
                    answer.assumptions.push(Assumption::InternetHost(name.to_owned()));
                }
            }
        }
    }
    answer
}

/// The private zone with the longest domain that matches, if the VPC's attributes let private zones act (R1.9).
fn private_zone<'a>(network: &'a Network, resolver: Resolver, name: &str) -> Option<(Zone<'a>, String)> {
    let (vpc, attributes) = match resolver {
        Resolver::Vpc(vpc) => {
            let known = network.vpcs.get(vpc);
            (vpc, known.dns_support && known.dns_hostnames)
        }
        Resolver::VpcWithAttributes(vpc) => (vpc, true),
        Resolver::Public => return None,
    };
    if !attributes {
        return None;
    }
    let supposed = resolver == Resolver::VpcWithAttributes(vpc);
    let mut best: Option<(Zone<'a>, String)> = None;
    let mut offer = |zone: Zone<'a>, domain: String| {
        if host::is_in_zone(name, &domain) && best.as_ref().is_none_or(|(_, other)| other.len() < domain.len()) {
            best = Some((zone, domain));
        }
    };
    #[cfg(feature = "whole")]
    for zone in network.private_hosted_zones.iter().filter(|zone| zone.vpcs.contains(&vpc)) {
        offer(Zone::Hosted(zone), zone.domain.clone());
    }
    for (_, endpoint) in network.vpc_endpoints.iter() {
        let acts = endpoint.vpc == vpc
            && endpoint.kind == VpcEndpointKind::Interface
            && (endpoint.private_dns == PrivateDns::On
                || supposed && endpoint.private_dns == PrivateDns::WithoutEffect);
        if acts {
            for domain in host::private_zones(endpoint) {
                offer(Zone::Endpoint(endpoint), domain);
            }
        }
    }
    best
}

/// What a private hosted zone answers: its record, else nothing at all (R1.14).
fn hosted(
    network: &Network,
    resolver: Resolver,
    zone: &crate::network::PrivateHostedZone,
    name: &str,
    chain: Chain,
) -> Resolution {
    let relative = name.strip_suffix(&zone.domain).unwrap_or_default().trim_end_matches('.');
    let values = record(&zone.records, relative);
    let fact = Fact::ResolvesInZone { host: name.to_owned(), zone: zone.component.clone() };
    let mut answer = no_answer(zone.component.clone(), fact);
    let mut aliases_left = chain.aliases_left;
    for value in values.unwrap_or_default() {
        match value {
            RecordValue::Address(address) => answer.targets.push(target_of(*address)),
            RecordValue::Name(alias) if aliases_left > 0 => {
                let alias = alias.trim_end_matches('.').to_ascii_lowercase();
                let chain = Chain { aliases_left: aliases_left - 1, ..chain };
                let next = resolve_alias(network, resolver, &alias, None, chain);
                // A name is an alias of one other name; followed each by each, several would multiply.
                aliases_left = 0;
                answer.targets.extend(next.targets);
                answer.service = next.service;
                answer.one_of_many = next.one_of_many;
                answer.captured_by = next.captured_by;
                answer.assumptions.extend(next.assumptions);
                if let Fact::NotKnown(_) | Fact::DnsFirewallBlocks { .. } = *next.fact {
                    // Of rules, the resolver has them, whichever zone led to the name.
                    if next.fact.is_of_resolver_rules() {
                        answer.component = next.component;
                    }
                    answer.fact = next.fact;
                }
            }
            RecordValue::Name(_) => {}
        }
    }
    if answer.fact.is_of_resolver_rules() {
        answer.targets.clear();
    }
    if answer.targets.is_empty() && !matches!(*answer.fact, Fact::NotKnown(_) | Fact::DnsFirewallBlocks { .. }) {
        answer.fact = Arc::new(Fact::ZoneHasNoRecord { host: name.to_owned(), zone: zone.component.clone() });
    }
    answer
}

/// One address as a target.
pub(super) fn target_of(address: IpAddr) -> Target {
    Target {
        family: address::family_of(address),
        addresses: RangeSet::single(address::number_of(address)),
        receiver: None,
    }
}

/// The record of a name: its own, else the nearest wildcard above it. `@` is the zone itself.
fn record<'a>(records: &'a [(String, Vec<RecordValue>)], relative: &str) -> Option<&'a [RecordValue]> {
    let find = |wanted: &str| {
        records.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, values)| values.as_slice())
    };
    if relative.is_empty() {
        return find("@").or_else(|| find(""));
    }
    if let Some(values) = find(relative) {
        return Some(values);
    }
    let mut rest = relative;
    loop {
        match rest.split_once('.') {
            Some((_, parent)) => {
                if let Some(values) = find(&format!("*.{parent}")) {
                    return Some(values);
                }
                rest = parent;
            }
            None => return find("*"),
        }
    }
}

/// Why a public answer was given although an interface endpoint of the service exists.
fn why_not_endpoint(network: &Network, vpc: VpcId, name: &str, aws: &AwsHost) -> Vec<(Component, Arc<Fact>)> {
    network
        .vpc_endpoints
        .iter()
        .map(|(_, endpoint)| endpoint)
        .filter(|endpoint| {
            endpoint.vpc == vpc && endpoint.kind == VpcEndpointKind::Interface && host::serves(endpoint, aws)
        })
        .map(|endpoint| {
            let component = endpoint.component.clone();
            let fact = match endpoint.private_dns {
                PrivateDns::On => Fact::NameNotCovered { host: name.to_owned(), endpoint: component.clone() },
                why @ (PrivateDns::Off | PrivateDns::InboundResolverOnly | PrivateDns::WithoutEffect) => {
                    Fact::PrivateDnsNotInEffect { endpoint: component.clone(), why }
                }
            };
            (component, Arc::new(fact))
        })
        .collect()
}

/// The public addresses of a service by the document's own copy of its prefix list, which wins over the published
/// ranges that come with vpcreach.
fn own_addresses(network: &Network, service: &str, region: &str) -> Option<address::Addresses> {
    let mut own: Vec<ipnet::IpNet> = Vec::new();
    for (_, list) in network.prefix_lists.iter() {
        let matches = list.service.as_ref().is_some_and(|name| name.service == service && name.region == region);
        if matches && !list.from_bundled_data && !list.is_unknown {
            own.extend(list.entries.iter().copied());
        }
    }
    (!own.is_empty()).then(|| address::Addresses::of_blocks(&own))
}

/// Every IPv4 address that an unknown host on the Internet can have: it is not taken for one of the AWS services
/// that the document has prefix lists of.
fn addresses_of_a_host(network: &Network) -> RangeSet<u128> {
    let lists = network.prefix_lists.iter().filter(|(_, list)| list.service.is_some());
    lists.fold(public_ipv4(), |rest, (_, list)| rest.difference(&list.addresses.ipv4))
}

/// Every public IPv4 address.
fn public_ipv4() -> RangeSet<u128> {
    // IANA special-purpose registry: this network, private, shared, loopback, link-local, benchmarking, multicast
    // and reserved ranges. The documentation ranges stay in, since examples use them for the Internet.
    const SPECIAL: [([u8; 4], u32); 11] = [
        ([0, 0, 0, 0], 8),
        ([10, 0, 0, 0], 8),
        ([100, 64, 0, 0], 10),
        ([127, 0, 0, 0], 8),
        ([169, 254, 0, 0], 16),
        ([172, 16, 0, 0], 12),
        ([192, 0, 0, 0], 24),
        ([192, 168, 0, 0], 16),
        ([198, 18, 0, 0], 15),
        ([224, 0, 0, 0], 4),
        ([240, 0, 0, 0], 4),
    ];
    let special = RangeSet::from_ranges(SPECIAL.iter().map(|(octets, prefix_length)| {
        let first = u128::from(u32::from_be_bytes(*octets));
        (first, first + (1_u128 << (32 - prefix_length)) - 1)
    }));
    RangeSet::range(0, u128::from(u32::MAX)).difference(&special)
}
