//! Full-text search over prose and titles.

use groma_model::*;
use serde_json::json;

use super::support::*;
use crate::Read;

fn fields(bench: &Bench, query: &str) -> Vec<String> {
    bench.store.search(query, 20).unwrap().into_iter().map(|hit| format!("{}.{}", hit.kind, hit.field)).collect()
}

#[test]
fn words_are_found_in_prose_and_titles_and_follow_changes() {
    let mut bench = Bench::new();
    let id = bench
        .insert(Finding {
            title: "Die Größe des Verbindungspools ist unbegrenzt".into(),
            condition: "The pool grows *without* bound; see `HikariConfig`.".into(),
            ..Finding::default()
        })
        .id;
    bench.insert(Note { title: "Call".into(), body: "The pool was discussed.".into(), ..Note::default() });
    bench.insert(Phase { name: "First".into(), exit_criteria: vec!["alarm rings".into()], ..Phase::default() });
    assert_eq!(fields(&bench, "groesse"), Vec::<String>::new());
    assert_eq!(fields(&bench, "grosse"), Vec::<String>::new(), "ß is a letter of its own");
    assert_eq!(fields(&bench, "GRÖßE"), ["findings.title"]);
    assert_eq!(fields(&bench, "große verb"), ["findings.title"]);
    assert_eq!(fields(&bench, "verb große"), Vec::<String>::new(), "only the last word may be a beginning");
    assert_eq!(fields(&bench, "unbegrenzt"), ["findings.title"]);
    assert_eq!(fields(&bench, "hikariconf"), ["findings.condition"]);
    assert_eq!(fields(&bench, "pool").len(), 2);
    assert_eq!(fields(&bench, "\"without bound\""), ["findings.condition"]);
    assert_eq!(fields(&bench, "\"bound without\""), Vec::<String>::new());
    assert_eq!(fields(&bench, "alarm"), ["phases.exit_criteria"]);
    assert_eq!(fields(&bench, "harbour"), ["engagement.client"]);

    let hit = &bench.store.search("bound", 1).unwrap()[0];
    assert_eq!((hit.kind, hit.id), (Kind::Finding, id));
    assert_eq!(&hit.snippet[hit.marks[0].clone()], "bound");

    bench.patch::<Finding>(id, json!({"condition": "It leaks."})).unwrap();
    assert_eq!(fields(&bench, "hikariconf"), Vec::<String>::new());
    bench.store.undo("ada").unwrap();
    assert_eq!(fields(&bench, "hikariconf"), ["findings.condition"]);
    bench.delete::<Finding>(id);
    assert_eq!(fields(&bench, "hikariconf"), Vec::<String>::new());
    assert!(bench.store.verify().unwrap().is_sound());
}

#[test]
fn accents_do_not_matter() {
    let mut bench = Bench::new();
    bench.insert(finding("Überlastete Café-Théâtre"));
    for query in ["uberlastete", "CAFE", "theatre", "the\u{301}a\u{302}tre"] {
        assert_eq!(fields(&bench, query), ["findings.title"], "{query}");
    }
}

#[test]
fn no_query_is_an_error() {
    let mut bench = Bench::new();
    let long = "x".repeat(100_000);
    bench.insert(Finding {
        title: "a NEAR miss* (and) OR \"quoted\" -not 🔥 fire".into(),
        condition: format!("before {long} after\0nul \u{1}start\u{2}"),
        ..Finding::default()
    });
    for query in [
        "",
        " ",
        "\"",
        "\"\"\"",
        "*",
        "NEAR",
        "NEAR(",
        "NEAR(a b, 2)",
        "a NEAR b",
        "AND",
        "OR OR",
        "NOT",
        "a AND",
        "-",
        "-a",
        "^a",
        "+",
        "text:",
        "col : a",
        "{a b}: c",
        "a*",
        "*a",
        "'",
        "';--",
        "\\",
        "\0",
        "a\0b",
        "🔥",
        "🔥 fire",
        "%",
        "_",
        "\u{202E}",
        "ﷺ",
        "a\u{300}",
        "(",
        ")",
        "((((",
        "miss* OR",
    ] {
        bench.store.search(query, 5).unwrap_or_else(|error| panic!("{query:?}: {error}"));
    }
    assert_eq!(fields(&bench, "NEAR"), ["findings.title"]);
    assert_eq!(fields(&bench, "\"NEAR miss"), ["findings.title"]);
    assert_eq!(fields(&bench, "🔥 fire"), ["findings.title"]);
    assert_eq!(fields(&bench, "nul"), ["findings.condition"]);
    assert_eq!(fields(&bench, &long), ["findings.condition"]);
    assert_eq!(fields(&bench, &"y ".repeat(10_000)), Vec::<String>::new());
    assert_eq!(fields(&bench, &"(".repeat(10_000)), Vec::<String>::new());
    let hit = &bench.store.search("start", 1).unwrap()[0];
    assert_eq!(&hit.snippet[hit.marks[0].clone()], "start");
}

#[test]
fn the_index_can_be_made_anew() {
    let mut bench = Bench::new();
    bench.insert(finding("Findable"));
    bench.store.raw().execute("UPDATE \"prose\" SET \"text\" = 'Something else'", []).unwrap();
    assert!(!bench.store.verify().unwrap().is_sound());
    bench.store.rebuild_search().unwrap();
    assert!(bench.store.verify().unwrap().is_sound());
    assert_eq!(fields(&bench, "findable"), ["findings.title"]);
}
