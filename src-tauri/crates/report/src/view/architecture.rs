//! Diagrams in their order, as found first, then the target.

use groma_model::Kind;
use serde_json::{Value, json};

use super::Source;

pub(super) fn view(source: &Source<'_>) -> Value {
    let diagrams: Vec<Value> = source
        .contents
        .diagrams
        .iter()
        .enumerate()
        .map(|(index, diagram)| {
            let key = (index + 1).to_string();
            let paths = source.drawings.views.get(&diagram.id).map(|view| view.paths(diagram.id)).unwrap_or_default();
            json!({
                "title": diagram.title, "kind": diagram.kind, "target": diagram.target,
                "image": source.image(diagram.image),
                "drawing": paths.first(), "parts": paths.get(1..).unwrap_or_default(),
                "caption": diagram.caption, "alt": diagram.alt,
                "description": source.prose.field(Kind::Diagram, diagram.id, &key, "description", &diagram.description),
            })
        })
        .collect();
    json!({"diagrams": diagrams})
}
