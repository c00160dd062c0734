//! What a table looks like: its delimiter, its columns, its first rows.

use std::{borrow::Cow, collections::HashMap};

use super::{ColumnKind, ColumnShape, TableShape, cell, guess, unit};
use crate::{Refusal, decode::decode, table::records};

/// Rows that are looked at to tell what a column is.
const LOOKED_AT: usize = 1000;
/// Rows that are shown.
const SHOWN: usize = 10;
/// Lines that are looked at to tell the delimiter.
const LINES: usize = 50;
/// More columns than this are shown to nobody.
const MOST_COLUMNS: usize = 1000;
/// Bytes that are looked at to tell the delimiter: 256 KiB.
const BEGINNING: usize = 256 << 10;
/// Lines that a title above the header may have.
const MOST_TITLES: usize = 20;
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
const REMEDY: &str = "export it as CSV with a line of column names on top";

/// The text of a table's bytes: UTF-8, UTF-16 or gzipped, as other files are read.
///
/// # Errors
/// Bytes that are no text.
pub fn table_text(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    decode(bytes).map(|decoded| decoded.text)
}

/// The names of a table's columns, sorted: by these a remembered mapping is found.
///
/// # Errors
/// A text that is no table.
pub fn table_header(text: &str) -> Result<Vec<String>, Refusal> {
    Sheet::of(text).map(|sheet| header(sheet.columns.iter().map(String::as_str)))
}

/// Looks at a table with a header.
///
/// # Errors
/// A text that is no table: empty, JSON or XML, or without two columns or any row.
pub fn describe_table(text: &str) -> Result<TableShape, Refusal> {
    let sheet = Sheet::of(text)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut count = 0;
    for record in sheet.reader().records() {
        let record = record.map_err(|error| broken(&error))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        count += 1;
        if rows.len() < LOOKED_AT {
            let mut row: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            row.resize(sheet.columns.len(), String::new());
            rows.push(row);
        }
    }
    if count == 0 {
        return Err(Refusal::new("the table has a header and no row below it", REMEDY).at_line(1));
    }
    let decimal_comma = has_decimal_comma(&rows, sheet.delimiter);
    let columns: Vec<ColumnShape> = sheet
        .columns
        .iter()
        .enumerate()
        .map(|(index, name)| {
            column(name, rows.iter().filter_map(|row| row.get(index)).map(String::as_str), decimal_comma)
        })
        .collect();
    let mapping = guess::mapping(&columns, decimal_comma);
    rows.truncate(SHOWN);
    Ok(TableShape { delimiter: sheet.delimiter, decimal_comma, columns, rows: count, first_rows: rows, mapping })
}

/// A text whose delimiter and header are known.
pub(super) struct Sheet<'a> {
    /// Without the line by which spreadsheets tell each other the delimiter.
    pub body: &'a str,
    /// Lines before `body`.
    pub skipped: u64,
    pub delimiter: char,
    pub columns: Vec<String>,
}

impl<'a> Sheet<'a> {
    /// # Errors
    /// A text that is no table.
    pub(super) fn of(text: &'a str) -> Result<Self, Refusal> {
        let start = text.len() - text.trim_start_matches(['\r', '\n', ' ']).len();
        let mut skipped = text[..start].matches('\n').count() as u64;
        let mut body = &text[start..];
        if body.is_empty() {
            return Err(Refusal::new("the table is empty", REMEDY));
        }
        if body.starts_with(['{', '[', '<']) {
            return Err(Refusal::new("this is JSON or XML, not a table", REMEDY).at_line(1));
        }
        let mut told = None;
        if let Some(rest) = body.strip_prefix("sep=")
            && let Some((line, rest)) = rest.split_once('\n')
        {
            told = line.chars().next();
            (body, skipped) = (rest, skipped + 1);
        }
        let beginning = beginning(body);
        if beginning.is_empty() {
            return Err(Refusal::new("the first line is longer than those of tables are", REMEDY).at_line(1));
        }
        let told = told.filter(|c| DELIMITERS.contains(c));
        let no_columns =
            || Refusal::new("no two columns: the first line has no comma, semicolon or tab", REMEDY).at_line(1);
        let delimiter = match told.or_else(|| delimiter(beginning)) {
            Some(delimiter) => delimiter,
            None => {
                let (lines, delimiter) = below_titles(beginning).ok_or_else(no_columns)?;
                let titles: usize = body.split_inclusive('\n').take(lines).map(str::len).sum();
                (body, skipped) = (&body[titles..], skipped + lines as u64);
                delimiter
            }
        };
        let mut sheet = Self { body, skipped, delimiter, columns: Vec::new() };
        let header = sheet.reader().headers().map_err(|error| broken(&error))?.clone();
        if header.len() > MOST_COLUMNS {
            return Err(Refusal::new(format!("{} columns: more than {MOST_COLUMNS}", header.len()), REMEDY).at_line(1));
        }
        if header.iter().all(|name| cell::is_nothing(name) || cell::number(name, false).is_some()) {
            return Err(Refusal::new("the first line holds numbers, not names of columns", REMEDY).at_line(1));
        }
        sheet.columns = names(header.iter());
        Ok(sheet)
    }

