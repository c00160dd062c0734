//! Training needs.

use groma_model::{Kind, TrainingNeed};

use crate::table::{Table, Target, integer, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        real("rank"),
        text("title"),
        text("audience"),
        integer("people"),
        real("days"),
        integer("cost"),
        text("phase").or_null(),
    ],
    order: "rank, id",
    titles: &["title", "audience"],
    links: &[link("phase", Target::Object(Kind::Phase)).clear()],
    ..Table::of::<TrainingNeed>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "trainings" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "title" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "people" INTEGER NOT NULL,
    "days" REAL NOT NULL,
    "cost" INTEGER NOT NULL,
    "phase" TEXT REFERENCES "phases" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX "trainings_phase" ON "trainings" ("phase");
"#;
