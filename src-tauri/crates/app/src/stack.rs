//! Rows for the table of the technology stack, from what probes of code told.
//!
//! Only what is not in the table is a row to be added. A starting row of the pack that nobody wrote in is the place for a
//! technology of its component; every other row stays as it is.

use groma_evidence::FactTable;
use groma_model::{Artifact, Date, Id, TableRow};
use groma_pack::{ColumnType, Table};
use groma_report::{Labels, Locale};
use serde::Serialize;

use crate::{ages, library::folded};

/// The table's id in packs and in facts, whichever sign parts its words.
pub(crate) fn is_stack(id: &str) -> bool {
    id.replace('_', "-") == "technology-stack"
}

/// A technology that the evidence knows and the table does not.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct StackRow {
    /// What it is among those of one answer.
    pub key: String,
    /// What it is part of: `Language`, `Framework`, `Runtime`.
    pub component: String,
    /// Its name.
    pub name: String,
    /// Its version as the code has it; empty where it names none.
    pub version: String,
    /// The newest version, where the program knows the product.
    pub newest: String,
    /// How many versions are newer; null where that is not known.
    pub behind: Option<usize>,
    /// The day its maker's support ends or ended; null where that is not known.
    pub ends: Option<Date>,
    /// Whether its maker no longer looks after it; null where that is not known.
    pub ended: Option<bool>,
    /// Files with their lines.
    pub places: Vec<String>,
    /// The artifact that tells of it.
    pub artifact: Id,
    /// The place in the artifact, as `source` takes it.
    pub at: String,
    /// The row as it would stand in the table.
    pub cells: TableRow,
}

/// What a probe told of a checkout.
pub(crate) struct Told<'a> {
    pub artifact: &'a Artifact,
    /// What it looked at.
    pub subject: String,
    pub tables: Vec<FactTable>,
}

/// How rows are written.
pub(crate) struct Written<'a> {
    pub table: &'a Table,
    pub labels: &'a Labels,
    pub locale: &'a Locale,
    /// The day that it is reckoned for.
    pub day: Date,
}

