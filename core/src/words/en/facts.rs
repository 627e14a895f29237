//! Every decision in English.

use super::{English, either, list, mention, permissions};
use crate::analysis::{Direction, Traffic};
use crate::component::Component;
use crate::fact::{DnsDoubt, Fact, FilterDirection, Missing, PrivateRange};
use crate::network::{InterfaceRole, PrivateDns};
use crate::query::Family;
use crate::texts::{cat, joined};
use crate::words::About;
use crate::words::detail::aws_state;
use crate::words::traffic::{addresses, port_ranges, service};

/// What stands behind the component's title: `drops the packet`, and why.
pub(super) struct Clause {
    /// What the component does to what would have arrived.
    pub(super) verb: &'static str,
    /// Why. Starts with a small letter that may become a capital one, and has no full stop.
    pub(super) reason: String,
}

/// The decision as verb and reason.
pub(super) fn clause(about: &About<'_>) -> Clause {
    Clause { verb: verb(about), reason: reason(about) }
}

fn verb(about: &About<'_>) -> &'static str {
    match about.fact {
        Fact::NotStarted { is_function: true, .. }
        | Fact::OutOfAddresses { .. }
        | Fact::CannotCreateInterfaces { .. } => "never runs",
        Fact::PolicyDenies(_) => "refuses the request",
        Fact::NotStarted { is_function: false, .. } => "sends nothing",
        Fact::DnsSupportDisabled { .. } => "does not answer names",
        Fact::DnsServersUnreachable { .. } => "gets no answer to names",
        Fact::ZoneHasNoRecord { .. } => "hides the name",
        Fact::DnsFirewallBlocks { .. } => "blocks the name",
        Fact::NoAddressOfFamily { .. } | Fact::WorkloadLacksFamily { .. } => "cannot connect",
        Fact::NameNotCovered { .. } | Fact::PrivateDnsNotInEffect { .. } => "does not capture the name",
        Fact::PublicApiCaptured { .. } => "answers 403",
        Fact::EndpointNotAssociated { .. } | Fact::EndpointRouteBeaten { .. } => "does not lead to the endpoint",
        Fact::RoutingLoop => "sends the packet round in circles",
        Fact::RedirectsToRegion { .. } => "redirects",
        Fact::CopyRefused { .. } => "answers 403",
        Fact::ListNotSupported => "answers 400",
        Fact::PortNotListening { .. } => "refuses the connection",
        Fact::InternetGatewayReflection { .. } | Fact::NotKnown(_) => "leaves the answer open",
        _ => match about.direction {
            Direction::Forward => "drops the packet",
            Direction::Reply => "drops the reply",
        },
    }
}

fn reason(about: &About<'_>) -> String {
    if !about.fact.is_worded() {
        return String::new();
    }
    match about.fact {
        Fact::Starts { role } => match role {
            InterfaceRole::Function => "the code runs, and its network interface sends from this subnet",
            InterfaceRole::Instance => "the instance sends from its network interface",
            InterfaceRole::Task => "the task sends from its network interface in this subnet",
            InterfaceRole::CodeBuildProject => "the build sends from its network interface in this subnet",
            InterfaceRole::Bare | InterfaceRole::NatGateway(_) | InterfaceRole::VpcEndpoint(_) => {
                "the network interface sends"
            }
        }
        .into(),
        Fact::StartsOutsideVpc => {
            "the function is not attached to a VPC, so it uses Lambda's own network, which reaches the Internet".into()
        }
        Fact::NotStarted { state, reason, .. } => not_started(state, reason.as_deref()),
        Fact::OutOfAddresses { names, .. } => match names.as_slice() {
            [one] => cat!("subnet ", one, " has no free IPv4 address for its network interface"),
            several => cat!("subnets ", &list(several), " have no free IPv4 address for its network interface"),
        },
        Fact::CannotCreateInterfaces { role, missing } => permissions::cannot_create_interfaces(role, missing),
        Fact::PolicyAllows { permission, statement } => permissions::allows(permission, statement.as_ref()),
        Fact::PolicyDenies(denial) => permissions::denies(denial),
        Fact::NoNameNeeded => "the destination is an address, so no name is looked up".into(),
        Fact::ResolvesPublicly { region, .. } if region.is_empty() => "the name leads to public addresses".into(),
        Fact::ResolvesPublicly { region, .. } => cat!("the name leads to public addresses in ", region),
        Fact::ResolvesToEndpoint { endpoint, .. } => {
            cat!("the name leads to the private addresses of endpoint ", &endpoint.name)
        }
        Fact::ResolvesInZone { zone, .. } => cat!("the record stands in ", &mention(zone)),
        Fact::AsksDnsServer { server } => {
            cat!("the DHCP options name DNS server ", &server.to_string(), ", which is asked like any other host")
        }
        Fact::DnsSupportDisabled { .. } => "its VPC has enableDnsSupport set to false".into(),
        Fact::DnsServersUnreachable { servers } => {
            let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
            cat!("no packet reaches the DNS servers of the DHCP options (", &joined(&servers, ", "), ")")
        }
        Fact::ZoneHasNoRecord { host, .. } => {
            cat!("it covers ", host, " and has no record for it, and public DNS is then not asked")
        }
        Fact::DnsFirewallBlocks { host, rule, response } => {
            cat!(&dns_firewall_rule(*rule), " blocks ", host, " and answers ", response)
        }
        Fact::NoAddressOfFamily { host, family } => {
            cat!("the name ", host, " has no ", family_name(*family), " address, and the workload has no other kind")
        }
        Fact::WorkloadLacksFamily { family } => {
            cat!("the destination is reached over ", family_name(*family), ", and the workload has no such address")
        }
        Fact::NameNotCovered { host, endpoint } => cat!(&private_dns(about, endpoint), " does not cover ", host),
        Fact::PrivateDnsNotInEffect { endpoint, why } => {
            let why = match why {
                PrivateDns::InboundResolverOnly => " serves only the inbound Resolver endpoint, not the VPC",
                PrivateDns::WithoutEffect => " needs enableDnsSupport and enableDnsHostnames, and one of them is false",
                PrivateDns::Off | PrivateDns::On => " is off",
            };
            cat!(&private_dns(about, endpoint), why)
        }
        Fact::PublicApiCaptured { endpoint, .. } => cat!(
            "private DNS of ",
            &endpoint.name,
            " captures every execute-api name of the Region, and the API behind \
              this name is public",
        ),
        Fact::SecurityGroupAllows { direction, .. } => match direction {
            FilterDirection::Egress => "an egress rule admits it, and the reply needs none",
            FilterDirection::Ingress => "an ingress rule admits it, and the reply needs none",
        }
        .into(),
        Fact::SecurityGroupHasNoRules { direction, groups } => match groups.as_slice() {
            [] | [_] => cat!("it has no ", flow(*direction), " rule at all"),
            several => cat!("neither ", &joined(several, " nor "), " has an ", flow(*direction), " rule at all"),
        },
        Fact::SecurityGroupMismatch { direction, groups } => {
            let whose = match groups.as_slice() {
                [] | [_] => String::new(),
                several => cat!(" of ", &either(several)),
            };
            cat!("no ", flow(*direction), " rule", &whose, " admits ", &wanted(about, *direction))
        }
        Fact::NetworkAclRule { direction, allow, number, .. } => {
            let verb = if *allow { " allows " } else { " denies " };
            cat!(bound(*direction), " rule ", &number.to_string(), verb, &packet(about))
        }
        Fact::NetworkAclNoMatch { direction } => {
            cat!("no ", bound(*direction), " rule matches ", &packet(about), ", so rule * denies it")
        }
        Fact::NotInVpc => "the destination is a private address of a VPC that it is not attached to".into(),
        Fact::SameSubnet => "both ends are in one subnet, where neither route tables nor network ACLs act".into(),
        Fact::RouteSelected { destination, local: true, .. } => {
            cat!("the local route ", destination, " keeps it inside the VPC")
        }
        Fact::RouteSelected { destination, target, local: false } => {
            cat!("route ", destination, " to ", target, " is the longest match")
        }
        Fact::NoRoute => cat!("it has no route to ", &about.far_end),
        Fact::RouteBlackhole { destination, target } => cat!(
            "route ",
            destination,
            " to ",
            target,
            " is a blackhole: its target is gone, and no other route takes over",
        ),
        Fact::ReplyTakesAnotherWay { target } => {
            cat!("the reply is routed to ", target, ", past a component that must see both directions")
        }
        Fact::AddressInNoSubnet { address } => {
            cat!("address ", &address.to_string(), " lies in a block of the VPC and in none of its subnets")
        }
        Fact::EndpointNotAssociated { endpoint, table } => cat!(
            "endpoint ",
            &endpoint.name,
            " serves only the route tables it is associated with, and ",
            table,
            " is not one of them",
        ),
        Fact::EndpointRouteBeaten { endpoint, destination, by_prefix } => {
            let how = if *by_prefix { " has the longer prefix" } else { " has the same prefix and goes first" };
            cat!("route ", destination, " beats the route of endpoint ", &endpoint.name, ": it", how)
        }
        Fact::RoutingLoop => "its route leads the packet back to where it came from".into(),
        Fact::InternetGatewayForwards { family: Family::Ipv6, .. } => "IPv6 passes without translation".into(),
        Fact::InternetGatewayForwards { address, fragile, .. } => {
            let address = address.map_or_else(|| "its public address".into(), |address| address.to_string());
            let warning = if *fragile { ", which is lost when AWS replaces the interface" } else { "" };
            cat!("the source becomes ", &address, warning)
        }
        Fact::NoPublicAddress { role, owner } => match role {
            InterfaceRole::Function => {
                "a Lambda network interface never has a public IPv4 address, in any subnet".into()
            }
            InterfaceRole::CodeBuildProject => {
                "a CodeBuild network interface never has a public IPv4 address, in any subnet".into()
            }
            InterfaceRole::Task => cat!(&mention(owner), " runs without a public IPv4 address"),
            InterfaceRole::NatGateway(_) => cat!(&mention(owner), " has no Elastic IP address"),
            InterfaceRole::Instance | InterfaceRole::Bare | InterfaceRole::VpcEndpoint(_) => {
                cat!(&mention(owner), " has no public IPv4 address")
            }
        },
        Fact::GatewayNotAttached => "it is not attached to this VPC".into(),
        Fact::PrivateDestination { range } => match range {
            PrivateRange::Rfc1918 => "it carries nothing to the private ranges of RFC 1918",
            PrivateRange::Rfc6598 => "it carries nothing to 100.64.0.0/10 (RFC 6598)",
        }
        .into(),
        Fact::InternetGatewayReflection { address } => cat!(
            "public address ",
            &address.to_string(),
            " belongs to the same VPC; ask about the way to its private address instead",
        ),
        Fact::PublicAccessBlocked { mode } => cat!("its mode is ", mode),
        Fact::EgressOnlyForwards => "IPv6 goes out, and only replies come in".into(),
        Fact::FamilyNotCarried { family } => cat!("it does not carry ", family_name(*family)),
        Fact::ProtocolNotCarried { protocol, gateway_endpoint: true } => {
            cat!("a gateway endpoint carries TCP and ICMP echo, not ", &protocol.to_ascii_uppercase())
        }
        Fact::ProtocolNotCarried { protocol, gateway_endpoint: false } => {
            cat!("it does not carry ", &protocol.to_ascii_uppercase())
        }
        Fact::BadState { state } => cat!("its state is ", aws_state(state)),
        Fact::NatGatewayTranslates { elastic_ip: Some(address) } => {
            cat!("the source becomes the gateway's own address, on the Internet ", &address.to_string())
        }
        Fact::NatGatewayTranslates { elastic_ip: None } => {
            "the source becomes the gateway's own private address".into()
        }
        Fact::ZoneNotServed { availability_zone } => {
            cat!("it has no address in Availability Zone ", availability_zone)
        }
        Fact::SourceDestCheck => {
            "its source/destination check is on, so it refuses packets that are not its own".into()
        }
        Fact::NatInstanceTranslates => "the source becomes the instance's own address".into(),
        Fact::ApplianceForwards => "the packet passes unchanged".into(),
        Fact::DoesNotForward => "it does not forward packets of others".into(),
        Fact::GatewayEndpointForwards { .. } => "the packet goes to the service without a public address".into(),
        Fact::InterfaceEndpointForwards { .. } => "the request goes to the service over PrivateLink".into(),
        Fact::ServiceAnswers { region, bucket: Some(bucket), .. } => {
            cat!("the request for ", bucket, " is answered in ", region)
        }
        Fact::ServiceAnswers { region, bucket: None, .. } if region.is_empty() => "the service answers".into(),
        Fact::ServiceAnswers { region, bucket: None, .. } => cat!("the service answers in ", region),
        Fact::RedirectsToRegion { region, followed } => {
            let client = if *followed { "the client asks again there" } else { "the client does not follow" };
            cat!("the bucket is in ", region, ", S3 answers 301, and ", client)
        }
        Fact::CopyRefused { source_region } => cat!(
            "the source of the copy is in ",
            source_region,
            ", and S3 refuses copies between Regions through a VPC endpoint",
        ),
        Fact::ListNotSupported => {
            "its object ownership is BucketOwnerEnforced, so S3 refuses a request that sets an access control list"
                .into()
        }
        Fact::InternetAnswers { .. } => "the host answers".into(),
        Fact::InterfaceAnswers => "the packet has arrived, and the reply sets out".into(),
        Fact::PortNotListening { port } => cat!("nothing listens on port ", &port.to_string()),
        Fact::NotKnown(missing) => not_known(about, missing),
    }
}

fn not_started(state: &str, reason: Option<&str>) -> String {
    let Some(reason) = reason else { return cat!("its state is ", state) };
    let meaning = match reason {
        "EniLimitExceeded" => "the quota of network interfaces is used up",
        "InsufficientRolePermissions" => "its role may not create network interfaces",
        "SubnetOutOfIPAddresses" => "a subnet has no free IPv4 address",
        "InvalidSubnet" => "a subnet of its configuration is not valid",
        "InvalidSecurityGroup" => "a security group of its configuration is not valid",
        "EC2RequestLimitExceeded" => "EC2 throttles the requests for its network interface",
        "DisallowedByVpcEncryptionControl" => "encryption controls of the VPC do not admit it",
        "Idle" => "Lambda took its idle network interface back; the first invocation fails and starts it again",
        _ => return cat!("its state is ", state, ", reason ", reason),
    };
    cat!(meaning, " (state ", state, ", reason ", reason, ")")
}

fn private_dns(about: &About<'_>, endpoint: &Component) -> String {
    if about.component == endpoint {
        "its private DNS".into()
    } else {
        cat!("private DNS of endpoint ", &endpoint.name)
    }
}

/// Possessive of a component: `its ` for the one that decides.
fn whose(about: &About<'_>, component: &Component) -> String {
    if about.component == component { "its ".into() } else { cat!(&mention(component), "'s ") }
}

/// The component that decides as `it`, any other by name.
fn it_or_name(about: &About<'_>, component: &Component) -> String {
    if about.component == component { "it".into() } else { mention(component) }
}

/// A rule of DNS Firewall by its place in the order of evaluation.
fn dns_firewall_rule(position: usize) -> String {
    cat!("DNS Firewall rule ", &(position + 1).to_string())
}

fn not_known(about: &About<'_>, missing: &Missing) -> String {
    if !missing.is_worded() {
        return String::new();
    }
    match missing {
        Missing::Section(section) => cat!("the input does not cover ", section),
        Missing::Resource(name) => cat!("the input names ", name, " and does not describe it"),
        Missing::Link(component) => cat!("what lies behind ", &it_or_name(about, component), " is not modelled"),
        Missing::OwnerOfAddress(address) => cat!("nothing in the input has the address ", &address.to_string()),
        Missing::AddressesOfHost(host) => {
            cat!("not all addresses are treated alike, and those of ", host, " are not given")
        }
        Missing::ClientOption(option) => cat!("clients differ here, and the option ", option, " is not given"),
        Missing::DnsAnswer(name) => cat!("what the DNS server answers for ", name, " is not given"),
        Missing::DnsFirewall { host, rule, why } => {
            let rule = dns_firewall_rule(*rule);
            match why {
                DnsDoubt::Override => cat!(&rule, " answers another name for ", host),
                DnsDoubt::Action => cat!("what ", &rule, " does with ", host, " is not given"),
                DnsDoubt::DomainList => cat!("whether the domain list of ", &rule, " has ", host, " is not known"),
                DnsDoubt::Alias => {
                    cat!(
                        host,
                        " may be an alias of a name that ",
                        &rule,
                        " stops, and every name of a chain is inspected"
                    )
                }
                DnsDoubt::QueryType => {
                    cat!(&rule, " treats queries for the IPv4 and the IPv6 addresses of ", host, " differently")
                }
            }
        }
        Missing::ResolverRule { host, domain: Some(domain), .. } => cat!(
            host,
            " is forwarded by the Resolver rule for ",
            domain,
            ", and what the servers behind it answer is not known",
        ),
        Missing::ResolverRule { host, domain: None, .. } => {
            cat!("a Resolver rule whose domain is not known may forward ", host)
        }
        Missing::Guest(component) => {
            cat!("what ", &whose(about, component), "guest does with the packet is not given")
        }
        Missing::Operation(component) => {
            cat!(&whose(about, component), "policy may deny the request, and the question does not say what is asked")
        }
        Missing::Permission { permission, needs } => permissions::open(permission, needs),
        Missing::PrefixListChoice(_) => {
            "two prefix lists hold the same block with different targets, and AWS picks one of them".into()
        }
        Missing::PrefixListEntries(component) => cat!("the entries of ", &mention(component), " are not given"),
        Missing::Component(component) => cat!("not enough is given about ", &it_or_name(about, component)),
        Missing::ApiKind(host) => cat!(
            "private DNS leads ",
            host,
            " to an endpoint that serves private APIs only, and whether this one is private is not given",
        ),
        Missing::Unreadable(pointer) => cat!("what ", pointer, " says cannot be read"),
        Missing::TooManyParts => "the traffic falls into more parts than are followed".into(),
    }
}

fn flow(direction: FilterDirection) -> &'static str {
    match direction {
        FilterDirection::Ingress => "ingress",
        FilterDirection::Egress => "egress",
    }
}

