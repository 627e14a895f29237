//! Resources as a CloudFormation template.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Exported;
use super::lower::{Lowered, lower};
use super::names::{Names, Style};
use super::resource::{Attribute, Kind, Origin, Resource, Term};
use crate::data;
use crate::document::Document;

/// The document as a template in JSON.
pub fn cloudformation(document: &Document) -> Exported {
    let lowered = lower(document);
    let names = Names::of(Style::LogicalId, lowered.resources.iter());
    let mut left_out = lowered.left_out.clone();
    let mut resources = Map::new();
    let literals = BTreeMap::new();
    let printer = Printer { lowered: &lowered, names: &names, literals: &literals };
    for resource in &lowered.resources {
        match printer.resource(resource) {
            Printed::Own(body) => {
                resources.insert(names.get(&resource.key).unwrap_or_default().to_owned(), body);
            }
            Printed::Elsewhere => {}
            Printed::Not => left_out.push(resource.place.clone()),
        }
    }
    let mut template = Map::new();
    template.insert("AWSTemplateFormatVersion".into(), "2010-09-09".into());
    let description = if document.title.is_empty() { &document.description } else { &document.title };
    if !description.is_empty() {
        template.insert("Description".into(), description.chars().take(1024).collect::<String>().into());
    }
    template.insert("Resources".into(), Value::Object(resources));
    let text = serde_json::to_string_pretty(&Value::Object(template)).unwrap_or_default() + "\n";
    left_out.sort();
    left_out.dedup();
    let is_component = |key: &str| {
        lowered.get(key).is_some_and(|one| one.owner == key && !one.kind.cloudformation().is_empty())
            && !key.starts_with("role/")
    };
    let given = names.iter().filter(|(key, _)| is_component(key));
    let names = given.map(|(key, name)| (key.to_owned(), name.to_owned())).collect();
    Exported { text, names, left_out }
}

/// A rule that matches nothing takes the place of the one that AWS adds, which allows everything.
fn closed() -> Value {
    json!({ "IpProtocol": "icmp", "FromPort": 252, "ToPort": 86, "CidrIp": "255.255.255.255/32" })
}

/// Where a resource stands in a template.
pub(super) enum Printed {
    /// As one of its own.
    Own(Value),
    /// In another resource, or nowhere since AWS makes it.
    Elsewhere,
    /// Nowhere, since a template cannot say it.
    Not,
}

/// What resources come down to in a template.
pub(super) struct Printer<'l> {
    pub(super) lowered: &'l Lowered,
    pub(super) names: &'l Names,
    /// Ids of what no template has.
    pub(super) literals: &'l BTreeMap<String, String>,
}

