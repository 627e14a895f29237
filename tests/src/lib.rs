//! The nets under the engine.
//!
//! `scenario` reads the documents of `tests/scenarios`, each with the answers that AWS's rules give.

pub mod scenario;
