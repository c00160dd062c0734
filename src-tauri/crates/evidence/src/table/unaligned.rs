//! Cells between bars, without padding.

use super::{Table, footer};

/// So many headings are tried for one footer.
const TRIES: usize = 100;

/// The footer that comes next, so that it is not looked for anew from every line before it.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// The lines looked through so far, and the footer that ends them; none at the end of the text.
    searched: usize,
    footer: Option<usize>,
    tried: usize,
}

impl Ahead {
    /// The line of the first footer behind a line. Lines must be asked for in their order.
    fn footer(&mut self, lines: &[&str], at: usize) -> Option<usize> {
        if self.searched <= at + 1 {
            self.footer = (at + 1..lines.len()).find(|index| footer(lines[*index]).is_some());
            self.searched = self.footer.map_or(usize::MAX, |found| found + 1);
            self.tried = 0;
        }
        self.tried += 1;
        self.footer.filter(|_| self.tried <= TRIES)
    }
}

/// `a|b` lines that end with `(n rows)`; without that footer nothing tells them from prose.
pub(super) fn unaligned(lines: &[&str], at: usize, ahead: &mut Ahead) -> Option<(Table, usize)> {
    let header = lines[at];
    let identifier = |cell: &str| {
        !cell.is_empty() && cell.len() < 64 && cell.bytes().all(|b| b.is_ascii_alphanumeric() || b"_?".contains(&b))
    };
    // Nothing but rows stands between a heading and its footer: what follows a row is a row.
    let follows = at.checked_sub(1).is_some_and(|before| lines[before].contains('|'));
    if !header.contains('|') || follows || !header.split('|').all(identifier) {
        return None;
    }
    let columns: Vec<String> = header.split('|').map(str::to_owned).collect();
    let end = ahead.footer(lines, at)?;
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
            if table.footer.is_some_and(|count| table.rows.len() > count) {
                return None;
            }
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

#[cfg(test)]
mod tests {
    use crate::table::tables;

    /// Were the footer looked for from every line, or every line taken for a heading, these would take minutes.
    #[test]
    fn many_lines_with_bars_are_passed_over_in_time() {
        for (line, footer) in [("aa|bb\n", ""), ("aa|bb\n", "(1 row)\n"), ("aa|bb\n\n", "(15000 rows)\n")] {
            assert!(tables(&(line.repeat(20_000) + footer)).is_empty());
        }
        let two = "id|name\n1|x\n2|y\n(2 rows)\n\nid\nn|m\n3|z|z\n(1 row)\n";
        let found = tables(two);
        assert_eq!(found.iter().map(|table| table.line).collect::<Vec<_>>(), [1, 7]);
        assert_eq!(found[1].rows, [["3", "z|z"]]);
    }
}
