//! Addresses of both families as numbers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::query::Family;
use crate::range_set::RangeSet;
use crate::texts::{joined, number};

/// The family of an address.
pub fn family_of(address: IpAddr) -> Family {
    match address {
        IpAddr::V4(_) => Family::Ipv4,
        IpAddr::V6(_) => Family::Ipv6,
    }
}

/// The family of a CIDR block.
pub fn family_of_block(block: &IpNet) -> Family {
    family_of(block.addr())
}

/// An address as a number, comparable within its family.
pub fn number_of(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

/// The address of that number; a number too large for IPv4 becomes the last IPv4 address.
pub fn address_of(family: Family, number: u128) -> IpAddr {
    match family {
        Family::Ipv4 => IpAddr::V4(Ipv4Addr::from(u32::try_from(number).unwrap_or(u32::MAX))),
        Family::Ipv6 => IpAddr::V6(Ipv6Addr::from(number)),
    }
}

/// The CIDR block of a text, as ipnet reads it, on the parser for addresses that is there anyway.
pub(crate) fn read_block(text: &str) -> Option<IpNet> {
    let (address, length) = text.split_once('/')?;
    // ipnet takes zeros before the parts of an IPv4 address.
    let plain = |part| match part {
        "0" | "00" | "000" => "0",
        part if part.len() <= 3 => part.trim_start_matches('0'),
        part => part,
    };
    let plain_address = joined(&address.split('.').map(plain).collect::<Vec<_>>(), ".");
    let address: IpAddr = if address.contains(':') { address } else { &plain_address }.parse().ok()?;
    let most_digits = if address.is_ipv4() { 2 } else { 3 };
    let is_plain = length.len() <= most_digits && length.bytes().all(|byte| byte.is_ascii_digit());
    IpNet::new(address, number(length).filter(|_| is_plain)?).ok()
}

/// First and last address of a CIDR block.
pub fn range_of(block: &IpNet) -> (u128, u128) {
    (number_of(block.network()), number_of(block.broadcast()))
}

/// Whether a canonical block lies in another. Runs for every route, so without ipnet's detour over first and last address.
pub(crate) fn holds(outer: &IpNet, inner: &IpNet) -> bool {
    let is_longer = inner.prefix_len() >= outer.prefix_len();
    match (outer, inner) {
        (IpNet::V4(outer), IpNet::V4(inner)) => {
            let differing = u32::from(outer.addr()) ^ u32::from(inner.addr());
            is_longer && differing.leading_zeros() >= u32::from(outer.prefix_len())
        }
        (IpNet::V6(outer), IpNet::V6(inner)) => {
            let differing = u128::from(outer.addr()) ^ u128::from(inner.addr());
            is_longer && differing.leading_zeros() >= u32::from(outer.prefix_len())
        }
        _ => false,
    }
}

/// Addresses of both families.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// IPv4 addresses.
    pub ipv4: RangeSet<u128>,
    /// IPv6 addresses.
    pub ipv6: RangeSet<u128>,
}

impl Addresses {
    /// Every address of the blocks.
    pub fn of_blocks<'a>(blocks: impl IntoIterator<Item = &'a IpNet>) -> Addresses {
        let (mut ipv4, mut ipv6) = (Vec::new(), Vec::new());
        for block in blocks {
            match family_of_block(block) {
                Family::Ipv4 => ipv4.push(range_of(block)),
                Family::Ipv6 => ipv6.push(range_of(block)),
            }
        }
        Addresses { ipv4: RangeSet::from_ranges(ipv4), ipv6: RangeSet::from_ranges(ipv6) }
    }

    /// One address.
    pub fn single(address: IpAddr) -> Addresses {
        let set = RangeSet::single(number_of(address));
        match family_of(address) {
            Family::Ipv4 => Addresses { ipv4: set, ipv6: RangeSet::empty() },
            Family::Ipv6 => Addresses { ipv4: RangeSet::empty(), ipv6: set },
        }
    }

    /// Those of one family.
    pub fn of(&self, family: Family) -> &RangeSet<u128> {
        match family {
            Family::Ipv4 => &self.ipv4,
            Family::Ipv6 => &self.ipv6,
        }
    }

    /// Whether there are none of either family.
    pub fn is_empty(&self) -> bool {
        self.ipv4.is_empty() && self.ipv6.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use ipnet::IpNet;

    use super::read_block;

    #[test]
    fn blocks_are_read_as_ipnet_reads_them() {
        let lengths =
            ["", "/", "/0", "/8", "/08", "/008", "/32", "/33", "/128", "/129", "/0128", "/+8", "/-1", "/8/8", "/ 8"];
        let addresses = [
            "",
            "0.0.0.0",
            "10.0.0.0",
            "010.00.000.01",
            "0010.0.0.0",
            "256.0.0.0",
            "10.0.0",
            "10.0.0.0.0",
            "10..0.0",
            "1.2.3.4 ",
            "+1.2.3.4",
            "::",
            "::1",
            "2001:db8::",
            "2001:DB8:0:0:0:0:0:1",
            "::ffff:10.0.0.1",
            "1:2:3:4:5:6:7:8:9",
            "00001::",
            "[::1]",
            "fe80::1%3",
            ":",
            "a",
            "10.0.0.0:80",
        ];
        for address in addresses {
            for length in lengths {
                let text = [address, length].concat();
                assert_eq!(read_block(&text), text.parse::<IpNet>().ok(), "{text}");
            }
        }
    }
}
