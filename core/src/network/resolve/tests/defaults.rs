//! What is left out means AWS's default.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::net::Ipv4Addr;

use super::{network, resolved};
use crate::component::Component;
use crate::network::{
    BlockMode, Forwards, Interface, InterfaceRole, NatGatewayMode, Network, NotStarted, Peer, PrivateDns,
    PublicAddress, Route, RouteDestination, RouteOrigin, RouteState, RouteTarget, SecurityGroup, Subnet, VpcEndpoint,
    Workload,
};
use crate::query::Family;
use crate::range_set::RangeSet;

const ONE_VPC: &str = "region: eu-west-1\nvpcs: { main: { cidr: 10.0.0.0/16 } }\n";
const SUBNETS: &str = "subnets: { a: { cidr: 10.0.0.0/24 }, b: { cidr: 10.0.1.0/24 } }\n";

fn document(sections: &[&str]) -> Network {
    network(&[ONE_VPC, SUBNETS].into_iter().chain(sections.iter().copied()).collect::<String>())
}

fn subnet<'n>(network: &'n Network, name: &str) -> &'n Subnet {
    network.subnets.iter().find(|(_, subnet)| subnet.component.name == name).unwrap().1
}

fn group<'n>(network: &'n Network, name: &str) -> &'n SecurityGroup {
    network.security_groups.iter().find(|(_, group)| group.component.name == name).unwrap().1
}

fn endpoint<'n>(network: &'n Network, name: &str) -> &'n VpcEndpoint {
    network.vpc_endpoints.iter().find(|(_, endpoint)| endpoint.component.name == name).unwrap().1
}

fn workload<'n>(network: &'n Network, name: &str) -> &'n Workload {
    network.workloads.iter().find(|(_, workload)| workload.component.name == name).unwrap().1
}

fn interface<'n>(network: &'n Network, owner: &str) -> &'n Interface {
    network.interfaces.iter().find(|(_, interface)| interface.owner.name == owner).unwrap().1
}

fn routes<'n>(network: &'n Network, table: &str) -> &'n [Route] {
    &network.route_tables.iter().find(|(_, one)| one.component.name == table).unwrap().1.routes
}

/// Destination, target and origin of a route, as a person would write them.
fn line(network: &Network, route: &Route) -> String {
    let destination = match &route.destination {
        RouteDestination::Block(block) => block.to_string(),
        RouteDestination::PrefixList(list) => network.prefix_lists.get(*list).component.name.clone(),
    };
    let target = match &route.target {
        RouteTarget::Local => "local".to_owned(),
        RouteTarget::InternetGateway(id) => network.internet_gateways.get(*id).component.name.clone(),
        RouteTarget::EgressOnlyInternetGateway(id) => {
            network.egress_only_internet_gateways.get(*id).component.name.clone()
        }
        RouteTarget::NatGateway(id) => network.nat_gateways.get(*id).component.name.clone(),
        RouteTarget::Interface(id) => network.interfaces.get(*id).owner.to_string(),
        RouteTarget::VpcEndpoint(id) => network.vpc_endpoints.get(*id).component.name.clone(),
        RouteTarget::Opaque(component) => component.to_string(),
        RouteTarget::Missing(name) => format!("missing {name}"),
    };
    format!("{destination} -> {target} ({:?})", route.origin)
}

fn lines(network: &Network, table: &str) -> Vec<String> {
    routes(network, table).iter().map(|route| line(network, route)).collect()
}

#[test]
fn a_vpc_has_dns_support_and_no_dns_hostnames() {
    // R1.8, R1.19.
    let network = network("vpcs: { own: { cidr: 10.0.0.0/16 }, theirs: { cidr: 172.31.0.0/16, isDefault: true } }");
    let mut vpcs = network.vpcs.iter().map(|(_, vpc)| (vpc.dns_support, vpc.dns_hostnames));
    assert_eq!((vpcs.next(), vpcs.next()), (Some((true, false)), Some((true, true))));
}

#[test]
fn the_region_is_an_assumption_when_left_out() {
    let network = network("{}");
    assert_eq!((network.region.as_str(), network.region_assumed), ("us-east-1", true));
    let network = super::network("region: eu-west-1");
    assert_eq!((network.region.as_str(), network.region_assumed), ("eu-west-1", false));
}

#[test]
fn a_vpc_without_a_main_table_gets_one_with_local_routes() {
    // R1.6, R2.1.
    let network = network(
        "vpcs: { main: { cidr: [10.0.0.0/16, 100.64.0.0/16], ipv6Cidr: 2001:db8:1::/56 } }\nsubnets: { a: { cidr: 10.0.0.0/24 } }",
    );
    let a = subnet(&network, "a");
    assert!(!a.route_table_is_explicit);
    let table = network.route_tables.get(a.route_table);
    assert_eq!(table.component.to_string(), "routeTable/main");
    let local = ["10.0.0.0/16 -> local (Local)", "100.64.0.0/16 -> local (Local)", "2001:db8:1::/56 -> local (Local)"];
    assert_eq!(lines(&network, "main"), local);
    assert!(table.routes.iter().all(|route| route.pointer.is_none() && route.state == RouteState::Active));
}

