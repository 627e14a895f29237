//! Prefix lists that the document declares.

use super::Resolver;
use super::prefix_lists::prefix_list;
use super::problems::Place;
use super::services::{service, service_of_list, service_of_prefix_list};
use crate::network::PrefixList;

impl Resolver<'_> {
    /// The prefix lists that the document declares.
    pub(super) fn prefix_lists(&mut self) {
        for (key, declared) in &self.document.prefix_lists {
            let place = Place::new("prefixLists", key);
            let of_aws = match &declared.aws_service {
                Some(name) => service_of_list(name).or_else(|| Some(service(name, &self.network.region))),
                None => service_of_list(key).or_else(|| service_of_prefix_list(key, &self.network.region)),
            };
            let mut entries = Vec::with_capacity(declared.entries.len());
            for (position, text) in declared.entries.iter().enumerate() {
                entries.extend(self.problems.block(text, None, place.item("entries", position)));
            }
            let is_given = !declared.entries.is_empty();
            let list = prefix_list(key, of_aws, is_given.then_some(entries));
            // A list of the customer's own may be empty; of one that a dump names by id only, the entries are not known.
            // An entry that cannot be read may be any block.
            let is_unknown = list.entries.len() < declared.entries.len()
                || list.entries.is_empty() && (list.service.is_some() || key.starts_with("pl-"))
                || self.network.is_uncertain(&list.component);
            let list = PrefixList { is_unknown, ..list };
            let id = self.network.prefix_lists.push(list);
            self.prefix_lists.push(key, Some(id));
        }
    }
}
