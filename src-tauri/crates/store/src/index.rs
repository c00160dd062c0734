//! Keeps the search index in step with the rows.

use groma_model::{Id, Kind};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::{
    error::Fault,
    row,
    table::{Fields, Table},
    tables,
};

/// Marks the start of a hit in a snippet; never in an indexed text.
pub(crate) const START: char = '\u{1}';
/// Marks the end of a hit in a snippet; never in an indexed text.
pub(crate) const END: char = '\u{2}';

/// The text of a field as it is indexed; empty when there is nothing to find.
fn text_of(fields: &Fields, field: &str) -> String {
    let text = match fields.get(field) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    };
    // NUL would end the text for FTS5; the marks of a hit must not occur in it.
    if text.contains(['\0', START, END]) { text.replace(['\0', START, END], " ") } else { text }
}

/// Every searched field of a table, and whether it is a title.
fn searched(table: &Table) -> impl Iterator<Item = (&'static str, bool)> {
    table.titles.iter().map(|field| (*field, true)).chain(table.prose.iter().map(|field| (*field, false)))
}

/// Brings the index from one state of a row to the next; `None` is a row that is not there.
pub(crate) fn put(
    conn: &Connection,
    table: &Table,
    id: Id,
    before: Option<&Fields>,
    after: Option<&Fields>,
) -> Result<(), Fault> {
    for (field, title) in searched(table) {
        let old = before.map(|fields| text_of(fields, field)).unwrap_or_default();
        let new = after.map(|fields| text_of(fields, field)).unwrap_or_default();
        if old == new {
            continue;
        }
        if !old.is_empty() {
            take_out(conn, id, field)?;
        }
        if !new.is_empty() {
            put_in(conn, table.kind, id, field, title, &new)?;
        }
    }
    Ok(())
}

fn take_out(conn: &Connection, id: Id, field: &str) -> Result<(), Fault> {
    let found: Option<(i64, String)> = conn
        .prepare_cached("SELECT \"seq\", \"text\" FROM \"prose\" WHERE \"object\" = ?1 AND \"field\" = ?2")?
        .query_row(params![id.to_string(), field], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((seq, text)) = found {
        conn.prepare_cached("INSERT INTO \"search\" (\"search\", \"rowid\", \"text\") VALUES ('delete', ?1, ?2)")?
            .execute(params![seq, text])?;
        conn.prepare_cached("DELETE FROM \"prose\" WHERE \"seq\" = ?1")?.execute([seq])?;
    }
    Ok(())
}

fn put_in(conn: &Connection, kind: Kind, id: Id, field: &str, title: bool, text: &str) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO \"prose\" (\"kind\", \"object\", \"field\", \"text\", \"title\") VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![kind.as_str(), id.to_string(), field, text, title])?;
    conn.prepare_cached("INSERT INTO \"search\" (\"rowid\", \"text\") VALUES (?1, ?2)")?
        .execute(params![conn.last_insert_rowid(), text])?;
    Ok(())
}

/// Makes the index anew from the rows.
pub(crate) fn rebuild(conn: &Connection) -> Result<(), Fault> {
    conn.execute("DELETE FROM \"prose\"", [])?;
    // The content is empty now, so that this empties the full-text table.
    conn.execute("INSERT INTO \"search\" (\"search\") VALUES ('rebuild')", [])?;
    for table in tables::ALL {
        for fields in row::all(conn, table)? {
            put(conn, table, id_of(&fields), None, Some(&fields))?;
        }
    }
    Ok(())
}

/// How many index rows there should be, are missing or hold another text, and how many are there.
pub(crate) fn compare(conn: &Connection) -> Result<(u64, u64, u64), Fault> {
    let (mut expected, mut wrong) = (0, 0);
    let mut statement =
        conn.prepare_cached("SELECT 1 FROM \"prose\" WHERE \"object\" = ?1 AND \"field\" = ?2 AND \"text\" = ?3")?;
    for table in tables::ALL {
        for fields in row::all(conn, table)? {
            for (field, _) in searched(table) {
                let text = text_of(&fields, field);
                if !text.is_empty() {
                    expected += 1;
                    wrong += u64::from(!statement.exists(params![id_of(&fields).to_string(), field, text])?);
                }
            }
        }
    }
    let found = conn.query_row("SELECT count(*) FROM \"prose\"", [], |row| row.get(0))?;
    Ok((expected, wrong, found))
}

/// The id in a row's fields.
pub(crate) fn id_of(fields: &Fields) -> Id {
    fields.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()).unwrap_or_default()
}
