//! The deciding rule or route as AWS prints it: the same in every language.

use crate::fact::{Fact, FilterDirection, Permission, RuleText};
use crate::texts::{cat, joined};

/// The text in mono below a hop's title; empty where no rule, route or name decides.
pub(super) fn detail(fact: &Fact) -> String {
    if !fact.is_worded() {
        return String::new();
    }
    match fact {
        Fact::NotStarted { state, reason, .. } => match reason {
            Some(reason) => cat!(state.as_str(), ", ", reason),
            None => state.clone(),
        },
        Fact::OutOfAddresses { names, .. } => joined(names, ", "),
        Fact::ResolvesPublicly { host, .. } => cat!(host, " → public"),
        Fact::ResolvesToEndpoint { host, endpoint } => cat!(host, " → ", &endpoint.name),
        Fact::ResolvesInZone { host, zone } => cat!(host, " → ", &zone.name),
        Fact::AsksDnsServer { server } => server.to_string(),
        Fact::DnsSupportDisabled { .. } => "enableDnsSupport = false".into(),
        Fact::DnsServersUnreachable { servers } => {
            joined(&servers.iter().map(ToString::to_string).collect::<Vec<_>>(), ", ")
        }
        Fact::ZoneHasNoRecord { host, .. }
        | Fact::DnsFirewallBlocks { host, .. }
        | Fact::NoAddressOfFamily { host, .. }
        | Fact::NameNotCovered { host, .. }
        | Fact::PublicApiCaptured { host, .. } => host.clone(),
        Fact::SecurityGroupAllows { direction, rule } => {
            let (word, arrow) = match direction {
                FilterDirection::Ingress => ("ingress ", " ← "),
                FilterDirection::Egress => ("egress ", " → "),
            };
            [word, &rule_text(rule, arrow)].concat()
        }
        Fact::NetworkAclRule { direction, allow, number, rule } => {
            let (word, arrow) = acl_words(*direction);
            let verb = if *allow { " allow " } else { " deny " };
            [word, &number.to_string(), verb, &rule_text(rule, arrow)].concat()
        }
        Fact::NetworkAclNoMatch { direction } => cat!(acl_words(*direction).0, "* deny all"),
        Fact::RouteSelected { destination, target, .. } => cat!(destination, " → ", target),
        Fact::RouteBlackhole { destination, target } => cat!(destination, " → ", target, " (blackhole)"),
        Fact::ReplyTakesAnotherWay { target } => cat!("→ ", target),
        Fact::EndpointRouteBeaten { endpoint, destination, .. } => cat!(destination, " > ", &endpoint.name),
        Fact::InternetGatewayForwards { address: Some(address), .. }
        | Fact::AddressInNoSubnet { address }
        | Fact::InternetGatewayReflection { address } => address.to_string(),
        Fact::PublicAccessBlocked { mode } => (*mode).into(),
        Fact::BadState { state } => aws_state(state).into(),
        Fact::NatGatewayTranslates { elastic_ip: Some(address) } => cat!("→ ", &address.to_string()),
        Fact::ZoneNotServed { availability_zone } => availability_zone.clone(),
        Fact::GatewayEndpointForwards { service } | Fact::InterfaceEndpointForwards { service } => service.clone(),
        Fact::ServiceAnswers { region, .. }
        | Fact::RedirectsToRegion { region, .. }
        | Fact::CopyRefused { source_region: region } => region.clone(),
        Fact::InternetAnswers { host } => host.clone(),
        Fact::PolicyAllows { permission, .. } => request(permission),
        Fact::PolicyDenies(denial) => request(&denial.permission),
        Fact::CannotCreateInterfaces { missing, .. } => joined(missing, ", "),
        Fact::Starts { .. }
        | Fact::StartsOutsideVpc
        | Fact::NoNameNeeded
        | Fact::WorkloadLacksFamily { .. }
        | Fact::PrivateDnsNotInEffect { .. }
        | Fact::ListNotSupported
        | Fact::SecurityGroupHasNoRules { .. }
        | Fact::SecurityGroupMismatch { .. }
        | Fact::NotInVpc
        | Fact::SameSubnet
        | Fact::NoRoute
        | Fact::EndpointNotAssociated { .. }
        | Fact::RoutingLoop
        | Fact::InternetGatewayForwards { address: None, .. }
        | Fact::NoPublicAddress { .. }
        | Fact::GatewayNotAttached
        | Fact::PrivateDestination { .. }
        | Fact::EgressOnlyForwards
        | Fact::FamilyNotCarried { .. }
        | Fact::ProtocolNotCarried { .. }
        | Fact::NatGatewayTranslates { elastic_ip: None }
        | Fact::SourceDestCheck
        | Fact::NatInstanceTranslates
        | Fact::ApplianceForwards
        | Fact::DoesNotForward
        | Fact::InterfaceAnswers
        | Fact::PortNotListening { .. }
        | Fact::NotKnown(_) => String::new(),
    }
}

/// `s3:GetObject arn:aws:s3:::photos/…`.
fn request(permission: &Permission) -> String {
    cat!(permission.action.as_str(), " ", &permission.resource)
}

/// A state as AWS writes it, where the network has it in small letters.
pub(super) fn aws_state(state: &str) -> &str {
    if state == "pendingacceptance" { "pendingAcceptance" } else { state }
}

fn acl_words(direction: FilterDirection) -> (&'static str, &'static str) {
    match direction {
        FilterDirection::Ingress => ("inbound ", " ← "),
        FilterDirection::Egress => ("outbound ", " → "),
    }
}

/// `tcp 443 → 0.0.0.0/0`.
fn rule_text(rule: &RuleText, arrow: &str) -> String {
    let mut text = rule.protocol.clone();
    if !rule.ports.is_empty() {
        text.push(' ');
        text.push_str(&rule.ports);
    }
    if !rule.peer.is_empty() {
        text.push_str(arrow);
        text.push_str(&rule.peer);
    }
    text
}
