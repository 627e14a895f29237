//! Fuzz targets: bytes in, no panic, and an output whose size the input bounds.
//!
//! `tests/tests/fuzzing.rs` drives them with a fixed sequence of bytes; `tests/fuzz` drives the same functions with
//! cargo-fuzz.

use std::slice;

use vpcreach::check::{Selection, check};
use vpcreach::diagram::diagram;
use vpcreach::document::{Document, Expectation};
use vpcreach::edit::{Edit, Proposal, apply, propose};
use vpcreach::engine::analyze;
use vpcreach::export::{self, Format, Sources};
use vpcreach::import::{ImportOptions, SourceFile, import};
use vpcreach::network::Network;
use vpcreach::policy::{
    Caller, ContextKeys, Given, Layer, LayerKind, Outcome, Policy, RequestContext, Text, authorize,
};
use vpcreach::query::Query;
use vpcreach::words::diagnostic;
use vpcreach::{Answer, Language};

use crate::generate::{self, Choices};

/// The questions of a document that a target answers; the rest would only take time.
const MOST_QUESTIONS: usize = 4;

/// Bytes of an answer without the parts that grow with its input.
const ANSWER_FLOOR: usize = 400_000;

/// A document's text, JSON or YAML.
///
/// # Errors
/// Says which bound the output breaks.
pub fn document_text(data: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(data);
    let reading = Document::read(&text);
    bounded("problems of the text", reading.problems.len(), data.len() + 100)?;
    let written = reading.document.to_json();
    let again = Document::from_json(&written);
    if again.document != reading.document || !again.problems.is_empty() {
        return Err(format!("written and read again it differs: {:?}", again.problems));
    }
    answers(reading.document, data.len())
}

/// Files as the AWS CLI prints them; `data` is one file.
///
/// # Errors
/// Says which bound the output breaks.
pub fn import_bytes(data: &[u8]) -> Result<(), String> {
    let files = [SourceFile { name: "dump.json".to_owned(), bytes: data }];
    let imported = import(&files, &ImportOptions::default());
    bounded("problems of the file", imported.problems.len(), data.len() + 100)?;
    if imported.files.len() != files.len() {
        return Err("a file is not accounted for".to_owned());
    }
    for language in [Language::English, Language::Japanese] {
        if imported.diagnostics(language).iter().any(|diagnostic| diagnostic.message.is_empty()) {
            return Err("a problem has no words".to_owned());
        }
    }
    answers(imported.document, data.len())
}

/// A template, plan, state or log of a test run; `data` is one file.
///
/// # Errors
/// Says which bound the output breaks, or which place leads nowhere.
pub fn import_configuration(data: &[u8]) -> Result<(), String> {
    configuration(&[SourceFile::new("configuration", data)], data.len())
}

/// Several files together: each begins with a line `=== NAME`, and what stands before the first one is a file too.
///
/// # Errors
/// Says which bound the output breaks, or which place leads nowhere.
pub fn import_together(data: &[u8]) -> Result<(), String> {
    const MARK: &[u8] = b"=== ";
    let mut files: Vec<(String, Vec<u8>)> = vec![("first".to_owned(), Vec::new())];
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        match (line.strip_prefix(MARK), files.last_mut()) {
            (Some(name), _) => files.push((String::from_utf8_lossy(name).trim().to_owned(), Vec::new())),
            (None, Some((_, content))) => content.extend_from_slice(line),
            (None, None) => {}
        }
    }
    let files: Vec<SourceFile<'_>> =
        files.iter().map(|(name, content)| SourceFile::new(name.clone(), content)).collect();
    configuration(&files, data.len())
}

