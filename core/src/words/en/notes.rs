//! Assumptions, what would settle an open answer, and problems of a question, in English.

use super::{list, mention};
use crate::analysis::Assumption;
use crate::fact::Missing;
use crate::query::Sdk;
use crate::words::service_name;

pub(super) fn assumption(assumption: &Assumption) -> String {
    if !assumption.is_worded() {
        return String::new();
    }
    match assumption {
        Assumption::Region(region) => ["The document names no Region; ", region, " is assumed."].concat(),
        Assumption::Sdk(sdk) => {
            let name = match sdk {
                Sdk::Python => "boto3 for Python",
                Sdk::Javascript => "the AWS SDK for JavaScript v3",
                Sdk::Java => "the AWS SDK for Java 2.x",
            };
            ["Nothing tells which SDK the code uses; ", name, " is assumed."].concat()
        }
        Assumption::IdentityPolicies => "The policies of the role are assumed to allow the request.".into(),
        Assumption::BucketPolicy(bucket) => {
            ["The bucket policy of ", &bucket.name, " is assumed to allow the request."].concat()
        }
        Assumption::ObjectOwner(bucket) => [
            "Access control lists count in ",
            &bucket.name,
            "; the object is assumed to belong to the bucket's account.",
        ]
        .concat(),
        Assumption::AccessPointPolicy(point) => {
            ["The policy of access point ", &point.name, " is assumed to allow the request."].concat()
        }
        Assumption::EndpointPolicy(endpoint) => {
            ["The policy of endpoint ", &endpoint.name, " is assumed to allow the request."].concat()
        }
        Assumption::NoOtherGrant(component) => [
            "No policy of ",
            &mention(component),
            " itself is assumed to allow what the role's policies do not, since none was given.",
        ]
        .concat(),
        Assumption::KeyPolicy(key) => ["The key policy of ", &key.name, " is assumed to allow its use."].concat(),
        Assumption::OrganizationPolicies => {
            "No policy of an organization is assumed to deny the request, since none was given.".into()
        }
        Assumption::BundledRanges { service, region, date } => {
            let place = if region.is_empty() { String::new() } else { [" in ", region].concat() };
            ["The addresses of ", service_name(service), &place, " are those that AWS published on ", date, "."]
                .concat()
        }
        Assumption::InternetHost(host) => [host, " is assumed to have public IPv4 addresses and to answer."].concat(),
        Assumption::Listening { component, port } => {
            ["Something is assumed to listen on port ", &port.to_string(), " of ", &mention(component), "."].concat()
        }
        Assumption::GuestForwards(component) => {
            ["The guest of ", &mention(component), " is assumed to forward and translate, as a NAT instance does."]
                .concat()
        }
        Assumption::CustomDns(servers) => {
            let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
            let (who, verb) = if servers.len() == 1 { ("DNS server ", " is") } else { ("The DNS servers ", " are") };
            [who, &list(&servers), verb, " assumed to answer as public DNS does."].concat()
        }
        Assumption::NoBlockPublicAccess => {
            "VPC Block Public Access is assumed to be off, since its settings were not given.".into()
        }
        Assumption::NoPrivateHostedZones => {
            "No private hosted zone is assumed to answer, since they were not given.".into()
        }
        Assumption::DnsHostnamesFalse(vpc) => [
            "enableDnsHostnames is false in VPC ",
            &vpc.name,
            ". AWS asks for true where an endpoint is used; public names resolve without it.",
        ]
        .concat(),
        Assumption::FragileElasticIp(component) => [
            "Somebody associated an Elastic IP address with the network interface of ",
            &mention(component),
            ". AWS does not support that, and the address is lost when AWS replaces the interface.",
        ]
        .concat(),
        Assumption::RegionalNatGatewayCrossesZones(gateway) => [
            "NAT gateway ",
            &gateway.name,
            " is assumed to serve, from another Availability Zone, a zone that it has not expanded to yet.",
        ]
        .concat(),
        Assumption::PrimaryInterface(component) => {
            ["Traffic of ", &mention(component), " is assumed to use its primary network interface."].concat()
        }
        Assumption::LastUpdateFailed { component, reason } => {
            let reason = if reason.is_empty() { String::new() } else { [" (", reason, ")"].concat() };
            ["The last update of ", &mention(component), " failed", &reason, "; its earlier configuration still runs."]
                .concat()
        }
        Assumption::IdleConnections(component) => [
            "A connection that is idle for 350 seconds through ",
            &mention(component),
            " is reset when it is used again.",
        ]
        .concat(),
        Assumption::DefaultTimeout(seconds) => [
            "The document gives no time-out for the function; Lambda's default of ",
            &seconds.to_string(),
            " seconds is assumed.",
        ]
        .concat(),
        Assumption::PathsLeftOut { listed, all } => [
            "The traffic falls into ",
            &all.to_string(),
            " parts, of which the answer lists ",
            &listed.to_string(),
            ". The verdict and its reasons cover all of them.",
        ]
        .concat(),
    }
}

pub(super) fn settle(missing: &Missing) -> String {
    if !missing.is_worded() {
        return String::new();
    }
    match missing {
        Missing::Section(section) => ["Add ", section, " to the input."].concat(),
        Missing::Resource(name) => ["Add ", name, " to the input, or correct its name."].concat(),
        Missing::Link(component) => {
            ["Follow ", &mention(component), " by hand: links between networks are not modelled yet."].concat()
        }
        Missing::OwnerOfAddress(address) => {
            ["Add what has the address ", &address.to_string(), ", as an instance or a network interface."].concat()
        }
        Missing::AddressesOfHost(host) => ["Add ", host, " with its addresses under internetHosts."].concat(),
        Missing::ClientOption(option) => ["Give the option ", option, " under client."].concat(),
        Missing::DnsAnswer(name) => {
            ["Ask the DNS server for ", name, ", and add its answer as a private hosted zone."].concat()
        }
        Missing::Guest(component) => {
            ["Say under forwards of ", &mention(component), " whether it is nat, forward or none."].concat()
        }
        Missing::Operation(component) => {
            ["Name the operation of the request, since ", &mention(component), " has a policy."].concat()
        }
        Missing::Permission { needs, .. } => needs.first().map(super::permissions::need).unwrap_or_default(),
        Missing::PrefixListChoice(_) => "Lead both prefix lists to one target, or take the block out of one.".into(),
        Missing::PrefixListEntries(component) => ["Add the entries of ", &mention(component), "."].concat(),
        Missing::Component(component) => ["Describe ", &mention(component), " in full."].concat(),
        Missing::ApiKind(host) => {
            ["Look up whether the API at ", host, " is private: a public one answers 403 here."].concat()
        }
        Missing::Unreadable(pointer) => ["Correct ", pointer, " as its diagnostic says."].concat(),
        Missing::TooManyParts => "Ask about a single address and port.".into(),
    }
}
