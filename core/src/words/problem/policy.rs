//! Problems of policies in both languages.

use super::cat;
use crate::problem::PolicyFlaw;

/// A build that reads no policies finds nothing wrong with them, which the compiler cannot see by itself.
const WITHOUT_POLICIES: (String, String) = (String::new(), String::new());

/// Message and help in English.
#[cfg(feature = "english")]
pub(super) fn english(flaw: &PolicyFlaw) -> (String, String) {
    if !cfg!(feature = "permissions") {
        return WITHOUT_POLICIES;
    }
    match flaw {
        PolicyFlaw::BothElements { one, other } => {
            (cat!("a statement has either ", code(one), " or ", code(other), ", not both"), "remove one of them".into())
        }
        PolicyFlaw::ElementNotAllowed { element } => (
            cat!("a policy of this kind has no ", code(element), ": it is about the role that it is attached to"),
            cat!("remove ", code(element)),
        ),
        PolicyFlaw::ActionWithoutService { text } => (
            cat!(code(text), " names no service"),
            cat!("write the service and a colon before it, such as ", code(&cat!("s3:", text))),
        ),
        PolicyFlaw::NotAnArn { text } => (
            cat!(code(text), " is neither ", code("*"), " nor an ARN of six parts"),
            cat!("write an ARN, such as ", code("arn:aws:s3:::photos/*")),
        ),
        PolicyFlaw::PrincipalWildcard { text } => (
            cat!("a principal takes no wildcard beside other characters: ", code(text)),
            cat!("write ", code("*"), " and limit it with a condition on ", code("aws:PrincipalArn")),
        ),
        PolicyFlaw::BadPrincipal { text } => (
            cat!(code(text), " is no principal"),
            cat!("write ", code("*"), ", or ", code("{ \"AWS\": … }"), " with an account id or the ARN of a role"),
        ),
        PolicyFlaw::BadValue { text, operator } => {
            (cat!(code(operator), " does not take ", code(text)), "write a value of the operator's type".into())
        }
        PolicyFlaw::VariableNeedsVersion { text } => (
            cat!("in this policy ", code(text), " is plain text: variables need the newer version of the language"),
            cat!("add ", code("\"Version\": \"2012-10-17\"")),
        ),
        PolicyFlaw::UnclosedVariable { text } => {
            (cat!("the variable in ", code(text), " has no ", code("}")), cat!("add ", code("}")))
        }
        PolicyFlaw::UnknownKey { key, nearest } => (
            cat!("AWS has no condition key ", code(key), ", so requests never have it"),
            cat!("did you mean ", code(nearest), "?"),
        ),
        PolicyFlaw::DuplicateSid { sid } => {
            (cat!("several statements have the ", code("Sid"), " ", code(sid)), "rename one of them".into())
        }
        PolicyFlaw::TooLarge { most } => (
            cat!("the policy has more than ", most.to_string(), " characters, and is not read"),
            "AWS accepts no policy of this size".into(),
        ),
    }
}

/// Message and help in Japanese.
#[cfg(feature = "japanese")]
pub(super) fn japanese(flaw: &PolicyFlaw) -> (String, String) {
    if !cfg!(feature = "permissions") {
        return WITHOUT_POLICIES;
    }
    match flaw {
        PolicyFlaw::BothElements { one, other } => (
            cat!("ステートメントに書けるのは ", code(one), " か ", code(other), " のどちらか一方です"),
            "どちらかを削除してください".into(),
        ),
        PolicyFlaw::ElementNotAllowed { element } => (
            cat!("この種類のポリシーに ", code(element), " は書けません。対象はアタッチ先のロールに決まっています"),
            cat!(code(element), " を削除してください"),
        ),
        PolicyFlaw::ActionWithoutService { text } => (
            cat!(code(text), " にサービス名がありません"),
            cat!(code(&cat!("s3:", text)), " のように、サービス名とコロンを前に付けてください"),
        ),
        PolicyFlaw::NotAnArn { text } => (
            cat!(code(text), " は ", code("*"), " でも 6 つの部分からなる ARN でもありません"),
            cat!(code("arn:aws:s3:::photos/*"), " のような ARN を書いてください"),
        ),
        PolicyFlaw::PrincipalWildcard { text } => (
            cat!("プリンシパルでは、ほかの文字と一緒にワイルドカードを使えません: ", code(text)),
            cat!(code("*"), " と書き、", code("aws:PrincipalArn"), " の条件で絞り込んでください"),
        ),
        PolicyFlaw::BadPrincipal { text } => (
            cat!(code(text), " はプリンシパルではありません"),
            cat!(
                code("*"),
                " か、アカウント ID またはロールの ARN を入れた ",
                code("{ \"AWS\": … }"),
                " を書いてください"
            ),
        ),
        PolicyFlaw::BadValue { text, operator } => {
            (cat!(code(operator), " に ", code(text), " は使えません"), "演算子の型に合う値を書いてください".into())
        }
        PolicyFlaw::VariableNeedsVersion { text } => (
            cat!("このポリシーでは ", code(text), " はただの文字列です。変数には新しいバージョンの言語が必要です"),
            cat!(code("\"Version\": \"2012-10-17\""), " を追加してください"),
        ),
        PolicyFlaw::UnclosedVariable { text } => {
            (cat!(code(text), " の変数に ", code("}"), " がありません"), cat!(code("}"), " を追加してください"))
        }
        PolicyFlaw::UnknownKey { key, nearest } => (
            cat!("条件キー ", code(key), " は AWS にないため、リクエストに含まれることはありません"),
            cat!(code(nearest), " ではありませんか"),
        ),
        PolicyFlaw::DuplicateSid { sid } => (
            cat!("複数のステートメントの ", code("Sid"), " が ", code(sid), " です"),
            "どちらかの名前を変えてください".into(),
        ),
        PolicyFlaw::TooLarge { most } => (
            cat!("ポリシーが ", most.to_string(), " 文字を超えているため、読んでいません"),
            "AWS はこの大きさのポリシーを受け付けません".into(),
        ),
    }
}
