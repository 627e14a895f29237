//! Security groups and network ACLs.

use super::{Lowering, is_block};
use crate::document::{NetworkAclRule, PortText, SecurityGroup, SecurityGroupRule};
use crate::export::resource::{Kind, Origin, Term, fields, id_of};

impl Lowering<'_> {
    pub(super) fn security_groups(&mut self) {
        for (name, group) in &self.document.security_groups {
            let key = ["securityGroup/", name].concat();
            let is_default = group.is_default || name == "default";
            let vpc = self.vpc(group.vpc.as_deref());
            let kind = if is_default { Kind::DefaultSecurityGroup } else { Kind::SecurityGroup };
            let description = (!is_default).then(|| Term::Text(description(name)));
            self.add(kind, &key, fields([("GroupDescription", description), ("VpcId", vpc)]));
            if is_default {
                self.made_by(Origin::OfAws);
            }
            self.rules_of(name, &key, group, false, &group.ingress);
            match &group.egress {
                Some(rules) => self.rules_of(name, &key, group, true, rules),
                None => self.open_egress(&key, group),
            }
        }
    }

    /// The egress rules of a new group (R8.2, R15.5).
    fn open_egress(&mut self, key: &str, group: &SecurityGroup) {
        let vpc = group.vpc.as_deref().or(self.only_vpc.as_deref());
        let vpc = vpc.and_then(|vpc| self.document.vpcs.get(super::bare("vpc", vpc)));
        let has_ipv6 = vpc.is_some_and(|vpc| !vpc.ipv6_cidr.0.is_empty());
        for (field, block) in [("CidrIp", "0.0.0.0/0"), ("CidrIpv6", "::/0")] {
            if field == "CidrIpv6" && !has_ipv6 {
                continue;
            }
            let settings = vec![("GroupId", id_of(key)), ("IpProtocol", "-1".into()), (field, block.into())];
            let part = if field == "CidrIp" { "Egress" } else { "EgressIpv6" };
            self.push(Kind::SecurityGroupEgress, key, &["egress -1  ", block].concat(), part, settings);
            self.made_by(Origin::OfAws);
        }
    }

    fn rules_of(&mut self, name: &str, key: &str, group: &SecurityGroup, is_egress: bool, rules: &[SecurityGroupRule]) {
        let (kind, part, word) = match is_egress {
            true => (Kind::SecurityGroupEgress, "Egress", "egress"),
            false => (Kind::SecurityGroupIngress, "Ingress", "ingress"),
        };
        for (position, rule) in rules.iter().enumerate() {
            let place = ["/", word, "/", &position.to_string()].concat();
            let Some(mut settings) = self.rule(rule, group.vpc.as_deref()) else {
                self.leave_out("securityGroups", name, &place);
                continue;
            };
            let shown = |field: &str| {
                let value = settings.iter().find(|(name, _)| *name == field).map(|(_, term)| term);
                match value {
                    Some(Term::Text(text)) => text.clone(),
                    Some(Term::Number(number)) => number.to_string(),
                    _ => String::new(),
                }
            };
            let ports = match (shown("FromPort"), shown("ToPort")) {
                (from, _) if from.is_empty() => from,
                (from, to) => [from.as_str(), "-", &to].concat(),
            };
            let word = [word, " ", &shown("IpProtocol"), " ", &ports, " ", &rule.peer].concat();
            settings.insert(0, ("GroupId", id_of(key)));
            let part = [part, &(position + 1).to_string()].concat();
            self.push(kind, key, &word, &part, settings);
            self.from(&place);
        }
    }

    /// The settings of a rule; of a peer that is a group they have `PeerGroupId`, of a prefix list `PrefixListId`.
    fn rule(&self, rule: &SecurityGroupRule, vpc: Option<&str>) -> Option<Vec<(&'static str, Term)>> {
        let (protocol, ports) = protocol_and_ports(rule.protocol.as_deref(), rule.port.as_ref())?;
        let mut settings = vec![("IpProtocol", Term::Text(protocol))];
        if let Some((from, to)) = ports {
            settings.push(("FromPort", from.into()));
            settings.push(("ToPort", to.into()));
        }
        let peer = rule.peer.as_str();
        settings.push(if is_block(peer) {
            (if peer.contains(':') { "CidrIpv6" } else { "CidrIp" }, peer.into())
        } else if let Some(group) = self.group(peer, vpc) {
            ("PeerGroupId", group)
        } else {
            ("PrefixListId", self.prefix_list(peer)?)
        });
        Some(settings)
    }

    pub(super) fn network_acls(&mut self) {
        let named: Vec<&String> = self.document.network_acls.values().flat_map(|acl| &acl.subnets).collect();
        for (name, acl) in &self.document.network_acls {
            let key = ["networkAcl/", name].concat();
            let implied = if acl.is_default { self.others(acl.vpc.as_deref(), &named) } else { Vec::new() };
            let by_subnet = acl.subnets.iter().chain(&implied).next().and_then(|subnet| self.vpc_of_subnet(subnet));
            let vpc = self.vpc(acl.vpc.as_deref().or(by_subnet.as_deref()));
            self.add(Kind::NetworkAcl, &key, fields([("VpcId", vpc)]));
            let explicit = acl.subnets.iter().map(|subnet| (subnet, Origin::Written));
            for (subnet, origin) in explicit.chain(implied.iter().map(|subnet| (subnet, Origin::Implied))) {
                let Some(subnet) = self.subnet_key(subnet) else {
                    self.leave_out("networkAcls", name, "/subnets");
                    continue;
                };
                let settings = vec![("SubnetId", id_of(&subnet)), ("NetworkAclId", id_of(&key))];
                self.push(Kind::NetworkAclAssociation, &subnet, "networkAcl", "Acl", settings);
                self.made_by(origin);
            }
            for (rules, is_egress) in [(&acl.ingress, false), (&acl.egress, true)] {
                for (position, rule) in rules.iter().enumerate() {
                    let number = rule.rule_number.to_string();
                    let (word, part) = if is_egress { ("egress", "Out") } else { ("ingress", "In") };
                    let place = ["/", word, "/", &position.to_string()].concat();
                    let Some(settings) = entry(&key, rule, is_egress) else {
                        self.leave_out("networkAcls", name, &place);
                        continue;
                    };
                    let word = [word, " ", &number].concat();
                    self.push(Kind::NetworkAclEntry, &key, &word, &[part, &number].concat(), settings);
                    self.from(&place);
                }
            }
        }
    }
}

