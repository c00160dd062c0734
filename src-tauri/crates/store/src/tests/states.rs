//! Newer states of artifacts, and findings that cause each other: links that never go in a circle.

use groma_model::*;
use serde_json::json;

use super::support::*;
use crate::{Read, Store, StoreError};

#[test]
fn causes_in_a_circle_are_refused_and_the_chain_is_named() {
    let mut bench = Bench::new();
    let [a, b, c] = ["Delivery", "Limits", "Freeze"].map(|title| bench.insert(finding(title)).id);
    bench.patch::<Finding>(b, json!({"caused_by": [a]})).unwrap();
    bench.patch::<Finding>(c, json!({"caused_by": [b, a]})).unwrap();
    let error = bench.patch::<Finding>(a, json!({"caused_by": [c]})).unwrap_err();
    assert!(matches!(&error, StoreError::Circle { field, .. } if field == "caused_by"), "{error}");
    let said = error.to_string();
    assert!(said.contains("F-001 → F-003 → F-002 → F-001") || said.contains("F-001 → F-003 → F-001"), "{said}");
    let own = bench.patch::<Finding>(b, json!({"caused_by": [b]})).unwrap_err().to_string();
    assert!(own.contains("F-002 → F-002"), "{own}");
    assert_eq!(bench.store.get::<Finding>(a).unwrap().caused_by, []);
    assert!(bench.store.verify().unwrap().is_sound());
}

#[test]
fn a_cause_that_is_deleted_leaves_its_effects_and_undo_brings_it_back() {
    let mut bench = Bench::new();
    let [a, b] = ["Delivery", "Freeze"].map(|title| bench.insert(finding(title)).id);
    bench.patch::<Finding>(b, json!({"caused_by": [a]})).unwrap();
    bench.delete::<Finding>(a);
    assert_eq!(bench.store.get::<Finding>(b).unwrap().caused_by, []);
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.store.get::<Finding>(b).unwrap().caused_by, [a]);
}

#[test]
fn an_artifact_replaces_one_other_and_goes_on_without_it() {
    let mut bench = Bench::new();
    let may = bench.import("may.sarif", vec![]).unwrap().id;
    let june = bench.import("june.sarif", vec![]).unwrap().id;
    let july = bench.import("july.sarif", vec![]).unwrap().id;
    bench.patch::<Artifact>(june, json!({"replaces": may})).unwrap();
    bench.patch::<Artifact>(july, json!({"replaces": june})).unwrap();
    let circle = bench.patch::<Artifact>(may, json!({"replaces": july})).unwrap_err().to_string();
    assert!(circle.contains("may.sarif → july.sarif → june.sarif → may.sarif"), "{circle}");
    let twice = bench.patch::<Artifact>(july, json!({"replaces": may})).unwrap_err();
    assert!(matches!(twice, StoreError::Taken { .. }), "{twice}");
    bench.delete::<Artifact>(june);
    assert_eq!(bench.store.get::<Artifact>(july).unwrap().replaces, None);
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.store.get::<Artifact>(july).unwrap().replaces, Some(june));
    assert!(bench.store.verify().unwrap().is_sound());
}

#[test]
fn groups_are_those_of_the_newest_state() {
    let mut bench = Bench::new();
    let old = vec![
        issue("xss", "web", Severity::High, 3),
        issue("xss", "web", Severity::High, 9),
        issue("sqli", "db", Severity::High, 1),
    ];
    let may = bench.import("may.sarif", old).unwrap().id;
    let new = vec![issue("xss", "web", Severity::Low, 3), issue("csrf", "web", Severity::Low, 3)];
    let june = bench.import("june.sarif", new).unwrap().id;
    let of = |bench: &Bench, rule: &str| {
        let groups = bench.store.issue_groups().unwrap();
        groups.into_iter().find(|group| group.rule == rule).map(|group| (group.count, group.severity, group.artifacts))
    };
    assert_eq!(of(&bench, "xss"), Some((3, Severity::High, vec![may, june])), "two files that say the same");
    bench.patch::<Artifact>(june, json!({"replaces": may})).unwrap();
    assert_eq!(of(&bench, "xss"), Some((1, Severity::Low, vec![june])));
    assert_eq!(of(&bench, "csrf"), Some((1, Severity::Low, vec![june])));
    // What is gone can still be told by what refers to it.
    assert_eq!(of(&bench, "sqli"), Some((1, Severity::High, vec![may])));
}

#[test]
fn a_file_of_version_6_takes_causes_and_newer_states() {
    let mut bench = Bench::new();
    let id = bench.insert(finding("Pool")).id;
    let first = bench.import("may.sarif", vec![]).unwrap().id;
    let second = bench.import("june.sarif", vec![]).unwrap().id;
    let (_folder, path) = super::migrations::as_of(6, bench);
    let mut store = Store::open(&path, setup()).unwrap();
    let there = store.get::<Finding>(id).unwrap();
    assert_eq!((there.caused_by.len(), there.retests.len(), there.title.as_str()), (0, 0, "Pool"));
    let newer = object(json!({"replaces": first}));
    store.transact(crate::Op::Update(Kind::Artifact), "ada", |tx| tx.patch::<Artifact>(second, newer)).unwrap();
    assert_eq!(store.get::<Artifact>(second).unwrap().replaces, Some(first));
    assert!(store.verify().unwrap().is_sound());
}
