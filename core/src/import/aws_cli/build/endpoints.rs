//! VPC endpoints.

use super::Builder;
use super::index::Index;
use super::marks::Extent;
use crate::document;
use crate::import::aws_cli::answers::VpcEndpoint;
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::aws_cli::scalar::Text;
use crate::import::draft::is_full_access;
use crate::import::places::pointer;
use crate::import::problem::ImportProblemKind;
use crate::json::Json;

pub(super) fn vpc_endpoints(builder: &mut Builder<'_>, endpoints: &[Found<VpcEndpoint<'_>>], index: &Index<'_>) {
    for Found { item, file } in endpoints {
        let id = item.vpc_endpoint_id.to_string();
        let of_type = &item.vpc_endpoint_type;
        // An endpoint that is made from a template may leave the type out in an emulator: gateway, as in the template.
        let known = ["Gateway", "Interface", "GatewayLoadBalancer"];
        let Some(kind) = known.into_iter().find(|word| of_type.is(word) || of_type.is_empty()) else {
            let of_type = of_type.to_string();
            builder.report(ImportProblemKind::EndpointTypeNotModelled { endpoint: id, of_type });
            continue;
        };
        let is_interface = kind == "Interface";
        let mut private_ips = document::Section::default();
        for interface in item.network_interface_ids.iter().filter_map(|interface| index.interfaces.get(&**interface)) {
            let (Some(subnet), Some(address)) = (interface.subnet_id.owned(), interface.private_ip_address.owned())
            else {
                continue;
            };
            if index.fits(&subnet, &address) {
                private_ips.insert(subnet, address);
            } else {
                builder.report(ImportProblemKind::AddressOutsideSubnet { id: id.clone(), address, subnet });
            }
        }
        let only_inbound =
            item.dns_options.as_ref().and_then(|options| options.private_dns_only_for_inbound_resolver_endpoint);
        let text: Text<'_> = serde_json::from_str(item.policy_document.0).unwrap_or_default();
        let policy = policy(builder, &id, &text);
        if policy.is_some() {
            let place = [&pointer("vpcEndpoints", &id), "/policy"].concat();
            builder.mark(*file, item.policy_document.0, Extent::Value, place, &id, ListKind::VpcEndpoints.key());
        }
        let endpoint = document::VpcEndpoint {
            vpc: item.vpc_id.owned(),
            r#type: (kind != "Gateway").then(|| kind.to_owned()),
            service: item.service_name.to_string(),
            route_tables: texts(&item.route_table_ids),
            subnets: texts(&item.subnet_ids),
            security_groups: item.groups.iter().filter_map(|group| group.group_id.owned()).collect(),
            // Old answers say true for gateway endpoints, where it means nothing.
            private_dns_enabled: item.private_dns_enabled.filter(|_| is_interface),
            private_dns_only_for_inbound_resolver_endpoint: only_inbound.filter(|_| is_interface),
            state: state(&item.state),
            ip_address_type: item.ip_address_type.owned().filter(|word| word != "ipv4"),
            private_ips,
            policy,
        };
        let place = pointer("vpcEndpoints", &id);
        builder.mark(*file, &item.vpc_endpoint_id, Extent::Key, place, &id, ListKind::VpcEndpoints.key());
        builder.document.vpc_endpoints.insert(id, endpoint);
    }
}

pub(super) fn texts(list: &[Text<'_>]) -> Vec<String> {
    list.iter().filter_map(Text::owned).collect()
}

/// The state with a small first letter, as AWS's data has it, whatever case its model has; none for `available`.
fn state(state: &Text<'_>) -> Option<String> {
    let mut letters = state.chars();
    let first = letters.next()?.to_ascii_lowercase();
    let word: String = std::iter::once(first).chain(letters).collect();
    (word != "available").then_some(word)
}

/// A policy that says more than full access, which is what having none means (R5.24).
fn policy(builder: &mut Builder<'_>, id: &str, text: &Text<'_>) -> Option<Json> {
    let policy = read_policy(builder, id, text)?;
    (!is_full_access(&policy)).then_some(policy)
}

/// A policy document from its text; the text itself where it is not JSON, so that it still counts as a policy.
pub(super) fn read_policy(builder: &mut Builder<'_>, id: &str, text: &Text<'_>) -> Option<Json> {
    let text = text.given()?;
    Some(Json::read(text).unwrap_or_else(|| {
        builder.report(ImportProblemKind::UnreadablePolicy { id: id.to_owned() });
        Json::Text(text.to_owned())
    }))
}
