//! C4 diagrams: a model outside of an engagement on the command line; read, written, edited and printed within one.

use std::path::PathBuf;

use groma_tests::{Bench, corpus, root, run};
use serde_json::{Value, json};

fn sample_model(name: &str) -> PathBuf {
    root().join("assets/sample/architecture").join(name)
}

fn read(bench: &Bench, name: &str) -> Value {
    bench.call(&json!({"do":"read_architecture","path":sample_model(name)}))["architecture"].clone()
}

#[test]
fn a_model_is_told_in_figures_and_drawn_to_files() {
    let bench = Bench::new();
    let model = sample_model("found.dsl");
    let told = run(["diagram".as_ref(), model.as_os_str(), "--json".as_ref()]).exits(0).json();
    assert_eq!(
        (&told["people"], &told["containers"], &told["deploymentEnvironments"]),
        (&json!(4), &json!(6), &json!(1))
    );
    let views: Vec<_> = told["views"].as_array().unwrap().iter().map(|view| view["key"].as_str().unwrap()).collect();
    assert_eq!(views, ["context", "containers", "deployment", "planning"]);
    assert_eq!((&told["views"][0]["type"], &told["diagnostics"]), (&json!("systemContextView"), &json!([])));
    for (format, begins) in [("svg", "<svg"), ("png", "\u{89}PNG"), ("pdf", "%PDF")] {
        let folder = bench.folder.path().join(format);
        let args = ["--view", "planning", "--format", format, "--json", "-o"];
        let mut all: Vec<std::ffi::OsString> = vec!["diagram".into(), model.clone().into()];
        all.extend(args.map(Into::into));
        all.push(folder.clone().into());
        let drawn = run(all).exits(0).json();
        assert_eq!(drawn["pictures"].as_array().unwrap().len(), 1, "{format}");
        let bytes = std::fs::read(folder.join(format!("planning.{format}"))).unwrap();
        let start: String = bytes.iter().take(4).map(|byte| char::from(*byte)).collect();
        assert_eq!(start, begins, "{format}");
    }
    let svg = std::fs::read_to_string(bench.folder.path().join("svg/planning.svg")).unwrap();
    assert!(svg.contains("Route optimiser") && svg.contains("<title"), "it can be searched and read aloud");
}

#[test]
fn sources_are_read_as_models_and_bad_ones_refused_with_their_place() {
    let bench = Bench::new();
    let compose = bench.put(
        "docker-compose.yml",
        "services:\n  web:\n    image: nginx:1.27\n    depends_on: [db]\n  db:\n    image: postgres:16\n",
    );
    let told = run(["diagram".as_ref(), compose.as_os_str(), "--json".as_ref()]).exits(0).json();
    assert_eq!((&told["containers"], &told["relationships"]), (&json!(2), &json!(1)));
    // Of a folder, what compose puts in from beside it: without the variable the address names no service.
    let compose = "services:\n  web:\n    image: nginx:1.27\n    environment:\n      DATABASE_URL: postgres://web:${SECRET}@${HOST}/shop\n  db:\n    image: postgres:16\n";
    let folder = bench.put("shop/compose.yaml", compose).parent().unwrap().to_owned();
    let relationships =
        || run(["diagram".as_ref(), folder.as_os_str(), "--json".as_ref()]).exits(0).json()["relationships"].clone();
    assert_eq!(relationships(), json!(0));
    bench.put("shop/.env", "HOST=db\nSECRET=hunter2\n");
    assert_eq!(relationships(), json!(1));
    let bad = bench.put("bad.dsl", "workspace {\n  model {\n    a = person \"A\"\n    a -> nobody \"x\"\n  }\n}\n");
    let error = run(["diagram".as_ref(), bad.as_os_str(), "--json".as_ref()]).exits(3).json()["error"].clone();
    assert!(error["message"].as_str().unwrap().contains("bad.dsl, line 4"), "{error}");
    assert!(!error["hint"].as_str().unwrap().is_empty());
    let missing = run(["diagram", "nowhere.dsl", "--json"]).exits(3).json();
    assert!(missing["error"]["message"].as_str().unwrap().contains("nowhere.dsl"), "{missing}");
    let model = sample_model("found.dsl");
    let view = run(["diagram".as_ref(), model.as_os_str(), "--view".as_ref(), "none".as_ref()]).exits(3);
    assert!(view.err.contains("choose one of: context, containers"), "{}", view.err);
    // What is included must lie in the folder; strict refuses what warns otherwise.
    let outside = bench.put("sub/out.dsl", "workspace {\n  !include ../../secret.dsl\n}\n");
    let refused = run(["diagram".as_ref(), outside.as_os_str()]).exits(3);
    assert!(refused.err.contains("out.dsl, line 2"), "{}", refused.err);
    let old = bench.put(
        "old.dsl",
        "workspace {\n  model {\n    a = person \"A\"\n    !ref a {\n      url https://example.com\n    }\n  }\n}\n",
    );
    assert_eq!(
        run(["diagram".as_ref(), old.as_os_str(), "--json".as_ref()]).exits(0).json()["diagnostics"][0]["line"],
        4
    );
    let strict = run(["diagram".as_ref(), old.as_os_str(), "--strict".as_ref()]).exits(3);
    assert!(strict.err.contains("old.dsl, line 4"), "{}", strict.err);
}

