use super::{Addition, Applied, Edit, EditStep, Proposal, Relocation, apply, propose};
use crate::component::ComponentKind;
use crate::words::Language;

/// The article's VPC with a private subnet, in the style in which edits write.
const ARTICLE: &str = r#"{
  "title": "A function in a private subnet",
  "region": "us-east-1",
  "vpcs": {
    "main": { "cidr": "10.0.0.0/16" }
  },
  "subnets": {
    "public-a": { "cidr": "10.0.0.0/24" },
    "private-a": { "cidr": "10.0.1.0/24" }
  },
  "routeTables": {
    "rtb-public": {
      "subnets": ["public-a"],
      "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }]
    },
    "rtb-private": { "subnets": ["private-a"] }
  },
  "internetGateways": {
    "igw": {}
  },
  "securityGroups": {
    "sg-fn": {}
  },
  "functions": {
    "thumbnailer": {
      "subnets": ["private-a"],
      "securityGroups": ["sg-fn"],
      "timeout": 30,
      "runtime": "python3.13"
    }
  },
  "buckets": {
    "photos": {}
  },
  "expect": [
    { "from": "thumbnailer", "to": "s3://photos" }
  ]
}
"#;

fn edit(json: serde_json::Value) -> Edit {
    serde_json::from_value(serde_json::json!({ "steps": json })).unwrap()
}

fn english(text: &str, edit: &Edit) -> Applied {
    let applied = apply(text, edit, Language::English);
    assert_eq!(applied.problem, None);
    applied
}

#[test]
fn canonical_text_stays_as_it_is() {
    let applied = english(ARTICLE, &Edit::default());
    assert_eq!(applied.text, ARTICLE);
    assert_eq!((applied.changes.len(), applied.undo), (0, Edit::default()));
}

#[test]
fn a_nat_gateway_and_its_route() {
    let proposed = propose(ARTICLE, &Proposal::Add(Addition::of(ComponentKind::NatGateway)), Language::English);
    assert_eq!(proposed.problem, None);
    assert_eq!(proposed.offers.len(), 1);
    assert_eq!(proposed.offers[0].words, "Add route 0.0.0.0/0 → nat to rtb-private");
    let with_nat = english(ARTICLE, &proposed.edit);
    assert_eq!(with_nat.changes, ["NAT gateway nat created in subnet public-a"]);
    assert!(with_nat.text.contains(
        "  \"natGateways\": {\n    \"nat\": { \"subnet\": \"public-a\", \"elasticIps\": [\"198.51.100.10\"] }\n  },\n"
    ));
    let with_route = english(&with_nat.text, &proposed.offers[0].edit);
    assert_eq!(with_route.changes, ["route 0.0.0.0/0 → nat added to rtb-private"]);
    let removed = english(
        &with_route.text,
        &edit(serde_json::json!([{ "op": "removeComponent", "component": "natGateway/nat" }])),
    );
    assert_eq!(removed.changes, ["route 0.0.0.0/0 → nat removed from rtb-private", "NAT gateway nat deleted"]);
    assert_eq!(removed.text, ARTICLE);
    assert_eq!(english(&removed.text, &removed.undo).text, with_route.text);
    assert_eq!(english(&with_route.text, &with_route.undo).text, with_nat.text);
}

#[test]
fn names_follow() {
    let steps = serde_json::json!([
        { "op": "renameComponent", "component": "subnet/private-a", "name": "inside" },
        { "op": "renameComponent", "component": "bucket/photos", "name": "pictures" },
        { "op": "renameComponent", "component": "internetGateway/igw", "name": "door" },
    ]);
    let applied = english(ARTICLE, &edit(steps));
    let expected = ARTICLE
        .replace("\"private-a\"", "\"inside\"")
        .replace("s3://photos", "s3://pictures")
        .replace("\"photos\"", "\"pictures\"")
        .replace("\"igw\"", "\"door\"");
    assert_eq!(applied.text, expected);
    assert_eq!(
        applied.changes,
        [
            "subnet private-a renamed to inside",
            "S3 bucket photos renamed to pictures",
            "internet gateway igw renamed to door"
        ]
    );
    assert_eq!(english(&applied.text, &applied.undo).text, ARTICLE);
}

#[test]
fn problems_leave_the_text_alone() {
    for (text, step, code) in [
        ("{", serde_json::json!({ "op": "remove", "path": "/region" }), "syntax"),
        ("[]", serde_json::json!({ "op": "remove", "path": "/region" }), "notADocument"),
        (ARTICLE, serde_json::json!({ "op": "remove", "path": "/regio" }), "nothingThere"),
        (ARTICLE, serde_json::json!({ "op": "remove", "path": "region" }), "badPointer"),
        (ARTICLE, serde_json::json!({ "op": "insert", "path": "/region/-", "value": 1 }), "noList"),
        (ARTICLE, serde_json::json!({ "op": "set", "path": "/region/a", "value": 1 }), "noContainer"),
        (ARTICLE, serde_json::json!({ "op": "removeComponent", "component": "subnet/publica" }), "noSuchComponent"),
        (ARTICLE, serde_json::json!({ "op": "removeComponent", "component": "subnets/public-a" }), "notAComponent"),
        (ARTICLE, serde_json::json!({ "op": "addComponent", "component": "vpc/main", "value": {} }), "nameTaken"),
    ] {
        for language in [Language::English, Language::Japanese] {
            let applied = apply(text, &edit(serde_json::json!([step])), language);
            assert_eq!(applied.text, text);
            assert_eq!((applied.changes.len(), applied.undo), (0, Edit::default()));
            let problem = applied.problem.unwrap();
            assert_eq!(problem.code, code);
            assert!(!problem.message.is_empty());
        }
    }
}

