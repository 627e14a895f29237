//! vpcreach for the browser: the crate `vpcreach` behind JavaScript calls. No logic of its own.
//!
//! One crate makes two modules, by feature: `engine`, which every page loads, and `import`,
//! which a page loads when a person brings YAML or the output of the AWS CLI.

mod boundary;
#[cfg(feature = "engine")]
mod engine;
#[cfg(test)]
mod typescript;

#[cfg(feature = "engine")]
pub use engine::analyze;
