//! Trivy: the document's shapes and how what it found becomes issues.

mod document;
mod reader;

pub(crate) use document::{Document, Target};
pub(crate) use reader::{Reader, SEVERITIES};
