//! Initiatives.

use groma_model::{Initiative, Kind};

use crate::table::{Numbering, Table, Target, flag, integer, json, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        integer("number"),
        real("rank"),
        text("title"),
        text("description"),
        text("outcome"),
        text("theme").or_null(),
        text("phase").or_null(),
        text("horizon"),
        json("effort").or_null(),
        integer("impact").or_null(),
        real("confidence_percent").or_null(),
        integer("business_value").or_null(),
        integer("time_criticality").or_null(),
        integer("risk_reduction").or_null(),
        real("reach_percent").or_null(),
        flag("reversible"),
        json("build_cost"),
        json("run_cost"),
        json("roles"),
        json("depends_on"),
        text("earliest_start").or_null(),
        text("deadline").or_null(),
        text("owner"),
        json("findings"),
        json("risks"),
        json("lifts"),
    ],
    order: "rank, number, id",
    titles: &["title"],
    links: &[
        link("theme", Target::Object(Kind::Theme)).clear(),
        link("phase", Target::Object(Kind::Phase)).clear(),
        link("roles[].role", Target::Object(Kind::Role)),
        link("depends_on[].on", Target::Object(Kind::Initiative)),
        link("findings[]", Target::Object(Kind::Finding)),
        link("risks[]", Target::Object(Kind::Risk)),
    ],
    numbering: Numbering::Unrepeated,
    ..Table::of::<Initiative>()
};

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "initiatives" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "rank" REAL NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "theme" TEXT REFERENCES "themes" ("id") DEFERRABLE INITIALLY DEFERRED,
    "phase" TEXT REFERENCES "phases" ("id") DEFERRABLE INITIALLY DEFERRED,
    "horizon" TEXT NOT NULL,
    "effort" TEXT,
    "impact" INTEGER,
    "confidence_percent" REAL,
    "business_value" INTEGER,
    "time_criticality" INTEGER,
    "risk_reduction" INTEGER,
    "reach_percent" REAL,
    "reversible" INTEGER NOT NULL CHECK ("reversible" IN (0, 1)),
    "build_cost" TEXT NOT NULL,
    "run_cost" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "depends_on" TEXT NOT NULL,
    "earliest_start" TEXT,
    "deadline" TEXT,
    "owner" TEXT NOT NULL,
    "findings" TEXT NOT NULL,
    "risks" TEXT NOT NULL,
    "lifts" TEXT NOT NULL
) STRICT;
CREATE INDEX "initiatives_theme" ON "initiatives" ("theme");
CREATE INDEX "initiatives_phase" ON "initiatives" ("phase");
"#;
