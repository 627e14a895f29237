//! What no file covers: missing is unknown, not absent.

use super::Builder;
use crate::document::Document;
use crate::import::aws_cli::kind::ListKind;
use crate::import::aws_cli::scan::Findings;
use crate::import::problem::ImportProblemKind;

pub(super) fn sections(builder: &mut Builder<'_>, findings: &Findings<'_>) {
    use ListKind::*;
    let is_read = |kinds: &[ListKind]| kinds.iter().any(|kind| findings.covered.contains(kind));
    let is_cut = |kinds: &[ListKind]| kinds.iter().any(|kind| findings.incomplete.contains(kind));
    let document = &builder.document;
    let has_functions = findings.has_functions || is_read(&[Functions]);
    let has_buckets = !document.buckets.is_empty() || is_read(&[Buckets]);
    let has_block_mode = document.vpc_block_public_access.is_some();
    let targets = Targets::of(document);

    // Whether the section matters although nothing refers to it: then its absence hides something by itself.
    let sections: [(&'static str, &[ListKind], bool); 18] = [
        ("vpcs", &[Vpcs], true),
        ("subnets", &[Subnets], true),
        ("routeTables", &[RouteTables], true),
        ("networkAcls", &[NetworkAcls], true),
        ("securityGroups", &[SecurityGroups, SecurityGroupRules], true),
        ("vpcEndpoints", &[VpcEndpoints], true),
        ("networkInterfaces", &[NetworkInterfaces], true),
        ("privateHostedZones", &[HostedZones], true),
        ("resolverRules", &[ResolverRuleAssociations], true),
        ("dnsFirewallRules", &[FirewallRuleGroupAssociations], true),
        ("vpcBlockPublicAccess", &[], !has_block_mode),
        ("functions", &[Functions], !has_functions),
        ("buckets", &[Buckets], !has_buckets),
        ("internetGateways", &[InternetGateways], targets.internet_gateways),
        ("egressOnlyInternetGateways", &[EgressOnlyInternetGateways], targets.egress_only_internet_gateways),
        ("natGateways", &[NatGateways], targets.nat_gateways),
        ("instances", &[Reservations, Instances], targets.instances),
        ("dhcpOptions", &[DhcpOptions], targets.dhcp_options),
    ];
    let mut unknown: Vec<&'static str> = Vec::new();
    let mut missing: Vec<&'static str> = Vec::new();
    for (section, kinds, matters) in sections {
        if !is_read(kinds) && matters {
            missing.push(section);
        } else if is_cut(kinds) {
            unknown.push(section);
        }
    }
    if targets.prefix_lists || is_cut(&[PrefixLists, PrefixListEntries]) {
        if is_read(&[PrefixLists]) { unknown.push("prefixLists") } else { missing.push("prefixLists") }
    }
    unknown.extend(&missing);
    if !missing.is_empty() {
        let sections = missing.into_iter().map(|section| (section, call_for(section))).collect();
        builder.report(ImportProblemKind::MissingAnswers { sections });
    }
    let sections = &mut builder.document.unknown_sections;
    sections.extend(unknown.into_iter().map(str::to_owned));
    sections.sort();
    sections.dedup();
}

/// The call that covers a section.
fn call_for(section: &str) -> &'static str {
    match section {
        "vpcs" => "ec2 describe-vpcs",
        "subnets" => "ec2 describe-subnets",
        "routeTables" => "ec2 describe-route-tables",
        "networkAcls" => "ec2 describe-network-acls",
        "securityGroups" => "ec2 describe-security-groups",
        "vpcEndpoints" => "ec2 describe-vpc-endpoints",
        "networkInterfaces" => "ec2 describe-network-interfaces",
        "privateHostedZones" => "route53 list-hosted-zones-by-vpc",
        "resolverRules" => "route53resolver list-resolver-rule-associations",
        "dnsFirewallRules" => "route53resolver list-firewall-rule-group-associations",
        "vpcBlockPublicAccess" => "ec2 describe-vpc-block-public-access-options",
        "functions" => "lambda get-function-configuration",
        "buckets" => "s3api get-bucket-location",
        "internetGateways" => "ec2 describe-internet-gateways",
        "egressOnlyInternetGateways" => "ec2 describe-egress-only-internet-gateways",
        "natGateways" => "ec2 describe-nat-gateways",
        "instances" => "ec2 describe-instances",
        "dhcpOptions" => "ec2 describe-dhcp-options",
        _ => "ec2 get-managed-prefix-list-entries",
    }
}

/// Kinds of thing that something refers to and no answer describes.
#[derive(Default)]
struct Targets {
    internet_gateways: bool,
    egress_only_internet_gateways: bool,
    nat_gateways: bool,
    instances: bool,
    prefix_lists: bool,
    dhcp_options: bool,
}

impl Targets {
    fn of(document: &Document) -> Targets {
        let mut targets = Targets::default();
        for table in document.route_tables.values() {
            for route in &table.routes {
                let target = route.target.as_str();
                let names = |prefix: &str| target.starts_with(prefix);
                targets.internet_gateways |= names("igw-") && !document.internet_gateways.contains_key(target);
                targets.egress_only_internet_gateways |=
                    names("eigw-") && !document.egress_only_internet_gateways.contains_key(target);
                targets.nat_gateways |= names("nat-") && !document.nat_gateways.contains_key(target);
                targets.instances |= names("i-") && !document.instances.contains_key(target);
                let list = route.destination.as_str();
                targets.prefix_lists |= list.starts_with("pl-") && !document.prefix_lists.contains_key(list);
            }
        }
        for group in document.security_groups.values() {
            for rule in group.ingress.iter().chain(group.egress.iter().flatten()) {
                let list = rule.peer.as_str();
                targets.prefix_lists |= list.starts_with("pl-") && !document.prefix_lists.contains_key(list);
            }
        }
        let options = document.vpcs.values().filter_map(|vpc| vpc.dhcp_options.as_ref());
        targets.dhcp_options = options.into_iter().any(|options| !document.dhcp_options.contains_key(options));
        targets
    }
}
