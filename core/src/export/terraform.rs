//! Resources as Terraform's configuration.

use std::collections::BTreeMap;

use super::Exported;
use super::hcl::{Block, Expression, Item, quoted};
use super::lower::{Lowered, lower};
use super::names::{Names, Style};
use super::resource::{Attribute, Kind, Resource, Term};
use crate::document::Document;

/// The document as a configuration for Terraform, in one file.
///
/// ```
/// use vpcreach::{Document, export::terraform};
///
/// let document = Document::read(r#"{ "vpcs": { "main": { "cidr": "10.0.0.0/16" } } }"#).document;
/// let exported = terraform(&document);
/// assert!(exported.text.ends_with(r#"
/// resource "aws_vpc" "main" {
///   cidr_block           = "10.0.0.0/16"
///   enable_dns_support   = true
///   enable_dns_hostnames = false
/// }
/// "#));
/// assert_eq!(exported.names["vpc/main"], "aws_vpc.main");
/// ```
pub fn terraform(document: &Document) -> Exported {
    let lowered = lower(document);
    let names = Names::of(Style::Address, lowered.resources.iter());
    let literals = BTreeMap::new();
    let printer = Printer { lowered: &lowered, names: &names, literals: &literals, region: document.region.as_deref() };
    let mut left_out = lowered.left_out.clone();
    let mut blocks = String::new();
    let mut printed: Vec<(&Resource, Option<&[&str]>)> = Vec::new();
    for resource in lowered.resources.iter().filter(|resource| !printer.is_folded(resource)) {
        match printer.block(resource, None) {
            Some(block) => {
                blocks.push('\n');
                blocks.push_str(&block);
                printed.push((resource, None));
            }
            None => left_out.push(resource.place.clone()),
        }
    }
    let mut text = PROVIDERS.to_owned();
    if let Some(region) = &document.region {
        text.push_str(&["\nprovider \"aws\" {\n  region = ", &quoted(region), "\n}\n"].concat());
    }
    text.push_str(&printer.data(&printed));
    text.push_str(&blocks);
    left_out.sort();
    left_out.dedup();
    let is_component = |key: &str| lowered.get(key).is_some_and(|one| one.owner == key && one.kind != Kind::Role);
    let given = names.iter().filter(|(key, _)| is_component(key));
    let names = given.map(|(key, name)| (key.to_owned(), name.to_owned())).collect();
    Exported { text, names, left_out }
}

const PROVIDERS: &str = r#"terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.79"
    }
  }
}
"#;

/// What resources come down to in Terraform.
pub(super) struct Printer<'l> {
    pub(super) lowered: &'l Lowered,
    pub(super) names: &'l Names,
    /// Ids of what Terraform does not have.
    pub(super) literals: &'l BTreeMap<String, String>,
    pub(super) region: Option<&'l str>,
}

