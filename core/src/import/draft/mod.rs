//! From the resources of templates, plans and states to one document, with the places that its parts come from.

mod access_points;
mod encryption;
mod endpoints;
pub(super) mod filters;
mod gateways;
mod lookup;
mod permissions;
mod policies;
mod policy_document;
mod resolver_rules;
mod routes;
mod stand_ins;
mod surroundings;
mod values;
mod vpcs;
mod workloads;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use lookup::Lookup;
pub(super) use policies::{denies, is_full_access};
pub(super) use surroundings::is_region;

use super::SourceFile;
use super::inventory::{Dialect, Inventory, Kind, Resource, Unknown, UnknownKind, field, location};
use super::places::{Place, Places, pointer};
use super::problem::{ImportProblem, ImportProblemKind};
use super::tree::{At, Node, Value};
use crate::data;
use crate::document::{Document, Section};
use crate::problem::Location;

/// The document under construction.
struct Draft<'i> {
    files: &'i [SourceFile<'i>],
    resources: &'i [Resource],
    lookup: &'i Lookup<'i>,
    unknowns: &'i [Unknown],
    document: Document,
    problems: Vec<ImportProblem>,
    places: Places,
    /// The key of each resource in its section.
    names: Vec<String>,
    taken: BTreeSet<String>,
    /// What an id in a state stands for: a resource, and the attribute that has the id.
    ids: BTreeMap<String, (usize, &'static str)>,
    /// What is not known: sections, and components as `section/name`.
    unknown: BTreeSet<String>,
    /// Unresolved values that are told already: resource and unknown value.
    told: BTreeSet<(usize, usize)>,
    /// The VPCs whose IPv6 blocks AWS assigns at deployment.
    assigned: Vec<String>,
    listed: Listed,
    /// The keys of buckets by their names, where those are others.
    keys_of_buckets: BTreeMap<String, String>,
}

/// What a reference may lead to.
#[derive(Clone, Copy)]
struct Want {
    kinds: &'static [Kind],
    section: &'static str,
}

