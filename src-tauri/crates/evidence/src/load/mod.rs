//! What all load tests have in common: a run and its endpoints, and what may be taken from them.

pub(crate) mod hey_text;
pub(crate) mod locust_json;
mod run;
mod samples;
pub(crate) mod vegeta;

pub(crate) use run::Run;
pub(crate) use samples::{Sample, Samples, nearest_rank};

/// Metrics that load tests write.
pub(crate) const METRICS: &[&str] = &[
    "http.latency.*",
    "http.requests",
    "http.rate",
    "http.rate.ok",
    "http.failed.*",
    "http.status.responses",
    "http.socket_errors",
    "http.timeouts",
    "load.connections",
    "load.duration",
    "load.records",
    "load.vus",
];

/// The metric of a percentile (0 to 100), where the vocabulary has one.
pub(crate) fn percentile(percent: f64) -> Option<&'static str> {
    Some(match (percent * 1000.0).round() {
        50_000.0 => "http.latency.p50",
        75_000.0 => "http.latency.p75",
        90_000.0 => "http.latency.p90",
        95_000.0 => "http.latency.p95",
        97_500.0 => "http.latency.p975",
        99_000.0 => "http.latency.p99",
        99_900.0 => "http.latency.p999",
        99_990.0 => "http.latency.p9999",
        _ => return None,
    })
}

/// Whether a status code, as tools write it, is an answer that served: 100 to 399.
pub(crate) fn served(status: &str) -> bool {
    status.trim().parse::<u16>().is_ok_and(|status| (100..400).contains(&status))
}
