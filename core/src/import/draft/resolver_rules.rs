//! Resolver rules and DNS Firewall (R1.15, R1.16).
//!
//! What the files leave open about a rule is left out of it: the engine takes a rule without domain, type or action for
//! one that may concern a name.

use super::Draft;
use crate::document::{DnsFirewallRule, ResolverRule};
use crate::import::inventory::{Kind, Resource, field};
use crate::import::places::pointer_to;
use crate::import::problem::ImportProblemKind;
use crate::import::tree::{At, Node, Value};

/// A rule of DNS Firewall on its way to a VPC.
struct Placed {
    /// The priorities of the association and of the rule; none where they are not known.
    order: Option<(i64, i64)>,
    rule: DnsFirewallRule,
    /// The resource that has the rule, and where it stands there.
    from: (usize, At),
}

impl Draft<'_> {
    pub(super) fn resolver_rules(&mut self) {
        for (position, resource) in self.of(Kind::ResolverRuleAssociation) {
            let found = self.described(position, &resource.fields, "resolver_rule_id", Kind::ResolverRule);
            let is_in_doubt = self.is_in_doubt(position);
            let (rule, at) = match found {
                Some(of) => (self.resolver_rule(of), of),
                None => (ResolverRule::default(), position),
            };
            let rule = if is_in_doubt { ResolverRule { r#type: None, ..rule } } else { rule };
            for (vpc, is_certain) in self.vpcs_of_association(position, resource, "vpc_id") {
                let rule = if is_certain { rule.clone() } else { ResolverRule { r#type: None, ..rule.clone() } };
                self.add_resolver_rule(&vpc, rule, at);
            }
        }
        for (position, resource) in self.of(Kind::ProfileAssociation) {
            let kind =
                ImportProblemKind::NotModelled { resource: resource.name.clone(), of_type: resource.type_name.clone() };
            self.report(resource, resource.at, kind);
            for (vpc, _) in self.vpcs_of_association(position, resource, "resource_id") {
                self.add_resolver_rule(&vpc, ResolverRule::default(), position);
            }
        }
    }

    fn add_resolver_rule(&mut self, vpc: &str, rule: ResolverRule, from: usize) {
        let Some(known) = self.document.vpcs.get_mut(vpc) else { return };
        let Some(at) = super::add(&mut known.resolver_rules, rule) else { return };
        let place = self.resources.get(from).map(|resource| resource.at).unwrap_or_default();
        self.remember(pointer_to("vpcs", vpc, "resolverRules", at), from, place);
    }

    fn resolver_rule(&mut self, position: usize) -> ResolverRule {
        let Some(resource) = self.resources.get(position) else { return ResolverRule::default() };
        let is_in_doubt = self.is_in_doubt(position);
        let domain = self.told_text(position, &resource.fields, "domain_name");
        let of_type = self.told_text(position, &resource.fields, "rule_type").filter(|_| !is_in_doubt);
        ResolverRule { domain, r#type: of_type.map(|text| text.to_ascii_uppercase()) }
    }

    pub(super) fn dns_firewall_rules(&mut self) {
        let associations: Vec<(usize, &Resource)> = self.of(Kind::FirewallRuleGroupAssociation).collect();
        // By VPC, in the order of the document.
        let mut placed: Vec<(String, Vec<Placed>)> = Vec::new();
        for (position, resource) in associations {
            let is_in_doubt = self.is_in_doubt(position);
            let priority = self.told_number(position, &resource.fields, "priority");
            let rules =
                match self.described(position, &resource.fields, "firewall_rule_group_id", Kind::FirewallRuleGroup) {
                    Some(group) => self.rules_of_group(group),
                    None => vec![(None, DnsFirewallRule::default(), (position, resource.at))],
                };
            for (vpc, is_certain) in self.vpcs_of_association(position, resource, "vpc_id") {
                let own = rules.iter().map(|(number, rule, from)| {
                    let mut rule = rule.clone();
                    if is_in_doubt || !is_certain {
                        rule.action = None;
                    }
                    Placed { order: priority.zip(*number), rule, from: *from }
                });
                match placed.iter_mut().find(|(name, _)| *name == vpc) {
                    Some((_, list)) => list.extend(own),
                    None => placed.push((vpc, own.collect())),
                }
            }
        }
        for (vpc, mut rules) in placed {
            // Where the order is open, a rule may be the first one, and what it then does is open as well.
            if rules.len() > 1 {
                rules.iter_mut().filter(|placed| placed.order.is_none()).for_each(|placed| placed.rule.action = None);
            }
            rules.sort_by_key(|placed| placed.order);
            let Some(known) = self.document.vpcs.get_mut(&vpc).filter(|vpc| vpc.dns_firewall_rules.is_empty()) else {
                continue;
            };
            known.dns_firewall_rules = rules.iter().map(|placed| placed.rule.clone()).collect();
            for (at, placed) in rules.iter().enumerate() {
                self.remember(pointer_to("vpcs", &vpc, "dnsFirewallRules", at), placed.from.0, placed.from.1);
            }
        }
    }

    /// The rules of a group, each with its priority and where it stands.
    fn rules_of_group(&mut self, group: usize) -> Vec<(Option<i64>, DnsFirewallRule, (usize, At))> {
        let Some(resource) = self.resources.get(group) else { return Vec::new() };
        let mut rules = Vec::new();
        // The data source describes a group without its rules.
        let list = field(&resource.fields, "firewall_rules");
        if resource.is_data || list.is_some_and(|list| !matches!(list.value, Value::List(_))) {
            if let Some((list, Value::Unknown(unknown))) = list.map(|list| (list, &list.value)) {
                self.tell(group, list, "firewall_rules", *unknown);
            }
            return vec![(None, DnsFirewallRule::default(), (group, resource.at))];
        }
        for item in list.map(Node::items).unwrap_or_default() {
            let at = self.place_in(group, item);
            rules.push(self.firewall_rule(group, item, at));
        }
        for (position, resource) in self.of(Kind::FirewallRule) {
            if self.described(position, &resource.fields, "firewall_rule_group_id", Kind::FirewallRuleGroup)
                == Some(group)
            {
                rules.push(self.firewall_rule(position, &resource.fields, resource.at));
            }
        }
        if self.is_in_doubt(group) {
            rules.iter_mut().for_each(|(_, rule, _)| rule.action = None);
        }
        rules
    }

    fn firewall_rule(&mut self, position: usize, fields: &Node, at: At) -> (Option<i64>, DnsFirewallRule, (usize, At)) {
        let mut rule = DnsFirewallRule {
            action: self.told_text(position, fields, "action").map(|text| text.to_ascii_uppercase()),
            ..DnsFirewallRule::default()
        };
        let mut is_open = self.is_in_doubt(position);
        if field(fields, "firewall_domain_list_id").is_some()
            && let Some(list) = self.described(position, fields, "firewall_domain_list_id", Kind::FirewallDomainList)
        {
            rule.domains = self.domains(list);
            is_open |= self.is_in_doubt(list);
        }
        for (property, place) in [
            ("block_response", &mut rule.block_response),
            ("firewall_domain_redirection_action", &mut rule.firewall_domain_redirection_action),
            ("q_type", &mut rule.qtype),
        ] {
            is_open |= field(fields, property).is_some_and(|node| node.scalar().is_none());
            *place = self.told_text(position, fields, property).map(|text| text.to_ascii_uppercase());
        }
        // AWS asks for a response where a rule blocks.
        is_open |= rule.action.as_deref() == Some("BLOCK") && rule.block_response.is_none();
        if is_open {
            rule.action = None;
            rule.qtype = None;
        }
        (self.told_number(position, fields, "priority"), rule, (position, at))
    }

    /// The entries of a domain list, where all of them are known.
    fn domains(&mut self, list: usize) -> Option<Vec<String>> {
        let resource = self.resources.get(list)?;
        let node = field(&resource.fields, "domains")?;
        if let Value::Unknown(unknown) = node.value {
            self.tell(list, node, "domains", unknown);
            return None;
        }
        let mut domains = Vec::new();
        for item in node.items() {
            match (item.scalar(), &item.value) {
                (Some(domain), _) => domains.push(domain.to_owned()),
                (None, Value::Unknown(unknown)) => {
                    self.tell(list, item, "domains", *unknown);
                    return None;
                }
                _ => return None,
            }
        }
        Some(domains)
    }

    /// The VPCs that an association is about, and whether it is certain to be about them: where the VPC is not known,
    /// it may be any of the document.
    fn vpcs_of_association(&mut self, position: usize, resource: &Resource, property: &str) -> Vec<(String, bool)> {
        let Some(node) = field(&resource.fields, property) else {
            return self.document.vpcs.keys().map(|key| (key.clone(), false)).collect();
        };
        let is_open = !matches!(node.value, Value::Text(_))
            && !matches!(&node.value, Value::Reference { resource, .. }
                if self.resources.get(*resource).is_some_and(|found| found.kind == Kind::Vpc));
        let Some(name) = self.vpc_named(position, node, property) else { return Vec::new() };
        let mut vpcs = vec![(name.clone(), true)];
        if is_open {
            vpcs.extend(self.document.vpcs.keys().filter(|key| **key != name).map(|key| (key.clone(), false)));
        }
        vpcs
    }

    /// The position of the resource of a kind that a property names; what no file describes is told.
    fn described(&mut self, position: usize, fields: &Node, property: &str, kind: Kind) -> Option<usize> {
        let node = field(fields, property)?;
        let found = match &node.value {
            Value::Reference { resource, .. } => Some(*resource),
            Value::Text(text) => self.ids.get(text).map(|(resource, _)| *resource),
            Value::Unknown(unknown) => {
                self.tell(position, node, property, *unknown);
                return None;
            }
            _ => None,
        };
        let found = found.filter(|found| self.resources.get(*found).is_some_and(|resource| resource.kind == kind));
        if found.is_none()
            && let (Some(own), Some(id)) = (self.resources.get(position), node.scalar())
        {
            let kind = ImportProblemKind::OutsideReference { resource: own.name.clone(), id: id.to_owned() };
            self.report(own, node.at, kind);
        }
        found
    }
}
