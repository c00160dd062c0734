//! Answers to checks, one of each check.

use groma_model::Answer;

use crate::table::{Table, Target, json, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        text("pack"),
        text("check"),
        text("status"),
        text("verdict"),
        real("value").or_null(),
        text("unit"),
        text("note"),
        text("reason"),
        text("override_reason"),
        json("sources"),
        text("author"),
        text("confirmed_at").or_null(),
        json("proposal").or_null(),
        json("choices"),
        json("blanks"),
    ],
    order: "id",
    titles: &["reason", "override_reason"],
    links: &[link("sources[]", Target::Measurement), link("proposal.sources[]", Target::Measurement)],
    unique: &[&["pack", "check"]],
    frozen: &["pack", "check"],
    ..Table::of::<Answer>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "answers" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "pack" TEXT NOT NULL,
    "check" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "value" REAL,
    "unit" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "override_reason" TEXT NOT NULL,
    "sources" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "confirmed_at" TEXT,
    "proposal" TEXT
) STRICT;
CREATE INDEX "answers_check" ON "answers" ("pack", "check");
"#;

/// Version 2: what was chosen and filled in.
pub(crate) const V2: &str = r#"
ALTER TABLE "answers" ADD COLUMN "choices" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "answers" ADD COLUMN "blanks" TEXT NOT NULL DEFAULT '{}';
"#;
