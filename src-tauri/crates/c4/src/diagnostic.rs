//! What a reader says of its input: what was left out or is out of date, and why it was refused.

use serde::Serialize;

/// How much a [`Diagnostic`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something was left out, or a newer reader would refuse it.
    Warning,
}

/// A remark on an input that was nevertheless read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub level: Level,
    /// The file it is about, as a path in the opened folder; empty for JSON.
    pub file: String,
    /// The line, from 1; 0 where there is none to name.
    pub line: usize,
    /// What was found and what to do about it.
    pub message: String,
}

/// Why an input was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}{}{remedy}", if remedy.is_empty() { "" } else { " – " })]
pub struct Refusal {
    /// The file, as a path in the opened folder; empty for JSON.
    pub file: String,
    /// The line, from 1; 0 where there is none to name.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it; may be empty.
    pub remedy: String,
}
