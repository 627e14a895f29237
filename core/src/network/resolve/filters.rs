//! Security groups and network ACLs.

use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::Resolver;
use super::problems::{Found, Place, Spot};
use super::scalars::{looks_like_block, plain_block};
use crate::address::family_of_block;
use crate::component::{Component, ComponentKind};
use crate::document::{self, words};
use crate::network::{
    Index, Network, NetworkAcl, NetworkAclId, NetworkAclRule, Peer, Pointer, SecurityGroup, SecurityGroupId,
    SecurityGroupRule, SubnetId, TrafficMatch, VpcId,
};
use crate::problem::{NameRole, ProblemKind, Quota};
use crate::query::Family;
use crate::range_set::RangeSet;

/// Number of the final `*` rule in AWS's answers, for IPv4; that for IPv6 is the next one (R8.15).
const FINAL_RULE: u32 = 32767;

impl<'d> Resolver<'d> {
    pub(super) fn security_groups(&mut self) {
        // All groups exist before the first rule, since rules refer to groups.
        for (key, declared) in &self.document.security_groups {
            let place = Place::new("securityGroups", key);
            let id = self.vpc_of(place, declared.vpc.as_deref(), None).map(|vpc| {
                let component = Component::new(ComponentKind::SecurityGroup, key);
                self.network.security_groups.push(SecurityGroup {
                    component,
                    vpc,
                    ingress: Vec::new(),
                    egress: Vec::new(),
                })
            });
            self.security_groups.push(key, id);
        }
        self.default_security_groups();
        for (key, declared) in &self.document.security_groups {
            let Found::Resolved(id) = self.security_groups.find(ComponentKind::SecurityGroup, key) else { continue };
            let place = Place::new("securityGroups", key);
            let vpc = self.network.security_groups.get(id).vpc;
            let ingress = self.security_group_rules(place, vpc, "ingress", &declared.ingress);
            let egress = match &declared.egress {
                Some(rules) => self.security_group_rules(place, vpc, "egress", rules),
                None => self.allow_everything(vpc),
            };
            let group = self.network.security_groups.get_mut(id);
            group.ingress = ingress;
            group.egress = egress;
        }
    }

    /// The default group of every VPC: the declared one, else AWS's own, which admits its members (R8.3).
    fn default_security_groups(&mut self) {
        let mut defaults: Vec<Option<SecurityGroupId>> = vec![None; self.network.vpcs.len()];
        for (key, id) in self.security_groups.resolved() {
            let is_default = self.document.security_groups.get(key).is_some_and(|group| group.is_default);
            if !is_default && key != "default" {
                continue;
            }
            let vpc = self.network.security_groups.get(id).vpc;
            match defaults.get_mut(vpc.position()) {
                Some(default @ None) => *default = Some(id),
                Some(Some(winner)) => {
                    let kind = || ProblemKind::SecondDefault {
                        winner: self.network.security_groups.get(*winner).component.clone(),
                        vpc: self.network.vpcs.get(vpc).component.name.clone(),
                    };
                    self.problems.report(Place::new("securityGroups", key).pointer(), kind);
                }
                None => {}
            }
        }
        for (position, declared) in defaults.into_iter().enumerate() {
            let vpc = VpcId::from_position(position);
            let id = declared.unwrap_or_else(|| {
                let taken = self.document.security_groups.contains_key("default");
                let component = Component::new(ComponentKind::SecurityGroup, self.own_name(vpc, "default", taken));
                let egress = self.allow_everything(vpc);
                let group = SecurityGroup { component, vpc, ingress: Vec::new(), egress };
                let id = self.network.security_groups.push(group);
                let itself = SecurityGroupRule {
                    traffic: all_traffic(),
                    peer: Peer::SecurityGroup(id),
                    pointer: None,
                    is_unreadable: false,
                };
                self.network.security_groups.get_mut(id).ingress.push(itself);
                id
            });
            self.network.vpcs.get_mut(vpc).default_security_group = id;
        }
    }

    /// The egress rules of a new group: all IPv4, and all IPv6 where the VPC has a block (R8.2, R15.5).
    fn allow_everything(&self, vpc: VpcId) -> Vec<SecurityGroupRule> {
        let has_ipv6 = self.has_ipv6(vpc);
        let rule = |family| SecurityGroupRule {
            traffic: all_traffic(),
            peer: Peer::Block(everything(family)),
            pointer: None,
            is_unreadable: false,
        };
        [Family::Ipv4, Family::Ipv6]
            .into_iter()
            .filter(|family| *family == Family::Ipv4 || has_ipv6)
            .map(rule)
            .collect()
    }

