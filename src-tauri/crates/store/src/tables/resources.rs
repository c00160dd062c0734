//! Resource lines.

use groma_model::{Kind, ResourceLine};

use crate::table::{Table, Target, integer, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        text("role"),
        text("name"),
        text("employment"),
        real("fte"),
        text("from").or_null(),
        text("to").or_null(),
        integer("day_rate").or_null(),
    ],
    order: "id",
    titles: &["name"],
    links: &[link("role", Target::Object(Kind::Role)).cascade()],
    ..Table::of::<ResourceLine>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "resources" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "role" TEXT NOT NULL REFERENCES "roles" ("id") DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT NOT NULL,
    "employment" TEXT NOT NULL,
    "fte" REAL NOT NULL,
    "from" TEXT,
    "to" TEXT,
    "day_rate" INTEGER
) STRICT;
CREATE INDEX "resources_role" ON "resources" ("role");
"#;
