//! SARIF: the document's shape and how a result becomes an issue.

mod document;
mod invocation;
mod lenient;
mod message;
mod paths;
mod result;
mod rules;

pub(crate) use document::{Log, Run};
pub(crate) use invocation::{has_failed, reasons};
pub(crate) use paths::Roots;
pub(crate) use result::{Found, KINDS, Results, SHORT, made_fingerprint};
pub(crate) use rules::{Rules, add_cve, add_cwe};