impl Printer<'_> {
    /// Whether a resource stands in another one, or nowhere.
    pub(super) fn is_folded(&self, resource: &Resource) -> bool {
        self.host(resource).is_some()
    }

    /// The resource that another one stands in.
    pub(super) fn host<'r>(&self, resource: &'r Resource) -> Option<&'r str> {
        let is_in_owner = match resource.kind {
            Kind::GatewayAttachment => true,
            Kind::VpcCidrBlock => resource.field("AmazonProvidedIpv6CidrBlock").is_some(),
            Kind::SecurityGroupIngress | Kind::SecurityGroupEgress => {
                self.lowered.get(&resource.owner).is_some_and(|group| group.kind == Kind::DefaultSecurityGroup)
            }
            _ => false,
        };
        is_in_owner.then_some(resource.owner.as_str())
    }

    /// A resource as text, with all of its arguments or only some; none where one of them cannot be said.
    pub(super) fn block(&self, resource: &Resource, only: Option<&[&str]>) -> Option<String> {
        let address = self.names.get(&resource.key)?;
        let (of_type, label) = address.rsplit_once('.')?;
        let of_type = of_type.rsplit('.').next()?;
        let label = label.split('[').next().unwrap_or(label);
        let mut items = self.items(resource, only)?;
        if only.is_none() {
            let after: Vec<Expression> = resource
                .after
                .iter()
                .filter_map(|key| self.lowered.get(key))
                .filter(|needed| !self.literals.contains_key(&needed.owner))
                .map(|needed| self.host(needed).unwrap_or(&needed.key))
                .filter_map(|key| self.names.get(key))
                .map(|address| Expression::Raw(address.to_owned()))
                .collect();
            // References say by themselves what comes first.
            let is_hidden = matches!(resource.kind, Kind::NatGateway | Kind::ElasticIp);
            if !after.is_empty() && is_hidden {
                items.push(Item::Argument("depends_on", Expression::List(after)));
            }
        }
        let (blocks, arguments): (Vec<Item>, Vec<Item>) =
            items.into_iter().partition(|item| matches!(item, Item::Block(..)));
        let items = arguments.into_iter().chain(blocks).collect();
        let mut text = Block { kind: "resource", of_type: of_type.into(), label: label.into(), items }.text();
        if resource.kind == Kind::Role {
            let attachment = Block {
                kind: "resource",
                of_type: "aws_iam_role_policy_attachment".into(),
                label: label.into(),
                items: vec![
                    Item::Argument("role", Expression::Raw([address, ".name"].concat())),
                    Item::Argument("policy_arn", Expression::Text(ACCESS.to_owned())),
                ],
            };
            text.push('\n');
            text.push_str(&attachment.text());
        }
        Some(text)
    }

    /// What a part is called that stands inside another resource.
    pub(super) fn inline_name(&self, part: &Resource) -> String {
        let shown = |name: &str| part.text(name).map(|text| [" ", text].concat()).unwrap_or_default();
        match part.kind {
            Kind::GatewayAttachment => "vpc_id".to_owned(),
            Kind::VpcCidrBlock => "assign_generated_ipv6_cidr_block".to_owned(),
            Kind::Route => {
                let blocks = ["DestinationCidrBlock", "DestinationIpv6CidrBlock"].map(shown).concat();
                ["route", &blocks].concat()
            }
            Kind::SecurityGroupEgress => ["egress", &["IpProtocol", "CidrIp", "CidrIpv6"].map(shown).concat()].concat(),
            Kind::SecurityGroupIngress => {
                ["ingress", &["IpProtocol", "CidrIp", "CidrIpv6"].map(shown).concat()].concat()
            }
            _ => part.part.clone(),
        }
    }

    fn items(&self, resource: &Resource, only: Option<&[&str]>) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        if resource.kind == Kind::Function && only.is_none() {
            let name = resource.owner.split_once('/').map_or("", |(_, name)| name);
            let is_taken = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
            let name: String =
                name.chars().map(|letter| if is_taken(letter) { letter } else { '-' }).take(64).collect();
            items.push(Item::Argument("function_name", Expression::Text(name)));
        }
        for (name, term) in &resource.fields {
            if only.is_none_or(|only| only.contains(name)) {
                self.setting(resource, name, term, &mut items)?;
            }
        }
        let parts = self.lowered.resources.iter().filter(|part| part.owner == resource.key);
        for part in parts.filter(|part| self.is_folded(part)) {
            match part.kind {
                Kind::GatewayAttachment => {
                    items.push(Item::Argument("vpc_id", self.expression(part.field("VpcId")?)?));
                }
                Kind::VpcCidrBlock => {
                    items.push(Item::Argument("assign_generated_ipv6_cidr_block", Expression::Raw("true".into())));
                }
                _ => items.push(self.inline_rule(part)?),
            }
        }
        if only.is_some() {
            return Some(items);
        }
        match resource.kind {
            Kind::Function => {
                let code = ["data.archive_file.", language(resource)].concat();
                items.push(Item::Argument("filename", Expression::Raw([&code, ".output_path"].concat())));
                let hash = [&code, ".output_base64sha256"].concat();
                items.push(Item::Argument("source_code_hash", Expression::Raw(hash)));
            }
            Kind::Instance => {
                let image = "data.aws_ssm_parameter.amazon_linux.insecure_value";
                items.push(Item::Argument("ami", Expression::Raw(image.into())));
            }
            _ => {}
        }
        Some(items)
    }

    /// A setting as argument or block, under Terraform's name for it.
    fn setting(&self, resource: &Resource, name: &'static str, term: &Term, items: &mut Vec<Item>) -> Option<()> {
        match (resource.kind, name, term) {
            (Kind::Route, "InstanceId", Term::Of(key, _)) => {
                let value = self.attribute(key, "primary_network_interface_id")?;
                items.push(Item::Argument("network_interface_id", value));
            }
            (Kind::NetworkInterface, "PrivateIpAddress", _) => {
                items.push(Item::Argument("private_ips", Expression::List(vec![self.expression(term)?])));
            }
            (Kind::NetworkAclEntry, "PortRange", Term::Fields(fields)) => {
                for ((_, value), name) in fields.iter().zip(["from_port", "to_port"]) {
                    items.push(Item::Argument(name, self.expression(value)?));
                }
            }
            (Kind::NetworkAclEntry, "Icmp", Term::Fields(fields)) => {
                for ((_, value), name) in fields.iter().zip(["icmp_type", "icmp_code"]) {
                    items.push(Item::Argument(name, self.expression(value)?));
                }
                // The provider wants ports of every rule.
                for name in ["from_port", "to_port"] {
                    items.push(Item::Argument(name, Expression::Raw("0".into())));
                }
            }
            (Kind::NetworkAclEntry, "Protocol", Term::Number(number)) => {
                items.push(Item::Argument("protocol", Expression::Text(number.to_string())));
            }
            (Kind::VpcEndpoint, "PrivateDnsOnlyForInboundResolverEndpoint", _) => {
                let name = "private_dns_only_for_inbound_resolver_endpoint";
                items.push(Item::Block("dns_options", vec![Item::Argument(name, self.expression(term)?)]));
            }
            (Kind::PrefixList, "Entries", Term::List(entries)) => {
                for entry in entries {
                    let Term::Fields(fields) = entry else { return None };
                    let (_, cidr) = fields.first()?;
                    items.push(Item::Block("entry", vec![Item::Argument("cidr", self.expression(cidr)?)]));
                }
            }
            (Kind::HostedZone, "VPCs", Term::List(vpcs)) => {
                for vpc in vpcs {
                    let Term::Fields(fields) = vpc else { return None };
                    let (_, vpc) = fields.first()?;
                    items.push(Item::Block("vpc", vec![Item::Argument("vpc_id", self.expression(vpc)?)]));
                }
            }
            (Kind::AccessPoint, "VpcConfiguration" | "PublicAccessBlockConfiguration", Term::Fields(fields)) => {
                let mut inner = Vec::new();
                for (name, term) in fields {
                    inner.push(Item::Argument(plain(name), self.expression(term)?));
                }
                let is_vpc = name == "VpcConfiguration";
                items.push(Item::Block(
                    if is_vpc { "vpc_configuration" } else { "public_access_block_configuration" },
                    inner,
                ));
            }
            (Kind::RecordSet, "TTL", _) => items.push(Item::Argument("ttl", Expression::Raw("60".into()))),
            (Kind::Function, "VpcConfig", Term::Fields(fields)) => {
                if fields.is_empty() {
                    return Some(());
                }
                let mut inner = Vec::new();
                let has = |name: &str| fields.iter().any(|(field, _)| *field == name);
                for (name, term) in fields {
                    inner.push(Item::Argument(argument(resource.kind, name), self.expression(term)?));
                }
                if !has("SecurityGroupIds") {
                    inner.push(Item::Argument("security_group_ids", Expression::List(Vec::new())));
                }
                items.push(Item::Block("vpc_config", inner));
            }
            _ => items.push(Item::Argument(argument(resource.kind, name), self.expression(term)?)),
        }
        Some(())
    }

    /// A rule of a VPC's default group, which Terraform takes over with all of its rules.
    fn inline_rule(&self, rule: &Resource) -> Option<Item> {
        let protocol = rule.text("IpProtocol")?.to_owned();
        let port = |name: &str| match rule.field(name) {
            Some(Term::Number(number)) => number.to_string(),
            _ => "0".to_owned(),
        };
        let mut items = vec![
            Item::Argument("protocol", Expression::Text(protocol)),
            Item::Argument("from_port", Expression::Raw(port("FromPort"))),
            Item::Argument("to_port", Expression::Raw(port("ToPort"))),
        ];
        for (name, list) in [
            ("CidrIp", "cidr_blocks"),
            ("CidrIpv6", "ipv6_cidr_blocks"),
            ("PrefixListId", "prefix_list_ids"),
            ("PeerGroupId", "security_groups"),
        ] {
            let Some(term) = rule.field(name) else { continue };
            if rule.referred(name) == Some(rule.owner.as_str()) {
                items.push(Item::Argument("self", Expression::Raw("true".into())));
            } else {
                items.push(Item::Argument(list, Expression::List(vec![self.expression(term)?])));
            }
        }
        let name = if rule.kind == Kind::SecurityGroupEgress { "egress" } else { "ingress" };
        Some(Item::Block(name, items))
    }

    fn expression(&self, term: &Term) -> Option<Expression> {
        Some(match term {
            Term::Text(text) => Expression::Text(text.clone()),
            Term::Number(number) => Expression::Raw(number.to_string()),
            Term::Flag(flag) => Expression::Raw(flag.to_string()),
            Term::List(terms) => {
                Expression::List(terms.iter().map(|term| self.expression(term)).collect::<Option<_>>()?)
            }
            Term::Fields(_) => return None,
            Term::Of(key, attribute) => self.reference(key, *attribute)?,
            Term::Service(service) => match self.region {
                Some(region) => Expression::Text(["com.amazonaws.", region, ".", service].concat()),
                None => Expression::Around(
                    "com.amazonaws.".to_owned(),
                    "data.aws_region.current.id".to_owned(),
                    [".", service].concat(),
                ),
            },
            Term::ServicePrefixList(service) => {
                let address = ["data.aws_ec2_managed_prefix_list.", &label(service), ".id"].concat();
                Expression::Raw(address)
            }
            Term::Ipv6Block { vpc, number, written } => match self.literals.contains_key(vpc) {
                true => Expression::Text(written.clone()),
                false => {
                    let vpc = self.names.get(vpc)?;
                    let call = ["cidrsubnet(", vpc, ".ipv6_cidr_block, 8, ", &number.to_string(), ")"].concat();
                    Expression::Raw(call)
                }
            },
            Term::Region => return None,
            Term::Policy(policy) => Expression::Json(policy.clone()),
        })
    }

    fn reference(&self, key: &str, attribute: Attribute) -> Option<Expression> {
        self.attribute(
            key,
            match attribute {
                Attribute::Id | Attribute::AllocationId => "id",
                Attribute::Arn => "arn",
                Attribute::DefaultSecurityGroup => "default_security_group_id",
                Attribute::MainRouteTable => "main_route_table_id",
            },
        )
    }

    fn attribute(&self, key: &str, attribute: &str) -> Option<Expression> {
        if let Some(id) = self.literals.get(key) {
            return (attribute == "id").then(|| Expression::Text(id.clone()));
        }
        let address = self.names.get(key)?;
        Some(Expression::Raw([address, ".", attribute].concat()))
    }

    /// The data sources that resources refer to, those of which only some arguments are shown with these.
    pub(super) fn data(&self, shown: &[(&Resource, Option<&[&str]>)]) -> String {
        let mut out = String::new();
        let mut add = |of_type: &str, label: &str, items: Vec<Item>| {
            out.push('\n');
            out.push_str(&Block { kind: "data", of_type: of_type.into(), label: label.into(), items }.text());
        };
        let text = |text: &str| Expression::Text(text.to_owned());
        let mut terms: Vec<&Term> = Vec::new();
        for (resource, only) in shown {
            let is_shown = |name: &str| only.is_none_or(|only| only.contains(&name));
            terms.extend(resource.fields.iter().filter(|(name, _)| is_shown(name)).map(|(_, term)| term));
            let parts = self.lowered.resources.iter().filter(|part| part.owner == resource.key && self.is_folded(part));
            terms.extend(parts.flat_map(|part| &part.fields).map(|(_, term)| term));
        }
        let needs_region = self.region.is_none() && terms.iter().any(|term| matches!(term, Term::Service(_)));
        let mut lists: Vec<&str> = Vec::new();
        for term in terms {
            if let Term::ServicePrefixList(service) = term
                && !lists.contains(&service.as_str())
            {
                lists.push(service);
            }
        }
        let whole = || shown.iter().filter(|(_, only)| only.is_none()).map(|(resource, _)| *resource);
        if needs_region {
            add("aws_region", "current", Vec::new());
        }
        for service in lists {
            add("aws_ec2_managed_prefix_list", &label(service), vec![Item::Argument("name", text(service))]);
        }
        if whole().any(|resource| resource.kind == Kind::Instance) {
            let name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
            add("aws_ssm_parameter", "amazon_linux", vec![Item::Argument("name", text(name))]);
        }
        for (language, file, code) in [
            ("python", "index.py", "def handler(event, context):\n    pass\n"),
            ("node", "index.js", "exports.handler = async () => {};\n"),
        ] {
            let mut functions = whole().filter(|resource| resource.kind == Kind::Function);
            if functions.any(|function| self::language(function) == language) {
                let path = Expression::Around(String::new(), "path.module".into(), ["/", language, ".zip"].concat());
                let source = vec![Item::Argument("content", text(code)), Item::Argument("filename", text(file))];
                let items = vec![
                    Item::Argument("type", text("zip")),
                    Item::Argument("output_path", path),
                    Item::Block("source", source),
                ];
                add("archive_file", language, items);
            }
        }
        out
    }
}

