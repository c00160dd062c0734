//! Spelling through the contract: places in UTF-16 units, the report's language, the engagement's own words.

use groma_tests::Bench;
use serde_json::{Value, json};

fn misspelt(bench: &Bench, text: &str) -> Vec<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let found = bench.call(&json!({"do":"spell","text":text}));
    let word = |range: &Value| {
        let at = |field: &str| range[field].as_u64().unwrap() as usize;
        String::from_utf16(&units[at("from")..at("to")]).unwrap()
    };
    found.as_array().unwrap().iter().map(word).collect()
}

fn engagement(bench: &Bench, fields: Value) {
    bench.call(&json!({"do":"update","kind":"engagement","id":"","fields":fields}));
}

#[test]
fn places_are_in_units_of_the_window() {
    let bench = Bench::new();
    assert_eq!(misspelt(&bench, "🙂 The 😀 databse isn’t ö teh `slwo` one"), ["databse", "teh"]);
    let meant = bench.call(&json!({"do":"suggest_spelling","word":"databse"}));
    assert_eq!(meant[0], "database");
}

#[test]
fn the_language_is_that_of_the_report() {
    let bench = Bench::new();
    let text = "Die Warteschlangengröße und Groesse, the queue";
    engagement(&bench, json!({"language":"de"}));
    assert_eq!(misspelt(&bench, text), ["Groesse", "the"]);
    assert_eq!(bench.call(&json!({"do":"spell","text":text,"language":"en"})).as_array().unwrap().len(), 3);
}

#[test]
fn words_of_the_engagement_are_kept_and_undone() {
    let bench = Bench::new();
    engagement(&bench, json!({"words":["flurbel"],"client":"Quantixo GmbH"}));
    assert_eq!(misspelt(&bench, "Flurbel Quantixo snorf"), ["snorf"]);
    bench.call(&json!({"do":"undo"}));
    assert_eq!(misspelt(&bench, "Flurbel snorf"), ["Flurbel", "snorf"]);
}
