//! Components as a whole: added, removed, renamed, duplicated, with everything that names them.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Fate, Names, fallen, follow, follow_new, remove_field};
use super::pointer::{escaped, put, shape_at};
use super::problem::EditFlaw;
use super::scene::Scene;
use super::shared::Shared;
use super::value::Value;
use crate::component::{Component, ComponentKind};
use crate::document::references::{Form, REFERENCES, SECTIONS, section_of};
use crate::nearest::nearest;

impl Component {
    /// The place of one of its fields in a document, as a JSON pointer.
    pub(crate) fn place(&self, field: &str) -> String {
        ["/", section_of(self.kind).unwrap_or_default(), "/", &escaped(&self.name), "/", field].concat()
    }
}

/// A component by its address.
pub(super) fn component(address: &str) -> Result<(Component, &'static str), EditFlaw> {
    let (word, name) = address.split_once('/').unwrap_or((address, ""));
    match SECTIONS.iter().find(|(_, kind)| kind.as_str() == word) {
        Some((section, kind)) if !name.is_empty() => Ok((Component::new(*kind, name), section)),
        Some(_) => Err(EditFlaw::NoName),
        None => {
            let nearest = nearest(word, SECTIONS.iter().map(|(_, kind)| kind.as_str()));
            Err(EditFlaw::NotAComponent { address: address.to_owned(), nearest })
        }
    }
}

/// A component that the document has.
pub(super) fn existing(names: &Names, address: &str) -> Result<(Component, &'static str), EditFlaw> {
    let (component, section) = component(address)?;
    if names.has(component.kind, &component.name) {
        return Ok((component, section));
    }
    let near = nearest(&component.name, names.of_kind(component.kind));
    let nearest = near.map(|name| Component::new(component.kind, name));
    Err(EditFlaw::NoSuchComponent { address: address.to_owned(), nearest })
}

fn free(names: &Names, component: &Component) -> Result<(), EditFlaw> {
    // `local` is what routes call the VPC itself.
    if names.has(component.kind, &component.name) || component.name == "local" {
        return Err(EditFlaw::NameTaken { component: component.clone() });
    }
    Ok(())
}

/// Adds a component at the end of its section.
pub(super) fn add(document: &mut Value, address: &str, value: Value) -> Result<(), EditFlaw> {
    let (component, section) = component(address)?;
    let before = Names::of(document);
    free(&before, &component)?;
    let Value::Object(mut fields) = value else { return Err(EditFlaw::NoContainer { pointer: String::new() }) };
    let shape = shape_at(&[section, &component.name]);
    let given = std::mem::take(&mut fields);
    given.into_iter().for_each(|(field, value)| put(&mut fields, &field, value, shape));
    if component.kind == ComponentKind::Vpc {
        name_the_only_vpc(document, &before);
    }
    let Value::Object(sections) = document else { return Err(EditFlaw::NotADocument) };
    if !sections.iter().any(|(name, _)| name == section) {
        put(sections, section, Value::Object(Shared::default()), shape_at::<&str>(&[]));
    }
    let Some(Value::Object(entries)) = document.get_mut(section) else {
        return Err(EditFlaw::NoContainer { pointer: ["/", section].concat() });
    };
    entries.push((component.name.clone(), Value::Object(fields)));
    let after = Names::of(document);
    follow_new(document, &before, &after, &component);
    Ok(())
}

/// Removes a component, what cannot be without it, and every reference to them.
pub(super) fn remove(document: &mut Value, address: &str) -> Result<(), EditFlaw> {
    let names = Names::of(document);
    let (component, _) = existing(&names, address)?;
    if component.kind == ComponentKind::Vpc {
        name_the_only_vpc(document, &names);
    }
    let mut gone = BTreeSet::new();
    gone.insert(component);
    loop {
        let more = fallen(document, &names, &gone);
        let count = gone.len();
        gone.extend(more);
        if gone.len() == count {
            break;
        }
    }
    let own = own_groups(document, &names, &gone);
    name_implied_vpcs(document, &names, &gone);
    for component in &gone {
        let Some(section) = section_of(component.kind) else { continue };
        if let Some(entries) = document.get_mut(section) {
            remove_field(entries, &component.name);
            if entries.is_bare() {
                remove_field(document, section);
            }
        }
    }
    let after = Names::of(document);
    let fate = |named: &Component| match gone.contains(named) {
        true => own.get(named).map_or(Fate::Gone, |own| Fate::Own(own.clone())),
        false => Fate::Named(named.clone()),
    };
    follow(document, &names, &after, &fate);
    Ok(())
}

