//! Every problem of a document: what is wrong, where, and the nearest valid name.

use super::{problem, problems, resolved};
use crate::component::{Component, ComponentKind};
use crate::document::words;
use crate::network::{Peer, RouteState, RouteTarget};
use crate::problem::{CidrFlaw, GatewayRouteTableFlaw, NameRole, ProblemKind};
use crate::query::Family;

const VPC: &str = "vpcs: { main: { cidr: 10.0.0.0/16 } }\n";
const SUBNETS: &str = "subnets: { a: { cidr: 10.0.0.0/24 }, b: { cidr: 10.0.1.0/24 } }\n";

/// The only problem of one VPC with two subnets and what is added.
fn with(sections: &str) -> (String, ProblemKind) {
    problem(&[VPC, SUBNETS, sections].concat())
}

/// The only problem of two VPCs and what is added.
fn with_two_vpcs(sections: &str) -> (String, ProblemKind) {
    let vpcs = "vpcs: { x: { cidr: 10.0.0.0/16 }, y: { cidr: 10.1.0.0/16 } }\n\
                subnets: { a: { vpc: x, cidr: 10.0.0.0/24 }, b: { vpc: y, cidr: 10.1.0.0/24 } }\n";
    problem(&[vpcs, sections].concat())
}

fn at(pointer: &str, kind: ProblemKind) -> (String, ProblemKind) {
    (pointer.to_owned(), kind)
}

fn dangling(name: &str, section: &'static str, nearest: Option<&str>) -> ProblemKind {
    ProblemKind::DanglingReference { name: name.to_owned(), section, nearest: nearest.map(str::to_owned) }
}

fn component(kind: ComponentKind, name: &str) -> Component {
    Component::new(kind, name)
}

#[test]
fn an_unknown_version() {
    assert_eq!(problem("version: 2"), at("/version", ProblemKind::UnknownVersion { version: 2 }));
    assert_eq!(problems("version: 1"), []);
}

#[test]
fn an_unknown_region() {
    let kind = ProblemKind::UnknownRegion { region: "eu-wset-1".to_owned(), nearest: Some("eu-west-1".to_owned()) };
    assert_eq!(problem("region: eu-wset-1"), at("/region", kind));
    let kind = ProblemKind::UnknownRegion { region: "moon".to_owned(), nearest: None };
    assert_eq!(problem("buckets: { b: { region: moon } }"), at("/buckets/b/region", kind));
}

#[test]
fn names_that_nothing_has() {
    let cases = [
        ("subnets: { c: { vpc: mian, cidr: 10.0.2.0/24 } }", "/subnets/c/vpc", dangling("mian", "vpcs", Some("main"))),
        (
            "vpcs: { v: { cidr: 10.0.0.0/16, dhcpOptions: d } }",
            "/vpcs/v/dhcpOptions",
            dangling("d", "dhcpOptions", None),
        ),
    ];
    for (section, pointer, kind) in cases {
        let yaml = if section.starts_with("vpcs") { section.to_owned() } else { [VPC, section].concat() };
        assert_eq!(problem(&yaml), at(pointer, kind));
    }
    let cases = [
        (
            "routeTables: { r: { subnets: [a, subnet-b] } }",
            "/routeTables/r/subnets/1",
            dangling("subnet-b", "subnets", None),
        ),
        ("networkAcls: { n: { subnets: [c] } }", "/networkAcls/n/subnets/0", dangling("c", "subnets", Some("a"))),
        (
            "natGateways: { n: { subnet: c, elasticIps: [198.51.100.1] } }",
            "/natGateways/n/subnet",
            dangling("c", "subnets", Some("a")),
        ),
        ("tasks: { t: { subnets: [a, c] } }", "/tasks/t/subnets/1", dangling("c", "subnets", Some("a"))),
        (
            "tasks: { t: { subnets: [a], securityGroups: [web] } }",
            "/tasks/t/securityGroups/0",
            dangling("web", "securityGroups", None),
        ),
        (
            "instances: { i: { subnet: a, networkInterfaces: [e] } }",
            "/instances/i/networkInterfaces/0",
            dangling("e", "networkInterfaces", None),
        ),
        (
            "vpcEndpoints: { e: { service: s3, routeTables: [r] } }",
            "/vpcEndpoints/e/routeTables/0",
            dangling("r", "routeTables", None),
        ),
        (
            "routeTables: { r: { gateways: [igw] } }",
            "/routeTables/r/gateways/0",
            dangling("igw", "internetGateways", None),
        ),
        (
            "routeTables: { r: { routes: [{ destination: 0.0.0.0/0, target: nat-0a }] } }",
            "/routeTables/r/routes/0/target",
            dangling("nat-0a", "natGateways", None),
        ),
        (
            "routeTables: { r: { routes: [{ destination: 0.0.0.0/0, target: instance/x }] } }",
            "/routeTables/r/routes/0/target",
            dangling("instance/x", "instances", None),
        ),
    ];
    for (section, pointer, kind) in cases {
        assert_eq!(with(section), at(pointer, kind));
    }
}

#[test]
fn what_is_missing_stays_visible() {
    let yaml = "tasks: { t: { subnets: [a, c], securityGroups: [web] } }\n\
                securityGroups: { g: { egress: [{ peer: nothing }] } }\n\
                routeTables: { r: { routes: [{ destination: 0.0.0.0/0, target: nothing }, { destination: my-list, target: local }] } }";
    let (network, _) = resolved(&[VPC, SUBNETS, yaml].concat());
    let task = network.workloads.iter().next().unwrap().1;
    assert_eq!((task.missing_subnets.as_slice(), task.interfaces.len()), (["c".to_owned()].as_slice(), 1));
    assert_eq!(network.interfaces.get(task.interfaces[0]).missing_security_groups, ["web"]);
    assert_eq!(network.security_groups.iter().next().unwrap().1.egress[0].peer, Peer::Missing("nothing".to_owned()));
    let routes = &network.route_tables.iter().next().unwrap().1.routes;
    assert_eq!(routes[1].target, RouteTarget::Missing("nothing".to_owned()));
    let crate::network::RouteDestination::PrefixList(list) = routes[2].destination else { panic!("a prefix list") };
    assert!(network.prefix_lists.get(list).is_unknown, "a route to an unknown list matches nobody knows what");
}

