//! Goes to a place in a document, and changes what is there.

use super::problem::EditFlaw;
use super::shared::Shared;
use super::value::Value;
use crate::document::Document;
use crate::document::form::{HasShape, Shaped};
use crate::nearest::nearest;

/// The steps of a JSON pointer (RFC 6901).
pub(crate) fn steps(pointer: &str) -> Result<Vec<String>, EditFlaw> {
    if pointer.is_empty() {
        return Ok(Vec::new());
    }
    let Some(rest) = pointer.strip_prefix('/') else {
        return Err(EditFlaw::BadPointer { pointer: pointer.to_owned() });
    };
    Ok(rest.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect())
}

/// A step as it stands in a pointer.
pub(crate) fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

fn pointer(steps: &[String]) -> String {
    steps.iter().flat_map(|step| ["/".to_owned(), escaped(step)]).collect()
}

/// What the format has at a place.
pub(super) fn shape_at<T: AsRef<str>>(steps: &[T]) -> &'static Shaped {
    steps.iter().fold(&Document::SHAPE, |shape, step| shape.step(step.as_ref()))
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
            put(fields, last, value, shape_at(before));
            Ok(())
        }
        _ => Err(EditFlaw::NoContainer { pointer: pointer(before) }),
    }
}

/// Puts a field at its place: where it is, else where the format has it, else at the end.
pub(super) fn put(fields: &mut Vec<(String, Value)>, name: &str, value: Value, shape: &Shaped) {
    if let Some((_, place)) = fields.iter_mut().find(|(field, _)| field == name) {
        *place = value;
        return;
    }
    let mut names = Vec::with_capacity(fields.len());
    if shape.rank(name).is_some() {
        names.extend(fields.iter().map(|(field, _)| field.as_str()));
    }
    let position = if names.is_empty() { fields.len() } else { position_of(&names, name, shape) };
    fields.insert(position, (name.to_owned(), value));
}

/// Where a new field belongs: behind those that the format has before it, else at the end.
pub(super) fn position_of(fields: &[&str], name: &str, shape: &Shaped) -> usize {
    let Some(own) = shape.rank(name) else { return fields.len() };
    let behind = fields.iter().rposition(|field| shape.rank(field).is_some_and(|other| other < own));
    let before = || fields.iter().position(|field| shape.rank(field).is_some_and(|other| other > own));
    behind.map(|position| position + 1).or_else(before).unwrap_or(fields.len())
}

/// The place where something is to be put, made where it is missing.
fn reach<'v>(document: &'v mut Value, steps: &[String]) -> Result<&'v mut Value, EditFlaw> {
    let mut value = document;
    for (depth, step) in steps.iter().enumerate() {
        let (before, through) = (steps.get(..depth).unwrap_or_default(), steps.get(..=depth).unwrap_or_default());
        let made = || {
            if shape_at(through).is_list() { Value::List(Shared::default()) } else { Value::Object(Shared::default()) }
        };
        value = match value {
            Value::Object(fields) => {
                if !fields.iter().any(|(field, value)| field == step && *value != Value::Null) {
                    put(fields, step, made(), shape_at(before));
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
    let may_be_list = shape_at(before).is_list();
    let holder = reach(document, before)?;
    // One text may stand for a list of one.
    if may_be_list && let Value::Text(text) = holder {
        *holder = Value::List(vec![Value::Text(std::mem::take(text))].into());
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
