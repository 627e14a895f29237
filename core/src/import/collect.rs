//! The script that collects what is needed of one VPC into one file, which [`import`](super::import()) reads.

/// The permissions that the script takes, as an IAM policy document: every action reads.
pub const COLLECT_POLICY: &str = include_str!("collect/policy.json");

const SCRIPT: &str = include_str!("collect/collect.sh");

/// What the script collects unless its own options say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollectOptions {
    /// The VPC. Default: that of the first function.
    pub vpc: Option<String>,
    /// Functions. Default: all of the Region.
    pub functions: Vec<String>,
    /// Buckets whose Region matters.
    pub buckets: Vec<String>,
    /// The Region. Default: that of the AWS CLI's settings.
    pub region: Option<String>,
    /// The profile of the AWS CLI.
    pub profile: Option<String>,
}

/// The script, for any POSIX shell, with the AWS CLI version 2 and nothing else.
///
/// It makes read-only calls. One that is denied is noted in its output, and the rest is collected all the same.
pub fn collect_script(options: &CollectOptions) -> String {
    let values = [
        ("vpc=''", options.vpc.clone().unwrap_or_default()),
        ("functions=''", options.functions.join(" ")),
        ("buckets=''", options.buckets.join(" ")),
        ("region=''", options.region.clone().unwrap_or_default()),
        ("profile=''", options.profile.clone().unwrap_or_default()),
    ];
    let mut script = String::with_capacity(SCRIPT.len());
    for line in SCRIPT.lines() {
        match values.iter().find(|(assignment, value)| *assignment == line && !value.is_empty()) {
            Some((assignment, value)) => {
                script.push_str(assignment.trim_end_matches("''"));
                script.push_str(&quoted(value));
            }
            None => script.push_str(line),
        }
        script.push('\n');
    }
    script
}

/// A text as one word of the shell.
fn quoted(text: &str) -> String {
    ["'", &text.replace('\'', r"'\''"), "'"].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{COLLECT_POLICY, CollectOptions, SCRIPT, collect_script};

    #[test]
    fn options_are_quoted_for_the_shell() {
        let options = CollectOptions {
            vpc: Some("vpc-1".into()),
            functions: vec!["one".into(), "two".into()],
            profile: Some("it's $(mine)".into()),
            ..CollectOptions::default()
        };
        let script = collect_script(&options);
        for line in ["vpc='vpc-1'", "functions='one two'", "buckets=''", r"profile='it'\''s $(mine)'"] {
            assert!(script.lines().any(|other| other == line), "{line}");
        }
        assert_eq!(collect_script(&CollectOptions::default()), SCRIPT);
    }

    /// The action of each call: `ec2 describe-vpcs` needs `ec2:DescribeVpcs`.
    #[test]
    fn the_policy_allows_each_call_of_the_script_and_nothing_more() {
        let policy: serde_json::Value = serde_json::from_str(COLLECT_POLICY).unwrap();
        let allowed: BTreeSet<String> = policy["Statement"][0]["Action"]
            .as_array()
            .unwrap()
            .iter()
            .map(|action| action.as_str().unwrap().to_lowercase())
            .collect();
        let mut needed = BTreeSet::new();
        for service in ["ec2", "iam", "kms", "lambda", "route53", "route53resolver", "s3api", "s3control"] {
            for (position, _) in SCRIPT.match_indices(&format!(" {service} ")) {
                let command = SCRIPT.get(position..).unwrap().split_whitespace().nth(1).unwrap();
                // Actions that have other names than their calls.
                let command = match (service, command) {
                    ("s3api", "get-public-access-block") => "get-bucket-public-access-block",
                    ("s3control", "get-public-access-block") => "get-account-public-access-block",
                    ("s3api", "get-bucket-encryption") => "get-encryption-configuration",
                    (_, other) => other,
                };
                let service = if service.starts_with("s3") { "s3" } else { service };
                needed.insert(format!("{service}:{}", command.replace('-', "")));
            }
        }
        assert_eq!(needed, allowed);
    }
}
