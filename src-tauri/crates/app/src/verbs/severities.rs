//! What tools' words for severity mean: shown and changed.

use std::sync::atomic::Ordering;

use groma_evidence as evidence;
use groma_model::{Artifact, ChosenSeverity, Id, Severity, SeverityTable};
use groma_store::{Changes, Op, Read, Tx};
use serde::{Deserialize, Serialize};

use super::inspect::FileReport;
use crate::severities::{self, same};
pub use crate::severities::{TableWord, ToolTable};
use crate::tables::{self, Again};
use crate::{App, AppError, Code, Verb, propose};

/// Asks what tools' words mean.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Severities {}

impl Verb for Severities {
    type Reply = Vec<ToolTable>;

    fn run(self, app: &mut App) -> Result<Vec<ToolTable>, AppError> {
        severities::tables(app.store()?)
    }
}

/// Chooses what words of a tool mean, and reads its artifacts again that say them.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct SetSeverities {
    /// The tool by its name, or by the id of a format that is its alone.
    pub tool: String,
    /// Words and what they mean.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub words: Option<Vec<WordChange>>,
    /// Let every other word mean again what the built-in table says.
    #[serde(default)]
    pub reset: bool,
}

/// What a word is to mean.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct WordChange {
    /// The tool's word, in any case; empty for issues of which it says nothing.
    pub word: String,
    /// What it means; null for what the built-in table says.
    #[serde(default)]
    pub severity: Option<Severity>,
}

/// What was read again.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SetSeveritiesReply {
    /// The tool's words as they are now.
    pub table: ToolTable,
    /// The artifacts that say something else now, and those that cannot be read again and stay as they were.
    pub files: Vec<FileReport>,
    /// Links from findings to what is no longer there.
    pub unlinked: usize,
    /// Checks whose proposed verdict was renewed.
    pub proposals: usize,
    /// What changed; null when nothing did.
    pub changes: Option<Changes>,
}

impl Verb for SetSeverities {
    type Reply = SetSeveritiesReply;

    fn run(self, app: &mut App) -> Result<SetSeveritiesReply, AppError> {
        let environment = app.environment.clone();
        let changes = self.words.unwrap_or_default();
        let (done, changed) = app.store()?.transact_with(Op::Reimport, &environment.author, |tx| {
            let all = severities::tables(tx)?;
            let tool = named(&all, &self.tool)?;
            let words = changed_words(tx, tool, &changes, self.reset)?;
            let (mut files, mut unlinked) = (Vec::new(), 0);
            let chosen = severities::chosen(&tx.list()?);
            let said = tx.issue_words()?;
            for artifact in tx.list::<Artifact>()? {
                let says = |word: &String| said.iter().any(|one| one.artifact == artifact.id && same(&one.word, word));
                if !same(&artifact.tool, &tool.tool) || !severities::makes_issues(&artifact) || !words.iter().any(says)
                {
                    continue;
                }
                let bytes = tx.blob(&artifact.sha256)?;
                let stop = || environment.cancelled.load(Ordering::Relaxed);
                let outcome = evidence::read_until(&artifact.name, &bytes, Some(&artifact.format), &chosen, &stop)
                    .ok_or_else(|| AppError::new(Code::Cancelled, "cancelled"))?;
                // As it is now: one that was read again before may be what this one replaces.
                let artifact: Artifact = tx.get(artifact.id)?;
                let mut report = FileReport::of(artifact.path.clone(), &outcome);
                if let evidence::Outcome::Imported(import) = outcome {
                    match tables::read_again(tx, &artifact, import)? {
                        Again::Same => continue,
                        Again::Anew { artifact, unlinked: lost } => {
                            report.artifact = Some(artifact);
                            unlinked += lost;
                        }
                    }
                }
                files.push(report);
            }
            let proposals = if files.is_empty() { 0 } else { propose::renew(tx)? };
            let tables = severities::tables(tx)?;
            Ok::<_, AppError>((named(&tables, &tool.tool)?.clone(), files, unlinked, proposals))
        })?;
        let (table, files, unlinked, proposals) = done;
        let changes = changed.step.is_some().then_some(changed);
        Ok(SetSeveritiesReply { table, files, unlinked, proposals, changes })
    }
}

