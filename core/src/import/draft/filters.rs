//! Security groups, network ACLs, prefix lists.

use super::{Draft, NETWORK_ACL, PREFIX_LIST, SECURITY_GROUP, SUBNET, Want, add, change};
use crate::document::{self, PortText, SecurityGroupRule};
use crate::import::inventory::{Dialect, Kind, Resource, field};
use crate::import::places::{pointer, pointer_to};
use crate::import::problem::ImportProblemKind;
use crate::import::tree::{Node, Value};

/// Who a rule is about: fields that hold one peer or several.
const PEERS: &[(&str, Option<Want>)] = &[
    ("cidr_ip", None),
    ("cidr_ipv4", None),
    ("cidr_blocks", None),
    ("cidr_ipv6", None),
    ("ipv6_cidr_blocks", None),
    ("source_security_group_id", Some(SECURITY_GROUP)),
    ("destination_security_group_id", Some(SECURITY_GROUP)),
    ("referenced_security_group_id", Some(SECURITY_GROUP)),
    ("security_groups", Some(SECURITY_GROUP)),
    ("source_prefix_list_id", Some(PREFIX_LIST)),
    ("destination_prefix_list_id", Some(PREFIX_LIST)),
    ("prefix_list_id", Some(PREFIX_LIST)),
    ("prefix_list_ids", Some(PREFIX_LIST)),
];