#[test]
fn names_that_could_be_of_several_sections() {
    let unknown = |name: &str, role, nearest: Option<&str>| ProblemKind::UnknownName {
        name: name.to_owned(),
        role,
        nearest: nearest.map(str::to_owned),
    };
    let route = "natGateways: { gateway: { subnet: a, elasticIps: [198.51.100.1] } }\n\
                 routeTables: { r: { routes: [{ destination: 0.0.0.0/0, target: getaway }] } }";
    let kind = unknown("getaway", NameRole::RouteTarget, Some("gateway"));
    assert_eq!(with(route), at("/routeTables/r/routes/0/target", kind));
    let rule = "securityGroups: { web: { ingress: [{ protocol: tcp, port: 443, peer: wbe }] } }";
    let kind = unknown("wbe", NameRole::Peer, Some("web"));
    assert_eq!(with(rule), at("/securityGroups/web/ingress/0/peer", kind));
    let route = "prefixLists: { office: { entries: [192.0.2.0/24] } }\ntransitGateways: { tgw: {} }\n\
                 routeTables: { r: { routes: [{ destination: ofice, target: tgw }] } }";
    let kind = unknown("ofice", NameRole::RouteDestination, Some("office"));
    assert_eq!(with(route), at("/routeTables/r/routes/0/destination", kind));
}

#[test]
fn a_prefix_list_of_which_only_the_id_is_known() {
    let kind = ProblemKind::UnknownPrefixList { name: "pl-0a".to_owned() };
    assert_eq!(
        with("securityGroups: { g: { egress: [{ peer: pl-0a }] } }"),
        at("/securityGroups/g/egress/0/peer", kind)
    );
}

#[test]
fn a_name_that_several_things_have() {
    let sections = "natGateways: { x: { subnet: a, elasticIps: [198.51.100.1] } }\ninstances: { x: { subnet: a } }\n\
                    routeTables: { r: { routes: [{ destination: 0.0.0.0/0, target: x }] } }";
    let candidates = vec![component(ComponentKind::NatGateway, "x"), component(ComponentKind::Instance, "x")];
    let kind = ProblemKind::AmbiguousName { name: "x".to_owned(), candidates };
    assert_eq!(with(sections), at("/routeTables/r/routes/0/target", kind));
    let (network, _) = resolved(&[VPC, SUBNETS, sections].concat());
    assert_eq!(network.route_tables.iter().next().unwrap().1.routes[1].target, RouteTarget::Missing("x".to_owned()));
}

#[test]
fn no_vpc_is_named_although_there_are_several() {
    let kind = ProblemKind::VpcNotNamed { candidates: vec!["x".to_owned(), "y".to_owned()] };
    for (section, pointer) in [
        ("internetGateways: { igw: {} }", "/internetGateways/igw"),
        ("securityGroups: { g: {} }", "/securityGroups/g"),
        ("routeTables: { r: {} }", "/routeTables/r"),
        ("privateHostedZones: { z: { domain: corp.example } }", "/privateHostedZones/z"),
    ] {
        assert_eq!(with_two_vpcs(section), at(pointer, kind.clone()));
    }
}

#[test]
fn there_is_no_vpc() {
    assert_eq!(problem("subnets: { a: { cidr: 10.0.0.0/24 } }"), at("/subnets/a", ProblemKind::NoVpc));
}

#[test]
fn things_of_another_vpc() {
    let other = |kind, name: &str, vpc: &str, expected: &str| ProblemKind::OfAnotherVpc {
        component: component(kind, name),
        vpc: vpc.to_owned(),
        expected: expected.to_owned(),
    };
    let subnet = other(ComponentKind::Subnet, "b", "y", "x");
    let cases = [
        ("routeTables: { r: { vpc: x, subnets: [b] } }", "/routeTables/r/subnets/0", subnet.clone()),
        ("networkAcls: { n: { vpc: x, subnets: [b] } }", "/networkAcls/n/subnets/0", subnet.clone()),
        // R7.4.
        (
            "securityGroups: { g: { vpc: x } }\nfunctions: { f: { subnets: [a, b], securityGroups: [g] } }",
            "/functions/f/subnets",
            subnet.clone(),
        ),
        (
            "securityGroups: { g: { vpc: y } }\ntasks: { t: { subnets: [a], securityGroups: [g] } }",
            "/tasks/t/securityGroups/0",
            other(ComponentKind::SecurityGroup, "g", "y", "x"),
        ),
        (
            "routeTables: { r: { vpc: y } }\nvpcEndpoints: { e: { vpc: x, service: s3, routeTables: [r] } }",
            "/vpcEndpoints/e/routeTables/0",
            other(ComponentKind::RouteTable, "r", "y", "x"),
        ),
        (
            "vpcEndpoints: { e: { type: Interface, vpc: x, service: sqs, subnets: [b], privateDnsEnabled: false } }",
            "/vpcEndpoints/e/subnets/0",
            subnet,
        ),
    ];
    for (sections, pointer, kind) in cases {
        assert_eq!(with_two_vpcs(sections), at(pointer, kind));
    }
}

