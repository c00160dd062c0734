//! Report templates of the engagement's own.

use groma_model::Template;

use crate::table::{Table, json, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), text("name"), text("version"), text("folder"), json("files")],
    order: "name, id",
    titles: &["name"],
    ..Table::of::<Template>()
};

/// The table as the version of the file that brought templates created it.
pub(crate) const CREATED: &str = r#"
CREATE TABLE "templates" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "files" TEXT NOT NULL
) STRICT;
"#;
