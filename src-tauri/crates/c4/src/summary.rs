//! A workspace in figures.

use crate::diagnostic::Diagnostic;
use crate::model::{ElementKind, ViewKind, Workspace};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many there are of everything, as `groma diagram --json` writes it.
pub fn summary(workspace: &Workspace, diagnostics: &[Diagnostic]) -> Value {
    let model = &workspace.model;
    let count = |kind| model.of_kind(kind).count();
    let environments: BTreeSet<&str> =
        model.of_kind(ElementKind::DeploymentNode).map(|id| model.element(id).environment.as_str()).collect();
    let views: Vec<Value> = workspace
        .views
        .iter()
        .map(|view| {
            let (elements, relationships) = match view.kind {
                ViewKind::Filtered => {
                    workspace.view(&view.base).map_or((0, 0), |base| (base.elements.len(), base.relationships.len()))
                }
                _ => (view.elements.len(), view.relationships.len()),
            };
            json!({
                "key": view.key,
                "type": view.kind.list().trim_end_matches('s'),
                "elements": elements,
                "relationships": relationships,
            })
        })
        .collect();
    json!({
        "people": count(ElementKind::Person),
        "softwareSystems": count(ElementKind::SoftwareSystem),
        "containers": count(ElementKind::Container),
        "components": count(ElementKind::Component),
        "customElements": count(ElementKind::CustomElement),
        "deploymentNodes": count(ElementKind::DeploymentNode),
        "infrastructureNodes": count(ElementKind::InfrastructureNode),
        "softwareSystemInstances": count(ElementKind::SoftwareSystemInstance),
        "containerInstances": count(ElementKind::ContainerInstance),
        "relationships": model.relationships().count(),
        "impliedOrInstanceRelationships": model.relationships().filter(|(_, one)| one.linked.is_some()).count(),
        "deploymentEnvironments": environments.len(),
        "views": views,
        "diagnostics": diagnostics.iter().map(|one| json!({
            "level": one.level, "line": one.line, "message": one.message,
        })).collect::<Vec<_>>(),
    })
}
