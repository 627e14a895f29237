//! The comments in what is taken away.

use super::Language;

/// Heading of what the text changes.
pub(crate) fn changes(language: Language) -> &'static str {
    match language {
        Language::English => "What changes:",
        Language::Japanese => "変更内容:",
    }
}

/// Heading of what the text does not say.
pub(crate) fn by_hand(language: Language) -> &'static str {
    match language {
        Language::English => "Not in here, to be done by hand:",
        Language::Japanese => "ここには含まれないため、手作業で行うもの:",
    }
}

/// Heading of the variables that the person sets.
pub(crate) fn fill_in(language: Language) -> &'static str {
    match language {
        Language::English => "Set these variables first: ids of what is there already",
        Language::Japanese => "先に次の変数に既存リソースの ID を設定してください",
    }
}
