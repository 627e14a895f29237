//! A document on the way to a cure, with what the engine says of it.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::analysis::Analysis;
use crate::answer::Severity;
use crate::document::Document;
use crate::document::references::kind_of;
use crate::edit::{self, EditStep, Shared, Value};
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

/// A document as it can be edited, and as the engine trusts it.
pub(crate) struct Configuration {
    /// As it can be edited.
    pub(crate) value: Value,
    /// As the engine trusts it.
    pub(crate) network: Network,
    /// How much is wrong with the network: errors and warnings.
    pub(crate) flaws: usize,
}

impl Configuration {
    fn of(value: Value, document: &Document) -> Configuration {
        let (network, problems) = Network::resolve(document);
        let flaws = problems.iter().filter(|problem| problem.kind.severity() != Severity::Note).count();
        Configuration { value, network, flaws }
    }
}

/// The document that changes are tried on.
pub(crate) struct Base {
    pub(crate) configuration: Rc<Configuration>,
    /// As it is read.
    pub(crate) document: Document,
    /// Whether everything in it could be read.
    is_faultless: bool,
    /// Where a document is meant to be that names no Region.
    region: Option<String>,
    /// The same document, in which components are exchanged for as long as it takes to resolve it: the whole is large,
    /// and a change is not.
    exchanged: OnceCell<RefCell<Document>>,
}

impl Base {
    /// Reads what can be edited; `region` is where a document is meant to be that names none.
    pub(crate) fn new(value: Value, region: Option<&str>) -> Base {
        let reading = Document::from_json(&serde_json::to_string(&value).unwrap_or_default());
        let mut document = reading.document;
        if document.region.is_none() {
            document.region = region.map(str::to_owned);
        }
        Base {
            configuration: Rc::new(Configuration::of(value, &document)),
            document,
            is_faultless: reading.problems.is_empty(),
            region: region.map(str::to_owned),
            exchanged: OnceCell::new(),
        }
    }

    /// The same of what differs from this document by an edit, with the answers to the questions.
    pub(crate) fn changed(&self, value: Value, goals: &[Goal]) -> State {
        let exchanged = self.with_document_of(&value, |document| Configuration::of(value.clone(), document));
        let configuration = exchanged.map_or_else(|| Base::new(value, self.region.as_deref()).configuration, Rc::new);
        State::new(configuration, goals)
    }

    /// Shows what is read of that value; none where more than components differ, or where they cannot be read.
    fn with_document_of<T>(&self, value: &Value, show: impl FnOnce(&Document) -> T) -> Option<T> {
        if !self.is_faultless {
            return None;
        }
        let (old, new) = others(&self.configuration.value, value)?;
        let text = |sections: &Value| serde_json::to_string(sections).ok();
        let (old_text, new_text) = (text(&old)?, text(&new)?);
        let mut document = self.exchanged.get_or_init(|| RefCell::new(self.document.clone())).try_borrow_mut().ok()?;
        let is_read = document.exchange(&names(&old), &new_text);
        let shown = is_read.then(|| show(&document));
        document.exchange(&names(&new), &old_text);
        shown
    }
}

/// The components that differ, as sections: as they are here, and as they are there; none where other things differ.
fn others(here: &Value, there: &Value) -> Option<(Value, Value)> {
    let none = Value::Object(Shared::default());
    let sections = here.fields().iter().chain(there.fields().iter().filter(|(name, _)| here.get(name).is_none()));
    let mut others: [Vec<(String, Value)>; 2] = [Vec::new(), Vec::new()];
    for (section, _) in sections {
        let (old, new) = (here.get(section), there.get(section));
        if old == new {
            continue;
        }
        kind_of(section)?;
        let (old, new) = (old.unwrap_or(&none), new.unwrap_or(&none));
        let (was, is) = (edit::entries(old)?, edit::entries(new)?);
        let [gone, come] = &mut others;
        for (list, own, other) in [(gone, old, &is), (come, new, &was)] {
            let differ = |(name, value): &&(String, Value)| other.get(name.as_str()) != Some(&value);
            list.push((section.clone(), Value::Object(own.fields().iter().filter(differ).cloned().collect())));
        }
    }
    let [gone, come] = others;
    Some((Value::Object(gone.into()), Value::Object(come.into())))
}

/// Section and name of each component.
fn names(sections: &Value) -> Vec<(&str, &str)> {
    let sections = sections.fields().iter();
    sections.flat_map(|(section, all)| all.fields().iter().map(|(name, _)| (section.as_str(), name.as_str()))).collect()
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
            vec![set("/instances", Value::texts(["i"]))],
        ]
    }

    /// What is read of the base after some edits, in the short way; none where there is none.
    fn read(base: &Base, value: &Value) -> Option<Document> {
        base.with_document_of(value, Document::clone)
    }

    #[test]
    fn what_is_read_of_a_change_is_what_is_read_of_the_whole() {
        let base = Base::new(serde_json::from_str(TEXT).unwrap(), Some("us-east-1"));
        let value = &base.configuration.value;
        for one in edits() {
            for other in [Vec::new()].into_iter().chain(edits()) {
                let Some(changed) = after(value, one.iter().chain(&other)) else { continue };
                let whole = Base::new(changed.clone(), Some("us-east-1"));
                if let Some(document) = read(&base, &changed) {
                    assert!(whole.is_faultless);
                    assert_eq!(document, whole.document, "{one:?}, {other:?}");
                }
                assert_eq!(base.changed(changed, &[]).flaws(), whole.configuration.flaws, "{one:?}, {other:?}");
                // Whatever was tried, the base is what it was.
                assert_eq!(read(&base, value).as_ref(), Some(&base.document), "{one:?}, {other:?}");
            }
        }
    }

    #[test]
    fn only_components_are_read_anew() {
        let base = Base::new(serde_json::from_str(TEXT).unwrap(), None);
        let is_partial =
            |steps: &Vec<EditStep>| read(&base, &after(&base.configuration.value, steps).unwrap()).is_some();
        let partial: Vec<bool> = edits().iter().map(is_partial).collect();
        assert_eq!(partial, [[true; 8].as_slice(), &[false; 5]].concat());
    }
}
