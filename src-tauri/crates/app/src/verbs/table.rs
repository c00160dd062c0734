//! What the columns of a table mean: guessed, tried, remembered, changed.

use std::path::PathBuf;

use groma_evidence as evidence;
use groma_model::{Artifact, Diagnostic, Id, Mapping};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};

use super::inspect::{FileReport, MappingUsed, MeasurementRow, placed};
use crate::tables::{self, Again};
use crate::{App, AppError, Verb, files, jobs, propose};

/// So many measurements of a preview are listed.
const LISTED: usize = 200;

/// Looks at a table: what its columns seem to mean, and what a mapping would make of it. Keeps nothing.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct PreviewTable {
    /// The file; an entry of an archive follows the archive's path.
    #[ts(optional = nullable)]
    pub path: Option<PathBuf>,
    /// Or the artifact.
    #[ts(optional = nullable)]
    pub artifact: Option<Id>,
    /// Or a remembered mapping: the newest artifact with its columns is looked at, where there is one.
    #[ts(optional = nullable)]
    pub remembered: Option<Id>,
    /// What is tried; the remembered mapping of these columns, else the guess, when not given.
    #[ts(optional = nullable)]
    pub mapping: Option<Mapping>,
}

/// Where a mapping comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum MappingOrigin {
    /// The names of the columns seem to say so: somebody must look.
    Guess,
    /// Somebody said so before, of tables with these columns.
    Remembered,
    /// It was given.
    Given,
}

/// A table, and what a mapping makes of it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TablePreview {
    /// The file's name.
    pub name: String,
    /// The artifact that was looked at, if any.
    pub artifact: Option<Id>,
    /// What it looks like.
    pub shape: evidence::TableShape,
    /// The mapping that was tried.
    pub mapping: Mapping,
    /// Where that comes from.
    pub origin: MappingOrigin,
    /// The mapping that is remembered for these columns, if any.
    pub remembered: Option<MappingUsed>,
    /// The first measurements.
    pub measurements: Vec<MeasurementRow>,
    /// How many there are in all.
    pub measured: u64,
    /// The cells for which the table would be refused; no more than the first 10,000.
    pub refused: Vec<evidence::RefusedCell>,
    /// How many there are in all.
    pub refused_cells: u64,
    /// Why nothing can be measured at all; empty when it can.
    pub reason: String,
    /// What to do about that.
    pub remedy: String,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}

impl Verb for PreviewTable {
    type Reply = TablePreview;

    fn run(self, app: &mut App) -> Result<TablePreview, AppError> {
        let remembered: Vec<Mapping> = if app.path().is_ok() { app.store()?.list()? } else { Vec::new() };
        let (name, artifact, text) = match (&self.path, self.artifact, self.remembered) {
            (Some(path), None, None) => {
                let found = files::walk(std::slice::from_ref(path)).into_iter().next();
                let found = found.ok_or_else(|| AppError::usage("name the file of the table").field("path"))?;
                let name = found.entry.as_deref().unwrap_or(&found.below).to_owned();
                (name, None, text(&jobs::bytes_of(&found)?, &path.display().to_string())?)
            }
            (None, Some(id), None) => {
                let artifact: Artifact = app.store()?.get(id)?;
                let bytes = app.store()?.blob(&artifact.sha256)?;
                let text = text(&bytes, &artifact.name)?;
                (artifact.name, Some(id), text)
            }
            (None, None, Some(id)) => {
                let mapping: Mapping = app.store()?.get(id)?;
                match newest(app, &mapping)? {
                    Some((artifact, text)) => (artifact.name, Some(artifact.id), text),
                    None => return Ok(without_table(mapping)),
                }
            }
            _ => {
                let which = AppError::usage("name one of: the file, the artifact, the remembered mapping");
                return Err(which.field("path"));
            }
        };
        let placed = |refusal: evidence::Refusal| {
            let reason = placed(&refusal.reason, refusal.line, refusal.column);
            AppError::refused(format!("{name}: {reason}")).hint(refusal.remedy)
        };
        let shape = evidence::describe_table(&text).map_err(placed)?;
        let known = remembered.iter().find(|mapping| shape.is_of(mapping));
        let (mapping, origin) = match (self.mapping, known) {
            (Some(given), _) => (tables::with_header(&text, given), MappingOrigin::Given),
            (None, Some(known)) => (known.clone(), MappingOrigin::Remembered),
            (None, None) => (Mapping { name: stem(&name), ..shape.mapping.clone() }, MappingOrigin::Guess),
        };
        let known = known.map(|known| MappingUsed::of(known, false));
        let mut reply = TablePreview { name, artifact, remembered: known, ..empty(shape, mapping, origin) };
        match evidence::try_table(&text, &reply.mapping) {
            Ok(trial) => {
                reply.measured = trial.measurements.len() as u64;
                reply.measurements = trial.measurements.iter().take(LISTED).map(MeasurementRow::of).collect();
                reply.refused = trial.refused;
                reply.refused_cells = trial.refused_cells;
                reply.diagnostics = trial.diagnostics;
            }
            Err(refusal) => (reply.reason, reply.remedy) = (refusal.reason, refusal.remedy),
        }
        Ok(reply)
    }
}

