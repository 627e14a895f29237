//! Policies inside a document: what stands in them, and the steps that change them.

use crate::edit::{self, EditStep, Value, escaped};

/// Characters that a bucket policy has at most.
pub(super) const OF_BUCKET: usize = 20_480;
/// Characters that the policy of a VPC endpoint has at most.
pub(super) const OF_ENDPOINT: usize = 20_480;
/// Characters that a key policy has at most.
pub(super) const OF_KEY: usize = 32_768;
/// Characters that a managed policy has at most.
pub(super) const OF_MANAGED: usize = 6_144;

/// A change of a policy.
pub(super) enum Mend {
    /// A policy has one more statement.
    Statement {
        /// Pointer to the policy.
        policy: String,
        statement: Value,
        /// Characters that it may have.
        most: usize,
    },
    /// A section has one more policy.
    NewPolicy {
        /// Pointer to the section.
        section: String,
        name: String,
        statement: Value,
    },
    /// A condition has one more value, or the statement one more condition.
    Value {
        /// Pointer to the statement.
        statement: String,
        operator: String,
        key: String,
        value: String,
    },
    /// What is for everybody is for these.
    Principals {
        /// Pointer to the policy.
        policy: String,
        principals: Vec<String>,
    },
}

/// What stands at a place in a document.
fn at<'v>(document: &'v Value, pointer: &str) -> Option<&'v Value> {
    let mut value = document;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        value = match value {
            Value::List(elements) => elements.get(step.parse::<usize>().ok()?)?,
            other => other.get(&step)?,
        };
    }
    Some(value)
}

/// Turns a policy that a document has as text, on the way to a place, into an object, where there is one.
fn opened(document: &mut Value, pointer: &str, steps: &mut Vec<EditStep>) -> Option<()> {
    for (end, _) in pointer.match_indices('/').skip(1).chain([(pointer.len(), "")]) {
        let place = pointer.get(..end)?;
        if let Some(Value::Text(text)) = at(document, place) {
            let value = edit::read(text).ok()?;
            let step = EditStep::Set { path: place.to_owned(), value };
            edit::make(document, &step).ok()?;
            steps.push(step);
            return Some(());
        }
    }
    Some(())
}

fn length(policy: Option<&Value>) -> usize {
    policy.and_then(|policy| serde_json::to_string(policy).ok()).map_or(0, |text| text.len())
}

fn policy_of(statement: Value) -> Value {
    Value::object([("Version", "2012-10-17".into()), ("Statement", Value::List(vec![statement].into()))])
}

impl Mend {
    /// The steps that make the change; none where there is nothing to change, or AWS would not take it.
    pub(super) fn steps(&self, document: &Value) -> Option<Vec<EditStep>> {
        let mut document = document.clone();
        let mut steps = Vec::new();
        match self {
            Mend::Statement { policy, statement, most } => {
                let is_there = at(&document, policy).is_some_and(|policy| policy.as_text() != Some("none"));
                if is_there {
                    opened(&mut document, policy, &mut steps)?;
                    steps.push(added(&document, policy, statement)?);
                } else {
                    steps.push(EditStep::Set { path: policy.clone(), value: policy_of(statement.clone()) });
                }
                edit::make(&mut document, steps.last()?).ok()?;
                (length(at(&document, policy)) <= *most).then_some(steps)
            }
            Mend::NewPolicy { section, name, statement } => {
                let place = |name: &str| [section.as_str(), "/", &escaped(name)].concat();
                // What goes to the same resource for the same reason is one policy.
                let numbers = std::iter::once(String::new())
                    .chain((2..100).map(|number: u32| ["-", &number.to_string()].concat()));
                let name = numbers
                    .map(|number| [name.as_str(), &number].concat())
                    .find(|name| at(&document, &place(name)).is_none())?;
                Some(vec![EditStep::Set { path: place(&name), value: policy_of(statement.clone()) }])
            }
            Mend::Value { statement, operator, key, value } => {
                opened(&mut document, statement, &mut steps)?;
                at(&document, statement)?.get("Effect")?;
                let place = [statement, "/Condition/", &escaped(operator), "/", &escaped(key)].concat();
                let value = Value::from(value.as_str());
                steps.push(match at(&document, &place) {
                    None => EditStep::Set { path: place, value },
                    Some(Value::List(_)) => EditStep::Insert { path: [&place, "/-"].concat(), value },
                    Some(one) => EditStep::Set { path: place, value: Value::List(vec![one.clone(), value].into()) },
                });
                Some(steps)
            }
            Mend::Principals { policy, principals } => {
                opened(&mut document, policy, &mut steps)?;
                let before = steps.len();
                let all = [policy, "/Statement"].concat();
                let places: Vec<String> = match at(&document, &all)? {
                    Value::List(elements) => {
                        (0..elements.len()).map(|at| [&all, "/", &at.to_string()].concat()).collect()
                    }
                    _ => vec![all],
                };
                for place in places {
                    let statement = at(&document, &place)?;
                    let is_everybody = |value: &Value| {
                        let named = value.get("AWS").unwrap_or(value);
                        named.as_text() == Some("*") || named.elements().iter().any(|one| one.as_text() == Some("*"))
                    };
                    let allows = statement.get("Effect").and_then(Value::as_text) == Some("Allow");
                    // What a condition limits is not public, and need not change.
                    let is_open =
                        statement.get("Condition").is_none() && statement.get("Principal").is_some_and(is_everybody);
                    if allows && is_open {
                        let value = Value::object([("AWS", Value::texts(principals))]);
                        steps.push(EditStep::Set { path: [&place, "/Principal"].concat(), value });
                    }
                }
                (steps.len() > before).then_some(steps)
            }
        }
    }
}

