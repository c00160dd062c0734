//! Writing objects: what is stored, what is refused, what a deletion takes along.

use groma_model::*;
use serde_json::json;

use super::support::*;
use crate::{ChangeKind, HistoryFilter, Op, Read, StoreError};

#[test]
fn objects_come_back_as_they_were_stored() {
    let mut bench = Bench::new();
    let role = bench.insert(Role { name: "Database engineer".into(), day_rate: Money::whole(950), ..Role::default() });
    let phase = bench.insert(Phase {
        name: "Stabilise".into(),
        exit_criteria: vec!["p99 < 300 ms".into()],
        ..Phase::default()
    });
    let initiative = bench.insert(Initiative {
        title: "Bound the connection pool".into(),
        description: "NUL \0, quote ', \u{202E}rtl, emoji 🔥, `code`".into(),
        phase: Some(phase.id),
        effort: Some(Effort { low: 0.1, likely: 0.3, high: 0.7 }),
        confidence_percent: Some(1.0 / 3.0),
        impact: Some(Rating::MAX),
        roles: vec![RoleShare { role: role.id, share: 2.0 / 3.0 }],
        earliest_start: Some("2026-12-01".parse().unwrap()),
        reversible: true,
        ..Initiative::default()
    });
    assert!(!initiative.id.is_nil());
    assert_eq!(initiative.number, 1);
    bench.reopen();
    assert_eq!(bench.store.get::<Initiative>(initiative.id).unwrap(), initiative);
    assert_eq!(bench.store.get::<Role>(role.id).unwrap(), role);
    assert_eq!(bench.store.list::<Phase>().unwrap(), vec![phase]);
    assert_eq!(bench.store.engagement().unwrap().client, "Harbour Freight Lines");
    assert_eq!(bench.store.contents().unwrap().initiatives, vec![initiative]);
}

#[test]
fn changes_say_what_differs_and_history_says_who() {
    let mut bench = Bench::new();
    let finding = bench.insert(finding("Pool is unbounded"));
    let (_, changes) = bench
        .store
        .transact(Op::Update(Kind::Finding), "grace", |tx| {
            tx.patch::<Finding>(finding.id, object(json!({"title": "The pool has no bound", "severity": "high"})))?;
            tx.patch::<Finding>(finding.id, object(json!({"title": "The pool is unbounded"})))
        })
        .unwrap();
    assert_eq!(changes.changed.len(), 1);
    assert_eq!(changes.changed[0].change, ChangeKind::Updated);
    assert_eq!(changes.changed[0].fields, ["severity", "title"]);
    let filter = HistoryFilter { object: Some(finding.id), ..HistoryFilter::default() };
    let history = bench.store.history(&filter, 10).unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!((history[0].author.as_str(), history[0].op), ("grace", Op::Update(Kind::Finding)));
    assert_eq!(history[0].before, Some(json!({"severity": "info", "title": "Pool is unbounded"})));
    assert_eq!(history[0].after, Some(json!({"severity": "high", "title": "The pool is unbounded"})));
    assert_eq!(history[1].change, ChangeKind::Inserted);
    assert_eq!(Some(history[0].step), changes.step);
    let later = HistoryFilter { since: Some(history[0].at), ..HistoryFilter::default() };
    assert_eq!(bench.store.history(&later, 10).unwrap().len(), 1);
}

#[test]
fn what_changes_nothing_is_no_step() {
    let mut bench = Bench::new();
    let finding = bench.insert(finding("Same"));
    let (_, changes) = bench.store.transact(Op::Update(Kind::Finding), "ada", |tx| tx.update(&finding)).unwrap();
    assert_eq!((changes.step, changes.changed.len()), (None, 0));
    let (_, changes) = bench
        .store
        .transact(Op::Batch, "ada", |tx| {
            let note = tx.insert(Note::default())?;
            tx.delete::<Note>(note.id)
        })
        .unwrap();
    assert_eq!(changes.step, None);
    assert_eq!(bench.store.next_undo().unwrap().unwrap().label(), "add finding F-001");
}