#[test]
fn explicit_association_beats_the_main_table() {
    // R2.1.
    let network = document(&["routeTables: { m: { main: true }, own: { subnets: [subnet/b] } }"]);
    let table = |name: &str| &network.route_tables.get(subnet(&network, name).route_table).component.name;
    assert_eq!((table("a").as_str(), table("b").as_str()), ("m", "own"));
    assert_eq!(network.route_tables.len(), 2, "no further main table is made");
}

#[test]
fn a_declared_route_for_a_block_of_the_vpc_takes_the_place_of_the_local_route() {
    // R2.9.
    let network = document(&[
        "networkInterfaces: { box: { subnet: b } }\n",
        "routeTables: { r: { routes: [{ destination: 10.0.0.0/16, target: box }] }, s: { routes: [{ destination: 10.0.0.0/16, target: local }] } }",
    ]);
    assert_eq!(lines(&network, "r"), ["10.0.0.0/16 -> networkInterface/box (Static)"]);
    assert_eq!(lines(&network, "s"), ["10.0.0.0/16 -> local (Local)"]);
    assert_eq!(routes(&network, "s")[0].pointer.as_ref().unwrap().to_string(), ("/routeTables/s/routes/0"));
}

#[test]
fn five_addresses_of_a_subnet_are_not_usable() {
    // R1.21, R1.22.
    let network = network(
        "vpcs: { main: { cidr: 10.0.0.0/16, ipv6Cidr: 2001:db8::/56 } }\nsubnets: { a: { cidr: 10.0.0.0/28, ipv6Cidr: 2001:db8::/64 } }",
    );
    let a = subnet(&network, "a");
    let number = |text: &str| crate::address::number_of(text.parse().unwrap());
    assert_eq!(a.usable.ipv4.ranges(), [(number("10.0.0.4"), number("10.0.0.14"))]);
    assert_eq!(a.usable.ipv6.ranges(), [(number("2001:db8::4"), number("2001:db8::ffff:ffff:ffff:fffe"))]);
}

#[test]
fn a_new_security_group_lets_everything_out_and_nothing_in() {
    // R8.2; an empty list is not the same as none.
    let network = document(&["securityGroups: { new: {}, closed: { egress: [] } }"]);
    let new = group(&network, "new");
    assert_eq!((new.ingress.len(), new.egress.len()), (0, 1));
    assert_eq!(new.egress[0].peer, Peer::Block("0.0.0.0/0".parse().unwrap()));
    assert_eq!((new.egress[0].traffic.protocol, new.egress[0].pointer.as_ref()), (None, None));
    assert_eq!(group(&network, "closed").egress.len(), 0);
}

#[test]
fn a_vpc_with_ipv6_allows_it_by_default_too() {
    // R15.5.
    let network = network(
        "vpcs: { main: { cidr: 10.0.0.0/16, ipv6Cidr: 2001:db8::/56 } }\nsubnets: { a: { cidr: 10.0.0.0/24 } }\nsecurityGroups: { new: {} }",
    );
    let peers: Vec<&Peer> = group(&network, "new").egress.iter().map(|rule| &rule.peer).collect();
    assert_eq!(peers, [&Peer::Block("0.0.0.0/0".parse().unwrap()), &Peer::Block("::/0".parse().unwrap())]);
    let acl = network.network_acls.get(subnet(&network, "a").network_acl);
    assert_eq!(
        acl.ingress.iter().map(|rule| rule.block.unwrap().to_string()).collect::<Vec<_>>(),
        ["0.0.0.0/0", "::/0"]
    );
}

#[test]
fn the_default_group_admits_its_own_members() {
    // R8.3, R6.4.
    let network = document(&["tasks: { t: { subnets: [a] }, u: { subnets: [a], securityGroups: [default] } }"]);
    let vpc = network.vpcs.iter().next().unwrap().1;
    let default = network.security_groups.get(vpc.default_security_group);
    assert_eq!(default.component.to_string(), "securityGroup/default");
    assert_eq!(default.ingress[0].peer, Peer::SecurityGroup(vpc.default_security_group));
    assert_eq!(default.egress.len(), 1);
    for owner in ["t", "u"] {
        assert_eq!(interface(&network, owner).security_groups, [vpc.default_security_group]);
    }
}

#[test]
fn a_declared_default_group_is_the_default_group() {
    for declared in ["default: { egress: [] }", "sg-1: { isDefault: true, egress: [] }"] {
        let network = document(&["securityGroups: { ", declared, " }\ntasks: { t: { subnets: [a] } }"]);
        let vpc = network.vpcs.iter().next().unwrap().1;
        assert_eq!(network.security_groups.len(), 1);
        assert_eq!(network.security_groups.get(vpc.default_security_group).egress.len(), 0);
        assert_eq!(interface(&network, "t").security_groups, [vpc.default_security_group]);
    }
}

