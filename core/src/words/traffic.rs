//! Sets of packets as text: addresses, ports, and how many more there are.

use super::Words;
use crate::address::address_of;
use crate::analysis::{Direction, Path, Protocol, Traffic};
use crate::fact::Action;
use crate::query::Family;
use crate::range_set::RangeSet;
use crate::texts::{cat, joined};

/// `10.0.0.4–10.0.0.254:1024–65535 → 52.216.0.0/15:443 and 8 more`.
pub(super) fn text(traffic: &Traffic, words: &dyn Words) -> String {
    let ports = traffic.protocol != Protocol::Icmp;
    let side = |addresses: &RangeSet<u128>, port_set: &RangeSet<u16>| {
        let mut text = match addresses.ranges() {
            [] => return String::new(),
            [first, ..] => address_range(traffic.family, *first, ports),
        };
        if ports && let Some(port_text) = port_ranges(port_set) {
            text.push(':');
            text.push_str(&port_text);
        }
        push_more(&mut text, addresses.ranges().len(), words);
        text
    };
    let source = side(&traffic.source, &traffic.source_ports);
    let destination = side(&traffic.destination, &traffic.destination_ports);
    cat!(source.as_str(), " → ", destination.as_str())
}

/// `52.216.0.0/15 and 8 more`; empty for no address.
pub(super) fn addresses(family: Family, set: &RangeSet<u128>, words: &dyn Words) -> String {
    let Some(first) = set.ranges().first() else { return String::new() };
    let mut text = address_range(family, *first, false);
    push_more(&mut text, set.ranges().len(), words);
    text
}

/// `1024–32767`, `80, 443`; none for no port.
pub(super) fn port_ranges(set: &RangeSet<u16>) -> Option<String> {
    let texts: Vec<String> = set
        .ranges()
        .iter()
        .map(
            |(first, last)| {
                if first == last { first.to_string() } else { cat!(&first.to_string(), "–", &last.to_string()) }
            },
        )
        .collect();
    (!texts.is_empty()).then(|| joined(&texts, ", "))
}

/// `TCP 443`, `UDP 53`, `ICMP`: what the packet asks for at the far end.
pub(super) fn service(traffic: &Traffic) -> String {
    let name = protocol(traffic.protocol);
    match port_ranges(&traffic.destination_ports) {
        Some(ports) if traffic.protocol != Protocol::Icmp => cat!(name, " ", &ports),
        _ => name.to_owned(),
    }
}

/// The protocol as AWS writes it in prose.
pub(super) fn protocol(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Tcp => "TCP",
        Protocol::Udp => "UDP",
        Protocol::Icmp => "ICMP",
    }
}

/// In what way the traffic of a path is only a part of its subnet's: the first of addresses and ports
/// in which it differs from another path of the same subnet, family and attempt.
pub(crate) enum Part {
    /// These source ports.
    SourcePorts(String),
    /// These destination addresses.
    Destination(String),
    /// These destination ports.
    DestinationPorts(String),
    /// These source addresses.
    Source(String),
}

/// The part of a path that is not whole; none where nothing tells it from the others.
pub(super) fn part(path: &Path, all: &[Path], words: &dyn Words) -> Option<Part> {
    let own = sent(path)?;
    let siblings: Vec<Traffic> = all
        .iter()
        .filter(|other| {
            !std::ptr::eq(*other, path)
                && other.subnet == path.subnet
                && other.family == path.family
                && other.attempt == path.attempt
        })
        .filter_map(sent)
        .collect();
    let differs = |differ: fn(&Traffic, &Traffic) -> bool| siblings.iter().any(|other| differ(&own, other));
    if differs(|one, other| one.source_ports != other.source_ports) {
        port_ranges(&own.source_ports).map(Part::SourcePorts)
    } else if differs(|one, other| one.destination != other.destination) {
        Some(Part::Destination(addresses(own.family, &own.destination, words)))
    } else if differs(|one, other| one.destination_ports != other.destination_ports) {
        port_ranges(&own.destination_ports).map(Part::DestinationPorts)
    } else if differs(|one, other| one.source != other.source) {
        Some(Part::Source(addresses(own.family, &own.source, words)))
    } else {
        None
    }
}

