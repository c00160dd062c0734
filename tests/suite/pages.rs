//! The pages as they are searched, copied, and why a section is not among them.

use groma_app::live::{Draft, Early, Layouter, Shown};
use groma_app::{App, Command, Environment, Timestamp};
use groma_tests::Bench;
use serde_json::{Value, json};

#[test]
fn a_text_is_found_on_the_pages_and_leads_to_its_field() {
    let bench = Bench::new();
    let condition = "The café keeps an **unbounded** queue in memory, and nothing ever empties it.";
    let reply = bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"Queue","condition":condition}}));
    let id = reply["object"]["id"].clone();
    let found = bench.call(&json!({"do":"find_text","query":"CAFE keeps an unbounded queue"}));
    let hits = found["hits"].as_array().unwrap();
    assert_eq!((hits.len(), &found["more"]), (1, &json!(false)), "{found}");
    let areas = hits[0]["areas"].as_array().unwrap();
    assert!(areas.len() >= 3, "before, within and behind the strong word: {areas:?}");
    let number = |field: &str| areas[0][field].as_f64().unwrap();
    let (x, y) = (number("x") + 0.5, number("y") + number("height") / 2.0);
    let place = bench.call(&json!({"do":"locate","page":areas[0]["page"],"x":x,"y":y}));
    assert_eq!((&place["id"], &place["offset"]), (&id, &json!(4)));
    for none in ["", " ", "zebra crossing"] {
        assert_eq!(bench.call(&json!({"do":"find_text","query":none}))["hits"], json!([]));
    }
}

#[test]
fn a_page_is_copied_with_whole_words_and_lines() {
    let bench = Bench::new();
    let long = "Characteristically unbounded infrastructure overwhelms the operations organisation. ".repeat(12);
    let condition = long.trim();
    bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"Queue","condition":condition}}));
    let area = bench.call(&json!({"do":"find_text","query":condition}))["hits"][0]["areas"][0].clone();
    let runs = bench.call(&json!({"do":"page_text","page":area["page"]}));
    let text: String = runs
        .as_array()
        .unwrap()
        .iter()
        .map(|run| format!("{}{}", run["text"].as_str().unwrap(), run["after"].as_str().unwrap()))
        .collect();
    assert!(text.contains(condition), "{text}");
}

#[test]
fn the_check_says_which_sections_have_nothing_to_say() {
    let bench = Bench::new();
    let empty = |bench: &Bench| -> Vec<Value> {
        bench.call(&json!({"do":"check"}))["empty_sections"].as_array().unwrap().clone()
    };
    let before = empty(&bench);
    assert!(before.contains(&json!("risks")) && !before.contains(&json!("cover")), "{before:?}");
    bench.call(&json!({"do":"insert","kind":"risks","object":{"title":"A risk"}}));
    assert!(!empty(&bench).contains(&json!("risks")));
}

#[test]
fn after_a_rest_the_pages_are_as_they_were_and_typing_goes_on() {
    let bench = Bench::empty();
    let _ = groma_tests::run(["sample".as_ref(), bench.file.as_os_str()]).exits(0);
    let mut app = App::new(Environment::new(|| Timestamp::from_second(1_790_000_000).unwrap(), 7));
    let mut call = |command: Value| app.dispatch(Command::from_value(command).unwrap()).unwrap();
    call(json!({"do":"open","path":bench.file}));
    let finding = call(json!({"do":"list","kind":"findings"}))[3].clone();
    let typed = json!({"kind": "findings", "id": finding["id"], "fields": {"cause": "Words that stand nowhere else."}});
    let draft: Draft = serde_json::from_value(typed).unwrap();
    let mut layouter = Layouter::default();
    let shown = layouter.lay_out(app.composition());
    let before = shown.layout().clone();
    assert!(before.fresh && before.pages.len() >= 40, "a report that is worth a rest: {} pages", before.pages.len());
    let pictures = |shown: &Shown| -> Vec<Vec<u8>> {
        shown.layout().pages.iter().step_by(5).map(|page| shown.png(&page.hash, 0.5, None).unwrap()).collect()
    };
    let (drawn, typed) = (pictures(&shown), Early::default().lay_out(&shown, &draft).unwrap());

    assert!(layouter.rest());
    Early::default().warm(&shown, None);
    assert!(pictures(&shown) == drawn, "a page looks other than before the rest");
    let again = Early::default().lay_out(&shown, &draft).unwrap();
    assert_eq!(again.layout(), typed.layout(), "what is typed is laid out as before the rest");
    let part = again.ahead(Some(&shown)).unwrap();
    assert!(part.1.iter().any(|page| page.change.is_some()), "what changes on a page is known");
    let next = layouter.lay_out(app.composition());
    assert_eq!((&next.layout().pages, &next.layout().outline), (&before.pages, &before.outline));
}
