//! Findings.

use groma_model::{Finding, Kind};

use crate::table::{Numbering, Table, Target, integer, json, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        integer("number"),
        real("rank"),
        text("title"),
        text("kind"),
        text("area"),
        text("severity"),
        text("severity_reason"),
        integer("likelihood").or_null(),
        integer("impact").or_null(),
        text("confidence"),
        text("summary"),
        text("condition"),
        text("criteria"),
        text("cause"),
        text("consequence"),
        text("operation"),
        text("workaround"),
        integer("current_level").or_null(),
        integer("recommended_level").or_null(),
        text("short_term"),
        text("long_term"),
        text("acceptance_test"),
        json("effort").or_null(),
        text("owner"),
        json("elements"),
        json("checks"),
        json("cwe"),
        json("cve"),
        json("quality"),
        json("references"),
        text("editorial"),
        text("life"),
        text("internal_notes"),
        json("caused_by"),
        json("retests"),
    ],
    order: "rank, number, id",
    titles: &["title", "severity_reason"],
    links: &[link("caused_by[]", Target::Object(Kind::Finding))],
    acyclic: &["caused_by[]"],
    numbering: Numbering::Unrepeated,
    ..Table::of::<Finding>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "findings" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "rank" REAL NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "severity_reason" TEXT NOT NULL,
    "likelihood" INTEGER,
    "impact" INTEGER,
    "confidence" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "condition" TEXT NOT NULL,
    "criteria" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "consequence" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "workaround" TEXT NOT NULL,
    "current_level" INTEGER,
    "recommended_level" INTEGER,
    "short_term" TEXT NOT NULL,
    "long_term" TEXT NOT NULL,
    "acceptance_test" TEXT NOT NULL,
    "effort" TEXT,
    "owner" TEXT NOT NULL,
    "elements" TEXT NOT NULL,
    "checks" TEXT NOT NULL,
    "cwe" TEXT NOT NULL,
    "cve" TEXT NOT NULL,
    "quality" TEXT NOT NULL,
    "references" TEXT NOT NULL,
    "editorial" TEXT NOT NULL,
    "life" TEXT NOT NULL,
    "internal_notes" TEXT NOT NULL
) STRICT;
"#;

/// What version 7 adds: what causes a finding, and what came of measuring again.
pub(crate) const V7: &str = r#"
ALTER TABLE "findings" ADD COLUMN "caused_by" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "findings" ADD COLUMN "retests" TEXT NOT NULL DEFAULT '[]';
"#;
