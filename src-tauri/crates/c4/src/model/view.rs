//! One diagram: what is on it and where.

use super::element::{ElementId, Properties};
use super::relationship::RelationshipId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ViewKind {
    /// Custom elements only.
    Custom,
    /// All people and systems.
    SystemLandscape,
    /// A system and its neighbours.
    SystemContext,
    /// What is within a system.
    Container,
    /// What is within a container.
    Component,
    /// What happens, in order.
    Dynamic,
    /// What runs where.
    Deployment,
    /// Another view, some tags left out.
    Filtered,
    /// A picture.
    Image,
}

impl ViewKind {
    /// All kinds, in the order of the JSON.
    pub const ALL: [Self; 9] = [
        Self::Custom,
        Self::SystemLandscape,
        Self::SystemContext,
        Self::Container,
        Self::Component,
        Self::Dynamic,
        Self::Deployment,
        Self::Filtered,
        Self::Image,
    ];

    /// The word that made-up keys begin with: `SystemLandscape-001`.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Custom => "Custom",
            Self::SystemLandscape => "SystemLandscape",
            Self::SystemContext => "SystemContext",
            Self::Container => "Container",
            Self::Component => "Component",
            Self::Dynamic => "Dynamic",
            Self::Deployment => "Deployment",
            Self::Filtered => "Filtered",
            Self::Image => "Image",
        }
    }

    /// The list in JSON: `systemLandscapeViews`.
    pub fn list(self) -> &'static str {
        match self {
            Self::Custom => "customViews",
            Self::SystemLandscape => "systemLandscapeViews",
            Self::SystemContext => "systemContextViews",
            Self::Container => "containerViews",
            Self::Component => "componentViews",
            Self::Dynamic => "dynamicViews",
            Self::Deployment => "deploymentViews",
            Self::Filtered => "filteredViews",
            Self::Image => "imageViews",
        }
    }
}

/// An element on a view.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ElementView {
    /// Pixels from the left of the paper, of its left side, where a person placed it.
    pub x: Option<i64>,
    /// Pixels from the top of the paper, of its upper side, where a person placed it.
    pub y: Option<i64>,
    /// Fields of the JSON that have no meaning here.
    pub extra: Map<String, Value>,
}

/// A relationship on a view.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationshipView {
    /// Which one.
    pub relationship: RelationshipId,
    /// What it says here, of a dynamic view; empty: what it says in the model.
    pub description: String,
    /// Which step it is, of a dynamic view: `1`, `2`, `1.1`.
    pub order: String,
    /// Whether it is the answer, drawn against the arrow.
    pub response: bool,
    /// Bends, pixels from the left and the top of the paper.
    pub vertices: Vec<(f64, f64)>,
    /// An address to read more; may be empty.
    pub url: String,
    /// Free name/value pairs.
    pub properties: Properties,
    /// Routing, position of the text, and what else the JSON holds.
    pub extra: Map<String, Value>,
}

impl RelationshipView {
    /// A relationship as the model has it.
    pub fn new(relationship: RelationshipId) -> Self {
        Self {
            relationship,
            description: String::new(),
            order: String::new(),
            response: false,
            vertices: Vec::new(),
            url: String::new(),
            properties: Properties::new(),
            extra: Map::new(),
        }
    }
}

/// The side on which an automatic layout begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Downwards.
    TopBottom,
    /// Upwards.
    BottomTop,
    /// To the right.
    LeftRight,
    /// To the left.
    RightLeft,
}

/// That a view is laid out by the machine, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct AutoLayout {
    /// Where it leads.
    pub direction: Direction,
    /// Pixels between ranks.
    pub rank_separation: i64,
    /// Pixels between elements of a rank.
    pub node_separation: i64,
    /// Fields of the JSON that have no meaning here.
    pub extra: Map<String, Value>,
}

impl AutoLayout {
    /// Downwards, as views that nobody wrote a layout for.
    pub fn usual() -> Self {
        Self { direction: Direction::TopBottom, rank_separation: 300, node_separation: 300, extra: Map::new() }
    }
}

/// One step in which a view is built up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Animation {
    /// What appears.
    pub elements: Vec<ElementId>,
    /// The relationships that appear with it.
    pub relationships: Vec<RelationshipId>,
}

/// Whether a filtered view shows or hides its tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FilterMode {
    /// Only what has one of them.
    Include,
    /// All but what has one of them.
    #[default]
    Exclude,
}

/// The picture of an image view for one background.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImageContent {
    /// The picture: a data URI, an address, or a path beside the DSL.
    pub content: Option<String>,
    /// Its media type.
    pub content_type: Option<String>,
}

/// One diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// What it shows.
    pub kind: ViewKind,
    /// The name by which it is asked for, unique in the workspace.
    pub key: String,
    /// Whether the key was made up.
    pub generated_key: bool,
    /// Its place among all views, from 1.
    pub order: u32,
    /// The title; empty: one is made of the scope.
    pub title: String,
    /// What it tells; may be empty.
    pub description: String,
    /// The system, container or element that it is about.
    pub scope: Option<ElementId>,
    /// The environment of a deployment view; else empty.
    pub environment: String,
    /// What is on it.
    pub elements: BTreeMap<ElementId, ElementView>,
    /// The arrows on it; in a dynamic view, by order.
    pub relationships: Vec<RelationshipView>,
    /// Steps in which it is built up.
    pub animations: Vec<Animation>,
    /// How the machine lays it out; `None`: a person did.
    pub auto_layout: Option<AutoLayout>,
    /// `A4_Landscape`, …
    pub paper_size: Option<String>,
    /// Width and height in pixels.
    pub dimensions: Option<(i64, i64)>,
    /// Key of the view that a filtered view is based on.
    pub base: String,
    /// What a filtered view does with its tags.
    pub mode: FilterMode,
    /// The tags of a filtered view.
    pub tags: Vec<String>,
    /// The picture of an image view.
    pub image: ImageContent,
    /// Free name/value pairs.
    pub properties: Properties,
    /// Fields of the JSON that have no meaning here.
    pub extra: Map<String, Value>,
}

impl View {
    /// An empty view.
    pub fn new(kind: ViewKind, key: impl Into<String>) -> Self {
        Self {
            kind,
            key: key.into(),
            generated_key: false,
            order: 0,
            title: String::new(),
            description: String::new(),
            scope: None,
            environment: String::new(),
            elements: BTreeMap::new(),
            relationships: Vec::new(),
            animations: Vec::new(),
            auto_layout: None,
            paper_size: None,
            dimensions: None,
            base: String::new(),
            mode: FilterMode::default(),
            tags: Vec::new(),
            image: ImageContent::default(),
            properties: Properties::new(),
            extra: Map::new(),
        }
    }
}