#[test]
fn a_field_without_which_a_thing_means_nothing() {
    let missing = |field| ProblemKind::MissingField { field };
    assert_eq!(problem("vpcs: { v: {} }"), at("/vpcs/v", missing("cidr")));
    let cases = [
        ("securityGroups: { g: { egress: [{ protocol: tcp }] } }", "/securityGroups/g/egress/0/peer", missing("peer")),
        ("vpcEndpoints: { e: {} }", "/vpcEndpoints/e", missing("service")),
        ("instances: { i: {} }", "/instances/i", missing("subnet")),
        ("privateHostedZones: { z: {} }", "/privateHostedZones/z", missing("domain")),
        (
            "networkAcls: { n: { ingress: [{ action: allow, cidr: 0.0.0.0/0 }] } }",
            "/networkAcls/n/ingress/0/ruleNumber",
            missing("ruleNumber"),
        ),
        (
            "routeTables: { r: { routes: [{ destination: 0.0.0.0/0 }] } }",
            "/routeTables/r/routes/0/target",
            missing("target"),
        ),
        (
            "routeTables: { r: { routes: [{ target: local }] } }",
            "/routeTables/r/routes/0/destination",
            missing("destination"),
        ),
    ];
    for (section, pointer, kind) in cases {
        assert_eq!(with(section), at(pointer, kind));
    }
    assert_eq!(problem(&[VPC, "subnets: { a: {} }"].concat()), at("/subnets/a", missing("cidr")));
}

#[test]
fn half_typed_blocks_get_the_likely_one() {
    let cases = [
        ("10", CidrFlaw::AddressIncomplete, Some("10.0.0.0/8")),
        ("10.0.", CidrFlaw::AddressIncomplete, Some("10.0.0.0/16")),
        ("10.0.3", CidrFlaw::AddressIncomplete, Some("10.0.3.0/24")),
        ("10.0.3/28", CidrFlaw::AddressIncomplete, Some("10.0.3.0/28")),
        ("10.0.3.0", CidrFlaw::NoPrefixLength, Some("10.0.3.0/24")),
        ("10.0.3.0/", CidrFlaw::NoPrefixLength, Some("10.0.3.0/24")),
        ("10.0.3.0/33", CidrFlaw::BadPrefixLength, Some("10.0.3.0/24")),
        ("10.0.0.300/24", CidrFlaw::BadAddress, None),
        ("private", CidrFlaw::BadAddress, None),
        ("2001:db8::/64", CidrFlaw::WrongFamily(Family::Ipv6), None),
    ];
    for (text, flaw, likely) in cases {
        let likely = likely.map(str::to_owned);
        let found = problem(&[VPC, "subnets: { a: { cidr: '", text, "' } }"].concat());
        assert_eq!(found, at("/subnets/a/cidr", ProblemKind::BadCidr { text: text.to_owned(), flaw, likely }));
    }
    let bare = with("securityGroups: { g: { ingress: [{ peer: 192.0.2.7 }] } }");
    let kind = ProblemKind::BadCidr {
        text: "192.0.2.7".to_owned(),
        flaw: CidrFlaw::NoPrefixLength,
        likely: Some("192.0.2.7/32".to_owned()),
    };
    assert_eq!(bare, at("/securityGroups/g/ingress/0/peer", kind));
}

#[test]
fn a_block_with_host_bits_is_taken_as_the_canonical_one() {
    let kind = ProblemKind::CidrHostBits { text: "10.0.0.5/24".to_owned(), canonical: "10.0.0.0/24".to_owned() };
    let yaml = [VPC, "subnets: { a: { cidr: 10.0.0.5/24 } }"].concat();
    assert_eq!(problem(&yaml), at("/subnets/a/cidr", kind));
    let subnet = resolved(&yaml).0.subnets.iter().next().unwrap().1.ipv4;
    assert_eq!(subnet, Some("10.0.0.0/24".parse().unwrap()));
}

#[test]
fn sizes_that_aws_refuses() {
    // R1.1, R1.21, R1.22.
    let size = |block: &str, kind, shortest, longest, step| ProblemKind::SizeOutOfRange {
        block: block.to_owned(),
        kind,
        shortest,
        longest,
        step,
    };
    assert_eq!(
        problem("vpcs: { v: { cidr: 10.0.0.0/8 } }"),
        at("/vpcs/v/cidr", size("10.0.0.0/8", ComponentKind::Vpc, 16, 28, 1))
    );
    let subnet = |fields: &str| {
        problem(
            &["vpcs: { v: { cidr: 10.0.0.0/16, ipv6Cidr: 2001:db8::/56 } }\nsubnets: { a: { ", fields, " } }"].concat(),
        )
    };
    assert_eq!(
        subnet("cidr: 10.0.0.0/29"),
        at("/subnets/a/cidr", size("10.0.0.0/29", ComponentKind::Subnet, 16, 28, 1))
    );
    assert_eq!(
        subnet("cidr: 10.0.0.0/24, ipv6Cidr: 2001:db8::/62"),
        at("/subnets/a/ipv6Cidr", size("2001:db8::/62", ComponentKind::Subnet, 44, 64, 4))
    );
}

#[test]
fn blocks_that_overlap() {
    // R1.2.
    let overlap = |block: &str, other_block: &str, other| ProblemKind::Overlap {
        block: block.to_owned(),
        other_block: other_block.to_owned(),
        other,
    };
    let found = problem("vpcs: { v: { cidr: [10.0.0.0/16, 10.0.128.0/17] } }");
    assert_eq!(
        found,
        at("/vpcs/v/cidr/1", overlap("10.0.128.0/17", "10.0.0.0/16", component(ComponentKind::Vpc, "v")))
    );
    let found = problem(
        &[VPC, "subnets: { a: { cidr: 10.0.0.0/23 }, b: { cidr: 10.0.1.0/24 }, c: { cidr: 10.0.2.0/24 } }"].concat(),
    );
    assert_eq!(
        found,
        at("/subnets/b/cidr", overlap("10.0.1.0/24", "10.0.0.0/23", component(ComponentKind::Subnet, "a")))
    );
    let apart = "vpcs: { x: { cidr: 10.0.0.0/16 }, y: { cidr: 10.0.0.0/16 } }\n\
                 subnets: { a: { vpc: x, cidr: 10.0.0.0/24 }, b: { vpc: y, cidr: 10.0.0.0/24 } }";
    assert_eq!(problems(apart), [], "VPCs may have the same addresses");
}

#[test]
fn a_wide_subnet_overlaps_all_that_lie_in_it() {
    let yaml =
        [VPC, "subnets: { a: { cidr: 10.0.0.0/20 }, b: { cidr: 10.0.1.0/24 }, c: { cidr: 10.0.2.0/24 } }"].concat();
    let pointers: Vec<String> = problems(&yaml).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/subnets/b/cidr", "/subnets/c/cidr"]);
}

