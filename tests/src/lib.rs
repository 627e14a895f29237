//! The nets under the engine.
//!
//! `scenario` reads the documents of `tests/scenarios`, each with the answers that AWS's rules give.
//! `gallery` names the scenarios that a person starts from.
//! `texts` reads what is written for people beside the documents.
//! `cures` takes the cures of scenarios apart.
//! `fuzz` has targets for bytes of any kind.
//! `differences` has pairs of documents.
//! `generate` makes documents and questions from bytes.
//! `hostile` makes documents that are meant to take long.
//! `large_dump` makes output of the AWS CLI of any size.
//! `lesson` reads the lessons.
//! `naive` is a second implementation, one packet at a time.
//! `naive_names` is one of DNS Firewall and Resolver rules.
//! `policies` makes requests with the policies of every layer.

pub mod cures;
pub mod differences;
pub mod fuzz;
pub mod gallery;
pub mod generate;
pub mod hostile;
pub mod large_dump;
pub mod lesson;
pub mod naive;
pub mod naive_names;
pub mod policies;
pub mod sample;
pub mod scenario;
pub mod texts;

/// The examples of the README hold.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