/// The traffic of a path as the workload sends it, cut down by every split on the way.
///
/// Nothing on the way changes the destination. Source and source ports are those of the workload up to a
/// translation, and again in a reply that has come back to its addresses.
fn sent(path: &Path) -> Option<Traffic> {
    let mut sent: Option<Traffic> = None;
    let mut translated = false;
    for hop in &path.hops {
        let Some(traffic) = &hop.traffic else { continue };
        let Some(sent) = &mut sent else {
            sent = Some(traffic.clone());
            continue;
        };
        match hop.direction {
            Direction::Forward if translated => sent.destination = traffic.destination.clone(),
            Direction::Forward => *sent = traffic.clone(),
            Direction::Reply if traffic.destination.is_subset(&sent.source) => {
                sent.source = traffic.destination.clone();
                sent.source_ports = traffic.destination_ports.clone();
            }
            Direction::Reply => {}
        }
        translated |= hop.fact.action() == Action::Translates;
    }
    sent
}

fn push_more(text: &mut String, ranges: usize, words: &dyn Words) {
    if ranges > 1 {
        text.push_str(&words.more(ranges - 1));
    }
}

/// A range as one CIDR block where it is one, else as first and last address.
/// Before a port, IPv6 stands in brackets.
fn address_range(family: Family, (first, last): (u128, u128), before_port: bool) -> String {
    let mut text = address_of(family, first).to_string();
    match prefix_length(family, first, last) {
        _ if first == last => {}
        Some(length) => {
            text.push('/');
            text.push_str(&length.to_string());
        }
        None => {
            text.push('–');
            text.push_str(&address_of(family, last).to_string());
        }
    }
    if before_port && family == Family::Ipv6 { cat!("[", &text, "]") } else { text }
}

/// The prefix length of the block that is exactly that range.
fn prefix_length(family: Family, first: u128, last: u128) -> Option<u32> {
    let bits = match family {
        Family::Ipv4 => 32,
        Family::Ipv6 => 128,
    };
    // A block is a run of low bits that are all 0 in the first and all 1 in the last address.
    let span = first ^ last;
    let is_run = span.wrapping_add(1) & span == 0;
    (is_run && first & span == 0).then(|| bits - (128 - span.leading_zeros()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn number(text: &str) -> u128 {
        crate::address::number_of(text.parse().unwrap())
    }

    fn range(family: Family, first: &str, last: &str) -> String {
        address_range(family, (number(first), number(last)), false)
    }

    #[test]
    fn ranges_are_blocks_where_they_are_one() {
        assert_eq!(range(Family::Ipv4, "52.216.0.0", "52.217.255.255"), "52.216.0.0/15");
        assert_eq!(range(Family::Ipv4, "0.0.0.0", "255.255.255.255"), "0.0.0.0/0");
        assert_eq!(range(Family::Ipv4, "10.0.0.4", "10.0.0.254"), "10.0.0.4–10.0.0.254");
        assert_eq!(range(Family::Ipv4, "10.0.0.1", "10.0.0.2"), "10.0.0.1–10.0.0.2");
        assert_eq!(range(Family::Ipv4, "10.0.0.7", "10.0.0.7"), "10.0.0.7");
        assert_eq!(range(Family::Ipv6, "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), "::/0");
        assert_eq!(range(Family::Ipv6, "2600:1f18::", "2600:1f18:ffff:ffff:ffff:ffff:ffff:ffff"), "2600:1f18::/32");
    }

    #[test]
    fn traffic_names_both_ends_and_how_many_more() {
        let traffic = Traffic {
            family: Family::Ipv4,
            protocol: Protocol::Tcp,
            source: RangeSet::range(number("10.0.0.4"), number("10.0.0.254")),
            source_ports: RangeSet::range(1024, 65535),
            destination: RangeSet::from_ranges([
                (number("52.216.0.0"), number("52.217.255.255")),
                (number("3.5.0.0"), number("3.5.15.255")),
            ]),
            destination_ports: RangeSet::single(443),
        };
        assert_eq!(
            text(&traffic, Language::English.words()),
            "10.0.0.4–10.0.0.254:1024–65535 → 3.5.0.0/20:443 and 1 more"
        );
        assert_eq!(
            text(&traffic, Language::Japanese.words()),
            "10.0.0.4–10.0.0.254:1024–65535 → 3.5.0.0/20:443 ほか 1 件"
        );
    }

    #[test]
    fn ipv6_before_a_port_stands_in_brackets_and_icmp_has_no_ports() {
        let mut traffic = Traffic {
            family: Family::Ipv6,
            protocol: Protocol::Tcp,
            source: RangeSet::single(number("2600:1f18::4")),
            source_ports: RangeSet::single(50000),
            destination: RangeSet::single(number("2600:1fa0::1")),
            destination_ports: RangeSet::single(443),
        };
        assert_eq!(text(&traffic, Language::English.words()), "[2600:1f18::4]:50000 → [2600:1fa0::1]:443");
        traffic.protocol = Protocol::Icmp;
        assert_eq!(text(&traffic, Language::English.words()), "2600:1f18::4 → 2600:1fa0::1");
    }
}