#[test]
fn a_subnet_outside_its_vpc() {
    let kind = ProblemKind::SubnetOutsideVpc {
        block: "10.1.0.0/24".to_owned(),
        vpc: "main".to_owned(),
        vpc_blocks: vec!["10.0.0.0/16".to_owned()],
    };
    assert_eq!(problem(&[VPC, "subnets: { a: { cidr: 10.1.0.0/24 } }"].concat()), at("/subnets/a/cidr", kind));
}

#[test]
fn nat_gateways_that_lack_something() {
    // R4.1, R4.2.
    assert_eq!(with("natGateways: { n: { subnet: a } }"), at("/natGateways/n", ProblemKind::NatGatewayWithoutAddress));
    assert_eq!(
        with("natGateways: { n: { elasticIps: [198.51.100.1] } }"),
        at("/natGateways/n", ProblemKind::NatGatewayWithoutSubnet)
    );
    assert_eq!(problems(&[VPC, "natGateways: { n: { availabilityMode: regional } }"].concat()), []);
}

#[test]
fn a_second_explicit_association_does_not_count() {
    // R2.1, R8.14.
    let second = |winner| ProblemKind::SecondAssociation { subnet: "a".to_owned(), winner };
    let tables = "routeTables: { r: { subnets: [a] }, s: { subnets: [b, a] } }";
    assert_eq!(with(tables), at("/routeTables/s/subnets/1", second(component(ComponentKind::RouteTable, "r"))));
    let (network, _) = resolved(&[VPC, SUBNETS, tables].concat());
    let table = network.subnets.iter().next().unwrap().1.route_table;
    assert_eq!(network.route_tables.get(table).component.name, "r");
    let acls = "networkAcls: { m: { subnets: [a] }, n: { subnets: [a] } }";
    assert_eq!(with(acls), at("/networkAcls/n/subnets/0", second(component(ComponentKind::NetworkAcl, "m"))));
}

#[test]
fn a_second_default_does_not_count() {
    let second = |winner| ProblemKind::SecondDefault { winner, vpc: "main".to_owned() };
    let cases = [
        (
            "routeTables: { r: { main: true }, s: { main: true } }",
            "/routeTables/s/main",
            component(ComponentKind::RouteTable, "r"),
        ),
        (
            "networkAcls: { m: { isDefault: true }, n: { isDefault: true } }",
            "/networkAcls/n/isDefault",
            component(ComponentKind::NetworkAcl, "m"),
        ),
        (
            "securityGroups: { default: {}, own: { isDefault: true } }",
            "/securityGroups/own",
            component(ComponentKind::SecurityGroup, "default"),
        ),
    ];
    for (sections, pointer, winner) in cases {
        assert_eq!(with(sections), at(pointer, second(winner)));
    }
}

#[test]
fn a_second_internet_gateway() {
    // R3.1.
    let kind = ProblemKind::SecondInternetGateway { first: "i".to_owned(), vpc: "main".to_owned() };
    assert_eq!(with("internetGateways: { i: {}, j: {}, k: { attached: false } }"), at("/internetGateways/j", kind));
}

#[test]
fn a_second_gateway_endpoint_of_one_service_on_one_table() {
    // R5.3.
    let sections = "routeTables: { r: {}, s: {} }\nvpcEndpoints: { e: { service: s3, routeTables: [r] }, f: { service: s3, routeTables: [r, s] } }";
    let kind = ProblemKind::SecondGatewayEndpoint {
        route_table: "r".to_owned(),
        service: "com.amazonaws.us-east-1.s3".to_owned(),
        winner: "e".to_owned(),
    };
    assert_eq!(with(sections), at("/vpcEndpoints/f/routeTables", kind));
    let (network, _) = resolved(&[VPC, SUBNETS, sections].concat());
    let tables: Vec<usize> = network.route_tables.iter().map(|(_, table)| table.routes.len()).collect();
    assert_eq!(tables, [2, 2, 1], "one endpoint route in each of the two tables");
}

#[test]
fn services_without_gateway_endpoints() {
    // R5.1.
    let kind = |service: &str, nearest: Option<&str>| ProblemKind::NoGatewayEndpoint {
        service: service.to_owned(),
        nearest: nearest.map(str::to_owned),
    };
    assert_eq!(with("vpcEndpoints: { e: { service: sqs } }"), at("/vpcEndpoints/e/service", kind("sqs", None)));
    assert_eq!(
        with("vpcEndpoints: { e: { service: dynamo } }"),
        at("/vpcEndpoints/e/service", kind("dynamo", Some("dynamodb")))
    );
}

#[test]
fn a_gateway_endpoint_for_another_region_has_no_routes() {
    // R5.4.
    let sections =
        "routeTables: { r: {} }\nvpcEndpoints: { e: { service: com.amazonaws.eu-west-1.s3, routeTables: [r] } }";
    let kind = ProblemKind::EndpointOfAnotherRegion {
        service: "com.amazonaws.eu-west-1.s3".to_owned(),
        region: "us-east-1".to_owned(),
    };
    assert_eq!(with(sections), at("/vpcEndpoints/e/service", kind));
    let (network, _) = resolved(&[VPC, SUBNETS, sections].concat());
    assert_eq!(network.route_tables.iter().next().unwrap().1.routes.len(), 1);
}

#[test]
fn rule_numbers_that_aws_refuses() {
    // R8.15.
    let rules = |second: u32| {
        let yaml = [
            "networkAcls: { n: { egress: [{ ruleNumber: 100, action: deny, cidr: 10.0.0.0/8 }, { ruleNumber: ",
            &second.to_string(),
            ", action: allow, cidr: 10.0.0.0/8 }] } }",
        ];
        yaml.concat()
    };
    let kind = ProblemKind::DuplicateRuleNumber { number: 100 };
    assert_eq!(with(&rules(100)), at("/networkAcls/n/egress/1", kind));
    let (network, _) = resolved(&[VPC, &rules(100)].concat());
    let egress = &network.network_acls.iter().next().unwrap().1.egress;
    let doubts: Vec<_> = egress.iter().map(|rule| (rule.number, rule.allow, rule.is_unreadable)).collect();
    assert_eq!(doubts, [(100, Some(true), true), (100, Some(false), false)], "AWS has one of them");
    let kind = ProblemKind::RuleNumberOutOfRange { number: 40000 };
    assert_eq!(with(&rules(40000)), at("/networkAcls/n/egress/1/ruleNumber", kind));
}

