//! Success metrics.

use groma_model::SuccessMetric;

use crate::table::{Table, Target, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        real("rank"),
        text("name"),
        text("current"),
        text("target"),
        text("by"),
        text("method"),
        text("owner"),
        text("source").or_null(),
    ],
    order: "rank, id",
    titles: &["name", "method"],
    links: &[link("source", Target::Measurement).clear()],
    ..Table::of::<SuccessMetric>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "metrics" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "name" TEXT NOT NULL,
    "current" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "source" TEXT
) STRICT;
"#;
