//! One arrow of the model.

use super::element::{ElementId, Perspective, Properties};
use serde_json::{Map, Value};

/// The place of a relationship in its [`super::Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationshipId(pub(crate) u32);

impl RelationshipId {
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// One arrow of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Relationship {
    /// The id in JSON, unique among elements and relationships.
    pub id: String,
    /// Who needs the other.
    pub source: ElementId,
    /// Who is needed.
    pub destination: ElementId,
    /// What for; may be empty, and is unique between the same two.
    pub description: String,
    /// By what means; may be empty.
    pub technology: String,
    /// Tags; none of its own where it is a copy of another.
    pub tags: Vec<String>,
    /// An address to read more; may be empty.
    pub url: String,
    /// Free name/value pairs.
    pub properties: Properties,
    /// What is said of it from several angles.
    pub perspectives: Vec<Perspective>,
    /// The relationship that this one follows from: implied between parents, or copied to instances.
    pub linked: Option<RelationshipId>,
    /// Fields of the JSON that have no meaning here.
    pub extra: Map<String, Value>,
}

impl Relationship {
    /// A relationship with the tag that all have.
    pub fn new(source: ElementId, destination: ElementId, description: impl Into<String>) -> Self {
        Self {
            id: String::new(),
            source,
            destination,
            description: description.into(),
            technology: String::new(),
            tags: vec!["Relationship".to_owned()],
            url: String::new(),
            properties: Properties::new(),
            perspectives: Vec::new(),
            linked: None,
            extra: Map::new(),
        }
    }

    /// A relationship between others that follows from this one, which is at `id`. It has no tags of its own.
    pub(crate) fn following(&self, id: RelationshipId, source: ElementId, destination: ElementId) -> Self {
        Self {
            id: String::new(),
            source,
            destination,
            description: self.description.clone(),
            technology: self.technology.clone(),
            tags: Vec::new(),
            url: String::new(),
            properties: Properties::new(),
            perspectives: Vec::new(),
            linked: Some(id),
            extra: Map::new(),
        }
    }
}
