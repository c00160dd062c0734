//! The table of metrics that people read is the one that the program uses.
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