#[test]
fn several_vpcs_have_defaults_of_their_own() {
    let network = network("vpcs: { x: { cidr: 10.0.0.0/16 }, y: { cidr: 10.1.0.0/16 } }");
    let names: Vec<&str> = network.security_groups.iter().map(|(_, group)| group.component.name.as_str()).collect();
    assert_eq!(names, ["x/default", "y/default"]);
    let mains: Vec<&str> = network.route_tables.iter().map(|(_, table)| table.component.name.as_str()).collect();
    assert_eq!(mains, ["x/main", "y/main"]);
    for (id, vpc) in network.vpcs.iter() {
        assert_eq!(network.route_tables.get(vpc.main_route_table).vpc, id);
        assert_eq!(network.network_acls.get(vpc.default_network_acl).vpc, id);
        assert_eq!(network.security_groups.get(vpc.default_security_group).vpc, id);
    }
}

#[test]
fn subnets_use_the_default_network_acl_that_allows_everything() {
    // R8.14.
    let network = document(&["networkAcls: { strict: { subnets: [b] } }"]);
    let acl = |name: &str| network.network_acls.get(subnet(&network, name).network_acl);
    assert_eq!(acl("a").component.to_string(), "networkAcl/default");
    assert_eq!((acl("a").ingress[0].allow, acl("a").egress[0].allow), (Some(true), Some(true)));
    assert_eq!((acl("b").ingress.len(), acl("b").egress.len()), (0, 0), "without rules it denies everything");
}

#[test]
fn network_acl_rules_stand_in_the_order_of_their_numbers() {
    // R8.15; the final rule is always there, so a dump's copy of it is left out.
    let network = document(&[
        "networkAcls: { n: { subnets: [a], ingress: [{ ruleNumber: 200, action: allow, cidr: 0.0.0.0/0 }, ",
        "{ ruleNumber: 100, action: deny, cidr: 10.0.0.0/8 }, { ruleNumber: 32767, action: deny, cidr: 0.0.0.0/0 }] } }",
    ]);
    let rules = &network.network_acls.get(subnet(&network, "a").network_acl).ingress;
    let rules: Vec<_> =
        rules.iter().map(|rule| (rule.number, rule.allow, rule.pointer.as_ref().unwrap().to_string())).collect();
    let pointers = ("/networkAcls/n/ingress/1".to_owned(), "/networkAcls/n/ingress/0".to_owned());
    assert_eq!(rules, [(100, Some(false), pointers.0), (200, Some(true), pointers.1)]);
}

#[test]
fn rules_without_protocol_mean_all_and_with_a_port_tcp() {
    let network = document(&[
        "securityGroups: { g: { ingress: [{ peer: 0.0.0.0/0 }, { port: 443, peer: 0.0.0.0/0 }, ",
        "{ protocol: 6, port: 1024-65535, peer: 0.0.0.0/0 }, { protocol: -1, peer: 0.0.0.0/0 }, ",
        "{ protocol: icmp, port: 8, source: 0.0.0.0/0 }, { protocol: 50, peer: 0.0.0.0/0 }] } }",
    ]);
    let all = RangeSet::range(0, u16::MAX);
    let matches: Vec<_> = group(&network, "g").ingress.iter().map(|rule| &rule.traffic).collect();
    let expected = [
        (None, all.clone()),
        (Some(6), RangeSet::single(443)),
        (Some(6), RangeSet::range(1024, u16::MAX)),
        (None, all.clone()),
        (Some(1), RangeSet::single(8)),
        (Some(50), all),
    ];
    for (found, (protocol, ports)) in matches.iter().zip(&expected) {
        assert_eq!((&found.protocol, &found.ports), (protocol, ports));
    }
    assert_eq!(matches.len(), expected.len());
}

#[test]
fn a_gateway_endpoint_adds_its_routes_to_its_tables() {
    // R5.2, R5.3.
    let network = document(&[
        "routeTables: { r: { subnets: [a] } }\n",
        "vpcEndpoints: { s3: { service: s3, routeTables: [r] }, ddb: { service: com.amazonaws.eu-west-1.dynamodb, routeTables: [r] } }",
    ]);
    assert_eq!(
        lines(&network, "r"),
        [
            "10.0.0.0/16 -> local (Local)",
            "com.amazonaws.eu-west-1.dynamodb -> ddb (GatewayEndpoint)",
            "com.amazonaws.eu-west-1.s3 -> s3 (GatewayEndpoint)",
        ]
    );
    assert_eq!(lines(&network, "main"), ["10.0.0.0/16 -> local (Local)"], "other tables stay as they are");
    let s3 = endpoint(&network, "s3");
    assert_eq!(
        (s3.service.service.as_str(), s3.service.region.as_str(), s3.state.as_str()),
        ("s3", "eu-west-1", "available")
    );
    let list = network.prefix_lists.get(s3.prefix_lists[0]);
    assert!(list.from_bundled_data && !list.is_unknown && !list.addresses.ipv4.is_empty());
    assert!(list.addresses.ipv6.is_empty(), "IPv6 blocks are in a list of their own");
}

