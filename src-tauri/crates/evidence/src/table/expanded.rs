//! A line a cell, a heading a record.

use super::{Table, aligned::is_frame, footer, is_bar};

/// More columns no table of PostgreSQL's has.
const COLUMNS: usize = 1664;

/// `-[ RECORD 1 ]---+-----`, `* Record 1`, `─[ RECORD 1 ]─┬──`, `+-[ RECORD 1 ]-+---+`.
fn record(line: &str) -> bool {
    let line = line.trim_start_matches(['+', '-', '─', '┌', '├', '═', '╔', '╠', ' ']);
    line.starts_with("[ RECORD ") || line.strip_prefix("* Record ").is_some_and(|n| n.trim().parse::<u32>().is_ok())
}

/// Name and value of a line of an expanded table.
fn pair(line: &str, framed: bool) -> Option<(&str, &str)> {
    let inner = match framed {
        true => line.trim().strip_prefix(is_bar)?.strip_suffix(is_bar)?,
        false => line,
    };
    inner.split_once(is_bar)
}

/// The table that begins at a line, and the line after it.
pub(super) fn expanded(lines: &[&str], at: usize) -> Option<(Table, usize)> {
    if !record(lines[at]) {
        return None;
    }
    let mut table = Table {
        shape: "expanded",
        columns: Vec::new(),
        rows: Vec::new(),
        line: at as u64 + 1,
        lines: Vec::new(),
        footer: None,
        ragged: None,
    };
    let mut position = at;
    let mut current: Option<usize> = None;
    let mut continues = false;
    let framed = lines[at].trim_start().starts_with(['+', '┌', '╔']);
    while let Some(line) = lines.get(position) {
        if record(line) {
            // Headings alone are no table, however many there are.
            if position > at && table.columns.is_empty() || table.overgrown(lines.len()) {
                return None;
            }
            table.rows.push(vec![String::new(); table.columns.len()]);
            table.lines.push(position as u64 + 1);
            (current, continues) = (None, false);
        } else if line.trim().is_empty() || footer(line).is_some() {
            table.footer = footer(line);
            break;
        } else if !is_frame(line) {
            let Some((name, value)) = pair(line, framed) else { break };
            let name = name.trim_end().trim_end_matches(['+', '↵']).trim();
            // A plus ends the text or marks a line break; after a break the next line has no name.
            let next = lines.get(position + 1).and_then(|next| pair(next, framed));
            let (value, breaks) = match value.trim_end().strip_suffix(['+', '↵']) {
                Some(rest) if next.is_some_and(|(name, _)| name.trim().is_empty()) => (rest.trim(), true),
                _ => (value.trim(), false),
            };
            let row = table.rows.last_mut()?;
            match current.filter(|_| continues && name.is_empty()) {
                Some(index) => {
                    row[index].push('\n');
                    row[index].push_str(value);
                }
                None => {
                    let index = match table.columns.iter().position(|column| column == name) {
                        Some(index) => index,
                        None if table.columns.len() == COLUMNS => return None,
                        None => {
                            table.columns.push(name.to_owned());
                            row.push(String::new());
                            table.columns.len() - 1
                        }
                    };
                    value.clone_into(&mut row[index]);
                    current = Some(index);
                }
            }
            continues = breaks;
        }
        position += 1;
    }
    for row in &mut table.rows {
        row.resize(table.columns.len(), String::new());
    }
    (!table.columns.is_empty()).then_some((table, position + 1))
}

#[cfg(test)]
mod tests {
    use crate::table::tables;

    #[test]
    fn a_record_has_no_more_columns_than_a_table_can_have() {
        let record = |columns: usize| {
            let cells: String = (0..columns).map(|column| format!("c{column} | 1\n")).collect();
            tables(&format!("-[ RECORD 1 ]-\n{cells}")).len()
        };
        assert_eq!((record(1664), record(1665)), (1, 0));
    }
}
