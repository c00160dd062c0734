//! The command line as a process: arguments, exit codes, JSON, what is left behind.

use groma_tests::{Bench, run, run_with};
use serde_json::json;

fn path(bench: &Bench) -> String {
    bench.file.to_string_lossy().into_owned()
}

#[test]
fn a_new_engagement_is_one_file_with_both_packs() {
    let bench = Bench::new();
    let left: Vec<_> = std::fs::read_dir(bench.folder.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["audit.groma"], "one file remains after closing");
    let packs = run(["list", &path(&bench), "packs", "--json"]).exits(0).json();
    let ids: Vec<_> = packs.as_array().unwrap().iter().map(|pack| pack["pack"].as_str().unwrap()).collect();
    assert_eq!(ids, ["backend-health", "backend-maturity"]);
    let answers = run(["answers", &path(&bench), "--json"]).exits(0).json();
    let checks = answers["answers"].as_array().unwrap();
    assert_eq!(checks.iter().filter(|check| check["pack"] == "backend-health").count(), 71);
}

#[test]
fn an_existing_file_is_never_written_over() {
    let bench = Bench::new();
    let before = std::fs::read(&bench.file).unwrap();
    let ran = run(["new", &path(&bench), "--client", "Another", "--system", "Thing"]).exits(3);
    assert!(ran.err.contains("already exists"), "{}", ran.err);
    assert_eq!(std::fs::read(&bench.file).unwrap(), before);
}

#[test]
fn a_wrong_creation_leaves_nothing_behind() {
    let bench = Bench::empty();
    for wrong in [
        vec!["--client", "A", "--system", "B", "--pack", "no-such-pack"],
        vec!["--client", "A", "--system", "B", "--currency", "euro"],
        vec!["--client", "A", "--system", "B", "--language", "tlh"],
        vec!["--client", "A", "--system", "B", "--brand", "nobody"],
        vec!["--client", " ", "--system", "B"],
    ] {
        let mut args = vec!["new".to_owned(), path(&bench)];
        args.extend(wrong.iter().map(|word| (*word).to_owned()));
        let ran = run(&args).exits(2);
        assert!(!ran.err.is_empty());
        assert!(!bench.file.exists(), "{wrong:?} left a file");
    }
}

#[test]
fn exit_codes_say_what_kind_of_trouble_it_is() {
    let bench = Bench::new();
    run::<&str>([]).exits(2).err.contains("Usage").then_some(()).expect("usage is shown");
    let _ = run(["--help"]).exits(0);
    let _ = run(["--version"]).exits(0);
    let _ = run(["no-such-command"]).exits(2);
    let _ = run(["score", "/no/such/file.groma"]).exits(3);
    let _ = run(["list", &path(&bench), "unicorns"]).exits(2);
    let _ = run(["import", &path(&bench), "/no/such/file"]).exits(3);
    let _ = run(["import", &path(&bench), &path(&bench), "--as", "unicorn"]).exits(2);
    let _ = run(["report", &path(&bench), "--template", "none"]).exits(2);
    let _ = run(["report", &path(&bench), "--brand", "none"]).exits(2);
    let _ = run(["report", &path(&bench), "-o", "/no/such/folder/x.pdf"]).exits(3);
}

#[test]
fn calls_name_the_field_that_is_wrong() {
    let bench = Bench::new();
    for (command, field) in [
        ("nonsense", None),
        (r#"{"do":"fly"}"#, Some("do")),
        (r#"{"do":"insert","kind":"findings","object":{"titel":"x"}}"#, Some("titel")),
        (r#"{"do":"insert","kind":"findings","object":{"severity":"awful"}}"#, Some("severity")),
        (r#"{"do":"insert","kind":"risks","object":{"current":{"likelihood":9,"impact":1}}}"#, Some("current")),
        (r#"{"do":"confirm","check":"1.1","verdict":"not_applicable"}"#, Some("reason")),
        (r#"{"do":"dismiss","candidate":"x","reason":" "}"#, Some("reason")),
    ] {
        let ran = run(["call", &path(&bench), command]).exits(2);
        if let Some(field) = field {
            assert_eq!(ran.json()["error"]["field"], field, "{command}: {}", ran.out);
        }
    }
    let ran = run(["call", &path(&bench), r#"{"do":"get","kind":"findings","id":"F-099"}"#]).exits(3);
    assert_eq!(ran.json()["error"]["code"], "not_found");
    let history = bench.call(&json!({"do":"history","kind":"findings"}));
    assert_eq!(history, json!([]), "nothing wrong was written");
}

#[test]
fn an_array_of_calls_runs_in_order() {
    let bench = Bench::new();
    let commands = json!([
        {"do":"insert","kind":"findings","object":{"title":"One"}},
        {"do":"update","kind":"findings","id":"F-001","fields":{"severity":"high"}},
        {"do":"get","kind":"findings","id":"1"},
    ]);
    let replies = bench.call(&commands);
    assert_eq!(replies[2]["severity"], "high");
    assert_eq!(replies[2]["title"], "One");
}

#[test]
fn undo_reaches_back_past_a_restart() {
    let bench = Bench::new();
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"One"}}));
    bench.call(&json!({"do":"update","kind":"findings","id":"1","fields":{"title":"Two"}}));
    bench.call(&json!({"do":"undo"}));
    assert_eq!(bench.call(&json!({"do":"get","kind":"findings","id":"1"}))["title"], "One");
    bench.call(&json!({"do":"redo"}));
    assert_eq!(bench.call(&json!({"do":"get","kind":"findings","id":"1"}))["title"], "Two");
    bench.call(&json!([{"do":"undo"},{"do":"undo"}]));
    assert_eq!(bench.call(&json!({"do":"list","kind":"findings"})), json!([]));
    let history = bench.call(&json!({"do":"history","kind":"findings"}));
    assert!(history.as_array().unwrap().len() >= 5, "undo is history too: {history}");
    assert_eq!(history[0]["author"], "tester");
}

#[test]
fn search_finds_prose_and_survives_any_query() {
    let bench = Bench::new();
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"Pool","condition":"Der Zähler läuft über"}}));
    let hits = bench.call(&json!({"do":"search","query":"zahler lau"}));
    assert_eq!(hits.as_array().unwrap().len(), 1, "{hits}");
    for query in ["\"", "NEAR(", "*", "a AND", "🦊", ""] {
        bench.call(&json!({"do":"search","query":query}));
    }
}

#[test]
fn lists_are_complete() {
    let formats = run(["formats", "--json"]).exits(0).json();
    let ids: Vec<_> = formats.as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
    for id in [
        "k6-summary-export",
        "wrk",
        "prometheus-text",
        "pg-stat-statements",
        "psql-text",
        "redis-info",
        "redis-config",
        "http-headers",
        "sarif",
        "npm-audit-v6",
        "npm-audit-v7",
    ] {
        assert!(ids.contains(&id), "{id} is missing");
    }
    assert!(run(["packs"]).exits(0).out.contains("backend-maturity"));
    assert!(run(["templates"]).exits(0).out.contains("audit-report"));
    assert!(run(["commands"]).exits(0).out.contains("what_if"));
}

#[test]
fn a_wrong_call_from_standard_input_writes_nothing() {
    let bench = Bench::new();
    let commands = r#"[{"do":"insert","kind":"findings","object":{"title":"One"}},{"do":"fly"}]"#;
    let _ = run_with(["call", &path(&bench), "-"], commands).exits(2);
    assert_eq!(bench.call(&json!({"do":"list","kind":"findings"})), json!([]), "commands are read before any is run");
}
