//! The table of the technology stack, filled from what probes of code told.

use std::collections::BTreeMap;

use groma_evidence as evidence;
use groma_model::{Contents, Kind, TableRow};
use groma_pack::{Area, Pack, Table};
use groma_report::Locale;
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};

use super::assess::Assess;
use crate::retest::States;
use crate::stack::{self, StackRow, Told, Written};
use crate::{App, AppError, Verb, assets, scored};

/// Asks for the technologies that the evidence knows and the table of the technology stack does not. Nothing is changed by it.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ShowStack {}

/// What could be added to the table.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct StackReply {
    /// The pack that has the table.
    pub pack: String,
    /// The area.
    pub area: String,
    /// The table's id.
    pub table: String,
    /// What is not in it.
    pub rows: Vec<StackRow>,
}

impl Verb for ShowStack {
    type Reply = Option<StackReply>;

    fn run(self, app: &mut App) -> Result<Option<StackReply>, AppError> {
        let contents = app.store()?.contents()?;
        let packs = scored::snapshots(&contents)?;
        let Some((pack, area, table)) = table(&packs) else { return Ok(None) };
        let rows = proposed(app, &contents, table, &rows(&contents, pack, area, table))?;
        Ok(Some(StackReply { pack: pack.id.clone(), area: area.id.clone(), table: table.id.clone(), rows }))
    }
}

/// Adds technologies that the evidence knows to the table of the technology stack, in one step. What stands in it stays.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct FillStack {
    /// Keys of the rows that `stack` tells; all of them when empty.
    pub rows: Vec<String>,
}

/// What was added.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct FillReply {
    /// How many rows.
    pub added: usize,
    /// What changed.
    pub changes: Changes,
}

impl Verb for FillStack {
    type Reply = FillReply;

    fn run(self, app: &mut App) -> Result<FillReply, AppError> {
        let contents = app.store()?.contents()?;
        let packs = scored::snapshots(&contents)?;
        let Some((pack, area, table)) = table(&packs) else {
            return Err(AppError::not_found("no pack of this engagement has a table of the technology stack")
                .hint("add the pack backend-maturity"));
        };
        let before = rows(&contents, pack, area, table);
        let mut found = proposed(app, &contents, table, &before)?;
        if let Some(unknown) = self.rows.iter().find(|key| !found.iter().any(|row| row.key == **key)) {
            return Err(AppError::not_found(format!("the evidence has no row \"{unknown}\" that is not in the table"))
                .hint("ask with `stack` which rows there are")
                .field("rows"));
        }
        if !self.rows.is_empty() {
            found.retain(|row| self.rows.contains(&row.key));
        }
        if found.is_empty() {
            return Err(AppError::refused("the evidence knows no technology that is not in the table")
                .hint("import what the code probe tells of a checkout"));
        }
        let added = found.len();
        let after = stack::filled(before, table, found.into_iter().map(|row| row.cells).collect());
        let assess = Assess {
            pack: pack.id.clone(),
            area: area.id.clone(),
            tables: BTreeMap::from([(table.id.clone(), after)]),
            ..Assess::default()
        };
        let author = app.environment.author.clone();
        let (_, changes) = app
            .store()?
            .transact_with(Op::Update(Kind::Assessment), &author, |tx| assess.apply(tx, &packs, &contents))?;
        Ok(FillReply { added, changes })
    }
}

/// The first table of the technology stack.
fn table(packs: &[Pack]) -> Option<(&Pack, &Area, &Table)> {
    packs.iter().find_map(|pack| {
        pack.areas.iter().find_map(|area| {
            area.tables.iter().find(|table| stack::is_stack(&table.id)).map(|table| (pack, area, table))
        })
    })
}

/// The table's rows as they are kept, else those to start with.
fn rows(contents: &Contents, pack: &Pack, area: &Area, table: &Table) -> Vec<TableRow> {
    let found = contents.assessments.iter().find(|known| known.pack == pack.id && known.area == area.id);
    found.and_then(|known| known.tables.get(&table.id)).unwrap_or(&table.rows).clone()
}

fn proposed(app: &mut App, contents: &Contents, table: &Table, rows: &[TableRow]) -> Result<Vec<StackRow>, AppError> {
    let day = contents.engagement.report_date;
    let day = day.unwrap_or_else(|| (app.environment.now)().to_zoned(jiff::tz::TimeZone::UTC).date());
    let labels = assets::labels(&contents.engagement.language).or_else(|_| assets::labels("en"))?;
    let locale = Locale::of(&contents.engagement.language);
    let superseded = States::of(&contents.artifacts).superseded();
    let counts =
        |artifact: &&groma_model::Artifact| artifact.format == "groma-facts" && !superseded.contains(&artifact.id);
    let store = app.store()?;
    let mut told = Vec::new();
    for artifact in contents.artifacts.iter().filter(counts) {
        let bytes = store.blob(&artifact.sha256)?;
        if let Some(facts) = evidence::facts_of(&String::from_utf8_lossy(&bytes)) {
            told.push(Told { artifact, subject: facts.subject, tables: facts.tables });
        }
    }
    Ok(stack::missing(&told, rows, &Written { table, labels: &labels, locale, day }))
}
