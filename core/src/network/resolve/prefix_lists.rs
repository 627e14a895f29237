//! Prefix lists, those of AWS among them.

use super::Resolver;
use super::problems::{Found, Spot};
use super::services::{service_of_list, service_of_prefix_list};
use crate::address::{Addresses, family_of_block};
use crate::component::{Component, ComponentKind};
use crate::data;
use crate::network::{PrefixList, PrefixListId, ServiceName};
use crate::problem::{NameRole, ProblemKind};
use crate::query::Family;

impl Resolver<'_> {
    /// The prefix list that a route or rule names: by key, by the name of its service, or by a well-known id.
    pub(super) fn find_prefix_list(&mut self, name: &str) -> Option<PrefixListId> {
        if let Found::Resolved(id) = self.prefix_lists.find(ComponentKind::PrefixList, name) {
            return Some(id);
        }
        if let Some((_, id)) = self.added_prefix_lists.iter().find(|(added, _)| added == name) {
            return Some(*id);
        }
        let service = service_of_list(name).or_else(|| service_of_prefix_list(name, &self.network.region))?;
        let family = if is_ipv6_list(&service.full) { Family::Ipv6 } else { Family::Ipv4 };
        Some(self.prefix_list_of_service(&service, family).unwrap_or_else(|| self.add_prefix_list(name, Some(service))))
    }

    /// The prefix list of a service for one family: the document's own, else one from the bundled data.
    pub(super) fn prefix_list_of(&mut self, service: &ServiceName, family: Family) -> PrefixListId {
        if let Some(id) = self.prefix_list_of_service(service, family) {
            return id;
        }
        let infix = if family == Family::Ipv6 { "ipv6." } else { "" };
        let name = format!("com.amazonaws.{}.{infix}{}", service.region, service.service);
        let service = ServiceName { full: name.clone(), ..service.clone() };
        self.add_prefix_list(&name, Some(service))
    }

    /// A list of the service that is already there.
    fn prefix_list_of_service(&self, service: &ServiceName, family: Family) -> Option<PrefixListId> {
        let mut lists = self.network.prefix_lists.iter();
        let found = lists.find(|(_, list)| {
            let same = |of: &ServiceName| of.service == service.service && of.region == service.region;
            list.service.as_ref().is_some_and(same) && families_of(list).contains(&family)
        });
        found.map(|(id, _)| id)
    }

    /// Adds a prefix list that the document does not declare; without service nothing is known of it.
    pub(super) fn add_prefix_list(&mut self, name: &str, service: Option<ServiceName>) -> PrefixListId {
        let list = prefix_list(name, service, None);
        let id = self.network.prefix_lists.push(PrefixList { is_unknown: list.entries.is_empty(), ..list });
        self.added_prefix_lists.push((name.to_owned(), id));
        id
    }

    /// The prefix list that a name stands for; an unknown one is reported, and nothing is known of its entries.
    pub(super) fn prefix_list_or_unknown(&mut self, name: &str, pointer: Spot<'_>) -> PrefixListId {
        if let Some(id) = self.find_prefix_list(name) {
            return id;
        }
        if name.starts_with("pl-") {
            self.problems.report(pointer, || ProblemKind::UnknownPrefixList { name: name.to_owned() });
        } else {
            let mut names = self.prefix_lists.keys();
            self.problems.unknown_name(NameRole::RouteDestination, &["prefixLists"], name, &mut names, pointer);
        }
        self.add_prefix_list(name, None)
    }
}

/// The families that a list holds; one without entries goes by its name.
fn families_of(list: &PrefixList) -> Vec<Family> {
    let named =
        list.service.as_ref().map(|service| if is_ipv6_list(&service.full) { Family::Ipv6 } else { Family::Ipv4 });
    if list.entries.is_empty() {
        return named.into_iter().collect();
    }
    [Family::Ipv4, Family::Ipv6].into_iter().filter(|family| !list.addresses.of(*family).is_empty()).collect()
}

/// Whether the name is that of a list of IPv6 blocks (R5.23).
fn is_ipv6_list(name: &str) -> bool {
    crate::texts::contains(name, ".ipv6.")
}

/// A prefix list with the entries given, else with the bundled ranges of its service.
pub(super) fn prefix_list(name: &str, service: Option<ServiceName>, entries: Option<Vec<ipnet::IpNet>>) -> PrefixList {
    let bundled = || match &service {
        // Of other services, the data has an upper bound only, which is no prefix list.
        Some(of) if matches!(of.service.as_str(), "s3" | "dynamodb") => {
            let family = if is_ipv6_list(&of.full) || is_ipv6_list(name) { Family::Ipv6 } else { Family::Ipv4 };
            let mut ranges = data::ranges(&of.service, &of.region);
            ranges.retain(|block| family_of_block(block) == family);
            ranges
        }
        _ => Vec::new(),
    };
    let is_given = entries.is_some();
    let entries = entries.unwrap_or_else(bundled);
    PrefixList {
        component: Component::new(ComponentKind::PrefixList, name),
        from_bundled_data: !is_given && !entries.is_empty(),
        is_unknown: false,
        service,
        addresses: Addresses::of_blocks(&entries),
        entries,
    }
}
