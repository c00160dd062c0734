//! Every fixture gives what stands beside it; `UPDATE_EXPECT=1` rewrites it. And no damage to one makes the reader fall.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use groma_evidence::{Chosen, Import, Outcome, formats, groups, metric, read};
use proptest::prelude::*;
use serde_json::{Value, json};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/evidence")
}

/// Fixture files, sorted, without the expectations.
fn fixtures() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        for file in std::fs::read_dir(entry.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if !path.to_string_lossy().ends_with(".expected.json") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(files.len() > 50, "only {} fixtures", files.len());
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The outcome as JSON, empty fields left out.
fn outcome(path: &Path) -> Value {
    match read(&name(path), &std::fs::read(path).unwrap(), None) {
        Outcome::Imported(import) => imported(&import),
        Outcome::Refused { format, reason, line, column, remedy } => {
            json!({"outcome": "refused", "format": format, "reason": reason, "line": line, "column": column, "remedy": remedy})
        }
        Outcome::Ambiguous { candidates, reason, remedy } => {
            json!({"outcome": "ambiguous", "candidates": candidates, "reason": reason, "remedy": remedy})
        }
    }
}

fn imported(import: &Import) -> Value {
    let measurements: Vec<String> = import
        .measurements
        .iter()
        .map(|m| format!("{} = {} {} | {} | {} | {}", m.metric, m.value, m.unit, m.subject, m.at, m.text))
        .collect();
    let issues: Vec<Value> = import
        .issues
        .iter()
        .map(|issue| {
            let mut value = serde_json::to_value(issue).unwrap();
            let empty = |v: &Value| matches!(v, Value::Null | Value::Bool(false)) || v == "" || v == &json!([]);
            value.as_object_mut().unwrap().retain(|key, v| key != "id" && key != "artifact" && !empty(v));
            value
        })
        .collect();
    let diagnostics: Vec<String> = import
        .diagnostics
        .iter()
        .map(|d| {
            format!("{}{}: {}", d.level, d.line.map_or_else(String::new, |line| format!(" line {line}")), d.message)
        })
        .collect();
    json!({
        "outcome": "imported", "format": import.format, "tool": import.tool, "tool_version": import.tool_version,
        "captured_at": import.captured_at.map(|at| at.to_string()), "subject": import.subject, "masked": import.masked,
        "groups": groups(&import.issues), "measurements": measurements, "issues": issues,
        "diagnostics": diagnostics,
    })
}

#[test]
fn every_fixture_gives_what_stands_beside_it() {
    let mut wrong = Vec::new();
    for path in fixtures() {
        let beside = PathBuf::from(format!("{}.expected.json", path.display()));
        let got = outcome(&path);
        if std::env::var("UPDATE_EXPECT").is_ok() {
            std::fs::write(&beside, serde_json::to_string_pretty(&got).unwrap() + "\n").unwrap();
        }
        let want: Value = std::fs::read(&beside).map_or(Value::Null, |bytes| serde_json::from_slice(&bytes).unwrap());
        if got != want {
            wrong.push(format!("{}\n  want {want:#}\n  got  {got:#}", path.display()));
        }
        let kind = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        if kind != "_refused" && got["format"] != kind.as_str() {
            wrong.push(format!("{} was not read as {kind}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_format_has_a_fixture() {
    for format in formats() {
        assert!(folder().join(format.id).is_dir(), "no fixture of {}", format.id);
    }
}

#[test]
fn every_measurement_is_of_the_vocabulary_and_declared_by_its_format() {
    for path in fixtures() {
        let Outcome::Imported(import) = read(&name(&path), &std::fs::read(&path).unwrap(), None) else { continue };
        let format = formats().iter().find(|format| format.id == import.format).unwrap();
        for measurement in &import.measurements {
            let known = metric(&measurement.metric).unwrap_or_else(|| panic!("{} is unknown", measurement.metric));
            assert_eq!(measurement.unit, known.unit, "{}", measurement.metric);
            assert!(format.writes(known.name), "{} writes {} undeclared", format.id, known.name);
            assert!(measurement.value.is_finite());
            assert!(!measurement.at.is_empty() || import.format == "trivy", "{} has no place", measurement.metric);
            if known.unit == "ratio" {
                assert!(
                    (0.0..=1.0).contains(&measurement.value) || known.name.ends_with("per_hour"),
                    "{measurement:?}"
                );
            }
            if known.unit == "bool" {
                assert!(measurement.value == 0.0 || measurement.value == 1.0, "{measurement:?}");
            }
        }
    }
}

#[test]
fn declared_metrics_exist() {
    for format in formats() {
        for declared in format.metrics {
            let prefix = declared.trim_end_matches('*');
            let known = groma_evidence::METRICS.iter().any(|metric| match declared.ends_with('*') {
                true => metric.name.starts_with(prefix),
                false => metric.name == *declared,
            });
            assert!(known, "{} declares {declared}", format.id);
        }
    }
}

#[test]
fn what_is_masked_is_gone_and_reads_the_same_again() {
    let mut masked = 0;
    for path in fixtures() {
        let Outcome::Imported(first) = read(&name(&path), &std::fs::read(&path).unwrap(), None) else { continue };
        let Some(kept) = &first.kept else {
            assert_eq!(first.masked, 0);
            continue;
        };
        masked += first.masked;
        let text = String::from_utf8(kept.clone()).unwrap();
        for secret in [
            "hunter2",
            "Q3EGRX7LWPZ5UT2M",
            "c2lnbmF0dXJl",
            "open-sesame",
            "correct horse",
            "s3cr3tsession",
            "9b1deb4d-3b7d",
            "geheim-wort",
            "MIIEowIBAAKC",
            "p4y-0000",
            "abcdef0123456789",
            "tok-1234567890",
        ] {
            assert!(!text.contains(secret), "{secret} is left in {}", path.display());
            let issues = serde_json::to_string(&first.issues).unwrap();
            let measured = serde_json::to_string(&first.measurements).unwrap();
            assert!(!issues.contains(secret) && !measured.contains(secret), "{secret} in {}", path.display());
        }
        let Outcome::Imported(second) = read(&name(&path), kept, Some(&first.format)) else {
            panic!("{} does not read again", path.display())
        };
        assert_eq!(second.masked, 0, "{}", path.display());
        assert_eq!(second.issues, first.issues);
        assert_eq!(second.measurements, first.measurements);
    }
    assert!(masked > 20, "{masked}");
}

/// The fixtures' made-up secrets and persons all say that they were planted.
#[test]
fn what_was_planted_is_nowhere_in_what_is_handed_over() {
    let mut planted = 0;
    for path in fixtures() {
        let bytes = std::fs::read(&path).unwrap();
        let marks = ["planted", "Planted", "token=S9", "api_key=S9", "password=\"ab\"", "9f86d081884c7d65"];
        let holds = |text: &str| marks.iter().find(|mark| text.contains(**mark)).copied();
        if holds(&String::from_utf8_lossy(&bytes)).is_none() {
            continue;
        }
        planted += 1;
        let Outcome::Imported(mut import) = read(&name(&path), &bytes, None) else { panic!("{}", path.display()) };
        let kept = String::from_utf8(import.kept.take().expect("something was masked")).unwrap();
        assert_eq!(holds(&kept), None, "{} keeps it:\n{kept}", path.display());
        let rest = format!("{import:?}");
        assert_eq!(holds(&rest), None, "{} tells it: {rest}", path.display());
    }
    assert!(planted >= 8, "{planted}");
}

#[test]
fn what_only_names_a_secret_is_legible() {
    for (file, kept) in [
        (
            "sarif/invocation-with-secrets.sarif",
            &[
                "\"HOME\": \"/home/build\"",
                "/run/secrets/token",
                "--config auto",
                "\"--config\", \"auto\"",
                "password field is missing in commit 4e79a56b0f3c1d2e5f6a7b8c9d0e1f2a3b4c5d6e",
            ][..],
        ),
        (
            "sarif/secret-scanner-repeats.sarif",
            &[
                "has detected secret for file conf/app.env",
                "Pat Doe",
                "0f3c1d2e5f6a7b8c9d0e1f2a3b4c5d6e4e79a56b",
                "MAIL_PASS=",
            ],
        ),
        ("trivy/quoted-secrets.json", &["AWS_SECRET_ACCESS_KEY=", "MAIL_HOST=", "API_KEY=*********"]),
        ("wrk/url-with-secrets.txt", &["http://bench:", "@shop.example.test:8080/fast?token=", "&page=2"]),
        (
            "prometheus-text/labels-with-secrets.prom",
            &["token_type=\"bearer\"", "secret_name=\"db-credentials\"", "path=\"/x?api_key="],
        ),
        ("redis-config/users.conf", &["~jobs:* +@all", "user example on >not-a-secret", "user reader on nopass"]),
        ("pg-stat-statements/literals.csv", &["email = '…'", "SELECT $1", "/* … */"]),
        ("psql-text/statements-with-literals.txt", &["WHERE m = '…'", "|| name FROM t", "|    10 |             100 |"]),
    ] {
        let Outcome::Imported(import) = read(file, &std::fs::read(folder().join(file)).unwrap(), None) else {
            panic!("{file}")
        };
        let text = String::from_utf8(import.kept.unwrap()).unwrap();
        for kept in kept {
            assert!(text.contains(kept), "{kept} is gone from {file}:\n{text}");
        }
    }
}

/// Formats that share a shape, so that each reads the other's files, to the same counts.
const SAME_SHAPE: &[[&str; 2]] =
    &[["wrk", "wrk2"], ["pg-stat-statements", "psql-text"], ["npm-audit-v6", "pnpm-audit"]];

#[test]
fn a_file_said_to_be_of_another_format_is_refused_or_gives_the_same_counts() {
    let mut wrong = Vec::new();
    for path in fixtures() {
        let bytes = std::fs::read(&path).unwrap();
        let own = match read(&name(&path), &bytes, None) {
            Outcome::Imported(import) => Some(import),
            _ => None,
        };
        for format in formats() {
            if own.as_ref().is_some_and(|own| own.format == format.id) {
                continue;
            }
            let other = match read(&name(&path), &bytes, Some(format.id)) {
                Outcome::Imported(import) => import,
                Outcome::Refused { reason, remedy, .. } => {
                    assert!(!reason.is_empty() && !remedy.is_empty());
                    continue;
                }
                Outcome::Ambiguous { .. } => panic!("asked, though the format was named"),
            };
            let bare = name(&path) == "null.json" || name(&path) == "list.json";
            let bare = bare && ["gitleaks", "hadolint", "safety", "trivy"].contains(&format.id);
            // Nothing found, written by two tools alike.
            let bare = bare || name(&path) == "empty-results.json" && ["osv-scanner", "tfsec"].contains(&format.id);
            let said = name(&path) == "no-vulnerabilities.txt";
            let bare = bare || said && ["bundler-audit", "grype"].contains(&format.id);
            let same = own.as_ref().is_some_and(|own| {
                SAME_SHAPE.iter().any(|pair| pair.contains(&format.id) && pair.contains(&&*own.format))
                    && own.measurements.iter().filter(|m| !m.metric.starts_with("table.")).count() > 0
                    && own.measurements == other.measurements
            });
            // Some tools' word for nothing found.
            if !(same || bare) {
                wrong.push(format!(
                    "{} as {}: {} measurements, {} issues",
                    path.display(),
                    format.id,
                    other.measurements.len(),
                    other.issues.len()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reading_stops_when_it_is_told_to() {
    use std::cell::Cell;
    let results = vec![r#"{"ruleId":"X","message":{"text":"m"}}"#; 20_000].join(",");
    let text =
        format!(r#"{{"version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"x"}}}},"results":[{results}]}}]}}"#);
    let asked = Cell::new(0);
    let outcome = groma_evidence::read_until("x", text.as_bytes(), None, &Chosen::default(), &|| {
        asked.set(asked.get() + 1);
        false
    });
    let Some(Outcome::Imported(import)) = outcome else { panic!() };
    assert_eq!(import.issues.len(), 20_000);
    // Once a step and then every 1,024 results.
    assert!(asked.get() > 20, "{}", asked.get());
    for stop_at in 1..asked.get() {
        let now = Cell::new(0);
        let outcome = groma_evidence::read_until("x", text.as_bytes(), None, &Chosen::default(), &|| {
            now.set(now.get() + 1);
            now.get() >= stop_at
        });
        assert_eq!(outcome, None);
        assert_eq!(now.get(), stop_at, "asked again after the answer");
    }
}

#[test]
fn a_run_that_failed_measures_no_latency() {
    for file in ["wrk/nothing-answered.txt", "k6-summary-export/no-requests.json"] {
        let path = folder().join(file);
        let Outcome::Imported(import) = read(file, &std::fs::read(path).unwrap(), None) else { panic!("{file}") };
        assert!(import.measurements.iter().all(|m| !m.metric.starts_with("http.latency")), "{file}");
        assert!(import.diagnostics.iter().any(|d| d.level == groma_model::DiagnosticLevel::Error), "{file}");
    }
}

#[test]
fn an_unknown_format_is_named_with_all_that_are_known() {
    let Outcome::Refused { reason, remedy, .. } = read("x", b"{}", Some("nope")) else { panic!() };
    assert!(reason.contains("nope") && remedy.contains("sarif"));
}

#[test]
fn deep_nesting_inside_a_known_format_is_refused_or_read_but_never_fatal() {
    for depth in [100, 200, 20_000] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        let text = format!(
            r#"{{"version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"x"}}}},"results":[{{"message":{{"text":{open}{close}}}}}]}}]}}"#
        );
        // Said to be SARIF, what is not read is skipped without recursion.
        let forced = read("deep.sarif", text.as_bytes(), Some("sarif"));
        assert!(matches!(forced, Outcome::Refused { .. } | Outcome::Imported(_)));
        if depth > 128 {
            let Outcome::Refused { reason, .. } = read("deep.sarif", text.as_bytes(), None) else { panic!("{depth}") };
            assert!(reason.contains("nested deeper"), "{reason}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Cut anywhere, flip any bytes, read as anything: an answer always comes.
    #[test]
    fn damage_never_panics(file in 0..1000_usize, cut in 0.0..1.0_f64, flips in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..8), forced in 0..formats().len() + 10) {
        let files = fixtures();
        let path = &files[file % files.len()];
        let mut bytes = std::fs::read(path).unwrap();
        for (place, byte) in flips {
            let index = (place * bytes.len() as f64) as usize;
            if let Some(target) = bytes.get_mut(index) {
                *target = byte;
            }
        }
        if cut > 0.3 {
            bytes.truncate((bytes.len() as f64 * cut) as usize);
        }
        let format = formats().get(forced).map(|format| format.id);
        if let Outcome::Imported(import) = read(&name(path), &bytes, format) {
            for measurement in &import.measurements {
                prop_assert!(measurement.value.is_finite() && metric(&measurement.metric).is_some());
            }
        }
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400), forced in 0..formats().len() + 10) {
        let _ = read("noise", &bytes, formats().get(forced).map(|format| format.id));
    }
}

/// What was read, apart from texts: issues with their severity and place, and what was measured.
fn counted(name: &str, text: &str, format: Option<&str>) -> Value {
    let Outcome::Imported(import) = read(name, text.as_bytes(), format) else { return Value::Null };
    let issues: Vec<_> = import.issues.iter().map(|i| (i.severity, i.line, &i.at, i.suppressed)).collect();
    let measured: Vec<_> = import.measurements.iter().map(|m| (&m.metric, m.value, &m.unit, &m.at)).collect();
    json!([issues, measured])
}

#[test]
fn a_secret_in_an_address_takes_nothing_with_it() {
    let address = regex::Regex::new(r"https?://[A-Za-z0-9._/:-]*[A-Za-z0-9/]").unwrap();
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for path in fixtures() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let format = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        if format == "_refused" || !address.is_match(&text) {
            continue;
        }
        let [secret, innocent] = ["token", "thing"].map(|key| {
            let with = address.replace_all(&text, format!("$0?{key}=zq12zq34zq56"));
            counted(&name(&path), &with, Some(&format))
        });
        tried += 1;
        if secret != innocent {
            wrong.push(format!("{}\n  secret   {secret}\n  innocent {innocent}", path.display()));
        }
    }
    assert!(tried > 50, "only {tried}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
