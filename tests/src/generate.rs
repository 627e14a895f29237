//! Documents and questions made from bytes: the same bytes give the same document, and fewer bytes a simpler one.
//!
//! Documents are mostly such as AWS would accept, with the mistakes that people make.

use vpcreach::document::{Bucket, EgressOnlyInternetGateway, OpaqueTarget, Section};
use vpcreach::document::{
    Document, Function, Instance, InternetGateway, InternetHost, NatGateway, NetworkAcl, NetworkAclRule, OneOrMany,
    PortText, PrefixList, Route, RouteTable, SecurityGroup, SecurityGroupRule, Subnet, Vpc, VpcBlockPublicAccess,
    VpcBlockPublicAccessExclusion, VpcEndpoint,
};
use vpcreach::query::{Client, HostNames, Query};

/// Choices taken from bytes; after the last byte every choice is the first, simplest one.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    bytes: &'a [u8],
}

impl<'a> Choices<'a> {
    /// Choices from these bytes.
    pub fn new(bytes: &'a [u8]) -> Choices<'a> {
        Choices { bytes }
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((first, rest)) => {
                self.bytes = rest;
                *first
            }
            None => 0,
        }
    }

    /// A number below `count`; 0 when that is 0.
    pub fn below(&mut self, count: usize) -> usize {
        let byte = usize::from(self.byte());
        byte.checked_rem(count).unwrap_or(0)
    }

    /// True for `part` of 256 bytes; never for the byte 0.
    pub fn chance(&mut self, part: u8) -> bool {
        let byte = self.byte();
        byte != 0 && byte <= part
    }

    /// One of the items; the default of an empty list.
    pub fn one<T: Clone + Default>(&mut self, items: &[T]) -> T {
        let index = self.below(items.len());
        items.get(index).cloned().unwrap_or_default()
    }

    /// A part of the items, in order.
    pub fn some<T: Clone>(&mut self, items: &[T], part: u8) -> Vec<T> {
        items.iter().filter(|_| self.chance(part)).cloned().collect()
    }

    /// A port, edges of the usual ranges first.
    pub fn port(&mut self) -> u16 {
        match self.below(12) {
            0 => 1024,
            1 => 65535,
            2 => 32767,
            3 => 32768,
            4 => 61000,
            5 => 61001,
            6 => 5432,
            _ => 1024 + u16::from(self.byte()) * 251,
        }
    }
}

/// Bytes that do not fill the screen when a property fails.
#[derive(Clone)]
pub struct Bytes(pub Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let used = self.0.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        write!(formatter, "{:?} and zeros", self.0.get(..used).unwrap_or_default())
    }
}

/// Destination addresses that generated routes and rules are about.
const HOSTS: &[&str] = &["203.0.113.10", "203.0.113.200", "198.18.0.10", "192.0.2.33"];
const HOSTS_IPV6: &[&str] = &["2600:9000::1", "2600:9000:1::1"];
const S3_HOST: &str = "52.216.0.10";

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn named(prefix: &str, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{prefix}-{number}")).collect()
}

