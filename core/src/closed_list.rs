//! Closed lists of words: enumerations without fields, with a word for each variant.

/// Declares closed lists: each variant with its word in JSON.
///
/// A word is found by its position. What serde derives instead is a comparison and a call for each variant, which for
/// the reason codes alone would be more than a kilobyte of what a page loads.
macro_rules! closed_lists {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
            pub enum $name {
                $($(#[$about])* #[serde(rename = $word)] $variant,)*
            }

            impl $name {
                /// Every one, in the order of the declaration.
                pub const ALL: &'static [$name] = &[$($name::$variant,)*];

                /// The words of all, in the same order.
                pub const WORDS: &'static [&'static str] = &[$($word,)*];

                /// The word as it stands in JSON.
                pub fn as_str(self) -> &'static str {
                    match self { $($name::$variant => $word,)* }
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_unit_variant(stringify!($name), *self as u32, self.as_str())
                }
            }
        )*
    };
}

pub(crate) use closed_lists;
