//! Assumptions, what would settle an open answer, and problems of a question, in English.

use super::{list, mention};
use crate::analysis::Assumption;
use crate::component::ComponentKind;
use crate::fact::Missing;
use crate::query::Sdk;
use crate::texts::cat;
use crate::words::service_name;

pub(super) fn assumption(assumption: &Assumption) -> String {
    if !assumption.is_worded() {
        return String::new();
    }
    match assumption {
        Assumption::Region(region) => cat!("The document names no Region; ", region, " is assumed."),
        Assumption::Sdk(sdk) => {
            let name = match sdk {
                Sdk::Python => "boto3 for Python",
                Sdk::Javascript => "the AWS SDK for JavaScript v3",
                Sdk::Java => "the AWS SDK for Java 2.x",
            };
            cat!("Nothing tells which SDK the code uses; ", name, " is assumed.")
        }
        Assumption::IdentityPolicies => "The policies of the role are assumed to allow the request.".into(),
        Assumption::BucketPolicy(bucket) => {
            cat!("The bucket policy of ", &bucket.name, " is assumed to allow the request.")
        }
        Assumption::ObjectOwner(bucket) => cat!(
            "Access control lists count in ",
            &bucket.name,
            "; the object is assumed to belong to the bucket's account.",
        ),
        Assumption::AccessPointPolicy(point) => {
            cat!("The policy of access point ", &point.name, " is assumed to allow the request.")
        }
        Assumption::EndpointPolicy(endpoint) => {
            cat!("The policy of endpoint ", &endpoint.name, " is assumed to allow the request.")
        }
        Assumption::NoOtherGrant(component) => cat!(
            "No policy of ",
            &mention(component),
            " itself is assumed to allow what the role's policies do not, since none was given.",
        ),
        Assumption::ResourcePolicy(service) => {
            cat!(
                "The policy of the resource of ",
                service_name(&service.name),
                ", if it has one, is assumed to allow the request."
            )
        }
        Assumption::KeyPolicy(key) if key.kind == ComponentKind::Service => {
            "The policy of the KMS key is assumed to allow its use.".into()
        }
        Assumption::KeyPolicy(key) => cat!("The key policy of ", &key.name, " is assumed to allow its use."),
        Assumption::OrganizationPolicies => {
            "No policy of an organization is assumed to deny the request, since none was given.".into()
        }
        Assumption::BundledRanges { service, region, date } => {
            let place = if region.is_empty() { String::new() } else { cat!(" in ", region) };
            cat!("The addresses of ", service_name(service), &place, " are those that AWS published on ", date, ".")
        }
        Assumption::InternetHost(host) => cat!(host, " is assumed to have public IPv4 addresses and to answer."),
        Assumption::Listening { component, port } => {
            cat!("Something is assumed to listen on port ", &port.to_string(), " of ", &mention(component), ".")
        }
        Assumption::GuestForwards(component) => {
            cat!("The guest of ", &mention(component), " is assumed to forward and translate, as a NAT instance does.")
        }
        Assumption::CustomDns(servers) => {
            let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
            let (who, verb) = if servers.len() == 1 { ("DNS server ", " is") } else { ("The DNS servers ", " are") };
            cat!(who, &list(&servers), verb, " assumed to answer as public DNS does.")
        }
        Assumption::NoBlockPublicAccess => {
            "VPC Block Public Access is assumed to be off, since its settings were not given.".into()
        }
        Assumption::NoPrivateHostedZones => {
            "No private hosted zone is assumed to answer, since they were not given.".into()
        }
        Assumption::NoResolverRules => {
            "No Resolver rule and no DNS Firewall rule is assumed to act on the name, since they were not given.".into()
        }
        Assumption::DnsHostnamesFalse(vpc) => cat!(
            "enableDnsHostnames is false in VPC ",
            &vpc.name,
            ". AWS asks for true where an endpoint is used; public names resolve without it.",
        ),
        Assumption::FragileElasticIp(component) => cat!(
            "Somebody associated an Elastic IP address with the network interface of ",
            &mention(component),
            ". AWS does not support that, and the address is lost when AWS replaces the interface.",
        ),
        Assumption::RegionalNatGatewayCrossesZones(gateway) => cat!(
            "NAT gateway ",
            &gateway.name,
            " is assumed to serve, from another Availability Zone, a zone that it has not expanded to yet.",
        ),
        Assumption::PrimaryInterface(component) => {
            cat!("Traffic of ", &mention(component), " is assumed to use its primary network interface.")
        }
        Assumption::LastUpdateFailed { component, reason } => {
            let reason = if reason.is_empty() { String::new() } else { cat!(" (", reason, ")") };
            cat!(
                "The last update of ",
                &mention(component),
                " failed",
                &reason,
                "; its earlier configuration still runs."
            )
        }
        Assumption::IdleConnections(component) => cat!(
            "A connection that is idle for 350 seconds through ",
            &mention(component),
            " is reset when it is used again.",
        ),
        Assumption::DefaultTimeout(seconds) => cat!(
            "The document gives no time-out for the function; Lambda's default of ",
            &seconds.to_string(),
            " seconds is assumed.",
        ),
        Assumption::PathsLeftOut { listed, all } => cat!(
            "The traffic falls into ",
            &all.to_string(),
            " parts, of which the answer lists ",
            &listed.to_string(),
            ". The verdict and its reasons cover all of them.",
        ),
    }
}

pub(super) fn settle(missing: &Missing) -> String {
    if !missing.is_worded() {
        return String::new();
    }
    match missing {
        Missing::Section(section) => cat!("Add ", section, " to the input."),
        Missing::Resource(name) => cat!("Add ", name, " to the input, or correct its name."),
        Missing::Link(component) => {
            cat!("Follow ", &mention(component), " by hand: links between networks are not modelled yet.")
        }
        Missing::OwnerOfAddress(address) => {
            cat!("Add what has the address ", &address.to_string(), ", as an instance or a network interface.")
        }
        Missing::AddressesOfHost(host) => cat!("Add ", host, " with its addresses under internetHosts."),
        Missing::ClientOption(option) => cat!("Give the option ", option, " under client."),
        Missing::DnsAnswer(name) => {
            cat!("Ask the DNS server for ", name, ", and add its answer as a private hosted zone.")
        }
        Missing::DnsFirewall { host, .. } => cat!(
            "Ask the VPC's resolver for ",
            host,
            ", or put a DNS Firewall rule before the others that allows it and trusts the redirection chain.",
        ),
        Missing::ResolverRule { host, .. } => cat!(
            "Ask the VPC's resolver for ",
            host,
            ", and where it leads to the usual addresses, add a Resolver rule of type SYSTEM for it.",
        ),
        Missing::Guest(component) => {
            cat!("Say under forwards of ", &mention(component), " whether it is nat, forward or none.")
        }
        Missing::Operation(component) => {
            cat!("Name the operation of the request, since ", &mention(component), " has a policy.")
        }
        Missing::Permission { needs, .. } => needs.first().map(super::permissions::need).unwrap_or_default(),
        Missing::PrefixListChoice(_) => "Lead both prefix lists to one target, or take the block out of one.".into(),
        Missing::PrefixListEntries(component) => cat!("Add the entries of ", &mention(component), "."),
        Missing::Component(component) => cat!("Describe ", &mention(component), " in full."),
        Missing::ApiKind(host) => {
            cat!("Look up whether the API at ", host, " is private: a public one answers 403 here.")
        }
        Missing::Unreadable(pointer) => cat!("Correct ", pointer, " as its diagnostic says."),
        Missing::TooManyParts => "Ask about a single address and port.".into(),
    }
}
