//! CloudFormation and SAM templates, and the cloud assemblies that the CDK writes.

mod assembly;
mod evaluate;
mod expand;
mod functions;
mod properties;
mod sam;
mod world;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::inventory::{Dialect, Inventory, Kind, Resource, Unknown, UnknownKind, location};
use super::problem::ImportProblem;
use super::tree::{Node, Tree, Value};
use super::{ImportOptions, SourceFile};
use crate::import::problem::ImportProblemKind;
use crate::nearest::nearest;
pub(super) use assembly::Stack;
pub(super) use evaluate::assigned_ipv6_block;
pub(super) use functions::pieces;
use properties::{Foreign, Properties};
use world::{Scope, Template, World, names_of_nested};

/// The account of a stack: a pseudo parameter that a person can give like others.
pub(crate) const ACCOUNT: &str = "AWS::AccountId";
/// The Region of a stack, which can be given likewise.
const REGION: &str = "AWS::Region";
/// What stands in policies for the account of a stack that nothing names. No account has it.
pub(super) const SOME_ACCOUNT: &str = "000000000000";

/// A file that holds a template, or the manifest of a cloud assembly.
pub(super) struct TemplateFile {
    /// Position of the file.
    pub(super) file: usize,
    pub(super) tree: Tree,
}

/// Reads templates into the inventory; `manifests` are those of cloud assemblies.
pub(super) fn read(
    files: &[SourceFile<'_>],
    templates: Vec<TemplateFile>,
    manifests: &[TemplateFile],
    options: &ImportOptions,
    inventory: &mut Inventory,
) {
    let stacks: Vec<Stack> = manifests.iter().flat_map(|manifest| assembly::stacks(&manifest.tree.root)).collect();
    let given = |name: &str| options.parameters.get(name).cloned();
    let templates: Vec<Rc<Template>> = templates
        .into_iter()
        .map(|template| {
            let TemplateFile { file, tree } = template;
            for (key, at) in tree.duplicates {
                inventory.report(files, file, at, ImportProblemKind::DuplicateKeyOfTemplate { key });
            }
            let name = files.get(file).map(|file| file.name.as_str()).unwrap_or_default();
            let file_name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            let stack = stacks.iter().find(|stack| stack.template == file_name);
            let root = sam::transformed(tree.root);
            report_macros(&root, files, file, inventory);
            Rc::new(Template {
                file,
                stack: stack.map_or_else(|| stem(&file_name).to_owned(), |stack| stack.name.clone()),
                region: given(REGION).or_else(|| stack.and_then(|stack| stack.region.clone())),
                account: given(ACCOUNT).or_else(|| stack.and_then(|stack| stack.account.clone())),
                file_name,
                root,
            })
        })
        .collect();
    report_unknown_parameters(&templates, options, inventory);
    let nested = names_of_all_nested(&templates);
    let world =
        World::new(templates.clone(), &options.parameters, options.region.as_deref(), inventory.resources.len());
    for template in &templates {
        let is_stack = stacks.is_empty() || stacks.iter().any(|stack| stack.template == template.file_name);
        if is_stack && !nested.contains(&template.file_name) {
            world.add_scope(template, None, "", 0);
        }
    }
    if inventory.region.is_none() {
        let named = templates.iter().find_map(|template| template.region.clone());
        inventory.region = named.or_else(|| options.region.clone());
    }
    inventory.account = inventory.account.take().or_else(|| templates.iter().find_map(|one| one.account.clone()));
    gather(&world, files, inventory);
}

/// Evaluates all resources of all stacks.
fn gather(world: &World<'_>, files: &[SourceFile<'_>], inventory: &mut Inventory) {
    let properties = Properties::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let scopes = world.scopes.borrow().clone();
    for scope in &scopes {
        let resources = Rc::clone(&scope.resources.borrow());
        for entry in resources.iter() {
            let type_name = entry.node.get("Type").and_then(Node::scalar).unwrap_or_default().to_owned();
            let (kind, mut uncertain) = kind_of(world, scope, &entry.node, &type_name);
            let matters = kind != Kind::Other && kind != Kind::NotModelled;
            let fields = entry.node.get("Properties").filter(|_| matters);
            let fields = fields.and_then(|fields| world.evaluate(scope, fields)).unwrap_or_default();
            let mut name = [&scope.prefix, entry.key.as_str()].concat();
            if matters && taken.insert(name.clone(), scope.number).is_some() {
                name = [&scope.stack, ".", &name].concat();
            }
            for foreign in properties.foreign(&type_name, &fields) {
                let unknown = report_foreign(world, scope, &name, &foreign);
                // Types beyond the network get new properties more often than this list.
                if foreign.nearest.is_some() || type_name.starts_with("AWS::EC2::") {
                    uncertain = uncertain.or(Some(unknown));
                }
            }
            inventory.resources.push(Resource {
                kind,
                type_name,
                name,
                fields,
                at: entry.at,
                file: scope.template.file,
                dialect: Dialect::CloudFormation,
                uncertain,
                is_data: false,
                is_deployed: false,
            });
        }
    }
    inventory.open_resources.append(&mut world.handed_out());
    // The unknown values of the templates come behind those that are there already.
    let first = inventory.unknowns.len();
    if first > 0 {
        for resource in inventory.resources.iter_mut().filter(|resource| resource.dialect == Dialect::CloudFormation) {
            resource.uncertain = resource.uncertain.map(|unknown| unknown + first);
            shift(&mut resource.fields, first);
        }
    }
    inventory.unknowns.append(&mut world.unknowns.borrow_mut());
    for found in world.problems.borrow_mut().drain(..) {
        if matches!(found.kind, ImportProblemKind::LoopNotEvaluated { .. }) {
            inventory.open_files.insert(found.file);
        }
        let location = Some(location(files, found.file, found.at));
        inventory.problems.push(ImportProblem { kind: found.kind, location });
    }
}

