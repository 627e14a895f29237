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

/// A warning about what the other tool does not say.
pub(crate) fn left_out(pointer: &str, language: Language) -> String {
    match language {
        Language::English => ["warning: ", pointer, " is left out or changed: the other tool cannot say it"].concat(),
        Language::Japanese => {
            ["警告: ", pointer, " は出力先のツールで表現できないため、省略または変更されます"].concat()
        }
    }
}

/// Above arguments that are to be changed in a resource.
pub(crate) fn change_in(address: &str, language: Language) -> String {
    match language {
        Language::English => ["Change in ", address, ": only these arguments"].concat(),
        Language::Japanese => [address, " の変更箇所 (次の引数のみ)"].concat(),
    }
}

/// An argument that is to be taken away.
pub(crate) fn remove_from(address: &str, argument: &str, language: Language) -> String {
    match language {
        Language::English => ["Remove from ", address, ": ", argument].concat(),
        Language::Japanese => [address, " から削除: ", argument].concat(),
    }
}

/// A resource that is to be taken away.
pub(crate) fn remove(address: &str, language: Language) -> String {
    match language {
        Language::English => ["Remove: ", address].concat(),
        Language::Japanese => ["削除: ", address].concat(),
    }
}

/// A resource that Terraform has to be told of first.
pub(crate) fn import_first(id: &str, language: Language) -> String {
    match language {
        Language::English => {
            ["It exists already (", id, "): bring it into Terraform first, with `terraform import`"].concat()
        }
        Language::Japanese => ["既存のリソース (", id, ") です。先に `terraform import` で取り込んでください"].concat(),
    }
}

/// The module that the text belongs into.
pub(crate) fn in_module(module: &str, language: Language) -> String {
    match language {
        Language::English => ["Belongs into the configuration of ", module].concat(),
        Language::Japanese => [module, " の構成に書く内容です"].concat(),
    }
}

/// That rules or routes stand inside their group or table.
pub(crate) fn stands_inline(address: &str, language: Language) -> String {
    match language {
        Language::English => [address, " has such parts inline: write this one there too, as a block of it"].concat(),
        Language::Japanese => {
            [address, " ではインラインで記述されています。これも同じ場所にブロックとして書いてください"].concat()
        }
    }
}
