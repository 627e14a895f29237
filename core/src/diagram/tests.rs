//! What stands where in the boxes of a configuration.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use super::{Diagram, SubnetBox, VpcBox, diagram};
use crate::document::Document;
use crate::network::Network;

fn drawn(text: &str) -> Diagram {
    let reading = Document::from_yaml(text);
    assert_eq!(reading.problems, []);
    diagram(&Network::resolve(&reading.document).0)
}

const ARTICLE: &str = "
region: eu-west-1
vpcs:
  main: { cidr: [10.0.0.0/16, 10.1.0.0/16], ipv6Cidr: 2001:db8::/56 }
subnets:
  a-private: { cidr: 10.0.1.0/24, availabilityZone: eu-west-1b }
  b-public: { cidr: 10.0.2.0/24, availabilityZone: eu-west-1b }
  c-public: { cidr: 10.0.3.0/24, ipv6Cidr: 2001:db8:0:1::/64, availabilityZone: eu-west-1a }
internetGateways:
  igw: {}
natGateways:
  nat: { subnet: b-public, elasticIps: [198.51.100.1] }
  regional: { availabilityMode: regional }
vpcEndpoints:
  s3: { type: Gateway, service: s3, routeTables: [private-routes], state: deleting }
  sqs: { type: Interface, service: sqs, subnets: [a-private] }
transitGateways:
  tgw: {}
routeTables:
  public-routes: { subnets: [b-public, c-public], routes: [{ destination: 0.0.0.0/0, target: igw }] }
  private-routes:
    main: true
    routes:
      - { destination: 0.0.0.0/0, target: nat }
      - { destination: 192.168.0.0/16, target: tgw }
      - { destination: 172.16.0.0/12, target: tgw }
      - { destination: 203.0.113.0/24, target: gone, state: blackhole }
securityGroups:
  group: { ingress: [{ protocol: tcp, port: 443, peer: group }], egress: [{ protocol: udp, port: 53-54, peer: 10.0.0.0/8 }, { peer: 0.0.0.0/0 }] }
networkAcls:
  acl:
    subnets: [a-private]
    ingress: [{ ruleNumber: 200, action: deny, cidr: 0.0.0.0/0 }, { ruleNumber: 100, action: allow, protocol: tcp, port: 1024-65535, cidr: 0.0.0.0/0 }]
instances:
  host: { subnet: a-private, privateIp: 10.0.1.9, publicIp: 198.51.100.9, state: stopped }
networkInterfaces:
  bare: { subnet: a-private }
functions:
  worker: { subnets: [a-private, c-public], securityGroups: [group], runtime: python3.13, timeout: 30 }
  outside: { runtime: nodejs22.x }
buckets:
  photos: { bucketName: holiday-photos }
  copies: { region: us-west-2 }
internetHosts:
  api: { host: api.example.com }
";

fn vpc(diagram: &Diagram) -> &VpcBox {
    diagram.regions.first().and_then(|region| region.vpcs.first()).unwrap()
}

fn subnet<'a>(diagram: &'a Diagram, name: &str) -> &'a SubnetBox {
    let mut subnets = vpc(diagram).zones.iter().flat_map(|zone| &zone.subnets);
    subnets.find(|subnet| subnet.name == name).unwrap()
}

#[test]
fn regions_hold_what_is_in_no_vpc() {
    let diagram = drawn(ARTICLE);
    let regions: Vec<(&str, Vec<&str>)> = diagram
        .regions
        .iter()
        .map(|region| (region.name.as_str(), region.cards.iter().map(|card| card.component.as_str()).collect()))
        .collect();
    assert_eq!(
        regions,
        [("eu-west-1", vec!["function/outside", "bucket/photos"]), ("us-west-2", vec!["bucket/copies"])]
    );
    assert_eq!(diagram.regions[0].cards[1].detail.as_deref(), Some("holiday-photos"));
    assert_eq!(diagram.internet[0].detail.as_deref(), Some("api.example.com"));
    assert!(!diagram.regions[0].assumed);
    assert!(drawn("vpcs: { main: { cidr: 10.0.0.0/16 } }").regions[0].assumed);
}

#[test]
fn zones_stand_by_name_and_public_subnets_first() {
    let diagram = drawn(ARTICLE);
    let zones: Vec<(&str, Vec<&str>)> = vpc(&diagram)
        .zones
        .iter()
        .map(|zone| (zone.name.as_str(), zone.subnets.iter().map(|subnet| subnet.name.as_str()).collect()))
        .collect();
    assert_eq!(zones, [("eu-west-1a", vec!["c-public"]), ("eu-west-1b", vec!["b-public", "a-private"])]);
    assert_eq!(vpc(&diagram).cidrs, ["10.0.0.0/16", "10.1.0.0/16", "2001:db8::/56"]);
    assert_eq!(subnet(&diagram, "c-public").cidrs, ["10.0.3.0/24", "2001:db8:0:1::/64"]);
}

#[test]
fn a_subnet_says_which_table_and_network_acl_it_has() {
    let diagram = drawn(ARTICLE);
    let private = subnet(&diagram, "a-private");
    assert_eq!((private.route_table.as_str(), private.route_table_is_explicit), ("routeTable/private-routes", false));
    assert_eq!(private.network_acl, "networkAcl/acl");
    let public = subnet(&diagram, "b-public");
    assert_eq!((public.route_table.as_str(), public.route_table_is_explicit), ("routeTable/public-routes", true));
    assert_eq!(public.network_acl, "networkAcl/default");
    assert_eq!((private.public, public.public), (false, true));
}