fn shift(node: &mut Node, by: usize) {
    match &mut node.value {
        Value::Unknown(unknown) => *unknown += by,
        Value::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Value::Map(entries) => entries.iter_mut().for_each(|entry| shift(&mut entry.node, by)),
        _ => {}
    }
}

/// What a resource is: nothing where its condition excludes it.
fn kind_of(world: &World<'_>, scope: &Rc<Scope>, resource: &Node, type_name: &str) -> (Kind, Option<usize>) {
    let kind = Kind::of(type_name);
    let is_custom = type_name.starts_with("Custom::") || type_name == "AWS::CloudFormation::CustomResource";
    if kind == Kind::Other && !is_custom {
        return (kind, None);
    }
    let condition = resource.get("Condition").and_then(|node| Some((node.scalar()?, node.at)));
    match condition.map_or(Ok(true), |(name, at)| world.named_condition(scope, name, at)) {
        Ok(true) if is_custom => {
            let is_harmless = HARMLESS_CUSTOM_RESOURCES.contains(&type_name);
            if !is_harmless {
                let of_type = type_name.to_owned();
                world.report(scope, resource.at, ImportProblemKind::CustomResource { of_type });
            }
            (Kind::Other, None)
        }
        Ok(true) => (kind, None),
        Ok(false) => (Kind::Other, None),
        Err(_) if is_custom => (Kind::Other, None),
        Err(unknown) => (kind, Some(unknown)),
    }
}

/// Tells of a property that its type does not have. What it was meant for is not known.
fn report_foreign(
    world: &World<'_>,
    scope: &Rc<Scope>,
    resource: &str,
    Foreign { of_type, entry, nearest }: &Foreign<'_>,
) -> usize {
    let kind = ImportProblemKind::ForeignProperty {
        resource: resource.to_owned(),
        of_type,
        property: entry.key.clone(),
        nearest: *nearest,
    };
    world.report(scope, entry.at, kind);
    world.unknown(scope, entry.at, UnknownKind::ForeignProperty(entry.key.clone()))
}

/// Custom resources of the CDK that change nothing of a network but the VPC's default group.
const HARMLESS_CUSTOM_RESOURCES: &[&str] = &[
    "Custom::VpcRestrictDefaultSG",
    "Custom::S3AutoDeleteObjects",
    "Custom::S3BucketNotifications",
    "Custom::CDKBucketDeployment",
    "Custom::LogRetention",
    "Custom::AWSCDKOpenIdConnectProvider",
    "Custom::ECRAutoDeleteImages",
];

