//! The consultant's own library as a file: from one machine to another, from one colleague to the next.

use std::path::PathBuf;

use groma_store::Read;
use serde::{Deserialize, Serialize};

use super::library::{OWN, all, free_id};
use super::recents;
use crate::library::{self, File, Kept, Kin};
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

/// What was written.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct LibraryFile {
    /// Findings written.
    pub findings: usize,
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
        Ok(LibraryFile { findings: count })
    }
}

/// Takes the findings of a file into the consultant's own library. A finding that does not fit is refused, the others are
/// taken.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ImportLibrary {
    /// The file.
    pub path: PathBuf,
}

/// What became of a finding of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum LibraryOutcome {
    /// It was not there, and is now.
    New,
    /// It is a newer version of one that was there, and took its place.
    Newer,
    /// It is there already, as it is.
    Same,
    /// It is an earlier version of one that is there, which stays.
    Older,
    /// It does not fit.
    Refused,
}

/// A finding of the file.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct TakenFinding {
    /// What became of it.
    pub outcome: LibraryOutcome,
    /// Its title, as far as it has one.
    pub title: String,
    /// Its place in the file, from 1.
    pub number: usize,
    /// The finding of the library that it is now, or that was there; empty when refused.
    pub id: String,
    /// How often it was kept anew, in the library.
    pub version: u32,
    /// Why it was refused, in English; empty when it was not.
    pub reason: String,
}

/// What a file brought.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct LibraryTaken {
    /// Its findings, in their order.
    pub findings: Vec<TakenFinding>,
}

impl Verb for ImportLibrary {
    type Reply = LibraryTaken;

    fn run(self, app: &mut App) -> Result<LibraryTaken, AppError> {
        if app.environment.settings.is_none() {
            return Err(AppError::refused("there is no folder to keep the library in"));
        }
        let shown = self.path.display().to_string();
        let wrong = |reason: String| {
            AppError::refused(format!("{shown}: {reason}"))
                .hint("choose a file that a library was written to")
                .field("path")
        };
        let bytes = files::read(&self.path)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| wrong(error.to_string()))?;
        let file: Entries = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if file.findings.is_empty() {
            return Err(wrong("it holds no finding".to_owned()));
        }
        let language = app.store().and_then(|store| Ok(store.engagement()?.language)).unwrap_or_default();
        let bundled = library::bundled()?;
        let before: Vec<Kept> = recents::read(app, OWN);
        let mut own = before.clone();
        let findings = file.findings.into_iter().zip(1..);
        let findings: Vec<TakenFinding> =
            findings.map(|(entry, number)| take(entry, number, &mut own, &bundled, &language)).collect();
        if own != before {
            recents::write(app, OWN, &own)?;
        }
        Ok(LibraryTaken { findings })
    }
}

/// A file whose findings are read one by one, so that one that is wrong does not keep the others out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    findings: Vec<toml::Value>,
}

/// Takes one finding, or says why not.
fn take(entry: toml::Value, number: usize, own: &mut Vec<Kept>, bundled: &[Kept], language: &str) -> TakenFinding {
    let refused = |title: String, reason: String| TakenFinding {
        outcome: LibraryOutcome::Refused,
        title,
        number,
        id: String::new(),
        version: 0,
        reason,
    };
    let written = entry.get("texts").and_then(toml::Value::as_table).into_iter().flatten();
    let mut titles = written.filter_map(|(_, texts)| texts.get("title")?.as_str());
    let title = titles.next().unwrap_or_default().to_owned();
    let kept: Kept = match entry.try_into() {
        Ok(kept) => kept,
        Err(error) => return refused(title, toml::de::Error::message(&error).to_owned()),
    };
    if let Some((language, _)) = kept.texts.iter().find(|(_, texts)| texts.title.trim().is_empty()) {
        return refused(title, format!("its texts in {language} have no title"));
    }
    if kept.texts.is_empty() {
        return refused(title, "it has no texts".to_owned());
    }
    let title = kept.texts.get(language).map_or(title, |texts| texts.title.clone());
    let told = |outcome, kept: &Kept| TakenFinding {
        outcome,
        title,
        number,
        id: kept.id.clone(),
        version: kept.version,
        reason: String::new(),
    };
    for (at, there) in own.iter().enumerate() {
        match library::kin(&kept, there) {
            Some(Kin::Same) => return told(LibraryOutcome::Same, there),
            Some(Kin::Older) => return told(LibraryOutcome::Older, there),
            Some(Kin::Newer) => {
                own[at] = library::renewed(kept, there);
                return told(LibraryOutcome::Newer, &own[at]);
            }
            None => {}
        }
    }
    // What comes with the application needs no copy; it takes no newer text either.
    if let Some(there) = bundled.iter().find(|there| library::kin(&kept, there) == Some(Kin::Same)) {
        return told(LibraryOutcome::Same, there);
    }
    let kept = Kept { id: free_id(own), ..kept };
    let told = told(LibraryOutcome::New, &kept);
    own.push(kept);
    told
}
