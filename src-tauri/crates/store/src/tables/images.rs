//! Images; their bytes are in `blobs`.

use groma_model::Image;

use crate::table::{Table, integer, json, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        text("name"),
        text("sha256"),
        text("media_type"),
        integer("width"),
        integer("height"),
        text("caption"),
        text("alt"),
        text("original").or_null(),
        text("upright").or_null(),
        json("edits"),
    ],
    order: "id",
    titles: &["name", "caption", "alt"],
    unique: &[&["name"]],
    frozen: &["sha256", "media_type", "width", "height", "original", "upright", "edits"],
    ..Table::of::<Image>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "images" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL REFERENCES "blobs" ("sha256") DEFERRABLE INITIALLY DEFERRED,
    "media_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "caption" TEXT NOT NULL,
    "alt" TEXT NOT NULL
) STRICT;
CREATE INDEX "images_name" ON "images" ("name");
CREATE INDEX "images_sha256" ON "images" ("sha256");
"#;

/// Version 3: what is printed stands beside what was given.
pub(crate) const V3: &str = r#"
ALTER TABLE "images" ADD COLUMN "original" TEXT REFERENCES "blobs" ("sha256") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "images" ADD COLUMN "upright" TEXT REFERENCES "blobs" ("sha256") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "images" ADD COLUMN "edits" TEXT NOT NULL DEFAULT '{"crop":null,"marks":[],"longest":null}';
CREATE INDEX "images_original" ON "images" ("original");
CREATE INDEX "images_upright" ON "images" ("upright");
"#;
