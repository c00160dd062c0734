//! Real tool outputs, where the corpus is at hand: what must be found in each is counted independently.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, clippy::print_stderr)]

// An example uses it too.
#[path = "check.rs"]
mod check;

use std::{collections::BTreeMap, path::PathBuf};

use check::what_is_wrong;
use groma_evidence::{Outcome, formats, read};
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
    "groma-kit",
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

#[test]
fn every_file_of_our_formats_gives_what_was_counted_in_it() {
    let Some((folder, manifest)) = corpus() else { return };
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &manifest {
        let format = entry["format"].as_str().unwrap();
        if formats().iter().any(|known| known.id == format) {
            *seen.entry(format).or_default() += 1;
            wrong.extend(what_is_wrong(&folder, entry));
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

    // What the manifest wants of each, in a word. It wants three findings of the SARIF file, one a location; its own count
    // of the same file under its right name is two, one a result.
    let edges: Vec<&Value> = manifest.iter().filter(|entry| entry["format"] == "edge").collect();
    for entry in &edges {
        let file = entry["file"].as_str().unwrap().trim_start_matches("edge/");
        let want = entry["expect"]["outcome"].as_str().unwrap();
        let got = match outcome(file) {
            Outcome::Refused { .. } => "reject",
            Outcome::Ambiguous { .. } => "ambiguous",
            Outcome::Imported(_) => "import",
        };
        assert!(want.starts_with(got), "{file}: want {want}, got {got}");
    }
    assert_eq!(edges.len(), 12, "every edge file has an assertion above");
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
        if of == "edge" || bytes.len() > 300_000 {
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