#[test]
fn a_dual_stack_gateway_endpoint_has_both_lists() {
    // R5.19, R5.23.
    let network = document(&[
        "routeTables: { r: {} }\nvpcEndpoints: { s3: { service: s3, ipAddressType: dualstack, routeTables: [r] } }",
    ]);
    let lists: Vec<String> = lines(&network, "r").split_off(1);
    assert_eq!(
        lists,
        [
            "com.amazonaws.eu-west-1.s3 -> s3 (GatewayEndpoint)",
            "com.amazonaws.eu-west-1.ipv6.s3 -> s3 (GatewayEndpoint)"
        ]
    );
    let ipv6 = network.prefix_lists.get(endpoint(&network, "s3").prefix_lists[1]);
    assert!(ipv6.addresses.ipv4.is_empty() && !ipv6.addresses.ipv6.is_empty());
}

#[test]
fn entries_of_the_document_win_over_those_that_come_with_vpcreach() {
    let network = document(&[
        "prefixLists: { pl-6da54004: { entries: [3.5.64.0/21] } }\n",
        "routeTables: { r: {} }\nvpcEndpoints: { s3: { service: s3, routeTables: [r] } }\n",
        "securityGroups: { g: { egress: [{ protocol: tcp, port: 443, peer: com.amazonaws.eu-west-1.s3 }] } }",
    ]);
    assert_eq!(network.prefix_lists.len(), 1);
    let (id, list) = network.prefix_lists.iter().next().unwrap();
    assert_eq!((list.entries.len(), list.from_bundled_data), (1, false));
    assert_eq!(endpoint(&network, "s3").prefix_lists, [id]);
    assert_eq!(group(&network, "g").egress[0].peer, Peer::PrefixList(id));
}

#[test]
fn the_id_of_a_well_known_list_is_enough() {
    // Section 7 of the formats reference: an id is unique within its Region only.
    let rule = "securityGroups: { g: { egress: [{ protocol: tcp, port: 443, peer: pl-6da54004 }] } }";
    let network = document(&[rule]);
    let Peer::PrefixList(list) = group(&network, "g").egress[0].peer else { panic!("a prefix list") };
    let list = network.prefix_lists.get(list);
    assert_eq!(list.service.as_ref().unwrap().full, "com.amazonaws.eu-west-1.s3");
    assert!(list.from_bundled_data);
    let (network, _) = resolved(&["region: us-east-1\nvpcs: { main: { cidr: 10.0.0.0/16 } }\n", rule].concat());
    let Peer::PrefixList(list) = group(&network, "g").egress[0].peer else { panic!("a prefix list") };
    assert!(network.prefix_lists.get(list).is_unknown);
}

#[test]
fn a_dump_s_own_endpoint_route_is_not_added_again() {
    // R2.18.
    let network = document(&[
        "routeTables: { r: { routes: [{ destination: pl-6da54004, target: s3 }] } }\n",
        "vpcEndpoints: { s3: { service: s3, routeTables: [r] } }",
    ]);
    let routes = routes(&network, "r");
    assert_eq!((routes.len(), routes[1].origin), (2, RouteOrigin::GatewayEndpoint));
    assert_eq!(routes[1].pointer.as_ref().unwrap().to_string(), ("/routeTables/r/routes/0"));
}

#[test]
fn a_list_of_unknown_id_on_an_endpoint_s_route_is_the_endpoint_s() {
    let network = document(&[
        "routeTables: { r: { routes: [{ destination: pl-0123456789abcdef0, target: s3 }] } }\n",
        "vpcEndpoints: { s3: { service: s3, routeTables: [r] } }",
    ]);
    assert_eq!(lines(&network, "r")[1..], ["com.amazonaws.eu-west-1.s3 -> s3 (GatewayEndpoint)"]);
}

#[test]
fn lists_of_other_services_are_not_guessed() {
    let network = document(&["routeTables: { r: {} }\nvpcEndpoints: { x: { service: s3express, routeTables: [r] } }"]);
    let list = network.prefix_lists.get(endpoint(&network, "x").prefix_lists[0]);
    assert!(list.is_unknown && list.entries.is_empty());
}

