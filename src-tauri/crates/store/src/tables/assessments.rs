//! Maturity of areas, one of each area.

use groma_model::Assessment;

use crate::table::{Table, integer, json, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        text("pack"),
        text("area"),
        integer("level").or_null(),
        integer("target").or_null(),
        text("justification"),
        text("evidence"),
        json("tables"),
    ],
    order: "id",
    unique: &[&["pack", "area"]],
    frozen: &["pack", "area"],
    ..Table::of::<Assessment>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "assessments" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "pack" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "level" INTEGER,
    "target" INTEGER,
    "justification" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "tables" TEXT NOT NULL
) STRICT;
CREATE INDEX "assessments_area" ON "assessments" ("pack", "area");
"#;