fn bound(direction: FilterDirection) -> &'static str {
    match direction {
        FilterDirection::Ingress => "inbound",
        FilterDirection::Egress => "outbound",
    }
}

fn family_name(family: Family) -> &'static str {
    match family {
        Family::Ipv4 => "IPv4",
        Family::Ipv6 => "IPv6",
    }
}

/// `TCP 443 to S3 in us-east-1`, `TCP 5432 from 10.0.1.4–10.0.1.254`.
fn wanted(about: &About<'_>, direction: FilterDirection) -> String {
    let what = about.traffic.map_or_else(|| "the traffic".into(), service);
    match direction {
        FilterDirection::Egress => cat!(&what, " to ", &about.far_end),
        FilterDirection::Ingress => match about.traffic {
            Some(traffic) => cat!(&what, " from ", &addresses(traffic.family, &traffic.source, &English)),
            None => what,
        },
    }
}

/// What a network ACL looks at: `TCP 443`, `the reply to ports 1024–65535`.
fn packet(about: &About<'_>) -> String {
    match (about.direction, about.traffic) {
        (Direction::Forward, Some(traffic)) => service(traffic),
        (Direction::Forward, None) => "the packet".into(),
        (Direction::Reply, traffic) => match traffic.and_then(ports_of_reply) {
            Some(ports) => cat!("the reply to ports ", &ports),
            None => "the reply".into(),
        },
    }
}

fn ports_of_reply(traffic: &Traffic) -> Option<String> {
    match traffic.protocol {
        crate::analysis::Protocol::Icmp => None,
        _ => port_ranges(&traffic.destination_ports),
    }
}
