//! Problems of templates, plans and states in words: message, and what to do.

use crate::import::{ConfigurationProblem, UnknownKind};

/// The command that makes an exact input of Terraform's configuration.
const TERRAFORM_COMMAND: &str = "vpcreach terraform-test-file > tests/vpcreach.tftest.hcl && terraform init && \
                                 terraform test -json -verbose -filter=tests/vpcreach.tftest.hcl | vpcreach check -";

pub(super) fn english(problem: &ConfigurationProblem) -> (String, String) {
    use ConfigurationProblem::*;
    match problem {
        Unreadable { format, detail } => (
            format!("The {format} is damaged here: {detail}. The file is left out."),
            "Mend the file, or give it as the tool wrote it.".into(),
        ),
        EndsTooEarly { format } => (
            format!("The {format} ends too early. The file is left out."),
            "Let the tool write the file again, to its end.".into(),
        ),
        TooComplex => ("The file is nested too deeply, or its aliases multiply too much.".into(), String::new()),
        TooLarge { limit } => {
            (format!("The file is larger than {limit} MB."), "Give only the part with the network.".into())
        }
        DuplicateKeyOfTemplate { key } => {
            (format!("The key {key} stands twice in one map; the last one counts."), "Remove one of them.".into())
        }
        Unresolved { resource, property, cause } => (
            format!("{property} of {resource} depends on {}, which is not known.", english_cause(cause)),
            english_cure(cause),
        ),
        ConditionOpen { resource, cause } => (
            format!("Whether {resource} exists depends on {}, which is not known.", english_cause(cause)),
            english_cure(cause),
        ),
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
            format!("{name} goes over values that are not known; what it makes is left out."),
            "Give the parameter that holds them: --parameter NAME=VALUE.".into(),
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
            format!("Terraform's own language ({count} files) is not evaluated."),
            format!("One command gives an exact input, without credentials: {TERRAFORM_COMMAND}"),
        ),
        BinaryPlan => (
            "This is an archive or a binary plan of Terraform.".into(),
            "Give what `terraform show -json PLAN` prints.".into(),
        ),
        DocumentBesideOthers => {
            ("A document of vpcreach is checked by itself.".into(), "Give it alone, without other files.".into())
        }
    }
}

fn english_cause(cause: &UnknownKind) -> String {
    use UnknownKind::*;
    match cause {
        Parameter(name) => format!("parameter {name}"),
        SsmParameter(name) => format!("parameter {name}, whose value is in Systems Manager"),
        Import(name) => format!("the export {name} of another stack"),
        NestedStack(name) => format!("output {name} of a nested stack"),
        Attribute(name) => format!("attribute {name}"),
        AfterApply(name) => format!("{name}, known after apply"),
        DynamicReference(name) => name.clone(),
        NotEvaluated(name) => format!("{name}, which is not evaluated"),
        Undeclared(name) => format!("{name}, which the template does not declare"),
        Cycle(name) => format!("{name}, which leads back to itself"),
        Pseudo(name) => name.clone(),
    }
}

fn english_cure(cause: &UnknownKind) -> String {
    use UnknownKind::*;
    match cause {
        Parameter(name) | SsmParameter(name) => format!("Give its value: --parameter {name}=VALUE."),
        Import(_) => "Give the template that exports it as well.".into(),
        NestedStack(_) => "Give the template of the nested stack as well.".into(),
        AfterApply(_) => format!("For an exact answer: {TERRAFORM_COMMAND}"),
        Attribute(_) | DynamicReference(_) | Pseudo(_) | NotEvaluated(_) => {
            "Write the value itself in its place, or give the output of the AWS CLI for what is deployed.".into()
        }
        Undeclared(_) | Cycle(_) => "Correct the name.".into(),
    }
}

pub(super) fn japanese(problem: &ConfigurationProblem) -> (String, String) {
    use ConfigurationProblem::*;
    match problem {
        Unreadable { format, detail } => (
            format!("{format} がここで壊れています: {detail}。このファイルは除きます。"),
            "ファイルを直すか、ツールの出力をそのまま渡してください。".into(),
        ),
        EndsTooEarly { format } => (
            format!("{format} が途中で終わっています。このファイルは除きます。"),
            "ツールの出力を最後まで書き出し、もう一度渡してください。".into(),
        ),
        TooComplex => ("ファイルの入れ子が深すぎるか、エイリアスの展開が大きすぎます。".into(), String::new()),
        TooLarge { limit } => {
            (format!("ファイルが {limit} MB を超えています。"), "ネットワークに関わる部分だけを渡してください。".into())
        }
        DuplicateKeyOfTemplate { key } => (
            format!("キー {key} が同じマップに 2 回あり、最後のものを使います。"),
            "どちらかを削除してください。".into(),
        ),
        Unresolved { resource, property, cause } => (
            format!("{resource} の {property} は{}に依存しますが、その値が不明です。", japanese_cause(cause)),
            japanese_cure(cause),
        ),
        ConditionOpen { resource, cause } => (
            format!("{resource} が作成されるかどうかは{}に依存しますが、その値が不明です。", japanese_cause(cause)),
            japanese_cure(cause),
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
            format!("{name} が繰り返す値が不明なため、生成されるものを除きました。"),
            "値を持つパラメータを指定してください: --parameter NAME=VALUE。".into(),
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
    }
}

fn japanese_cause(cause: &UnknownKind) -> String {
    use UnknownKind::*;
    match cause {
        Parameter(name) => format!("パラメータ {name} "),
        SsmParameter(name) => format!("Systems Manager に値があるパラメータ {name} "),
        Import(name) => format!("別のスタックのエクスポート {name} "),
        NestedStack(name) => format!("ネストされたスタックの出力 {name} "),
        Attribute(name) => format!("属性 {name} "),
        AfterApply(name) => format!("適用後に決まる {name} "),
        DynamicReference(name) | Pseudo(name) => format!(" {name} "),
        NotEvaluated(name) => format!("評価しない {name} "),
        Undeclared(name) => format!("テンプレートで宣言されていない {name} "),
        Cycle(name) => format!("循環参照の {name} "),
    }
}

fn japanese_cure(cause: &UnknownKind) -> String {
    use UnknownKind::*;
    match cause {
        Parameter(name) | SsmParameter(name) => format!("値を指定してください: --parameter {name}=VALUE。"),
        Import(_) => "エクスポートする側のテンプレートも渡してください。".into(),
        NestedStack(_) => "ネストされたスタックのテンプレートも渡してください。".into(),
        AfterApply(_) => format!("正確な結果を得るには、次のコマンドを実行してください: {TERRAFORM_COMMAND}"),
        Attribute(_) | DynamicReference(_) | Pseudo(_) | NotEvaluated(_) => {
            "値を直接書くか、デプロイ済みの構成について AWS CLI の出力を渡してください。".into()
        }
        Undeclared(_) | Cycle(_) => "名前を直してください。".into(),
    }
}
