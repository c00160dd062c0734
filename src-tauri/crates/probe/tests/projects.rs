//! Small projects written by hand, with all that the probe says of each. What is expected was read line by line
//! against the projects; `UPDATE_EXPECT=1` writes it anew, to be read again.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read and write files")]

use groma_model::Date;
use groma_probe::{Error, Facts, Options, PackRules, Support, probe};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A few rows of what the application hands over whole.
fn support(technology: &str, today: Date) -> Option<Support> {
    let ends = [
        ("Spring Boot 2.5", "2022-08-24"),
        ("Node.js 16", "2023-09-11"),
        ("node 16", "2023-09-11"),
        ("Python 3.8", "2024-10-07"),
        ("Go 1.19", "2023-09-06"),
        (".NET 6.0", "2024-11-12"),
        ("PHP 8.0", "2023-11-26"),
        ("Laravel 8", "2023-01-24"),
        ("Ruby 2.7", "2023-03-31"),
        ("Java 11", "2032-01-31"),
    ];
    let (_, ended) = ends.iter().find(|(name, _)| technology.starts_with(name))?;
    let ended: Date = ended.parse().unwrap();
    Some(if ended <= today { Support::Ended(Some(ended)) } else { Support::Supported })
}

fn packs() -> Vec<PackRules> {
    vec![PackRules {
        pack: "backend".to_owned(),
        file_patterns: vec!["**/src/**".to_owned()],
        keywords: vec!["controller".to_owned()],
        config_keys: vec![
            "express".to_owned(),
            "spring-boot".to_owned(),
            "fastapi".to_owned(),
            "gin".to_owned(),
            "rails".to_owned(),
            "axum".to_owned(),
        ],
        always: false,
    }]
}

fn read(root: &Path) -> Result<Facts, Error> {
    let packs = packs();
    let options = Options {
        today: "2026-11-01".parse().unwrap(),
        captured_at: "2026-11-01T08:00:00Z",
        tool_version: "1",
        subject: "shop",
        support: &support,
        packs: &packs,
        stop: &|| false,
        progress: &|_| {},
    };
    probe(root, &options)
}

fn told(facts: &Facts) -> String {
    let mut out = String::new();
    for measurement in &facts.measurements {
        let subject =
            if measurement.subject.is_empty() { String::new() } else { format!(" [{}]", measurement.subject) };
        writeln!(
            out,
            "{}{subject} = {} | {} | {}",
            measurement.metric, measurement.value, measurement.at, measurement.text
        )
        .unwrap();
    }
    for issue in &facts.issues {
        writeln!(out, "! {} {}:{} ({}) {}", issue.rule, issue.file, issue.line, issue.component, issue.severity)
            .unwrap();
    }
    for row in facts.tables.iter().flat_map(|table| &table.rows) {
        writeln!(out, "# {} | {} | {} | {} | {}", row.component, row.name, row.version, row.place, row.behind).unwrap();
    }
    for pack in &facts.packs {
        writeln!(out, "> {} {} {:?}", pack.pack, pack.applies, pack.because).unwrap();
    }
    out
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/probe")
}

