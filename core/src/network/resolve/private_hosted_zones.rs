//! Route 53 private hosted zones (R1.14).

use std::net::IpAddr;

use super::Resolver;
use super::problems::Place;
use super::surroundings::domain_name;
use crate::component::{Component, ComponentKind};
use crate::network::{PrivateHostedZone, RecordValue};
use crate::problem::ProblemKind;

impl Resolver<'_> {
    pub(super) fn private_hosted_zones(&mut self) {
        for (key, declared) in &self.document.private_hosted_zones {
            let place = Place::new("privateHostedZones", key);
            if declared.domain.is_empty() {
                self.problems.report(place.pointer(), || ProblemKind::MissingField { field: "domain" });
                continue;
            }
            let vpcs = self.vpcs_of(place, &declared.vpcs);
            let value = |text: &String| match text.trim().parse::<IpAddr>() {
                Ok(address) => RecordValue::Address(address),
                Err(_) => RecordValue::Name(domain_name(text)),
            };
            let records = declared.records.iter();
            self.network.private_hosted_zones.push(PrivateHostedZone {
                component: Component::new(ComponentKind::PrivateHostedZone, key),
                domain: domain_name(&declared.domain),
                vpcs,
                records: records
                    .map(|(name, values)| (domain_name(name), values.iter().map(value).collect()))
                    .collect(),
            });
        }
    }
}
