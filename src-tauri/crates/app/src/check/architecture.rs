//! Architectures: diagrams show views that are there and can be read, findings name elements that are there.

use std::collections::BTreeMap;

use groma_c4::Workspace;
use groma_c4::draw::{Drawing, DrawingWarning};
use groma_model::{Contents, Id, Kind};
use serde_json::json;

use super::{Problems, Values, values};
use crate::{architectures, drawings};

pub(super) fn check(contents: &Contents, problems: &mut Problems) {
    let models: BTreeMap<Id, Workspace> =
        contents.architectures.iter().filter_map(|one| Some((one.id, architectures::bare(one).ok()?))).collect();
    views(contents, &models, problems);
    elements(contents, &models, problems);
}

fn views(contents: &Contents, models: &BTreeMap<Id, Workspace>, problems: &mut Problems) {
    for architecture in &contents.architectures {
        let shown = contents.diagrams.iter().any(|diagram| diagram.architecture == Some(architecture.id));
        let drawable = models.get(&architecture.id).is_some_and(|model| !model.views.is_empty());
        if !shown && drawable {
            let name = format!("architecture \"{}\"", architecture.name);
            problems.at(Kind::Architecture, architecture.id, name).warning("architecture.views", "name", Values::new());
        }
    }
    // Drawn already for the report, or for it from now on.
    let drawn = drawings::of_contents(contents).unwrap_or_default();
    for diagram in &contents.diagrams {
        let Some(model) = diagram.architecture.and_then(|id| models.get(&id)) else { continue };
        let mut at = problems.at(Kind::Diagram, diagram.id, format!("diagram \"{}\"", diagram.title));
        if model.view(&diagram.view).is_none() {
            at.error("diagram.view", "view", values([("view", json!(diagram.view))]));
            continue;
        }
        if let Some(reason) = drawn.missing.get(&diagram.id) {
            at.error("diagram.drawing", "view", values([("reason", json!(reason))]));
        }
        let printed = drawn.views.get(&diagram.id).map(|view| view.drawings.as_slice()).unwrap_or_default();
        for warning in remarks(printed) {
            match warning {
                DrawingWarning::Crowded { elements, .. } => {
                    at.warning("diagram.crowded", "view", values([("elements", json!(elements))]));
                }
                DrawingWarning::SmallText { points, .. } => {
                    let points = (points * 10.0).round() / 10.0;
                    at.warning("diagram.small", "view", values([("points", json!(points))]));
                }
                DrawingWarning::MissingGlyphs { characters } => {
                    at.warning("diagram.glyphs", "view", values([("characters", json!(characters))]));
                }
                DrawingWarning::MissingImage { name, .. } => {
                    at.warning("diagram.icon", "view", values([("name", json!(name))]));
                }
                DrawingWarning::Shortened { .. } | DrawingWarning::Spread { .. } => {}
            }
        }
    }
}

/// What is to be said of a view as it is printed: of the whole, and what its parts say besides.
fn remarks(printed: &[Drawing]) -> Vec<&DrawingWarning> {
    let mut said: Vec<&DrawingWarning> = Vec::new();
    for warning in printed.iter().flat_map(|drawing| &drawing.warnings) {
        let again = said.iter().any(|known| std::mem::discriminant(*known) == std::mem::discriminant(warning));
        if !again || (matches!(warning, DrawingWarning::MissingImage { .. }) && !said.contains(&warning)) {
            said.push(warning);
        }
    }
    // Its parts stand behind it.
    if printed.len() > 1 {
        said.retain(|one| !matches!(one, DrawingWarning::Crowded { .. }));
    }
    said
}

fn elements(contents: &Contents, models: &BTreeMap<Id, Workspace>, problems: &mut Problems) {
    if models.values().all(|model| model.model.elements().next().is_none()) {
        return;
    }
    for finding in &contents.findings {
        let unknown = |name: &&String| !models.values().any(|model| model.model.by_key(name).is_some());
        for name in finding.elements.iter().filter(unknown) {
            let mut at = problems.at(Kind::Finding, finding.id, format!("F-{:03}", finding.number));
            at.warning("finding.element", "elements", values([("element", json!(name))]));
        }
    }
}
