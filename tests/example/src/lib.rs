//! A project whose functions live in a VPC; its network is tested in `tests/network.rs`.

/// The bucket that the function reads from.
pub const BUCKET: &str = "photos";
