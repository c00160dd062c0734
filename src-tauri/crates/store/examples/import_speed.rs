//! Times a large import, the reads over it, and what opening and checking such a file costs.
//!
//! `cargo run --release -p groma-store --example import_speed [ISSUES]`

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, reason = "a measuring tool")]

use std::time::Instant;

use groma_model::{Artifact, Engagement, Finding, Issue, Severity, Timestamp};
use groma_store::{IssueFilter, Op, Read, Setup, Store};

fn setup() -> Setup {
    Setup::new(Timestamp::now, 7)
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (start, before) = (Instant::now(), processor_ms());
    let done = work();
    let (wall, processor) = (start.elapsed().as_secs_f64() * 1e3, processor_ms() - before);
    println!("{what:<32} {wall:>7.1} ms   processor {processor:>5} ms   peak {} MB", peak());
    done
}

/// Processor time of all threads so far, user and system, in ms (Linux counts in steps of 10); it does not depend on
/// what else the machine does.
fn processor_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10
}

/// Peak resident memory of this process, in MB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Issues like those of a static analysis: 40 rules, some thousand files, a message of its own each.
fn issues(count: u64) -> impl Iterator<Item = Issue> {
    (0..count).map(|at| Issue {
        rule: format!("java/rule-{}", at % 40),
        title: format!("Rule number {} of the analysis, in one sentence", at % 40),
        message: format!("Call {at} reads a value that a caller controls and passes it on to a query without a check."),
        severity: Severity::ALL[(at % 5) as usize],
        native_severity: "warning".to_owned(),
        component: format!("src/main/java/com/example/module{}/Class{}.java", at % 50, at % 2_000),
        location: format!("src/main/java/com/example/module{}/Class{}.java", at % 50, at % 2_000),
        line: Some(at % 900 + 1),
        fingerprint: format!("{:016x}{:016x}", at.wrapping_mul(0x9E37_79B9_7F4A_7C15), at),
        cwe: vec![79, 89],
        url: format!("https://example.org/rules/{}", at % 40),
        suppressed: at % 17 == 0,
        at: format!("/runs/0/results/{at}"),
        ..Issue::default()
    })
}

fn main() {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.groma");
    let bytes: Vec<u8> = issues(count).flat_map(|issue| serde_json::to_vec(&issue).unwrap()).collect();
    println!("{count} issues, {} MB of bytes, resident {} MB", bytes.len() / 1_000_000, peak());
    let mut store = timed("create", || Store::create(&path, Engagement::default(), "ada", setup()).unwrap());
    let artifact = Artifact { name: "scan.sarif".into(), tool: "scanner".into(), ..Artifact::default() };
    timed("import (one transaction)", || {
        store.transact(Op::Import, "ada", |tx| tx.add_artifact(artifact, &bytes, [], issues(count))).unwrap()
    });
    let groups = timed("groups", || store.issue_groups().unwrap());
    println!("{:>32} groups", groups.len());
    timed("contents", || store.contents().unwrap());
    timed("first page of 50", || store.issues(&IssueFilter::default(), 0, 50).unwrap());
    timed("last page of 50", || store.issues(&IssueFilter::default(), count as usize - 50, 50).unwrap());
    let filter = IssueFilter { group: Some(groups[0].key.clone()), ..IssueFilter::default() };
    timed("a group's issues", || store.issues(&filter, 0, 1000).unwrap());
    let critical = IssueFilter { severity: Some(Severity::Critical), ..IssueFilter::default() };
    timed("count of critical", || store.issue_count(&critical).unwrap());
    timed("undo", || store.undo("ada").unwrap());
    timed("redo", || store.redo("ada").unwrap());
    timed("one small edit", || {
        store
            .transact(Op::Batch, "ada", |tx| tx.insert(Finding { title: "Pool".into(), ..Finding::default() }))
            .unwrap()
    });
    timed("close", || store.close().unwrap());
    println!("{:>32} MB on disk", std::fs::metadata(&path).unwrap().len() / 1_000_000);
    let mut store = timed("open", || Store::open(&path, setup()).unwrap());
    timed("backup", || store.backup(folder.path().join("copy.groma")).unwrap());
    let report = timed("verify", || store.verify().unwrap());
    assert!(report.is_sound(), "{report:?}");
}