#[test]
fn an_interface_endpoint_has_an_interface_in_each_subnet() {
    // R6.1, R6.4.
    let network = document(&[
        "vpcEndpoints: { sqs: { type: Interface, service: sqs, subnets: [a, b], privateDnsEnabled: false, privateIps: { b: 10.0.1.9 } } }",
    ]);
    let sqs = endpoint(&network, "sqs");
    assert_eq!((sqs.interfaces.len(), sqs.private_dns), (2, PrivateDns::Off));
    let vpc = network.vpcs.get(sqs.vpc);
    let second = network.interfaces.get(sqs.interfaces[1]);
    assert_eq!(second.security_groups, [vpc.default_security_group]);
    assert_eq!(second.addresses.ipv4.only(), Some(0x0a00_0109));
    assert!(second.addresses.ipv6.is_empty());
    assert!(network.interfaces.get(sqs.interfaces[0]).addresses.ipv4.first() == Some(0x0a00_0004));
}

#[test]
fn private_dns_is_on_unless_something_keeps_it_from_it() {
    // R1.9, R6.9, R6.13, R6.14.
    let of = |vpc: &str, endpoint_fields: &str| {
        let yaml = [
            "vpcs: { main: { cidr: 10.0.0.0/16, ",
            vpc,
            " } }\nsubnets: { a: { cidr: 10.0.0.0/24 } }\n",
            "vpcEndpoints: { i: { type: Interface, subnets: [a], ",
            endpoint_fields,
            " }, g: { service: s3 } }",
        ];
        endpoint(&resolved(&yaml.concat()).0, "i").private_dns
    };
    let on = "enableDnsHostnames: true";
    assert_eq!(of(on, "service: sqs"), PrivateDns::On);
    assert_eq!(of("enableDnsHostnames: false", "service: sqs"), PrivateDns::WithoutEffect);
    assert_eq!(of("enableDnsHostnames: true, enableDnsSupport: false", "service: sqs"), PrivateDns::WithoutEffect);
    assert_eq!(of(on, "service: sqs, privateDnsEnabled: false"), PrivateDns::Off);
    assert_eq!(of(on, "service: s3"), PrivateDns::InboundResolverOnly);
    assert_eq!(of(on, "service: s3, privateDnsOnlyForInboundResolverEndpoint: false"), PrivateDns::On);
}

#[test]
fn a_function_has_one_interface_in_each_subnet_and_no_public_address() {
    // R3.3, R7.3, R7.23.
    let network = document(&[
        "securityGroups: { g: {} }\nfunctions: { f: { subnets: [a, b], securityGroups: [g], timeout: 30 } }",
    ]);
    let f = workload(&network, "f");
    assert_eq!(f.component.to_string(), "function/f");
    assert!(f.attached && f.uses_any_interface && !f.ipv6 && f.not_started.is_none());
    assert_eq!((f.timeout, f.interfaces.len()), (Some(30), 2));
    for id in &f.interfaces {
        let interface = network.interfaces.get(*id);
        assert_eq!((interface.role, interface.public_address), (InterfaceRole::Function, PublicAddress::None));
        assert!(interface.source_dest_check);
    }
}

#[test]
fn a_function_without_subnets_is_not_attached() {
    // R7.1.
    let network = document(&["functions: { f: {} }"]);
    let f = workload(&network, "f");
    assert!(!f.attached && f.interfaces.is_empty() && f.missing_subnets.is_empty());
}

#[test]
fn a_function_uses_ipv6_only_where_every_subnet_is_dual_stack() {
    // R3.8, R7.6.
    let of = |flag: &str, second: &str| {
        let yaml = [
            "vpcs: { main: { cidr: 10.0.0.0/16, ipv6Cidr: 2001:db8::/56 } }\nsubnets: { a: { cidr: 10.0.0.0/24, ",
            "ipv6Cidr: 2001:db8::/64 }, b: { cidr: 10.0.1.0/24",
            second,
            " } }\nsecurityGroups: { g: {} }\n",
            "functions: { f: { subnets: [a, b], securityGroups: [g], ipv6AllowedForDualStack: ",
            flag,
            " } }",
        ];
        let network = resolved(&yaml.concat()).0;
        let f = workload(&network, "f");
        let has_addresses = f.interfaces.iter().all(|id| !network.interfaces.get(*id).addresses.ipv6.is_empty());
        assert_eq!(f.ipv6, has_addresses, "an interface has IPv6 addresses exactly where they may be used");
        f.ipv6
    };
    assert!(of("true", ", ipv6Cidr: 2001:db8:0:1::/64"));
    assert!(!of("false", ", ipv6Cidr: 2001:db8:0:1::/64"));
    assert!(!of("true", ""));
}

#[test]
fn an_elastic_ip_on_a_function_interface_is_fragile() {
    // R15.1.
    let network = document(&[
        "securityGroups: { g: {} }\nfunctions: { f: { subnets: [a, b], securityGroups: [g], elasticIps: { b: 198.51.100.7 } } }",
    ]);
    let addresses: Vec<_> =
        workload(&network, "f").interfaces.iter().map(|id| network.interfaces.get(*id).public_address).collect();
    assert_eq!(addresses, [PublicAddress::None, PublicAddress::Fragile(Ipv4Addr::new(198, 51, 100, 7))]);
}

