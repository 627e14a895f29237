//! What DNS Firewall and Resolver rules of a VPC make of a name, before the Amazon resolver answers (R1.15, R1.16).

use super::host::{self, AwsHost};
use crate::fact::{DnsDoubt, Fact, Missing};
use crate::network::{DnsFirewallAction, DnsFirewallRule, ResolverRuleType, Vpc};

/// What DNS Firewall does with the query for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Screened {
    /// It lets the query pass; and does it inspect the further names of a chain of aliases?
    Passes {
        /// Whether it leaves them alone.
        trusts_redirection: bool,
    },
    /// It answers itself, or it cannot be told what it does.
    Ends(Fact),
}

/// Whether a domain list has a name, or a set of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    No,
    /// It has some of them, or it is open whether it has the name.
    Perhaps,
    Yes,
}

/// The two types of query for addresses.
pub(super) const QUERY_TYPES: [&str; 2] = ["A", "AAAA"];

/// What DNS Firewall does with a query of that type: the first rule whose domain list has the name decides.
///
/// It acts before Resolver rules and private zones: the resolver hands it each query that it receives
/// (<https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-overview.html>).
pub(super) fn screen(vpc: &Vpc, name: &str, aws: Option<&AwsHost>, query_type: &str) -> Screened {
    let rules = || vpc.dns_firewall_rules.iter().enumerate().filter(|(_, rule)| is_about(rule, query_type));
    let doubt = |rule: usize, why: DnsDoubt| {
        Screened::Ends(Fact::NotKnown(Missing::DnsFirewall { host: name.to_owned(), rule, why }))
    };
    let effect = |position: usize, rule: &DnsFirewallRule| match rule.action {
        DnsFirewallAction::Passes => Screened::Passes { trusts_redirection: rule.trusts_redirection },
        DnsFirewallAction::Blocks(response) => {
            Screened::Ends(Fact::DnsFirewallBlocks { host: name.to_owned(), rule: position, response })
        }
        DnsFirewallAction::Overrides => doubt(position, DnsDoubt::Override),
        DnsFirewallAction::Unknown => doubt(position, DnsDoubt::Action),
    };
    // From the last rule to the first, so that where a rule may have the name, it is known what comes otherwise.
    let mut outcome = Screened::Passes { trusts_redirection: false };
    for (position, rule) in rules().rev() {
        let fit = fit_of(rule, |pattern| fit(pattern, name));
        if fit == Fit::No {
            continue;
        }
        let own = effect(position, rule);
        outcome = match (fit, own, outcome) {
            (Fit::Yes, own, _) => own,
            (_, Screened::Passes { trusts_redirection: one }, Screened::Passes { trusts_redirection: other }) => {
                Screened::Passes { trusts_redirection: one && other }
            }
            // Whichever of the two rules has the name, there is no answer.
            (
                _,
                Screened::Ends(Fact::DnsFirewallBlocks { .. }),
                rest @ Screened::Ends(Fact::DnsFirewallBlocks { .. }),
            ) => rest,
            _ => doubt(position, DnsDoubt::DomainList),
        };
    }
    if outcome != (Screened::Passes { trusts_redirection: false }) {
        return outcome;
    }
    // By default every name of a chain of aliases is inspected, and AWS tells of no name that it is none
    // (`INSPECT_REDIRECTION_DOMAIN`,
    // <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-settings.html>).
    for within in places_of_aliases(name, aws) {
        for (position, rule) in rules() {
            let fit = fit_of(rule, |pattern| fit_within(pattern, within));
            let passes = rule.action == DnsFirewallAction::Passes;
            if fit != Fit::No && !passes {
                return doubt(position, DnsDoubt::Alias);
            }
            if fit == Fit::Yes {
                break;
            }
        }
    }
    outcome
}

/// Whether the rule is about queries of that type.
fn is_about(rule: &DnsFirewallRule, query_type: &str) -> bool {
    // A type can also be written by its number.
    let number = if query_type == "A" { "TYPE1" } else { "TYPE28" };
    rule.query_type.as_ref().is_none_or(|own| own == query_type || own == number)
}

/// The best fit of a rule's domain list.
fn fit_of(rule: &DnsFirewallRule, fit: impl Fn(&str) -> Fit) -> Fit {
    match &rule.domains {
        Some(domains) => domains.iter().map(|pattern| fit(pattern)).max().unwrap_or(Fit::No),
        None => Fit::Perhaps,
    }
}

/// Whether an entry of a domain list stands for a name: it may start with an asterisk and is else the name itself
/// (<https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_UpdateFirewallDomains.html>).
fn fit(pattern: &str, name: &str) -> Fit {
    let Some(rest) = pattern.strip_prefix('*') else {
        return if pattern == name { Fit::Yes } else { Fit::No };
    };
    let Some(domain) = rest.strip_prefix('.') else {
        // The page does not say whether an asterisk stands for a part of a label.
        return match name.strip_suffix(rest) {
            Some(front) if rest.is_empty() || front.ends_with('.') => Fit::Yes,
            Some(_) => Fit::Perhaps,
            None => Fit::No,
        };
    };
    match name.strip_suffix(domain) {
        // Nor whether it stands for nothing.
        Some("") => Fit::Perhaps,
        Some(front) if front.ends_with('.') => Fit::Yes,
        _ => Fit::No,
    }
}

/// Whether an entry of a domain list stands for the names below a domain; without domain for any name.
fn fit_within(pattern: &str, within: Option<&str>) -> Fit {
    if pattern == "*" {
        return Fit::Yes;
    }
    let Some(within) = within else { return Fit::Perhaps };
    let Some(rest) = pattern.strip_prefix('*') else {
        let is_below = pattern != within && host::is_in_zone(pattern, within);
        return if is_below { Fit::Perhaps } else { Fit::No };
    };
    let domain = rest.trim_start_matches('.');
    if host::is_in_zone(within, domain) {
        Fit::Yes
    } else if within.ends_with(rest) || domain.ends_with(within) {
        Fit::Perhaps
    } else {
        Fit::No
    }
}

