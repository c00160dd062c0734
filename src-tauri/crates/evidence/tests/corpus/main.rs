//! Real tool outputs, where the corpus is at hand: what must be found in each is counted independently.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, clippy::print_stderr)]

mod metrics;
mod probes;
mod raw;

use std::{collections::BTreeMap, path::PathBuf};

use groma_evidence::{Import, Outcome, formats, read};
use metrics::metrics;
use raw::raw;
use serde_json::Value;

fn corpus() -> Option<(PathBuf, Vec<Value>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus/import");
    let Ok(manifest) = std::fs::read(folder.join("manifest.json")) else {
        eprintln!("skipped: no corpus at {}", folder.display());
        return None;
    };
    Some((folder, serde_json::from_slice(&manifest).unwrap()))
}

/// Formats of which the corpus has no file; their fixtures hold them.
const WITHOUT_FILES: &[&str] = &[
    "actuator",
    "collapsed-stacks",
    "explain-text",
    "groma-facts",
    "java-threads",
    "jfr-summary",
    "kubectl-top",
    "log-lines",
    "mongodb-explain",
    "mongodb-status",
    "mysql-digest",
    "mysql-explain",
    "mysql-variables",
    "prometheus-rules",
    "pt-query-digest",
    "rds-performance-insights",
    "redis-slowlog",
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

#[test]
fn every_file_of_our_formats_gives_what_was_counted_in_it() {
    let Some((folder, manifest)) = corpus() else { return };
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &manifest {
        let format = entry["format"].as_str().unwrap();
        if !formats().iter().any(|known| known.id == format) {
            continue;
        }
        *seen.entry(format).or_default() += 1;
        let file = entry["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(file)).unwrap();
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
                    raw(&mut checker, expected);
                }
                if let Some(expected) = expect.get("metrics").filter(|metrics| metrics.is_object()) {
                    metrics(&mut checker, format, expected);
                }
            }
            // No tool looked at anything: zero results of it would read as a clean scan.
            Outcome::Refused { reason, .. } if file == "sarif/no_runs.sarif" => assert!(reason.contains("no run")),
            // Its root is no report at all.
            Outcome::Refused { reason, .. } if file == "jacoco/empty.xml" => assert!(reason.contains("unknown format")),
            other => wrong.push(format!("{file}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let expected = formats().iter().filter(|format| !WITHOUT_FILES.contains(&format.id)).count();
    assert_eq!(seen.len(), expected, "formats with a file in the corpus: {seen:?}");
}

#[test]
fn edge_files_have_their_outcome() {
    let Some((folder, manifest)) = corpus() else { return };
    let outcome = |file: &str| read(file, &std::fs::read(folder.join("edge").join(file)).unwrap(), None);
    let refused = |file: &str| match outcome(file) {
        Outcome::Refused { format, reason, line, column, remedy } => {
            assert!(!remedy.is_empty(), "{file}");
            (format, reason, line, column)
        }
        other => panic!("{file}: {other:?}"),
    };
    for file in ["osv-empty-0bytes.json", "drheader-empty.json", "emptyfile.jtl"] {
        assert!(refused(file).1.contains("empty"), "{file}");
    }
    for file in ["openvex-not-a-document.json", "opencover-with-bom.xml", "notes.txt"] {
        let (format, reason, ..) = refused(file);
        assert!(format.is_none() && reason.contains("unknown format"), "{file}: {reason}");
    }
    let (format, reason, ..) = refused("npm-audit-error.json");
    assert!(format.is_some() && reason.contains("ENOAUDIT"), "{reason}");
    let (format, reason, line, _) = refused("wrk-unable-to-connect.txt");
    assert!(format == Some("wrk") && reason.contains("unable to connect") && line == Some(1), "{reason}");
    let (format, reason, line, column) = refused("sarif-truncated.sarif");
    assert!(format == Some("sarif") && reason.contains("breaks off at line"), "{reason}");
    assert!(line > Some(500) && column > Some(0), "{line:?} {column:?}");
    match outcome("trivy-null.json") {
        Outcome::Ambiguous { candidates, remedy, .. } => {
            assert_eq!(candidates, ["gitleaks", "trivy"]);
            assert!(remedy.contains("say which"), "{remedy}");
        }
        other => panic!("{other:?}"),
    }
    // Said to be Trivy's, it is a clean result.
    let null = std::fs::read(folder.join("edge/trivy-null.json")).unwrap();
    let Outcome::Imported(clean) = read("trivy-null.json", &null, Some("trivy")) else { panic!() };
    assert_eq!(clean.value("deps.vulnerabilities", ""), Some(0.0));

    let imported = |file: &str| match outcome(file) {
        Outcome::Imported(import) => import,
        other => panic!("{file}: {other:?}"),
    };
    let (utf16, utf8) = (imported("trivy-utf16le-bom.json"), imported("../trivy/scheme_2_many_vulns.json"));
    assert_eq!(utf16.issues.len(), 5);
    assert_eq!(utf16, utf8);
    let (xml, sarif) = (imported("sarif-wrong-extension.xml"), imported("../sarif/njsscan.sarif"));
    assert_eq!(xml, sarif);
    // Two results with three locations: a result is one issue, wherever it says it stands.
    assert_eq!((xml.issues.len(), xml.value("scan.results", "")), (2, Some(2.0)));

    let edges = manifest.iter().filter(|entry| entry["format"] == "edge").count();
    assert_eq!(edges, 12, "every edge file has an assertion above");
}

#[test]
fn files_of_other_formats_are_never_taken_for_ours() {
    let Some((folder, manifest)) = corpus() else { return };
    let mut taken = Vec::new();
    for entry in &manifest {
        let (format, file) = (entry["format"].as_str().unwrap(), entry["file"].as_str().unwrap());
        if format == "edge" || formats().iter().any(|known| known.id == format) {
            continue;
        }
        // pgBouncer answers psql, so its tables are psql's.
        if format == "pgbouncer" {
            continue;
        }
        let bytes = std::fs::read(folder.join(file)).unwrap();
        if let Outcome::Imported(import) = read(file, &bytes, None) {
            taken.push(format!("{file} ({format}) as {}", import.format));
        }
    }
    assert!(taken.is_empty(), "\n{}", taken.join("\n"));
}

#[test]
fn a_wrong_format_is_never_a_clean_result() {
    let Some((folder, manifest)) = corpus() else { return };
    let same = |a: &str, b: &str| {
        let alike = [
            ["wrk", "wrk2"],
            ["pg-stat-statements", "psql-text"],
            ["pgbouncer", "psql-text"],
            ["pnpm-audit", "npm-audit-v6"],
        ];
        a == b || alike.iter().any(|pair| pair.contains(&a) && pair.contains(&b))
    };
    let mut taken = Vec::new();
    for entry in &manifest {
        let (of, file) = (entry["format"].as_str().unwrap(), entry["file"].as_str().unwrap());
        let bytes = std::fs::read(folder.join(file)).unwrap();
        if of == "edge" || bytes.len() > 2_000_000 {
            continue;
        }
        for format in formats().iter().filter(|format| !same(of, format.id)) {
            // Some tools' word for nothing found.
            let bare = ["gitleaks", "hadolint", "safety", "trivy"].contains(&format.id)
                && matches!(bytes.trim_ascii(), b"[]" | b"null");
            if let Outcome::Imported(import) = read(file, &bytes, Some(format.id))
                && !bare
            {
                let counts = (import.issues.len(), import.measurements.len());
                taken.push(format!("{file} ({of}) as {}: {counts:?}", format.id));
            }
        }
    }
    assert!(taken.is_empty(), "\n{}", taken.join("\n"));
}
