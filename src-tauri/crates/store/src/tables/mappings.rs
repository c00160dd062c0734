//! What the columns of tables mean.

use groma_model::Mapping;

use crate::table::{Table, flag, json, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        text("name"),
        json("header"),
        flag("decimal_comma"),
        json("nothing"),
        text("time").or_null(),
        text("subject").or_null(),
        json("values"),
    ],
    order: "name, id",
    titles: &["name"],
    // A table is known again by its columns: two mappings for one shape would be a question at every import.
    unique: &[&["header"]],
    ..Table::of::<Mapping>()
};

/// The table as the version of the file that brought mappings created it.
pub(crate) const CREATED: &str = r#"
CREATE TABLE "mappings" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "decimal_comma" INTEGER NOT NULL CHECK ("decimal_comma" IN (0, 1)),
    "nothing" TEXT NOT NULL,
    "time" TEXT,
    "subject" TEXT,
    "values" TEXT NOT NULL
) STRICT;
"#;
