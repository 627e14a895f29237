//! A second implementation of the rules: one packet at a time, no sets, every rule as it is written down.
//!
//! It shares nothing with the engine but the resolved [`Network`]. Where the rules leave a case open it says
//! [`Outcome::Unknown`].

use std::net::IpAddr;

use ipnet::IpNet;
use vpcreach::ReasonCode;
use vpcreach::analysis::Protocol;
use vpcreach::network::{
    BlockMode, ExclusionMode, Forwards, InterfaceId, InterfaceRole, InternetGateway, NatGatewayMode, Network,
    NetworkAclRule, Peer, PublicAddress, RouteDestination, RouteOrigin, RouteState, RouteTable, RouteTableId,
    RouteTarget, SecurityGroupRule, SubnetId, TrafficMatch, VpcEndpointKind, VpcId,
};

/// One packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Source address.
    pub source: IpAddr,
    /// Source port; without meaning for ICMP.
    pub source_port: u16,
    /// Destination address.
    pub destination: IpAddr,
    /// Destination port; without meaning for ICMP.
    pub destination_port: u16,
    /// Protocol.
    pub protocol: Protocol,
    /// Whether it is the reply of an ICMP echo.
    pub is_reply: bool,
}

/// What becomes of a packet and its reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The packet arrives and the reply returns.
    Delivered,
    /// The packet arrives, nothing listens, and the refusal returns.
    Refused,
    /// Packet or reply is dropped, first for that reason.
    Dropped(ReasonCode),
    /// The rules or the document do not tell.
    Unknown,
    /// Something that cannot be read could have decided otherwise, so that nobody may call it delivered.
    Unreadable,
}

/// A network in which every interface has one address of each family, and translators one source port.
#[derive(Clone, Debug)]
pub struct World<'a> {
    /// The network.
    pub network: &'a Network,
    /// The addresses of each interface.
    pub addresses: Vec<(InterfaceId, IpAddr)>,
    /// The source port that every NAT gateway and NAT instance picks.
    pub nat_port: u16,
}

/// Goes on when a check passes, else ends with the outcome.
type Checked = Result<(), Outcome>;

/// The way so far.
#[derive(Clone, Debug, Default)]
struct Way {
    /// Translators and appliances passed, to find loops (R15.6).
    passed: Vec<InterfaceId>,
    /// Whether an appliance that keeps addresses has been passed (R8.10).
    past_appliance: bool,
}

