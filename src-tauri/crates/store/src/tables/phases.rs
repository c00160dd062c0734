//! Phases of the roadmap.

use groma_model::Phase;

use crate::table::{Numbering, Table, integer, json, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        integer("number"),
        text("name"),
        text("starts").or_null(),
        text("ends").or_null(),
        text("objective"),
        text("outcome"),
        json("exit_criteria"),
        integer("budget_cap").or_null(),
    ],
    order: "number, id",
    titles: &["name", "exit_criteria"],
    numbering: Numbering::Sequence,
    ..Table::of::<Phase>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "phases" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "starts" TEXT,
    "ends" TEXT,
    "objective" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "exit_criteria" TEXT NOT NULL,
    "budget_cap" INTEGER
) STRICT;
"#;
