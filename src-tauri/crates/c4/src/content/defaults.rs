//! The views of a workspace that defines none.

use super::Content;
use crate::model::{AutoLayout, ElementId, ElementKind, Model, View, ViewKind, Workspace};

/// Elements and relationships on all made-up views together; more of them are not made.
const MOST_SHOWN: usize = 5_000_000;

/// Gives a workspace a landscape, a context and container view for each system, a component view for each container
/// with components, and a deployment view for each environment and system in it.
pub fn default_views(workspace: &mut Workspace) {
    let model = &workspace.model;
    let mut views = vec![(ViewKind::SystemLandscape, None, String::new())];
    for system in by_name(model, model.of_kind(ElementKind::SoftwareSystem)) {
        views.push((ViewKind::SystemContext, Some(system), String::new()));
        if model.children(system).is_empty() {
            continue;
        }
        views.push((ViewKind::Container, Some(system), String::new()));
        for container in by_name(model, model.children(system).iter().copied()) {
            if !model.children(container).is_empty() {
                views.push((ViewKind::Component, Some(container), String::new()));
            }
        }
    }
    let mut environments: Vec<&str> =
        model.of_kind(ElementKind::DeploymentNode).map(|id| model.element(id).environment.as_str()).collect();
    environments.sort_unstable();
    environments.dedup();
    for environment in environments {
        let here = |id: &ElementId| model.element(*id).environment == environment;
        let of = |id: ElementId| model.element(id).instance_of;
        let systems = model.of_kind(ElementKind::SoftwareSystemInstance).filter(here).filter_map(of);
        let containers = model.of_kind(ElementKind::ContainerInstance).filter(here).filter_map(of);
        let systems: Vec<ElementId> =
            systems.chain(containers.filter_map(|container| model.element(container).parent)).collect();
        let mut systems = by_name(model, systems.into_iter());
        systems.dedup();
        if systems.is_empty() && model.of_kind(ElementKind::InfrastructureNode).any(|id| here(&id)) {
            views.push((ViewKind::Deployment, None, environment.to_owned()));
        }
        views.extend(systems.into_iter().map(|system| (ViewKind::Deployment, Some(system), environment.to_owned())));
    }
    let mut shown = 0;
    for (kind, scope, environment) in views {
        if shown > MOST_SHOWN {
            break;
        }
        let key = free_key(workspace, kind);
        let mut view = View::new(kind, key);
        view.generated_key = true;
        view.order = workspace.views.len() as u32 + 1;
        view.scope = scope;
        view.environment = environment;
        view.auto_layout = Some(AutoLayout::usual());
        Content::of(&workspace.model, &mut view).add_defaults(false);
        // Of a system that runs as a whole there is nothing to show within.
        shown += view.elements.len() + view.relationships.len();
        if kind != ViewKind::Deployment || !view.elements.is_empty() {
            workspace.views.push(view);
        }
    }
}

/// A key for a view that was given none.
pub(crate) fn free_key(workspace: &Workspace, kind: ViewKind) -> String {
    let mut number = workspace.views.iter().filter(|view| view.kind == kind && view.generated_key).count();
    loop {
        number += 1;
        let key = format!("{}-{number:03}", kind.prefix());
        if workspace.view(&key).is_none() {
            return key;
        }
    }
}

fn by_name(model: &Model, ids: impl Iterator<Item = ElementId>) -> Vec<ElementId> {
    let mut ids: Vec<ElementId> = ids.collect();
    ids.sort_by(|one, other| model.element(*one).name.cmp(&model.element(*other).name).then(one.cmp(other)));
    ids
}
