//! JSON to workspace: the model; views are in `views`.

use super::reader::{Fields, refuse};
use super::{configuration, views};
use crate::diagnostic::Refusal;
use crate::model::{
    Element, ElementId, ElementKind, HealthCheck, Model, Relationship, RelationshipId, Workspace, tag_list,
};
use serde_json::Value;

/// Deployment nodes may be nested as deep as this.
const DEEPEST: usize = 64;

/// Reads a workspace.
///
/// # Errors
/// Bytes that are not JSON (with line), fields of the wrong type, names or ids that are not unique, references to
/// what is not there: each with its place.
pub fn import(bytes: &[u8]) -> Result<Workspace, Refusal> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| Refusal {
        file: String::new(),
        line: error.line(),
        message: format!("not JSON: {error}"),
        remedy: "export the workspace again".to_owned(),
    })?;
    if !value.is_object() {
        return Err(refuse("a workspace must be an object", "give a file exported by Structurizr"));
    }
    let mut fields = Fields::of(value, "")?;
    let mut workspace = Workspace {
        name: fields.text("name")?,
        description: fields.text("description")?,
        properties: fields.properties()?,
        access: fields.object("configuration")?.rest(),
        ..Workspace::default()
    };
    let mut reading = Reading { model: Model::default(), relationships: Vec::new() };
    reading.model(fields.object("model")?)?;
    workspace.model = reading.model;
    let mut lists = fields.object("views")?;
    workspace.configuration = configuration::read(lists.object("configuration")?)?;
    views::read(lists, &mut workspace)?;
    workspace.extra = fields.rest();
    Ok(workspace)
}

struct Reading {
    model: Model,
    /// Relationships are read when all elements are known.
    relationships: Vec<(ElementId, Fields)>,
}

impl Reading {
    fn model(&mut self, mut fields: Fields) -> Result<(), Refusal> {
        self.model.enterprise = fields.object("enterprise")?.some_text("name")?;
        self.model.properties = fields.properties()?;
        for custom in fields.objects("customElements")? {
            self.element(custom, ElementKind::CustomElement, None)?;
        }
        for person in fields.objects("people")? {
            self.element(person, ElementKind::Person, None)?;
        }
        for mut system in fields.objects("softwareSystems")? {
            let containers = system.objects("containers")?;
            let system = self.element(system, ElementKind::SoftwareSystem, None)?;
            for mut container in containers {
                let components = container.objects("components")?;
                let container = self.element(container, ElementKind::Container, Some(system))?;
                for component in components {
                    self.element(component, ElementKind::Component, Some(container))?;
                }
            }
        }
        for node in fields.objects("deploymentNodes")? {
            self.node(node, None, 0)?;
        }
        self.connect()
    }

    fn node(&mut self, mut fields: Fields, parent: Option<ElementId>, depth: usize) -> Result<(), Refusal> {
        if depth > DEEPEST {
            return Err(refuse(format!("{}: deployment nodes nested too deep", fields.place()), "flatten them"));
        }
        let children = fields.objects("children")?;
        let systems = fields.objects("softwareSystemInstances")?;
        let containers = fields.objects("containerInstances")?;
        let infrastructure = fields.objects("infrastructureNodes")?;
        let node = self.element(fields, ElementKind::DeploymentNode, parent)?;
        for child in children {
            self.node(child, Some(node), depth + 1)?;
        }
        for instance in systems {
            self.element(instance, ElementKind::SoftwareSystemInstance, Some(node))?;
        }
        for instance in containers {
            self.element(instance, ElementKind::ContainerInstance, Some(node))?;
        }
        for one in infrastructure {
            self.element(one, ElementKind::InfrastructureNode, Some(node))?;
        }
        Ok(())
    }

