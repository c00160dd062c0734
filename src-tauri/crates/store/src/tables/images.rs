//! Images; their bytes are in `blobs`.

use groma_model::Image;

use crate::table::{Table, integer, text};

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
    ],
    order: "id",
    titles: &["name", "caption", "alt"],
    unique: &[&["name"]],
    frozen: &["sha256"],
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