#[test]
fn an_error_inside_leaves_everything_as_it_was() {
    let mut bench = Bench::new();
    let before = bench.store.contents().unwrap();
    let outcome: Result<((), _), StoreError> = bench.store.transact(Op::Batch, "ada", |tx| {
        tx.insert(finding("Half"))?;
        Err(StoreError::NothingToUndo)
    });
    assert!(outcome.is_err());
    assert_eq!(bench.store.contents().unwrap(), before);
    assert_eq!(bench.store.search("Half", 5).unwrap(), []);
    // The number was not used up either.
    assert_eq!(bench.insert(finding("Whole")).number, 1);
}

#[test]
fn a_patch_is_refused_by_field() {
    let mut bench = Bench::new();
    let id = bench.insert(finding("Pool")).id;
    for (patch, field, says) in [
        (json!({"titel": "x"}), "titel", "there is no field \"titel\""),
        (json!({"severity": "awful"}), "severity", "unknown variant `awful`"),
        (json!({"title": "fine", "number": -1}), "number", "invalid value: integer `-1`"),
        (json!({"impact": 9}), "impact", "9 is outside the scale of 1 to 5"),
        (json!({"title": null}), "title", "invalid type: null"),
        (json!({"effort": {"lo": 1}}), "effort", "unknown field `lo`"),
    ] {
        let error = bench.patch::<Finding>(id, patch).unwrap_err();
        let (StoreError::UnknownField { kind, id: of, field: named, .. }
        | StoreError::BadField { kind, id: of, field: named, .. }) = &error
        else {
            panic!("{error}")
        };
        assert_eq!((*kind, *of, named.as_str()), (Kind::Finding, id, field));
        let message = error.to_string();
        for part in ["findings", &id.to_string(), field, says] {
            assert!(message.contains(part), "{message} lacks {part}");
        }
    }
    assert!(matches!(
        bench.patch::<Finding>(id, json!({"id": Id::from_parts(1, 1)})),
        Err(StoreError::FrozenField { .. })
    ));
    let nobody = Id::from_parts(1, 2);
    assert!(matches!(bench.patch::<Finding>(nobody, json!({})), Err(StoreError::NoSuchObject { .. })));
    assert!(matches!(
        bench.store.transact(Op::Insert(Kind::Risk), "ada", |tx| tx.insert_json(Kind::Risk, object(json!({"x": 1})))),
        Err(StoreError::UnknownField { .. })
    ));
    let mut broken = bench.store.get::<Finding>(id).unwrap();
    broken.rank = f64::NAN;
    assert!(matches!(
        bench.store.transact(Op::Batch, "ada", |tx| tx.update(&broken)),
        Err(StoreError::BadField { field, .. }) if field == "rank"
    ));
}

#[test]
fn numbers_are_never_used_twice_but_phases_follow_their_sequence() {
    let mut bench = Bench::new();
    let first = bench.insert(finding("one"));
    let second = bench.insert(finding("two"));
    assert_eq!((first.number, second.number), (1, 2));
    bench.delete::<Finding>(second.id);
    assert_eq!(bench.insert(finding("three")).number, 3);
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.insert(finding("four")).number, 4);
    assert_eq!(bench.insert(Finding { number: 40, ..finding("given") }).number, 40);
    assert_eq!(bench.insert(finding("next")).number, 41);
    let taken = bench.store.transact(Op::Batch, "ada", |tx| tx.insert(Finding { number: 40, ..finding("again") }));
    assert!(matches!(taken, Err(StoreError::Taken { field, .. }) if field == "number"));
    let kept = bench.patch::<Finding>(first.id, json!({"number": 0})).unwrap_or_default();
    assert_eq!(bench.store.get::<Finding>(first.id).unwrap().number, 1, "{kept:?}");

    bench.insert(Phase::default());
    let last = bench.insert(Phase::default());
    bench.delete::<Phase>(last.id);
    assert_eq!(bench.insert(Phase::default()).number, 2);
}

