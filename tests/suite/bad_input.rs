//! Bad input: one line a file with place, reason and remedy; nothing half-written; the good ones imported.

use groma_tests::{Bench, corpus, run, wrk};
use serde_json::{Value, json};

/// A file that nothing is wrong with.
fn good() -> String {
    wrk("http://127.0.0.1:8080/api/users", "44.00ms")
}

fn import(bench: &Bench, what: &str) -> (i32, Value) {
    let ran = run(["import", &bench.file.to_string_lossy(), what, "--json"]);
    (ran.code, ran.json())
}

#[test]
fn a_folder_of_good_and_bad_files_gives_one_line_each() {
    let bench = Bench::new();
    bench.put("in/good.txt", good());
    bench.put("in/empty.json", "");
    bench.put("in/prose.txt", "Dear all,\nplease find the results attached.\n");
    bench.put("in/bare.json", "[]");
    bench.put(
        "in/truncated.sarif",
        r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"ruleId":"#,
    );
    bench.put("in/deep.json", "[".repeat(100_000));
    bench.put("in/binary.bin", [0u8, 159, 146, 150, 255, 254, 0, 1].repeat(100));
    bench.put("in/latin1.txt", b"Pr\xfcfung ohne Werkzeug\n");
    let folder = bench.folder.path().join("in");
    let (code, reply) = import(&bench, &folder.to_string_lossy());
    assert_eq!(code, 3);
    let files = reply["files"].as_array().unwrap();
    assert_eq!(files.len(), 8);
    for file in files {
        let good = file["path"].as_str().unwrap().ends_with("good.txt");
        if good {
            assert_eq!(file["outcome"], "imported");
        } else {
            assert_ne!(file["outcome"], "imported", "{file}");
            assert!(!file["reason"].as_str().unwrap().is_empty(), "{file}");
            assert!(!file["remedy"].as_str().unwrap().is_empty(), "{file}");
            assert_eq!(file["measurements"], json!([]));
        }
    }
    let truncated = files.iter().find(|f| f["path"].as_str().unwrap().ends_with("truncated.sarif")).unwrap();
    assert!(truncated["reason"].as_str().unwrap().contains("line 1"), "{truncated}");
    let artifacts = bench.call(&json!({"do":"list","kind":"artifacts"}));
    assert_eq!(artifacts.as_array().unwrap().len(), 1, "only the good one is kept");
    // People see the same, one line a file.
    let ran = run(["inspect", &folder.to_string_lossy()]).exits(3);
    assert_eq!(ran.out.lines().count(), 8, "{}", ran.out);
}

#[test]
fn a_repeated_import_adds_nothing() {
    let bench = Bench::new();
    let good = bench.put("good.txt", good()).to_string_lossy().into_owned();
    let (code, first) = import(&bench, &good);
    assert_eq!(code, 0);
    let (code, second) = import(&bench, &good);
    assert_eq!(code, 0);
    assert_eq!(first["files"][0]["artifact"], second["files"][0]["artifact"]);
    assert_eq!(second["changes"], Value::Null);
    assert_eq!(bench.call(&json!({"do":"list","kind":"artifacts"})).as_array().unwrap().len(), 1);
}

#[test]
fn a_huge_file_is_read_or_refused_in_bounded_memory() {
    let bench = Bench::new();
    let huge = bench.put("huge.txt", "x".repeat(200 << 20));
    let (code, reply) = import(&bench, &huge.to_string_lossy());
    assert_eq!(code, 3);
    assert_eq!(reply["files"][0]["outcome"], "refused");
    std::fs::remove_file(huge).unwrap();
}

#[test]
fn files_that_are_no_engagement_are_refused_and_left_alone() {
    let bench = Bench::new();
    let whole = std::fs::read(&bench.file).unwrap();
    for (name, content) in [
        ("text.groma", b"not a database".to_vec()),
        ("empty.groma", Vec::new()),
        ("short.groma", whole[..whole.len() / 2].to_vec()),
        ("other.groma", [b"SQLite format 3\0".as_slice(), &[0; 4080]].concat()),
    ] {
        let path = bench.put(name, &content);
        let ran = run(["score", &path.to_string_lossy()]).exits(3);
        assert!(ran.err.contains(name), "{}", ran.err);
        assert_eq!(std::fs::read(&path).unwrap(), content, "{name} was touched");
    }
}