#[test]
fn states_keep_workloads_from_starting() {
    // R0.1, R7.16, R7.17, R7.19.
    let network = document(&[
        "securityGroups: { g: {} }\nfunctions:\n  failed: { subnets: [a], securityGroups: [g], state: Failed, stateReasonCode: EniLimitExceeded }\n",
        "  old: { subnets: [a], securityGroups: [g], state: Active, lastUpdateStatus: Failed, lastUpdateStatusReasonCode: SubnetOutOfIPAddresses }\n",
        "instances: { i: { subnet: a, state: stopped } }\n",
        "networkInterfaces: { loose: { subnet: a, status: available } }",
    ]);
    let state = |name: &str| workload(&network, name).not_started.clone();
    let stands = |state: &str, reason: Option<&str>| {
        Some(NotStarted::State { state: state.to_owned(), reason: reason.map(str::to_owned) })
    };
    assert_eq!(state("failed"), stands("Failed", Some("EniLimitExceeded")));
    assert_eq!(state("old"), None);
    assert_eq!(workload(&network, "old").failed_update.as_deref(), Some("SubnetOutOfIPAddresses"));
    assert_eq!(state("i"), stands("stopped", None));
    assert_eq!(interface(&network, "i").bad_state.as_deref(), Some("stopped"));
    assert_eq!(state("loose"), stands("available", None));
}

#[test]
fn full_subnets_keep_new_interfaces_from_being_made() {
    // R7.17; a function that is said to be active has its interfaces already.
    let network = network(
        "vpcs: { main: { cidr: 10.0.0.0/16 } }\nsubnets: { a: { cidr: 10.0.0.0/24, availableIpAddressCount: 0 }, b: { cidr: 10.0.1.0/24 } }\n\
         securityGroups: { g: {} }\nfunctions: { f: { subnets: [a], securityGroups: [g] }, half: { subnets: [a, b], securityGroups: [g] }, \
         active: { subnets: [a], securityGroups: [g], state: Active } }",
    );
    let state = |name: &str| workload(&network, name).not_started.clone();
    assert!(matches!(state("f"), Some(NotStarted::OutOfAddresses { subnets }) if subnets.len() == 1));
    assert_eq!((state("half"), state("active")), (None, None));
}

#[test]
fn an_instance_takes_its_interfaces_in_order() {
    let network = document(&[
        "networkInterfaces: { second: { subnet: b, sourceDestCheck: false } }\n",
        "instances: { box: { subnet: a, privateIp: 10.0.0.10, publicIp: 198.51.100.7, networkInterfaces: [second], forwards: nat, listens: [22, 80-90] } }",
    ]);
    let instance = workload(&network, "box");
    assert!(!instance.uses_any_interface);
    let [first, second] = instance.interfaces.as_slice() else { panic!("two interfaces") };
    let (first, second) = (network.interfaces.get(*first), network.interfaces.get(*second));
    assert_eq!(first.addresses.ipv4.only(), Some(0x0a00_000a));
    assert_eq!(first.public_address, PublicAddress::Known(Ipv4Addr::new(198, 51, 100, 7)));
    assert_eq!((first.source_dest_check, second.source_dest_check), (true, false));
    assert_eq!((first.forwards, second.forwards), (Forwards::Nat, Forwards::Nat));
    assert_eq!(first.listens.as_ref().unwrap().ranges(), [(22, 22), (80, 90)]);
    assert_eq!(second.owner.to_string(), "instance/box");
    assert!(network.workloads.iter().all(|(_, workload)| workload.component.name != "second"));
}

#[test]
fn a_bare_interface_is_a_workload() {
    let network = document(&["networkInterfaces: { eni: { subnet: a } }"]);
    assert_eq!(workload(&network, "eni").component.to_string(), "networkInterface/eni");
    assert_eq!(interface(&network, "eni").role, InterfaceRole::Bare);
}

#[test]
fn tasks_have_a_public_address_only_when_asked_for() {
    // R15.8.
    let network = document(&[
        "tasks: { plain: { subnets: [a] }, public: { subnets: [a], assignPublicIp: true } }\ncodeBuildProjects: { c: { subnets: [a] } }",
    ]);
    let public = |owner: &str| interface(&network, owner).public_address;
    assert_eq!(
        (public("plain"), public("public"), public("c")),
        (PublicAddress::None, PublicAddress::Assigned, PublicAddress::None)
    );
}

