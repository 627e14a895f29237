//! Problems of imported files in English: message, and what to do.

use super::{NAMES, TERRAFORM_COMMAND};
use crate::import::{ACCOUNT, ImportProblemKind, OtherFormat, UnknownKind};

pub(super) fn words(kind: &ImportProblemKind) -> (String, String) {
    use ImportProblemKind::*;
    let (message, help) = match kind {
        NothingToImport => (
            "There is no file.".into(),
            "Give a CloudFormation template, a Terraform plan or state as JSON, or what `vpcreach collect-script` collects."
                .into(),
        ),
        EmptyFile => {
            ("The file is empty.".into(), "Run the command again, and look for an error that it prints.".into())
        }
        WrongFormat { format } => other_format(*format),
        DamagedFile { detail } => (
            format!("The JSON is damaged here: {detail}. What stands before it is used, the rest is left out."),
            "Run the command again, without editing what it prints.".into(),
        ),
        TruncatedFile => (
            "The JSON ends too early. What is whole is used, the rest is left out.".into(),
            "Run the command again, and let it finish.".into(),
        ),
        NotRecognised => (
            "This is in none of the formats that are read.".into(),
            "Give a template, a Terraform plan or state as JSON, or whole answers of the AWS CLI, such as \
             `aws ec2 describe-vpcs` prints them."
                .into(),
        ),
        WrongShape { list, detail } => (
            format!("An item of {list} is left out: {detail}."),
            "Run the command again, without editing what it prints.".into(),
        ),
        FurtherProblems { count } => {
            (format!("The file has {count} more such problems."), "Mend the first ones, and import again.".into())
        }
        NotUsed { calls } => match calls.as_slice() {
            [call] => (format!("The answer of `aws {call}` is not used."), String::new()),
            calls => {
                let names: Vec<String> = calls.iter().map(|call| format!("`aws {call}`")).collect();
                (format!("The answers of {} are not used.", some_of(&names)), String::new())
            }
        },
        CutAnswer { call } => (
            format!("The answer of `aws {call}` is cut: it has a NextToken, so more follows."),
            "Run the command without --no-paginate and --max-items.".into(),
        ),
        FailedCall { call, error } => (
            format!("The call `aws {call}` failed: {error}"),
            "If access was denied, allow the action; `vpcreach collect-script --policy` prints the policy.".into(),
        ),
        Conflict { id, first } => (
            format!("{id} is also in {}, and differs. The first one counts.", or_another_file(first)),
            "Give only the newer file.".into(),
        ),
        MissingAnswers { sections } => {
            let (names, calls): (Vec<&str>, Vec<&str>) = sections.iter().copied().unzip();
            (
                format!("No file covers {}, so what depends on them is unknown.", all_of(&names)),
                format!("Add {}; `vpcreach collect-script` collects everything.", calls_of(&calls)),
            )
        }
        UnnamedPrefixList => (
            "Nothing says to which prefix list these entries belong.".into(),
            "Name the file after the list: `get-managed-prefix-list-entries.pl-….json`.".into(),
        ),
        PrefixListEntriesUnknown { id } => (
            format!("The entries of prefix list {id} are unknown."),
            format!("Add `aws ec2 get-managed-prefix-list-entries --prefix-list-id {id}`."),
        ),
        UnnamedBucket { call } => (
            format!("Nothing says of which bucket this answer of `aws {call}` is."),
            "Name the file after the bucket: `get-bucket-location.BUCKET.json`.".into(),
        ),
        BucketRegionUnknown { buckets } => (
            format!("The Region of {} is unknown.", some_of(buckets)),
            "Add `aws s3api get-bucket-location --bucket BUCKET` for the buckets that matter.".into(),
        ),
        DnsAttributesUnknown { vpc } => (
            format!("The DNS attributes of {vpc} are unknown; AWS's defaults are taken."),
            "Add `aws ec2 describe-vpc-attribute` for enableDnsSupport and enableDnsHostnames.".into(),
        ),
        HostedZoneRecordsUnknown { id, domain } => (
            format!("The records of private hosted zone {domain} ({id}) are unknown, and it is left out."),
            format!("Add `aws route53 list-resource-record-sets --hosted-zone-id {id}`."),
        ),
        UnnamedHostedZone => (
            "Nothing says to which private hosted zone these records belong.".into(),
            "Add `aws route53 list-hosted-zones-by-vpc`.".into(),
        ),
        HostedZoneVpcUnknown { domain } => (
            format!("Nothing says with which VPC private hosted zone {domain} is associated."),
            "Name the file after the VPC: `list-hosted-zones-by-vpc.vpc-….json`.".into(),
        ),
        CapacityProviderUnknown { function, arn } => (
            format!("Function {function} runs on a capacity provider whose network is unknown, and it is left out."),
            format!("Add `aws lambda get-capacity-provider --capacity-provider-name {arn}`."),
        ),
        OtherRegion { function, region, of_the_rest } => (
            format!("Function {function} is in {region}, all else in {of_the_rest}; it is left out."),
            "Check each Region by itself.".into(),
        ),
        AddressOutsideSubnet { id, address, subnet } => (
            format!("The private address {address} of {id} is not in {subnet}; any address of the subnet is taken."),
            String::new(),
        ),
        EndpointRouteBlackhole { endpoint, route_table } => (
            format!(
                "The route of {endpoint} in {route_table} is a blackhole although the endpoint is available; \
                 it is taken as being deleted."
            ),
            "Run both commands again at the same time.".into(),
        ),
        EndpointTypeNotModelled { endpoint, of_type } => {
            (format!("Endpoint {endpoint} is of type {of_type}, which is not modelled; it is left out."), String::new())
        }
        SeveralIpv6Blocks { subnet } => {
            (format!("{subnet} has more than one IPv6 CIDR block; only the first one is used."), String::new())
        }
        UnreadablePolicy { id } => {
            (format!("The policy of {id} is not JSON."), "Give the policy as the AWS CLI prints it.".into())
        }
        Unreadable { format, detail } => (
            format!("The {format} is damaged here: {detail}. The file is left out."),
            "Mend the file, or give it as the tool wrote it.".into(),
        ),
        EndsTooEarly { format } => (
            format!("The {format} ends too early. The file is left out."),
            "Let the tool write the file again, to its end.".into(),
        ),
        TooComplex => (
            "The file is nested too deeply, or its aliases multiply too much. It is left out.".into(),
            "Write the values out, and give only the part with the network.".into(),
        ),
        TooLarge { limit } => {
            (format!("The file is larger than {limit} MB."), "Give only the part with the network.".into())
        }
        DuplicateKeyOfTemplate { key } => {
            (format!("The key {key} stands twice in one map; the last one counts."), "Remove one of them.".into())
        }
        Unresolved { resource, property, cause } => {
            (format!("{property} of {resource} depends on {}.", cause_of(cause)), cure_of(cause))
        }
        WrongProperty { resource, property } => (
            format!("{property} of {resource} has a value of another type than it has to have; what it says is not known."),
            "Correct the value.".into(),
        ),
        AddressesAssigned { resources } => (
            format!(
                "AWS assigns the IPv6 CIDR block of {} at deployment; one for documentation stands in for it, and a \
                 policy asks for addresses.",
                some_of(resources)
            ),
            "Where it is about IPv6, give the output of the AWS CLI for what is deployed.".into(),
        ),
        AccountAssumed { account } => (
            format!("The account is not given; {account} stands for it in names and ARNs."),
            format!("Give it: --parameter {ACCOUNT}=VALUE, or the output of the AWS CLI for what is deployed."),
        ),
        ConditionOpen { resource, cause } => {
            (format!("Whether {resource} exists depends on {}.", cause_of(cause)), cure_of(cause))
        }
        UnknownAttribute { resource, property, attribute } => (
            format!("{property} of {resource} is {attribute}, which is not known before deployment."),
            "Give the output of the AWS CLI for what is deployed.".into(),
        ),
        OutsideReference { resource, id } => (
            format!("{resource} names {id}, which no file describes."),
            "Add the output of the AWS CLI that describes it; `vpcreach collect-script` prints the commands.".into(),
        ),
        UnknownParameter { name, nearest } => (
            format!("No template has a parameter {name}."),
            nearest.as_ref().map(|nearest| format!("Did you mean {nearest}?")).unwrap_or_default(),
        ),
        NestedTemplateMissing { stack } => (
            format!("The template of nested stack {stack} is not given; its resources and outputs are not known."),
            "Give its template as well.".into(),
        ),
        LoopNotEvaluated { name } => (
            format!("{name} goes over values that are not known or too many; what it makes of them is left out."),
            "Give the parameter that holds them: --parameter NAME=VALUE, or the processed template.".into(),
        ),
        MacroNotEvaluated { name } => (
            format!("The macro {name} is not carried out; it may change everything in the template."),
            "Give the processed template: `aws cloudformation get-template --template-stage Processed`.".into(),
        ),
        CustomResource { of_type } => {
            (format!("{of_type} runs code of its own, which may change the network."), String::new())
        }
        EmptyEgress { resource } => (
            format!("CloudFormation ignores the empty SecurityGroupEgress of {resource}: everything may leave."),
            "To close the group, write one rule that matches nothing, such as 127.0.0.1/32.".into(),
        ),
        ForeignProperty { resource, of_type, property, nearest } => (
            format!("{resource} sets {property}, which is no property of {of_type} that vpcreach knows."),
            nearest.as_ref().map_or_else(|| "Correct the name, or remove it.".into(), |nearest| format!("Did you mean {nearest}?")),
        ),
        NotModelled { resource, of_type } => (
            format!("{resource} ({of_type}) is not modelled; traffic that depends on it is not judged."),
            String::new(),
        ),
        EdgesInferred { count, first } => (
            format!("{count} references of the plan lead to the only resource that fits, such as {first}."),
            format!("For an exact answer: {TERRAFORM_COMMAND}"),
        ),
        Repeated { count, first } => {
            (format!("{count} resources of this file are also in {first}, which counts."), String::new())
        }
        PlanErrored => {
            ("Terraform says that this plan failed; it may be incomplete.".into(), "Mend the plan first.".into())
        }
        NoTestState => (
            "Terraform's log holds no state.".into(),
            format!("The run has to succeed, and needs -verbose: {TERRAFORM_COMMAND}"),
        ),
        TerraformSource { count } => (
            match count {
                1 => "Terraform's own language is not evaluated.".into(),
                count => format!("Terraform's own language ({count} files) is not evaluated."),
            },
            format!("One command gives an exact input, without credentials: {TERRAFORM_COMMAND}"),
        ),
        BinaryPlan => (
            "This is an archive or a binary plan of Terraform.".into(),
            "Give what `terraform show -json PLAN` prints.".into(),
        ),
        DocumentBesideOthers => {
            ("A document of vpcreach is checked by itself.".into(), "Give it alone, without other files.".into())
        }
    };
    (message, help)
}

