//! What evidence brings to the areas: levels that it suggests, technologies that it knows.

use groma_tests::{Bench, run};
use serde_json::{Value, json};

/// What the code probe told of a checkout on a day of November.
fn facts(day: u8, longest_function: u32, longest_file: u32) -> String {
    let measured = |metric: &str, value: u32, at: &str| json!({"metric": metric, "value": value, "at": at});
    json!({
        "groma_facts": 1, "tool": "groma probe code", "subject": "ledger",
        "captured_at": format!("2026-11-{day:02}T08:00:00Z"),
        "measurements": [
            measured("code.function.longest", longest_function, "src/post.py:12"),
            measured("code.file.longest", longest_file, "src/post.py:1"),
        ],
    })
    .to_string()
}

fn import(bench: &Bench, name: &str, content: &str) -> Value {
    let path = bench.put(name, content);
    bench.call(&json!({"do":"import","paths":[path]}))["files"][0]["artifact"].clone()
}

/// What the evidence says of the first area.
fn first(bench: &Bench) -> Value {
    let all = bench.call(&json!({"do":"suggest_levels"}));
    let area = all.as_array().unwrap().iter().find(|one| one["area"] == "1" && one["pack"] == "backend-maturity");
    area.unwrap()["suggestion"].clone()
}

fn assessments(bench: &Bench) -> Vec<Value> {
    bench.call(&json!({"do":"list","kind":"assessments"})).as_array().unwrap().clone()
}

fn refused(bench: &Bench, command: &Value) -> Value {
    let ran = run(["call", &bench.file.to_string_lossy(), &command.to_string()]);
    assert_ne!(ran.code, 0, "{ran:?}");
    ran.json()["error"].clone()
}

#[test]
fn a_level_is_suggested_with_its_grounds_and_never_taken_by_itself() {
    let bench = Bench::new();
    let nothing = first(&bench);
    assert_eq!((&nothing["level"], &nothing["next"]), (&Value::Null, &json!(2)));
    assert_eq!((&nothing["for"], &nothing["against"]), (&json!([]), &json!([])));
    assert!(nothing["missing"].as_array().unwrap().len() >= 3, "{nothing}");

    let artifact = import(&bench, "ledger.json", &facts(1, 120, 4200));
    let found = first(&bench);
    assert_eq!((&found["level"], &found["next"]), (&json!(2), &json!(3)));
    let fact = &found["for"][0];
    assert_eq!((&fact["level"], &fact["holds"], &fact["value"]), (&json!(2), &json!(true), &json!(120.0)));
    let against = &found["against"][0];
    assert_eq!((&against["level"], &against["holds"], &against["value"]), (&json!(3), &json!(false), &json!(4200.0)));
    // What it rests on is a place in the file.
    let measurements = bench.call(&json!({"do":"measurements","artifact":artifact}));
    let source = measurements.as_array().unwrap().iter().find(|one| one["id"] == against["sources"][0]).unwrap();
    assert_eq!((&source["metric"], &source["at"]), (&json!("code.file.longest"), &json!("src/post.py:1")));
    assert!(assessments(&bench).is_empty(), "a suggestion is not a rating");
}

