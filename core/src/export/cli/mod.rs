//! The difference between two documents as commands of the AWS CLI, version 2.

mod create;
mod delete;
mod update;

use std::collections::BTreeSet;

use super::difference::Difference;
use super::known::{self, Known};
use super::names::{Names, Style};
use super::resource::{Attribute, Kind, Resource, Term};
use super::shell::{Command, Word, comment};
use crate::words::{Language, export as words};

/// A script, and pointers to what has to be done by hand.
pub(super) struct Commands {
    pub(super) text: String,
    pub(super) left_out: Vec<String>,
}

/// The commands that make the difference, in an order that works.
pub(super) fn commands(
    difference: &Difference<'_>,
    known: &Known<'_>,
    region: Option<&str>,
    language: Language,
) -> Commands {
    let all = difference.before.resources.iter().chain(&difference.after.resources);
    let mut script = Script {
        difference,
        known,
        names: Names::of(Style::Variable, all),
        region,
        needed: Vec::new(),
        failed: BTreeSet::new(),
        found: BTreeSet::new(),
        text: String::new(),
        left_out: Vec::new(),
    };
    let mut made: Vec<(Kind, Step<'_>)> = Vec::new();
    made.extend(difference.created.iter().map(|new| (new.kind, Step::Create(new))));
    made.extend(difference.changed.iter().map(|(old, new, fields)| (new.kind, Step::Change(old, new, fields))));
    made.extend(difference.replaced.iter().map(|(_, new)| (new.kind, Step::Replace(new))));
    made.sort_by_key(|(kind, _)| *kind);
    for (_, step) in made {
        script.step(step);
    }
    let mut gone: Vec<&Resource> = difference.deleted.clone();
    gone.extend(difference.replaced.iter().map(|(old, _)| *old));
    gone.sort_by_key(|resource| std::cmp::Reverse(resource.kind));
    for resource in gone {
        script.delete(resource);
    }
    let mut text = String::new();
    if let Some(region) = region {
        text.push_str(&["AWS_REGION=", &Word::value(region).quoted(), "\nexport AWS_REGION\n"].concat());
    }
    text.push_str("AWS_PAGER=''\nexport AWS_PAGER\n");
    if !script.needed.is_empty() {
        text.push('\n');
        text.push_str(&comment(words::fill_in(language)));
        for (variable, what) in &script.needed {
            text.push_str(&[": \"${", variable, ":?}\"  ", &comment(what)].concat());
        }
    }
    text.push('\n');
    text.push_str(&script.text);
    Commands { text, left_out: script.left_out }
}

/// What is done to a resource.
enum Step<'d> {
    Create(&'d Resource),
    Change(&'d Resource, &'d Resource, &'d [&'static str]),
    Replace(&'d Resource),
}

struct Script<'d> {
    difference: &'d Difference<'d>,
    known: &'d Known<'d>,
    names: Names,
    region: Option<&'d str>,
    /// Variables that a person has to set, with what they are.
    needed: Vec<(String, String)>,
    /// Keys of what no command makes, so that nothing can refer to it.
    failed: BTreeSet<String>,
    /// Variables that were looked up.
    found: BTreeSet<String>,
    text: String,
    left_out: Vec<String>,
}

