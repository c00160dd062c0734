//! How the scores come about, in the report's language.

use serde_json::{Value, json};

use super::Source;

/// The entries of the appendix, by their key in the language's `scoring` set.
const ENTRIES: &[&str] = &[
    "health_formula",
    "maturity_formula",
    "severity",
    "quadrant",
    "quick_win_rule",
    "wsjf",
    "rice",
    "sensitivity",
    "schedule",
    "cost",
    "what_if",
];

pub(super) fn view(source: &Source<'_>) -> Value {
    let mut groups = serde_json::Map::new();
    for key in ENTRIES {
        let text = source.labels.word("scoring", key);
        let title_key = format!("{key}_title");
        let title = source.labels.word("scoring", &title_key);
        if text != *key {
            groups.insert((*key).to_owned(), json!([{"title": title, "text": text}]));
        }
    }
    let checklist = source.packs.iter().find(|pack| !pack.sections.is_empty());
    let bands: Vec<Value> = checklist
        .into_iter()
        .flat_map(groma_pack::bands)
        .map(|band| json!({"band": band.id, "from": band.min_percent}))
        .collect();
    groups.insert("bands".to_owned(), Value::Array(bands));
    groups.insert(
        "severity_scale".to_owned(),
        json!([
            {"score": "15–25", "band": "critical"}, {"score": "10–14", "band": "high"},
            {"score": "5–9", "band": "medium"}, {"score": "1–4", "band": "low"},
        ]),
    );
    Value::Object(groups)
}
