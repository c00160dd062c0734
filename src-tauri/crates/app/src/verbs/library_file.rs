//! The consultant's own library as a file: from one machine to another, from one colleague to the next.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::library::{OWN, all, free_id};
use super::recents;
use crate::library::{File, Kept};
use crate::{App, AppError, Verb, files};

/// Writes findings of the library to a file.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ExportLibrary {
    /// The file, TOML.
    pub path: PathBuf,
    /// Which ones; all of the consultant's own when empty.
    pub ids: Vec<String>,
}

/// What was written or taken.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct LibraryFile {
    /// Findings written or taken.
    pub findings: usize,
    /// Findings that were there already as they are, and so were passed over.
    pub known: usize,
}

impl Verb for ExportLibrary {
    type Reply = LibraryFile;

    fn run(self, app: &mut App) -> Result<LibraryFile, AppError> {
        if let Ok(engagement) = app.path() {
            files::not_an_engagement(&self.path, engagement)?;
        }
        let wanted =
            |kept: &Kept| if self.ids.is_empty() { kept.id.starts_with("own-") } else { self.ids.contains(&kept.id) };
        let findings: Vec<Kept> = all(app)?.into_iter().filter(wanted).collect();
        if let Some(unknown) = self.ids.iter().find(|id| !findings.iter().any(|kept| kept.id == **id)) {
            return Err(AppError::not_found(format!("the library has no finding \"{unknown}\"")).field("ids"));
        }
        if findings.is_empty() {
            return Err(AppError::refused("the library has no findings of your own").hint("save a finding to it first"));
        }
        let count = findings.len();
        let text = toml::to_string_pretty(&File { findings }).map_err(|error| AppError::failed(error.to_string()))?;
        files::write(&self.path, text.as_bytes())?;
        Ok(LibraryFile { findings: count, known: 0 })
    }
}

/// Takes the findings of a file into the consultant's own library. All of them, or none where the file is wrong.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ImportLibrary {
    /// The file.
    pub path: PathBuf,
}

impl Verb for ImportLibrary {
    type Reply = LibraryFile;

    fn run(self, app: &mut App) -> Result<LibraryFile, AppError> {
        if app.environment.settings.is_none() {
            return Err(AppError::refused("there is no folder to keep the library in"));
        }
        let shown = self.path.display().to_string();
        let wrong = |reason: String| {
            AppError::refused(format!("{shown}: {reason}")).hint("choose a file that a library was written to")
        };
        let bytes = files::read(&self.path)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| wrong(error.to_string()))?;
        let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let empty = |kept: &Kept| kept.texts.values().all(|texts| texts.title.trim().is_empty());
        if let Some(at) = file.findings.iter().position(empty) {
            return Err(wrong(format!("finding {} has no title", at + 1)));
        }
        let mut own: Vec<Kept> = recents::read(app, OWN);
        let (mut taken, mut known) = (0, 0);
        for kept in file.findings {
            if own.iter().any(|there| there.texts == kept.texts) {
                known += 1;
                continue;
            }
            own.push(Kept { id: free_id(&own), ..kept });
            taken += 1;
        }
        if taken > 0 {
            recents::write(app, OWN, &own)?;
        }
        Ok(LibraryFile { findings: taken, known })
    }
}
