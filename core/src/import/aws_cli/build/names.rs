//! Private hosted zones and their records.

use std::collections::BTreeMap;

use super::marks::Extent;
use super::{Builder, change};
use crate::document::{self, Section};
use crate::import::aws_cli::answers::ResourceRecordSet;
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::aws_cli::scan::{Findings, Group};
use crate::import::places::pointer;
use crate::import::problem::ImportProblemKind;

pub(super) fn private_hosted_zones(builder: &mut Builder<'_>, findings: &Findings<'_>) {
    // Zone by id: domain, and the VPCs that the answers are about.
    let mut zones: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for group in &findings.hosted_zones {
        let vpc = vpc_of(builder, group);
        let listed = findings.lists.hosted_zones.get(group.first..group.end).unwrap_or_default();
        for Found { item, file } in listed {
            // The zones behind private DNS of interface endpoints are the endpoints' own.
            let is_of_aws = item.owner.as_ref().is_some_and(|owner| owner.owning_service.given().is_some());
            let Some(id) = item.hosted_zone_id.owned().filter(|_| !is_of_aws) else { continue };
            let place = pointer("privateHostedZones", &id);
            builder.mark(*file, &item.hosted_zone_id, Extent::Key, place, &id, ListKind::HostedZones.key());
            let domain = item.name.trim_end_matches('.').to_ascii_lowercase();
            if vpc.is_none() && builder.document.vpcs.len() > 1 {
                builder.report_in(*file, ImportProblemKind::HostedZoneVpcUnknown { domain: domain.clone() });
            }
            zones.entry(id).or_insert((domain, Vec::new())).1.extend(vpc.clone());
        }
    }

    let mut records: BTreeMap<String, Section<Vec<String>>> = BTreeMap::new();
    for group in &findings.record_sets {
        let sets = findings.lists.resource_record_sets.get(group.first..group.end).unwrap_or_default();
        let of = group.of.map(|id| id.trim_start_matches("/hostedzone/").to_owned());
        let by_name = || {
            let apex = sets.iter().find(|found| found.item.r#type.is("SOA") || found.item.r#type.is("NS"))?;
            let apex = domain_of(&apex.item);
            zones.iter().find(|(_, (domain, _))| *domain == apex).map(|(id, _)| id.clone())
        };
        match of.or_else(by_name).and_then(|id| Some((zones.get(&id)?.0.clone(), id))) {
            Some((domain, id)) => {
                let zone = records.entry(id).or_default();
                for Found { item, .. } in sets {
                    add_record(zone, item, &domain);
                }
            }
            None => builder.report_in(group.file, ImportProblemKind::UnnamedHostedZone),
        }
    }

    for (id, (domain, mut vpcs)) in zones {
        let Some(records) = records.remove(&id) else {
            builder.report(ImportProblemKind::HostedZoneRecordsUnknown { id, domain });
            builder.document.unknown_sections.push("privateHostedZones".to_owned());
            continue;
        };
        vpcs.sort();
        vpcs.dedup();
        let zone = document::PrivateHostedZone { domain, vpcs, records };
        builder.document.private_hosted_zones.insert(id, zone);
    }
}

/// The VPC that a list of zones is about: the answer does not say it.
fn vpc_of(builder: &Builder<'_>, group: &Group<'_>) -> Option<String> {
    let label = group.label.unwrap_or_default();
    let named = label.split(['.', '/', '\\', ' ', '_']).find_map(|word| word.get(word.find("vpc-")?..));
    let mut vpcs = builder.document.vpcs.keys();
    let only = vpcs.next().filter(|_| vpcs.next().is_none());
    // `list-hosted-zones-by-vpc` itself has the letters `vpc-` only in front of an id.
    group.of.or(named.filter(|id| id.len() > "vpc-".len())).map(str::to_owned).or_else(|| only.cloned())
}

fn domain_of(set: &ResourceRecordSet<'_>) -> String {
    // Route 53 writes the asterisk of a wildcard as an octal escape.
    set.name.trim_end_matches('.').replace("\\052", "*").to_ascii_lowercase()
}

fn add_record(zone: &mut Section<Vec<String>>, set: &ResourceRecordSet<'_>, domain: &str) {
    if !["A", "AAAA", "CNAME"].iter().any(|word| set.r#type.is(word)) {
        return;
    }
    let name = domain_of(set);
    let relative = match name.strip_suffix(domain).map(|name| name.trim_end_matches('.')) {
        Some("") => "@",
        Some(relative) => relative,
        None => return,
    };
    let values = set.resource_records.iter().filter_map(|record| record.value.owned());
    let alias = set.alias_target.as_ref().and_then(|target| target.dns_name.owned());
    let values = values.chain(alias).map(|value| value.trim_end_matches('.').to_owned());
    change(zone, relative, |known| known.extend(values));
}
