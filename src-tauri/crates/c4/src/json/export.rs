//! Workspace to JSON: the model; views are in `views_out`.

use super::{configuration, views_out};
use crate::model::{Element, ElementId, ElementKind, Model, Perspective, Properties, Relationship, Workspace};
use serde_json::{Map, Value, json};

/// An object being written.
#[derive(Default)]
pub(super) struct Out(Map<String, Value>);

impl Out {
    /// Begins with the fields that have no meaning here.
    pub(super) fn from(extra: &Map<String, Value>) -> Self {
        Self(extra.clone())
    }

    pub(super) fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A text that is left out when empty.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.put(name, text);
        }
    }

    /// A value that may be absent.
    pub(super) fn some(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// A list that is left out when empty.
    pub(super) fn list(&mut self, name: &str, list: Vec<Value>) {
        if !list.is_empty() {
            self.put(name, list);
        }
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// Writes a workspace as Structurizr's JSON.
pub fn export(workspace: &Workspace) -> Value {
    let mut out = Out::from(&workspace.extra);
    out.text("name", &workspace.name);
    out.text("description", &workspace.description);
    properties(&mut out, &workspace.properties);
    out.put("configuration", configuration::map(&workspace.access));
    out.put("model", model(&workspace.model));
    let mut views = views_out::write(workspace);
    views.put("configuration", configuration::write(&workspace.configuration));
    out.put("views", views.done());
    out.done()
}

fn model(model: &Model) -> Value {
    let mut out = Out::default();
    out.some("enterprise", model.enterprise.as_ref().map(|name| json!({ "name": name })));
    properties(&mut out, &model.properties);
    for (name, kind) in [
        ("customElements", ElementKind::CustomElement),
        ("people", ElementKind::Person),
        ("softwareSystems", ElementKind::SoftwareSystem),
        ("deploymentNodes", ElementKind::DeploymentNode),
    ] {
        let top = model.of_kind(kind).filter(|id| model.element(*id).parent.is_none());
        out.list(name, top.map(|id| element(model, id)).collect());
    }
    out.done()
}

fn element(model: &Model, id: ElementId) -> Value {
    let element = model.element(id);
    let mut out = Out::from(&element.extra);
    out.put("id", element.id.as_str());
    out.text("name", &element.name);
    out.text("description", &element.description);
    out.text(if element.kind == ElementKind::CustomElement { "metadata" } else { "technology" }, &element.technology);
    out.text("tags", &element.tags.join(","));
    out.text("url", &element.url);
    out.some("group", element.group.clone());
    properties(&mut out, &element.properties);
    out.list("perspectives", element.perspectives.iter().map(perspective).collect());
    out.list(
        "relationships",
        model.outgoing(id).iter().map(|one| relationship(model, model.relationship(*one))).collect(),
    );
    if element.kind.is_deployment() {
        deployment(model, element, &mut out);
    }
    for (name, kind) in [
        ("containers", ElementKind::Container),
        ("components", ElementKind::Component),
        ("children", ElementKind::DeploymentNode),
        ("softwareSystemInstances", ElementKind::SoftwareSystemInstance),
        ("containerInstances", ElementKind::ContainerInstance),
        ("infrastructureNodes", ElementKind::InfrastructureNode),
    ] {
        let within = model.children(id).iter().filter(|child| model.element(**child).kind == kind);
        out.list(name, within.map(|child| self::element(model, *child)).collect());
    }
    out.done()
}

fn deployment(model: &Model, element: &Element, out: &mut Out) {
    out.text("environment", &element.environment);
    out.list("deploymentGroups", element.deployment_groups.iter().map(|group| Value::from(group.as_str())).collect());
    out.text("instances", &element.instances);
    if let Some(of) = element.instance_of {
        let name = if element.kind == ElementKind::ContainerInstance { "containerId" } else { "softwareSystemId" };
        out.put(name, model.element(of).id.as_str());
        out.put("instanceId", element.instance_number);
    }
    let checks = element.health_checks.iter().map(|check| {
        let mut out = Out::from(&check.extra);
        out.text("name", &check.name);
        out.text("url", &check.url);
        out.put("interval", check.interval);
        out.put("timeout", check.timeout);
        out.done()
    });
    out.list("healthChecks", checks.collect());
}

fn relationship(model: &Model, relationship: &Relationship) -> Value {
    let mut out = Out::from(&relationship.extra);
    out.put("id", relationship.id.as_str());
    out.put("sourceId", model.element(relationship.source).id.as_str());
    out.put("destinationId", model.element(relationship.destination).id.as_str());
    out.text("description", &relationship.description);
    out.text("technology", &relationship.technology);
    out.text("tags", &relationship.tags.join(","));
    out.text("url", &relationship.url);
    properties(&mut out, &relationship.properties);
    out.list("perspectives", relationship.perspectives.iter().map(perspective).collect());
    out.some("linkedRelationshipId", relationship.linked.map(|id| model.relationship(id).id.clone()));
    out.done()
}

fn perspective(perspective: &Perspective) -> Value {
    let mut out = Out::default();
    out.text("name", &perspective.name);
    out.text("description", &perspective.description);
    out.text("value", &perspective.value);
    out.text("url", &perspective.url);
    out.done()
}

/// Name/value pairs, left out when there are none.
pub(super) fn properties(out: &mut Out, properties: &Properties) {
    if !properties.is_empty() {
        let map = properties.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
        out.put("properties", Value::Object(map));
    }
}