fn configuration(files: &[SourceFile<'_>], length: usize) -> Result<(), String> {
    let imported = import(files, &ImportOptions::default());
    bounded("problems of the files", imported.problems.len(), length + 100)?;
    if imported.files.len() != files.len() {
        return Err("a file is not accounted for".to_owned());
    }
    bounded("places", imported.sources.iter().count(), length + 100)?;
    for language in [Language::English, Language::Japanese] {
        if imported.diagnostics(language).iter().any(|diagnostic| diagnostic.message.is_empty()) {
            return Err("a problem has no words".to_owned());
        }
    }
    let written = serde_json::to_value(&imported.document).map_err(|error| error.to_string())?;
    for (pointer, place) in imported.sources.iter() {
        if written.pointer(pointer).is_none() {
            return Err(format!("{pointer} is not in the document"));
        }
        if place.location.line == 0 {
            return Err(format!("{pointer} has no line"));
        }
    }
    answers(imported.document, length)
}

/// A policy's text, as every kind of layer, and what it decides.
///
/// # Errors
/// Says which bound the output breaks.
pub fn policy_text(data: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(data);
    for kind in [LayerKind::Identity, LayerKind::Bucket, LayerKind::GatewayEndpoint] {
        let (policy, problems) = Policy::read_text(&text, kind, "p", "/p");
        bounded("problems of the policy", problems.len(), data.len() + 100)?;
        for problem in &problems {
            for language in [Language::English, Language::Japanese] {
                let words = diagnostic(problem, language);
                if words.message.is_empty() || !problem.pointer.starts_with("/p") {
                    return Err(format!("a problem without words or place: {words:?}"));
                }
            }
        }
        let request = RequestContext {
            caller: Caller { partition: "aws", account: Some("111111111111"), ..Caller::default() },
            action: "s3:GetObject",
            resource: &Text::beginning("arn:aws:s3:::photos/"),
            resource_account: None,
            one_account: false,
            keys: ContextKeys::unknown(),
        };
        let layers = [
            Layer::new(LayerKind::Identity, Given::Nothing),
            Layer::new(kind, Given::Policies(slice::from_ref(&policy))),
        ];
        let decision = authorize(&request, &layers);
        if !policy.is_readable && decision.outcome == Outcome::Allowed {
            return Err("a policy that cannot be read allows".to_owned());
        }
        if (decision.outcome == Outcome::Unknown) == decision.needs.is_empty() {
            return Err(format!("{:?} needs {:?}", decision.outcome, decision.needs));
        }
        bounded("statements that decide", decision.open.len() + decision.grants.len(), 2 * data.len() + 2)?;
    }
    Ok(())
}

/// Question texts, asked of a fixed document: workload, destination and protocol, one line each.
///
/// # Errors
/// Says which bound the output breaks.
pub fn question(data: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.split('\n');
    let mut next = || lines.next().unwrap_or_default().to_owned();
    let (to, from, protocol) = (next(), next(), next());
    let known = generate::document(&mut Choices::new(&[7; 200]));
    let (network, _) = Network::resolve(&known);
    for from in [from, "function/function-1".to_owned()] {
        for protocol in [None, Some(protocol.clone())] {
            let query = Query { from: from.clone(), to: to.clone(), protocol, ..Query::default() };
            let analysis = analyze(&network, &query);
            bounded("paths", analysis.paths.len(), 10_000)?;
            for language in [Language::English, Language::Japanese] {
                let selection = Selection { query: Some(query.clone()), ..Selection::default() };
                size(&check(&known, &selection, language), data.len())?;
            }
        }
    }
    Ok(())
}

/// Texts of ports, blocks, protocols and names, one line each, in every place that takes one.
///
/// # Errors
/// Says which bound the output breaks.
pub fn scalars(data: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(data);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut position = 0;
    let mut next = |default: &str| {
        position += 1;
        lines
            .get(position - 1)
            .filter(|line| !line.is_empty())
            .map_or_else(|| default.to_owned(), |line| (*line).to_owned())
    };
    let document = serde_json::json!({
        "vpcs": { "v": { "cidr": next("10.0.0.0/16"), "ipv6Cidr": next("2001:db8::/56") } },
        "subnets": { "s": { "cidr": next("10.0.0.0/24"), "ipv6Cidr": next("2001:db8::/64"), "availabilityZone": next("a") } },
        "internetGateways": { "igw": {} },
        "natGateways": { "nat": { "subnet": "s", "elasticIps": [next("198.51.100.1")], "state": next("available") } },
        "routeTables": { "r": { "subnets": ["s"], "routes": [{ "destination": next("0.0.0.0/0"), "target": next("igw") }] } },
        "securityGroups": { "g": { "egress": [{ "protocol": next("tcp"), "port": next("443"), "peer": next("0.0.0.0/0") }] } },
        "networkAcls": { "a": { "subnets": ["s"], "egress": [
            { "ruleNumber": 1, "action": next("allow"), "protocol": next("tcp"), "port": next("443"), "cidr": next("0.0.0.0/0") }
        ] } },
        "vpcEndpoints": { "e": { "type": next("Interface"), "service": next("sqs"), "subnets": ["s"] } },
        "privateHostedZones": { "z": { "domain": next("corp.example"), "records": { "db": [next("10.0.0.9")] } } },
        "functions": { "f": { "subnets": ["s"], "securityGroups": ["g"], "runtime": next("python3.13") } },
        "expect": [{ "from": "f", "to": next("https://db.corp.example"), "verdict": "succeeds" }]
    });
    let reading = Document::from_json(&document.to_string());
    answers(reading.document, data.len())
}

/// A generated document, and questions about it.
///
/// # Errors
/// Says which bound the output breaks.
pub fn generated(data: &[u8]) -> Result<(), String> {
    let mut choices = Choices::new(data);
    let mut document = generate::document(&mut choices);
    document.expect = generate::questions(&mut choices, &document)
        .into_iter()
        .map(|query| Expectation { from: query.from, to: query.to, port: query.port, ..Expectation::default() })
        .collect();
    picture(&document, data.len())?;
    answers(document, data.len())
}

/// A document's text, taken away in every language, alone and as the difference from and to another document.
///
/// # Errors
/// Says which output other tools cannot read, or grows too much.
pub fn take_away(data: &[u8]) -> Result<(), String> {
    let read = Document::read(&String::from_utf8_lossy(data)).document;
    let made = generate::document(&mut Choices::new(data));
    let is_json =
        |text: &str| serde_json::from_str::<serde_json::Value>(text).map(drop).map_err(|error| error.to_string());
    for document in [&read, &made] {
        is_json(&export::cloudformation(document).text)?;
        bounded("Terraform's configuration", export::terraform(document).text.len(), data.len() * 400 + ANSWER_FLOOR)?;
        let again = Document::from_yaml(&document.to_yaml()).document;
        // Numbers with a fraction, which only policies have, are texts in YAML.
        if again != *document && !has_fractions(document) {
            return Err(format!("written as YAML and read again it differs:\n{}", document.to_yaml()));
        }
    }
    for (before, after) in [(&read, &made), (&made, &read), (&read, &read)] {
        for format in [Format::Text, Format::Cli, Format::CloudFormation, Format::Terraform] {
            let changed = export::change(before, after, format, Language::Japanese, &Sources::default());
            bounded("the difference", changed.text.len(), data.len() * 400 + ANSWER_FLOOR)?;
            if format == Format::CloudFormation {
                is_json(&changed.text)?;
            }
        }
    }
    Ok(())
}

fn has_fractions(document: &Document) -> bool {
    fn inside(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::Number(number) => !number.is_i64() && !number.is_u64(),
            serde_json::Value::Array(items) => items.iter().any(inside),
            serde_json::Value::Object(fields) => fields.values().any(inside),
            _ => false,
        }
    }
    serde_json::from_str(&document.to_json()).map_or(true, |value| inside(&value))
}

