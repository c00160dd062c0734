//! A summary to measurements.

use super::summary::{Metric, Summary};
use crate::{Import, json::pointer};

/// Beyond this share of failed requests the response times are those of error answers, and prove nothing.
pub(crate) const MOSTLY_FAILED: f64 = 0.5;

/// Trend statistics of k6 and the metrics they are.
const STATISTICS: &[(&str, &str)] = &[
    ("avg", "http.latency.avg"),
    ("med", "http.latency.p50"),
    ("p(50)", "http.latency.p50"),
    ("p(75)", "http.latency.p75"),
    ("p(90)", "http.latency.p90"),
    ("p(95)", "http.latency.p95"),
    ("p(99)", "http.latency.p99"),
    ("p(99.9)", "http.latency.p999"),
    ("p(99.99)", "http.latency.p9999"),
    ("max", "http.latency.max"),
];

/// Writes the measurements of a summary.
pub(crate) fn emit(import: &mut Import, summary: &Summary<'_>) {
    let failed = summary
        .metrics
        .iter()
        .find(|metric| metric.name.as_str() == "http_req_failed")
        .and_then(|metric| failures(metric))
        .and_then(|(_, ratio)| ratio);
    let requests =
        summary.metrics.iter().find(|metric| metric.name.as_str() == "http_reqs").and_then(|m| m.value("count"));
    let mut durations = 0;
    for metric in &summary.metrics {
        let (base, selector) = metric.split();
        let subject = subject(selector);
        let at = &metric.values_at;
        match base {
            "http_req_duration" => {
                durations += 1;
                emit_latency(import, metric, selector, failed, requests);
            }
            "http_reqs" => {
                if let Some(count) = metric.value("count") {
                    import.measure("http.requests", count, subject, format!("{at}/count"));
                }
                if let Some(rate) = metric.value("rate") {
                    import.measure("http.rate", rate, subject, format!("{at}/rate"));
                }
            }
            "http_req_failed" => {
                if let Some((count, ratio)) = failures(metric) {
                    if let Some(count) = count {
                        import.measure("http.failed.count", count, subject, at.clone());
                    }
                    if let Some(ratio) = ratio {
                        import.measure("http.failed.ratio", ratio, subject, at.clone());
                    }
                }
            }
            "iterations" if selector.is_empty() => {
                if let Some(count) = metric.value("count") {
                    import.measure("load.iterations", count, "", format!("{at}/count"));
                }
            }
            "vus_max" if selector.is_empty() => {
                if let Some(count) = metric.value("max").or_else(|| metric.value("value")) {
                    import.measure("load.vus", count, "", at.clone());
                }
            }
            _ => {}
        }
    }
    if requests.is_none_or(|count| count == 0.0) {
        import.error(None, "no HTTP request in this run: it says nothing about response times");
    } else if durations == 0 {
        import.warn(None, "no `http_req_duration` in the file: response times cannot be judged");
    }
    emit_thresholds(import, summary);
    emit_checks(import, summary);
    if let Some((duration, at)) = summary.duration_ms {
        import.measure("load.duration", duration, "", at);
    }
}

fn emit_latency(import: &mut Import, metric: &Metric<'_>, selector: &str, failed: Option<f64>, requests: Option<f64>) {
    let subject = subject(selector);
    let name = metric.name.as_str();
    // Trends without a sample are written as zeros.
    if metric.value("max").is_none_or(|max| max <= 0.0) || requests == Some(0.0) {
        import.warn(None, format!("`{name}` has no sample: no response time is taken from it"));
        return;
    }
    if failed.is_some_and(|ratio| ratio > MOSTLY_FAILED) {
        import.error(
            None,
            format!("most requests failed: the times of `{name}` are no measure of the service, and none is taken"),
        );
        return;
    }
    if failed.is_some_and(|ratio| ratio > 0.0) && selector.is_empty() {
        import.warn(None, format!("`{name}` includes the times of failed requests"));
    }
    let mut median = None;
    for (statistic, metric_name) in STATISTICS {
        let Some(value) = metric.value(statistic) else { continue };
        if *metric_name == "http.latency.p50" && median.replace(value).is_some() {
            continue;
        }
        import.measure(metric_name, value, subject, format!("{}/{}", metric.values_at, pointer(statistic)));
    }
    let Some(p99) = metric.value("p(99)") else {
        if selector.is_empty() || selector == "expected_response:true" {
            import.warn(
                None,
                format!(
                    "p99 of `{name}` is not in the file, so it cannot be judged: run with --summary-trend-stats \
                     \"avg,min,med,max,p(90),p(95),p(99)\""
                ),
            );
        }
        return;
    };
    let at = format!("{}/p(99)", metric.values_at);
    if let Some(median) = median.filter(|median| *median > 0.0) {
        import.measure("http.latency.tail_ratio", p99 / median, subject, at.clone());
    }
    match method(selector) {
        Some("GET" | "HEAD") => import.measure("http.latency.read.p99", p99, subject, at),
        Some("POST" | "PUT" | "PATCH" | "DELETE") => import.measure("http.latency.write.p99", p99, subject, at),
        _ => {}
    }
}

