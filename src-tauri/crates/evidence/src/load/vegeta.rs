//! What vegeta prints for people, and its raw results.

use serde::Deserialize;

use super::{Run, Sample, Samples, percentile, served};
use crate::{Import, Input, Refusal, dropped::Dropped, json::Text, units};

/// A line of the report: its label, the names in brackets, the values behind them.
fn labelled(line: &str) -> Option<(&str, Vec<&str>, &str)> {
    let (label, rest) = line.split_once('[')?;
    let (names, values) = rest.split_once(']')?;
    Some((label.trim(), names.split(',').map(str::trim).collect(), values.trim()))
}

/// Whether the text is a report.
pub(crate) fn is_report(head: &str) -> bool {
    let has = |label: &str| head.lines().take(40).filter_map(labelled).any(|(known, ..)| known == label);
    has("Requests") && has("Latencies") && has("Status Codes")
}

/// `1m2.5s`, `90.4ms`, `0s` to milliseconds.
fn go_duration(text: &str) -> Option<f64> {
    let (mut rest, mut sum) = (text.trim(), 0.0);
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let unit = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let end = rest[unit..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| unit + at);
        sum += units::millis(&rest[..end])?;
        rest = &rest[end..];
    }
    Some(sum)
}

/// Reads the report.
pub(crate) fn report(text: &str, import: &mut Import) {
    let mut run = Run::default();
    let (mut failed, mut counted, mut statuses, mut errors) = (0.0, false, Vec::new(), None::<Vec<&str>>);
    for (number, line) in (1_u64..).zip(text.lines()) {
        let at = format!("line {number}");
        if line.trim_end() == "Error Set:" {
            errors = Some(Vec::new());
            continue;
        }
        let Some((label, names, values)) = labelled(line) else {
            if let Some(errors) = errors.as_mut().filter(|_| !line.trim().is_empty()) {
                errors.push(line.trim());
            }
            continue;
        };
        let named = names.iter().copied().zip(values.split(',').map(str::trim));
        match label {
            "Requests" => {
                for (name, value) in named {
                    let metric = match name {
                        "total" => "http.requests",
                        "rate" => "http.rate",
                        "throughput" => "http.rate.ok",
                        _ => continue,
                    };
                    run.set(metric, value.parse().ok().filter(|value: &f64| value.is_finite()), &*at);
                }
            }
            "Duration" => {
                let total = named.filter(|(name, _)| *name == "total").find_map(|(_, value)| go_duration(value));
                run.set("load.duration", total, at);
            }
            "Latencies" => {
                for (name, value) in named {
                    let metric = match name {
                        "mean" => Some("http.latency.avg"),
                        "max" => Some("http.latency.max"),
                        name => name.parse().ok().and_then(percentile),
                    };
                    if let Some(metric) = metric {
                        run.set(metric, go_duration(value), &*at);
                    }
                }
            }
            "Status Codes" => {
                counted = true;
                for (status, count) in values.split_whitespace().filter_map(|pair| pair.split_once(':')) {
                    let count = count.parse().unwrap_or(0.0);
                    failed += if served(status) { 0.0 } else { count };
                    statuses.push((status, count, at.clone()));
                }
            }
            _ => {}
        }
    }
    if counted {
        run.set("http.failed.count", failed, "Status Codes");
    }
    run.emit(import);
    for (status, count, at) in statuses {
        import.measure("http.status.responses", count, status, at);
    }
    for error in errors.iter().flatten().take(10) {
        import.warn(None, format!("vegeta reports: {error}"));
    }
}

/// A raw result, as `vegeta encode` writes it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Hit<'a> {
    #[serde(borrow)]
    code: Text<'a>,
    #[serde(borrow)]
    timestamp: Text<'a>,
    #[serde(borrow)]
    latency: Text<'a>,
    #[serde(borrow)]
    method: Text<'a>,
    #[serde(borrow)]
    url: Text<'a>,
}

fn hit(line: &str) -> Option<Hit<'_>> {
    let hit: Hit<'_> = line.starts_with('{').then(|| serde_json::from_str(line).ok())??;
    (hit.code.number().is_some() && hit.latency.number().is_some() && hit.timestamp.some().is_some()).then_some(hit)
}

/// Whether the first line is a raw result as JSON: nothing else has code, latency and sizes beside each other.
pub(crate) fn is_json_hit(line: &str) -> bool {
    line.contains("\"bytes_in\"") && hit(line).is_some()
}

/// The cells of a raw result as CSV, which has no header: time, code and latency in nanoseconds, …
fn csv_hit(line: &str) -> Option<(f64, &str, f64)> {
    let mut cells = line.split(',');
    let (time, code, latency) = (cells.next()?, cells.next()?, cells.next()?);
    let digits = |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    (time.len() == 19 && [time, code, latency].into_iter().all(digits) && code.len() <= 3 && cells.count() >= 4)
        .then(|| Some((time.parse::<f64>().ok()? / 1e6, code, latency.parse::<f64>().ok()? / 1e6)))?
}

/// Whether a line is a raw result as CSV.
pub(crate) fn is_csv_hit(line: &str) -> bool {
    csv_hit(line).is_some()
}

/// Reads raw results, one a line.
///
/// # Errors
/// When told to stop.
#[allow(clippy::cast_precision_loss)] // milliseconds since 1970 fit
pub(crate) fn raw(input: &Input<'_>, import: &mut Import) -> Result<(), Refusal> {
    let (mut samples, mut broken) = (Samples::default(), Dropped::default());
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        if number.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        if let Some((start_ms, status, millis)) = csv_hit(line) {
            samples.add(Sample { status, start_ms, millis, failed: !served(status), ..Sample::default() });
            continue;
        }
        match hit(line) {
            Some(hit) => {
                let time = hit.timestamp.as_str().parse::<jiff::Timestamp>().ok();
                samples.add(Sample {
                    subject: hit.url.as_str(),
                    method: hit.method.as_str(),
                    status: hit.code.as_str(),
                    start_ms: time.map_or(f64::NAN, |time| time.as_microsecond() as f64 / 1e3),
                    millis: hit.latency.number().unwrap_or(0.0) / 1e6,
                    failed: !served(hit.code.as_str()),
                });
            }
            None if line.trim().is_empty() => {}
            None => broken.add(number),
        }
    }
    broken.tell(import, "lines that are no whole result of vegeta");
    import.measure_count("load.records", samples.len(), "samples", "code");
    samples.emit(import, "latency");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_of_go_are_read() {
        assert_eq!(go_duration("1m2.5s"), Some(62_500.0));
        assert_eq!(go_duration("145.082066ms"), Some(145.082_066));
        assert_eq!(go_duration("0s"), Some(0.0));
        assert_eq!(go_duration("soon"), None);
        assert_eq!(go_duration(""), None);
    }
}