#[test]
fn text_and_edits_change_one_model_and_places_stay() {
    let bench = Bench::new();
    let architecture = read(&bench, "found.dsl");
    let id = architecture["id"].clone();
    assert_eq!(architecture["name"], "Parcelline");
    let text = architecture["text"].as_str().unwrap().to_owned();
    assert_eq!(text, std::fs::read_to_string(sample_model("found.dsl")).unwrap(), "the text is kept as it was written");
    let place = json!({"edit":"place","view":"containers","elements":{"parcelline.api":[700, 900]}});
    bench.call(&json!({"do":"edit_architecture","architecture":id,"edits":[place]}));
    let drawn = bench.call(&json!({"do":"draw_view","architecture":id,"view":"containers","editing":true}));
    let api = |drawn: &Value| {
        drawn["boxes"].as_array().unwrap().iter().find(|one| one["element"] == "parcelline.api").unwrap().clone()
    };
    assert_eq!((&drawn["manual"], &api(&drawn)["saved"]), (&json!(true), &json!([700, 900])));
    // A text that is no model changes nothing and says where it is wrong.
    let broken = json!({"do":"write_architecture","architecture":id,"text":text.replace("model {", "modle {")});
    let error =
        run(["call".as_ref(), bench.file.as_os_str(), broken.to_string().as_ref()]).exits(3).json()["error"].clone();
    assert!(error["message"].as_str().unwrap().contains("line 5"), "{error}");
    assert_eq!(error["field"], "text");
    let check = bench.call(&json!({"do":"check_architecture","text":text.replace("model {", "modle {")}));
    assert_eq!(check["refused"]["line"], 5);
    let renamed = text.replace("\"parcelline-api\"", "\"Parcelline API\"");
    bench.call(&json!({"do":"write_architecture","architecture":id,"text":renamed}));
    let drawn = bench.call(&json!({"do":"draw_view","architecture":id,"view":"containers","editing":true}));
    assert_eq!((&api(&drawn)["name"], &api(&drawn)["saved"]), (&json!("Parcelline API"), &json!([700, 900])));
    // An edit writes the text anew, and undo brings back what a person wrote.
    let add = json!({"edit":"add_element","kind":"container","name":"Queue","parent":"parcelline","view":"containers"});
    let reply = bench.call(&json!({"do":"edit_architecture","architecture":id,"edits":[add]}));
    assert_eq!(reply["added"], json!(["parcelline.queue"]));
    assert!(reply["architecture"]["text"].as_str().unwrap().contains("\"Queue\""));
    bench.call(&json!({"do":"undo"}));
    assert_eq!(bench.call(&json!({"do":"get","kind":"architectures","id":id}))["text"], json!(renamed));
    let direct = json!({"do":"update","kind":"architectures","id":id,"fields":{"workspace":"{}"}});
    let refused = run(["call".as_ref(), bench.file.as_os_str(), direct.to_string().as_ref()]).exits(2);
    assert_eq!(refused.json()["error"]["field"], "workspace");
}

#[test]
fn what_is_typed_into_the_text_in_one_go_is_one_step() {
    let bench = Bench::new();
    let id = read(&bench, "found.dsl")["id"].clone();
    let text = |bench: &Bench| {
        let found = bench.call(&json!({"do":"get","kind":"architectures","id":id}));
        found["text"].as_str().unwrap().to_owned()
    };
    let before = text(&bench);
    let typed =
        |more: &str| json!({"do":"write_architecture","architecture":id,"text":format!("{before}\n// {more}\n")});
    bench.call(&json!([typed("t"), typed("to"), typed("to d")]));
    assert!(text(&bench).ends_with("// to d\n"));
    bench.call(&json!({"do":"undo"}));
    assert_eq!(text(&bench), before, "all that was typed is taken back at once");
    // What is done on the canvas is a step each.
    let add = |name: &str| json!({"do":"edit_architecture","architecture":id,"edits":[{"edit":"add_element","kind":"person","name":name}]});
    let names = |bench: &Bench| text(bench).matches("person \"New").count();
    bench.call(&json!([add("New one"), add("New two")]));
    assert_eq!(names(&bench), 2);
    bench.call(&json!({"do":"undo"}));
    assert_eq!(names(&bench), 1);
}

