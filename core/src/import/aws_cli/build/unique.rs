//! The same thing from several files counts once.

use super::Builder;
use crate::import::aws_cli::answers::*;
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::problem::ImportProblemKind;

/// Something with an id of its own.
pub(super) trait Item: PartialEq {
    fn id(&self) -> &str;
}

macro_rules! items {
    ($($item:ident.$id:ident),* $(,)?) => {
        $(impl Item for $item<'_> { fn id(&self) -> &str { &self.$id } })*
    };
}

items!(
    Vpc.vpc_id,
    Subnet.subnet_id,
    RouteTable.route_table_id,
    InternetGateway.internet_gateway_id,
    EgressOnlyInternetGateway.egress_only_internet_gateway_id,
    NatGateway.nat_gateway_id,
    VpcEndpoint.vpc_endpoint_id,
    SecurityGroup.group_id,
    SecurityGroupRule.security_group_rule_id,
    NetworkAcl.network_acl_id,
    NetworkInterface.network_interface_id,
    Instance.instance_id,
    DhcpOptions.dhcp_options_id,
    BlockPublicAccessExclusion.exclusion_id,
    Address.public_ip,
    VpcPeeringConnection.vpc_peering_connection_id,
    TransitGateway.transit_gateway_id,
    VpnGateway.vpn_gateway_id,
    CarrierGateway.carrier_gateway_id,
    LocalGateway.local_gateway_id,
);

/// The items sorted by id, each once: of two that differ the first counts, and the other is reported.
pub(super) fn unique<T: Item>(builder: &mut Builder<'_>, mut found: Vec<Found<T>>, kind: ListKind) -> Vec<Found<T>> {
    found.sort_by(|one, other| one.item.id().cmp(other.item.id()));
    let mut kept: Vec<Found<T>> = Vec::with_capacity(found.len());
    for next in found {
        let id = next.item.id();
        if id.is_empty() {
            let detail = "an item without its id".to_owned();
            builder.report_in(next.file, ImportProblemKind::WrongShape { list: kind.key(), detail });
            continue;
        }
        match kept.last().filter(|last| last.item.id() == id) {
            Some(last) if last.item == next.item => {}
            Some(last) => {
                let first = builder.name_of(last.file);
                builder.report_in(next.file, ImportProblemKind::Conflict { id: id.to_owned(), first });
            }
            None => kept.push(next),
        }
    }
    kept
}
