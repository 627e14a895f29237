//! Network ACLs: the lowest number that matches decides, replies are checked again (R8.15, R8.16).

use crate::address;
use crate::fact::{Fact, FilterDirection, Missing};
use crate::network::{Network, SubnetId};
use crate::range_set::RangeSet;

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
    let mut decided = Vec::new();
    let mut rest = vec![set];
    let mut fact = Fact::NetworkAclNoMatch { direction };
    for rule in rules {
        if rest.is_empty() {
            break;
        }
        if !filter::goes_on(budget, &rest, decided.len()) {
            fact = Fact::NotKnown(Missing::TooManyParts);
            break;
        }
        let (first, last) = address::range_of(&rule.block);
        let addresses = RangeSet::range(first, last);
        let mut left = Vec::new();
        for part in rest {
            // IPv4 and IPv6 rules are separate (R8.15).
            let condition = (address::family_of_block(&rule.block) == part.family)
                .then(|| filter::rule_condition(&rule.traffic, Some(&addresses), &part, view, direction))
                .flatten();
            let Some(condition) = condition else {
                left.push(part);
                continue;
            };
            let (inside, outside) = part.split(&condition);
            left.extend(outside);
            if let Some(inside) = inside {
                let fact = Fact::NetworkAclRule {
                    direction,
                    allow: rule.allow,
                    number: rule.number,
                    rule: filter::rule_text(&rule.traffic, rule.block.to_string()),
                };
                let decision = Decision {
                    component: acl.component.clone(),
                    fact,
                    pointer: rule.pointer.as_ref().map(ToString::to_string),
                };
                decided.push(Decided { set: inside, decision });
            }
        }
        rest = left;
    }
    decided.extend(rest.into_iter().map(|part| Decided {
        set: part,
        decision: Decision { component: acl.component.clone(), fact: fact.clone(), pointer: None },
    }));
    decided
}
