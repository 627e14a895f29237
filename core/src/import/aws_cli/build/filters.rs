//! Security groups and network ACLs.

use super::{Builder, change};
use crate::document;
use crate::import::aws_cli::answers::{IpPermission, NetworkAcl, NetworkAclEntry, SecurityGroup, SecurityGroupRule};
use crate::import::aws_cli::kind::Found;
use crate::import::draft::filters::{ports, protocol};

/// The highest number of a rule that a person can write; above it is AWS's own last rule (R8.15).
const LAST_RULE_NUMBER: u32 = 32766;

pub(super) fn security_groups(builder: &mut Builder<'_>, groups: &[Found<SecurityGroup<'_>>]) {
    for Found { item, .. } in groups {
        let group = document::SecurityGroup {
            vpc: item.vpc_id.owned(),
            // AWS reserves the name (R8.3).
            is_default: item.group_name.is("default"),
            ingress: item.ip_permissions.iter().flat_map(rules).collect(),
            egress: Some(item.ip_permissions_egress.iter().flat_map(rules).collect()),
        };
        builder.document.security_groups.insert(item.group_id.to_string(), group);
    }
}

/// One rule for each peer of a permission.
fn rules<'p>(permission: &'p IpPermission<'_>) -> impl Iterator<Item = document::SecurityGroupRule> + 'p {
    let protocol = protocol(&permission.ip_protocol);
    let port = ports(protocol.as_deref(), permission.from_port, permission.to_port);
    let blocks = permission.ip_ranges.iter().map(|range| &range.cidr_ip);
    let ipv6_blocks = permission.ipv6_ranges.iter().map(|range| &range.cidr_ipv6);
    let lists = permission.prefix_list_ids.iter().map(|list| &list.prefix_list_id);
    let groups = permission.user_id_group_pairs.iter().map(|group| &group.group_id);
    blocks.chain(ipv6_blocks).chain(lists).chain(groups).filter_map(move |peer| {
        let peer = peer.owned()?;
        Some(document::SecurityGroupRule { protocol: protocol.clone(), port: port.clone(), peer })
    })
}

/// Rules of groups that no answer describes as a whole.
pub(super) fn standalone_rules(builder: &mut Builder<'_>, rules: &[Found<SecurityGroupRule<'_>>]) {
    let described: Vec<String> = builder.document.security_groups.keys().cloned().collect();
    for Found { item, .. } in rules {
        let Some(group) = item.group_id.owned().filter(|group| described.binary_search(group).is_err()) else {
            continue;
        };
        let peer = [&item.cidr_ipv4, &item.cidr_ipv6, &item.prefix_list_id].into_iter().find_map(|peer| peer.owned());
        let of_group = || item.referenced_group_info.as_ref().and_then(|group| group.group_id.owned());
        let Some(peer) = peer.or_else(of_group) else { continue };
        let protocol = protocol(&item.ip_protocol);
        let port = ports(protocol.as_deref(), item.from_port, item.to_port);
        let rule = document::SecurityGroupRule { protocol, port, peer };
        change(&mut builder.document.security_groups, &group, |group| {
            let egress = group.egress.get_or_insert_default();
            if item.is_egress == Some(true) { egress.push(rule) } else { group.ingress.push(rule) }
        });
    }
}

pub(super) fn network_acls(builder: &mut Builder<'_>, acls: &[Found<NetworkAcl<'_>>]) {
    for Found { item, .. } in acls {
        let direction = |egress: bool| {
            let mut rules: Vec<_> = item
                .entries
                .iter()
                .filter(|entry| entry.egress.unwrap_or_default() == egress)
                .filter_map(network_acl_rule)
                .collect();
            rules.sort_by_key(|rule| rule.rule_number);
            rules
        };
        let acl = document::NetworkAcl {
            vpc: item.vpc_id.owned(),
            is_default: item.is_default.unwrap_or_default(),
            subnets: item.associations.iter().filter_map(|association| association.subnet_id.owned()).collect(),
            ingress: direction(false),
            egress: direction(true),
        };
        builder.document.network_acls.insert(item.network_acl_id.to_string(), acl);
    }
}

/// A rule; none for AWS's last one, which every network ACL has.
fn network_acl_rule(entry: &NetworkAclEntry<'_>) -> Option<document::NetworkAclRule> {
    let rule_number = entry.rule_number.filter(|number| *number <= LAST_RULE_NUMBER)?;
    let protocol = protocol(&entry.protocol);
    let icmp_type = entry.icmp_type_code.as_ref().and_then(|code| code.r#type);
    let (from, to) = match (protocol.as_deref(), &entry.port_range) {
        (Some("icmp" | "icmpv6"), _) => (icmp_type, None),
        (_, Some(range)) => (range.from, range.to),
        (_, None) => (None, None),
    };
    Some(document::NetworkAclRule {
        rule_number,
        action: entry.rule_action.to_ascii_lowercase(),
        port: ports(protocol.as_deref(), from, to),
        protocol,
        cidr: entry.cidr_block.owned().or_else(|| entry.ipv6_cidr_block.owned())?,
    })
}
