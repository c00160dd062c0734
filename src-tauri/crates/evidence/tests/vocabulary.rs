//! The tables of metrics and formats that people read are those that the program uses.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read files")]

use std::path::Path;

#[test]
fn the_table_of_metrics_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("METRICS.md");
    let table = format!(
        "# Metrics\n\nOne vocabulary for all tools. `UPDATE_EXPECT=1 cargo test -p groma-evidence --test vocabulary` \
         writes this table from `src/metrics/`.\n\n{}",
        groma_evidence::metrics::markdown()
    );
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), table, "METRICS.md is stale");
}

/// How many real files are read right is told by the example alone, which needs them.
#[test]
fn the_table_of_formats_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("FORMATS.md");
    let there = std::fs::read_to_string(&path).unwrap();
    let rows = there.lines().filter(|line| line.starts_with("| `"));
    let there: Vec<&str> = rows.map(|row| row.rsplit_once(" | ").map_or(row, |(row, _)| row)).collect();
    let table = groma_evidence::formats::markdown(None);
    let table: Vec<&str> =
        table.lines().filter(|line| line.starts_with("| `")).map(|row| row.trim_end_matches(" |")).collect();
    // Not told by their difference: a row is a paragraph, and there are a hundred of them.
    let stale = there.iter().find(|row| !table.contains(row)).or_else(|| table.iter().find(|row| !there.contains(row)));
    assert!(
        stale.is_none() && there.len() == table.len(),
        "FORMATS.md is stale: `cargo run -p groma-evidence --example formats -- CORPUS` prints it; first other row: {stale:?}"
    );
}

#[test]
fn the_table_of_severities_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("FORMATS.md");
    let there = std::fs::read_to_string(&path).unwrap();
    let head = "| Tool | Severity |";
    let before = there.split(head).next().unwrap();
    let table = format!("{before}{}", groma_evidence::severities_markdown());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap();
    assert!(there.contains(head) && there == table, "the table of severities in FORMATS.md is stale");
}
