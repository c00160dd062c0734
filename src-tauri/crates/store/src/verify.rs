//! Checks a whole file: the database, the links, the bytes, the search index.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::{
    blob,
    error::{Fault, StoreError},
    guard, index, row, tables,
};

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Problem {
    /// Which check found it: `database`, `foreign_keys`, `rows`, `links`, `blobs`, `artifacts`, `search`.
    pub check: String,
    /// What is wrong.
    pub message: String,
}

/// The result of a check of a whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct Report {
    /// What is wrong; nothing when the file is sound.
    pub problems: Vec<Problem>,
    /// Objects looked at.
    pub objects: u64,
    /// Artifacts and images' bytes whose hash was recomputed.
    pub blobs: u64,
    /// Measurements, those of removed artifacts included.
    pub measurements: u64,
    /// Issues, those of removed artifacts included.
    pub issues: u64,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    fn add(&mut self, check: &str, message: impl Into<String>) {
        self.problems.push(Problem { check: check.to_owned(), message: message.into() });
    }

    /// Notes what one check says; damage found on the way is a problem, not the end of the report.
    fn note(&mut self, check: &str, outcome: Result<(), Fault>) {
        match outcome {
            Ok(()) => {}
            Err(Fault::Store(error)) => self.add(check, error.to_string()),
            Err(Fault::Sql(error)) => self.add(check, error.to_string()),
        }
    }
}

/// Checks everything.
pub(crate) fn verify(conn: &Connection) -> Report {
    let mut report = Report::default();
    type Check = fn(&Connection, &mut Report) -> Result<(), Fault>;
    let checks: [(&str, Check); 6] = [
        ("database", database),
        ("foreign_keys", foreign_keys),
        ("rows", rows),
        ("blobs", blobs),
        ("artifacts", artifacts),
        ("search", search),
    ];
    for (name, check) in checks {
        let outcome = check(conn, &mut report);
        report.note(name, outcome);
    }
    report
}

fn database(conn: &Connection, report: &mut Report) -> Result<(), Fault> {
    let mut statement = conn.prepare("PRAGMA integrity_check(20)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            report.add("database", line);
        }
    }
    Ok(())
}

fn foreign_keys(conn: &Connection, report: &mut Report) -> Result<(), Fault> {
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        let line: Option<i64> = row.get(1)?;
        let line = line.map_or_else(String::new, |line| format!(", row {line}"));
        report.add("foreign_keys", format!("{table}{line}: it names a row of {parent} that is not there"));
    }
    Ok(())
}

fn rows(conn: &Connection, report: &mut Report) -> Result<(), Fault> {
    for table in tables::ALL {
        let found = match row::all(conn, table) {
            Ok(found) => found,
            Err(fault) => {
                report.note("rows", Err(fault));
                continue;
            }
        };
        if table.singleton && found.len() != 1 {
            report.add("rows", format!("{} has {} rows; it must have one", table.name(), found.len()));
        }
        for fields in found {
            report.objects += 1;
            let id = index::id_of(&fields);
            if let Err(error) = (table.normalise)(fields) {
                report.add("rows", format!("{} {id}: {error}", table.name()));
                continue;
            }
            report.note("links", guard::check(conn, table.kind, id));
        }
    }
    Ok(())
}

fn blobs(conn: &Connection, report: &mut Report) -> Result<(), Fault> {
    let mut statement = conn.prepare("SELECT \"sha256\" FROM \"blobs\" ORDER BY \"sha256\"")?;
    let hashes = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    for sha256 in hashes {
        report.blobs += 1;
        match blob::check(conn, &sha256) {
            Err(Fault::Store(StoreError::HashMismatch { expected, found, .. })) => {
                report.add("blobs", format!("the bytes under SHA-256 {expected} have {found}"));
            }
            Err(Fault::Sql(error)) => report.add("blobs", format!("SHA-256 {sha256}: {error}")),
            outcome => report.note("blobs", outcome),
        }
    }
    Ok(())
}

fn artifacts(conn: &Connection, report: &mut Report) -> Result<(), Fault> {
    let one = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, u64>(0));
    report.measurements = one("SELECT count(*) FROM \"measurement_rows\"")?;
    report.issues = one("SELECT count(*) FROM \"issue_rows\"")?;
    let mut statement = conn.prepare(
        "SELECT a.\"id\", a.\"issues\", a.\"measurements\",
             (SELECT count(*) FROM \"issue_groups\" g JOIN \"issue_rows\" i ON i.\"group_no\" = g.\"no\"
              WHERE g.\"artifact\" = a.\"id\"),
             (SELECT coalesce(sum(g.\"count\"), 0) FROM \"issue_groups\" g WHERE g.\"artifact\" = a.\"id\"),
             (SELECT count(*) FROM \"measurement_rows\" m WHERE m.\"artifact\" = a.\"id\")
         FROM \"artifacts\" a",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let (issues, measurements): (u64, u64) = (row.get(1)?, row.get(2)?);
        let (found, grouped, measured): (u64, u64, u64) = (row.get(3)?, row.get(4)?, row.get(5)?);
        if (issues, issues) != (found, grouped) {
            report
                .add("artifacts", format!("artifact {id} says {issues} issues; there are {found}, grouped {grouped}"));
        }
        if measurements != measured {
            report.add("artifacts", format!("artifact {id} says {measurements} measurements; there are {measured}"));
        }
    }
    Ok(())
}

fn search(conn: &Connection, report: &mut Report) -> Result<(), Fault> {
    let (expected, wrong, found) = index::compare(conn)?;
    if wrong > 0 || found != expected {
        report.add(
            "search",
            format!("{found} texts are indexed, {expected} should be, {wrong} differ; rebuild the index"),
        );
    }
    // SQLite asks this as a write, although nothing is written.
    if conn.is_readonly(rusqlite::MAIN_DB)? {
        return Ok(());
    }
    // With a rank of 1 the full-text table is compared with its content, not only with itself.
    let whole = "INSERT INTO \"search\" (\"search\", \"rank\") VALUES ('integrity-check', 1)";
    if let Err(error) = conn.execute(whole, []) {
        report.add("search", format!("the full-text index does not match its texts ({error}); rebuild the index"));
    }
    Ok(())
}
