//! Reading tool outputs without keeping them; the same report as an import gives.

use std::collections::BTreeMap;
use std::path::PathBuf;

use groma_evidence::{self as evidence, Chosen};
use groma_model::{Diagnostic, Id, Mapping, Measurement, Severity};
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::jobs::{self, How, Parsed};
use crate::{App, AppError, Verb, files, severities};

/// Reads files or folders and says what is in them.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Inspect {
    /// Files or folders.
    pub paths: Vec<PathBuf>,
    /// Read them as this format instead of looking at their content.
    #[serde(default, rename = "as")]
    #[ts(optional = nullable)]
    pub as_format: Option<String>,
    /// Read them as tables by this mapping of their columns.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub mapping: Option<Mapping>,
}

/// What was found, file by file.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct InspectReply {
    /// One entry a file, in the order of the paths.
    pub files: Vec<FileReport>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was read whole.
    Imported,
    /// It was not read, and nothing of it is kept.
    Refused,
    /// It could be several formats: name one.
    Ambiguous,
}

/// What a file holds.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct FileReport {
    /// The file as it was named.
    pub path: String,
    /// The format it was read as, or null.
    pub format: Option<String>,
    /// The tool that wrote it, or null.
    pub tool: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was not read; empty when it was.
    pub reason: String,
    /// What to do about it; empty when it was read.
    pub remedy: String,
    /// The artifact it became, when it was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Id>,
    /// The earlier file of which it is a newer state, when it was kept as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// How many issues.
    pub issues: IssueCounts,
    /// The measurements.
    pub measurements: Vec<MeasurementRow>,
    /// Remarks of the importer.
    pub diagnostics: Vec<Diagnostic>,
    /// The remembered mapping of columns by which it was read, or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping: Option<MappingUsed>,
    /// What it looks like as a table, where it was not read and is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<evidence::TableShape>,
}

/// A mapping of the engagement by which a file was read.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct MappingUsed {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Whether it was given here; else it is remembered from before.
    pub given: bool,
}

impl MappingUsed {
    pub(crate) fn of(mapping: &Mapping, given: bool) -> Self {
        Self { id: mapping.id, name: mapping.name.clone(), given }
    }
}

/// Issue counts of a file.
#[derive(Debug, Clone, Default, Serialize, ts_rs::TS)]
pub struct IssueCounts {
    /// Every raw occurrence.
    pub raw: u64,
    /// Groups by rule and component.
    pub groups: u64,
    /// Raw occurrences by severity.
    pub by_severity: BTreeMap<String, u64>,
}

/// A measurement as it is reported.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct MeasurementRow {
    /// Dotted metric name.
    pub metric: String,
    /// Value in `unit`.
    pub value: f64,
    /// Unit.
    pub unit: String,
    /// What was measured.
    pub subject: String,
    /// Place in the file.
    pub at: String,
    /// The raw text where a number does not say it all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl FileReport {
    fn empty(path: String, outcome: Outcome) -> Self {
        Self {
            path,
            format: None,
            tool: None,
            outcome,
            reason: String::new(),
            remedy: String::new(),
            artifact: None,
            replaces: None,
            issues: IssueCounts { by_severity: none_by_severity(), ..IssueCounts::default() },
            measurements: Vec::new(),
            diagnostics: Vec::new(),
            mapping: None,
            table: None,
        }
    }

    /// A file that could not be read from the disk.
    pub(crate) fn unreadable(path: String, error: AppError) -> Self {
        Self { reason: error.message, remedy: error.hint.unwrap_or_default(), ..Self::empty(path, Outcome::Refused) }
    }

    /// A file that was read in one of the ways that there are.
    pub(crate) fn parsed(path: String, parsed: &Parsed) -> Self {
        let remembered = parsed.mapping.as_ref().filter(|mapping| !mapping.id.is_nil());
        let mapping = remembered.map(|mapping| MappingUsed::of(mapping, false));
        Self { mapping, table: parsed.table.clone(), ..Self::of(path, &parsed.outcome) }
    }

    /// A file that an importer has looked at.
    pub(crate) fn of(path: String, outcome: &evidence::Outcome) -> Self {
        match outcome {
            evidence::Outcome::Imported(import) => Self {
                format: Some(import.format.clone()),
                tool: Some(import.tool.clone()),
                issues: count(import),
                measurements: import.measurements.iter().map(MeasurementRow::of).collect(),
                diagnostics: import.diagnostics.clone(),
                ..Self::empty(path, Outcome::Imported)
            },
            evidence::Outcome::Refused { format, reason, line, column, remedy } => Self {
                format: format.map(str::to_owned),
                reason: placed(reason, *line, *column),
                remedy: remedy.clone(),
                ..Self::empty(path, Outcome::Refused)
            },
            evidence::Outcome::Ambiguous { reason, remedy, .. } => {
                Self { reason: reason.clone(), remedy: remedy.clone(), ..Self::empty(path, Outcome::Ambiguous) }
            }
        }
    }
}

