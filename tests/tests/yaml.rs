//! Documents written as YAML and read again are the same.

use vpcreach::Document;
use vpcreach_tests::{lesson, scenario};

fn again(document: &Document) -> Document {
    Document::from_yaml(&document.to_yaml()).document
}

#[test]
fn every_scenario_and_lesson_is_the_same_afterwards() {
    let scenarios = scenario::all().unwrap().into_iter().map(|scenario| scenario.document);
    let lessons = lesson::all().unwrap().into_iter().map(|lesson| Document::read(&lesson.text()).document);
    for document in scenarios.chain(lessons) {
        assert_eq!(again(&document), document, "{}", document.to_yaml());
        // Nobody has to scroll sideways, but for what is one text.
        let is_long = |line: &&str| line.chars().count() > 110 && !line.contains('"');
        let text = document.to_yaml();
        assert_eq!(text.lines().find(is_long), None);
    }
}

#[test]
fn any_name_and_text_stays_what_it_is() {
    let odd = [
        "no",
        "Yes",
        "null",
        "~",
        "1.0",
        "0o7",
        "0x1f",
        "1e3",
        "1_000",
        "12:30:00",
        "2001-12-14",
        ".inf",
        "",
        " ",
        "a: b",
        "a #b",
        "- a",
        "? a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a`",
        "'a'",
        "\"a\"",
        "a\\b",
        "{a}",
        "[a]",
        "a,b",
        "日本語",
        "🦀",
        "a\nb",
        "a\n",
        "\n",
        "\t",
        "\r",
        "\u{0}",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{feff}a",
        "<<",
        "=",
        "---",
        "...",
        "a\u{1b}[31m",
    ];
    for text in odd.iter().map(|text| (*text).to_owned()).chain([500, 1100, 3000].map(|count| "x y".repeat(count))) {
        let mut document = Document { title: text.clone(), description: text.clone(), ..Document::default() };
        document.vpcs.insert(text.clone(), Default::default());
        document.functions.insert(
            "f".to_owned(),
            vpcreach::document::Function {
                security_groups: vec![text.clone(), text.clone()],
                runtime: Some(text.clone()),
                ..Default::default()
            },
        );
        assert_eq!(again(&document), document, "{text:?}\n{}", document.to_yaml());
    }
}
