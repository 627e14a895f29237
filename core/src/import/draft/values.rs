//! Scalars of a resource: what is not known is told, and makes the component uncertain.

use super::{Draft, VPC};
use crate::import::cloudformation::readable;
use crate::import::inventory::{Dialect, Resource, field};
use crate::import::tree::{Node, Value};

impl Draft<'_> {
    /// A text; the component is uncertain where it is not known.
    pub(super) fn text(
        &mut self,
        position: usize,
        node: &Node,
        property: &str,
        component: (&'static str, &str),
    ) -> Option<String> {
        let found = field(node, property)?;
        match &found.value {
            Value::Unknown(unknown) => {
                self.tell(position, found, property, *unknown);
                self.uncertain(component.0, component.1);
                None
            }
            Value::Reference { .. } => {
                self.uncertain(component.0, component.1);
                None
            }
            _ => found.scalar().map(str::to_owned),
        }
    }

    /// A truth value, which templates also write as a text.
    pub(super) fn truth(
        &mut self,
        position: usize,
        node: &Node,
        property: &str,
        component: (&'static str, &str),
    ) -> Option<bool> {
        match self.text(position, node, property, component)?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "enable" => Some(true),
            "false" | "no" | "off" | "disable" => Some(false),
            _ => None,
        }
    }

    /// A number, which templates also write as a text.
    pub(super) fn number(
        &mut self,
        position: usize,
        node: &Node,
        property: &str,
        component: (&'static str, &str),
    ) -> Option<i64> {
        let text = self.text(position, node, property, component)?;
        text.parse().ok().or_else(|| text.parse::<f64>().ok().map(|number| number as i64))
    }

    /// The VPC that a resource is in. One that no file describes is one of which little is known.
    pub(super) fn vpc_of(&mut self, position: usize, resource: &Resource) -> Option<String> {
        let node = field(&resource.fields, "vpc_id")?;
        let name = self.target(position, node, "vpc_id", VPC)?;
        if !self.document.vpcs.contains_key(&name) {
            self.document.vpcs.insert(name.clone(), crate::document::Vpc::default());
            for section in ["vpcs", "subnets", "routeTables", "networkAcls", "vpcEndpoints", "privateHostedZones"] {
                self.unknown.insert(section.to_owned());
            }
            self.unknown.insert(["vpcs/", &name, "/enableDnsHostnames"].concat());
        }
        Some(name)
    }

    /// A value as JSON, with references as a template writes them.
    pub(super) fn json(&self, node: &Node) -> serde_json::Value {
        use serde_json::Value as Json;
        match &node.value {
            Value::Null => Json::Null,
            Value::Bool(truth) => Json::Bool(*truth),
            Value::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| Json::String(number.clone())),
            Value::Text(text) => Json::String(readable(text, |resource| self.called(resource))),
            Value::List(items) => Json::Array(items.iter().map(|item| self.json(item)).collect()),
            Value::Map(entries) => {
                Json::Object(entries.iter().map(|entry| (entry.key.clone(), self.json(&entry.node))).collect())
            }
            Value::Reference { resource, attribute } if attribute.eq_ignore_ascii_case("arn") => {
                Json::String(self.arn_of(*resource))
            }
            Value::Reference { resource, attribute } if attribute.is_empty() => Json::String(self.called(*resource)),
            Value::Reference { resource, attribute } => {
                Json::String(["${", &self.called(*resource), ".", attribute, "}"].concat())
            }
            Value::Unknown(unknown) => Json::String(["${", &self.placeholder(*unknown), "}"].concat()),
        }
    }

    /// What policies call a resource: the name of a bucket, else its key.
    fn called(&self, resource: usize) -> String {
        let name = self.name(resource);
        let bucket = self.document.buckets.get(&name).and_then(|bucket| bucket.bucket_name.clone());
        bucket.unwrap_or(name)
    }

    fn arn_of(&self, resource: usize) -> String {
        let of_type = self.resources.get(resource).map(|resource| resource.type_name.as_str()).unwrap_or_default();
        match of_type {
            "AWS::S3::Bucket" | "aws_s3_bucket" => ["arn:aws:s3:::", &self.called(resource)].concat(),
            _ => ["${", &self.name(resource), ".Arn}"].concat(),
        }
    }

    /// A policy: an object in templates, JSON in a text with Terraform. Text that is no JSON is a provider's invention.
    pub(super) fn policy(&self, node: &Node) -> Option<serde_json::Value> {
        match &node.value {
            Value::Text(text) => {
                let text = readable(text, |resource| self.called(resource));
                serde_json::from_str(&text).ok().filter(serde_json::Value::is_object)
            }
            Value::Map(_) => Some(self.json(node)),
            _ => None,
        }
    }

    /// An address, where the text is one: a mocked provider invents others.
    pub(super) fn address(&self, text: Option<String>) -> Option<String> {
        text.filter(|text| text.parse::<std::net::IpAddr>().is_ok())
    }

    /// An address in a subnet. One outside it is a provider's invention: AWS would have refused it.
    pub(super) fn private_address(&self, text: Option<String>, subnet: Option<&str>) -> Option<String> {
        let address: std::net::IpAddr = text?.parse().ok()?;
        let block = self.document.subnets.get(subnet?)?.cidr.as_deref()?;
        let block: ipnet::IpNet = block.parse().ok()?;
        block.contains(&address).then(|| address.to_string())
    }

    /// An address that AWS assigns at deployment, from the range for documentation.
    pub(super) fn assigned_address(&mut self) -> String {
        self.assigned += 1;
        format!("203.0.113.{}", 1 + self.assigned.saturating_sub(1) % 254)
    }

    pub(super) fn is_terraform(&self, resource: &Resource) -> bool {
        resource.dialect == Dialect::Terraform
    }
}
