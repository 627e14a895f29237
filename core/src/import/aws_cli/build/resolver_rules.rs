//! Resolver rules and DNS Firewall of VPCs (R1.15, R1.16).

use super::Builder;
use super::marks::Extent;
use crate::document;
use crate::import::aws_cli::answers::FirewallRule;
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::aws_cli::scalar::Text;
use crate::import::aws_cli::scan::Findings;
use crate::import::places::pointer_to;

pub(super) fn resolver_rules(builder: &mut Builder<'_>, findings: &Findings<'_>) {
    let rules = &findings.lists.resolver_rules;
    for Found { item, file } in &findings.lists.resolver_rule_associations {
        let Some(vpc) = builder.document.vpcs.get_mut(&item.vpc_id) else { continue };
        let found = rules.iter().find(|rule| rule.item.id == item.resolver_rule_id);
        let rule = found.map(|found| &found.item);
        let is_settled = item.status.given().is_none_or(|status| status == "COMPLETE");
        vpc.resolver_rules.push(document::ResolverRule {
            domain: rule.and_then(|rule| rule.domain_name.owned()).map(without_dot),
            r#type: rule.filter(|_| is_settled).and_then(|rule| rule.rule_type.owned()),
        });
        let place = pointer_to("vpcs", &item.vpc_id, "resolverRules", vpc.resolver_rules.len() - 1);
        let (file, text) = found.map_or((*file, &item.resolver_rule_id), |found| (found.file, &found.item.id));
        builder.mark(file, text, Extent::Key, place, &item.resolver_rule_id, ListKind::ResolverRules.key());
    }
}

/// The name without the dot at its end; the one for every name is nothing but a dot.
fn without_dot(domain: String) -> String {
    match domain.strip_suffix('.') {
        Some("") | None => domain,
        Some(rest) => rest.to_owned(),
    }
}

pub(super) fn dns_firewall_rules(builder: &mut Builder<'_>, findings: &Findings<'_>) {
    let mut associations: Vec<_> = findings.lists.firewall_rule_group_associations.iter().collect();
    associations.sort_by_key(|found| found.item.priority);
    for Found { item, file } in associations {
        let group = &item.firewall_rule_group_id;
        let mut rules: Vec<&Found<FirewallRule<'_>>> = findings.lists.firewall_rules.iter().collect();
        rules.retain(|rule| rule.item.firewall_rule_group_id == *group);
        rules.sort_by_key(|rule| rule.item.priority);
        let is_listed = findings.firewall_rules.iter().any(|listed| listed.of == Some(&**group));
        let Some(vpc) = builder.document.vpcs.get_mut(&item.vpc_id) else { continue };
        let is_settled = item.status.given().is_none_or(|status| status == "COMPLETE");
        let mut marks: Vec<(usize, &Text<'_>, usize)> = Vec::new();
        if rules.is_empty() && !is_listed {
            // What the group says is not known.
            marks.push((*file, group, vpc.dns_firewall_rules.len()));
            vpc.dns_firewall_rules.push(document::DnsFirewallRule::default());
        }
        for Found { item: rule, file } in rules {
            marks.push((*file, &rule.firewall_rule_group_id, vpc.dns_firewall_rules.len()));
            let list = &rule.firewall_domain_list_id;
            let domains = findings.firewall_domains.iter().find(|(named, _)| named.of.as_deref() == list.given());
            let domains = domains.filter(|_| list.given().is_some());
            vpc.dns_firewall_rules.push(document::DnsFirewallRule {
                action: rule.action.owned().filter(|_| is_settled),
                domains: domains.map(|(_, domains)| domains.iter().filter_map(Text::owned).map(without_dot).collect()),
                block_response: rule.block_response.owned(),
                firewall_domain_redirection_action: rule.firewall_domain_redirection_action.owned(),
                qtype: rule.qtype.owned(),
            });
        }
        for (file, text, position) in marks {
            let place = pointer_to("vpcs", &item.vpc_id, "dnsFirewallRules", position);
            builder.mark(file, text, Extent::Object, place, text, ListKind::FirewallRules.key());
        }
    }
}