/// What AWS takes as a group's description: some characters, and 255 of them at most.
fn description(name: &str) -> String {
    let is_taken = |letter: char| letter.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(letter);
    let taken: String = name.chars().map(|letter| if is_taken(letter) { letter } else { '_' }).take(255).collect();
    if taken.is_empty() { "-".to_owned() } else { taken }
}

/// A protocol as AWS writes it, and ports, for ICMP type and code; none for what cannot be read.
fn protocol_and_ports(protocol: Option<&str>, port: Option<&PortText>) -> Option<(String, Option<(i64, i64)>)> {
    let protocol = protocol.unwrap_or(if port.is_some() { "tcp" } else { "all" }).to_ascii_lowercase();
    let number = |text: &str| text.trim().parse::<i64>().ok();
    let range = match port {
        Some(port) => match port.0.split_once('-') {
            Some((from, to)) => Some((number(from)?, number(to)?)),
            None => Some((number(&port.0)?, number(&port.0)?)),
        },
        None => None,
    };
    let protocol = match protocol.as_str() {
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        "58" => "icmpv6",
        other => other,
    };
    match protocol {
        "all" | "-1" => Some(("-1".to_owned(), None)),
        "icmp" | "icmpv6" => Some((protocol.to_owned(), Some((range.map_or(-1, |(of_type, _)| of_type), -1)))),
        "tcp" | "udp" => Some((protocol.to_owned(), Some(range.unwrap_or((0, 65535))))),
        other => number(other).map(|_| (other.to_owned(), None)),
    }
}

fn entry(key: &str, rule: &NetworkAclRule, is_egress: bool) -> Option<Vec<(&'static str, Term)>> {
    let (protocol, ports) = protocol_and_ports(rule.protocol.as_deref(), rule.port.as_ref())?;
    let number = match protocol.as_str() {
        "tcp" => 6,
        "udp" => 17,
        "icmp" => 1,
        "icmpv6" => 58,
        other => other.parse().ok()?,
    };
    let is_icmp = matches!(number, 1 | 58);
    let pair = |names: [&'static str; 2], (one, other): (i64, i64)| {
        Term::Fields(names.into_iter().zip([one.into(), other.into()]).collect())
    };
    if !is_block(&rule.cidr) {
        return None;
    }
    let of = if rule.cidr.contains(':') { "Ipv6CidrBlock" } else { "CidrBlock" };
    Some(fields([
        ("NetworkAclId", Some(id_of(key))),
        ("RuleNumber", Some(i64::from(rule.rule_number).into())),
        ("Egress", Some(is_egress.into())),
        ("RuleAction", Some(Term::Text(rule.action.to_ascii_lowercase()))),
        ("Protocol", Some(number.into())),
        ("PortRange", ports.filter(|_| !is_icmp).map(|ports| pair(["From", "To"], ports))),
        ("Icmp", ports.filter(|_| is_icmp).map(|ports| pair(["Type", "Code"], ports))),
        (of, Some((&rule.cidr).into())),
    ]))
}
