//! Raising a file's version: a copy first, one transaction each, forward only.

use groma_model::*;
use rusqlite::Connection;

use super::support::*;
use crate::{Read, Store, StoreError, migrations, migrations::Migration};

/// Today's migrations and one more.
fn and(more: Migration) -> Vec<Migration> {
    migrations::ALL.iter().copied().chain([more]).collect()
}

const NEXT: Migration =
    Migration { sql: &["CREATE TABLE \"extra\" (\"id\" TEXT NOT NULL PRIMARY KEY) STRICT"], reindex: true };

const BROKEN: Migration =
    Migration { sql: &["CREATE TABLE \"extra\" (\"id\" TEXT)", "INSERT INTO nowhere VALUES (1)"], reindex: false };

const NOW: u32 = migrations::VERSION;

fn version(path: &std::path::Path) -> u32 {
    Connection::open(path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// What takes back what a version brought, the newest last.
const TAKEN_BACK: [(u32, &str); 7] = [
    (
        4,
        "DROP INDEX \"diagrams_architecture\"; ALTER TABLE \"diagrams\" DROP COLUMN \"architecture\";
         ALTER TABLE \"diagrams\" DROP COLUMN \"view\"; ALTER TABLE \"diagrams\" DROP COLUMN \"overlay\";
         ALTER TABLE \"diagrams\" DROP COLUMN \"perspective\"; DROP TABLE \"architectures\"",
    ),
    (
        5,
        "DROP TABLE \"templates\"; ALTER TABLE \"engagement\" DROP COLUMN \"template_settings\";
         DROP INDEX \"engagement_client_logo\"; ALTER TABLE \"engagement\" DROP COLUMN \"client_logo\";
         ALTER TABLE \"engagement\" DROP COLUMN \"audience\"; ALTER TABLE \"engagement\" DROP COLUMN \"standard\"",
    ),
    (6, "DROP TABLE \"exhibits\""),
    (
        7,
        "ALTER TABLE \"findings\" DROP COLUMN \"caused_by\"; ALTER TABLE \"findings\" DROP COLUMN \"retests\";
         DROP INDEX \"artifacts_replaces\"; ALTER TABLE \"artifacts\" DROP COLUMN \"replaces\"",
    ),
    (8, "DROP TABLE \"mappings\""),
    (
        9,
        "ALTER TABLE \"brands\" DROP COLUMN \"fonts\"; DROP INDEX \"brands_logo_dark\"; ALTER TABLE \"brands\" DROP COLUMN \"logo_dark\";
         DROP INDEX \"engagement_client_logo_dark\"; ALTER TABLE \"engagement\" DROP COLUMN \"client_logo_dark\";
         UPDATE \"engagement\" SET \"sections\" = '[]'",
    ),
    (10, "DROP TABLE \"severities\""),
];

/// A closed engagement as a version of before left it, in its folder.
pub(super) fn as_of(version: u32, bench: Bench) -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let conn = Connection::open(&path).unwrap();
    for (_, back) in TAKEN_BACK.iter().rev().filter(|(brought, _)| *brought > version) {
        conn.execute_batch(back).unwrap();
    }
    conn.pragma_update(None, "user_version", version).unwrap();
    (folder, path)
}

#[test]
fn an_older_file_is_copied_aside_and_raised() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let (folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let mut store = Store::open_with(&path, setup(), &and(NEXT)).unwrap();
    assert_eq!(store.search("pool", 5).unwrap().len(), 1);
    assert!(matches!(store.undo("ada"), Err(StoreError::NothingToUndo)), "no undo past a migration");
    store.close().unwrap();
    assert_eq!(version(&path), NOW + 1);
    let backup = folder.path().join(format!("audit.groma.v{NOW}.bak"));
    assert_eq!(version(&backup), NOW);
    assert_eq!(Store::open(&backup, setup()).unwrap().list::<Finding>().unwrap().len(), 1);
    // This build does not know it.
    let error = Store::open(&path, setup()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found, known: NOW, .. } if found == NOW + 1), "{error}");
}