    fn has_ipv6(&self, vpc: VpcId) -> bool {
        self.network.vpcs.get(vpc).blocks.iter().any(|block| family_of_block(block) == Family::Ipv6)
    }

    fn security_group_rules(
        &mut self,
        place: Place<'d>,
        vpc: VpcId,
        direction: &'static str,
        rules: &'d [document::SecurityGroupRule],
    ) -> Vec<SecurityGroupRule> {
        let mut resolved = Vec::with_capacity(rules.len());
        self.problems.check_quota(Quota::SecurityGroupRules, rules.len(), place.field(direction));
        let list: Arc<str> = place.field(direction).text().into();
        for (position, rule) in rules.iter().enumerate() {
            let pointer = place.item(direction, position);
            let (traffic, is_unreadable) = self.problems.traffic(rule.protocol.as_deref(), rule.port.as_ref(), pointer);
            let peer = self.peer(vpc, &rule.peer, pointer.at("peer"));
            let pointer = Some(Pointer::new(&list, position));
            resolved.push(SecurityGroupRule { traffic, peer, pointer, is_unreadable });
        }
        resolved
    }

    fn peer(&mut self, vpc: VpcId, text: &str, pointer: Spot<'_>) -> Peer {
        if let Some(block) = plain_block(text) {
            return Peer::Block(block);
        }
        if looks_like_block(text) {
            let block = self.problems.block(text, None, pointer);
            return block.map_or_else(|| Peer::missing(text), Peer::Block);
        }
        if let Some(group) = self.security_group_of(vpc, text) {
            return Peer::SecurityGroup(group);
        }
        if let Some(list) = self.find_prefix_list(text) {
            return Peer::PrefixList(list);
        }
        if text.is_empty() {
            self.problems.report(pointer, || ProblemKind::MissingField { field: "peer" });
        } else if text.starts_with("pl-") {
            return Peer::PrefixList(self.prefix_list_or_unknown(text, pointer));
        } else if !matches!(self.security_groups.find(ComponentKind::SecurityGroup, text), Found::LeftOut) {
            let mut names = self.security_groups.keys().chain(self.prefix_lists.keys());
            let sections = ["securityGroups", "prefixLists"];
            self.problems.unknown_name(NameRole::Peer, &sections, text, &mut names, pointer);
        }
        Peer::missing(text)
    }

    /// The group of that name as seen from a VPC: `default` is the VPC's own default group.
    fn security_group_of(&self, vpc: VpcId, name: &str) -> Option<SecurityGroupId> {
        let default_of = |vpc: VpcId| self.network.vpcs.get(vpc).default_security_group;
        let name = name.strip_prefix("securityGroup/").unwrap_or(name);
        if name == "default" {
            return Some(default_of(vpc));
        }
        if let Found::Resolved(id) = self.security_groups.find(ComponentKind::SecurityGroup, name) {
            return Some(id);
        }
        let of_vpc = name.strip_suffix("/default")?;
        match self.vpcs.find(ComponentKind::Vpc, of_vpc) {
            Found::Resolved(vpc) => Some(default_of(vpc)),
            _ => None,
        }
    }

    /// The groups of an interface in a VPC, and the names that the document does not have.
    pub(super) fn groups_of_interface(
        &mut self,
        place: Place<'d>,
        vpc: VpcId,
        names: &[String],
    ) -> (Vec<SecurityGroupId>, Vec<String>) {
        let (mut groups, mut missing) = (Vec::with_capacity(names.len().max(1)), Vec::new());
        for (position, name) in names.iter().enumerate() {
            let pointer = place.item("securityGroups", position);
            let Some(id) = self.security_group_of(vpc, name) else {
                let kind = ComponentKind::SecurityGroup;
                self.problems.find(&self.security_groups, kind, "securityGroups", name, pointer);
                missing.push(name.clone());
                continue;
            };
            let group = self.network.security_groups.get(id);
            if group.vpc != vpc {
                // R8.11: a group can be associated with several VPCs, so it is taken all the same.
                let kind = || ProblemKind::OfAnotherVpc {
                    component: group.component.clone(),
                    vpc: self.network.vpc_name(group.vpc),
                    expected: self.network.vpc_name(vpc),
                };
                self.problems.report(pointer, kind);
            }
            if !groups.contains(&id) {
                groups.push(id);
            }
        }
        if names.is_empty() {
            groups.push(self.network.vpcs.get(vpc).default_security_group);
        }
        (groups, missing)
    }