#[test]
fn workloads_stand_before_what_serves_them() {
    let diagram = drawn(ARTICLE);
    let cards = |name: &str| -> Vec<String> {
        subnet(&diagram, name).cards.iter().map(|card| card.component.clone()).collect()
    };
    assert_eq!(cards("a-private"), ["function/worker", "instance/host", "vpcEndpoint/sqs", "networkInterface/bare"]);
    assert_eq!(cards("b-public"), ["natGateway/nat"]);
    let worker = &subnet(&diagram, "c-public").cards[0];
    assert_eq!((worker.component.as_str(), worker.interface, worker.interfaces), ("function/worker", 2, 2));
    assert_eq!((worker.runtime.as_deref(), worker.timeout), (Some("python3.13"), Some(30)));
    assert_eq!(worker.security_groups, ["securityGroup/group"]);
    let host = &subnet(&diagram, "a-private").cards[1];
    assert_eq!(host.private_addresses, ["10.0.1.9"]);
    assert_eq!((host.public_address.as_deref(), host.bad_state.as_deref()), (Some("198.51.100.9"), Some("stopped")));
}

/// An instance with two interfaces in one subnet is one card; a function in two subnets has two.
#[test]
fn a_component_stands_once_in_a_subnet() {
    let diagram = drawn(
        "vpcs: { main: { cidr: 10.0.0.0/16 } }
subnets: { a: { cidr: 10.0.1.0/24 } }
networkInterfaces: { second: { subnet: a, privateIp: 10.0.1.8 } }
tasks: { task: { subnets: [a] } }
instances: { host: { subnet: a, privateIp: 10.0.1.7, networkInterfaces: [second] } }",
    );
    let cards: Vec<&str> = subnet(&diagram, "a").cards.iter().map(|card| card.component.as_str()).collect();
    assert_eq!(cards.iter().filter(|component| **component == "instance/host").count(), 1, "{cards:?}");
    let mut once = cards.clone();
    once.dedup();
    assert_eq!(once, cards);
}

#[test]
fn doors_are_gateways_endpoints_and_links_each_once() {
    let diagram = drawn(ARTICLE);
    let doors: Vec<&str> = vpc(&diagram).doors.iter().map(|door| door.component.as_str()).collect();
    assert_eq!(doors, ["internetGateway/igw", "natGateway/regional", "vpcEndpoint/s3", "transitGateway/tgw"]);
    let s3 = &vpc(&diagram).doors[2];
    assert_eq!((s3.type_name.as_deref(), s3.bad_state.as_deref()), (Some("Gateway"), Some("deleting")));
    assert_eq!(s3.detail.as_deref(), Some("com.amazonaws.eu-west-1.s3"));
}

#[test]
fn routes_and_rules_read_as_aws_shows_them() {
    let diagram = drawn(ARTICLE);
    let table = vpc(&diagram).route_tables.iter().find(|table| table.name == "private-routes").unwrap();
    assert!(table.main && table.more == 0);
    let routes: Vec<(&str, &str, bool, bool)> = table
        .routes
        .iter()
        .map(|route| (route.destination.as_str(), route.target.as_str(), route.added_by_aws, route.blackhole))
        .collect();
    assert_eq!(routes[0], ("10.0.0.0/16", "local", true, false));
    assert!(routes.contains(&("203.0.113.0/24", "gone", false, true)), "{routes:?}");
    assert!(routes.contains(&("com.amazonaws.eu-west-1.s3", "s3", true, false)), "{routes:?}");
    let acl = vpc(&diagram).network_acls.iter().find(|acl| acl.name == "acl").unwrap();
    let rules: Vec<_> =
        acl.ingress.iter().map(|rule| (rule.number, rule.allow, rule.protocol.as_str(), rule.ports.as_str())).collect();
    assert_eq!(rules, [(Some(100), true, "tcp", "1024-65535"), (Some(200), false, "all", "")]);
    let group = vpc(&diagram).security_groups.iter().find(|group| group.name == "group").unwrap();
    let rules: Vec<_> =
        group.egress.iter().map(|rule| (rule.protocol.as_str(), rule.ports.as_str(), rule.peer.as_str())).collect();
    assert_eq!(rules, [("udp", "53-54", "10.0.0.0/8"), ("all", "", "0.0.0.0/0")]);
    assert_eq!(group.ingress[0].pointer.as_deref(), Some("/securityGroups/group/ingress/0"));
}

#[test]
fn long_tables_say_how_much_more_there_is() {
    let routes: Vec<String> =
        (0..40).map(|index| format!("{{ destination: 203.0.{index}.0/24, target: igw }}")).collect();
    let text = format!(
        "vpcs: {{ main: {{ cidr: 10.0.0.0/16 }} }}\ninternetGateways: {{ igw: {{}} }}\nrouteTables: {{ long: {{ main: true, routes: [{}] }} }}",
        routes.join(", ")
    );
    let diagram = drawn(&text);
    let table = &vpc(&diagram).route_tables[0];
    assert_eq!((table.routes.len(), table.more), (12, 29));
}
