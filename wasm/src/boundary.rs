//! What crosses between Rust and JavaScript, and how.

use serde::{Serialize, de::DeserializeOwned};
use vpcreach::Language;
use wasm_bindgen::prelude::*;

/// The TypeScript types of everything that crosses, as `wasm-bindgen` copies them into the module's `.d.ts`.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../types.ts");

/// Prints a panic's message, which otherwise ends as a bare `unreachable`, and where it happened.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
}

/// Reads an envelope. It goes through JSON text, because a second deserialiser would cost the module more bytes.
pub(crate) fn read<T: DeserializeOwned>(envelope: &JsValue) -> Result<T, JsError> {
    let text: String =
        js_sys::JSON::stringify(envelope).map_err(|_| JsError::new("the request is not plain data"))?.into();
    serde_json::from_str(&text).map_err(|error| JsError::new(&format!("the request does not fit: {error}")))
}

/// Hands out a value as plain JavaScript data: `None` is null, maps are objects.
pub(crate) fn write<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| JsError::new(&error.to_string()))
}

/// A language by its code, `en` or `ja`.
pub(crate) fn language(code: &str) -> Result<Language, JsError> {
    match code {
        "en" => Ok(Language::English),
        "ja" => Ok(Language::Japanese),
        other => Err(JsError::new(&format!("no language {other:?}; there are en and ja"))),
    }
}
