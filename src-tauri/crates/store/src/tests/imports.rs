//! Imports: bytes, measurements, issues, groups; undone and redone at once.

use groma_model::*;
use serde_json::json;

use super::support::*;
use crate::{IssueFilter, MeasurementFilter, Op, Read, StoreError, sha256_hex};

#[test]
fn an_import_comes_back_and_is_hidden_by_undo() {
    let mut bench = Bench::new();
    let issues = vec![
        issue("xss", "web", Severity::High, 3),
        issue("xss", "web", Severity::Critical, 4),
        issue("sqli", "db", Severity::Medium, 9),
        Issue { location: "src/db.ts".into(), ..issue("sqli", "src/db.ts", Severity::Low, 9) },
        Issue { location: String::new(), line: None, title: String::new(), ..issue("sqli", "db", Severity::Low, 9) },
    ];
    let stored = bench.import("scan.sarif", issues.clone()).unwrap();
    assert_eq!((stored.issues, stored.measurements, stored.bytes), (5, 2, 1000));
    assert_eq!(stored.sha256, sha256_hex("scan.sarif".repeat(100).as_bytes()));
    assert!(stored.imported_at.is_some());
    let before = bench.store.contents().unwrap();
    assert_eq!((before.artifacts.len(), before.measurements.len(), before.issue_groups.len()), (1, 2, 3));
    let found = bench.store.issues(&IssueFilter::default(), 0, 10).unwrap();
    for (found, given) in found.iter().zip(&issues) {
        let given = Issue { id: found.id, artifact: stored.id, ..given.clone() };
        assert_eq!(*found, given);
        assert_eq!(bench.store.issue(found.id).unwrap(), given);
    }
    assert_eq!(bench.store.blob(&stored.sha256).unwrap(), "scan.sarif".repeat(100).as_bytes());
    assert!(
        matches!(bench.import("scan.sarif", vec![]), Err(StoreError::AlreadyImported { artifact, .. }) if artifact == stored.id)
    );

    bench.store.undo("ada").unwrap();
    let hidden = bench.store.contents().unwrap();
    assert_eq!((hidden.artifacts.len(), hidden.measurements.len(), hidden.issue_groups.len()), (0, 0, 0));
    assert_eq!(bench.store.issue_count(&IssueFilter::default()).unwrap(), 0);
    assert!(matches!(bench.store.issue(found[0].id), Err(StoreError::NoSuchEvidence { .. })));
    bench.reopen();
    bench.store.redo("ada").unwrap();
    assert_eq!(bench.store.contents().unwrap(), before);
    bench.store.undo("ada").unwrap();
    // Once undone, the same file may come again, and is another artifact.
    let again = bench.import("scan.sarif", issues).unwrap();
    assert_ne!(again.id, stored.id);
    assert!(bench.store.verify().unwrap().is_sound());
}

#[test]
fn groups_keep_counts_places_and_the_worst_that_is_not_suppressed() {
    let mut bench = Bench::new();
    let hushed = |issue: Issue| Issue { suppressed: true, ..issue };
    let mut issues: Vec<Issue> = (1..=9).map(|line| issue("xss", "web", Severity::Low, line)).collect();
    issues.push(hushed(issue("xss", "web", Severity::Critical, 10)));
    issues.push(Issue {
        cwe: vec![80, 79],
        cve: vec!["CVE-2026-1".into()],
        ..issue("xss", "web", Severity::Medium, 2)
    });
    issues.push(hushed(issue("old", "lib", Severity::High, 1)));
    let first = bench.import("one.sarif", issues).unwrap();
    let second = bench
        .import("two.sarif", vec![issue("xss", "web", Severity::High, 77), issue("old", "lib", Severity::Info, 5)])
        .unwrap();
    let groups = bench.store.issue_groups().unwrap();
    let keys: Vec<(&str, Severity)> = groups.iter().map(|group| (group.key.as_str(), group.severity)).collect();
    assert_eq!(keys, [("issue:scanner:xss:web", Severity::High), ("issue:scanner:old:lib", Severity::Info)]);
    let xss = &groups[0];
    assert_eq!((xss.count, xss.suppressed, xss.places.len()), (12, 1, 5));
    assert_eq!((xss.cwe.clone(), xss.cve.clone()), (vec![79, 80], vec!["CVE-2026-1".to_owned()]));
    assert_eq!((xss.places[0].as_str(), xss.message.as_str()), ("src/web.ts:1", "xss at 1"));
    assert_eq!(xss.artifacts, [first.id, second.id]);
    // Without the second file the group's only open issues are those of the first.
    bench.delete::<Artifact>(second.id);
    let groups = bench.store.issue_groups().unwrap();
    let keys: Vec<(&str, Severity)> = groups.iter().map(|group| (group.rule.as_str(), group.severity)).collect();
    assert_eq!(keys, [("old", Severity::High), ("xss", Severity::Medium)]);
    let group = Some("issue:scanner:xss:web".to_owned());
    let filter = IssueFilter { group, suppressed: Some(false), ..IssueFilter::default() };
    assert_eq!(bench.store.issue_count(&filter).unwrap(), 10);
    let page = bench.store.issues(&filter, 8, 5).unwrap();
    assert_eq!(page.iter().map(|issue| issue.line).collect::<Vec<_>>(), [Some(9), Some(2)]);
    let worst = IssueFilter { severity: Some(Severity::Critical), ..IssueFilter::default() };
    assert_eq!(bench.store.issue_count(&worst).unwrap(), 1);
}

