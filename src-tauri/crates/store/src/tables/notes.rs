//! Notes of interviews.

use groma_model::Note;

use crate::table::{Table, flag, json, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), text("date").or_null(), text("title"), json("people"), text("body"), flag("private")],
    order: "date IS NULL, date, id",
    titles: &["title"],
    ..Table::of::<Note>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "notes" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "date" TEXT,
    "title" TEXT NOT NULL,
    "people" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "private" INTEGER NOT NULL CHECK ("private" IN (0, 1))
) STRICT;
"#;
