//! Tables as psql prints them: aligned with any border and line style, expanded, unaligned, CSV.

use unicode_width::UnicodeWidthChar;

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

    /// Rows with their line.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (&[String], u64)> {
        self.rows.iter().map(Vec::as_slice).zip(self.lines.iter().copied())
    }
}

/// Every table of a text, in its order.
pub(crate) fn tables(text: &str) -> Vec<Table> {
    let lines: Vec<&str> = text.lines().map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let mut tables = Vec::new();
    let mut position = 0;
    while position < lines.len() {
        let found =
            expanded(&lines, position).or_else(|| aligned(&lines, position)).or_else(|| unaligned(&lines, position));
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
fn is_frame(line: &str) -> bool {
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

fn aligned(lines: &[&str], at: usize) -> Option<(Table, usize)> {
    let mut header = at;
    if is_frame(lines[at]) {
        header += 1;
    }
    let first = lines.get(header).filter(|line| !line.trim().is_empty() && rule(line).is_none())?;
    // A header cell may itself be broken over two lines.
    let rule_at = (header + 1..=header + 2).find(|index| lines.get(*index).is_some_and(|line| rule(line).is_some()))?;
    let spans = rule(lines[rule_at])?;
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
    let mut continues = false;
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

fn expanded(lines: &[&str], at: usize) -> Option<(Table, usize)> {
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

/// `a|b` lines that end with `(n rows)`; without that footer nothing tells them from prose.
fn unaligned(lines: &[&str], at: usize) -> Option<(Table, usize)> {
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

/// A table from CSV with a header; the delimiter is the one the header uses.
pub(crate) fn csv_table(text: &str) -> Option<Table> {
    let header = text.lines().find(|line| !line.trim().is_empty())?;
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| header.bytes().filter(|byte| byte == d).count())?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().ok()?.iter().map(|name| name.trim().to_owned()).collect();
    let mut table =
        Table { shape: "csv", rows: Vec::new(), line: 1, lines: Vec::new(), footer: None, ragged: None, columns };
    for record in reader.records() {
        let record = record.ok()?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let line = record.position().map_or(1, csv::Position::line);
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
