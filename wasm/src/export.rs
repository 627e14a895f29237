//! The module `export`: documents and differences in, the languages of other tools out.

use serde::Serialize;
use vpcreach::Document;
use vpcreach::export::{self, Exported, Format, Sources};
use wasm_bindgen::prelude::*;

use crate::boundary::{Marks, language, write};

/// A document, or a difference of two, in another language.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename_all = "camelCase"))]
pub(crate) struct TakenAway {
    /// What to deploy, to run or to keep.
    text: String,
    /// JSON Pointers to what the text does not say.
    left_out: Vec<String>,
}

/// Writes the document in `text`, which is JSON, as YAML, Terraform's configuration or a CloudFormation template.
///
/// # Errors
/// When the format is another one.
#[wasm_bindgen(js_name = exportDocument, unchecked_return_type = "TakenAway")]
pub fn export_document(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "DocumentFormat")] format: &str,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.exportDocument");
    let document = Document::read(text).document;
    let Exported { text, left_out, .. } = match format {
        "terraform" => export::terraform(&document),
        "cloudformation" => export::cloudformation(&document),
        "yaml" => Exported { text: document.to_yaml(), ..Exported::default() },
        _ => return Err(JsError::new("the format is not \"yaml\", \"terraform\" or \"cloudformation\"")),
    };
    write(&TakenAway { text, left_out })
}

/// Writes what leads from one document to the other, both JSON.
///
/// # Errors
/// When format or language is another one.
#[wasm_bindgen(js_name = exportChange, unchecked_return_type = "TakenAway")]
pub fn export_change(
    before: &str,
    after: &str,
    #[wasm_bindgen(unchecked_param_type = "ChangeFormat")] format: &str,
    #[wasm_bindgen(unchecked_param_type = "Language")] lang: &str,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.exportChange");
    let format = match format {
        "terraform" => Format::Terraform,
        "cloudformation" => Format::CloudFormation,
        "cli" => Format::Cli,
        _ => return Err(JsError::new("the format is not \"terraform\", \"cloudformation\" or \"cli\"")),
    };
    let (before, after) = (Document::read(before).document, Document::read(after).document);
    let changed = export::change(&before, &after, format, language(lang)?, &Sources::default());
    write(&TakenAway { text: changed.text, left_out: changed.left_out })
}
