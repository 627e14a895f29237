//! The module `engine`: documents in, answers out.

use serde::{Deserialize, Serialize};
use vpcreach::diagram::{Diagram, diagram};
use vpcreach::{Answer, Document, Network};
use wasm_bindgen::prelude::*;

use crate::boundary::{language, read, write};

/// What a page asks.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AnalysisRequest {
    /// The workload; null: every one.
    #[cfg_attr(test, ts(optional = nullable))]
    from: Option<String>,
    /// The destination; null: every bucket.
    #[cfg_attr(test, ts(optional = nullable))]
    to: Option<String>,
    /// Port.
    #[cfg_attr(test, ts(optional = nullable))]
    port: Option<u16>,
    /// `tcp`, `udp` or `icmp`.
    #[cfg_attr(test, ts(optional = nullable))]
    protocol: Option<String>,
    /// The operation, such as `GetObject`.
    #[cfg_attr(test, ts(optional = nullable))]
    operation: Option<String>,
    /// `en` or `ja`.
    #[cfg_attr(test, ts(type = "\"en\" | \"ja\""))]
    lang: String,
}

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
    let request: AnalysisRequest = read(request)?;
    language(&request.lang)?;
    let reading = Document::from_json(text);
    let (network, _) = Network::resolve(&reading.document);
    write(&AnalysisResponse {
        answer: Answer { version: 1, checks: Vec::new(), diagnostics: Vec::new() },
        diagram: diagram(&network),
    })
}
