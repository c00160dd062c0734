//! The engagements opened last.

use std::path::{Path, PathBuf};

use groma_model::Timestamp;
use groma_store::{Read, Store};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, files};

/// No more than this many are remembered.
const MOST: usize = 20;

/// What is remembered of a file: where it is, nothing of what is in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Remembered {
    path: PathBuf,
    opened_at: Timestamp,
}

/// The engagements opened last, newest first.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Recents {}

/// An engagement that was open before.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Recent {
    /// The file.
    pub path: PathBuf,
    /// The client, or empty when the file cannot be read now.
    pub client: String,
    /// The audited system, or empty.
    pub system: String,
    /// When it was opened last.
    pub opened_at: Timestamp,
    /// Whether the file is no longer there.
    pub missing: bool,
}

impl Verb for Recents {
    type Reply = Vec<Recent>;

    fn run(self, app: &mut App) -> Result<Vec<Recent>, AppError> {
        let remembered = read(app);
        let open = app.path().ok().map(Path::to_path_buf);
        let mut recents = Vec::with_capacity(remembered.len());
        for Remembered { path, opened_at } in remembered {
            let missing = !files::is_there(&path);
            let engagement = if open.as_deref() == Some(&path) {
                app.store()?.engagement().ok()
            } else {
                let setup = app.environment.setup();
                Store::open_read_only(&path, setup).ok().and_then(|store| store.engagement().ok())
            };
            let (client, system) = engagement.map(|it| (it.client, it.system)).unwrap_or_default();
            recents.push(Recent { path, client, system, opened_at, missing });
        }
        Ok(recents)
    }
}

/// Takes an engagement off the list; the file stays.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ForgetRecent {
    /// The file.
    pub path: PathBuf,
}

impl Verb for ForgetRecent {
    type Reply = Vec<Recent>;

    fn run(self, app: &mut App) -> Result<Vec<Recent>, AppError> {
        let mut remembered = read(app);
        remembered.retain(|entry| entry.path != self.path);
        write(app, &remembered)?;
        Recents {}.run(app)
    }
}

/// Remembers that a file was opened. That it cannot be remembered keeps nobody from working.
pub(crate) fn remember(app: &App, path: &Path) {
    let path = files::absolute(path);
    let mut remembered = read(app);
    remembered.retain(|entry| entry.path != path);
    remembered.insert(0, Remembered { path, opened_at: (app.environment.now)() });
    remembered.truncate(MOST);
    if write(app, &remembered).is_err() {
        tracing::warn!("the list of recent engagements cannot be written");
    }
}

fn file(app: &App) -> Option<PathBuf> {
    Some(app.environment.settings.as_ref()?.join("recents.json"))
}

/// A list that cannot be read is an empty one.
fn read(app: &App) -> Vec<Remembered> {
    let bytes = file(app).and_then(|path| files::read(&path).ok()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn write(app: &App, remembered: &[Remembered]) -> Result<(), AppError> {
    let Some(path) = file(app) else { return Ok(()) };
    let bytes = serde_json::to_vec_pretty(remembered)
        .map_err(|error| AppError::failed(format!("the list of recent engagements: {error}")))?;
    files::write_below(&path, &bytes)
}
