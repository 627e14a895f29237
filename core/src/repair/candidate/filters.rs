//! Rules of security groups and network ACLs, as narrow as the traffic needs.

use std::collections::BTreeSet;

use super::draft::{Draft, added, field, listed};
use super::ground::{Errand, Ground};
use crate::address;
use crate::analysis::{Blocker, Protocol, Traffic};
use crate::component::{Component, ComponentKind};
use crate::edit::{EVERYTHING_IPV4, EVERYTHING_IPV6, EditStep, Value};
use crate::fact::{Fact, FilterDirection};
use crate::network::{Interface, Network};
use crate::query::Family;
use crate::range_set::RangeSet;
use crate::repair::plan::{CureKind, Plan};

/// Numbers of network ACL rules end here (R8.15).
const LAST_RULE_NUMBER: u32 = 32_766;

/// Blocks of one rule group; traffic to more subnets gets one rule for the VPC's whole block.
const MOST_BLOCKS: usize = 4;

/// One plan with every rule that is missing, and one with wider rules where the narrow ones might not do.
pub(super) fn plans(ground: &Ground<'_>) -> Vec<Plan> {
    let narrow = plan(ground, true);
    let wide = plan(ground, false).filter(|wide| Some(wide) != narrow.as_ref());
    narrow.into_iter().chain(wide).collect()
}

fn plan(ground: &Ground<'_>, narrow: bool) -> Option<Plan> {
    let mut draft = ground.draft();
    for blocker in &ground.analysis.blockers {
        match &*blocker.fact {
            Fact::SecurityGroupHasNoRules { direction, .. } | Fact::SecurityGroupMismatch { direction, .. } => {
                security_group(ground, &mut draft, blocker, *direction, narrow)?;
            }
            Fact::NetworkAclRule { direction, number, .. } => {
                network_acl(ground, &mut draft, blocker, *direction, *number)?;
            }
            Fact::NetworkAclNoMatch { direction } => {
                network_acl(ground, &mut draft, blocker, *direction, LAST_RULE_NUMBER + 1)?;
            }
            _ => {}
        }
    }
    Some(draft.plan()).filter(|plan| !plan.is_empty())
}

/// Everything that a blocker stops.
struct Stopped {
    family: Family,
    protocol: Protocol,
    remote: RangeSet<u128>,
    ports: RangeSet<u16>,
}

fn stopped(ground: &Ground<'_>, blocker: &Blocker, direction: FilterDirection) -> Vec<Stopped> {
    let mut all: Vec<Stopped> = Vec::new();
    for (_, hop) in ground.hops(blocker) {
        let Some(traffic) = &hop.traffic else { continue };
        let remote = match direction {
            FilterDirection::Egress => &traffic.destination,
            FilterDirection::Ingress => &traffic.source,
        };
        let Traffic { family, protocol, destination_ports, .. } = traffic;
        match all.iter_mut().find(|stopped| stopped.family == *family && stopped.protocol == *protocol) {
            Some(stopped) => {
                stopped.remote = stopped.remote.union(remote);
                stopped.ports = stopped.ports.union(destination_ports);
            }
            None => all.push(Stopped {
                family: *family,
                protocol: *protocol,
                remote: remote.clone(),
                ports: destination_ports.clone(),
            }),
        }
    }
    all
}