fn other_format(format: OtherFormat) -> (String, String) {
    let (message, help) = match format {
        OtherFormat::Document => ("This is a document of vpcreach.", "Give it alone, without output of the AWS CLI."),
        OtherFormat::CloudFormation => (
            "This is a CloudFormation template, not output of the AWS CLI.",
            "Leave out --input-format, so that it is detected.",
        ),
        OtherFormat::Terraform => (
            "This is a Terraform plan or state, not output of the AWS CLI.",
            "Leave out --input-format, so that it is detected.",
        ),
        OtherFormat::Serverless => (
            "This is Serverless Framework source, which is not read.",
            "Give the output of the AWS CLI for what is deployed.",
        ),
        OtherFormat::AwsConfig => {
            ("This is an AWS Config snapshot, which is not read yet.", "Give the output of the AWS CLI.")
        }
        OtherFormat::CloudControl => {
            ("This is an answer of Cloud Control, which is not read yet.", "Give the output of the AWS CLI.")
        }
        OtherFormat::Yaml => ("This is YAML.", "Run the command with `--output json`."),
        OtherFormat::CliText => ("This is text, not JSON.", "Run the command with `--output json`."),
        OtherFormat::CliError => {
            ("This is an error message of the AWS CLI.", "Mend what it says, and run the command again.")
        }
        OtherFormat::Html => {
            ("This is a web page.", "Run the command again where no proxy or sign-in page answers for AWS.")
        }
        OtherFormat::Encoding => {
            ("This text is in an encoding other than UTF-8 and UTF-16.", "Save the file in UTF-8.")
        }
        OtherFormat::Binary => {
            ("This file is not text.", "Unpack archives first, and give files as the AWS CLI prints them.")
        }
    };
    (message.into(), help.into())
}

