//! English.

mod facts;
mod notes;
mod permissions;
#[cfg(feature = "whole")]
mod whole;

use super::{About, Permissions, Words};
use crate::analysis::{Assumption, Symptom, SymptomKind};
use crate::answer::Layer;
use crate::check::Unmet;
use crate::component::{Component, ComponentKind, PUBLIC_RESOLVER};
use crate::fact::{Action, Fact, Missing};
use crate::network::VpcEndpointKind;
use crate::texts::{cat, joined};
use crate::verdict::Verdict;
use crate::words::traffic::Part;

pub(super) struct English;

impl Words for English {
    fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Succeeds => "Succeeds",
            Verdict::TimesOut => "Times out",
            Verdict::Intermittent => "Intermittent",
            Verdict::NameNotResolved => "Name not resolved",
            Verdict::Refused => "Refused",
            Verdict::AccessDenied => "Access denied",
            Verdict::Redirected => "Redirected",
            Verdict::NeverStarts => "Never starts",
            Verdict::Undetermined => "Undetermined",
        }
    }

    fn action(&self, action: Action) -> &'static str {
        match action {
            Action::Starts => "starts",
            Action::Resolves => "resolves",
            Action::Allows => "allows",
            Action::Routes => "routes",
            Action::Translates => "translates",
            Action::Forwards => "forwards",
            Action::Answers => "answers",
            Action::Redirects => "redirects",
            Action::Refuses => "refuses",
            Action::Drops => "drops",
            Action::Unknown => "not known",
        }
    }

    fn deed(&self, fact: &Fact) -> Option<&'static str> {
        match fact {
            Fact::NotStarted { .. } | Fact::OutOfAddresses { .. } | Fact::CannotCreateInterfaces { .. } => {
                Some("does not run")
            }
            Fact::NoNameNeeded => Some("not asked"),
            Fact::DnsSupportDisabled { .. }
            | Fact::DnsServersUnreachable { .. }
            | Fact::ZoneHasNoRecord { .. }
            | Fact::DnsFirewallBlocks { .. } => Some("does not resolve"),
            Fact::NoAddressOfFamily { .. } | Fact::WorkloadLacksFamily { .. } => Some("cannot connect"),
            _ => None,
        }
    }

    fn layer(&self, layer: Layer, permissions: Permissions) -> &'static str {
        match layer {
            Layer::None => match permissions {
                Permissions::Assumed => "Network arrives, permissions assumed",
                Permissions::Allow => "Network arrives, permissions allow",
                Permissions::Deny | Permissions::NotAsked => "Network arrives",
            },
            Layer::Network if permissions == Permissions::Deny => "Network, and permissions too",
            Layer::Network => "Network, not permissions",
            Layer::Name => "Names, not permissions",
            Layer::Permissions => "Permissions, not network",
            Layer::Service => "Network arrives, the far end answers otherwise",
            Layer::Start => "The code does not run",
            Layer::NotKnown => "Not enough is known",
        }
    }

    fn kind(&self, kind: ComponentKind) -> &'static str {
        match kind {
            ComponentKind::Vpc => "VPC",
            ComponentKind::Subnet => "Subnet",
            ComponentKind::RouteTable => "Route table",
            ComponentKind::InternetGateway => "Internet gateway",
            ComponentKind::EgressOnlyInternetGateway => "Egress-only internet gateway",
            ComponentKind::NatGateway => "NAT gateway",
            ComponentKind::VpcEndpoint => "VPC endpoint",
            ComponentKind::SecurityGroup => "Security group",
            ComponentKind::NetworkAcl => "Network ACL",
            ComponentKind::PrefixList => "Prefix list",
            ComponentKind::DhcpOptions => "DHCP option set",
            ComponentKind::PrivateHostedZone => "Private hosted zone",
            ComponentKind::VpcBlockPublicAccess => "VPC Block Public Access",
            ComponentKind::Function => "Function",
            ComponentKind::Instance => "EC2 instance",
            ComponentKind::Task => "ECS task",
            ComponentKind::CodeBuildProject => "CodeBuild project",
            ComponentKind::NetworkInterface => "Network interface",
            ComponentKind::Bucket => "S3 bucket",
            ComponentKind::AccessPoint => "access point",
            ComponentKind::InternetHost => "Internet host",
            ComponentKind::Role => "Role",
            ComponentKind::ManagedPolicy => "Managed policy",
            ComponentKind::Account => "Account",
            ComponentKind::KmsKey => "KMS key",
            ComponentKind::TransitGateway => "Transit gateway",
            ComponentKind::VpcPeeringConnection => "VPC peering connection",
            ComponentKind::VpnGateway => "Virtual private gateway",
            ComponentKind::CarrierGateway => "Carrier gateway",
            ComponentKind::LocalGateway => "Local gateway",
            ComponentKind::CoreNetwork => "Core network",
            ComponentKind::Service => "AWS service",
            ComponentKind::Internet => "Host",
            ComponentKind::Resolver => "Amazon resolver of VPC",
            ComponentKind::Address => "Address",
        }
    }

    fn endpoint_kind(&self, kind: VpcEndpointKind) -> &'static str {
        match kind {
            VpcEndpointKind::Gateway => "Gateway endpoint",
            VpcEndpointKind::Interface => "Interface endpoint",
            VpcEndpointKind::GatewayLoadBalancer => "Gateway Load Balancer endpoint",
        }
    }

    fn title(&self, component: &Component, endpoint: Option<VpcEndpointKind>) -> String {
        let kind = endpoint.map_or_else(|| self.kind(component.kind), |kind| self.endpoint_kind(kind));
        if component.name.is_empty() || component.kind == ComponentKind::VpcBlockPublicAccess {
            kind.into()
        } else if component.kind == ComponentKind::Resolver && component.name == PUBLIC_RESOLVER {
            "Public DNS".into()
        } else {
            cat!(kind, " ", &component.name)
        }
    }

    fn in_region(&self, name: &str, region: &str) -> String {
        cat!(name, " in ", region)
    }

    fn mention(&self, component: &Component) -> String {
        mention(component)
    }

    fn says(&self, about: &About<'_>) -> String {
        cat!(&capitalised(&facts::clause(about).reason), ".")
    }

    fn blocks(&self, about: &About<'_>) -> String {
        let clause = facts::clause(about);
        cat!(&about.who, " ", clause.verb, ": ", &clause.reason)
    }

    fn summary_blocked(&self, blocker: &str, more: usize) -> String {
        cat!(blocker, &more_blockers(more), ".")
    }

    fn then(&self, first: &str, second: &str) -> String {
        cat!(first, " ", second)
    }

    fn summary_arrives(&self, carriers: &[String], to: &str, outside_vpc: bool) -> String {
        if outside_vpc {
            return cat!(
                "The function is not attached to a VPC: Lambda's own network carries the packet to ",
                to,
                ", and the reply returns.",
            );
        }
        match carriers {
            [] => cat!("The packet reaches ", to, ", and the reply returns."),
            [one] => cat!(one, " carries the packet to ", to, ", and the reply returns."),
            several => {
                cat!(&capitalised(&list(&lowered(several))), " carry the packet to ", to, ", and the reply returns.")
            }
        }
    }

    fn summary_by_subnet(
        &self,
        from: &[&str],
        carriers: &[String],
        not_from: &[&str],
        blocker: &str,
        more: usize,
    ) -> String {
        let through = if carriers.is_empty() { String::new() } else { cat!(" through ", &list(&lowered(carriers))) };
        cat!(
            "From ",
            &list(from),
            ", it arrives",
            &through,
            ". From ",
            &list(not_from),
            ", ",
            &uncapitalised(blocker),
            &more_blockers(more),
            ".",
        )
    }

    fn summary_by_part(&self, part: Option<&str>, blocker: &str, more: usize) -> String {
        let which = match part {
            Some(part) => cat!("For ", part),
            None => "For some of the traffic".into(),
        };
        cat!(&which, ", ", &uncapitalised(blocker), &more_blockers(more), ". The rest arrives.")
    }

    fn summary_unknown(&self) -> String {
        "The document does not say enough to tell.".into()
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::SourcePorts(ports) => cat!("source ports ", ports),
            Part::Destination(addresses) => cat!("destination ", addresses),
            Part::DestinationPorts(ports) => cat!("destination ports ", ports),
            Part::Source(addresses) => cat!("source ", addresses),
        }
    }

    fn more(&self, count: usize) -> String {
        cat!(" and ", &count.to_string(), " more")
    }

    fn assumption(&self, assumption: &Assumption) -> String {
        notes::assumption(assumption)
    }

    fn settle(&self, missing: &Missing) -> String {
        notes::settle(missing)
    }

    fn settle_reflection(&self, address: std::net::IpAddr) -> String {
        cat!("Ask about the private address behind ", &address.to_string(), " instead.")
    }

    fn unmet(&self, unmet: &Unmet<'_>) -> String {
        match unmet {
            Unmet::Because(code) => cat!(code.as_str(), " is not among the reasons."),
            Unmet::Carrier(name) => cat!(name, " does not carry the traffic."),
            Unmet::Sense => "The question itself has no answer.".into(),
        }
    }

    fn symptom(&self, symptom: &Symptom, is_function: bool, several_subnets: bool) -> String {
        match symptom.kind {
            SymptomKind::None if is_function => "No time-out line; the duration is the code's own.".into(),
            SymptomKind::None => "The call returns.".into(),
            SymptomKind::FunctionTimeout => match symptom.seconds {
                Some(seconds) => {
                    cat!("The function waits until its time-out of ", &duration(seconds), " ends the run.")
                }
                None => "The function waits until its time-out ends the run.".into(),
            },
            SymptomKind::SdkError => match symptom.seconds {
                Some(seconds) => cat!("The client gives up by itself, after about ", &duration(seconds), "."),
                None => "The client gives up by itself.".into(),
            },
            SymptomKind::ErrorAtOnce => "An error comes back at once; nothing waits for a time-out.".into(),
            SymptomKind::NeverRuns if is_function => "The code never runs, so it writes no log.".into(),
            SymptomKind::NeverRuns => "It does not run, so nothing is sent.".into(),
            SymptomKind::Sometimes if is_function && several_subnets => {
                "Some runs end like this, others end well: Lambda chooses the subnet for each execution environment."
                    .into()
            }
            SymptomKind::Sometimes => "Some runs end like this, others end well.".into(),
            SymptomKind::NotKnown => "What a person sees depends on what is not known here.".into(),
        }
    }
}

