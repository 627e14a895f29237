//! Resources by kind and by what they are called: with as many as a file of a hundred megabytes has, a look through all
//! of them for each has no end.

use std::collections::BTreeMap;

use crate::import::inventory::{Kind, Resource, field};
use crate::import::tree::Node;

/// Fields with a name, an id or an ARN of the resource itself.
const NAMES: [&str; 8] =
    ["id", "arn", "name", "role_name", "key_id", "alias_name", "instance_profile_name", "bucket_name"];

/// Kinds that are looked for by names.
const NAMED: [Kind; 8] = [
    Kind::Role,
    Kind::ManagedPolicy,
    Kind::InstanceProfile,
    Kind::TaskDefinition,
    Kind::KmsKey,
    Kind::KmsAlias,
    Kind::Bucket,
    Kind::AccessPoint,
];

/// Positions of resources, each list in their order.
pub(super) struct Lookup<'i> {
    by_kind: BTreeMap<Kind, Vec<usize>>,
    by_name: BTreeMap<Kind, BTreeMap<&'i str, Vec<usize>>>,
}

impl<'i> Lookup<'i> {
    pub(super) fn new(resources: &'i [Resource]) -> Lookup<'i> {
        let mut lookup = Lookup { by_kind: BTreeMap::new(), by_name: BTreeMap::new() };
        for (position, resource) in resources.iter().enumerate() {
            lookup.by_kind.entry(resource.kind).or_default().push(position);
            if !NAMED.contains(&resource.kind) {
                continue;
            }
            for name in NAMES.iter().filter_map(|name| field(&resource.fields, name).and_then(Node::scalar)) {
                let positions = lookup.by_name.entry(resource.kind).or_default().entry(name).or_default();
                if positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
        }
        lookup
    }

    pub(super) fn of(&self, kind: Kind) -> &[usize] {
        self.by_kind.get(&kind).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn called(&self, kind: Kind, name: &str) -> &[usize] {
        self.by_name.get(&kind).and_then(|names| names.get(name)).map(Vec::as_slice).unwrap_or_default()
    }
}
