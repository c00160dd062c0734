//! The objects of a workspace. Elements and relationships lie in arenas and are named by their place in it.

mod element;
mod graph;
mod ids;
mod implied;
mod naming;
mod relationship;
mod style;
mod view;

pub(crate) use element::add_tags;
pub use element::{Element, ElementId, ElementKind, HealthCheck, Perspective, Properties, tag_list};
pub use graph::{Conflict, Model};
pub(crate) use ids::Places;
pub use implied::Implied;
pub use naming::IDENTIFIER;
pub use relationship::{Relationship, RelationshipId};
pub use style::{Configuration, ElementStyle, RelationshipStyle, Scheme, Styles};
pub use view::{
    Animation, AutoLayout, Direction, ElementView, FilterMode, ImageContent, RelationshipView, View, ViewKind,
};

use serde_json::{Map, Value};

/// An architecture and the views of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workspace {
    /// The name.
    pub name: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Free name/value pairs.
    pub properties: Properties,
    /// Elements and relationships.
    pub model: Model,
    /// Views, in the order in which they were defined.
    pub views: Vec<View>,
    /// Styles, themes and terminology of the views.
    pub configuration: Configuration,
    /// The workspace's own configuration (scope, visibility, users), as in JSON.
    pub access: Map<String, Value>,
    /// Fields of the JSON that have no meaning here; kept so that an export loses nothing.
    pub extra: Map<String, Value>,
}

impl Workspace {
    /// The view with this key.
    pub fn view(&self, key: &str) -> Option<&View> {
        self.views.iter().find(|view| view.key == key)
    }
}
