//! The library of findings: found, taken over, kept without the client's names.

use groma_app::{App, Command, Environment, Timestamp};
use groma_tests::Bench;
use serde_json::{Value, json};

fn call(app: &mut App, command: Value) -> Value {
    let said = command.to_string();
    app.dispatch(Command::from_value(command).unwrap()).unwrap_or_else(|error| panic!("{said}: {error}"))
}

/// An application with a folder of its own and an open engagement.
fn opened(bench: &Bench, language: &str) -> App {
    let mut environment = Environment::new(|| Timestamp::from_second(1_790_000_000).unwrap(), 7);
    environment.settings = Some(bench.folder.path().join("settings"));
    let mut app = App::new(environment);
    let path = bench.folder.path().join(format!("{language}.groma"));
    call(
        &mut app,
        json!({"do":"create","path":path,"client":"Harbour Lines GmbH","system":"Parcelline","language":language}),
    );
    app
}

#[test]
fn failing_checks_lead_and_words_are_found_in_the_language_asked_for() {
    let bench = Bench::empty();
    let mut app = opened(&bench, "de");
    let all = call(&mut app, json!({"do":"library"}));
    let all = all.as_array().unwrap();
    assert!(all.len() >= 25 && all.iter().all(|entry| entry["language"] == "de" && entry["own"] == false));
    assert!(all.iter().all(|entry| entry["open"] == json!([])));
    call(&mut app, json!({"do":"confirm","check":"backend-health/8.7","verdict":"fail"}));
    let first = call(&mut app, json!({"do":"library"}))[0].clone();
    assert_eq!((&first["id"], &first["open"]), (&json!("unbounded-lists"), &json!(["backend-health/8.7"])));
    let found = call(&mut app, json!({"do":"library","query":"WARTESCHLANGE worker"}));
    assert_eq!(found[0]["id"], "long-work-in-request", "{found}");
    assert_eq!(call(&mut app, json!({"do":"library","query":"no such words at all"})), json!([]));
    let english = call(&mut app, json!({"do":"library","query":"idor","language":"en"}));
    assert_eq!((&english[0]["id"], &english[0]["language"]), (&json!("missing-object-authorization"), &json!("en")));
}

