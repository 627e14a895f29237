//! The role that a function gets unless it names one, from its policies, and what connectors add to roles.

use super::{is_function, type_of};
use crate::import::tree::{At, Entry, Node, Value};

/// Policy templates that are about S3: actions on the bucket and on its objects, as one statement or as two.
const S3_TEMPLATES: &[(&str, &[Grant])] = &[
    ("S3ReadPolicy", &[Grant { on: On::Both, actions: READ }]),
    ("S3WritePolicy", &[Grant { on: On::Both, actions: WRITE }]),
    ("S3CrudPolicy", &[Grant { on: On::Both, actions: CRUD }]),
    (
        "S3FullAccessPolicy",
        &[Grant { on: On::Objects, actions: FULL_ON_OBJECTS }, Grant { on: On::Bucket, actions: FULL_ON_BUCKET }],
    ),
];

const READ: &[&str] =
    &["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation", "s3:GetObjectVersion", "s3:GetLifecycleConfiguration"];
const WRITE: &[&str] = &["s3:PutObject", "s3:PutObjectAcl", "s3:PutLifecycleConfiguration"];
const CRUD: &[&str] = &[
    "s3:GetObject",
    "s3:ListBucket",
    "s3:GetBucketLocation",
    "s3:GetObjectVersion",
    "s3:PutObject",
    "s3:PutObjectAcl",
    "s3:GetLifecycleConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:DeleteObject",
];
const FULL_ON_OBJECTS: &[&str] = &[
    "s3:GetObject",
    "s3:GetObjectAcl",
    "s3:GetObjectVersion",
    "s3:PutObject",
    "s3:PutObjectAcl",
    "s3:DeleteObject",
    "s3:DeleteObjectTagging",
    "s3:DeleteObjectVersionTagging",
    "s3:GetObjectTagging",
    "s3:GetObjectVersionTagging",
    "s3:PutObjectTagging",
    "s3:PutObjectVersionTagging",
];
const FULL_ON_BUCKET: &[&str] =
    &["s3:ListBucket", "s3:GetBucketLocation", "s3:GetLifecycleConfiguration", "s3:PutLifecycleConfiguration"];
const VPC_ACCESS: &[&str] = &[
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DetachNetworkInterface",
];

/// What a connector from a function to a bucket allows, by its permission.
const CONNECTOR_READ: &[&str] = &[
    "s3:GetObject",
    "s3:GetObjectAcl",
    "s3:GetObjectLegalHold",
    "s3:GetObjectRetention",
    "s3:GetObjectTorrent",
    "s3:GetObjectVersion",
    "s3:GetObjectVersionAcl",
    "s3:GetObjectVersionForReplication",
    "s3:GetObjectVersionTorrent",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListBucketVersions",
    "s3:ListMultipartUploadParts",
];
const CONNECTOR_WRITE: &[&str] = &[
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:PutObject",
    "s3:PutObjectLegalHold",
    "s3:PutObjectRetention",
    "s3:RestoreObject",
];

/// What a statement is about.
#[derive(Clone, Copy)]
enum On {
    Bucket,
    Objects,
    Both,
}

/// Actions that a statement allows.
struct Grant {
    on: On,
    actions: &'static [&'static str],
}

/// Adds the roles of functions, and the policies of connectors.
pub(super) fn add(resources: &mut Vec<Entry>) {
    let mut added = Vec::new();
    for resource in resources.iter_mut().filter(|resource| type_of(resource) == "AWS::Serverless::Function") {
        added.extend(role_of(resource));
    }
    for resource in resources.iter() {
        match type_of(resource) {
            "AWS::Serverless::Connector" => {
                let properties = resource.node.get("Properties").cloned().unwrap_or_default();
                let source = properties.at_path(&["Source", "Id"]).and_then(Node::scalar).unwrap_or_default();
                added.extend(connector(resources, &resource.key, source, &properties, resource.at));
            }
            // A connector can stand in its source, too.
            _ => {
                for own in resource.node.get("Connectors").map(Node::entries).unwrap_or_default() {
                    let properties = own.node.get("Properties").cloned().unwrap_or_default();
                    let name = [resource.key.as_str(), &own.key].concat();
                    added.extend(connector(resources, &name, &resource.key, &properties, own.at));
                }
            }
        }
    }
    let is_new = |entry: &Entry| resources.iter().all(|other| other.key != entry.key);
    let new: Vec<Entry> = added.into_iter().filter(is_new).collect();
    resources.extend(new);
}

