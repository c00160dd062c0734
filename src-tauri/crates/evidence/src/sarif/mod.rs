//! SARIF: the document's shape and how a result becomes an issue.

mod document;
mod message;
mod result;
mod rules;

pub(crate) use document::{Log, Run};
pub(crate) use result::{Results, made_fingerprint};
pub(crate) use rules::{Rules, add_cwe};