#[test]
fn markup_in_any_text_field_prints_as_text() {
    let bench = Bench::new();
    let nasty = "#read(\"/etc/passwd\") $x^2$ *bold* @ref <label> \\ `code` #{1+1} \" // -- [x] \u{0} \u{202e}rtl\u{202c} مرحبا 日本 🦊";
    let word = "x".repeat(100_000);
    bench.call(&json!([
        {"do":"update","kind":"engagement","fields":{"client":nasty,"system":nasty,"classification":nasty,"verdict":nasty,"firm":nasty,
            "scope":nasty,"report_date":"2026-03-02","auditors":[{"name":nasty,"role":nasty}]}},
        {"do":"insert","kind":"findings","object":{"title":nasty,"area":nasty,"owner":nasty,"condition":nasty,"severity_reason":nasty,
            "summary":word.as_str(),"elements":[nasty],"references":[nasty],"effort":{"low":1,"likely":2,"high":3}}},
        {"do":"insert","kind":"findings","object":{"title":word.as_str(),"condition":format!("{nasty}\n\n| a | b |\n|---|---|\n| {nasty} | {word} |\n")}},
        {"do":"insert","kind":"risks","object":{"title":nasty,"scenario":nasty,"owner":word.as_str(),"current":{"likelihood":3,"impact":3}}},
        {"do":"insert","kind":"roles","object":{"name":nasty,"day_rate":90000}},
        {"do":"insert","kind":"initiatives","object":{"title":nasty,"description":nasty,"effort":{"low":1,"likely":2,"high":3}}},
        {"do":"insert","kind":"phases","object":{"name":nasty,"number":1,"exit_criteria":[nasty],"objective":nasty}},
        {"do":"insert","kind":"notes","object":{"title":nasty,"body":nasty}},
        {"do":"insert","kind":"symptoms","object":{"title":nasty,"workaround":nasty}},
        {"do":"insert","kind":"metrics","object":{"name":nasty,"current":nasty,"target":word.as_str()}},
    ]));
    let (reply, _) = bench.report("nasty.pdf");
    assert!(reply["pages"].as_u64().unwrap() > 3);
    if let Some(text) = groma_tests::pdf_text(&bench.folder.path().join("nasty.pdf")) {
        for literal in ["#read(\"/etc/passwd\")", "$x^2$", "*bold*", "@ref", "#{1+1}"] {
            assert!(text.contains(literal), "{literal} is not printed as text");
        }
        assert!(!text.contains("root:"), "no file was read");
    }
}

#[test]
fn every_odd_file_of_the_corpus_has_its_outcome() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("import");
    let manifest: Value = serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let mut seen = 0;
    for entry in manifest.as_array().unwrap().iter().filter(|entry| entry["format"] == "edge") {
        let file = folder.join(entry["file"].as_str().unwrap());
        let wanted = entry["expect"]["outcome"].as_str().unwrap();
        let ran = run(["inspect", &file.to_string_lossy(), "--json"]);
        let report = &ran.json()["files"][0];
        let outcome = report["outcome"].as_str().unwrap();
        let (expected, code) = match wanted {
            wanted if wanted.starts_with("import") => ("imported", 0),
            wanted if wanted.starts_with("ambiguous") => ("ambiguous", 3),
            _ => ("refused", 3),
        };
        assert_eq!((outcome, ran.code), (expected, code), "{}: {wanted}: {report}", file.display());
        seen += 1;
    }
    assert_eq!(seen, 12);
}

#[test]
#[cfg(unix)]
fn a_pipe_is_refused_without_waiting() {
    let bench = Bench::new();
    let pipe = bench.folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (code, reply) = import(&bench, &pipe.to_string_lossy());
    assert_eq!((code, &reply["files"][0]["outcome"]), (3, &json!("refused")));
}

#[test]
fn a_number_of_another_kind_finds_nothing() {
    let bench = Bench::new();
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"One"}}));
    let path = bench.file.to_string_lossy().into_owned();
    let _ = run(["call", &path, r#"{"do":"delete","kind":"findings","id":"R-001"}"#]).exits(3);
    assert_eq!(bench.call(&json!({"do":"get","kind":"findings","id":"F-001"}))["title"], "One");
}

#[test]
fn a_missing_path_does_not_discard_the_others() {
    let bench = Bench::new();
    let good = bench.put("good.txt", good()).to_string_lossy().into_owned();
    let ran = run(["import", &bench.file.to_string_lossy(), "/no/such/file", &good, "--json"]).exits(3);
    let files = ran.json()["files"].clone();
    assert_eq!((&files[0]["outcome"], &files[1]["outcome"]), (&json!("refused"), &json!("imported")));
    assert_eq!(bench.call(&json!({"do":"list","kind":"artifacts"})).as_array().unwrap().len(), 1);
}

#[test]
fn what_cannot_be_walked_does_not_discard_the_others() {
    let bench = Bench::new();
    bench.put("in/good.txt", good());
    bench.put(&format!("in/deep/{}/x.txt", ["d"; 40].join("/")), good());
    std::fs::create_dir(bench.folder.path().join("empty")).unwrap();
    let folder = |name: &str| bench.folder.path().join(name).to_string_lossy().into_owned();
    let ran = run(["import", &bench.file.to_string_lossy(), &folder("in"), &folder("empty"), "--json"]).exits(3);
    let reply = ran.json();
    let files = reply["files"].as_array().unwrap();
    let outcomes: Vec<&str> = files.iter().map(|file| file["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["refused", "imported", "refused"], "{reply}");
    assert!(files[0]["reason"].as_str().unwrap().contains("too deeply"), "{reply}");
    assert!(files[2]["reason"].as_str().unwrap().contains("holds no files"), "{reply}");
}

#[test]
fn values_out_of_range_in_a_file_are_told_by_check() {
    let bench = Bench::new();
    bench.call(&json!({"do":"insert","kind":"roles","object":{"name":"Engineer","day_rate":90000}}));
    assert!(!problems(&bench).contains("value.range"));
    // As an older version, or another program, may have left it.
    bench.sql("UPDATE roles SET day_rate = -5");
    bench.sql("UPDATE engagement SET brand = 'gone', contingency_percent = 1e300");
    let told = problems(&bench);
    assert!(told.contains("value.range") && told.contains("control.setting"), "{told}");
    let path = bench.file.to_string_lossy().into_owned();
    let ran = run(["report", &path, "-o", &bench.folder.path().join("x.pdf").to_string_lossy()]).exits(3);
    assert!(ran.err.contains("gone"), "{}", ran.err);
}

fn problems(bench: &Bench) -> String {
    run(["check", &bench.file.to_string_lossy()]).out
}