/// `30 seconds`, `24 minutes`: minutes where seconds would feign precision.
fn duration(seconds: u32) -> String {
    match seconds {
        1 => "1 second".into(),
        0..=900 => cat!(&seconds.to_string(), " seconds"),
        _ => cat!(&(seconds.saturating_add(30) / 60).to_string(), " minutes"),
    }
}

/// Titles as they stand inside a sentence.
fn lowered(titles: &[String]) -> Vec<String> {
    titles.iter().map(|title| uncapitalised(title)).collect()
}

/// `; 2 more blockers follow`, to stand behind the first.
fn more_blockers(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => "; 1 more blocker follows".into(),
        more => cat!("; ", &more.to_string(), " more blockers follow"),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn list<T: AsRef<str>>(items: &[T]) -> String {
    join(items, " and ")
}

/// `a`, `a or b`, `a, b or c`.
fn either<T: AsRef<str>>(items: &[T]) -> String {
    join(items, " or ")
}

fn join<T: AsRef<str>>(items: &[T], last_separator: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().into(),
        [first @ .., last] => cat!(&joined(first, ", "), last_separator, last.as_ref()),
    }
}

/// A clause as a sentence.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// A title inside a sentence: `Route table rtb-a` becomes `route table rtb-a`, while `NAT gateway`, `S3 bucket`
/// and `Amazon resolver` stay.
fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), text.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_ascii_lowercase() && !text.starts_with("Amazon") => {
            std::iter::once(first.to_ascii_lowercase()).chain(letters).collect()
        }
        _ => text.into(),
    }
}

/// A component inside a sentence: `security group sg-fn`.
fn mention(component: &Component) -> String {
    uncapitalised(&English.title(component, None))
}