/// The role of a function that names none; the function names it from then on.
fn role_of(function: &mut Entry) -> Option<Entry> {
    let (at, name) = (function.at, [&function.key, "Role"].concat());
    let condition = function.node.get("Condition").cloned();
    let Value::Map(fields) = &mut function.node.value else { return None };
    let properties = fields.iter_mut().find(|field| field.key == "Properties")?;
    let Value::Map(entries) = &mut properties.node.value else { return None };
    let given = |key: &str| entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node);
    if given("Role").is_some_and(|role| !role.is_unset()) {
        return None;
    }
    let basic = if given("DurableConfig").is_some() {
        "service-role/AWSLambdaBasicDurableExecutionRolePolicy"
    } else {
        "service-role/AWSLambdaBasicExecutionRole"
    };
    let mut managed = vec![managed_policy(basic, at)];
    if given("Tracing").and_then(Node::scalar).is_some_and(|tracing| tracing != "Disabled") {
        managed.push(managed_policy("AWSXRayDaemonWriteAccess", at));
    }
    if given("VpcConfig").is_some() {
        managed.push(managed_policy("service-role/AWSLambdaVPCAccessExecutionRole", at));
    }
    let mut inline = Vec::new();
    let policies = given("Policies").cloned().unwrap_or_default();
    let one = std::slice::from_ref(&policies);
    let items = if let Value::List(items) = &policies.value { items.as_slice() } else { one };
    for (position, item) in items.iter().enumerate() {
        let document = match &item.value {
            Value::Null => continue,
            Value::Text(_) => {
                managed.push(item.clone());
                continue;
            }
            // An ARN that a function gives.
            Value::Map(entries) if is_function(entries) && entries.iter().all(|entry| entry.key != "Fn::If") => {
                managed.push(item.clone());
                continue;
            }
            Value::Map(entries) if item.get("Statement").is_some() || entries.len() != 1 => item.clone(),
            Value::Map(entries) => match entries.first().map(of_template) {
                Some(Template::Document(document)) => document,
                Some(Template::OfAnotherService) => continue,
                Some(Template::Unknown) | None => Node::text("unknown", item.at),
            },
            _ => Node::text("unknown", item.at),
        };
        let policy_name = [&name, "Policy", position.to_string().as_str()].concat();
        inline.push(map([("PolicyName", Node::text(policy_name, item.at)), ("PolicyDocument", document)], item.at));
    }
    let mut properties_of_role = vec![
        entry("ManagedPolicyArns", Node { value: Value::List(managed), at }),
        entry("Policies", Node { value: Value::List(inline), at: policies.at }),
    ];
    for (own, written) in [("PermissionsBoundary", "PermissionsBoundary"), ("RolePath", "Path")] {
        properties_of_role.extend(given(own).cloned().map(|node| entry(written, node)));
    }
    let arn = map([("Fn::GetAtt", list([Node::text(name.as_str(), at), Node::text("Arn", at)], at))], at);
    entries.retain(|entry| entry.key != "Role");
    entries.push(entry("Role", arn));
    let mut role = vec![entry("Type", Node::text("AWS::IAM::Role", at))];
    role.extend(condition.map(|condition| entry("Condition", condition)));
    role.push(entry("Properties", Node { value: Value::Map(properties_of_role), at }));
    Some(Entry { key: name, at, node: Node { value: Value::Map(role), at } })
}

/// What a policy template stands for.
enum Template {
    Document(Node),
    /// It is about neither S3 nor network interfaces, and grants nothing that is asked about here.
    OfAnotherService,
    Unknown,
}

fn of_template(template: &Entry) -> Template {
    let at = template.at;
    if template.key == "VPCAccessPolicy" {
        let statement = statement(VPC_ACCESS, Node::text("*", at), at);
        return Template::Document(document(vec![statement], at));
    }
    if let Some((_, grants)) = S3_TEMPLATES.iter().find(|(name, _)| *name == template.key) {
        let Some(bucket) = template.node.get("BucketName") else { return Template::Unknown };
        let statements = grants.iter().map(|grant| {
            let bucket = bucket_arn(bucket, "", at);
            let objects = || bucket_arn(template.node.get("BucketName").unwrap_or(&template.node), "/*", at);
            let resource = match grant.on {
                On::Bucket => bucket,
                On::Objects => objects(),
                On::Both => list([bucket, objects()], at),
            };
            statement(grant.actions, resource, at)
        });
        return Template::Document(document(statements.collect(), at));
    }
    // Every other template of SAM's is about one other service.
    if template.key.ends_with("Policy") || template.key.ends_with("Policy_v2") {
        Template::OfAnotherService
    } else {
        Template::Unknown
    }
}