/// The step that adds a statement to a policy, of which one may stand without a list.
fn added(document: &Value, policy: &str, statement: &Value) -> Option<EditStep> {
    let place = [policy, "/Statement"].concat();
    Some(match at(document, &place)? {
        Value::List(_) => EditStep::Insert { path: [&place, "/-"].concat(), value: statement.clone() },
        one @ Value::Object(_) => {
            EditStep::Set { path: place, value: Value::List(vec![one.clone(), statement.clone()].into()) }
        }
        _ => return None,
    })
}

/// A statement that allows one action on one resource.
pub(super) fn allow(
    principal: Option<Value>,
    action: &str,
    resource: &str,
    conditions: Vec<(&str, &str, String)>,
) -> Value {
    let mut fields = vec![("Effect".to_owned(), Value::from("Allow"))];
    fields.extend(principal.map(|principal| ("Principal".to_owned(), principal)));
    fields.push(("Action".to_owned(), action.into()));
    fields.push(("Resource".to_owned(), resource.into()));
    let mut operators: Vec<(String, Value)> = Vec::new();
    for (operator, key, value) in conditions {
        let value = (key.to_owned(), Value::from(value));
        match operators.iter_mut().find(|(known, _)| known == operator) {
            Some((_, Value::Object(keys))) => keys.push(value),
            _ => operators.push((operator.to_owned(), Value::Object(vec![value].into()))),
        }
    }
    if !operators.is_empty() {
        fields.push(("Condition".to_owned(), Value::Object(operators.into())));
    }
    Value::Object(fields.into())
}

/// A name for a policy that allows an action on a resource: `allow-s3-GetObject-photos`.
pub(super) fn policy_name(action: &str, resource: &str) -> String {
    let of = resource.rsplit(':').next().unwrap_or_default();
    let mut name = String::from("allow");
    for part in [action, of] {
        for word in part.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
            name.push('-');
            name.push_str(word);
        }
    }
    name.truncate(MOST_OF_NAME);
    name
}

/// Characters of the name of a policy: half of what IAM takes.
const MOST_OF_NAME: usize = 64;

/// What a statement does, in the language of policies: `OnlyOurs: Deny s3:* on …`.
pub(super) fn described(document: &Value, pointer: &str) -> Option<String> {
    let mut owned = document.clone();
    opened(&mut owned, pointer, &mut Vec::new())?;
    let statement = at(&owned, pointer)?;
    let text = |name: &str| statement.get(name).map(list).filter(|text| !text.is_empty());
    let mut parts: Vec<String> = Vec::new();
    for name in ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource"] {
        parts.extend(text(name).map(|text| if name.starts_with("Not") { [name, " ", &text].concat() } else { text }));
    }
    for (operator, keys) in statement.get("Condition").map(Value::fields).unwrap_or_default() {
        for (key, values) in keys.fields() {
            parts.push([operator.as_str(), " ", key, " ", &list(values)].concat());
        }
    }
    Some(parts.join(" / "))
}

fn list(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(elements) => elements.iter().map(list).collect::<Vec<_>>().join(", "),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}