/// The technologies that were told and that no row of the table names, in the order of the facts.
pub(crate) fn missing(told: &[Told<'_>], rows: &[TableRow], written: &Written<'_>) -> Vec<StackRow> {
    // With what the probe says of its age, which stands where the program knows nothing.
    let mut found: Vec<(StackRow, String)> = Vec::new();
    let several = told.len() > 1;
    for one in told {
        for (at, table) in one.tables.iter().enumerate().filter(|(_, table)| is_stack(&table.id)) {
            for (row, cells) in table.rows.iter().enumerate() {
                let cell = |name: &str| cells.get(name).map(|cell| cell.trim()).unwrap_or_default();
                let (component, name, version) = (cell("component"), cell("name"), cell("version"));
                if name.is_empty() || rows.iter().any(|row| names(row, name, version)) {
                    continue;
                }
                let place = match (several, one.subject.is_empty(), cell("place")) {
                    (_, _, "") => String::new(),
                    (true, false, place) => format!("{}: {place}", one.subject),
                    (_, _, place) => place.to_owned(),
                };
                let key = [component, name, version].join("|");
                if let Some((known, _)) = found.iter_mut().find(|(known, _)| known.key == key) {
                    if !place.is_empty() && !known.places.contains(&place) {
                        known.places.push(place);
                    }
                    continue;
                }
                let lag = if version.is_empty() { None } else { ages::lag(&format!("{name} {version}"), written.day) };
                let (behind, ends, ended) = lag.as_ref().map_or((None, None, None), |l| (l.behind, l.ends, l.ended));
                let row = StackRow {
                    key,
                    component: component.to_owned(),
                    name: name.to_owned(),
                    version: version.to_owned(),
                    newest: lag.map(|lag| lag.newest).unwrap_or_default(),
                    behind,
                    ends,
                    ended,
                    places: if place.is_empty() { Vec::new() } else { vec![place] },
                    artifact: one.artifact.id,
                    at: format!("/tables/{at}/rows/{row}"),
                    cells: TableRow::new(),
                };
                found.push((row, cell("behind").to_owned()));
            }
        }
    }
    found.into_iter().map(|(row, age)| StackRow { cells: written.cells(&row, &age), ..row }).collect()
}

/// Whether a row names a technology in this version: as exactly as both say.
fn names(row: &TableRow, name: &str, version: &str) -> bool {
    let of = |ids: &[&str]| ids.iter().find_map(|id| row.get(*id)).map(|cell| folded(cell.trim())).unwrap_or_default();
    let (technology, current) = (of(TECHNOLOGY), of(CURRENT));
    let (name, version) = (folded(name), folded(version));
    if technology == name {
        return current.is_empty()
            || version.is_empty()
            || is_within(&current, &version)
            || is_within(&version, &current);
    }
    // Name and version in one cell.
    technology
        .strip_prefix(&name)
        .and_then(|rest| rest.strip_prefix(' '))
        .is_some_and(|rest| version.is_empty() || is_within(rest.trim(), &version) || is_within(&version, rest.trim()))
}

/// Whether a version is another or one of its patches: `20.20` of `20`.
fn is_within(version: &str, of: &str) -> bool {
    version.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', ' ', '_']))
}

/// Ids that packs give the columns.
const TECHNOLOGY: &[&str] = &["technology", "name"];
const CURRENT: &[&str] = &["current", "version"];

impl Written<'_> {
    /// The cells of a row, in the columns that the table has. `age` is what the probe says of it.
    fn cells(&self, row: &StackRow, age: &str) -> TableRow {
        let mut cells = TableRow::new();
        let mut put = |ids: &[&str], text: String| {
            let column = self.table.columns.iter().find(|column| ids.contains(&column.id.as_str()));
            if let Some(column) = column.filter(|_| !text.is_empty()) {
                cells.insert(column.id.clone(), text);
            }
        };
        put(&["component"], row.component.clone());
        put(TECHNOLOGY, row.name.clone());
        put(CURRENT, row.version.clone());
        put(&["latest", "newest"], row.newest.clone());
        put(&["gap", "behind"], self.gap(row, age));
        put(&["status"], self.status(row));
        put(&["source", "place"], row.places.join(", "));
        cells
    }

    /// How far behind it is and until when it is looked after, in words.
    fn gap(&self, row: &StackRow, age: &str) -> String {
        let mut parts = Vec::new();
        if let Some(behind) = row.behind.filter(|behind| *behind > 0) {
            parts.push(self.labels.sentence("words", "stack_behind", &[("n", &behind.to_string())]));
        }
        let date = row.ends.map(|day| self.locale.date(day));
        match (row.ended, date) {
            (Some(true), Some(date)) => parts.push(self.labels.sentence("words", "stack_ended", &[("date", &date)])),
            (Some(true), None) => parts.push(self.labels.word("words", "stack_ended_undated").to_owned()),
            (Some(false), Some(date)) => parts.push(self.labels.sentence("words", "stack_until", &[("date", &date)])),
            (None, _) if !age.is_empty() => parts.push(age.to_owned()),
            (None, _) | (Some(false), None) => {}
        }
        self.labels.list(&parts)
    }

    /// The state among the column's choices, of which the worst stands last.
    fn status(&self, row: &StackRow) -> String {
        let column = self.table.columns.iter().find(|column| column.id == "status");
        let choices = column.filter(|column| column.r#type == ColumnType::Status).map(|column| &column.choices);
        let Some(choices) = choices else { return String::new() };
        let chosen = match (row.ended, row.behind) {
            (Some(true), _) => choices.last(),
            (Some(false), Some(0)) => choices.first(),
            // Only where the pack tells one version from several.
            (Some(false), Some(1)) if choices.len() == 4 => choices.get(1),
            (Some(false), Some(_)) if choices.len() == 4 => choices.get(2),
            _ => None,
        };
        chosen.cloned().unwrap_or_default()
    }
}

/// The rows with others put in: into a starting row of the same component that nobody wrote in, else behind the last row
/// of the component, else at the end.
pub(crate) fn filled(mut rows: Vec<TableRow>, table: &Table, more: Vec<TableRow>) -> Vec<TableRow> {
    let component = |row: &TableRow| row.get("component").map(|cell| folded(cell.trim())).unwrap_or_default();
    for row in more {
        let own = component(&row);
        let untouched = |known: &TableRow| component(known) == own && known.len() == 1 && table.rows.contains(known);
        if let Some(at) = rows.iter().position(untouched).filter(|_| !own.is_empty()) {
            rows[at] = row;
        } else if let Some(at) = rows.iter().rposition(|known| component(known) == own).filter(|_| !own.is_empty()) {
            rows.insert(at + 1, row);
        } else {
            rows.push(row);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(&str, &str)]) -> TableRow {
        cells.iter().map(|(column, text)| ((*column).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_row_names_a_technology_as_exactly_as_both_say() {
        let known = |current: &str, version: &str| {
            names(&row(&[("technology", "node.js"), ("current", current)]), "Node.js", version)
        };
        assert!(known("20.20", "20") && known("20", "20.20.1") && known("", "18") && known("20", ""));
        assert!(!known("20", "18") && !known("18", "180") && !known("1.8", "1.80"));
        assert!(!names(&row(&[("technology", "Node.js tools")]), "Node.js", "18"));
        assert!(names(&row(&[("technology", "Node.js 18.2")]), "Node.js", "18"));
        assert!(!names(&row(&[("technology", "Node.js 18.2")]), "Node.js", "20"));
        assert!(!names(&row(&[("component", "Node.js")]), "Node.js", "18"));
    }

    #[test]
    fn starting_rows_are_filled_and_rows_that_people_wrote_stay() {
        let table = Table {
            rows: vec![row(&[("component", "Language")]), row(&[("component", "Framework")])],
            ..Table::default()
        };
        let written = row(&[("component", "Framework"), ("technology", "Own")]);
        let more = [("Language", "Go"), ("Language", "SQL"), ("framework", "Chi"), ("CI", "Make")];
        let more = more.map(|(component, name)| row(&[("component", component), ("technology", name)])).to_vec();
        let found = filled(vec![table.rows[0].clone(), written.clone()], &table, more);
        let names: Vec<&str> = found.iter().map(|row| row["technology"].as_str()).collect();
        assert_eq!(names, ["Go", "SQL", "Own", "Chi", "Make"]);
        assert!(found.contains(&written));
        // A starting row that somebody took out is not put back.
        assert_eq!(filled(Vec::new(), &table, vec![row(&[("component", "Language")])]).len(), 1);
    }
}
