//! Opens SQLite on a file: exclusive, durable, and without trust in what the file's schema says.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::{
    error::{Fault, StoreError},
    migrations::{APPLICATION_ID, VERSION},
    tables,
};

/// Time for the last holder of a file to close it: a window that was just closed may still be ending on a busy machine.
/// Only who opens a file that stays open elsewhere waits so long.
const PATIENCE: Duration = Duration::from_secs(2);

/// The file's write-ahead log.
fn log_of(path: &Path) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push("-wal");
    PathBuf::from(name)
}

/// Whether a write-ahead log was left behind, as after a crash.
pub(crate) fn has_log(path: &Path) -> bool {
    std::fs::metadata(log_of(path)).is_ok_and(|about| about.len() > 0)
}

/// Opens a file without touching it: pragmas that live in the connection only.
pub(crate) fn bare(path: &Path, flags: OpenFlags) -> Result<Connection, Fault> {
    // SQLite reads a name that starts with `file:` as an address; a path with a folder never does.
    let name = if path.is_relative() { Path::new(".").join(path) } else { path.to_owned() };
    let conn = Connection::open_with_flags(&name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(256);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "cache_size", -32_000)?;
    Ok(conn)
}

/// Opens a file for writing, alone: locked before anything is written to it.
pub(crate) fn exclusive(path: &Path) -> Result<Connection, Fault> {
    let conn = bare(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    if conn.is_readonly(rusqlite::MAIN_DB)? {
        return Err(StoreError::ReadOnly { path: path.to_owned() }.into());
    }
    conn.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    // Takes the lock, and fails when someone else has it.
    conn.execute_batch("BEGIN IMMEDIATE; ROLLBACK")?;
    Ok(conn)
}

/// Switches to the write-ahead log.
pub(crate) fn log(conn: &Connection, path: &Path) -> Result<(), Fault> {
    // A large import leaves a large log; its room is given back at the next checkpoint.
    conn.pragma_update_and_check(None, "journal_size_limit", 8_000_000, |_| Ok(()))?;
    let mode: String = conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        let reason = "its file system cannot keep a write-ahead log".to_owned();
        return Err(StoreError::Unwritable { path: path.to_owned(), reason }.into());
    }
    Ok(())
}

/// Empties the write-ahead log and leaves that mode, so that one file remains.
pub(crate) fn settle(conn: &Connection) -> Result<(), Fault> {
    if conn.is_readonly(rusqlite::MAIN_DB)? {
        return Ok(());
    }
    checkpoint(conn)?;
    conn.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    Ok(())
}

/// Moves what the write-ahead log holds into the file.
pub(crate) fn checkpoint(conn: &Connection) -> Result<(), Fault> {
    Ok(conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

/// The file's version, once it is known to be ours.
pub(crate) fn version(conn: &Connection, path: &Path) -> Result<u32, Fault> {
    let application: u32 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID {
        let reason = "the database of another program".to_owned();
        return Err(StoreError::NotAnEngagement { path: path.to_owned(), reason }.into());
    }
    let found: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > VERSION {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: VERSION }.into());
    }
    Ok(found)
}

/// Refuses a file of this version that lacks a table, or that carries code of its own.
pub(crate) fn check_schema(conn: &Connection, path: &Path) -> Result<(), Fault> {
    let corrupt = |detail: String| Fault::Store(StoreError::Corrupt { path: path.to_owned(), detail });
    let mut statement = conn.prepare("SELECT \"type\", \"name\" FROM \"sqlite_schema\"")?;
    let names = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    if let Some((_, name)) = names.iter().find(|(what, _)| what == "trigger") {
        return Err(corrupt(format!("it holds a trigger, {name}, that no Groma wrote")));
    }
    let expected = tables::ALL.iter().map(|table| table.name()).chain(tables::OTHERS.iter().copied());
    for name in expected {
        if !names.iter().any(|(_, found)| found == name) {
            return Err(corrupt(format!("its table {name} is missing")));
        }
    }
    Ok(())
}

/// The quick form of SQLite's own check.
pub(crate) fn quick_check(conn: &Connection, path: &Path) -> Result<(), Fault> {
    let answer: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(StoreError::Corrupt { path: path.to_owned(), detail: answer }.into()) }
}
