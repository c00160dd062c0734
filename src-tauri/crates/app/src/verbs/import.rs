//! Importing tool outputs: each file whole or not at all, all of them one undo step.

use std::path::PathBuf;

use groma_evidence as evidence;
use groma_model::{Artifact, Id};
use groma_store::{Changes, Op, Tx};
use serde::{Deserialize, Serialize};

use super::inspect::{FileReport, known_format};
use crate::jobs::{self, Parsed};
use crate::{App, AppError, Verb, files, propose};

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
}

/// What was imported, file by file.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ImportReply {
    /// One entry a file, in the order of the paths.
    pub files: Vec<FileReport>,
    /// Checks whose proposed verdict was renewed.
    pub proposals: usize,
    /// What changed; null when no file was kept.
    pub changes: Option<Changes>,
}

impl Verb for Import {
    type Reply = ImportReply;

    fn run(self, app: &mut App) -> Result<ImportReply, AppError> {
        known_format(self.as_format.as_deref())?;
        let found = files::walk(&self.paths);
        let environment = app.environment.clone();
        let mut reports: Vec<FileReport> = Vec::with_capacity(found.len());
        let mut kept = 0usize;
        let span = tracing::info_span!("import", files = found.len()).entered();
        let done: Result<_, AppError> = app.store()?.transact_with(Op::Import, &environment.author, |tx| {
            jobs::each(&environment, found, self.as_format.as_deref(), |file, parsed| {
                let path = file.path.display().to_string();
                let report = match parsed {
                    Err(error) => FileReport::unreadable(path, error),
                    Ok(Parsed { bytes, outcome }) => {
                        let mut report = FileReport::of(path, &outcome);
                        if let evidence::Outcome::Imported(import) = outcome {
                            let (artifact, new) = keep(tx, &file.below, &bytes, import)?;
                            report.artifact = Some(artifact);
                            kept += usize::from(new);
                            if !new {
                                report.reason = "the same bytes are already here; nothing was added".to_owned();
                            }
                        }
                        report
                    }
                };
                reports.push(report);
                Ok(())
            })?;
            if kept == 0 { Ok(0) } else { propose::renew(tx) }
        });
        drop(span);
        let (proposals, changes) = done?;
        Ok(ImportReply { files: reports, proposals, changes: (kept > 0).then_some(changes) })
    }
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
