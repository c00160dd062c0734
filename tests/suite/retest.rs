//! Measuring again: a newer file is recognised, compared, and proposes what became of findings; and what causes what.

use groma_tests::{Bench, pdf_letters, run, wrk};
use serde_json::{Value, json};

/// A scan of one tool on one day: rule, file, line and the tool's fingerprint of each result.
fn sarif(day: &str, results: &[(&str, &str, u32, &str)]) -> String {
    let results: Vec<Value> = results
        .iter()
        .map(|(rule, file, line, print)| {
            json!({"ruleId": rule, "level": "error", "message": {"text": format!("{rule} found")},
                "partialFingerprints": if print.is_empty() { json!({}) } else { json!({"primaryLocationLineHash": print}) },
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": file}, "region": {"startLine": line}}}]})
        })
        .collect();
    json!({"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [{
        "tool": {"driver": {"name": "Scanalot", "version": "1.0"}},
        "invocations": [{"executionSuccessful": true, "endTimeUtc": format!("{day}T10:00:00Z")}],
        "results": results,
    }]})
    .to_string()
}

fn import(bench: &Bench, name: &str, content: &str) -> Value {
    let path = bench.put(name, content);
    run(["import", &bench.file.to_string_lossy(), &path.to_string_lossy(), "--json"]).exits(0).json()
}

fn refused(bench: &Bench, command: &Value) -> String {
    let file = bench.file.to_string_lossy().into_owned();
    let ran = run(["call", &file, &command.to_string()]);
    assert_ne!(ran.code, 0, "{command}");
    format!("{}{}", ran.out, ran.err)
}

fn proposal(bench: &Bench) -> Value {
    let reply = run(["retest", &bench.file.to_string_lossy(), "--json"]).exits(0).json();
    reply["proposals"][0].clone()
}

#[test]
fn a_newer_load_test_proposes_fixed_and_nothing_is_closed_by_itself() {
    let bench = Bench::new();
    let url = "http://127.0.0.1:8080/api/orders";
    let first = import(&bench, "orders.txt", &wrk(url, "840.00ms"))["files"][0]["artifact"].clone();
    let finding = bench.call(&json!({"do":"accept","candidate":"check:backend-health:1.1"}))["object"]["id"].clone();
    assert_eq!(run(["retest", &bench.file.to_string_lossy(), "--json"]).exits(0).json()["pairs"], json!([]));

    let again = import(&bench, "orders.txt", &wrk(url, "140.00ms"));
    assert_eq!(again["files"][0]["replaces"], "orders.txt", "{again}");
    let second = again["files"][0]["artifact"].clone();
    assert_eq!(bench.call(&json!({"do":"get","kind":"artifacts","id":second}))["replaces"], first);
    // What was measured before is no contradiction.
    let answers = bench.call(&json!({"do":"answers"}));
    let row = answers["answers"].as_array().unwrap().iter().find(|row| row["check"] == "1.1").unwrap();
    assert_eq!(
        (&row["proposal"]["verdict"], &row["proposal"]["conflicting"]),
        (&json!("pass"), &json!(false)),
        "{row}"
    );

    let proposed = proposal(&bench);
    assert_eq!(
        (&proposed["outcome"], &proposed["life"], &proposed["decided"]),
        (&json!("fixed"), &json!("open"), &Value::Null)
    );
    let value = &proposed["values"][0];
    assert_eq!((&value["value"]["was"], &value["value"]["now"]), (&json!(840.0), &json!(140.0)));
    assert_eq!((&value["was_side"], &value["now_side"]), (&json!("misses"), &json!("meets")));
    assert_eq!(bench.call(&json!({"do":"get","kind":"findings","id":finding}))["life"], "open");
    let printed = run(["retest", &bench.file.to_string_lossy()]).exits(0).out;
    assert!(printed.contains("F-001  fixed") && printed.contains("was 840 ms, now 140 ms"), "{printed}");

    let key = proposed["key"].clone();
    let accepted = bench.call(&json!({"do":"accept_retest","key":key}))["object"].clone();
    assert_eq!((&accepted["life"], accepted["retests"].as_array().unwrap().len()), (&json!("fixed"), 1));
    let links = bench.call(&json!({"do":"list","kind":"evidence_links"}));
    let notes: Vec<&str> = links.as_array().unwrap().iter().filter_map(|link| link["note"].as_str()).collect();
    assert!(notes.iter().any(|note| note.contains("840") && note.contains("140")), "{notes:?}");
    assert!(refused(&bench, &json!({"do":"accept_retest","key":key})).contains("already accepted"));
    assert_eq!(proposal(&bench)["decided"], "accepted");

    let (reply, _) = bench.report("report.pdf");
    assert_eq!(reply["warnings"], json!([]));
    let letters = pdf_letters(&bench.folder.path().join("report.pdf"));
    if !letters.is_empty() {
        for words in ["What was measured again", "Retested on", "840", "140"] {
            assert!(letters.contains(words), "{words} is not in the report");
        }
    }

    // A step back takes the finding, the evidence and the decision with it.
    bench.call(&json!({"do":"undo"}));
    let back = bench.call(&json!({"do":"get","kind":"findings","id":finding}));
    assert_eq!((&back["life"], &back["retests"]), (&json!("open"), &json!([])));
    assert_eq!(proposal(&bench)["decided"], Value::Null);
}

