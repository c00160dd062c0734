//! What words of tools were chosen to mean.

use groma_model::SeverityTable;

use crate::table::{Table, json, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), text("tool"), json("words")],
    order: "tool, id",
    titles: &["tool"],
    // One table a tool: two could say two things of one word.
    unique: &[&["tool"]],
    ..Table::of::<SeverityTable>()
};

/// The table as the version of the file that brought it created it.
pub(crate) const CREATED: &str = r#"
CREATE TABLE "severities" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tool" TEXT NOT NULL,
    "words" TEXT NOT NULL
) STRICT;
"#;
