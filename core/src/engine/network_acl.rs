//! Network ACLs: the lowest number that matches decides, replies are checked again (R8.15, R8.16).

use crate::address;
use crate::fact::{Fact, FilterDirection, Missing};
use crate::network::{Network, NetworkAclRule, SubnetId};
use crate::range_set::RangeSet;

use super::assigned;
use super::budget::Budget;
use super::connections::ConnectionSet;
use super::filter::{self, Decided, Decision, View};

/// Splits a set at the network ACL of a subnet.
pub(super) fn decide(
    network: &Network,
    budget: &Budget,
    subnet: SubnetId,
    set: ConnectionSet,
    view: View,
    direction: FilterDirection,
) -> Vec<Decided> {
    let subnet = network.subnets.get(subnet);
    let acl = network.network_acls.get(subnet.network_acl);
    let is_default = network.vpcs.get(subnet.vpc).default_network_acl == subnet.network_acl;
    if is_default && network.is_unknown("networkAcls") {
        let fact = Fact::NotKnown(Missing::Section("networkAcls"));
        return vec![Decided { set, decision: Decision { component: acl.component.clone(), fact, pointer: None } }];
    }
    let rules = match direction {
        FilterDirection::Ingress => &acl.ingress,
        FilterDirection::Egress => &acl.egress,
    };
    let component = &acl.component;
    let decision = |fact: Fact, pointer: Option<String>| Decision { component: component.clone(), fact, pointer };
    let mut decided = Vec::new();
    let mut rest = vec![(set, Doubt::default())];
    let mut too_many = false;
    for rule in rules {
        if rest.is_empty() {
            break;
        }
        too_many = !filter::goes_on(budget, rest.iter().map(|(part, _)| part), decided.len());
        if too_many {
            break;
        }
        let addresses = rule.block.as_ref().map(|block| {
            let (first, last) = address::range_of(block);
            RangeSet::range(first, last)
        });
        let mut left = Vec::new();
        for (part, doubt) in rest {
            let is_open = assigned::is_open(network, addresses.as_ref(), &part, view, direction);
            // IPv4 and IPv6 rules are separate (R8.15).
            let condition = rule
                .block
                .is_none_or(|block| address::family_of_block(&block) == part.family)
                .then(|| {
                    let addresses = addresses.as_ref().filter(|_| !is_open);
                    filter::rule_condition(&rule.traffic, addresses, &part, view, direction)
                })
                .flatten();
            let Some(condition) = condition else {
                left.push((part, doubt));
                continue;
            };
            let (inside, outside) = part.split(&condition);
            left.extend(outside.into_iter().map(|part| (part, doubt)));
            let Some(inside) = inside else { continue };
            let pointer = rule.pointer.as_ref().map(ToString::to_string);
            match rule.decides().filter(|_| !is_open) {
                Some(allow) => {
                    let block = rule.block.map(|block| block.to_string()).unwrap_or_default();
                    let text = rule.traffic.text(block);
                    let fact = Fact::NetworkAclRule { direction, allow, number: rule.number, rule: text };
                    decided.push(Decided { set: inside, decision: doubt.settle(allow, decision(fact, pointer)) });
                }
                None => left.push((inside, doubt.or(rule, rule.allow))),
            }
        }
        rest = left;
    }
    decided.extend(rest.into_iter().map(|(set, doubt)| {
        let decision = if too_many {
            decision(Fact::NotKnown(Missing::TooManyParts), None)
        } else {
            doubt.settle(false, decision(Fact::NetworkAclNoMatch { direction }, None))
        };
        Decided { set, decision }
    }));
    decided
}

/// Rules of which it is open whether they mean the packet, and that could have decided.
#[derive(Clone, Copy, Default)]
struct Doubt<'a> {
    could_allow: Option<&'a NetworkAclRule>,
    could_deny: Option<&'a NetworkAclRule>,
}

impl<'a> Doubt<'a> {
    /// The doubt with one rule more; none of `allow` means that it could do either.
    fn or(self, rule: &'a NetworkAclRule, allow: Option<bool>) -> Doubt<'a> {
        let could = |is: bool| (allow != Some(!is)).then_some(rule);
        Doubt { could_allow: self.could_allow.or(could(true)), could_deny: self.could_deny.or(could(false)) }
    }

    /// The decision, unless one of those rules could have decided otherwise.
    fn settle(self, allow: bool, decision: Decision) -> Decision {
        match if allow { self.could_deny } else { self.could_allow } {
            None => decision,
            Some(rule) => {
                let pointer = rule.pointer.as_ref().map(ToString::to_string);
                // A rule that can be read may mean what AWS has still to assign.
                let missing = if cfg!(feature = "whole") && rule.decides().is_some() {
                    Missing::Section("ipv6Cidr")
                } else {
                    Missing::Unreadable(pointer.clone().unwrap_or_default())
                };
                Decision { fact: Fact::NotKnown(missing), pointer, ..decision }
            }
        }
    }
}
