//! What other tools make of exported text: just enough of Terraform to have a state, and the names of components there.

#![expect(clippy::panic, clippy::indexing_slicing, reason = "helpers of tests, which stop at the first surprise")]

use std::collections::BTreeMap;

use hcl::eval::{Context, Evaluate, FuncArgs, FuncDef, ParamType};
use hcl::{Block, Body, Structure};
use serde_json::{Map, Value, json};
use vpcreach::Document;
use vpcreach::import::{ImportOptions, SourceFile, import};

/// A block at the top of a configuration.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    pub(crate) mode: String,
    pub(crate) of_type: String,
    pub(crate) label: String,
    pub(crate) body: Body,
}

impl Resource {
    pub(crate) fn address(&self) -> String {
        let data = if self.mode == "data" { "data." } else { "" };
        format!("{data}{}.{}", self.of_type, self.label)
    }
}

/// The resources and data sources of a configuration.
pub(crate) fn resources(text: &str) -> Vec<Resource> {
    let body: Body = hcl::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let blocks = body.into_iter().map(|structure| match structure {
        Structure::Block(block) => block,
        Structure::Attribute(attribute) => panic!("an attribute at the top: {attribute:?}"),
    });
    let found = blocks.filter(|block| matches!(block.identifier.as_str(), "resource" | "data"));
    found
        .map(|block| {
            let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
            let [of_type, label] = labels[..] else { panic!("labels {labels:?}") };
            Resource {
                mode: block.identifier.to_string(),
                of_type: of_type.to_owned(),
                label: label.to_owned(),
                body: block.body.clone(),
            }
        })
        .collect()
}

/// The state after `terraform apply`, as `terraform show -json` prints it.
pub(crate) fn state(resources: &[Resource]) -> String {
    let context = context(resources);
    let listed: Vec<Value> = resources
        .iter()
        .map(|resource| {
            let mut values = values(&resource.body, &context);
            for (name, value) in computed(resource) {
                values.entry(name).or_insert(value);
            }
            json!({
                "address": resource.address(),
                "mode": if resource.mode == "data" { "data" } else { "managed" },
                "type": resource.of_type,
                "name": resource.label,
                "provider_name": "hashicorp/aws",
                "values": values,
            })
        })
        .collect();
    let state = json!({
        "format_version": "1.0", "terraform_version": "1.9.0", "values": { "root_module": { "resources": listed } } });
    state.to_string()
}

fn values(body: &Body, context: &Context<'_>) -> Map<String, Value> {
    let mut values = Map::new();
    for structure in body.iter() {
        match structure {
            Structure::Attribute(attribute) if attribute.key.as_str() == "depends_on" => {}
            Structure::Attribute(attribute) => {
                let value = attribute.expr.evaluate(context).unwrap_or_else(|error| panic!("{error}: {attribute:?}"));
                values.insert(attribute.key.to_string(), serde_json::to_value(value).unwrap());
            }
            Structure::Block(Block { identifier, body, .. }) => {
                let list = values.entry(identifier.to_string()).or_insert_with(|| json!([]));
                list.as_array_mut().unwrap().push(Value::Object(self::values(body, context)));
            }
        }
    }
    values
}

/// What the provider tells after it made something.
fn computed(resource: &Resource) -> Vec<(String, Value)> {
    let address = resource.address();
    let mut names = vec!["id", "arn", "name", "output_path", "output_base64sha256", "insecure_value"];
    match resource.of_type.as_str() {
        "aws_vpc" => names.extend(["default_security_group_id", "main_route_table_id", "default_network_acl_id"]),
        "aws_instance" => names.push("primary_network_interface_id"),
        _ => {}
    }
    let mut all: Vec<(String, Value)> = Vec::new();
    for name in names {
        let value = if name == "id" { address.clone() } else { format!("{address}.{name}") };
        all.push((name.to_owned(), value.into()));
    }
    if resource.of_type == "aws_vpc" {
        let number = resource.label.bytes().fold(7_u32, |hash, byte| (hash * 31 + u32::from(byte)) % 0xffff);
        all.push(("ipv6_cidr_block".to_owned(), format!("2600:1f00:{number:x}:100::/56").into()));
    }
    if resource.of_type == "aws_region" {
        all.retain(|(name, _)| name != "id");
        all.push(("id".to_owned(), "us-east-1".into()));
    }
    let is_own = |name: &str| matches!(name, "name" | "arn");
    if matches!(resource.of_type.as_str(), "aws_vpc" | "aws_subnet") {
        all.retain(|(name, _)| !is_own(name));
    }
    all
}

