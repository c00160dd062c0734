//! Decisions on candidates, one of each candidate; without its finding a decision goes, so that the candidate is open again.

use groma_model::{Decision, Kind};

use crate::table::{Table, Target, link, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), text("candidate"), text("outcome"), text("finding").or_null(), text("reason")],
    order: "id",
    titles: &["reason"],
    links: &[link("finding", Target::Object(Kind::Finding)).cascade()],
    unique: &[&["candidate"]],
    ..Table::of::<Decision>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "decisions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "candidate" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "finding" TEXT REFERENCES "findings" ("id") DEFERRABLE INITIALLY DEFERRED,
    "reason" TEXT NOT NULL
) STRICT;
CREATE INDEX "decisions_finding" ON "decisions" ("finding");
CREATE INDEX "decisions_candidate" ON "decisions" ("candidate");
"#;
