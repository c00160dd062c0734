//! Typed tables of areas.

use groma_model::TableRow;

use super::{record, words};

words! {
    /// What a column takes.
    ColumnType {
        /// Text.
        Text = "text",
        /// A number, in the column's unit.
        Number = "number",
        /// A rating from 1 to 5.
        Rating = "rating",
        /// A maturity level from 1 to 5.
        Level = "level",
        /// One of `choices`.
        Choice = "choice",
        /// A state, one of `choices`; shown with a colour and a sign.
        Status = "status",
        /// A word of the pack's severity scale.
        Severity = "severity",
    }
}

record! {
    /// A column.
    Column {
        /// Id, unique in the table; the key of the cells.
        id: String,
        /// Title.
        title: String,
        /// What it takes.
        r#type: ColumnType,
        /// Choices of a `choice` or `status` column, worst last.
        choices: Vec<String>,
        /// Unit of a `number` column.
        unit: String,
    }

    /// A typed table.
    Table {
        /// Id, unique in the area.
        id: String,
        /// Title.
        title: String,
        /// What belongs there (Markdown).
        intro: String,
        /// Columns, in order.
        columns: Vec<Column>,
        /// Rows to start with: column id to cell text; empty cells are left out.
        rows: Vec<TableRow>,
    }
}