/// An edit and a wish, one line of JSON each, and behind them the document that they are for.
///
/// # Errors
/// Says which promise of an edit is broken.
pub fn edit(data: &[u8]) -> Result<(), String> {
    let all = String::from_utf8_lossy(data);
    let mut parts = all.splitn(3, '\n');
    let mut next = || parts.next().unwrap_or_default();
    let (edit, wish, text) = (next(), next(), next());
    if let Ok(wish) = serde_json::from_str::<Proposal>(wish) {
        let proposed = propose(text, &wish, Language::Japanese);
        if proposed.problem.is_none() {
            edited(text, &proposed.edit)?;
        }
    }
    match serde_json::from_str::<Edit>(edit) {
        Ok(edit) => edited(text, &edit),
        Err(_) => edited(text, &Edit::default()),
    }
}

fn edited(text: &str, edit: &Edit) -> Result<(), String> {
    let done = apply(text, edit, Language::English);
    if let Some(problem) = done.problem {
        return if done.text == text && !problem.message.is_empty() {
            Ok(())
        } else {
            Err("an edit that was not made changed the text, or does not say why".to_owned())
        };
    }
    let canonical = apply(text, &Edit::default(), Language::English).text;
    let back = apply(&done.text, &done.undo, Language::English);
    if back.problem.is_some() || back.text != canonical {
        return Err(format!("undo does not lead back: {:?}", back.problem));
    }
    bounded("bytes of the text", done.text.len(), 300 * (text.len() + 1_000))
}

