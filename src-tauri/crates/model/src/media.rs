//! Images and diagrams.

use serde::{Deserialize, Serialize};

use crate::{Id, choice::choice, object::object};

/// An image. Its bytes are kept content-addressed and never changed: what is printed is drawn anew from what was given.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Image {
    /// Id.
    pub id: Id,
    /// Name by which prose refers to it: `![caption](image:NAME)`.
    pub name: String,
    /// SHA-256 of the bytes that are printed and delivered, lower-case hex: with the edits, without metadata.
    pub sha256: String,
    /// Of what is printed: `image/png`, `image/jpeg` or `image/svg+xml`; in old files also `image/gif`, `image/webp`.
    pub media_type: String,
    /// Width of what is printed in pixels, or in user units for SVG.
    pub width: u32,
    /// Height of what is printed in pixels, or in user units for SVG.
    pub height: u32,
    /// Caption.
    pub caption: String,
    /// Text alternative.
    pub alt: String,
    /// SHA-256 of the file as it was given, which never leaves the engagement; none in files made before there were edits.
    pub original: Option<String>,
    /// SHA-256 of the whole picture, upright and without metadata, on which edits are drawn; none as above.
    pub upright: Option<String>,
    /// What was done to it for print.
    pub edits: Edits,
}

object!(Image, Image, []);

/// What is done to a picture for print. Places are pixels of the whole upright picture, from its upper left corner.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Edits {
    /// The part that is kept; all of it when none.
    pub crop: Option<Crop>,
    /// What is drawn on it: redactions first, then the others in this order.
    pub marks: Vec<Mark>,
    /// The result's longest edge in pixels; a picture is only ever made smaller.
    pub longest: Option<u32>,
}

impl Edits {
    /// Whether nothing is done.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// The part of a picture that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Crop {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

choice! {
    /// What a mark is.
    MarkKind {
        /// An arrow from the first point to the second.
        #[default]
        Arrow = "arrow",
        /// An empty box between two corners.
        Box = "box",
        /// A filled box in whose place nothing of the picture is left.
        Redaction = "redaction",
    }
}

choice! {
    /// The colour of a mark.
    MarkColour {
        /// Red.
        #[default]
        Red = "red",
        /// Orange.
        Orange = "orange",
        /// Yellow.
        Yellow = "yellow",
        /// Green.
        Green = "green",
        /// Blue.
        Blue = "blue",
        /// Black.
        Black = "black",
        /// White.
        White = "white",
    }
}

/// A mark on a picture, between two points; a box ends before the pixel at its right and lower corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// The first point: an arrow's tail, a corner.
    pub x1: i32,
    /// See `x1`.
    pub y1: i32,
    /// The second point: an arrow's tip, the opposite corner.
    pub x2: i32,
    /// See `x2`.
    pub y2: i32,
    /// Colour.
    #[serde(default)]
    pub colour: MarkColour,
}

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

choice! {
    /// What is shown on a view beside the architecture itself.
    DiagramOverlay {
        /// Nothing.
        #[default]
        None = "none",
        /// The worst open finding of each element.
        Findings = "findings",
        /// What was measured on the lines: latency, errors, throughput.
        Traffic = "traffic",
        /// How old the technology of each element is.
        Age = "age",
        /// A perspective of the model.
        Perspective = "perspective",
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
    /// The picture; with an architecture, one that is placed beside the view.
    pub image: Option<Id>,
    /// The architecture of which it shows a view.
    pub architecture: Option<Id>,
    /// The key of that view.
    pub view: String,
    /// What is shown on it.
    pub overlay: DiagramOverlay,
    /// The perspective that is shown, by name.
    pub perspective: String,
    /// Caption that says what it means.
    pub caption: String,
    /// Text alternative.
    pub alt: String,
    /// What to see in it (Markdown).
    pub description: String,
}

object!(Diagram, Diagram, ["description"], diagram);
