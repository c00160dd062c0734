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
pub(crate) const QUERY: &[&str] = &[
    "query",
    "short_query",
    "statement",
    "query_text",
    "query_preview",
    "query_sample",
    "query_snippet",
    "normalized_query",
    "sql",
    "left",
    "substring",
    "substr",
];
/// Units of time that people put behind the name of a column, and what they are in milliseconds.
const UNITS: &[(&str, f64)] = &[
    ("_ms", 1.0),
    ("_msec", 1.0),
    ("_milliseconds", 1.0),
    ("_s", 1e3),
    ("_sec", 1e3),
    ("_secs", 1e3),
    ("_seconds", 1e3),
    ("_min", 60e3),
    ("_minutes", 60e3),
];

/// A column of times, and what turns them into milliseconds.
#[derive(Clone, Copy)]
struct Time(usize, f64);

impl Time {
    /// The first column of one of these names, in the unit behind it; PostgreSQL's own are milliseconds. Short names are
    /// those of times only where a unit stands behind them.
    fn of(table: &Table, names: &[&str], short: &[&str]) -> Option<Self> {
        let with_unit = |name: &str| {
            let name = name.to_ascii_lowercase();
            let (base, factor) = UNITS
                .iter()
                .find_map(|(unit, factor)| Some((name.strip_suffix(unit)?.to_owned(), *factor)))
                .unwrap_or((name, 0.0));
            match factor > 0.0 {
                true => (names.contains(&&*base) || short.contains(&&*base)).then_some(factor),
                false => names.contains(&&*base).then_some(1.0),
            }
        };
        table.columns.iter().enumerate().find_map(|(index, name)| Some(Self(index, with_unit(name.trim())?)))
    }

    fn millis(column: Option<Self>, row: &[String]) -> Option<f64> {
        let Self(index, factor) = column?;
        number(row, Some(index)).map(|value| value * factor)
    }
}

struct Columns {
    query: Option<usize>,
    id: Option<usize>,
    calls: Option<usize>,
    total: Option<Time>,
    mean: Option<Time>,
    stddev: Option<Time>,
    max: Option<Time>,
    rows: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let column = |names: &[&str]| table.any_column(names);
        Self {
            query: column(QUERY),
            id: column(&["queryid", "query_id"]),
            calls: column(&["calls"]),
            // Without `_exec`: PostgreSQL 12 and older.
            total: Time::of(table, &["total_exec_time", "total_time"], &["total", "total_exec"]),
            mean: Time::of(
                table,
                &["mean_exec_time", "mean_time", "avg_exec_time", "avg_time", "average_time"],
                &["mean", "mean_exec", "avg", "avg_exec", "average"],
            ),
            stddev: Time::of(table, &["stddev_exec_time", "stddev_time"], &["stddev", "stddev_exec"]),
            max: Time::of(table, &["max_exec_time", "max_time"], &["max", "max_exec"]),
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
        Time::millis(columns.mean, row).or_else(|| {
            let calls = number(row, columns.calls).filter(|calls| *calls > 0.0)?;
            Some(Time::millis(columns.total, row)? / calls)
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
    let sum: f64 = table.rows.iter().filter_map(|row| Time::millis(columns.total, row)).sum();
    for index in selected {
        let (row, line) = (&table.rows[index], table.lines[index]);
        let subject = subject(cell(row, columns.query), cell(row, columns.id));
        let at = format!("line {line}");
        let (total, mean, max) = (Time::millis(columns.total, row), mean(row), Time::millis(columns.max, row));
        let stddev = Time::millis(columns.stddev, row);
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
    selected.extend(worst(&|row| Time::millis(columns.total, row)));
    selected.extend(worst(mean));
    selected.extend(worst(&|row| Time::millis(columns.max, row)));
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
