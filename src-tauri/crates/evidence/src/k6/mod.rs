//! What the three summaries of k6 have in common, and its raw samples.

mod emit;
mod points;
mod summary;

pub(crate) use emit::{MOSTLY_FAILED, emit};
pub(crate) use points::{CSV, Point, Points, csv};
pub(crate) use summary::{Check, Group, Metric, Summary, Values, metric_at, numbers, secrets};

/// Metrics that the three formats write.
pub(crate) const METRICS: &[&str] = &[
    "http.latency.*",
    "http.requests",
    "http.rate",
    "http.failed.*",
    "http.threshold.*",
    "load.checks",
    "load.checks.*",
    "load.duration",
    "load.iterations",
    "load.vus",
];
