//! What can be wrong with a pack.

use std::fmt;

/// One thing that is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// 1-based line in the TOML, where known.
    pub line: Option<usize>,
    /// The field, for example `sections[0].checks[3].threshold.rules[0].metric`; empty for the whole file.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.message)
    }
}

/// Why a pack cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// It is not TOML, or not of the pack's shape.
    #[error("not a pack: {0}")]
    Shape(Problem),
    /// It has the shape, but does not hold together; every problem is listed.
    #[error("the pack has {} problem(s): {}", .0.len(), list(.0))]
    Problems(Vec<Problem>),
    /// It could not be written as TOML.
    #[error("the pack cannot be written as TOML: {0}")]
    Write(String),
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