#[test]
fn a_nat_gateway_is_an_interface_with_its_elastic_ip() {
    // R4.1, R4.2, R4.7.
    let network = document(&["natGateways: { nat: { subnet: a, elasticIps: [198.51.100.10], privateIp: 10.0.0.77 } }"]);
    let gateway = network.nat_gateways.iter().next().unwrap().1;
    assert!(!gateway.is_private && gateway.state == "available");
    assert_eq!(gateway.elastic_ips, [PublicAddress::Known(Ipv4Addr::new(198, 51, 100, 10))]);
    let NatGatewayMode::Zonal(id) = gateway.mode else { panic!("a zonal gateway") };
    let interface = network.interfaces.get(id);
    assert_eq!(interface.public_address, PublicAddress::Known(Ipv4Addr::new(198, 51, 100, 10)));
    assert!(interface.security_groups.is_empty() && interface.addresses.ipv4.only() == Some(0x0a00_004d));
    assert!(matches!(interface.role, InterfaceRole::NatGateway(_)));
}

#[test]
fn a_private_nat_gateway_has_no_public_address() {
    // R4.5.
    let network = document(&["natGateways: { nat: { subnet: a, connectivityType: private } }"]);
    assert!(network.nat_gateways.iter().next().unwrap().1.is_private);
    assert_eq!(interface(&network, "nat").public_address, PublicAddress::None);
}

#[test]
fn a_regional_nat_gateway_has_no_subnet() {
    // R4.16, R4.18.
    let network = document(&[
        "routeTables: { r: {} }\nnatGateways: { nat: { availabilityMode: regional, availabilityZones: [eu-west-1a], routeTable: r } }",
    ]);
    let gateway = network.nat_gateways.iter().next().unwrap().1;
    let NatGatewayMode::Regional { availability_zones, route_table } = &gateway.mode else { panic!("a regional one") };
    assert_eq!(availability_zones, &["eu-west-1a"]);
    assert_eq!(network.route_tables.get(route_table.unwrap()).component.name, "r");
}

#[test]
fn routes_lead_to_every_kind_of_target() {
    // R2.17.
    let network = document(&[
        "internetGateways: { igw: {} }\negressOnlyInternetGateways: { eigw: {} }\nnatGateways: { both: { subnet: a, elasticIps: [198.51.100.1] } }\n",
        "instances: { both: { subnet: b }, box: { subnet: b } }\nnetworkInterfaces: { eni: { subnet: b } }\ntransitGateways: { tgw: {} }\n",
        "vpcEndpoints: { gwlb: { type: GatewayLoadBalancer, service: com.amazonaws.vpce.eu-west-1.vpce-svc-1, subnets: [b] } }\n",
        "routeTables:\n  r:\n    routes:\n",
        "    - { destination: 1.0.0.0/8, target: igw }\n    - { destination: ::/0, target: eigw }\n",
        "    - { destination: 2.0.0.0/8, target: natGateway/both }\n    - { destination: 3.0.0.0/8, target: instance/both }\n",
        "    - { destination: 4.0.0.0/8, target: box }\n    - { destination: 5.0.0.0/8, target: eni }\n",
        "    - { destination: 6.0.0.0/8, target: tgw, origin: propagated, state: blackhole }\n    - { destination: 7.0.0.0/8, target: gwlb }\n",
    ]);
    assert_eq!(
        lines(&network, "r")[1..],
        [
            "1.0.0.0/8 -> igw (Static)",
            "::/0 -> eigw (Static)",
            "2.0.0.0/8 -> both (Static)",
            "3.0.0.0/8 -> instance/both (Static)",
            "4.0.0.0/8 -> instance/box (Static)",
            "5.0.0.0/8 -> networkInterface/eni (Static)",
            "6.0.0.0/8 -> transitGateway/tgw (Propagated)",
            "7.0.0.0/8 -> gwlb (Static)",
        ]
    );
    assert_eq!(routes(&network, "r")[7].state, RouteState::Blackhole);
}

#[test]
fn gateways_are_attached_and_may_have_a_table() {
    // R2.22, R3.1.
    let network = document(&[
        "internetGateways: { igw: {}, loose: { attached: false } }\nrouteTables: { edge: { gateways: [igw] } }",
    ]);
    let gateways: Vec<_> = network.internet_gateways.iter().map(|(_, gateway)| gateway).collect();
    assert!(gateways[0].vpc.is_some() && gateways[0].route_table.is_some());
    assert!(gateways[1].vpc.is_none() && gateways[1].route_table.is_none());
}

