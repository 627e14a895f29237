//! What a document has, as far as a sensible proposal depends on it.
//!
//! This reads the text's own values and guesses where they are broken; what the engine trusts is made by `resolve`.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::rc::Rc;

use ipnet::{Ipv4Net, Ipv6Net};

use super::names::Names;
use super::problem::EditFlaw;
use super::value::Value;
use crate::component::{Component, ComponentKind};
use crate::document::references::{Form, ROUTE_TARGETS, section_of};

/// Destinations of default routes.
pub(crate) const EVERYTHING_IPV4: &str = "0.0.0.0/0";
pub(crate) const EVERYTHING_IPV6: &str = "::/0";

/// A document to build on. Copies have everything in common.
#[derive(Clone)]
pub(crate) struct Scene(Rc<Contents>);

struct Contents {
    document: Value,
    names: OnceCell<Names>,
    route_tables: OnceCell<Associations>,
    network_acls: OnceCell<Associations>,
}

/// What is associated with each subnet explicitly, by the subnet: its name, and the place in its list.
type Associations = BTreeMap<String, (String, usize)>;

/// A default route that is there.
pub(crate) struct DefaultRoute {
    /// Its position in the table.
    pub(crate) position: usize,
    /// What it leads to, as written.
    pub(crate) target: String,
    /// The same, where the document has it.
    pub(crate) component: Option<Component>,
}

/// The route table of a subnet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    /// One of the document.
    Declared(String),
    /// The main table that AWS makes for that VPC.
    Own(String),
}

impl Scene {
    pub(crate) fn new(document: Value) -> Scene {
        let (names, route_tables, network_acls) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Scene(Rc::new(Contents { document, names, route_tables, network_acls }))
    }

    pub(crate) fn document(&self) -> &Value {
        &self.0.document
    }

    pub(super) fn names(&self) -> &Names {
        self.0.names.get_or_init(|| Names::of(&self.0.document))
    }

    pub(crate) fn entry(&self, kind: ComponentKind, name: &str) -> Option<&Value> {
        self.document().get(section_of(kind)?)?.get(name)
    }

    /// All of a kind, in the order of the text.
    pub(crate) fn entries(&self, kind: ComponentKind) -> &[(String, Value)] {
        section_of(kind).and_then(|section| self.document().get(section)).map(Value::fields).unwrap_or_default()
    }

    /// The name that a field's text stands for.
    fn named(&self, kind: ComponentKind, text: Option<&Value>) -> Option<String> {
        let kinds: &[ComponentKind] = match kind {
            ComponentKind::Vpc => &[ComponentKind::Vpc],
            _ => &[ComponentKind::Subnet],
        };
        Some(self.names().find(Form::Key(kinds), text?.as_text()?)?.component.name)
    }

    /// The subnets that a component names, in its field `subnet` or `subnets`.
    pub(crate) fn subnets_of(&self, entry: &Value) -> Vec<String> {
        let list = entry.get("subnets").map(Value::elements).unwrap_or_default();
        let texts = entry.get("subnet").into_iter().chain(list);
        texts.filter_map(|text| self.named(ComponentKind::Subnet, Some(text))).collect()
    }

    /// The VPC that a component is in: the one that it names, that of its subnets, or the only one.
    pub(crate) fn vpc_of(&self, entry: &Value) -> Option<String> {
        if let Some(vpc) = self.named(ComponentKind::Vpc, entry.get("vpc")) {
            return Some(vpc);
        }
        let of_subnets = || {
            let subnet = self.subnets_of(entry).into_iter().next()?;
            self.named(ComponentKind::Vpc, self.entry(ComponentKind::Subnet, &subnet)?.get("vpc"))
        };
        of_subnets().or_else(|| self.only_vpc())
    }

    pub(crate) fn only_vpc(&self) -> Option<String> {
        self.names().only_vpc().map(str::to_owned)
    }

    /// The VPC for a new component: the one meant, else the first of the document.
    pub(crate) fn vpc_for(&self, kind: ComponentKind, at: Option<&Component>) -> Result<String, EditFlaw> {
        let meant = at.and_then(|at| match at.kind {
            ComponentKind::Vpc => Some(at.name.clone()),
            kind => self.vpc_of(self.entry(kind, &at.name)?),
        });
        let first = || self.entries(ComponentKind::Vpc).first().map(|(name, _)| name.clone());
        meant.or_else(first).ok_or(EditFlaw::NeedsFirst { kind, needs: ComponentKind::Vpc })
    }

