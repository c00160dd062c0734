//! Themes of the roadmap.

use groma_model::Theme;

use crate::table::{Table, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), real("rank"), text("name"), text("target_state"), text("exit_criterion")],
    order: "rank, id",
    titles: &["name"],
    ..Table::of::<Theme>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "themes" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "name" TEXT NOT NULL,
    "target_state" TEXT NOT NULL,
    "exit_criterion" TEXT NOT NULL
) STRICT;
"#;
