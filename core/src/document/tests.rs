//! Reading and writing documents.

use super::*;
use crate::problem::{Problem, ProblemKind, SyntaxFlaw};

fn places(problems: &[Problem]) -> Vec<(&'static str, &str, u32, u32)> {
    let place = |problem: &Problem| problem.location.as_ref().map_or((0, 0), |place| (place.line, place.column));
    problems.iter().map(|one| (one.kind.code(), one.pointer.as_str(), place(one).0, place(one).1)).collect()
}

#[test]
fn json_mistakes_have_line_and_column() {
    let text = r#"{
  "vpcs": { "main": { "cidr": "10.0.0.0/16", "enableDnsSuport": true } },
  "subnets": {
    "ä/b": { "cidr": true },
    "c": { "cidr": "10.0.0.0/24", "cidr": "10.0.1.0/24" }
  },
  "routeTables": { "r": { "routes": [ { "destination": "0.0.0.0/0" }, { "target": [] } ] } }
}"#;
    let reading = Document::from_json(text);
    assert_eq!(
        places(&reading.problems),
        [
            ("unknownField", "/vpcs/main/enableDnsSuport", 2, 46),
            ("wrongType", "/subnets/ä~1b/cidr", 4, 22),
            ("duplicateKey", "/subnets/c/cidr", 5, 35),
            ("wrongType", "/routeTables/r/routes/1/target", 7, 83),
        ]
    );
    let ProblemKind::UnknownField { nearest, .. } = &reading.problems[0].kind else { panic!("an unknown field") };
    assert_eq!(nearest.as_deref(), Some("enableDnsSupport"));
}

#[test]
fn broken_json_says_where_and_leaves_nothing_certain() {
    let reading = Document::from_json("{\n  \"region\": \"eu-west-1\",\n  \"vpcs\": { \"main\" }\n}");
    assert_eq!(places(&reading.problems), [("syntax", "", 3, 20)]);
    assert_eq!(reading.problems[0].kind, ProblemKind::Syntax { format: "JSON", flaw: SyntaxFlaw::Missing("`:`") });
    assert_eq!(reading.document.region.as_deref(), Some("eu-west-1"));
    assert!(reading.document.unknown_sections.contains(&"networkAcls".to_owned()));
    assert!(!reading.document.unknown_sections.contains(&"region".to_owned()));
}

#[test]
fn columns_count_characters() {
    let reading = Document::from_json("{ \"title\": \"日本語\", }");
    assert_eq!(places(&reading.problems), [("syntax", "", 1, 19)]);
}

#[test]
fn problems_found_later_get_a_place_too() {
    let text = "{\n \"vpcs\": { \"main\": {\n  \"cidr\": [\n   \"10.0.0.0/8\" ] } } }";
    let problem = |pointer: &str| Problem { kind: ProblemKind::NoVpc, pointer: pointer.to_owned(), location: None };
    let mut problems =
        [problem("/vpcs/main/cidr/0"), problem("/vpcs/main/dhcpOptions"), problem("/nothing"), problem("")];
    locate(text, &mut problems);
    assert_eq!(
        places(&problems),
        [
            ("noVpc", "/vpcs/main/cidr/0", 4, 4),
            ("noVpc", "/vpcs/main/dhcpOptions", 2, 12),
            ("noVpc", "/nothing", 1, 1),
            ("noVpc", "", 1, 1)
        ]
    );
}

#[test]
fn places_are_found_behind_parts_that_are_skipped() {
    let text =
        r#"{ "a": { "x}": ["]", 1.5e+3, null, {"y": "\"{"}] }, "b": [ [], {}, "c", true ], "d": false, "e": [1, 2] }"#;
    let problem = |pointer: &str| Problem { kind: ProblemKind::NoVpc, pointer: pointer.to_owned(), location: None };
    let mut problems = [problem("/b/3"), problem("/d"), problem("/e/1")];
    locate(text, &mut problems);
    let columns: Vec<usize> = problems.iter().map(|one| one.location.as_ref().unwrap().column as usize).collect();
    let column = |before: &str| text.find(before).unwrap() + before.len() + 1;
    assert_eq!(columns, [column("\"c\", "), column("\"d\": "), column("[1, ")]);
}

/// A document in which every part of the format that has more than one spelling stands.
const FULL: &str = r#"{
  "region": "eu-west-1",
  "vpcs": {
    "a": {
      "cidr": [
        "10.0.0.0/16",
        "100.64.0.0/16"
      ],
      "enableDnsHostnames": true
    },
    "b": {
      "cidr": "10.1.0.0/16"
    }
  },
  "securityGroups": {
    "closed": {
      "vpc": "a",
      "egress": []
    },
    "web": {
      "vpc": "a",
      "ingress": [
        {
          "protocol": "tcp",
          "port": 443,
          "peer": "closed"
        },
        {
          "protocol": "udp",
          "port": "1024-65535",
          "peer": "0.0.0.0/0"
        }
      ]
    }
  },
  "expect": [
    {
      "from": "f",
      "to": "s3://b",
      "client": {
        "sdk": "python"
      },
      "verdict": "timesOut",
      "because": [
        "NO_ROUTE_TO_DESTINATION"
      ]
    }
  ]
}"#;

