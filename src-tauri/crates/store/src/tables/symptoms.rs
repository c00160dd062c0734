//! Symptoms.

use groma_model::{Kind, Symptom};

use crate::table::{Table, Target, integer, json, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        real("rank"),
        text("title"),
        text("frequency"),
        text("operation"),
        integer("severity").or_null(),
        text("workaround"),
        text("trace"),
        text("root_cause"),
        text("consequence"),
        json("findings"),
    ],
    order: "rank, id",
    titles: &["title"],
    links: &[link("findings[]", Target::Object(Kind::Finding))],
    ..Table::of::<Symptom>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "symptoms" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rank" REAL NOT NULL,
    "title" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "severity" INTEGER,
    "workaround" TEXT NOT NULL,
    "trace" TEXT NOT NULL,
    "root_cause" TEXT NOT NULL,
    "consequence" TEXT NOT NULL,
    "findings" TEXT NOT NULL
) STRICT;
"#;
