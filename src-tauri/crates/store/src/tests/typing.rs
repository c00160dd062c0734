//! A burst of typing is one step, and nothing else is.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use groma_model::*;
use serde_json::{Value, json};

use super::support::*;
use crate::{Changes, HistoryFilter, Op, Read, Setup, Store, StoreError};

/// An engagement whose clock stands until it is moved.
struct Typist {
    folder: tempfile::TempDir,
    store: Option<Store>,
    clock: Arc<AtomicI64>,
    id: Id,
}

impl Typist {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(1_790_000_000_000));
        let mut new = Self { folder, store: None, clock, id: Id::NIL };
        let path = new.folder.path().join("audit.groma");
        let mut store = Store::create(path, Engagement::default(), "ada", new.setup()).unwrap();
        new.id = store.transact(Op::Insert(Kind::Finding), "ada", |tx| tx.insert(finding("P"))).unwrap().0.id;
        new.store = Some(store);
        new
    }

    fn setup(&self) -> Setup {
        let clock = Arc::clone(&self.clock);
        Setup::new(move || Timestamp::from_millisecond(clock.load(Ordering::Relaxed)).unwrap(), 7)
    }

    fn store(&mut self) -> &mut Store {
        self.store.as_mut().unwrap()
    }

    fn reopen(&mut self) {
        self.store.take().unwrap().close().unwrap();
        self.store = Some(Store::open(self.folder.path().join("audit.groma"), self.setup()).unwrap());
    }

    /// Types after a pause.
    fn typed(&mut self, pause_ms: i64, author: &str, fields: Value) -> Changes {
        self.clock.fetch_add(pause_ms, Ordering::Relaxed);
        let id = self.id;
        let work = |tx: &mut crate::Tx<'_>| tx.patch_json(Kind::Finding, id, object(fields));
        self.store().transact_typed(Op::Update(Kind::Finding), author, work).unwrap().1
    }

    fn title(&mut self) -> String {
        let id = self.id;
        self.store().get::<Finding>(id).unwrap().title
    }

    /// What the history says of the finding since it was added, newest first: before and after of the title.
    fn told(&mut self) -> Vec<(Value, Value)> {
        let filter = HistoryFilter { object: Some(self.id), ..HistoryFilter::default() };
        let mut entries = self.store().history(&filter, 99).unwrap();
        entries.retain(|entry| entry.op == Op::Update(Kind::Finding));
        let title = |image: &Option<Value>| image.as_ref().map(|image| image["title"].clone()).unwrap_or_default();
        entries.iter().map(|entry| (title(&entry.before), title(&entry.after))).collect()
    }
}

#[test]
fn a_burst_is_one_step_with_the_first_before_and_the_last_after() {
    let mut typist = Typist::new();
    let steps: Vec<Id> = ["Po", "Poo", "Pool"]
        .iter()
        .map(|title| typist.typed(400, "ada", json!({"title": title})).step.unwrap())
        .collect();
    assert_eq!(typist.told(), [(json!("P"), json!("Pool"))]);
    // Only the whole burst can be gone back to.
    let undoable = typist.store().undoable().unwrap();
    assert_eq!(undoable.iter().map(|step| step.id).filter(|id| steps.contains(id)).collect::<Vec<_>>(), [steps[2]]);
    typist.store().undo("ada").unwrap();
    assert_eq!(typist.title(), "P");
    typist.store().redo("ada").unwrap();
    assert_eq!(typist.title(), "Pool");
    assert!(typist.store().verify().unwrap().is_sound());
}

