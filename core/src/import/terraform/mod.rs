//! Terraform: states, plans, and the output of its tests.

mod edges;
mod modules;
mod plan;

use std::collections::{BTreeMap, BTreeSet};

use super::SourceFile;
use super::draft::is_region;
use super::inventory::{Dialect, Inventory, Kind, Resource, field};
use super::tree::{At, Node, Tree, Value, parse_json};
use crate::import::problem::ImportProblemKind;
pub(super) use plan::plan;

/// A test file for Terraform 1.7 and later that runs a configuration against a mocked provider: no credentials, no
/// network, and its output is an exact input.
///
/// What a mocked provider makes up at random is given here where configurations look into it: zones, Regions, blocks
/// and ARNs that other functions take apart or check.
pub fn terraform_test_file(region: &str) -> String {
    TEST_FILE.replace("REGION", region)
}

const TEST_FILE: &str = include_str!("vpcreach.tftest.hcl");

/// Data sources that describe something that matters.
const DATA: &[Kind] = &[
    Kind::Vpc,
    Kind::Subnet,
    Kind::SecurityGroup,
    Kind::RouteTable,
    Kind::PrefixList,
    Kind::Bucket,
    Kind::KmsKey,
    Kind::KmsAlias,
    Kind::Role,
    Kind::ManagedPolicy,
];

/// A state as `terraform show -json` prints it.
pub(super) fn state(file: usize, tree: Tree, inventory: &mut Inventory) {
    let first = inventory.resources.len();
    if let Some(root) = take(tree.root, "values").and_then(|values| take(values, "root_module")) {
        module(file, root, inventory);
    }
    are_deployed(inventory, first);
}

/// Tells of the resources from that position on that they exist in AWS.
fn are_deployed(inventory: &mut Inventory, first: usize) {
    inventory.resources.iter_mut().skip(first).for_each(|resource| resource.is_deployed = true);
}

/// A raw state file, version 4.
pub(super) fn state_file(file: usize, tree: Tree, inventory: &mut Inventory) {
    let Some(resources) = take(tree.root, "resources") else { return };
    let Value::List(resources) = resources.value else { return };
    let first = inventory.resources.len();
    for resource in resources {
        let text = |key: &str| resource.get(key).and_then(Node::scalar).unwrap_or_default().to_owned();
        if !is_aws(&text("provider")) {
            continue;
        }
        let is_data = text("mode") == "data";
        let (of_type, at) = (text("type"), resource.at);
        let module = resource.get("module").and_then(Node::scalar).map(|module| [module, "."].concat());
        let data = if is_data { "data." } else { "" };
        let address = [module.as_deref().unwrap_or_default(), data, &of_type, ".", &text("name")].concat();
        let Some(Value::List(instances)) = take(resource, "instances").map(|node| node.value) else { continue };
        for instance in instances {
            let index = instance.get("index_key").map(index_of).unwrap_or_default();
            let at = if instance.at.line > 0 { instance.at } else { at };
            let fields = take(instance, "attributes").unwrap_or_default();
            add(file, [&address, index.as_str()].concat(), &of_type, is_data, fields, at, inventory);
        }
    }
    are_deployed(inventory, first);
}

