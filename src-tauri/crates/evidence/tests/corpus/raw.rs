//! What was counted in a scanner's output, against what was read of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Checker;

/// What a count says of the file's shape alone: its dialect, or what the reader has no use for.
const SHAPES: &[&str] = &[
    "record_types",
    "shape",
    "protocol",
    "err",
    "osv_messages",
    "projects",
    "strings",
    "version",
    "schema",
    "check_types",
    "summary_only",
    "resources",
    "utf8",
];

/// Formats whose version in the count is that of the tool; of others it is that of a schema.
const OF_TOOL: &[&str] = &["burp", "nmap", "spotbugs", "zap-xml"];

/// The words that the count and the reader have for a severity that is not there.
fn severities(words: &Value) -> Value {
    let words = words.as_object().unwrap().iter();
    let named = words.map(|(word, count)| match word.as_str() {
        "(missing)" | "None" | "-" => ("(none)".to_owned(), count.clone()),
        word => (word.to_owned(), count.clone()),
    });
    Value::Object(named.collect())
}

pub(super) fn raw(checker: &mut Checker<'_>, raw: &Value) {
    let format = checker.import.format.clone();
    let issues = checker.import.issues.len() as f64;
    for (key, want) in raw.as_object().unwrap() {
        match (&*format, key.as_str()) {
            // What is no issue is not among the items, but among the words.
            ("docker-bench" | "dockle" | "kube-bench" | "kubescape" | "nmap", "items") => {
                checker.equal(key, want, Some(issues))
            }
            ("kubescape", "by_native_severity") => {
                let got = checker.by_subject("scan.kind");
                checker.object(key, want, &got);
            }
            ("kubescape", "failed_controls") => {
                let rules: BTreeSet<&str> = checker.import.issues.iter().map(|i| &*i.rule).collect();
                checker.equal(key, want, Some(rules.len() as f64));
            }
            // Suppressed ones were counted beside the others.
            ("dependency-check", "items") => {
                let counted = checker.import.issues.iter().filter(|issue| !issue.suppressed).count();
                checker.equal(key, want, Some(counted as f64));
            }
            ("dependency-check", "by_native_severity") => {
                let mut got = BTreeMap::new();
                for issue in checker.import.issues.iter().filter(|issue| !issue.suppressed) {
                    *got.entry(issue.native_severity.clone()).or_default() += 1.0;
                }
                checker.object(key, want, &got);
            }
            // Nancy's word is a score, which was not counted; the packages are those that are vulnerable.
            ("nancy", "by_native_severity") => {
                let scores = checker.import.issues.iter().all(|issue| issue.native_severity.parse::<f64>().is_ok());
                if !scores || want.as_object().is_none_or(|words| !words.is_empty()) {
                    checker.fail(format!("{key}: want scores"));
                }
            }
            ("nancy", "packages") => {
                let components: BTreeSet<&str> = checker.import.issues.iter().map(|i| &*i.component).collect();
                checker.equal(key, want, Some(components.len() as f64));
            }
            ("popeye", "score") => checker.equal(key, want, checker.value("scan.score")),
            // A type was counted of none; hotspots are told by a list of keys, which the count did not look at.
            ("sonarqube-report", "types") => {
                let kinds: f64 = checker.by_subject("scan.kind").values().sum();
                checker.equal(key, &want["null"], Some(kinds));
            }
            ("sonarqube-report", "status") => {
                let open = checker.import.issues.iter().filter(|issue| !issue.suppressed).count() as f64;
                checker.equal(key, &want["TO_REVIEW"], Some(open));
            }
            ("sonarqube-report", "issues") => checker.equal(key, want, Some(issues)),
            ("sonarqube-report", "hotspots" | "total") => {}
            // kube-linter has no severity; what was counted are its checks.
            ("kube-linter", "by_native_severity") => {
                let mut got = BTreeMap::new();
                for issue in &checker.import.issues {
                    *got.entry(issue.rule.clone()).or_default() += 1.0;
                }
                checker.object(key, want, &got);
            }
            ("kics", "queries") | ("nuclei", "templates") => {
                let all = checker.import.issues.iter().map(|issue| issue.rule.split(':').next());
                let distinct: BTreeSet<_> = all.collect();
                checker.equal(key, want, Some(distinct.len() as f64));
            }
            ("kics", "total_counter") => checker.equal(key, want, Some(issues)),
            ("zap-json" | "zap-xml", "instances" | "declared") => {
                let instances = checker.by_subject("scan.kind").get("instance").copied();
                checker.equal(key, want, instances);
            }
            // Warnings are issues as well, but of another kind.
            ("cargo-audit", "items" | "list") => {
                let count = checker.by_subject("scan.kind").get("vulnerability").copied();
                checker.equal(key, want, Some(count.unwrap_or_default()));
            }
            ("cargo-audit", "warnings") => {
                let vulnerabilities = raw["list"].as_f64().unwrap();
                checker.equal(key, want, Some(issues - vulnerabilities));
            }
            ("cargo-audit", "warning_kinds") => {
                let mut got = checker.by_subject("scan.kind");
                got.remove("vulnerability");
                checker.object(key, want, &got);
            }
            ("govulncheck", "items") => checker.equal(key, want, checker.value("deps.advisories")),
            ("govulncheck", "vulns" | "finding_messages") => checker.equal(key, want, Some(issues)),
            ("govulncheck", "called") => {
                let called = checker.import.issues.iter().filter(|issue| issue.severity == groma_model::Severity::High);
                checker.equal(key, want, Some(called.count() as f64));
            }
            ("yarn-audit", "distinct_advisories") if raw["record_types"].get("(none)").is_some() => {}
            // Where Yarn looked at nothing, none are counted: zero would read as clean.
            ("yarn-audit", "distinct_advisories") if checker.value("deps.dependencies") == Some(0.0) => {
                checker.equal(key, want, Some(issues));
                checker.equal(key, &Value::Null, checker.value("deps.advisories"));
            }
            ("osv-scanner", "groups") => checker.equal(key, want, Some(issues)),
            ("pip-audit", "packages") => checker.equal(key, want, checker.value("deps.dependencies")),
            ("pip-audit", "skipped") => checker.equal(key, want, checker.value("deps.skipped")),
            ("safety", "packages") => {
                let components: BTreeSet<&str> = checker.import.issues.iter().map(|i| &*i.component).collect();
                let got = components.into_iter().collect::<Vec<_>>().join(",");
                checker.list(key, want, &got, ",");
            }
            ("safety", "declared") => checker.equal(key, want, Some(issues)),
            ("snyk", "distinct_id_pkg_ver") => {
                let all = checker.import.issues.iter();
                let distinct: BTreeSet<_> = all.map(|i| (&i.rule, &i.component, &i.component_version)).collect();
                checker.equal(key, want, Some(distinct.len() as f64));
            }
            ("dependency-check", "dependencies") => checker.equal(key, want, checker.value("deps.dependencies")),
            ("checkov", "passed") => checker.equal(key, want, checker.value("scan.passed")),
            ("nessus", "by_native_severity") => {
                let got = checker.by_subject("scan.native_severity");
                checker.object(key, want, &got);
            }
            // Those of which something was found.
            ("nessus" | "nmap", "hosts") | ("zap-xml", "sites") | ("kubescape", "resources") => {
                let found: BTreeSet<&str> = checker.import.issues.iter().map(|i| &*i.component).collect();
                if found.len() as u64 > want.as_u64().unwrap() || found.is_empty() != checker.import.issues.is_empty() {
                    checker.fail(format!("{key}: want at most {want}, got {}", found.len()));
                }
            }
            ("nessus", "columns" | "sevcol" | "delimiter" | "blank_rows") => {}
            ("cyclonedx", "components") | ("spdx", "packages") => {
                checker.equal(key, want, checker.value("deps.dependencies"));
            }
            ("cyclonedx", "affects") => {
                let places = checker.import.issues.iter().map(|issue| issue.location.split(", ").count());
                let places: usize = places.sum();
                checker.equal(key, want, Some(places as f64));
            }
            ("cyclonedx" | "spdx", "spec" | "ns" | "format") => {}
            ("testssl", "non_ok") => checker.equal(key, want, Some(issues)),
            ("bandit" | "burp", "confidence") => {
                let mut got: BTreeMap<String, f64> = BTreeMap::new();
                for issue in &checker.import.issues {
                    let word = issue.message.rsplit_once("Confidence: ").map_or("", |(_, word)| word);
                    *got.entry(word.trim_end_matches('.').to_owned()).or_default() += 1.0;
                }
                checker.object(key, want, &got);
            }
            ("gosec", "stats") => checker.equal("found", &want["found"], Some(issues)),
            ("spotbugs", "types") => {
                let rules: BTreeSet<&str> = checker.import.issues.iter().map(|i| &*i.rule).collect();
                checker.equal(key, want, Some(rules.len() as f64));
            }
            ("sonarqube", "types") => {
                let mut got = checker.by_subject("scan.kind");
                got.remove("SECURITY_HOTSPOT");
                checker.object(key, want, &got);
            }
            ("sonarqube", "issues" | "hotspots") => {
                let hotspots = checker.by_subject("scan.kind").get("SECURITY_HOTSPOT").copied().unwrap_or_default();
                let got = if key == "hotspots" { hotspots } else { issues - hotspots };
                checker.equal(key, want, Some(got));
            }
            ("sonarqube", "total") => {
                let told =
                    checker.import.diagnostics.iter().any(|remark| remark.message.contains("of which this page"));
                if told != (want.as_f64() > Some(issues)) {
                    checker.fail(format!("total {want}: told {told}"));
                }
            }
            ("scorecard", "failing") => {
                let rules = checker.import.issues.iter().map(|i| &*i.rule).collect::<Vec<_>>().join(",");
                checker.list(key, want, &rules, ",");
            }
            ("dockle", "checks") => checker.equal(key, want, checker.value("scan.results")),
            ("dockle", "summary") => checker.equal(key, &want["pass"], checker.value("scan.passed")),
            ("nmap", "scripts" | "scanner") | ("ssllabs", "hosts") => {}
            ("sonarqube", "status") => {
                let open =
                    ["OPEN", "REOPENED", "CONFIRMED", "TO_REVIEW"].iter().filter_map(|word| want[*word].as_f64());
                let got = checker.import.issues.iter().filter(|issue| !issue.suppressed).count();
                checker.equal(key, &Value::from(open.sum::<f64>()), Some(got as f64));
            }
            ("scorecard", "aggregate") => checker.equal(key, want, checker.value("scan.score")),
            (of, "version") if OF_TOOL.contains(&of) => {
                let got = checker.import.tool_version.clone();
                checker.text(key, want.as_str().unwrap(), Some(&got));
            }
            ("detect-secrets", "files") => {
                let files: BTreeSet<&str> = checker.import.issues.iter().map(|i| &*i.location).collect();
                checker.equal(key, want, Some(files.len() as f64));
            }
            (_, "items") => {
                let got = checker.import.issues.len() as u64 + checker.import.not_issues;
                checker.equal(key, want, Some(got as f64));
                checker.equal("scan.results", want, checker.value("scan.results"));
            }
            (_, "by_native_severity") => {
                let mut got = checker.by_subject("scan.native_severity");
                let want = severities(want);
                // Where the tool has no severity at all, none was counted.
                if want.as_object().unwrap().is_empty() {
                    got.remove("(none)");
                }
                checker.object(key, &want, &got);
            }
            (_, "suppressed" | "ignored") => {
                let suppressed = checker.import.issues.iter().filter(|issue| issue.suppressed).count() as f64;
                checker.equal(key, want, Some(suppressed));
                checker.equal("scan.suppressed", want, checker.value("scan.suppressed"));
            }
            (_, "kinds") => {
                let got = checker.by_subject("scan.kind");
                checker.object(key, want, &got);
            }
            (_, "tools") => {
                let got = checker.text_of("scan.runs").unwrap_or_default().to_owned();
                checker.list(key, want, &got, ", ");
            }
            (_, "errors") => checker.equal(key, want, checker.value("scan.errors")),
            (_, "rules") if want.is_object() => {
                let mut got: BTreeMap<String, f64> = BTreeMap::new();
                for issue in &checker.import.issues {
                    *got.entry(issue.rule.clone()).or_default() += 1.0;
                }
                checker.object(key, want, &got);
            }
            (_, "rules") => checker.equal(key, want, checker.value("scan.rules")),
            (_, "runs") => checker.equal(key, want, checker.value("scan.runs")),
            (_, "classes") => {
                let mut got = checker.by_subject("scan.results");
                got.remove("");
                got.retain(|_, count| *count > 0.0);
                checker.object(key, want, &got);
            }
            (_, "distinct_advisories" | "distinct_vuln_ids" | "distinct_ids") => {
                checker.equal(key, want, checker.value("deps.advisories"));
            }
            (_, "metadata") => {
                let mut want = want.clone();
                want.as_object_mut().unwrap().remove("total");
                let got = checker.by_subject("deps.reported");
                checker.object(key, &want, &got);
            }
            (_, "modifiers") => {
                let got = checker.by_subject("scan.score_modifier");
                checker.object(key, want, &got);
            }
            // Those with issues in them are asserted as kinds.
            (_, "sections") => assert!(checker.by_subject("scan.kind").len() <= want.as_u64().unwrap() as usize),
            (_, "auditReportVersion") => checker.text(key, "npm-audit-v7", Some(&format)),
            (_, shape) if SHAPES.contains(&shape) => {}
            (_, other) => checker.fail(format!("raw key {other} is not asserted")),
        }
    }
}
