//! What a cure says that it opens and closes, single packets of the naive implementation find as well.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use vpcreach::analysis::Protocol;
use vpcreach::component::ComponentKind;
use vpcreach::edit::apply;
use vpcreach::network::{Interface, InterfaceId, InterfaceRole, Network, Peer, PublicAddress, SecurityGroupRule};
use vpcreach::repair::{Cure, CureKind, Effect, EffectKind, RepairOptions, repair};
use vpcreach::{Document, Language, Query, Selection, Verdict};
use vpcreach_tests::cures::{Case, all};
use vpcreach_tests::fuzz::Numbers;
use vpcreach_tests::generate::Choices;
use vpcreach_tests::naive::{Outcome, Packet, World};
use vpcreach_tests::sample;

/// A host on the Internet, and where connections from there come from.
const OUTSIDE: [&str; 3] = ["192.0.2.99", "8.8.8.8", "203.0.113.200"];

/// Whether a connection arrives; none where the naive implementation cannot tell.
type Found = BTreeMap<(String, String), Option<bool>>;

/// What single packets find in a document.
#[derive(Default)]
struct Probe {
    /// From workloads to a host on the Internet and to other workloads.
    out: Found,
    /// Interfaces that a connection from the Internet arrives at.
    from_internet: BTreeSet<String>,
}

fn probe(text: &str) -> Probe {
    let document = Document::read(text).document;
    let (network, _) = Network::resolve(&document);
    // Packets go to an address, where the report asks for a host by its name, with whatever address. That of a VPC with
    // public addresses of its own is undetermined before and afterwards.
    let has_own = |block: &ipnet::IpNet| matches!(block, ipnet::IpNet::V4(block) if !block.network().is_private());
    let has_names = !network.vpcs.iter().any(|(_, vpc)| vpc.blocks.iter().any(has_own))
        && document.dhcp_options.is_empty()
        && document.private_hosted_zones.is_empty()
        && document.vpcs.values().all(|vpc| vpc.enable_dns_support != Some(false));
    let bytes = Numbers(7).bytes(4_000);
    let world = sample::world(&network, &mut Choices::new(&bytes));
    let mut probe = Probe::default();
    for (_, workload) in network.workloads.iter() {
        if !workload.attached || workload.not_started.is_some() {
            continue;
        }
        let from = workload.component.to_string();
        // Any interface of a function may be the one that is used; a guest uses its primary one (R0.3).
        let used = if workload.component.kind == ComponentKind::Function { workload.interfaces.len() } else { 1 };
        let interfaces: Vec<InterfaceId> = workload.interfaces.iter().take(used).copied().collect();
        let internet = OUTSIDE.first().and_then(|host| host.parse().ok());
        let found = has_names.then(|| arrives(&world, &interfaces, internet, 443)).flatten();
        probe.out.insert((from.clone(), "example.com".to_owned()), found);
        for (id, interface) in network.interfaces.iter().filter(|(_, interface)| is_asked_about(interface)) {
            let to = interface.owner.to_string();
            let port = interface.listens.as_ref().and_then(|ports| ports.first()).unwrap_or(443);
            // Of several interfaces the engine asks about one.
            let is_only = network.interfaces.iter().filter(|(_, other)| other.owner == interface.owner).count() == 1;
            let found = is_only.then(|| arrives(&world, &interfaces, ipv4(&world, id), port)).flatten();
            probe.out.insert((from.clone(), to), found);
        }
    }
    for (id, interface) in network.interfaces.iter() {
        let is_public = interface.public_address != PublicAddress::None;
        if is_public && interface.owner.kind != ComponentKind::NatGateway && is_entered(&world, id, interface) {
            probe.from_internet.insert(interface.owner.to_string());
        }
    }
    probe
}

fn is_asked_about(interface: &Interface) -> bool {
    matches!(interface.role, InterfaceRole::Instance | InterfaceRole::Task | InterfaceRole::Bare)
}

fn ipv4(world: &World<'_>, interface: InterfaceId) -> Option<IpAddr> {
    let found = world.addresses.iter().find(|(owner, address)| *owner == interface && address.is_ipv4());
    found.map(|(_, address)| *address)
}

/// Whether packets from each interface arrive and are answered.
fn arrives(world: &World<'_>, interfaces: &[InterfaceId], destination: Option<IpAddr>, port: u16) -> Option<bool> {
    let mut open = true;
    for interface in interfaces {
        let packet = Packet {
            source: ipv4(world, *interface)?,
            source_port: 40_000,
            destination: destination?,
            destination_port: port,
            protocol: Protocol::Tcp,
            is_reply: false,
        };
        match world.send(*interface, packet) {
            Outcome::Delivered => {}
            Outcome::Dropped(_) | Outcome::Refused => open = false,
            Outcome::Unknown | Outcome::Unreadable => return None,
        }
    }
    Some(open)
}

