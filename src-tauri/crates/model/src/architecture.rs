//! Architectures: a C4 model with its views, as a text and as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Id, object::object};

/// An architecture: what was found, or what should be.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Architecture {
    /// Id.
    pub id: Id,
    /// Place in the list.
    pub rank: f64,
    /// Name: `As found`, `Target`.
    pub name: String,
    /// Whether it is the target rather than what was found.
    pub target: bool,
    /// The model as a text in the Structurizr DSL: as it was written, or as made from the model.
    pub text: String,
    /// The model as Structurizr's workspace JSON, without places. It says what the text says, and what only JSON can.
    pub workspace: String,
    /// Where a person put elements and lines.
    pub places: Places,
}

object!(Architecture, Architecture, [], architecture);

/// Where a person put what is on the views, by the views' keys.
pub type Places = BTreeMap<String, ViewPlaces>;

/// Where a person put what is on one view. Lengths are Structurizr's pixels, from the left and the top of its paper.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ViewPlaces {
    /// The upper left corner of each element that was placed, by the element's key.
    pub elements: BTreeMap<String, (i64, i64)>,
    /// Lines that were bent: their bends in order.
    pub lines: Vec<LinePlace>,
    /// Width and height of the paper, where it is known.
    pub size: Option<(i64, i64)>,
    /// Structurizr's name of the paper's size, `A4_Landscape`; empty: not known.
    pub paper: String,
}

/// How a person led a line.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct LinePlace {
    /// Key of the element where it starts.
    pub source: String,
    /// Key of the element where it ends.
    pub destination: String,
    /// What the relation says, which tells it from others between the same two.
    pub description: String,
    /// Which step it is, on a dynamic view; else empty.
    pub order: String,
    /// The bends.
    pub bends: Vec<(f64, f64)>,
    /// Where its text is along it, per cent from the source.
    pub position: Option<u8>,
    /// Structurizr's name of how it runs, `Curved`; empty: as its style says. Kept for Structurizr, not drawn.
    pub routing: String,
}

impl LinePlace {
    /// Whether it is about the same line of a view, wherever that was led.
    pub fn is_of(&self, other: &Self) -> bool {
        (&self.source, &self.destination, &self.description, &self.order)
            == (&other.source, &other.destination, &other.description, &other.order)
    }
}
