//! Pairs of documents, and templates that a difference is put into.

use vpcreach::edit::apply;
use vpcreach::repair::{RepairOptions, repair};
use vpcreach::{Document, Language, Selection};

use crate::{lesson, scenario};

/// A function whose request every layer refuses, and whose cure changes the policy of each.
pub const GUARDED: &str = r#"{
  "region": "us-east-1", "account": "111122223333",
  "vpcs": { "vpc-0a1b2c3d": { "cidr": "10.0.0.0/16" } },
  "subnets": { "subnet-0a1b2c3d": { "cidr": "10.0.1.0/24" } },
  "routeTables": { "rtb-0a1b2c3d": { "subnets": ["subnet-0a1b2c3d"] } },
  "vpcEndpoints": { "vpce-0a1b2c3d": { "service": "s3", "routeTables": ["rtb-0a1b2c3d"], "policy": {
    "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*" }] } } },
  "securityGroups": { "sg-0a1b2c3d": {} },
  "roles": { "reader-role": { "managedPolicies": ["logs"] } },
  "managedPolicies": { "logs": { "arn": "arn:aws:iam::111122223333:policy/logs", "policy": {
    "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "logs:*", "Resource": "*" }] } } },
  "kmsKeys": { "photos-key": { "arn": "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d", "policy": {
    "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/admin" }, "Action": "kms:*", "Resource": "*" }] } } },
  "functions": { "reader": { "subnets": ["subnet-0a1b2c3d"], "securityGroups": ["sg-0a1b2c3d"], "state": "Active", "role": "reader-role" } },
  "buckets": { "photos": { "kmsKey": "photos-key", "policy": { "Version": "2012-10-17", "Statement": [{
    "Sid": "OnlyOurs", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"],
    "Condition": { "StringNotEquals": { "aws:SourceVpce": "vpce-0fffffff" } } }] } } },
  "expect": [{ "from": "reader", "to": "s3://photos" }]
}"#;

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
    pairs.push(guarded());
    Ok(pairs)
}

/// The function that every layer refuses, and the same with the first cure.
pub fn guarded() -> Pair {
    let options = RepairOptions { expectation: Some(0), ..RepairOptions::default() };
    let repairs = repair(GUARDED, &Selection::default(), &options, Language::English);
    let cure = repairs.checks.first().and_then(|check| check.cures.first());
    let edit = cure.map(|cure| cure.edit.clone()).unwrap_or_default();
    let read = |text: &str| Document::read(text).document;
    ("guarded".to_owned(), read(GUARDED), read(&apply(GUARDED, &edit, Language::English).text))
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
