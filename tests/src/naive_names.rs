//! A second implementation of DNS Firewall and Resolver rules (R1.15, R1.16): one possible world after the other.
//!
//! Whatever the rules leave open is tried both ways, and a name has an answer where every world has the same.

/// A rule of DNS Firewall.
#[derive(Clone, Debug)]
pub struct FirewallRule {
    /// `ALLOW`, `BLOCK`, …; none where it is not known.
    pub action: Option<&'static str>,
    /// The domain list; none where it is not known.
    pub domains: Option<Vec<&'static str>>,
    /// Whether only the first name of a chain of aliases is inspected.
    pub trusts: bool,
}

/// A Resolver rule.
#[derive(Clone, Debug)]
pub struct ResolverRule {
    /// The domain; none where it is not known.
    pub domain: Option<&'static str>,
    /// `FORWARD` or `SYSTEM`.
    pub of_type: &'static str,
}

/// What becomes of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The public answer.
    Public,
    /// No answer.
    Nothing,
    /// The rules do not tell.
    Unknown,
}

/// What becomes of the query for a name of AWS's, in a VPC that may have an empty private hosted zone.
pub fn resolve(name: &str, firewall: &[FirewallRule], resolver: &[ResolverRule], zone: Option<&str>) -> Outcome {
    let mut aliases = vec![None, Some("w.amazonaws.com".to_owned())];
    for pattern in firewall.iter().flat_map(|rule| rule.domains.iter().flatten()) {
        let rest = pattern.trim_start_matches('*');
        let name = if rest.starts_with('.') { format!("w{rest}") } else { rest.to_owned() };
        if name.ends_with(".amazonaws.com") {
            aliases.push(Some(name));
        }
    }
    let mut outcomes = Vec::new();
    for alias in &aliases {
        // Per rule: its list has the name, its list has the alias, its action blocks, its asterisk stands for more.
        for world in 0_u32..1 << (4 * firewall.len()) {
            let is_true = |rule: usize, which: usize| world >> (4 * rule + which) & 1 == 1;
            outcomes.push(in_world(name, alias.as_deref(), firewall, &is_true));
            outcomes.sort();
            outcomes.dedup();
        }
    }
    match outcomes.as_slice() {
        [Outcome::Public] => forwarded(name, resolver, zone),
        [one] => *one,
        _ => Outcome::Unknown,
    }
}

fn in_world(
    name: &str,
    alias: Option<&str>,
    firewall: &[FirewallRule],
    is_true: &dyn Fn(usize, usize) -> bool,
) -> Outcome {
    let first = |name: &str, which: usize| {
        firewall.iter().enumerate().find(|(position, rule)| match &rule.domains {
            None => is_true(*position, which),
            Some(domains) => domains.iter().any(|pattern| matches(pattern, name, is_true(*position, 3))),
        })
    };
    let ends = |found: Option<(usize, &FirewallRule)>| match found {
        None => None,
        Some((position, rule)) => match rule.action {
            Some("ALLOW" | "ALERT") => None,
            Some("BLOCK") => Some(Outcome::Nothing),
            Some(_) => Some(Outcome::Unknown),
            None => is_true(position, 2).then_some(Outcome::Nothing),
        },
    };
    let found = first(name, 0);
    if let Some(outcome) = ends(found) {
        return outcome;
    }
    let trusts = found.is_some_and(|(_, rule)| rule.trusts && rule.action.is_some());
    alias.filter(|_| !trusts).and_then(|alias| ends(first(alias, 1))).unwrap_or(Outcome::Public)
}

/// Whether an entry of a domain list stands for a name, label by label; `wide` decides what AWS does not say of asterisks.
fn matches(pattern: &str, name: &str, wide: bool) -> bool {
    let labels = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (pattern, name) = (labels(pattern), labels(name));
    if pattern == ["*"] {
        return true;
    }
    let Some((first, rest)) = pattern.split_first() else { return false };
    match first.strip_prefix('*') {
        None => pattern == name,
        Some("") => name.ends_with(rest) && name.len() > rest.len() || wide && name == rest,
        Some(end) => {
            let whole: Vec<String> = std::iter::once(end.to_owned()).chain(rest.iter().cloned()).collect();
            let below = name.ends_with(&whole) && name.len() > whole.len();
            below
                || wide
                    && name.len() >= whole.len()
                    && name
                        .iter()
                        .skip(name.len() - whole.len())
                        .zip(&whole)
                        .enumerate()
                        .all(|(at, (own, other))| own == other || at == 0 && own.ends_with(end))
        }
    }
}

/// The most specific domain, and of the same one the Resolver rule.
fn forwarded(name: &str, resolver: &[ResolverRule], zone: Option<&str>) -> Outcome {
    let labels = |domain: &str| domain.split('.').filter(|label| !label.is_empty()).count();
    let covers = |domain: &str| {
        let domain: Vec<&str> = domain.split('.').filter(|label| !label.is_empty()).collect();
        name.split('.').collect::<Vec<_>>().ends_with(&domain)
    };
    // A rule without known domain can be about the name itself, or about something else.
    if resolver.iter().any(|rule| rule.domain.is_none() && rule.of_type == "FORWARD") {
        return Outcome::Unknown;
    }
    let zone = zone.filter(|zone| covers(zone));
    let mut best = zone.map(|zone| (labels(zone), Outcome::Nothing));
    for rule in resolver {
        let Some(domain) = rule.domain.filter(|domain| covers(domain)) else { continue };
        if best.is_none_or(|(length, _)| labels(domain) >= length) {
            let outcome = match (rule.of_type, zone) {
                ("FORWARD", _) => Outcome::Unknown,
                (_, Some(_)) => Outcome::Nothing,
                (_, None) => Outcome::Public,
            };
            best = Some((labels(domain), outcome));
        }
    }
    best.map_or(Outcome::Public, |(_, outcome)| outcome)
}