/// A document.
pub fn document(choices: &mut Choices<'_>) -> Document {
    let ipv6 = choices.chance(100);
    let subnets = named("subnet", 2 + choices.below(4));
    let groups = named("group", 1 + choices.below(4));
    let tables = named("routes", 1 + choices.below(4));
    let nats = named("nat", choices.below(4));
    let instances = named("instance", choices.below(4));
    let lists = named("list", choices.below(3));

    let mut document = Document { region: Some("us-east-1".to_owned()), ..Document::default() };
    document.vpcs.insert(
        "vpc-1".to_owned(),
        Vpc {
            cidr: OneOrMany(vec!["10.0.0.0/16".to_owned()]),
            ipv6_cidr: OneOrMany(if ipv6 { vec!["2001:db8:100::/56".to_owned()] } else { Vec::new() }),
            ..Vpc::default()
        },
    );
    for (number, name) in subnets.iter().enumerate() {
        let subnet = Subnet {
            cidr: Some(format!("10.0.{number}.0/24")),
            ipv6_cidr: ipv6.then(|| format!("2001:db8:100:{number}::/64")),
            availability_zone: Some(choices.one(&texts(&["us-east-1a", "us-east-1b"]))),
            ..Subnet::default()
        };
        document.subnets.insert(name.clone(), subnet);
    }
    document.internet_gateways.insert(
        "igw".to_owned(),
        InternetGateway { attached: choices.chance(16).then_some(false), ..InternetGateway::default() },
    );
    if ipv6 {
        document.egress_only_internet_gateways.insert("eigw".to_owned(), EgressOnlyInternetGateway::default());
    }
    document.transit_gateways.insert("tgw".to_owned(), OpaqueTarget::default());
    for (number, name) in nats.iter().enumerate() {
        document.nat_gateways.insert(name.clone(), nat_gateway(choices, &subnets, number));
    }
    for (number, name) in instances.iter().enumerate() {
        document.instances.insert(name.clone(), instance(choices, &subnets, &groups, number));
    }
    for name in &lists {
        let blocks = texts(&["203.0.113.0/24", "203.0.113.128/25", "198.18.0.0/15", "10.0.0.0/16", "0.0.0.0/0"]);
        document
            .prefix_lists
            .insert(name.clone(), PrefixList { entries: choices.some(&blocks, 128), ..PrefixList::default() });
    }
    // A table holds one endpoint of a service (R5.3).
    for (name, service) in named("endpoint", choices.below(3)).into_iter().zip(["s3", "dynamodb"]) {
        document.vpc_endpoints.insert(
            name,
            VpcEndpoint {
                service: service.to_owned(),
                route_tables: choices.some(&tables, 128),
                state: choices.chance(24).then(|| "pending".to_owned()),
                ..VpcEndpoint::default()
            },
        );
    }
    route_tables(choices, &mut document, &tables, &subnets, &lists);
    for name in &groups {
        let group = SecurityGroup {
            ingress: (0..choices.below(4)).map(|_| group_rule(choices, &groups, &lists, ipv6)).collect(),
            egress: choices
                .chance(90)
                .then(|| (0..choices.below(4)).map(|_| group_rule(choices, &groups, &lists, ipv6)).collect()),
            ..SecurityGroup::default()
        };
        document.security_groups.insert(name.clone(), group);
    }
    network_acls(choices, &mut document, &subnets, ipv6);
    if choices.chance(40) {
        document.vpc_block_public_access = Some(block_public_access(choices, &subnets));
    }
    for name in named("function", 1 + choices.below(2)) {
        let mut used = choices.some(&subnets, 100);
        if used.is_empty() {
            used.push(choices.one(&subnets));
        }
        let function = Function {
            security_groups: choices.some(&groups, 128).into_iter().chain([choices.one(&groups)]).collect(),
            ipv6_allowed_for_dual_stack: ipv6 && choices.chance(200),
            elastic_ips: if choices.chance(30) {
                used.iter().take(1).map(|subnet| (subnet.clone(), "198.51.100.77".to_owned())).collect()
            } else {
                Section::default()
            },
            subnets: used,
            client: Some(Client { names: Some(HostNames::Regional), ..Client::default() }),
            ..Function::default()
        };
        document.functions.insert(name, function);
    }
    document.buckets.insert("photos".to_owned(), Bucket::default());
    for (number, address) in HOSTS.iter().enumerate() {
        let host = InternetHost {
            host: format!("host-{number}.example"),
            addresses: vec![(*address).to_owned()],
            ..InternetHost::default()
        };
        document.internet_hosts.insert(format!("host-{number}"), host);
    }
    document
}

fn nat_gateway(choices: &mut Choices<'_>, subnets: &[String], number: usize) -> NatGateway {
    let is_private = choices.chance(40);
    let regional = choices.chance(30);
    NatGateway {
        subnet: (!regional).then(|| choices.one(subnets)),
        availability_mode: regional.then(|| "regional".to_owned()),
        availability_zones: if regional {
            choices.some(&texts(&["us-east-1a", "us-east-1b"]), 128)
        } else {
            Vec::new()
        },
        connectivity_type: (is_private && !regional).then(|| "private".to_owned()),
        elastic_ips: if is_private && !regional { Vec::new() } else { vec![format!("198.51.100.{}", 10 + number)] },
        state: choices.chance(24).then(|| choices.one(&texts(&["pending", "failed", "deleted"]))),
        ..NatGateway::default()
    }
}

fn instance(choices: &mut Choices<'_>, subnets: &[String], groups: &[String], number: usize) -> Instance {
    let position = choices.below(subnets.len());
    Instance {
        subnet: subnets.get(position).cloned(),
        security_groups: vec![choices.one(groups)],
        private_ip: choices.chance(200).then(|| format!("10.0.{position}.{}", 100 + number * 20)),
        public_ip: choices.chance(160).then(|| format!("198.51.100.{}", 100 + number)),
        source_dest_check: choices.chance(200).then_some(false),
        forwards: Some(choices.one(&texts(&["nat", "nat", "nat", "none", "forward"]))),
        state: choices.chance(24).then(|| "stopped".to_owned()),
        listens: choices.chance(60).then(|| vec![PortText("5432".to_owned()), PortText("443".to_owned())]),
        ..Instance::default()
    }
}