fn text(bytes: &[u8], name: &str) -> Result<String, AppError> {
    let text = evidence::table_text(bytes)
        .map_err(|refusal| AppError::refused(format!("{name}: {}", refusal.reason)).hint(refusal.remedy))?;
    Ok(text.into_owned())
}

/// What a table is called until somebody says otherwise: its file's name without folders and endings.
fn stem(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.split('.').find(|part| !part.is_empty()).unwrap_or(last).to_owned()
}

fn empty(shape: evidence::TableShape, mapping: Mapping, origin: MappingOrigin) -> TablePreview {
    TablePreview {
        name: String::new(),
        artifact: None,
        shape,
        mapping,
        origin,
        remembered: None,
        measurements: Vec::new(),
        measured: 0,
        refused: Vec::new(),
        refused_cells: 0,
        reason: String::new(),
        remedy: String::new(),
        diagnostics: Vec::new(),
    }
}

/// A remembered mapping of which no table is here any more.
fn without_table(mapping: Mapping) -> TablePreview {
    let known = MappingUsed::of(&mapping, false);
    let shape = evidence::TableShape::of_header(&mapping);
    let name = mapping.name.clone();
    TablePreview { name, remembered: Some(known), ..empty(shape, mapping, MappingOrigin::Remembered) }
}

/// The artifact imported last that has the columns of a mapping.
fn newest(app: &mut App, mapping: &Mapping) -> Result<Option<(Artifact, String)>, AppError> {
    let store = app.store()?;
    let artifacts: Vec<Artifact> = store.list()?;
    for artifact in artifacts.into_iter().rev().filter(|artifact| artifact.format == evidence::TABLE_FORMAT) {
        if let Some(text) = tables::text_of(store, &artifact)?
            && tables::remembered_for(&text, std::slice::from_ref(mapping)).is_some()
        {
            return Ok(Some((artifact, text)));
        }
    }
    Ok(None)
}

/// Remembers a mapping for all tables with its columns, and reads the artifacts again that were read by the earlier one:
/// what names them and their measurements names the new ones.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Remap {
    /// The mapping.
    pub mapping: Mapping,
    /// An artifact that is to be read by it, whatever it was read as.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub artifact: Option<Id>,
}

/// What was read again.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RemapReply {
    /// The mapping as it is kept.
    pub mapping: Mapping,
    /// The artifacts that say something else now, and those that cannot be read by the mapping and stay as they were.
    pub files: Vec<FileReport>,
    /// Links from findings to measurements that are no longer there.
    pub unlinked: usize,
    /// Checks whose proposed verdict was renewed.
    pub proposals: usize,
    /// What changed.
    pub changes: Changes,
}

impl Verb for Remap {
    type Reply = RemapReply;

