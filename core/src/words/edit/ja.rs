//! Edits in Japanese.

use crate::component::{Component, ComponentKind};
use crate::edit::{Change, EditFlaw};
use crate::words::Words;
use crate::words::ja::{Japanese, joined as cat};

fn named(component: &Component) -> String {
    match component.kind {
        ComponentKind::RouteTable => component.name.clone(),
        _ => Japanese.mention(component),
    }
}

pub(super) fn change(change: &Change) -> String {
    match change {
        Change::Renamed { component, name } => cat![Japanese.mention(component), " の名前を ", name, " に変更"],
        Change::Created { component, subnets } => match subnets.as_slice() {
            [] => cat![Japanese.mention(component), " を作成"],
            several => cat!["サブネット ", several.join("、"), " に", Japanese.mention(component), " を作成"],
        },
        Change::Deleted { component } => cat![Japanese.mention(component), " を削除"],
        Change::RouteAdded { table, destination, target } => {
            cat![table, " にルート ", destination, " → ", target, " を追加"]
        }
        Change::RouteRemoved { table, destination, target } => {
            cat![table, " からルート ", destination, " → ", target, " を削除"]
        }
        Change::RouteReplaced { table, destination, from, to } => {
            cat![table, " のルート ", destination, " のターゲットを ", from, " から ", to, " に変更"]
        }
        Change::Associated { what, with } => cat![Japanese.mention(what), " を ", named(with), " に関連付け"],
        Change::Disassociated { what, from } => {
            cat![Japanese.mention(what), " と ", named(from), " の関連付けを解除"]
        }
        Change::Attached { what, to } => cat![Japanese.mention(what), " に", Japanese.mention(to), " を追加"],
        Change::Detached { what, from } => cat![Japanese.mention(what), " から", Japanese.mention(from), " を削除"],
        Change::Moved { component, from, to, anew: false } => {
            cat![Japanese.mention(component), " をサブネット ", from, " からサブネット ", to, " に移動"]
        }
        Change::Moved { component, from, to, anew: true } => {
            cat![
                Japanese.mention(component),
                " をサブネット ",
                from,
                " から削除し、サブネット ",
                to,
                " に新しく作成 (AWS では移動できないため)"
            ]
        }
        Change::LeftVpc { component } => cat![Japanese.mention(component), " を VPC からデタッチ"],
        Change::RuleAdded { of, ingress, rule } => {
            cat![Japanese.mention(of), " に", direction(*ingress), " ", rule, " を追加"]
        }
        Change::RuleRemoved { of, ingress, rule } => {
            cat![Japanese.mention(of), " から", direction(*ingress), " ", rule, " を削除"]
        }
        Change::Listed { of, field, text } => cat![Japanese.mention(of), " の ", field, " に ", text, " を追加"],
        Change::Unlisted { of, field, text } => cat![Japanese.mention(of), " の ", field, " から ", text, " を削除"],
        Change::Set { of, field, value } => cat![of_whom(of.as_ref()), field, " を ", value, " に設定"],
        Change::Unset { of, field } => cat![of_whom(of.as_ref()), field, " をデフォルトに戻す"],
        Change::StatementAdded { of, statement } => {
            cat![Japanese.mention(of), " のポリシーにステートメントを追加: ", statement]
        }
        Change::StatementReplaced { of, from, to } => {
            cat![Japanese.mention(of), " のポリシーのステートメントを変更: ", from, " → ", to]
        }
        Change::PolicyChanged { of } => cat![Japanese.mention(of), " のポリシーを変更"],
        Change::QuestionAdded { from, to } => cat!["チェック ", from, " → ", to, " を追加"],
        Change::QuestionRemoved { from, to } => cat!["チェック ", from, " → ", to, " を削除"],
        Change::QuestionChanged { from, to } => cat!["チェック ", from, " → ", to, " を変更"],
    }
}

/// The nouns of a change can be read as what is to be done as well.
pub(super) fn offer(change: &Change) -> String {
    self::change(change)
}

pub(super) fn problem(flaw: &EditFlaw) -> (String, String) {
    match flaw {
        EditFlaw::Syntax { .. } => Default::default(),
        EditFlaw::NotADocument => ("このテキストは文書ではありません".into(), "文書はオブジェクト `{ … }` です".into()),
        EditFlaw::BadPointer { pointer } => {
            (cat!["`", pointer, "` は文書内の場所ではありません"], "場所は `/` で始めてください".into())
        }
        EditFlaw::NothingThere { pointer, nearest } => {
            (cat!["`", pointer, "` には何もありません"], meant(nearest.as_deref()))
        }
        EditFlaw::NoContainer { pointer } => {
            (cat!["`", pointer, "` の値には要素がありません"], "先にそこへオブジェクトを書いてください".into())
        }
        EditFlaw::NoList { pointer } => (cat!["`", pointer, "` の値はリストではありません"], String::new()),
        EditFlaw::NotAComponent { address, nearest } => {
            (cat!["`", address, "` はコンポーネントのアドレスではありません"], meant(*nearest))
        }
        EditFlaw::NoSuchComponent { address, nearest } => {
            (cat!["`", address, "` はありません"], meant(nearest.as_ref().map(ToString::to_string).as_deref()))
        }
        EditFlaw::NameTaken { component } => {
            (cat!["名前 `", component.name, "` は使用されています"], "別の名前を選んでください".into())
        }
        EditFlaw::NoName => ("名前が空です".into(), "名前を付けてください".into()),
        EditFlaw::NotMovable { component, to } => {
            (cat![Japanese.mention(component), " は ", Japanese.mention(to), " に移動できません"], String::new())
        }
        EditFlaw::NeedsFirst { kind, needs } => (
            cat!["新しい", Japanese.kind(*kind), "のための", Japanese.kind(*needs), "がありません"],
            cat!["先に", Japanese.kind(*needs), "を追加してください"],
        ),
        EditFlaw::NoFreeBlock { vpc } => (
            cat!["VPC ", vpc, " に空いている CIDR ブロックがありません"],
            "先に VPC に CIDR ブロックを追加してください".into(),
        ),
    }
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map(|nearest| cat!["`", nearest, "` のことですか?"]).unwrap_or_default()
}

fn direction(ingress: bool) -> &'static str {
    if ingress { "インバウンドルール" } else { "アウトバウンドルール" }
}

fn of_whom(component: Option<&Component>) -> String {
    component.map(|component| cat![Japanese.mention(component), " の "]).unwrap_or_default()
}
