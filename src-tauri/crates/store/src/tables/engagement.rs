//! The engagement: one row.

use groma_model::{Engagement, Kind};

use crate::table::{Table, Target, json, link, real, text};

/// The table as it is now.
pub(crate) const TABLE: Table = Table {
    columns: &[
        text("id"),
        text("reference"),
        text("client"),
        text("system"),
        text("system_description"),
        text("primary_language"),
        text("architecture_style"),
        json("auditors"),
        text("firm"),
        json("sponsor"),
        text("starts").or_null(),
        text("ends").or_null(),
        text("report_date").or_null(),
        json("access"),
        text("access_notes"),
        text("nda"),
        text("classification"),
        text("scope"),
        text("out_of_scope"),
        text("method"),
        text("limits"),
        text("verdict"),
        text("summary"),
        text("ask"),
        text("current_state"),
        text("target_state"),
        text("architecture"),
        text("target_architecture"),
        text("code_metrics"),
        text("assumptions"),
        text("priority"),
        text("modernisation_effort"),
        text("roadmap_start").or_null(),
        json("holidays"),
        real("contingency_percent"),
        text("language"),
        text("currency"),
        text("brand"),
        text("template"),
        text("version"),
        json("versions"),
        json("distribution"),
        json("reviewers"),
        json("glossary"),
        json("sections"),
        json("words"),
        json("template_settings"),
        text("audience"),
        text("standard"),
        text("client_logo").or_null(),
        text("client_logo_dark").or_null(),
    ],
    order: "id",
    titles: &["client", "system"],
    singleton: true,
    links: &[
        link("client_logo", Target::Object(Kind::Image)).clear(),
        link("client_logo_dark", Target::Object(Kind::Image)).clear(),
    ],
    ..Table::of::<Engagement>()
};

/// Version 2: words that spelling takes for right.
pub(crate) const V2: &str = r#"ALTER TABLE "engagement" ADD COLUMN "words" TEXT NOT NULL DEFAULT '[]'"#;

/// Version 5: whom a report is for, its standard, what its template is set to, and the client's logo.
pub(crate) const V5: &str = r#"
ALTER TABLE "engagement" ADD COLUMN "template_settings" TEXT NOT NULL DEFAULT '{}';
ALTER TABLE "engagement" ADD COLUMN "audience" TEXT NOT NULL DEFAULT 'all';
ALTER TABLE "engagement" ADD COLUMN "standard" TEXT NOT NULL DEFAULT 'pdf-1.7';
ALTER TABLE "engagement" ADD COLUMN "client_logo" TEXT REFERENCES "images" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "engagement_client_logo" ON "engagement" ("client_logo");
"#;

/// Version 9: sections are chosen for each template, and what was chosen for all is taken to be for the one that is set;
/// the client's logo for dark grounds.
pub(crate) const V9: &str = r#"
UPDATE "engagement" SET "sections" = CASE WHEN "sections" = '[]' THEN '{}'
    ELSE json_object(CASE WHEN "template" = '' THEN 'audit-report' ELSE "template" END, json("sections")) END;
ALTER TABLE "engagement" ADD COLUMN "client_logo_dark" TEXT REFERENCES "images" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "engagement_client_logo_dark" ON "engagement" ("client_logo_dark");
"#;

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "engagement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "reference" TEXT NOT NULL,
    "client" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "system_description" TEXT NOT NULL,
    "primary_language" TEXT NOT NULL,
    "architecture_style" TEXT NOT NULL,
    "auditors" TEXT NOT NULL,
    "firm" TEXT NOT NULL,
    "sponsor" TEXT NOT NULL,
    "starts" TEXT,
    "ends" TEXT,
    "report_date" TEXT,
    "access" TEXT NOT NULL,
    "access_notes" TEXT NOT NULL,
    "nda" TEXT NOT NULL,
    "classification" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "out_of_scope" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "limits" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "ask" TEXT NOT NULL,
    "current_state" TEXT NOT NULL,
    "target_state" TEXT NOT NULL,
    "architecture" TEXT NOT NULL,
    "target_architecture" TEXT NOT NULL,
    "code_metrics" TEXT NOT NULL,
    "assumptions" TEXT NOT NULL,
    "priority" TEXT NOT NULL,
    "modernisation_effort" TEXT NOT NULL,
    "roadmap_start" TEXT,
    "holidays" TEXT NOT NULL,
    "contingency_percent" REAL NOT NULL,
    "language" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "versions" TEXT NOT NULL,
    "distribution" TEXT NOT NULL,
    "reviewers" TEXT NOT NULL,
    "glossary" TEXT NOT NULL,
    "sections" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "engagement_one" ON "engagement" ((1));
"#;
