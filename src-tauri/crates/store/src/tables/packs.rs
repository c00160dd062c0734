//! Snapshots of audit packs, one of each pack.

use groma_model::PackSnapshot;

use crate::table::{Table, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), text("pack"), text("version"), text("title"), text("definition")],
    order: "id",
    titles: &["title"],
    unique: &[&["pack"]],
    frozen: &["pack"],
    ..Table::of::<PackSnapshot>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "packs" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "pack" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "definition" TEXT NOT NULL
) STRICT;
CREATE INDEX "packs_pack" ON "packs" ("pack");
"#;
