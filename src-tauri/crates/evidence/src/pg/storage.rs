//! Foreign keys, scans, bloat and sessions.

use std::collections::BTreeMap;

use crate::{
    Import,
    pg::{cell, number},
    table::Table,
};

/// A table with more rows than this is large.
const LARGE: f64 = 10_000.0;
/// Names listed in a text; the rest is counted.
const LISTED: usize = 20;

/// The column that counts the indexes of a foreign key.
pub(crate) fn index_count(table: &Table) -> Option<usize> {
    let key = table.any_column(&["fk", "constraint_name", "conname", "foreign_key", "foreign_table", "column_name"]);
    key.and(table.any_column(&["covering_indexes", "index_count", "indexes", "covering_index_count"]))
}

/// The column that counts sessions.
pub(crate) fn session_count(table: &Table) -> Option<usize> {
    table.any_column(&["sessions", "count", "connections", "n"])
}

fn list(names: &[String]) -> String {
    let mut text = names.iter().take(LISTED).cloned().collect::<Vec<_>>().join("; ");
    if names.len() > LISTED {
        text.push_str(&format!("; and {} more", names.len() - LISTED));
    }
    text
}

/// Foreign keys and the number of indexes that cover them.
pub(crate) fn emit_foreign_keys(import: &mut Import, table: &Table) {
    let count = index_count(table);
    let name = table.any_column(&["fk", "constraint_name", "conname", "foreign_key"]);
    let (relation, column) =
        (table.any_column(&["table_name", "relname", "table"]), table.any_column(&["column_name", "columns"]));
    let mut bare = Vec::new();
    let mut at = None;
    for (row, line) in table.numbered() {
        if number(row, count) == Some(0.0) {
            bare.push(match (cell(row, relation), cell(row, column), cell(row, name)) {
                ("", "", name) => name.to_owned(),
                (relation, column, _) => format!("{relation}({column})"),
            });
            at.get_or_insert(line);
        }
    }
    let at = format!("line {}", at.unwrap_or(table.line));
    import.measure_count("db.fk.total", table.rows.len(), "", &format!("line {}", table.line));
    #[allow(clippy::cast_precision_loss)]
    import.measure_text("db.fk.unindexed", bare.len() as f64, "", at, list(&bare));
}

/// `pg_stat_user_tables`.
pub(crate) fn emit_tables(import: &mut Import, table: &Table) {
    let (schema, name) = (table.column("schemaname"), table.column("relname"));
    let mut large = Vec::new();
    let mut first = None;
    for (row, line) in table.numbered() {
        let subject = match cell(row, schema) {
            "" | "public" => cell(row, name).to_owned(),
            schema => format!("{schema}.{}", cell(row, name)),
        };
        let at = format!("line {line}");
        let value = |column: &str| number(row, table.column(column));
        let (live, dead) = (value("n_live_tup").unwrap_or(0.0), value("n_dead_tup"));
        // An index that does not exist is never scanned: the cell is empty.
        let (sequential, index) = (value("seq_scan").unwrap_or(0.0), value("idx_scan").unwrap_or(0.0));
        import.measure("db.table.rows", live, subject.clone(), at.clone());
        if let Some(dead) = dead.filter(|dead| live + dead > 0.0) {
            import.measure("db.table.dead_tuples.ratio", dead / (live + dead), subject.clone(), at.clone());
        }
        if sequential + index > 0.0 {
            import.measure("db.index.hit_ratio", index / (sequential + index), subject.clone(), at.clone());
        }
        if live > LARGE {
            import.measure("db.seq_scan.scans", sequential, subject.clone(), at.clone());
            if let Some(tuples) = value("seq_tup_read") {
                import.measure("db.seq_scan.tuples", tuples, subject.clone(), at);
            }
            if sequential > 0.0 {
                large.push(format!("{subject} ({live} rows, {sequential} scans)"));
                first.get_or_insert(line);
            }
        }
    }
    let at = format!("line {}", first.unwrap_or(table.line));
    #[allow(clippy::cast_precision_loss)]
    import.measure_text("db.seq_scan.large_tables", large.len() as f64, "", at, list(&large));
}

/// The column that names a relation, and whether its name says that they are indexes.
fn relation(table: &Table) -> (Option<usize>, bool) {
    let index = table.any_column(&["indexrelname", "index_name", "indexname", "index", "idx"]);
    (
        index.or_else(|| table.any_column(&["rel", "relname", "relation", "table_name", "tablename", "name"])),
        index.is_some(),
    )
}