fn context<'c>(resources: &[Resource]) -> Context<'c> {
    let mut context = Context::new();
    let mut managed: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let mut data: Map<String, Value> = Map::new();
    for resource in resources {
        let fields: Map<String, Value> = computed(resource).into_iter().collect();
        if resource.mode == "data" {
            let of_type = data.entry(resource.of_type.clone()).or_insert_with(|| json!({}));
            of_type.as_object_mut().unwrap().insert(resource.label.clone(), Value::Object(fields));
        } else {
            managed.entry(resource.of_type.clone()).or_default().insert(resource.label.clone(), Value::Object(fields));
        }
    }
    let declared = |value: Value| hcl::to_value(value).unwrap();
    for (of_type, labels) in managed {
        context.declare_var(of_type.as_str(), declared(Value::Object(labels)));
    }
    context.declare_var("data", declared(Value::Object(data)));
    context.declare_var("path", declared(json!({ "module": "." })));
    context.declare_func("jsonencode", FuncDef::builder().param(ParamType::Any).build(json_encode));
    let subnet = FuncDef::builder().param(ParamType::String).param(ParamType::Number).param(ParamType::Number);
    context.declare_func("cidrsubnet", subnet.build(cidr_subnet));
    context
}

fn json_encode(arguments: FuncArgs) -> Result<hcl::Value, String> {
    serde_json::to_string(&arguments[0]).map(hcl::Value::from).map_err(|error| error.to_string())
}

/// The nth /64 block of a /56 block.
fn cidr_subnet(arguments: FuncArgs) -> Result<hcl::Value, String> {
    let block = arguments[0].as_str().and_then(|block| block.strip_suffix("00::/56")).ok_or("no block of that kind")?;
    let number = arguments[2].as_u64().ok_or("no number")?;
    Ok(hcl::Value::from(format!("{block}{number:02x}::/64")))
}

/// What a component of a question is called in the other tool.
pub(crate) fn renamed(text: &str, names: &BTreeMap<String, String>) -> String {
    let bucket = text.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")));
    if let Some((bucket, key)) = bucket {
        let name = names.get(&format!("bucket/{bucket}")).map_or(bucket, String::as_str);
        return if key.is_empty() { format!("s3://{name}") } else { format!("s3://{name}/{key}") };
    }
    let kinds = ["function", "instance", "networkInterface"];
    let found = kinds.iter().find_map(|kind| Some(format!("{kind}/{}", names.get(&format!("{kind}/{text}"))?)));
    found
        .or_else(|| names.get(text).map(|name| format!("{}/{name}", text.split('/').next().unwrap())))
        .unwrap_or(text.to_owned())
}

pub(crate) fn imported(file: &str, text: &str, document: &Document) -> Document {
    let options = ImportOptions { region: document.region.clone(), ..ImportOptions::default() };
    let imported = import(&[SourceFile::new(file, text.as_bytes())], &options);
    assert!(imported.problems.is_empty(), "{:?}\n{text}", imported.problems);
    // Functions need a role in a tool; what its policies allow is nothing that the document says.
    let mut imported = imported.document;
    let names: Vec<String> = imported.functions.keys().cloned().collect();
    for name in names {
        if let Some(function) = imported.functions.get_mut(&name) {
            function.role = None;
        }
    }
    imported
}