#[test]
fn what_is_taken_over_tells_what_is_still_to_be_filled() {
    let bench = Bench::empty();
    let mut app = opened(&bench, "en");
    let made = call(&mut app, json!({"do":"insert_from_library","id":"no-outbound-timeout"}));
    let finding = &made["object"];
    assert_eq!(made["changes"]["op"], "insert:findings");
    assert!(finding["summary"].as_str().unwrap().starts_with("Parcelline calls {{service}}"), "{finding}");
    assert_eq!(finding["checks"], json!(["backend-health/1.5", "backend-health/7.3"]));
    assert_eq!(finding["editorial"], "draft");
    let problems = call(&mut app, json!({"do":"check"}));
    let open: Vec<&Value> = problems["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["rule"] == "prose.placeholder" && problem["id"] == finding["id"])
        .collect();
    assert!(open.iter().any(|p| p["field"] == "title" && p["values"]["words"] == "service"), "{open:?}");
    assert!(open.iter().any(|p| p["field"] == "condition" && p["message"].as_str().unwrap().contains("{{delay}}")));
    let listed = call(&mut app, json!({"do":"library","query":"for ever"}));
    let same = listed.as_array().unwrap().iter().find(|entry| entry["id"] == "no-outbound-timeout").unwrap();
    assert_eq!(same["finding"], finding["id"]);
    call(&mut app, json!({"do":"undo"}));
    assert_eq!(call(&mut app, json!({"do":"list","kind":"findings"})), json!([]));
}

#[test]
fn what_is_kept_holds_nothing_of_the_client() {
    let bench = Bench::empty();
    let mut app = opened(&bench, "en");
    let object = json!({
        "title": "Harbour Lines pays twice in Parcelline",
        "condition": "At HARBOUR LINES GmbH, see F-003 and ![Board](image:board): the *Dispatch API* stops. Ada Berg said so.",
        "owner": "Ada Berg", "elements": ["Dispatch API"], "internal_notes": "never", "severity": "high",
        "checks": ["backend-health/8.5"],
    });
    let finding = call(&mut app, json!({"do":"insert","kind":"findings","object":object}))["object"]["id"].clone();
    let preview = call(&mut app, json!({"do":"save_to_library","finding":finding,"tags":["billing"],"preview":true}));
    assert_eq!(preview["texts"]["title"], "{{client}} pays twice in {{system}}");
    assert_eq!(
        call(&mut app, json!({"do":"library","query":"billing"}))
            .as_array()
            .unwrap()
            .iter()
            .filter(|e| e["own"] == true)
            .count(),
        0
    );
    let kept = call(&mut app, json!({"do":"save_to_library","finding":finding,"tags":["billing"]}));
    assert_eq!(kept["own"], true);
    let condition = kept["texts"]["condition"].as_str().unwrap();
    assert_eq!(condition, "At {{client}}, see {{reference}} and : the *{{component}}* stops. {{owner}} said so.");
    let file = std::fs::read_to_string(bench.folder.path().join("settings/library.json")).unwrap();
    for word in ["Harbour", "HARBOUR", "Parcelline", "Ada", "Dispatch", "never", "F-003"] {
        assert!(!file.contains(word), "{word} is kept: {file}");
    }
    // Another engagement, another language for the same entry.
    let mut app = opened(&bench, "de");
    let listed = call(&mut app, json!({"do":"library","query":"billing"}));
    assert_eq!((&listed[0]["id"], &listed[0]["language"]), (&kept["id"], &json!("en")));
    let made = call(&mut app, json!({"do":"insert_from_library","id":kept["id"]}));
    assert_eq!(made["object"]["title"], "Harbour Lines GmbH pays twice in Parcelline");
    let german = call(&mut app, json!({"do":"insert","kind":"findings","object":{"title":"Zahlt doppelt"}}))["object"]
        ["id"]
        .clone();
    let kept = call(&mut app, json!({"do":"save_to_library","finding":german,"id":kept["id"]}));
    assert_eq!((&kept["languages"], &kept["tags"]), (&json!(["de", "en"]), &json!(["billing"])));
    call(&mut app, json!({"do":"delete_from_library","id":kept["id"]}));
    assert_eq!(
        call(&mut app, json!({"do":"library"})).as_array().unwrap().iter().filter(|e| e["own"] == true).count(),
        0
    );
    let bundled = app.dispatch(Command::from_value(json!({"do":"delete_from_library","id":"slow-writes"})).unwrap());
    assert!(bundled.is_err());
}

/// An application of another machine: a settings folder of its own.
fn elsewhere(bench: &Bench, name: &str) -> App {
    let mut environment = Environment::new(|| Timestamp::from_second(1_790_000_000).unwrap(), 9);
    environment.settings = Some(bench.folder.path().join(format!("settings-{name}")));
    let mut app = App::new(environment);
    let path = bench.folder.path().join(format!("{name}.groma"));
    call(&mut app, json!({"do":"create","path":path,"client":"Northwind","system":"Ledger"}));
    app
}

/// Keeps a finding in the library, anew when an id is given.
fn keep(app: &mut App, title: &str, id: &Value) -> Value {
    let object = json!({"title": title, "condition": "The pool has no bound."});
    let finding = call(app, json!({"do":"insert","kind":"findings","object":object}))["object"]["id"].clone();
    call(app, json!({"do":"save_to_library","finding":finding,"tags":["pool"],"id":id}))
}

fn own(app: &mut App) -> Vec<Value> {
    let all = call(app, json!({"do":"library"}));
    all.as_array().unwrap().iter().filter(|entry| entry["own"] == true).cloned().collect()
}

#[test]
fn a_library_travels_as_a_file_and_newer_texts_take_the_place_of_older_ones() {
    let bench = Bench::empty();
    let (mut here, mut there) = (elsewhere(&bench, "here"), elsewhere(&bench, "there"));
    let file = bench.folder.path().join("library.toml");
    let write = |app: &mut App| call(app, json!({"do":"export_library","path":file}));
    let take = |app: &mut App| {
        let taken = call(app, json!({"do":"import_library","path":file}));
        let told = taken["findings"].as_array().unwrap().iter();
        told.map(|one| (one["outcome"].as_str().unwrap().to_owned(), one["title"].as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    let said = |outcome: &str, title: &str| (outcome.to_owned(), title.to_owned());
    let pool = keep(&mut here, "The pool has no bound", &Value::Null);
    keep(&mut here, "Nobody owns the pool", &Value::Null);
    assert_eq!(write(&mut here), json!({"findings": 2}));
    keep(&mut there, "A finding of one's own", &Value::Null);
    assert_eq!(take(&mut there), [said("new", "The pool has no bound"), said("new", "Nobody owns the pool")]);
    assert_eq!(take(&mut there), [said("same", "The pool has no bound"), said("same", "Nobody owns the pool")]);
    assert_eq!(own(&mut there).len(), 3);

    // Kept anew here: newer there, in the place of the earlier one.
    let early = std::fs::read(&file).unwrap();
    keep(&mut here, "The pool grows without a bound", &pool["id"]);
    write(&mut here);
    assert_eq!(take(&mut there)[0], said("newer", "The pool grows without a bound"));
    let kept = own(&mut there);
    assert_eq!(kept.len(), 3);
    let renewed = kept.iter().find(|one| one["texts"]["title"] == "The pool grows without a bound").unwrap();
    assert_eq!((&renewed["version"], &renewed["tags"]), (&json!(1), &json!(["pool"])));
    // The earlier file again takes nothing back.
    std::fs::write(&file, early).unwrap();
    assert_eq!(take(&mut there)[0], said("older", "The pool has no bound"));
    assert_eq!(own(&mut there), kept);
}

#[test]
fn what_of_a_library_does_not_fit_is_refused_with_its_reason_and_the_rest_is_taken() {
    let bench = Bench::empty();
    let mut app = elsewhere(&bench, "here");
    let good = "[[findings]]\nid = \"x\"\n[findings.texts.en]\ntitle = \"Good\"\n";
    let untitled = "[[findings]]\n[findings.texts.de]\ntitle = \" \"\n";
    let unknown = "[[findings]]\ncolour = \"red\"\n[findings.texts.en]\ntitle = \"Red\"\n";
    let file = bench.put("mixed.toml", format!("{good}{untitled}{unknown}[[findings]]\nid = \"y\"\n"));
    let taken = call(&mut app, json!({"do":"import_library","path":file}));
    let told = taken["findings"].as_array().unwrap();
    let outcomes: Vec<&str> = told.iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["new", "refused", "refused", "refused"], "{taken}");
    let reason = |at: usize| told[at]["reason"].as_str().unwrap();
    assert_eq!((reason(1), &told[1]["number"]), ("its texts in de have no title", &json!(2)));
    assert!(reason(2).contains("unknown field `colour`"), "{taken}");
    assert_eq!((&told[2]["title"], reason(3)), (&json!("Red"), "it has no texts"));
    assert_eq!(own(&mut app).len(), 1);
    for (name, content) in [("none.toml", "findings = []"), ("other.toml", "a = 1"), ("broken.toml", "[[findings")] {
        let file = bench.put(name, content);
        let command = Command::from_value(json!({"do":"import_library","path":file})).unwrap();
        let error = app.dispatch(command).unwrap_err();
        assert!(error.message.contains(name) && error.hint.is_some(), "{error:?}");
    }
    // What comes with the application needs no copy.
    let copy = bench.folder.path().join("bundled.toml");
    call(&mut app, json!({"do":"export_library","path":copy,"ids":["slow-writes"]}));
    let taken = call(&mut app, json!({"do":"import_library","path":copy}));
    assert_eq!(
        (&taken["findings"][0]["outcome"], &taken["findings"][0]["id"]),
        (&json!("same"), &json!("slow-writes"))
    );
    assert_eq!(own(&mut app).len(), 1);
}
