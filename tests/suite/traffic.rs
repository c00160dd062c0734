//! What traffic and architecture do not agree on: candidates as long as they disagree, decided once.

use groma_tests::{Bench, root};
use serde_json::{Value, json};

/// One trace: `from` calls `to` for each pair, with a span on either side.
fn trace(calls: &[(&str, &str)]) -> String {
    let mut spans = Vec::new();
    let mut processes = serde_json::Map::new();
    let mut span = |id: String, parent: Option<&str>, service: &str, kind: &str| {
        processes.insert(format!("p-{service}"), json!({"serviceName":service}));
        let references: Vec<Value> =
            parent.iter().map(|parent| json!({"refType":"CHILD_OF","traceID":"t","spanID":parent})).collect();
        spans.push(json!({
            "traceID":"t","spanID":id,"operationName":"GET /","references":references,
            "startTime":1_700_000_000_000_000_u64,"duration":12_500,"processID":format!("p-{service}"),
            "tags":[{"key":"span.kind","type":"string","value":kind}],
        }));
    };
    for (at, (from, to)) in calls.iter().enumerate() {
        let (client, server) = (format!("c{at}"), format!("s{at}"));
        span(client.clone(), None, from, "client");
        span(server, Some(&client), to, "server");
    }
    json!({"data":[{"traceID":"t","spans":spans,"processes":processes}]}).to_string()
}

const BILLING: &str = "traffic:seen:billing-worker→parcelline-api";
const EXPORT: &str = "traffic:seen:night-export→parcelline-api";
const PROXY: &str = "traffic:unseen:reverse-proxy→parcelline-api";

/// An engagement with the sample's architecture, and traces in which the proxy calls another than it is drawn to.
fn bench() -> (Bench, Value, std::path::PathBuf) {
    let bench = Bench::new();
    let path = root().join("assets/sample/architecture/found.dsl");
    let id = bench.call(&json!({"do":"read_architecture","path":path}))["architecture"]["id"].clone();
    let calls = [
        ("billing-worker", "parcelline-api"),
        ("billing-worker", "parcelline-api"),
        ("night-export", "parcelline-api"),
        ("reverse-proxy", "tracking-ingest"),
    ];
    let file = bench.put("traces.json", trace(&calls));
    (bench, id, file)
}

fn open(bench: &Bench) -> Vec<Value> {
    let all = bench.call(&json!({"do":"candidates"}));
    let own = |one: &&Value| one["key"].as_str().unwrap().starts_with("traffic:");
    all.as_array().unwrap().iter().filter(own).cloned().collect()
}

fn keys(candidates: &[Value]) -> Vec<&str> {
    candidates.iter().map(|one| one["key"].as_str().unwrap()).collect()
}

