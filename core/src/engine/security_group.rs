//! Security groups: the rules of all groups of an interface are one union, and replies pass (R8.1).

use crate::address;
use crate::component::{Component, ComponentKind};
use crate::fact::{Fact, FilterDirection, Missing};
use crate::network::{Interface, InterfaceId, Network, Peer, SecurityGroupRule};
use crate::range_set::RangeSet;

use super::assigned;
use super::budget::Budget;
use super::connections::ConnectionSet;
use super::filter::{self, Decided, Decision, View};

/// What lies on the other side of the interface.
#[derive(Clone, Copy)]
pub(super) enum Remote {
    /// That interface, so rules that name its groups match (R8.6).
    Interface(InterfaceId),
    /// A public address, which no rule naming a group matches (R8.6).
    Public,
    /// A private address of which the document does not say what has it.
    Unknown,
}

/// How one rule meets a packet.
enum Match {
    /// It admits these remote addresses; none for all.
    Addresses(Option<RangeSet<u128>>),
    /// It admits nothing of this.
    Nothing,
    /// The document does not say whether it admits this.
    Unknown(Missing),
}

/// Splits a set at the groups of an interface: admitted parts, each with its rule, and the rest.
pub(super) fn decide(
    network: &Network,
    budget: &Budget,
    interface: &Interface,
    set: ConnectionSet,
    view: View,
    direction: FilterDirection,
    remote: Remote,
) -> Vec<Decided> {
    let rules: Vec<(&Component, &SecurityGroupRule)> = interface
        .security_groups
        .iter()
        .flat_map(|group| {
            let group = network.security_groups.get(*group);
            let rules = match direction {
                FilterDirection::Ingress => &group.ingress,
                FilterDirection::Egress => &group.egress,
            };
            rules.iter().map(move |rule| (&group.component, rule))
        })
        .collect();

    let mut unknown = interface.missing_groups().first().map(|name| Missing::Resource(name.clone()));
    let groups = interface.security_groups.iter().map(|group| &network.security_groups.get(*group).component);
    if let Some(uncertain) = groups.into_iter().find(|group| network.is_uncertain(group)) {
        unknown.get_or_insert_with(|| Missing::Component(uncertain.clone()));
    }
    let mut decided = Vec::new();
    let mut rest = vec![set];
    for (group, rule) in &rules {
        if rest.is_empty() {
            break;
        }
        if !filter::goes_on(budget, rest.iter(), decided.len()) {
            unknown.get_or_insert(Missing::TooManyParts);
            break;
        }
        let mut left = Vec::new();
        for part in rest {
            let matched = match peer_match(network, &rule.peer, &part, remote) {
                Match::Addresses(Some(addresses))
                    if assigned::is_open(network, Some(&addresses), &part, view, direction)
                        && !is_of_aws(network, &rule.peer) =>
                {
                    Match::Unknown(Missing::Section("ipv6Cidr"))
                }
                matched => matched,
            };
            let addresses = match matched {
                Match::Addresses(addresses) => addresses,
                Match::Nothing => {
                    left.push(part);
                    continue;
                }
                Match::Unknown(missing) => {
                    // A rule that cannot be read matters only where its protocol and ports could admit the packet.
                    let ports = filter::port_condition(&rule.traffic, &part, view);
                    let could_admit = ports
                        .is_some_and(|ports| ports.is_none_or(|(side, wanted)| part.ports(side).intersects(wanted)));
                    if could_admit {
                        unknown.get_or_insert(missing);
                    }
                    left.push(part);
                    continue;
                }
            };
            let Some(condition) = filter::rule_condition(&rule.traffic, addresses.as_ref(), &part, view, direction)
            else {
                left.push(part);
                continue;
            };
            if let Some(pointer) = rule.pointer.as_ref().filter(|_| rule.is_in_doubt()) {
                // It could admit this, and nobody else may.
                if part.clone().split(&condition).0.is_some() {
                    unknown.get_or_insert(Missing::Unreadable(pointer.to_string()));
                }
                left.push(part);
                continue;
            }
            let (inside, outside) = part.split(&condition);
            left.extend(outside);
            if let Some(inside) = inside {
                let fact =
                    Fact::SecurityGroupAllows { direction, rule: rule.traffic.text(network.peer_text(&rule.peer)) };
                let decision = Decision {
                    component: (*group).clone(),
                    fact,
                    pointer: rule.pointer.as_ref().map(ToString::to_string),
                };
                decided.push(Decided { set: inside, decision });
            }
        }
        rest = left;
    }

    let groups: Vec<String> = interface
        .security_groups
        .iter()
        .map(|group| network.security_groups.get(*group).component.name.clone())
        .collect();
    let component = interface
        .security_groups
        .first()
        .map(|group| network.security_groups.get(*group).component.clone())
        .unwrap_or_else(|| {
            let missing = interface.missing_groups().first().cloned().unwrap_or_default();
            Component::new(ComponentKind::SecurityGroup, missing)
        });
    for part in rest {
        let fact = match &unknown {
            Some(missing) => Fact::NotKnown(missing.clone()),
            None if rules.is_empty() => Fact::SecurityGroupHasNoRules { direction, groups: groups.clone() },
            None => Fact::SecurityGroupMismatch { direction, groups: groups.clone() },
        };
        decided.push(Decided { set: part, decision: Decision { component: component.clone(), fact, pointer: None } });
    }
    decided
}

/// Whether the peer is a list of AWS's own, which has no addresses of a VPC.
fn is_of_aws(network: &Network, peer: &Peer) -> bool {
    matches!(peer, Peer::PrefixList(list) if network.prefix_lists.get(*list).service.is_some())
}

fn peer_match(network: &Network, peer: &Peer, set: &ConnectionSet, remote: Remote) -> Match {
    match peer {
        Peer::Block(block) => {
            // IPv4 rules do not admit IPv6 (R8.5).
            if address::family_of_block(block) != set.family {
                return Match::Nothing;
            }
            let (first, last) = address::range_of(block);
            Match::Addresses(Some(RangeSet::range(first, last)))
        }
        Peer::PrefixList(list) => {
            let list = network.prefix_lists.get(*list);
            if list.is_unknown {
                return Match::Unknown(Missing::PrefixListEntries(list.component.clone()));
            }
            Match::Addresses(Some(list.addresses.of(set.family).clone()))
        }
        Peer::SecurityGroup(group) => match remote {
            Remote::Interface(interface) => {
                let interface = network.interfaces.get(interface);
                if interface.security_groups.contains(group) { Match::Addresses(None) } else { Match::Nothing }
            }
            Remote::Public => Match::Nothing,
            Remote::Unknown => Match::Unknown(match set.destination.first() {
                Some(first) => Missing::OwnerOfAddress(address::address_of(set.family, first)),
                None => Missing::Resource(network.security_groups.get(*group).component.name.clone()),
            }),
        },
        #[cfg(feature = "whole")]
        Peer::Missing(name) => Match::Unknown(Missing::Resource(name.clone())),
    }
}
