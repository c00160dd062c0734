//! Budget lines.

use groma_model::{BudgetLine, Kind};

use crate::table::{Table, Target, json, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        real("rank"),
        text("category"),
        text("title"),
        text("phase").or_null(),
        json("once"),
        json("yearly"),
        text("note"),
    ],
    order: "rank, id",
    titles: &["title", "note"],
    links: &[link("phase", Target::Object(Kind::Phase)).clear()],
    ..Table::of::<BudgetLine>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "budget" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "category" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "phase" TEXT REFERENCES "phases" ("id") DEFERRABLE INITIALLY DEFERRED,
    "once" TEXT NOT NULL,
    "yearly" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;
CREATE INDEX "budget_phase" ON "budget" ("phase");
"#;
