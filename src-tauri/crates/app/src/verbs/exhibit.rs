//! Exhibits: files that prove something by themselves, printed in the appendix or carried along.

use std::path::PathBuf;

use groma_model::{Artifact, Exhibit, Id, Kind};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, exhibits};

/// Keeps a file, or what was imported as an artifact, as an exhibit.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct AddExhibit {
    /// The file: a PDF or a text.
    #[ts(optional = nullable)]
    pub path: Option<PathBuf>,
    /// The artifact, in place of a file; what was kept of it is taken.
    #[ts(optional = nullable)]
    pub artifact: Option<Id>,
    /// Title; the file's name when not given.
    pub title: String,
    /// What is printed of it, as `1-3, 7`; all when empty.
    pub range: String,
}

/// The exhibit as kept.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ExhibitReply {
    /// The exhibit.
    pub exhibit: Exhibit,
    /// What changed.
    pub changes: Changes,
}

impl Verb for AddExhibit {
    type Reply = ExhibitReply;

    fn run(self, app: &mut App) -> Result<ExhibitReply, AppError> {
        let author = app.environment.author.clone();
        let (taken, bytes) = match (&self.path, self.artifact) {
            (Some(path), None) => exhibits::read(path)?,
            (None, Some(id)) => {
                let store = app.store()?;
                let artifact: Artifact = store.get(id)?;
                let bytes = store.blob(&artifact.sha256)?;
                let (taken, bytes) = exhibits::taken(&artifact.name, &artifact.name, &bytes)?;
                (Exhibit { artifact: Some(id), masked: artifact.masked + taken.masked, ..taken }, bytes)
            }
            _ => return Err(AppError::usage("give either a file or an artifact").field("path")),
        };
        groma_model::chosen(&self.range, taken.length)
            .map_err(|part| wrong_range(&part, taken.length).field("range"))?;
        let title = if self.title.is_empty() { taken.name.clone() } else { self.title };
        let (exhibit, changes) = app.store()?.transact_with(Op::Insert(Kind::Exhibit), &author, |tx| {
            let last = tx.list::<Exhibit>()?.last().map_or(0.0, |last| last.rank);
            let exhibit = Exhibit { title, range: self.range, rank: last + 1.0, ..taken };
            Ok::<_, AppError>(tx.add_exhibit(exhibit, &bytes)?)
        })?;
        Ok(ExhibitReply { exhibit, changes })
    }
}

/// Lines of a text that are shown beside its settings.
const SHOWN_LINES: usize = 2_000;

/// The text of an exhibit, line by line, with what is chosen of it.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ExhibitText {
    /// The exhibit.
    pub exhibit: Id,
}

/// Lines of an exhibit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ts_rs::TS)]
pub struct ExhibitLines {
    /// The first 2,000 lines.
    pub lines: Vec<String>,
    /// How many more there are.
    pub more: u32,
    /// The lines that are printed, from 1.
    pub chosen: Vec<u32>,
    /// Those of them that stand out.
    pub marked: Vec<u32>,
}

impl Verb for ExhibitText {
    type Reply = ExhibitLines;

    fn run(self, app: &mut App) -> Result<ExhibitLines, AppError> {
        let store = app.store()?;
        let exhibit: Exhibit = store.get(self.exhibit)?;
        if exhibit.is_document() {
            return Err(AppError::refused("a document has pages, not lines").hint("open it in a viewer"));
        }
        let bytes = store.blob(&exhibit.sha256)?;
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<String> = text.lines().take(SHOWN_LINES).map(str::to_owned).collect();
        // What does not fit is told by the check, and all is printed.
        let numbers = |range: &str| groma_model::chosen(range, exhibit.length);
        let chosen = numbers(&exhibit.range).unwrap_or_else(|_| (1..=exhibit.length).collect());
        let none = exhibit.marked.trim().is_empty();
        let marked = if none { Vec::new() } else { numbers(&exhibit.marked).unwrap_or_default() };
        let more = exhibit.length.saturating_sub(u32::try_from(lines.len()).unwrap_or(u32::MAX));
        Ok(ExhibitLines { lines, more, chosen, marked })
    }
}

fn wrong_range(part: &str, most: u32) -> AppError {
    AppError::usage(format!("\"{part}\" is no part of 1 to {most}")).hint("write numbers and ranges, such as 1-3, 7")
}
