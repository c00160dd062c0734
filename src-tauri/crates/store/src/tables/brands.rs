//! Brands of the engagement's own.

use groma_model::{Brand, Kind};

use crate::table::{Table, Target, json, link, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        text("name"),
        text("primary"),
        text("secondary"),
        text("ink"),
        text("heading_font"),
        text("body_font"),
        text("label_font"),
        text("mono_font"),
        text("cover"),
        text("tables"),
        text("footer"),
        text("legal"),
        text("logo").or_null(),
        json("fonts"),
        text("logo_dark").or_null(),
    ],
    order: "name, id",
    titles: &["name"],
    links: &[link("logo", Target::Object(Kind::Image)).clear(), link("logo_dark", Target::Object(Kind::Image)).clear()],
    ..Table::of::<Brand>()
};

/// The table as the version of the file that brought brands created it.
pub(crate) const CREATED: &str = r#"
CREATE TABLE "brands" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "primary" TEXT NOT NULL,
    "secondary" TEXT NOT NULL,
    "ink" TEXT NOT NULL,
    "heading_font" TEXT NOT NULL,
    "body_font" TEXT NOT NULL,
    "label_font" TEXT NOT NULL,
    "mono_font" TEXT NOT NULL,
    "cover" TEXT NOT NULL,
    "tables" TEXT NOT NULL,
    "footer" TEXT NOT NULL,
    "legal" TEXT NOT NULL,
    "logo" TEXT REFERENCES "images" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX "brands_logo" ON "brands" ("logo");
"#;

/// Version 9: font files of a brand's own, and its logo for dark grounds.
pub(crate) const V9: &str = r#"
ALTER TABLE "brands" ADD COLUMN "fonts" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "brands" ADD COLUMN "logo_dark" TEXT REFERENCES "images" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "brands_logo_dark" ON "brands" ("logo_dark");
"#;
