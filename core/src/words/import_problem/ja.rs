//! Problems of imported files in Japanese: message, and what to do.

use super::{NAMES, TERRAFORM_COMMAND};
use crate::import::{ACCOUNT, ImportProblemKind, OtherFormat, UnknownKind};

pub(super) fn words(kind: &ImportProblemKind) -> (String, String) {
    use ImportProblemKind::*;
    let (message, help) = match kind {
        NothingToImport => (
            "ファイルがありません。".into(),
            "CloudFormation テンプレート、JSON 形式の Terraform のプランやステート、または `vpcreach collect-script` が集めた出力を渡してください。"
                .into(),
        ),
        EmptyFile => {
            ("ファイルが空です。".into(), "コマンドをもう一度実行し、エラーが出ていないか確認してください。".into())
        }
        WrongFormat { format } => other_format(*format),
        DamagedFile { detail } => (
            format!("JSON がここで壊れています: {detail}。手前の内容は使い、残りは除きます。"),
            "コマンドをもう一度実行し、出力を編集せずに渡してください。".into(),
        ),
        TruncatedFile => (
            "JSON が途中で終わっています。完全な部分は使い、残りは除きます。".into(),
            "コマンドをもう一度、最後まで実行してください。".into(),
        ),
        NotRecognised => (
            "読み取れる形式のいずれでもありません。".into(),
            "テンプレート、JSON 形式の Terraform のプランやステート、または `aws ec2 describe-vpcs` などの AWS CLI の応答を、そのまま渡してください。"
                .into(),
        ),
        WrongShape { list, detail } => (
            format!("{list} の項目を 1 つ除きました: {detail}。"),
            "コマンドをもう一度実行し、出力を編集せずに渡してください。".into(),
        ),
        FurtherProblems { count } => (
            format!("このファイルには同じ種類の問題が他に {count} 件あります。"),
            "先頭の問題を直し、もう一度インポートしてください。".into(),
        ),
        NotUsed { calls } => {
            let names: Vec<String> = calls.iter().map(|call| format!("`aws {call}`")).collect();
            (format!("{} の応答は使いません。", some_of(&names)), String::new())
        }
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
            format!("{id} は{}にもあり、内容が異なります。最初のものを使います。", or_another_file(first)),
            "新しい方のファイルだけを渡してください。".into(),
        ),
        MissingAnswers { sections } => {
            let (names, calls): (Vec<&str>, Vec<&str>) = sections.iter().copied().unzip();
            (
                format!("{} の情報がどのファイルにもないため、これらに依存する部分は不明です。", names.join("、")),
                format!("{} の出力を加えてください。`vpcreach collect-script` ですべて集められます。", calls_of(&calls)),
            )
        }
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
            format!("{} のリージョンが不明です。", some_of(buckets)),
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
        Unreadable { format, detail } => (
            format!("{format} がここで壊れています: {detail}。このファイルは除きます。"),
            "ファイルを直すか、ツールの出力をそのまま渡してください。".into(),
        ),
        EndsTooEarly { format } => (
            format!("{format} が途中で終わっています。このファイルは除きます。"),
            "ツールの出力を最後まで書き出し、もう一度渡してください。".into(),
        ),
        TooComplex => (
            "ファイルの入れ子が深すぎるか、エイリアスの展開が大きすぎるため、除きます。".into(),
            "値を直接書き、ネットワークに関わる部分だけを渡してください。".into(),
        ),
        TooLarge { limit } => {
            (format!("ファイルが {limit} MB を超えています。"), "ネットワークに関わる部分だけを渡してください。".into())
        }
        DuplicateKeyOfTemplate { key } => (
            format!("キー {key} が同じマップに 2 回あり、最後のものを使います。"),
            "どちらかを削除してください。".into(),
        ),
        Unresolved { resource, property, cause } => (
            format!("{resource} の {property} は{}に依存するため、値が不明です。", cause_of(cause)),
            cure_of(cause),
        ),
        WrongProperty { resource, property } => (
            format!("{resource} の {property} の値の型が正しくないため、その内容は不明です。"),
            "値を直してください。".into(),
        ),
        AddressesAssigned { resources } => (
            format!(
                "{} の IPv6 CIDR ブロックはデプロイ時に AWS が割り当てるため、文書用のブロックで代用しています。\
                 アドレスを条件とするポリシーがあります。",
                some_of(resources)
            ),
            "それが IPv6 に関わる場合は、デプロイ済みの構成について AWS CLI の出力を渡してください。".into(),
        ),
        AccountAssumed { account } => (
            format!("アカウントが指定されていないため、名前と ARN では {account} で代用しています。"),
            format!("--parameter {ACCOUNT}=VALUE で指定するか、デプロイ済みの構成について AWS CLI の出力を渡してください。"),
        ),
        ConditionOpen { resource, cause } => (
            format!("{resource} が作成されるかどうかは{}に依存するため、不明です。", cause_of(cause)),
            cure_of(cause),
        ),
        UnknownAttribute { resource, property, attribute } => (
            format!("{resource} の {property} は {attribute} ですが、デプロイするまで値が分かりません。"),
            "デプロイ済みの構成について AWS CLI の出力を渡してください。".into(),
        ),
        OutsideReference { resource, id } => (
            format!("{resource} は {id} を参照していますが、その内容がどのファイルにもありません。"),
            "その内容を示す AWS CLI の出力を加えてください。コマンドは `vpcreach collect-script` で出力できます。"
                .into(),
        ),
        UnknownParameter { name, nearest } => (
            format!("パラメータ {name} を持つテンプレートがありません。"),
            nearest.as_ref().map(|nearest| format!("{nearest} の間違いではありませんか。")).unwrap_or_default(),
        ),
        NestedTemplateMissing { stack } => (
            format!("ネストされたスタック {stack} のテンプレートがないため、そのリソースと出力が不明です。"),
            "そのテンプレートも渡してください。".into(),
        ),
        LoopNotEvaluated { name } => (
            format!("{name} が繰り返す値が不明または多すぎるため、そこから生成されるものを除きました。"),
            "値を持つパラメータ (--parameter NAME=VALUE) か、処理後のテンプレートを渡してください。".into(),
        ),
        MacroNotEvaluated { name } => (
            format!("マクロ {name} は実行しません。テンプレート全体を書き換える可能性があります。"),
            "処理後のテンプレートを渡してください: `aws cloudformation get-template --template-stage Processed`。"
                .into(),
        ),
        CustomResource { of_type } => {
            (format!("{of_type} は独自のコードを実行し、ネットワークを変更する可能性があります。"), String::new())
        }
        EmptyEgress { resource } => (
            format!(
                "{resource} の空の SecurityGroupEgress は CloudFormation に無視され、すべてのアウトバウンド通信が許可されます。"
            ),
            "閉じるには、127.0.0.1/32 のように何にも一致しないルールを 1 つ書いてください。".into(),
        ),
        ForeignProperty { resource, of_type, property, nearest } => (
            format!("{resource} のプロパティ {property} は、vpcreach の知る {of_type} にはありません。"),
            nearest.as_ref().map_or_else(|| "名前を直すか、削除してください。".into(), |nearest| format!("{nearest} の間違いではありませんか。")),
        ),
        NotModelled { resource, of_type } => {
            (format!("{resource} ({of_type}) には未対応のため、これに依存する通信は判定しません。"), String::new())
        }
        EdgesInferred { count, first } => (
            format!("プランの参照のうち {count} 件は、唯一の候補のリソースにつなぎました (例: {first})。"),
            format!("正確な結果を得るには、次のコマンドを実行してください: {TERRAFORM_COMMAND}"),
        ),
        Repeated { count, first } => {
            (format!("このファイルのリソース {count} 件は {first} にもあり、そちらを使います。"), String::new())
        }
        PlanErrored => (
            "このプランは失敗したもので、不完全な可能性があります。".into(),
            "先にプランのエラーを直してください。".into(),
        ),
        NoTestState => (
            "Terraform のログにステートがありません。".into(),
            format!("テストが成功する必要があり、-verbose も必要です: {TERRAFORM_COMMAND}"),
        ),
        TerraformSource { count } => (
            format!("Terraform のソース ({count} ファイル) は評価しません。"),
            format!("次のコマンドで、認証情報なしに正確な入力が得られます: {TERRAFORM_COMMAND}"),
        ),
        BinaryPlan => (
            "アーカイブ、または Terraform のバイナリのプランです。".into(),
            "`terraform show -json PLAN` の出力を渡してください。".into(),
        ),
        DocumentBesideOthers => (
            "vpcreach のドキュメントは単独で調べます。".into(),
            "他のファイルとは別に、これだけを渡してください。".into(),
        ),
    };
    (message, help)
}

