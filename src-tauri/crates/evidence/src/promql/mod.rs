//! Expressions of Prometheus: parsed, and asked what an alert on them watches.

mod meaning;
mod parse;
mod requests;

pub(crate) use meaning::{Recordings, Watch, speaks_of_either, watches};
pub(crate) use parse::{Expr, parse};
