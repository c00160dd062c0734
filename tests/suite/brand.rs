//! Brands of the engagement's own: copied, changed, printed, checked, carried from one file to another.

use groma_tests::{Bench, run};
use serde_json::{Value, json};

fn path(bench: &Bench) -> String {
    bench.file.to_string_lossy().into_owned()
}

fn own(bench: &Bench) -> Value {
    bench.call(&json!({"do":"add_brand","from":"groma","name":"Müller & Co","take":true}))["brand"].clone()
}

fn project_file(bench: &Bench, name: &str) -> String {
    let folder = bench.folder.path().join("project");
    let _ = std::fs::remove_dir_all(&folder);
    bench.call(&json!({"do":"report","eject":folder}));
    std::fs::read_to_string(folder.join(name)).unwrap_or_default()
}

#[test]
fn a_copy_is_printed_at_once_and_undone_as_one_step() {
    let bench = Bench::new();
    let brand = own(&bench);
    assert_eq!((&brand["name"], &brand["primary"]), (&json!("Müller & Co"), &json!("#0f3d48")));
    assert_eq!(bench.call(&json!({"do":"get","kind":"engagement"}))["brand"], brand["id"]);
    let state = bench.call(&json!({"do":"state"}));
    assert!(state["brands"].as_array().unwrap().iter().any(|entry| entry["id"] == brand["id"]));
    assert!(state["fonts"].as_array().unwrap().contains(&json!("Source Serif 4")));
    bench.call(&json!({"do":"update","kind":"brands","id":brand["id"],"fields":{"primary":"#5b2a86","footer":"Müller & Co, Köln"}}));
    let data: Value = serde_json::from_str(&project_file(&bench, "data/report.json")).unwrap();
    assert_eq!((&data["brand"]["primary"], &data["brand"]["footer"]), (&json!("#5b2a86"), &json!("Müller & Co, Köln")));
    assert_eq!(data["brand"]["logo"], "/brand/logo.svg");
    assert!(project_file(&bench, "brand/logo.svg").contains("<svg"));
    // The colour, then the copy with its logo and the choice of it.
    bench.call(&json!([{"do":"undo"},{"do":"undo"}]));
    let lists = bench
        .call(&json!([{"do":"list","kind":"brands"},{"do":"list","kind":"images"},{"do":"get","kind":"engagement"}]));
    assert_eq!((&lists[0], &lists[1], &lists[2]["brand"]), (&json!([]), &json!([]), &json!("groma")));
}

#[test]
fn a_brand_goes_from_one_engagement_to_another_as_one_file() {
    let (bench, other) = (Bench::new(), Bench::new());
    let brand = own(&bench);
    bench.call(&json!({"do":"update","kind":"brands","id":brand["id"],"fields":{"cover":"minimal","ink":"#222222","legal":"A \"legal\"\nline"}}));
    let file = bench.folder.path().join("mueller.toml");
    bench.call(&json!({"do":"export_brand","brand":brand["id"],"path":file}));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("base64") && text.contains("image/svg+xml"), "{text}");
    let read = other.call(&json!({"do":"add_brand","from":file,"take":true}))["brand"].clone();
    for field in ["name", "primary", "cover", "ink", "legal", "body_font"] {
        let there = bench.call(&json!({"do":"get","kind":"brands","id":brand["id"]}));
        assert_eq!(read[field], there[field], "{field}");
    }
    assert!(!read["logo"].is_null());
    let again = other.call(&json!({"do":"add_brand","from":read["id"],"name":"Second"}))["brand"].clone();
    assert_ne!(again["logo"], read["logo"], "each has a logo of its own to change");
    let broken = bench.put("broken.toml", "name = 'X'\nprimary = 'blue'");
    let error = run(["call", &path(&other), &json!({"do":"add_brand","from":broken}).to_string()]).exits(3);
    assert!(error.out.contains("hexadecimal") || error.err.contains("hexadecimal"), "{error:?}");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='http://example.com/x.png' width='1' height='1'/></svg>";
    let outside = bench.put("outside.svg", svg);
    let refused = run(["call", &path(&other), &json!({"do":"add_image","path":outside}).to_string()]).exits(3);
    assert!(format!("{refused:?}").contains("outside"));
}

#[test]
fn colours_that_cannot_be_read_are_told_with_ones_that_can() {
    let bench = Bench::new();
    let brand = own(&bench);
    let of_brand = |bench: &Bench| -> Vec<Value> {
        let told = bench.call(&json!({"do":"check"}));
        let problems = told["problems"].as_array().unwrap().clone();
        problems.into_iter().filter(|problem| problem["kind"] == "brands").collect()
    };
    assert_eq!(of_brand(&bench), Vec::<Value>::new());
    bench.call(&json!({"do":"update","kind":"brands","id":brand["id"],"fields":{"secondary":"#ffee99","body_font":"Comic Sans"}}));
    let told = of_brand(&bench);
    let rules: Vec<_> =
        told.iter().map(|problem| (problem["rule"].as_str().unwrap(), problem["field"].as_str().unwrap())).collect();
    assert_eq!(rules, [("brand.contrast", "secondary"), ("brand.font", "body_font")], "{told:?}");
    let contrast = bench.call(&json!({"do":"contrast","brand":brand["id"]}));
    let colour = contrast["adjustments"][0]["colour"].clone();
    assert!(told[0]["message"].as_str().unwrap().contains(colour.as_str().unwrap()));
    bench.call(&json!({"do":"update","kind":"brands","id":brand["id"],"fields":{"secondary":colour,"body_font":"Source Serif 4"}}));
    assert_eq!(of_brand(&bench), Vec::<Value>::new());
    // No colour at all is refused where it is written.
    let wrong = json!({"do":"update","kind":"brands","id":brand["id"],"fields":{"ink":"dark"}}).to_string();
    let _ = run(["call", &path(&bench), &wrong]).exits(2);
}

#[test]
fn a_removed_brand_or_logo_leaves_a_report() {
    let bench = Bench::new();
    let brand = own(&bench);
    bench.call(&json!({"do":"delete","kind":"images","id":brand["logo"]}));
    assert_eq!(bench.call(&json!({"do":"get","kind":"brands","id":brand["id"]}))["logo"], Value::Null);
    assert_eq!(bench.call(&json!({"do":"layout"}))["problems"], json!([]));
    bench.call(&json!({"do":"delete","kind":"brands","id":brand["id"]}));
    assert_eq!(bench.call(&json!({"do":"layout"}))["problems"], json!([]));
    let told = bench.call(&json!({"do":"check"})).to_string();
    assert!(told.contains("control.setting"), "the check tells that the brand is gone");
}

#[test]
fn the_command_line_lists_adds_and_saves_brands() {
    let bench = Bench::new();
    let file = path(&bench);
    let out = bench.folder.path().join("b.toml").to_string_lossy().into_owned();
    let _ = run(["brand", "save", &file, "atelier", &out]).exits(0);
    let _ = run(["brand", "add", &file, &out, "--name", "House", "--take"]).exits(0);
    let listed = run(["brand", "list", &file, "--json"]).exits(0).json();
    let names: Vec<_> = listed.as_array().unwrap().iter().map(|entry| entry["title"].as_str().unwrap()).collect();
    assert_eq!(names, ["Atelier", "Caliper", "Graphite", "Groma", "Quire", "Volta", "House"]);
    assert_eq!(bench.call(&json!({"do":"get","kind":"engagement"}))["brand"], listed[6]["id"]);
    let _ = run(["brand", "add", &file, "/no/such/brand.toml"]).exits(3);
    let _ = run(["brand", "add", &file, "nobody"]).exits(2);
}