impl Script<'_> {
    fn step(&mut self, step: Step<'_>) {
        let (resource, is_done) = match step {
            Step::Create(new) => (new, self.create(new)),
            Step::Change(old, new, fields) => (new, self.update(old, new, fields)),
            Step::Replace(new) => {
                let can = matches!(
                    new.kind,
                    Kind::NatGateway
                        | Kind::VpcEndpoint
                        | Kind::ElasticIp
                        | Kind::DhcpOptions
                        | Kind::EgressOnlyInternetGateway
                        | Kind::VpcCidrBlock
                        | Kind::GatewayAttachment
                );
                (new, can.then(|| self.create(new)).flatten())
            }
        };
        if is_done.is_none() {
            self.failed.insert(resource.key.clone());
            self.left_out.push(resource.place.clone());
        }
    }

    /// Writes a command.
    fn run(&mut self, command: Command) {
        self.text.push_str(&command.line(None));
    }

    /// Writes a command whose output a variable takes; `query` says what of it.
    fn take(&mut self, variable: &str, command: Command, query: &str) {
        self.take_word(variable, command, Word::text(query));
    }

    fn take_word(&mut self, variable: &str, command: Command, query: Word) {
        let command = command.option("--query", query).with("--output", "text");
        self.text.push_str(&command.line(Some(variable)));
    }

    fn variable(&self, key: &str) -> String {
        self.names.get(key).unwrap_or("THING").to_owned()
    }

    /// The id of something after the change.
    fn id(&mut self, key: &str) -> Option<Word> {
        if self.difference.is_new(key) {
            let is_made = !matches!(self.kind(key)?, Kind::Function | Kind::Role | Kind::ExistingRole)
                && !self.failed.contains(key);
            return is_made.then(|| Word::variable(&self.variable(key)));
        }
        self.old_id(key)
    }

    fn kind(&self, key: &str) -> Option<Kind> {
        let one = self.difference.after.get(key).or_else(|| self.difference.before.get(key))?;
        Some(one.kind)
    }

    /// The id of something that is there before the change.
    fn old_id(&mut self, key: &str) -> Option<Word> {
        let resource = self.difference.before.get(key).or_else(|| self.difference.after.get(key))?;
        let name = key.split_once('/').map_or(key, |(_, name)| name);
        match resource.kind {
            // Functions, buckets, access points and roles have names instead of ids.
            Kind::Function | Kind::Bucket | Kind::AccessPoint | Kind::ExistingRole if !self.known.is_of_tool(key) => {
                return Some(Word::value(self.known.given_name(key).unwrap_or(name)));
            }
            Kind::ManagedPolicy | Kind::KmsKey if self.known.arn(key).is_some() => {
                return self.known.arn(key).map(Word::value);
            }
            kind if known::is_id(kind, name) => return Some(Word::text(name)),
            Kind::DefaultSecurityGroup => {
                let vpc = resource.referred("VpcId")?.to_owned();
                return self.attribute(&vpc, Attribute::DefaultSecurityGroup);
            }
            _ => {}
        }
        let is_replaced = self.difference.replaced.iter().any(|(old, _)| old.key == key);
        let variable = [self.variable(key).as_str(), if is_replaced { "_OLD" } else { "" }].concat();
        if !self.needed.iter().any(|(known, _)| *known == variable) {
            self.needed.push((variable.clone(), key.to_owned()));
        }
        Some(Word::variable(&variable))
    }

    /// What a reference stands for; what AWS made itself is looked up.
    fn attribute(&mut self, key: &str, attribute: Attribute) -> Option<Word> {
        match attribute {
            Attribute::Id | Attribute::AllocationId => self.id(key),
            Attribute::Arn => None,
            Attribute::DefaultSecurityGroup => {
                let vpc = self.id(key)?;
                let command = Command::new("aws ec2 describe-security-groups")
                    .list("--filters", vec![filter("vpc-id", vpc), Word::text("Name=group-name,Values=default")]);
                self.look_up([&self.variable(key), "_DEFAULT_GROUP"].concat(), command, "SecurityGroups[0].GroupId")
            }
            Attribute::MainRouteTable => {
                let vpc = self.id(key)?;
                let command = Command::new("aws ec2 describe-route-tables")
                    .list("--filters", vec![filter("vpc-id", vpc), Word::text("Name=association.main,Values=true")]);
                self.look_up([&self.variable(key), "_MAIN_TABLE"].concat(), command, "RouteTables[0].RouteTableId")
            }
        }
    }

    /// Asks AWS for an id, once.
    fn look_up(&mut self, variable: String, command: Command, query: &str) -> Option<Word> {
        if self.found.insert(variable.clone()) {
            self.take(&variable, command, query);
        }
        Some(Word::variable(&variable))
    }

    /// The association of a subnet or gateway with what it has now.
    fn association(&mut self, resource: &Resource) -> Option<Word> {
        let (command, filtered, list, of, id) = match resource.kind {
            Kind::SubnetRouteTableAssociation => (
                "aws ec2 describe-route-tables",
                "association.subnet-id",
                "RouteTables",
                "SubnetId",
                "RouteTableAssociationId",
            ),
            Kind::GatewayRouteTableAssociation => (
                "aws ec2 describe-route-tables",
                "association.gateway-id",
                "RouteTables",
                "GatewayId",
                "RouteTableAssociationId",
            ),
            _ => (
                "aws ec2 describe-network-acls",
                "association.subnet-id",
                "NetworkAcls",
                "SubnetId",
                "NetworkAclAssociationId",
            ),
        };
        let owner = self.id(resource.referred(of)?)?;
        let variable = [&self.variable(&resource.key), "_ASSOCIATION"].concat();
        let query = Word::joined([
            Word::text(&[list, "[].Associations[?", of, "=='"].concat()),
            owner.clone(),
            Word::text(&["'][].", id, " | [0]"].concat()),
        ]);
        let command = Command::new(command).list("--filters", vec![filter(filtered, owner)]);
        self.take_word(&variable, command, query);
        Some(Word::variable(&variable))
    }

    /// A value as a word.
    fn word(&mut self, term: &Term) -> Option<Word> {
        Some(match term {
            Term::Text(text) => Word::value(text),
            Term::Number(number) => Word::text(&number.to_string()),
            Term::Flag(flag) => Word::text(if *flag { "true" } else { "false" }),
            Term::Of(key, attribute) => self.attribute(key, *attribute)?,
            Term::Service(service) => {
                let region = self.region_word();
                Word::joined([Word::text("com.amazonaws."), region, Word::text("."), Word::text(service)])
            }
            Term::ServicePrefixList(service) => {
                let command = Command::new("aws ec2 describe-managed-prefix-lists").list(
                    "--filters",
                    vec![Word::joined([Word::text("Name=prefix-list-name,Values="), Word::value(service)])],
                );
                let name: String = service
                    .chars()
                    .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' })
                    .collect();
                return self.look_up(["LIST_", &name].concat(), command, "PrefixLists[0].PrefixListId");
            }
            Term::Ipv6Block { vpc, number, written } => {
                let block = [vpc, "#ipv6Block"].concat();
                if self.difference.before.get(&block).is_some() {
                    return Some(Word::value(written));
                }
                // AWS decides which /56 block a VPC gets; its text ends with the part that tells subnets apart.
                let id = self.id(vpc)?;
                let variable = [&self.variable(vpc), "_IPV6"].concat();
                if !self.found.contains(&variable) {
                    let describe = Command::new("aws ec2 describe-vpcs").option("--vpc-ids", id);
                    let query = "Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock";
                    self.look_up(variable.clone(), describe, query)?;
                    self.text.push_str(&[&variable, "=${", &variable, "%00::/56}\n"].concat());
                }
                let digit =
                    |number: usize| u32::try_from(number & 15).ok().and_then(|number| char::from_digit(number, 16));
                let digits: String = [number >> 4, *number].into_iter().filter_map(digit).collect();
                Word::joined([Word::variable(&variable), Word::text(&[&digits, "::/64"].concat())])
            }
            Term::Region => self.region_word(),
            Term::Policy(policy) => Word::text(&policy.to_string()),
            Term::List(_) | Term::Fields(_) => self.json(term)?,
        })
    }

    fn region_word(&mut self) -> Word {
        match self.region {
            Some(region) => Word::value(region),
            None => {
                if !self.needed.iter().any(|(known, _)| known == "AWS_REGION") {
                    self.needed.push(("AWS_REGION".to_owned(), "Region".to_owned()));
                }
                Word::variable("AWS_REGION")
            }
        }
    }

    /// A value as JSON.
    fn json(&mut self, term: &Term) -> Option<Word> {
        let separated = |parts: Vec<Word>, open: &str, close: &str| {
            let mut all = vec![Word::text(open)];
            for (position, part) in parts.into_iter().enumerate() {
                if position > 0 {
                    all.push(Word::text(","));
                }
                all.push(part);
            }
            all.push(Word::text(close));
            Word::joined(all)
        };
        Some(match term {
            Term::List(terms) => {
                let parts = terms.iter().map(|term| self.json(term)).collect::<Option<Vec<_>>>()?;
                separated(parts, "[", "]")
            }
            Term::Fields(fields) => {
                let parts = fields
                    .iter()
                    .map(|(name, term)| {
                        Some(Word::joined([Word::text(name).in_json(), Word::text(":"), self.json(term)?]))
                    })
                    .collect::<Option<Vec<_>>>()?;
                separated(parts, "{", "}")
            }
            Term::Number(_) | Term::Flag(_) | Term::Policy(_) => self.word(term)?,
            Term::Text(text) => Word::text(text).in_json(),
            other => self.word(other)?.in_json(),
        })
    }

    /// A setting as a word; none where there is none of it. What cannot be said ends the command.
    fn setting(&mut self, resource: &Resource, name: &str) -> Option<Option<Word>> {
        match resource.field(name) {
            Some(term) => Some(Some(self.word(term)?)),
            None => Some(None),
        }
    }

    /// A setting that is a list, as words.
    fn settings(&mut self, resource: &Resource, name: &str) -> Option<Vec<Word>> {
        match resource.field(name) {
            Some(Term::List(terms)) => terms.iter().map(|term| self.word(term)).collect(),
            _ => Some(Vec::new()),
        }
    }

    /// A rule as AWS's commands take it.
    fn permission(&mut self, rule: &Resource) -> Option<Word> {
        let mut fields: Vec<(&'static str, Term)> = Vec::new();
        for (name, term) in &rule.fields {
            let one = |list, name| (list, Term::List(vec![Term::Fields(vec![(name, term.clone())])]));
            match *name {
                "GroupId" => {}
                "CidrIp" => fields.push(one("IpRanges", "CidrIp")),
                "CidrIpv6" => fields.push(one("Ipv6Ranges", "CidrIpv6")),
                "PeerGroupId" => fields.push(one("UserIdGroupPairs", "GroupId")),
                "PrefixListId" => fields.push(one("PrefixListIds", "PrefixListId")),
                other => fields.push((other, term.clone())),
            }
        }
        self.json(&Term::List(vec![Term::Fields(fields)]))
    }

    /// The options that name an entry of a network ACL.
    fn entry(&mut self, entry: &Resource, command: &str) -> Option<Command> {
        let acl = self.setting(entry, "NetworkAclId")??;
        let number = self.setting(entry, "RuleNumber")??;
        let is_egress = entry.field("Egress") == Some(&Term::Flag(true));
        Some(
            Command::new(command)
                .option("--network-acl-id", acl)
                .flag(if is_egress { "--egress" } else { "--ingress" })
                .option("--rule-number", number),
        )
    }

    /// An entry of a network ACL with everything that it says.
    fn whole_entry(&mut self, entry: &Resource, command: &str) -> Option<Command> {
        let pair = |name: &str, words: [&str; 2]| match entry.field(name) {
            Some(Term::Fields(fields)) => {
                let number = |position: usize| match fields.get(position) {
                    Some((_, Term::Number(number))) => number.to_string(),
                    _ => String::new(),
                };
                let [one, other] = words;
                Some(Word::text(&[one, "=", &number(0), ",", other, "=", &number(1)].concat()))
            }
            _ => None,
        };
        let (ports, icmp) = (pair("PortRange", ["From", "To"]), pair("Icmp", ["Type", "Code"]));
        let command = self.entry(entry, command)?;
        Some(
            command
                .maybe("--protocol", self.setting(entry, "Protocol")?)
                .maybe("--port-range", ports)
                .maybe("--icmp-type-code", icmp)
                .maybe("--cidr-block", self.setting(entry, "CidrBlock")?)
                .maybe("--ipv6-cidr-block", self.setting(entry, "Ipv6CidrBlock")?)
                .maybe("--rule-action", self.setting(entry, "RuleAction")?),
        )
    }

    /// The options of a route's destination and target.
    fn route(&mut self, command: &str, route: &Resource, with_target: bool) -> Option<Command> {
        const OPTIONS: &[(&str, &str)] = &[
            ("DestinationCidrBlock", "--destination-cidr-block"),
            ("DestinationIpv6CidrBlock", "--destination-ipv6-cidr-block"),
            ("DestinationPrefixListId", "--destination-prefix-list-id"),
        ];
        const TARGETS: &[(&str, &str)] = &[
            ("GatewayId", "--gateway-id"),
            ("EgressOnlyInternetGatewayId", "--egress-only-internet-gateway-id"),
            ("NatGatewayId", "--nat-gateway-id"),
            ("InstanceId", "--instance-id"),
            ("NetworkInterfaceId", "--network-interface-id"),
            ("VpcEndpointId", "--vpc-endpoint-id"),
        ];
        let table = self.setting(route, "RouteTableId")??;
        let mut command = Command::new(command).option("--route-table-id", table);
        let targets = if with_target { TARGETS } else { &[] };
        for (name, option) in OPTIONS.iter().chain(targets) {
            command = command.maybe(option, self.setting(route, name)?);
        }
        Some(command)
    }

    /// A record of a hosted zone as a batch of one change.
    fn record(&mut self, record: &Resource, action: &'static str) -> Option<Command> {
        let zone = self.setting(record, "HostedZoneId")??;
        let values = match record.field("ResourceRecords") {
            Some(Term::List(values)) => {
                values.iter().map(|value| Term::Fields(vec![("Value", value.clone())])).collect()
            }
            _ => Vec::new(),
        };
        let set = Term::Fields(vec![
            ("Name", record.field("Name")?.clone()),
            ("Type", record.field("Type")?.clone()),
            ("TTL", Term::Number(60)),
            ("ResourceRecords", Term::List(values)),
        ]);
        let change = Term::Fields(vec![("Action", Term::from(action)), ("ResourceRecordSet", set)]);
        let batch = self.json(&Term::Fields(vec![("Changes", Term::List(vec![change]))]))?;
        let command = Command::new("aws route53 change-resource-record-sets");
        Some(command.option("--hosted-zone-id", zone).option("--change-batch", batch))
    }
}

/// A filter of a command that describes.
fn filter(name: &str, value: Word) -> Word {
    Word::joined([Word::text(&["Name=", name, ",Values="].concat()), value])
}

/// The option that switches an attribute.
fn switch(option: &str, is_on: bool) -> String {
    [if is_on { "--" } else { "--no-" }, option].concat()
}

/// Whether a setting is on.
fn is_on(resource: &Resource, name: &str) -> bool {
    resource.field(name) == Some(&Term::Flag(true))
}
