//! What a drawing is for.

use super::words::Words;
use std::collections::{BTreeMap, BTreeSet};

/// A severity, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops or endangers the operation.
    Critical,
    /// Soon to be mended.
    High,
    /// To be planned.
    Medium,
    /// When there is time.
    Low,
    /// Good to know.
    Info,
}

impl Severity {
    /// All, worst first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// Its place among all.
    pub fn at(self) -> usize {
        self as usize
    }
}

/// The open findings of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFindings {
    /// The worst one's severity.
    pub worst: Severity,
    /// How many there are.
    pub count: usize,
    /// Their ids, worst first.
    pub ids: Vec<String>,
}

/// What was measured on a relationship. What is `None` is not known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Traffic {
    /// 99th percentile of latency, milliseconds.
    pub p99: Option<f64>,
    /// Share of calls that fail, 0–1.
    pub error_rate: Option<f64>,
    /// Calls a second.
    pub rate: Option<f64>,
}

/// Where a technology is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgeStatus {
    /// No longer supported.
    Ended,
    /// Support ends soon.
    Ending,
    /// Supported.
    Current,
    /// Not known.
    Unknown,
}

/// The age of an element's technology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TechnologyAge {
    /// Where it is in its life.
    pub status: AgeStatus,
    /// What to write: `Java 8, ended 2022`.
    pub label: String,
}

/// What is laid over a view.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// Open findings, by `Model::key` of their element.
    Findings(BTreeMap<String, OpenFindings>),
    /// Measurements, by `Model::key` of source and destination.
    Traffic(BTreeMap<(String, String), Traffic>),
    /// Ages, by `Model::key` of their element.
    Technology(BTreeMap<String, TechnologyAge>),
    /// The perspective of this name, its values as colours.
    Perspective(String),
}

/// What a drawing is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Room across, in points.
    pub width: f64,
    /// Room down, in points; `None`: as much as needed.
    pub height: Option<f64>,
    /// Room across and down on a turned page, in points; `None`: the page is never turned.
    pub turned: Option<(f64, f64)>,
    /// How many seeds of the layout to try; fewer are, of more than 60 elements.
    pub seeds: u32,
    /// Whether lines may lead both down and to the right, whichever fits; else only as the author said.
    pub both_directions: bool,
    /// Whether there is a legend.
    pub legend: bool,
    /// Whether title and description are drawn.
    pub title: bool,
    /// What is laid over it.
    pub overlay: Overlay,
    /// `Model::key` of the elements that it is about, others dimmed; empty: all.
    pub highlight: BTreeSet<String>,
    /// Whether positions that a person saved are honoured.
    pub saved_positions: bool,
    /// Whether there are names alone: no kinds, descriptions, or texts of lines but their numbers.
    pub names_only: bool,
    /// Pictures that styles and image views name by address or path, as data URIs.
    pub images: BTreeMap<String, String>,
    /// Smallest type that is still read, in points.
    pub smallest_text: f64,
    /// Number of elements beyond which a split is offered.
    pub crowd: usize,
    /// The words that the drawing adds.
    pub words: Words,
}

/// Points in a millimetre.
pub const MM: f64 = 72.0 / 25.4;

impl Default for Options {
    /// For a figure on an A4 page, or on the whole of a turned one.
    fn default() -> Self {
        Self {
            width: 160.0 * MM,
            height: Some(235.0 * MM),
            turned: Some((247.0 * MM, 158.0 * MM)),
            seeds: 8,
            both_directions: true,
            legend: true,
            title: true,
            overlay: Overlay::None,
            highlight: BTreeSet::new(),
            saved_positions: true,
            names_only: false,
            images: BTreeMap::new(),
            smallest_text: 7.0,
            crowd: 25,
            words: Words::english(),
        }
    }
}
