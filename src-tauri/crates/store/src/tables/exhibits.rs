//! Exhibits; their bytes are in `blobs`.

use groma_model::{Exhibit, Kind};

use crate::table::{Table, Target, flag, integer, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        real("rank"),
        text("title"),
        text("kind"),
        text("name"),
        text("sha256"),
        text("media_type"),
        integer("bytes"),
        integer("length"),
        integer("masked"),
        text("artifact").or_null(),
        text("range"),
        text("marked"),
        text("language"),
        text("note"),
        text("alt"),
        flag("printed"),
        flag("attached"),
    ],
    order: "rank, id",
    titles: &["title", "name", "alt"],
    links: &[link("artifact", Target::Object(Kind::Artifact)).clear()],
    frozen: &["sha256", "media_type", "bytes", "length", "masked"],
    ..Table::of::<Exhibit>()
};

/// The table as the version of the file that brought exhibits created it.
pub(crate) const CREATED: &str = r#"
CREATE TABLE "exhibits" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL REFERENCES "blobs" ("sha256") DEFERRABLE INITIALLY DEFERRED,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "masked" INTEGER NOT NULL,
    "artifact" TEXT REFERENCES "artifacts" ("id") DEFERRABLE INITIALLY DEFERRED,
    "range" TEXT NOT NULL,
    "marked" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "alt" TEXT NOT NULL,
    "printed" INTEGER NOT NULL CHECK ("printed" IN (0, 1)),
    "attached" INTEGER NOT NULL CHECK ("attached" IN (0, 1))
) STRICT;
CREATE INDEX "exhibits_sha256" ON "exhibits" ("sha256");
CREATE INDEX "exhibits_artifact" ON "exhibits" ("artifact");
"#;
