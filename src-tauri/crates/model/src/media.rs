//! Images and diagrams.

use serde::{Deserialize, Serialize};

use crate::{Id, choice::choice, object::object};

/// An image: bytes are kept once, content-addressed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Image {
    /// Id.
    pub id: Id,
    /// Name by which prose refers to it: `![caption](image:NAME)`.
    pub name: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// `image/png`, `image/jpeg`, `image/gif`, `image/webp` or `image/svg+xml`.
    pub media_type: String,
    /// Width in pixels, or in user units for SVG.
    pub width: u32,
    /// Height in pixels, or in user units for SVG.
    pub height: u32,
    /// Caption.
    pub caption: String,
    /// Text alternative.
    pub alt: String,
}

object!(Image, Image, []);

choice! {
    /// Which C4 view a diagram shows.
    DiagramKind {
        /// Systems of the enterprise.
        Landscape = "landscape",
        /// The system and its neighbours.
        #[default]
        Context = "context",
        /// Applications and stores within the system.
        Container = "container",
        /// Parts of a container.
        Component = "component",
        /// Where things run.
        Deployment = "deployment",
        /// A flow, step by step.
        Dynamic = "dynamic",
        /// Anything else.
        Other = "other",
    }
}

/// A diagram of the architecture.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Diagram {
    /// Id.
    pub id: Id,
    /// Place in the report.
    pub rank: f64,
    /// Title.
    pub title: String,
    /// Which view it is.
    pub kind: DiagramKind,
    /// Whether it shows the target rather than what was found.
    pub target: bool,
    /// The picture.
    pub image: Option<Id>,
    /// Caption that says what it means.
    pub caption: String,
    /// Text alternative.
    pub alt: String,
    /// What to see in it (Markdown).
    pub description: String,
}

object!(Diagram, Diagram, ["description"], diagram);
