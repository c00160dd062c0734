//! The intake: one row.

use groma_model::Intake;

use crate::table::{Table, flag, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        text("trigger"),
        flag("recurring"),
        flag("cause_known"),
        flag("urgent"),
        flag("outgrown"),
        text("triage").or_null(),
        text("reason"),
    ],
    order: "id",
    singleton: true,
    ..Table::of::<Intake>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "intake" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "trigger" TEXT NOT NULL,
    "recurring" INTEGER NOT NULL CHECK ("recurring" IN (0, 1)),
    "cause_known" INTEGER NOT NULL CHECK ("cause_known" IN (0, 1)),
    "urgent" INTEGER NOT NULL CHECK ("urgent" IN (0, 1)),
    "outgrown" INTEGER NOT NULL CHECK ("outgrown" IN (0, 1)),
    "triage" TEXT,
    "reason" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "intake_one" ON "intake" ((1));
"#;
