//! Spans of traces, whoever wrote them, to what an operation takes and calls.

mod emit;
mod otlp;
mod secrets;

pub(crate) use emit::Traces;
pub(crate) use otlp::{Otlp, add};
pub(crate) use secrets::secrets;

/// Metrics of traces.
pub(crate) const METRICS: &[&str] = &["trace.*", "otlp.records", "db.queries_per_request"];

/// A span.
#[derive(Debug, Default)]
pub(crate) struct Span<'a> {
    pub trace: &'a str,
    /// Its parent's id; empty at the root of a trace.
    pub parent: &'a str,
    pub service: &'a str,
    pub operation: &'a str,
    /// How long it took; `None` where the file does not say.
    pub millis: Option<f64>,
    pub failed: bool,
    /// It calls something else: another service, a database, a queue.
    pub calls: bool,
    /// What it calls is a database.
    pub database: bool,
}