    fn element(
        &mut self,
        mut fields: Fields,
        kind: ElementKind,
        parent: Option<ElementId>,
    ) -> Result<ElementId, Refusal> {
        let place = fields.place().to_owned();
        let mut element = Element::new(kind, fields.text("name")?);
        element.id = fields.text("id")?;
        if element.id.is_empty() {
            return Err(refuse(format!("{place} has no id"), "give each element its own id"));
        }
        if element.name.is_empty() && !kind.is_instance() {
            return Err(refuse(format!("{place} has no name"), "give each element a name"));
        }
        element.parent = parent;
        element.description = fields.text("description")?;
        element.technology = fields.text(if kind == ElementKind::CustomElement { "metadata" } else { "technology" })?;
        let tags = fields.text("tags")?;
        element.add_tags(tag_list(&tags));
        element.url = fields.text("url")?;
        element.group = fields.some_text("group")?;
        element.properties = fields.properties()?;
        element.perspectives = fields.perspectives()?;
        if kind.is_deployment() {
            let environment = fields.text("environment")?;
            element.environment = if environment.is_empty() { "Default".to_owned() } else { environment };
            element.deployment_groups = fields.texts("deploymentGroups")?;
        }
        if kind == ElementKind::DeploymentNode {
            element.instances = fields.some_text("instances")?.unwrap_or_else(|| "1".to_owned());
        }
        if kind.is_instance() {
            self.instance(&mut element, &mut fields)?;
        }
        let relationships = fields.objects("relationships")?;
        element.extra = fields.rest();
        let id = self
            .model
            .add(element)
            .map_err(|conflict| refuse(format!("{conflict} (at {place})"), "rename one of them"))?;
        self.relationships.extend(relationships.into_iter().map(|one| (id, one)));
        Ok(id)
    }

    fn instance(&mut self, element: &mut Element, fields: &mut Fields) -> Result<(), Refusal> {
        let (field, wanted, what) = match element.kind {
            ElementKind::SoftwareSystemInstance => ("softwareSystemId", ElementKind::SoftwareSystem, "software system"),
            _ => ("containerId", ElementKind::Container, "container"),
        };
        let of = fields.text(field)?;
        let found = self.model.element_by_id(&of).filter(|id| self.model.element(*id).kind == wanted);
        let Some(found) = found else {
            let message = format!(
                "A {what} instance is associated with a {what} (id={of}) that does not exist in the model. (at {})",
                fields.place()
            );
            return Err(refuse(message, "add the element or remove the instance"));
        };
        element.instance_of = Some(found);
        element.instance_number = fields.number("instanceId")?.unwrap_or(1).max(1) as u32;
        for mut check in fields.objects("healthChecks")? {
            element.health_checks.push(HealthCheck {
                name: check.text("name")?,
                url: check.text("url")?,
                interval: check.number("interval")?.unwrap_or(60),
                timeout: check.number("timeout")?.unwrap_or(0),
                extra: check.rest(),
            });
        }
        Ok(())
    }

    fn connect(&mut self) -> Result<(), Refusal> {
        let mut linked: Vec<(RelationshipId, String)> = Vec::new();
        for (source, mut fields) in std::mem::take(&mut self.relationships) {
            let place = fields.place().to_owned();
            let destination = fields.text("destinationId")?;
            let Some(destination) = self.model.element_by_id(&destination) else {
                let message =
                    format!("{place} leads to an element (id={destination}) that does not exist in the model.");
                return Err(refuse(message, "add the element or remove the relationship"));
            };
            let mut relationship = Relationship::new(source, destination, fields.text("description")?);
            relationship.id = fields.text("id")?;
            if relationship.id.is_empty() {
                return Err(refuse(format!("{place} has no id"), "give each relationship its own id"));
            }
            // The source is the element that the relationship stands in.
            fields.take("sourceId");
            relationship.technology = fields.text("technology")?;
            relationship.tags = tag_list(&fields.text("tags")?).map(str::to_owned).collect();
            relationship.url = fields.text("url")?;
            relationship.properties = fields.properties()?;
            relationship.perspectives = fields.perspectives()?;
            let link = fields.some_text("linkedRelationshipId")?;
            relationship.extra = fields.rest();
            let description = relationship.description.clone();
            let id = self.model.connect(relationship).map_err(|conflict| {
                use crate::model::Conflict;
                let message = match conflict {
                    Conflict::Relationship(source, destination) => format!(
                        "A relationship with the description \"{description}\" already exists between \"{source}\" and \"{destination}\". (at {place})"
                    ),
                    other => format!("{other} (at {place})"),
                };
                refuse(message, "change or remove one of them")
            })?;
            linked.extend(link.map(|link| (id, link)));
        }
        for (id, link) in linked {
            self.model.relationship_mut(id).linked = self.model.relationship_by_id(&link);
        }
        Ok(())
    }
}
