//! # vpcreach
//!
//! Decides from configuration alone whether a function in an AWS VPC reaches a destination, and if not,
//! which rule stops it and what its log will say.
//!
//! ```text
//! text ──read──▶ Document ──resolve──▶ Network ──analyze(Query)──▶ Analysis ──explain──▶ Answer
//! ```

pub mod address;
pub mod analysis;
pub mod answer;
pub mod check;
pub mod client;
pub mod component;
pub mod data;
pub mod diagram;
pub mod document;
pub mod engine;
pub mod fact;
#[cfg(feature = "import")]
pub mod import;
mod nearest;
pub mod network;
pub mod problem;
pub mod query;
pub mod range_set;
pub mod symptom;
pub mod verdict;
pub mod words;

pub use analysis::Analysis;
pub use answer::{Answer, Check};
pub use check::{Selection, check};
pub use document::Document;
pub use network::Network;
pub use query::Query;
pub use verdict::{ReasonCode, Verdict};
pub use words::Language;