/// The domains in which the further names stand that a name may be an alias of.
///
/// The names of AWS's services lead to others of AWS's own domain, as `s3.amazonaws.com` does to `s3-1.amazonaws.com`;
/// only that of an edge-optimized API leads out of it, and any other name may lead anywhere.
fn places_of_aliases(name: &str, aws: Option<&AwsHost>) -> Vec<Option<&'static str>> {
    const OWN: [&str; 3] = ["amazonaws.com.cn", "amazonaws.com", "api.aws"];
    match aws {
        Some(aws) if aws.service != "execute-api" => {
            let own = OWN.iter().filter(|own| host::is_in_zone(name, own));
            own.copied().chain(name.ends_with(".api.aws").then_some("amazonaws.com")).map(Some).collect()
        }
        _ => vec![None],
    }
}

/// Whether servers of one's own answer for a name, which leaves the answer open.
///
/// The most specific domain wins, and of the same domain the Resolver rule before the private zone
/// (<https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html>); `zone` is the
/// domain of the private zone that would answer else, and whether it is a private hosted zone.
pub(super) fn forwarded(vpc: &Vpc, name: &str, zone: Option<(&str, bool)>) -> Option<Fact> {
    let least = zone.map_or(0, |(domain, _)| domain.len());
    let mut best: Option<(usize, usize)> = None;
    let mut found: Option<(usize, ResolverRuleType)> = None;
    for (position, rule) in vpc.resolver_rules.iter().enumerate() {
        if rule.kind == ResolverRuleType::Delegate {
            // It acts on what a private hosted zone delegates, and the document has no such records.
            if zone.is_some_and(|(_, hosted)| hosted) {
                return Some(open(vpc, name, position));
            }
            continue;
        }
        let Some(domain) = &rule.domain else { continue };
        let covers = domain.is_empty() || host::is_in_zone(name, domain);
        if covers && domain.len() >= least && best.is_none_or(|(_, length)| length < domain.len()) {
            best = Some((position, domain.len()));
            found = Some((position, rule.kind));
        }
    }
    let leads_away = found.filter(|(_, kind)| *kind != ResolverRuleType::System);
    // Of a rule without known domain, it is open whether it is the most specific one.
    let unknown = vpc.resolver_rules.iter().position(|rule| {
        rule.domain.is_none()
            && match rule.kind {
                ResolverRuleType::Forward | ResolverRuleType::Unknown => true,
                ResolverRuleType::System | ResolverRuleType::Delegate => false,
            }
    });
    leads_away.map(|(position, _)| position).or(unknown).map(|position| open(vpc, name, position))
}

fn open(vpc: &Vpc, name: &str, rule: usize) -> Fact {
    let domain = vpc.resolver_rules.get(rule).and_then(|rule| rule.domain.clone());
    let domain = domain.map(|domain| if domain.is_empty() { ".".to_owned() } else { domain });
    Fact::NotKnown(Missing::ResolverRule { host: name.to_owned(), rule, domain })
}

/// Where the rule stands that decides, for the resolver of that VPC.
pub(super) fn pointer(vpc: &str, fact: &Fact) -> Option<String> {
    let (list, rule) = match fact {
        Fact::DnsFirewallBlocks { rule, .. } | Fact::NotKnown(Missing::DnsFirewall { rule, .. }) => {
            ("dnsFirewallRules", rule)
        }
        Fact::NotKnown(Missing::ResolverRule { rule, .. }) => ("resolverRules", rule),
        _ => return None,
    };
    let mut pointer = String::new();
    for step in ["vpcs", vpc, list, &rule.to_string()] {
        crate::texts::push_step(&mut pointer, step);
    }
    Some(pointer)
}

#[cfg(test)]
mod tests {
    use super::{Fit, fit, fit_within};

    #[test]
    fn a_domain_list_stands_for_names() {
        for (pattern, name, expected) in [
            ("*", "s3.us-east-1.amazonaws.com", Fit::Yes),
            ("*.amazonaws.com", "s3.us-east-1.amazonaws.com", Fit::Yes),
            ("*.amazonaws.com", "amazonaws.com", Fit::Perhaps),
            ("*.amazonaws.com", "notamazonaws.com", Fit::No),
            ("amazonaws.com", "s3.us-east-1.amazonaws.com", Fit::No),
            ("s3.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com", Fit::Yes),
            ("*amazonaws.com", "s3.amazonaws.com", Fit::Yes),
            ("*amazonaws.com", "notamazonaws.com", Fit::Perhaps),
            ("*amazonaws.com", "amazonaws.com", Fit::Perhaps),
            ("*amazonaws.com", "example.com", Fit::No),
        ] {
            assert_eq!(fit(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn a_domain_list_stands_for_the_names_below_a_domain() {
        for (pattern, expected) in [
            ("*", Fit::Yes),
            ("*.com", Fit::Yes),
            ("*.amazonaws.com", Fit::Yes),
            ("*amazonaws.com", Fit::Yes),
            ("*aws.com", Fit::Perhaps),
            ("*.s3.amazonaws.com", Fit::Perhaps),
            ("s3-1.amazonaws.com", Fit::Perhaps),
            ("amazonaws.com", Fit::No),
            ("*.example.com", Fit::No),
            ("com", Fit::No),
        ] {
            assert_eq!(fit_within(pattern, Some("amazonaws.com")), expected, "{pattern}");
        }
        assert_eq!(fit_within("*.example.com", None), Fit::Perhaps);
    }
}
