//! Holds what is read of a real file against what was counted in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod metrics;
mod probes;
mod raw;

use std::{collections::BTreeMap, path::Path};

use groma_evidence::{Import, Outcome, read};
use serde_json::Value;

/// What was counted by hand in files of which the manifest has no count of its own, in the manifest's terms.
const COUNTED: &[(&str, &str)] = &[
    ("42crunch/crunch42_many_findings.json", r#"{"items": 8, "by_native_severity": {"1": 1, "3": 5, "4": 2}}"#),
    // Heartbleed with TLS 1.0 and the expired certificate; nine ciphers, of which one was not accepted; eight more checks.
    (
        "sslscan/sslscan_many_vuln.xml",
        r#"{"items": 19, "by_native_severity": {"(none)": 2, "strong": 2, "acceptable": 6, "not accepted": 1, "passed": 8}}"#,
    ),
    // An expired certificate, signed with SHA-1; suites without forward secrecy. Six protocols, seven bugs, name and key.
    ("sslyze/report_one_target_one_vuln.xml", r#"{"items": 18, "by_native_severity": {"(none)": 3, "passed": 15}}"#),
];

/// Collects what is wrong with one file.
struct Checker<'a> {
    file: &'a str,
    import: &'a Import,
    wrong: &'a mut Vec<String>,
}

impl Checker<'_> {
    fn fail(&mut self, message: impl std::fmt::Display) {
        self.wrong.push(format!("{}: {message}", self.file));
    }

    fn equal(&mut self, key: &str, want: &Value, got: Option<f64>) {
        let ok = match (want.as_f64(), got) {
            (Some(want), Some(got)) => (want - got).abs() <= want.abs() * 1e-9,
            (None, None) => want.is_null(),
            _ => false,
        };
        if !ok {
            self.fail(format!("{key}: want {want}, got {got:?}"));
        }
    }

    fn text(&mut self, key: &str, want: &str, got: Option<&str>) {
        if got != Some(want) {
            self.fail(format!("{key}: want {want:?}, got {got:?}"));
        }
    }

    fn value(&self, metric: &str) -> Option<f64> {
        self.import.value(metric, "")
    }

    fn text_of(&self, metric: &str) -> Option<&str> {
        self.import.measurements.iter().find(|m| m.metric == metric).map(|m| &*m.text)
    }

    /// Values by subject.
    fn by_subject(&self, metric: &str) -> BTreeMap<String, f64> {
        let of = self.import.measurements.iter().filter(|m| m.metric == metric);
        of.map(|m| (m.subject.clone(), m.value)).collect()
    }

    fn object(&mut self, key: &str, want: &Value, got: &BTreeMap<String, f64>) {
        let want: BTreeMap<String, f64> =
            want.as_object().unwrap().iter().map(|(k, v)| (k.clone(), v.as_f64().unwrap())).collect();
        if want != *got {
            self.fail(format!("{key}: want {want:?}, got {got:?}"));
        }
    }

    fn list(&mut self, key: &str, want: &Value, got: &str, separator: &str) {
        let mut want: Vec<&str> = want.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
        let mut got: Vec<&str> = got.split(separator).filter(|part| !part.is_empty()).collect();
        want.sort_unstable();
        got.sort_unstable();
        if want != got {
            self.fail(format!("{key}: want {want:?}, got {got:?}"));
        }
    }
}

fn wrk_runs(checker: &mut Checker<'_>, runs: &[Value]) {
    let starts: Vec<usize> = {
        let all = checker.import.measurements.iter().enumerate();
        all.filter(|(_, m)| m.metric == "http.requests").map(|(index, _)| index).collect()
    };
    if starts.len() != runs.len() {
        checker.fail(format!("want {} runs, got {}", runs.len(), starts.len()));
        return;
    }
    for (number, run) in runs.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(checker.import.measurements.len());
        let measurements = checker.import.measurements[starts[number]..end].to_vec();
        let value = |metric: &str| measurements.iter().find(|m| m.metric == metric).map(|m| m.value);
        for (key, want) in run.as_object().unwrap() {
            let metric = match key.as_str() {
                "requests" => "http.requests",
                "duration_ms" => "load.duration",
                "rps" => "http.rate",
                "latency_avg_ms" => "http.latency.avg",
                "latency_max_ms" => "http.latency.max",
                "non_2xx_3xx" => "http.failed.count",
                "socket_errors" => {
                    if want.is_null() && value("http.socket_errors") != Some(0.0) {
                        checker.fail("socket errors where there are none");
                    }
                    continue;
                }
                "hdr" => {
                    if want.as_bool() == Some(true) {
                        let tool = checker.import.tool.clone();
                        checker.text(key, "wrk2", Some(&tool));
                    }
                    continue;
                }
                "percentiles_ms" => {
                    let names = [
                        ("50", "p50"),
                        ("75", "p75"),
                        ("90", "p90"),
                        ("99", "p99"),
                        ("99.9", "p999"),
                        ("99.99", "p9999"),
                    ];
                    for (percentile, name) in names {
                        checker.equal(name, &want[percentile], value(&format!("http.latency.{name}")));
                    }
                    continue;
                }
                other => {
                    checker.fail(format!("run key {other} is not asserted"));
                    continue;
                }
            };
            checker.equal(key, want, value(metric));
        }
    }
}

/// What is wrong with how a file of the corpus in `folder` is read, by the manifest's `entry`; nothing when it is right.
///
/// # Panics
/// When the manifest or the corpus is not as it should be.
pub fn what_is_wrong(folder: &Path, entry: &Value) -> Vec<String> {
    let (format, file) = (entry["format"].as_str().unwrap(), entry["file"].as_str().unwrap());
    let bytes = std::fs::read(folder.join(file)).unwrap();
    let mut wrong = Vec::new();
    // A bare `null` names no tool: a person says whose it is.
    let named = matches!(bytes.trim_ascii(), b"null").then_some(format);
    match read(file, &bytes, named) {
        Outcome::Imported(import) => {
            if import.format != format {
                wrong.push(format!("{file}: read as {}", import.format));
            }
            let mut checker = Checker { file, import: &import, wrong: &mut wrong };
            let expect = &entry["expect"];
            if let Some(expected) = expect.get("raw").filter(|raw| raw.is_object()) {
                raw::raw(&mut checker, expected);
            }
            if let Some((_, counted)) = COUNTED.iter().find(|(of, _)| *of == file) {
                raw::raw(&mut checker, &serde_json::from_str(counted).unwrap());
            }
            if let Some(expected) = expect.get("metrics").filter(|metrics| metrics.is_object()) {
                metrics::metrics(&mut checker, format, expected);
            }
        }
        // No tool looked at anything: zero results of it would read as a clean scan.
        Outcome::Refused { reason, .. } if file == "sarif/no_runs.sarif" && reason.contains("no run") => {}
        // Its root is no report at all.
        Outcome::Refused { reason, .. } if file == "jacoco/empty.xml" && reason.contains("unknown format") => {}
        other => wrong.push(format!("{file}: {other:?}")),
    }
    wrong
}