#[test]
fn ports_that_are_none() {
    for text in ["https", "70000", "90-80", "80,443"] {
        let yaml =
            ["securityGroups: { g: { ingress: [{ protocol: tcp, port: '", text, "', peer: 0.0.0.0/0 }] } }"].concat();
        assert_eq!(with(&yaml), at("/securityGroups/g/ingress/0/port", ProblemKind::BadPort { text: text.to_owned() }));
        let (network, _) = resolved(&[VPC, &yaml].concat());
        let rule = &network.security_groups.iter().next().unwrap().1.ingress[0];
        assert!(rule.is_unreadable && rule.traffic.protocol == Some(6), "what it admits is not known");
    }
    let kind = ProblemKind::BadPort { text: "ssh".to_owned() };
    assert_eq!(with("instances: { i: { subnet: a, listens: [22, ssh] } }"), at("/instances/i/listens/1", kind));
}

#[test]
fn ports_beside_a_protocol_that_has_none() {
    let kind = ProblemKind::PortWithoutEffect { port: "443".to_owned(), protocol: "all".to_owned() };
    let found = with("securityGroups: { g: { ingress: [{ protocol: all, port: 443, peer: 0.0.0.0/0 }] } }");
    assert_eq!(found, at("/securityGroups/g/ingress/0/port", kind));
}

#[test]
fn words_that_aws_does_not_have() {
    let nat = |fields: &str| ["natGateways: { n: { subnet: a, elasticIps: [198.51.100.1], ", fields, " } }"].concat();
    let rule =
        |fields: &str| ["networkAcls: { n: { ingress: [{ ruleNumber: 1, cidr: 0.0.0.0/0, ", fields, " }] } }"].concat();
    let route = |fields: &str| {
        [
            "transitGateways: { t: {} }\nrouteTables: { r: { routes: [{ destination: 0.0.0.0/0, target: t, ",
            fields,
            " }] } }",
        ]
        .concat()
    };
    let function = |fields: &str| {
        ["securityGroups: { g: {} }\nfunctions: { f: { subnets: [a], securityGroups: [g], ", fields, " } }"].concat()
    };
    let cases = [
        (nat("state: availabel"), "/natGateways/n/state", "availabel", words::NAT_GATEWAY_STATES, Some("available")),
        (
            nat("connectivityType: pubic"),
            "/natGateways/n/connectivityType",
            "pubic",
            words::CONNECTIVITY_TYPES,
            Some("public"),
        ),
        (
            nat("availabilityMode: zone"),
            "/natGateways/n/availabilityMode",
            "zone",
            words::AVAILABILITY_MODES,
            Some("zonal"),
        ),
        (rule("action: permit"), "/networkAcls/n/ingress/0/action", "permit", words::RULE_ACTIONS, None),
        (
            rule("action: allow, protocol: tpc"),
            "/networkAcls/n/ingress/0/protocol",
            "tpc",
            words::PROTOCOLS,
            Some("tcp"),
        ),
        (route("state: actve"), "/routeTables/r/routes/0/state", "actve", words::ROUTE_STATES, Some("active")),
        (route("origin: dynamic"), "/routeTables/r/routes/0/origin", "dynamic", words::ROUTE_ORIGINS, None),
        (function("state: Activ"), "/functions/f/state", "Activ", words::FUNCTION_STATES, Some("Active")),
        (function("lastUpdateStatus: Done"), "/functions/f/lastUpdateStatus", "Done", words::UPDATE_STATUSES, None),
        (
            "instances: { i: { subnet: a, state: runing } }".into(),
            "/instances/i/state",
            "runing",
            words::INSTANCE_STATES,
            Some("running"),
        ),
        (
            "instances: { i: { subnet: a, forwards: nta } }".into(),
            "/instances/i/forwards",
            "nta",
            words::FORWARDS,
            Some("nat"),
        ),
        (
            "networkInterfaces: { e: { subnet: a, status: inuse } }".into(),
            "/networkInterfaces/e/status",
            "inuse",
            words::INTERFACE_STATUSES,
            Some("in-use"),
        ),
        (
            "vpcEndpoints: { e: { type: Interfaces, service: s3 } }".into(),
            "/vpcEndpoints/e/type",
            "Interfaces",
            words::ENDPOINT_TYPES,
            Some("Interface"),
        ),
        (
            "vpcEndpoints: { e: { service: s3, state: aviable } }".into(),
            "/vpcEndpoints/e/state",
            "aviable",
            words::ENDPOINT_STATES,
            Some("available"),
        ),
        (
            "vpcEndpoints: { e: { service: s3, ipAddressType: dual } }".into(),
            "/vpcEndpoints/e/ipAddressType",
            "dual",
            words::IP_ADDRESS_TYPES,
            Some("dualstack"),
        ),
        (
            "vpcBlockPublicAccess: { internetGatewayBlockMode: block }".into(),
            "/vpcBlockPublicAccess/internetGatewayBlockMode",
            "block",
            words::BLOCK_MODES,
            Some("block-bidirectional"),
        ),
    ];
    for (sections, pointer, text, allowed, nearest) in cases {
        let nearest = nearest.map(str::to_owned);
        assert_eq!(with(&sections), at(pointer, ProblemKind::UnknownWord { text: text.to_owned(), allowed, nearest }));
    }
}

