//! Undo and redo: across a restart, cleared by a new change, bounded.

use groma_model::*;
use serde_json::json;

use super::support::*;
use crate::{HistoryFilter, Op, Read, StoreError, history::DEPTH};

#[test]
fn undo_and_redo_survive_reopening() {
    let mut bench = Bench::new();
    let empty = bench.store.contents().unwrap();
    let id = bench.insert(finding("Pool")).id;
    let one = bench.store.contents().unwrap();
    bench.patch::<Finding>(id, json!({"title": "The pool has no bound"})).unwrap();
    let two = bench.store.contents().unwrap();

    bench.reopen();
    assert_eq!(bench.store.next_undo().unwrap().unwrap().label(), "edit finding F-001");
    let changes = bench.store.undo("grace").unwrap();
    assert_eq!((changes.op, changes.changed[0].fields.clone()), (Op::Undo, vec!["title".to_owned()]));
    assert_eq!(bench.store.contents().unwrap(), one);
    bench.reopen();
    bench.store.undo("grace").unwrap();
    assert_eq!(bench.store.contents().unwrap(), empty);
    assert!(matches!(bench.store.undo("grace"), Err(StoreError::NothingToUndo)));
    bench.reopen();
    assert_eq!(bench.store.next_redo().unwrap().unwrap().label(), "add finding F-001");
    bench.store.redo("grace").unwrap();
    bench.store.redo("grace").unwrap();
    assert_eq!(bench.store.contents().unwrap(), two);
    assert!(matches!(bench.store.redo("grace"), Err(StoreError::NothingToRedo)));
    let ops: Vec<String> = bench
        .store
        .history(&HistoryFilter { object: Some(id), ..HistoryFilter::default() }, 99)
        .unwrap()
        .iter()
        .map(|entry| entry.op.to_string())
        .collect();
    assert_eq!(ops, ["redo", "redo", "undo", "undo", "update:findings", "insert:findings"]);
}

#[test]
fn a_new_change_clears_redo_and_keeps_history() {
    let mut bench = Bench::new();
    bench.insert(finding("one"));
    bench.insert(finding("two"));
    bench.store.undo("ada").unwrap();
    bench.insert(finding("three"));
    assert!(matches!(bench.store.redo("ada"), Err(StoreError::NothingToRedo)));
    bench.store.undo("ada").unwrap();
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.store.list::<Finding>().unwrap(), []);
    let filter = HistoryFilter { kind: Some(Kind::Finding), ..HistoryFilter::default() };
    assert_eq!(bench.store.history(&filter, 99).unwrap().len(), 6);
    assert_eq!(bench.store.history(&filter, 2).unwrap().len(), 2);
    bench.store.redo("ada").unwrap();
    bench.store.redo("ada").unwrap();
    let titles: Vec<String> = bench.store.list::<Finding>().unwrap().into_iter().map(|finding| finding.title).collect();
    assert_eq!(titles, ["one", "three"]);
}

#[test]
fn undo_reaches_back_so_far_and_no_further() {
    let mut bench = Bench::new();
    let id = bench.insert(finding("0")).id;
    for count in 1..=DEPTH + 2 {
        bench.patch::<Finding>(id, json!({"title": count.to_string()})).unwrap();
    }
    let mut undone = 0;
    while bench.store.undo("ada").is_ok() {
        undone += 1;
    }
    assert_eq!(undone, DEPTH);
    assert_eq!(bench.store.get::<Finding>(id).unwrap().title, "2");
    let filter = HistoryFilter { object: Some(id), ..HistoryFilter::default() };
    assert_eq!(bench.store.history(&filter, 9999).unwrap().len() as u32, 2 * DEPTH + 3);
}
