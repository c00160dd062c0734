//! Workspace to JSON: views.

use super::export::{Out, properties};
use crate::model::{Direction, FilterMode, Model, RelationshipView, View, ViewKind, Workspace};
use serde_json::{Value, json};

pub(super) fn write(workspace: &Workspace) -> Out {
    let mut out = Out::default();
    for kind in ViewKind::ALL {
        let of_kind = workspace.views.iter().filter(|view| view.kind == kind);
        out.list(kind.list(), of_kind.map(|one| view(one, &workspace.model)).collect());
    }
    out
}

fn view(view: &View, model: &Model) -> Value {
    let mut out = Out::from(&view.extra);
    out.text("key", &view.key);
    if view.generated_key {
        out.put("generatedKey", true);
    }
    if view.order > 0 {
        out.put("order", view.order);
    }
    out.text("title", &view.title);
    out.text("description", &view.description);
    if view.kind == ViewKind::Deployment {
        out.text("environment", &view.environment);
    }
    if let Some(scope) = view.scope {
        let name = match view.kind {
            ViewKind::Component => "containerId",
            ViewKind::Dynamic | ViewKind::Image => "elementId",
            _ => "softwareSystemId",
        };
        out.put(name, model.element(scope).id.as_str());
        if let (ViewKind::Component, Some(system)) = (view.kind, model.element(scope).parent) {
            out.put("softwareSystemId", model.element(system).id.as_str());
        }
    }
    properties(&mut out, &view.properties);
    let elements = view.elements.iter().map(|(id, shown)| {
        let mut out = Out::from(&shown.extra);
        out.put("id", model.element(*id).id.as_str());
        out.some("x", shown.x);
        out.some("y", shown.y);
        out.done()
    });
    out.list("elements", elements.collect());
    out.list("relationships", view.relationships.iter().map(|one| relationship(one, model)).collect());
    let animations = view.animations.iter().enumerate().map(|(at, step)| {
        json!({
            "order": at + 1,
            "elements": step.elements.iter().map(|id| model.element(*id).id.as_str()).collect::<Vec<_>>(),
            "relationships": step.relationships.iter().map(|id| model.relationship(*id).id.as_str()).collect::<Vec<_>>(),
        })
    });
    out.list("animations", animations.collect());
    layout(view, &mut out);
    match view.kind {
        ViewKind::Filtered => {
            out.text("baseViewKey", &view.base);
            out.put("mode", if view.mode == FilterMode::Include { "Include" } else { "Exclude" });
            out.list("tags", view.tags.iter().map(|tag| Value::from(tag.as_str())).collect());
        }
        ViewKind::Image => {
            out.some("content", view.image.content.clone());
            out.some("contentType", view.image.content_type.clone());
        }
        _ => {}
    }
    out.done()
}

fn relationship(shown: &RelationshipView, model: &Model) -> Value {
    let mut out = Out::from(&shown.extra);
    out.put("id", model.relationship(shown.relationship).id.as_str());
    out.text("description", &shown.description);
    out.text("order", &shown.order);
    if shown.response {
        out.put("response", true);
    }
    out.text("url", &shown.url);
    out.list("vertices", shown.vertices.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect());
    properties(&mut out, &shown.properties);
    out.done()
}

fn layout(view: &View, out: &mut Out) {
    out.some("paperSize", view.paper_size.clone());
    out.some("dimensions", view.dimensions.map(|(width, height)| json!({ "width": width, "height": height })));
    if let Some(auto) = &view.auto_layout {
        let mut inner = Out::from(&auto.extra);
        let direction = match auto.direction {
            Direction::TopBottom => "TopBottom",
            Direction::BottomTop => "BottomTop",
            Direction::LeftRight => "LeftRight",
            Direction::RightLeft => "RightLeft",
        };
        inner.put("rankDirection", direction);
        inner.put("rankSeparation", auto.rank_separation);
        inner.put("nodeSeparation", auto.node_separation);
        out.put("automaticLayout", inner.done());
    }
}