#[test]
fn a_state_that_nobody_knows_does_not_work() {
    let (network, _) = resolved(&[VPC, SUBNETS,
        "natGateways: { n: { subnet: a, elasticIps: [198.51.100.1], state: availabel, connectivityType: pubic } }\n",
        "vpcEndpoints: { e: { service: s3, state: aviable } }\ninstances: { i: { subnet: a, state: runing } }\n",
        "routeTables: { r: { routes: [{ destination: 0.0.0.0/0, target: n, state: actve }] } }",
    ].concat());
    let gateway = network.nat_gateways.iter().next().unwrap().1;
    assert!(gateway.state != "available" && gateway.is_private);
    assert_ne!(network.vpc_endpoints.iter().next().unwrap().1.state, "available");
    assert!(network.workloads.iter().next().unwrap().1.not_started.is_some());
    assert_eq!(network.route_tables.iter().next().unwrap().1.routes[1].state, RouteState::Blackhole);
}

#[test]
fn words_in_other_letters_are_the_same_words() {
    let yaml = [VPC, SUBNETS, "natGateways: { n: { subnet: a, elasticIps: [198.51.100.1], state: Available } }\nvpcEndpoints: { e: { service: s3, type: gateway, state: Available } }"].concat();
    let (network, problems) = resolved(&yaml);
    assert_eq!(problems, []);
    assert_eq!(network.nat_gateways.iter().next().unwrap().1.state, "available");
    assert_eq!(network.vpc_endpoints.iter().next().unwrap().1.state, "available");
}

#[test]
fn addresses_that_are_none() {
    let bad = |text: &str, family| ProblemKind::BadAddress { text: text.to_owned(), family };
    let cases = [
        (
            "natGateways: { n: { subnet: a, elasticIps: [eip] } }",
            "/natGateways/n/elasticIps/0",
            bad("eip", Some(Family::Ipv4)),
        ),
        (
            "instances: { i: { subnet: a, publicIp: 198.51.100 } }",
            "/instances/i/publicIp",
            bad("198.51.100", Some(Family::Ipv4)),
        ),
        (
            "instances: { i: { subnet: a, ipv6Addresses: [10.0.0.9] } }",
            "/instances/i/ipv6Addresses/0",
            bad("10.0.0.9", Some(Family::Ipv6)),
        ),
        (
            "dhcpOptions: { d: { domainNameServers: [ns1] } }\nvpcs: { main: { cidr: 10.0.0.0/16, dhcpOptions: d } }",
            "/dhcpOptions/d/domainNameServers/0",
            bad("ns1", None),
        ),
        (
            "internetHosts: { h: { host: h.example, addresses: [somewhere] } }",
            "/internetHosts/h/addresses/0",
            bad("somewhere", None),
        ),
        (
            "securityGroups: { g: {} }\nfunctions: { f: { subnets: [a], securityGroups: [g], elasticIps: { a: x } } }",
            "/functions/f/elasticIps/a",
            bad("x", Some(Family::Ipv4)),
        ),
    ];
    for (sections, pointer, kind) in cases {
        let yaml = if sections.contains("vpcs") { sections.to_owned() } else { [VPC, SUBNETS, sections].concat() };
        assert_eq!(problem(&yaml), at(pointer, kind));
    }
}

#[test]
fn addresses_that_the_subnet_cannot_give() {
    // R1.21.
    let unusable = |address: &str, reserved| ProblemKind::AddressNotUsable {
        address: address.to_owned(),
        subnet: "a".to_owned(),
        block: "10.0.0.0/24".to_owned(),
        reserved,
    };
    let cases = [
        ("instances: { i: { subnet: a, privateIp: 10.0.1.9 } }", "/instances/i/privateIp", unusable("10.0.1.9", false)),
        (
            "natGateways: { n: { subnet: a, elasticIps: [198.51.100.1], privateIp: 10.0.0.1 } }",
            "/natGateways/n/privateIp",
            unusable("10.0.0.1", true),
        ),
        (
            "vpcEndpoints: { e: { type: Interface, service: sqs, subnets: [a], privateDnsEnabled: false, privateIps: { a: 10.0.0.255 } } }",
            "/vpcEndpoints/e/privateIps/a",
            unusable("10.0.0.255", true),
        ),
    ];
    for (sections, pointer, kind) in cases {
        assert_eq!(with(sections), at(pointer, kind));
    }
}

#[test]
fn a_time_out_that_no_function_has() {
    // R7.23.
    for seconds in [0, 901] {
        let yaml = ["functions: { f: { timeout: ", &seconds.to_string(), " } }"].concat();
        assert_eq!(with(&yaml), at("/functions/f/timeout", ProblemKind::TimeoutOutOfRange { seconds }));
    }
}

#[test]
fn more_than_a_function_may_have() {
    // R7.4.
    let names = |count: usize, prefix: &str| (0..count).map(|index| format!("{prefix}{index}")).collect::<Vec<_>>();
    let subnets: String = (0..17).map(|index| format!("  s{index}: {{ cidr: 10.0.{index}.0/24 }}\n")).collect();
    let yaml = format!(
        "{VPC}subnets:\n{subnets}securityGroups: {{ g: {{}} }}\nfunctions: {{ f: {{ subnets: [{}], securityGroups: [g] }} }}",
        names(17, "s").join(", ")
    );
    assert_eq!(
        problem(&yaml),
        at("/functions/f/subnets", ProblemKind::TooMany { field: "subnets", count: 17, limit: 16 })
    );
    let groups: String = (0..6).map(|index| format!("  g{index}: {{}}\n")).collect();
    let yaml = format!(
        "securityGroups:\n{groups}functions: {{ f: {{ subnets: [a], securityGroups: [{}] }} }}",
        names(6, "g").join(", ")
    );
    assert_eq!(
        with(&yaml),
        at("/functions/f/securityGroups", ProblemKind::TooMany { field: "securityGroups", count: 6, limit: 5 })
    );
}

#[test]
fn a_function_without_security_group() {
    // R7.4.
    assert_eq!(
        with("functions: { f: { subnets: [a] } }"),
        at("/functions/f", ProblemKind::FunctionWithoutSecurityGroup)
    );
}