#[test]
fn disagreements_are_candidates_until_they_are_decided_or_gone() {
    let (bench, id, file) = bench();
    bench.call(&json!({"do":"import","paths":[file]}));
    let found = open(&bench);
    let proxies = "traffic:seen:reverse-proxy→tracking-ingest";
    assert_eq!(keys(&found), [BILLING, EXPORT, proxies, PROXY], "{found:#?}");
    assert_eq!((&found[0]["count"], &found[0]["severity"]), (&json!(2), &json!("low")));
    assert_eq!(found[0]["title"], "billing-worker calls parcelline-api, and no drawing of the architecture shows it");
    assert_eq!(found[0]["detail"], "2 calls, none failed · p99 12.5 ms");
    assert_eq!((&found[3]["severity"], &found[3]["detail"]), (&json!("info"), &json!("Forwards · HTTP/1.1")));

    // Each call is a process of its own: what is decided is read from the file again.
    bench.call(&json!({"do":"dismiss","candidate":EXPORT,"reason":"a script of the auditors"}));
    let made = bench.call(&json!({"do":"accept","candidate":BILLING}))["object"].clone();
    assert_eq!(made["elements"], json!(["parcelline.billing", "parcelline.api"]));
    for field in ["condition", "criteria", "consequence", "short_term", "long_term", "acceptance_test"] {
        let text = made[field].as_str().unwrap();
        assert!(!text.is_empty() && !text.contains('{'), "{field}: {text}");
    }
    let links = bench.call(&json!({"do":"list","kind":"evidence_links"}));
    let artifacts = bench.call(&json!({"do":"list","kind":"artifacts"}));
    assert_eq!(
        (&links[0]["finding"], &links[0]["target_kind"], &links[0]["target"]),
        (&made["id"], &json!("artifact"), &artifacts[0]["id"])
    );
    assert_eq!(keys(&open(&bench)), [proxies, PROXY]);

    // Once it is drawn there is nothing to say any more.
    let add = json!({"edit":"add_relation","source":"parcelline.proxy","destination":"parcelline.ingest",
        "description":"Forwards scans","technology":"HTTP/1.1"});
    bench.call(&json!({"do":"edit_architecture","architecture":id,"edits":[add]}));
    assert_eq!(keys(&open(&bench)), [PROXY]);
    // Renaming makes it no other matter.
    let rename = json!({"edit":"update_element","element":"parcelline.api","name":"Parcelline API"});
    bench.call(&json!({"do":"edit_architecture","architecture":id,"edits":[rename]}));
    assert_eq!(keys(&open(&bench)), [PROXY]);
    bench.call(&json!({"do":"delete","kind":"artifacts","id":artifacts[0]["id"]}));
    assert!(open(&bench).is_empty(), "without traces nothing is known");
}

#[test]
fn one_matter_is_not_offered_by_preview_and_candidates() {
    let (bench, id, file) = bench();
    let preview = || {
        let reply = bench.call(&json!({"do":"preview_sources","architecture":id,"paths":[file]}));
        let ids = |list: &str| -> Vec<String> {
            reply["traffic"][list].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().into()).collect()
        };
        ([ids("seen_not_modelled"), ids("modelled_not_seen")].concat(), reply["decided"].as_u64().unwrap())
    };
    assert_eq!(preview().0.len(), 4);
    let make = json!({"do":"findings_from_traffic","architecture":id,"paths":[file],"chosen":[BILLING, PROXY]});
    bench.call(&make);
    assert_eq!(preview().1, 2);
    bench.call(&json!({"do":"import","paths":[file]}));
    assert_eq!(keys(&open(&bench)), [EXPORT, "traffic:seen:reverse-proxy→tracking-ingest"]);
    bench.call(&json!({"do":"dismiss","candidate":EXPORT,"reason":"known"}));
    assert_eq!(preview(), (vec!["traffic:seen:reverse-proxy→tracking-ingest".to_owned()], 3));
    let refused = groma_tests::run_with(["call".as_ref(), bench.file.as_os_str(), "-".as_ref()], &make.to_string());
    assert!(refused.exits(2).err.contains("look at it again"), "twice is refused");
}

