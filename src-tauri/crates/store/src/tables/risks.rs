//! Risks.

use groma_model::{Kind, Risk};

use crate::table::{Numbering, Table, Target, integer, json, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        integer("number"),
        real("rank"),
        text("title"),
        text("scenario"),
        text("category"),
        json("inherent").or_null(),
        json("current").or_null(),
        json("residual").or_null(),
        text("treatment"),
        text("owner"),
        text("mitigation"),
        json("findings"),
    ],
    order: "rank, number, id",
    titles: &["title"],
    links: &[link("findings[]", Target::Object(Kind::Finding))],
    numbering: Numbering::Unrepeated,
    ..Table::of::<Risk>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "risks" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "rank" REAL NOT NULL,
    "title" TEXT NOT NULL,
    "scenario" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "inherent" TEXT,
    "current" TEXT,
    "residual" TEXT,
    "treatment" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "mitigation" TEXT NOT NULL,
    "findings" TEXT NOT NULL
) STRICT;
"#;