#[test]
fn halfway_is_partly_fixed_and_no_change_is_still_so_and_a_link_can_be_taken_back() {
    for (p99, outcome) in [("500.00ms", "partly_fixed"), ("800.00ms", "open")] {
        let bench = Bench::new();
        let url = "http://127.0.0.1:8080/api/orders";
        import(&bench, "orders.txt", &wrk(url, "840.00ms"));
        bench.call(&json!({"do":"accept","candidate":"check:backend-health:1.1"}));
        let again = import(&bench, "orders.txt", &wrk(url, p99))["files"][0]["artifact"].clone();
        assert_eq!(proposal(&bench)["outcome"], outcome, "{p99}");
        bench.call(&json!({"do":"update","kind":"artifacts","id":again,"fields":{"replaces":null}}));
        assert_eq!(proposal(&bench), Value::Null);
        let answers = bench.call(&json!({"do":"answers"}));
        let row = answers["answers"].as_array().unwrap().iter().find(|row| row["check"] == "1.1").unwrap();
        assert_eq!(row["proposal"]["verdict"], "fail", "both files count again: {row}");
    }
}

#[test]
fn what_was_not_measured_again_keeps_a_finding_from_being_fixed() {
    let bench = Bench::new();
    let url = |path: &str| format!("http://127.0.0.1:8080/api/{path}");
    import(&bench, "orders.txt", &wrk(&url("orders"), "840.00ms"));
    import(&bench, "invoices.txt", &wrk(&url("invoices"), "900.00ms"));
    bench.call(&json!({"do":"accept","candidate":"check:backend-health:1.1"}));
    import(&bench, "orders.txt", &wrk(&url("orders"), "140.00ms"));
    let proposed = proposal(&bench);
    assert_eq!(proposed["outcome"], "partly_fixed", "{proposed}");
    assert!(proposed["missing"].to_string().contains("/api/invoices"), "{proposed}");
    import(&bench, "invoices.txt", &wrk(&url("invoices"), "120.00ms"));
    let proposed = proposal(&bench);
    assert_eq!((&proposed["outcome"], &proposed["missing"]), (&json!("fixed"), &json!([])), "{proposed}");
    assert_eq!(proposed["values"].as_array().unwrap().len(), 2, "{proposed}");
}

