//! The module `engine`: documents in, answers out.

use serde::Serialize;
use vpcreach::check::check_resolved;
use vpcreach::diagram::{Diagram, diagram};
use vpcreach::document::locate;
use vpcreach::{Answer, Document, Network};
use wasm_bindgen::prelude::*;

use crate::boundary::{Envelope, Marks, language, selection, write};

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

/// Answers the request about the document in `text`, which is JSON.
///
/// # Errors
/// When `request` does not have the shape of an `AnalysisRequest`. What is wrong with the document is in the answer.
#[wasm_bindgen(unchecked_return_type = "AnalysisResponse")]
pub fn analyze(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "AnalysisRequest")] request: &JsValue,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.analyze");
    let request = Envelope::of(request)?;
    let selection = selection(&request)?;
    let language = language(&request.text("lang")?.unwrap_or_default())?;
    let mut reading = Document::from_json(text);
    let (network, problems) = Network::resolve(&reading.document);
    reading.problems.extend(problems);
    locate(text, &mut reading.problems);
    let answer = check_resolved(&reading.document, &network, &reading.problems, &selection, language);
    write(&AnalysisResponse { answer, diagram: diagram(&network) })
}
