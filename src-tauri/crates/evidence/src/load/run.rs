//! One endpoint of a load test, or the whole of it, to measurements.

use serde_json::Value;

use super::percentile;
use crate::{Import, fields, k6::MOSTLY_FAILED};

/// What a load test says of one endpoint; of all of them when the subject is empty.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// Endpoint or URL.
    pub subject: String,
    /// Its HTTP method, where known apart from the subject.
    pub method: String,
    /// Line of the source, for diagnostics.
    pub line: Option<u64>,
    values: Vec<(&'static str, f64, String)>,
}

impl Run {
    /// A run of this subject without values.
    pub(crate) fn of(subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), ..Self::default() }
    }

    /// Sets a value in the unit of its metric; none leaves it out.
    pub(crate) fn set(&mut self, metric: &'static str, value: impl Into<Option<f64>>, at: impl Into<String>) {
        if let Some(value) = value.into() {
            self.values.push((metric, value, at.into()));
        }
    }

    /// Sets the number at a pointer, times a factor.
    pub(crate) fn take(&mut self, import: &mut Import, metric: &'static str, root: &Value, at: &str, factor: f64) {
        if let Some(value) = fields::number(import, root, at) {
            self.set(metric, scale(value, factor), at);
        }
    }

    /// Sets a percentile (0 to 100) in milliseconds, where the vocabulary has it.
    pub(crate) fn percentile(&mut self, percent: f64, millis: f64, at: impl Into<String>) {
        if let Some(metric) = percentile(percent) {
            self.set(metric, millis, at);
        }
    }

    /// The value set last of a metric.
    pub(crate) fn value(&self, metric: &str) -> Option<f64> {
        self.values.iter().rev().find(|(name, ..)| *name == metric).map(|(_, value, _)| *value)
    }

    fn at(&self, metric: &str) -> String {
        self.values.iter().find(|(name, ..)| *name == metric).map_or_else(String::new, |(.., at)| at.clone())
    }

    /// Writes the measurements: no response time from a run in which nothing or mostly errors were answered.
    pub(crate) fn emit(mut self, import: &mut Import) {
        let requests = self.value("http.requests");
        let failed = self.value("http.failed.count");
        if let (None, Some(requests), Some(failed)) = (self.value("http.failed.ratio"), requests, failed)
            && requests > 0.0
        {
            self.set("http.failed.ratio", (failed / requests).clamp(0.0, 1.0), self.at("http.failed.count"));
        }
        let usable = self.usable(import, requests);
        let whose = self.whose();
        for (metric, value, at) in &self.values {
            if usable || !metric.starts_with("http.latency.") {
                import.measure(metric, *value, &*self.subject, &**at);
            }
        }
        if !usable {
            return;
        }
        let Some(p99) = self.value("http.latency.p99") else {
            if self.subject.is_empty() || requests.is_none() {
                import.warn(self.line, format!("p99{whose} is not in the file, so it cannot be judged"));
            }
            return;
        };
        let at = self.at("http.latency.p99");
        if let Some(median) = self.value("http.latency.p50").filter(|median| *median > 0.0) {
            import.measure("http.latency.tail_ratio", p99 / median, &*self.subject, &*at);
        }
        let method =
            if self.method.is_empty() { self.subject.split(' ').next().unwrap_or_default() } else { &self.method };
        match method {
            "GET" | "HEAD" => import.measure("http.latency.read.p99", p99, &*self.subject, &*at),
            "POST" | "PUT" | "PATCH" | "DELETE" => {
                import.measure("http.latency.write.p99", p99, &*self.subject, &*at);
            }
            _ => {}
        }
    }

    /// Whether response times may be taken; says why not.
    fn usable(&self, import: &mut Import, requests: Option<f64>) -> bool {
        let whose = self.whose();
        if requests == Some(0.0) {
            import.error(self.line, format!("no request{whose} was answered: this says nothing about response times"));
            return false;
        }
        let ratio = self.value("http.failed.ratio").unwrap_or(0.0);
        if ratio > MOSTLY_FAILED {
            import.error(
                self.line,
                format!("most requests{whose} failed: the times are those of errors, and none is taken"),
            );
            return false;
        }
        if self.value("http.latency.max").is_some_and(|max| max <= 0.0) {
            import.error(self.line, format!("all response times{whose} are 0: none was measured, and none is taken"));
            return false;
        }
        if ratio > 0.0 && self.subject.is_empty() {
            import.warn(self.line, "some requests failed; the times include them where the tool does not part them");
        }
        true
    }

    fn whose(&self) -> String {
        if self.subject.is_empty() { String::new() } else { format!(" of `{}`", self.subject) }
    }
}

/// A product, rounded to a picosecond where it is milliseconds, so that 0.0415 s is 41.5 ms and not its neighbour.
fn scale(value: f64, factor: f64) -> f64 {
    if (factor - 1.0).abs() < f64::EPSILON { value } else { (value * factor * 1e9).round() / 1e9 }
}
