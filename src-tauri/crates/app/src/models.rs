//! C4 models from the disk: Structurizr DSL with what it includes, workspace JSON, and sources to derive from.

use std::path::{Path, PathBuf};

use groma_c4::content::default_views;
use groma_c4::dsl::{self, Files};
use groma_c4::{Diagnostic, Refusal, Workspace, derive, json};
use serde::Serialize;

use crate::{AppError, architectures, files};

/// A remark on a model that was read.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Remark {
    /// `error`, `warning` or `note`.
    pub level: String,
    /// The file it is about; empty when there is but one.
    pub file: String,
    /// The line, from 1; 0 where there is none to name.
    pub line: usize,
    /// What was found.
    pub message: String,
    /// What to do about it; may be empty, or part of the message.
    pub remedy: String,
}

impl From<Diagnostic> for Remark {
    fn from(diagnostic: Diagnostic) -> Self {
        let Diagnostic { level, file, line, message } = diagnostic;
        let level = match level {
            groma_c4::Level::Note => "note",
            groma_c4::Level::Warning => "warning",
        };
        Self { level: level.to_owned(), file, line, message, remedy: String::new() }
    }
}

/// A model as it was read.
pub(crate) struct ReadModel {
    pub workspace: Workspace,
    /// The text, where the model was written as one that needs no other file.
    pub text: Option<String>,
    pub remarks: Vec<Remark>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A folder as the DSL sees it: bounded, and nothing above it.
struct Folder {
    path: PathBuf,
    read: std::cell::Cell<usize>,
}

impl Files for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.read.set(self.read.get() + 1);
        files::read_within(&self.path, path)
    }

    fn list(&self, folder: &str) -> Option<Vec<String>> {
        files::list_within(&self.path, folder)
    }
}

/// Files that a text in a window can include: none.
struct Alone<'a>(&'a str);

impl Files for Alone<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        (path == "text").then(|| self.0.as_bytes().to_vec())
    }

    fn list(&self, _folder: &str) -> Option<Vec<String>> {
        None
    }
}

/// Reads a text by itself.
///
/// # Errors
/// When it is no model, with the line.
pub(crate) fn of_text(text: &str) -> Result<(Workspace, Vec<Remark>), Refusal> {
    let parsed = dsl::parse("text", &Alone(text), &dsl::Options::default())?;
    let alone = |mut remark: Remark| {
        remark.file.clear();
        remark
    };
    Ok((parsed.workspace, parsed.diagnostics.into_iter().map(Remark::from).map(alone).collect()))
}

/// Reads a model from a file or folder.
///
/// # Errors
/// When it cannot be read, or is neither a model nor something a model can be derived from: file, line, remedy.
pub(crate) fn read(path: &Path, strict: bool) -> Result<ReadModel, AppError> {
    if path.is_dir() {
        let main = path.join("workspace.dsl");
        if files::is_there(&main) {
            return read_dsl(&main, strict);
        }
        let main = path.join("workspace.json");
        if files::is_there(&main) {
            return read_json(&main);
        }
        return read_sources(path);
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "dsl" => read_dsl(path, strict),
        "json" if !is_source(path)? => read_json(path),
        _ => read_sources(path),
    }
}

fn is_source(path: &Path) -> Result<bool, AppError> {
    let bytes = files::read(path)?;
    Ok(derive::sniff(&path.to_string_lossy(), &bytes).is_some())
}

fn read_dsl(path: &Path, strict: bool) -> Result<ReadModel, AppError> {
    let bytes = files::read(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Workspaces often stand in folders beside each other and extend a model above them: what a file names may lie in
    // its folder or in the one above, and no further away.
    let (opened, prefix) = match files::above(folder) {
        Some((above, below)) => (above, below + "/"),
        None => (folder.to_path_buf(), String::new()),
    };
    let files = Folder { path: opened, read: std::cell::Cell::new(0) };
    let shown = |file: String| file.strip_prefix(&prefix).map(str::to_owned).unwrap_or(file);
    let parsed = dsl::parse(&format!("{prefix}{name}"), &files, &dsl::Options { strict }).map_err(|refusal| {
        let refusal = Refusal { file: shown(refusal.file), ..refusal };
        architectures::refused(&path.display().to_string(), &refusal)
    })?;
    let told = |one: Diagnostic| Diagnostic { file: shown(one.file), ..one };
    let diagnostics: Vec<Diagnostic> = parsed.diagnostics.into_iter().map(told).collect();
    // What was put together of several files is written anew as one text.
    let alone = files.read.get() <= 1;
    let text = String::from_utf8(bytes).ok().filter(|_| alone);
    let remarks = diagnostics.iter().cloned().map(Remark::from).collect();
    Ok(ReadModel { workspace: parsed.workspace, text, remarks, diagnostics })
}

fn read_json(path: &Path) -> Result<ReadModel, AppError> {
    let bytes = files::read(path)?;
    let mut workspace =
        json::import(&bytes).map_err(|refusal| architectures::refused(&path.display().to_string(), &refusal))?;
    if workspace.views.is_empty() {
        default_views(&mut workspace);
    }
    Ok(ReadModel { workspace, text: None, remarks: Vec::new(), diagnostics: Vec::new() })
}

fn read_sources(path: &Path) -> Result<ReadModel, AppError> {
    let derived = derive_from(&[path.to_path_buf()])?;
    let diagnostics = derived.diagnostics;
    let remarks = diagnostics.iter().cloned().map(Remark::from).collect();
    Ok(ReadModel { workspace: derived.workspace, text: None, remarks, diagnostics })
}

/// Derives a model from files and folders. Of the hidden files in a folder, `.env` beside a compose file is read:
/// compose puts its variables in.
///
/// # Errors
/// When a file cannot be read, or nothing among them is a source.
pub(crate) fn derive_from(paths: &[PathBuf]) -> Result<derive::Derived, AppError> {
    let mut read: Vec<(String, Vec<u8>)> = Vec::new();
    for found in files::walk(paths) {
        if let Some(trouble) = found.trouble {
            return Err(trouble);
        }
        let bytes = files::read(&found.path)?;
        let yaml =
            found.path.extension().is_some_and(|one| one == "yml" || one == "yaml") && !paths.contains(&found.path);
        if yaml && derive::sniff(&found.below, &bytes) == Some(derive::SourceKind::Compose) {
            let variables = found.path.with_file_name(".env");
            let below = found.below.rsplit_once('/').map_or(".env".to_owned(), |(folder, _)| format!("{folder}/.env"));
            let known = read.iter().any(|(name, _)| *name == below);
            if !known && variables.is_file() && !variables.is_symlink() {
                read.push((below, files::read(&variables)?));
            }
        }
        read.push((found.below, bytes));
    }
    let shown = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    let sources: Vec<(&str, &[u8])> = read.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    derive::derive(&sources).map_err(|refusal| architectures::refused(&shown, &refusal))
}

/// Whether a part of it was seen in traces.
pub(crate) fn has_traces(derived: &derive::Derived) -> bool {
    use derive::SourceKind::{Jaeger, Otlp};
    derived.sources.iter().any(|source| matches!(source.kind, Jaeger | Otlp))
}
