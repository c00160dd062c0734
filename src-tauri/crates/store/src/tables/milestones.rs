//! Fixed dates.

use groma_model::{Kind, Milestone};

use crate::table::{Table, Target, json, link, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[text("id"), text("name"), text("date").or_null(), json("initiatives")],
    order: "date IS NULL, date, id",
    titles: &["name"],
    links: &[link("initiatives[]", Target::Object(Kind::Initiative))],
    ..Table::of::<Milestone>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "milestones" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "date" TEXT,
    "initiatives" TEXT NOT NULL
) STRICT;
"#;
