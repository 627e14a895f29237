//! A document on the way to a cure, with what the engine says of it.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::analysis::Analysis;
use crate::answer::Severity;
use crate::document::Document;
use crate::document::references::kind_of;
use crate::edit::{self, EditStep, Value};
use crate::engine::analyze;
use crate::network::Network;
use crate::query::Query;
use crate::verdict::Verdict;

/// A question that is meant to succeed.
#[derive(Clone, Debug)]
pub(crate) struct Goal {
    /// The question.
    pub(crate) query: Query,
    /// The verdict that the document expects, where it is one of its expectations.
    pub(crate) expected: Option<Verdict>,
}

/// A document as it can be edited, as it is read, and as the engine trusts it.
pub(crate) struct Configuration {
    /// As it can be edited.
    pub(crate) value: Value,
    /// As it is read.
    pub(crate) document: Document,
    /// As the engine trusts it.
    pub(crate) network: Network,
    /// How much is wrong with the network: errors and warnings.
    pub(crate) flaws: usize,
    /// Whether everything in the document could be read.
    is_faultless: bool,
}

impl Configuration {
    /// Reads what can be edited; `region` is where a document is meant to be that names none.
    pub(crate) fn new(value: Value, region: Option<&str>) -> Configuration {
        let reading = Document::from_json(&serde_json::to_string(&value).unwrap_or_default());
        let mut document = reading.document;
        if document.region.is_none() {
            document.region = region.map(str::to_owned);
        }
        Configuration::of(value, document, reading.problems.is_empty())
    }

    /// The same of what differs from this one by an edit: only components that are others now are read.
    pub(crate) fn changed(&self, value: Value, region: Option<&str>) -> Configuration {
        match self.document_of(&value) {
            Some(document) => Configuration::of(value, document, true),
            None => Configuration::new(value, region),
        }
    }

    fn of(value: Value, document: Document, is_faultless: bool) -> Configuration {
        let (network, problems) = Network::resolve(&document);
        let flaws = problems.iter().filter(|problem| problem.kind.severity() != Severity::Note).count();
        Configuration { value, document, network, flaws, is_faultless }
    }

    /// This document with the components of that one; none where more than components differ, or cannot be read.
    fn document_of(&self, value: &Value) -> Option<Document> {
        if !self.is_faultless {
            return None;
        }
        let mut gone: Vec<(&str, &str)> = Vec::new();
        let mut come: Vec<(String, Value)> = Vec::new();
        for (section, new) in value.fields() {
            let old = self.value.get(section);
            if old == Some(new) {
                continue;
            }
            kind_of(section)?;
            let was = entries(old.map(Value::fields).unwrap_or_default())?;
            let is = entries(new.fields())?;
            gone.extend(
                was.iter().filter(|(name, old)| is.get(*name) != Some(old)).map(|(name, _)| (section.as_str(), *name)),
            );
            let others = new.fields().iter().filter(|(name, new)| was.get(name.as_str()) != Some(&new));
            come.push((section.clone(), Value::Object(others.cloned().collect())));
        }
        for (section, old) in self.value.fields().iter().filter(|(section, _)| value.get(section).is_none()) {
            kind_of(section)?;
            gone.extend(entries(old.fields())?.keys().map(|name| (section.as_str(), *name)));
        }
        let come = serde_json::to_string(&Value::Object(come.into())).ok()?;
        self.document.with_entries(&gone, &come)
    }
}

/// Entries by name; none where a name stands twice.
fn entries(fields: &[(String, Value)]) -> Option<BTreeMap<&str, &Value>> {
    let entries: BTreeMap<&str, &Value> = fields.iter().map(|(name, value)| (name.as_str(), value)).collect();
    (entries.len() == fields.len()).then_some(entries)
}

/// A configuration with the answers to the questions.
pub(crate) struct State {
    /// What they are about.
    pub(crate) configuration: Rc<Configuration>,
    /// One for each goal.
    pub(crate) analyses: Vec<Analysis>,
}

impl State {
    pub(crate) fn new(configuration: Rc<Configuration>, goals: &[Goal]) -> State {
        let analyses = goals.iter().map(|goal| analyze(&configuration.network, &goal.query)).collect();
        State { configuration, analyses }
    }

    pub(crate) fn value(&self) -> &Value {
        &self.configuration.value
    }

    pub(crate) fn network(&self) -> &Network {
        &self.configuration.network
    }

    pub(crate) fn flaws(&self) -> usize {
        self.configuration.flaws
    }