    fn run(self, app: &mut App) -> Result<RemapReply, AppError> {
        let author = app.environment.author.clone();
        let environment = app.environment.clone();
        let store = app.store()?;
        let mut mapping = self.mapping;
        if let Some(id) = self.artifact {
            let artifact: Artifact = store.get(id)?;
            let text = tables::text_of(store, &artifact)?.unwrap_or_default();
            mapping = tables::with_header(&text, mapping);
        }
        known_metrics(&mapping)?;
        let (done, changes) = store.transact_with(Op::Reimport, &author, |tx| {
            let mapping = tables::remember(tx, mapping)?;
            let (mut files, mut lost) = (Vec::new(), 0);
            for artifact in tx.list::<Artifact>()? {
                environment.go_on()?;
                let wanted = self.artifact == Some(artifact.id);
                if !wanted && artifact.format != evidence::TABLE_FORMAT {
                    continue;
                }
                let Some(text) = tables::text_of(tx, &artifact)? else { continue };
                // As it is now: one that was read again before may be what this one replaces.
                let artifact: Artifact = tx.get(artifact.id)?;
                if !wanted && tables::remembered_for(&text, std::slice::from_ref(&mapping)).is_none() {
                    continue;
                }
                let outcome = evidence::read_table(&text, &mapping);
                let mut report = reported(&artifact, &mapping, &outcome);
                match outcome {
                    Ok(import) => match tables::read_again(tx, &artifact, import)? {
                        Again::Same => continue,
                        Again::Anew { artifact, unlinked } => {
                            report.artifact = Some(artifact);
                            lost += unlinked;
                        }
                    },
                    Err(_) if wanted => return Err(AppError::refused(report.reason).hint(report.remedy)),
                    Err(_) => {}
                }
                files.push(report);
            }
            let proposals = if files.is_empty() { 0 } else { propose::renew(tx)? };
            Ok::<_, AppError>((mapping, files, lost, proposals))
        })?;
        let (mapping, files, unlinked, proposals) = done;
        Ok(RemapReply { mapping, files, unlinked, proposals, changes })
    }
}

/// # Errors
/// When a column is mapped to a metric that there is not, or is in a unit that the metric has not.
fn known_metrics(mapping: &Mapping) -> Result<(), AppError> {
    for value in &mapping.values {
        let units = evidence::units_of(&value.metric);
        let wrong = if units.is_empty() {
            AppError::usage(format!("there is no metric \"{}\"", value.metric)).hint("look it up in the vocabulary")
        } else if !value.unit.is_empty() && !units.contains(&value.unit.as_str()) {
            AppError::usage(format!("{} is not measured in {}", value.metric, value.unit))
                .hint(format!("choose one of: {}", units.join(", ")))
        } else {
            continue;
        };
        return Err(wrong.field("mapping"));
    }
    Ok(())
}

fn reported(
    artifact: &Artifact,
    mapping: &Mapping,
    outcome: &Result<evidence::Import, evidence::Refusal>,
) -> FileReport {
    let used = MappingUsed::of(mapping, true);
    let outcome = match outcome {
        Ok(import) => evidence::Outcome::Imported(import.clone()),
        Err(refusal) => evidence::Outcome::Refused {
            format: Some(evidence::TABLE_FORMAT),
            reason: format!("{}: {}", artifact.name, refusal.reason),
            line: refusal.line,
            column: refusal.column,
            remedy: refusal.remedy.clone(),
        },
    };
    FileReport { mapping: Some(used), ..FileReport::of(artifact.path.clone(), &outcome) }
}

/// Asks which metrics a column can be.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Vocabulary {}

/// A metric, and the units that its numbers may come in.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct MetricUnits {
    /// Dotted name.
    pub name: String,
    /// Unit in which it is kept.
    pub unit: String,
    /// What it means.
    pub meaning: String,
    /// The units that a column may have, its own first.
    pub units: Vec<String>,
}

impl Verb for Vocabulary {
    type Reply = Vec<MetricUnits>;

    fn run(self, _app: &mut App) -> Result<Vec<MetricUnits>, AppError> {
        let entry = |metric: &evidence::Metric| MetricUnits {
            name: metric.name.to_owned(),
            unit: metric.unit.to_owned(),
            meaning: metric.meaning.to_owned(),
            units: evidence::units_of(metric.name).into_iter().map(str::to_owned).collect(),
        };
        Ok(evidence::METRICS.iter().map(entry).collect())
    }
}