fn other_format(format: OtherFormat) -> (String, String) {
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
        OtherFormat::Encoding => ("UTF-8 でも UTF-16 でもない文字コードのテキストです。", "UTF-8 で保存してください。"),
        OtherFormat::Binary => (
            "テキストのファイルではありません。",
            "アーカイブは展開し、AWS CLI が出力したとおりのファイルを渡してください。",
        ),
    };
    (message.into(), help.into())
}

fn cause_of(cause: &UnknownKind) -> String {
    use UnknownKind::*;
    match cause {
        Parameter(name) => format!("値が指定されていないパラメータ {name} "),
        SsmParameter(name) => format!("Systems Manager に値があるパラメータ {name} "),
        Import(name) => format!("渡されていない別のスタックのエクスポート {name} "),
        NestedStack(name) => format!("渡されていないネストされたスタックの出力 {name} "),
        Attribute(name) => format!("デプロイするまで決まらない属性 {name} "),
        AfterApply(name) => format!("適用後に決まる {name} "),
        DynamicReference(name) => format!("参照先を調べない {name} "),
        NotEvaluated(name) => format!("評価しない {name} "),
        ForeignProperty(name) => format!("リソースタイプにないプロパティ {name} "),
        Undeclared(undeclared) => format!("テンプレートで宣言されていない {} ", undeclared.name),
        Cycle(name) => format!("循環参照の {name} "),
        Pseudo(name) => format!("デプロイするまで決まらない {name} "),
    }
}