    /// The same questions asked about another document.
    pub(crate) fn changed(&self, value: Value, region: Option<&str>, goals: &[Goal]) -> State {
        State::new(Rc::new(self.configuration.changed(value, region)), goals)
    }

    /// Whether every goal is met, for all packets.
    pub(crate) fn is_mended(&self) -> bool {
        self.analyses.iter().all(|analysis| analysis.verdict == Verdict::Succeeds)
    }

    /// The first goal that is not met.
    pub(crate) fn first_failing(&self) -> Option<usize> {
        self.analyses.iter().position(|analysis| analysis.verdict != Verdict::Succeeds)
    }
}

/// The document after some steps; none where they cannot be made.
pub(crate) fn after<'s>(value: &Value, steps: impl IntoIterator<Item = &'s EditStep>) -> Option<Value> {
    let mut value = value.clone();
    for step in steps {
        edit::make(&mut value, step).ok()?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::component::{Component, ComponentKind};

    const TEXT: &str = r#"{
      "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
      "subnets": { "b": { "cidr": "10.0.1.0/24" }, "a": { "cidr": "10.0.0.0/24" } },
      "routeTables": { "main": { "main": true }, "table": { "subnets": ["a"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] } },
      "internetGateways": { "igw": {} },
      "vpcEndpoints": { "s3": { "service": "s3", "routeTables": ["table"] } },
      "securityGroups": { "group": { "egress": [{ "port": 443, "peer": "0.0.0.0/0" }] } },
      "functions": { "f": { "subnets": ["a"], "securityGroups": ["group"] } },
      "buckets": { "photos": {} },
      "expect": [{ "from": "f", "to": "s3://photos" }]
    }"#;

    fn set(path: &str, value: impl Into<Value>) -> EditStep {
        EditStep::Set { path: path.into(), value: value.into() }
    }

    /// Edits of every sort; the last ones change more than components, or cannot be read.
    fn edits() -> Vec<Vec<EditStep>> {
        let table = |name: &str| EditStep::AddComponent {
            component: Component::new(ComponentKind::RouteTable, name).to_string(),
            value: Value::object([("subnets", Value::texts(["b"]))]),
        };
        vec![
            vec![table("a-new-one")],
            vec![table("x"), set("/routeTables/x/main", true), EditStep::Remove { path: "/routeTables/x".into() }],
            vec![EditStep::Remove { path: "/routeTables/table/routes/0".into() }],
            vec![set("/routeTables/table/routes/0/target", "nat"), set("/functions/f/timeout", 30)],
            vec![EditStep::RemoveComponent { component: "subnet/a".into() }],
            vec![EditStep::RemoveComponent { component: "internetGateway/igw".into() }],
            vec![EditStep::RenameComponent { component: "securityGroup/group".into(), name: "a-group".into() }],
            vec![set("/instances/i", Value::object([("subnet", "b".into())]))],
            vec![set("/region", "eu-west-1")],
            vec![set("/expect/0/to", "https://example.com")],
            vec![set("/functions/f/timeout", "soon")],
            vec![set("/subnets/b/colour", "red")],
        ]
    }

    #[test]
    fn what_is_read_of_a_change_is_what_is_read_of_the_whole() {
        let value: Value = serde_json::from_str(TEXT).unwrap();
        let first = Configuration::new(value, Some("us-east-1"));
        for one in edits() {
            let changed = first.changed(after(&first.value, &one).unwrap(), Some("us-east-1"));
            let whole = Configuration::new(changed.value.clone(), Some("us-east-1"));
            assert_eq!(changed.document, whole.document, "{one:?}");
            assert_eq!((changed.flaws, changed.is_faultless), (whole.flaws, whole.is_faultless), "{one:?}");
            // And once more on top of it.
            for other in edits() {
                let Some(value) = after(&changed.value, &other) else { continue };
                let twice = changed.changed(value, Some("us-east-1"));
                let whole = Configuration::new(twice.value.clone(), Some("us-east-1"));
                assert_eq!(twice.document, whole.document, "{one:?}, {other:?}");
            }
        }
    }

    #[test]
    fn only_components_are_read_anew() {
        let first = Configuration::new(serde_json::from_str(TEXT).unwrap(), None);
        let is_partial = |steps: &[EditStep]| first.document_of(&after(&first.value, steps).unwrap()).is_some();
        let partial: Vec<bool> = edits().iter().map(|steps| is_partial(steps)).collect();
        assert_eq!(partial, [[true; 8].as_slice(), &[false; 4]].concat());
    }
}