/// Whether one of the connections that its rules could admit arrives from the Internet.
fn is_entered(world: &World<'_>, id: InterfaceId, interface: &Interface) -> bool {
    let Some(own) = ipv4(world, id) else { return false };
    let network = world.network;
    let rules = interface.security_groups.iter().flat_map(|group| &network.security_groups.get(*group).ingress);
    let packets = rules.flat_map(|rule: &SecurityGroupRule| {
        let port = rule.traffic.ports.first().unwrap_or(443);
        let mut sources: Vec<IpAddr> = OUTSIDE.iter().filter_map(|host| host.parse().ok()).collect();
        match &rule.peer {
            Peer::Block(block) => sources.push(block.network()),
            Peer::PrefixList(list) => {
                sources.extend(network.prefix_lists.get(*list).entries.iter().map(|block| block.network()));
            }
            Peer::SecurityGroup(_) | Peer::Missing(_) => {}
        }
        let is_outside = |address: &IpAddr| matches!(address, IpAddr::V4(address) if !address.is_private());
        sources.retain(is_outside);
        [Protocol::Tcp, Protocol::Udp, Protocol::Icmp].into_iter().flat_map(move |protocol| {
            let packet = move |source: &IpAddr| Packet {
                source: *source,
                source_port: 40_000,
                destination: own,
                destination_port: port,
                protocol,
                is_reply: false,
            };
            sources.iter().map(packet).collect::<Vec<_>>()
        })
    });
    packets.into_iter().any(|packet| world.receive(id, packet) == Outcome::Delivered)
}

/// How many questions were compared, of each kind.
#[derive(Debug, Default)]
struct Compared {
    out: usize,
    opened: usize,
    closed: usize,
    entered: usize,
}

#[test]
fn side_effects_are_those_that_single_packets_find() {
    let mut compared = Compared::default();
    for case in all().unwrap() {
        if !Document::read(&case.text).document.unknown_sections.is_empty() {
            continue;
        }
        let before = probe(&case.text);
        for cure in &case.repairs.cures {
            let after = probe(&apply(&case.text, &cure.edit, Language::English).text);
            compare(&case, cure, &before, &after, &mut compared);
        }
    }
    println!("{compared:?}");
    assert!(compared.out > 500 && compared.opened > 100 && compared.closed > 0, "{compared:?}");
}

/// An instance that everybody may connect to, in a subnet that nobody reaches.
const OPEN_RULE: &str = r#"{
  "region": "us-east-1",
  "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
  "subnets": { "isolated": { "cidr": "10.0.0.0/24" } },
  "internetGateways": { "igw": {} },
  "routeTables": { "isolated-routes": { "subnets": ["isolated"] } },
  "securityGroups": { "web": { "ingress": [{ "protocol": "tcp", "port": 443, "peer": "0.0.0.0/0" }] } },
  "instances": { "server": { "subnet": "isolated", "securityGroups": ["web"] } }
}"#;

#[test]
fn what_lets_the_internet_in_is_said() {
    let query = Query { from: "server".into(), to: "https://example.com".into(), ..Query::default() };
    let selection = Selection { query: Some(query.clone()), ..Selection::default() };
    let options = RepairOptions { most: 20, ..RepairOptions::default() };
    let repairs = repair(OPEN_RULE, &selection, &options, Language::English);
    let case = Case {
        title: "an open rule".into(),
        text: OPEN_RULE.into(),
        query,
        engine_runs: repairs.engine_runs,
        repairs: repairs.checks.into_iter().next().unwrap(),
    };
    let before = probe(&case.text);
    let mut compared = Compared::default();
    for cure in &case.repairs.cures {
        let after = probe(&apply(&case.text, &cure.edit, Language::English).text);
        compare(&case, cure, &before, &after, &mut compared);
        // Behind a NAT gateway nobody reaches it.
        let is_entered = after.from_internet.contains("instance/server");
        assert_eq!(is_entered, cure.kind == CureKind::PublicAddress, "{}", cure.title);
        let says =
            cure.opens.iter().any(|effect| effect.kind == EffectKind::InternetIn && effect.to == "instance/server");
        assert_eq!(says, is_entered, "{}", cure.title);
    }
    assert!(compared.entered > 0, "{:?}", case.repairs.cures.iter().map(|cure| &cure.title).collect::<Vec<_>>());
}

fn compare(case: &Case, cure: &Cure, before: &Probe, after: &Probe, compared: &mut Compared) {
    let title = format!("{}: {}", case.title, cure.title);
    for ((from, to), was) in &before.out {
        let (Some(was), Some(Some(is))) = (was, after.out.get(&(from.clone(), to.clone()))) else { continue };
        let is_kind = |effect: &Effect| matches!(effect.kind, EffectKind::InternetOut | EffectKind::Workload);
        let own = |effect: &&Effect| is_kind(effect) && effect.from == *from && effect.to.contains(to.as_str());
        // One packet cannot tell what becomes of some addresses only.
        let in_part = |effect: &Effect| {
            let is_part =
                |verdict: &Option<Verdict>| matches!(verdict, Some(Verdict::Intermittent | Verdict::Undetermined));
            is_part(&effect.before) || is_part(&effect.after)
        };
        let asked = case.repairs.from == *from && (case.repairs.to == *to || case.repairs.to.contains(to.as_str()));
        if asked || cure.opens.iter().chain(&cure.closes).filter(own).any(in_part) {
            continue;
        }
        let said = |effects: &[Effect]| effects.iter().any(|effect| own(&effect));
        assert_eq!(said(&cure.opens), *is && !was, "opens of {title}, and {from} → {to}");
        assert_eq!(said(&cure.closes), *was && !is, "closes of {title}, and {from} → {to}");
        compared.out += 1;
        compared.opened += usize::from(*is && !was);
        compared.closed += usize::from(*was && !is);
    }
    // The report leaves network ACLs out, so it may say more than packets find, and never less.
    for entered in after.from_internet.difference(&before.from_internet) {
        let said = cure.opens.iter().any(|effect| effect.kind == EffectKind::InternetIn && effect.to == *entered);
        assert!(said, "{title} opens {entered} to the Internet and does not say so");
        compared.entered += 1;
    }
}
