//! Files that are not there, not ours, broken, full, taken; and copies.

use std::{fs, path::Path};

use groma_model::*;

use super::support::*;
use crate::{Op, Read, Store, StoreError};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn open(path: &Path) -> StoreError {
    let read_only = Store::open_read_only(path, setup()).unwrap_err();
    let error = Store::open(path, setup()).unwrap_err();
    assert_eq!(std::mem::discriminant(&read_only), std::mem::discriminant(&error), "{read_only} / {error}");
    let message = error.to_string();
    assert!(message.contains(path.file_name().unwrap().to_str().unwrap()), "{message}");
    error
}

#[test]
fn one_file_remains_after_closing() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    assert_eq!(names(bench.folder.path()), ["audit.groma", "audit.groma-wal"]);
    bench.store.checkpoint().unwrap();
    let folder = bench.folder;
    bench.store.close().unwrap();
    assert_eq!(names(folder.path()), ["audit.groma"]);
    let store = Store::open(folder.path().join("audit.groma"), setup()).unwrap();
    assert_eq!(store.list::<Finding>().unwrap().len(), 1);
    drop(store);
    assert_eq!(names(folder.path()), ["audit.groma"]);
}

#[test]
fn creation_never_writes_over_a_file_and_leaves_nothing_when_it_fails() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.groma");
    fs::write(&path, "precious").unwrap();
    let error = Store::create(&path, Engagement::default(), "ada", setup()).unwrap_err();
    assert!(matches!(error, StoreError::Exists { .. }), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    let broken = Engagement { contingency_percent: f64::NAN, ..Engagement::default() };
    let error = Store::create(folder.path().join("new.groma"), broken, "ada", setup()).unwrap_err();
    assert!(matches!(error, StoreError::BadField { .. }), "{error}");
    let nowhere = folder.path().join("no/such/folder/x.groma");
    let error = Store::create(nowhere, Engagement::default(), "ada", setup()).unwrap_err();
    assert!(matches!(error, StoreError::Unwritable { .. }), "{error}");
    assert_eq!(names(folder.path()), ["audit.groma"]);
}

#[test]
fn odd_names_are_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["file:x?mode=memory.groma", "Müller & Söhne #1 %20.groma", "a'b\"c.groma"] {
        let path = folder.path().join(name);
        Store::create(&path, Engagement::default(), "ada", setup()).unwrap().close().unwrap();
        let mut store = Store::open(&path, setup()).unwrap();
        store.backup(folder.path().join(format!("copy of {name}"))).unwrap();
    }
    assert_eq!(names(folder.path()).len(), 6);
}

#[test]
fn what_is_not_ours_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    assert!(matches!(open(&folder.path().join("missing.groma")), StoreError::NotFound { .. }));
    for (name, bytes, says) in [
        ("empty.groma", &b""[..], "an empty file"),
        ("text.groma", b"{\"not\": \"a database\"}", "a text file"),
        ("report.groma", b"%PDF-1.7 and so on", "a PDF"),
        ("archive.groma", b"PK\x03\x04rest", "a ZIP archive"),
        ("noise.groma", &[0xFE, 0x01, 0x9C, 0xFF, 0x00, 0x81].repeat(2000), "no SQLite file"),
    ] {
        let path = file(name, bytes);
        let error = open(&path);
        assert!(
            matches!(&error, StoreError::NotAnEngagement { reason, .. } if reason.contains(says)),
            "{name}: {error}"
        );
        assert_eq!(fs::read(&path).unwrap(), bytes, "{name} is untouched");
    }
    let other = folder.path().join("other.groma");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x); PRAGMA user_version = 1").unwrap();
    assert!(matches!(open(&other), StoreError::NotAnEngagement { reason, .. } if reason.contains("another program")));
    assert!(matches!(open(folder.path()), StoreError::NotAnEngagement { .. }));
}

