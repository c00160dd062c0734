//! What tests share: a clock that ticks, a file in a temporary folder, small objects.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicI64, Ordering},
};

use groma_model::*;
use serde_json::{Map, Value};
use tempfile::TempDir;

use crate::{Op, Setup, Store, StoreError};

/// A clock that moves on by a second at every look.
pub(crate) fn setup() -> Setup {
    static SECONDS: AtomicI64 = AtomicI64::new(1_790_000_000);
    Setup::new(|| Timestamp::from_second(SECONDS.fetch_add(1, Ordering::Relaxed)).unwrap(), 42)
}

/// A new engagement in a folder that goes with it.
pub(crate) struct Bench {
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engagement = Engagement { client: "Harbour Freight Lines".to_owned(), ..Engagement::default() };
        let store = Store::create(folder.path().join("audit.groma"), engagement, "ada", setup()).unwrap();
        Self { folder, store }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("audit.groma")
    }

    pub(crate) fn reopen(&mut self) {
        let path = self.path();
        let elsewhere = self.folder.path().join("other.groma");
        let other = Store::create(&elsewhere, Engagement::default(), "ada", setup()).unwrap();
        // Closed before it is opened again.
        std::mem::replace(&mut self.store, other).close().unwrap();
        std::mem::replace(&mut self.store, Store::open(path, setup()).unwrap()).close().unwrap();
        std::fs::remove_file(elsewhere).unwrap();
    }

    pub(crate) fn insert<T: Object>(&mut self, object: T) -> T {
        self.store.transact(Op::Insert(T::KIND), "ada", |tx| tx.insert(object)).unwrap().0
    }

    pub(crate) fn patch<T: Object>(&mut self, id: Id, patch: Value) -> Result<T, StoreError> {
        self.store.transact(Op::Update(T::KIND), "ada", |tx| tx.patch(id, object(patch))).map(|done| done.0)
    }

    pub(crate) fn delete<T: Object>(&mut self, id: Id) -> crate::Changes {
        self.store.transact(Op::Delete(T::KIND), "ada", |tx| tx.delete::<T>(id)).unwrap().1
    }

    pub(crate) fn import(&mut self, name: &str, issues: Vec<Issue>) -> Result<Artifact, StoreError> {
        let measurements = vec![measurement("http.latency.p99", 812.5), measurement("http.requests", 90_000.0)];
        self.store
            .transact(Op::Import, "ada", |tx| {
                tx.add_artifact(artifact(name), name.repeat(100).as_bytes(), measurements, issues)
            })
            .map(|done| done.0)
    }
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

pub(crate) fn artifact(name: &str) -> Artifact {
    Artifact {
        name: name.to_owned(),
        path: name.to_owned(),
        format: "sarif".to_owned(),
        tool: "scanner".to_owned(),
        ..Artifact::default()
    }
}

pub(crate) fn measurement(metric: &str, value: f64) -> Measurement {
    Measurement { metric: metric.to_owned(), value, unit: "ms".to_owned(), ..Measurement::default() }
}

pub(crate) fn issue(rule: &str, component: &str, severity: Severity, line: u64) -> Issue {
    Issue {
        rule: rule.to_owned(),
        component: component.to_owned(),
        severity,
        title: format!("{rule} in general"),
        message: format!("{rule} at {line}"),
        location: format!("src/{component}.ts"),
        line: Some(line),
        cwe: vec![79],
        ..Issue::default()
    }
}

pub(crate) fn finding(title: &str) -> Finding {
    Finding { title: title.to_owned(), ..Finding::default() }
}
