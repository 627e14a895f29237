//! Problems of imported files in words.

use crate::answer::Diagnostic;
use crate::import::{ImportProblem, ImportProblemKind, OtherFormat};
use crate::words::{Language, configuration_problem};

/// A problem of an imported file as people and programs read it.
pub(crate) fn import_diagnostic(problem: &ImportProblem, language: Language) -> Diagnostic {
    let (message, help) = match language {
        Language::English => english(&problem.kind),
        Language::Japanese => japanese(&problem.kind),
    };
    let location = problem.location.as_ref();
    let known = |number: u32| (number > 0).then_some(number);
    Diagnostic {
        severity: problem.kind.severity(),
        code: problem.kind.code().into(),
        path: String::new(),
        message,
        help,
        file: location.map(|location| location.file.clone()).filter(|file| !file.is_empty()),
        line: location.and_then(|location| known(location.line)),
        column: location.and_then(|location| known(location.column)),
    }
}

fn english(kind: &ImportProblemKind) -> (String, String) {
    use ImportProblemKind::*;
    let (message, help) = match kind {
        NothingToImport => (
            "No file holds configuration that is understood.".into(),
            "Give a CloudFormation template, a Terraform plan or state as JSON, or what `vpcreach collect-script` collects."
                .into(),
        ),
        EmptyFile => {
            ("The file is empty.".into(), "Run the command again, and look for an error that it prints.".into())
        }
        WrongFormat { format } => english_format(*format),
        DamagedFile { detail } => (
            format!("The JSON is damaged here: {detail}. What stands before it is used, the rest is left out."),
            "Run the command again, without editing what it prints.".into(),
        ),
        TruncatedFile => (
            "The JSON ends too early. What is whole is used, the rest is left out.".into(),
            "Run the command again, and let it finish.".into(),
        ),
        NotRecognised => (
            "This is JSON, but no answer of a call that is known.".into(),
            "Give whole answers of the AWS CLI, such as `aws ec2 describe-vpcs` prints them.".into(),
        ),
        WrongShape { list, detail } => (
            format!("An item of {list} is left out: {detail}."),
            "Run the command again, without editing what it prints.".into(),
        ),
        FurtherProblems { count } => {
            (format!("The file has {count} more such problems."), "Mend the first ones, and import again.".into())
        }
        NotUsed { call } => (format!("The answer of `aws {call}` is not used yet."), String::new()),
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
        MissingAnswer { call, section } => {
            (format!("No file covers {section}, so what depends on them is unknown."), format!("Add `aws {call}`."))
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
        Configuration { problem } => configuration_problem::english(problem),
    };
    (message, help)
}

fn english_format(format: OtherFormat) -> (String, String) {
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
        OtherFormat::Binary => {
            ("This file is not text.", "Unpack archives first, and give files as the AWS CLI prints them.")
        }
    };
    (message.into(), help.into())
}