    pub(super) fn reader(&self) -> csv::Reader<&'a [u8]> {
        // All delimiters are ASCII.
        let delimiter = u8::try_from(self.delimiter).unwrap_or(b',');
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(self.body.as_bytes())
    }
}

/// The first whole lines, as many as are looked at to tell the delimiter: any text may come here, however large.
fn beginning(body: &str) -> &str {
    let Some(first) = body.as_bytes().get(..BEGINNING) else { return body };
    let end = first.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    &body[..end]
}

/// How many lines of a title stand above the header, and the delimiter: the first line that has several cells is the
/// header when the next line has as many.
fn below_titles(body: &str) -> Option<(usize, char)> {
    let lines: Vec<&str> = body.split_inclusive('\n').take(MOST_TITLES + 2).collect();
    (1..lines.len().saturating_sub(1)).find_map(|above| {
        let rest: String = lines[above..].concat();
        let delimiter = delimiter(&rest)?;
        let cells = |line: &str| records(line, u8::try_from(delimiter).ok()?).next().map(|cells| cells.len());
        (cells(lines[above]) == cells(lines[above + 1])).then_some((above, delimiter))
    })
}

/// Every column under a name of its own.
fn names<'n>(header: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut names = Vec::new();
    for (index, name) in header.enumerate() {
        let name = match name.trim() {
            "" => format!("column {}", index + 1),
            name => name.to_owned(),
        };
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        names.push(if *times > 1 { format!("{name} ({times})") } else { name });
    }
    names
}

/// The delimiter by which the most of the first lines fall into as many cells as the header.
fn delimiter(body: &str) -> Option<char> {
    let score = |delimiter: char| {
        let byte = u8::try_from(delimiter).ok()?;
        let mut records =
            csv::ReaderBuilder::new().delimiter(byte).flexible(true).has_headers(false).from_reader(body.as_bytes());
        let mut lengths = records.records().take(LINES).map_while(Result::ok).map(|record| record.len());
        let header = lengths.next().filter(|length| *length > 1)?;
        let (same, all) =
            lengths.fold((0_usize, 0_usize), |(same, all), length| (same + usize::from(length == header), all + 1));
        // Of two that split all lines alike, the one that makes more cells.
        Some(((same + 1) * 1000 / (all + 1), header))
    };
    DELIMITERS
        .into_iter()
        .filter_map(|delimiter| Some((score(delimiter)?, delimiter)))
        .max_by_key(|(score, _)| *score)
        .map(|(_, d)| d)
}

/// Whether numbers are only numbers when their comma is the decimal one.
fn has_decimal_comma(rows: &[Vec<String>], delimiter: char) -> bool {
    let (mut comma, mut point) = (0_usize, 0_usize);
    for cell in rows.iter().flatten().filter(|cell| cell.contains(',') || cell.contains('.')) {
        match (cell::number(cell, true).is_some(), cell::number(cell, false).is_some()) {
            (true, false) => comma += 1,
            (false, true) => point += 1,
            // `1,234` is either: between semicolons and without another sign, the comma is the decimal one.
            (true, true) if delimiter != ',' && cell.contains(',') && !cell.contains('.') => {
                comma += usize::from(point == 0)
            }
            _ => {}
        }
    }
    comma > point
}

fn column<'c>(name: &str, cells: impl Iterator<Item = &'c str>, decimal_comma: bool) -> ColumnShape {
    let (mut blank, mut filled, mut numbers, mut times) = (0, 0, 0, 0);
    let mut told: Option<Option<&'static str>> = None;
    for cell in cells {
        if cell::is_nothing(cell) {
            blank += 1;
            continue;
        }
        filled += 1;
        times += u64::from(cell::time(cell).is_some());
        if let Some((_, unit)) = cell::number(cell, decimal_comma) {
            numbers += 1;
            // A unit is the column's only when all cells have it.
            told = Some(told.map_or(unit, |before| before.filter(|before| unit == Some(before))));
        }
    }
    let says_time = ["time", "date", "ts", "zeit", "datum"].iter().any(|word| name.to_lowercase().contains(word));
    let kind = match filled {
        0 => ColumnKind::Empty,
        // Most cells decide: an export has its gaps, and which cells stand in the way is told when it is tried. A large
        // number is a time only where the column says so.
        filled if times * 2 > filled && (numbers < times || says_time) => ColumnKind::Time,
        filled if numbers * 2 > filled => ColumnKind::Number,
        _ => ColumnKind::Text,
    };
    let unit =
        told.flatten().or_else(|| unit::of_name(name)).filter(|_| kind == ColumnKind::Number).unwrap_or_default();
    ColumnShape { name: name.to_owned(), kind, unit: unit.to_owned(), blank }
}

pub(super) fn broken(error: &csv::Error) -> Refusal {
    let refusal = Refusal::new(format!("the table cannot be read: {error}"), REMEDY);
    match error.position() {
        Some(position) => refusal.at_line(position.line()),
        None => refusal,
    }
}

/// Names of columns, sorted.
pub(super) fn header<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut header: Vec<String> = names.map(str::to_owned).collect();
    header.sort_unstable();
    header
}
