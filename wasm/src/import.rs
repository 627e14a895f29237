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

/// Imports files of AWS CLI output into one document.
///
/// # Errors
/// When `files` are not `SourceFile`s. What is wrong with a file's content is among the diagnostics.
#[wasm_bindgen(js_name = importFiles, unchecked_return_type = "Imported")]
pub fn import_files(
    #[wasm_bindgen(unchecked_param_type = "readonly SourceFile[]")] files: &js_sys::Array,
    #[wasm_bindgen(unchecked_param_type = "Language")] lang: &str,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.importFiles");
    let language = language(lang)?;
    let files: Vec<(String, Vec<u8>)> = files.iter().map(|file| named_bytes(&file)).collect::<Result<_, _>>()?;
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|(name, bytes)| SourceFile { name: name.clone(), bytes }).collect();
    let imported = import(&sources, &ImportOptions::default());
    write(&Imported {
        document: imported.document.to_json(),
        diagnostics: imported.diagnostics(language),
        functions: imported.document.functions.keys().cloned().collect(),
        buckets: imported.document.buckets.keys().cloned().collect(),
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
