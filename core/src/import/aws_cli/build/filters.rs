//! Security groups and network ACLs.

use super::marks::Extent;
use super::{Builder, change};
use crate::document;
use crate::import::aws_cli::answers::{IpPermission, NetworkAcl, NetworkAclEntry, SecurityGroup, SecurityGroupRule};
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::draft::filters::{ports, protocol};
use crate::import::places::pointer_to;

/// The highest number of a rule that a person can write; above it is AWS's own last rule (R8.15).
const LAST_RULE_NUMBER: u32 = 32766;

pub(super) fn security_groups(builder: &mut Builder<'_>, groups: &[Found<SecurityGroup<'_>>]) {
    for Found { item, file } in groups {
        let mut direction = |list: &str, permissions: &[IpPermission<'_>]| {
            let mut written = Vec::new();
            for (peer, rule) in permissions.iter().flat_map(rules) {
                let place = pointer_to("securityGroups", &item.group_id, list, written.len());
                builder.mark(*file, peer, Extent::Object, place, &item.group_id, ListKind::SecurityGroups.key());
                written.push(rule);
            }
            written
        };
        let group = document::SecurityGroup {
            vpc: item.vpc_id.owned(),
            // AWS reserves the name (R8.3).
            is_default: item.group_name.is("default"),
            ingress: direction("ingress", &item.ip_permissions),
            egress: Some(direction("egress", &item.ip_permissions_egress)),
        };
        builder.document.security_groups.insert(item.group_id.to_string(), group);
    }
}

/// One rule for each peer of a permission, behind the peer as it stands in the file.
fn rules<'p>(permission: &'p IpPermission<'_>) -> impl Iterator<Item = (&'p str, document::SecurityGroupRule)> + 'p {
    let protocol = protocol(&permission.ip_protocol);
    let port = ports(protocol.as_deref(), permission.from_port, permission.to_port);
    let blocks = permission.ip_ranges.iter().map(|range| &range.cidr_ip);
    let ipv6_blocks = permission.ipv6_ranges.iter().map(|range| &range.cidr_ipv6);
    let lists = permission.prefix_list_ids.iter().map(|list| &list.prefix_list_id);
    let groups = permission.user_id_group_pairs.iter().map(|group| &group.group_id);
    blocks.chain(ipv6_blocks).chain(lists).chain(groups).filter_map(move |peer| {
        let text = peer.given()?;
        let (protocol, port, peer) = (protocol.clone(), port.clone(), text.to_owned());
        Some((text, document::SecurityGroupRule { protocol, port, peer }))
    })
}

/// Rules of groups that no answer describes as a whole.
pub(super) fn standalone_rules(builder: &mut Builder<'_>, rules: &[Found<SecurityGroupRule<'_>>]) {
    let described: Vec<String> = builder.document.security_groups.keys().cloned().collect();
    for Found { item, file } in rules {
        let Some(group) = item.group_id.owned().filter(|group| described.binary_search(group).is_err()) else {
            continue;
        };
        let peer = [&item.cidr_ipv4, &item.cidr_ipv6, &item.prefix_list_id].into_iter().find_map(|peer| peer.owned());
        let of_group = || item.referenced_group_info.as_ref().and_then(|group| group.group_id.owned());
        let Some(peer) = peer.or_else(of_group) else { continue };
        let protocol = protocol(&item.ip_protocol);
        let port = ports(protocol.as_deref(), item.from_port, item.to_port);
        let rule = document::SecurityGroupRule { protocol, port, peer };
        let mut place = String::new();
        change(&mut builder.document.security_groups, &group, |known| {
            let egress = known.egress.get_or_insert_default();
            let (word, list) =
                if item.is_egress == Some(true) { ("egress", egress) } else { ("ingress", &mut known.ingress) };
            place = pointer_to("securityGroups", &group, word, list.len());
            list.push(rule);
        });
        let id = &*item.security_group_rule_id;
        builder.mark(*file, id, Extent::Object, place, id, ListKind::SecurityGroupRules.key());
    }
}

pub(super) fn network_acls(builder: &mut Builder<'_>, acls: &[Found<NetworkAcl<'_>>]) {
    for Found { item, file } in acls {
        let mut direction = |egress: bool| {
            let entries = item.entries.iter().filter(|entry| entry.egress.unwrap_or_default() == egress);
            let mut rules: Vec<_> = entries.filter_map(|entry| Some((entry, network_acl_rule(entry)?))).collect();
            rules.sort_by_key(|(_, rule)| rule.rule_number);
            for (position, (entry, _)) in rules.iter().enumerate() {
                let list = if egress { "egress" } else { "ingress" };
                let place = pointer_to("networkAcls", &item.network_acl_id, list, position);
                let action = &entry.rule_action;
                builder.mark(*file, action, Extent::Object, place, &item.network_acl_id, ListKind::NetworkAcls.key());
            }
            rules.into_iter().map(|(_, rule)| rule).collect()
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
