//! Internet gateways, NAT gateways, and route targets of which only the name matters.

use super::Builder;
use super::index::Index;
use super::unique::unique;
use crate::document::{self, OpaqueTarget};
use crate::import::aws_cli::answers::{Attachment, EgressOnlyInternetGateway, InternetGateway, NatGateway};
use crate::import::aws_cli::kind::{Found, ListKind, Lists};
use crate::import::problem::ImportProblemKind;

pub(super) fn internet_gateways(builder: &mut Builder<'_>, gateways: Vec<Found<InternetGateway<'_>>>) {
    for Found { item, .. } in gateways {
        let (vpc, attached) = attachment(&item.attachments);
        let gateway = document::InternetGateway { vpc, attached };
        builder.document.internet_gateways.insert(item.internet_gateway_id.to_string(), gateway);
    }
}

pub(super) fn egress_only_internet_gateways(
    builder: &mut Builder<'_>,
    gateways: Vec<Found<EgressOnlyInternetGateway<'_>>>,
) {
    for Found { item, .. } in gateways {
        let (vpc, attached) = attachment(&item.attachments);
        let gateway = document::EgressOnlyInternetGateway { vpc, attached };
        builder
            .document
            .egress_only_internet_gateways
            .insert(item.egress_only_internet_gateway_id.to_string(), gateway);
    }
}

/// The VPC of a gateway, and `Some(false)` unless it is attached.
fn attachment(attachments: &[Attachment<'_>]) -> (Option<String>, Option<bool>) {
    let first = attachments.first();
    // An internet gateway says `available`, an egress-only one `attached`.
    let is_attached = first.is_some_and(|attachment| {
        attachment.state.is_empty() || attachment.state.is("available") || attachment.state.is("attached")
    });
    (first.and_then(|attachment| attachment.vpc_id.owned()), (!is_attached).then_some(false))
}

pub(super) fn nat_gateways(builder: &mut Builder<'_>, gateways: &[Found<NatGateway<'_>>], index: &Index<'_>) {
    for Found { item, .. } in gateways {
        let id = item.nat_gateway_id.to_string();
        let works = |status: &str| status.is_empty() || status.eq_ignore_ascii_case("succeeded");
        let addresses = || item.nat_gateway_addresses.iter().filter(|address| works(&address.status));
        let elastic_ips = addresses()
            .filter_map(|address| {
                let of_allocation = || index.elastic_ips.get(&*address.allocation_id).map(|ip| (*ip).to_owned());
                address.public_ip.owned().or_else(of_allocation)
            })
            .collect();
        let is_regional = item.availability_mode.is("regional");
        let primary = addresses().find(|address| address.is_primary == Some(true)).or_else(|| addresses().next());
        let mut private_ip = primary.filter(|_| !is_regional).and_then(|address| address.private_ip.owned());
        if let Some(address) = private_ip.take_if(|address| !index.fits(&item.subnet_id, address)) {
            let subnet = item.subnet_id.to_string();
            builder.report(ImportProblemKind::AddressOutsideSubnet { id: id.clone(), address, subnet });
        }
        // Manual mode works in the zones that have addresses only (R4.18); where the answer does not say which mode
        // it is, that is the smaller claim.
        let mut availability_zones: Vec<String> = Vec::new();
        if is_regional && !item.auto_provision_zones.is("enabled") {
            availability_zones.extend(addresses().filter_map(|address| address.availability_zone.owned()));
            availability_zones.sort();
            availability_zones.dedup();
        }
        let word = |text: &str, default: &str| {
            let word = text.to_ascii_lowercase();
            (!word.is_empty() && word != default).then_some(word)
        };
        let gateway = document::NatGateway {
            subnet: item.subnet_id.owned(),
            vpc: item.vpc_id.owned().filter(|_| item.subnet_id.is_empty()),
            connectivity_type: word(&item.connectivity_type, "public"),
            availability_mode: word(&item.availability_mode, "zonal"),
            state: word(&item.state, "available"),
            elastic_ips,
            private_ip,
            availability_zones,
            route_table: item.route_table_id.owned().filter(|_| is_regional),
        };
        builder.document.nat_gateways.insert(id, gateway);
    }
}

/// Peering connections, transit gateways and the like: what lies behind them is not modelled.
pub(super) fn opaque_targets(builder: &mut Builder<'_>, lists: &mut Lists<'_>) {
    let peerings = unique(builder, std::mem::take(&mut lists.vpc_peering_connections), ListKind::VpcPeeringConnections);
    builder.mark_all("vpcPeeringConnections", &peerings, ListKind::VpcPeeringConnections);
    for Found { item, .. } in peerings {
        let target = OpaqueTarget {
            vpc: item.requester_vpc_info.and_then(|vpc| vpc.vpc_id.owned()),
            state: item.status.and_then(|status| status.code.owned()),
        };
        builder.document.vpc_peering_connections.insert(item.vpc_peering_connection_id.to_string(), target);
    }
    let found = unique(builder, std::mem::take(&mut lists.transit_gateways), ListKind::TransitGateways);
    builder.mark_all("transitGateways", &found, ListKind::TransitGateways);
    for Found { item, .. } in found {
        let target = OpaqueTarget { vpc: None, state: item.state.owned() };
        builder.document.transit_gateways.insert(item.transit_gateway_id.to_string(), target);
    }
    let found = unique(builder, std::mem::take(&mut lists.vpn_gateways), ListKind::VpnGateways);
    builder.mark_all("vpnGateways", &found, ListKind::VpnGateways);
    for Found { item, .. } in found {
        let vpc = item.vpc_attachments.iter().find(|attachment| attachment.state.is("attached"));
        let target =
            OpaqueTarget { vpc: vpc.and_then(|attachment| attachment.vpc_id.owned()), state: item.state.owned() };
        builder.document.vpn_gateways.insert(item.vpn_gateway_id.to_string(), target);
    }
    let found = unique(builder, std::mem::take(&mut lists.carrier_gateways), ListKind::CarrierGateways);
    builder.mark_all("carrierGateways", &found, ListKind::CarrierGateways);
    for Found { item, .. } in found {
        let target = OpaqueTarget { vpc: item.vpc_id.owned(), state: item.state.owned() };
        builder.document.carrier_gateways.insert(item.carrier_gateway_id.to_string(), target);
    }
    let found = unique(builder, std::mem::take(&mut lists.local_gateways), ListKind::LocalGateways);
    builder.mark_all("localGateways", &found, ListKind::LocalGateways);
    for Found { item, .. } in found {
        let target = OpaqueTarget { vpc: None, state: item.state.owned() };
        builder.document.local_gateways.insert(item.local_gateway_id.to_string(), target);
    }
}
