//! The words of problems keep the house style in both languages.

use super::diagnostic;
use crate::answer::Severity;
use crate::document::Shape;
use crate::problem::{CidrFlaw, Location, Problem, ProblemKind};
use crate::words::Language;

fn problem(kind: ProblemKind) -> Problem {
    let location = Location { file: "vpc.yaml".to_owned(), line: 3, column: 5 };
    Problem { kind, pointer: "/subnets/a/cidr".to_owned(), location: Some(location) }
}

#[test]
fn a_half_typed_block_gets_the_likely_one() {
    let kind = ProblemKind::BadCidr {
        text: "10.0.1.".to_owned(),
        flaw: CidrFlaw::AddressIncomplete,
        likely: Some("10.0.1.0/24".to_owned()),
    };
    let english = diagnostic(&problem(kind.clone()), Language::English);
    assert_eq!(english.message, "the address in `10.0.1.` has fewer than four parts");
    assert_eq!(english.help, "perhaps `10.0.1.0/24`");
    assert_eq!((english.code.as_str(), english.severity), ("badCidr", Severity::Error));
    assert_eq!((english.path.as_str(), english.file.as_deref()), ("/subnets/a/cidr", Some("vpc.yaml")));
    assert_eq!((english.line, english.column), (Some(3), Some(5)));
    let japanese = diagnostic(&problem(kind), Language::Japanese);
    assert_eq!(japanese.message, "`10.0.1.` のアドレスには 4 つの部分がそろっていません");
}

#[test]
fn a_wrong_type_says_how_to_write_the_right_one() {
    let kind = ProblemKind::WrongType { found: Shape::Text, expected: Shape::List };
    let english = diagnostic(&problem(kind.clone()), Language::English);
    assert_eq!(english.message, "this is a text, and a list belongs here");
    assert_eq!(english.help, "write a list such as `[private-a, private-b]`");
    let japanese = diagnostic(&problem(kind), Language::Japanese);
    assert_eq!(japanese.message, "ここにはリストが入りますが、文字列が書かれています");
}

#[test]
fn a_problem_of_the_only_file_names_no_file() {
    let problem = Problem { kind: ProblemKind::NoVpc, pointer: String::new(), location: Some(Location::default()) };
    assert_eq!(diagnostic(&problem, Language::English).file, None);
}