fn route_tables(
    choices: &mut Choices<'_>,
    document: &mut Document,
    tables: &[String],
    subnets: &[String],
    lists: &[String],
) {
    let mut targets = texts(&["igw"]);
    targets.extend(document.nat_gateways.keys().cloned());
    targets.extend(document.nat_gateways.keys().cloned());
    targets.extend(document.instances.keys().cloned());
    targets.extend(document.egress_only_internet_gateways.keys().cloned());
    let mut destinations = texts(&[
        "0.0.0.0/0",
        "0.0.0.0/0",
        "203.0.113.0/24",
        "203.0.113.128/25",
        "198.18.0.0/15",
        "52.216.0.0/15",
        "52.216.0.0/16",
        "52.0.0.0/8",
        "::/0",
        "2600:9000::/40",
    ]);
    destinations.extend(lists.iter().cloned());
    for (number, name) in tables.iter().enumerate() {
        let mut used: Vec<String> = Vec::new();
        let routes = (0..choices.below(5))
            .filter_map(|position| {
                let destination = if position == 0 { "0.0.0.0/0".to_owned() } else { choices.one(&destinations) };
                let propagated = choices.chance(20);
                let target = if choices.chance(12) { "tgw".to_owned() } else { choices.one(&targets) };
                let state = choices.chance(12).then(|| choices.one(&texts(&["blackhole", "filtered"])));
                // AWS refuses a second route for one destination in one table.
                let fresh = !used.contains(&destination);
                used.push(destination.clone());
                // Half-typed, now and then.
                let destination = if choices.chance(3) { "203.0.113.0/".to_owned() } else { destination };
                fresh.then(|| Route { destination, target, state, origin: propagated.then(|| "propagated".to_owned()) })
            })
            .collect();
        let table = RouteTable { main: number == 0 && choices.chance(128), routes, ..RouteTable::default() };
        document.route_tables.insert(name.clone(), table);
    }
    for subnet in subnets {
        // The main table serves few of them.
        let position = if choices.chance(30) { 0 } else { 1 + choices.below(tables.len()) };
        let name = position.checked_sub(1).and_then(|index| tables.get(index));
        if let Some(table) = name.and_then(|name| document.route_tables.get_mut(name)) {
            table.subnets.push(subnet.clone());
        }
    }
}

fn ports(choices: &mut Choices<'_>) -> Option<PortText> {
    let text = choices.one(&texts(&["", "443", "5432", "1024-65535", "32768-61000", "1-1024", "443-5432"]));
    (!text.is_empty()).then_some(PortText(text))
}

fn protocol(choices: &mut Choices<'_>) -> Option<String> {
    let text = choices.one(&texts(&["", "tcp", "tcp", "tcp", "udp", "icmp"]));
    (!text.is_empty()).then_some(text)
}

fn block(choices: &mut Choices<'_>, ipv6: bool) -> String {
    let mut blocks = texts(&[
        "0.0.0.0/0",
        "0.0.0.0/0",
        "10.0.0.0/16",
        "10.0.1.0/24",
        "10.0.1.0/25",
        "10.0.0.0/23",
        "203.0.113.0/24",
        "203.0.113.0/25",
        "52.216.0.0/15",
        "0.0.0.0/1",
        "128.0.0.0/1",
    ]);
    if ipv6 {
        blocks.extend(texts(&["::/0", "::/0", "2600:9000::/40", "2001:db8:100::/56"]));
    }
    choices.one(&blocks)
}

/// Ports stand with TCP and UDP only.
fn protocol_and_ports(choices: &mut Choices<'_>) -> (Option<String>, Option<PortText>) {
    let protocol = protocol(choices);
    let ports = ports(choices);
    match protocol.as_deref() {
        Some("tcp" | "udp") => (protocol, ports),
        _ => (protocol, None),
    }
}

fn group_rule(choices: &mut Choices<'_>, groups: &[String], lists: &[String], ipv6: bool) -> SecurityGroupRule {
    let (protocol, port) = protocol_and_ports(choices);
    let peer = match choices.below(4) {
        0 => block(choices, ipv6),
        1 => choices.one(groups),
        2 if !lists.is_empty() => choices.one(lists),
        _ => "0.0.0.0/0".to_owned(),
    };
    let port = if choices.chance(4) { Some(PortText("44-".to_owned())) } else { port };
    SecurityGroupRule { protocol, port, peer }
}

