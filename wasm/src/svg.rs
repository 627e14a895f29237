//! The module `svg`: a document in, a picture out.

use vpcreach::check::check_resolved;
use vpcreach::diagram::diagram;
use vpcreach::{Document, Network};
use wasm_bindgen::prelude::*;

use crate::boundary::{Envelope, Marks, language, selection};

/// Draws the document in `text`, which is JSON, with the path of the first answer to the request.
///
/// # Errors
/// When `request` does not have the shape of an `AnalysisRequest`.
#[wasm_bindgen]
pub fn svg(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "AnalysisRequest")] request: &JsValue,
) -> Result<String, JsError> {
    let _marks = Marks::begin("vpcreach.svg");
    let request = Envelope::of(request)?;
    let language = language(&request.text("lang")?.unwrap_or_default())?;
    let document = Document::from_json(text).document;
    let (network, _) = Network::resolve(&document);
    let answer = check_resolved(&document, &network, &[], &selection(&request)?, language);
    Ok(vpcreach::svg::svg(&diagram(&network), &answer, language))
}
