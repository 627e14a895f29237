//! Route tables.

use super::index::Index;
use super::marks::Extent;
use super::{Builder, change};
use crate::data;
use crate::document;
use crate::import::aws_cli::answers::{Route, RouteTable};
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::aws_cli::scalar::Text;
use crate::import::places::pointer_to;
use crate::import::problem::ImportProblemKind;

pub(super) fn route_tables(builder: &mut Builder<'_>, tables: &[Found<RouteTable<'_>>], index: &Index<'_>) {
    for Found { item, file } in tables {
        let associations =
            || item.associations.iter().filter(|association| association.association_state.is_associated());
        let mut table = document::RouteTable {
            vpc: item.vpc_id.owned(),
            main: associations().any(|association| association.main == Some(true)),
            subnets: associations().filter_map(|association| association.subnet_id.owned()).collect(),
            gateways: associations().filter_map(|association| association.gateway_id.owned()).collect(),
            routes: Vec::new(),
        };
        for route in item.routes.iter() {
            let is_added_by_aws =
                route.gateway_id.is("local") && (route.origin.is_empty() || route.origin.is("CreateRouteTable"));
            if !is_added_by_aws && !is_of_gateway_endpoint(builder, &item.route_table_id, route) {
                let id = &*item.route_table_id;
                let place = pointer_to("routeTables", id, "routes", table.routes.len());
                let destination = destination(route).map_or("", |text| &**text);
                builder.mark(*file, destination, Extent::Object, place, id, ListKind::RouteTables.key());
                table.routes.push(written(builder, route, index));
            }
        }
        builder.document.route_tables.insert(item.route_table_id.to_string(), table);
    }
}

/// A route as the document writes it.
fn written(builder: &mut Builder<'_>, route: &Route<'_>, index: &Index<'_>) -> document::Route {
    let is_propagated = route.origin.is("EnableVgwRoutePropagation") || route.origin.is("Advertisement");
    document::Route {
        destination: destination(route).and_then(|text| text.owned()).unwrap_or_default(),
        target: target(builder, route, index),
        state: route.state.owned().map(|state| state.to_ascii_lowercase()).filter(|state| state != "active"),
        origin: is_propagated.then(|| "propagated".to_owned()),
    }
}

/// What a route is for, in whichever of its fields that stands.
fn destination<'r, 'a>(route: &'r Route<'a>) -> Option<&'r Text<'a>> {
    let fields = [&route.destination_cidr_block, &route.destination_ipv6_cidr_block, &route.destination_prefix_list_id];
    fields.into_iter().find(|text| text.given().is_some())
}

/// The key of what the route leads to (R2.17).
fn target(builder: &mut Builder<'_>, route: &Route<'_>, index: &Index<'_>) -> String {
    if let Some(interface) = route.network_interface_id.given() {
        return match index.instance_of.get(interface) {
            Some((instance, true)) if index.instances.contains(instance) => (*instance).to_owned(),
            Some(_) => interface.to_owned(),
            None => match route.instance_id.given() {
                Some(instance) if index.instances.contains(instance) && !index.interfaces.contains_key(interface) => {
                    instance.to_owned()
                }
                _ => interface.to_owned(),
            },
        };
    }
    if let Some(instance) = route.instance_id.given() {
        let interface = || {
            let interfaces = index.interfaces_of.get(instance).into_iter().flatten();
            interfaces.copied().find(|interface| index.is_primary(interface))
        };
        return match index.instances.contains(instance) {
            true => instance.to_owned(),
            false => interface().unwrap_or(instance).to_owned(),
        };
    }
    let document = &mut builder.document;
    let opaque = [
        (&route.vpc_peering_connection_id, &mut document.vpc_peering_connections),
        (&route.transit_gateway_id, &mut document.transit_gateways),
        (&route.carrier_gateway_id, &mut document.carrier_gateways),
        (&route.local_gateway_id, &mut document.local_gateways),
        (&route.core_network_arn, &mut document.core_networks),
    ];
    for (id, section) in opaque {
        if let Some(id) = id.owned() {
            change(section, &id, |_| ());
            return id;
        }
    }
    if route.gateway_id.starts_with("vgw-") {
        change(&mut document.vpn_gateways, &route.gateway_id, |_| ());
    }
    [&route.gateway_id, &route.nat_gateway_id, &route.egress_only_internet_gateway_id, &route.odb_network_arn]
        .into_iter()
        .find_map(|id| id.owned())
        .unwrap_or_default()
}

/// Whether AWS added the route for a gateway endpoint (R2.18); then the endpoint is associated with the table.
fn is_of_gateway_endpoint(builder: &mut Builder<'_>, table: &str, route: &Route<'_>) -> bool {
    let (Some(list), true) = (route.destination_prefix_list_id.given(), route.gateway_id.starts_with("vpce-")) else {
        return false;
    };
    let id = route.gateway_id.to_string();
    let region = builder.document.region.clone().unwrap_or_default();
    let is_s3_list = data::s3_prefix_list_id(&region) == Some(list);
    let service = builder.document.prefix_lists.get(list).and_then(|list| list.aws_service.clone());
    let service = service.or_else(|| is_s3_list.then(|| format!("com.amazonaws.{region}.s3")));
    if !builder.document.vpc_endpoints.contains_key(&id) {
        // The route says that the endpoint is there, even where no answer describes it.
        let Some(service) = service else { return false };
        let endpoint = document::VpcEndpoint { service, ..document::VpcEndpoint::default() };
        builder.document.vpc_endpoints.insert(id.clone(), endpoint);
    }
    let Some(endpoint) = builder.document.vpc_endpoints.get_mut(&id).filter(|endpoint| endpoint.r#type.is_none())
    else {
        return false;
    };
    if !endpoint.route_tables.iter().any(|associated| associated == table) {
        endpoint.route_tables.push(table.to_owned());
    }
    let service = endpoint.service.clone();
    if route.state.is("blackhole") && endpoint.state.is_none() {
        endpoint.state = Some("deleting".to_owned());
        let route_table = table.to_owned();
        builder.report(ImportProblemKind::EndpointRouteBlackhole { endpoint: id, route_table });
    }
    if !builder.document.prefix_lists.contains_key(list) {
        // The list has a name through its endpoint, even where no answer describes it.
        let unnamed = document::PrefixList { aws_service: Some(service), entries: Vec::new() };
        builder.document.prefix_lists.insert(list.to_owned(), unnamed);
    }
    true
}
