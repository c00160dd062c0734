//! Raw samples of k6, whatever they were written as.

use crate::{
    Import, Input, Refusal,
    dropped::Dropped,
    load::{self, Sample, Samples},
};

/// How the CSV begins; the columns behind are the tags that were asked for.
pub(crate) const CSV: &str = "metric_name,timestamp,metric_value";

/// A sample of any metric.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point<'a> {
    pub metric: &'a str,
    pub value: f64,
    /// k6 stamps a sample when the answer is there; NaN where unknown.
    pub end_ms: f64,
    /// The endpoint.
    pub name: &'a str,
    pub method: &'a str,
    pub status: &'a str,
    /// `true`, `false` or nothing.
    pub expected: &'a str,
}

/// Samples that were added.
#[derive(Debug, Default)]
pub(crate) struct Points {
    samples: Samples,
    requests: usize,
    passed: usize,
    failed: usize,
    vus: Option<f64>,
}

impl Points {
    /// Adds a sample.
    pub(crate) fn add(&mut self, point: &Point<'_>) {
        let (value, status) = (point.value, point.status);
        match point.metric {
            "http_reqs" => self.requests += 1,
            "http_req_duration" => self.samples.add(Sample {
                subject: point.name,
                method: point.method,
                status,
                start_ms: point.end_ms - value,
                millis: value,
                failed: match point.expected {
                    "" => !status.is_empty() && !load::served(status),
                    expected => expected == "false",
                },
            }),
            "checks" if value > 0.0 => self.passed += 1,
            "checks" => self.failed += 1,
            "vus" => self.vus = Some(self.vus.map_or(value, |most| most.max(value))),
            _ => {}
        }
    }

    /// Writes what they say, and how many records of which kind there are.
    pub(crate) fn emit(self, import: &mut Import, records: &[(&str, usize)]) {
        let Self { samples, requests, passed, failed, vus } = self;
        for (kind, count) in records.iter().copied().chain([("http_reqs", requests)]) {
            import.measure_count("load.records", count, kind, "type");
        }
        if requests > samples.len() {
            import.warn(
                None,
                format!("{requests} requests, but {} durations: the rest is not in the file", samples.len()),
            );
        }
        if passed + failed > 0 {
            #[allow(clippy::cast_precision_loss)]
            let ratio = passed as f64 / (passed + failed) as f64;
            import.measure_count("load.checks.passed", passed, "", "checks");
            import.measure_count("load.checks.failed", failed, "", "checks");
            import.measure("load.checks.ratio", ratio, "", "checks");
        }
        if let Some(vus) = vus {
            import.measure("load.vus", vus, "", "vus");
        }
        samples.emit(import, "http_req_duration");
    }
}

/// Reads `--out csv`.
///
/// # Errors
/// What cannot be read as CSV at all.
pub(crate) fn csv(input: &Input<'_>, text: &str, import: &mut Import) -> Result<(), Refusal> {
    let broken = |error: csv::Error| {
        Refusal::new(format!("not readable as CSV: {error}"), "export it again; nothing of it was imported")
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(broken)?.clone();
    let column = |name: &str| header.iter().position(|column| column.trim() == name);
    let (name, url, method) = (column("name"), column("url"), column("method"));
    let (status, expected) = (column("status"), column("expected_response"));
    let (mut all, mut record, mut dropped) = (Points::default(), csv::StringRecord::new(), Dropped::default());
    let mut points = 0_usize;
    while reader.read_record(&mut record).map_err(broken)? {
        points += 1;
        if points.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let cell = |index: Option<usize>| index.and_then(|index| record.get(index)).unwrap_or_default().trim();
        let value = cell(Some(2)).parse::<f64>().ok().filter(|value| value.is_finite());
        // A row that broke off has no tags, and would be of no endpoint.
        let (Some(value), true) = (value, record.len() >= header.len()) else {
            dropped.add(record.position().map(csv::Position::line));
            continue;
        };
        all.add(&Point {
            metric: cell(Some(0)),
            value,
            end_ms: epoch_ms(cell(Some(1))),
            name: Some(cell(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| cell(url)),
            method: cell(method),
            status: cell(status),
            expected: cell(expected),
        });
    }
    dropped.tell(import, "rows that are no whole sample of k6");
    all.emit(import, &[("points", points)]);
    Ok(())
}

/// Seconds, milli-, micro- or nanoseconds since 1970, told by their length, or a time as it is written; NaN for neither.
#[allow(clippy::cast_precision_loss)] // milliseconds since 1970 fit
fn epoch_ms(text: &str) -> f64 {
    match (text.parse::<f64>(), text.len()) {
        (Ok(seconds), ..=11) => seconds * 1e3,
        (Ok(millis), 12..=14) => millis,
        (Ok(micros), 15..=17) => micros / 1e3,
        (Ok(nanos), _) => nanos / 1e6,
        (Err(_), _) => text.parse::<jiff::Timestamp>().map_or(f64::NAN, |time| time.as_microsecond() as f64 / 1e3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_in_every_form_of_k6() {
        let want = 1_764_000_001_000.0;
        for text in ["1764000001", "1764000001000", "1764000001000000", "1764000001000000000", "2025-11-24T16:00:01Z"] {
            assert!((epoch_ms(text) - want).abs() < 1e-3, "{text}");
        }
        assert!(epoch_ms("soon").is_nan());
    }
}
