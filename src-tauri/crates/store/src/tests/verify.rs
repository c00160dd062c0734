//! A check of the whole file finds each sort of damage.

use groma_model::*;

use super::support::*;

fn found_after(sql: &str) -> Vec<String> {
    let mut bench = Bench::new();
    bench.import("scan.sarif", vec![issue("xss", "web", Severity::High, 3)]).unwrap();
    let found = bench.insert(finding("Pool"));
    let phase = bench.insert(Phase::default());
    bench.insert(Initiative { phase: Some(phase.id), findings: vec![found.id], ..Initiative::default() });
    assert!(bench.store.verify().unwrap().is_sound());
    bench.store.raw().execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
    bench.store.verify().unwrap().problems.into_iter().map(|problem| problem.check).collect()
}

#[test]
fn every_sort_of_damage_is_found() {
    for (sql, checks) in [
        ("UPDATE blobs SET bytes = x'28B52FFD'", vec!["blobs"]),
        ("UPDATE blobs SET length = 7", vec!["blobs"]),
        ("UPDATE blobs SET bytes = zeroblob(40)", vec!["blobs"]),
        ("DELETE FROM phases", vec!["foreign_keys", "links"]),
        ("DELETE FROM findings", vec!["links", "search"]),
        ("UPDATE findings SET severity = 'awful'", vec!["rows"]),
        ("UPDATE findings SET cwe = '[1,'", vec!["rows", "search"]),
        ("UPDATE findings SET title = 'Queue'", vec!["search"]),
        ("DELETE FROM prose WHERE field = 'title'", vec!["search", "search"]),
        ("DELETE FROM issue_rows", vec!["artifacts"]),
        ("DELETE FROM measurement_rows", vec!["artifacts"]),
        ("DELETE FROM intake", vec!["rows"]),
    ] {
        assert_eq!(found_after(sql), checks, "{sql}");
    }
}
