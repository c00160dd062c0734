//! Raising a file's version: a copy first, one transaction each, forward only.

use groma_model::*;
use rusqlite::Connection;

use super::support::*;
use crate::{Read, Store, StoreError, migrations, migrations::Migration};

const NEXT: &[Migration] = &[
    migrations::ALL[0],
    Migration { sql: &["CREATE TABLE \"extra\" (\"id\" TEXT NOT NULL PRIMARY KEY) STRICT"], reindex: true },
];

const BROKEN: &[Migration] = &[
    migrations::ALL[0],
    Migration { sql: &["CREATE TABLE \"extra\" (\"id\" TEXT)", "INSERT INTO nowhere VALUES (1)"], reindex: false },
];

fn version(path: &std::path::Path) -> u32 {
    Connection::open(path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn an_older_file_is_copied_aside_and_raised() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let (folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let mut store = Store::open_with(&path, setup(), NEXT).unwrap();
    assert_eq!(store.search("pool", 5).unwrap().len(), 1);
    assert!(matches!(store.undo("ada"), Err(StoreError::NothingToUndo)), "no undo past a migration");
    store.close().unwrap();
    assert_eq!(version(&path), 2);
    let backup = folder.path().join("audit.groma.v1.bak");
    assert_eq!(version(&backup), 1);
    assert_eq!(Store::open(&backup, setup()).unwrap().list::<Finding>().unwrap().len(), 1);
    // This build knows version 1 only.
    let error = Store::open(&path, setup()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 2, known: 1, .. }), "{error}");
}

#[test]
fn a_migration_that_fails_changes_nothing_and_a_second_copy_keeps_the_first() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let (folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    for _ in 0..2 {
        assert!(matches!(Store::open_with(&path, setup(), BROKEN), Err(StoreError::Internal { .. })));
        assert_eq!(version(&path), 1);
    }
    let store = Store::open(&path, setup()).unwrap();
    assert_eq!(store.list::<Finding>().unwrap().len(), 1);
    assert!(store.verify().unwrap().is_sound());
    store.close().unwrap();
    for name in ["audit.groma.v1.bak", "audit.groma.v1.2.bak"] {
        assert_eq!(version(&folder.path().join(name)), 1);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}