#[test]
fn a_service_that_calls_nobody_is_a_candidate_of_its_own() {
    let (bench, id, _) = bench();
    let alone = |service: &str, spans: u32| {
        let own: Vec<Value> = (0..spans)
            .map(|at| {
                json!({"traceID":format!("{service}{at}"),"spanID":format!("{service}{at}"),"operationName":"tick",
                "references":[],"startTime":1_700_000_000_000_000_u64,"duration":800,"processID":"p","tags":[]})
            })
            .collect();
        json!({"data":[{"traceID":"t","spans":own,"processes":{"p":{"serviceName":service}}}]}).to_string()
    };
    let key = "traffic:service:ledger-sweeper";
    let file = bench.put("sweeper.json", alone("ledger-sweeper", 3));
    bench.call(&json!({"do":"import","paths":[file]}));
    // One that is drawn, by itself: nothing to tell.
    bench.call(&json!({"do":"import","paths":[bench.put("drawn.json", alone("billing-worker", 2))]}));
    let found = open(&bench);
    assert_eq!(keys(&found), [key], "{found:#?}");
    assert_eq!((&found[0]["count"], &found[0]["severity"]), (&json!(3), &json!("low")));
    assert_eq!(found[0]["title"], "ledger-sweeper runs, and no drawing of the architecture shows it");
    assert_eq!(found[0]["detail"], "3 spans, no call from it or to it");
    let made = bench.call(&json!({"do":"accept","candidate":key}))["object"].clone();
    assert!(made["condition"].as_str().unwrap().contains("sweeper.json"), "{made}");
    for field in ["condition", "criteria", "consequence", "short_term", "long_term", "acceptance_test"] {
        let text = made[field].as_str().unwrap();
        assert!(!text.is_empty() && !text.contains('{'), "{field}: {text}");
    }
    let links = bench.call(&json!({"do":"list","kind":"evidence_links"}));
    let artifacts = bench.call(&json!({"do":"list","kind":"artifacts"}));
    let sweeper = artifacts.as_array().unwrap().iter().find(|one| one["path"].as_str().unwrap().contains("sweeper"));
    assert_eq!(
        links.as_array().unwrap().iter().map(|link| &link["target"]).collect::<Vec<_>>(),
        [&sweeper.unwrap()["id"]]
    );
    assert!(open(&bench).is_empty());
    let preview = bench.call(&json!({"do":"preview_sources","architecture":id,"paths":[file]}));
    assert_eq!((&preview["traffic"]["elements_not_modelled"], &preview["decided"]), (&json!([]), &json!(1)));
    // Seen in a call, the call tells of it.
    let calls = bench.put("calls.json", trace(&[("ledger-sweeper", "parcelline-api"), ("cron", "cron-agent")]));
    bench.call(&json!({"do":"import","paths":[calls]}));
    let after: Vec<String> = keys(&open(&bench)).into_iter().map(str::to_owned).collect();
    assert!(after.contains(&"traffic:seen:ledger-sweeper→parcelline-api".to_owned()), "{after:?}");
    assert!(!after.iter().any(|key| key.starts_with("traffic:service:")), "{after:?}");
}

#[test]
fn drafts_are_in_the_language_of_the_report() {
    let (bench, _, file) = bench();
    bench.call(&json!({"do":"import","paths":[file]}));
    let told = |language: &str| {
        let engagement = bench.call(&json!({"do":"list","kind":"engagement"}))[0]["id"].clone();
        bench.call(&json!({"do":"update","kind":"engagement","id":engagement,"fields":{"language":language}}));
        let found = open(&bench);
        (found[0]["title"].as_str().unwrap().to_owned(), found[0]["detail"].as_str().unwrap().to_owned())
    };
    let english = "billing-worker calls parcelline-api, and no drawing of the architecture shows it";
    assert_eq!(told("fr").0, english);
    let (title, detail) = told("de");
    assert_eq!(title, "billing-worker ruft parcelline-api auf, und keine Zeichnung der Architektur zeigt es");
    assert_eq!(detail, "2 Aufrufe, keiner mit Fehler · p99 12,5 ms");
    let made = bench.call(&json!({"do":"accept","candidate":PROXY}))["object"].clone();
    assert!(made["condition"].as_str().unwrap().starts_with("Reverse proxy und parcelline-api"), "{made}");
}

#[test]
fn a_call_that_one_of_several_architectures_shows_is_drawn() {
    let (bench, _, file) = bench();
    bench.call(&json!({"do":"import","paths":[file]}));
    let other = bench.put(
        "billing.dsl",
        "workspace \"Billing\" {\n  model {\n    s = softwareSystem \"S\" {\n      w = container \"billing-worker\"\n      \
         a = container \"parcelline-api\"\n      w -> a \"Asks\"\n    }\n  }\n}\n",
    );
    bench.call(&json!({"do":"read_architecture","path":other}));
    assert!(!keys(&open(&bench)).contains(&BILLING));
    // What should be is no description of what is.
    let target = bench.put("export.dsl", "workspace {\n  model {\n    s = softwareSystem \"S\" {\n      e = container \"night-export\"\n      a = container \"parcelline-api\"\n      e -> a \"Asks\"\n    }\n  }\n}\n");
    bench.call(&json!({"do":"read_architecture","path":target,"target":true}));
    assert!(keys(&open(&bench)).contains(&EXPORT));
}
