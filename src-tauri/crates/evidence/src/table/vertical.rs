//! A line a cell, as MySQL's client prints with `\G`: `*** 1. row ***` heads a record.

use super::{COLUMNS, Table};

/// The number of the record that a line heads.
fn record(line: &str) -> Option<usize> {
    let inner = line.trim().strip_prefix("***")?.trim_matches('*').trim();
    inner.strip_suffix(". row")?.parse().ok()
}

/// Whether the text begins with a record.
pub(crate) fn is_vertical(text: &str) -> bool {
    text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| record(line).is_some())
}

/// Every table of a text. Names are set flush right, so that all colons of a record stand in one column: a line with its
/// colon elsewhere goes on with the cell before it.
pub(crate) fn vertical_tables(text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let (mut colon, mut inside) = (None::<usize>, false);
    let mut current: Option<usize> = None;
    for (number, line) in (1_u64..).zip(text.lines()) {
        if let Some(count) = record(line) {
            if count == 1 || tables.is_empty() {
                tables.push(Table {
                    shape: "vertical",
                    columns: Vec::new(),
                    rows: Vec::new(),
                    line: number,
                    lines: Vec::new(),
                    footer: None,
                    ragged: None,
                });
            }
            if let Some(table) = tables.last_mut() {
                if table.overgrown(text.len()) {
                    return Vec::new();
                }
                table.rows.push(vec![String::new(); table.columns.len()]);
                table.lines.push(number);
            }
            (colon, current, inside) = (None, None, true);
            continue;
        }
        let Some(table) = tables.last_mut().filter(|_| inside) else { continue };
        let at = colon.or_else(|| line.find(':'));
        let named = at.filter(|at| {
            let name = line.get(..*at).unwrap_or_default();
            line.as_bytes().get(*at) == Some(&b':')
                && matches!(line.as_bytes().get(at + 1), None | Some(b' '))
                && !name.trim().is_empty()
                && (colon.is_some() || !name.trim().contains(' '))
        });
        match named {
            Some(at) => {
                let (name, value) = (line[..at].trim(), line[at + 1..].trim());
                let column = table.columns.iter().position(|column| column == name);
                if column.is_none() && table.columns.len() == COLUMNS {
                    return Vec::new();
                }
                let column = column.unwrap_or_else(|| {
                    table.columns.push(name.to_owned());
                    table.columns.len() - 1
                });
                if let Some(row) = table.rows.last_mut() {
                    row.resize(table.columns.len().max(row.len()), String::new());
                    value.clone_into(&mut row[column]);
                }
                (colon, current) = (Some(at), Some(column));
            }
            // `2 rows in set (0.00 sec)` ends the table.
            None if line.contains(" in set") && line.trim_end().ends_with(')') || line.trim().is_empty() => {
                inside = false
            }
            None => {
                if let (Some(row), Some(column)) = (table.rows.last_mut(), current) {
                    row[column].push('\n');
                    row[column].push_str(line);
                }
            }
        }
    }
    for table in &mut tables {
        let columns = table.columns.len();
        table.rows.iter_mut().for_each(|row| row.resize(columns, String::new()));
    }
    tables.retain(|table| !table.columns.is_empty());
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_records_after_a_long_one_take_no_room() {
        let records = |columns: usize, rows: usize| {
            let cells: String = (0..columns).map(|column| format!("{column:>6}: x\n")).collect();
            let rest: String = (2..rows + 2).map(|row| format!("*** {row}. row ***\n")).collect();
            vertical_tables(&format!("*** 1. row ***\n{cells}{rest}")).len()
        };
        assert_eq!((records(4096, 10), records(4097, 10), records(4000, 100_000)), (1, 0, 0));
    }

    #[test]
    fn records_are_read_with_values_over_several_lines() {
        let text = "*************************** 1. row ***************************\n  a: 1\nb c: x: y\n more\n\
                    *************************** 2. row ***************************\n  a: 2\nb c:\n2 rows in set (0.01 sec)\n";
        let tables = vertical_tables(text);
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].columns, ["a", "b c"]);
        assert_eq!(tables[0].rows, [["1", "x: y\n more"], ["2", ""]]);
        assert_eq!(tables[0].lines, [1, 5]);
        assert!(is_vertical(text) && !is_vertical("a: 1\n"));
    }
}