fn cure_of(cause: &UnknownKind) -> String {
    use UnknownKind::*;
    match cause {
        Pseudo(name) if name == ACCOUNT => cure_of(&Parameter(name.clone())),
        Parameter(name) | SsmParameter(name) => format!("値を指定してください: --parameter {name}=VALUE。"),
        Import(_) => "エクスポートする側のテンプレートも渡してください。".into(),
        NestedStack(_) => "ネストされたスタックのテンプレートも渡してください。".into(),
        AfterApply(_) => format!("正確な結果を得るには、次のコマンドを実行してください: {TERRAFORM_COMMAND}"),
        Attribute(_) | DynamicReference(_) | Pseudo(_) | NotEvaluated(_) => {
            "値を直接書くか、デプロイ済みの構成について AWS CLI の出力を渡してください。".into()
        }
        Undeclared(undeclared) => undeclared
            .nearest
            .as_ref()
            .map_or_else(|| "名前を直してください。".into(), |nearest| format!("{nearest} の間違いではありませんか。")),
        ForeignProperty(_) => "名前を直してください。".into(),
        Cycle(_) => "循環の途中の値を 1 つ直接書いてください。".into(),
    }
}

/// The first names of a list, and how many more there are.
fn some_of(names: &[String]) -> String {
    let shown = names.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join("、");
    match names.len().saturating_sub(NAMES) {
        0 => shown,
        rest => format!("{shown} と他 {rest} 件"),
    }
}

/// Calls as a person types them.
fn calls_of(calls: &[&str]) -> String {
    calls.iter().map(|call| format!("`aws {call}`")).collect::<Vec<_>>().join("、")
}

fn or_another_file(name: &str) -> String {
    if name.is_empty() { "別のファイル".into() } else { format!(" {name} ") }
}
