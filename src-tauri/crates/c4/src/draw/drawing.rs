//! A view as vectors. All lengths in points, from the upper left corner of the drawing; what comes first lies below.

use super::colour::Colour;

use super::shape::Shape;
use crate::layout::{Point, Quality, Rect};
use serde::Serialize;
use ts_rs::TS;

/// A view as vectors: boundaries, lines, boxes, furniture, drawn in this order.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Drawing {
    /// Key of the view.
    pub key: String,
    /// What it shows: `container`, `deployment`, …
    pub kind: String,
    /// Its title, also when it is not drawn.
    pub title: String,
    /// What it tells; may be empty.
    pub description: String,
    /// What is on it, in a sentence, for who does not see it.
    pub alt: String,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Points per pixel of saved positions.
    pub scale: f64,
    /// Where the saved position (0, 0) is.
    pub origin: Point,
    /// Size of the smallest type on it.
    pub smallest_text: f64,
    /// Whether it is made for a page that is turned.
    pub turned: bool,
    /// Whether a person placed what is on it.
    pub manual: bool,
    /// What it is drawn on.
    pub paper: Colour,
    /// Family of all its type.
    pub family: String,
    /// What whoever uses it should know.
    pub warnings: Vec<DrawingWarning>,
    /// Boxes around others: systems, containers, groups, nodes; each after the one that it is within.
    pub boundaries: Vec<DrawnBoundary>,
    /// Lines.
    pub lines: Vec<DrawnLine>,
    /// Boxes.
    pub boxes: Vec<DrawnBox>,
    /// Title and legend.
    pub furniture: Vec<Shape>,
    /// What can be counted of how good it is.
    pub quality: Quality,
}

/// An element.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DrawnBox {
    /// Name of the element that survives edits; `Model::key`.
    pub element: String,
    /// Its id in the workspace's JSON.
    pub id: String,
    /// `person`, `software_system`, …
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The boundary that it is in, in `boundaries`.
    pub parent: Option<usize>,
    /// Where it is.
    pub rect: Rect,
    /// The position that keeps it here, for `ElementView`.
    pub saved: (i64, i64),
    /// What an overlay says of it; may be empty.
    pub marks: Vec<StatusMark>,
    /// What it is, in a sentence.
    pub alt: String,
    /// How it is drawn.
    pub shapes: Vec<Shape>,
}

/// A box around others.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DrawnBoundary {
    /// Name of the element; of a group, none.
    pub element: Option<String>,
    /// Its id in the workspace's JSON; of a group, empty.
    pub id: String,
    /// `software_system`, `deployment_node`, `group`, …
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The boundary that it is in, in `boundaries`.
    pub parent: Option<usize>,
    /// Where it is.
    pub rect: Rect,
    /// Where its name is.
    pub label: Rect,
    /// What an overlay says of it; may be empty.
    pub marks: Vec<StatusMark>,
    /// What it is, in a sentence.
    pub alt: String,
    /// How it is drawn.
    pub shapes: Vec<Shape>,
}

/// A relationship.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DrawnLine {
    /// Its id in the workspace's JSON.
    pub id: String,
    /// Which step it is, of a dynamic view; else empty.
    pub order: String,
    /// Name of the element where it begins; of an answer, the one that asked is still the source.
    pub source: String,
    /// Name of the element where it ends.
    pub destination: String,
    /// Its way, from source to destination.
    pub points: Vec<Point>,
    /// Whether a person placed its bends.
    pub manual: bool,
    /// Where its text is.
    pub label: Option<Rect>,
    /// What it is, in a sentence.
    pub alt: String,
    /// How it is drawn.
    pub shapes: Vec<Shape>,
}

/// What an overlay says of an element.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StatusMark {
    /// What is written on it.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// Where it is.
    pub rect: Rect,
    /// What it stands for: numbers of findings, first of all.
    pub ids: Vec<String>,
}

/// What whoever uses a drawing should know.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum DrawingWarning {
    /// More than a reader takes in: parts to draw instead.
    Crowded {
        /// How many elements there are.
        elements: usize,
        /// Parts to draw instead.
        parts: Vec<ProposedPart>,
    },
    /// Type too small to read at this width: parts to draw instead.
    SmallText {
        /// Size of the smallest.
        points: f64,
        /// Parts to draw instead.
        parts: Vec<ProposedPart>,
    },
    /// Longer than there is room for: the end is left out.
    Shortened {
        /// Name of the element.
        element: String,
    },
    /// Characters that no font of the report has: they are left out.
    MissingGlyphs {
        /// The characters, each once, twenty at most.
        characters: String,
    },
    /// A picture that is not at hand.
    MissingImage {
        /// What it is called.
        name: String,
        /// What to do about it.
        remedy: String,
    },
    /// Positions saved so close to each other that the boxes would lie over one another: drawn further apart.
    Spread {
        /// How many times as far.
        factor: f64,
    },
}

/// A part of a view, to be drawn by itself.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ProposedPart {
    /// Key that its view gets.
    pub key: String,
    /// Title that its view gets.
    pub title: String,
    /// Names of the elements on it.
    pub elements: Vec<String>,
}