#[test]
fn what_is_written_is_what_was_read() {
    let reading = Document::from_json(FULL);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.document.to_json(), FULL);
    assert_eq!(Document::from_json(&reading.document.to_json()).document, reading.document);
    assert_eq!(Document::default().to_json(), "{}");
}

#[test]
fn a_whole_number_is_a_text_where_a_text_belongs() {
    let text = r#"{ "securityGroups": { "1": { "egress": [{ "protocol": -1, "peer": "0.0.0.0/0" }] } } }"#;
    let reading = Document::from_json(text);
    assert_eq!(reading.problems, []);
    let group = &reading.document.security_groups["1"];
    assert_eq!(group.egress.as_deref().unwrap()[0].protocol.as_deref(), Some("-1"));
}

#[cfg(feature = "yaml")]
mod yaml {
    use super::*;

    #[test]
    fn yaml_and_json_read_alike() {
        let text = r#"
region: eu-west-1
vpcs:
  a: { cidr: [10.0.0.0/16, 100.64.0.0/16], enableDnsHostnames: true }
  b: &b
    cidr: 10.1.0.0/16
securityGroups:
  web:
    vpc: a
    ingress:
    - { protocol: tcp, port: 443, peer: closed }
    - protocol: udp
      port: 1024-65535
      peer: 0.0.0.0/0   # everybody
  closed: { vpc: "a", egress: [] }
expect:
  - from: f
    to: s3://b
    client: { sdk: python }
    verdict: timesOut
    because: [NO_ROUTE_TO_DESTINATION]
"#;
        let reading = Document::read(text);
        assert_eq!(reading.problems, []);
        assert_eq!(reading.document, Document::from_json(FULL).document);
    }

    #[test]
    fn yaml_mistakes_have_line_and_column() {
        let text =
            "vpcs:\n  main:\n    cidr: 10.0.0.0/16\n    enableDnsSupport: perhaps\nsubnets:\n  - a\nroutetables: {}\n";
        let reading = Document::from_yaml(text);
        assert_eq!(
            places(&reading.problems),
            [
                ("wrongType", "/vpcs/main/enableDnsSupport", 4, 23),
                ("wrongType", "/subnets", 6, 3),
                ("unknownField", "/routetables", 7, 1),
            ]
        );
        assert_eq!(reading.document.vpcs["main"].cidr.0, ["10.0.0.0/16"]);
    }

    #[test]
    fn broken_yaml_says_where() {
        let reading = Document::from_yaml("vpcs:\n  main: { cidr: 10.0.0.0/16\nsubnets: {}\n");
        let [problem] = reading.problems.as_slice() else { panic!("one problem, not {:?}", reading.problems) };
        assert_eq!(problem.kind.code(), "syntax");
        assert!(problem.location.as_ref().is_some_and(|place| place.line >= 2), "{:?}", problem.location);
        assert_eq!(reading.document.vpcs.len(), 0);
        assert!(!reading.document.unknown_sections.is_empty());
    }

    #[test]
    fn ipv6_routes_need_no_quotes() {
        let text = "routeTables:\n  r: { routes: [{ destination: ::/0, target: eigw }, { destination: 64:ff9b::/96, target: nat }] }";
        let reading = Document::from_yaml(text);
        assert_eq!(reading.problems, []);
        let routes = &reading.document.route_tables["r"].routes;
        assert_eq!((routes[0].destination.as_str(), routes[1].destination.as_str()), ("::/0", "64:ff9b::/96"));
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        let json = yaml_to_json("[1, -2, 007, 3.13, true, ~, {k: }, yes, '5', \"a\\\"b\", 12345678901234567890, 0x1F]")
            .unwrap();
        assert_eq!(json, r#"[1,-2,"007","3.13",true,null,{"k":null},"yes","5","a\"b","12345678901234567890","0x1F"]"#);
    }

    #[test]
    fn aliases_repeat_their_anchor() {
        assert_eq!(yaml_to_json("a: &x [1, 2]\nb: *x\n").unwrap(), r#"{"a":[1,2],"b":[1,2]}"#);
    }

    #[test]
    fn aliases_that_multiply_are_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let before = level - 1;
            let aliases = vec![format!("*a{before}"); 10].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        let problem = yaml_to_json(&text).unwrap_err();
        assert_eq!(problem.kind.code(), "syntax");
    }

    #[test]
    fn a_mapping_in_braces_is_yaml_as_well() {
        let reading = Document::read("{ vpcs: { main: { cidr: 10.0.0.0/16 } } }");
        assert_eq!(reading.problems, []);
        assert_eq!(reading.document.vpcs.len(), 1);
    }

    #[test]
    fn broken_json_is_reported_as_json() {
        let reading = Document::read("{ \"vpcs\": { \"main\": ] }");
        assert_eq!(reading.problems[0].kind, ProblemKind::Syntax { format: "JSON", flaw: SyntaxFlaw::NoValue });
        assert_eq!(
            reading.problems[0].location,
            Some(crate::problem::Location { file: String::new(), line: 1, column: 21 })
        );
    }

    #[test]
    fn nothing_is_an_empty_document() {
        assert_eq!(Document::read(""), Reading::default());
        assert_eq!(Document::read("# a comment\n---\n"), Reading::default());
    }
}