impl Printer<'_> {
    pub(super) fn resource(&self, resource: &Resource) -> Printed {
        if resource.origin == Origin::OfAws && is_rule(resource) {
            return Printed::Elsewhere;
        }
        if resource.kind == Kind::DefaultSecurityGroup {
            // AWS makes it; its rules cannot be replaced by a template.
            return if self.has_own_rules(&resource.key) { Printed::Elsewhere } else { Printed::Not };
        }
        if resource.kind == Kind::RolePolicyAttachment {
            return if self.host(resource).is_some() { Printed::Elsewhere } else { Printed::Not };
        }
        if is_rule(resource) && (self.is_inline(resource) || self.is_of_default_group(resource)) {
            return Printed::Elsewhere;
        }
        match self.body(resource) {
            Some(body) => Printed::Own(body),
            None => Printed::Not,
        }
    }

    fn body(&self, resource: &Resource) -> Option<Value> {
        let mut body = Map::new();
        body.insert("Type".into(), resource.kind.cloudformation().into());
        let after: Vec<Value> = resource
            .after
            .iter()
            .filter(|key| self.lowered.get(key).is_some_and(|needed| !self.literals.contains_key(&needed.owner)))
            .filter_map(|key| self.names.get(key))
            .map(Value::from)
            .collect();
        match after.as_slice() {
            [] => {}
            [one] => drop(body.insert("DependsOn".into(), one.clone())),
            _ => drop(body.insert("DependsOn".into(), Value::Array(after))),
        }
        let properties = self.properties(resource)?;
        if !properties.is_empty() {
            body.insert("Properties".into(), Value::Object(properties));
        }
        Some(Value::Object(body))
    }

    /// The properties of a resource; none where one of them cannot be said.
    pub(super) fn properties(&self, resource: &Resource) -> Option<Map<String, Value>> {
        let mut properties = Map::new();
        for (name, term) in &resource.fields {
            let value = self.term(term)?;
            let side = if resource.kind == Kind::SecurityGroupEgress { "Destination" } else { "Source" };
            match (resource.kind, *name) {
                (_, "PeerGroupId") => drop(properties.insert([side, "SecurityGroupId"].concat(), value)),
                (Kind::SecurityGroupIngress | Kind::SecurityGroupEgress, "PrefixListId") => {
                    properties.insert([side, "PrefixListId"].concat(), value);
                }
                (Kind::VpcEndpoint, "VpcEndpointType") if value == "Gateway" => {}
                (Kind::VpcEndpoint, "PrivateDnsOnlyForInboundResolverEndpoint") => {
                    let word = if value == true { "OnlyInboundResolver" } else { "AllResolvers" };
                    let options = json!({ "PrivateDnsOnlyForInboundResolverEndpoint": word });
                    properties.insert("DnsOptions".into(), options);
                }
                (Kind::Function, "VpcConfig") if value == json!({}) => {}
                _ => drop(properties.insert((*name).into(), value)),
            }
        }
        match resource.kind {
            Kind::SecurityGroup => self.inline_rules(resource, &mut properties)?,
            Kind::Function => {
                let is_node = resource.text("Runtime").is_some_and(|runtime| runtime.starts_with("nodejs"));
                let code = match is_node {
                    true => "exports.handler = async () => {};",
                    false => "def handler(event, context):\n    pass\n",
                };
                properties.insert("Code".into(), json!({ "ZipFile": code }));
            }
            Kind::Role => {
                let policy = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";
                properties.insert("ManagedPolicyArns".into(), json!([{ "Fn::Sub": policy }]));
            }
            Kind::ExistingRole => {
                let parts = self.lowered.resources.iter().filter(|part| part.owner == resource.key);
                let attached = parts.filter(|part| part.kind == Kind::RolePolicyAttachment);
                let arns = attached.map(|part| self.term(part.field("PolicyArn")?)).collect::<Option<Vec<_>>>()?;
                if !arns.is_empty() {
                    properties.insert("ManagedPolicyArns".into(), Value::Array(arns));
                }
            }
            Kind::Instance => {
                let image = "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}";
                properties.insert("ImageId".into(), image.into());
            }
            _ => {}
        }
        Some(properties)
    }

    /// Puts the rules whose peer is no group into their group, where alone they replace the egress rule of AWS.
    fn inline_rules(&self, group: &Resource, properties: &mut Map<String, Value>) -> Option<()> {
        let rules = || self.lowered.resources.iter().filter(|rule| is_rule(rule) && rule.owner == group.key);
        for (kind, name) in
            [(Kind::SecurityGroupIngress, "SecurityGroupIngress"), (Kind::SecurityGroupEgress, "SecurityGroupEgress")]
        {
            let mut inline = Vec::new();
            for rule in rules().filter(|rule| rule.kind == kind && rule.origin != Origin::OfAws && self.is_inline(rule))
            {
                let mut fields = self.properties(rule)?;
                fields.remove("GroupId");
                inline.push(Value::Object(fields));
            }
            let is_open = rules().any(|rule| rule.kind == kind && rule.origin == Origin::OfAws);
            if kind == Kind::SecurityGroupEgress && inline.is_empty() && !is_open {
                inline.push(closed());
            }
            if !inline.is_empty() {
                properties.insert(name.into(), Value::Array(inline));
            }
        }
        Some(())
    }

    /// Groups that name each other would be a circle inside the groups themselves.
    fn is_inline(&self, rule: &Resource) -> bool {
        rule.field("PeerGroupId").is_none()
            && rule.fields.iter().all(|(name, term)| *name == "GroupId" || self.term(term).is_some())
            && self.lowered.get(&rule.owner).is_some_and(|group| group.kind == Kind::SecurityGroup)
            && !self.literals.contains_key(&rule.owner)
    }

    /// The resource that another one stands in.
    pub(super) fn host<'r>(&self, resource: &'r Resource) -> Option<&'r str> {
        let is_hosted = resource.kind == Kind::RolePolicyAttachment
            || is_rule(resource) && (resource.origin == Origin::OfAws || self.is_inline(resource));
        (is_hosted && !self.literals.contains_key(&resource.owner)).then_some(resource.owner.as_str())
    }

    fn is_of_default_group(&self, rule: &Resource) -> bool {
        self.lowered.get(&rule.owner).is_some_and(|group| group.kind == Kind::DefaultSecurityGroup)
    }

    /// Whether a default group has the rules that AWS gives it.
    fn has_own_rules(&self, key: &str) -> bool {
        let mut rules = self.lowered.resources.iter().filter(|rule| is_rule(rule) && rule.owner == key);
        rules.all(|rule| match rule.kind {
            Kind::SecurityGroupEgress => rule.origin == Origin::OfAws,
            _ => rule.text("IpProtocol") == Some("-1") && rule.referred("PeerGroupId") == Some(key),
        })
    }

    fn term(&self, term: &Term) -> Option<Value> {
        Some(match term {
            Term::Text(text) => text.as_str().into(),
            Term::Number(number) => (*number).into(),
            Term::Flag(flag) => (*flag).into(),
            Term::List(terms) => Value::Array(terms.iter().map(|term| self.term(term)).collect::<Option<_>>()?),
            Term::Fields(fields) => {
                let fields = fields.iter().map(|(name, term)| Some(((*name).to_owned(), self.term(term)?)));
                Value::Object(fields.collect::<Option<_>>()?)
            }
            Term::Of(key, attribute) => self.reference(key, *attribute)?,
            Term::Service(service) => {
                let name = ["com.amazonaws.${AWS::Region}.", service].concat();
                json!({ "Fn::Sub": name })
            }
            Term::ServicePrefixList(service) => {
                let region = service.strip_prefix("com.amazonaws.")?.strip_suffix(".s3")?;
                data::s3_prefix_list_id(region)?.into()
            }
            Term::Ipv6Block { vpc, written, .. } if self.literals.contains_key(vpc) => written.as_str().into(),
            Term::Ipv6Block { vpc, number, .. } => {
                let block = json!({ "Fn::Select": [0, attribute_of(self.names.get(vpc)?, "Ipv6CidrBlocks")] });
                json!({ "Fn::Select": [number, { "Fn::Cidr": [block, 256, 64] }] })
            }
            Term::Region => reference_to("AWS::Region"),
            Term::Policy(policy) => policy.clone(),
        })
    }

    fn reference(&self, key: &str, attribute: Attribute) -> Option<Value> {
        let resource = self.lowered.get(key);
        let is_default = |resource: &&Resource| resource.kind == Kind::DefaultSecurityGroup;
        if let Some(group) = resource.filter(is_default).filter(|_| !self.literals.contains_key(key)) {
            return self.reference(group.referred("VpcId")?, Attribute::DefaultSecurityGroup);
        }
        if let Some(id) = self.literals.get(key) {
            return (attribute == Attribute::Id).then(|| id.as_str().into());
        }
        let name = self.names.get(key)?;
        Some(match attribute {
            Attribute::Id => match resource.map(|resource| resource.kind) {
                Some(Kind::SecurityGroup) => attribute_of(name, "GroupId"),
                Some(Kind::PrefixList) => attribute_of(name, "PrefixListId"),
                _ => reference_to(name),
            },
            Attribute::AllocationId => attribute_of(name, "AllocationId"),
            // Of a managed policy, a reference is the ARN.
            Attribute::Arn if resource.is_some_and(|one| one.kind == Kind::ManagedPolicy) => reference_to(name),
            Attribute::Arn => attribute_of(name, "Arn"),
            Attribute::DefaultSecurityGroup => attribute_of(name, "DefaultSecurityGroup"),
            Attribute::MainRouteTable => return None,
        })
    }
}

fn is_rule(resource: &Resource) -> bool {
    matches!(resource.kind, Kind::SecurityGroupIngress | Kind::SecurityGroupEgress)
}

fn reference_to(id: &str) -> Value {
    json!({ "Ref": id })
}

fn attribute_of(id: &str, attribute: &str) -> Value {
    json!({ "Fn::GetAtt": [id, attribute] })
}