fn network_acls(choices: &mut Choices<'_>, document: &mut Document, subnets: &[String], ipv6: bool) {
    let names = named("acl", choices.below(3));
    for name in &names {
        let rules = |choices: &mut Choices<'_>| -> Vec<NetworkAclRule> {
            let mut numbers: Vec<u32> = Vec::new();
            (0..1 + choices.below(4))
                .filter_map(|_| {
                    let rule_number = 100 + 10 * u32::from(choices.byte() % 8);
                    let (protocol, port) = protocol_and_ports(choices);
                    let action = if choices.chance(70) { "deny" } else { "allow" }.to_owned();
                    let cidr = block(choices, ipv6);
                    let fresh = !numbers.contains(&rule_number);
                    numbers.push(rule_number);
                    // Half-typed, now and then.
                    let (mut rule_number, mut action, mut port, mut cidr) = (rule_number, action, port, cidr);
                    match choices.byte() {
                        1..=4 => rule_number = 0,
                        5..=8 => action = "perhaps".to_owned(),
                        9..=12 => port = Some(PortText("1024-".to_owned())),
                        13..=16 => cidr = "10.0.0".to_owned(),
                        _ => {}
                    }
                    fresh.then_some(NetworkAclRule { rule_number, action, protocol, port, cidr })
                })
                .collect()
        };
        let (ingress, egress) = (rules(choices), rules(choices));
        document.network_acls.insert(name.clone(), NetworkAcl { ingress, egress, ..NetworkAcl::default() });
    }
    for subnet in subnets {
        // Most subnets keep the default network ACL, or nothing would ever pass.
        let position = if choices.chance(90) { 1 + choices.below(names.len()) } else { 0 };
        let name = position.checked_sub(1).and_then(|index| names.get(index));
        if let Some(acl) = name.and_then(|name| document.network_acls.get_mut(name)) {
            acl.subnets.push(subnet.clone());
        }
    }
}

fn block_public_access(choices: &mut Choices<'_>, subnets: &[String]) -> VpcBlockPublicAccess {
    VpcBlockPublicAccess {
        internet_gateway_block_mode: Some(choices.one(&texts(&["block-bidirectional", "block-ingress", "off"]))),
        exclusions: choices
            .some(subnets, 80)
            .into_iter()
            .map(|subnet| VpcBlockPublicAccessExclusion {
                subnet: Some(subnet),
                internet_gateway_exclusion_mode: choices.one(&texts(&["allow-bidirectional", "allow-egress"])),
                ..VpcBlockPublicAccessExclusion::default()
            })
            .collect(),
    }
}

/// Questions about a generated document: every workload to some destinations.
pub fn questions(choices: &mut Choices<'_>, document: &Document) -> Vec<Query> {
    let mut destinations = texts(&["s3://photos"]);
    destinations.extend(HOSTS.iter().map(|address| format!("{address}:443")));
    destinations.extend(HOSTS.iter().enumerate().map(|(number, _)| format!("https://host-{number}.example")));
    destinations.push(format!("{S3_HOST}:443"));
    destinations.push(format!("{S3_HOST}:443/udp"));
    destinations.push("192.168.9.9:443".to_owned());
    destinations.push("10.0.250.9:443".to_owned());
    if !document.egress_only_internet_gateways.is_empty() {
        destinations.extend(HOSTS_IPV6.iter().map(|address| format!("[{address}]:443")));
    }
    let workloads: Vec<String> = document
        .functions
        .keys()
        .map(|name| format!("function/{name}"))
        .chain(document.instances.keys().map(|name| format!("instance/{name}")))
        .collect();
    destinations.extend(document.instances.keys().map(|name| format!("instance/{name}")));
    let mut questions = Vec::new();
    for from in &workloads {
        for _ in 0..4 {
            let to = choices.one(&destinations);
            if to != *from {
                let port = to.starts_with("instance/").then(|| choices.one(&[5432, 443, 22]));
                let protocol = choices.chance(20).then(|| "udp".to_owned());
                let protocol = if to.ends_with("/udp") || to.starts_with("s3:") || to.starts_with("https:") {
                    None
                } else {
                    protocol
                };
                questions.push(Query { from: from.clone(), to, port, protocol, ..Query::default() });
            }
        }
    }
    questions
}
