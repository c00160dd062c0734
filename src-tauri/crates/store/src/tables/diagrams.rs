//! Diagrams.

use groma_model::{Diagram, Kind};

use crate::table::{Table, Target, flag, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        real("rank"),
        text("title"),
        text("kind"),
        flag("target"),
        text("image").or_null(),
        text("caption"),
        text("alt"),
        text("description"),
    ],
    order: "rank, id",
    titles: &["title", "caption", "alt"],
    links: &[link("image", Target::Object(Kind::Image)).clear()],
    ..Table::of::<Diagram>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "diagrams" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" INTEGER NOT NULL CHECK ("target" IN (0, 1)),
    "image" TEXT REFERENCES "images" ("id") DEFERRABLE INITIALLY DEFERRED,
    "caption" TEXT NOT NULL,
    "alt" TEXT NOT NULL,
    "description" TEXT NOT NULL
) STRICT;
CREATE INDEX "diagrams_image" ON "diagrams" ("image");
"#;