impl MeasurementRow {
    pub(crate) fn of(measurement: &Measurement) -> Self {
        Self {
            metric: measurement.metric.clone(),
            value: measurement.value,
            unit: measurement.unit.clone(),
            subject: measurement.subject.clone(),
            at: measurement.at.clone(),
            text: measurement.text.clone(),
        }
    }
}

/// A reason with its place, unless it already tells the place.
pub(crate) fn placed(reason: &str, line: Option<u64>, column: Option<u64>) -> String {
    match (line, column) {
        (Some(line), _) if reason.contains(&format!("line {line}")) => reason.to_owned(),
        (Some(line), Some(column)) => format!("{reason} (line {line}, column {column})"),
        (Some(line), None) => format!("{reason} (line {line})"),
        _ => reason.to_owned(),
    }
}

fn none_by_severity() -> BTreeMap<String, u64> {
    Severity::ALL.iter().map(|severity| (severity.to_string(), 0)).collect()
}

fn count(import: &evidence::Import) -> IssueCounts {
    let mut by_severity = none_by_severity();
    for issue in &import.issues {
        *by_severity.entry(issue.severity.to_string()).or_default() += 1;
    }
    IssueCounts {
        // What passed or does not apply was a result of the scan too.
        raw: import.issues.len() as u64 + import.not_issues,
        groups: evidence::groups(&import.issues) as u64,
        by_severity,
    }
}

impl Verb for Inspect {
    type Reply = InspectReply;

    fn run(self, app: &mut App) -> Result<InspectReply, AppError> {
        known_format(self.as_format.as_deref())?;
        let found = files::walk(&self.paths);
        let mut reports = Vec::with_capacity(found.len());
        // Also without an engagement.
        let remembered = if app.path().is_ok() { app.store()?.list()? } else { Vec::new() };
        let chosen = if app.path().is_ok() { severities::chosen(&app.store()?.list()?) } else { Chosen::default() };
        let how = How { as_format: self.as_format, mapping: self.mapping, remembered, chosen };
        jobs::each(&app.environment, found, how, |file, parsed| {
            let path = file.path.display().to_string();
            reports.push(match parsed {
                Ok(parsed) => FileReport::parsed(path, &parsed),
                Err(error) => FileReport::unreadable(path, error),
            });
            Ok(())
        })?;
        Ok(InspectReply { files: reports })
    }
}

/// # Errors
/// When a format was named that there is none of; names those there are.
pub(crate) fn known_format(id: Option<&str>) -> Result<(), AppError> {
    let Some(id) = id else { return Ok(()) };
    if evidence::formats().iter().any(|format| format.id == id) {
        return Ok(());
    }
    let all: Vec<&str> = evidence::formats().iter().map(|format| format.id).collect();
    Err(AppError::usage(format!("there is no format \"{id}\""))
        .hint(format!("choose one of: {}", all.join(", ")))
        .field("as"))
}