    pub(super) fn network_acls(&mut self) {
        let mut associations = Associations::new(&self.network);
        for (key, declared) in &self.document.network_acls {
            let place = Place::new("networkAcls", key);
            let subnets = self.associated_subnets(place, &declared.subnets);
            let implied = subnets.first().map(|(_, subnet)| self.network.subnets.get(*subnet).vpc);
            let Some(vpc) = self.vpc_of(place, declared.vpc.as_deref(), implied) else {
                self.network_acls.push(key, None);
                continue;
            };
            let component = Component::new(ComponentKind::NetworkAcl, key);
            let ingress = self.network_acl_rules(place, "ingress", &declared.ingress);
            let egress = self.network_acl_rules(place, "egress", &declared.egress);
            let id = self.network.network_acls.push(NetworkAcl { component, vpc, ingress, egress });
            self.network_acls.push(key, Some(id));
            if declared.is_default
                && let Some(winner) = associations.of_vpc(vpc, id)
            {
                let kind = || ProblemKind::SecondDefault {
                    winner: self.network.network_acls.get(winner).component.clone(),
                    vpc: self.network.vpc_name(vpc),
                };
                self.problems.report(place.field("isDefault"), kind);
            }
            for (position, subnet) in subnets {
                self.check_vpc_of_subnet(place, position, subnet, vpc);
                if let Some(winner) = associations.of_subnet(subnet, id) {
                    let winner = self.network.network_acls.get(winner).component.clone();
                    self.second_association(place, position, subnet, winner);
                }
            }
        }
        for (position, declared) in associations.vpcs.into_iter().enumerate() {
            let vpc = VpcId::from_position(position);
            let id = declared.unwrap_or_else(|| self.own_network_acl(vpc));
            self.network.vpcs.get_mut(vpc).default_network_acl = id;
        }
        for (position, explicit) in associations.subnets.into_iter().enumerate() {
            let subnet = Index::from_position(position);
            let default = self.network.vpcs.get(self.network.subnets.get(subnet).vpc).default_network_acl;
            self.network.subnets.get_mut(subnet).network_acl = explicit.unwrap_or(default);
        }
    }

    /// AWS's own default network ACL, which allows everything (R8.14), IPv6 too once the VPC has a block (R15.5).
    fn own_network_acl(&mut self, vpc: VpcId) -> NetworkAclId {
        let taken = self.document.network_acls.contains_key("default");
        let component = Component::new(ComponentKind::NetworkAcl, self.own_name(vpc, "default", taken));
        let rule = |number, family| NetworkAclRule {
            number,
            allow: Some(true),
            traffic: all_traffic(),
            block: Some(everything(family)),
            pointer: None,
            is_unreadable: false,
        };
        let mut rules = vec![rule(100, Family::Ipv4)];
        if self.has_ipv6(vpc) {
            rules.push(rule(101, Family::Ipv6));
        }
        self.network.network_acls.push(NetworkAcl { component, vpc, ingress: rules.clone(), egress: rules })
    }

    fn network_acl_rules(
        &mut self,
        place: Place<'d>,
        direction: &'static str,
        rules: &'d [document::NetworkAclRule],
    ) -> Vec<NetworkAclRule> {
        let mut resolved: Vec<NetworkAclRule> = Vec::with_capacity(rules.len());
        let list: Arc<str> = place.field(direction).text().into();
        for (position, rule) in rules.iter().enumerate() {
            let pointer = place.item(direction, position);
            // A dump has the final `*` rule among the others; it is always there.
            if rule.rule_number == FINAL_RULE || rule.rule_number == FINAL_RULE + 1 {
                continue;
            }
            let number = rule.rule_number;
            if number == 0 {
                self.problems.report(pointer.at("ruleNumber"), || ProblemKind::MissingField { field: "ruleNumber" });
            } else if number > FINAL_RULE {
                self.problems.report(pointer.at("ruleNumber"), || ProblemKind::RuleNumberOutOfRange { number });
            }
            let action = self.problems.word(&rule.action, words::RULE_ACTIONS, pointer.at("action"));
            let (traffic, is_wider) = self.problems.traffic(rule.protocol.as_deref(), rule.port.as_ref(), pointer);
            let block = self.problems.block(&rule.cidr, None, pointer.at("cidr"));
            let is_unreadable = number == 0 || number > FINAL_RULE || action.is_none() || is_wider || block.is_none();
            resolved.push(NetworkAclRule {
                number: if number > FINAL_RULE { 0 } else { number },
                allow: action.map(|action| action == "allow"),
                traffic,
                block,
                pointer: Some(Pointer::new(&list, position)),
                is_unreadable,
            });
        }
        // Of two rules with one number AWS has one, and nobody knows which: the second is a matter of doubt, and
        // doubts stand before what is certain under the same number.
        let by_number = |rule: &NetworkAclRule| (rule.number, !rule.is_unreadable);
        crate::sorted::sort_by_key(&mut resolved, by_number);
        let Resolver { problems, .. } = self;
        let mut before = 0;
        for rule in &mut resolved {
            if rule.number != 0 && rule.number == before {
                let pointer = || rule.pointer.as_ref().map(ToString::to_string).unwrap_or_default();
                problems.report_at(pointer, || ProblemKind::DuplicateRuleNumber { number: rule.number });
                rule.is_unreadable = true;
            }
            before = rule.number;
        }
        crate::sorted::sort_by_key(&mut resolved, by_number);
        problems.check_quota(Quota::NetworkAclRules, resolved.len(), place.field(direction));
        resolved
    }

