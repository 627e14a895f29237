//! From other people's formats to [`Document`](crate::Document).
