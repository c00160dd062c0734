//! Views of architectures among the report's data: what was drawn, and which finding an element leads to.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use groma_c4::draw::Drawing;
use groma_model::Id;
use serde_json::{Value, json};

/// The drawings of a report.
#[derive(Debug, Clone, Default)]
pub struct Drawings {
    /// By diagram.
    pub views: BTreeMap<Id, ViewDrawing>,
    /// Why a diagram that is a view has no drawing.
    pub missing: BTreeMap<Id, String>,
    /// The view on which findings are shown.
    pub map: Option<FindingMap>,
}

/// A view as it is printed.
#[derive(Debug, Clone)]
pub struct ViewDrawing {
    /// Its drawings: the whole, or an overview and parts that can be read.
    pub drawings: Vec<Drawing>,
    /// The number of the worst finding of an element, by the element's key.
    pub findings: BTreeMap<String, u32>,
}

/// A view on which each finding shows what it is about.
#[derive(Debug, Clone)]
pub struct FindingMap {
    /// The drawing.
    pub drawing: Drawing,
    /// Keys of the elements of each finding that are on it.
    pub highlights: BTreeMap<Id, BTreeSet<String>>,
}

impl ViewDrawing {
    /// The virtual paths of its drawings.
    pub(crate) fn paths(&self, id: Id) -> Vec<String> {
        let path = |at: usize| match at {
            0 => format!("/data/drawings/{id}.json"),
            at => format!("/data/drawings/{id}-{at}.json"),
        };
        (0..self.drawings.len()).map(path).collect()
    }
}

/// The virtual path of the map.
pub(crate) const MAP: &str = "/data/drawings/map.json";

/// The files that hold the drawings: JSON, and the pictures in them.
pub(crate) fn files(drawings: &Drawings) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let all = drawings.views.iter().flat_map(|(id, view)| {
        view.paths(*id).into_iter().zip(&view.drawings).map(move |(path, drawing)| (path, drawing, view))
    });
    for (path, drawing, view) in all {
        let mut data = serde_json::to_value(drawing).unwrap_or_default();
        for list in ["boundaries", "boxes"] {
            for part in data.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                let finding = part["element"].as_str().and_then(|element| view.findings.get(element));
                if let Some(finding) = finding {
                    part["finding"] = json!(finding);
                }
            }
        }
        take_pictures(&mut data, &mut files);
        files.push((path, data.to_string().into_bytes()));
    }
    if let Some(map) = &drawings.map {
        files.push((MAP.to_owned(), simple(&map.drawing).to_string().into_bytes()));
    }
    files
}

/// The drawing as a project of one page: what its picture is made of.
#[must_use]
pub fn page(drawing: &Drawing) -> BTreeMap<String, Vec<u8>> {
    let mut files = Vec::new();
    let mut data = serde_json::to_value(drawing).unwrap_or_default();
    take_pictures(&mut data, &mut files);
    files.push(("/data/drawing.json".to_owned(), data.to_string().into_bytes()));
    files.into_iter().collect()
}

/// Takes pictures out of a drawing into files of their own; the drawing then names those.
fn take_pictures(data: &mut Value, files: &mut Vec<(String, Vec<u8>)>) {
    match data {
        Value::Object(fields) if fields.get("shape").and_then(Value::as_str) == Some("image") => {
            let uri = fields.get("data").and_then(Value::as_str).unwrap_or_default();
            let (head, body) = uri.split_once(',').unwrap_or_default();
            let ending = match head {
                _ if head.starts_with("data:image/jpeg") => "jpg",
                _ if head.starts_with("data:image/gif") => "gif",
                _ if head.starts_with("data:image/webp") => "webp",
                _ => "png",
            };
            let path = format!("/data/drawings/{}.{ending}", files.len());
            files.push((path.clone(), STANDARD.decode(body).unwrap_or_default()));
            fields.insert("data".to_owned(), Value::String(path));
        }
        Value::Object(fields) => fields.values_mut().for_each(|value| take_pictures(value, files)),
        Value::Array(items) => items.iter_mut().for_each(|value| take_pictures(value, files)),
        _ => {}
    }
}

/// The drawing without words: boxes, frames and lines.
fn simple(drawing: &Drawing) -> Value {
    let rect = |rect: &groma_c4::layout::Rect| json!([rect.x, rect.y, rect.w, rect.h]);
    let boxes: Vec<Value> = drawing
        .boxes
        .iter()
        .map(|one| json!({"key": one.element, "name": one.name, "rect": rect(&one.rect)}))
        .collect();
    let frames: Vec<Value> =
        drawing.boundaries.iter().map(|one| json!({"key": one.element, "rect": rect(&one.rect)})).collect();
    let lines: Vec<Value> = drawing
        .lines
        .iter()
        .map(|line| json!(line.points.iter().map(|point| [point.x, point.y]).collect::<Vec<_>>()))
        .collect();
    json!({
        "title": drawing.title, "alt": drawing.alt, "width": drawing.width, "height": drawing.height,
        "boxes": boxes, "boundaries": frames, "lines": lines,
    })
}