#[test]
fn a_pause_a_minute_another_field_or_author_begins_another_step() {
    let mut typist = Typist::new();
    typist.typed(1, "ada", json!({"title": "a"}));
    typist.typed(5_000, "ada", json!({"title": "b"}));
    assert_eq!(typist.told().len(), 1);
    typist.typed(5_001, "ada", json!({"title": "c"}));
    assert_eq!(typist.told().len(), 2, "a pause");
    for count in 0..15 {
        typist.typed(4_500, "ada", json!({"title": format!("c{count}")}));
    }
    assert_eq!(typist.told().len(), 3, "a minute is over");
    typist.typed(10, "grace", json!({"title": "d"}));
    assert_eq!(typist.told().len(), 4, "someone else");
    typist.typed(10, "grace", json!({"condition": "x"}));
    typist.typed(10, "grace", json!({"title": "e"}));
    assert_eq!(typist.told().len(), 6, "another field between");
    typist.typed(-1_000, "grace", json!({"title": "f"}));
    assert_eq!(typist.told().len(), 7, "the clock was set back");
}

#[test]
fn it_never_reaches_over_another_operation_an_undo_a_restore_point_or_a_reopening() {
    let mut typist = Typist::new();
    typist.typed(10, "ada", json!({"title": "a"}));
    typist.store().transact(Op::Insert(Kind::Note), "ada", |tx| tx.insert(Note::default())).unwrap();
    typist.typed(10, "ada", json!({"title": "b"}));
    assert_eq!(typist.told().len(), 2, "another operation");
    typist.store().undo("ada").unwrap();
    typist.store().redo("ada").unwrap();
    typist.typed(10, "ada", json!({"title": "c"}));
    assert_eq!(typist.told().len(), 3, "undo and redo");
    typist.store().end_typing();
    typist.typed(10, "ada", json!({"title": "d"}));
    assert_eq!(typist.told().len(), 4, "a restore point");
    typist.reopen();
    typist.typed(10, "ada", json!({"title": "e"}));
    assert_eq!(typist.told().len(), 5, "a reopening");
    // What changed nothing, or was refused, ends nothing.
    assert_eq!(typist.typed(10, "ada", json!({"title": "e"})).step, None);
    let id = typist.id;
    let refused = typist.store().transact_typed(Op::Update(Kind::Finding), "ada", |tx| {
        tx.patch_json(Kind::Finding, id, object(json!({"title": 7})))
    });
    assert!(matches!(refused, Err(StoreError::BadField { .. })));
    typist.typed(10, "ada", json!({"title": "f"}));
    assert_eq!(typist.told().len(), 5);
    typist.store().undo("ada").unwrap();
    assert_eq!(typist.title(), "d");
}

#[test]
fn typing_after_an_undo_drops_what_could_be_redone_once() {
    let mut typist = Typist::new();
    typist.typed(10, "ada", json!({"title": "a"}));
    typist.store().undo("ada").unwrap();
    typist.typed(10, "ada", json!({"title": "b"}));
    typist.typed(10, "ada", json!({"title": "bc"}));
    assert!(matches!(typist.store().redo("ada"), Err(StoreError::NothingToRedo)));
    typist.store().undo("ada").unwrap();
    assert_eq!(typist.title(), "P");
    typist.store().redo("ada").unwrap();
    assert_eq!(typist.title(), "bc");
}

#[test]
fn typing_back_to_the_beginning_leaves_steps_that_can_be_undone() {
    let mut typist = Typist::new();
    typist.typed(10, "ada", json!({"title": "Px"}));
    typist.typed(10, "ada", json!({"title": "P"}));
    assert_eq!(typist.told().len(), 2);
    typist.store().undo("ada").unwrap();
    assert_eq!(typist.title(), "Px");
    typist.store().undo("ada").unwrap();
    assert_eq!(typist.title(), "P");
}

#[test]
fn choosing_and_lists_are_steps_of_their_own() {
    let mut typist = Typist::new();
    typist.typed(10, "ada", json!({"references": ["a"]}));
    typist.typed(10, "ada", json!({"references": ["a", "b"]}));
    assert_eq!(typist.told().len(), 2);
    typist.store().undo("ada").unwrap();
    let id = typist.id;
    assert_eq!(typist.store().get::<Finding>(id).unwrap().references, ["a"]);
}
