//! What can be wrong with a kit.

/// Why a kit cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KitError {
    /// `kit.toml` is missing, no TOML, or not of the kit's shape.
    #[error("not a probe kit: {0}")]
    Shape(String),
    /// It has the shape, but does not hold together; every problem is listed.
    #[error("the probe kit has {} problem(s): {}", .0.len(), .0.join("; "))]
    Problems(Vec<String>),
}
