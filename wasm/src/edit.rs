//! The module `edit`: edits and wishes in, changed documents out.

use serde::de::DeserializeOwned;
use vpcreach::edit;
use wasm_bindgen::prelude::*;

use crate::boundary::{Marks, language, write};

/// Applies an edit to the document in `text`, which is JSON.
///
/// # Errors
/// When `edit` does not have the shape of an `Edit`. An edit that cannot be made is a problem of the answer.
#[wasm_bindgen(js_name = applyEdit, unchecked_return_type = "Applied")]
pub fn apply_edit(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "Edit")] edit: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Language")] lang: &str,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.applyEdit");
    write(&edit::apply(text, &read(edit)?, language(lang)?))
}

/// A sensible edit for a wish, and what usually goes with it.
///
/// # Errors
/// When `proposal` does not have the shape of a `Proposal`. A wish for which there is no edit is a problem of the answer.
#[wasm_bindgen(unchecked_return_type = "Proposed")]
pub fn propose(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "Proposal")] proposal: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Language")] lang: &str,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.propose");
    write(&edit::propose(text, &read(proposal)?, language(lang)?))
}

/// A value that JavaScript hands in, by way of JSON: values of any shape keep the order of their keys, and the decoder
/// that reads documents reads these too.
fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsError> {
    let text = js_sys::JSON::stringify(value).map_err(|_| JsError::new("the request is not JSON"))?;
    serde_json::from_str(&text.as_string().unwrap_or_default())
        .map_err(|error| JsError::new(&["the request does not fit: ", &error.to_string()].concat()))
}
