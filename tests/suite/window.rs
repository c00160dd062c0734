//! What the window needs of the contract beyond the objects: files, order, bulk, the live page.

use groma_tests::{Bench, run};
use serde_json::{Value, json};

fn titles(bench: &Bench) -> Vec<String> {
    let all = bench.call(&json!({"do":"list","kind":"findings"}));
    all.as_array().unwrap().iter().map(|finding| finding["title"].as_str().unwrap().to_owned()).collect()
}

fn insert(bench: &Bench, title: &str) -> Value {
    let reply = bench.call(&json!({"do":"insert","kind":"findings","object":{"title":title}}));
    reply["object"]["id"].clone()
}

#[test]
fn lists_keep_the_order_they_are_given() {
    let bench = Bench::new();
    let ids = ["a", "b", "c"].map(|title| insert(&bench, title));
    assert_eq!(titles(&bench), ["a", "b", "c"], "new ones stand last");
    bench.call(&json!({"do":"reorder","kind":"findings","id":ids[2],"after":null}));
    assert_eq!(titles(&bench), ["c", "a", "b"]);
    // Between the same two, until halving has run out of room, and beyond.
    for _ in 0..70 {
        bench.call(&json!([
            {"do":"reorder","kind":"findings","id":ids[1],"after":ids[2]},
            {"do":"reorder","kind":"findings","id":ids[0],"after":ids[2]},
        ]));
    }
    assert_eq!(titles(&bench), ["c", "a", "b"]);
    bench.call(&json!({"do":"undo"}));
    assert_eq!(titles(&bench), ["c", "b", "a"]);
}

#[test]
fn many_objects_change_in_one_step() {
    let bench = Bench::new();
    let ids = ["a", "b", "c"].map(|title| insert(&bench, title));
    let both = [&ids[0], &ids[2]];
    bench.call(&json!({"do":"update_many","kind":"findings","ids":both,"fields":{"severity":"high"}}));
    let severity = |id: &Value| bench.call(&json!({"do":"get","kind":"findings","id":id}))["severity"].clone();
    assert_eq!((severity(&ids[0]), severity(&ids[2])), (json!("high"), json!("high")));
    bench.call(&json!({"do":"delete_many","kind":"findings","ids":both}));
    assert_eq!(titles(&bench), ["b"]);
    bench.call(&json!([{"do":"undo"},{"do":"undo"}]));
    assert_eq!(titles(&bench), ["a", "b", "c"]);
    assert_eq!(severity(&ids[0]), "info");
}

#[test]
fn the_whole_goes_back_to_a_point() {
    let bench = Bench::new();
    insert(&bench, "a");
    let step = bench.call(&json!({"do":"history","limit":1}))[0]["step"].clone();
    insert(&bench, "b");
    insert(&bench, "c");
    let ahead = bench.call(&json!({"do":"rewind","step":step,"preview":true}));
    assert_eq!(ahead["steps"].as_array().unwrap().len(), 2, "{ahead}");
    assert_eq!(titles(&bench), ["a", "b", "c"], "a preview changes nothing");
    let done = bench.call(&json!({"do":"rewind","step":step}));
    assert_eq!(done, ahead);
    assert_eq!(done["steps"][0]["op"], "insert:findings");
    assert_eq!(titles(&bench), ["a"]);
    bench.call(&json!([{"do":"redo"},{"do":"redo"}]));
    assert_eq!(titles(&bench), ["a", "b", "c"]);
    let path = bench.file.to_string_lossy().into_owned();
    let _ = run(["call", &path, r#"{"do":"rewind","step":"0190d0e2-7c3a-7b44-9d55-0a1b2c3d4e5f"}"#]).exits(3);
}

#[test]
fn a_word_on_the_page_leads_to_its_letter_and_back() {
    let bench = Bench::new();
    let condition = "Grüße 🔥: the **queue** has no bound.";
    let reply = bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"Queue","condition":condition}}));
    let id = reply["object"]["id"].clone();
    let offset = condition[..condition.find("queue").unwrap()].encode_utf16().count();
    let place = bench.call(&json!({"do":"place","kind":"findings","id":id,"field":"condition","offset":offset}));
    let number = |field: &str| place[field].as_f64().unwrap();
    let (page, x, y) = (&place["page"], number("x") + 0.5, number("y") + number("height") / 2.0);
    let back = bench.call(&json!({"do":"locate","page":page,"x":x,"y":y}));
    assert_eq!((&back["kind"], &back["id"], &back["field"]), (&json!("findings"), &id, &json!("condition")));
    assert_eq!(back["offset"], offset);
    assert_eq!(bench.call(&json!({"do":"locate","page":page,"x":1,"y":1})), Value::Null);
    let text = bench.call(&json!({"do":"page_text","page":page}));
    assert!(text.as_array().unwrap().iter().any(|run| run["text"] == "queue"), "{text}");
    let layout = bench.call(&json!({"do":"layout"}));
    assert_eq!(layout["fresh"], true);
    let pages = layout["pages"].as_array().unwrap();
    assert!(pages.len() > 3 && pages.iter().all(|page| page["hash"].as_str().unwrap().len() == 32), "{pages:?}");
    let headings = layout["outline"].as_array().unwrap();
    assert!(headings.iter().any(|heading| heading["title"].as_str().unwrap().contains("F-001")), "{headings:?}");
}