/// Default security groups among what is removed, with the names of those that AWS has in their stead (R8.3).
fn own_groups(document: &Value, names: &Names, gone: &BTreeSet<Component>) -> BTreeMap<Component, String> {
    let mut own = BTreeMap::new();
    for component in gone.iter().filter(|component| component.kind == ComponentKind::SecurityGroup) {
        let entry = document.get("securityGroups").and_then(|groups| groups.get(&component.name));
        let field = |name: &str| entry.and_then(|entry| entry.get(name));
        if component.name != "default" && field("isDefault") != Some(&Value::Bool(true)) {
            continue;
        }
        let vpc =
            field("vpc").and_then(Value::as_text).and_then(|vpc| names.find(Form::Key(&[ComponentKind::Vpc]), vpc));
        match vpc {
            Some(vpc) if gone.contains(&vpc.component) => {}
            Some(vpc) if names.only_vpc().is_none() => {
                own.insert(component.clone(), [&vpc.component.name, "/default"].concat());
            }
            _ => {
                own.insert(component.clone(), "default".to_owned());
            }
        }
    }
    own
}

/// Says the VPC of what has it from the subnets that it lists, which are about to go.
fn name_implied_vpcs(document: &mut Value, names: &Names, gone: &BTreeSet<Component>) {
    if names.only_vpc().is_some() {
        return;
    }
    let subnets = document.get("subnets").cloned().unwrap_or_default();
    let find = |text: &Value| Some(names.find(Form::Key(&[ComponentKind::Subnet]), text.as_text()?)?.component);
    for section in ["routeTables", "networkAcls", "vpcEndpoints"] {
        let Some(Value::Object(entries)) = document.get_mut(section) else { continue };
        for (key, entry) in entries {
            let listed = entry.get("subnets").map(Value::elements).unwrap_or_default();
            let subnet = listed.iter().filter_map(find).find(|subnet| gone.contains(subnet));
            let vpc = subnet.and_then(|subnet| subnets.get(&subnet.name)?.get("vpc").cloned());
            if let (Some(vpc), true, Value::Object(fields)) = (vpc, entry.get("vpc").is_none(), entry) {
                put(fields, "vpc", vpc, shape_at(&[section, key]));
            }
        }
    }
}

/// Gives a component another name, which every reference follows.
pub(super) fn rename(document: &mut Value, address: &str, name: &str) -> Result<(), EditFlaw> {
    let before = Names::of(document);
    let (component, section) = existing(&before, address)?;
    if name == component.name {
        return Ok(());
    }
    if name.is_empty() {
        return Err(EditFlaw::NoName);
    }
    let renamed = Component::new(component.kind, name);
    free(&before, &renamed)?;
    let entry = document.get(section).and_then(|entries| entries.get(&component.name));
    let is_default = entry.and_then(|entry| entry.get("isDefault")) == Some(&Value::Bool(true));
    // The name alone would make it the VPC's default group (R8.3).
    if component.kind == ComponentKind::SecurityGroup && name == "default" && !is_default {
        return Err(EditFlaw::NameTaken { component: renamed });
    }
    if let Some(Value::Object(entries)) = document.get_mut(section)
        && let Some((key, entry)) = entries.iter_mut().find(|(key, _)| *key == component.name)
    {
        name.clone_into(key);
        // The key says that it is the VPC's default group (R8.3), and another key does not.
        if component.kind == ComponentKind::SecurityGroup
            && component.name == "default"
            && let Value::Object(fields) = entry
        {
            put(fields, "isDefault", true.into(), shape_at(&[section, name]));
        }
    }
    let after = Names::of(document);
    let fate = |named: &Component| Fate::Named(if *named == component { renamed.clone() } else { named.clone() });
    follow(document, &before, &after, &fate);
    Ok(())
}

/// What a document with one VPC leaves out: that everything is in it. With a second VPC it has to be said.
pub(super) fn name_the_only_vpc(document: &mut Value, names: &Names) {
    let Some(only) = names.only_vpc() else { return };
    for reference in REFERENCES.iter().filter(|reference| reference.path == "vpc" && reference.falls.is_empty()) {
        let Some(Value::Object(entries)) = document.get_mut(reference.section) else { continue };
        for (key, entry) in entries.iter_mut() {
            if let Value::Object(fields) = entry
                && !fields.iter().any(|(field, _)| field == "vpc")
            {
                put(fields, "vpc", only.into(), shape_at(&[reference.section, key]));
            }
        }
    }
    let Some(Value::Object(zones)) = document.get_mut("privateHostedZones") else { return };
    for (key, zone) in zones.iter_mut() {
        if let Value::Object(fields) = zone
            && !fields.iter().any(|(field, _)| field == "vpcs")
        {
            put(fields, "vpcs", Value::texts([only]), shape_at(&["privateHostedZones", key]));
        }
    }
}

