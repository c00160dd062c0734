//! Measurements: rows that live and die with their artifact; the view shows those of live artifacts.

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "measurement_rows" (
    "seq" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "artifact" TEXT NOT NULL REFERENCES "artifacts" ("id") DEFERRABLE INITIALLY DEFERRED,
    "metric" TEXT NOT NULL,
    "value" REAL NOT NULL,
    "unit" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "text" TEXT NOT NULL
) STRICT;
CREATE INDEX "measurement_rows_artifact" ON "measurement_rows" ("artifact");
CREATE INDEX "measurement_rows_metric" ON "measurement_rows" ("metric");
CREATE VIEW "measurements" AS
SELECT m."seq", m."id", m."artifact", m."metric", m."value", m."unit", m."subject", m."at", m."text"
FROM "measurement_rows" m
JOIN "artifacts" a ON a."id" = m."artifact"
WHERE a."removed" = 0;
"#;