fn security_group(
    ground: &Ground<'_>,
    draft: &mut Draft,
    blocker: &Blocker,
    direction: FilterDirection,
    narrow: bool,
) -> Option<()> {
    let group = &blocker.component;
    let list = match direction {
        FilterDirection::Egress => "egress",
        FilterDirection::Ingress => "ingress",
    };
    for stopped in stopped(ground, blocker, direction) {
        let peers = match peer_group(ground, &stopped, direction).filter(|_| narrow) {
            Some(group) => vec![group],
            None => peers(ground, &stopped, narrow),
        };
        let mut steps = Vec::new();
        // What AWS made is in no document until something about it is said: a default group admits its members (R8.3).
        if !draft.has(group) {
            let subnets = ground.hops(blocker);
            let subnet = subnets.iter().find_map(|(_, hop)| hop.subnet.as_ref())?;
            let vpc = draft.scene.vpc_of(draft.scene.entry(ComponentKind::Subnet, &subnet.name)?)?;
            let is_only = draft.scene.only_vpc().is_some();
            let name = if is_only { "default".to_owned() } else { draft.scene.free_name(&[&vpc, "-default"].concat()) };
            let mut fields = draft.vpc_field(&vpc);
            if !is_only {
                fields.push(field("isDefault", true));
            }
            let own = Value::object([("peer", name.as_str().into())]);
            fields.push(field("ingress", Value::List(vec![own].into())));
            steps.push(added(ComponentKind::SecurityGroup, &name, fields));
            let group = Component::new(ComponentKind::SecurityGroup, &name);
            steps.extend(peers.iter().map(|peer| listed(&group, list, rule(&stopped, peer, "peer", None))));
        } else {
            steps.extend(peers.iter().map(|peer| listed(group, list, rule(&stopped, peer, "peer", None))));
        }
        draft.group(true, CureKind::SecurityGroupRule, group.clone(), list, steps)?;
    }
    Some(())
}

/// A rule for what is stopped; a network ACL's has a number.
fn rule(stopped: &Stopped, peer: &str, peer_field: &str, number: Option<u32>) -> Value {
    let mut fields: Vec<(String, Value)> = Vec::new();
    if let Some(number) = number {
        fields.extend([field("ruleNumber", number), field("action", "allow")]);
    }
    match (stopped.protocol, stopped.family) {
        (Protocol::Tcp, _) => {}
        (Protocol::Udp, _) => fields.push(field("protocol", "udp")),
        (Protocol::Icmp, Family::Ipv4) => fields.push(field("protocol", "icmp")),
        (Protocol::Icmp, Family::Ipv6) => fields.push(field("protocol", "icmpv6")),
    }
    if stopped.protocol != Protocol::Icmp {
        let first = stopped.ports.first().unwrap_or_default();
        let last = stopped.ports.ranges().last().map_or(first, |(_, last)| *last);
        fields.push(if first == last {
            field("port", u32::from(first))
        } else {
            field("port", [&first.to_string(), "-", &last.to_string()].concat())
        });
    }
    fields.push(field(peer_field, peer));
    Value::Object(fields.into())
}

/// The security group of what is on the other side, which is narrower than its subnets.
fn peer_group(ground: &Ground<'_>, stopped: &Stopped, direction: FilterDirection) -> Option<String> {
    let network = ground.network;
    let endpoint = || {
        let hops = ground.analysis.paths.iter().flat_map(|path| &path.hops);
        hops.into_iter().find_map(|hop| match &*hop.fact {
            Fact::ResolvesToEndpoint { endpoint, .. } => Some(endpoint.clone()),
            _ => None,
        })
    };
    let owner = match direction {
        FilterDirection::Ingress => Some(ground.from().clone()),
        FilterDirection::Egress => endpoint().or_else(|| component_of(ground)),
    }?;
    let of_owner: Vec<&Interface> = network
        .interfaces
        .iter()
        .map(|(_, interface)| interface)
        .filter(|interface| {
            interface.owner == owner && interface.addresses.of(stopped.family).intersects(&stopped.remote)
        })
        .collect();
    // Everything that is stopped has to be theirs, or the rule would not be enough.
    let theirs = of_owner
        .iter()
        .fold(RangeSet::empty(), |all: RangeSet<u128>, interface| all.union(interface.addresses.of(stopped.family)));
    if !stopped.remote.is_subset(&theirs) {
        return None;
    }
    let (first, others) = of_owner.split_first()?;
    let shared = first.security_groups.iter().find(|group| {
        others.iter().all(|interface| interface.security_groups.contains(group))
            && is_named(ground, &network.security_groups.get(**group).component)
    })?;
    Some(network.security_groups.get(*shared).component.name.clone())
}

/// Whether the document can name the group.
fn is_named(ground: &Ground<'_>, group: &Component) -> bool {
    ground.entry(group).is_some() || group.name == "default" || group.name.ends_with("/default")
}