#[test]
fn another_level_than_suggested_needs_a_reason() {
    let bench = Bench::new();
    // Without evidence nothing is suggested, and any level goes.
    bench.call(&json!([{"do":"assess","area":"backend-maturity/1","level":4}, {"do":"undo"}]));
    import(&bench, "ledger.json", &facts(1, 120, 4200));
    let other = json!({"do":"assess","pack":"backend-maturity","area":"1","level":3});
    let error = refused(&bench, &other);
    assert_eq!(error["field"], "justification", "{error}");
    assert!(error["message"].as_str().unwrap().contains("suggests level 2, not 3"), "{error}");
    assert!(assessments(&bench).is_empty());

    let taken = bench.call(&json!({"do":"assess","pack":"backend-maturity","area":"1","level":2}));
    assert_eq!((&taken["object"]["level"], &taken["object"]["justification"]), (&json!(2), &json!("")));
    let history = bench.call(&json!({"do":"history","limit":1}));
    assert_eq!(history[0]["author"], "tester");
    let error = refused(&bench, &other);
    assert_eq!(error["field"], "justification", "{error}");

    let mut reasoned = other.clone();
    reasoned["justification"] = json!("The long file is generated and never read.");
    let level = bench.call(&reasoned)["object"]["level"].clone();
    assert_eq!(level, 3);
    // The reason stands.
    assert_eq!(bench.call(&other)["object"]["level"], 3);
    bench.call(&json!({"do":"undo"}));
    assert_eq!(assessments(&bench)[0]["level"], 2);
}

#[test]
fn new_evidence_changes_the_suggestion_and_not_the_level() {
    let bench = Bench::new();
    import(&bench, "ledger.json", &facts(1, 120, 900));
    bench.call(&json!({"do":"assess","area":"backend-maturity/1","level":2}));
    let of_level = |bench: &Bench| {
        let problems = bench.call(&json!({"do":"check"}));
        let all = problems["problems"].as_array().unwrap().clone();
        all.into_iter().find(|problem| problem["rule"] == "assessment.level")
    };
    assert_eq!(of_level(&bench), None);
    // A newer state of the same file: what it replaces no longer counts.
    import(&bench, "again/ledger.json", &facts(9, 1800, 900));
    assert_eq!(first(&bench)["level"], 1);
    assert_eq!(first(&bench)["against"].as_array().unwrap().len(), 1);
    let assessment = assessments(&bench)[0].clone();
    assert_eq!(assessment["level"], 2, "what a person chose stays");
    let problem = of_level(&bench).unwrap();
    assert_eq!((&problem["id"], &problem["weight"]), (&assessment["id"], &json!("error")));
    assert_eq!(problem["values"], json!({"confirmed": 2, "suggested": 1}));
    bench.call(
        &json!({"do":"update","kind":"assessments","id":assessment["id"],"fields":{"justification":"Generated code."}}),
    );
    assert_eq!(of_level(&bench), None);
}

/// What the code probe told of the technologies of a checkout.
fn technologies(subject: &str, rows: &Value) -> String {
    json!({
        "groma_facts": 1, "tool": "groma probe code", "subject": subject, "captured_at": "2026-11-01T08:00:00Z",
        "tables": [{"id": "technology_stack", "rows": rows}],
    })
    .to_string()
}

fn stack(bench: &Bench) -> Vec<Value> {
    let reply = bench.call(&json!({"do":"stack"}));
    assert_eq!((&reply["pack"], &reply["table"]), (&json!("backend-maturity"), &json!("technology-stack")));
    reply["rows"].as_array().unwrap().clone()
}

fn kept_rows(bench: &Bench) -> Vec<Value> {
    assessments(bench)[0]["tables"]["technology-stack"].as_array().unwrap().clone()
}

