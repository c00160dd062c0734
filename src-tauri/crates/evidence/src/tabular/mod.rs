//! Tables of any origin: CSV, TSV, exports of dashboards. What a column means nobody but a person can say; a [`Mapping`]
//! says it once, and every table with the same columns is read by it again.

mod cell;
mod guess;
mod read;
mod shape;
mod unit;

use serde::{Deserialize, Serialize};

pub use read::read_table;
pub use shape::{describe_table, table_text};

/// What the columns of a table mean.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The names of all columns, sorted: how a table is known again, in whatever order its columns come.
    pub header: Vec<String>,
    /// Whether `1.234,5` is one thousand two hundred and thirty-four and a half.
    #[serde(default)]
    pub decimal_comma: bool,
    /// The column that says when; it puts the rows in order.
    #[serde(default)]
    pub time: Option<String>,
    /// The column that says of what: an endpoint, a host. Rows of one subject are taken together.
    #[serde(default)]
    pub subject: Option<String>,
    /// The columns that are measured.
    pub values: Vec<ValueColumn>,
}

/// A column that is measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ValueColumn {
    /// The column's name.
    pub column: String,
    /// The metric of the vocabulary that it is.
    pub metric: String,
    /// The unit of its numbers: `ms`, `s`, `%`, `MiB`, …; empty for the metric's own. A unit that a cell itself names
    /// counts instead.
    #[serde(default)]
    pub unit: String,
    /// What is made of several rows.
    #[serde(default)]
    pub aggregation: Aggregation,
    /// What it is measured of where the table has no column for that; empty for the whole.
    #[serde(default)]
    pub subject: String,
}

/// What is made of several rows of one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Aggregation {
    /// The value of the latest row, by time where there is a column for it, else the last one.
    #[default]
    Latest,
    /// The mean of all rows.
    Mean,
    /// The largest value.
    Max,
    /// The 99th percentile, by nearest rank.
    P99,
    /// One measurement a row.
    Each,
}

/// What a table looks like.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct TableShape {
    /// What separates the cells: `,`, `;`, a tab or `|`.
    pub delimiter: char,
    /// Whether its numbers have a decimal comma.
    pub decimal_comma: bool,
    /// The columns, in their order.
    pub columns: Vec<ColumnShape>,
    /// Number of rows below the header.
    pub rows: u64,
    /// The first rows as they are written, each with as many cells as there are columns.
    pub first_rows: Vec<Vec<String>>,
    /// What the columns seem to mean: a beginning, to be looked at by a person.
    pub mapping: Mapping,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct ColumnShape {
    /// Its name; `column 3` where it has none, ` (2)` behind a name that is there before.
    pub name: String,
    /// What its cells are.
    pub kind: ColumnKind,
    /// The unit that its name or its cells tell, or empty.
    pub unit: String,
    /// Cells with nothing in them.
    pub blank: u64,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Times: dates, or seconds or milliseconds since 1970.
    Time,
    /// Numbers, with a unit or without.
    Number,
    /// Anything else.
    Text,
    /// No cell has anything in it.
    Empty,
}

/// The units that a column of a metric may have, the metric's own first; none for a metric that there is not.
#[must_use]
pub fn units_of(metric: &str) -> Vec<&'static str> {
    crate::metric(metric).map(|metric| unit::convertible(metric.unit)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