fn holds(project: &str) {
    let found = told(&read(&fixtures().join(project)).unwrap());
    let file = fixtures().join("expected").join(format!("{project}.txt"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap();
    let differ: Vec<String> = found
        .lines()
        .filter(|line| !expected.lines().any(|other| other == *line))
        .map(|line| format!("+ {line}"))
        .chain(
            expected.lines().filter(|line| !found.lines().any(|other| other == *line)).map(|line| format!("- {line}")),
        )
        .collect();
    assert!(found == expected, "{project}:\n{}", differ.join("\n"));
}

macro_rules! projects {
    ($($project:ident),+) => { $(#[test] fn $project() { holds(stringify!($project)); })+ };
}

projects!(spring, node, python, go, csharp, php, ruby, mixed);

/// The vocabulary is read as text, because the probe must not depend on the crate that holds it.
#[test]
fn metrics_are_of_the_one_vocabulary_and_each_is_met() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../evidence/src/metrics/code.rs");
    let text = std::fs::read_to_string(file).unwrap();
    let known: Vec<&str> =
        text.lines().filter(|line| line.starts_with("    ")).filter_map(|line| line.split('"').nth(1)).collect();
    assert!(known.len() > 60, "only {} metrics read", known.len());
    let projects = ["spring", "node", "python", "go", "csharp", "php", "ruby", "mixed"];
    let facts: Vec<Facts> = projects.iter().map(|project| read(&fixtures().join(project)).unwrap()).collect();
    let measured: Vec<_> = facts.iter().flat_map(|facts| &facts.measurements).collect();
    for measurement in &measured {
        assert!(known.contains(&measurement.metric.as_str()), "{}", measurement.metric);
        assert!(measurement.value.is_finite());
    }
    let missed: Vec<&&str> =
        known.iter().filter(|name| !measured.iter().any(|measurement| measurement.metric == **name)).collect();
    assert!(missed.is_empty(), "no project shows {missed:?}");
}

#[test]
fn an_empty_folder_says_nothing_of_code() {
    let folder = tempfile::tempdir().unwrap();
    let facts = read(folder.path()).unwrap();
    assert_eq!(facts.measurements, []);
    assert_eq!(facts.issues, []);
    assert!(!facts.packs[0].applies);
}

#[test]
fn what_is_no_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a");
    std::fs::write(&file, "").unwrap();
    assert!(matches!(read(&file), Err(Error::NoFolder(_))));
    assert!(matches!(read(&folder.path().join("none")), Err(Error::Unreadable(..))));
}

#[test]
fn what_is_not_read_in_depth_is_never_told_as_absent() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("core.ex"), "def f, do: HTTPoison.get(\"http://a\")\n".repeat(50)).unwrap();
    let facts = read(folder.path()).unwrap();
    let metrics: Vec<&str> = facts.measurements.iter().map(|measurement| measurement.metric.as_str()).collect();
    assert!(metrics.contains(&"code.lines"));
    for metric in [
        "code.outbound.calls",
        "code.sql.statements",
        "code.rate_limit",
        "code.tracing",
        "code.tests",
        "code.logs.plain",
        "code.retries",
    ] {
        assert!(!metrics.contains(&metric), "{metric}");
    }
}

#[cfg(unix)]
#[test]
fn a_hostile_folder_is_read_and_nothing_outside_of_it() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.js"), "fetch('http://outside')\n").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let put = |name: &str, bytes: &[u8]| {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    std::os::unix::fs::symlink(root, root.join("loop")).unwrap();
    std::os::unix::fs::symlink(outside.path(), root.join("outside")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.js"), root.join("link.js")).unwrap();
    put("ok.js", b"fetch('http://inside')\n");
    put("line.js", format!("fetch('http://line');{}", "a".repeat(1_000_000)).as_bytes());
    put("large.js", "fetch('http://large')\n".repeat(50 * 1024 * 1024 / 22).as_bytes());
    put("binary.js", b"fetch('http://binary')\0\n");
    put("latin.js", b"// caf\xe9 \xff\xfe\nfetch('http://latin')\n");
    put("made.js", b"// Code generated by hand. DO NOT EDIT.\nfetch('http://made')\n");
    put("node_modules/a/index.js", b"fetch('http://module')\n");
    put("package.json", b"{}");
    put("dist/a.js", b"fetch('http://dist')\n");
    put(".gitignore", b"ignored/\n");
    put("ignored/a.js", b"fetch('http://ignored')\n");
    put("deep.json", "[".repeat(100_000).as_bytes());
    put("deep.yml", (0..500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>().as_bytes());
    put("pom.xml", b"<!DOCTYPE a [<!ENTITY b \"c\">]><project>&b;</project>");
    put("strange\nname.js", b"fetch('http://strange')\n");
    let facts = read(root).unwrap();
    let calls = facts.measurements.iter().find(|measurement| measurement.metric == "code.outbound.no_timeout").unwrap();
    assert_eq!(calls.text, "latin.js:2, ok.js:1, strange\nname.js:1");
}

#[test]
fn the_same_checkout_gives_the_same_bytes_and_the_work_can_be_stopped() {
    let root = fixtures().join("node");
    let bytes = || serde_json::to_string(&read(&root).unwrap()).unwrap();
    assert_eq!(bytes(), bytes());
    let asked = AtomicUsize::new(0);
    let packs = packs();
    let options = Options {
        today: "2026-11-01".parse().unwrap(),
        captured_at: "",
        tool_version: "1",
        subject: "",
        support: &support,
        packs: &packs,
        stop: &|| asked.fetch_add(1, Ordering::Relaxed) > 3,
        progress: &|_| {},
    };
    assert_eq!(probe(&root, &options), Err(Error::Stopped));
}
