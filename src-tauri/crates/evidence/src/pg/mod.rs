//! Tables of PostgreSQL's catalogue and statistics, recognised by their columns, to measurements.

mod literals;
mod settings;
mod statements;
mod storage;

use crate::{Import, Refusal, table::Table};

pub(crate) use literals::{add_literals_of_csv, add_literals_of_text};
pub(crate) use statements::is_statements;

/// Metrics that tables of PostgreSQL can give.
pub(crate) const METRICS: &[&str] = &["db.*", "table.rows", "table.columns"];

/// What a table was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Statements,
    ForeignKeys,
    TableStatistics,
    Settings,
    Setting,
    Tuples,
    IndexDensity,
    BloatEstimate,
    Sessions,
    Unknown,
}

impl Kind {
    /// The kind of a table.
    pub(crate) fn of(table: &Table) -> Self {
        let has = |name: &str| table.column(name).is_some();
        match () {
            () if is_statements(table) => Self::Statements,
            () if storage::index_count(table).is_some() => Self::ForeignKeys,
            () if has("relname") && has("seq_scan") && has("n_live_tup") => Self::TableStatistics,
            () if has("name") && has("setting") => Self::Settings,
            () if table.columns.len() == 1 && settings::is_known(&table.columns[0]) => Self::Setting,
            () if has("dead_tuple_percent") && has("free_percent") => Self::Tuples,
            () if has("avg_leaf_density") => Self::IndexDensity,
            () if has("tbloat") || has("ibloat") => Self::BloatEstimate,
            () if has("state") && (has("pid") || storage::session_count(table).is_some()) => Self::Sessions,
            () => Self::Unknown,
        }
    }

    fn subject(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::ForeignKeys => "foreign keys",
            Self::TableStatistics => "table statistics",
            Self::Settings | Self::Setting => "settings",
            Self::Tuples => "pgstattuple",
            Self::IndexDensity => "pgstatindex",
            Self::BloatEstimate => "bloat estimate",
            Self::Sessions => "sessions",
            Self::Unknown => "",
        }
    }
}

/// Writes what a table says.
pub(crate) fn emit(import: &mut Import, table: &Table) {
    let kind = Kind::of(table);
    let at = format!("line {}", table.line);
    import.measure_count("table.rows", table.rows.len(), kind.subject(), &at);
    #[allow(clippy::cast_precision_loss)]
    import.measure_text("table.columns", table.columns.len() as f64, kind.subject(), at, table.columns.join(", "));
    if let Some(count) = table.footer.filter(|count| *count != table.rows.len()) {
        import.warn(
            Some(table.line),
            format!("the table says {count} rows, {} were read: compare with the file", table.rows.len()),
        );
    }
    match kind {
        Kind::Statements => statements::emit(import, table),
        Kind::ForeignKeys => storage::emit_foreign_keys(import, table),
        Kind::TableStatistics => storage::emit_tables(import, table),
        Kind::Settings => settings::emit_rows(import, table),
        Kind::Setting => settings::emit_single(import, table),
        Kind::Tuples => storage::emit_tuples(import, table),
        Kind::IndexDensity => storage::emit_density(import, table),
        Kind::BloatEstimate => storage::emit_estimate(import, table),
        Kind::Sessions => storage::emit_sessions(import, table),
        Kind::Unknown => {
            import.note(
                Some(table.line),
                format!("a table of {} rows with columns that no check reads: only counted", table.rows.len()),
            );
        }
    }
}

/// Refuses a CSV that is not complete.
pub(crate) fn refuse_ragged(table: &Table) -> Result<(), Refusal> {
    let Some(line) = table.ragged else { return Ok(()) };
    let reason = format!("the row at line {line} has not as many cells as there are columns: the file is not complete");
    Err(Refusal::new(reason, "export it again; nothing of it was imported").at_line(line))
}

/// The number in a cell, if it is one.
pub(crate) fn number(row: &[String], column: Option<usize>) -> Option<f64> {
    row.get(column?)?.trim().replace(',', "").parse().ok().filter(|value: &f64| value.is_finite())
}

/// The text of a cell.
pub(crate) fn cell(row: &[String], column: Option<usize>) -> &str {
    column.and_then(|column| row.get(column)).map_or("", |cell| cell.trim())
}
