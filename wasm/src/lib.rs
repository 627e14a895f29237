//! vpcreach for the browser: the crate `vpcreach` behind JavaScript calls. No logic of its own.
//!
//! One crate makes several modules, by feature: `engine` or `engine-ja`, of which every page loads one; `engine-whole` or
//! `engine-whole-ja`, which it loads for a document that the first one leaves to it; `edit`, which a
//! page loads to change a document; `repair`, which it loads to find what mends a failing check; `svg`, which it loads to
//! draw a picture for others; `export`, which it loads to take something away; and `import`, which it loads when a person
//! brings YAML or the output of the AWS CLI.

mod boundary;
#[cfg(feature = "edit")]
mod edit;
#[cfg(feature = "analyze")]
mod engine;
#[cfg(feature = "export")]
mod export;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "repair")]
mod repair;
#[cfg(feature = "svg")]
mod svg;
#[cfg(all(
    test,
    target_arch = "wasm32",
    feature = "edit",
    feature = "analyze",
    feature = "import",
    feature = "repair"
))]
mod tests;
#[cfg(all(
    test,
    not(target_arch = "wasm32"),
    feature = "edit",
    feature = "analyze",
    feature = "export",
    feature = "import",
    feature = "repair"
))]
mod typescript;

#[cfg(feature = "edit")]
pub use edit::{apply_edit, propose};
#[cfg(feature = "analyze")]
pub use engine::analyze;
#[cfg(feature = "export")]
pub use export::{export_change, export_document};
#[cfg(feature = "import")]
pub use import::{collect_policy, collect_script, import_files, yaml_to_json};
#[cfg(feature = "repair")]
pub use repair::repair;
#[cfg(feature = "svg")]
pub use svg::svg;