fn cause_of(cause: &UnknownKind) -> String {
    use UnknownKind::*;
    match cause {
        Parameter(name) => format!("parameter {name}, which is not given"),
        SsmParameter(name) => format!("parameter {name}, whose value is in Systems Manager"),
        Import(name) => format!("the export {name} of another stack, which is not given"),
        NestedStack(name) => format!("output {name} of a nested stack, which is not given"),
        Attribute(name) => format!("attribute {name}, which is not known before deployment"),
        AfterApply(name) => format!("{name}, which is known after apply"),
        DynamicReference(name) => format!("{name}, which is not looked up"),
        NotEvaluated(name) => format!("{name}, which is not evaluated"),
        ForeignProperty(name) => format!("{name}, which is no property of its type"),
        Undeclared(undeclared) => format!("{}, which the template does not declare", undeclared.name),
        Cycle(name) => format!("{name}, which leads back to itself"),
        Pseudo(name) => format!("{name}, which is not known before deployment"),
    }
}

fn cure_of(cause: &UnknownKind) -> String {
    use UnknownKind::*;
    match cause {
        Pseudo(name) if name == ACCOUNT => cure_of(&Parameter(name.clone())),
        Parameter(name) | SsmParameter(name) => format!("Give its value: --parameter {name}=VALUE."),
        Import(_) => "Give the template that exports it as well.".into(),
        NestedStack(_) => "Give the template of the nested stack as well.".into(),
        AfterApply(_) => format!("For an exact answer: {TERRAFORM_COMMAND}"),
        Attribute(_) | DynamicReference(_) | Pseudo(_) | NotEvaluated(_) => {
            "Write the value itself in its place, or give the output of the AWS CLI for what is deployed.".into()
        }
        Undeclared(undeclared) => undeclared
            .nearest
            .as_ref()
            .map_or_else(|| "Correct the name.".into(), |nearest| format!("Did you mean {nearest}?")),
        ForeignProperty(_) => "Correct the name.".into(),
        Cycle(_) => "Break the circle: write one of its values out.".into(),
    }
}

/// The first names of a list, and how many more there are.
fn some_of(names: &[String]) -> String {
    let shown = names.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMES) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}

/// Names with commas between them and a word before the last one.
fn all_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [others @ .., last] => [&others.join(", "), " and ", last].concat(),
    }
}

/// Calls as a person types them.
fn calls_of(calls: &[&str]) -> String {
    let calls: Vec<String> = calls.iter().map(|call| format!("`aws {call}`")).collect();
    all_of(&calls.iter().map(String::as_str).collect::<Vec<_>>())
}

fn or_another_file(name: &str) -> &str {
    if name.is_empty() { "another file" } else { name }
}
