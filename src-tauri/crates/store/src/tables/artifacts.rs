//! Imported files. `removed` hides a row and all that was read from it, so that an import can be undone and redone.

use groma_model::{Artifact, Kind};

use crate::table::{Table, Target, integer, json, link, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        text("name"),
        text("path"),
        text("sha256"),
        integer("bytes"),
        text("format"),
        text("tool"),
        text("tool_version"),
        text("captured_at").or_null(),
        text("imported_at").or_null(),
        text("subject"),
        integer("issues"),
        integer("measurements"),
        integer("masked"),
        text("note"),
        json("diagnostics"),
        text("replaces").or_null(),
    ],
    order: "imported_at IS NULL, imported_at, id",
    titles: &["name", "subject"],
    frozen: &["sha256", "bytes", "format", "tool", "issues", "measurements"],
    links: &[link("replaces", Target::Object(Kind::Artifact)).clear()],
    // Of two newer states of one file, one is newer than the other.
    unique: &[&["replaces"]],
    acyclic: &["replaces"],
    soft: true,
    ..Table::of::<Artifact>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "artifacts" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "sha256" TEXT NOT NULL REFERENCES "blobs" ("sha256") DEFERRABLE INITIALLY DEFERRED,
    "bytes" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "tool" TEXT NOT NULL,
    "tool_version" TEXT NOT NULL,
    "captured_at" TEXT,
    "imported_at" TEXT,
    "subject" TEXT NOT NULL,
    "issues" INTEGER NOT NULL,
    "measurements" INTEGER NOT NULL,
    "masked" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "diagnostics" TEXT NOT NULL,
    "removed" INTEGER NOT NULL DEFAULT 0 CHECK ("removed" IN (0, 1))
) STRICT;
CREATE INDEX "artifacts_sha256" ON "artifacts" ("sha256");
"#;

/// What version 7 adds: the earlier artifact of which one is a newer state.
pub(crate) const V7: &str = r#"
ALTER TABLE "artifacts" ADD COLUMN "replaces" TEXT REFERENCES "artifacts" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "artifacts_replaces" ON "artifacts" ("replaces");
"#;
