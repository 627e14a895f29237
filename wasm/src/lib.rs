//! vpcreach for the browser: the crate `vpcreach` behind JavaScript calls. No logic of its own.
//!
//! One crate makes two modules, by feature: `engine`, which every page loads, and `import`,
//! which a page loads when a person brings YAML or the output of the AWS CLI.

mod boundary;
#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "import")]
mod import;
#[cfg(all(test, not(target_arch = "wasm32"), feature = "engine", feature = "import"))]
mod typescript;

#[cfg(feature = "engine")]
pub use engine::analyze;
#[cfg(feature = "import")]
pub use import::{collect_policy, collect_script, import_files, yaml_to_json};
