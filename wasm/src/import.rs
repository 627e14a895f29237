//! The module `import`: other people's formats in, documents out.

use serde::Serialize;
use vpcreach::Document;
use vpcreach::answer::Diagnostic;
use vpcreach::import::{COLLECT_POLICY, CollectOptions, ImportOptions, SourceFile, import};
use wasm_bindgen::prelude::*;

use crate::boundary::{Envelope, Marks, language, write};

/// A document out of files.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Imported {
    /// The document, as JSON.
    document: String,
    /// What is wrong with the files, and what is missing.
    diagnostics: Vec<Diagnostic>,
    /// The functions, by name.
    functions: Vec<String>,
    /// The buckets, by name.
    buckets: Vec<String>,
    /// The parameters of the templates, for a form.
    parameters: Vec<Parameter>,
    /// Where parts of the document stand in the files.
    places: Vec<SourcePlace>,
}

/// A parameter of a template.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Parameter {
    /// Its name.
    name: String,
    /// Its type in CloudFormation's words.
    of_type: String,
    /// What it means, in its author's words.
    description: String,
    /// The value that holds unless another is given.
    default: Option<String>,
    /// The values that it can have; empty for any.
    allowed: Vec<String>,
}

/// Where a part of the document stands in a file.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct SourcePlace {
    /// Pointer into the document: a component, a route, a rule.
    pointer: String,
    /// The file's name.
    file: String,
    /// Line, from 1.
    line: u32,
    /// Column, from 1.
    column: u32,
    /// The resource's logical id or address.
    name: String,
}

/// A document out of YAML.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Converted {
    /// The document without its broken parts, as JSON.
    document: String,
    /// What is wrong with the text; lines and columns are those of the YAML.
    diagnostics: Vec<Diagnostic>,
}

/// Imports files into one document: AWS CLI output, templates, Terraform's plans, states and test output.
///
/// # Errors
/// When `files` are not `SourceFile`s, or `options` no `ImportOptions`. What is wrong with a file's content is among the diagnostics.
#[wasm_bindgen(js_name = importFiles, unchecked_return_type = "Imported")]
pub fn import_files(
    #[wasm_bindgen(unchecked_param_type = "readonly SourceFile[]")] files: &js_sys::Array,
    #[wasm_bindgen(unchecked_param_type = "Language")] lang: &str,
    #[wasm_bindgen(unchecked_param_type = "ImportOptions")] options: &JsValue,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.importFiles");
    let language = language(lang)?;
    let envelope = Envelope::of(options)?;
    let parameters = envelope.texts_by_name("parameters")?.into_iter().collect();
    let options = ImportOptions { parameters, region: envelope.text("region")?, ..ImportOptions::default() };
    let files: Vec<(String, Vec<u8>)> = files.iter().map(|file| named_bytes(&file)).collect::<Result<_, _>>()?;
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|(name, bytes)| SourceFile { name: name.clone(), bytes }).collect();
    let imported = import(&sources, &options);
    write(&Imported {
        document: imported.document.to_json(),
        diagnostics: imported.diagnostics(language),
        functions: imported.document.functions.keys().cloned().collect(),
        buckets: imported.document.buckets.keys().cloned().collect(),
        parameters: imported
            .parameters
            .iter()
            .map(|parameter| Parameter {
                name: parameter.name.clone(),
                of_type: parameter.of_type.clone(),
                description: parameter.description.clone(),
                default: parameter.default.clone(),
                allowed: parameter.allowed.clone(),
            })
            .collect(),
        places: imported
            .sources
            .iter()
            .map(|(pointer, place)| SourcePlace {
                pointer: pointer.to_owned(),
                file: place.location.file.clone(),
                line: place.location.line,
                column: place.location.column,
                name: place.name.clone(),
            })
            .collect(),
    })
}

fn named_bytes(file: &JsValue) -> Result<(String, Vec<u8>), JsError> {
    let file = Envelope::of(file)?;
    Ok((file.text("name")?.unwrap_or_default(), file.bytes("bytes")?))
}

/// Turns a document in YAML into one in JSON.
///
/// # Errors
/// When the language is unknown. What is wrong with the text is among the diagnostics.
#[wasm_bindgen(js_name = yamlToJson, unchecked_return_type = "Converted")]
pub fn yaml_to_json(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "Language")] lang: &str,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.yamlToJson");
    let reading = Document::from_yaml(text);
    write(&Converted { document: reading.document.to_json(), diagnostics: reading.diagnostics(language(lang)?) })
}

/// The script that collects one VPC into one file, with the AWS CLI.
///
/// # Errors
/// When `options` do not have the shape of `CollectOptions`.
#[wasm_bindgen(js_name = collectScript)]
pub fn collect_script(
    #[wasm_bindgen(unchecked_param_type = "CollectOptions")] options: &JsValue,
) -> Result<String, JsError> {
    let options = Envelope::of(options)?;
    Ok(vpcreach::import::collect_script(&CollectOptions {
        vpc: options.text("vpc")?,
        functions: options.texts("functions")?,
        buckets: options.texts("buckets")?,
        region: options.text("region")?,
        profile: options.text("profile")?,
    }))
}

/// The permissions that the script takes, as an IAM policy document.
#[wasm_bindgen(js_name = collectPolicy)]
pub fn collect_policy() -> String {
    COLLECT_POLICY.to_owned()
}
