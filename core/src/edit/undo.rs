//! The way back.

use std::collections::BTreeMap;

use super::pointer::{escaped, position_of, shape_at};
use super::value::Value;
use super::{Edit, EditStep, components, make};

/// The edit that leads from `after` back to `before`; `renamed` is `before` under the names of the renames.
pub(super) fn undo(before: &Value, renamed: &Value, renames: &[(String, String)], after: &Value) -> Edit {
    let mut steps = Vec::new();
    back(&mut Vec::new(), after, renamed, &mut steps);
    for (address, name) in renames.iter().rev() {
        let Ok((component, _)) = components::component(address) else { continue };
        let component_now = [component.kind.as_str(), "/", name].concat();
        steps.push(EditStep::RenameComponent { component: component_now, name: component.name });
    }
    // A name that had to be written as `kind/name` on the way is not written back as it was.
    let mut back = after.clone();
    let is_exact = steps.iter().all(|step| make(&mut back, step).is_ok()) && back == *before;
    if !is_exact {
        steps = vec![EditStep::Set { path: String::new(), value: before.clone() }];
    }
    Edit { steps }
}

/// Steps from one value to the other at the place.
fn back(place: &mut Vec<String>, from: &Value, to: &Value, steps: &mut Vec<EditStep>) {
    if from == to {
        return;
    }
    match (from, to) {
        (Value::Object(old), Value::Object(new)) if keeps_order(place, old, new) => {
            let (now, was) = (places(new), places(old));
            for (name, _) in old.iter().filter(|(name, _)| !now.contains_key(name.as_str())) {
                steps.push(EditStep::Remove { path: pointer(place, name) });
            }
            for (name, value) in new {
                match was.get(name.as_str()).and_then(|position| old.get(*position)) {
                    Some((_, old)) => {
                        place.push(name.clone());
                        back(place, old, value, steps);
                        place.pop();
                    }
                    None => steps.push(EditStep::Set { path: pointer(place, name), value: value.clone() }),
                }
            }
        }
        (Value::List(old), Value::List(new)) => {
            let same = old.iter().zip(new).take_while(|(one, other)| one == other).count();
            let shorter = old.len().min(new.len()) - same;
            let same_end =
                old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(|(one, other)| one == other).count();
            for position in (same..old.len() - same_end).rev() {
                steps.push(EditStep::Remove { path: pointer(place, &position.to_string()) });
            }
            for (position, value) in new.iter().enumerate().take(new.len() - same_end).skip(same) {
                let path = pointer(place, &position.to_string());
                steps.push(EditStep::Insert { path, value: value.clone() });
            }
        }
        _ => {
            let path = place.iter().map(|step| ["/", &escaped(step)].concat()).collect();
            steps.push(EditStep::Set { path, value: to.clone() });
        }
    }
}

/// Whether removing and setting the fields one by one gives them their order.
fn keeps_order(place: &[String], from: &[(String, Value)], to: &[(String, Value)]) -> bool {
    let shape = shape_at(place);
    let known = places(from);
    let wanted = places(to);
    if known.len() != from.len() || wanted.len() != to.len() {
        // A name that stands twice cannot be told by it.
        return false;
    }
    let mut names: Vec<&str> =
        from.iter().map(|(name, _)| name.as_str()).filter(|name| wanted.contains_key(name)).collect();
    for name in to.iter().map(|(name, _)| name.as_str()).filter(|name| !known.contains_key(name)) {
        let position = position_of(&names, name, shape);
        names.insert(position, name);
    }
    names.into_iter().eq(to.iter().map(|(name, _)| name.as_str()))
}

/// Positions by name; of two alike, the last one.
fn places(fields: &[(String, Value)]) -> BTreeMap<&str, usize> {
    let mut places = BTreeMap::new();
    places.extend(fields.iter().enumerate().map(|(position, (name, _))| (name.as_str(), position)));
    places
}

fn pointer(place: &[String], last: &str) -> String {
    place.iter().map(String::as_str).chain([last]).map(|step| ["/", &escaped(step)].concat()).collect()
}