#[test]
fn removing_an_artifact_cleans_what_rested_on_it() {
    let mut bench = Bench::new();
    let scan = bench.import("scan.sarif", vec![issue("xss", "web", Severity::High, 3)]).unwrap();
    let kept = bench
        .import("kept.sarif", vec![issue("xss", "web", Severity::High, 3), issue("sqli", "db", Severity::High, 3)])
        .unwrap();
    let of = |bench: &Bench, artifact| {
        let filter = MeasurementFilter { artifact: Some(artifact), ..MeasurementFilter::default() };
        bench.store.measurements(&filter, 0, 9).unwrap()[0].id
    };
    let (gone, stays) = (of(&bench, scan.id), of(&bench, kept.id));
    let issue =
        bench.store.issues(&IssueFilter { artifact: Some(scan.id), ..IssueFilter::default() }, 0, 1).unwrap()[0].id;
    let found = bench.insert(finding("Pool"));
    for (target_kind, target) in [
        (EvidenceTarget::Artifact, scan.id.to_string()),
        (EvidenceTarget::Measurement, gone.to_string()),
        (EvidenceTarget::Issue, issue.to_string()),
        (EvidenceTarget::IssueGroup, "issue:scanner:xss:web".to_owned()),
        (EvidenceTarget::Measurement, stays.to_string()),
    ] {
        bench.insert(EvidenceLink { finding: found.id, target_kind, target, ..EvidenceLink::default() });
    }
    bench.insert(Answer {
        pack: "health".into(),
        check: "1.1".into(),
        sources: vec![gone, stays],
        proposal: Some(Proposal { sources: vec![gone], ..Proposal::default() }),
        ..Answer::default()
    });
    bench.insert(SuccessMetric { source: Some(gone), ..SuccessMetric::default() });
    let before = bench.store.contents().unwrap();
    bench.delete::<Artifact>(scan.id);
    let now = bench.store.contents().unwrap();
    assert_eq!(now.answers[0].sources, [stays]);
    assert_eq!(now.answers[0].proposal.as_ref().unwrap().sources, []);
    assert_eq!(now.metrics[0].source, None);
    let kinds: Vec<EvidenceTarget> = now.evidence_links.iter().map(|link| link.target_kind).collect();
    assert_eq!(
        kinds,
        [EvidenceTarget::IssueGroup, EvidenceTarget::Measurement],
        "the group lives on in the other file"
    );
    assert!(bench.store.verify().unwrap().is_sound());
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.store.contents().unwrap(), before);
}

#[test]
fn imports_that_cannot_be_kept_leave_nothing() {
    let mut bench = Bench::new();
    let before = bench.store.contents().unwrap();
    let store = &mut bench.store;
    let promised = Artifact { sha256: "00".repeat(32), ..artifact("a.json") };
    let outcome = store.transact(Op::Import, "ada", |tx| tx.add_artifact(promised, b"bytes", [], []));
    assert!(matches!(outcome, Err(StoreError::HashMismatch { .. })));
    let bad = [measurement("http.rate", 1.0), measurement("http.rate", f64::NAN)];
    let outcome = store.transact(Op::Import, "ada", |tx| tx.add_artifact(artifact("b.json"), b"bytes", bad, []));
    assert!(matches!(outcome, Err(StoreError::BadField { .. })));
    assert_eq!(store.contents().unwrap(), before);
    let report = store.verify().unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.blobs, report.measurements), (0, 0));
    // A caller may take the refusal of one file and go on with the next.
    let bad = [measurement("http.rate", f64::INFINITY)];
    let (_, changes) = bench
        .store
        .transact(Op::Import, "ada", |tx| {
            tx.insert(Note { title: "kept".into(), ..Note::default() })?;
            assert!(tx.add_artifact(artifact("b.json"), b"bytes", bad, [issue("r", "c", Severity::Low, 1)]).is_err());
            tx.add_artifact(artifact("d.json"), b"more bytes", [], [])
        })
        .unwrap();
    assert_eq!(changes.changed.len(), 2);
    let report = bench.store.verify().unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.blobs, report.issues), (1, 0));
    let artifact = bench.import("c.json", vec![]).unwrap();
    let frozen = bench.patch::<Artifact>(artifact.id, json!({"issues": 9}));
    assert!(matches!(frozen, Err(StoreError::FrozenField { field, .. }) if field == "issues"));
    assert_eq!(bench.patch::<Artifact>(artifact.id, json!({"note": "from staging"})).unwrap().note, "from staging");
}

