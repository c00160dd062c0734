//! What the manifest says of measured values.

use serde_json::Value;

use super::{Checker, wrk_runs};

pub(super) fn metrics(checker: &mut Checker<'_>, format: &str, metrics: &Value) {
    if super::probes::metrics(checker, format, metrics) {
        return;
    }
    for (key, want) in metrics.as_object().unwrap() {
        let metric = match (format, key.as_str()) {
            (_, "runs") => {
                wrk_runs(checker, want.as_array().unwrap());
                continue;
            }
            ("psql-text" | "redis-config", "shape") => {
                let got = match format {
                    "redis-config" => checker.text_of("cache.config.params").map(str::to_owned),
                    _ => Some("aligned".to_owned()),
                };
                checker.text(key, want.as_str().unwrap(), got.as_deref());
                continue;
            }
            (_, "shape" | "border2") => continue,
            (f, "checks") if f.starts_with("k6") && want.is_object() => {
                checker.equal("matches", &want["matches"], checker.value("load.checks.passed"));
                checker.equal("rate", &want["rate"], checker.value("load.checks.ratio"));
                continue;
            }
            (f, "checks" | "check_passes" | "check_fails" | "thresholds") if f.starts_with("k6") => {
                let metric = match key.as_str() {
                    "checks" => "load.checks",
                    "check_passes" => "load.checks.passed",
                    "check_fails" => "load.checks.failed",
                    _ => "http.threshold.total",
                };
                // Thresholds may not have been set at all; assertions are always listed, be it none.
                let none = (key == "thresholds").then_some(0.0);
                checker.equal(key, want, checker.value(metric).or(none));
                continue;
            }
            (f, "thresholds_failed") if f.starts_with("k6") => {
                let got = checker.text_of("http.threshold.failed").unwrap_or_default().to_owned();
                checker.list(key, want, &got, "; ");
                let crossed: f64 = checker.by_subject("http.threshold.crossed").values().sum();
                checker.equal("crossed", &Value::from(want.as_array().unwrap().len()), Some(crossed));
                continue;
            }
            (_, "http_reqs") => "http.requests",
            (_, "rps") => "http.rate",
            (_, "avg_ms") => "http.latency.avg",
            (_, "med_ms") => "http.latency.p50",
            (_, "p90_ms") => "http.latency.p90",
            (_, "p95_ms") => "http.latency.p95",
            (_, "p99_ms") => "http.latency.p99",
            (_, "max_ms") => "http.latency.max",
            (_, "failed_requests") => "http.failed.count",
            (_, "failed_rate") => "http.failed.ratio",
            (_, "duration_ms") => "load.duration",
            ("prometheus-text", "samples") => "prometheus.samples",
            ("prometheus-text", "type_lines") => "prometheus.type_lines",
            ("prometheus-text", "buckets") => "prometheus.buckets",
            ("prometheus-text", "nan_or_inf") => "prometheus.non_finite",
            ("prometheus-text", "families") => {
                if !want.is_null() {
                    checker.equal(key, want, checker.value("prometheus.families"));
                }
                continue;
            }
            ("prometheus-text", "openmetrics") => {
                let want = Value::from(u8::from(want.as_bool().unwrap()));
                checker.equal(key, &want, checker.value("prometheus.openmetrics"));
                continue;
            }
            ("prometheus-text", "types") => {
                let mut got = checker.by_subject("prometheus.families");
                got.remove("");
                checker.object(key, want, &got);
                continue;
            }
            ("pg-stat-statements", "rows") | ("psql-text", "rows") => {
                let got = checker.import.measurements.iter().find(|m| m.metric == "table.rows").map(|m| m.value);
                if !want.is_null() {
                    checker.equal(key, want, got);
                }
                continue;
            }
            ("pg-stat-statements", "columns") => {
                let got = checker.import.measurements.iter().find(|m| m.metric == "table.columns").map(|m| m.value);
                checker.equal(key, want, got);
                continue;
            }
            ("psql-text", "columns") => {
                let got = checker.text_of("table.columns").unwrap_or_default().to_owned();
                checker.list(key, want, &got, ", ");
                continue;
            }
            ("pg-stat-statements", "time_column") => {
                let got = checker.text_of("table.columns").unwrap_or_default();
                let found = got.split(", ").find(|column| *column == want.as_str().unwrap()).map(str::to_owned);
                checker.text(key, want.as_str().unwrap(), found.as_deref());
                continue;
            }
            ("pg-stat-statements", "top_total_query" | "top_total_ms" | "top_total_calls") => {
                let totals = checker.by_subject("db.query.total");
                let (query, total) = totals.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
                match key.as_str() {
                    "top_total_query" => checker.text(key, want.as_str().unwrap(), Some(&query)),
                    "top_total_ms" => checker.equal(key, want, Some(total)),
                    _ => checker.equal(key, want, checker.import.value("db.query.calls", &query)),
                }
                continue;
            }
            ("pg-stat-statements", "max_mean_ms" | "max_mean_query") => {
                let means = checker.by_subject("db.query.mean");
                let (query, mean) = means.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
                match key.as_str() {
                    "max_mean_ms" => checker.equal(key, want, Some(mean)),
                    _ => checker.text(key, want.as_str().unwrap(), Some(&query)),
                }
                continue;
            }
            ("redis-info", "version") => {
                let got = checker.import.tool_version.clone();
                checker.text(key, want.as_str().unwrap(), Some(&got));
                continue;
            }
            ("redis-info", "sections") => "cache.info.sections",
            ("redis-info", "fields") => "cache.info.fields",
            ("redis-info", "hits") => "cache.hits",
            ("redis-info", "misses") => "cache.misses",
            ("redis-info", "hit_ratio") => "cache.hit_ratio",
            ("redis-info", "evicted_keys") => "cache.evicted.keys",
            ("redis-info", "expired_keys") => "cache.expired.keys",
            ("redis-info", "maxmemory") => "cache.maxmemory",
            ("redis-info", "used_memory") => "cache.memory.used",
            ("redis-info", "frag") => {
                let want = Value::from(want.as_str().unwrap().parse::<f64>().unwrap());
                checker.equal(key, &want, checker.value("cache.memory.fragmentation"));
                continue;
            }
            ("redis-info", "aof" | "clients") => {
                let metric = if key == "aof" { "cache.persistence.aof" } else { "cache.clients" };
                let want = Value::from(want.as_str().unwrap().parse::<f64>().unwrap());
                checker.equal(key, &want, checker.value(metric));
                continue;
            }
            ("redis-info" | "redis-config", "policy" | "role" | "save") => {
                let metric = match key.as_str() {
                    "policy" => "cache.eviction_policy",
                    "role" => "cache.replica",
                    _ => "cache.persistence.rdb",
                };
                let got = checker.text_of(metric).map(str::to_owned);
                checker.text(key, want.as_str().unwrap(), got.as_deref());
                continue;
            }
            ("redis-config", "params") => "cache.config.params",
            ("redis-config", "maxmemory" | "timeout") => {
                let metric = if key == "timeout" { "cache.config.timeout" } else { "cache.maxmemory" };
                let want = Value::from(want.as_str().unwrap().parse::<f64>().unwrap());
                checker.equal(key, &want, checker.value(metric));
                continue;
            }
            ("redis-config", "appendonly" | "protected") => {
                let metric = if key == "protected" { "cache.protected_mode" } else { "cache.persistence.aof" };
                let want = Value::from(u8::from(want == "yes"));
                checker.equal(key, &want, checker.value(metric));
                continue;
            }
            ("redis-config", "requirepass_empty") => {
                let want = Value::from(u8::from(!want.as_bool().unwrap()));
                checker.equal(key, &want, checker.value("cache.auth"));
                continue;
            }
            ("http-headers", "present") => {
                let set = [
                    ("strict-transport-security", "hsts"),
                    ("content-security-policy", "csp"),
                    ("x-content-type-options", "x_content_type_options"),
                    ("x-frame-options", "x_frame_options"),
                    ("referrer-policy", "referrer_policy"),
                    ("permissions-policy", "permissions_policy"),
                ];
                let found = set.iter().filter(|(_, metric)| {
                    let metric = format!("http.header.{metric}");
                    checker.import.measurements.iter().any(|m| m.metric == metric && m.value == 1.0)
                });
                let got = found.map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
                checker.list(key, want, &got, ", ");
                continue;
            }
            ("http-headers", "missing" | "leaks") => {
                let metric = if key == "missing" { "http.headers.missing" } else { "http.header.leaks" };
                let got = checker.text_of(metric).unwrap_or_default().to_owned();
                checker.list(key, want, &got, ", ");
                continue;
            }
            ("http-headers", "responses" | "final_status" | "headers" | "cookies" | "cookies_without_secure") => {
                let metric = match key.as_str() {
                    "responses" => "http.responses",
                    "final_status" => "http.status",
                    "headers" => "http.headers",
                    "cookies" => "http.cookies",
                    _ => "http.cookies.insecure",
                };
                let got = checker.import.measurements.iter().find(|m| m.metric == metric).map(|m| m.value);
                checker.equal(key, want, got);
                continue;
            }
            (format, other) => {
                checker.fail(format!("{format} key {other} is not asserted"));
                continue;
            }
        };
        checker.equal(key, want, checker.value(metric));
    }
}
