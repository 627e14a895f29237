//! Internet gateways, NAT gateways, Elastic IP addresses, and gateways of which only the name matters.

use super::{Draft, SUBNET, Want, change};
use crate::document;
use crate::document::words::ASSIGNED;
use crate::import::inventory::{Kind, Resource, field};
use crate::import::places::pointer;
use crate::import::tree::{Node, Value};

pub(super) const INTERNET_GATEWAY: Want = Want { kinds: &[Kind::InternetGateway], section: "internetGateways" };
const VPN_GATEWAY: Want = Want { kinds: &[Kind::VpnGateway], section: "vpnGateways" };

impl Draft<'_> {
    pub(super) fn gateways(&mut self) {
        self.internet_gateways();
        self.egress_only_internet_gateways();
        self.nat_gateways();
        self.other_gateways();
    }

    fn internet_gateways(&mut self) {
        for (position, resource) in self.of(Kind::InternetGateway) {
            let name = self.name(position);
            if self.document.internet_gateways.contains_key(&name) {
                continue;
            }
            let vpc = self.vpc_of(position, resource);
            let attached = if vpc.is_some() { None } else { Some(false) };
            let gateway = document::InternetGateway { vpc, attached };
            self.document.internet_gateways.insert(name, gateway);
            self.remember_component("internetGateways", position);
        }
        for (position, resource) in self.of(Kind::GatewayAttachment) {
            let vpc = self.vpc_of(position, resource);
            if let Some(node) = field(&resource.fields, "internet_gateway_id")
                && let Some(name) = self.target(position, node, "internet_gateway_id", INTERNET_GATEWAY)
            {
                if let Some(gateway) = self.document.internet_gateways.get_mut(&name) {
                    gateway.vpc.clone_from(&vpc);
                    gateway.attached = None;
                }
                self.uncertain_existence(position, "internetGateways", &name);
            }
            if let Some(node) = field(&resource.fields, "vpn_gateway_id")
                && let Some(name) = self.target(position, node, "vpn_gateway_id", VPN_GATEWAY)
            {
                change(&mut self.document.vpn_gateways, &name, |gateway| gateway.vpc = vpc);
            }
        }
    }

    fn egress_only_internet_gateways(&mut self) {
        for (position, resource) in self.of(Kind::EgressOnlyInternetGateway) {
            let name = self.name(position);
            if !self.document.egress_only_internet_gateways.contains_key(&name) {
                let vpc = self.vpc_of(position, resource);
                let gateway = document::EgressOnlyInternetGateway { vpc, attached: None };
                self.document.egress_only_internet_gateways.insert(name, gateway);
                self.remember_component("egressOnlyInternetGateways", position);
            }
        }
    }

    fn nat_gateways(&mut self) {
        for (position, resource) in self.of(Kind::NatGateway) {
            let name = self.name(position);
            if self.document.nat_gateways.contains_key(&name) {
                continue;
            }
            let component = ("natGateways", name.as_str());
            let node = field(&resource.fields, "subnet_id");
            let subnet = node.and_then(|node| self.target(position, node, "subnet_id", SUBNET));
            // The subnet says which VPC it is.
            let vpc = if subnet.is_none() { self.vpc_of(position, resource) } else { None };
            let connectivity_type = self.text(position, &resource.fields, "connectivity_type", component);
            let availability_mode = self.text(position, &resource.fields, "availability_mode", component);
            let is_public = connectivity_type.as_deref() != Some("private");
            let is_regional = availability_mode.as_deref() == Some("regional");
            let mut elastic_ips = Vec::new();
            let has_address =
                field(&resource.fields, "allocation_id").is_some() || field(&resource.fields, "public_ip").is_some();
            if is_public && !is_regional && has_address {
                let known = field(&resource.fields, "public_ip").and_then(Node::scalar).map(str::to_owned);
                let known = self.address(known);
                elastic_ips.push(known.unwrap_or_else(|| ASSIGNED.to_owned()));
            }
            let private_ip = field(&resource.fields, "private_ip_address")
                .or_else(|| field(&resource.fields, "private_ip"))
                .and_then(Node::scalar)
                .map(str::to_owned);
            let private_ip = self.private_address(private_ip, subnet.as_deref());
            let words = |text: Option<String>, default: &str| {
                text.map(|text| text.to_ascii_lowercase()).filter(|text| text != default)
            };
            let gateway = document::NatGateway {
                subnet,
                vpc,
                connectivity_type: words(connectivity_type, "public").filter(|word| word == "private"),
                availability_mode: words(availability_mode, "zonal").filter(|word| word == "regional"),
                elastic_ips,
                private_ip,
                ..document::NatGateway::default()
            };
            self.document.nat_gateways.insert(name, gateway);
            self.remember_component("natGateways", position);
        }
    }

    fn other_gateways(&mut self) {
        for kind in [
            Kind::TransitGateway,
            Kind::VpcPeeringConnection,
            Kind::VpnGateway,
            Kind::CarrierGateway,
            Kind::CoreNetwork,
        ] {
            for (position, resource) in self.of(kind) {
                let name = self.name(position);
                let vpc = if matches!(kind, Kind::VpnGateway | Kind::CarrierGateway) {
                    self.vpc_of(position, resource)
                } else {
                    None
                };
                let document = &mut self.document;
                let (list, section) = match kind {
                    Kind::TransitGateway => (&mut document.transit_gateways, "transitGateways"),
                    Kind::VpcPeeringConnection => (&mut document.vpc_peering_connections, "vpcPeeringConnections"),
                    Kind::VpnGateway => (&mut document.vpn_gateways, "vpnGateways"),
                    Kind::CarrierGateway => (&mut document.carrier_gateways, "carrierGateways"),
                    _ => (&mut document.core_networks, "coreNetworks"),
                };
                change(list, &name, |gateway| gateway.vpc = vpc.or_else(|| gateway.vpc.take()));
                self.remember(pointer(section, &name), position, resource.at);
            }
        }
    }

    /// The Elastic IP address that is associated with an instance or an interface; one that AWS assigns at deployment
    /// has a stand-in.
    pub(super) fn elastic_ip_of(&mut self, owner: usize) -> Option<String> {
        let owner_id = self.resources.get(owner).and_then(|owner| field(&owner.fields, "id")?.scalar());
        let is_owner = |node: Option<&Node>| match node.map(|node| &node.value) {
            Some(Value::Reference { resource, .. }) => *resource == owner,
            Some(Value::Text(text)) => owner_id == Some(text),
            _ => false,
        };
        let names_owner = |resource: &Resource| {
            ["instance_id", "instance", "network_interface_id", "network_interface"]
                .iter()
                .any(|name| is_owner(field(&resource.fields, name)))
        };
        let mut addresses = self.of(Kind::ElasticIp).chain(self.of(Kind::ElasticIpAssociation));
        let (_, resource) = addresses.find(|(_, resource)| names_owner(resource))?;
        let known = field(&resource.fields, "public_ip").and_then(Node::scalar).map(str::to_owned);
        let known = self.address(known);
        Some(known.unwrap_or_else(|| ASSIGNED.to_owned()))
    }
}
