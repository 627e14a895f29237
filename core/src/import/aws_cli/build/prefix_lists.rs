//! Prefix lists: their names come from one call, their entries from another, which does not say of which list.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::Builder;
use super::marks::Extent;
use crate::data;
use crate::document;
use crate::import::aws_cli::answers::PrefixListEntry;
use crate::import::aws_cli::kind::{Found, ListKind};
use crate::import::aws_cli::scan::{Findings, Group};
use crate::import::places::pointer;
use crate::import::problem::ImportProblemKind;

/// What is known of a prefix list.
#[derive(Default)]
struct Known {
    name: Option<String>,
    entries: Option<Vec<String>>,
}

impl Known {
    /// AWS's own lists are named after the service; nobody else's name may start so.
    fn is_of_aws(&self) -> bool {
        self.name
            .as_ref()
            .is_some_and(|name| name.starts_with("com.amazonaws.") || name.starts_with("cn.com.amazonaws."))
    }
}

pub(super) fn prefix_lists(builder: &mut Builder<'_>, findings: &mut Findings<'_>) {
    let mut lists: BTreeMap<String, Known> = BTreeMap::new();
    let mut first_file: BTreeMap<String, usize> = BTreeMap::new();
    for Found { item, file } in &findings.lists.prefix_lists {
        let Some(id) = item.prefix_list_id.owned() else { continue };
        let place = pointer("prefixLists", &id);
        builder.mark(*file, &item.prefix_list_id, Extent::Key, place, &id, ListKind::PrefixLists.key());
        let list = lists.entry(id.clone()).or_default();
        let first = *first_file.entry(id.clone()).or_insert(*file);
        // The two describe calls tell different parts of the same list.
        let differs = |old: &Option<String>, new: &Option<String>| new.is_some() && old.is_some() && old != new;
        let name = item.prefix_list_name.owned();
        let entries: Vec<String> = item.cidrs.iter().filter_map(|cidr| cidr.owned()).collect();
        let other_entries = !entries.is_empty() && list.entries.as_ref().is_some_and(|old| !same_blocks(old, &entries));
        if differs(&list.name, &name) || other_entries {
            let first = builder.name_of(first);
            builder.report_in(*file, ImportProblemKind::Conflict { id, first });
            continue;
        }
        list.name = list.name.take().or(name);
        if !entries.is_empty() {
            list.entries.get_or_insert(entries);
        }
    }

    let groups = std::mem::take(&mut findings.prefix_list_entries);
    for group in &groups {
        let entries = blocks_of(&findings.lists.prefix_list_entries, group);
        match list_of(group, &entries, &lists, builder.document.region.as_deref()) {
            Some(id) => match &lists.entry(id.clone()).or_default().entries {
                Some(old) if !same_blocks(old, &entries) => {
                    let first = first_file.get(&id).map(|file| builder.name_of(*file)).unwrap_or_default();
                    builder.report_in(group.file, ImportProblemKind::Conflict { id, first });
                }
                Some(_) => {}
                None => {
                    first_file.entry(id.clone()).or_insert(group.file);
                    lists.entry(id).or_default().entries = Some(entries);
                }
            },
            None => {
                builder.report_in(group.file, ImportProblemKind::UnnamedPrefixList);
                findings.incomplete.insert(ListKind::PrefixLists);
            }
        }
    }

    for (id, list) in lists {
        let aws_service = list.name.clone().filter(|_| list.is_of_aws());
        if aws_service.is_none() && list.entries.is_none() {
            findings.incomplete.insert(ListKind::PrefixLists);
            builder.report(ImportProblemKind::PrefixListEntriesUnknown { id });
            continue;
        }
        let list = document::PrefixList { aws_service, entries: list.entries.unwrap_or_default() };
        builder.document.prefix_lists.insert(id, list);
    }
}

fn blocks_of(all: &[Found<PrefixListEntry<'_>>], group: &Group<'_>) -> Vec<String> {
    let entries = all.get(group.first..group.end).unwrap_or_default();
    entries.iter().filter_map(|found| found.item.cidr.owned()).collect()
}

fn same_blocks(one: &[String], other: &[String]) -> bool {
    let sorted = |blocks: &[String]| {
        let mut blocks = blocks.to_vec();
        blocks.sort();
        blocks
    };
    sorted(one) == sorted(other)
}

/// Of which list entries are: by what wrapper or name say, else by what they are.
fn list_of(
    group: &Group<'_>,
    entries: &[String],
    lists: &BTreeMap<String, Known>,
    region: Option<&str>,
) -> Option<String> {
    if let Some(of) = group.of {
        return Some(of.to_owned());
    }
    let label = group.label.unwrap_or_default();
    let words = || label.split(['.', '/', '\\', ' ', '_']).flat_map(|part| [part, part.trim_start_matches("entries-")]);
    if let Some(id) = words().find_map(|word| word.find("pl-").and_then(|start| word.get(start..))) {
        return Some(id.to_owned());
    }
    let is_named = |list: &Known| {
        list.name.as_deref().is_some_and(|name| words().any(|word| word == name || Some(word) == last_part(name)))
    };
    let by_name: Vec<&String> = lists.iter().filter(|(_, list)| is_named(list)).map(|(id, _)| id).collect();
    if let [id] = by_name.as_slice() {
        return Some((*id).clone());
    }
    let is_same = |list: &Known| list.entries.as_ref().is_some_and(|known| same_blocks(known, entries));
    if let Some((id, _)) = lists.iter().find(|(_, list)| is_same(list)) {
        return Some(id.clone());
    }
    let s3 = data::ranges("s3", region?);
    let is_s3 =
        |entry: &String| entry.parse::<IpNet>().is_ok_and(|entry| s3.iter().any(|block| block.contains(&entry)));
    let is_s3_list =
        |list: &Known| list.name.as_deref() == Some(&format!("com.amazonaws.{}.s3", region.unwrap_or_default()));
    if !entries.is_empty() && entries.iter().all(is_s3) {
        let listed = lists.iter().find(|(_, list)| is_s3_list(list)).map(|(id, _)| id.clone());
        return listed.or_else(|| data::s3_prefix_list_id(region?).map(str::to_owned));
    }
    let without: Vec<&String> =
        lists.iter().filter(|(_, list)| list.entries.is_none() && !list.is_of_aws()).map(|(id, _)| id).collect();
    match without.as_slice() {
        [id] => Some((*id).clone()),
        _ => None,
    }
}

/// The service in the name of one of AWS's lists: `com.amazonaws.eu-west-1.s3` gives `s3`.
fn last_part(name: &str) -> Option<&str> {
    name.starts_with("com.amazonaws.").then(|| name.rsplit('.').next()).flatten()
}