#[test]
fn a_newer_file_is_refused_and_untouched() {
    let bench = Bench::new();
    let (_folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let bytes = fs::read(&path).unwrap();
    let error = open(&path);
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    assert!(error.to_string().contains("update Groma"));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_file_cut_short_is_told_at_every_length() {
    let mut bench = Bench::new();
    bench.insert(Finding { condition: "long ".repeat(5000), ..finding("Pool") });
    let (folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let whole = fs::read(&path).unwrap();
    let cut = folder.path().join("cut.groma");
    for length in [1, 15, 16, 60, 99, 100, 4096, 5000, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        fs::write(&cut, &whole[..length]).unwrap();
        let error = open(&cut);
        assert!(matches!(error, StoreError::Truncated { found, .. } if found == length as u64), "{length}: {error}");
    }
}

#[test]
fn damaged_pages_are_typed_errors_and_never_a_panic() {
    let mut bench = Bench::new();
    for count in 0..40 {
        bench.insert(Finding { condition: format!("{count} ").repeat(300), ..finding("Pool") });
    }
    let (folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let whole = fs::read(&path).unwrap();
    let hurt = folder.path().join("hurt.groma");
    let mut found = 0;
    for page in 0..whole.len() / 4096 {
        let mut bytes = whole.clone();
        // The first page keeps its header, so that the file still looks like ours.
        let start = if page == 0 { 100 } else { page * 4096 };
        for (at, byte) in bytes[start..(page + 1) * 4096].iter_mut().enumerate() {
            *byte = (at as u8).wrapping_mul(31) ^ 0xA5;
        }
        fs::write(&hurt, &bytes).unwrap();
        let outcome = Store::open(&hurt, setup()).and_then(|store| {
            let report = store.verify()?;
            store.contents()?;
            Ok(report)
        });
        match outcome {
            Ok(report) => found += usize::from(!report.is_sound()),
            Err(StoreError::Corrupt { .. } | StoreError::Truncated { .. } | StoreError::Io { .. }) => found += 1,
            Err(error) => panic!("page {page}: {error:?}"),
        }
    }
    assert!(found >= whole.len() / 4096 - 2, "{found} of {} damaged pages noticed", whole.len() / 4096);
}

#[test]
fn a_file_without_a_table_or_with_code_in_it_is_damaged() {
    for sql in ["DROP TABLE \"notes\"", "CREATE TRIGGER sneak AFTER INSERT ON notes BEGIN DELETE FROM findings; END"] {
        let bench = Bench::new();
        let (_folder, path) = (bench.folder, bench.store.path().to_owned());
        bench.store.close().unwrap();
        rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let error = open(&path);
        assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    }
}

#[test]
fn a_second_opening_is_refused() {
    let mut bench = Bench::new();
    let error = open(&bench.path());
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    // The refusal took nothing from the first.
    bench.insert(finding("Still ours"));
    bench.reopen();
    assert_eq!(bench.store.list::<Finding>().unwrap().len(), 1);
}

#[test]
fn reading_only_writes_nothing() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let (folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let bytes = fs::read(&path).unwrap();
    let mut store = Store::open_read_only(&path, setup()).unwrap();
    assert!(store.is_read_only());
    assert_eq!(store.contents().unwrap().findings.len(), 1);
    assert_eq!(store.search("pool", 3).unwrap().len(), 1);
    let refused = store.transact(Op::Batch, "ada", |tx| tx.insert(finding("No")));
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })));
    assert!(matches!(store.undo("ada"), Err(StoreError::ReadOnly { .. })));
    assert!(matches!(store.rebuild_search(), Err(StoreError::ReadOnly { .. })));
    let report = store.verify().unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(names(folder.path()), ["audit.groma"]);
    store.close().unwrap();
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let mut bench = Bench::new();
    let kept = bench.insert(finding("Kept"));
    let before = bench.store.contents().unwrap();
    let pages: u32 = bench.store.raw().pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    bench.store.limit_pages(pages + 2);
    let large = Finding { condition: "word ".repeat(100_000), ..finding("Too large") };
    let error = bench.store.transact(Op::Insert(Kind::Finding), "ada", |tx| tx.insert(large.clone())).unwrap_err();
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error}");
    assert_eq!(bench.store.contents().unwrap(), before);
    assert!(bench.store.verify().unwrap().is_sound());
    // Work that swallows the error does not get a part of it kept.
    bench.store.limit_pages(pages + 2);
    let error = bench
        .store
        .transact(Op::Batch, "ada", |tx| {
            assert!(matches!(tx.insert(large.clone()), Err(StoreError::DiskFull { .. })));
            tx.insert(finding("small")).map(drop).or(Ok(()))
        })
        .unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
    assert_eq!(bench.store.contents().unwrap(), before);
    let filled =
        bench.import("big.json", (0..5000).map(|line| issue("r", &line.to_string(), Severity::Low, line)).collect());
    assert!(filled.is_ok(), "the file was opened again, without the limit: {filled:?}");
    bench.insert(large);
    assert_eq!(bench.store.list::<Finding>().unwrap()[0].id, kept.id);
}

#[test]
fn a_backup_is_a_whole_file_and_never_written_over() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    bench.import("scan.sarif", vec![issue("xss", "web", Severity::High, 3)]).unwrap();
    let copy = bench.folder.path().join("copy.groma");
    bench.store.backup(&copy).unwrap();
    assert!(matches!(bench.store.backup(&copy), Err(StoreError::Exists { .. })));
    let nowhere = bench.folder.path().join("no/copy.groma");
    assert!(matches!(bench.store.backup(nowhere), Err(StoreError::Unwritable { .. })));
    let mut copied = Store::open(&copy, setup()).unwrap();
    assert_eq!(copied.contents().unwrap(), bench.store.contents().unwrap());
    assert!(copied.verify().unwrap().is_sound());
    copied.undo("ada").unwrap();
    assert_eq!(copied.list::<Artifact>().unwrap(), []);
}