#[test]
fn a_migration_that_fails_changes_nothing_and_a_second_copy_keeps_the_first() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let (folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    for _ in 0..2 {
        assert!(matches!(Store::open_with(&path, setup(), &and(BROKEN)), Err(StoreError::Internal { .. })));
        assert_eq!(version(&path), NOW);
    }
    let store = Store::open(&path, setup()).unwrap();
    assert_eq!(store.list::<Finding>().unwrap().len(), 1);
    assert!(store.verify().unwrap().is_sound());
    store.close().unwrap();
    for name in [format!("audit.groma.v{NOW}.bak"), format!("audit.groma.v{NOW}.2.bak")] {
        assert_eq!(version(&folder.path().join(name)), NOW);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn answers_of_version_1_have_nothing_chosen() {
    let mut bench = Bench::new();
    let answer = Answer { pack: "p".into(), check: "1".into(), note: "seen".into(), ..Answer::default() };
    let id = bench.insert(answer).id;
    let (_folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let conn = Connection::open(&path).unwrap();
    let older = "ALTER TABLE \"answers\" DROP COLUMN \"choices\"; ALTER TABLE \"answers\" DROP COLUMN \"blanks\";";
    conn.execute_batch(older).unwrap();
    conn.pragma_update(None, "user_version", 1).unwrap();
    drop(conn);
    // Raised by this step alone, whatever else came with the version.
    let only = [migrations::ALL[0], Migration { sql: &[crate::tables::answers::V2], reindex: false }];
    let conn = Connection::open(&path).unwrap();
    crate::file::migrate::run(&conn, &only).unwrap();
    conn.pragma_update(None, "user_version", NOW).unwrap();
    drop(conn);
    let mut store = Store::open(&path, setup()).unwrap();
    let answer = store.get::<Answer>(id).unwrap();
    assert_eq!((answer.choices.len(), answer.blanks.len(), answer.note.as_str()), (0, 0, "seen"));
    let chosen = object(serde_json::json!({"choices": ["REST", "Shared files"], "blanks": {"latest": "22"}}));
    store.transact(crate::Op::Update(Kind::Answer), "ada", |tx| tx.patch::<Answer>(id, chosen)).unwrap();
    assert_eq!(store.get::<Answer>(id).unwrap().blanks["latest"], "22");
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn a_file_from_before_brands_takes_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.groma");
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let from = bench.store.path().to_owned();
    let (_folder, store) = (bench.folder, bench.store);
    store.close().unwrap();
    std::fs::copy(from, &path).unwrap();
    // As the version before left it; raised by this step alone, whatever else came since.
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("DROP TABLE \"brands\"; PRAGMA user_version = 1").unwrap();
    let only = [
        migrations::ALL[0],
        Migration { sql: &[crate::tables::brands::CREATED, crate::tables::brands::V9], reindex: false },
    ];
    crate::file::migrate::run(&conn, &only).unwrap();
    conn.pragma_update(None, "user_version", NOW).unwrap();
    drop(conn);
    let mut store = Store::open(&path, setup()).unwrap();
    assert_eq!((version_of(&store), store.list::<Brand>().unwrap().len()), (migrations::VERSION, 0));
    let brand = Brand { name: "Own".into(), ..Brand::default() };
    store.transact(crate::Op::Insert(Kind::Brand), "ada", |tx| tx.insert(brand)).unwrap();
    assert_eq!(store.contents().unwrap().brands[0].name, "Own");
    assert_eq!(store.list::<Finding>().unwrap().len(), 1);
    store.close().unwrap();
}

#[test]
fn a_file_from_before_architectures_keeps_its_diagrams_and_takes_one() {
    let mut bench = Bench::new();
    bench.insert(Diagram { title: "Context".into(), alt: "Who calls whom".into(), ..Diagram::default() });
    let (_folder, path) = as_of(3, bench);
    let mut store = Store::open(&path, setup()).unwrap();
    assert_eq!(version_of(&store), NOW);
    let mut diagram = store.list::<Diagram>().unwrap().remove(0);
    assert_eq!((diagram.title.as_str(), diagram.view.as_str(), diagram.architecture), ("Context", "", None));
    let found = Architecture { name: "As found".into(), ..Architecture::default() };
    let (found, _) = store.transact(crate::Op::Insert(Kind::Architecture), "ada", |tx| tx.insert(found)).unwrap();
    diagram.architecture = Some(found.id);
    let fields = object(serde_json::json!({"architecture": found.id, "view": "Context", "overlay": "findings"}));
    store.transact(crate::Op::Update(Kind::Diagram), "ada", |tx| tx.patch::<Diagram>(diagram.id, fields)).unwrap();
    // A diagram outlives its architecture.
    store.transact(crate::Op::Delete(Kind::Architecture), "ada", |tx| tx.delete::<Architecture>(found.id)).unwrap();
    assert_eq!(store.get::<Diagram>(diagram.id).unwrap().architecture, None);
    assert!(store.verify().unwrap().is_sound());
    store.close().unwrap();
}

#[test]
fn sections_chosen_for_all_templates_are_those_of_the_one_that_is_set() {
    const CHOSEN: &str = r#"[{"id":"risks","off":true},{"id":"ours","off":false}]"#;
    for (template, key) in [("", "audit-report"), ("executive-brief", "executive-brief")] {
        let bench = Bench::new();
        let (_folder, path) = as_of(8, bench);
        let conn = Connection::open(&path).unwrap();
        conn.execute("UPDATE \"engagement\" SET \"template\" = ?1, \"sections\" = ?2", [template, CHOSEN]).unwrap();
        drop(conn);
        let mut store = Store::open(&path, setup()).unwrap();
        let engagement = store.engagement().unwrap();
        let choice = |id: &str, off| SectionChoice { id: id.into(), off };
        assert_eq!(engagement.sections, [(key.to_owned(), vec![choice("risks", true), choice("ours", false)])].into());
        // Those of another template stand beside them, and come and go as one step.
        let mut both = engagement.sections.clone();
        both.insert("letter".into(), vec![choice("letter-fee", true)]);
        let fields = object(serde_json::json!({"sections": both}));
        let id = engagement.id;
        store.transact(crate::Op::Update(Kind::Engagement), "ada", |tx| tx.patch::<Engagement>(id, fields)).unwrap();
        assert_eq!(store.engagement().unwrap().sections, both);
        store.undo("ada").unwrap();
        assert_eq!(store.engagement().unwrap().sections, engagement.sections);
        assert!(store.verify().unwrap().is_sound());
    }
}

#[test]
fn a_brand_of_before_fonts_has_none_and_takes_some() {
    let mut bench = Bench::new();
    let id = bench.insert(Brand { name: "Own".into(), ..Brand::default() }).id;
    let (folder, path) = as_of(8, bench);
    let mut store = Store::open(&path, setup()).unwrap();
    assert_eq!((version_of(&store), store.get::<Brand>(id).unwrap().fonts), (NOW, Vec::new()));
    let bytes = b"outlines".to_vec();
    let font = BrandFont { sha256: crate::sha256_hex(&bytes), family: "Quill".into(), ..BrandFont::default() };
    let put = |tx: &mut crate::Tx<'_>| tx.put_fonts(id, std::slice::from_ref(&font), std::slice::from_ref(&bytes));
    let (brand, _) = store.transact(crate::Op::Update(Kind::Brand), "ada", put).unwrap();
    assert_eq!(brand.fonts, std::slice::from_ref(&font));
    assert_eq!(store.blob(&font.sha256).unwrap(), bytes);
    // A copy for other hands has what the brand names, and no more.
    let left_out = object(serde_json::json!({"fonts": []}));
    let copy = |store: &mut Store, name: &str| {
        let copy = folder.path().join(name);
        store.hand_over(&copy, &crate::HandOver::default()).unwrap();
        Store::open(&copy, setup()).unwrap().blob(&font.sha256)
    };
    assert_eq!(copy(&mut store, "with.groma").unwrap(), bytes);
    store.transact(crate::Op::Update(Kind::Brand), "ada", |tx| tx.patch::<Brand>(id, left_out)).unwrap();
    assert!(copy(&mut store, "without.groma").is_err());
    store.undo("ada").unwrap();
    assert_eq!(store.get::<Brand>(id).unwrap().fonts, [font]);
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn a_report_of_before_templates_is_for_everybody_and_takes_a_template() {
    let bench = Bench::new();
    let (_folder, path) = as_of(4, bench);
    let mut store = Store::open(&path, setup()).unwrap();
    assert_eq!(version_of(&store), NOW);
    let engagement = store.engagement().unwrap();
    assert_eq!((engagement.audience, engagement.standard), (Audience::All, Standard::Pdf17));
    assert!(engagement.template_settings.is_empty());
    let file = TemplateFile { content: "#set page()".into(), base64: false };
    let own = Template { name: "Ours".into(), files: [("main.typ".to_owned(), file)].into(), ..Template::default() };
    let (own, _) = store.transact(crate::Op::Insert(Kind::Template), "ada", |tx| tx.insert(own)).unwrap();
    let fields = object(serde_json::json!({
        "template": own.id, "audience": "redacted", "standard": "a-2a+ua-1",
        "template_settings": {"ours": {"columns": 2.0, "logo": true, "title": "Audit"}},
    }));
    let id = engagement.id;
    store.transact(crate::Op::Update(Kind::Engagement), "ada", |tx| tx.patch::<Engagement>(id, fields)).unwrap();
    let engagement = store.engagement().unwrap();
    assert_eq!((engagement.audience, engagement.standard), (Audience::Redacted, Standard::A2aUa1));
    assert_eq!(engagement.template_settings["ours"]["columns"], SettingValue::Number(2.0));
    assert_eq!(store.list::<Template>().unwrap(), [own]);
    assert!(store.verify().unwrap().is_sound());
    store.close().unwrap();
}

fn version_of(store: &Store) -> u32 {
    store.raw().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn an_engagement_of_version_1_has_no_words_of_its_own() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let (_folder, path) = (bench.folder, bench.store.path().to_owned());
    bench.store.close().unwrap();
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("ALTER TABLE \"engagement\" DROP COLUMN \"words\"; PRAGMA user_version = 1").unwrap();
    // Raised by this step alone, whatever else came with the version.
    let only = [migrations::ALL[0], Migration { sql: &[crate::tables::engagement::V2], reindex: false }];
    crate::file::migrate::run(&conn, &only).unwrap();
    conn.pragma_update(None, "user_version", NOW).unwrap();
    drop(conn);
    let store = Store::open(&path, setup()).unwrap();
    assert!(store.engagement().unwrap().words.is_empty());
    assert_eq!(store.list::<Finding>().unwrap().len(), 1);
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn a_file_of_before_exhibits_takes_one_and_keeps_its_bytes() {
    let bench = Bench::new();
    let (_folder, path) = as_of(5, bench);
    let mut store = Store::open(&path, setup()).unwrap();
    assert_eq!(version_of(&store), NOW);
    let given = Exhibit { title: "Plan".into(), kind: ExhibitKind::Plan, length: 1, ..Exhibit::default() };
    let add = |tx: &mut crate::Tx<'_>| tx.add_exhibit(given, b"Seq Scan on orders");
    let (exhibit, _) = store.transact(crate::Op::Insert(Kind::Exhibit), "ada", add).unwrap();
    assert_eq!((store.blob(&exhibit.sha256).unwrap().as_slice(), exhibit.bytes), (&b"Seq Scan on orders"[..], 18));
    let link = EvidenceLink {
        target_kind: EvidenceTarget::Exhibit,
        target: exhibit.id.to_string(),
        ..EvidenceLink::default()
    };
    let insert = |tx: &mut crate::Tx<'_>| {
        let finding = tx.insert(finding("Pool"))?.id;
        tx.insert(EvidenceLink { finding, ..link })
    };
    store.transact(crate::Op::Insert(Kind::Finding), "ada", insert).unwrap();
    // What it proved is no longer proved by it, and its bytes stay for the undo.
    store.transact(crate::Op::Delete(Kind::Exhibit), "ada", |tx| tx.delete::<Exhibit>(exhibit.id)).unwrap();
    assert!(store.contents().unwrap().evidence_links.is_empty());
    store.undo("ada").unwrap();
    assert_eq!(store.contents().unwrap().exhibits, [exhibit]);
    assert_eq!(store.contents().unwrap().evidence_links.len(), 1);
    assert!(store.verify().unwrap().is_sound());
    store.close().unwrap();
}

#[test]
fn a_file_of_before_mappings_takes_one_for_each_shape_of_table() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let (folder, path) = as_of(7, bench);
    let mut store = Store::open(&path, setup()).unwrap();
    assert_eq!((version_of(&store), store.list::<Finding>().unwrap().len()), (NOW, 1));
    assert!(folder.path().join("audit.groma.v7.bak").is_file());
    let given = Mapping {
        name: "dashboard".into(),
        header: vec!["Time".into(), "p99".into()],
        nothing: vec!["outage".into()],
        time: Some("Time".into()),
        values: vec![ValueColumn {
            column: "p99".into(),
            metric: "http.latency.p99".into(),
            unit: "ms".into(),
            aggregation: RowAggregation::Max,
            subject: "/parcels".into(),
        }],
        ..Mapping::default()
    };
    let mut insert = |mapping: Mapping| {
        store.transact(crate::Op::Insert(Kind::Mapping), "ada", |tx| tx.insert(mapping)).map(|(kept, _)| kept)
    };
    let kept = insert(given.clone()).unwrap();
    // A table is known again by its columns: there is one mapping for them.
    assert!(matches!(insert(given.clone()), Err(StoreError::Taken { .. })));
    insert(Mapping { header: vec!["Time".into(), "p95".into(), "p99".into()], ..given.clone() }).unwrap();
    for wrong in [
        Mapping { header: Vec::new(), ..given.clone() },
        Mapping { values: Vec::new(), ..given.clone() },
        Mapping { header: vec!["p99".into(), "Time".into()], ..given.clone() },
        Mapping { header: vec!["p99".into()], ..given.clone() },
        Mapping { header: vec!["Time".into()], ..given.clone() },
    ] {
        assert!(matches!(insert(wrong), Err(StoreError::BadField { .. })));
    }
    assert_eq!(store.contents().unwrap().mappings.len(), 2);
    store.transact(crate::Op::Delete(Kind::Mapping), "ada", |tx| tx.delete::<Mapping>(kept.id)).unwrap();
    store.undo("ada").unwrap();
    assert_eq!(store.get::<Mapping>(kept.id).unwrap(), kept);
    assert!(store.verify().unwrap().is_sound());
    store.close().unwrap();
}

#[test]
fn a_file_of_before_severity_tables_takes_one_for_each_tool() {
    let mut bench = Bench::new();
    bench.insert(finding("Pool"));
    let (folder, path) = as_of(9, bench);
    let mut store = Store::open(&path, setup()).unwrap();
    assert_eq!((version_of(&store), store.list::<Finding>().unwrap().len()), (NOW, 1));
    assert!(folder.path().join("audit.groma.v9.bak").is_file());
    let word = |word: &str, severity| ChosenSeverity { word: word.into(), severity };
    let given = SeverityTable {
        tool: "Semgrep".into(),
        words: vec![word("ERROR", Severity::Critical), word("", Severity::Low)],
        ..SeverityTable::default()
    };
    let mut insert = |table: SeverityTable| {
        store.transact(crate::Op::Insert(Kind::SeverityTable), "ada", |tx| tx.insert(table)).map(|(kept, _)| kept)
    };
    let kept = insert(given.clone()).unwrap();
    assert!(matches!(insert(given.clone()), Err(StoreError::Taken { .. })));
    for wrong in [
        SeverityTable { tool: " ".into(), ..given.clone() },
        SeverityTable { tool: "Trivy".into(), words: Vec::new(), ..given.clone() },
        SeverityTable {
            tool: "Grype".into(),
            words: vec![word("High", Severity::Low), word("HIGH", Severity::High)],
            ..given.clone()
        },
    ] {
        assert!(matches!(insert(wrong), Err(StoreError::BadField { .. })));
    }
    store.transact(crate::Op::Delete(Kind::SeverityTable), "ada", |tx| tx.delete::<SeverityTable>(kept.id)).unwrap();
    assert!(store.contents().unwrap().severities.is_empty());
    store.undo("ada").unwrap();
    assert_eq!(store.contents().unwrap().severities, [kept]);
    assert!(store.verify().unwrap().is_sound());
    store.close().unwrap();
}