fn japanese(kind: &ImportProblemKind) -> (String, String) {
    use ImportProblemKind::*;
    let (message, help) = match kind {
        NothingToImport => (
            "読み取れる構成がどのファイルにもありません。".into(),
            "CloudFormation テンプレート、JSON 形式の Terraform のプランやステート、または `vpcreach collect-script` が集めた出力を渡してください。"
                .into(),
        ),
        EmptyFile => {
            ("ファイルが空です。".into(), "コマンドをもう一度実行し、エラーが出ていないか確認してください。".into())
        }
        WrongFormat { format } => japanese_format(*format),
        DamagedFile { detail } => (
            format!("JSON がここで壊れています: {detail}。手前の内容は使い、残りは除きます。"),
            "コマンドをもう一度実行し、出力を編集せずに渡してください。".into(),
        ),
        TruncatedFile => (
            "JSON が途中で終わっています。完全な部分は使い、残りは除きます。".into(),
            "コマンドをもう一度、最後まで実行してください。".into(),
        ),
        NotRecognised => (
            "JSON ですが、既知の呼び出しの応答ではありません。".into(),
            "`aws ec2 describe-vpcs` などの AWS CLI の応答を、そのまま渡してください。".into(),
        ),
        WrongShape { list, detail } => (
            format!("{list} の項目を 1 つ除きました: {detail}。"),
            "コマンドをもう一度実行し、出力を編集せずに渡してください。".into(),
        ),
        FurtherProblems { count } => (
            format!("このファイルには同じ種類の問題が他に {count} 件あります。"),
            "先頭の問題を直し、もう一度インポートしてください。".into(),
        ),
        NotUsed { call } => (format!("`aws {call}` の応答はまだ使いません。"), String::new()),
        CutAnswer { call } => (
            format!("`aws {call}` の応答は NextToken があり、途中で切れています。"),
            "--no-paginate と --max-items を付けずに実行してください。".into(),
        ),
        FailedCall { call, error } => (
            format!("呼び出し `aws {call}` が失敗しました: {error}"),
            "アクセスが拒否された場合は、アクションを許可してください。`vpcreach collect-script --policy` がポリシーを出力します。"
                .into(),
        ),
        Conflict { id, first } => (
            format!("{id} は{}にもあり、内容が異なります。最初のものを使います。", japanese_file(first)),
            "新しい方のファイルだけを渡してください。".into(),
        ),
        MissingAnswer { call, section } => (
            format!("{section} の情報がどのファイルにもないため、これに依存する部分は不明です。"),
            format!("`aws {call}` の出力を加えてください。"),
        ),
        UnnamedPrefixList => (
            "これらのエントリがどのプレフィックスリストのものか分かりません。".into(),
            "ファイル名にリストの ID を入れてください: `get-managed-prefix-list-entries.pl-….json`。".into(),
        ),
        PrefixListEntriesUnknown { id } => (
            format!("プレフィックスリスト {id} のエントリが不明です。"),
            format!("`aws ec2 get-managed-prefix-list-entries --prefix-list-id {id}` の出力を加えてください。"),
        ),
        UnnamedBucket { call } => (
            format!("この `aws {call}` の応答がどのバケットのものか分かりません。"),
            "ファイル名にバケット名を入れてください: `get-bucket-location.BUCKET.json`。".into(),
        ),
        BucketRegionUnknown { buckets } => (
            format!("{} のリージョンが不明です。", some_of_japanese(buckets)),
            "必要なバケットについて `aws s3api get-bucket-location --bucket BUCKET` の出力を加えてください。".into(),
        ),
        DnsAttributesUnknown { vpc } => (
            format!("{vpc} の DNS 属性が不明なため、AWS のデフォルト値を使います。"),
            "enableDnsSupport と enableDnsHostnames について `aws ec2 describe-vpc-attribute` の出力を加えてください。".into(),
        ),
        HostedZoneRecordsUnknown { id, domain } => (
            format!("プライベートホストゾーン {domain} ({id}) のレコードが不明なため、除きました。"),
            format!("`aws route53 list-resource-record-sets --hosted-zone-id {id}` の出力を加えてください。"),
        ),
        UnnamedHostedZone => (
            "これらのレコードがどのプライベートホストゾーンのものか分かりません。".into(),
            "`aws route53 list-hosted-zones-by-vpc` の出力を加えてください。".into(),
        ),
        HostedZoneVpcUnknown { domain } => (
            format!("プライベートホストゾーン {domain} がどの VPC に関連付けられているか分かりません。"),
            "ファイル名に VPC の ID を入れてください: `list-hosted-zones-by-vpc.vpc-….json`。".into(),
        ),
        CapacityProviderUnknown { function, arn } => (
            format!("関数 {function} のキャパシティプロバイダーのネットワーク設定が不明なため、除きました。"),
            format!("`aws lambda get-capacity-provider --capacity-provider-name {arn}` の出力を加えてください。"),
        ),
        OtherRegion { function, region, of_the_rest } => (
            format!("関数 {function} は {region} にあり、他は {of_the_rest} にあるため、除きました。"),
            "リージョンごとに調べてください。".into(),
        ),
        AddressOutsideSubnet { id, address, subnet } => (
            format!("{id} のプライベートアドレス {address} は {subnet} の範囲外です。サブネットの任意のアドレスとして扱います。"),
            String::new(),
        ),
        EndpointRouteBlackhole { endpoint, route_table } => (
            format!(
                "{endpoint} は利用可能ですが、{route_table} にあるそのルートはブラックホールです。削除中として扱います。"
            ),
            "両方のコマンドを同時にもう一度実行してください。".into(),
        ),
        EndpointTypeNotModelled { endpoint, of_type } => {
            (format!("エンドポイント {endpoint} のタイプ {of_type} には未対応のため、除きました。"), String::new())
        }
        SeveralIpv6Blocks { subnet } => {
            (format!("{subnet} には IPv6 CIDR ブロックが複数あり、最初のものだけを使います。"), String::new())
        }
        UnreadablePolicy { id } => (
            format!("{id} のポリシーは JSON ではありません。"),
            "AWS CLI が出力したとおりのポリシーを渡してください。".into(),
        ),
        Configuration { problem } => configuration_problem::japanese(problem),
    };
    (message, help)
}

