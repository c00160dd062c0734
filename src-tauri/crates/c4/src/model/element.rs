//! One box of the model.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Free name/value pairs.
pub type Properties = BTreeMap<String, String>;

/// The place of an element in its [`super::Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub(crate) u32);

impl ElementId {
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    /// Someone who uses a system.
    Person,
    /// A software system.
    SoftwareSystem,
    /// An application or a data store within a system.
    Container,
    /// A part of a container.
    Component,
    /// A thing of a kind that C4 does not have.
    CustomElement,
    /// Where something runs; may be nested.
    DeploymentNode,
    /// A load balancer, a name server: runs, but is not of the model's software.
    InfrastructureNode,
    /// A system running on a node.
    SoftwareSystemInstance,
    /// A container running on a node.
    ContainerInstance,
}

impl ElementKind {
    /// The tags that every element of the kind has, first to last.
    pub fn default_tags(self) -> &'static [&'static str] {
        match self {
            Self::Person => &["Element", "Person"],
            Self::SoftwareSystem => &["Element", "Software System"],
            Self::Container => &["Element", "Container"],
            Self::Component => &["Element", "Component"],
            Self::CustomElement => &["Element"],
            Self::DeploymentNode => &["Element", "Deployment Node"],
            Self::InfrastructureNode => &["Element", "Infrastructure Node"],
            Self::SoftwareSystemInstance => &["Software System Instance"],
            Self::ContainerInstance => &["Container Instance"],
        }
    }

    /// What it is called in a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::SoftwareSystem => "system",
            Self::Container => "container",
            Self::Component => "component",
            Self::CustomElement => "custom element",
            Self::DeploymentNode => "deployment node",
            Self::InfrastructureNode => "infrastructure node",
            Self::SoftwareSystemInstance => "system instance",
            Self::ContainerInstance => "container instance",
        }
    }

    /// Where it can be, as advice.
    pub fn home(self) -> &'static str {
        match self {
            Self::Person | Self::SoftwareSystem | Self::CustomElement => "put it beside the systems, not into one",
            Self::Container => "put it into a system",
            Self::Component => "put it into a container",
            Self::DeploymentNode => "put it into another deployment node, or beside them",
            Self::InfrastructureNode | Self::SoftwareSystemInstance | Self::ContainerInstance => {
                "put it into a deployment node"
            }
        }
    }

    /// Whether it belongs to a deployment environment.
    pub fn is_deployment(self) -> bool {
        matches!(
            self,
            Self::DeploymentNode | Self::InfrastructureNode | Self::SoftwareSystemInstance | Self::ContainerInstance
        )
    }

    /// Whether it is a running copy of another element.
    pub fn is_instance(self) -> bool {
        matches!(self, Self::SoftwareSystemInstance | Self::ContainerInstance)
    }

    /// Person, system, container or component.
    pub fn is_static(self) -> bool {
        matches!(self, Self::Person | Self::SoftwareSystem | Self::Container | Self::Component)
    }
}

/// What someone thinks of an element or a relationship from one angle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Perspective {
    /// The angle: `Security`, `Ownership`.
    pub name: String,
    /// What is said.
    pub description: String,
    /// A short value to colour by; may be empty.
    pub value: String,
    /// An address to read more; may be empty.
    pub url: String,
}

/// An address that tells whether an instance is well.
#[derive(Debug, Clone, PartialEq)]
pub struct HealthCheck {
    /// The name.
    pub name: String,
    /// The address to ask.
    pub url: String,
    /// Seconds between two questions.
    pub interval: i64,
    /// Milliseconds to wait for an answer.
    pub timeout: i64,
    /// Headers and what else the JSON holds.
    pub extra: Map<String, Value>,
}

/// One box of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// The id in JSON, unique among elements and relationships.
    pub id: String,
    /// What it is.
    pub kind: ElementKind,
    /// The name; of an instance, empty: it has its element's.
    pub name: String,
    /// What it does; may be empty.
    pub description: String,
    /// What it is built with; of a custom element, its kind ("metadata"). May be empty.
    pub technology: String,
    /// Tags, the kind's own first, without repetition.
    pub tags: Vec<String>,
    /// An address to read more; may be empty.
    pub url: String,
    /// The group it is drawn in; nested groups are joined by the model's separator.
    pub group: Option<String>,
    /// Free name/value pairs.
    pub properties: Properties,
    /// What is said of it from several angles.
    pub perspectives: Vec<Perspective>,
    /// The element that it is within.
    pub parent: Option<ElementId>,
    /// The environment, of a deployment element; else empty.
    pub environment: String,
    /// How many there are of a deployment node: a number, or a range such as `1..N`.
    pub instances: String,
    /// The system or container that an instance is of.
    pub instance_of: Option<ElementId>,
    /// Which instance of the same element on the same node, from 1; else 0.
    pub instance_number: u32,
    /// The deployment groups of an instance or node; empty means the default group.
    pub deployment_groups: Vec<String>,
    /// Addresses that tell whether an instance is well.
    pub health_checks: Vec<HealthCheck>,
    /// Fields of the JSON that have no meaning here.
    pub extra: Map<String, Value>,
}

impl Element {
    /// An element of this kind and name with the kind's own tags and nothing else.
    pub fn new(kind: ElementKind, name: impl Into<String>) -> Self {
        Self {
            id: String::new(),
            kind,
            name: name.into(),
            description: String::new(),
            technology: String::new(),
            tags: kind.default_tags().iter().map(|tag| (*tag).to_owned()).collect(),
            url: String::new(),
            group: None,
            properties: Properties::new(),
            perspectives: Vec::new(),
            parent: None,
            environment: String::new(),
            instances: if kind == ElementKind::DeploymentNode { "1".to_owned() } else { String::new() },
            instance_of: None,
            instance_number: 0,
            deployment_groups: Vec::new(),
            health_checks: Vec::new(),
            extra: Map::new(),
        }
    }

    /// Whether it carries the tag itself.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }

    /// Adds tags that it does not have.
    pub fn add_tags<'t>(&mut self, tags: impl IntoIterator<Item = &'t str>) {
        add_tags(&mut self.tags, tags);
    }
}

/// Adds tags that the list does not have, trimmed, empty ones left out.
pub(crate) fn add_tags<'t>(own: &mut Vec<String>, tags: impl IntoIterator<Item = &'t str>) {
    for tag in tags {
        let tag = tag.trim();
        if !tag.is_empty() && !own.iter().any(|known| known == tag) {
            own.push(tag.to_owned());
        }
    }
}

/// The tags of a comma-separated list.
pub fn tag_list(tags: &str) -> impl Iterator<Item = &str> {
    tags.split(',').map(str::trim).filter(|tag| !tag.is_empty())
}
