//! Pairs of documents, and templates that a difference is put into.

use vpcreach::Document;

use crate::{lesson, scenario};

/// A name with the document before and after.
pub type Pair = (String, Document, Document);

/// Differences of all kinds: everything of a scenario made and removed, one scenario turned into the next, lessons.
///
/// # Errors
/// Names the first file that cannot be read.
pub fn pairs() -> Result<Vec<Pair>, String> {
    let scenarios = scenario::all()?;
    let mut pairs = Vec::new();
    let followers = scenarios.iter().cycle().skip(1);
    for (scenario, next) in scenarios.iter().zip(followers) {
        let (name, document) = (&scenario.name, scenario.document.clone());
        let nothing = Document { region: document.region.clone(), ..Document::default() };
        pairs.push((format!("{name} made"), nothing.clone(), document.clone()));
        pairs.push((format!("{name} removed"), document.clone(), nothing));
        pairs.push((format!("{name} to {}", next.name), document, next.document.clone()));
    }
    pairs.extend(lessons()?);
    Ok(pairs)
}

/// What the solutions of the lessons change.
///
/// # Errors
/// Names the first file that cannot be read, or the step that cannot be made.
pub fn lessons() -> Result<Vec<Pair>, String> {
    let read = |text: &str| Document::read(text).document;
    let mut pairs = Vec::new();
    for lesson in lesson::all()? {
        let solved = lesson.played(0..lesson.solution.steps.len())?;
        pairs.push((lesson.name.clone(), read(&lesson.text()), read(&solved)));
    }
    Ok(pairs)
}

/// A template with a fragment put into it, as the fragment's metadata say; none where the two do not fit.
pub fn merged_template(before: &str, fragment: &str) -> Option<String> {
    let mut template: serde_json::Value = serde_json::from_str(before).ok()?;
    let fragment: serde_json::Value = serde_json::from_str(fragment).ok()?;
    let resources = template.get_mut("Resources")?.as_object_mut()?;
    let told = |name: &str| fragment.get("Metadata").and_then(|metadata| metadata.get(name));
    for removed in told("Remove").and_then(|removed| removed.as_array()).into_iter().flatten() {
        resources.remove(removed.as_str()?)?;
    }
    for (name, gone) in told("RemoveProperties").and_then(|gone| gone.as_object()).into_iter().flatten() {
        for property in gone.as_array()? {
            resources.get_mut(name)?.get_mut("Properties")?.as_object_mut()?.remove(property.as_str()?)?;
        }
    }
    let changed = told("Change").and_then(|changed| changed.as_array()).cloned().unwrap_or_default();
    for (name, resource) in fragment.get("Resources")?.as_object()? {
        if !changed.iter().any(|one| one == name) {
            if resources.insert(name.clone(), resource.clone()).is_some() {
                return None;
            }
            continue;
        }
        let body = resources.get_mut(name)?.as_object_mut()?;
        let properties = body.entry("Properties").or_insert_with(|| serde_json::json!({})).as_object_mut()?;
        for (property, value) in resource.get("Properties")?.as_object()? {
            properties.insert(property.clone(), value.clone());
        }
    }
    Some(template.to_string())
}