/// Whether a relation is an index, by the names that PostgreSQL and the usual tools give them.
fn is_index_name(name: &str) -> bool {
    let name = name.rsplit('.').next().unwrap_or(name).trim_matches('"');
    ["_pkey", "_key", "_idx", "_index", "_excl", "_uniq", "_unique", "_pk", "_ix", "_uk"]
        .iter()
        .any(|end| name.ends_with(end))
        || ["idx_", "ix_", "index_", "uq_", "uk_", "pk_", "uniq_"].iter().any(|start| name.starts_with(start))
        || name.contains("_idx_")
}

/// `pgstattuple`: what is dead or free.
pub(crate) fn emit_tuples(import: &mut Import, table: &Table) {
    let (name, indexes) = relation(table);
    let (dead, free) = (table.column("dead_tuple_percent"), table.column("free_percent"));
    let mut by_name = false;
    for (row, line) in table.numbered() {
        let (Some(dead), Some(free)) = (number(row, dead), number(row, free)) else { continue };
        let subject = cell(row, name);
        let index = indexes || is_index_name(subject);
        by_name |= index && !indexes;
        let metric = if index { "db.index.bloat" } else { "db.table.bloat" };
        import.measure_text(
            metric,
            ((dead + free) / 100.0).clamp(0.0, 1.0),
            subject,
            format!("line {line}"),
            format!("{dead} % dead, {free} % free"),
        );
    }
    if by_name {
        import.note(Some(table.line), "indexes are told from tables by their names (`_pkey`, `_idx`, `idx_` …)");
    }
}

/// `pgstatindex`: a leaf page holds less than it could.
pub(crate) fn emit_density(import: &mut Import, table: &Table) {
    let (name, _) = relation(table);
    let density = table.column("avg_leaf_density");
    for (row, line) in table.numbered() {
        if let Some(density) = number(row, density) {
            import.measure_text(
                "db.index.bloat",
                (1.0 - density / 100.0).clamp(0.0, 1.0),
                cell(row, name),
                format!("line {line}"),
                format!("leaf density {density} %; 90 % is what a new index has"),
            );
        }
    }
}

/// The well-known estimate from statistics: `tbloat` and `ibloat` say how many times too large a relation is.
pub(crate) fn emit_estimate(import: &mut Import, table: &Table) {
    let share = |factor: f64| if factor > 1.0 { 1.0 - 1.0 / factor } else { 0.0 };
    for (name, factor, metric) in [("tablename", "tbloat", "db.table.bloat"), ("iname", "ibloat", "db.index.bloat")] {
        let (name, factor) = (table.column(name), table.column(factor));
        let mut seen = BTreeMap::new();
        for (row, line) in table.numbered() {
            let subject = cell(row, name);
            // `?` stands where a table has no index; a table comes once for each of its indexes.
            if let (false, Some(factor)) = (matches!(subject, "" | "?"), number(row, factor))
                && seen.insert(subject.to_owned(), ()).is_none()
            {
                import.measure_text(
                    metric,
                    share(factor),
                    subject,
                    format!("line {line}"),
                    format!("estimate: {factor} times its size"),
                );
            }
        }
    }
    import.note(Some(table.line), "bloat is estimated from statistics here; pgstattuple measures it");
}

/// `pg_stat_activity`, as rows of sessions or counted by state.
pub(crate) fn emit_sessions(import: &mut Import, table: &Table) {
    let (state, count) = (table.column("state"), session_count(table));
    let mut states: BTreeMap<&str, (f64, u64)> = BTreeMap::new();
    let mut total = 0.0;
    for (row, line) in table.numbered() {
        let sessions = match count {
            Some(count) => number(row, Some(count)).unwrap_or(0.0),
            None => 1.0,
        };
        total += sessions;
        states.entry(cell(row, state)).or_insert((0.0, line)).0 += sessions;
    }
    let mut stuck = (0.0, table.line);
    for (state, (sessions, line)) in &states {
        if state.starts_with("idle in transaction") {
            stuck = (stuck.0 + sessions, *line);
        }
        if !state.is_empty() {
            import.measure("db.connections", *sessions, *state, format!("line {line}"));
        }
    }
    import.measure("db.connections", total, "", format!("line {}", table.line));
    import.measure("db.connections.in_transaction_idle", stuck.0, "", format!("line {}", stuck.1));
}
