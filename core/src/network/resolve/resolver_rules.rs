//! Resolver rules and rules of DNS Firewall (R1.15, R1.16).

use super::Resolver;
use super::problems::Place;
use super::surroundings::domain_name;
use crate::document;
use crate::document::words;
use crate::network::{DnsFirewallAction, DnsFirewallRule, ResolverRule, ResolverRuleType};
use crate::problem::ProblemKind;

impl Resolver<'_> {
    pub(super) fn resolver_rules(&mut self, vpc: Place<'_>, declared: &[document::ResolverRule]) -> Vec<ResolverRule> {
        let mut rules = Vec::with_capacity(declared.len());
        for (position, rule) in declared.iter().enumerate() {
            let pointer = vpc.item("resolverRules", position);
            let word = rule
                .r#type
                .as_ref()
                .and_then(|text| self.problems.word(text, words::RESOLVER_RULE_TYPES, pointer.at("type")));
            let kind = match word {
                Some("FORWARD") => ResolverRuleType::Forward,
                Some("SYSTEM" | "RECURSIVE") => ResolverRuleType::System,
                Some("DELEGATE") => ResolverRuleType::Delegate,
                _ => ResolverRuleType::Unknown,
            };
            let domain = rule.domain.as_deref().map(domain_name);
            let is_plain = domain.as_ref().is_none_or(|domain| !domain.contains('*'));
            if !is_plain {
                let text = rule.domain.clone().unwrap_or_default();
                self.problems.report(pointer.at("domain"), || ProblemKind::BadDomain { text });
            }
            rules.push(ResolverRule { domain: domain.filter(|_| is_plain), kind });
        }
        rules
    }

    pub(super) fn dns_firewall_rules(
        &mut self,
        vpc: Place<'_>,
        declared: &[document::DnsFirewallRule],
    ) -> Vec<DnsFirewallRule> {
        let mut rules = Vec::with_capacity(declared.len());
        for (position, rule) in declared.iter().enumerate() {
            let pointer = vpc.item("dnsFirewallRules", position);
            let mut word = |text: &Option<String>, allowed, field| {
                text.as_ref().map(|text| self.problems.word(text, allowed, pointer.at(field)).unwrap_or_default())
            };
            let action = word(&rule.action, words::DNS_FIREWALL_ACTIONS, "action");
            let response = word(&rule.block_response, words::BLOCK_RESPONSES, "blockResponse");
            let redirection = &rule.firewall_domain_redirection_action;
            let redirection = word(redirection, words::REDIRECTION_ACTIONS, "firewallDomainRedirectionAction");
            let action = match (action, response) {
                (Some("ALLOW" | "ALERT"), _) => DnsFirewallAction::Passes,
                (Some("BLOCK"), None) => DnsFirewallAction::Blocks("NODATA"),
                (Some("BLOCK"), Some("OVERRIDE")) => DnsFirewallAction::Overrides,
                (Some("BLOCK"), Some(response @ ("NODATA" | "NXDOMAIN"))) => DnsFirewallAction::Blocks(response),
                // What cannot be read is not taken for something that lets names pass.
                _ => DnsFirewallAction::Unknown,
            };
            let mut domains: Option<Vec<String>> =
                rule.domains.as_ref().map(|domains| domains.iter().map(|domain| domain_name(domain)).collect());
            let is_odd = |domain: &String| {
                domain.is_empty() || domain.trim_start_matches('*').contains('*') || domain.starts_with("**")
            };
            if let Some(text) = domains.as_ref().and_then(|domains| domains.iter().find(|domain| is_odd(domain))) {
                let text = text.clone();
                self.problems.report(pointer.at("domains"), || ProblemKind::BadDomain { text });
                domains = None;
            }
            rules.push(DnsFirewallRule {
                action,
                domains,
                trusts_redirection: redirection == Some("TRUST_REDIRECTION_DOMAIN"),
                query_type: rule.qtype.as_ref().map(|text| text.trim().to_ascii_uppercase()),
            });
        }
        rules
    }
}