#[test]
fn moving_a_function_is_said() {
    let proposal =
        Proposal::Move(Relocation { r#move: "function/thumbnailer".into(), to: "subnet/public-a".into(), from: None });
    let proposed = propose(ARTICLE, &proposal, Language::English);
    let applied = english(ARTICLE, &proposed.edit);
    assert_eq!(applied.changes, ["function thumbnailer moved from subnet private-a to subnet public-a"]);
}

#[test]
fn a_missing_container_is_made_at_its_place() {
    let step = EditStep::Insert {
        path: "/routeTables/rtb-private/routes/-".into(),
        value: serde_json::json!({ "destination": "::/0", "target": "e" }).into(),
    };
    let applied = english(ARTICLE, &Edit { steps: vec![step] });
    assert!(applied.text.contains(
        "\"subnets\": [\"private-a\"],\n      \"routes\": [{ \"destination\": \"::/0\", \"target\": \"e\" }]\n    }"
    ));
    let applied = english(
        ARTICLE,
        &edit(serde_json::json!([{ "op": "set", "path": "/vpcs/main/enableDnsSupport", "value": false }])),
    );
    assert_eq!(applied.changes, ["enableDnsSupport of VPC main set to false"]);
}

#[test]
fn japanese_says_the_same() {
    let japanese = |text: &str, edit: &Edit| apply(text, edit, Language::Japanese);
    let wish = Proposal::Add(Addition::of(ComponentKind::NatGateway));
    let proposed = propose(ARTICLE, &wish, Language::Japanese);
    assert_eq!(proposed.offers[0].words, "rtb-private にルート 0.0.0.0/0 → nat を追加");
    let with_nat = japanese(ARTICLE, &proposed.edit);
    assert_eq!(with_nat.changes, ["サブネット public-a に NAT ゲートウェイ nat を作成"]);
    let moved =
        Proposal::Move(Relocation { r#move: "natGateway/nat".into(), to: "subnet/private-a".into(), from: None });
    let proposed = propose(&with_nat.text, &moved, Language::Japanese);
    assert_eq!(
        japanese(&with_nat.text, &proposed.edit).changes,
        [
            "NAT ゲートウェイ nat をサブネット public-a から削除し、サブネット private-a に新しく作成 (AWS では移動できないため)"
        ]
    );
    let english = propose(&with_nat.text, &moved, Language::English);
    assert_eq!(
        english_changes(&with_nat.text, &english.edit),
        ["NAT gateway nat deleted in subnet public-a and created anew in subnet private-a, since AWS cannot move it"]
    );
}

fn english_changes(text: &str, edit: &Edit) -> Vec<String> {
    english(text, edit).changes
}

#[test]
fn a_second_vpc_changes_nothing_of_the_first() {
    let wish = Proposal::Add(Addition::of(ComponentKind::Vpc));
    let proposed = propose(ARTICLE, &wish, Language::English);
    let applied = english(ARTICLE, &proposed.edit);
    assert_eq!(applied.changes, ["VPC vpc created"]);
    assert!(applied.text.contains(r#""public-a": { "vpc": "main", "cidr": "10.0.0.0/24" }"#));
    assert_eq!(english(&applied.text, &applied.undo).text, ARTICLE);
}

#[test]
fn what_is_so_anyway_is_no_change() {
    let step = serde_json::json!([{ "op": "set", "path": "/vpcs/main/enableDnsSupport", "value": true }]);
    assert_eq!(english_changes(ARTICLE, &edit(step)), Vec::<String>::new());
    // The same name on another kind: the route still leads to the gateway, and says so.
    let step =
        serde_json::json!([{ "op": "addComponent", "component": "instance/igw", "value": { "subnet": "public-a" } }]);
    let applied = english(ARTICLE, &edit(step));
    assert_eq!(applied.changes, ["EC2 instance igw created in subnet public-a"]);
    assert!(applied.text.contains(r#""target": "internetGateway/igw""#));
}

#[test]
fn a_subnet_takes_what_lives_in_it() {
    let with_nat = english(
        ARTICLE,
        &edit(serde_json::json!([
            { "op": "addComponent", "component": "natGateway/nat", "value": { "subnet": "public-a", "elasticIps": [] } },
            { "op": "insert", "path": "/routeTables/rtb-private/routes/-",
              "value": { "destination": "0.0.0.0/0", "target": "nat" } },
        ])),
    );
    let step = serde_json::json!([{ "op": "removeComponent", "component": "subnet/public-a" }]);
    assert_eq!(
        english_changes(&with_nat.text, &edit(step)),
        [
            "subnet public-a deleted",
            "subnet public-a disassociated from rtb-public",
            "route 0.0.0.0/0 → nat removed from rtb-private",
            "NAT gateway nat deleted"
        ]
    );
    let step = serde_json::json!([{ "op": "removeComponent", "component": "subnet/private-a" }]);
    assert_eq!(
        english_changes(ARTICLE, &edit(step)),
        [
            "subnet private-a deleted",
            "subnet private-a disassociated from rtb-private",
            "function thumbnailer detached from its VPC"
        ]
    );
}
