//! Small engagements with a plan worked out by hand.
//!
//! Each `tests/fixtures/plan/<name>.json` holds `contents` (an engagement; strings such as `@api` stand for ids),
//! optionally `funded` (phases for the what-if), and `by_hand`: JSON pointers into the result with the values that a
//! person calculated, never rewritten by the test. `<name>.expect` beside it is the whole result;
//! `UPDATE_EXPECT=1 cargo test -p groma-plan` rewrites it.
#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::{collections::BTreeMap, fs, path::Path, path::PathBuf};

use groma_model::{Contents, Id};
use groma_plan::{plan, what_if};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/plan")
}

/// Readable names for ids, numbered in the order in which they appear.
#[derive(Default)]
struct Names {
    ids: BTreeMap<String, String>,
}

impl Names {
    fn replace_names(&mut self, value: &mut Value) {
        match value {
            Value::String(text) if text.starts_with('@') => {
                let next = self.ids.len() as u128 + 1;
                *text = self.ids.entry(text.clone()).or_insert_with(|| Id::from_parts(0, next).to_string()).clone();
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.replace_names(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.replace_names(field)),
            _ => {}
        }
    }

    fn replace_ids(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some((name, _)) = self.ids.iter().find(|(_, id)| *id == text) {
                    text.clone_from(name);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.replace_ids(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.replace_ids(field)),
            _ => {}
        }
    }
}

fn same(hand: &Value, got: &Value) -> bool {
    match (hand.as_f64(), got.as_f64()) {
        (Some(hand), Some(got)) => (hand - got).abs() < 1e-9,
        _ => hand == got,
    }
}

#[test]
fn plans_equal_the_hand_calculations() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(files.len() >= 5, "the fixtures are missing from {}", folder().display());
    let mut wrong = Vec::new();
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut fixture: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let mut names = Names::default();
        names.replace_names(&mut fixture["contents"]);
        names.replace_names(&mut fixture["funded"]);
        let contents: Contents =
            serde_json::from_value(fixture["contents"].take()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut result = match plan(&contents) {
            Ok(plan) => serde_json::to_value(plan).unwrap(),
            Err(error) => json!({ "error": error.to_string() }),
        };
        if let Ok(funded) = serde_json::from_value::<Vec<Id>>(fixture["funded"].clone()) {
            result["what_if"] = serde_json::to_value(what_if(&contents, &funded).unwrap()).unwrap();
        }
        names.replace_ids(&mut result);
        let by_hand = fixture["by_hand"].as_object().unwrap();
        assert!(!by_hand.is_empty(), "{name} has nothing worked out by hand");
        for (pointer, hand) in by_hand {
            match result.pointer(pointer) {
                Some(got) if same(hand, got) => {}
                got => wrong.push(format!("{name} {pointer}: by hand {hand}, got {got:?}")),
            }
        }
        let text = serde_json::to_string_pretty(&result).unwrap() + "\n";
        let expect = path.with_extension("expect");
        if update {
            fs::write(&expect, &text).unwrap();
        } else if serde_json::from_slice::<Value>(&fs::read(&expect).unwrap_or_default()).ok()
            != serde_json::from_str(&text).ok()
        {
            wrong.push(format!(
                "{name}: the whole result differs from {} (UPDATE_EXPECT=1 rewrites it)",
                expect.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