#[test]
fn a_newer_scan_is_matched_by_fingerprint_and_dismissed_for_good_with_a_reason() {
    let bench = Bench::new();
    let old = [
        ("sqli", "src/a.js", 3, "p1"),
        ("sqli", "src/a.js", 9, "p2"),
        ("xss", "src/b.js", 4, ""),
        ("log", "src/c.js", 1, "p4"),
    ];
    import(&bench, "may.sarif", &sarif("2026-05-01", &old));
    let candidates = bench.call(&json!({"do":"candidates"}));
    let key = candidates
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["key"].as_str().unwrap())
        .find(|key| key.contains(":sqli:"))
        .unwrap();
    bench.call(&json!({"do":"accept","candidate":key}));

    // One moved, one is gone, one shifted without a fingerprint, one is new.
    let new = [("sqli", "src/a.js", 30, "p1"), ("xss", "src/b.js", 44, ""), ("csrf", "src/d.js", 1, "p5")];
    let again = import(&bench, "may.sarif", &sarif("2026-06-01", &new));
    assert_eq!(again["files"][0]["replaces"], "may.sarif");
    let reply = run(["retest", &bench.file.to_string_lossy(), "--json"]).exits(0).json();
    let counts = &reply["pairs"][0]["issues"];
    assert_eq!((&counts["new"], &counts["unchanged"], &counts["gone"]), (&json!(1), &json!(2), &json!(2)), "{reply}");
    let newer = reply["pairs"][0]["newer"].clone();
    let gone = bench.call(&json!({"do":"retest_rows","newer":newer,"of":"issues","change":"gone","limit":1}));
    assert_eq!((&gone["total"], gone["rows"].as_array().unwrap().len()), (&json!(2), 1));
    // What is gone is no candidate any more; what is new is one.
    let keys = bench.call(&json!({"do":"candidates"})).to_string();
    assert!(keys.contains(":csrf:") && !keys.contains(":log:"), "{keys}");

    let proposed = proposal(&bench);
    assert_eq!(proposed["outcome"], "partly_fixed", "{proposed}");
    assert_eq!(
        (&proposed["values"][0]["value"]["was"], &proposed["values"][0]["value"]["now"]),
        (&json!(2.0), &json!(1.0))
    );
    assert!(refused(&bench, &json!({"do":"dismiss_retest","key":proposed["key"],"reason":" "})).contains("say why"));
    bench.call(&json!({"do":"dismiss_retest","key":proposed["key"],"reason":"Another branch was scanned"}));
    let dismissed = proposal(&bench);
    assert_eq!(
        (&dismissed["decided"], &dismissed["reason"]),
        (&json!("dismissed"), &json!("Another branch was scanned"))
    );
    // Lasting: the same file imported anew does not ask again, a newer one does.
    bench.call(&json!({"do":"delete","kind":"artifacts","id":newer}));
    import(&bench, "may.sarif", &sarif("2026-06-01", &new));
    assert_eq!(proposal(&bench)["decided"], "dismissed");
    import(&bench, "may.sarif", &sarif("2026-07-01", &[("csrf", "src/d.js", 1, "p5")]));
    let next = proposal(&bench);
    assert_eq!((&next["decided"], &next["outcome"]), (&Value::Null, &json!("fixed")), "{next}");
}

#[test]
fn causes_lead_from_symptoms_to_roots_and_go_in_no_circle() {
    let bench = Bench::new();
    let made = bench.call(&json!([
        {"do":"insert","kind":"findings","object":{"title":"Nothing checks a change","severity":"medium","area":"Delivery"}},
        {"do":"insert","kind":"findings","object":{"title":"Connections leak","severity":"critical","area":"Database"}},
        {"do":"insert","kind":"findings","object":{"title":"Dispatch freezes","severity":"high","area":"Database"}},
    ]));
    let id = |at: usize| made[at]["object"]["id"].clone();
    bench.call(&json!([
        {"do":"update","kind":"findings","id":"F-002","fields":{"caused_by":[id(0)]}},
        {"do":"update","kind":"findings","id":"F-003","fields":{"caused_by":[id(1)]}},
        {"do":"insert","kind":"symptoms","object":{"title":"The board is empty at six","severity":5,"findings":[id(2)]}},
        {"do":"insert","kind":"symptoms","object":{"title":"Invoices are late","severity":4}},
    ]));
    let circle = refused(&bench, &json!({"do":"update","kind":"findings","id":"F-001","fields":{"caused_by":[id(2)]}}));
    assert!(circle.contains("F-001 → F-003 → F-002 → F-001"), "{circle}");

    let causes = bench.call(&json!({"do":"causes"}));
    let root = &causes["roots"][0];
    assert_eq!((&root["finding"], root["effects"].as_array().unwrap().len()), (&id(0), 2));
    assert_eq!((root["symptoms"].as_array().unwrap().len(), root["settled"].as_array().unwrap().len()), (1, 1));
    assert_eq!(causes["maps"][0]["boxes"].as_array().unwrap().len(), 4);

    let check = run(["check", &bench.file.to_string_lossy(), "--json"]).json().to_string();
    assert!(check.contains("symptom.root") && check.contains("finding.root"), "{check}");

    for language in ["en", "ar"] {
        bench.call(&json!({"do":"update","kind":"engagement","fields":{"language":language}}));
        for template in ["audit-report", "diagnosis"] {
            bench.call(&json!({"do":"update","kind":"engagement","fields":{"template":template}}));
            let (reply, _) = bench.report("causes.pdf");
            assert_eq!(reply["warnings"], json!([]), "{template} {language}");
            let letters = pdf_letters(&bench.folder.path().join("causes.pdf"));
            if language == "en" && !letters.is_empty() {
                for words in ["From symptoms to root causes", "Nothing checks a change", "Caused by"] {
                    assert!(
                        letters.contains(words) || template == "diagnosis" && words == "Caused by",
                        "{template}: {words}"
                    );
                }
            }
        }
    }
}
