//! Where the parts of a document come from.

use std::collections::BTreeMap;

use crate::component::Component;
use crate::problem::Location;

/// Where a part of a document stands in the person's own files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// File, line and column.
    pub location: Location,
    /// The resource: its logical id in a template, its address in Terraform, its id in output of the AWS CLI.
    pub name: String,
    /// Its type, as the tool names it.
    pub of_type: String,
}

/// The places of a document's parts, by pointer: components, routes, rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    places: BTreeMap<String, Place>,
}

impl Places {
    /// Adds a place; the first one of a part counts.
    pub(super) fn insert(&mut self, pointer: String, place: Place) {
        self.places.entry(pointer).or_insert(place);
    }

    /// Adds the places of another reader behind the own ones.
    pub(super) fn append(&mut self, others: Places) {
        others.places.into_iter().for_each(|(pointer, place)| self.insert(pointer, place));
    }

    /// Where the part with that pointer, or else the nearest part around it, stands.
    pub fn of(&self, pointer: &str) -> Option<&Place> {
        let around = std::iter::successors(Some(pointer), |pointer| Some(pointer.rsplit_once('/')?.0));
        around.take_while(|pointer| !pointer.is_empty()).find_map(|pointer| self.places.get(pointer))
    }

    /// Where a component stands.
    pub fn of_component(&self, component: &Component) -> Option<&Place> {
        self.places.get(&pointer(&section_of(component.kind.as_str()), &component.name))
    }

    /// Where a component stands, by its address `kind/name`.
    pub fn of_address(&self, address: &str) -> Option<&Place> {
        let (kind, name) = address.split_once('/')?;
        self.places.get(&pointer(&section_of(kind), name))
    }

    /// Where a decision comes from: the route or rule, else the component that decides.
    pub fn of_decision(&self, pointer: Option<&str>, component: &str) -> Option<&Place> {
        pointer.and_then(|pointer| self.of(pointer)).or_else(|| self.of_address(component))
    }

    /// Every place with its pointer, in the order of the pointers.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.places.iter().map(|(pointer, place)| (pointer.as_str(), place))
    }

    /// Whether nothing has a place.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

/// A pointer to a component.
pub(super) fn pointer(section: &str, name: &str) -> String {
    let mut pointer = String::new();
    push_step(&mut pointer, section);
    push_step(&mut pointer, name);
    pointer
}

/// A pointer to an entry of a component's list.
pub(super) fn pointer_to(section: &str, name: &str, list: &str, position: usize) -> String {
    [&pointer(section, name), "/", list, "/", &position.to_string()].concat()
}

/// The section of a document that holds a kind.
fn section_of(kind: &str) -> String {
    match kind {
        "vpcBlockPublicAccess" | "dhcpOptions" => kind.to_owned(),
        "managedPolicy" => "managedPolicies".to_owned(),
        _ => [kind, "s"].concat(),
    }
}

/// Appends a step of a JSON pointer (RFC 6901).
pub(super) fn push_step(pointer: &mut String, step: &str) {
    pointer.push('/');
    pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
}

#[cfg(test)]
mod tests {
    use super::{Place, Places};
    use crate::component::{Component, ComponentKind};

    #[test]
    fn the_nearest_part_around_has_the_place() {
        let mut places = Places::default();
        let place = |name: &str| Place { name: name.into(), ..Place::default() };
        places.insert("/routeTables/a~1b".into(), place("table"));
        places.insert("/routeTables/a~1b/routes/1".into(), place("route"));
        assert_eq!(places.of("/routeTables/a~1b/routes/1/target").unwrap().name, "route");
        assert_eq!(places.of("/routeTables/a~1b/routes/0").unwrap().name, "table");
        assert_eq!(places.of("/routeTables"), None);
        let component = Component::new(ComponentKind::RouteTable, "a/b");
        assert_eq!(places.of_component(&component).unwrap().name, "table");
        assert_eq!(places.of_address("routeTable/a/b").unwrap().name, "table");
    }
}
