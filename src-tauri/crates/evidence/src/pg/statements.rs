//! `pg_stat_statements`, whatever columns of it were selected.

use std::collections::BTreeSet;

use crate::{
    Import,
    mask::without_literals,
    pg::{cell, number},
    table::Table,
};

/// All statements are measured up to this many; beyond, those that are worst by total, mean or maximum.
const ALL: usize = 200;
/// Of each of the three orders this many are measured.
const WORST: usize = 100;
/// A subject is at most this long; the query id tells those apart that were cut.
const SUBJECT: usize = 160;
/// One-sided Chebyshev (Cantelli): at most 1 % lies above mean + k·σ with k = √(0.99 / 0.01).
const CANTELLI_99: f64 = 9.949_874_371_066_2;

/// Columns that hold a statement's text.
pub(crate) const QUERY: &[&str] = &["query", "short_query", "statement"];

struct Columns {
    query: Option<usize>,
    id: Option<usize>,
    calls: Option<usize>,
    total: Option<usize>,
    mean: Option<usize>,
    stddev: Option<usize>,
    max: Option<usize>,
    rows: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let column = |names: &[&str]| table.any_column(names);
        Self {
            query: column(QUERY),
            id: column(&["queryid", "query_id"]),
            calls: column(&["calls"]),
            // Without `_exec`: PostgreSQL 12 and older. Both are milliseconds.
            total: column(&["total_exec_time", "total_time", "total_ms", "total_exec_ms"]),
            mean: column(&["mean_exec_time", "mean_time", "mean_ms", "mean_exec_ms", "avg_ms"]),
            stddev: column(&["stddev_exec_time", "stddev_time", "stddev_ms"]),
            max: column(&["max_exec_time", "max_time", "max_ms", "max_exec_ms"]),
            rows: column(&["rows"]),
        }
    }
}

/// Whether the columns are those of `pg_stat_statements`.
pub(crate) fn is_statements(table: &Table) -> bool {
    let columns = Columns::of(table);
    let timed = columns.total.is_some() || columns.mean.is_some() || columns.max.is_some();
    timed && columns.calls.is_some() && (columns.query.is_some() || columns.id.is_some())
}

/// Writes calls, total, mean, maximum, deviation and share of the statements.
pub(crate) fn emit(import: &mut Import, table: &Table) {
    let columns = Columns::of(table);
    let mean = |row: &[String]| {
        number(row, columns.mean).or_else(|| {
            let calls = number(row, columns.calls).filter(|calls| *calls > 0.0)?;
            Some(number(row, columns.total)? / calls)
        })
    };
    let selected = select(table, &columns, &mean);
    if selected.len() < table.rows.len() {
        import.note(
            Some(table.line),
            format!(
                "{} of {} statements are measured: the {WORST} worst by total time, by mean and by maximum",
                selected.len(),
                table.rows.len()
            ),
        );
    }
    let sum: f64 = table.rows.iter().filter_map(|row| number(row, columns.total)).sum();
    for index in selected {
        let (row, line) = (&table.rows[index], table.lines[index]);
        let subject = subject(cell(row, columns.query), cell(row, columns.id));
        let at = format!("line {line}");
        let (total, mean, max) = (number(row, columns.total), mean(row), number(row, columns.max));
        let stddev = number(row, columns.stddev);
        let share = total.filter(|_| sum > 0.0).map(|total| total / sum);
        let calls = number(row, columns.calls);
        let bound = match (mean, stddev, max) {
            (Some(mean), Some(stddev), max) => {
                let bound = mean + CANTELLI_99 * stddev;
                // A single call deviates by nothing, and says nothing about the next one but its own time.
                Some(max.map_or(bound, |max| bound.min(max).max(mean)))
            }
            (_, None, Some(max)) => Some(max),
            _ => None,
        };
        for (metric, value) in [
            ("db.query.calls", calls),
            ("db.query.total", total),
            ("db.query.mean", mean),
            ("db.query.max", max),
            ("db.query.stddev", stddev),
            ("db.query.p99_bound", bound),
            ("db.query.rows", number(row, columns.rows)),
            ("db.query.share", share),
        ] {
            if let Some(value) = value {
                import.measure(metric, value, subject.clone(), at.clone());
            }
        }
    }
    if columns.max.is_none() && columns.stddev.is_none() {
        import.warn(Some(table.line), "neither max nor stddev was selected: only means can be judged");
    }
}

/// Indexes of the rows to measure, in the order of the file.
fn select(table: &Table, columns: &Columns, mean: &impl Fn(&[String]) -> Option<f64>) -> Vec<usize> {
    if table.rows.len() <= ALL {
        return (0..table.rows.len()).collect();
    }
    let worst = |value: &dyn Fn(&[String]) -> Option<f64>| {
        let mut order: Vec<(usize, f64)> =
            table.rows.iter().enumerate().map(|(index, row)| (index, value(row).unwrap_or(0.0))).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        order.into_iter().take(WORST).map(|(index, _)| index).collect::<Vec<_>>()
    };
    let mut selected = BTreeSet::new();
    selected.extend(worst(&|row| number(row, columns.total)));
    selected.extend(worst(mean));
    selected.extend(worst(&|row| number(row, columns.max)));
    selected.into_iter().collect()
}

/// A statement on one line, cut where it is long.
fn subject(query: &str, id: &str) -> String {
    let query = without_literals(query);
    let mut line = query.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return format!("queryid {id}");
    }
    if let Some((cut, _)) = line.char_indices().nth(SUBJECT) {
        line.truncate(cut);
        line.push('…');
        if !id.is_empty() {
            line.push_str(&format!(" [{id}]"));
        }
    }
    line
}