/// Notes macros: what they make of the template is not known.
fn report_macros(root: &Node, files: &[SourceFile<'_>], file: usize, inventory: &mut Inventory) {
    let mut transforms: Vec<&Node> = root.get("Transform").into_iter().collect();
    for section in ["Resources", "Conditions", "Mappings", "Parameters"] {
        root.get(section).into_iter().for_each(|section| inner_transforms(section, &mut transforms));
    }
    for name in transforms.into_iter().flat_map(|transform| match transform.items() {
        [] => std::slice::from_ref(transform),
        items => items,
    }) {
        let text = name.scalar().or_else(|| name.get("Name").and_then(Node::scalar)).unwrap_or_default();
        if !matches!(text, "AWS::Serverless-2016-10-31" | "AWS::LanguageExtensions" | "AWS::CodeDeployBlueGreen" | "") {
            let kind = ImportProblemKind::MacroNotEvaluated { name: text.to_owned() };
            inventory.open_files.insert(file);
            inventory.report(files, file, name.at, kind);
            inventory.unknown(Unknown { kind: UnknownKind::NotEvaluated(text.to_owned()), at: name.at, file });
        }
    }
}

/// Macros inside a part of a template, which put what they make into the place where they stand.
fn inner_transforms<'n>(node: &'n Node, transforms: &mut Vec<&'n Node>) {
    for entry in node.entries() {
        if entry.key == "Fn::Transform" {
            transforms.push(&entry.node);
        } else {
            inner_transforms(&entry.node, transforms);
        }
    }
    node.items().iter().for_each(|item| inner_transforms(item, transforms));
}

/// Names the given parameters that no template declares.
fn report_unknown_parameters(templates: &[Rc<Template>], options: &ImportOptions, inventory: &mut Inventory) {
    let declared = |name: &str| templates.iter().any(|template| template.root.at_path(&["Parameters", name]).is_some());
    let pseudo = [ACCOUNT, REGION];
    for name in options.parameters.keys().filter(|name| !declared(name) && !pseudo.contains(&name.as_str())) {
        let all = templates.iter().flat_map(|template| template.root.get("Parameters").map(Node::entries));
        let all = all.flatten().map(|entry| entry.key.as_str()).chain(pseudo);
        let nearest = nearest(name, all).map(str::to_owned);
        let kind = ImportProblemKind::UnknownParameter { name: name.clone(), nearest };
        inventory.problems.push(ImportProblem { kind, location: None });
    }
}

/// File names of templates that others nest.
fn names_of_all_nested(templates: &[Rc<Template>]) -> Vec<String> {
    let mut names = Vec::new();
    for template in templates {
        for entry in template.root.get("Resources").map(Node::entries).unwrap_or_default() {
            let of_type = entry.node.get("Type").and_then(Node::scalar).unwrap_or_default();
            if matches!(of_type, "AWS::CloudFormation::Stack" | "AWS::Serverless::Application") {
                names.extend(names_of_nested(&entry.node).into_iter().filter(|name| *name != template.file_name));
            }
        }
    }
    names
}

/// A file's name without its ending.
fn stem(file_name: &str) -> &str {
    let stem = file_name.split('.').next().unwrap_or(file_name);
    if stem.is_empty() { file_name } else { stem }
}

/// The parameters of templates that have no value yet, for forms: name, type, description, default.
pub(super) fn parameters(tree: &Tree) -> Vec<super::Parameter> {
    let declared = tree.root.get("Parameters").map(Node::entries).unwrap_or_default();
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::scalar).map(str::to_owned);
    declared
        .iter()
        .filter(|entry| entry.key != "BootstrapVersion")
        .map(|entry| super::Parameter {
            name: entry.key.clone(),
            of_type: text(&entry.node, "Type").unwrap_or_default(),
            description: text(&entry.node, "Description").unwrap_or_default(),
            default: text(&entry.node, "Default"),
            allowed: entry
                .node
                .get("AllowedValues")
                .map(Node::items)
                .unwrap_or_default()
                .iter()
                .filter_map(|value| value.scalar().map(str::to_owned))
                .collect(),
        })
        .collect()
}

/// What a file of parameters holds: CloudFormation's list of keys and values, that of CodePipeline, or a plain map.
pub(super) fn parameter_file(root: &Node) -> Option<BTreeMap<String, String>> {
    let mut parameters = BTreeMap::new();
    if let Value::List(items) = &root.value {
        for item in items {
            let key = item.get("ParameterKey").and_then(Node::scalar)?;
            let value = item.get("ParameterValue").and_then(Node::scalar).unwrap_or_default();
            parameters.insert(key.to_owned(), value.to_owned());
        }
        return Some(parameters);
    }
    let entries = root.get("Parameters").unwrap_or(root).entries();
    for entry in entries {
        let value = match entry.node.items() {
            [] => entry.node.scalar()?.to_owned(),
            items => items.iter().filter_map(Node::scalar).collect::<Vec<_>>().join(","),
        };
        parameters.insert(entry.key.clone(), value);
    }
    Some(parameters)
}