/// The log of `terraform test -json -verbose`: the last state in it counts.
pub(super) fn test_output(files: &[SourceFile<'_>], file: usize, content: &str, inventory: &mut Inventory) {
    let mut number: u32 = 0;
    let mut last: Option<(u32, &str)> = None;
    for line in content.lines() {
        number = number.saturating_add(1);
        if line.contains("\"test_state\"") {
            last = Some((number, line));
        }
    }
    let Some((number, line)) = last else {
        inventory.report(files, file, At::default(), ImportProblemKind::NoTestState);
        return;
    };
    match parse_json(line) {
        Ok(tree) => {
            let Some(root) = take(tree.root, "test_state").and_then(|state| take(state, "root_module")) else {
                inventory.report(files, file, At::default(), ImportProblemKind::NoTestState);
                return;
            };
            let first = inventory.resources.len();
            module(file, root, inventory);
            // Lines of the log are lines of JSON of their own.
            for resource in inventory.resources.iter_mut().skip(first) {
                resource.at.line = number;
            }
        }
        Err(flaw) => {
            let at = At { line: number, column: flaw.at.column };
            inventory.report(files, file, at, ImportProblemKind::EndsTooEarly { format: "JSON" });
        }
    }
}

/// A module of a state with those inside it.
fn module(file: usize, node: Node, inventory: &mut Inventory) {
    let Value::Map(entries) = node.value else { return };
    for entry in entries {
        let Value::List(items) = entry.node.value else { continue };
        match entry.key.as_str() {
            "resources" => items.into_iter().for_each(|resource| {
                let text = |key: &str| resource.get(key).and_then(Node::scalar).unwrap_or_default().to_owned();
                if is_aws(&text("provider_name")) {
                    let (address, of_type, at) = (text("address"), text("type"), resource.at);
                    let is_data = text("mode") == "data";
                    let fields = take(resource, "values").unwrap_or_default();
                    add(file, address, &of_type, is_data, fields, at, inventory);
                }
            }),
            "child_modules" => items.into_iter().for_each(|child| module(file, child, inventory)),
            _ => {}
        }
    }
}

/// Adds a resource, where it matters.
fn add(file: usize, address: String, of_type: &str, is_data: bool, fields: Node, at: At, inventory: &mut Inventory) {
    learn_region(&fields, inventory);
    let mut kind = Kind::of(of_type);
    if is_data && !DATA.contains(&kind) || !is_data && of_type == "aws_prefix_list" {
        kind = Kind::Other;
    }
    if kind == Kind::Other {
        return;
    }
    inventory.resources.push(Resource { kind, is_data, ..resource(file, address, of_type, fields, at) });
}

/// A resource that Terraform manages.
fn resource(file: usize, address: String, of_type: &str, fields: Node, at: At) -> Resource {
    Resource {
        kind: Kind::of(of_type),
        type_name: of_type.to_owned(),
        name: address,
        fields,
        at,
        file,
        dialect: Dialect::Terraform,
        uncertain: None,
        is_data: false,
        is_deployed: false,
    }
}

/// Takes the Region from the first resource that tells one.
fn learn_region(fields: &Node, inventory: &mut Inventory) {
    if inventory.region.is_some() {
        return;
    }
    let scalar = |name: &str| field(fields, name).and_then(Node::scalar);
    let of_arn = scalar("arn").filter(|arn| arn.starts_with("arn:")).and_then(|arn| arn.split(':').nth(3));
    let of_zone =
        scalar("availability_zone").map(|zone| zone.trim_end_matches(|letter: char| letter.is_ascii_lowercase()));
    let of_service = scalar("service_name").and_then(|service| service.split('.').nth(2));
    let region = [scalar("region"), of_arn, of_zone, of_service].into_iter().flatten().find(|text| is_region(text));
    inventory.region = region.map(str::to_owned);
}

/// Leaves out resources that a file read before has under the same address: a plan beside the state it starts from.
pub(super) fn drop_repeated(files: &[SourceFile<'_>], inventory: &mut Inventory) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut repeated: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for resource in inventory.resources.iter_mut().filter(|resource| resource.kind != Kind::Other) {
        match first.get(&resource.name) {
            Some(file) if *file != resource.file => {
                resource.kind = Kind::Other;
                *repeated.entry((resource.file, *file)).or_default() += 1;
            }
            Some(_) => {}
            None => {
                first.insert(resource.name.clone(), resource.file);
            }
        }
    }
    for ((file, first), count) in repeated {
        let first = files.get(first).map(|file| file.name.clone()).unwrap_or_default();
        inventory.report(files, file, At::default(), ImportProblemKind::Repeated { count, first });
    }
}

/// Leaves out data sources that describe what a resource or another data source describes as well.
pub(super) fn drop_copies(inventory: &mut Inventory) {
    let id = |resource: &Resource| {
        let id = field(&resource.fields, "id").and_then(Node::scalar)?;
        Some((resource.kind, id.to_owned()))
    };
    let mut known: Vec<(Kind, String)> =
        inventory.resources.iter().filter(|resource| !resource.is_data).filter_map(id).collect();
    known.sort_unstable();
    let mut of_data: BTreeSet<(Kind, String)> = BTreeSet::new();
    for resource in inventory.resources.iter_mut().filter(|resource| resource.is_data) {
        let Some(own) = id(resource) else { continue };
        if known.binary_search(&own).is_ok() || !of_data.insert(own) {
            resource.kind = Kind::Other;
        }
    }
}

/// Whether a provider is that of AWS.
fn is_aws(provider: &str) -> bool {
    provider.is_empty() || provider.trim_end_matches("\"]").ends_with("/aws")
}

/// An index as addresses have it.
fn index_of(node: &Node) -> String {
    match &node.value {
        Value::Number(number) => ["[", number, "]"].concat(),
        Value::Text(text) => ["[\"", text, "\"]"].concat(),
        _ => String::new(),
    }
}

/// The value of a key, without the rest.
fn take(node: Node, key: &str) -> Option<Node> {
    match node.value {
        Value::Map(entries) => entries.into_iter().find(|entry| entry.key == key).map(|entry| entry.node),
        _ => None,
    }
}