#[test]
fn the_raw_text_is_shown_where_a_value_came_from() {
    let bench = Bench::new();
    let wrk = "Running 5s test @ http://127.0.0.1:8080/api\n  2 threads and 16 connections\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency    12.00ms    3.00ms  90.00ms   88.00%\n    Req/Sec   700.00     50.00   800.00     75.00%\n  Latency Distribution\n     50%   11.00ms\n     75%   13.00ms\n     90%   16.00ms\n     99%   44.00ms\n  7000 requests in 5.00s, 1.00MB read\nRequests/sec:   1400.00\nTransfer/sec:    204.80KB\n";
    let file = bench.put("load.txt", wrk);
    bench.call(&json!({"do":"import","paths":[file]}));
    let measurements = bench.call(&json!({"do":"measurements","metric":"http.latency.p99"}));
    let p99 = &measurements[0];
    let source = bench.call(&json!({"do":"source","artifact":p99["artifact"],"at":p99["at"],"lines":1}));
    let text = source["text"].as_str().unwrap();
    let (start, end) = (source["start"].as_u64().unwrap() as usize, source["end"].as_u64().unwrap() as usize);
    assert_eq!(text[start..end].trim(), "99%   44.00ms", "{source}");
    assert_eq!(source["found"], true);
}

#[test]
fn the_state_says_what_there_is_to_choose_from() {
    let bench = Bench::new();
    let state = bench.call(&json!({"do":"state"}));
    assert_eq!(state["title"], "Northwind Trading · Ledger");
    assert_eq!((&state["read_only"], &state["recovered"]), (&json!(false), &json!(false)));
    assert!(state["languages"].as_array().unwrap().contains(&json!("de")));
    let named = |list: &str| {
        let all = state[list].as_array().unwrap().iter();
        all.map(|entry| (entry["id"].clone(), entry["title"].as_str().unwrap().to_owned())).collect::<Vec<_>>()
    };
    assert!(named("brands").iter().any(|(id, title)| *id == "groma" && !title.contains(':')), "{state}");
    assert!(named("templates").iter().any(|(id, _)| *id == "audit-report"), "{state}");
    assert!(!named("templates").iter().any(|(id, _)| *id == "groma"), "brands are no templates");
    let packs = bench.call(&json!({"do":"pack"}));
    assert_eq!(packs.as_array().unwrap().len(), 2);
}

#[test]
fn a_wrong_file_leaves_the_open_engagement_open() {
    let bench = Bench::new();
    let foreign = bench.put("notes.groma", "no engagement");
    let path = bench.file.to_string_lossy().into_owned();
    for wrong in [
        json!({"do":"open","path":foreign}),
        json!({"do":"open","path":bench.folder.path().join("missing.groma")}),
        json!({"do":"create","path":foreign,"client":"A","system":"B"}),
        json!({"do":"sample","path":foreign}),
    ] {
        let commands = json!([{"do":"insert","kind":"notes","object":{"title":"Before"}}, wrong]);
        let reply = run(["call", &path, &commands.to_string()]).exits(3).json();
        assert_eq!(reply["failed"], 1, "{reply}");
        assert_eq!(std::fs::read_to_string(&foreign).unwrap(), "no engagement");
    }
    // Within one process: the engagement that was open answers on.
    let other = bench.folder.path().join("other.groma");
    let replies = bench.call(&json!([
        {"do":"create","path":other,"client":"Second","system":"Ledger"},
        {"do":"state"},
        {"do":"open","path":bench.file},
        {"do":"get","kind":"engagement"},
    ]));
    assert_eq!((&replies[1]["title"], &replies[3]["client"]), (&json!("Second · Ledger"), &json!("Northwind Trading")));
    let notes = bench.call(&json!({"do":"list","kind":"notes"}));
    assert_eq!(notes.as_array().unwrap().len(), 4);
    assert!(!bench.folder.path().join("other.groma-wal").exists(), "the one that was left is one file");
}

#[test]
fn what_stands_against_a_file_that_was_named_is_told_until_it_was_read() {
    let bench = Bench::new();
    let wrong = bench.file.with_file_name("broken.groma");
    std::fs::write(&wrong, "no engagement").unwrap();
    let told =
        bench.call(&json!([{"do":"open_named","path":wrong}, {"do":"state"}, {"do":"opening_told"}, {"do":"state"}]));
    assert_eq!(told[1]["path"], json!(bench.file), "the open engagement stays open");
    let message = told[1]["unopened"]["message"].as_str().unwrap();
    assert!(message.contains("broken.groma"), "{message}");
    assert_eq!(told[3]["unopened"], Value::Null);
    // Another file that is opened is an answer, too.
    let told = bench.call(&json!([{"do":"open_named","path":wrong}, {"do":"close"}, {"do":"open_named","path":bench.file}, {"do":"state"}]));
    assert!(told[1]["unopened"]["message"].is_string());
    assert_eq!(told[3]["unopened"], Value::Null);
}
