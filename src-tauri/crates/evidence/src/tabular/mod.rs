//! Tables of any origin: CSV, TSV, exports of dashboards. What a column means nobody but a person can say; a [`Mapping`]
//! says it once, and every table with the same columns is read by it again.

mod cell;
mod faults;
mod guess;
mod measure;
mod read;
mod shape;
mod unit;

use groma_model::{Diagnostic, Mapping, Measurement};
use serde::Serialize;

pub use read::{TABLE_FORMAT, read_table, try_table};
pub use shape::{describe_table, table_header, table_text};

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

impl TableShape {
    /// Whether a mapping is for tables with these columns.
    #[must_use]
    pub fn is_of(&self, mapping: &Mapping) -> bool {
        mapping.header == shape::header(self.columns.iter().map(|column| &*column.name))
    }

    /// Whether there is something in it that could be measured: a column of numbers.
    #[must_use]
    pub fn has_numbers(&self) -> bool {
        self.columns.iter().any(|column| column.kind == ColumnKind::Number)
    }

    /// What is known of a table of which nothing is there but its mapping: the names of its columns.
    #[must_use]
    pub fn of_header(mapping: &Mapping) -> Self {
        let column =
            |name: &String| ColumnShape { name: name.clone(), kind: ColumnKind::Empty, unit: String::new(), blank: 0 };
        Self {
            delimiter: ',',
            decimal_comma: mapping.decimal_comma,
            columns: mapping.header.iter().map(column).collect(),
            rows: 0,
            first_rows: Vec::new(),
            mapping: mapping.clone(),
        }
    }
}

/// What a mapping would make of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trial {
    /// What would be measured, of the cells that can be read.
    pub measurements: Vec<Measurement>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
    /// The cells for which the table would be refused, in the order of the file; no more than the first 10,000.
    pub refused: Vec<RefusedCell>,
    /// How many there are in all.
    pub refused_cells: u64,
}

/// A cell that is not what its column is mapped as; or a row, where it has not as many cells as the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct RefusedCell {
    /// Line of the file, from 1.
    pub line: u64,
    /// Byte in the line at which the cell begins, from 1.
    pub byte: u64,
    /// The column's name; empty for a row.
    pub column: String,
    /// What stands there, cut where it is long.
    pub cell: String,
    /// What is wrong with it.
    pub fault: CellFault,
    /// The same in words.
    pub reason: String,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CellFault {
    /// It is no number.
    NoNumber,
    /// It is no time.
    NoTime,
    /// It names a unit that is none of the metric.
    OtherUnit,
    /// A share is below 0 or above 1: the column may be in percent.
    NoShare,
    /// A yes or no is neither 1 nor 0.
    NoSwitch,
    /// The row has not as many cells as the header.
    OtherLength,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct ColumnShape {
    /// Its name; `column 3` where it has none, ` (2)` behind a name that is there before.
    pub name: String,
    /// What most of its cells are.
    pub kind: ColumnKind,
    /// The unit that its name or its cells tell, or empty.
    pub unit: String,
    /// Cells with nothing in them.
    pub blank: u64,
}

/// What most cells of a column are.
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