const ACCESS: &str = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";

/// Which stand-in for its code a function has.
fn language(function: &Resource) -> &'static str {
    match function.text("Runtime").is_some_and(|runtime| runtime.starts_with("nodejs")) {
        true => "node",
        false => "python",
    }
}

/// The label of the prefix list of a service.
fn label(service: &str) -> String {
    let last = service.rsplit('.').next().unwrap_or(service);
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut label: String = last.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    // Two Regions have lists of the same service.
    if service.split('.').count() > 4 || service.starts_with("com.amazonaws.global") {
        label = service.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    }
    label
}

/// Terraform's name of an argument.
pub(super) fn argument(kind: Kind, name: &'static str) -> &'static str {
    match (kind, name) {
        (Kind::ElasticIp, "InstanceId") => "instance",
        (Kind::NatGateway, "PrivateIpAddress") | (Kind::Instance, "PrivateIpAddress") => "private_ip",
        (Kind::Route, "EgressOnlyInternetGatewayId") => "egress_only_gateway_id",
        (Kind::SecurityGroup, "GroupDescription") => "description",
        (Kind::SecurityGroupIngress | Kind::SecurityGroupEgress, name) => match name {
            "GroupId" => "security_group_id",
            "CidrIp" => "cidr_ipv4",
            "CidrIpv6" => "cidr_ipv6",
            "PeerGroupId" => "referenced_security_group_id",
            other => plain(other),
        },
        (Kind::Instance, "SecurityGroupIds") => "vpc_security_group_ids",
        (Kind::NetworkInterface, "GroupSet") => "security_groups",
        (Kind::PrefixList, "PrefixListName") => "name",
        (Kind::HostedZone, "Name") => "name",
        (Kind::RecordSet, "HostedZoneId") => "zone_id",
        (Kind::RecordSet, "ResourceRecords") => "records",
        (_, "PolicyDocument" | "KeyPolicy" | "Policy") => "policy",
        (Kind::RolePolicy, "PolicyName") => "name",
        (_, "AssumeRolePolicyDocument") => "assume_role_policy",
        (_, other) => plain(other),
    }
}

/// Names that differ in their writing only.
fn plain(name: &'static str) -> &'static str {
    const NAMES: &[(&str, &str)] = &[
        ("AddressFamily", "address_family"),
        ("AllocationId", "allocation_id"),
        ("AvailabilityMode", "availability_mode"),
        ("AvailabilityZone", "availability_zone"),
        ("BlockPublicAcls", "block_public_acls"),
        ("BlockPublicPolicy", "block_public_policy"),
        ("Bucket", "bucket"),
        ("CidrBlock", "cidr_block"),
        ("ConnectivityType", "connectivity_type"),
        ("DestinationCidrBlock", "destination_cidr_block"),
        ("DestinationIpv6CidrBlock", "destination_ipv6_cidr_block"),
        ("DestinationPrefixListId", "destination_prefix_list_id"),
        ("DhcpOptionsId", "dhcp_options_id"),
        ("Domain", "domain"),
        ("DomainNameServers", "domain_name_servers"),
        ("Egress", "egress"),
        ("EnableDns64", "enable_dns64"),
        ("EnableDnsHostnames", "enable_dns_hostnames"),
        ("EnableDnsSupport", "enable_dns_support"),
        ("FromPort", "from_port"),
        ("GatewayId", "gateway_id"),
        ("Handler", "handler"),
        ("IgnorePublicAcls", "ignore_public_acls"),
        ("InstanceType", "instance_type"),
        ("InternetGatewayBlockMode", "internet_gateway_block_mode"),
        ("InternetGatewayExclusionMode", "internet_gateway_exclusion_mode"),
        ("IpAddressType", "ip_address_type"),
        ("IpProtocol", "ip_protocol"),
        ("Ipv6AllowedForDualStack", "ipv6_allowed_for_dual_stack"),
        ("Ipv6CidrBlock", "ipv6_cidr_block"),
        ("Ipv6Native", "ipv6_native"),
        ("MapPublicIpOnLaunch", "map_public_ip_on_launch"),
        ("MaxEntries", "max_entries"),
        ("Name", "name"),
        ("NatGatewayId", "nat_gateway_id"),
        ("NetworkAclId", "network_acl_id"),
        ("NetworkInterfaceId", "network_interface_id"),
        ("PrefixListId", "prefix_list_id"),
        ("PrivateDnsEnabled", "private_dns_enabled"),
        ("PolicyArn", "policy_arn"),
        ("RestrictPublicBuckets", "restrict_public_buckets"),
        ("Role", "role"),
        ("RoleName", "role"),
        ("RouteTableId", "route_table_id"),
        ("RouteTableIds", "route_table_ids"),
        ("RuleAction", "rule_action"),
        ("RuleNumber", "rule_number"),
        ("Runtime", "runtime"),
        ("SecurityGroupIds", "security_group_ids"),
        ("ServiceName", "service_name"),
        ("SourceDestCheck", "source_dest_check"),
        ("SubnetId", "subnet_id"),
        ("SubnetIds", "subnet_ids"),
        ("Timeout", "timeout"),
        ("ToPort", "to_port"),
        ("Type", "type"),
        ("VpcEndpointId", "vpc_endpoint_id"),
        ("VpcEndpointType", "vpc_endpoint_type"),
        ("VpcId", "vpc_id"),
    ];
    NAMES.iter().find(|(known, _)| *known == name).map_or(name, |(_, written)| written)
}