    /// The subnets that a route table or network ACL lists, with their positions in the list.
    pub(super) fn associated_subnets(&mut self, place: Place<'d>, names: &[String]) -> Vec<(usize, SubnetId)> {
        let Resolver { problems, subnets, .. } = self;
        let find = |(position, name): (usize, &String)| {
            let pointer = place.item("subnets", position);
            Some((position, problems.find(subnets, ComponentKind::Subnet, "subnets", name, pointer)?))
        };
        names.iter().enumerate().filter_map(find).collect()
    }

    /// Reports a subnet of another VPC than the thing that lists it.
    pub(super) fn check_vpc_of_subnet(&mut self, place: Place<'d>, position: usize, subnet: SubnetId, vpc: VpcId) {
        let subnet = self.network.subnets.get(subnet);
        if subnet.vpc != vpc {
            let kind = || ProblemKind::OfAnotherVpc {
                component: subnet.component.clone(),
                vpc: self.network.vpc_name(subnet.vpc),
                expected: self.network.vpc_name(vpc),
            };
            self.problems.report(place.item("subnets", position), kind);
        }
    }

    /// Reports the second explicit association of a subnet (R2.1, R8.14).
    pub(super) fn second_association(
        &mut self,
        place: Place<'d>,
        position: usize,
        subnet: SubnetId,
        winner: Component,
    ) {
        let subnet = || self.network.subnets.get(subnet).component.name.clone();
        let kind = || ProblemKind::SecondAssociation { subnet: subnet(), winner };
        self.problems.report(place.item("subnets", position), kind);
    }
}

/// What each VPC has by default and each subnet by association: route tables, network ACLs (R2.1, R8.14).
pub(super) struct Associations<I> {
    /// By position of the VPC.
    pub(super) vpcs: Vec<Option<I>>,
    /// By position of the subnet.
    pub(super) subnets: Vec<Option<I>>,
}

impl<I: Copy> Associations<I> {
    pub(super) fn new(network: &Network) -> Associations<I> {
        Associations { vpcs: vec![None; network.vpcs.len()], subnets: vec![None; network.subnets.len()] }
    }

    /// Makes it the default of a VPC, and tells which one is already, which stays.
    pub(super) fn of_vpc(&mut self, vpc: VpcId, id: I) -> Option<I> {
        associate(&mut self.vpcs, vpc.position(), id)
    }

    /// Associates it with a subnet, and tells which one is already, which stays.
    pub(super) fn of_subnet(&mut self, subnet: SubnetId, id: I) -> Option<I> {
        associate(&mut self.subnets, subnet.position(), id)
    }
}

fn associate<I: Copy>(places: &mut [Option<I>], position: usize, id: I) -> Option<I> {
    let place = places.get_mut(position)?;
    let winner = *place;
    place.get_or_insert(id);
    winner
}

/// All protocols and ports.
fn all_traffic() -> TrafficMatch {
    TrafficMatch { protocol: None, ports: RangeSet::range(0, u16::MAX) }
}

/// `0.0.0.0/0` or `::/0`.
fn everything(family: Family) -> IpNet {
    match family {
        Family::Ipv4 => IpNet::V4(Ipv4Net::default()),
        Family::Ipv6 => IpNet::V6(Ipv6Net::default()),
    }
}
