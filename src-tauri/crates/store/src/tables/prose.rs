//! The search index: a copy of every prose field and title, and the full-text table over it. Rebuildable.

/// The tables as version 1 of the file created them.
pub(crate) const V1: &str = r#"
CREATE TABLE "prose" (
    "seq" INTEGER PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "title" INTEGER NOT NULL CHECK ("title" IN (0, 1)),
    UNIQUE ("object", "field")
) STRICT;
CREATE VIRTUAL TABLE "search" USING fts5 (
    "text", content='prose', content_rowid='seq', tokenize='unicode61 remove_diacritics 2'
);
"#;
