//! Problems of policies in both languages.

use crate::problem::{FlawKind, PolicyFlaw};

/// Message and help in English.
#[cfg(feature = "english")]
pub(super) fn english(flaw: &PolicyFlaw) -> (String, String) {
    said(flaw, english_of)
}

/// Message and help in Japanese.
#[cfg(feature = "japanese")]
pub(super) fn japanese(flaw: &PolicyFlaw) -> (String, String) {
    said(flaw, japanese_of)
}

/// A build that reads no policies finds nothing wrong with them, which the compiler cannot see by itself.
fn said(flaw: &PolicyFlaw, words: fn(FlawKind) -> (&'static str, &'static str)) -> (String, String) {
    if !cfg!(feature = "permissions") {
        return (String::new(), String::new());
    }
    let (message, help) = words(flaw.kind);
    (with_texts(message, flaw), with_texts(help, flaw))
}

/// A sentence with the text of a flaw for each `#`, and what else there is to say for each `@`.
fn with_texts(sentence: &str, flaw: &PolicyFlaw) -> String {
    let mut text = String::new();
    for character in sentence.chars() {
        match character {
            '#' => text.push_str(&flaw.text),
            '@' => text.push_str(&flaw.other),
            other => text.push(other),
        }
    }
    text
}

#[cfg(feature = "english")]
fn english_of(flaw: FlawKind) -> (&'static str, &'static str) {
    match flaw {
        FlawKind::BothElements => ("a statement has either `#` or `@`, not both", "remove one of them"),
        FlawKind::ElementNotAllowed => {
            ("a policy of this kind has no `#`: it is about the role that it is attached to", "remove `#`")
        }
        FlawKind::ActionWithoutService => {
            ("`#` names no service", "write the service and a colon before it, such as `s3:#`")
        }
        FlawKind::NotAnArn => {
            ("`#` is neither `*` nor an ARN of six parts", "write an ARN, such as `arn:aws:s3:::photos/*`")
        }
        FlawKind::PrincipalWildcard => (
            "a principal takes no wildcard beside other characters: `#`",
            "write `*` and limit it with a condition on `aws:PrincipalArn`",
        ),
        FlawKind::BadPrincipal => {
            ("`#` is no principal", "write `*`, or `{ \"AWS\": … }` with an account id or the ARN of a role")
        }
        FlawKind::BadValue => ("`@` does not take `#`", "write a value of the operator's type"),
        FlawKind::VariableNeedsVersion => (
            "in this policy `#` is plain text: variables need the newer version of the language",
            "add `\"Version\": \"2012-10-17\"`",
        ),
        FlawKind::UnclosedVariable => ("the variable in `#` has no `}`", "add `}`"),
        FlawKind::UnknownKey => ("AWS has no condition key `#`, so requests never have it", "did you mean `@`?"),
        FlawKind::DuplicateSid => ("several statements have the `Sid` `#`", "rename one of them"),
        FlawKind::TooLarge => {
            ("the policy has more than # characters, and is not read", "AWS accepts no policy of this size")
        }
    }
}

#[cfg(feature = "japanese")]
fn japanese_of(flaw: FlawKind) -> (&'static str, &'static str) {
    match flaw {
        FlawKind::BothElements => {
            ("ステートメントに書けるのは `#` か `@` のどちらか一方です", "どちらかを削除してください")
        }
        FlawKind::ElementNotAllowed => (
            "この種類のポリシーに `#` は書けません。対象はアタッチ先のロールに決まっています",
            "`#` を削除してください",
        ),
        FlawKind::ActionWithoutService => {
            ("`#` にサービス名がありません", "`s3:#` のように、サービス名とコロンを前に付けてください")
        }
        FlawKind::NotAnArn => (
            "`#` は `*` でも 6 つの部分からなる ARN でもありません",
            "`arn:aws:s3:::photos/*` のような ARN を書いてください",
        ),
        FlawKind::PrincipalWildcard => (
            "プリンシパルでは、ほかの文字と一緒にワイルドカードを使えません: `#`",
            "`*` と書き、`aws:PrincipalArn` の条件で絞り込んでください",
        ),
        FlawKind::BadPrincipal => (
            "`#` はプリンシパルではありません",
            "`*` か、アカウント ID またはロールの ARN を入れた `{ \"AWS\": … }` を書いてください",
        ),
        FlawKind::BadValue => ("`@` に `#` は使えません", "演算子の型に合う値を書いてください"),
        FlawKind::VariableNeedsVersion => (
            "このポリシーでは `#` はただの文字列です。変数には新しいバージョンの言語が必要です",
            "`\"Version\": \"2012-10-17\"` を追加してください",
        ),
        FlawKind::UnclosedVariable => ("`#` の変数に `}` がありません", "`}` を追加してください"),
        FlawKind::UnknownKey => {
            ("条件キー `#` は AWS にないため、リクエストに含まれることはありません", "`@` ではありませんか")
        }
        FlawKind::DuplicateSid => ("複数のステートメントの `Sid` が `#` です", "どちらかの名前を変えてください"),
        FlawKind::TooLarge => {
            ("ポリシーが # 文字を超えているため、読んでいません", "AWS はこの大きさのポリシーを受け付けません")
        }
    }
}