#[test]
fn names_that_must_be_unique_are() {
    let mut bench = Bench::new();
    let answer = |check: &str| Answer { pack: "health".into(), check: check.into(), ..Answer::default() };
    bench.insert(answer("1.1"));
    let twin = bench.store.transact(Op::Batch, "ada", |tx| tx.insert(answer("1.1")));
    assert!(
        matches!(twin, Err(StoreError::Taken { field, value, .. }) if field == "pack + check" && value == "health + 1.1")
    );
    // Two rows may swap within one operation: only the end counts.
    let one = bench.insert(Phase { number: 1, ..Phase::default() });
    let two = bench.insert(Phase { number: 2, ..Phase::default() });
    bench
        .store
        .transact(Op::Reorder(Kind::Phase), "ada", |tx| {
            tx.patch::<Phase>(one.id, object(json!({"number": 2})))?;
            tx.patch::<Phase>(two.id, object(json!({"number": 1})))
        })
        .unwrap();
    assert_eq!(bench.store.list::<Phase>().unwrap()[0].id, two.id);
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.store.list::<Phase>().unwrap()[0].id, one.id);
}

#[test]
fn a_link_to_nothing_is_refused_by_field() {
    let mut bench = Bench::new();
    let nobody = Id::from_parts(5, 5);
    let dangling = |outcome: Result<_, StoreError>, path: &str| match outcome {
        Err(StoreError::DanglingLink { field, target, .. }) => {
            assert_eq!((field.as_str(), target), (path, nobody.to_string()));
        }
        other => panic!("{path}: {:?}", other.map(|_: ((), crate::Changes)| ())),
    };
    let store = &mut bench.store;
    let share = RoleShare { role: nobody, share: 1.0 };
    let initiative = Initiative { roles: vec![share], ..Initiative::default() };
    dangling(store.transact(Op::Batch, "ada", |tx| tx.insert(initiative).map(drop)), "roles[].role");
    let initiative = Initiative { theme: Some(nobody), ..Initiative::default() };
    dangling(store.transact(Op::Batch, "ada", |tx| tx.insert(initiative).map(drop)), "theme");
    let line = ResourceLine { role: nobody, ..ResourceLine::default() };
    dangling(store.transact(Op::Batch, "ada", |tx| tx.insert(line).map(drop)), "role");
    let metric = SuccessMetric { source: Some(nobody), ..SuccessMetric::default() };
    dangling(store.transact(Op::Batch, "ada", |tx| tx.insert(metric).map(drop)), "source");
    // Within one operation the order is free.
    store
        .transact(Op::Batch, "ada", |tx| {
            let theme = tx.new_id();
            tx.insert(Initiative { theme: Some(theme), ..Initiative::default() })?;
            tx.insert(Theme { id: theme, ..Theme::default() })
        })
        .unwrap();
}

#[test]
fn a_deletion_cleans_what_names_it_and_is_undone_whole() {
    let mut bench = Bench::new();
    let found = bench.insert(finding("Pool"));
    let other = bench.insert(finding("Queue"));
    let role = bench.insert(Role::default());
    let phase = bench.insert(Phase::default());
    bench.insert(Risk { findings: vec![found.id, other.id], ..Risk::default() });
    let target = bench.insert(Note::default()).id.to_string();
    bench.insert(EvidenceLink {
        finding: found.id,
        target_kind: EvidenceTarget::Note,
        target,
        ..EvidenceLink::default()
    });
    bench.insert(Decision { candidate: "check:health/1.1".into(), finding: Some(found.id), ..Decision::default() });
    let first = bench.insert(Initiative {
        findings: vec![found.id],
        phase: Some(phase.id),
        roles: vec![RoleShare { role: role.id, share: 1.0 }],
        ..Initiative::default()
    });
    bench.insert(Initiative { depends_on: vec![Dependency { on: first.id, lag_days: 3 }], ..Initiative::default() });
    bench.insert(ResourceLine { role: role.id, ..ResourceLine::default() });
    let before = bench.store.contents().unwrap();

    let changes = bench.delete::<Finding>(found.id);
    assert_eq!(changes.changed.len(), 5, "finding, risk, link, decision, initiative: {changes:?}");
    let now = bench.store.contents().unwrap();
    assert_eq!(now.risks[0].findings, [other.id]);
    assert_eq!((now.evidence_links.len(), now.decisions.len(), now.initiatives[0].findings.len()), (0, 0, 0));
    bench.delete::<Role>(role.id);
    bench.delete::<Phase>(phase.id);
    bench.delete::<Initiative>(first.id);
    let now = bench.store.contents().unwrap();
    assert_eq!((now.resources.len(), now.initiatives.len()), (0, 1));
    assert_eq!(now.initiatives[0].depends_on, []);
    assert!(bench.store.verify().unwrap().is_sound());

    for _ in 0..4 {
        bench.store.undo("ada").unwrap();
    }
    assert_eq!(bench.store.contents().unwrap(), before);
}

