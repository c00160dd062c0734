//! Links from findings to what proves them.

use groma_model::{EvidenceLink, Kind};

use crate::table::{Table, Target, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), text("finding"), real("rank"), text("target_kind"), text("target"), text("note")],
    order: "rank, id",
    titles: &["note"],
    links: &[link("finding", Target::Object(Kind::Finding)).cascade(), link("target", Target::Evidence).cascade()],
    ..Table::of::<EvidenceLink>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "evidence_links" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "finding" TEXT NOT NULL REFERENCES "findings" ("id") DEFERRABLE INITIALLY DEFERRED,
    "rank" REAL NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;
CREATE INDEX "evidence_links_finding" ON "evidence_links" ("finding");
"#;
