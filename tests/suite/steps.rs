//! What is one step: a burst of typing, a batch; and the points to go back to.

use groma_tests::{Bench, run};
use serde_json::{Value, json};

fn insert(bench: &Bench, title: &str) -> Value {
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":title}}))["object"]["id"].clone()
}

fn titles(bench: &Bench) -> Vec<Value> {
    let all = bench.call(&json!({"do":"list","kind":"findings"}));
    all.as_array().unwrap().iter().map(|finding| finding["title"].clone()).collect()
}

fn refused(bench: &Bench, command: &Value) -> Value {
    let path = bench.file.to_string_lossy().into_owned();
    let ran = run(["call", &path, &command.to_string()]);
    assert_ne!(ran.code, 0, "{ran:?}");
    ran.json()["error"].clone()
}

#[test]
fn typing_within_one_opening_is_one_step() {
    let bench = Bench::new();
    let id = insert(&bench, "P");
    let typed = |title: &str| json!({"do":"update","kind":"findings","id":id,"fields":{"title":title}});
    let replies = bench.call(&json!([typed("Po"), typed("Poo"), typed("Pool"), {"do":"undo"}, {"do":"state"}]));
    assert_eq!(titles(&bench), ["P"]);
    assert_eq!(replies[4]["redo"]["op"], "update:findings");
    assert_eq!(replies[4]["undo"]["subject"], "F-001");
    // Another opening, another step.
    bench.call(&typed("Q"));
    bench.call(&typed("Qu"));
    bench.call(&json!({"do":"undo"}));
    assert_eq!(titles(&bench), ["Q"]);
}

#[test]
fn a_batch_is_one_step_or_nothing() {
    let bench = Bench::new();
    let id = insert(&bench, "kept");
    let line = |title: &str| json!({"do":"insert","kind":"budget","object":{"title":title}});
    let reply = bench.call(&json!({"do":"batch","calls":[line("a"), line("b"), line("c")]}));
    assert_eq!(reply["changes"]["op"], "insert:budget");
    assert_eq!(reply["changes"]["changed"].as_array().unwrap().len(), 3);
    assert_eq!(reply["answers"][1]["object"]["title"], "b");
    let count = || bench.call(&json!({"do":"list","kind":"budget"})).as_array().unwrap().len();
    bench.call(&json!({"do":"undo"}));
    assert_eq!(count(), 0);
    bench.call(&json!({"do":"redo"}));
    assert_eq!(count(), 3);
    // The second is refused: the first is not kept either, and the error names the place.
    let rename = json!({"do":"update","kind":"findings","id":id,"fields":{"title":"renamed"}});
    let wrong = json!({"do":"update","kind":"findings","id":id,"fields":{"severity":"awful"}});
    let error = refused(&bench, &json!({"do":"batch","calls":[rename, wrong]}));
    assert_eq!(error["field"], "calls/1/severity", "{error}");
    let error = refused(&bench, &json!({"do":"batch","calls":[rename, {"do":"undo"}]}));
    assert_eq!(error["field"], "calls/1/do", "{error}");
    let error = refused(&bench, &json!({"do":"batch","calls":[rename, {"do":"insert","kind":"nothing"}]}));
    assert_eq!(error["field"], "calls/1/kind", "{error}");
    assert_eq!(titles(&bench), ["kept"]);
    bench.call(&json!({"do":"verify"}));
}

const NPM: &str = r#"{"auditReportVersion":2,"vulnerabilities":{
  "one":{"name":"one","severity":"high","via":[{"source":1,"name":"one","title":"One","url":"https://example.org/1","severity":"high","range":"<1"}],"range":"<1","nodes":[],"effects":[],"isDirect":true,"fixAvailable":false},
  "two":{"name":"two","severity":"low","via":[{"source":2,"name":"two","title":"Two","url":"https://example.org/2","severity":"low","range":"<2"}],"range":"<2","nodes":[],"effects":[],"isDirect":true,"fixAvailable":false}},
  "metadata":{"vulnerabilities":{"info":0,"low":1,"moderate":0,"high":1,"critical":0,"total":2},"dependencies":{"prod":2,"dev":0,"optional":0,"peer":0,"peerOptional":0,"total":2}}}"#;

#[test]
fn many_candidates_are_decided_in_one_step_that_can_be_gone_back_before() {
    let bench = Bench::new();
    let file = bench.put("audit.json", NPM);
    bench.call(&json!({"do":"import","paths":[file]}));
    let open = || bench.call(&json!({"do":"candidates"})).as_array().unwrap().clone();
    let keys: Vec<Value> = open().iter().map(|candidate| candidate["key"].clone()).collect();
    assert!(keys.len() >= 2, "{keys:?}");
    let calls: Vec<Value> = keys.iter().map(|key| json!({"do":"accept","candidate":key})).collect();
    let reply = bench.call(&json!({"do":"batch","calls":calls}));
    assert_eq!(reply["changes"]["op"], "accept_candidate");
    assert_eq!(titles(&bench).len(), keys.len());
    assert!(open().is_empty());
    // What the links point to, in words.
    let links = bench.call(&json!({"do":"list","kind":"evidence_links"}));
    let targets: Vec<Value> = links
        .as_array()
        .unwrap()
        .iter()
        .map(|link| json!({"kind":link["target_kind"],"target":link["target"]}))
        .chain([json!({"kind":"artifact","target":"0190d0e2-7c3a-7b44-9d55-0a1b2c3d4e5f"})])
        .collect();
    let facts = bench.call(&json!({"do":"evidence","targets":targets}));
    let facts = facts.as_array().unwrap();
    assert_eq!(facts.len(), targets.len());
    for fact in &facts[..facts.len() - 1] {
        assert_eq!(fact["found"], true, "{fact}");
        assert!(!fact["label"].as_str().unwrap().is_empty(), "{fact}");
    }
    assert_eq!(facts[facts.len() - 1]["found"], false);
    // The moments before the import and, of many, before the decisions are offered.
    let points = bench.call(&json!({"do":"restore_points"}));
    let import = points.as_array().unwrap().iter().find(|point| point["before"]["op"] == "import").unwrap();
    assert_eq!(import["steps"], 2);
    bench.call(&json!({"do":"rewind","before":import["before"]["id"]}));
    assert!(titles(&bench).is_empty());
    assert_eq!(bench.call(&json!({"do":"list","kind":"artifacts"})), json!([]));
    assert_eq!(bench.call(&json!({"do":"history","author":"nobody of that name"})), json!([]));
    assert_eq!(bench.call(&json!({"do":"authors"})), json!(["tester"]));
}
