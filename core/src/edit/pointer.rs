//! Goes to a place in a document, and changes what is there.

use super::problem::EditFlaw;
use super::value::Value;
use crate::document::Document;
use crate::document::slot::{Shape, Slot};
use crate::nearest::nearest;

/// The steps of a JSON pointer (RFC 6901).
pub(super) fn steps(pointer: &str) -> Result<Vec<String>, EditFlaw> {
    if pointer.is_empty() {
        return Ok(Vec::new());
    }
    let Some(rest) = pointer.strip_prefix('/') else {
        return Err(EditFlaw::BadPointer { pointer: pointer.to_owned() });
    };
    Ok(rest.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect())
}

/// A step as it stands in a pointer.
pub(super) fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

fn pointer(steps: &[String]) -> String {
    steps.iter().flat_map(|step| ["/".to_owned(), escaped(step)]).collect()
}

/// What the format has at a place.
struct Format {
    /// Whether it is a list, or may be one.
    is_list: bool,
    /// The names of its fields, in the order of the format; empty where any name goes.
    fields: Vec<String>,
}

fn format_at(steps: &[String]) -> Format {
    let mut document = Document::default();
    let mut slot: &mut dyn Slot = &mut document;
    for step in steps {
        let is_list = slot.shape() == Shape::List || step == "-";
        let next = if is_list && slot.open(Shape::List) {
            slot.element()
        } else if slot.open(Shape::Object) {
            slot.part(step)
        } else {
            None
        };
        match next {
            Some(next) => slot = next,
            None => return Format { is_list: false, fields: Vec::new() },
        }
    }
    let is_list = slot.open(Shape::List);
    slot.open(Shape::Object);
    Format { is_list, fields: slot.part_names() }
}

/// The names of the fields at a place, in the order of the format; empty where any name goes.
pub(super) fn format_fields(steps: &[String]) -> Vec<String> {
    format_at(steps).fields
}

/// The position of an element in a list of that length; the length itself for `-`.
fn index(step: &str, length: usize) -> Option<usize> {
    match step {
        "-" => Some(length),
        "0" => Some(0),
        _ if step.starts_with(|first: char| first.is_ascii_digit() && first != '0') => step.parse().ok(),
        _ => None,
    }
}

/// Puts a value at a place. What is missing on the way is made.
pub(super) fn set(document: &mut Value, path: &str, value: Value) -> Result<(), EditFlaw> {
    let steps = steps(path)?;
    let Some((last, before)) = steps.split_last() else {
        if !matches!(value, Value::Object(_)) {
            return Err(EditFlaw::NotADocument);
        }
        *document = value;
        return Ok(());
    };
    let holder = reach(document, before)?;
    match holder {
        Value::List(elements) => match index(last, elements.len()) {
            Some(position) if position < elements.len() => {
                if let Some(element) = elements.get_mut(position) {
                    *element = value;
                }
                Ok(())
            }
            Some(position) if position == elements.len() => {
                elements.push(value);
                Ok(())
            }
            _ => Err(nothing_at(path, &[])),
        },
        Value::Object(fields) => {
            put(fields, last, value, || format_at(before).fields);
            Ok(())
        }
        _ => Err(EditFlaw::NoContainer { pointer: pointer(before) }),
    }
}

/// Puts a field at its place: where it is, else where the format has it, else at the end.
pub(super) fn put(fields: &mut Vec<(String, Value)>, name: &str, value: Value, order: impl FnOnce() -> Vec<String>) {
    if let Some((_, place)) = fields.iter_mut().find(|(field, _)| field == name) {
        *place = value;
        return;
    }
    let position = position_of(fields.iter().map(|(field, _)| field.as_str()), name, &order());
    fields.insert(position, (name.to_owned(), value));
}

/// Where a new field belongs: behind those that the format has before it, else at the end.
pub(super) fn position_of<'n>(
    fields: impl DoubleEndedIterator<Item = &'n str> + ExactSizeIterator + Clone,
    name: &str,
    order: &[String],
) -> usize {
    let length = fields.len();
    let rank = |field: &str| order.iter().position(|known| known == field);
    let Some(own) = rank(name) else { return length };
    let behind = fields.clone().rposition(|field| rank(field).is_some_and(|other| other < own));
    let mut fields = fields;
    behind
        .map(|position| position + 1)
        .or_else(|| fields.position(|field| rank(field).is_some_and(|other| other > own)))
        .unwrap_or(length)
}

