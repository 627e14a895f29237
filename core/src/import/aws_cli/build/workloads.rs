//! Functions, instances, and network interfaces that nothing else declares.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use super::endpoints::texts;
use super::index::{Index, region_of_arn};
use super::marks::Extent;
use crate::document;
use crate::import::aws_cli::answers::{
    CapacityProvider, Function, GroupIdentifier, Instance, NetworkInterface, VpcConfig,
};
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::aws_cli::scalar::Text;
use crate::import::places::pointer;
use crate::import::problem::ImportProblemKind;

/// Each function once: `list-functions` leaves out what `get-function-configuration` says, such as the state.
pub(super) fn merge_functions<'a>(
    builder: &mut Builder<'_>,
    found: Vec<Found<Function<'a>>>,
) -> Vec<Found<Function<'a>>> {
    let mut merged: BTreeMap<String, Found<Function<'a>>> = BTreeMap::new();
    for next in found {
        let key = key_of(&next.item);
        let Some(known) = merged.get_mut(&key) else {
            merged.insert(key, next);
            continue;
        };
        let mut differs = false;
        macro_rules! merge {
            (texts: $($text:ident)*; others: $($other:ident)*) => {
                $(if known.item.$text.is_empty() {
                    known.item.$text = next.item.$text;
                } else {
                    differs |= !next.item.$text.is_empty() && next.item.$text != known.item.$text;
                })*
                $(match (&known.item.$other, next.item.$other) {
                    (None, other) => known.item.$other = other,
                    (Some(one), Some(other)) => differs |= *one != other,
                    (Some(_), None) => {}
                })*
            };
        }
        merge! {
            texts: function_arn version role runtime state state_reason_code last_update_status
                last_update_status_reason_code;
            others: timeout vpc_config capacity_provider_config
        }
        if differs {
            let first = builder.name_of(known.file);
            builder.report_in(next.file, ImportProblemKind::Conflict { id: key, first });
        }
    }
    merged.into_values().collect()
}

/// The name, with the version of all but the latest one.
pub(super) fn key_of(function: &Function<'_>) -> String {
    match function.version.given() {
        Some(version) if version != "$LATEST" => format!("{}:{version}", &*function.function_name),
        _ => function.function_name.to_string(),
    }
}

pub(super) fn functions(
    builder: &mut Builder<'_>,
    functions: &[Found<Function<'_>>],
    providers: &[Found<CapacityProvider<'_>>],
    index: &Index<'_>,
) {
    for Found { item, file } in functions {
        let key = key_of(item);
        let place = pointer("functions", &key);
        builder.mark(*file, &item.function_name, Extent::Key, place, &key, ListKind::Functions.key());
        if let (Some(region), Some(of_the_rest)) = (region_of_arn(&item.function_arn), builder.document.region.clone())
            && region != of_the_rest
        {
            let region = region.to_owned();
            builder.report(ImportProblemKind::OtherRegion { function: key, region, of_the_rest });
            continue;
        }
        let Ok(settings) = network_settings(item, providers) else {
            let arn = capacity_provider(item).unwrap_or_default().to_owned();
            builder.report(ImportProblemKind::CapacityProviderUnknown { function: key, arn });
            continue;
        };
        let word = |text: &Text<'_>, default: &str| text.owned().filter(|_| !text.is(default));
        let mut function = document::Function {
            timeout: item.timeout,
            runtime: item.runtime.owned(),
            // AWS makes no function whose role may not make its network interfaces (R7.15), so what a dump has may.
            state: Some(item.state.given().unwrap_or("Active").to_owned()),
            state_reason_code: item.state_reason_code.owned(),
            last_update_status: word(&item.last_update_status, "Successful"),
            last_update_status_reason_code: item.last_update_status_reason_code.owned(),
            ..document::Function::default()
        };
        if let Some(settings) = settings {
            function.subnets = texts(&settings.subnet_ids);
            function.security_groups = texts(&settings.security_group_ids);
            function.ipv6_allowed_for_dual_stack = settings.ipv6_allowed_for_dual_stack.unwrap_or_default();
            function.elastic_ips = elastic_ips(&function, index);
        }
        builder.document.functions.insert(key, function);
    }
}

/// The function's own settings, else those of its capacity provider; an error where that is not given, since such a
/// function looks as if it were not attached to any VPC.
fn network_settings<'f>(
    function: &'f Function<'f>,
    providers: &'f [Found<CapacityProvider<'f>>],
) -> Result<Option<&'f VpcConfig<'f>>, ()> {
    let own = function.vpc_config.as_ref().filter(|settings| !settings.subnet_ids.is_empty());
    match (own, capacity_provider(function)) {
        (Some(settings), _) => Ok(Some(settings)),
        (None, None) => Ok(None),
        (None, Some(arn)) => {
            let provider = providers.iter().find(|found| &*found.item.capacity_provider_arn == arn).ok_or(())?;
            provider.item.vpc_config.as_ref().map(Some).ok_or(())
        }
    }
}

fn capacity_provider<'f>(function: &'f Function<'_>) -> Option<&'f str> {
    let config = function.capacity_provider_config.as_ref()?;
    config.lambda_managed_instances_capacity_provider_config.as_ref()?.capacity_provider_arn.given()
}

/// Addresses that somebody associated with the function's interfaces, which its subnet and groups tell (R7.3, R15.1).
fn elastic_ips(function: &document::Function, index: &Index<'_>) -> document::Section<String> {
    let groups: BTreeSet<&str> = function.security_groups.iter().map(String::as_str).collect();
    let public = index.public_of_functions.iter().filter(|(interface, _)| {
        function.subnets.iter().any(|subnet| *subnet == *interface.subnet_id) && group_set(&interface.groups) == groups
    });
    public.map(|(interface, address)| (interface.subnet_id.to_string(), address.clone())).collect()
}