/// The component that is asked for, where it is one of the document.
fn component_of(ground: &Ground<'_>) -> Option<Component> {
    let mut owners = ground.network.interfaces.iter().map(|(_, interface)| &interface.owner);
    owners.find(|owner| owner.to_string() == ground.analysis.to).cloned()
}

/// The blocks or the prefix list that hold what is on the other side.
fn peers(ground: &Ground<'_>, stopped: &Stopped, narrow: bool) -> Vec<String> {
    if let (Errand::Aws { service, region, .. }, true) = (&ground.errand, narrow)
        && matches!(service.as_str(), "s3" | "dynamodb")
        && *region == ground.network.region
        && stopped.remote.is_subset(&ground.network.published(service, region, stopped.family))
    {
        return vec![["com.amazonaws.", region, ".", service].concat()];
    }
    blocks(ground.network, stopped.family, &stopped.remote)
}

/// Blocks that hold the addresses: one address, the subnets that they are in, or everything for public ones.
fn blocks(network: &Network, family: Family, addresses: &RangeSet<u128>) -> Vec<String> {
    if let Some(only) = addresses.only() {
        let length = if family == Family::Ipv4 { "/32" } else { "/128" };
        return vec![[&address::address_of(family, only).to_string(), length].concat()];
    }
    let everything = if family == Family::Ipv4 { EVERYTHING_IPV4 } else { EVERYTHING_IPV6 };
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut rest = addresses.clone();
    for (_, subnet) in network.subnets.iter() {
        let block = match family {
            Family::Ipv4 => subnet.ipv4,
            Family::Ipv6 => subnet.ipv6,
        };
        let Some(block) = block.filter(|_| subnet.addresses.of(family).intersects(&rest)) else { continue };
        rest = rest.difference(subnet.addresses.of(family));
        found.insert(block.to_string());
    }
    if rest.is_empty() && found.len() <= MOST_BLOCKS {
        return found.into_iter().collect();
    }
    for (_, vpc) in network.vpcs.iter().filter(|_| rest.is_empty()) {
        if addresses.is_subset(vpc.addresses.of(family)) {
            let blocks = vpc.blocks.iter().filter(|block| address::family_of_block(block) == family);
            return blocks.map(ToString::to_string).collect();
        }
    }
    vec![everything.to_owned()]
}

fn network_acl(
    ground: &Ground<'_>,
    draft: &mut Draft,
    blocker: &Blocker,
    direction: FilterDirection,
    before: u32,
) -> Option<()> {
    let acl = &blocker.component;
    let list = match direction {
        FilterDirection::Egress => "egress",
        FilterDirection::Ingress => "ingress",
    };
    for stopped in stopped(ground, blocker, direction) {
        let entry = draft.scene.entry(acl.kind, &acl.name)?;
        let rules = entry.get(list).map(Value::elements).unwrap_or_default();
        let number_of = |rule: &Value| match rule.get("ruleNumber") {
            Some(Value::Number(number)) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
            _ => None,
        };
        let mut taken: Vec<u32> = rules.iter().filter_map(number_of).collect();
        let mut steps: Vec<EditStep> = Vec::new();
        for block in blocks(ground.network, stopped.family, &stopped.remote) {
            let number = free_number(&taken, before)?;
            taken.push(number);
            steps.push(listed(acl, list, rule(&stopped, &block, "cidr", Some(number))));
        }
        draft.group(true, CureKind::NetworkAclRule, acl.clone(), list, steps)?;
    }
    Some(())
}

/// A number that no rule has, before the one that denies: in the style of AWS's examples where there is room.
fn free_number(taken: &[u32], before: u32) -> Option<u32> {
    let is_free = |number: &u32| *number > 0 && !taken.contains(number);
    if before > LAST_RULE_NUMBER {
        // The lowest round number behind every rule that is there.
        let last = taken.iter().max().copied().unwrap_or_default();
        let next = (last / 10 + 1) * 10;
        let next = if last == 0 { 100 } else { next };
        return Some(next).filter(|number| *number <= LAST_RULE_NUMBER && is_free(number));
    }
    let round = (1..before).rev().find(|number| number % 10 == 0 && is_free(number));
    round.or_else(|| (1..before).rev().find(is_free))
}
