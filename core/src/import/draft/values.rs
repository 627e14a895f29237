//! Scalars of a resource: what is not known is told, and makes the component uncertain.

use super::{Draft, VPC};
use crate::import::inventory::{Dialect, Resource, field};
use crate::import::tree::{Node, Value};

impl Draft<'_> {
    /// A text, where it is known; an unknown value is told.
    pub(super) fn told_text(&mut self, position: usize, node: &Node, property: &str) -> Option<String> {
        let found = field(node, property)?;
        if let Value::Unknown(unknown) = found.value {
            self.tell(position, found, property, unknown);
        }
        found.scalar().map(str::to_owned)
    }

    /// A text; the component is uncertain where it is not known.
    pub(super) fn text(
        &mut self,
        position: usize,
        node: &Node,
        property: &str,
        component: (&'static str, &str),
    ) -> Option<String> {
        if matches!(field(node, property)?.value, Value::Unknown(_) | Value::Reference { .. }) {
            self.uncertain(component.0, component.1);
        }
        self.told_text(position, node, property)
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

    /// A number, likewise; where it is not known, that is told.
    pub(super) fn told_number(&mut self, position: usize, node: &Node, property: &str) -> Option<i64> {
        whole_number(&self.told_text(position, node, property)?)
    }

    /// A number; the component is uncertain where it is not known.
    pub(super) fn number(
        &mut self,
        position: usize,
        node: &Node,
        property: &str,
        component: (&'static str, &str),
    ) -> Option<i64> {
        whole_number(&self.text(position, node, property, component)?)
    }

    /// The VPC that a resource is in. One that no file describes is one of which little is known.
    pub(super) fn vpc_of(&mut self, position: usize, resource: &Resource) -> Option<String> {
        self.vpc_named(position, field(&resource.fields, "vpc_id")?, "vpc_id")
    }

    /// The VPC that a property names, likewise.
    pub(super) fn vpc_named(&mut self, position: usize, node: &Node, property: &str) -> Option<String> {
        let name = self.target(position, node, property, VPC)?;
        if !self.document.vpcs.contains_key(&name) {
            self.document.vpcs.insert(name.clone(), crate::document::Vpc::default());
            for section in ["vpcs", "subnets", "routeTables", "networkAcls", "vpcEndpoints", "privateHostedZones"] {
                self.unknown.insert(section.to_owned());
            }
            self.unknown.insert(["vpcs/", &name, "/enableDnsHostnames"].concat());
        }
        Some(name)
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

    pub(super) fn is_terraform(&self, resource: &Resource) -> bool {
        resource.dialect == Dialect::Terraform
    }

    /// Whether a resource is of a tool that tells some values only after apply.
    pub(super) fn is_of_terraform(&self, position: usize) -> bool {
        self.resources.get(position).is_some_and(|resource| self.is_terraform(resource))
    }
}

/// A number, which templates also write as a text, and Terraform with a fraction of zero.
fn whole_number(text: &str) -> Option<i64> {
    text.parse().ok().or_else(|| text.parse::<f64>().ok().map(|number| number as i64))
}