#[test]
fn a_note_takes_the_evidence_that_points_to_it() {
    let mut bench = Bench::new();
    let found = bench.insert(finding("Pool"));
    let note = bench.insert(Note { title: "Call with operations".into(), ..Note::default() });
    let target = note.id.to_string();
    bench.insert(EvidenceLink {
        finding: found.id,
        target_kind: EvidenceTarget::Note,
        target,
        ..EvidenceLink::default()
    });
    bench.delete::<Note>(note.id);
    assert_eq!(bench.store.list::<EvidenceLink>().unwrap(), []);
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.store.list::<EvidenceLink>().unwrap().len(), 1);
}

#[test]
fn singletons_stay_and_artifacts_need_bytes() {
    let mut bench = Bench::new();
    let id = bench.store.engagement().unwrap().id;
    let store = &mut bench.store;
    assert!(matches!(
        store.transact(Op::Batch, "ada", |tx| tx.delete::<Engagement>(id)),
        Err(StoreError::Singleton { kind: Kind::Engagement })
    ));
    assert!(matches!(
        store.transact(Op::Batch, "ada", |tx| tx.insert(Intake::default())),
        Err(StoreError::Singleton { kind: Kind::Intake })
    ));
    assert!(matches!(
        store.transact(Op::Batch, "ada", |tx| tx.insert(artifact("scan.sarif"))),
        Err(StoreError::NeedsBytes { kind: Kind::Artifact })
    ));
    bench.patch::<Engagement>(id, json!({"system": "Booking"})).unwrap();
    assert_eq!(bench.store.engagement().unwrap().system, "Booking");
}

#[test]
fn numbers_and_dates_out_of_range_are_refused_by_their_field() {
    let mut bench = Bench::new();
    let initiative = bench.insert(Initiative { title: "Bound the pool".into(), ..Initiative::default() });
    let mut patch = |fields| {
        bench
            .store
            .transact(Op::Update(Kind::Initiative), "", |tx| tx.patch::<Initiative>(initiative.id, object(fields)))
    };
    let refused = [
        ("confidence_percent", json!({"confidence_percent": 1e300})),
        ("effort", json!({"effort": {"low": -1, "likely": 2, "high": 3}})),
        ("build_cost", json!({"build_cost": {"low": 3, "likely": 2, "high": 1}})),
        ("deadline", json!({"title": "x", "deadline": "9999-12-31"})),
    ];
    for (wrong, fields) in refused {
        match patch(fields) {
            Err(StoreError::BadField { field, .. }) => assert_eq!(field, wrong),
            other => panic!("{wrong}: {other:?}"),
        }
    }
    // A value that was there before does not keep the others from being edited.
    let engagement = bench.store.engagement().unwrap();
    bench.store.raw().execute("UPDATE \"engagement\" SET \"contingency_percent\" = -500", []).unwrap();
    let mut change = |fields| {
        bench
            .store
            .transact(Op::Update(Kind::Engagement), "", |tx| tx.patch::<Engagement>(engagement.id, object(fields)))
    };
    change(json!({"client": "Harbour Freight"})).unwrap();
    assert!(change(json!({"contingency_percent": -400})).is_err());
    change(json!({"contingency_percent": 15})).unwrap();
}
