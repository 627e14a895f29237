//! What belongs to what: interfaces, addresses, Regions.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;

use crate::data;
use crate::import::aws_cli::answers::{Address, Function, Instance, NatGateway, NetworkInterface, Subnet, VpcEndpoint};
use crate::import::aws_cli::kind::Found;

/// References from one answer into others.
#[derive(Default)]
pub(super) struct Index<'i> {
    /// Every interface by id, those that only `describe-instances` shows among them.
    pub(super) interfaces: BTreeMap<&'i str, &'i NetworkInterface<'i>>,
    /// Interfaces that belong to NAT gateways or endpoints.
    pub(super) owned: BTreeSet<&'i str>,
    /// Instance of an interface, and whether it is the primary one.
    pub(super) instance_of: BTreeMap<&'i str, (&'i str, bool)>,
    /// Interfaces of an instance.
    pub(super) interfaces_of: BTreeMap<&'i str, Vec<&'i str>>,
    /// Interfaces of functions that somebody gave a public address, with it.
    pub(super) public_of_functions: Vec<(&'i NetworkInterface<'i>, String)>,
    /// Instances that the answers describe.
    pub(super) instances: BTreeSet<&'i str>,
    /// Elastic IP addresses by interface, by allocation, and by instance.
    pub(super) elastic_ips: BTreeMap<&'i str, &'i str>,
    /// IPv4 blocks of subnets.
    blocks: BTreeMap<&'i str, IpNet>,
}

impl<'i> Index<'i> {
    pub(super) fn new(
        subnets: &'i [Found<Subnet<'i>>],
        nat_gateways: &'i [Found<NatGateway<'i>>],
        endpoints: &'i [Found<VpcEndpoint<'i>>],
        interfaces: &'i [Found<NetworkInterface<'i>>],
        instances: &'i [Found<Instance<'i>>],
        addresses: &'i [Found<Address<'i>>],
    ) -> Index<'i> {
        let mut index = Index::default();
        for Found { item: subnet, .. } in subnets {
            if let Ok(block) = subnet.cidr_block.parse() {
                index.blocks.insert(&subnet.subnet_id, block);
            }
        }
        for Found { item: instance, .. } in instances {
            index.instances.insert(&instance.instance_id);
            for interface in instance.network_interfaces.iter() {
                let device = interface.attachment.as_ref().and_then(|attachment| attachment.device_index);
                let entry = (&*instance.instance_id, device.unwrap_or(0) == 0);
                index.instance_of.insert(&interface.network_interface_id, entry);
                index.interfaces.insert(&interface.network_interface_id, interface);
            }
        }
        for Found { item: interface, .. } in interfaces {
            if let Some(attachment) = &interface.attachment
                && let Some(instance) = attachment.instance_id.given()
            {
                let entry = (instance, attachment.device_index.unwrap_or(0) == 0);
                index.instance_of.insert(&interface.network_interface_id, entry);
            }
            index.interfaces.insert(&interface.network_interface_id, interface);
        }
        let of_nat_gateways = nat_gateways
            .iter()
            .flat_map(|found| found.item.nat_gateway_addresses.iter().map(|address| &*address.network_interface_id));
        let of_endpoints =
            endpoints.iter().flat_map(|found| found.item.network_interface_ids.iter().map(|interface| &**interface));
        index.owned.extend(of_nat_gateways.chain(of_endpoints).filter(|interface| !interface.is_empty()));
        for Found { item: address, .. } in addresses {
            for holder in [&address.network_interface_id, &address.allocation_id, &address.instance_id] {
                if let Some(holder) = holder.given() {
                    index.elastic_ips.insert(holder, &address.public_ip);
                }
            }
        }
        for (interface, (instance, _)) in &index.instance_of {
            index.interfaces_of.entry(instance).or_default().push(interface);
        }
        let of_functions = index.interfaces.values().filter(|interface| interface.interface_type.is("lambda"));
        let public = of_functions.filter_map(|interface| Some((*interface, index.public_ip(interface)?))).collect();
        index.public_of_functions = public;
        index
    }

    /// Whether the interface is the first of its instance.
    pub(super) fn is_primary(&self, interface: &str) -> bool {
        self.instance_of.get(interface).is_some_and(|(_, is_primary)| *is_primary)
    }

    /// The public address of an interface.
    pub(super) fn public_ip(&self, interface: &NetworkInterface<'_>) -> Option<String> {
        let own = interface.association.as_ref().and_then(|association| association.public_ip.owned());
        own.or_else(|| self.elastic_ips.get(&*interface.network_interface_id).map(|address| (*address).to_owned()))
    }

    /// Whether a subnet can have that private address; true where the subnet is not known.
    pub(super) fn fits(&self, subnet: &str, address: &str) -> bool {
        match (self.blocks.get(subnet), address.parse::<IpAddr>()) {
            (Some(block), Ok(address)) => block.contains(&address),
            (Some(_), Err(_)) => false,
            (None, _) => true,
        }
    }
}

/// The Region that most things are of.
pub(super) fn region_of(
    subnets: &[Found<Subnet<'_>>],
    functions: &[Found<Function<'_>>],
    endpoints: &[Found<VpcEndpoint<'_>>],
) -> Option<String> {
    let of_subnets = subnets.iter().filter_map(|found| region_of_zone(&found.item.availability_zone));
    let of_functions = functions.iter().filter_map(|found| region_of_arn(&found.item.function_arn));
    let of_endpoints = endpoints.iter().filter_map(|found| region_of_service(&found.item.service_name));
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for region in of_subnets.chain(of_functions).chain(of_endpoints) {
        *votes.entry(region).or_default() += 1;
    }
    // The first by name among equals, so that the order of the files does not matter.
    let most = votes.values().copied().max()?;
    votes.into_iter().find(|(_, count)| *count == most).map(|(region, _)| region.to_owned())
}

/// The Region in an ARN: `arn:aws:lambda:eu-west-1:…`.
pub(super) fn region_of_arn(arn: &str) -> Option<&str> {
    arn.split(':').nth(3).filter(|region| !region.is_empty())
}

/// The Region of an Availability Zone (`eu-west-1a`) or of a Local Zone (`us-east-1-bos-1a`).
fn region_of_zone(zone: &str) -> Option<&str> {
    let known = data::regions().into_iter().filter(|region| zone.starts_with(region)).max_by_key(|region| region.len());
    let zone = known.unwrap_or_else(|| zone.trim_end_matches(|letter: char| letter.is_ascii_lowercase()));
    Some(zone).filter(|region| !region.is_empty())
}

/// The Region in a service name: `com.amazonaws.eu-west-1.s3`.
fn region_of_service(service: &str) -> Option<&str> {
    let known = data::regions();
    service.split('.').find(|part| known.contains(part))
}
