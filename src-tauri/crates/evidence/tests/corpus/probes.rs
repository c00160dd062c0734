//! What the manifest says of load tests and probes, format by format.

use serde_json::Value;

use super::Checker;

/// Keys of the manifest and the metric of the whole that holds them, in its unit.
const WHOLE: &[(&str, &[(&str, &str)])] = &[
    ("ab", &[("requests", "http.requests"), ("failed", "http.failed.count"), ("rps", "http.rate")]),
    (
        "autocannon",
        &[
            ("requests", "http.requests"),
            ("p50_ms", "http.latency.p50"),
            ("p97_5_ms", "http.latency.p975"),
            ("p99_ms", "http.latency.p99"),
            ("max_ms", "http.latency.max"),
            ("rps", "http.rate"),
            ("errors", "http.socket_errors"),
            ("timeouts", "http.timeouts"),
            ("non2xx", "http.failed.count"),
        ],
    ),
    (
        "gatling",
        &[
            ("requests", "http.requests"),
            ("ko", "http.failed.count"),
            ("p1_ms", "http.latency.p50"),
            ("p2_ms", "http.latency.p75"),
            ("p3_ms", "http.latency.p95"),
            ("p4_ms", "http.latency.p99"),
            ("max_ms", "http.latency.max"),
        ],
    ),
    (
        "hdrhistogram",
        &[
            ("rows", "histogram.rows"),
            ("p50", "histogram.p50"),
            ("p90", "histogram.p90"),
            ("p99", "histogram.p99"),
            ("p999", "histogram.p999"),
            ("max", "histogram.max"),
            ("count", "histogram.count"),
        ],
    ),
    (
        "hey",
        &[
            ("rps", "http.rate"),
            ("errors", "http.socket_errors"),
            ("requests", "http.requests"),
            ("p50_ms", "http.latency.p50"),
            ("p99_ms", "http.latency.p99"),
            ("max_ms", "http.latency.max"),
        ],
    ),
    ("jacoco", &[]),
    ("jaeger", &[("traces", "trace.traces"), ("spans", "trace.spans"), ("processes", "trace.services")]),
    (
        "jmeter-jtl",
        &[
            ("samples", "http.requests"),
            ("errors", "http.failed.count"),
            ("p50_ms", "http.latency.p50"),
            ("p90_ms", "http.latency.p90"),
            ("p95_ms", "http.latency.p95"),
            ("p99_ms", "http.latency.p99"),
            ("max_ms", "http.latency.max"),
        ],
    ),
    (
        "jmeter-statistics",
        &[
            ("samples", "http.requests"),
            ("errors", "http.failed.count"),
            ("mean_ms", "http.latency.avg"),
            ("median_ms", "http.latency.p50"),
            ("pct1_p90_ms", "http.latency.p90"),
            ("pct2_p95_ms", "http.latency.p95"),
            ("pct3_p99_ms", "http.latency.p99"),
            ("max_ms", "http.latency.max"),
            ("throughput", "http.rate"),
        ],
    ),
    ("cobertura", &[("attr_lines_valid", "coverage.total"), ("attr_lines_covered", "coverage.covered")]),
    (
        "docker-compose",
        &[
            ("services", "deploy.containers"),
            ("without_healthcheck", "deploy.no_healthcheck"),
            ("without_mem_limit", "deploy.no_memory_limit"),
            ("without_restart", "deploy.no_restart"),
            ("untagged_or_latest", "deploy.floating_images"),
            ("published_ports", "deploy.ports"),
        ],
    ),
    (
        "explain-json",
        &[
            ("nodes", "db.plan.nodes"),
            ("total_cost", "db.plan.cost"),
            ("execution_time_ms", "db.plan.execution"),
            ("planning_time_ms", "db.plan.planning"),
        ],
    ),
    (
        "jvm-gc-log",
        &[
            ("lines", "jvm.gc.lines"),
            ("gc_events_with_duration", "jvm.gc.events"),
            ("stw_pauses", "jvm.gc.pauses"),
            ("full", "jvm.gc.full"),
            ("max_pause_ms", "jvm.gc.pause.max"),
        ],
    ),
    (
        "junit",
        &[
            ("testcases", "tests.total"),
            ("failures", "tests.failed"),
            ("errors", "tests.errors"),
            ("skipped", "tests.skipped"),
            ("suites", "tests.suites"),
        ],
    ),
    (
        "k8s-manifest",
        &[
            ("documents", "deploy.documents"),
            ("containers", "deploy.containers"),
            ("no_limits", "deploy.no_limits"),
            ("no_readiness", "deploy.no_readiness"),
            ("no_liveness", "deploy.no_liveness"),
        ],
    ),
    ("k6-ndjson", &[("http_req_duration_n", "http.requests")]),
    ("lcov", &[]),
    (
        "locust",
        &[
            ("requests", "http.requests"),
            ("failures", "http.failed.count"),
            ("median_ms", "http.latency.p50"),
            ("avg_ms", "http.latency.avg"),
            ("p95", "http.latency.p95"),
            ("p99", "http.latency.p99"),
            ("max_ms", "http.latency.max"),
        ],
    ),
    (
        "memcached",
        &[
            ("stats", "cache.info.fields"),
            ("get_hits", "cache.hits"),
            ("get_misses", "cache.misses"),
            ("hit_ratio", "cache.hit_ratio"),
            ("evictions", "cache.evicted.keys"),
            ("limit_maxbytes", "cache.maxmemory"),
            ("curr_items", "cache.keys"),
        ],
    ),
    (
        "oha",
        &[
            ("rps", "http.rate"),
            ("p50_ms", "http.latency.p50"),
            ("p95_ms", "http.latency.p95"),
            ("p99_ms", "http.latency.p99"),
            ("slowest_ms", "http.latency.max"),
        ],
    ),
    (
        "openapi",
        &[
            ("paths", "api.paths"),
            ("operations", "api.operations"),
            ("security_schemes", "api.security_schemes"),
            ("ops_without_security", "api.operations.unsecured"),
        ],
    ),
    ("otlp", &[]),
    ("pgbadger", &[("queries", "db.log.queries"), ("errors", "db.log.errors")]),
    ("pgbouncer", &[]),
    ("prometheus-query", &[("series", "prometheus.query.series"), ("points", "prometheus.query.points")]),
    (
        "vegeta",
        &[
            ("requests", "http.requests"),
            ("rate", "http.rate"),
            ("throughput", "http.rate.ok"),
            ("p50_ms", "http.latency.p50"),
            ("p90_ms", "http.latency.p90"),
            ("p95_ms", "http.latency.p95"),
            ("p99_ms", "http.latency.p99"),
            ("max_ms", "http.latency.max"),
            ("mean_ms", "http.latency.avg"),
        ],
    ),
];