impl Draft<'_> {
    pub(super) fn security_groups(&mut self) {
        for (position, resource) in self.of(Kind::SecurityGroup) {
            let name = self.name(position);
            if self.document.security_groups.contains_key(&name) {
                continue;
            }
            let vpc = self.vpc_of(position, resource);
            let is_default = resource.type_name == "aws_default_security_group";
            // Terraform takes the rule away that AWS gives a new group.
            let egress = self.is_terraform(resource).then(Vec::new);
            let group = document::SecurityGroup { vpc, is_default, ingress: Vec::new(), egress };
            self.document.security_groups.insert(name.clone(), group);
            self.remember_component("securityGroups", position);
            if resource.is_data {
                self.uncertain("securityGroups", &name);
            }
            for (property, is_egress) in [
                ("security_group_ingress", false),
                ("ingress", false),
                ("security_group_egress", true),
                ("egress", true),
            ] {
                let Some(node) = field(&resource.fields, property) else { continue };
                self.inline_rules(position, resource, &name, node, property, is_egress);
            }
        }
        for (kind, of_kind) in [
            (Kind::SecurityGroupIngress, Some(false)),
            (Kind::SecurityGroupEgress, Some(true)),
            (Kind::SecurityGroupRule, None),
        ] {
            for (position, resource) in self.of(kind) {
                let owner =
                    field(&resource.fields, "group_id").or_else(|| field(&resource.fields, "security_group_id"));
                let Some(owner) = owner else { continue };
                let is_egress =
                    of_kind.or_else(|| Some(field(&resource.fields, "type")?.scalar()? == "egress")).unwrap_or(true);
                if let Value::Unknown(unknown) = owner.value {
                    // It may belong to any group.
                    self.tell(position, owner, "group_id", unknown);
                    let names: Vec<String> = self.document.security_groups.keys().cloned().collect();
                    names.iter().for_each(|name| self.uncertain("securityGroups", name));
                    continue;
                }
                let Some(name) = self.target(position, owner, "group_id", SECURITY_GROUP) else { continue };
                if self.document.security_groups.get(&name).is_none() {
                    continue;
                }
                self.rule(position, &name, &resource.fields, is_egress);
                self.uncertain_existence(position, "securityGroups", &name);
            }
        }
    }

    fn inline_rules(
        &mut self,
        position: usize,
        resource: &Resource,
        group: &str,
        node: &Node,
        property: &str,
        is_egress: bool,
    ) {
        match &node.value {
            Value::List(items) if items.is_empty() && is_egress && resource.dialect == Dialect::CloudFormation => {
                let kind = ImportProblemKind::EmptyEgress { resource: resource.name.clone() };
                self.report(resource, node.at, kind);
            }
            Value::List(items) => items.iter().for_each(|item| match &item.value {
                Value::Map(_) => self.rule(position, group, item, is_egress),
                Value::List(inner) => inner.iter().for_each(|item| self.rule(position, group, item, is_egress)),
                Value::Unknown(unknown) => self.open_rule(position, group, item, property, *unknown, is_egress),
                _ => {}
            }),
            Value::Map(_) => self.rule(position, group, node, is_egress),
            Value::Unknown(unknown) => self.open_rule(position, group, node, property, *unknown, is_egress),
            _ => {}
        }
    }

    /// A rule of which nothing is known may admit anything.
    fn open_rule(
        &mut self,
        position: usize,
        group: &str,
        node: &Node,
        property: &str,
        unknown: usize,
        is_egress: bool,
    ) {
        self.tell(position, node, property, unknown);
        self.unknown.insert("prefixLists".to_owned());
        let peer = self.placeholder(unknown);
        self.push_rule(position, group, node, SecurityGroupRule { protocol: None, port: None, peer }, is_egress);
    }

    /// A rule, or one for each of its peers.
    fn rule(&mut self, position: usize, group: &str, node: &Node, is_egress: bool) {
        let protocol_node = field(node, "ip_protocol").or_else(|| field(node, "protocol"));
        for (part, property) in [
            (protocol_node, "ip_protocol"),
            (field(node, "from_port"), "from_port"),
            (field(node, "to_port"), "to_port"),
        ] {
            if let Some(Value::Unknown(unknown)) = part.map(|node| &node.value) {
                self.open_rule(position, group, node, property, *unknown, is_egress);
                return;
            }
        }
        let protocol = protocol(protocol_node.and_then(Node::scalar).unwrap_or_default());
        let number = |name: &str| field(node, name).and_then(Node::scalar).and_then(|text| text.parse::<i64>().ok());
        let port = ports(protocol.as_deref(), number("from_port"), number("to_port"));
        let mut peers: Vec<String> = Vec::new();
        for (property, want) in PEERS {
            let Some(found) = field(node, property) else { continue };
            match want {
                Some(want) => peers.extend(self.targets(position, Some(found), property, *want)),
                None => {
                    let one = std::slice::from_ref(found);
                    let items = if let Value::List(items) = &found.value { items.as_slice() } else { one };
                    for item in items {
                        match &item.value {
                            Value::Unknown(unknown) => {
                                self.tell(position, item, property, *unknown);
                                self.unknown.insert("prefixLists".to_owned());
                                peers.push(self.placeholder(*unknown));
                            }
                            // An attribute of something that is not modelled.
                            Value::Reference { resource, attribute } => {
                                self.unknown.insert("prefixLists".to_owned());
                                peers.push([&self.name(*resource), ".", attribute, "?"].concat());
                            }
                            _ => peers.extend(item.scalar().map(str::to_owned)),
                        }
                    }
                }
            }
        }
        if field(node, "self").and_then(Node::scalar) == Some("true") {
            peers.push(group.to_owned());
        }
        // The CDK writes this rule into a group that shall have none.
        let is_placeholder = peers == ["255.255.255.255/32"] && protocol.as_deref() == Some("icmp");
        if is_placeholder && is_egress {
            change(&mut self.document.security_groups, group, |group| {
                group.egress.get_or_insert_default();
            });
            return;
        }
        for peer in peers {
            let rule = SecurityGroupRule { protocol: protocol.clone(), port: port.clone(), peer };
            self.push_rule(position, group, node, rule, is_egress);
        }
    }

    fn push_rule(&mut self, position: usize, group: &str, node: &Node, rule: SecurityGroupRule, is_egress: bool) {
        let Some(known) = self.document.security_groups.get_mut(group) else { return };
        let (list, word) = match is_egress {
            true => (known.egress.get_or_insert_default(), "egress"),
            false => (&mut known.ingress, "ingress"),
        };
        let place = [&pointer("securityGroups", group), "/", word].concat();
        if let Some(index) = self.listed.add(&place, list, rule) {
            let at = self.place_in(position, node);
            self.remember(pointer_to("securityGroups", group, word, index), position, at);
        }
    }

    /// The default group of a VPC, which an attribute of it names.
    pub(super) fn default_security_group(&mut self, vpc: usize) -> String {
        if let Some(adopted) = self.adopted(Kind::SecurityGroup, "aws_default_security_group", vpc) {
            return adopted;
        }
        let vpc_name = self.name(vpc);
        let name = [&vpc_name, ".DefaultSecurityGroup"].concat();
        if !self.document.security_groups.contains_key(&name) {
            let member = SecurityGroupRule { protocol: None, port: None, peer: name.clone() };
            let group =
                document::SecurityGroup { vpc: Some(vpc_name), is_default: true, ingress: vec![member], egress: None };
            self.document.security_groups.insert(name.clone(), group);
        }
        name
    }

    /// The resource that adopts a default of a VPC.
    pub(super) fn adopted(&self, kind: Kind, type_name: &str, vpc: usize) -> Option<String> {
        let vpc_id = self.resources.get(vpc).and_then(|vpc| field(&vpc.fields, "id")?.scalar());
        let is_of_vpc = |node: Option<&Node>| match node.map(|node| &node.value) {
            Some(Value::Reference { resource, .. }) => *resource == vpc,
            Some(Value::Text(text)) => {
                vpc_id == Some(text) || self.ids.get(text).is_some_and(|(resource, _)| *resource == vpc)
            }
            _ => false,
        };
        let own = ["vpc_id", "default_route_table_id", "default_network_acl_id"];
        self.of(kind)
            .find(|(_, other)| {
                other.type_name == type_name && own.iter().any(|name| is_of_vpc(field(&other.fields, name)))
            })
            .map(|(position, _)| self.name(position))
    }

    pub(super) fn network_acls(&mut self) {
        for (position, resource) in self.of(Kind::NetworkAcl) {
            let name = self.name(position);
            if self.document.network_acls.contains_key(&name) {
                continue;
            }
            let vpc =
                self.vpc_of_default(resource, "default_network_acl_id").or_else(|| self.vpc_of(position, resource));
            let is_default = resource.type_name == "aws_default_network_acl";
            let subnets = self.targets(position, field(&resource.fields, "subnet_ids"), "subnet_ids", SUBNET);
            let acl = document::NetworkAcl { vpc, is_default, subnets, ..document::NetworkAcl::default() };
            self.document.network_acls.insert(name.clone(), acl);
            self.remember_component("networkAcls", position);
            for (property, is_egress) in [("ingress", false), ("egress", true)] {
                match field(&resource.fields, property).map(|node| (&node.value, node)) {
                    Some((Value::List(items), _)) => {
                        items.iter().for_each(|item| self.acl_rule(position, &name, item, Some(is_egress)));
                    }
                    Some((Value::Unknown(unknown), node)) => {
                        self.tell(position, node, property, *unknown);
                        self.uncertain("networkAcls", &name);
                    }
                    _ => {}
                }
            }
        }
        for (position, resource) in self.of(Kind::NetworkAclEntry) {
            let Some(node) = field(&resource.fields, "network_acl_id") else { continue };
            if let Value::Unknown(unknown) = node.value {
                self.tell(position, node, "network_acl_id", unknown);
                let names: Vec<String> = self.document.network_acls.keys().cloned().collect();
                names.iter().for_each(|name| self.uncertain("networkAcls", name));
                continue;
            }
            let Some(name) = self.target(position, node, "network_acl_id", NETWORK_ACL) else { continue };
            self.acl_rule(position, &name, &resource.fields, None);
            self.uncertain_existence(position, "networkAcls", &name);
        }
        for (position, resource) in self.of(Kind::NetworkAclAssociation) {
            let Some(node) = field(&resource.fields, "network_acl_id") else { continue };
            let subnets = self.targets(position, field(&resource.fields, "subnet_id"), "subnet_id", SUBNET);
            let Some(name) = self.target(position, node, "network_acl_id", NETWORK_ACL) else { continue };
            for subnet in subnets {
                if let Some(acl) = self.document.network_acls.get_mut(&name) {
                    add(&mut acl.subnets, subnet.clone());
                }
                if resource.uncertain.is_some() || !self.document.network_acls.contains_key(&name) {
                    self.uncertain("subnets", &subnet);
                }
            }
            self.uncertain_existence(position, "networkAcls", &name);
        }
    }

    fn acl_rule(&mut self, position: usize, name: &str, node: &Node, is_egress: Option<bool>) {
        let component = ("networkAcls", name);
        let number = |draft: &mut Self, node: &Node, property: &str| draft.number(position, node, property, component);
        let rule_number = number(self, node, "rule_number").or_else(|| number(self, node, "rule_no"));
        let action = self.text(position, node, "rule_action", component);
        let action = action.or_else(|| self.text(position, node, "action", component));
        let is_egress = is_egress.unwrap_or_else(|| self.truth(position, node, "egress", component) == Some(true));
        let protocol = self.text(position, node, "protocol", component).unwrap_or_default();
        let cidr = self.text(position, node, "cidr_block", component);
        let cidr = cidr.or_else(|| self.text(position, node, "ipv6_cidr_block", component));
        let (Some(rule_number), Some(action), Some(cidr)) = (rule_number, action, cidr) else { return };
        let Some(rule_number) = u32::try_from(rule_number).ok().filter(|number| *number < 32767) else { return };
        let protocol = super::filters::protocol(&protocol);
        let is_icmp = matches!(protocol.as_deref(), Some("icmp" | "icmpv6"));
        let range = field(node, "port_range");
        let (from, to) = if is_icmp {
            let icmp = field(node, "icmp").unwrap_or(node);
            let of_type = number(self, icmp, "type").or_else(|| number(self, node, "icmp_type"));
            (of_type, None)
        } else {
            match range {
                Some(range) => (number(self, range, "from"), number(self, range, "to")),
                None => (number(self, node, "from_port"), number(self, node, "to_port")),
            }
        };
        let port = ports(protocol.as_deref(), from, to);
        let rule = document::NetworkAclRule { rule_number, action: action.to_ascii_lowercase(), protocol, port, cidr };
        let Some(acl) = self.document.network_acls.get_mut(name) else { return };
        let (list, word) = if is_egress { (&mut acl.egress, "egress") } else { (&mut acl.ingress, "ingress") };
        let place = [&pointer("networkAcls", name), "/", word].concat();
        if let Some(index) = self.listed.add(&place, list, rule) {
            let at = self.place_in(position, node);
            self.remember(pointer_to("networkAcls", name, word, index), position, at);
        }
    }

    /// The default network ACL of a VPC, which allows everything.
    pub(super) fn default_network_acl(&mut self, vpc: usize) -> String {
        if let Some(adopted) = self.adopted(Kind::NetworkAcl, "aws_default_network_acl", vpc) {
            return adopted;
        }
        let vpc_name = self.name(vpc);
        let name = [&vpc_name, ".DefaultNetworkAcl"].concat();
        if !self.document.network_acls.contains_key(&name) {
            let allow = |rule_number: u32, cidr: &str| document::NetworkAclRule {
                rule_number,
                action: "allow".to_owned(),
                protocol: None,
                port: None,
                cidr: cidr.to_owned(),
            };
            let rules = vec![allow(100, "0.0.0.0/0"), allow(101, "::/0")];
            let acl = document::NetworkAcl {
                vpc: Some(vpc_name),
                is_default: true,
                subnets: Vec::new(),
                ingress: rules.clone(),
                egress: rules,
            };
            self.document.network_acls.insert(name.clone(), acl);
        }
        name
    }

    /// The VPC whose default a resource adopts.
    pub(super) fn vpc_of_default(&self, resource: &Resource, property: &str) -> Option<String> {
        let vpc = match &field(&resource.fields, property)?.value {
            Value::Reference { resource, .. } => *resource,
            Value::Text(text) => self
                .of(Kind::Vpc)
                .find(|(_, vpc)| {
                    ["default_network_acl_id", "default_route_table_id", "main_route_table_id"]
                        .iter()
                        .any(|name| field(&vpc.fields, name).and_then(Node::scalar) == Some(text))
                })
                .map(|(position, _)| position)?,
            _ => return None,
        };
        Some(self.name(vpc))
    }

    pub(super) fn prefix_lists(&mut self) {
        for (position, resource) in self.of(Kind::PrefixList) {
            let name = self.name(position);
            if self.document.prefix_lists.contains_key(&name) {
                continue;
            }
            let mut list = document::PrefixList::default();
            let own = field(&resource.fields, "prefix_list_name").or_else(|| field(&resource.fields, "name"));
            list.aws_service = own
                .and_then(Node::scalar)
                .filter(|name| name.starts_with("com.amazonaws.") || name.starts_with("cn.com.amazonaws."))
                .map(str::to_owned);
            for property in ["entries", "entry", "cidr_blocks"] {
                let Some(node) = field(&resource.fields, property) else { continue };
                for item in node.items() {
                    let cidr = field(item, "cidr").unwrap_or(item).scalar().map(str::to_owned);
                    list.entries.extend(cidr);
                }
                if let Value::Unknown(unknown) = node.value {
                    self.tell(position, node, property, unknown);
                    self.uncertain("prefixLists", &name);
                }
            }
            list.entries.retain(|entry| entry.contains('/'));
            self.document.prefix_lists.insert(name.clone(), list);
            self.remember_component("prefixLists", position);
        }
        for (position, resource) in self.of(Kind::PrefixListEntry) {
            let Some(node) = field(&resource.fields, "prefix_list_id") else { continue };
            let Some(name) = self.target(position, node, "prefix_list_id", PREFIX_LIST) else { continue };
            let cidr = self.text(position, &resource.fields, "cidr", ("prefixLists", &name));
            if let (Some(list), Some(cidr)) = (self.document.prefix_lists.get_mut(&name), cidr) {
                self.listed.add(&[&pointer("prefixLists", &name), "/entries"].concat(), &mut list.entries, cidr);
            }
        }
    }
}

/// A protocol by its name where it has one, else by its number; none for all.
pub(in crate::import) fn protocol(text: &str) -> Option<String> {
    let name = match text {
        "" | "-1" | "all" => return None,
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        "58" => "icmpv6",
        other => return Some(other.to_ascii_lowercase()),
    };
    Some(name.to_owned())
}

/// Ports, or the type for ICMP; none for all.
pub(in crate::import) fn ports(protocol: Option<&str>, from: Option<i64>, to: Option<i64>) -> Option<PortText> {
    match (protocol?, from?, to) {
        ("icmp" | "icmpv6", from, _) => (from >= 0).then(|| PortText(from.to_string())),
        ("tcp" | "udp", 0, Some(65535)) | ("tcp" | "udp", -1, _) => None,
        ("tcp" | "udp", from, Some(to)) if from != to => Some(PortText(format!("{from}-{to}"))),
        ("tcp" | "udp", from, _) => Some(PortText(from.to_string())),
        _ => None,
    }
}
