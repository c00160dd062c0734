//! Importing tool outputs: each file whole or not at all, all of them one undo step.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use groma_evidence as evidence;
use groma_model::{Artifact, Id, Mapping};
use groma_store::{Changes, Op, Read, Tx};
use serde::{Deserialize, Serialize};

use super::inspect::{FileReport, MappingUsed, known_format};
use crate::jobs::{self, How};
use crate::tables::{self, Again};
use crate::{App, AppError, Verb, files, propose, retest, severities};

/// Imports files or folders.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Files or folders.
    pub paths: Vec<PathBuf>,
    /// Read them as this format instead of looking at their content.
    #[serde(default, rename = "as")]
    #[ts(optional = nullable)]
    pub as_format: Option<String>,
    /// Read them as tables by this mapping of their columns, and remember it for all tables with these columns. A
    /// mapping without a header takes that of the table. What else an earlier mapping read stays as it is: `remap`
    /// reads that again.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub mapping: Option<Mapping>,
}

/// What was imported, file by file.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ImportReply {
    /// One entry a file, in the order of the paths.
    pub files: Vec<FileReport>,
    /// Checks whose proposed verdict was renewed.
    pub proposals: usize,
    /// What changed; null when nothing did.
    pub changes: Option<Changes>,
}

impl Verb for Import {
    type Reply = ImportReply;

    fn run(self, app: &mut App) -> Result<ImportReply, AppError> {
        known_format(self.as_format.as_deref())?;
        let found = files::walk(&self.paths);
        let environment = app.environment.clone();
        let mut reports: Vec<FileReport> = Vec::with_capacity(found.len());
        let mut fresh: BTreeSet<Id> = BTreeSet::new();
        let span = tracing::info_span!("import", files = found.len()).entered();
        let given = self.mapping.is_some();
        let mut anew = false;
        let done: Result<_, AppError> = app.store()?.transact_with(Op::Import, &environment.author, |tx| {
            let how = How {
                as_format: self.as_format,
                mapping: self.mapping,
                remembered: tx.list()?,
                chosen: severities::chosen(&tx.list()?),
            };
            jobs::each(&environment, found, how, |file, parsed| {
                let path = file.path.display().to_string();
                let report = match parsed {
                    Err(error) => FileReport::unreadable(path, error),
                    Ok(parsed) => {
                        let mut report = FileReport::parsed(path, &parsed);
                        if let evidence::Outcome::Imported(import) = parsed.outcome {
                            if let Some(mapping) = parsed.mapping.filter(|_| given) {
                                let kept = tables::remember(tx, mapping)?;
                                report.mapping = Some(MappingUsed::of(&kept, true));
                            }
                            let again = given.then(|| import.clone());
                            let (artifact, new) = keep(tx, &file.below, &parsed.bytes, import)?;
                            report.artifact = Some(artifact);
                            let here: Artifact = tx.get(artifact)?;
                            match again
                                .filter(|_| !new)
                                .map(|import| tables::read_again(tx, &here, import))
                                .transpose()?
                            {
                                // The same bytes by another mapping are read anew.
                                Some(Again::Anew { artifact, .. }) => {
                                    report.artifact = Some(artifact);
                                    anew = true;
                                }
                                _ if new => drop(fresh.insert(artifact)),
                                _ => report.reason = "the same bytes are already here; nothing was added".to_owned(),
                            }
                        }
                        report
                    }
                };
                reports.push(report);
                Ok(())
            })?;
            if fresh.is_empty() {
                return if anew { propose::renew(tx) } else { Ok(0) };
            }
            let newer = recognise(tx, &fresh)?;
            for report in &mut reports {
                report.replaces = report.artifact.and_then(|artifact| newer.get(&artifact).cloned());
            }
            propose::renew(tx)
        });
        drop(span);
        let (proposals, changes) = done?;
        Ok(ImportReply { files: reports, proposals, changes: changes.step.is_some().then_some(changes) })
    }
}

/// Links files just imported to the earlier artifacts of which they are newer states; answers those with the earlier
/// file's name.
pub(crate) fn recognise(tx: &mut Tx<'_>, fresh: &BTreeSet<Id>) -> Result<BTreeMap<Id, String>, AppError> {
    let mut artifacts = tx.list::<Artifact>()?;
    let mut newer = BTreeMap::new();
    if artifacts.len() == fresh.len() {
        return Ok(newer);
    }
    for at in 0..artifacts.len() {
        if !fresh.contains(&artifacts[at].id) {
            continue;
        }
        let found =
            retest::recognise(&artifacts[at], &artifacts, fresh).map(|earlier| (earlier.id, earlier.name.clone()));
        if let Some((earlier, name)) = found {
            artifacts[at].replaces = Some(earlier);
            tx.update(&artifacts[at])?;
            newer.insert(artifacts[at].id, name);
        }
    }
    Ok(newer)
}

/// Keeps a parsed file; one that is already here is not kept twice. Answers its artifact and whether it is new.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    below: &str,
    bytes: &[u8],
    import: evidence::Import,
) -> Result<(Id, bool), AppError> {
    let name = below.rsplit('/').next().unwrap_or(below).to_owned();
    let kept = import.kept.as_deref().unwrap_or(bytes);
    let artifact = Artifact {
        id: Id::NIL,
        name,
        path: below.to_owned(),
        format: import.format,
        tool: import.tool,
        tool_version: import.tool_version,
        captured_at: import.captured_at,
        subject: import.subject,
        masked: import.masked,
        diagnostics: import.diagnostics,
        ..Artifact::default()
    };
    match tx.add_artifact(artifact, kept, import.measurements, import.issues) {
        Ok(artifact) => Ok((artifact.id, true)),
        Err(groma_store::StoreError::AlreadyImported { artifact, .. }) => Ok((artifact, false)),
        Err(error) => Err(error.into()),
    }
}
