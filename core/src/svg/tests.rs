use super::layout::{Rect, Scene};
use super::svg;
use super::text::{Face, fit, width, wrap};
use crate::check::{Selection, check};
use crate::diagram::diagram;
use crate::document::Document;
use crate::network::Network;
use crate::words::Language;

const HOSTILE: &str = r#"{
  "region": "us-east-1",
  "vpcs": { "<script>alert(1)</script>": { "cidr": "10.0.0.0/16" } },
  "subnets": { "a\"b'c&d<e>": { "cidr": "10.0.0.0/24" } },
  "internetGateways": { "</svg><img src=x onerror=alert(1)>": {} },
  "routeTables": { "]]>\u202etable\u0007": { "main": true, "routes": [
    { "destination": "0.0.0.0/0", "target": "</svg><img src=x onerror=alert(1)>" }
  ] } },
  "functions": { "<b>&amp;</b>": { "subnets": ["a\"b'c&d<e>"], "securityGroups": ["default"] } },
  "buckets": { "<!--photos": {} }
}"#;

fn drawn(text: &str, language: Language) -> String {
    let document = Document::read(text).document;
    let (network, _) = Network::resolve(&document);
    svg(&diagram(&network), &check(&document, &Selection::default(), language), language)
}

/// The names of the elements, in order; fails where the text is not well-formed as far as elements go.
fn elements(svg: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, next) = after.split_once('>').expect("a tag ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closes what is open");
        } else {
            let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
            if !tag.ends_with('/') {
                open.push(name.clone());
            }
            names.push(name);
        }
        rest = next;
    }
    assert!(open.is_empty(), "{open:?} stays open");
    names
}

#[test]
fn names_are_never_markup() {
    for language in [Language::English, Language::Japanese] {
        let svg = drawn(HOSTILE, language);
        let known = ["svg", "title", "desc", "style", "rect", "text", "path", "polyline", "polygon", "circle"];
        for name in elements(&svg) {
            assert!(known.contains(&name.as_str()), "there is an element {name}");
        }
        assert!(svg.contains("&lt;b&gt;&amp;amp;&lt;/b&gt;"));
        assert!(!svg.contains(['\u{202e}', '\u{7}']));
    }
}

#[test]
fn says_what_it_shows_to_those_who_do_not_see_it() {
    let svg = drawn(HOSTILE, Language::English);
    assert!(svg.contains("role=\"img\" aria-labelledby=\"vpcreach-svg-title vpcreach-svg-description\""));
    assert!(svg.contains(": Times out</title>"));
    assert!(svg.contains("drops the packet"));
    assert!(svg.contains("prefers-color-scheme:dark"));
}

#[test]
fn a_document_of_nothing_has_a_picture() {
    elements(&drawn("{}", Language::Japanese));
    elements(&drawn("", Language::English));
}

/// A VPC with thirty subnets in three zones, long names, and things everywhere.
fn large() -> Document {
    let name = |zone: &str, number: usize| format!("subnet-with-a-rather-long-name-{zone}-{number}");
    let mut document = Document::read(HOSTILE).document;
    document.vpcs = [("main".to_owned(), Default::default())].into();
    document.subnets = Default::default();
    for (position, zone) in ["a", "b", "c"].into_iter().enumerate() {
        for number in 0..10 {
            let subnet = crate::document::Subnet {
                cidr: Some(format!("10.0.{}.0/24", position * 10 + number)),
                availability_zone: Some(format!("us-east-1{zone}")),
                ..Default::default()
            };
            document.subnets.insert(name(zone, number), subnet);
        }
    }
    for function in 0..4 {
        let function_in = |zone| name(zone, function);
        let value =
            crate::document::Function { subnets: ["a", "b", "c"].map(function_in).to_vec(), ..Default::default() };
        document.functions.insert(format!("function-{function}"), value);
    }
    document
}

#[test]
fn boxes_never_overlap() {
    let apart = |one: Rect, other: Rect| {
        one.right() <= other.x || other.right() <= one.x || one.bottom() <= other.y || other.bottom() <= one.y
    };
    for document in [large(), Document::read(HOSTILE).document] {
        let (network, _) = Network::resolve(&document);
        let diagram = diagram(&network);
        for paths in [0, 1, 4] {
            let met = (0..paths).map(|path| (path, "subnet/subnet-with-a-rather-long-name-b-3")).collect();
            let outside = vec![("service/sqs".to_owned(), "sqs".to_owned())];
            let paths = i32::try_from(paths).unwrap();
            let layout = Scene { diagram: &diagram, language: Language::Japanese, paths, met, outside }.layout(100);
            assert!(layout.panels.len() > 1);
            for (position, panel) in layout.panels.iter().enumerate() {
                assert!(
                    panel.rect.x >= 0 && panel.rect.right() <= layout.width && panel.rect.bottom() <= layout.height
                );
                for other in layout.panels.iter().skip(position + 1) {
                    assert!(apart(panel.rect, other.rect), "{panel:?} and {other:?}");
                }
                for row in panel.rows.clone().filter_map(|row| layout.rows.get(row)) {
                    assert!(row.rect.y >= panel.rect.y && row.rect.bottom() <= panel.rect.bottom());
                }
            }
        }
    }
}

#[test]
fn texts_keep_to_their_room() {
    let texts = [
        "",
        "i",
        "A function with a long name",
        "パブリックサブネットの名前",
        "com.amazonaws.us-east-1.s3",
        "WWWWWWWWWW",
    ];
    for text in texts {
        for face in [Face::Plain, Face::Bold, Face::Mono] {
            for room in [20, 60, 200] {
                assert!(width(&fit(text, 12, face, room), 12, face) <= room.max(width("…", 12, face)), "{text}");
                let lines = wrap(text, 12, face, room);
                assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""), "nothing is lost");
                assert!(lines.iter().all(|line| width(line, 12, face) <= room), "{lines:?}");
            }
        }
    }
}
