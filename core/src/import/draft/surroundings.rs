//! Buckets, private hosted zones, VPC Block Public Access.

use super::{Draft, SUBNET, VPC, Want, change};
use crate::document;
use crate::import::inventory::{Kind, Resource, field};
use crate::import::tree::{Node, Value};

const HOSTED_ZONE: Want = Want { kinds: &[Kind::HostedZone], section: "privateHostedZones" };

impl Draft<'_> {
    pub(super) fn surroundings(&mut self) {
        self.private_hosted_zones();
        self.block_public_access();
    }

    pub(super) fn buckets(&mut self) {
        let home = self.document.region.clone();
        for (position, resource) in self.of(Kind::Bucket) {
            let name = self.name(position);
            if self.document.buckets.contains_key(&name) {
                continue;
            }
            let own = field(&resource.fields, "bucket_name").or_else(|| field(&resource.fields, "bucket"));
            let own = own.and_then(Node::scalar).filter(|name| is_bucket_name(name)).map(str::to_owned);
            let region = ["bucket_region", "region"].iter().find_map(|name| field(&resource.fields, name)?.scalar());
            let region = region.filter(|region| is_region(region)).map(str::to_owned);
            let bucket = document::Bucket {
                region: region.filter(|region| home.as_ref() != Some(region)),
                bucket_name: own.or_else(|| generated_name(&name)).filter(|own| *own != name),
                ..document::Bucket::default()
            };
            self.document.buckets.insert(name, bucket);
            self.remember_component("buckets", position);
        }
    }

    fn private_hosted_zones(&mut self) {
        for (position, resource) in self.of(Kind::HostedZone) {
            let name = self.name(position);
            let mut vpcs = Vec::new();
            for property in ["vpcs", "vpc"] {
                for item in field(&resource.fields, property).map(Node::items).unwrap_or_default() {
                    let node = field(item, "vpc_id");
                    vpcs.extend(node.and_then(|node| self.target(position, node, "vpc_id", VPC)));
                }
            }
            if vpcs.is_empty() {
                continue;
            }
            let component = ("privateHostedZones", name.as_str());
            let Some(domain) = self.text(position, &resource.fields, "name", component) else { continue };
            let domain = domain.trim_end_matches('.').to_ascii_lowercase();
            let zone = document::PrivateHostedZone { domain, vpcs, ..document::PrivateHostedZone::default() };
            self.document.private_hosted_zones.insert(name, zone);
            self.remember_component("privateHostedZones", position);
        }
        for (position, resource) in self.of(Kind::HostedZoneAssociation) {
            let zone = field(&resource.fields, "zone_id");
            let zone = zone.and_then(|node| self.target(position, node, "zone_id", HOSTED_ZONE));
            let vpc = field(&resource.fields, "vpc_id").and_then(|node| self.target(position, node, "vpc_id", VPC));
            if let (Some(zone), Some(vpc)) = (zone, vpc) {
                change(&mut self.document.private_hosted_zones, &zone, |zone| {
                    super::add(&mut zone.vpcs, vpc);
                });
            }
        }
        for (position, resource) in self.of(Kind::RecordSet) {
            self.record(position, &resource.fields);
        }
        for (position, resource) in self.of(Kind::RecordSetGroup) {
            for item in field(&resource.fields, "record_sets").map(Node::items).unwrap_or_default() {
                self.record(position, item);
            }
        }
    }

    fn record(&mut self, position: usize, fields: &Node) {
        let scalar = |name: &str| field(fields, name).and_then(Node::scalar);
        let of_type = scalar("type").unwrap_or_default();
        if !matches!(of_type, "A" | "AAAA" | "CNAME") {
            return;
        }
        let name = scalar("name").or_else(|| scalar("fqdn")).unwrap_or_default();
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let by_id = field(fields, "hosted_zone_id").or_else(|| field(fields, "zone_id"));
        let zone = match by_id.map(|node| (&node.value, node)) {
            Some((Value::Reference { resource, .. }, _)) => Some(self.name(*resource)),
            Some((Value::Text(text), _)) => self.ids.get(text).map(|(resource, _)| self.name(*resource)),
            _ => None,
        };
        let by_name = || {
            let wanted = scalar("hosted_zone_name")?.trim_end_matches('.').to_ascii_lowercase();
            let mut zones = self.document.private_hosted_zones.iter();
            zones.find(|(_, zone)| zone.domain == wanted).map(|(key, _)| key.clone())
        };
        let Some(zone) = zone.or_else(by_name) else { return };
        let list = field(fields, "resource_records").or_else(|| field(fields, "records"));
        let mut values: Vec<String> = Vec::new();
        let mut is_open = false;
        for item in list.map(Node::items).unwrap_or_default() {
            match item.scalar() {
                Some(value) => values.push(value.trim_end_matches('.').to_owned()),
                None => is_open = true,
            }
        }
        let alias = field(fields, "alias_target").or_else(|| crate::import::inventory::block(fields, "alias"));
        if let Some(alias) = alias {
            let target = field(alias, "dns_name").or_else(|| field(alias, "name")).and_then(Node::scalar);
            match target {
                Some(target) => values.push(target.trim_end_matches('.').to_owned()),
                None => is_open = true,
            }
        }
        if is_open {
            self.unknown.insert("privateHostedZones".to_owned());
        }
        let Some(known) = self.document.private_hosted_zones.get_mut(&zone) else { return };
        let relative = match name.strip_suffix(&known.domain).map(|name| name.trim_end_matches('.')) {
            Some("") => "@".to_owned(),
            Some(relative) => relative.to_owned(),
            None => name,
        };
        change(&mut known.records, &relative, |known| known.extend(values));
        let at = self.resources.get(position).map(|resource| resource.at).unwrap_or_default();
        let key = crate::import::places::pointer("privateHostedZones", &zone);
        self.remember([&key, "/records/", &relative].concat(), position, at);
    }

    fn block_public_access(&mut self) {
        for (position, resource) in self.of(Kind::BlockPublicAccess) {
            let mode = field(&resource.fields, "internet_gateway_block_mode");
            let mode = mode.and_then(Node::scalar).map(str::to_ascii_lowercase);
            let settings = self.document.vpc_block_public_access.get_or_insert_default();
            settings.internet_gateway_block_mode = mode.filter(|mode| mode != "off");
            self.remember("/vpcBlockPublicAccess".to_owned(), position, resource.at);
        }
        for (position, resource) in self.of(Kind::BlockPublicAccessExclusion) {
            self.exclusion(position, resource);
        }
    }

    fn exclusion(&mut self, position: usize, resource: &Resource) {
        let vpc = field(&resource.fields, "vpc_id").and_then(|node| self.target(position, node, "vpc_id", VPC));
        let node = field(&resource.fields, "subnet_id");
        let subnet = node.and_then(|node| self.target(position, node, "subnet_id", SUBNET));
        let mode = field(&resource.fields, "internet_gateway_exclusion_mode").and_then(Node::scalar);
        let Some(mode) = mode.map(str::to_ascii_lowercase) else { return };
        let exclusion =
            document::VpcBlockPublicAccessExclusion { vpc, subnet, internet_gateway_exclusion_mode: mode, state: None };
        self.document.vpc_block_public_access.get_or_insert_default().exclusions.push(exclusion);
    }
}

/// What stands for the name that AWS makes up for a bucket, where its key cannot be one.
fn generated_name(key: &str) -> Option<String> {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    (!is_bucket_name(key)).then(|| key.chars().map(letter).collect())
}

/// Whether a text can be the name of a bucket: a mocked provider invents others.
fn is_bucket_name(text: &str) -> bool {
    text.len() >= 3
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte))
}

/// Whether a text is a Region's name.
pub(in crate::import) fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    (3..=4).contains(&parts.len())
        && parts.last().is_some_and(|last| last.len() == 1 && last.bytes().all(|byte| byte.is_ascii_digit()))
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}