/// The picture of a document is as large as what is in it.
fn picture(document: &Document, input: usize) -> Result<(), String> {
    let (network, _) = Network::resolve(document);
    let answer = check(document, &Selection::default(), Language::Japanese);
    let svg = vpcreach::svg::svg(&diagram(&network), &answer, Language::Japanese);
    bounded("bytes of the picture", svg.len(), 200_000 + 2_000 * input)
}

fn answers(mut document: Document, input: usize) -> Result<(), String> {
    document.expect.truncate(MOST_QUESTIONS);
    let (_, problems) = Network::resolve(&document);
    bounded("problems of the document", problems.len(), 20 * input + 100)?;
    if document.expect.is_empty() && document.functions.len() * document.buckets.len() > MOST_QUESTIONS {
        return Ok(());
    }
    for language in [Language::English, Language::Japanese] {
        size(&check(&document, &Selection::default(), language), input)?;
    }
    Ok(())
}

fn size(answer: &Answer, input: usize) -> Result<(), String> {
    let json = serde_json::to_string(answer).map_err(|error| error.to_string())?;
    bounded("bytes of the answer", json.len(), ANSWER_FLOOR + 2_000 * input)
}

fn bounded(what: &str, is: usize, most: usize) -> Result<(), String> {
    if is <= most { Ok(()) } else { Err(format!("{is} {what}, at most {most}")) }
}

/// A sequence of numbers that is the same on every run and machine (the SplitMix64 generator).
#[derive(Clone, Debug)]
pub struct Numbers(pub u64);

impl Numbers {
    /// The next number.
    pub fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`; 0 when that is 0.
    pub fn below(&mut self, count: usize) -> usize {
        let number = usize::try_from(self.next_number() >> 33).unwrap_or(0);
        number.checked_rem(count).unwrap_or(0)
    }

    /// That many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next_number().to_le_bytes()[0]).collect()
    }
}

/// Tokens that mean something to one decoder or another.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\u0000",
    "\\ud800",
    "null",
    "-1",
    "1e999",
    "65536",
    "18446744073709551616",
    "\n",
    "\t",
    "- ",
    "&a ",
    "*a",
    "!!int ",
    "|\n",
    "#",
    "0.0.0.0/0",
    "::/0",
    "10.0.0.0/33",
    "/",
    "s3://",
    "https://",
    "[::1]:443",
    "a",
    "あ",
    "\u{feff}",
    "true",
    "\"Statement\"",
    "\"NotAction\"",
    "\"Principal\"",
    "\"Condition\"",
    "\"ForAllValues:StringNotLikeIfExists\"",
    "\"aws:SourceVpce\"",
    "${aws:PrincipalTag/team, 'k'}",
    "\"Deny\"",
];

/// The sample with some damage: bytes changed, cut, doubled, or tokens put in.
pub fn damage(sample: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut data = sample.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(data.len() + 1);
        let until = (at + numbers.below(40)).min(data.len());
        match numbers.below(6) {
            0 => {
                let noise = numbers.next_number().to_le_bytes()[0];
                if let Some(byte) = data.get_mut(at) {
                    *byte = noise;
                }
            }
            1 => drop(data.drain(at..until)),
            2 => {
                let copy: Vec<u8> = data.get(at..until).unwrap_or_default().to_vec();
                data.splice(at..at, copy);
            }
            3 => data.truncate(at),
            4 => {
                // One line in another's place.
                let lines: Vec<&[u8]> = sample.split(|byte| *byte == b'\n').collect();
                let line = lines.get(numbers.below(lines.len())).copied().unwrap_or_default();
                data.splice(at..at, line.iter().copied());
            }
            _ => {
                let token = TOKENS.get(numbers.below(TOKENS.len())).copied().unwrap_or_default();
                data.splice(at..until, token.bytes());
            }
        }
    }
    data
}