#[test]
fn addresses_of_the_amazon_resolver_are_no_custom_servers() {
    // R1.7, R1.11.
    let of = |servers: &str| {
        let yaml = [
            "vpcs: { main: { cidr: [10.0.0.0/16, 100.64.0.0/16], dhcpOptions: d } }\ndhcpOptions: { d: { domainNameServers: [",
            servers,
            "] } }",
        ];
        let network = network(&yaml.concat());
        let vpc = network.vpcs.iter().next().unwrap().1.clone();
        assert_eq!(vpc.dhcp_options, Some(Component::new(crate::component::ComponentKind::DhcpOptions, "d")));
        vpc.dns_servers.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(of("AmazonProvidedDNS").is_empty());
    assert!(of("169.254.169.253, 10.0.0.2, 'fd00:ec2::253'").is_empty());
    assert_eq!(of("10.0.5.5, 100.64.0.2"), ["10.0.5.5", "100.64.0.2"], "secondary blocks have no resolver");
}

#[test]
fn a_private_zone_serves_the_only_vpc() {
    let network = document(&[
        "privateHostedZones: { z: { domain: Corp.Example., records: { '@': [10.0.0.9], api: [db.corp.example., '2001:db8::1'] } } }",
    ]);
    let zone = &network.private_hosted_zones[0];
    assert_eq!((zone.domain.as_str(), zone.vpcs.len(), zone.records.len()), ("corp.example", 1, 2));
    let text: Vec<String> = zone.records.iter().map(|(name, values)| format!("{name} {values:?}")).collect();
    assert_eq!(text[1], r#"api [Name("db.corp.example"), Address(2001:db8::1)]"#);
}

#[test]
fn buckets_are_in_the_document_s_region_and_named_by_their_key() {
    let network =
        document(&["buckets: { photos: {}, logs: { region: us-west-2, bucketName: acme-logs, policy: none } }"]);
    let buckets: Vec<_> = network
        .buckets
        .iter()
        .map(|(_, bucket)| (bucket.bucket_name.as_str(), bucket.region.as_str(), bucket.permissions.policy.is_given()))
        .collect();
    assert_eq!(buckets, [("acme-logs", "us-west-2", true), ("photos", "eu-west-1", false)]);
}

#[test]
fn block_public_access_with_its_exclusions() {
    // R3.11, R3.14.
    assert_eq!(document(&[]).block_public_access.mode, BlockMode::Off);
    let network = document(&[
        "vpcBlockPublicAccess:\n  internetGatewayBlockMode: block-ingress\n  exclusions:\n",
        "  - { subnet: a, internetGatewayExclusionMode: allow-egress }\n",
        "  - { vpc: main, internetGatewayExclusionMode: allow-bidirectional, state: delete-complete }\n",
    ]);
    let block = &network.block_public_access;
    assert_eq!((block.mode, block.excluded_subnets.len(), block.excluded_vpcs.len()), (BlockMode::Ingress, 1, 0));
}

#[test]
fn full_access_is_no_policy() {
    // R5.24.
    let of = |policy: &str| {
        let network = document(&["vpcEndpoints: { s3: { service: s3, policy: ", policy, " } }"]);
        endpoint(&network, "s3").policy.is_some()
    };
    assert!(!of("{ Statement: [{ Effect: Allow, Principal: '*', Action: '*', Resource: '*' }] }"));
    assert!(of("{ Statement: [{ Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*' }] }"));
    assert!(of("{ Statement: [{ Effect: Deny, Principal: '*', Action: '*', Resource: '*' }] }"));
    assert!(of("unknown"), "one that is not known may restrict");
}

#[test]
fn what_the_source_does_not_cover_is_carried_over_and_not_reported() {
    let (network, problems) = resolved(
        "unknownSections: [networkAcls, vpcEndpoints]\nvpcs: { main: { cidr: 10.0.0.0/16 } }\n\
         routeTables: { r: { routes: [{ destination: 10.9.0.0/16, target: vpce-1 }] } }",
    );
    assert_eq!(problems, []);
    assert!(network.is_unknown("networkAcls") && !network.is_unknown("subnets"));
    assert_eq!(routes(&network, "r")[1].target, RouteTarget::Missing("vpce-1".to_owned()));
    assert_eq!(network.network_acls.len(), 1);
}

#[test]
fn a_vpc_is_implied_by_what_a_thing_refers_to() {
    let network = network(
        "vpcs: { x: { cidr: 10.0.0.0/16 }, y: { cidr: 10.1.0.0/16 } }\nsubnets: { a: { vpc: y, cidr: 10.1.0.0/24 } }\n\
         routeTables: { r: { subnets: [a] } }\nnetworkAcls: { n: { subnets: [a] } }\n\
         natGateways: { nat: { subnet: a, elasticIps: [198.51.100.1] } }\nvpcEndpoints: { s3: { service: s3, routeTables: [r] } }",
    );
    let y = subnet(&network, "a").vpc;
    assert_eq!(network.route_tables.get(subnet(&network, "a").route_table).vpc, y);
    assert_eq!(network.nat_gateways.iter().next().unwrap().1.vpc, y);
    assert_eq!(endpoint(&network, "s3").vpc, y);
}

#[test]
fn hosts_have_the_addresses_given() {
    let network = document(&[
        "internetHosts: { api: { host: API.example.com, addresses: [203.0.113.7, 198.51.100.0/30], listens: [443] } }",
    ]);
    let host = &network.internet_hosts[0];
    assert_eq!((host.host.as_str(), host.addresses.of(Family::Ipv4).ranges().len()), ("api.example.com", 2));
    assert_eq!(host.listens.as_ref().unwrap().only(), Some(443));
}
