//! Cells for which a table is refused, with their places.

use super::{CellFault, RefusedCell, cell, shape::Sheet};
use crate::{Refusal, table::records};

/// No more of them are told one by one; how many there are is counted all the same.
const MOST_TOLD: usize = 10_000;
/// So much of a cell is shown.
const SHOWN: usize = 40;

/// What is wrong with a cell, and the same in words.
pub(super) type Wrong = (CellFault, String);

/// Cells that are not what they should be.
#[derive(Default)]
pub(super) struct Faults {
    pub cells: Vec<RefusedCell>,
    pub count: u64,
}

impl Faults {
    /// Adds the cell of a column, or with none the whole row that begins at a position.
    pub fn add(&mut self, sheet: &Sheet<'_>, at: &csv::Position, column: Option<usize>, text: &str, wrong: Wrong) {
        self.count += 1;
        if self.cells.len() == MOST_TOLD {
            return;
        }
        let name = column.and_then(|column| sheet.columns.get(column)).map_or("", String::as_str);
        let (line, byte) = place(sheet, at, column.unwrap_or_default());
        let (fault, reason) = wrong;
        self.cells.push(RefusedCell { line, byte, column: name.to_owned(), cell: shown(text), fault, reason });
    }

    /// The refusal of the table: the first place, and how many more there are.
    pub fn refusal(&self) -> Option<Refusal> {
        let first = self.cells.first()?;
        let of = if first.column.is_empty() { String::new() } else { format!(", column `{}`", first.column) };
        let more = if self.count > 1 { format!("; and {} more places", self.count - 1) } else { String::new() };
        let reason = format!("line {}{of}: {}{more}", first.line, first.reason);
        let remedy = "correct the cell, say that its word stands for no value, or map the column in another way";
        Some(Refusal { line: Some(first.line), column: Some(first.byte), ..Refusal::new(reason, remedy) })
    }
}

/// The beginning of a cell, for messages.
pub(super) fn shown(cell: &str) -> String {
    cell.trim().chars().take(SHOWN).collect()
}

/// Whether a cell has no value: nothing in it, a word for nothing, or one of the mapping's own.
pub(super) fn has_no_value(text: &str, nothing: &[String]) -> bool {
    cell::is_nothing(text) || nothing.iter().any(|word| word.trim().eq_ignore_ascii_case(text.trim()))
}

/// Line and byte, both 1-based, where a cell begins.
fn place(sheet: &Sheet<'_>, at: &csv::Position, column: usize) -> (u64, u64) {
    let begin = usize::try_from(at.byte()).unwrap_or_default().min(sheet.body.len());
    let delimiter = u8::try_from(sheet.delimiter).unwrap_or(b',');
    // The reader's position may be that of an empty line before the record.
    let start = begin + sheet.body[begin..].len() - sheet.body[begin..].trim_start_matches(['\r', '\n']).len();
    let record = records(&sheet.body[start..], delimiter).next().unwrap_or_default();
    let cell = start + record.get(column).map_or(0, |range| range.start);
    let line_start = sheet.body[..cell].rfind('\n').map_or(0, |end| end + 1);
    let line = sheet.skipped + at.line() + sheet.body[begin..cell].matches('\n').count() as u64;
    (line, (cell - line_start + 1) as u64)
}