#[test]
fn images_keep_their_bytes_once_and_their_names_apart() {
    let mut bench = Bench::new();
    let image = |name: &str| Image { name: name.into(), media_type: "image/png".into(), ..Image::default() };
    let store = &mut bench.store;
    let (one, _) =
        store.transact(Op::Insert(Kind::Image), "ada", |tx| tx.add_image(image("pool"), b"raw", b"png")).unwrap();
    let (two, _) =
        store.transact(Op::Insert(Kind::Image), "ada", |tx| tx.add_image(image("queue"), b"png", b"png")).unwrap();
    assert_eq!(one.sha256, two.sha256);
    assert_eq!((&one.upright, &two.original), (&Some(one.sha256.clone()), &two.upright));
    assert_eq!(store.blob(one.original.as_ref().unwrap()).unwrap(), b"raw");
    let twin = store.transact(Op::Insert(Kind::Image), "ada", |tx| tx.add_image(image("pool"), b"other", b"other"));
    assert!(matches!(twin, Err(StoreError::Taken { field, .. }) if field == "name"));
    assert_eq!(store.blob(&one.sha256).unwrap(), b"png");
    assert!(matches!(store.blob("beef"), Err(StoreError::NoSuchBlob { .. })));
    let (empty, _) =
        store.transact(Op::Insert(Kind::Image), "ada", |tx| tx.add_image(image("none"), b"", b"")).unwrap();
    assert_eq!(store.blob(&empty.sha256).unwrap(), b"");
    let diagram = bench.insert(Diagram { image: Some(one.id), ..Diagram::default() });
    bench.delete::<Image>(one.id);
    assert_eq!(bench.store.get::<Diagram>(diagram.id).unwrap().image, None);
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.store.get::<Diagram>(diagram.id).unwrap().image, Some(one.id));
}

#[test]
fn an_edited_image_prints_other_bytes_and_undo_brings_the_earlier_back() {
    let mut bench = Bench::new();
    let image = Image { name: "pool".into(), media_type: "image/png".into(), width: 8, height: 8, ..Image::default() };
    let add = |tx: &mut crate::Tx<'_>| tx.add_image(image, b"raw", b"whole");
    let (given, _) = bench.store.transact(Op::Insert(Kind::Image), "ada", add).unwrap();
    let edits = Edits { longest: Some(4), ..Edits::default() };
    let edited = Image { edits, width: 4, height: 4, caption: "Pool".into(), ..given.clone() };
    let edit = |tx: &mut crate::Tx<'_>| tx.edit_image(edited, None, b"small");
    let (edited, changes) = bench.store.transact(Op::Update(Kind::Image), "ada", edit).unwrap();
    assert_eq!(changes.changed[0].fields.iter().filter(|field| *field == "sha256" || *field == "edits").count(), 2);
    assert_eq!(bench.store.get::<Image>(given.id).unwrap(), edited);
    assert_eq!(bench.store.blob(&edited.sha256).unwrap(), b"small");
    for (field, value) in [("sha256", json!("beef")), ("edits", json!({"longest": 9})), ("original", json!(null))] {
        let refused = bench.patch::<Image>(given.id, json!({ field: value }));
        assert!(matches!(refused, Err(StoreError::FrozenField { .. })), "{field}: {refused:?}");
    }
    bench.store.undo("ada").unwrap();
    assert_eq!(bench.store.get::<Image>(given.id).unwrap(), given);
    bench.store.redo("ada").unwrap();
    bench.delete::<Image>(given.id);
    bench.reopen();
    bench.store.undo("ada").unwrap();
    let back = bench.store.get::<Image>(given.id).unwrap();
    let kept = [back.sha256, back.original.unwrap(), back.upright.unwrap()];
    assert_eq!(kept.map(|sha256| bench.store.blob(&sha256).unwrap()), [&b"small"[..], b"raw", b"whole"]);
    let report = bench.store.verify().unwrap();
    assert!(report.is_sound() && report.blobs == 3, "{report:?}");
}