#[test]
fn ipv6_without_dual_stack_subnets() {
    // R7.6.
    let found = with(
        "securityGroups: { g: {} }\nfunctions: { f: { subnets: [a, b], securityGroups: [g], ipv6AllowedForDualStack: true } }",
    );
    let kind = ProblemKind::SubnetsNotDualStack { subnets: vec!["a".to_owned(), "b".to_owned()] };
    assert_eq!(found, at("/functions/f/ipv6AllowedForDualStack", kind));
}

#[test]
fn private_dns_without_what_it_needs() {
    // R1.9, R6.9, R6.13.
    let found = with("vpcEndpoints: { e: { type: Interface, service: sqs, subnets: [a] } }");
    let kind =
        ProblemKind::PrivateDnsNeedsAttributes { vpc: "main".to_owned(), attributes: vec!["enableDnsHostnames"] };
    assert_eq!(found, at("/vpcEndpoints/e/privateDnsEnabled", kind));
    let yaml = "vpcs: { main: { cidr: 10.0.0.0/16, enableDnsHostnames: true } }\nsubnets: { a: { cidr: 10.0.0.0/24 } }\n\
                vpcEndpoints: { e: { type: Interface, service: s3, subnets: [a] } }";
    let kind = ProblemKind::PrivateDnsNeedsGatewayEndpoint { vpc: "main".to_owned() };
    assert_eq!(problem(yaml), at("/vpcEndpoints/e/privateDnsOnlyForInboundResolverEndpoint", kind));
}

#[test]
fn static_routes_inside_the_local_one() {
    // R2.9.
    let route = |destination: &str, target: &str| {
        ["natGateways: { n: { subnet: a, elasticIps: [198.51.100.1] } }\ntransitGateways: { t: {} }\nrouteTables: { r: { routes: [{ destination: ", destination, ", target: ", target, " }] } }"].concat()
    };
    let inside = |destination: &str| ProblemKind::RouteInsideLocal {
        destination: destination.to_owned(),
        local: "10.0.0.0/16".to_owned(),
    };
    let pointer = "/routeTables/r/routes/0/destination";
    assert_eq!(with(&route("10.0.9.0/24", "n")), at(pointer, inside("10.0.9.0/24")));
    assert_eq!(with(&route("10.0.1.0/24", "t")), at(pointer, inside("10.0.1.0/24")));
    assert_eq!(
        problems(&[VPC, SUBNETS, &route("10.0.1.0/24", "n")].concat()),
        [],
        "a whole subnet may lead to a NAT gateway"
    );
}

#[test]
fn local_routes_outside_the_vpc() {
    let kind = ProblemKind::LocalRouteOutsideVpc { destination: "10.9.0.0/16".to_owned(), vpc: "main".to_owned() };
    let found = with("routeTables: { r: { routes: [{ destination: 10.9.0.0/16, target: local }] } }");
    assert_eq!(found, at("/routeTables/r/routes/0/destination", kind));
}

#[test]
fn routes_to_addresses_that_aws_keeps() {
    // R2.10.
    let cases = [("169.254.169.0/24", "169.254.168.0/22"), ("'fd00:ec2::253/128'", "fd00:ec2::/32")];
    for (text, range) in cases {
        let destination = text.trim_matches('\'').to_owned();
        let yaml =
            ["transitGateways: { t: {} }\nrouteTables: { r: { routes: [{ destination: ", text, ", target: t }] } }"]
                .concat();
        let kind = ProblemKind::RouteInReservedRange { destination, range };
        assert_eq!(with(&yaml), at("/routeTables/r/routes/0/destination", kind));
    }
    let wider =
        "transitGateways: { t: {} }\nrouteTables: { r: { routes: [{ destination: 169.254.0.0/16, target: t }] } }";
    assert_eq!(problems(&[VPC, wider].concat()), []);
}

#[test]
fn two_static_routes_for_one_destination() {
    let yaml = "transitGateways: { t: {} }\nrouteTables: { r: { routes: [{ destination: 10.9.0.0/16, target: t }, \
                { destination: 10.9.0.0/16, target: t, origin: propagated }, { destination: 10.9.0.0/16, target: t }] } }";
    let kind = ProblemKind::DuplicateRoute { destination: "10.9.0.0/16".to_owned() };
    assert_eq!(with(yaml), at("/routeTables/r/routes/2/destination", kind));
    let (network, _) = resolved(&[VPC, yaml].concat());
    let positions: Vec<_> = network
        .route_tables
        .iter()
        .next()
        .unwrap()
        .1
        .routes
        .iter()
        .map(|route| route.pointer.as_ref().map(ToString::to_string))
        .collect();
    assert_eq!(
        positions,
        [None, Some("/routeTables/r/routes/0".to_owned()), Some("/routeTables/r/routes/1".to_owned())]
    );
}

#[test]
fn what_a_gateway_route_table_may_not_have() {
    // R2.3, R2.22.
    let table = |fields: &str| {
        ["internetGateways: { igw: {} }\nnatGateways: { n: { subnet: a, elasticIps: [198.51.100.1] } }\nrouteTables: { r: { gateways: [igw], ", fields, " } }"].concat()
    };
    let flaw = |flaw| ProblemKind::GatewayRouteTable { flaw };
    assert_eq!(with(&table("main: true")), at("/routeTables/r/main", flaw(GatewayRouteTableFlaw::Main)));
    let target = GatewayRouteTableFlaw::Target { target: "n".to_owned() };
    assert_eq!(
        with(&table("routes: [{ destination: 10.0.1.0/24, target: n }]")),
        at("/routeTables/r/routes/0/target", flaw(target))
    );
    let sections =
        table("routes: [{ destination: 10.0.0.0/16, target: local }, { destination: pl-63a5400a, target: local }]");
    let destination = GatewayRouteTableFlaw::Destination { destination: "pl-63a5400a".to_owned() };
    assert_eq!(with(&sections), at("/routeTables/r/routes/1/destination", flaw(destination)));
}

