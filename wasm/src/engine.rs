//! The module `engine` and its kin: documents in, answers out.

use serde::Serialize;
use vpcreach::Answer;
use vpcreach::check::answer_text;
use vpcreach::diagram::{Diagram, diagram};
use vpcreach::json::to_text;
use wasm_bindgen::prelude::*;

use crate::boundary::{Envelope, Marks, language, parsed, selection};

/// What a page gets.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnalysisResponse {
    /// The answers.
    answer: Answer,
    /// The configuration as nested boxes.
    diagram: Diagram,
}

/// Answers the request about the document in `text`, which is JSON. Null from the modules `engine` and `engine-ja`: the
/// answer needs what only the module with everything has.
///
/// # Errors
/// When `request` does not have the shape of an `AnalysisRequest`. What is wrong with the document is in the answer.
#[wasm_bindgen(unchecked_return_type = "AnalysisResponse | null")]
pub fn analyze(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "AnalysisRequest")] request: &JsValue,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.analyze");
    let request = Envelope::of(request)?;
    let selection = selection(&request)?;
    let language = language(&request.text("lang")?.unwrap_or_default())?;
    let asked = (!request.flag("drawOnly")?).then_some(&selection);
    let Some((answer, network)) = answer_text(text, asked, language) else { return Ok(JsValue::NULL) };
    let response = to_text(&AnalysisResponse { answer, diagram: diagram(&network) });
    response.map(|text| parsed(&text)).ok_or_else(|| JsError::new("the answer cannot be written"))
}
