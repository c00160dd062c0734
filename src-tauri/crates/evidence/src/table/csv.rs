//! Comma-separated, whatever the comma is.

use std::ops::Range;

use super::Table;

/// The delimiter that the header uses most; `None` when there is no header.
pub(crate) fn delimiter(text: &str) -> Option<u8> {
    let header = text.lines().find(|line| !line.trim().is_empty())?;
    [b',', b';', b'\t'].into_iter().max_by_key(|d| header.bytes().filter(|byte| byte == d).count())
}

/// A table from CSV with a header; the delimiter is the one the header uses.
pub(crate) fn csv_table(text: &str) -> Option<Table> {
    let delimiter = delimiter(text)?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().ok()?.iter().map(|name| name.trim().to_owned()).collect();
    let mut table =
        Table { shape: "csv", rows: Vec::new(), line: 1, lines: Vec::new(), footer: None, ragged: None, columns };
    // Where a record begins is told before the line ends and empty lines in front of it are passed over.
    let (mut line, mut counted) = (1_u64, 0);
    for record in reader.records() {
        let record = record.ok()?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if table.overgrown(text.len()) {
            return None;
        }
        let before = record.position().map_or(0, csv::Position::byte);
        let before = usize::try_from(before).unwrap_or(usize::MAX).clamp(counted, text.len());
        let bytes = text.as_bytes();
        let start = before + bytes[before..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += bytes[counted..start].iter().filter(|byte| **byte == b'\n').count() as u64;
        counted = start;
        if record.len() != table.columns.len() {
            table.ragged.get_or_insert(line);
        }
        let mut row: Vec<String> = record.iter().map(str::to_owned).collect();
        row.resize(table.columns.len(), String::new());
        table.rows.push(row);
        table.lines.push(line);
    }
    Some(table)
}

/// The records of a CSV, each as the byte ranges of its cells, quotes included; empty lines before the first are none.
pub(crate) fn records(text: &str, delimiter: u8) -> impl Iterator<Item = Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    let mut position = text.len() - text.trim_start_matches(['\r', '\n']).len();
    std::iter::from_fn(move || {
        if position >= bytes.len() {
            return None;
        }
        let (mut cells, mut start, mut quoted) = (Vec::new(), position, false);
        while let Some(byte) = bytes.get(position) {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' if !quoted => break,
                byte if *byte == delimiter && !quoted => {
                    cells.push(start..position);
                    start = position + 1;
                }
                _ => {}
            }
            position += 1;
        }
        let end = if position > start && bytes[position - 1] == b'\r' { position - 1 } else { position };
        cells.push(start..end);
        position += 1;
        Some(cells)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_rows_below_a_long_heading_take_no_room() {
        let wide = |columns: usize, rows: usize| csv_table(&(";".repeat(columns) + "\n" + &"a\n".repeat(rows)));
        assert!(wide(300_000, 300_000).is_none());
        assert_eq!(wide(99, 10_000).map(|table| table.rows.len()), Some(10_000));
    }

    #[test]
    fn records_are_cut_where_their_cells_are() {
        let text = "\r\n\na;\"b;\"\"\nc\";d\r\n1;2;3";
        let cells: Vec<Vec<&str>> =
            records(text, b';').map(|record| record.into_iter().map(|cell| &text[cell]).collect()).collect();
        assert_eq!(cells, [vec!["a", "\"b;\"\"\nc\"", "d"], vec!["1", "2", "3"]]);
    }
}
