//! Environments, nodes and what runs on them.

use super::elements::{defined, fields, grouped, has_fields, mode_line, name, own_tags};
use super::names::Names;
use super::relationships::{Plan, changed, said};
use super::text::Text;
use crate::dsl::deployment::instances;
use crate::model::{Element, ElementId, ElementKind, Model};

pub(super) fn write(text: &mut Text, model: &Model, names: &Names, plan: &Plan) {
    let mut environments: Vec<&str> = Vec::new();
    for (_, element) in model.elements() {
        if element.kind == ElementKind::DeploymentNode && !environments.contains(&element.environment.as_str()) {
            environments.push(&element.environment);
        }
    }
    let mut nested = names.hierarchical_first();
    for environment in environments {
        text.blank();
        if let Some(mode) = names.environment_mode(model, environment).filter(|mode| *mode != nested) {
            nested = mode;
            text.line(mode_line(mode));
        }
        let keyword = match names.environment(environment) {
            Some(name) => format!("{name} = deploymentEnvironment"),
            None => "deploymentEnvironment".to_owned(),
        };
        let line = text.words(&keyword, &[environment], 1);
        text.open(&line);
        for (group, identifier) in names.groups(environment) {
            text.call(&format!("{identifier} = deploymentGroup"), &[group], 1);
        }
        let top = model.elements().filter(|(_, one)| {
            one.kind == ElementKind::DeploymentNode && one.parent.is_none() && one.environment == environment
        });
        let top: Vec<ElementId> = top.map(|(id, _)| id).collect();
        grouped(text, model, &top, &mut |text, id| node(text, model, names, id));
        if let Some(running) = plan.running.get(environment) {
            for (source, destination, description) in &running.removed {
                let keyword = format!("{} -/> {}", names.element(*source), names.element(*destination));
                let line = text.words(&keyword, &[description], 1);
                text.open(&line);
                text.close();
            }
            for id in &running.said {
                said(text, model, names, *id);
            }
            changed(text, model, names, &running.changed);
        }
        text.close();
    }
}

fn node(text: &mut Text, model: &Model, names: &Names, id: ElementId) {
    let one = model.element(id);
    let tags = own_tags(one);
    let count = if one.instances == "1" || instances(&one.instances).is_err() { "" } else { one.instances.as_str() };
    let line = match one.kind {
        ElementKind::InfrastructureNode => {
            let keyword = defined(names, id, "infrastructureNode");
            text.words(&keyword, &[name(one), &one.description, &one.technology, &tags], 1)
        }
        ElementKind::DeploymentNode => {
            let keyword = defined(names, id, "deploymentNode");
            text.words(&keyword, &[name(one), &one.description, &one.technology, &tags, count], 1)
        }
        kind => {
            let keyword =
                if kind == ElementKind::ContainerInstance { "containerInstance" } else { "softwareSystemInstance" };
            let of = one.instance_of.map_or("this", |of| names.element(of));
            let groups = groups(names, one).join(",");
            text.words(&format!("{} {of}", defined(names, id, keyword)), &[&groups, &tags], 0)
        }
    };
    let children = model.children(id);
    let own_groups = one.kind == ElementKind::DeploymentNode && !one.deployment_groups.is_empty();
    if children.is_empty() && one.health_checks.is_empty() && !own_groups && !has_fields(one) {
        text.line(&line);
        return;
    }
    text.open(&line);
    fields(text, one);
    if own_groups {
        text.line(&format!("deploymentGroup {}", groups(names, one).join(",")));
    }
    for check in &one.health_checks {
        let line = text.words("healthCheck", &[&check.name, &check.url], 2);
        text.line(&format!("{line} {} {}", check.interval, check.timeout));
    }
    grouped(text, model, children, &mut |text, child| node(text, model, names, child));
    text.close();
}

fn groups<'n>(names: &'n Names, one: &'n Element) -> Vec<&'n str> {
    one.deployment_groups.iter().filter_map(|group| names.group(&one.environment, group)).collect()
}
