//! Reads edits and wishes.
//!
//! Both go through [`Value`], so that one decoder serves them, and values keep the order of their keys.

use serde::de::{Deserialize, Deserializer, Error};

use super::value::Value;
use super::{Addition, Edit, EditStep, Proposal, Relocation};
use crate::component::ComponentKind;
use crate::nearest::nearest;

impl<'de> Deserialize<'de> for Edit {
    fn deserialize<D: Deserializer<'de>>(decoder: D) -> Result<Self, D::Error> {
        edit(Value::deserialize(decoder)?).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for EditStep {
    fn deserialize<D: Deserializer<'de>>(decoder: D) -> Result<Self, D::Error> {
        step(Value::deserialize(decoder)?).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Proposal {
    fn deserialize<D: Deserializer<'de>>(decoder: D) -> Result<Self, D::Error> {
        proposal(Value::deserialize(decoder)?).map_err(D::Error::custom)
    }
}

fn edit(value: Value) -> Result<Edit, String> {
    let mut fields = Fields::of(value)?;
    let Some(Value::List(steps)) = fields.take("steps") else { return Err("`steps` is not a list".into()) };
    fields.end()?;
    Ok(Edit { steps: steps.into_iter().map(step).collect::<Result<_, _>>()? })
}

fn step(value: Value) -> Result<EditStep, String> {
    const OPERATIONS: [&str; 7] =
        ["set", "remove", "insert", "addComponent", "removeComponent", "renameComponent", "duplicateComponent"];
    let mut fields = Fields::of(value)?;
    let operation = fields.text("op")?;
    let step = match operation.as_str() {
        "set" => EditStep::Set { path: fields.text("path")?, value: fields.value()? },
        "remove" => EditStep::Remove { path: fields.text("path")? },
        "insert" => EditStep::Insert { path: fields.text("path")?, value: fields.value()? },
        "addComponent" => EditStep::AddComponent { component: fields.text("component")?, value: fields.value()? },
        "removeComponent" => EditStep::RemoveComponent { component: fields.text("component")? },
        "renameComponent" => {
            EditStep::RenameComponent { component: fields.text("component")?, name: fields.text("name")? }
        }
        "duplicateComponent" => {
            EditStep::DuplicateComponent { component: fields.text("component")?, name: fields.text("name")? }
        }
        other => return Err(unknown("op", other, OPERATIONS)),
    };
    fields.end()?;
    Ok(step)
}

fn proposal(value: Value) -> Result<Proposal, String> {
    let mut fields = Fields::of(value)?;
    let proposal = if let Some(moved) = fields.optional("move")? {
        Proposal::Move(Relocation { r#move: moved, to: fields.text("to")?, from: fields.optional("from")? })
    } else {
        let word = fields.text("add")?;
        let kind = ComponentKind::ALL.iter().find(|kind| kind.as_str() == word);
        let words = || ComponentKind::ALL.iter().map(|kind| kind.as_str());
        let add = *kind.ok_or_else(|| unknown("add", &word, words()))?;
        Proposal::Add(Addition {
            add,
            at: fields.optional("at")?,
            r#type: fields.optional("type")?,
            service: fields.optional("service")?,
        })
    };
    fields.end()?;
    Ok(proposal)
}

fn unknown<'a>(field: &str, word: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    let meant = nearest(word, words).map(|near| [". Did you mean `", near, "`?"].concat()).unwrap_or_default();
    ["`", field, "` cannot be `", word, "`", &meant].concat()
}

/// The fields of an object that are not read yet.
struct Fields(Vec<(String, Value)>);

impl Fields {
    fn of(value: Value) -> Result<Fields, String> {
        match value {
            Value::Object(fields) => Ok(Fields(fields.into_iter().collect())),
            _ => Err("an object belongs here".into()),
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        let position = self.0.iter().position(|(field, _)| field == name)?;
        Some(self.0.remove(position).1)
    }

    fn value(&mut self) -> Result<Value, String> {
        self.take("value").ok_or_else(|| "the field `value` is missing".into())
    }

    fn optional(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(["`", name, "` is not a text"].concat()),
        }
    }

    fn text(&mut self, name: &str) -> Result<String, String> {
        self.optional(name)?.ok_or_else(|| ["the field `", name, "` is missing"].concat())
    }

    fn end(self) -> Result<(), String> {
        match self.0.first() {
            Some((name, _)) => Err(["there is no field `", name, "` here"].concat()),
            None => Ok(()),
        }
    }
}