fn japanese_format(format: OtherFormat) -> (String, String) {
    let (message, help) = match format {
        OtherFormat::Document => {
            ("vpcreach のドキュメントです。", "AWS CLI の出力とは別に、これだけを渡してください。")
        }
        OtherFormat::CloudFormation => (
            "AWS CLI の出力ではなく、CloudFormation テンプレートです。",
            "--input-format を外すと、形式を自動で判別します。",
        ),
        OtherFormat::Terraform => (
            "AWS CLI の出力ではなく、Terraform のプランまたはステートです。",
            "--input-format を外すと、形式を自動で判別します。",
        ),
        OtherFormat::Serverless => (
            "Serverless Framework のソースで、読み取れません。",
            "デプロイ済みの構成について AWS CLI の出力を渡してください。",
        ),
        OtherFormat::AwsConfig => {
            ("AWS Config のスナップショットで、まだ読み取れません。", "AWS CLI の出力を渡してください。")
        }
        OtherFormat::CloudControl => {
            ("Cloud Control の応答で、まだ読み取れません。", "AWS CLI の出力を渡してください。")
        }
        OtherFormat::Yaml => ("YAML です。", "`--output json` を付けて実行してください。"),
        OtherFormat::CliText => ("JSON ではなくテキストです。", "`--output json` を付けて実行してください。"),
        OtherFormat::CliError => {
            ("AWS CLI のエラーメッセージです。", "エラーの原因を直し、コマンドをもう一度実行してください。")
        }
        OtherFormat::Html => (
            "ウェブページです。",
            "プロキシやサインインページが AWS の代わりに応答しない環境で、もう一度実行してください。",
        ),
        OtherFormat::Binary => (
            "テキストのファイルではありません。",
            "アーカイブは展開し、AWS CLI が出力したとおりのファイルを渡してください。",
        ),
    };
    (message.into(), help.into())
}

/// How many names a sentence holds.
const NAMES: usize = 3;

/// The first names of a list, and how many more there are.
fn some_of(names: &[String]) -> String {
    let shown = names.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMES) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}

fn some_of_japanese(names: &[String]) -> String {
    let shown = names.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join("、");
    match names.len().saturating_sub(NAMES) {
        0 => shown,
        rest => format!("{shown} と他 {rest} 件"),
    }
}

fn or_another_file(name: &str) -> &str {
    if name.is_empty() { "another file" } else { name }
}

fn japanese_file(name: &str) -> String {
    if name.is_empty() { "別のファイル".into() } else { format!(" {name} ") }
}
