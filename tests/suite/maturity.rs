//! Levels that the evidence suggests: told with their grounds, taken by a person, differed from with a reason.

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