/// The place where something is to be put, made where it is missing.
fn reach<'v>(document: &'v mut Value, steps: &[String]) -> Result<&'v mut Value, EditFlaw> {
    let mut value = document;
    for (depth, step) in steps.iter().enumerate() {
        let (before, through) = (steps.get(..depth).unwrap_or_default(), steps.get(..=depth).unwrap_or_default());
        let made = || if format_at(through).is_list { Value::List(Vec::new()) } else { Value::Object(Vec::new()) };
        value = match value {
            Value::Object(fields) => {
                if !fields.iter().any(|(field, value)| field == step && *value != Value::Null) {
                    put(fields, step, made(), || format_at(before).fields);
                }
                let field = fields.iter_mut().find(|(field, _)| field == step).map(|(_, value)| value);
                field.ok_or_else(|| nothing_at(&pointer(through), &[]))?
            }
            Value::List(elements) => {
                let position = index(step, elements.len());
                if position == Some(elements.len()) {
                    elements.push(made());
                }
                let element = position.and_then(|position| elements.get_mut(position));
                element.ok_or_else(|| nothing_at(&pointer(through), &[]))?
            }
            _ => return Err(EditFlaw::NoContainer { pointer: pointer(before) }),
        };
    }
    Ok(value)
}

/// Takes away a field or an element, and a section with its last component.
pub(super) fn remove(document: &mut Value, path: &str) -> Result<Value, EditFlaw> {
    let steps = steps(path)?;
    let Some((last, before)) = steps.split_last() else { return Err(EditFlaw::NotADocument) };
    let mut holder = document;
    for (depth, step) in before.iter().enumerate() {
        let through = || pointer(steps.get(..=depth).unwrap_or_default());
        holder = match holder {
            Value::Object(fields) => {
                let Some(position) = fields.iter().position(|(field, _)| field == step) else {
                    return Err(nothing_at(&through(), fields));
                };
                fields.get_mut(position).map(|(_, value)| value).ok_or_else(|| nothing_at(&through(), &[]))?
            }
            Value::List(elements) => {
                let position = index(step, elements.len());
                let element = position.and_then(|position| elements.get_mut(position));
                element.ok_or_else(|| nothing_at(&through(), &[]))?
            }
            _ => return Err(nothing_at(&through(), &[])),
        };
    }
    match holder {
        Value::Object(fields) => match fields.iter().position(|(field, _)| field == last) {
            Some(position) => Ok(fields.remove(position).1),
            None => Err(nothing_at(path, fields)),
        },
        Value::List(elements) => match index(last, elements.len()).filter(|position| *position < elements.len()) {
            Some(position) => Ok(elements.remove(position)),
            None => Err(nothing_at(path, &[])),
        },
        _ => Err(nothing_at(path, &[])),
    }
}

/// Puts an element into a list, before the one that is named.
pub(super) fn insert(document: &mut Value, path: &str, value: Value) -> Result<(), EditFlaw> {
    let steps = steps(path)?;
    let Some((last, before)) = steps.split_last() else { return Err(EditFlaw::NotADocument) };
    let may_be_list = format_at(before).is_list;
    let holder = reach(document, before)?;
    // One text may stand for a list of one.
    if may_be_list && let Value::Text(text) = holder {
        *holder = Value::List(vec![Value::Text(std::mem::take(text))]);
    }
    let Value::List(elements) = holder else { return Err(EditFlaw::NoList { pointer: pointer(before) }) };
    match index(last, elements.len()).filter(|position| *position <= elements.len()) {
        Some(position) => {
            elements.insert(position, value);
            Ok(())
        }
        None => Err(nothing_at(path, &[])),
    }
}

fn nothing_at(pointer: &str, beside: &[(String, Value)]) -> EditFlaw {
    let name = pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let nearest = nearest(&name, beside.iter().map(|(field, _)| field.as_str())).map(str::to_owned);
    EditFlaw::NothingThere { pointer: pointer.to_owned(), nearest }
}
