//! The module `repair`: a document in, proven cures out.

use vpcreach::repair;
use wasm_bindgen::prelude::*;

use crate::boundary::{Envelope, Marks, language, selection, write};

/// Finds what mends the checks of the request about the document in `text`, which is JSON.
///
/// # Errors
/// When `request` does not have the shape of a `RepairRequest`. What is wrong with the document is in the answer.
#[wasm_bindgen(unchecked_return_type = "Repairs")]
pub fn repair(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "RepairRequest")] request: &JsValue,
) -> Result<JsValue, JsError> {
    let _marks = Marks::begin("vpcreach.repair");
    let request = Envelope::of(request)?;
    let selection = selection(&request)?;
    let language = language(&request.text("lang")?.unwrap_or_default())?;
    let default = repair::RepairOptions::default();
    let options = repair::RepairOptions {
        gigabytes_per_month: request.number("gigabytesPerMonth")?.map_or(default.gigabytes_per_month, u32::from),
        hours_per_month: request.number("hoursPerMonth")?.map_or(default.hours_per_month, u32::from),
        most: request.number("most")?.map_or(default.most, usize::from),
        expectation: request.number("expectation")?.map(usize::from),
    };
    write(&repair::repair(text, &selection, &options, language))
}