    /// The components of a kind that are in a VPC.
    pub(crate) fn in_vpc<'s>(
        &'s self,
        kind: ComponentKind,
        vpc: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s Value)> + 's {
        let entries = self.entries(kind).iter().map(|(name, entry)| (name.as_str(), entry));
        entries.filter(move |(_, entry)| self.vpc_of(entry).is_some_and(|of| of == vpc))
    }

    /// What is associated with a subnet explicitly: a route table or a network ACL, with the place in its list.
    pub(crate) fn associated(&self, kind: ComponentKind, subnet: &str) -> Option<(&str, usize)> {
        let all = match kind {
            ComponentKind::NetworkAcl => &self.0.network_acls,
            _ => &self.0.route_tables,
        };
        let (name, position) = all.get_or_init(|| self.associations(kind)).get(subnet)?;
        Some((name.as_str(), *position))
    }

    fn associations(&self, kind: ComponentKind) -> Associations {
        let mut all = Associations::new();
        for (name, entry) in self.entries(kind) {
            let listed = entry.get("subnets").map(Value::elements).unwrap_or_default();
            for (position, text) in listed.iter().enumerate() {
                let Some(subnet) = self.named(ComponentKind::Subnet, Some(text)) else { continue };
                let new = (name.clone(), position);
                // Of several, the first by name counts.
                match all.get_mut(&subnet) {
                    Some(old) if *old <= new => {}
                    Some(old) => *old = new,
                    None => _ = all.insert(subnet, new),
                }
            }
        }
        all
    }

    /// The route table of a subnet: the one associated with it, else the main one (R2.1).
    pub(crate) fn table_of(&self, subnet: &str) -> Table {
        if let Some((table, _)) = self.associated(ComponentKind::RouteTable, subnet) {
            return Table::Declared(table.to_owned());
        }
        let vpc = self.entry(ComponentKind::Subnet, subnet).and_then(|entry| self.vpc_of(entry)).unwrap_or_default();
        self.main_table(&vpc)
    }

    pub(crate) fn main_table(&self, vpc: &str) -> Table {
        let is_main = |entry: &Value| entry.get("main") == Some(&Value::Bool(true));
        let mains = self.in_vpc(ComponentKind::RouteTable, vpc).filter(|(_, entry)| is_main(entry));
        let first = mains.map(|(name, _)| name).min();
        first.map_or_else(|| Table::Own(vpc.to_owned()), |name| Table::Declared(name.to_owned()))
    }

    pub(crate) fn default_route(&self, table: &Table, destination: &str) -> Option<DefaultRoute> {
        let Table::Declared(name) = table else { return None };
        let routes = self.entry(ComponentKind::RouteTable, name)?.get("routes")?.elements().iter();
        let is_default = |route: &Value| route.get("destination").and_then(Value::as_text) == Some(destination);
        let (position, route) = routes.enumerate().find(|(_, route)| is_default(route))?;
        let target = route.get("target").and_then(Value::as_text).unwrap_or_default().to_owned();
        let component = self.names().find(Form::Key(ROUTE_TARGETS), &target).map(|found| found.component);
        Some(DefaultRoute { position, target, component })
    }

    /// Whether a table has a route to an internet gateway, which makes its subnets public (R1.24).
    pub(crate) fn is_public_table(&self, table: &Table) -> bool {
        [EVERYTHING_IPV4, EVERYTHING_IPV6].iter().any(|destination| {
            let target = self.default_route(table, destination).and_then(|route| route.component);
            target.is_some_and(|target| target.kind == ComponentKind::InternetGateway)
        })
    }

    pub(crate) fn is_public(&self, subnet: &str) -> bool {
        self.is_public_table(&self.table_of(subnet))
    }

    pub(crate) fn zone_of(&self, subnet: &str) -> Option<&str> {
        self.entry(ComponentKind::Subnet, subnet)?.get("availabilityZone")?.as_text()
    }

    /// The internet gateway that is attached to a VPC.
    pub(crate) fn internet_gateway<'s>(&'s self, vpc: &'s str) -> Option<&'s str> {
        let attached = |entry: &Value| entry.get("attached") != Some(&Value::Bool(false));
        let mut gateways = self.in_vpc(ComponentKind::InternetGateway, vpc).filter(|(_, entry)| attached(entry));
        gateways.next().map(|(name, _)| name)
    }

    /// The subnets that functions of a VPC are in.
    pub(crate) fn function_subnets(&self, vpc: &str) -> Vec<String> {
        let mut subnets = Vec::new();
        for (_, function) in self.in_vpc(ComponentKind::Function, vpc) {
            for subnet in self.subnets_of(function) {
                if !subnets.contains(&subnet) {
                    subnets.push(subnet);
                }
            }
        }
        subnets
    }

    /// The blocks of an entry's field, which is a text or a list of texts.
    fn blocks<T: std::str::FromStr>(entry: &Value, field: &str) -> Vec<T> {
        let value = entry.get(field).into_iter();
        let texts = value
            .flat_map(|value| value.as_text().into_iter().chain(value.elements().iter().filter_map(Value::as_text)));
        texts.filter_map(|text| text.parse().ok()).collect()
    }

    /// A block of the VPC that no subnet has, as large as is usual and possible.
    pub(crate) fn free_block(&self, vpc: &str) -> Option<String> {
        let blocks: Vec<Ipv4Net> = Self::blocks(self.entry(ComponentKind::Vpc, vpc)?, "cidr");
        let taken: Vec<(u32, u32)> = self
            .in_vpc(ComponentKind::Subnet, vpc)
            .flat_map(|(_, subnet)| Self::blocks::<Ipv4Net>(subnet, "cidr"))
            .map(|block| (block.network().into(), block.broadcast().into()))
            .collect();
        for block in blocks {
            // R1.21: subnets have a prefix length from /16 to /28.
            for length in [24, 26, 28].map(|length: u8| length.max(block.prefix_len())) {
                let size = 1_u64 << (32 - length);
                let end = u64::from(u32::from(block.broadcast()));
                let mut start = u64::from(u32::from(block.network()));
                while start + size - 1 <= end {
                    let last = start + size - 1;
                    let other = taken.iter().find(|(from, to)| u64::from(*from) <= last && u64::from(*to) >= start);
                    let Some((_, to)) = other else {
                        let address = Ipv4Addr::from(u32::try_from(start).ok()?);
                        return Some([&address.to_string(), "/", &length.to_string()].concat());
                    };
                    // The next block of this size behind the one that is taken.
                    start = (u64::from(*to) / size + 1) * size;
                }
            }
        }
        None
    }

    /// The first free /64 of the VPC.
    pub(crate) fn free_ipv6_block(&self, vpc: &str) -> Option<String> {
        let block: Ipv6Net = Self::blocks(self.entry(ComponentKind::Vpc, vpc)?, "ipv6Cidr").into_iter().next()?;
        let subnets = self.in_vpc(ComponentKind::Subnet, vpc);
        let taken: Vec<Ipv6Net> = subnets.flat_map(|(_, subnet)| Self::blocks(subnet, "ipv6Cidr")).collect();
        let is_free = |new: &Ipv6Net| !taken.iter().any(|old| old.contains(new) || new.contains(old));
        // As many as there are subnets, and one, hold a free one.
        block.subnets(64).ok()?.take(taken.len() * 16 + 1).find(is_free).map(|block| block.to_string())
    }

    /// A block for a new VPC that no other has.
    pub(crate) fn free_vpc_block(&self) -> String {
        let vpcs = self.entries(ComponentKind::Vpc).iter();
        let taken: Vec<Ipv4Net> = vpcs.flat_map(|(_, vpc)| Self::blocks(vpc, "cidr")).collect();
        let candidates = (0..=255_u8).filter_map(|second| Ipv4Net::new(Ipv4Addr::new(10, second, 0, 0), 16).ok());
        let is_free = |new: &Ipv4Net| !taken.iter().any(|old| old.contains(new) || new.contains(old));
        candidates.into_iter().find(is_free).map_or_else(|| "10.0.0.0/16".to_owned(), |block| block.to_string())
    }

    /// An address of the range that is kept for documentation (RFC 5737), which nothing in the document has.
    pub(crate) fn elastic_ip(&self) -> String {
        let mut taken = Vec::new();
        addresses(self.document(), &mut taken);
        let address = |last: u8| Ipv4Addr::new(198, 51, 100, last);
        let free = (10..=254).map(address).find(|address| !taken.contains(address));
        free.unwrap_or_else(|| address(10)).to_string()
    }

    /// A name that nothing has: the stem, or the stem with a number.
    pub(crate) fn free_name(&self, stem: &str) -> String {
        let taken = |name: &str| ComponentKind::ALL.iter().any(|kind| self.names().has(*kind, name));
        let mut name = stem.to_owned();
        let mut number = 1_u32;
        while taken(&name) {
            number += 1;
            name = [stem, "-", &number.to_string()].concat();
        }
        name
    }

    /// The name under which a route leads to it: with its kind where other things have the same name.
    pub(crate) fn target_name(&self, kind: ComponentKind, name: &str) -> String {
        let found = self.names().find(Form::Key(ROUTE_TARGETS), name);
        match found {
            Some(found) if found.component.kind == kind => name.to_owned(),
            None if !ROUTE_TARGETS.iter().any(|kind| self.names().has(*kind, name)) => name.to_owned(),
            _ => Component::new(kind, name).to_string(),
        }
    }
}

/// Every IPv4 address of the range for documentation that stands somewhere.
fn addresses(value: &Value, found: &mut Vec<Ipv4Addr>) {
    match value {
        Value::Text(text) if text.starts_with("198.51.100.") => found.extend(text.parse::<Ipv4Addr>().ok()),
        Value::List(elements) => elements.iter().for_each(|element| addresses(element, found)),
        Value::Object(fields) => fields.iter().for_each(|(_, value)| addresses(value, found)),
        _ => {}
    }
}
