//! The sample engagement: built from raw files, equal to what was reckoned by hand, fit to be shown.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use groma_tests::{Bench, pdf_letters, pdf_text, root, run, skipped};
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
fn copy() -> Bench {
    let bench = Bench::empty();
    std::fs::copy(&sample().file, &bench.file).unwrap();
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
fn a_delivered_audit_leaves_no_candidate_undecided() {
    let bench = copy();
    let all = bench.call(&json!({"do":"candidates","decided":true}));
    let all = all.as_array().unwrap();
    assert!(all.len() > 100, "{}", all.len());
    let open: Vec<&Value> = all.iter().filter(|candidate| candidate["outcome"].is_null()).collect();
    assert!(open.is_empty(), "{open:?}");
    assert!(all.iter().filter(|candidate| !candidate["finding"].is_null()).count() > 60, "most led to a finding");
}

#[test]
fn score_equals_the_hand_calculation() {
    let bench = copy();
    let score = run(["score".as_ref(), bench.file.as_os_str(), "--json".as_ref()]).exits(0).json();
    let hand = by_hand();
    for key in ["passed", "total", "assessed", "percent", "band"] {
        holds(&hand["health"][key], &score["health"][key], key);
    }
    let sections = hand["health"]["sections"].as_array().unwrap();
    assert_eq!(sections.len(), 9);
    for (section, found) in sections.iter().zip(score["health"]["sections"].as_array().unwrap()) {
        for key in ["id", "passed", "failed", "improve", "not_assessed", "not_applicable", "total"] {
            holds(&section[key], &found[key], &format!("section {} {key}", section["id"]));
        }
    }
    let areas = score["maturity"]["areas"].as_array().unwrap();
    let levels: Vec<Value> = areas.iter().map(|area| area["level"].clone()).collect();
    holds(&hand["maturity"]["levels"], &Value::Array(levels), "levels");
    holds(&hand["maturity"]["mean"], &score["maturity"]["mean"], "mean");
    holds(&hand["maturity"]["weakest"], &score["maturity"]["weakest"]["id"], "weakest");
    holds(&hand["maturity"]["weakest_level"], &score["maturity"]["weakest"]["level"], "weakest level");
}

#[test]
fn plan_and_costs_equal_the_hand_calculation() {
    let bench = copy();
    let plan = bench.call(&json!({"do":"plan"}));
    let (hand, total) = (by_hand(), &plan["cost"]["total"]);
    holds(&hand["effort"], &total["effort"], "effort");
    for key in ["work", "build", "budget", "training", "once", "yearly"] {
        holds(&hand["cost_likely_cents"][key], &total[key]["likely"], key);
    }
    for key in ["contingency", "with_contingency"] {
        holds(&hand["cost_likely_cents"][key], &total[key], key);
    }
    for phase in hand["phases"].as_array().unwrap() {
        let found =
            plan["cost"]["phases"].as_array().unwrap().iter().find(|row| row["number"] == phase["number"]).unwrap();
        holds(&phase["effort_likely"], &found["parts"]["effort"]["likely"], "phase effort");
        holds(&phase["work"], &found["parts"]["work"]["likely"], "phase work");
        holds(&phase["once"], &found["parts"]["once"]["likely"], "phase once");
        holds(&phase["contingency"], &found["parts"]["contingency"], "phase contingency");
    }
    for role in hand["roles"].as_array().unwrap() {
        let found = plan["cost"]["roles"].as_array().unwrap().iter().find(|row| row["name"] == role["name"]).unwrap();
        holds(&role["days_likely"], &found["days"]["likely"], "role days");
        holds(&role["cost_likely_cents"], &found["cost"]["likely"], "role cost");
    }
    let schedule = &plan["schedule"];
    assert_eq!(schedule["unscheduled"], json!([]));
    let wins: Vec<&Value> =
        plan["quick_wins"].as_array().unwrap().iter().filter(|win| win["quick_win"] == true).collect();
    assert!((4..=6).contains(&wins.len()), "{} quick wins", wins.len());
}

#[test]
fn what_the_client_mended_was_measured_again_and_decided_and_two_proposals_are_left() {
    let bench = copy();
    let reply = run(["retest".as_ref(), bench.file.as_os_str(), "--json".as_ref()]).exits(0).json();
    let (pairs, proposals) = (reply["pairs"].as_array().unwrap(), reply["proposals"].as_array().unwrap());
    let again = std::fs::read_dir(root().join("assets/sample/raw-retest")).unwrap().flatten().map(|one| one.path());
    let files: usize = again.map(|folder| std::fs::read_dir(folder).unwrap().count()).sum();
    assert_eq!(pairs.len(), files, "every file of the second measurement is the newer state of one of the first");
    for pair in pairs {
        assert_eq!(
            (&pair["newer_name"], &pair["newer_at"].as_str().unwrap()[..10]),
            (&pair["earlier_name"], "2026-11-23")
        );
    }
    // Number, what is proposed, what was decided, what it is now.
    let told: Vec<_> =
        proposals.iter().map(|one| json!([one["number"], one["outcome"], one["decided"], one["life"]])).collect();
    let hand = [
        json!([2, "partly_fixed", "accepted", "partly_fixed"]),
        json!([6, "partly_fixed", "accepted", "partly_fixed"]),
        json!([7, "open", null, "open"]),
        json!([8, "partly_fixed", null, "open"]),
        json!([15, "fixed", "accepted", "fixed"]),
    ];
    assert_eq!(told, hand, "{proposals:#?}");
    // Of a whole file only what the finding is about counts: the sign-in's headers belong to another.
    assert_eq!(proposals[0]["values"].as_array().unwrap().len(), 3, "{}", proposals[0]);
    let lives: Vec<String> = (bench.call(&json!({"do":"list","kind":"findings"})).as_array().unwrap().iter())
        .filter(|finding| finding["kind"] == "gap")
        .map(|finding| finding["life"].as_str().unwrap().to_owned())
        .collect();
    for life in ["fixed", "partly_fixed"] {
        assert_eq!(json!(lives.iter().filter(|one| *one == life).count()), by_hand()["counts"][life], "{life}");
    }
    // The board's p99 as wrk wrote it in both files; statements by route were not counted again, and keep it from fixed.
    let board = &bench.call(&json!({"do":"get","kind":"findings","id":"F-006"}))["retests"][0];
    assert!(board["at"].as_str().unwrap().starts_with("2026-11-23"), "{board}");
    let p99 = |folder: &str| -> f64 {
        let text =
            std::fs::read_to_string(root().join(format!("assets/sample/{folder}/load/dispatch-board.txt"))).unwrap();
        let value = text.lines().find_map(|line| line.trim().strip_prefix("99%")).unwrap().trim().to_owned();
        match value.strip_suffix("ms") {
            Some(ms) => ms.parse().unwrap(),
            None => value.strip_suffix('s').unwrap().parse::<f64>().unwrap() * 1000.0,
        }
    };
    let values = board["values"].as_array().unwrap();
    let latency = values.iter().find(|value| value["metric"] == "http.latency.p99").unwrap();
    holds(&json!([p99("raw"), p99("raw-retest")]), &json!([latency["was"], latency["now"]]), "p99");
    assert!(p99("raw") > 2000.0 && p99("raw-retest") < 500.0, "seconds before, less than half a second now");
    assert!(proposals[1]["missing"].to_string().contains("db.queries_per_request"), "{}", proposals[1]);
    assert!(proposals[3]["missing"].to_string().contains("http.failed.ratio"), "the export: {}", proposals[3]);
    // What is left open can be decided, as the window does it.
    let open = proposals[3]["key"].clone();
    let decided = bench.call(&json!({"do":"accept_retest","key":open}))["object"].clone();
    assert_eq!(decided["life"], "partly_fixed");

    // Prose that calls figures by name prints the first and the second value, and no others.
    let (reply, _) = bench.report("retest.pdf");
    assert_eq!(reply["warnings"], json!([]));
    let Some(text) = pdf_text(&bench.folder.path().join("retest.pdf")) else { return };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("fell from 4,380 ms to 404 ms"), "the summary tells both values");
    assert!(text.contains("Retested on 23 November 2026"));
}

