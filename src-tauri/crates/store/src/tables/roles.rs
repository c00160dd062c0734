//! Roles.

use groma_model::Role;

use crate::table::{Table, integer, json, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), real("rank"), text("name"), text("seniority"), json("skills"), integer("day_rate")],
    order: "rank, id",
    titles: &["name"],
    ..Table::of::<Role>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "roles" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "name" TEXT NOT NULL,
    "seniority" TEXT NOT NULL,
    "skills" TEXT NOT NULL,
    "day_rate" INTEGER NOT NULL
) STRICT;
"#;
