//! Literals in the statements of a table, found in the file's own text, so that what is kept holds none.

use std::ops::Range;

use super::statements::QUERY;
use crate::{
    Secrets,
    mask::add_literals,
    table::{self, Table},
};

/// Marks the literals in the statements of a CSV.
pub(crate) fn add_literals_of_csv(text: &str, secrets: &mut Secrets) {
    let Some(delimiter) = table::delimiter(text) else { return };
    let mut columns: Vec<usize> = Vec::new();
    for (number, record) in table::records(text, delimiter).enumerate() {
        if number == 0 {
            let name = |range: &Range<usize>| text[range.clone()].trim_matches(['"', ' ', '\u{FEFF}']);
            let is_query = |range: &Range<usize>| QUERY.iter().any(|query| query.eq_ignore_ascii_case(name(range)));
            columns = record.iter().enumerate().filter(|(_, cell)| is_query(cell)).map(|(index, _)| index).collect();
            if columns.is_empty() {
                return;
            }
            continue;
        }
        for cell in columns.iter().filter_map(|column| record.get(*column)) {
            // The quotes of the cell are no part of the statement; one that breaks off ends with its cell.
            let cell = match text[cell.clone()].starts_with('"') && cell.len() > 1 && text[cell.clone()].ends_with('"')
            {
                true => cell.start + 1..cell.end - 1,
                false => cell.clone(),
            };
            add_literals(&text[cell.clone()], cell.start, false, false, secrets);
        }
    }
}

/// Marks the literals in the statements of printed tables, line by line and within their column.
pub(crate) fn add_literals_of_text(text: &str, tables: &[Table], secrets: &mut Secrets) {
    let spans: Vec<(Range<u64>, &Table)> = tables
        .iter()
        .enumerate()
        .filter(|(_, table)| table.any_column(QUERY).is_some())
        .map(|(index, table)| (table.line..tables.get(index + 1).map_or(u64::MAX, |next| next.line), table))
        .collect();
    if spans.is_empty() {
        return;
    }
    let (mut start, mut inside) = (0, None::<usize>);
    for (number, line) in (1_u64..).zip(text.split_inclusive('\n')) {
        if let Some((_, table)) = spans.iter().find(|(span, _)| span.contains(&number)) {
            let body = line.trim_end_matches(['\r', '\n']);
            // The mark of a line break, without which a literal does not go on.
            let breaks = body.trim_end_matches(['|', '│', '║', ' ']).ends_with(['+', '↵']);
            let mut still = None;
            for (column, cell) in table::split_cells(body, table) {
                let trimmed = body[cell.clone()].trim_end_matches([' ', '+', '↵']);
                let open = add_literals(trimmed, start + cell.start, inside == Some(column), true, secrets);
                if open && breaks && column != usize::MAX {
                    still = Some(column);
                }
            }
            inside = still;
        }
        start += line.len();
    }
}
