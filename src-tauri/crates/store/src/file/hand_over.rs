//! A copy for other hands: what the engagement is now, without how it came to be and without what was taken away.

use std::path::Path;

use groma_model::{Edits, Finding, Id, IdSource, Image, Kind, Note, Timestamp};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use serde_json::{Map, Value};

use crate::{
    error::{Fault, StoreError},
    file::{connection, copy::Draft},
    index, row, tables,
    tx::Tx,
    verify,
};

/// What is to be left out, beside the history, removed artifacts and the files from which pictures were made.
#[derive(Debug, Clone, Default)]
pub struct HandOver {
    /// Pictures of which only what is printed goes along, with its bytes: the whole of them shows what is not to be
    /// seen. They cannot be edited back.
    pub printed_only: Vec<(Image, Vec<u8>)>,
    /// Whether private notes and internal notes are left out.
    pub without_private: bool,
}

/// What was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Steps of the history.
    pub steps: u64,
    /// Removed artifacts.
    pub artifacts: u64,
    /// Contents of files and pictures.
    pub blobs: u64,
    /// Private notes, and findings whose internal notes were emptied.
    pub notes: u64,
}

/// Makes the copy beside its place, cleans it, checks it and puts it there.
pub(crate) fn write(
    conn: &Connection,
    target: &Path,
    what: &HandOver,
    ids: &mut IdSource,
    now: Timestamp,
) -> Result<LeftOut, Fault> {
    let draft = Draft::of(conn, target, ids.next_id())?;
    let copied = connection::bare(&draft.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Nothing beside it, and nothing of what is deleted in it: what fails here is thrown away as a whole.
    let _: String = copied.query_row("PRAGMA journal_mode = MEMORY", [], |row| row.get(0))?;
    copied.pragma_update(None, "secure_delete", true)?;
    let transaction = Transaction::new_unchecked(&copied, TransactionBehavior::Immediate)?;
    let left_out = clean(&copied, target, what, ids, now)?;
    transaction.commit()?;
    copied.execute_batch("VACUUM")?;
    let report = verify::verify(&copied);
    if let Some(problem) = report.problems.first() {
        let detail = format!("{}: {}", problem.check, problem.message);
        return Err(StoreError::Corrupt { path: target.to_owned(), detail }.into());
    }
    copied.close().map_err(|(_, error)| error)?;
    draft.place()?;
    Ok(left_out)
}

fn clean(
    conn: &Connection,
    target: &Path,
    what: &HandOver,
    ids: &mut IdSource,
    now: Timestamp,
) -> Result<LeftOut, Fault> {
    let mut left_out = LeftOut::default();
    // Rows are changed as they always are, so that links and the search index follow; no step is made of it.
    let mut tx = Tx::new(conn, target, ids, now, "");
    pictures(&mut tx, &what.printed_only)?;
    if what.without_private {
        left_out.notes = private(&mut tx)?;
    }
    let count = |sql: &str| conn.execute(sql, []).map(|rows| rows as u64);
    conn.execute("UPDATE \"steps\" SET \"target\" = NULL", [])?;
    conn.execute("DELETE FROM \"history\"", [])?;
    left_out.steps = count("DELETE FROM \"steps\"")?;
    conn.execute("DELETE FROM sqlite_sequence WHERE name = 'steps'", [])?;
    let removed = "SELECT \"id\" FROM \"artifacts\" WHERE \"removed\" <> 0";
    for sql in [
        format!(
            "DELETE FROM \"issue_rows\" WHERE \"group_no\" IN
                 (SELECT \"no\" FROM \"issue_groups\" WHERE \"artifact\" IN ({removed}))"
        ),
        format!("DELETE FROM \"issue_groups\" WHERE \"artifact\" IN ({removed})"),
        format!("DELETE FROM \"measurement_rows\" WHERE \"artifact\" IN ({removed})"),
    ] {
        conn.execute(&sql, [])?;
    }
    left_out.artifacts = count("DELETE FROM \"artifacts\" WHERE \"removed\" <> 0")?;
    left_out.blobs = count(
        "DELETE FROM \"blobs\" WHERE \"sha256\" NOT IN (
             SELECT \"sha256\" FROM \"artifacts\"
             UNION SELECT \"sha256\" FROM \"exhibits\"
             UNION SELECT \"sha256\" FROM \"images\"
             UNION SELECT font.value ->> 'sha256' FROM \"brands\", json_each(\"fonts\") AS font
                 WHERE font.value ->> 'sha256' IS NOT NULL
             UNION SELECT \"original\" FROM \"images\" WHERE \"original\" IS NOT NULL
             UNION SELECT \"upright\" FROM \"images\" WHERE \"upright\" IS NOT NULL)",
    )?;
    // The full-text index keeps words of what was deleted until it is made anew.
    index::rebuild(conn)?;
    Ok(left_out)
}

/// Takes away the files that were given, and the whole of the pictures that only go along as they are printed.
fn pictures(tx: &mut Tx<'_>, printed_only: &[(Image, Vec<u8>)]) -> Result<(), Fault> {
    let conn = tx.conn;
    for image in row::list::<Image>(conn)? {
        let changed = match printed_only.iter().find(|(printed, _)| printed.id == image.id) {
            Some((printed, bytes)) => {
                let sha256 = tx.keep(bytes)?;
                let (original, upright) = (Some(sha256.clone()), Some(sha256.clone()));
                Image { sha256, original, upright, edits: Edits::default(), ..printed.clone() }
            }
            None => Image { original: image.upright.clone(), ..image },
        };
        let fields =
            crate::table::fields_of(&changed).map_err(|error| row::damaged("images", "row", &error.to_string()))?;
        tx.write(tables::of(Kind::Image), changed.id, Some(&fields))?;
    }
    Ok(())
}

/// Takes away what only its author may read.
fn private(tx: &mut Tx<'_>) -> Result<u64, Fault> {
    let conn = tx.conn;
    let notes: Vec<Id> = row::list::<Note>(conn)?.into_iter().filter(|note| note.private).map(|note| note.id).collect();
    let findings = row::list::<Finding>(conn)?.into_iter().filter(|finding| !finding.internal_notes.is_empty());
    let findings: Vec<Id> = findings.map(|finding| finding.id).collect();
    for id in &notes {
        tx.delete::<Note>(*id)?;
    }
    for id in &findings {
        tx.patch::<Finding>(*id, Map::from_iter([("internal_notes".to_owned(), Value::String(String::new()))]))?;
    }
    Ok((notes.len() + findings.len()) as u64)
}
