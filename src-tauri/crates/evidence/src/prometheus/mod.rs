//! The Prometheus exposition: samples, and what the well-known families among them say.

mod application;
mod cache;
mod exposition;
mod histogram;
mod http;
mod pool;

/// Whether a label of this name holds a statement.
pub(crate) fn is_statement_name(name: &str) -> bool {
    matches!(name, "query" | "statement" | "sql" | "query_text" | "sql_text" | "digest_text" | "db_statement")
}

pub(crate) use application::emit;
pub(crate) use exposition::{Exposition, is_sample, looks_like};
pub(crate) use http::millis_per_unit;
