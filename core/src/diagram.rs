//! The configuration as nested boxes, without coordinates: what a diagram shows.