fn group_set<'g>(groups: &'g [GroupIdentifier<'_>]) -> BTreeSet<&'g str> {
    groups.iter().map(|group| &*group.group_id).collect()
}

fn groups(groups: &[GroupIdentifier<'_>]) -> Vec<String> {
    groups.iter().filter_map(|group| group.group_id.owned()).collect()
}

pub(super) fn instances(builder: &mut Builder<'_>, instances: &[Found<Instance<'_>>], index: &Index<'_>) {
    for Found { item, file } in instances {
        let state = item.state.as_ref().and_then(|state| state.name.owned());
        let interfaces: Vec<&NetworkInterface<'_>> = index
            .interfaces_of
            .get(&*item.instance_id)
            .into_iter()
            .flatten()
            .filter_map(|interface| index.interfaces.get(interface).copied())
            .collect();
        let is_primary = |interface: &&&NetworkInterface<'_>| index.is_primary(&interface.network_interface_id);
        let primary = interfaces.iter().find(is_primary);
        if item.subnet_id.is_empty() && primary.is_none() {
            // A terminated instance has no interface any more; routes to it are blackholes.
            continue;
        }
        let of_primary = primary.map(|interface| groups(&interface.groups)).filter(|groups| !groups.is_empty());
        let elastic_ip = || index.elastic_ips.get(&*item.instance_id).map(|address| (*address).to_owned());
        let instance = document::Instance {
            subnet: item.subnet_id.owned().or_else(|| primary.and_then(|interface| interface.subnet_id.owned())),
            security_groups: of_primary.unwrap_or_else(|| groups(&item.security_groups)),
            private_ip: item.private_ip_address.owned(),
            public_ip: item
                .public_ip_address
                .owned()
                .or_else(|| primary.and_then(|interface| index.public_ip(interface)))
                .or_else(elastic_ip),
            ipv6_addresses: primary.map(|interface| ipv6_addresses(interface)).unwrap_or_default(),
            source_dest_check: item
                .source_dest_check
                .or_else(|| primary.and_then(|interface| interface.source_dest_check))
                .filter(|check| !check),
            network_interfaces: interfaces
                .iter()
                .filter(|interface| !is_primary(interface))
                .map(|interface| interface.network_interface_id.to_string())
                .collect(),
            state: state.filter(|state| state != "running"),
            ..document::Instance::default()
        };
        let place = pointer("instances", &item.instance_id);
        builder.mark(*file, &item.instance_id, Extent::Key, place, &item.instance_id, ListKind::Instances.key());
        builder.document.instances.insert(item.instance_id.to_string(), instance);
    }
    // Further interfaces that only describe-instances shows.
    for (id, (instance, is_primary)) in &index.instance_of {
        if !is_primary
            && index.instances.contains(instance)
            && let Some(interface) = index.interfaces.get(id)
        {
            builder.document.network_interfaces.insert((*id).to_owned(), declared(interface, index));
        }
    }
}

pub(super) fn network_interfaces(
    builder: &mut Builder<'_>,
    interfaces: &[Found<NetworkInterface<'_>>],
    index: &Index<'_>,
) {
    let functions: BTreeSet<(&str, BTreeSet<&str>)> = builder
        .document
        .functions
        .values()
        .flat_map(|function| {
            let groups: BTreeSet<&str> = function.security_groups.iter().map(String::as_str).collect();
            function.subnets.iter().map(move |subnet| (subnet.as_str(), groups.clone()))
        })
        .collect();
    let mut bare = Vec::new();
    for Found { item, file } in interfaces {
        let of_type = |word: &str| item.interface_type.is(word);
        let of_function = of_type("lambda") && functions.contains(&(&*item.subnet_id, group_set(&item.groups)));
        let of_primary = index
            .instance_of
            .get(&*item.network_interface_id)
            .is_some_and(|(instance, is_primary)| *is_primary && index.instances.contains(instance));
        // An interface without groups is not filtered, which the document cannot say of a bare one.
        let is_filtered = !item.groups.is_empty();
        let of_aws = index.owned.contains(&*item.network_interface_id)
            || ["nat_gateway", "vpc_endpoint", "gateway_load_balancer_endpoint"].into_iter().any(of_type);
        if is_filtered && !of_aws && !of_function && !of_primary {
            bare.push((*file, item));
        }
    }
    for (file, item) in bare {
        let id = &item.network_interface_id;
        let place = pointer("networkInterfaces", id);
        builder.mark(file, id, Extent::Key, place, id, ListKind::NetworkInterfaces.key());
        builder.document.network_interfaces.insert(id.to_string(), declared(item, index));
    }
}

/// An interface as the document declares it.
fn declared(interface: &NetworkInterface<'_>, index: &Index<'_>) -> document::NetworkInterface {
    let given = |text: &Text<'_>, default: &str| text.owned().filter(|_| !text.is(default));
    document::NetworkInterface {
        subnet: interface.subnet_id.owned(),
        security_groups: groups(&interface.groups),
        private_ip: interface.private_ip_address.owned().filter(|address| index.fits(&interface.subnet_id, address)),
        public_ip: index.public_ip(interface),
        ipv6_addresses: ipv6_addresses(interface),
        source_dest_check: interface.source_dest_check.filter(|check| !check),
        status: given(&interface.status, "in-use").map(|status| status.to_ascii_lowercase()),
        interface_type: given(&interface.interface_type, "interface"),
        ..document::NetworkInterface::default()
    }
}

fn ipv6_addresses(interface: &NetworkInterface<'_>) -> Vec<String> {
    interface.ipv6_addresses.iter().filter_map(|address| address.ipv6_address.owned()).collect()
}
