//! How long a checkout takes and how much memory: `cargo run -p groma-probe --release --example speed -- DIR`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::expect_used, reason = "a measurement, run by hand")]

use groma_probe::{Options, count, probe};
use std::path::Path;
use std::time::Instant;

/// Most memory that the process held, in megabytes; Linux tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown");
    line.trim().to_owned()
}

fn main() {
    let root = std::env::args().nth(1).expect("name a folder");
    let root = Path::new(&root);
    let begin = Instant::now();
    let lines = count(root).expect("the folder is read");
    let counting = begin.elapsed();
    println!("counting alone: {lines} lines of code in {counting:.2?}, {}", peak());
    let options = Options {
        today: groma_model::Date::constant(2026, 11, 1),
        captured_at: "2026-11-01T00:00:00Z",
        tool_version: "speed",
        subject: "",
        support: &|_, _| None,
        packs: &[],
        stop: &|| false,
        progress: &|_| {},
    };
    let begin = Instant::now();
    let facts = probe(root, &options).expect("the folder is read");
    let all = begin.elapsed();
    println!(
        "everything: {} measurements, {} issues in {all:.2?}, {}",
        facts.measurements.len(),
        facts.issues.len(),
        peak()
    );
    println!("ratio: {:.1}", all.as_secs_f64() / counting.as_secs_f64());
    if std::env::args().nth(2).is_some_and(|word| word == "--print") {
        println!("{}", serde_json::to_string_pretty(&facts).expect("facts are written"));
    }
}