#[test]
fn findings_follow_an_element_and_colour_the_views_in_the_report() {
    let bench = Bench::new();
    let id = read(&bench, "found.dsl")["id"].clone();
    bench.call(&json!([
        {"do":"insert","kind":"findings","object":{"title":"Slow","severity":"critical","elements":["parcelline-api"]}},
        {"do":"insert","kind":"findings","object":{"title":"Gone","severity":"high","elements":["No such thing"]}},
        {"do":"insert","kind":"diagrams","object":{"title":"Inside","kind":"container","architecture":id,"view":"containers","overlay":"findings"}},
        {"do":"insert","kind":"diagrams","object":{"title":"Missing","kind":"other","architecture":id,"view":"nowhere"}},
    ]));
    let drawn = bench.call(&json!({"do":"draw_view","architecture":id,"view":"context","overlay":"findings"}));
    let marked = |drawn: &Value, element: &str| {
        let boxes = drawn["boxes"].as_array().unwrap().iter().find(|one| one["element"] == element).unwrap().clone();
        boxes["marks"][0]["ids"].clone()
    };
    assert_eq!(marked(&drawn, "parcelline"), json!(["F-001"]), "what is within shows where it is not drawn itself");
    let problems = bench.call(&json!({"do":"check"}))["problems"].clone();
    let rules: Vec<_> = problems.as_array().unwrap().iter().map(|one| one["sentence"].as_str().unwrap()).collect();
    assert!(rules.contains(&"diagram.view") && rules.contains(&"finding.element"), "{rules:?}");
    let folder = bench.folder.path().join("project");
    bench.call(&json!({"do":"report","eject":folder}));
    let data: Value = serde_json::from_slice(&std::fs::read(folder.join("data/architecture.json")).unwrap()).unwrap();
    let path = data["diagrams"][0]["drawing"].as_str().unwrap().trim_start_matches('/').to_owned();
    assert_eq!(data["diagrams"][1]["drawing"], Value::Null);
    let drawing: Value = serde_json::from_slice(&std::fs::read(folder.join(path)).unwrap()).unwrap();
    let api =
        drawing["boxes"].as_array().unwrap().iter().find(|one| one["element"] == "parcelline.api").unwrap().clone();
    assert_eq!(api["finding"], 1, "a click leads to the worst finding");
    let findings: Value = serde_json::from_slice(&std::fs::read(folder.join("data/findings.json")).unwrap()).unwrap();
    assert_eq!(findings["gaps"][0]["on_map"], json!(["parcelline.api"]));
    let (reply, _) = bench.report("out.pdf");
    assert!(reply["pages"].as_u64().unwrap() > 1);
}

#[test]
fn sources_are_merged_and_what_traffic_shows_becomes_findings() {
    let bench = Bench::new();
    let id = read(&bench, "found.dsl")["id"].clone();
    let compose = bench.put(
        "compose.yaml",
        "services:\n  parcelline-api:\n    image: parcelline/api:2\n    depends_on: [mailer]\n  mailer:\n    image: axllent/mailpit:v1.20\n",
    );
    let preview = bench.call(&json!({"do":"preview_sources","architecture":id,"paths":[compose]}));
    let names: Vec<_> =
        preview["preview"]["elements"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["mailer"], "what is there is matched");
    let merged = bench.call(&json!({"do":"merge_sources","architecture":id,"paths":[compose]}));
    assert!(merged["architecture"]["text"].as_str().unwrap().contains("mailer"));
    let again = bench.call(&json!({"do":"preview_sources","architecture":id,"paths":[compose]}));
    assert_eq!((&again["preview"]["elements"], &again["preview"]["relations"]), (&json!([]), &json!([])));
    let target = read(&bench, "target.dsl")["id"].clone();
    let difference = bench.call(&json!({"do":"compare_architectures","before":id,"after":target}));
    let changed = |change: &str| -> Vec<String> {
        let all = difference["elements"].as_array().unwrap().iter().filter(|one| one["change"] == change);
        all.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert!(changed("added").contains(&"parcelline-job".to_owned()), "{difference}");
    assert!(changed("removed").contains(&"billing-worker".to_owned()), "{difference}");
}

/// As people run it: by the file's path, nothing opened for it beforehand.
#[test]
fn every_file_of_the_corpus_gives_the_figures_of_the_reference() {
    let Some(folder) = corpus().map(|corpus| corpus.join("c4")) else { return };
    let manifest: Value = serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let mut seen = 0;
    for entry in manifest["files"].as_array().unwrap() {
        let (file, kind) = (entry["file"].as_str().unwrap(), entry["kind"].as_str().unwrap());
        if !kind.starts_with("positive") {
            continue;
        }
        let told = run(["diagram".as_ref(), folder.join(file).as_os_str(), "--json".as_ref()]).exits(0).json();
        for (name, wanted) in entry["expected"].as_object().unwrap().iter().filter(|(_, wanted)| wanted.is_u64()) {
            let got = if name == "views" { json!(told["views"].as_array().unwrap().len()) } else { told[name].clone() };
            assert_eq!(got, *wanted, "{file}: {name}");
        }
        for (key, wanted) in entry["expected"]["viewContents_key_elements_relationships"].as_object().unwrap() {
            let view = told["views"].as_array().unwrap().iter().find(|view| view["key"] == *key);
            let view = view.unwrap_or_else(|| panic!("{file} has no view {key}"));
            assert_eq!(json!([view["elements"], view["relationships"]]), *wanted, "{file}: {key}");
        }
        seen += 1;
    }
    assert_eq!(seen, 90);
}
