//! Issues: rows that live and die with their artifact, under one group row for each candidate key of that artifact.
//!
//! The group keeps what its issues share and the sums over them, made once at import: a list of groups never reads
//! the issues, and an issue stores only what differs from the first of its group (NULL means *as the
//! group*; for the location: the component, which it often is).

/// The tables as version 1 of the file created them.
pub(crate) const V1: &str = r#"
CREATE TABLE "issue_groups" (
    "no" INTEGER PRIMARY KEY,
    "artifact" TEXT NOT NULL REFERENCES "artifacts" ("id") DEFERRABLE INITIALLY DEFERRED,
    "key" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "component_version" TEXT NOT NULL,
    "fixed_version" TEXT NOT NULL,
    "cwe" TEXT NOT NULL,
    "cve" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "suppressed" INTEGER NOT NULL,
    "open_severity" TEXT,
    "open_origin" TEXT,
    "any_severity" TEXT NOT NULL,
    "any_origin" TEXT NOT NULL,
    "all_cwe" TEXT NOT NULL,
    "all_cve" TEXT NOT NULL,
    "places" TEXT NOT NULL
) STRICT;
CREATE INDEX "issue_groups_artifact" ON "issue_groups" ("artifact");
CREATE INDEX "issue_groups_key" ON "issue_groups" ("key");
CREATE TABLE "issue_rows" (
    "seq" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "group_no" INTEGER NOT NULL REFERENCES "issue_groups" ("no") DEFERRABLE INITIALLY DEFERRED,
    "title" TEXT,
    "message" TEXT,
    "severity" TEXT NOT NULL,
    "severity_origin" TEXT NOT NULL,
    "native_severity" TEXT NOT NULL,
    "component_version" TEXT,
    "fixed_version" TEXT,
    "location" TEXT,
    "line" INTEGER,
    "fingerprint" TEXT NOT NULL,
    "cwe" TEXT,
    "cve" TEXT,
    "url" TEXT,
    "suppressed" INTEGER NOT NULL CHECK ("suppressed" IN (0, 1)),
    "at" TEXT NOT NULL
) STRICT;
CREATE INDEX "issue_rows_group" ON "issue_rows" ("group_no");
CREATE VIEW "issues" AS
SELECT
    i."seq",
    i."id",
    g."artifact",
    g."rule",
    coalesce(i."title", g."title") AS "title",
    coalesce(i."message", g."message") AS "message",
    i."severity",
    i."severity_origin",
    i."native_severity",
    g."component",
    coalesce(i."component_version", g."component_version") AS "component_version",
    coalesce(i."fixed_version", g."fixed_version") AS "fixed_version",
    coalesce(i."location", g."component") AS "location",
    i."line",
    i."fingerprint",
    coalesce(i."cwe", g."cwe") AS "cwe",
    coalesce(i."cve", g."cve") AS "cve",
    coalesce(i."url", g."url") AS "url",
    i."suppressed",
    i."at",
    g."key" AS "group"
FROM "issue_rows" i
JOIN "issue_groups" g ON g."no" = i."group_no"
JOIN "artifacts" a ON a."id" = g."artifact"
WHERE a."removed" = 0;
"#;
