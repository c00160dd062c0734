//! What tools' words for severity mean: the built-in tables, what was chosen instead in this engagement, and what the
//! evidence says.

use groma_evidence::{Chosen, Format, formats, severities_of, tool_severities};
use groma_model::{Artifact, Id, Severity, SeverityOrigin, SeverityTable};
use groma_store::{IssueWord, Read};
use serde::Serialize;

use crate::AppError;

/// What each tool's words mean.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ToolTable {
    /// The tool, as its artifacts name it.
    pub tool: String,
    /// The object that keeps what was chosen, if anything was.
    pub table: Option<Id>,
    /// Ids of the formats in which its results come.
    pub formats: Vec<String>,
    /// How many artifacts of it are here.
    pub artifacts: usize,
    /// How many issues they make.
    pub issues: u64,
    /// Of these, how many are rated by a score of the tool's alone: no word decides of them.
    pub scores: u64,
    /// Whether a score decides of some issues, before or instead of a word.
    pub scored: bool,
    /// Whether its words can be given other meanings. Those of a format in which each file names its tool cannot before
    /// there is such a file.
    pub editable: bool,
    /// The words: unknown ones first, then the gravest.
    pub words: Vec<TableWord>,
}

/// A word of a tool, and what it means.
#[derive(Debug, Clone, Default, Serialize, ts_rs::TS)]
pub struct TableWord {
    /// The word; empty for issues of which the tool says nothing.
    pub word: String,
    /// How many issues of this engagement say it.
    pub issues: u64,
    /// Of these, how many have another severity than the word's: a score or the like decided.
    pub otherwise: u64,
    /// What it means; null where what else is said of an issue decides.
    pub severity: Option<Severity>,
    /// What it means by the built-in table, worst first: several where versions of the tool differ or where what else is
    /// said of an issue decides, none where the table does not know it.
    pub built_in: Vec<Severity>,
    /// Whether its meaning was chosen in this engagement.
    pub chosen: bool,
    /// Whether it is no severity of the tool's, so that Groma assigns one.
    pub assigned: bool,
    /// Whether no table knows it and nobody chose a meaning: it was taken as Medium.
    pub unknown: bool,
}

/// What was chosen, as importers take it.
pub(crate) fn chosen(tables: &[SeverityTable]) -> Chosen {
    let mut chosen = Chosen::default();
    for table in tables {
        table.words.iter().for_each(|one| chosen.set(&table.tool, &one.word, one.severity));
    }
    chosen
}

/// Every tool whose results are issues: those with evidence here first, each group by name.
///
/// # Errors
/// The store's.
pub(crate) fn tables(store: &impl Read) -> Result<Vec<ToolTable>, AppError> {
    let artifacts: Vec<Artifact> = store.list()?;
    let scans: Vec<&Artifact> = artifacts.iter().filter(|artifact| makes_issues(artifact)).collect();
    let (kept, words): (Vec<SeverityTable>, _) = (store.list()?, store.issue_words()?);
    let mut names: Vec<&str> = scans.iter().map(|artifact| artifact.tool.as_str()).collect();
    names.sort_by_key(|name| name.to_lowercase());
    let built_in = tool_severities();
    names.extend(kept.iter().map(|table| table.tool.as_str()));
    names.extend(built_in.iter().map(|(tool, _)| *tool));
    let mut tools: Vec<ToolTable> = Vec::with_capacity(names.len());
    for name in names {
        if !tools.iter().any(|known| same(&known.tool, name)) {
            let here: Vec<&Artifact> = scans.iter().copied().filter(|artifact| same(&artifact.tool, name)).collect();
            let chosen = kept.iter().find(|table| same(&table.tool, name));
            tools.push(tool(name, &here, chosen, &words));
        }
    }
    Ok(tools)
}

/// Whether an artifact's format makes issues.
pub(crate) fn makes_issues(artifact: &Artifact) -> bool {
    format_of(&artifact.format).is_some_and(|format| format.severities.any())
}

fn format_of(id: &str) -> Option<&'static Format> {
    formats().iter().find(|format| format.id == id)
}

/// Whether two names are of one tool, two words one word.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn tool(name: &str, here: &[&Artifact], chosen: Option<&SeverityTable>, words: &[IssueWord]) -> ToolTable {
    let own = formats().iter().filter(|format| format.severities.any() && same(format.tool, name));
    let mut ids: Vec<&str> = own.map(|format| format.id).collect();
    ids.extend(here.iter().map(|artifact| artifact.format.as_str()));
    ids.sort_unstable();
    ids.dedup();
    let built_in = severities_of(ids.iter().copied());
    let mut rows: Vec<TableWord> = built_in
        .words
        .into_iter()
        .map(|word| TableWord {
            word: word.word.to_owned(),
            severity: word.built_in.first().copied().filter(|_| word.built_in.len() == 1),
            built_in: word.built_in,
            assigned: word.assigned,
            ..TableWord::default()
        })
        .collect();
    for one in chosen.into_iter().flat_map(|table| &table.words) {
        let row = of_word(&mut rows, &one.word);
        (row.severity, row.chosen) = (Some(one.severity), true);
    }
    let mut table = ToolTable {
        tool: name.to_owned(),
        table: chosen.map(|table| table.id),
        formats: ids.into_iter().map(str::to_owned).collect(),
        artifacts: here.len(),
        issues: 0,
        scores: 0,
        scored: built_in.scored,
        editable: !here.is_empty()
            || !formats().iter().any(|format| format.severities.of_many && same(format.tool, name)),
        words: Vec::new(),
    };
    for said in words.iter().filter(|said| here.iter().any(|artifact| artifact.id == said.artifact)) {
        table.issues += said.count;
        let known = rows.iter().any(|row| same(&row.word, &said.word));
        if !known && said.origin == SeverityOrigin::Tool {
            table.scores += said.count;
            continue;
        }
        let row = of_word(&mut rows, &said.word);
        row.issues += said.count;
        if row.built_in.is_empty() && !row.chosen {
            (row.severity, row.unknown) = (Some(said.severity), true);
        }
        if row.severity.is_some_and(|severity| severity != said.severity) {
            row.otherwise += said.count;
        }
    }
    rows.sort_by_key(|row| (!row.unknown, !row.built_in.is_empty()));
    table.words = rows;
    table
}

/// The row of a word; a new one where there is none.
fn of_word<'r>(rows: &'r mut Vec<TableWord>, word: &str) -> &'r mut TableWord {
    let at = rows.iter().position(|row| same(&row.word, word)).unwrap_or_else(|| {
        rows.push(TableWord { word: word.to_owned(), ..TableWord::default() });
        rows.len() - 1
    });
    &mut rows[at]
}