impl World<'_> {
    /// Sends a packet from an interface and waits for the reply (R0.3, R0.4).
    pub fn send(&self, from: InterfaceId, packet: Packet) -> Outcome {
        let allowed = self.security_groups(from, packet, packet.destination, Side::Egress, &Way::default());
        match allowed.and_then(|()| self.onward(from, packet, &Way::default())) {
            Ok(outcome) | Err(outcome) => outcome,
        }
    }

    /// Brings a packet from the Internet to an interface with a public address, and waits for the reply
    /// (R3.2, R3.11, R8.1, R8.15).
    pub fn receive(&self, to: InterfaceId, packet: Packet) -> Outcome {
        match self.come_in(to, packet) {
            Ok(()) => Outcome::Delivered,
            Err(outcome) => outcome,
        }
    }

    fn come_in(&self, to: InterfaceId, packet: Packet) -> Checked {
        let interface = self.network.interfaces.get(to);
        let subnet = self.network.subnets.get(interface.subnet);
        // The reply leaves the way that the packet comes, so that the subnet's route table has to lead there.
        let RouteTarget::InternetGateway(gateway) = self.route(subnet.route_table, packet.source)? else {
            return Err(Outcome::Dropped(ReasonCode::NoRouteToDestination));
        };
        if self.network.internet_gateways.get(gateway).vpc != Some(subnet.vpc) {
            return Err(Outcome::Dropped(ReasonCode::BadStateAttachment));
        }
        self.block_public_access(subnet.vpc, Some(interface.subnet), false)?;
        self.network_acl(interface.subnet, packet, Side::Ingress)?;
        self.security_groups(to, packet, packet.source, Side::Ingress, &Way::default())?;
        self.network_acl(interface.subnet, reply(packet), Side::Egress)
    }

    /// The packet leaves an interface; its security groups have been asked.
    fn onward(&self, from: InterfaceId, packet: Packet, way: &Way) -> Result<Outcome, Outcome> {
        let network = self.network;
        let subnet_id = network.interfaces.get(from).subnet;
        let subnet = network.subnets.get(subnet_id);
        // R2.13, R8.17: inside one subnet neither table nor network ACL acts.
        if subnet.addresses.of(vpcreach::address::family_of(packet.destination)).contains(number(packet.destination)) {
            // An answer goes straight to the sender, not back through an appliance.
            let own = self.owner(packet.source) == Some(from);
            return if own { self.arrive(from, packet, way) } else { Err(Outcome::Unknown) };
        }
        self.network_acl(subnet_id, packet, Side::Egress)?;
        match self.route(subnet.route_table, packet.destination)? {
            RouteTarget::Local => {
                let target_subnet = self.subnet_of(subnet.vpc, packet.destination)?;
                self.network_acl(target_subnet, packet, Side::Ingress)?;
                let outcome = self.arrive(from, packet, way)?;
                self.reply_between(target_subnet, from, packet)?;
                Ok(outcome)
            }
            RouteTarget::InternetGateway(gateway) => {
                let gateway = network.internet_gateways.get(gateway);
                self.internet_gateway(gateway, from, packet)?;
                self.reply_from_gateway(gateway.route_table, from, packet)?;
                self.network_acl(subnet_id, reply(packet), Side::Ingress)?;
                Ok(Outcome::Delivered)
            }
            RouteTarget::EgressOnlyInternetGateway(gateway) => {
                let gateway = network.egress_only_internet_gateways.get(gateway);
                if gateway.vpc != Some(subnet.vpc) {
                    return Err(Outcome::Dropped(ReasonCode::BadStateAttachment));
                }
                // R3.7
                if packet.destination.is_ipv4() {
                    return Err(Outcome::Dropped(ReasonCode::ProtocolRestriction));
                }
                self.block_public_access(subnet.vpc, Some(subnet_id), true)?;
                self.public_destination(packet.destination)?;
                self.network_acl(subnet_id, reply(packet), Side::Ingress)?;
                Ok(Outcome::Delivered)
            }
            RouteTarget::NatGateway(gateway) => self.nat_gateway(gateway, from, packet, way),
            RouteTarget::Interface(hop) => self.interface_hop(hop, from, packet, way),
            RouteTarget::VpcEndpoint(endpoint) => {
                let endpoint = network.vpc_endpoints.get(endpoint);
                if endpoint.kind != VpcEndpointKind::Gateway {
                    return Err(Outcome::Unknown);
                }
                // R5.9, R5.11
                if endpoint.state != "available" {
                    return Err(Outcome::Dropped(ReasonCode::BadState));
                }
                if packet.protocol == Protocol::Udp {
                    return Err(Outcome::Dropped(ReasonCode::VpceGatewayProtocolRestriction));
                }
                if way.past_appliance {
                    return Err(Outcome::Unknown);
                }
                // The service answers straight into the subnet (R5.7, R5.15).
                self.network_acl(subnet_id, reply(packet), Side::Ingress)?;
                Ok(Outcome::Delivered)
            }
            RouteTarget::Opaque(_) | RouteTarget::Missing(_) => Err(Outcome::Unknown),
        }
    }

    /// The packet reaches the subnet of its destination, which answers.
    fn arrive(&self, from: InterfaceId, packet: Packet, way: &Way) -> Result<Outcome, Outcome> {
        let Some(target) = self.owner(packet.destination) else { return Err(Outcome::Unknown) };
        if target == from {
            return Err(Outcome::Unknown);
        }
        let interface = self.network.interfaces.get(target);
        // Another VPC may have the same addresses, and nothing leads there (R9.1).
        let vpc_of =
            |interface: InterfaceId| self.network.subnets.get(self.network.interfaces.get(interface).subnet).vpc;
        if vpc_of(target) != vpc_of(from) {
            return Err(Outcome::Dropped(ReasonCode::DisconnectedVpcs));
        }
        match interface.role {
            // Neither of them answers connections from inside (R4.14; nothing is written about functions).
            InterfaceRole::NatGateway(_) | InterfaceRole::Function => return Err(Outcome::Unknown),
            InterfaceRole::VpcEndpoint(endpoint) => {
                self.security_groups(target, packet, packet.source, Side::Ingress, way)?;
                if self.network.vpc_endpoints.get(endpoint).state != "available" {
                    return Err(Outcome::Dropped(ReasonCode::BadState));
                }
                // R6.5 says that it does not answer ping, and nothing of UDP.
                return if packet.protocol == Protocol::Tcp { Ok(Outcome::Delivered) } else { Err(Outcome::Unknown) };
            }
            _ => self.security_groups(target, packet, packet.source, Side::Ingress, way)?,
        }
        if interface.bad_state.is_some() {
            return Err(Outcome::Dropped(ReasonCode::BadState));
        }
        match &interface.listens {
            Some(ports) if packet.protocol == Protocol::Tcp && !ports.contains(packet.destination_port) => {
                Ok(Outcome::Refused)
            }
            Some(_) if packet.protocol == Protocol::Udp => Err(Outcome::Unknown),
            _ => Ok(Outcome::Delivered),
        }
    }

    /// The reply goes from a subnet back to the interface that sent the packet, or passed it on.
    fn reply_between(&self, answering: SubnetId, back_to: InterfaceId, packet: Packet) -> Checked {
        let back = self.network.interfaces.get(back_to);
        self.network_acl(answering, reply(packet), Side::Egress)?;
        let table = self.network.subnets.get(answering).route_table;
        match (self.route(table, packet.source)?, self.owner(packet.source) == Some(back_to)) {
            (RouteTarget::Local, true) => {}
            (RouteTarget::Interface(hop), false) if hop == back_to => {}
            _ => return Err(Outcome::Unknown),
        }
        self.network_acl(back.subnet, reply(packet), Side::Ingress)
    }

    /// The reply enters by an internet gateway, whose own table may steer it (R2.22, R2.23).
    fn reply_from_gateway(&self, table: Option<RouteTableId>, back_to: InterfaceId, packet: Packet) -> Checked {
        let own = self.owner(packet.source) == Some(back_to);
        let Some(table) = table else { return if own { Ok(()) } else { Err(Outcome::Unknown) } };
        match (self.route(table, packet.source)?, own) {
            (RouteTarget::Local, true) => Ok(()),
            (RouteTarget::Interface(hop), false) if hop == back_to => Ok(()),
            (RouteTarget::Interface(_), true) => Err(Outcome::Dropped(ReasonCode::AsymmetricStatefulPath)),
            _ => Err(Outcome::Unknown),
        }
    }

    /// Section 3.
    fn internet_gateway(&self, gateway: &InternetGateway, from: InterfaceId, packet: Packet) -> Checked {
        let leaving = self.network.interfaces.get(from);
        let vpc = self.network.subnets.get(leaving.subnet).vpc;
        // R3.1
        if gateway.vpc != Some(vpc) {
            return Err(Outcome::Dropped(ReasonCode::BadStateAttachment));
        }
        let is_nat_gateway = matches!(leaving.role, InterfaceRole::NatGateway(_));
        self.block_public_access(vpc, Some(leaving.subnet), is_nat_gateway)?;
        if packet.destination.is_ipv4() {
            // R3.2: the public address belongs to whoever has the source address.
            let Some(source) = self.owner(packet.source) else { return Err(Outcome::Unknown) };
            let source = self.network.interfaces.get(source);
            let has_public_address = match source.role {
                InterfaceRole::NatGateway(nat) => {
                    let nat = self.network.nat_gateways.get(nat);
                    !nat.is_private && !nat.elastic_ips.is_empty()
                }
                _ => source.public_address != PublicAddress::None,
            };
            if !has_public_address {
                return Err(Outcome::Dropped(ReasonCode::IgwPublicIpAssociationForEgress));
            }
        }
        self.public_destination(packet.destination)
    }

    /// What an internet gateway sends to (R3.4).
    fn public_destination(&self, destination: IpAddr) -> Checked {
        let private = |block: &str, code| match block.parse::<IpNet>() {
            Ok(block) if block.contains(&destination) => Err(Outcome::Dropped(code)),
            _ => Ok(()),
        };
        for block in ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] {
            private(block, ReasonCode::IgwDestinationAddressNotInRfc1918Egress)?;
        }
        private("100.64.0.0/10", ReasonCode::IgwDestinationAddressNotInRfc6598Egress)?;
        // A public address of this network: out and in again are two questions.
        let own = self.network.interfaces.iter().any(|(_, interface)| match interface.public_address {
            PublicAddress::Known(address) | PublicAddress::Fragile(address) => IpAddr::V4(address) == destination,
            PublicAddress::None | PublicAddress::Assigned => false,
        });
        let own_nat = self
            .network
            .nat_gateways
            .iter()
            .any(|(_, nat)| nat.elastic_ips.iter().any(|address| address.known() == Some(destination)));
        if own || own_nat || self.is_inside(destination) { Err(Outcome::Unknown) } else { Ok(()) }
    }

    /// R3.11 to R3.15; `subnet` is the one next to the gateway.
    fn block_public_access(&self, vpc: VpcId, subnet: Option<SubnetId>, spared_by_ingress_mode: bool) -> Checked {
        let settings = &self.network.block_public_access;
        let exclusions =
            settings.excluded_vpcs.iter().filter(|(excluded, _)| *excluded == vpc).map(|(_, mode)| *mode).chain(
                settings
                    .excluded_subnets
                    .iter()
                    .filter(|(excluded, _)| Some(*excluded) == subnet)
                    .map(|(_, mode)| *mode),
            );
        let mut excluded = false;
        let mut egress_only = false;
        for mode in exclusions {
            match mode {
                ExclusionMode::Bidirectional => excluded = true,
                ExclusionMode::Egress => egress_only = true,
            }
        }
        match settings.mode {
            BlockMode::Off => Ok(()),
            BlockMode::Bidirectional if excluded || egress_only => Ok(()),
            BlockMode::Ingress if excluded || spared_by_ingress_mode => Ok(()),
            // R3.14: such an exclusion has a meaning under the other mode only.
            BlockMode::Ingress if egress_only => Err(Outcome::Unknown),
            BlockMode::Bidirectional | BlockMode::Ingress => {
                Err(Outcome::Dropped(ReasonCode::VpcBlockPublicAccessEnabled))
            }
        }
    }

    /// Section 4, R4.2 to R4.19.
    fn nat_gateway(
        &self,
        gateway: vpcreach::network::NatGatewayId,
        from: InterfaceId,
        packet: Packet,
        way: &Way,
    ) -> Result<Outcome, Outcome> {
        let nat = self.network.nat_gateways.get(gateway);
        let sender = self.network.interfaces.get(from);
        let sender_subnet = self.network.subnets.get(sender.subnet);
        if nat.vpc != sender_subnet.vpc || way.past_appliance {
            return Err(Outcome::Unknown);
        }
        if let NatGatewayMode::Zonal(interface) = nat.mode {
            if way.passed.contains(&interface) {
                return Err(Outcome::Dropped(ReasonCode::RoutingLoop));
            }
            let nat_subnet = self.network.interfaces.get(interface).subnet;
            if nat_subnet != sender.subnet {
                self.network_acl(nat_subnet, packet, Side::Ingress)?;
            }
        }
        // R4.4
        if nat.state != "available" {
            return Err(Outcome::Dropped(ReasonCode::BadState));
        }
        if packet.destination.is_ipv6() {
            // R4.20: NAT64 is for 64:ff9b::/96 only, and is not followed here.
            let translated = "64:ff9b::/96".parse::<IpNet>().is_ok_and(|block| block.contains(&packet.destination));
            return Err(if translated { Outcome::Unknown } else { Outcome::Dropped(ReasonCode::ProtocolRestriction) });
        }
        match &nat.mode {
            NatGatewayMode::Unknown => Err(Outcome::Unknown),
            NatGatewayMode::Zonal(interface) => {
                let interface = *interface;
                let Some(address) = self.address(interface, &packet) else { return Err(Outcome::Unknown) };
                // R4.6, R4.7
                let translated = Packet { source: address, source_port: self.nat_port, ..packet };
                let mut way = way.clone();
                way.passed.push(interface);
                let outcome = self.onward(interface, translated, &way)?;
                self.hand_back(interface, from, packet)?;
                Ok(outcome)
            }
            NatGatewayMode::Regional { availability_zones, route_table } => {
                // R4.19
                if !availability_zones.is_empty() && !availability_zones.contains(&sender_subnet.availability_zone) {
                    return Err(Outcome::Dropped(ReasonCode::RegionalNgwRouteAzRestriction));
                }
                if route_table.is_some() {
                    return Err(Outcome::Unknown);
                }
                // R4.16: AWS's own table leads to the attached internet gateway.
                if !self.network.internet_gateways.iter().any(|(_, gateway)| gateway.vpc == Some(nat.vpc)) {
                    return Err(Outcome::Dropped(ReasonCode::NoRouteToDestination));
                }
                if self.is_inside(packet.destination) {
                    return Err(Outcome::Unknown);
                }
                self.block_public_access(nat.vpc, None, true)?;
                if nat.is_private || nat.elastic_ips.is_empty() {
                    // R4.18: in automatic mode AWS brings the addresses.
                    return Err(Outcome::Unknown);
                }
                self.public_destination(packet.destination)?;
                self.network_acl(sender.subnet, reply(packet), Side::Ingress)?;
                Ok(Outcome::Delivered)
            }
        }
    }

    /// A route leads to an interface: a NAT instance, an appliance, or the destination itself.
    fn interface_hop(
        &self,
        hop: InterfaceId,
        from: InterfaceId,
        packet: Packet,
        way: &Way,
    ) -> Result<Outcome, Outcome> {
        let interface = self.network.interfaces.get(hop);
        let sender = self.network.interfaces.get(from);
        if self.owner(packet.destination) == Some(hop) {
            return Err(Outcome::Unknown);
        }
        if way.passed.contains(&hop) {
            return Err(Outcome::Dropped(ReasonCode::RoutingLoop));
        }
        if interface.subnet != sender.subnet {
            self.network_acl(interface.subnet, packet, Side::Ingress)?;
        }
        if interface.bad_state.is_some() {
            return Err(Outcome::Dropped(ReasonCode::BadState));
        }
        self.security_groups(hop, packet, packet.source, Side::Ingress, way)?;
        // R4.22
        if interface.source_dest_check {
            return Err(Outcome::Dropped(ReasonCode::EniSourceDestCheckRestriction));
        }
        let several = self.network.workloads.iter().any(|(_, workload)| {
            !workload.uses_any_interface && workload.interfaces.len() > 1 && workload.interfaces.contains(&hop)
        });
        if several {
            return Err(Outcome::Unknown);
        }
        let mut further = way.clone();
        further.passed.push(hop);
        let passed_on = match interface.forwards {
            Forwards::Nothing => return Err(Outcome::Dropped(ReasonCode::EniAddressRestriction)),
            Forwards::NotSaid => return Err(Outcome::Unknown),
            Forwards::Nat => {
                if packet.destination.is_ipv6() || way.past_appliance {
                    return Err(Outcome::Unknown);
                }
                let Some(address) = self.address(hop, &packet) else { return Err(Outcome::Unknown) };
                Packet { source: address, source_port: self.nat_port, ..packet }
            }
            Forwards::Unchanged => {
                further.past_appliance = true;
                packet
            }
        };
        self.security_groups(hop, passed_on, passed_on.destination, Side::Egress, &further)?;
        let outcome = self.onward(hop, passed_on, &further)?;
        self.hand_back(hop, from, packet)?;
        Ok(outcome)
    }

    /// A translator or appliance sends the reply on to whoever sent it the packet.
    fn hand_back(&self, hop: InterfaceId, from: InterfaceId, packet: Packet) -> Checked {
        let hop_subnet = self.network.interfaces.get(hop).subnet;
        if hop_subnet == self.network.interfaces.get(from).subnet {
            return Ok(());
        }
        self.reply_between(hop_subnet, from, packet)
    }

    /// Section 2: the target of the route that wins.
    fn route(&self, table: RouteTableId, destination: IpAddr) -> Result<RouteTarget, Outcome> {
        let table: &RouteTable = self.network.route_tables.get(table);
        // Every route that matches: rank of its kind, prefix length, position.
        let mut matching: Vec<(u8, u8, usize)> = Vec::new();
        for (position, route) in table.routes.iter().enumerate() {
            if route.state == RouteState::Filtered {
                continue;
            }
            let blocks: Vec<IpNet> = match &route.destination {
                RouteDestination::Block(block) => vec![*block],
                RouteDestination::PrefixList(list) => {
                    let list = self.network.prefix_lists.get(*list);
                    if list.is_unknown {
                        return Err(Outcome::Unknown);
                    }
                    list.entries.clone()
                }
            };
            // R2.6: CIDR route, prefix list, propagated.
            let rank = match (&route.destination, route.origin) {
                (_, RouteOrigin::Propagated) => 2,
                (RouteDestination::PrefixList(_), _) | (_, RouteOrigin::GatewayEndpoint) => 1,
                (RouteDestination::Block(_), _) => 0,
            };
            for block in blocks {
                if block.contains(&destination) {
                    matching.push((rank, block.prefix_len(), position));
                }
            }
        }
        let target = |position: usize| table.routes.get(position).map(|route| (&route.target, route.state));
        let is_local = |position: usize| matches!(target(position), Some((RouteTarget::Local, _)));
        // R2.8: propagated routes never beat the local route.
        if matching.iter().any(|(_, _, position)| is_local(*position)) {
            matching.retain(|(rank, ..)| *rank != 2);
        }
        // R2.5
        let Some(longest) = matching.iter().map(|(_, length, _)| *length).max() else {
            if !table.unreadable.is_empty() {
                return Err(Outcome::Unreadable);
            }
            return Err(Outcome::Dropped(ReasonCode::NoRouteToDestination));
        };
        matching.retain(|(_, length, _)| *length == longest);
        let best = matching.iter().map(|(rank, ..)| *rank).min();
        matching.retain(|(rank, ..)| Some(*rank) == best);
        // R2.9: a written route for a local block takes the place of AWS's own.
        if matching.len() > 1 {
            matching.retain(|(.., position)| !is_local(*position));
        }
        let mut winners = matching.iter().filter_map(|(.., position)| target(*position));
        let Some(winner) = winners.next() else { return Err(Outcome::Unknown) };
        // R2.7
        if winners.any(|other| other != winner) {
            return Err(Outcome::Unknown);
        }
        // A longer prefix that nobody can read wins, if it leads elsewhere.
        let active = winner.1 == RouteState::Active;
        if table.unreadable.iter().any(|(target, _)| !active || target != winner.0) {
            return Err(Outcome::Unreadable);
        }
        match winner {
            // R2.15
            (_, RouteState::Blackhole) => Err(Outcome::Dropped(ReasonCode::BadStateRoute)),
            (target, _) => Ok(target.clone()),
        }
    }

    /// The subnet of a VPC that has the address.
    fn subnet_of(&self, vpc: VpcId, address: IpAddr) -> Result<SubnetId, Outcome> {
        for (id, subnet) in self.network.subnets.iter() {
            let blocks = [subnet.ipv4, subnet.ipv6];
            if subnet.vpc == vpc && blocks.iter().flatten().any(|block| block.contains(&address)) {
                return Ok(id);
            }
        }
        Err(Outcome::Dropped(ReasonCode::NoPossibleDestination))
    }

    /// Section 8, R8.14 to R8.20.
    fn network_acl(&self, subnet: SubnetId, packet: Packet, side: Side) -> Checked {
        let acl = self.network.network_acls.get(self.network.subnets.get(subnet).network_acl);
        let (rules, other) = match side {
            Side::Ingress => (&acl.ingress, packet.source),
            Side::Egress => (&acl.egress, packet.destination),
        };
        let mut in_order: Vec<&NetworkAclRule> = rules.iter().collect();
        in_order.sort_by_key(|rule| rule.number);
        let mut could_be = Vec::new();
        let mut allowed = false;
        for rule in in_order {
            let fits = rule.block.is_none_or(|block| block.contains(&other)) && matches(&rule.traffic, packet);
            match rule.allow {
                _ if !fits => {}
                Some(allow) if !rule.is_unreadable => {
                    allowed = allow;
                    break;
                }
                // Decides or does not, and it may not even be known what.
                Some(allow) => could_be.push(allow),
                None => could_be.extend([true, false]),
            }
        }
        match (could_be.contains(&!allowed), allowed) {
            (true, _) => Err(Outcome::Unreadable),
            (false, true) => Ok(()),
            (false, false) => Err(Outcome::Dropped(ReasonCode::SubnetAclRestriction)),
        }
    }

    /// Section 8, R8.1 to R8.10. Replies are not asked (R8.1).
    fn security_groups(&self, interface: InterfaceId, packet: Packet, other: IpAddr, side: Side, way: &Way) -> Checked {
        let interface = self.network.interfaces.get(interface);
        // R4.7: a NAT gateway has no group.
        if matches!(interface.role, InterfaceRole::NatGateway(_)) {
            return Ok(());
        }
        let mut no_rules = true;
        let mut unknown = !interface.missing_security_groups.is_empty();
        let mut unreadable = false;
        for group in &interface.security_groups {
            let group = self.network.security_groups.get(*group);
            let rules: &Vec<SecurityGroupRule> = match side {
                Side::Ingress => &group.ingress,
                Side::Egress => &group.egress,
            };
            for rule in rules {
                no_rules = false;
                if !matches(&rule.traffic, packet) {
                    continue;
                }
                let admits = match &rule.peer {
                    Peer::Block(block) => block.contains(&other),
                    Peer::SecurityGroup(peer) => match self.owner(other) {
                        // R8.6, R8.10
                        Some(owner) => {
                            !way.past_appliance && self.network.interfaces.get(owner).security_groups.contains(peer)
                        }
                        // Something that the document does not have may own the private address, and have the group.
                        None => {
                            unknown |= self.is_inside(other);
                            false
                        }
                    },
                    Peer::PrefixList(list) => {
                        let list = self.network.prefix_lists.get(*list);
                        unknown |= list.is_unknown;
                        list.entries.iter().any(|block| block.contains(&other))
                    }
                    Peer::Missing(_) => {
                        unknown = true;
                        false
                    }
                };
                if admits && !rule.is_unreadable {
                    return Ok(());
                }
                unreadable |= admits;
            }
        }
        if unreadable && !unknown {
            return Err(Outcome::Unreadable);
        }
        Err(match (unknown, no_rules) {
            (true, _) => Outcome::Unknown,
            (false, true) => Outcome::Dropped(ReasonCode::SgHasNoRules),
            (false, false) => Outcome::Dropped(ReasonCode::EniSgRulesMismatch),
        })
    }

    /// Whether the address is one of a VPC's own.
    fn is_inside(&self, address: IpAddr) -> bool {
        self.network.vpcs.iter().any(|(_, vpc)| vpc.blocks.iter().any(|block| block.contains(&address)))
    }

    /// The interface that has the private address.
    pub fn owner(&self, address: IpAddr) -> Option<InterfaceId> {
        self.addresses.iter().find(|(_, owned)| *owned == address).map(|(interface, _)| *interface)
    }

    /// An interface's address of the packet's family.
    fn address(&self, interface: InterfaceId, packet: &Packet) -> Option<IpAddr> {
        self.addresses
            .iter()
            .find(|(owner, address)| *owner == interface && address.is_ipv4() == packet.destination.is_ipv4())
            .map(|(_, address)| *address)
    }
}

/// Which side of a filter a packet passes.
#[derive(Clone, Copy)]
enum Side {
    Ingress,
    Egress,
}

/// The answer to a packet.
fn reply(packet: Packet) -> Packet {
    Packet {
        source: packet.destination,
        source_port: packet.destination_port,
        destination: packet.source,
        destination_port: packet.source_port,
        protocol: packet.protocol,
        is_reply: true,
    }
}

/// Whether protocol and port of a rule fit the packet; for ICMP the type stands in the port's place.
fn matches(traffic: &TrafficMatch, packet: Packet) -> bool {
    let (number, port) = match (packet.protocol, packet.source.is_ipv6()) {
        (Protocol::Tcp, _) => (6, packet.destination_port),
        (Protocol::Udp, _) => (17, packet.destination_port),
        // Echo request and reply.
        (Protocol::Icmp, false) => (1, if packet.is_reply { 0 } else { 8 }),
        (Protocol::Icmp, true) => (58, if packet.is_reply { 129 } else { 128 }),
    };
    match traffic.protocol {
        None => true,
        Some(protocol) => protocol == number && traffic.ports.contains(port),
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}
