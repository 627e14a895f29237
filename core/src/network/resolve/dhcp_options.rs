//! DHCP option sets (R1.11).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::Resolver;
use super::problems::Place;
use super::vpcs::DnsServers;
use crate::address::{address_of, range_of};
use crate::component::{Component, ComponentKind};
use crate::problem::Quota;
use crate::query::Family;

/// Addresses of the Amazon resolver that are the same in every VPC (R1.7).
const RESOLVER_IPV4: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 169, 253));
const RESOLVER_IPV6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x253));

impl Resolver<'_> {
    /// The custom DNS servers of a DHCP option set. Those of Amazon are left out: they are no ordinary destinations (R1.7).
    pub(super) fn dns_servers(&mut self, vpc: Place<'_>, name: Option<&str>, blocks: &[IpNet]) -> DnsServers {
        // AWS's word for "no option set at all".
        let Some(name) = name.filter(|name| *name != "default" || self.document.dhcp_options.contains_key("default"))
        else {
            return DnsServers::default();
        };
        let component = Component::new(ComponentKind::DhcpOptions, name);
        let Some((key, options)) = self.document.dhcp_options.get_key_value(name) else {
            let mut keys = self.document.dhcp_options.keys().map(String::as_str);
            self.problems.dangling("dhcpOptions", name, &mut keys, vpc.field("dhcpOptions"));
            return DnsServers { amazon: false, options: Some(component), missing: true, ..DnsServers::default() };
        };
        // R1.7: base of the primary IPv4 block plus two.
        let of_vpc = blocks.iter().find(|block| block.addr().is_ipv4());
        let of_vpc = of_vpc.map(|block| address_of(Family::Ipv4, range_of(block).0 + 2));
        let mut servers = Vec::new();
        let mut amazon = options.domain_name_servers.is_empty();
        for (position, text) in options.domain_name_servers.iter().enumerate() {
            if text.eq_ignore_ascii_case("AmazonProvidedDNS") {
                amazon = true;
                continue;
            }
            let pointer = Place::new("dhcpOptions", key).item("domainNameServers", position);
            let Some(server) = self.problems.address(text, None, pointer) else { continue };
            let is_amazon = server == RESOLVER_IPV4 || server == RESOLVER_IPV6 || Some(server) == of_vpc;
            amazon |= is_amazon;
            // An instance asks no more of them than an option set can have.
            if !is_amazon && servers.len() < Quota::DnsServers.most() && !servers.contains(&server) {
                servers.push(server);
            }
        }
        let count = options.domain_name_servers.len();
        self.problems.check_quota(Quota::DnsServers, count, Place::new("dhcpOptions", key).field("domainNameServers"));
        // Servers that cannot be read leave the resolver open rather than closed.
        DnsServers { amazon: amazon || servers.is_empty(), custom: servers, options: Some(component), missing: false }
    }
}