/// Adds a copy of a component that can stand beside it: without what AWS lets only one component have.
pub(super) fn duplicate(document: &mut Value, address: &str, name: &str) -> Result<(), EditFlaw> {
    let scene = Scene::new(document.clone());
    let (component, section) = existing(scene.names(), address)?;
    if name.is_empty() {
        return Err(EditFlaw::NoName);
    }
    let copy = Component::new(component.kind, name);
    free(scene.names(), &copy)?;
    let Some(entry) = scene.entry(component.kind, &component.name) else { return Ok(()) };
    let mut fields = entry.fields().to_vec();
    let own: &[&str] = match component.kind {
        ComponentKind::Vpc => &["isDefault"],
        ComponentKind::RouteTable => &["main", "subnets", "gateways"],
        ComponentKind::NetworkAcl => &["isDefault", "subnets"],
        ComponentKind::SecurityGroup => &["isDefault"],
        ComponentKind::Instance => &["privateIp", "publicIp", "ipv6Addresses", "networkInterfaces"],
        ComponentKind::NetworkInterface => &["privateIp", "publicIp", "ipv6Addresses"],
        ComponentKind::NatGateway => &["privateIp"],
        ComponentKind::Function => &["elasticIps"],
        ComponentKind::VpcEndpoint => &["privateIps"],
        ComponentKind::Bucket => &["bucketName"],
        ComponentKind::AccessPoint => &["accessPointName", "alias"],
        _ => &[],
    };
    fields.retain(|(field, _)| !own.contains(&field.as_str()));
    let shape = shape_at(&[section, name]);
    let mut set = |field: &str, value: Value| put(&mut fields, field, value, shape);
    match component.kind {
        ComponentKind::Vpc if entry.get("cidr").is_some() => set("cidr", scene.free_vpc_block().into()),
        ComponentKind::Subnet => {
            let vpc = scene.vpc_of(entry).unwrap_or_default();
            if entry.get("cidr").is_some() {
                let block = scene.free_block(&vpc).ok_or(EditFlaw::NoFreeBlock { vpc: vpc.clone() })?;
                set("cidr", block.into());
            }
            if entry.get("ipv6Cidr").is_some() {
                let block = scene.free_ipv6_block(&vpc).ok_or(EditFlaw::NoFreeBlock { vpc })?;
                set("ipv6Cidr", block.into());
            }
        }
        // A VPC has one at most (R3.1).
        ComponentKind::InternetGateway => set("attached", false.into()),
        ComponentKind::NatGateway if !entry.get("elasticIps").map(Value::elements).unwrap_or_default().is_empty() => {
            set("elasticIps", Value::texts([scene.elastic_ip()]));
        }
        // A route table has one endpoint of a service (R5.3).
        ComponentKind::VpcEndpoint => fields.retain(|(field, _)| field != "routeTables"),
        // A group that admits its own members.
        ComponentKind::SecurityGroup => {
            for (_, rules) in fields.iter_mut().filter(|(field, _)| field == "ingress" || field == "egress") {
                let Value::List(rules) = rules else { continue };
                for rule in rules {
                    for side in ["peer", "source", "destination"] {
                        let Some(Value::Text(peer)) = rule.get_mut(side) else { continue };
                        let found = scene.names().find(Form::Peer, peer);
                        if found.is_some_and(|found| found.component == component) {
                            name.clone_into(peer);
                        }
                    }
                }
            }
        }
        _ => {}
    }
    add(document, &copy.to_string(), Value::Object(fields.into()))?;
    // A copy of a subnet has the same route table and network ACL.
    if component.kind == ComponentKind::Subnet {
        for (kind, section) in [(ComponentKind::RouteTable, "routeTables"), (ComponentKind::NetworkAcl, "networkAcls")]
        {
            let Some((holder, _)) = scene.associated(kind, &component.name) else { continue };
            let subnets = document.get_mut(section).and_then(|entries| entries.get_mut(holder)?.get_mut("subnets"));
            if let Some(Value::List(subnets)) = subnets {
                subnets.push(name.into());
            }
        }
    }
    Ok(())
}