/// The policy that a connector from a function to a bucket attaches to the function's role.
fn connector(resources: &[Entry], name: &str, source: &str, properties: &Node, at: At) -> Vec<Entry> {
    let find = |id: &str| resources.iter().find(|resource| resource.key == id);
    let destinations = properties.get("Destination").map(|node| match &node.value {
        Value::List(items) => items.clone(),
        _ => vec![node.clone()],
    });
    let is_source = find(source)
        .is_some_and(|source| matches!(type_of(source), "AWS::Serverless::Function" | "AWS::Lambda::Function"));
    if !is_source {
        return Vec::new();
    }
    let role = find(source).and_then(|source| source.node.at_path(&["Properties", "Role"]).cloned());
    let role = role.and_then(|role| role_in(&role)).unwrap_or_else(|| [source, "Role"].concat());
    let permissions: Vec<&str> =
        properties.get("Permissions").map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar).collect();
    let mut made = Vec::new();
    for (position, destination) in destinations.unwrap_or_default().iter().enumerate() {
        let Some(id) = destination.get("Id").and_then(Node::scalar) else { continue };
        if find(id).is_none_or(|bucket| type_of(bucket) != "AWS::S3::Bucket") {
            continue;
        }
        let arn = map([("Fn::GetAtt", list([Node::text(id, at), Node::text("Arn", at)], at))], at);
        let objects =
            map([("Fn::Join", list([Node::text("", at), list([arn.clone(), Node::text("/*", at)], at)], at))], at);
        let resource = list([arn, objects], at);
        let statements = [("Read", CONNECTOR_READ), ("Write", CONNECTOR_WRITE)]
            .iter()
            .filter(|(permission, _)| permissions.contains(permission))
            .map(|(_, actions)| statement(actions, resource.clone(), at))
            .collect();
        let number = if position > 0 { position.to_string() } else { String::new() };
        let reference = map([("Ref", Node::text(role.as_str(), at))], at);
        let properties = map([("PolicyDocument", document(statements, at)), ("Roles", list([reference], at))], at);
        let node = map([("Type", Node::text("AWS::IAM::ManagedPolicy", at)), ("Properties", properties)], at);
        made.push(Entry { key: [name, "Policy", &number].concat(), at, node });
    }
    made
}

/// The logical id of the role in `Fn::GetAtt: [Role, Arn]` or `Ref`.
fn role_in(node: &Node) -> Option<String> {
    let entry = node.only_entry()?;
    let name = match &entry.node.value {
        Value::List(items) => items.first()?.scalar()?,
        _ => entry.node.scalar()?.split('.').next()?,
    };
    Some(name.to_owned())
}

/// The ARN of a managed policy of AWS's.
fn managed_policy(path: &str, at: At) -> Node {
    map([("Fn::Sub", Node::text(["arn:${AWS::Partition}:iam::aws:policy/", path].concat(), at))], at)
}

fn bucket_arn(bucket: &Node, behind: &str, at: At) -> Node {
    let text = Node::text(["arn:${AWS::Partition}:s3:::${bucketName}", behind].concat(), at);
    map([("Fn::Sub", list([text, map([("bucketName", bucket.clone())], at)], at))], at)
}

fn statement(actions: &[&str], resource: Node, at: At) -> Node {
    let actions = Node { value: Value::List(actions.iter().map(|action| Node::text(*action, at)).collect()), at };
    map([("Effect", Node::text("Allow", at)), ("Action", actions), ("Resource", resource)], at)
}

fn document(statements: Vec<Node>, at: At) -> Node {
    let statements = Node { value: Value::List(statements), at };
    map([("Version", Node::text("2012-10-17", at)), ("Statement", statements)], at)
}

fn map<const N: usize>(entries: [(&str, Node); N], at: At) -> Node {
    let entries = entries.into_iter().map(|(key, node)| Entry { key: key.to_owned(), at, node });
    Node { value: Value::Map(entries.collect()), at }
}

fn entry(key: &str, node: Node) -> Entry {
    Entry { key: key.to_owned(), at: node.at, node }
}

fn list<const N: usize>(items: [Node; N], at: At) -> Node {
    Node { value: Value::List(items.into()), at }
}
