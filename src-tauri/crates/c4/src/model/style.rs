//! How views look: styles by tag, themes, words for the kinds.

use super::element::Properties;
use serde_json::{Map, Value};

/// The background that a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// On white.
    Light,
    /// On black.
    Dark,
}

impl Scheme {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

/// How elements with a tag look. What is `None` is left to the other styles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ElementStyle {
    /// The tag.
    pub tag: String,
    /// The background it is for; `None`: both.
    pub scheme: Option<Scheme>,
    /// `#rrggbb`.
    pub background: Option<String>,
    /// `#rrggbb`, of the text.
    pub color: Option<String>,
    /// `#rrggbb`, of the border.
    pub stroke: Option<String>,
    /// Pixels, 1–10.
    pub stroke_width: Option<i64>,
    /// `Box`, `RoundedBox`, `Person`, …
    pub shape: Option<String>,
    /// `Solid`, `Dashed`, `Dotted`.
    pub border: Option<String>,
    /// Per cent.
    pub opacity: Option<i64>,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Pixels.
    pub font_size: Option<i64>,
    /// An image: an address, a data URI, or a path beside the DSL.
    pub icon: Option<String>,
    /// `Top`, `Bottom`, `Left`.
    pub icon_position: Option<String>,
    /// Whether the kind is written on it.
    pub metadata: Option<bool>,
    /// Whether the description is written on it.
    pub description: Option<bool>,
    /// Free name/value pairs.
    pub properties: Properties,
    /// Fields of the JSON that have no meaning here.
    pub extra: Map<String, Value>,
}

/// How relationships with a tag look. What is `None` is left to the other styles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelationshipStyle {
    /// The tag.
    pub tag: String,
    /// The background it is for; `None`: both.
    pub scheme: Option<Scheme>,
    /// Pixels.
    pub thickness: Option<i64>,
    /// `#rrggbb`.
    pub color: Option<String>,
    /// Whether the line is dashed; older than `style`.
    pub dashed: Option<bool>,
    /// `Solid`, `Dashed`, `Dotted`.
    pub style: Option<String>,
    /// `Direct`, `Orthogonal`, `Curved`.
    pub routing: Option<String>,
    /// Whether it jumps over lines that it crosses.
    pub jump: Option<bool>,
    /// Pixels.
    pub font_size: Option<i64>,
    /// Pixels, of the text.
    pub width: Option<i64>,
    /// Where the text is along the line, per cent.
    pub position: Option<i64>,
    /// Per cent.
    pub opacity: Option<i64>,
    /// Whether the technology is written on it.
    pub metadata: Option<bool>,
    /// Whether the description is written on it.
    pub description: Option<bool>,
    /// Free name/value pairs.
    pub properties: Properties,
    /// Fields of the JSON that have no meaning here.
    pub extra: Map<String, Value>,
}

/// Styles, in order of definition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Styles {
    /// Of elements.
    pub elements: Vec<ElementStyle>,
    /// Of relationships.
    pub relationships: Vec<RelationshipStyle>,
}

/// What all views share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Configuration {
    /// Styles by tag.
    pub styles: Styles,
    /// Themes: addresses or paths, in order.
    pub themes: Vec<String>,
    /// Words for the kinds, by the JSON's names (`person`, `softwareSystem`, …).
    pub terminology: Map<String, Value>,
    /// Key of the view to open first.
    pub default_view: Option<String>,
    /// `SquareBrackets`, `RoundBrackets`, …; around technologies and kinds.
    pub metadata_symbols: Option<String>,
    /// Logo and font, as in JSON; gone from the newest format.
    pub branding: Map<String, Value>,
    /// Free name/value pairs.
    pub properties: Properties,
    /// Fields of the JSON that have no meaning here.
    pub extra: Map<String, Value>,
}
