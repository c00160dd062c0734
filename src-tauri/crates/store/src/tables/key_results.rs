//! Key results.

use groma_model::{KeyResult, Kind};

use crate::table::{Table, Target, json, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), real("rank"), text("title"), json("metrics")],
    order: "rank, id",
    titles: &["title"],
    links: &[link("metrics[]", Target::Object(Kind::SuccessMetric))],
    ..Table::of::<KeyResult>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "key_results" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "title" TEXT NOT NULL,
    "metrics" TEXT NOT NULL
) STRICT;
"#;
