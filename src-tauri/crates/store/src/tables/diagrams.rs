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
        text("architecture").or_null(),
        text("view"),
        text("overlay"),
        text("perspective"),
    ],
    order: "rank, id",
    titles: &["title", "caption", "alt"],
    links: &[
        link("image", Target::Object(Kind::Image)).clear(),
        link("architecture", Target::Object(Kind::Architecture)).clear(),
    ],
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

/// Version 4: a diagram can be a view of an architecture.
pub(crate) const V4: &str = r#"
ALTER TABLE "diagrams" ADD COLUMN "architecture" TEXT REFERENCES "architectures" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "diagrams" ADD COLUMN "view" TEXT NOT NULL DEFAULT '';
ALTER TABLE "diagrams" ADD COLUMN "overlay" TEXT NOT NULL DEFAULT 'none';
ALTER TABLE "diagrams" ADD COLUMN "perspective" TEXT NOT NULL DEFAULT '';
CREATE INDEX "diagrams_architecture" ON "diagrams" ("architecture");
"#;
