//! Diagrams in their order, as found first, then the target.

use groma_model::Kind;
use serde_json::{Value, json};

use super::Source;
use crate::drawings::drawing_path;

pub(super) fn view(source: &Source<'_>) -> Value {
    let diagrams: Vec<Value> = source
        .contents
        .diagrams
        .iter()
        .enumerate()
        .map(|(index, diagram)| {
            let key = (index + 1).to_string();
            json!({
                "title": diagram.title, "kind": diagram.kind, "target": diagram.target,
                "image": source.image(diagram.image),
                "drawing": source.drawings.views.contains_key(&diagram.id).then(|| drawing_path(diagram.id)), "caption": diagram.caption, "alt": diagram.alt,
                "description": source.prose.field(Kind::Diagram, diagram.id, &key, "description", &diagram.description),
            })
        })
        .collect();
    json!({"diagrams": diagrams})
}
