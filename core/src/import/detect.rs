//! What a file is, by its content: names of files lie.

use super::tree::root_keys;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A document of vpcreach itself.
    Document,
    /// What the AWS CLI or the collection script printed.
    AwsCli,
    /// A CloudFormation or SAM template, in YAML or JSON.
    CloudFormation,
    /// The manifest of a cloud assembly, the folder `cdk.out`.
    CloudAssembly,
    /// A file beside the templates of a cloud assembly that holds no resources.
    AssemblyExtra,
    /// Values of a template's parameters.
    Parameters,
    /// A state as `terraform show -json` prints it.
    TerraformState,
    /// A raw state file, version 4.
    TerraformStateFile,
    /// A plan as `terraform show -json PLAN` prints it.
    TerraformPlan,
    /// The log of `terraform test -json -verbose`.
    TerraformTest,
    /// Configuration in Terraform's own language.
    TerraformSource,
    /// A binary plan file.
    TerraformBinaryPlan,
}

/// Sections of a document that say what it is.
const SECTIONS: &[&str] = &[
    "vpcs",
    "subnets",
    "routeTables",
    "securityGroups",
    "functions",
    "internetGateways",
    "natGateways",
    "vpcEndpoints",
    "networkAcls",
    "buckets",
    "instances",
    "tasks",
    "networkInterfaces",
    "expect",
    "internetHosts",
];

/// What a text is; none for anything that no reader of this list knows.
pub(super) fn detect(name: &str, text: &str) -> Option<Format> {
    let lower = name.to_ascii_lowercase();
    if lower.ends_with(".tf") || lower.ends_with(".tf.json") {
        return Some(Format::TerraformSource);
    }
    let start = text.trim_start();
    if start.starts_with('{') {
        return of_json(name, text);
    }
    if start.starts_with('[') {
        let head: String = start.chars().take(400).collect();
        return (head.contains("\"ParameterKey\"")).then_some(Format::Parameters);
    }
    let keys = yaml_root_keys(text);
    let has = |key: &str| keys.contains(&key);
    if has("AWSTemplateFormatVersion") || has("Resources") && text.contains("::") {
        return Some(Format::CloudFormation);
    }
    if SECTIONS.iter().any(|section| has(section)) {
        return Some(Format::Document);
    }
    let is_terraform = text.lines().any(|line| {
        let mut words = line.split_whitespace();
        matches!(words.next(), Some("resource" | "data" | "module" | "provider" | "terraform"))
            && line.trim_end().ends_with('{')
    });
    is_terraform.then_some(Format::TerraformSource)
}

fn of_json(name: &str, text: &str) -> Option<Format> {
    let keys = root_keys(text);
    let value = |key: &str| keys.iter().find(|(known, _)| known == key).map(|(_, value)| *value);
    let has = |key: &str| value(key).is_some();
    if has("@level") || has("@message") {
        return Some(Format::TerraformTest);
    }
    if has("AWSTemplateFormatVersion") || value("Resources").is_some_and(looks_like_resources) {
        return Some(Format::CloudFormation);
    }
    if has("format_version") && (has("planned_values") || has("resource_changes")) {
        return Some(Format::TerraformPlan);
    }
    if has("format_version") && (has("values") || has("terraform_version")) {
        return Some(Format::TerraformState);
    }
    if has("lineage") && has("version") || has("terraform_version") && has("resources") {
        return Some(Format::TerraformStateFile);
    }
    if has("version") && has("artifacts") {
        return Some(Format::CloudAssembly);
    }
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    // What the CDK keeps beside a template about its constructs, by their paths.
    if file.ends_with(".metadata.json") && keys.iter().all(|(key, _)| key.starts_with('/')) {
        return Some(Format::AssemblyExtra);
    }
    let is_assets = has("version") && has("files") && has("dockerImages");
    if is_assets || matches!(file, "tree.json" | "cdk.out" | "cdk.json" | "cdk.context.json" | "validation-report.json")
    {
        return Some(Format::AssemblyExtra);
    }
    if keys.len() == 1 && value("Parameters").is_some_and(|value| value.starts_with('{')) {
        return Some(Format::Parameters);
    }
    SECTIONS
        .iter()
        .any(|section| value(section).is_some_and(|value| value.starts_with(['{', '['])))
        .then_some(Format::Document)
        .filter(|_| !is_dump(&keys))
}

/// Whether the resources of a template begin here, and not an answer of Cloud Control or the like.
fn looks_like_resources(value: &str) -> bool {
    let head: String = value.chars().take(20_000).collect();
    value.starts_with('{') && (head.contains("::") || head.trim_start_matches(['{', ' ', '\n', '\r']).starts_with('}'))
}

/// Collections of answers under names in small letters, whose items have the AWS CLI's own.
fn is_dump(keys: &[(String, &str)]) -> bool {
    keys.iter().any(|(_, value)| value.chars().take(400).collect::<String>().contains("Id\""))
}

/// The keys at the left edge of a text in YAML.
fn yaml_root_keys(text: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for line in text.lines() {
        if line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '"' || first == '\'')
            && let Some((key, rest)) = line.split_once(':')
            && (rest.is_empty() || rest.starts_with([' ', '\t']))
        {
            keys.push(key.trim_matches(['"', '\'']));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{Format, detect};

    #[test]
    fn content_tells_the_format() {
        for (name, text, format) in [
            ("a.yaml", "AWSTemplateFormatVersion: 2010-09-09\nResources: {}\n", Some(Format::CloudFormation)),
            ("a.yml", "Resources:\n  V:\n    Type: AWS::EC2::VPC\n", Some(Format::CloudFormation)),
            ("t.json", "{\"Resources\":{\"V\":{\"Type\":\"AWS::EC2::VPC\"}}}", Some(Format::CloudFormation)),
            ("a.yaml", "vpcs:\n  main: { cidr: 10.0.0.0/16 }\n", Some(Format::Document)),
            ("d.json", "{\"vpcs\": {\"main\": {}}}", Some(Format::Document)),
            ("p.json", "{\"format_version\":\"1.2\",\"planned_values\":{}}", Some(Format::TerraformPlan)),
            ("s.json", "{\"format_version\":\"1.0\",\"values\":{}}", Some(Format::TerraformState)),
            (
                "terraform.tfstate",
                "{\"version\":4,\"lineage\":\"x\",\"resources\":[]}",
                Some(Format::TerraformStateFile),
            ),
            ("log", "{\"@level\":\"info\",\"type\":\"version\"}\n{}", Some(Format::TerraformTest)),
            ("Net.metadata.json", "{\"/Net/Vpc\":[]}", Some(Format::AssemblyExtra)),
            ("manifest.json", "{\"version\":\"36.0.0\",\"artifacts\":{}}", Some(Format::CloudAssembly)),
            ("main.tf", "resource \"aws_vpc\" \"main\" {\n}\n", Some(Format::TerraformSource)),
            ("p.json", "[{\"ParameterKey\":\"A\",\"ParameterValue\":\"b\"}]", Some(Format::Parameters)),
            ("v.json", "{\"Vpcs\":[{\"VpcId\":\"vpc-1\"}]}", None),
            ("a.txt", "An error occurred", None),
        ] {
            assert_eq!(detect(name, text), format, "{name}: {text}");
        }
    }
}
