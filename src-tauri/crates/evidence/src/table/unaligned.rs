//! Cells between bars, without padding.

use super::{Table, footer};

/// `a|b` lines that end with `(n rows)`; without that footer nothing tells them from prose.
pub(super) fn unaligned(lines: &[&str], at: usize) -> Option<(Table, usize)> {
    let header = lines[at];
    let identifier = |cell: &str| {
        !cell.is_empty() && cell.len() < 64 && cell.bytes().all(|b| b.is_ascii_alphanumeric() || b"_?".contains(&b))
    };
    if !header.contains('|') || !header.split('|').all(identifier) {
        return None;
    }
    let columns: Vec<String> = header.split('|').map(str::to_owned).collect();
    let end = (at + 1..lines.len()).find(|index| footer(lines[*index]).is_some())?;
    let mut table = Table {
        shape: "unaligned",
        rows: Vec::new(),
        line: at as u64 + 1,
        lines: Vec::new(),
        footer: footer(lines[end]),
        ragged: None,
        columns,
    };
    // A row that breaks over lines ends when it has all its cells.
    let mut open = String::new();
    for (index, line) in lines.iter().enumerate().take(end).skip(at + 1) {
        if open.is_empty() {
            table.lines.push(index as u64 + 1);
        } else {
            open.push('\n');
        }
        open.push_str(line);
        if open.split('|').count() >= table.columns.len() {
            table.rows.push(split_row(&open, table.columns.len()));
            open.clear();
        }
    }
    table.lines.truncate(table.rows.len());
    (table.footer == Some(table.rows.len())).then_some((table, end + 1))
}

/// Splits an unaligned row. Bars in excess belong to the widest cell's text: a query.
fn split_row(line: &str, columns: usize) -> Vec<String> {
    let mut parts: Vec<String> = line.split('|').map(str::to_owned).collect();
    while parts.len() > columns {
        let widest = (0..parts.len() - 1).max_by_key(|index| parts[*index].len()).unwrap_or_default();
        let rest = parts.remove(widest + 1);
        parts[widest].push('|');
        parts[widest].push_str(&rest);
    }
    parts
}
