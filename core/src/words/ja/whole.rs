//! What only a build with the feature `whole` has to say, in Japanese.

#[cfg(feature = "permissions")]
use super::permissions;
use super::{Japanese, joined, list};
use crate::analysis::QueryProblem;
use crate::answer::Severity;
#[cfg(feature = "permissions")]
use crate::policy::Need;
use crate::problem::ProblemKind;
use crate::words::{Heading, WholeWords};

impl WholeWords for Japanese {
    #[cfg(feature = "permissions")]
    fn need(&self, need: &Need) -> String {
        permissions::need(need)
    }

    fn problem(&self, problem: &ProblemKind) -> (String, String) {
        crate::words::problem::ja::words(problem)
    }

    fn query_problem(&self, problem: &QueryProblem) -> String {
        query_problem(problem)
    }

    fn nothing_to_check(&self, without_functions: bool) -> (&'static str, &'static str) {
        if without_functions {
            ("対象となる関数がありません。", "--from でワークロードを指定してください。")
        } else {
            (
                "対象となるバケットがありません。",
                "--to で送信先（s3://my-bucket、https://example.com など）を指定してください。",
            )
        }
    }

    fn heading(&self, heading: Heading) -> &'static str {
        match heading {
            Heading::Log => "ログ",
            Heading::Caller => "呼び出し元",
            Heading::Path => "経路",
            Heading::Reply => "応答",
            Heading::Blockers => "原因",
            Heading::Assumptions => "仮定",
            Heading::Settle => "判定に必要なもの",
            Heading::Expected => "期待",
            Heading::Help => "対処",
        }
    }

    fn already_lost(&self) -> &'static str {
        "すでに失われた通信"
    }

    fn score(&self, good: usize, all: usize) -> String {
        joined!("チェック ", &all.to_string(), " 件中 ", &good.to_string(), " 件が期待どおり")
    }

    fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => "エラー",
            Severity::Warning => "警告",
            Severity::Note => "注意",
        }
    }
}

fn query_problem(problem: &QueryProblem) -> String {
    match problem {
        QueryProblem::NoSuchWorkload { name, nearest } => match nearest.as_slice() {
            [] => joined!("「", name, "」という名前の送信元はありません。"),
            near => joined!("「", name, "」という名前の送信元はありません。近い名前: ", &list(near)),
        },
        QueryProblem::AmbiguousName { name, candidates } => {
            joined!("「", name, "」は ", &list(candidates), "のいずれかです。どれかを指定してください。")
        }
        QueryProblem::BadDestination { text } => joined!(
            "「",
            text,
            "」は送信先として解釈できません。s3://bucket、https://host、ADDRESS:PORT、service/NAME、またはワークロードの名前を指定してください。",
        ),
        QueryProblem::BadProtocol { text } => {
            joined!("「", text, "」はプロトコルではありません。tcp、udp、icmp のいずれかを指定してください。")
        }
        QueryProblem::NoSuchBucket { name } => {
            joined!("ドキュメントにバケット「", name, "」がないため、ドキュメントのリージョンにあると仮定しています。",)
        }
        QueryProblem::NoPort => "ポートの指定がなく、この送信先には既定のポートがありません。".into(),
    }
}
