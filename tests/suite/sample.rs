//! The sample engagement: built from raw files, equal to what was reckoned by hand, fit to be shown.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use groma_tests::{Bench, pdf_text, root, run, skipped};
use serde_json::{Value, json};

/// The sample, made once for all tests of this module.
fn sample() -> &'static Bench {
    static SAMPLE: OnceLock<Bench> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let bench = Bench::empty();
        let _ = run(["sample".as_ref(), bench.file.as_os_str()]).exits(0);
        bench
    })
}

/// A copy of the sample for tests that may run at the same time: a file is open in one process only.
fn copy(name: &str) -> Bench {
    static LOCK: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _held = LOCK.lock().unwrap();
    let bench = Bench::empty();
    std::fs::copy(&sample().file, &bench.file).unwrap();
    let _ = name;
    bench
}

fn by_hand() -> Value {
    let path = root().join("tests/fixtures/sample/expected.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Every number that was reckoned by hand stands in the answer.
fn holds(hand: &Value, answer: &Value, place: &str) {
    match hand {
        Value::Object(fields) => {
            for (key, value) in fields {
                holds(value, &answer[key], &format!("{place}/{key}"));
            }
        }
        Value::Array(items) => {
            let found = answer.as_array().unwrap_or_else(|| panic!("{place} is no list: {answer}"));
            assert_eq!(found.len(), items.len(), "{place}");
            for (index, item) in items.iter().enumerate() {
                holds(item, &found[index], &format!("{place}/{index}"));
            }
        }
        Value::Number(number) => {
            let (hand, found) = (number.as_f64().unwrap(), answer.as_f64());
            assert!(found.is_some_and(|found| (found - hand).abs() < 0.005), "{place}: {hand} by hand, {answer} here");
        }
        _ => assert_eq!(hand, answer, "{place}"),
    }
}

#[test]
fn score_equals_the_hand_calculation() {
    let bench = copy("score");
    let score = run(["score".as_ref(), bench.file.as_os_str(), "--json".as_ref()]).exits(0).json();
    holds(&by_hand()["score"], &score, "score");
}

#[test]
fn plan_and_costs_equal_the_hand_calculation() {
    let bench = copy("plan");
    let plan = bench.call(&json!({"do":"plan"}));
    holds(&by_hand()["plan"], &plan, "plan");
}

#[test]
fn it_is_whole_and_nothing_in_it_would_embarrass() {
    let bench = copy("check");
    let verify = run(["verify".as_ref(), bench.file.as_os_str(), "--json".as_ref()]).exits(0).json();
    assert_eq!(verify["problems"], json!([]));
    let check = run(["check".as_ref(), bench.file.as_os_str(), "--json".as_ref()]).exits(0).json();
    assert_eq!(check["errors"], 0, "{check:#}");
    let count = |kind: &str| bench.call(&json!({"do":"list","kind":kind})).as_array().unwrap().len();
    assert!((15..=20).contains(&count("findings")), "{} findings", count("findings"));
    assert!(count("initiatives") >= 12);
    assert_eq!(count("phases"), 4);
    assert_eq!(count("diagrams"), 2);
}

#[test]
fn its_report_is_the_same_twice_and_holds_every_section() {
    let bench = copy("report");
    let (reply, first) = bench.report("a.pdf");
    let (_, second) = bench.report("b.pdf");
    assert!(first == second, "two runs differ");
    assert_eq!(reply["warnings"], json!([]), "the typesetter has nothing to remark");
    let Some(text) = pdf_text(&bench.folder.path().join("a.pdf")) else { return };
    for finding in bench.call(&json!({"do":"list","kind":"findings"})).as_array().unwrap() {
        let code = format!("F-{:03}", finding["number"].as_u64().unwrap());
        assert!(text.contains(&code), "{code} is not in the report");
    }
    for artifact in bench.call(&json!({"do":"list","kind":"artifacts"})).as_array().unwrap() {
        let name = artifact["name"].as_str().unwrap();
        assert!(text.contains(name), "{name} is not in the evidence list");
    }
    for note in bench.call(&json!({"do":"list","kind":"notes"})).as_array().unwrap() {
        let body: Vec<&str> = note["body"].as_str().unwrap().split_whitespace().take(4).collect();
        let printed = text.split_whitespace().collect::<Vec<_>>().join(" ").contains(&body.join(" "));
        assert_eq!(printed, !note["private"].as_bool().unwrap(), "{}", note["title"]);
    }
}

#[test]
fn the_ejected_project_gives_the_same_pages() {
    let home = std::env::var("HOME").map(PathBuf::from).unwrap_or_default();
    let installed = ["typst".into(), home.join(".cargo/bin/typst")]
        .into_iter()
        .find(|typst: &PathBuf| Command::new(typst).arg("--version").output().is_ok_and(|o| o.status.success()));
    let Some(typst) = installed else { return skipped("typst-cli is not installed") };
    let bench = copy("eject");
    let (reply, _) = bench.report("own.pdf");
    let folder = bench.folder.path().join("project");
    let args = ["report".as_ref(), bench.file.as_os_str(), "--eject".as_ref(), folder.as_os_str(), "--json".as_ref()];
    let ejected = run(args).exits(0).json();
    let command = ejected["command"].as_str().unwrap();
    let words: Vec<&str> = command.split_whitespace().skip(1).collect();
    let output = Command::new(typst).args(&words).current_dir(&folder).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    let pages = |pdf: PathBuf| {
        let info = Command::new("pdfinfo").arg(pdf).output().unwrap();
        let text = String::from_utf8_lossy(&info.stdout).into_owned();
        text.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse::<u64>().unwrap()
    };
    assert_eq!(pages(folder.join("main.pdf")), reply["pages"].as_u64().unwrap());
}
