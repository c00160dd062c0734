//! Columns set out by a rule below the header.

use unicode_width::UnicodeWidthChar;

use super::{COLUMNS, Table, footer, is_bar};

/// The spans, in display columns, that a rule like `---+-----` sets out; `None` when the line is no rule.
fn rule(line: &str) -> Option<Vec<(usize, usize)>> {
    let trimmed = line.trim();
    let dash = |c: char| matches!(c, '-' | '─' | '═');
    let cross = |c: char| matches!(c, '+' | '┼' | '╪' | '├' | '┤' | '╞' | '╡' | '╬' | '╫' | '╠' | '╣' | '|' | ' ');
    if trimmed.chars().filter(|c| dash(*c)).count() < 2 || !trimmed.chars().all(|c| dash(c) || cross(c)) {
        return None;
    }
    let mut spans = Vec::new();
    let mut start = None;
    for (column, c) in line.chars().enumerate() {
        match dash(c) {
            true => drop(start.get_or_insert(column)),
            false => {
                if let Some(start) = start.take() {
                    spans.push((start, column));
                }
            }
        }
    }
    if let Some(start) = start {
        spans.push((start, line.chars().count()));
    }
    Some(spans)
}

/// A frame line of border 2: `+----+----+`, `┌────┬────┐`.
pub(super) fn is_frame(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['+', '┌', '├', '└', '╔', '╠', '╚']) && line.chars().all(|c| !c.is_alphanumeric() && c != ' ')
}

/// The text between two display columns.
fn slice(line: &str, from: usize, to: usize) -> &str {
    let (mut column, mut start, mut end) = (0, line.len(), line.len());
    for (offset, c) in line.char_indices() {
        if column >= from && start == line.len() {
            start = offset;
        }
        if column >= to {
            end = offset;
            break;
        }
        column += c.width().unwrap_or(0);
    }
    &line[start.min(end)..end]
}

/// Splits a line by the rule's spans. Where nothing but the borders are bars, the bars are trusted instead: a console
/// may have been narrower than the width of its characters.
fn cells<'a>(line: &'a str, spans: &[(usize, usize)]) -> Vec<(&'a str, bool)> {
    let framed = line.trim_start().starts_with(is_bar) && spans.first().is_some_and(|(start, _)| *start > 0);
    let inner = match framed {
        true => line.trim().trim_start_matches(is_bar).trim_end_matches(is_bar),
        false => line,
    };
    let by_bar: Vec<&str> = inner.split(is_bar).collect();
    let parts: Vec<&str> = match by_bar.len() == spans.len() {
        true => by_bar,
        false => spans
            .iter()
            .enumerate()
            .map(|(index, (from, to))| slice(line, *from, if index + 1 == spans.len() { usize::MAX } else { *to }))
            .map(|cell| if framed { cell.trim_end_matches(is_bar) } else { cell })
            .collect(),
    };
    let last = parts.len() - 1;
    let full =
        || line.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>() == spans.last().map_or(0, |(_, end)| *end);
    let cell = |(index, cell): (usize, &'a str)| {
        let trimmed = cell.trim_end();
        // The mark of a line break stands in the margin, behind the padding; the last column has no padding otherwise.
        match trimmed.strip_suffix(['+', '↵']) {
            Some(rest) if trimmed.ends_with('↵') => (rest.trim(), true),
            Some(rest) if cell.len() == trimmed.len() && (index < last || framed || full()) => (rest.trim(), true),
            _ => (trimmed.trim(), false),
        }
    };
    parts.into_iter().enumerate().map(cell).collect()
}

/// The table that begins at a line, and the line after it.
pub(super) fn aligned(lines: &[&str], at: usize) -> Option<(Table, usize)> {
    let mut header = at;
    if is_frame(lines[at]) {
        header += 1;
    }
    let first = lines.get(header).filter(|line| !line.trim().is_empty() && rule(line).is_none())?;
    // A header cell may itself be broken over two lines.
    let rule_at = (header + 1..=header + 2).find(|index| lines.get(*index).is_some_and(|line| rule(line).is_some()))?;
    let spans = rule(lines[rule_at]).filter(|spans| spans.len() <= COLUMNS)?;
    if rule_at > header + 1 && !cells(first, &spans).iter().any(|(_, breaks)| *breaks) {
        return None;
    }
    let mut columns = vec![String::new(); spans.len()];
    for line in &lines[header..rule_at] {
        for (column, (cell, _)) in columns.iter_mut().zip(cells(line, &spans)) {
            column.push_str(cell);
        }
    }
    if columns.iter().all(String::is_empty) {
        return None;
    }
    let bars = lines[rule_at].trim().contains(|c: char| !matches!(c, '-' | ' ' | '─' | '═'));
    let shape = match () {
        () if lines[header].contains(['│', '║']) || lines[rule_at].contains('─') => "aligned-unicode",
        // psql crosses its rules with `+`.
        () if lines[rule_at].trim_start().starts_with('|') && !lines[rule_at].contains('+') => "markdown",
        () if lines[header].trim_start().starts_with('|') => "aligned-border2",
        () => "aligned",
    };
    let mut table = Table {
        shape,
        columns,
        rows: Vec::new(),
        line: header as u64 + 1,
        lines: Vec::new(),
        footer: None,
        ragged: None,
    };
    let mut position = rule_at + 1;
    let (mut continues, mut written) = (false, 0);
    while let Some(line) = lines.get(position) {
        if let Some(count) = footer(line) {
            table.footer = Some(count);
            position += 1;
            break;
        }
        if line.trim().is_empty() && !(continues || !bars && table.footer.is_none() && has_footer_soon(lines, position))
        {
            break;
        }
        if is_frame(line) {
            position += 1;
            continue;
        }
        if bars && !continues && !line.contains(is_bar) {
            break;
        }
        written += line.len();
        if table.overgrown(written) {
            return None;
        }
        let cells = cells(line, &spans);
        let breaks = cells.iter().any(|(_, breaks)| *breaks);
        match table.rows.last_mut().filter(|_| continues) {
            Some(row) => {
                for (whole, (part, _)) in row.iter_mut().zip(&cells) {
                    if !part.is_empty() {
                        whole.push('\n');
                        whole.push_str(part);
                    }
                }
            }
            None => {
                let mut row: Vec<String> = cells.iter().map(|(cell, _)| (*cell).to_owned()).collect();
                row.resize(spans.len(), String::new());
                table.rows.push(row);
                table.lines.push(position as u64 + 1);
            }
        }
        continues = breaks;
        position += 1;
    }
    Some((table, position))
}

/// Whether an empty line is an empty cell of a table with one column: its footer follows.
fn has_footer_soon(lines: &[&str], position: usize) -> bool {
    lines.iter().skip(position + 1).take(3).any(|line| footer(line).is_some())
}