#[test]
fn an_instance_with_several_interfaces_as_a_target() {
    // R2.20.
    let sections = "networkInterfaces: { e: { subnet: b } }\ninstances: { i: { subnet: a, networkInterfaces: [e] } }\n\
                    routeTables: { r: { routes: [{ destination: 0.0.0.0/0, target: i }] } }";
    let kind = ProblemKind::InstanceWithSeveralInterfaces { instance: "i".to_owned() };
    assert_eq!(with(sections), at("/routeTables/r/routes/0/target", kind));
}

#[test]
fn a_second_table_of_one_gateway() {
    let sections = "internetGateways: { igw: {} }\nrouteTables: { r: { gateways: [igw] }, s: { gateways: [igw] } }";
    let kind =
        ProblemKind::SecondAssociation { subnet: "igw".to_owned(), winner: component(ComponentKind::RouteTable, "r") };
    assert_eq!(with(sections), at("/routeTables/s/gateways/0", kind));
}

#[test]
fn names_with_a_slash_are_escaped_in_pointers() {
    let found = problem(&[VPC, "subnets: { 'module.a/b~c': { cidr: x } }"].concat());
    assert_eq!(found.0, "/subnets/module.a~1b~0c/cidr");
}

#[test]
fn a_thing_that_was_left_out_is_reported_once() {
    let yaml = [VPC, "subnets: { a: { vpc: other, cidr: 10.0.0.0/24 } }\ntasks: { t: { subnets: [a] } }"].concat();
    assert_eq!(problem(&yaml), at("/subnets/a/vpc", dangling("other", "vpcs", None)));
    let task = resolved(&yaml).0.workloads.iter().next().unwrap().1.missing_subnets.clone();
    assert_eq!(task, ["a"]);
}

#[test]
fn an_access_point_without_its_bucket_or_of_an_unknown_vpc() {
    let yaml = [VPC, "buckets: { photos: {} }\naccessPoints: { p: { bucket: fotos } }"].concat();
    assert_eq!(problem(&yaml), at("/accessPoints/p/bucket", dangling("fotos", "buckets", Some("photos"))));
    let yaml = [VPC, "buckets: { photos: {} }\naccessPoints: { p: { bucket: photos, vpc: elsewhere } }"].concat();
    assert_eq!(problem(&yaml).0, "/accessPoints/p/vpc");
    // The id of a VPC of another account is none.
    let yaml = [VPC, "buckets: { photos: {} }\naccessPoints: { p: { bucket: photos, vpc: vpc-0a1b2c3d } }"].concat();
    assert!(resolved(&yaml).1.is_empty());
    let yaml = [VPC, "accessPoints: { p: {} }"].concat();
    assert_eq!(problem(&yaml), at("/accessPoints/p", ProblemKind::MissingField { field: "bucket" }));
}

#[test]
fn policies_that_are_longer_than_iam_takes() {
    let resources = "arn:aws:s3:::photos/with/a/long/way,".repeat(300);
    let policy =
        format!("{{ Version: '2012-10-17', Statement: {{ Effect: Allow, Action: 's3:*', Resource: '{resources}' }} }}");
    let yaml =
        [VPC, "roles: { r: { policies: { a: ", &policy, " } } }\nmanagedPolicies: { m: { policy: ", &policy, " } }"]
            .concat();
    let found = resolved(&yaml).1;
    let of_quota = |problem: &&crate::problem::Problem| matches!(problem.kind, ProblemKind::OverQuota { .. });
    let places: Vec<&str> = found.iter().filter(of_quota).map(|problem| problem.pointer.as_str()).collect();
    assert_eq!(places, ["/managedPolicies/m/policy", "/roles/r/policies"]);
    let levels = |policy: &str| {
        let level = ["organizationLevels: [{ name: root, serviceControlPolicies: { a: ", policy, " } }]"].concat();
        [VPC, "accounts: { '111122223333': { ", &level, " } }"].concat()
    };
    let found = resolved(&levels(&policy)).1;
    let places: Vec<&str> = found.iter().filter(of_quota).map(|problem| problem.pointer.as_str()).collect();
    assert_eq!(places, ["/accounts/111122223333/organizationLevels/0/serviceControlPolicies"]);
}

#[test]
fn rules_of_the_resolver() {
    let rules = |rules: &str| problem(&["vpcs: { main: { cidr: 10.0.0.0/16, ", rules, " } }\n"].concat());
    let word = |text: &str, allowed, nearest: &str| ProblemKind::UnknownWord {
        text: text.to_owned(),
        allowed,
        nearest: Some(nearest.to_owned()),
    };
    for (field, allowed, text, nearest) in [
        ("action", words::DNS_FIREWALL_ACTIONS, "BLOCKS", "BLOCK"),
        ("blockResponse", words::BLOCK_RESPONSES, "NXDOMIAN", "NXDOMAIN"),
        (
            "firewallDomainRedirectionAction",
            words::REDIRECTION_ACTIONS,
            "TRUST_REDIRECTION",
            "TRUST_REDIRECTION_DOMAIN",
        ),
    ] {
        let pointer = format!("/vpcs/main/dnsFirewallRules/0/{field}");
        let found = rules(&format!("dnsFirewallRules: [{{ {field}: {text}, domains: ['*'] }}]"));
        assert_eq!(found, at(&pointer, word(text, allowed, nearest)));
    }
    let found = rules("resolverRules: [{ domain: a.example, type: system }, { domain: b.example, type: FORWARDS }]");
    assert_eq!(found, at("/vpcs/main/resolverRules/1/type", word("FORWARDS", words::RESOLVER_RULE_TYPES, "FORWARD")));
    let bad = |text: &str| ProblemKind::BadDomain { text: text.to_owned() };
    let found = rules("dnsFirewallRules: [{ action: BLOCK, domains: [a.example, 's3.*.amazonaws.com'] }]");
    assert_eq!(found, at("/vpcs/main/dnsFirewallRules/0/domains", bad("s3.*.amazonaws.com")));
    let found = rules("resolverRules: [{ domain: '*.example', type: FORWARD }]");
    assert_eq!(found, at("/vpcs/main/resolverRules/0/domain", bad("*.example")));
}