#[test]
fn the_technology_stack_is_filled_with_what_only_the_evidence_knows() {
    let bench = Bench::new();
    bench.call(&json!({"do":"update","kind":"engagement","id":"","fields":{"report_date":"2026-11-10"}}));
    assert!(stack(&bench).is_empty());
    let rows = json!([
        {"component": "Framework", "name": "Express", "version": "4.21.2", "place": "package.json:15", "behind": ""},
        {"component": "Language", "name": "JavaScript", "version": "", "place": "src/server.js:1", "behind": ""},
        {"component": "Runtime", "name": "Node.js", "version": "18", "place": "package.json:13", "behind": "support ended on 2025-04-30"},
        {"component": "Runtime", "name": "Oddity", "version": "2", "place": "odd.toml:1", "behind": "support has ended"},
    ]);
    let artifact = import(&bench, "api.json", &technologies("api", &rows));
    let found = stack(&bench);
    let node = found.iter().find(|row| row["name"] == "Node.js").unwrap();
    // By the bundled data, on the day of the report: 19 to 26 are newer.
    assert_eq!((&node["newest"], &node["behind"]), (&json!("26"), &json!(8)));
    assert_eq!((&node["ends"], &node["ended"]), (&json!("2025-04-30"), &json!(true)));
    assert_eq!((&node["artifact"], &node["at"]), (&artifact, &json!("/tables/0/rows/2")));
    assert_eq!(
        node["cells"],
        json!({
            "component": "Runtime", "technology": "Node.js", "current": "18", "latest": "26", "status": "End of support",
            "gap": "8 versions behind, support ended on 30\u{a0}April 2025", "source": "package.json:13",
        })
    );
    let odd = found.iter().find(|row| row["name"] == "Oddity").unwrap();
    assert_eq!((&odd["cells"]["gap"], &odd["cells"]["status"]), (&json!("support has ended"), &Value::Null));
    assert!(assessments(&bench).is_empty(), "nothing is added by itself");

    let reply = bench.call(&json!({"do":"fill_stack"}));
    assert_eq!(reply["added"], 4);
    let rows = kept_rows(&bench);
    let names: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (row["component"].as_str().unwrap(), row["technology"].as_str().unwrap_or_default()))
        .collect();
    // Starting rows are filled; those that nothing is known of stay.
    assert_eq!(
        names,
        [
            ("Language", "JavaScript"),
            ("Framework", "Express"),
            ("Database access", ""),
            ("HTTP client", ""),
            ("Test framework", ""),
            ("Runtime", "Node.js"),
            ("Runtime", "Oddity"),
        ]
    );
    assert!(stack(&bench).is_empty());
    let error = refused(&bench, &json!({"do":"fill_stack"}));
    assert!(error["message"].as_str().unwrap().contains("knows no technology that is not in the table"), "{error}");
    bench.call(&json!({"do":"undo"}));
    assert!(assessments(&bench).is_empty(), "one step");
    assert_eq!(stack(&bench).len(), 4);
}

#[test]
fn what_a_person_wrote_in_the_technology_stack_stays() {
    let bench = Bench::new();
    let fields = json!({"language": "de", "report_date": "2026-11-10"});
    bench.call(&json!({"do":"update","kind":"engagement","id":"","fields":fields}));
    let written = json!([
        {"component": "Laufzeit", "technology": "node.js", "current": "18.2 LTS", "gap": "egal"},
        {"component": "Framework", "technology": "Express 4.21"},
    ]);
    bench.call(&json!({"do":"assess","area":"backend-maturity/2","tables":{"technology-stack": written}}));
    let of = |version: &str| {
        json!([
            {"component": "Runtime", "name": "Node.js", "version": version, "place": "package.json:13"},
            {"component": "Framework", "name": "Express", "version": "4.21.2", "place": "package.json:15"},
        ])
    };
    import(&bench, "api.json", &technologies("api", &of("18")));
    assert!(stack(&bench).is_empty(), "the table says all that is known");
    // Another checkout has another version: its place says whose it is.
    import(&bench, "label.json", &technologies("label", &of("16")));
    import(&bench, "shop.json", &technologies("shop", &of("16")));
    let found = stack(&bench);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["places"], json!(["label: package.json:13", "shop: package.json:13"]));
    let unknown = refused(&bench, &json!({"do":"fill_stack","rows":["Runtime|Node.js|18"]}));
    assert_eq!(unknown["field"], "rows");
    bench.call(&json!({"do":"fill_stack","rows":[found[0]["key"]]}));
    let rows = kept_rows(&bench);
    assert_eq!(rows.len(), 3);
    assert_eq!(json!(rows[..2]), written);
    assert_eq!(rows[2]["gap"], "10 Versionen zurück, Unterstützung endete am 11.\u{a0}September 2023");
}
