//! Several operations as one: all or nothing, one step, one word to those who listen.

use std::sync::{Arc, Mutex};

use groma_model::*;
use serde_json::json;

use super::support::*;
use crate::{HistoryFilter, Op, Read, Store, StoreError};

#[test]
fn a_group_is_one_step_that_is_undone_and_redone_as_a_whole() {
    let mut bench = Bench::new();
    let before = bench.store.contents().unwrap();
    bench.store.begin_group().unwrap();
    let a = bench.insert(finding("a"));
    let b = bench.insert(finding("b"));
    let c = bench.insert(finding("c"));
    // What was written is read at once, by those outside of the transaction's closures too.
    assert_eq!(bench.store.list::<Finding>().unwrap().len(), 3);
    bench.patch::<Finding>(a.id, json!({"title": "A"})).unwrap();
    bench.delete::<Finding>(c.id);
    let changes = bench.store.keep_group("ada").unwrap();
    assert_eq!(changes.op, Op::Batch);
    assert_eq!(changes.changed.iter().map(|change| change.id).collect::<Vec<_>>(), [a.id, b.id]);
    let after = bench.store.contents().unwrap();
    assert_eq!(bench.store.next_undo().unwrap().unwrap().label(), "several changes F-001 and 1 more");
    let entries = bench.store.history(&HistoryFilter { kind: Some(Kind::Finding), ..Default::default() }, 9).unwrap();
    assert_eq!(entries.len(), 2);
    assert!(entries.iter().all(|entry| Some(entry.step) == changes.step && entry.before.is_none()));
    bench.reopen();
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.store.contents().unwrap(), before);
    bench.store.redo("ada").unwrap();
    assert_eq!(bench.store.contents().unwrap(), after);
    assert!(bench.store.verify().unwrap().is_sound());
}

#[test]
fn operations_of_one_sort_give_the_step_their_name() {
    let mut bench = Bench::new();
    bench.store.begin_group().unwrap();
    bench.insert(finding("a"));
    bench.insert(finding("b"));
    assert_eq!(bench.store.keep_group("ada").unwrap().op, Op::Insert(Kind::Finding));
}

#[test]
fn one_refusal_leaves_nothing_of_the_group() {
    let mut bench = Bench::new();
    let kept = bench.insert(finding("kept"));
    let before = bench.store.contents().unwrap();
    bench.store.begin_group().unwrap();
    bench.insert(finding("a"));
    assert!(bench.patch::<Finding>(kept.id, json!({"severity": "awful"})).is_err());
    assert!(matches!(bench.store.keep_group("ada"), Err(StoreError::WithinGroup)));
    assert_eq!(bench.store.contents().unwrap(), before);
    // A rule over rows that is checked at the end: a role that is not there.
    bench.store.begin_group().unwrap();
    bench.insert(ResourceLine { role: Id::from_parts(9, 9), ..ResourceLine::default() });
    assert!(matches!(bench.store.keep_group("ada"), Err(StoreError::DanglingLink { .. })));
    assert_eq!(bench.store.contents().unwrap(), before);
    bench.store.begin_group().unwrap();
    bench.insert(finding("b"));
    bench.store.drop_group();
    assert_eq!(bench.store.contents().unwrap(), before);
    // The next operation is as ever.
    bench.insert(finding("after"));
    assert_eq!(bench.store.list::<Finding>().unwrap().len(), 2);
    assert!(bench.store.verify().unwrap().is_sound());
}

#[test]
fn undo_stands_alone_and_a_group_of_nothing_is_no_step() {
    let mut bench = Bench::new();
    bench.insert(finding("a"));
    bench.store.begin_group().unwrap();
    assert!(matches!(bench.store.begin_group(), Err(StoreError::WithinGroup)));
    assert!(matches!(bench.store.undo("ada"), Err(StoreError::WithinGroup)));
    bench.store.drop_group();
    bench.store.begin_group().unwrap();
    assert_eq!(bench.store.keep_group("ada").unwrap().step, None);
    assert!(matches!(bench.store.keep_group("ada"), Err(StoreError::WithinGroup)));
    assert_eq!(bench.store.list::<Finding>().unwrap().len(), 1);
}

#[test]
fn those_who_listen_hear_of_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&heard);
    let setup = setup().told(move |changes| told.lock().unwrap().push(changes.changed.len()));
    let mut store = Store::create(folder.path().join("a.groma"), Engagement::default(), "ada", setup).unwrap();
    store.begin_group().unwrap();
    for title in ["a", "b"] {
        store.transact(Op::Insert(Kind::Finding), "ada", |tx| tx.insert(finding(title))).unwrap();
    }
    store.keep_group("ada").unwrap();
    assert_eq!(*heard.lock().unwrap(), [2]);
}
