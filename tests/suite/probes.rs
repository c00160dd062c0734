//! The product's own probes: a checkout that is read without being run, and the kit for the client's operators.

use std::os::unix::fs::PermissionsExt;

use groma_tests::{Bench, run};
use serde_json::{Value, json};

/// A service with a call that never gives up and a statement made of text.
fn checkout(bench: &Bench) -> String {
    bench.put("shop/package.json", r#"{"name":"shop","dependencies":{"express":"4.17.1"},"engines":{"node":"14"}}"#);
    bench.put(
        "shop/src/orders.js",
        "const axios = require('axios');\n\
         async function order(id) {\n  const price = await axios.get('http://prices/v1/' + id);\n  return price.data;\n}\n\
         function find(db, name) {\n  return db.query(\"SELECT * FROM orders WHERE name = '\" + name + \"'\");\n}\n\
         module.exports = { order, find };\n",
    );
    bench.folder.path().join("shop").to_string_lossy().into_owned()
}

#[test]
fn a_checkout_tells_its_faults_by_line_and_leads_to_verdicts() {
    let bench = Bench::new();
    let folder = checkout(&bench);
    let file = bench.file.to_string_lossy().into_owned();
    let facts = run(["probe", "code", &folder]).exits(0).json();
    let issues = facts["issues"].as_array().unwrap();
    let at = |line: u64| issues.iter().any(|issue| issue["file"] == "src/orders.js" && issue["line"] == line);
    assert!(at(3), "the call without a time limit: {issues:?}");
    assert!(at(7), "the statement made of text: {issues:?}");

    // Written to a file, imported, or taken in at once: the same facts.
    let out = bench.folder.path().join("facts.json").to_string_lossy().into_owned();
    let _ = run(["probe", "code", &folder, "-o", &out]).exits(0);
    let _ = run(["probe", "code", &folder, "--into", &file]).exits(0);
    let artifacts = bench.call(&json!({"do":"list","kind":"artifacts"}));
    assert_eq!(artifacts.as_array().unwrap().len(), 1);
    assert_eq!(artifacts[0]["format"], "groma-facts");
    let answers = bench.call(&json!({"do":"answers"}));
    let proposed: Vec<&Value> = answers["answers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["proposal"]["verdict"] == "fail" || row["proposal"]["verdict"] == "partial")
        .collect();
    assert!(!proposed.is_empty(), "no check is answered by what the code tells");
    assert!(proposed.iter().all(|row| row["verdict"] == "not_assessed"), "a person decides");

    // One step back, and nothing of it is left.
    bench.call(&json!({"do":"undo"}));
    assert_eq!(bench.call(&json!({"do":"list","kind":"artifacts"})), json!([]));
}

#[test]
fn facts_written_to_a_file_are_imported_like_any_tools() {
    let bench = Bench::new();
    let folder = checkout(&bench);
    let out = bench.folder.path().join("facts.json").to_string_lossy().into_owned();
    let _ = run(["probe", "code", &folder, "-o", &out]).exits(0);
    let file = bench.file.to_string_lossy().into_owned();
    let reply = run(["import", &file, &out, "--json"]).exits(0).json();
    assert_eq!(reply["files"][0]["format"], "groma-facts", "{reply}");
    assert!(reply["files"][0]["artifact"].is_string(), "{reply}");
}

#[test]
fn what_is_no_checkout_is_refused() {
    let bench = Bench::new();
    let file = bench.file.to_string_lossy().into_owned();
    let missing = bench.folder.path().join("nowhere").to_string_lossy().into_owned();
    let ran = run(["probe", "code", &missing]).exits(3);
    assert!(ran.err.contains("nowhere"), "{ran:?}");
    let ran = run(["probe", "code", &file]).exits(3);
    assert!(ran.err.contains("folder"), "{ran:?}");
}

#[test]
fn the_kit_asks_for_what_is_open_and_never_overwrites() {
    let bench = Bench::new();
    let file = bench.file.to_string_lossy().into_owned();
    let kit = bench.folder.path().join("kit");
    let folder = kit.to_string_lossy().into_owned();
    let reply = run(["kit", &file, "-o", &folder, "--json"]).exits(0).json();
    let (answers, unanswered) = (reply["answers"].as_u64().unwrap(), reply["unanswered"].as_array().unwrap().len());
    let checks = bench.call(&json!({"do":"answers"}))["answers"].as_array().unwrap().len();
    assert_eq!(answers as usize + unanswered, checks, "every check is told of: {reply}");
    assert!(kit.join("README.md").is_file());
    let script = kit.join("run.sh");
    assert_ne!(std::fs::metadata(&script).unwrap().permissions().mode() & 0o100, 0, "it can be started");

    // The same folder again while nobody touched it; never over somebody's work.
    let _ = run(["kit", &file, "-o", &folder]).exits(0);
    let readme = kit.join("README.md");
    std::fs::write(&readme, "my own notes").unwrap();
    let ran = run(["kit", &file, "-o", &folder]);
    assert_ne!(ran.code, 0, "{ran:?}");
    assert_eq!(std::fs::read_to_string(&readme).unwrap(), "my own notes");
    let theirs = bench.put("theirs/letter.txt", "dear all");
    let ran = run(["kit", &file, "-o", &theirs.parent().unwrap().to_string_lossy()]);
    assert_ne!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("theirs"), "{ran:?}");

    // What is answered is not asked for again, unless all is wanted.
    bench.call(&json!({"do":"confirm","check":"backend-health/1.1","verdict":"pass"}));
    let again = |name: &str, all: bool| {
        let folder = bench.folder.path().join(name).to_string_lossy().into_owned();
        let mut args = vec!["kit", &file, "-o", &folder, "--json"];
        args.extend(all.then_some("--all"));
        let reply = run(args).exits(0).json();
        reply["answers"].as_u64().unwrap() as usize + reply["unanswered"].as_array().unwrap().len()
    };
    assert_eq!((again("less", false), again("all", true)), (checks - 1, checks));
}
