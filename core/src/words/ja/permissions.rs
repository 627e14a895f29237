//! What policies say of a request, in Japanese.

use super::{joined, list};
use crate::fact::{Denial, Permission, StatementName, Tested};
use crate::policy::{LayerKind, Need};
use crate::texts::cat;

/// Who lets the request pass, up to the verb; whether by allowing.
pub(super) fn allows(permission: &Permission, statement: Option<&StatementName>) -> (String, bool) {
    let by = match statement {
        Some(name) => statement_of(permission, name),
        None => owner(permission),
    };
    (joined!(&by, "が ", &request(permission), " を"), statement.is_some())
}

/// Why the layer denies, up to the verb; whether a statement does.
pub(super) fn denies(denial: &Denial) -> (String, bool) {
    let permission = &denial.permission;
    match &denial.statement {
        Some(name) => (joined!(&statement_of(permission, name), "が ", &request(permission), " を拒否して"), true),
        None => {
            let to = if matches!(permission.layer, LayerKind::Bucket | LayerKind::AccessPoint) {
                "別のアカウントに"
            } else {
                ""
            };
            let request = request(permission);
            (joined!(&owner(permission), "に、", to, &request, " を許可するステートメントが"), false)
        }
    }
}

/// What the network origin of an access point lets in.
pub(super) fn origin(denial: &Denial) -> String {
    let vpc = denial.conditions.first().filter(|origin| origin.operator != "Null");
    let vpc = vpc.and_then(|origin| origin.values.first()).map_or("特定の VPC", String::as_str);
    joined!("ネットワークオリジンが ", vpc, " ")
}

/// What stands behind the verb: the condition that decides, or the statement that came nearest.
pub(super) fn note(denial: &Denial) -> String {
    if let Some(tested) = denial.conditions.first() {
        return joined!("（条件 ", &condition(tested), "）");
    }
    let Some(near) = &denial.nearest else { return String::new() };
    let why = match &near.tested {
        Some(tested) => joined!("の条件は ", &condition(tested)),
        None => joined!("は ", near.failed, " が一致しません"),
    };
    joined!("（最も近い", &which(&near.statement), &why, "）")
}

/// `s3:GetObject (arn:aws:s3:::photos/…)`.
fn request(permission: &Permission) -> String {
    cat!(&permission.action, " (", &permission.resource, ")")
}

fn which(name: &StatementName) -> String {
    match &name.sid {
        Some(sid) => cat!("ステートメント「", sid, "」"),
        None => cat!(&name.number.to_string(), " 番目のステートメント"),
    }
}

fn statement_of(permission: &Permission, name: &StatementName) -> String {
    let of = match permission.layer {
        LayerKind::Identity => "ポリシー ",
        LayerKind::PermissionsBoundary => "アクセス許可の境界 ",
        LayerKind::ServiceControl => "サービスコントロールポリシー ",
        LayerKind::ResourceControl => "リソースコントロールポリシー ",
        _ => return joined!(&owner(permission), "の", &which(name)),
    };
    joined!(&level(permission), of, &name.policy, "の", &which(name))
}

fn level(permission: &Permission) -> String {
    if permission.level.is_empty() { String::new() } else { joined!("階層 ", &permission.level, "の") }
}

fn owner(permission: &Permission) -> String {
    let what = match permission.layer {
        LayerKind::Identity => "アイデンティティベースのポリシー",
        LayerKind::PermissionsBoundary => "アクセス許可の境界",
        LayerKind::Session => "セッションポリシー",
        LayerKind::ServiceControl => "サービスコントロールポリシー",
        LayerKind::ResourceControl => "リソースコントロールポリシー",
        LayerKind::Key => "キーポリシー",
        LayerKind::Bucket => "リソースのポリシー",
        LayerKind::AccessPoint => "アクセスポイントポリシー",
        _ => "ポリシー",
    };
    joined!(&level(permission), what)
}

/// A condition beside what the request has.
fn condition(tested: &Tested) -> String {
    let has = match tested.found.as_deref() {
        Some("") => "、リクエストにこのキーはありません".to_owned(),
        Some(found) => joined!("、リクエストの値は ", found),
        None => String::new(),
    };
    joined!(&tested.operator, " ", &tested.key, " ", &crate::texts::joined(&tested.values, ", "), &has)
}

/// Why it cannot be told whether a layer allows, up to the verb.
pub(super) fn open(permission: &Permission, needs: &[Need]) -> String {
    let keys: Vec<&str> = needs
        .iter()
        .filter_map(|need| match need {
            Need::Key(key) => Some(key.as_str()),
            _ => None,
        })
        .collect();
    if keys.is_empty() {
        return joined!(&owner(permission), "が ", &request(permission), " を許可するかどうかが入力に");
    }
    joined!(&owner(permission), "が参照する ", &list(&keys), " の値が入力に")
}

/// What would settle it.
pub(super) fn need(need: &Need) -> String {
    match need {
        Need::Key(key) => joined!("リクエストの context に ", key, " の値を指定してください。"),
        Need::ObjectKey => {
            "オブジェクトやリソースによって扱いが異なるため、リクエストの key または resource で指定してください。"
                .into()
        }
        Need::Role => "コードのロールを role に指定してください。".into(),
        Need::SessionName => {
            "セッション名が関数名と同じになる保証はないため、セッションではなくロールを指定してください。".into()
        }
        Need::CallerAccount => "ロールのアカウントを account に指定してください。".into(),
        Need::ResourceAccount => "リソースを所有するアカウントを account に指定してください。".into(),
        Need::CanonicalUser => "正規ユーザー ID の代わりにアカウント ID を書いてください。".into(),
        Need::NotPrincipal => "NotPrincipal を aws:PrincipalArn の ArnNotEquals 条件に置き換えてください。\
                               アカウント、ロール、セッションの一部だけを挙げると、IAM が拒否することがあります。"
            .into(),
        Need::BucketOfAccessPoint(resource) => joined!(
            resource,
            " に対するアクションも許可してください。アクセスポイントを指定したポリシーに、\
             背後のバケットの指定も必要かどうかは、AWS のドキュメントに記載がありません。",
        ),
        Need::Policies(LayerKind::AccessPoint) => {
            "1 つのリージョンにあるバケットのアクセスポイントは、accessPoints に追加してください。\
             それ以外の種類は表せないため、バケット名で質問すると残りを確認できます。"
                .into()
        }
        Need::Policies(kind) => {
            let what = match kind {
                LayerKind::Bucket => "リソースのポリシー",
                LayerKind::Key => "キーポリシー",
                LayerKind::BlockPublicAccess => "S3 ブロックパブリックアクセスの設定",
                _ => "ロールのポリシー",
            };
            joined!(what, "を追加してください。")
        }
        Need::NotGiven(pointer) => joined!(pointer, " の値を指定してください。"),
        Need::Piece(pointer) => joined!(pointer, " のポリシーを追加するか、診断のとおりに修正してください。"),
        Need::AccessControlLists => "バケットとオブジェクトのアクセスコントロールリストを確認してください。".into(),
    }
}
