//! Tables as psql prints them: aligned with any border and line style, expanded, unaligned, CSV; and as MySQL's client
//! prints records.

mod aligned;
mod csv;
mod expanded;
mod unaligned;
mod vertical;

use std::ops::Range;

use aligned::aligned;
use expanded::expanded;
use unaligned::{Ahead, unaligned};

pub(crate) use csv::{csv_table, delimiter, records};
pub(crate) use vertical::{is_vertical, vertical_tables};

/// Columns of a printed table: MySQL has no more, PostgreSQL fewer.
const COLUMNS: usize = 4096;
/// Empty cells that a table may have beside those that its text writes.
const HOLES: usize = 1_000_000;

/// A table read from text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// How it was printed.
    pub shape: &'static str,
    /// Column names.
    pub columns: Vec<String>,
    /// Rows of as many cells as there are columns. NULL and the empty text look the same: empty.
    pub rows: Vec<Vec<String>>,
    /// 1-based line of the header (of the first record when expanded).
    pub line: u64,
    /// 1-based line of each row.
    pub lines: Vec<u64>,
    /// What the `(n rows)` footer says.
    pub footer: Option<usize>,
    /// Line of the first row that has fewer or more cells than there are columns; CSV only.
    pub ragged: Option<u64>,
}

impl Table {
    /// Index of a column.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    /// Index of the first of several names that is a column.
    pub(crate) fn any_column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.column(name))
    }

    /// Whether one more row would make cells that nobody wrote: below a heading of a million names each short row would
    /// be a million of them. `written` is the most that the text can hold.
    fn overgrown(&self, written: usize) -> bool {
        (self.rows.len() + 1).saturating_mul(self.columns.len()) > written.saturating_add(HOLES)
    }

    /// Rows with their line.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (&[String], u64)> {
        self.rows.iter().map(Vec::as_slice).zip(self.lines.iter().copied())
    }
}

/// Every table of a text, in its order.
pub(crate) fn tables(text: &str) -> Vec<Table> {
    let lines: Vec<&str> = text.lines().map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let (mut tables, mut ahead) = (Vec::new(), Ahead::default());
    let mut position = 0;
    while position < lines.len() {
        let found = expanded(&lines, position)
            .or_else(|| aligned(&lines, position))
            .or_else(|| unaligned(&lines, position, &mut ahead));
        match found {
            Some((table, next)) => {
                tables.push(table);
                position = next.max(position + 1);
            }
            None => position += 1,
        }
    }
    tables
}

/// `(3 rows)` or `(1 row)`.
fn footer(line: &str) -> Option<usize> {
    let inner = line.trim().strip_prefix('(')?.strip_suffix(')')?;
    let (count, word) = inner.split_once(' ')?;
    matches!(word, "row" | "rows").then(|| count.parse().ok())?
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '│' | '║')
}

/// The cells of a printed line and the number of the column each belongs to, as byte ranges. Where a cell's own bars make
/// that unclear, the parts between bars come without a column: `usize::MAX`.
pub(crate) fn split_cells(line: &str, table: &Table) -> Vec<(usize, Range<usize>)> {
    let trimmed = line.trim();
    let framed = trimmed.len() > 1 && trimmed.starts_with(is_bar) && trimmed.ends_with(is_bar);
    let mut bars: Vec<(usize, usize)> =
        line.char_indices().filter(|(_, c)| is_bar(*c)).map(|(at, c)| (at, at + c.len_utf8())).collect();
    let (mut start, mut end) = (0, line.len());
    if framed && bars.len() > 1 {
        start = bars.remove(0).1;
        end = bars.pop().map_or(end, |(at, _)| at);
    }
    if table.shape == "expanded" {
        // Name and value; further bars belong to the value.
        bars.truncate(1);
        return bars.first().map(|(_, after)| vec![(1, *after..end)]).unwrap_or_default();
    }
    let clear = bars.len() + 1 == table.columns.len();
    let odd = line.matches('\'').count() % 2 == 1;
    if !clear && !odd {
        return vec![(usize::MAX, start..end)];
    }
    let mut cells = Vec::with_capacity(bars.len() + 1);
    for (column, (at, after)) in bars.into_iter().chain([(end, end)]).enumerate() {
        cells.push((if clear { column } else { usize::MAX }, start..at));
        start = after;
    }
    cells
}
