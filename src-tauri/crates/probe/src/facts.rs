//! What the probe found, in the form of the artifact `groma-facts`.

use serde::Serialize;

/// Everything found in a checkout. Sorted, so that the same checkout gives the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facts {
    /// The version of this form.
    pub groma_facts: u32,
    /// What wrote it.
    pub tool: String,
    /// The version of that.
    pub tool_version: String,
    /// When the checkout was read, as it was passed in.
    pub captured_at: String,
    /// What the checkout is of.
    pub subject: String,
    /// Measurements, by metric and subject.
    pub measurements: Vec<Measurement>,
    /// Places at fault, by rule and place.
    pub issues: Vec<Issue>,
    /// Tables for the report.
    pub tables: Vec<Table>,
    /// Which packs concern the checkout.
    pub packs: Vec<PackDecision>,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// A metric of the vocabulary.
    pub metric: String,
    /// In the metric's unit; finite.
    pub value: f64,
    /// What it is of, where a metric has several; often empty.
    pub subject: String,
    /// `path:line` of the place or of the first place; empty where there is none.
    pub at: String,
    /// The first places or the name of the signal.
    pub text: String,
}

/// One place at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The rule's id.
    pub rule: String,
    /// What is wrong, in a few words.
    pub title: String,
    /// What was found here and what comes of it.
    pub description: String,
    /// `critical`, `high`, `medium`, `low` or `info`.
    pub severity: String,
    /// The file, relative to the checkout.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The part of the checkout that the file is in; empty at the top.
    pub component: String,
    /// Weaknesses of the CWE, by number.
    pub cwe: Vec<u32>,
}

/// A table for the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The id of a table of the packs.
    pub id: String,
    /// Its rows.
    pub rows: Vec<TechnologyRow>,
}

/// A technology that the checkout names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TechnologyRow {
    /// `Language`, `Framework`, `Runtime`, `Database`, `Base image`, `CI` or `Interface`.
    pub component: String,
    /// `Java`, `Spring Boot`.
    pub name: String,
    /// As it is written; empty where it is not.
    pub version: String,
    /// `path:line`.
    pub place: String,
    /// The day its support ended; empty where it has not, or where that is not known.
    pub behind: String,
}

/// Whether a pack concerns the checkout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackDecision {
    /// The pack's id.
    pub pack: String,
    /// The answer.
    pub applies: bool,
    /// What it follows from.
    pub because: Vec<String>,
}