/// Makes a document of the inventory, on top of what a dump holds already.
pub(super) fn document(
    files: &[SourceFile<'_>],
    inventory: &Inventory,
    base: Document,
) -> (Document, Vec<ImportProblem>, Places) {
    let lookup = Lookup::new(&inventory.resources);
    let mut draft = Draft {
        files,
        resources: &inventory.resources,
        lookup: &lookup,
        unknowns: &inventory.unknowns,
        document: base,
        problems: Vec::new(),
        places: Places::default(),
        names: Vec::new(),
        taken: BTreeSet::new(),
        ids: BTreeMap::new(),
        unknown: BTreeSet::new(),
        told: BTreeSet::new(),
        assigned: Vec::new(),
        listed: Listed::default(),
        keys_of_buckets: BTreeMap::new(),
    };
    draft.document.version = Some(1);
    if draft.document.region.is_none() {
        draft.document.region.clone_from(&inventory.region);
    }
    if draft.document.account.is_none() {
        draft.document.account.clone_from(&inventory.account);
    }
    draft.name_everything();
    // Policies name buckets and roles.
    draft.buckets();
    for (key, bucket) in &draft.document.buckets {
        if let Some(name) = &bucket.bucket_name {
            draft.keys_of_buckets.entry(name.clone()).or_insert_with(|| key.clone());
        }
    }
    draft.access_points();
    draft.vpcs();
    draft.subnets();
    draft.dhcp_options();
    draft.security_groups();
    draft.network_acls();
    draft.prefix_lists();
    draft.gateways();
    draft.vpc_endpoints();
    draft.permissions();
    draft.workloads();
    draft.route_tables();
    draft.surroundings();
    draft.resolver_rules();
    draft.dns_firewall_rules();
    draft.not_modelled();
    draft.open_files(&inventory.open_files);
    draft.open_resources(&inventory.open_resources);
    draft.stand_ins();
    if draft.document.vpc_block_public_access.is_none() {
        // A setting of the account, which the answer takes for granted to be off.
        draft.unknown.insert("vpcBlockPublicAccess".to_owned());
    }
    let mut sections: BTreeSet<String> = draft.document.unknown_sections.drain(..).collect();
    sections.append(&mut draft.unknown);
    draft.document.unknown_sections = sections.into_iter().collect();
    (draft.document, draft.problems, draft.places)
}

impl<'i> Draft<'i> {
    fn name_everything(&mut self) {
        let resources = self.resources;
        for (position, resource) in resources.iter().enumerate() {
            let mut name = resource.name.clone();
            if resource.kind != Kind::Other {
                while !self.taken.insert(name.clone()) {
                    name.push('\'');
                }
            }
            if resource.dialect == Dialect::Terraform {
                self.learn_ids(position, resource);
            }
            // What a dump describes has the name there.
            let id = field(&resource.fields, "id").and_then(Node::scalar).unwrap_or_default();
            self.names.push(if self.is_in_dump(resource.kind, id) { id.to_owned() } else { name });
        }
    }

    fn learn_ids(&mut self, position: usize, resource: &Resource) {
        const ATTRIBUTES: &[(&str, &str)] = &[
            ("id", ""),
            ("arn", ""),
            ("default_security_group_id", "default_security_group_id"),
            ("default_network_acl_id", "default_network_acl_id"),
            ("main_route_table_id", "main_route_table_id"),
            ("default_route_table_id", "main_route_table_id"),
            ("prefix_list_id", "prefix_list_id"),
            ("allocation_id", ""),
            ("primary_network_interface_id", "primary_network_interface_id"),
        ];
        // Roles have their names as ids, which other things have as well.
        if matches!(resource.kind, Kind::Other | Kind::NotModelled) || resource.kind.is_of_iam() {
            return;
        }
        for (name, attribute) in ATTRIBUTES {
            let is_own = *name == "id" || !matches!(resource.kind, Kind::Route | Kind::SecurityGroupRule);
            // A rule names the list that it is about, and has none itself.
            let is_named = *name == "prefix_list_id" && resource.kind != Kind::VpcEndpoint;
            let Some(id) = field(&resource.fields, name).and_then(Node::scalar).filter(|_| is_own && !is_named) else {
                continue;
            };
            let is_table = resource.kind == Kind::RouteTable && name.starts_with("default_");
            let attribute = if is_table { "" } else { attribute };
            match self.ids.get(id) {
                Some((_, "")) => {}
                _ => {
                    self.ids.insert(id.to_owned(), (position, attribute));
                }
            }
        }
    }

    fn is_in_dump(&self, kind: Kind, id: &str) -> bool {
        let document = &self.document;
        !id.is_empty()
            && match kind {
                Kind::Vpc => document.vpcs.contains_key(id),
                Kind::Subnet => document.subnets.contains_key(id),
                Kind::RouteTable => document.route_tables.contains_key(id),
                Kind::InternetGateway => document.internet_gateways.contains_key(id),
                Kind::EgressOnlyInternetGateway => document.egress_only_internet_gateways.contains_key(id),
                Kind::NatGateway => document.nat_gateways.contains_key(id),
                Kind::VpcEndpoint => document.vpc_endpoints.contains_key(id),
                Kind::SecurityGroup => document.security_groups.contains_key(id),
                Kind::NetworkAcl => document.network_acls.contains_key(id),
                Kind::PrefixList => document.prefix_lists.contains_key(id),
                Kind::DhcpOptions => document.dhcp_options.contains_key(id),
                Kind::Instance => document.instances.contains_key(id),
                Kind::NetworkInterface => document.network_interfaces.contains_key(id),
                Kind::Function => document.functions.contains_key(id),
                Kind::Bucket => document.buckets.contains_key(id),
                Kind::AccessPoint => document.access_points.contains_key(id),
                Kind::KmsKey => document.kms_keys.contains_key(id),
                _ => false,
            }
    }

    /// The resources of a kind, by position.
    fn of(&self, kind: Kind) -> impl Iterator<Item = (usize, &'i Resource)> + use<'i> {
        let (resources, lookup) = (self.resources, self.lookup);
        lookup.of(kind).iter().filter_map(|position| Some((*position, resources.get(*position)?)))
    }

    /// The resources of a kind that have that text as a name, id or ARN.
    fn called(&self, kind: Kind, text: &str) -> impl Iterator<Item = (usize, &'i Resource)> + use<'i> {
        let (resources, lookup) = (self.resources, self.lookup);
        lookup.called(kind, text).iter().filter_map(|position| Some((*position, resources.get(*position)?)))
    }

    fn name(&self, position: usize) -> String {
        self.names.get(position).cloned().unwrap_or_default()
    }

    fn place_of(&self, resource: &Resource, at: At) -> Location {
        location(self.files, resource.file, at)
    }

    fn report(&mut self, resource: &Resource, at: At, kind: ImportProblemKind) {
        let location = Some(self.place_of(resource, at));
        self.problems.push(ImportProblem { kind, location });
    }

    /// Remembers where a part of the document comes from.
    fn remember(&mut self, pointer: String, position: usize, at: At) {
        let Some(resource) = self.resources.get(position) else { return };
        let location = self.place_of(resource, at);
        let name = resource.name.clone();
        self.places.insert(pointer, Place { location, name, of_type: resource.type_name.clone() });
    }

    /// Where a part of a resource stands; for its properties as a whole, where the resource does.
    fn place_in(&self, position: usize, node: &Node) -> At {
        let Some(resource) = self.resources.get(position) else { return node.at };
        if node.at == resource.fields.at || node.at.line == 0 { resource.at } else { node.at }
    }

    /// Remembers where a component comes from; where it is open whether it exists, the component is uncertain.
    fn remember_component(&mut self, section: &'static str, position: usize) {
        let Some(resource) = self.resources.get(position) else { return };
        let name = self.name(position);
        self.remember(pointer(section, &name), position, resource.at);
        self.uncertain_existence(position, section, &name);
    }

    /// Marks a component as uncertain where it is open whether a resource that is or changes it exists.
    fn uncertain_existence(&mut self, position: usize, section: &'static str, name: &str) {
        if self.is_in_doubt(position) {
            self.uncertain(section, name);
        }
    }

    /// Whether it is open whether a resource exists, which is told.
    fn is_in_doubt(&mut self, position: usize) -> bool {
        let Some(resource) = self.resources.get(position) else { return false };
        let Some(unknown) = resource.uncertain else { return false };
        if let Some(cause) = self.unknowns.get(unknown)
            && self.told.insert((position, unknown))
            // What is wrong with a property was said where it stands.
            && !matches!(cause.kind, UnknownKind::ForeignProperty(_))
        {
            let (resource_name, cause) = (resource.name.clone(), cause.kind.clone());
            self.report(resource, resource.at, ImportProblemKind::ConditionOpen { resource: resource_name, cause });
        }
        true
    }

    /// Marks a component: something that matters about it is not known.
    fn uncertain(&mut self, section: &'static str, name: &str) {
        self.unknown.insert([section, "/", name].concat());
    }

    /// Tells that a value is not known, once for each resource and reason.
    fn tell(&mut self, position: usize, node: &Node, property: &str, unknown: usize) {
        let (Some(resource), Some(cause)) = (self.resources.get(position), self.unknowns.get(unknown)) else { return };
        if !self.told.insert((position, unknown)) {
            return;
        }
        let kind = ImportProblemKind::Unresolved {
            resource: resource.name.clone(),
            property: written(property, resource.dialect),
            cause: cause.kind.clone(),
        };
        let at = if node.at.line > 0 { node.at } else { resource.at };
        self.report(resource, at, kind);
    }

    /// Tells that a property has a value of another shape than it has to have.
    fn report_wrong_property(&mut self, position: usize, node: &Node, property: &str) {
        let Some(resource) = self.resources.get(position) else { return };
        let (name, property) = (resource.name.clone(), written(property, resource.dialect));
        self.report(resource, node.at, ImportProblemKind::WrongProperty { resource: name, property });
    }

    /// A name for what is not known, that nothing has.
    fn placeholder(&self, unknown: usize) -> String {
        let name = self.unknowns.get(unknown).map(|unknown| unknown.kind.name()).unwrap_or_default();
        let mut name = if name.is_empty() { "?".to_owned() } else { name.to_owned() };
        while self.taken.contains(&name) {
            name.push('?');
        }
        name
    }

    /// The key of what a value refers to. What no file describes keeps its id, and the section is not covered then.
    fn target(&mut self, position: usize, node: &Node, property: &str, want: Want) -> Option<String> {
        let found = match &node.value {
            Value::Reference { resource, attribute } => Some((*resource, attribute.clone())),
            Value::Text(text) => self.ids.get(text).map(|(resource, attribute)| (*resource, (*attribute).to_owned())),
            Value::Unknown(unknown) => {
                self.tell(position, node, property, *unknown);
                self.unknown.insert(want.section.to_owned());
                return Some(self.placeholder(*unknown));
            }
            _ => return None,
        };
        if let Some((resource, attribute)) = found {
            if let Some(name) = self.own(resource, &attribute, want) {
                return Some(name);
            }
            // An attribute of something else, such as a custom resource: what it gives is not known.
            let of = self.resources.get(resource).map(|other| other.name.clone()).unwrap_or_default();
            let name = if attribute.is_empty() { of } else { [&of, ".", &attribute].concat() };
            if let (Value::Reference { .. }, Some(own)) = (&node.value, self.resources.get(position)) {
                let kind = ImportProblemKind::UnknownAttribute {
                    resource: own.name.clone(),
                    property: written(property, own.dialect),
                    attribute: name.clone(),
                };
                self.report(own, node.at, kind);
            }
            self.unknown.insert(want.section.to_owned());
            return Some([&name, "?"].concat());
        }
        let id = node.scalar().filter(|id| !id.is_empty())?.to_owned();
        let region = self.document.region.as_deref().unwrap_or("us-east-1");
        let is_of_aws = want.section == "prefixLists" && data::s3_prefix_list_id(region) == Some(id.as_str());
        if !is_of_aws && !want.kinds.iter().any(|kind| self.is_in_dump(*kind, &id)) {
            self.unknown.insert(want.section.to_owned());
            if let Some(own) = self.resources.get(position) {
                let kind = ImportProblemKind::OutsideReference { resource: own.name.clone(), id: id.clone() };
                self.report(own, node.at, kind);
            }
        }
        Some(id)
    }

    /// The key of a resource of a kind that is wanted, or of a default of the VPC that an attribute stands for.
    fn own(&mut self, resource: usize, attribute: &str, want: Want) -> Option<String> {
        let found = self.resources.get(resource)?;
        let letters: String = attribute.chars().filter(|letter| *letter != '_').collect::<String>().to_lowercase();
        if found.kind == Kind::Vpc {
            let wants = |kind: Kind| want.kinds.contains(&kind);
            match letters.as_str() {
                "defaultsecuritygroup" | "defaultsecuritygroupid" if wants(Kind::SecurityGroup) => {
                    return Some(self.default_security_group(resource));
                }
                "defaultnetworkacl" | "defaultnetworkaclid" if wants(Kind::NetworkAcl) => {
                    return Some(self.default_network_acl(resource));
                }
                "mainroutetableid" | "defaultroutetableid" if wants(Kind::RouteTable) => {
                    return Some(self.main_route_table(resource));
                }
                _ => {}
            }
        }
        if found.kind == Kind::VpcEndpoint && letters == "prefixlistid" && want.kinds.contains(&Kind::PrefixList) {
            return Some(self.service_of(resource));
        }
        let names_itself = found.kind == Kind::Vpc && (letters.starts_with("default") || letters.starts_with("main"));
        (want.kinds.contains(&found.kind) && !names_itself).then(|| self.name(resource))
    }

    /// The keys of what a list refers to.
    fn targets(&mut self, position: usize, node: Option<&Node>, property: &str, want: Want) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let Some(node) = node else { return names };
        let one = std::slice::from_ref(node);
        let items = if let Value::List(items) = &node.value { items.as_slice() } else { one };
        for item in items {
            // A parameter of type list inside a list.
            let inner =
                if let Value::List(inner) = &item.value { inner.as_slice() } else { std::slice::from_ref(item) };
            for item in inner {
                if let Some(name) = self.target(position, item, property, want).filter(|name| !names.contains(name)) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Marks everything that sends traffic from files of which parts are not carried out: those can change anything.
    fn open_files(&mut self, files: &BTreeSet<usize>) {
        let workloads = [
            (Kind::Function, "functions"),
            (Kind::Instance, "instances"),
            (Kind::NetworkInterface, "networkInterfaces"),
            (Kind::EcsService, "tasks"),
            (Kind::CodeBuildProject, "codeBuildProjects"),
        ];
        for (kind, section) in workloads {
            for (position, resource) in self.of(kind) {
                if files.contains(&resource.file) {
                    let name = self.name(position);
                    self.uncertain(section, &name);
                }
            }
        }
    }

    /// Marks tables and filters that stacks may change of which nothing is known.
    fn open_resources(&mut self, resources: &BTreeSet<usize>) {
        for position in resources {
            let section = match self.resources.get(*position).map(|resource| resource.kind) {
                Some(Kind::RouteTable) => "routeTables",
                Some(Kind::SecurityGroup) => "securityGroups",
                Some(Kind::NetworkAcl) => "networkAcls",
                _ => continue,
            };
            let name = self.name(*position);
            self.uncertain(section, &name);
        }
    }

    /// Lists resources that can change the answer and are not modelled.
    fn not_modelled(&mut self) {
        let resources = self.resources;
        for resource in resources.iter().filter(|resource| resource.kind == Kind::NotModelled) {
            let kind =
                ImportProblemKind::NotModelled { resource: resource.name.clone(), of_type: resource.type_name.clone() };
            self.report(resource, resource.at, kind);
        }
    }
}

/// A property as the tool writes it.
fn written(property: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Terraform => property.to_owned(),
        Dialect::CloudFormation => property
            .split('_')
            .map(|word| {
                let mut letters = word.chars();
                let first = letters.next().map(|first| first.to_ascii_uppercase());
                first.into_iter().chain(letters).collect::<String>()
            })
            .collect(),
    }
}

/// Changes the thing with that name, which is a new one where there is none yet.
pub(super) fn change<T: Default>(section: &mut Section<T>, name: &str, change: impl FnOnce(&mut T)) {
    match section.get_mut(name) {
        Some(item) => change(item),
        None => {
            let mut item = T::default();
            change(&mut item);
            section.insert(name.to_owned(), item);
        }
    }
}

/// Adds what is not there yet: states repeat what stands in resources of its own.
fn add<T: PartialEq>(list: &mut Vec<T>, item: T) -> Option<usize> {
    if list.contains(&item) {
        return None;
    }
    list.push(item);
    Some(list.len() - 1)
}

/// What long lists hold: with as many rules or routes as a file of a hundred megabytes has, a look through the list for
/// each of them has no end.
#[derive(Default)]
struct Listed(BTreeMap<String, (usize, BTreeSet<String>)>);

impl Listed {
    /// As [`add`], to a list of the document with that pointer.
    fn add<T: PartialEq + fmt::Debug>(&mut self, pointer: &str, list: &mut Vec<T>, item: T) -> Option<usize> {
        if list.len() < SHORT {
            return add(list, item);
        }
        let content = |item: &T| format!("{item:?}");
        if self.0.get(pointer).is_none_or(|(length, _)| *length != list.len()) {
            self.0.insert(pointer.to_owned(), (list.len(), list.iter().map(content).collect()));
        }
        let (length, known) = self.0.get_mut(pointer)?;
        if !known.insert(content(&item)) {
            return None;
        }
        list.push(item);
        *length = list.len();
        Some(list.len() - 1)
    }
}

/// A list that is quickly looked through.
const SHORT: usize = 64;

const VPC: Want = Want { kinds: &[Kind::Vpc], section: "vpcs" };
const SUBNET: Want = Want { kinds: &[Kind::Subnet], section: "subnets" };
const SECURITY_GROUP: Want = Want { kinds: &[Kind::SecurityGroup], section: "securityGroups" };
const NETWORK_ACL: Want = Want { kinds: &[Kind::NetworkAcl], section: "networkAcls" };
const ROUTE_TABLE: Want = Want { kinds: &[Kind::RouteTable], section: "routeTables" };
const PREFIX_LIST: Want = Want { kinds: &[Kind::PrefixList], section: "prefixLists" };
