//! What was done: a step for each transaction, a history row for each object it changed, and the last numbers given.
//!
//! States of a step: `done` can be undone, `undone` can be redone, `dropped` was undone and then overtaken by a new
//! change, `sealed` is out of reach, `mark` is an undo or redo itself (of `target`).

/// The tables as version 1 of the file created them.
pub(crate) const V1: &str = r#"
CREATE TABLE "steps" (
    "seq" INTEGER PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL UNIQUE,
    "at" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('done', 'undone', 'dropped', 'sealed', 'mark')),
    "target" INTEGER REFERENCES "steps" ("seq")
) STRICT;
CREATE INDEX "steps_state" ON "steps" ("state", "seq");
CREATE TABLE "history" (
    "seq" INTEGER PRIMARY KEY,
    "step" INTEGER NOT NULL REFERENCES "steps" ("seq"),
    "kind" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT
) STRICT;
CREATE INDEX "history_step" ON "history" ("step");
CREATE INDEX "history_object" ON "history" ("object");
CREATE TABLE "counters" (
    "kind" TEXT NOT NULL PRIMARY KEY,
    "last" INTEGER NOT NULL
) STRICT;
"#;
