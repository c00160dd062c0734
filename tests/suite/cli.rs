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

#[test]
fn a_script_reads_one_document_whatever_is_wrong() {
    let bench = Bench::new();
    let path = path(&bench);
    for args in [vec!["score", "--json"], vec!["score", &path, "--json", "--bogus"], vec!["call", &path]] {
        let ran = run(args).exits(2);
        assert_eq!(ran.json()["error"]["code"], "usage");
    }
    let _ = run(["score", &path, "--bogus"]).exits(2);
}

#[test]
fn an_array_of_calls_says_where_it_stopped() {
    let bench = Bench::new();
    let commands = json!([
        {"do":"insert","kind":"findings","object":{"title":"Kept"}},
        {"do":"get","kind":"findings","id":"999"},
        {"do":"insert","kind":"findings","object":{"title":"Never made"}},
    ]);
    let reply = run(["call", &path(&bench), &commands.to_string()]).exits(3).json();
    assert_eq!((&reply["failed"], &reply["error"]["code"]), (&json!(1), &json!("not_found")));
    assert_eq!(reply["replies"].as_array().unwrap().len(), 1);
    let titles = bench.call(&json!({"do":"list","kind":"findings"}));
    assert_eq!(titles.as_array().unwrap().len(), 1);
}

#[test]
fn an_error_names_the_field_and_never_its_value() {
    let bench = Bench::new();
    for (command, field) in [
        (json!({"do":"get","kind":"finding"}), "kind"),
        (json!({"do":"assess","area":"security","level":2.5}), "level"),
        (json!({"do":"issues","limit":-1}), "limit"),
        (json!({"do":"insert","kind":"findings"}), "object"),
        (json!({"do":"update","kind":"engagement","fields":{"currency":"ZZZ"}}), "currency"),
        (json!({"do":"update","kind":"engagement","fields":{"language":"xx"}}), "language"),
        (json!({"do":"update","kind":"engagement","fields":{"brand":"nope"}}), "brand"),
        (json!({"do":"update","kind":"engagement","fields":{"template":"nope"}}), "template"),
        (json!({"do":"update","kind":"engagement","fields":{"contingency_percent":-500}}), "contingency_percent"),
        (json!({"do":"update","kind":"engagement","fields":{"roadmap_start":"9999-12-31"}}), "roadmap_start"),
        (json!({"do":"insert","kind":"roles","object":{"name":"x","day_rate":i64::MAX}}), "day_rate"),
    ] {
        let reply = run(["call", &path(&bench), &command.to_string()]).exits(2).json();
        assert_eq!(reply["error"]["field"], field, "{command}: {reply}");
    }
}

#[test]
fn nothing_a_terminal_obeys_is_printed() {
    let bench = Bench::new();
    let title = "\u{1b}]0;pwn\u{7}\u{1b}[2J first\nsecond \u{202e}desrever";
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":title}}));
    let ran = run(["list", &path(&bench), "findings"]).exits(0);
    assert_eq!(ran.out.lines().count(), 1);
    assert!(!ran.out.trim_end().contains(|c: char| c.is_control() || c == '\u{202e}'), "{ran:?}");
    assert!(ran.out.contains("pwn"), "{ran:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_cannot_be_written_is_no_success() {
    let bench = Bench::new();
    for args in [vec!["score"], vec!["score", "--json"], vec!["list", "findings"]] {
        let (word, rest) = args.split_first().unwrap();
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(groma_tests::groma());
        command.arg(word).arg(&bench.file).args(rest).stdout(full).stderr(std::process::Stdio::null());
        // An empty list prints nothing, so nothing is lost.
        let expected = i32::from(*word == "score");
        assert_eq!(command.status().unwrap().code(), Some(expected), "{args:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let bench = Bench::new();
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"Kept"}}));
    // Nothing is forbidden to root, so the reader is nobody, with a binary that nobody may run.
    let binary = bench.folder.path().join("groma");
    if std::fs::hard_link(groma_tests::groma(), &binary).is_err() {
        std::fs::copy(groma_tests::groma(), &binary).unwrap();
    }
    let allow = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(&bench.file, 0o444);
    allow(bench.folder.path(), 0o555);
    let root = std::fs::metadata("/proc/self").unwrap();
    let root = std::os::unix::fs::MetadataExt::uid(&root) == 0;
    let groma = |args: &[&str]| {
        let mut command = std::process::Command::new(&binary);
        command.args(args);
        if root {
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let file = path(&bench);
    for args in [["score", &file].as_slice(), &["verify", &file], &["list", &file, "findings"]] {
        assert_eq!(groma(args), (Some(0), String::new()), "{args:?}");
    }
    let (code, told) = groma(&["call", &file, r#"{"do":"delete","kind":"findings","id":"F-001"}"#]);
    assert_eq!(code, Some(3), "{told}");
    assert!(told.contains("read-only") || told.contains("cannot be written"), "{told}");
    allow(bench.folder.path(), 0o755);
}