/// # Errors
/// When there is no such tool, or a format is named in which several tools write.
fn named<'t>(all: &'t [ToolTable], name: &str) -> Result<&'t ToolTable, AppError> {
    if let Some(tool) = all.iter().find(|tool| same(&tool.tool, name)) {
        return Ok(tool);
    }
    let of_format: Vec<&ToolTable> =
        all.iter().filter(|tool| tool.formats.iter().any(|format| same(format, name))).collect();
    let names = |tools: &[&ToolTable]| tools.iter().map(|tool| tool.tool.as_str()).collect::<Vec<_>>().join(", ");
    match of_format.as_slice() {
        [only] => Ok(only),
        [] => Err(AppError::not_found(format!("there is no tool \"{name}\" whose results are issues"))
            .hint(format!("choose one of: {}", names(&all.iter().collect::<Vec<_>>())))
            .field("tool")),
        several => Err(AppError::usage(format!("\"{name}\" is what several tools write"))
            .hint(format!("choose one of: {}", names(several)))
            .field("tool")),
    }
}

/// Keeps what words of a tool are to mean. Answers those that mean something else than before.
///
/// # Errors
/// When the tool does not have a word, or its words cannot be given meanings.
fn changed_words(
    tx: &mut Tx<'_>,
    tool: &ToolTable,
    changes: &[WordChange],
    reset: bool,
) -> Result<Vec<String>, AppError> {
    if !tool.editable {
        let many = AppError::usage(format!("{} is a format in which each file names its tool", tool.tool));
        return Err(many.hint("import such a file, and choose the tool that it names").field("tool"));
    }
    let known = tx.list::<SeverityTable>()?.into_iter().find(|table| same(&table.tool, &tool.tool));
    let before = known.as_ref().map(|table| table.words.clone()).unwrap_or_default();
    let mut after = if reset { Vec::new() } else { before.clone() };
    for change in changes {
        let Some(row) = tool.words.iter().find(|row| same(&row.word, &change.word)) else {
            let words: Vec<&str> = tool.words.iter().map(|row| shown(&row.word)).collect();
            return Err(AppError::not_found(format!("{} has no word \"{}\" for severity", tool.tool, change.word))
                .hint(format!("choose one of: {}", words.join(", ")))
                .field("words"));
        };
        after.retain(|one| !same(&one.word, &row.word));
        // Only what differs from the table is kept; where Groma assigns, that somebody says the same is something else.
        let as_built_in = |severity: &Severity| !row.assigned && row.built_in == [*severity];
        if let Some(severity) = change.severity.filter(|severity| !as_built_in(severity)) {
            after.push(ChosenSeverity { word: row.word.clone(), severity });
        }
    }
    let missing = |from: &[ChosenSeverity], one: &ChosenSeverity| !from.contains(one);
    let mut changed: Vec<String> =
        before.iter().filter(|one| missing(&after, one)).map(|one| one.word.clone()).collect();
    changed.extend(after.iter().filter(|one| missing(&before, one)).map(|one| one.word.clone()));
    if changed.is_empty() {
        return Ok(changed);
    }
    match known {
        Some(table) if after.is_empty() => tx.delete::<SeverityTable>(table.id)?,
        Some(table) => drop(tx.update(&SeverityTable { words: after, ..table })?),
        None => drop(tx.insert(SeverityTable { id: Id::NIL, tool: tool.tool.clone(), words: after })?),
    }
    Ok(changed)
}

/// A word as it is shown and named: nothing has no letters.
#[must_use]
pub fn shown(word: &str) -> &str {
    if word.is_empty() { "(none)" } else { word }
}
