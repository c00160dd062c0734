//! Brings a file to the newest version: forward only, one transaction a version, after a copy was put aside.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use groma_model::Id;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{
    error::{Fault, StoreError},
    file::copy,
    index,
    migrations::Migration,
};

/// The version that a list of migrations leads to.
pub(crate) const fn newest(migrations: &[Migration]) -> u32 {
    migrations.len() as u32
}

/// Runs what is missing, without a copy; for a new file.
pub(crate) fn run(conn: &Connection, migrations: &[Migration]) -> Result<(), Fault> {
    let found: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // A table is rebuilt by dropping the old one, which foreign keys would take for deleting its rows.
    conn.pragma_update(None, "foreign_keys", false)?;
    let outcome = migrations
        .iter()
        .zip(1..)
        .filter(|(_, version)| *version > found)
        .try_for_each(|(migration, version)| step(conn, migration, version));
    conn.pragma_update(None, "foreign_keys", true)?;
    outcome
}

fn step(conn: &Connection, migration: &Migration, version: u32) -> Result<(), Fault> {
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    for sql in migration.sql {
        conn.execute_batch(sql)?;
    }
    if version > 1 {
        // Row images of an older version cannot be applied to this one; they stay as history.
        conn.execute("UPDATE \"steps\" SET \"state\" = 'sealed' WHERE \"state\" IN ('done', 'undone')", [])?;
        if migration.reindex {
            index::rebuild(conn)?;
        }
        let broken = conn.prepare("PRAGMA foreign_key_check")?.exists([])?;
        if broken {
            return Err(crate::row::damaged("migration", "foreign_key_check", "rows that name others not there"));
        }
    }
    conn.pragma_update(None, "user_version", version)?;
    transaction.commit()?;
    Ok(())
}

/// Copies the file aside as `<file>.v<old>.bak` and runs what is missing.
pub(crate) fn upgrade(
    conn: &Connection,
    path: &Path,
    found: u32,
    migrations: &[Migration],
    unique: Id,
) -> Result<(), Fault> {
    let backup = free_name(path, found);
    copy::copy(conn, &backup, unique)?;
    tracing::info!(from = found, to = newest(migrations), "file version raised after a backup");
    run(conn, migrations)
}

/// A backup's name that is not taken: an earlier attempt's copy is never written over.
fn free_name(path: &Path, version: u32) -> PathBuf {
    let named = |end: &str| {
        let mut name = OsString::from(path.as_os_str());
        name.push(end);
        PathBuf::from(name)
    };
    let first = named(&format!(".v{version}.bak"));
    if first.symlink_metadata().is_err() {
        return first;
    }
    (2..)
        .map(|count| named(&format!(".v{version}.{count}.bak")))
        .find(|name| name.symlink_metadata().is_err())
        .unwrap_or(first)
}

/// Refuses a version that must be raised when the file may only be read.
pub(crate) fn refuse_older(path: &Path, found: u32, known: u32) -> Result<(), StoreError> {
    if found < known { Err(StoreError::Older { path: path.to_owned(), found, known }) } else { Ok(()) }
}
