//! Locust's statistics as JSON: `--json`, a list of endpoints with their histograms, and what its web page shows.

use serde_json::Value;

use super::Run;
use crate::{Import, Probe, Refusal, fields, json};

/// Whether it is one of the two.
pub(crate) fn looks_like(probe: &Probe<'_>) -> bool {
    let has = |base: &str| {
        let field = |name: &str| probe.has(&format!("{base}{name}"));
        field("num_requests") && field("num_failures") && (field("response_times") || field("avg_response_time"))
    };
    has("[]/") || has("stats/[]/")
}

/// Reads both.
///
/// # Errors
/// JSON without statistics of Locust.
pub(crate) fn read(text: &str, import: &mut Import) -> Result<(), Refusal> {
    let root: Value = json::parse(text)?;
    let base = if root.is_array() { "" } else { "/stats" };
    let list = fields::items(&root, base);
    if !list.iter().any(|stats| stats.get("num_requests").is_some() && stats.get("num_failures").is_some()) {
        let lacks = "no endpoint with `num_requests` and `num_failures` in it";
        return Err(Refusal::not(
            "Locust, statistics",
            lacks,
            "write it with `locust --headless --json > result.json`, or import result_stats.csv",
        ));
    }
    let subject = |stats: &Value| match (fields::text(stats, "/method"), fields::text(stats, "/name")) {
        ("" | "None", "Aggregated" | "Total") => String::new(),
        ("" | "None", name) => name.to_owned(),
        (method, name) => format!("{method} {name}"),
    };
    // The list of the command line has no row for all.
    if !list.iter().any(|stats| subject(stats).is_empty()) {
        Endpoint::of_all(list).emit(import, String::new(), "/");
    }
    for (index, stats) in list.iter().enumerate() {
        let at = format!("{base}/{index}");
        match stats.get("response_times").is_some() {
            true => Endpoint::of_all(std::slice::from_ref(stats)).emit(import, subject(stats), &at),
            false => shown(import, &root, &at, subject(stats)),
        }
    }
    if let Some(users) = root.get("user_count").and_then(fields::as_number) {
        import.measure("load.vus", users, "", "/user_count");
    }
    Ok(())
}

/// What the web page shows of an endpoint.
fn shown(import: &mut Import, root: &Value, at: &str, subject: String) {
    let mut run = Run::of(subject);
    for (field, metric) in [
        ("num_requests", "http.requests"),
        ("num_failures", "http.failed.count"),
        ("avg_response_time", "http.latency.avg"),
        ("median_response_time", "http.latency.p50"),
        ("max_response_time", "http.latency.max"),
        ("ninetieth_response_time", "http.latency.p90"),
        ("ninety_ninth_response_time", "http.latency.p99"),
        ("response_time_percentile_0.9", "http.latency.p90"),
        ("response_time_percentile_0.95", "http.latency.p95"),
        ("response_time_percentile_0.99", "http.latency.p99"),
    ] {
        if run.value(metric).is_none() {
            run.take(import, metric, root, &format!("{at}/{field}"), 1.0);
        }
    }
    run.emit(import);
}

/// Counts and the histogram of one endpoint or of several.
#[derive(Default)]
struct Endpoint {
    requests: f64,
    failures: f64,
    total_ms: f64,
    most: Option<f64>,
    /// Response time and how often it came; Locust rounds those beyond 100 to two digits.
    times: Vec<(f64, f64)>,
    first: Option<f64>,
    last: Option<f64>,
}

impl Endpoint {
    fn of_all(list: &[Value]) -> Self {
        let mut all = Self::default();
        for stats in list {
            let number = |key: &str| stats.get(key).and_then(fields::as_number);
            all.requests += number("num_requests").unwrap_or(0.0);
            all.failures += number("num_failures").unwrap_or(0.0);
            all.total_ms += number("total_response_time").unwrap_or(0.0);
            all.most = all.most.into_iter().chain(number("max_response_time")).reduce(f64::max);
            all.first = all.first.into_iter().chain(number("start_time")).reduce(f64::min);
            all.last = all.last.into_iter().chain(number("last_request_timestamp")).reduce(f64::max);
            all.times.extend(
                fields::entries(stats, "/response_times")
                    .filter_map(|(time, count)| Some((time.parse::<f64>().ok()?, fields::as_number(count)?))),
            );
        }
        all.times.retain(|(time, count)| time.is_finite() && *count > 0.0);
        all.times.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        all
    }

    fn percentile(&self, percent: f64) -> Option<f64> {
        let counted: f64 = self.times.iter().map(|(_, count)| count).sum();
        let rank = (counted * percent / 100.0).ceil().max(1.0);
        let mut seen = 0.0;
        self.times.iter().find_map(|(time, count)| {
            seen += count;
            (seen >= rank).then_some(*time)
        })
    }

    fn emit(self, import: &mut Import, subject: String, at: &str) {
        let mut run = Run::of(subject);
        run.set("http.requests", self.requests, at);
        run.set("http.failed.count", self.failures, at);
        if self.requests > 0.0 {
            run.set("http.latency.avg", self.total_ms / self.requests, at);
        }
        run.set("http.latency.max", self.most, at);
        let seconds = self.first.zip(self.last).map(|(first, last)| last - first).filter(|seconds| *seconds > 0.0);
        run.set("http.rate", seconds.map(|seconds| self.requests / seconds), at);
        for percent in [50.0, 75.0, 90.0, 95.0, 99.0] {
            if let Some(time) = self.percentile(percent) {
                run.percentile(percent, time, at);
            }
        }
        run.emit(import);
    }
}
