//! What crosses between Rust and JavaScript, and how.

#[cfg(any(feature = "edit", feature = "export", feature = "import", feature = "repair"))]
use serde::Serialize;
use vpcreach::Language;
use wasm_bindgen::prelude::*;

/// The TypeScript types of everything that crosses, as `wasm-bindgen` copies them into the module's `.d.ts`.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../types.ts");

/// The shapes that JavaScript hands in, which are read field by field: a derived deserialiser would cost 5 KB more.
#[wasm_bindgen(typescript_custom_section)]
const ENVELOPES: &str = include_str!("../envelopes.ts");

/// Smaller than the standard library's allocator, which is written for every platform.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What the engine needs of JavaScript. The crates js-sys and serde-wasm-bindgen would be 6 KB of what every page loads,
/// so that only the other modules have them.
#[wasm_bindgen]
extern "C" {
    #[cfg(any(feature = "analyze", feature = "import", feature = "repair", feature = "svg"))]
    #[wasm_bindgen(js_namespace = Reflect, js_name = get, catch)]
    fn field_of(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    /// The value of a JSON text.
    #[cfg(feature = "analyze")]
    #[wasm_bindgen(js_namespace = JSON, js_name = parse)]
    pub(crate) fn parsed(text: &str) -> JsValue;
}

/// An object that JavaScript hands in.
#[cfg(any(feature = "analyze", feature = "import", feature = "repair", feature = "svg"))]
pub(crate) struct Envelope<'a>(&'a JsValue);

#[cfg(any(feature = "analyze", feature = "import", feature = "repair", feature = "svg"))]
impl<'a> Envelope<'a> {
    /// An envelope around anything that is an object.
    pub(crate) fn of(value: &'a JsValue) -> Result<Self, JsError> {
        if value.is_object() { Ok(Envelope(value)) } else { Err(JsError::new("the request is not an object")) }
    }

    /// A field, unless it is left out, undefined or null.
    fn field(&self, name: &str) -> Result<Option<JsValue>, JsError> {
        let value = field_of(self.0, name).map_err(|_| misfit(name, "readable"))?;
        Ok(if value.is_null() || value.is_undefined() { None } else { Some(value) })
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, JsError> {
        self.field(name)?.map(|value| value.as_string().ok_or_else(|| misfit(name, "a text"))).transpose()
    }

    /// A whole number from 0 to 65535.
    #[cfg(any(feature = "analyze", feature = "repair", feature = "svg"))]
    pub(crate) fn number(&self, name: &str) -> Result<Option<u16>, JsError> {
        let whole = |value: f64| (0.0..=65535.0).contains(&value) && value.fract() == 0.0;
        let number = |value: JsValue| value.as_f64().filter(|value| whole(*value)).map(|value| value as u16);
        self.field(name)?
            .map(|value| number(value).ok_or_else(|| misfit(name, "a whole number up to 65535")))
            .transpose()
    }

    /// A truth value; false when left out.
    #[cfg(feature = "analyze")]
    pub(crate) fn flag(&self, name: &str) -> Result<bool, JsError> {
        let value = self.field(name)?;
        value.map_or(Ok(false), |value| value.as_bool().ok_or_else(|| misfit(name, "true or false")))
    }

    /// A list of texts; empty when left out.
    #[cfg(feature = "import")]
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, JsError> {
        let Some(value) = self.field(name)? else { return Ok(Vec::new()) };
        let list: js_sys::Array = value.dyn_into().map_err(|_| misfit(name, "a list"))?;
        list.iter().map(|item| item.as_string().ok_or_else(|| misfit(name, "a list of texts"))).collect()
    }

    /// The texts of an object, by name; empty when left out.
    #[cfg(feature = "import")]
    pub(crate) fn texts_by_name(&self, name: &str) -> Result<Vec<(String, String)>, JsError> {
        let Some(value) = self.field(name)? else { return Ok(Vec::new()) };
        let object: js_sys::Object = value.dyn_into().map_err(|_| misfit(name, "an object"))?;
        let entries = js_sys::Object::entries(&object);
        let pair = |entry: JsValue| {
            let entry: js_sys::Array = entry.dyn_into().ok()?;
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        };
        entries.iter().map(|entry| pair(entry).ok_or_else(|| misfit(name, "an object of texts"))).collect()
    }

    /// Bytes.
    #[cfg(feature = "import")]
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, JsError> {
        let bytes = self.field(name)?.and_then(|value| value.dyn_into::<js_sys::Uint8Array>().ok());
        bytes.map(|bytes| bytes.to_vec()).ok_or_else(|| misfit(name, "a Uint8Array"))
    }
}

/// What a request asks.
#[cfg(any(feature = "analyze", feature = "repair", feature = "svg"))]
pub(crate) fn selection(request: &Envelope<'_>) -> Result<vpcreach::Selection, JsError> {
    Ok(vpcreach::Selection {
        from: request.text("from")?,
        to: request.text("to")?,
        port: request.number("port")?,
        protocol: request.text("protocol")?,
        operation: request.text("operation")?,
        ..vpcreach::Selection::default()
    })
}

/// A language by its code.
pub(crate) fn language(code: &str) -> Result<Language, JsError> {
    let language = match code {
        "en" => Language::English,
        "ja" => Language::Japanese,
        _ => return Err(misfit("lang", "\"en\" or \"ja\"")),
    };
    if language.is_available() { Ok(language) } else { Err(misfit("lang", "a language that this module speaks")) }
}

fn misfit(field: &str, expected: &str) -> JsError {
    JsError::new(&["the request's field ", field, " is not ", expected].concat())
}

/// Hands out a value as plain JavaScript data: `None` is null, maps are objects.
#[cfg(any(feature = "edit", feature = "export", feature = "import", feature = "repair"))]
pub(crate) fn write<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// Measures a call for the browser's profiler, from its beginning to the end of the scope.
pub(crate) struct Marks(#[cfg(feature = "marks")] &'static str);

impl Marks {
    #[cfg(not(feature = "marks"))]
    pub(crate) fn begin(_: &'static str) -> Self {
        Marks()
    }

    #[cfg(feature = "marks")]
    pub(crate) fn begin(name: &'static str) -> Self {
        if let Some(performance) = performance() {
            // A profiler that takes no marks is no reason not to answer.
            let _ = performance.mark(name);
        }
        Marks(name)
    }
}

#[cfg(feature = "marks")]
impl Drop for Marks {
    fn drop(&mut self) {
        if let Some(performance) = performance() {
            let _ = performance.measure_with_start_mark(self.0, self.0);
        }
    }
}

/// The clock of the page or worker.
#[cfg(feature = "marks")]
fn performance() -> Option<web_sys::Performance> {
    js_sys::Reflect::get(&js_sys::global(), &"performance".into()).ok()?.dyn_into().ok()
}