/// Checks the metrics of a load test or probe; `false` when the format is none of these.
pub(super) fn metrics(checker: &mut Checker<'_>, format: &str, metrics: &Value) -> bool {
    let Some((_, whole)) = WHOLE.iter().find(|(of, _)| *of == format) else { return false };
    // Times of a run in which most requests failed are those of errors: none is taken.
    let failing = checker.value("http.failed.ratio").is_some_and(|ratio| ratio > 0.5);
    for (key, want) in metrics.as_object().unwrap() {
        if let Some((_, metric)) = whole.iter().find(|(of, _)| of == key) {
            let want = want
                .as_str()
                .filter(|_| key != "version")
                .and_then(|text| text.parse::<f64>().ok())
                .map_or(want.clone(), Value::from);
            let want = if failing && metric.starts_with("http.latency") { Value::Null } else { want };
            let subject = if metric.starts_with("coverage.") { "line" } else { "" };
            checker.equal(key, &want, checker.import.value(metric, subject));
        } else if !other(checker, format, key, want) {
            checker.fail(format!("{format} key {key} is not asserted"));
        }
    }
    true
}

/// Keys that need more than one number.
fn other(checker: &mut Checker<'_>, format: &str, key: &str, want: &Value) -> bool {
    match (format, key) {
        ("ab" | "autocannon" | "hey" | "oha" | "vegeta", "status" | "status_codes") => {
            let want = want
                .as_object()
                .unwrap()
                .iter()
                .map(|(status, count)| (status.clone(), count.get("count").unwrap_or(count).clone()));
            let got = checker.by_subject("http.status.responses");
            checker.object(key, &Value::Object(want.collect()), &got);
        }
        ("ab" | "hey", "percentiles_ms") => {
            for (percent, want) in want.as_object().unwrap() {
                let got = checker.value(&format!("http.latency.p{percent}"));
                match percent.as_str() {
                    "50" | "75" | "90" | "95" | "99" => checker.equal(percent, want, got),
                    _ => checker.equal(percent, &Value::Null, got),
                }
            }
        }
        ("ab", "non2xx") | ("oha" | "vegeta", "errors") => {
            // Both are part of the failed, which are asserted with the status codes.
            let failed = checker.value("http.failed.count").unwrap();
            let least = want.as_f64().or(want.as_array().map(|all| all.len() as f64)).unwrap_or(0.0);
            if failed < least {
                checker.fail(format!("{key}: {failed} failed"));
            }
        }
        ("oha" | "vegeta", "success_rate" | "success") => {
            let want = Value::from(1.0 - want.as_f64().unwrap());
            checker.equal(key, &want, checker.value("http.failed.ratio"));
        }
        ("jmeter-jtl", "all_samples_incl_nested") => {
            checker.equal(key, want, checker.import.value("load.records", "samples"));
        }
        ("jmeter-jtl", "mean_ms") => {
            let got = checker.value("http.latency.avg").map(|mean| (mean * 1e3).round() / 1e3);
            checker.equal(key, want, got);
        }
        ("jmeter-jtl", "labels") | ("jmeter-statistics", "transactions") | ("locust", "rows") => {
            let mut of = checker.by_subject("http.requests");
            of.remove("");
            checker.equal(key, want, Some(of.len() as f64));
        }
        ("gatling", "ok") => {
            let served = checker.value("http.requests").unwrap() - checker.value("http.failed.count").unwrap();
            checker.equal(key, want, Some(served));
        }
        ("cobertura", "attr_line_rate") => {
            let want = want.as_str().unwrap().parse::<f64>().unwrap();
            let got = checker.value("coverage.lines").unwrap();
            if (want - got).abs() > 1e-3 {
                checker.fail(format!("{key}: want {want}, got {got}"));
            }
        }
        ("cobertura", "unique_lines" | "unique_covered") | ("lcov", "lines" | "covered") => {
            let metric = if key.ends_with("covered") { "coverage.covered" } else { "coverage.total" };
            let subject = if format == "lcov" { "line" } else { "listed line" };
            checker.equal(key, want, checker.import.value(metric, subject));
        }
        ("cobertura" | "jacoco" | "lcov", "files" | "classes" | "packages" | "groups") => {
            let kind = if key == "classes" { "class" } else { key.trim_end_matches('s') };
            checker.equal(key, want, checker.import.value("coverage.listed", kind));
        }
        ("jacoco", "counters") => {
            for (kind, counter) in want.as_object().unwrap() {
                let kind = kind.to_lowercase();
                let covered = checker.import.value("coverage.covered", &kind);
                let total = checker.import.value("coverage.total", &kind);
                checker.equal(&kind, &counter["covered"], covered);
                checker.equal(&kind, &counter["missed"], total.zip(covered).map(|(total, covered)| total - covered));
            }
        }
        ("explain-json", "root") => {
            let got = checker.text_of("db.plan.nodes").map(str::to_owned);
            checker.text(key, want.as_str().unwrap(), got.as_deref());
        }
        ("explain-json", "seq_scans" | "sort_spill") => {
            let metric = if key == "seq_scans" { "db.plan.seq_scans" } else { "db.plan.sort_spills" };
            let got = checker.text_of(metric).unwrap_or_default().to_owned();
            checker.list(key, want, &got, ", ");
        }
        ("explain-json", "analyzed") => {
            let want = Value::from(u8::from(want.as_bool().unwrap()));
            checker.equal(key, &want, checker.value("db.plan.analyzed"));
        }
        ("explain-json", "temp_written") => {
            // Without BUFFERS no blocks are counted, which is no zero.
            checker.equal(key, want, checker.value("db.plan.temp_written").or(Some(0.0)));
        }
        ("jaeger", "max_duration_us") => {
            checker.equal(key, want, checker.value("trace.span.max").map(|millis| millis * 1e3));
        }
        ("otlp", "spans" | "metrics" | "logs") => {
            checker.equal(key, want, checker.import.value("otlp.records", key));
        }
        ("jvm-gc-log", "sum_pause_ms") => {
            let got = checker.value("jvm.gc.pause.total").map(|sum| (sum * 1e3).round() / 1e3);
            checker.equal(key, want, got);
        }
        ("jvm-gc-log", "collector") => {
            let got = checker.text_of("jvm.gc.pauses").map(str::to_owned);
            checker.text(key, want.as_str().unwrap_or_default(), got.as_deref());
        }
        ("k8s-manifest", "kinds") => {
            let got = checker.by_subject("deploy.kinds");
            checker.object(key, want, &got);
        }
        ("pgbouncer", "columns") => {
            let got = checker.text_of("table.columns").unwrap_or_default().to_owned();
            checker.list(key, want, &got, ", ");
        }
        ("prometheus-query", "resultType") => {
            let got = checker.text_of("prometheus.query.series").map(str::to_owned);
            checker.text(key, want.as_str().unwrap(), got.as_deref());
        }
        ("prometheus-query", "warnings") => {
            checker.equal(key, want, Some(checker.import.diagnostics.len() as f64));
        }
        ("memcached" | "gatling" | "openapi", "version") => {
            checker.text(key, want.as_str().unwrap(), Some(&checker.import.tool_version.clone()))
        }
        ("gatling", "children") => {
            let mut of = checker.by_subject("http.requests");
            of.remove("");
            checker.equal(key, want, Some(of.len() as f64));
        }
        ("k6-ndjson", "lines" | "metric_defs" | "points" | "http_reqs") => {
            let subject = if key == "metric_defs" { "metrics" } else { key };
            checker.equal(key, want, checker.import.value("load.records", subject));
        }
        ("k6-ndjson", "http_req_duration_values_ms") => {
            checker.equal(key, &want[0], checker.value("http.latency.max"));
        }
        ("autocannon", "sent") => {
            // Under way at the end: neither answered nor failed.
            if want.as_f64() < checker.value("http.requests") {
                checker.fail("more requests than were sent");
            }
        }
        // What a format says of itself, and what hey prints when nothing was measured.
        (_, "shape" | "cols" | "header" | "top_keys" | "top") | ("hey", "has_nan") => {}
        ("pgbouncer", "border2" | "rows") | ("prometheus-query", "status") => {}
        _ => return false,
    }
    true
}