/// Failed requests and their ratio. In `http_req_failed`, *passes* counts the requests for which "failed" is true.
fn failures(metric: &Metric<'_>) -> Option<(Option<f64>, Option<f64>)> {
    let failed = metric.value("passes").or_else(|| metric.value("matches"));
    let total = metric
        .value("total")
        .or_else(|| Some(metric.value("passes")? + metric.value("fails")?))
        .filter(|total| *total > 0.0);
    let stated = metric.value("rate").or_else(|| metric.value("value"));
    // Written by hand after k6's own example, *passes* are those that were served: the rate tells which of the two it is.
    let failed = match (failed, total, stated) {
        (Some(count), Some(total), Some(stated))
            if (count / total - stated).abs() > ((total - count) / total - stated).abs() + 1e-6 =>
        {
            Some(total - count)
        }
        (failed, ..) => failed,
    };
    // A tag that never occurred is written as 0 of 0, which is no success.
    let empty = metric.value("passes") == Some(0.0) && metric.value("fails") == Some(0.0);
    let ratio = stated.or_else(|| Some(failed? / total?)).filter(|_| !empty);
    (failed.is_some() || ratio.is_some()).then_some((failed.filter(|_| !empty), ratio))
}

fn emit_thresholds(import: &mut Import, summary: &Summary<'_>) {
    let mut all: Vec<(String, bool, String)> = Vec::new();
    for metric in &summary.metrics {
        for (expression, met) in &metric.thresholds {
            let at = format!("{}/thresholds/{}", metric.at, pointer(expression.as_str()));
            all.push((format!("{}: {expression}", metric.name), *met, at));
        }
    }
    all.extend(summary.thresholds.iter().cloned());
    if all.is_empty() {
        return;
    }
    let failed: Vec<_> = all.iter().filter(|(_, met, _)| !met).map(|(text, ..)| text.clone()).collect();
    import.measure_count("http.threshold.total", all.len(), "", "/metrics");
    #[allow(clippy::cast_precision_loss)]
    import.measure_text("http.threshold.failed", failed.len() as f64, "", "/metrics", failed.join("; "));
    for (text, met, at) in all {
        import.measure_bool("http.threshold.crossed", !met, &text, &at, "");
    }
}

fn emit_checks(import: &mut Import, summary: &Summary<'_>) {
    let metric = summary.metrics.iter().find(|metric| metric.name.as_str() == "checks");
    let counted = metric.and_then(|metric| {
        let passed = metric.value("passes").or_else(|| metric.value("matches"))?;
        let failed = metric.value("fails").or_else(|| Some(metric.value("total")? - passed))?;
        Some((passed, failed, metric.values_at.clone()))
    });
    let listed = summary.checks.as_deref();
    // Some shapes count assertions that they do not list: none listed is then none known.
    if let Some(checks) = listed.filter(|checks| !checks.is_empty() || counted.is_none()) {
        import.measure_count("load.checks", checks.len(), "", summary.checks_at);
    }
    let summed = || {
        let checks = listed?;
        let passed = checks.iter().filter_map(|check| check.passes).sum();
        let failed = checks.iter().filter_map(|check| check.fails).sum();
        Some((passed, failed, summary.checks_at.to_owned()))
    };
    if let Some((passed, failed, at)) = counted.or_else(summed) {
        import.measure("load.checks.passed", passed, "", at.clone());
        import.measure("load.checks.failed", failed, "", at.clone());
        if passed + failed > 0.0 {
            import.measure("load.checks.ratio", passed / (passed + failed), "", at);
        }
    }
}

/// What a tag selector speaks of: `name:checkout` is the endpoint `checkout`, others stay as they are.
fn subject(selector: &str) -> &str {
    match selector.split_once(':') {
        Some(("name" | "url", value)) if !value.contains(',') => value.trim(),
        _ => selector,
    }
}

/// The HTTP method a selector names.
fn method(selector: &str) -> Option<&str> {
    let tagged = selector.split(',').find_map(|tag| tag.trim().strip_prefix("method:"));
    let first = subject(selector).split(' ').next();
    let known = |word: &&str| matches!(*word, "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE");
    tagged.filter(known).or(first.filter(known))
}