#[test]
fn it_is_whole_and_nothing_in_it_would_embarrass() {
    let bench = copy();
    let verify = run(["verify".as_ref(), bench.file.as_os_str(), "--json".as_ref()]).exits(0).json();
    assert_eq!(verify["problems"], json!([]));
    let check = run(["check".as_ref(), bench.file.as_os_str(), "--json".as_ref()]).exits(0).json();
    assert_eq!(check["errors"], 0, "{check:#}");
    let count = |kind: &str| bench.call(&json!({"do":"list","kind":kind})).as_array().unwrap().len();
    assert!((15..=20).contains(&count("findings")), "{} findings", count("findings"));
    assert!(count("initiatives") >= 12);
    assert_eq!(count("phases"), 4);
    assert!(count("diagrams") >= 2);
}

#[test]
fn its_report_is_the_same_twice_and_holds_every_section() {
    let bench = copy();
    let (reply, first) = bench.report("a.pdf");
    let (_, second) = bench.report("b.pdf");
    assert!(first == second, "two runs differ");
    assert_eq!(reply["warnings"], json!([]), "the typesetter has nothing to remark");
    let Some(text) = pdf_text(&bench.folder.path().join("a.pdf")) else { return };
    for finding in bench.call(&json!({"do":"list","kind":"findings"})).as_array().unwrap() {
        let code = format!("F-{:03}", finding["number"].as_u64().unwrap());
        assert!(text.contains(&code), "{code} is not in the report");
    }
    // Long names break at the end of a line and prose has marks: only letters and digits are compared.
    let squeezed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let letters = pdf_letters(&bench.folder.path().join("a.pdf"));
    let letters = squeezed(&letters);
    for artifact in bench.call(&json!({"do":"list","kind":"artifacts"})).as_array().unwrap() {
        let name = artifact["name"].as_str().unwrap();
        assert!(letters.contains(&squeezed(name)), "{name} is not in the evidence list");
    }
    for note in bench.call(&json!({"do":"list","kind":"notes"})).as_array().unwrap() {
        let start: String = squeezed(note["body"].as_str().unwrap()).chars().take(40).collect();
        let printed = letters.contains(&start);
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
    let bench = copy();
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
