//! Architectures.

use groma_model::Architecture;

use crate::table::{Table, flag, json, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), real("rank"), text("name"), flag("target"), text("text"), text("workspace"), json("places")],
    order: "rank, id",
    titles: &["name"],
    ..Table::of::<Architecture>()
};

/// The table as the version of the file that brought architectures created it.
pub(crate) const CREATED: &str = r#"
CREATE TABLE "architectures" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "name" TEXT NOT NULL,
    "target" INTEGER NOT NULL CHECK ("target" IN (0, 1)),
    "text" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "places" TEXT NOT NULL
) STRICT;
"#;
