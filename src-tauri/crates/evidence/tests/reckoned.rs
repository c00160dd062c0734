//! Values of the JMeter fixtures that were reckoned from their rows apart from this crate, so that no rewriting of the
//! expectations can bless a wrong one.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read files")]

use std::path::PathBuf;

use groma_evidence::{Outcome, read};

/// Metric, subject and value.
type Reckoned = (&'static str, &'static str, f64);

/// Every row of a sample file is a sample of `(label, start, milliseconds, failed)`; ranks are the smallest that reach
/// the percentage, rates go from the first begin to the last end.
const RECKONED: &[(&str, &[Reckoned])] = &[
    (
        // 110 whole rows from 0 to 10,939 ms; times 20 to 49 in turn, one of them 420 in the place of a 20.
        "jmeter-jtl/multi-line-cut-off.csv",
        &[
            ("load.records", "samples", 110.0),
            ("load.duration", "", 10_939.0),
            ("http.requests", "", 110.0),
            ("http.failed.count", "", 3.0),
            ("http.rate", "", 110_000.0 / 10_939.0),
            ("http.latency.avg", "", 4_095.0 / 110.0),
            ("http.latency.p50", "", 33.0),
            ("http.latency.p90", "", 46.0),
            ("http.latency.p95", "", 48.0),
            ("http.latency.p99", "", 49.0),
            ("http.latency.max", "", 420.0),
            ("http.requests", "POST /orders", 11.0),
            ("http.latency.avg", "POST /orders", 720.0 / 11.0),
            ("http.latency.p50", "POST /orders", 30.0),
            ("http.latency.p90", "POST /orders", 40.0),
            ("http.latency.p95", "POST /orders", 420.0),
            ("http.latency.write.p99", "POST /orders", 420.0),
            ("http.requests", "GET /items", 99.0),
            ("http.failed.ratio", "GET /items", 3.0 / 99.0),
            ("http.latency.avg", "GET /items", 3_375.0 / 99.0),
            ("http.latency.p50", "GET /items", 34.0),
            ("http.latency.read.p99", "GET /items", 49.0),
            ("http.status.responses", "200", 107.0),
            ("http.status.responses", "500", 3.0),
        ],
    ),
    (
        // 300 ms from 0, 40 ms from 500; two nested ones belong to the first, one has no time.
        "jmeter-jtl/nested.jtl",
        &[
            ("load.records", "samples", 4.0),
            ("load.duration", "", 540.0),
            ("http.requests", "", 2.0),
            ("http.rate", "", 2_000.0 / 540.0),
            ("http.latency.avg", "", 170.0),
            ("http.latency.p50", "", 40.0),
            ("http.latency.p75", "", 300.0),
            ("http.latency.tail_ratio", "", 7.5),
            ("http.latency.p99", "Order & pay", 300.0),
            ("http.failed.ratio", "Home", 1.0),
        ],
    ),
    (
        // 120 from 0, 80 from 500, 90 from 1,000, 290 from 0.
        "jmeter-jtl/no-header.jtl",
        &[
            ("load.duration", "", 1_090.0),
            ("http.rate", "", 4_000.0 / 1_090.0),
            ("http.latency.avg", "", 145.0),
            ("http.latency.p50", "", 90.0),
            ("http.latency.p75", "", 120.0),
            ("http.latency.p90", "", 290.0),
            ("http.failed.count", "", 1.0),
            ("http.status.responses", "200", 1.0),
            ("http.status.responses", "302", 1.0),
            ("http.latency.p50", "Home", 80.0),
            ("http.failed.ratio", "Home", 0.5),
        ],
    ),
    (
        "jmeter-statistics/two.json",
        &[
            ("http.requests", "", 300.0),
            ("http.failed.ratio", "", 2.0 / 300.0),
            ("http.latency.p90", "", 70.0),
            ("http.latency.p99", "", 300.0),
            ("http.latency.tail_ratio", "Login", 400.0 / 44.0),
            ("http.requests", "a/b~c", 100.0),
        ],
    ),
];

#[test]
fn values_are_those_that_were_reckoned_apart() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/evidence");
    for (file, values) in RECKONED {
        let Outcome::Imported(import) = read(file, &std::fs::read(folder.join(file)).unwrap(), None) else {
            panic!("{file} was not read")
        };
        for (metric, subject, want) in *values {
            let got = import.value(metric, subject);
            let near = got.is_some_and(|got| (got - want).abs() <= want.abs() * 1e-12);
            assert!(near, "{file}: {metric} of `{subject}`: want {want}, got {got:?}");
        }
        // Only a timed answer has a response time: of the one request to `Home` that failed there is none.
        if *file == "jmeter-jtl/nested.jtl" {
            assert_eq!(import.value("http.latency.p99", "Home"), None);
        }
    }
}
