//! What the application remembers besides engagements: those opened last, and how the window was set.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use groma_model::Timestamp;
use groma_store::{Read, Store};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{App, AppError, Event, Verb, files};

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
        let remembered: Vec<Remembered> = read(app, RECENTS);
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
        let mut remembered: Vec<Remembered> = read(app, RECENTS);
        remembered.retain(|entry| entry.path != self.path);
        write(app, RECENTS, &remembered)?;
        Recents {}.run(app)
    }
}

/// Remembers that a file was opened. That it cannot be remembered keeps nobody from working.
pub(crate) fn remember(app: &App, path: &Path) {
    let path = files::absolute(path);
    let mut remembered: Vec<Remembered> = read(app, RECENTS);
    remembered.retain(|entry| entry.path != path);
    remembered.insert(0, Remembered { path, opened_at: (app.environment.now)() });
    remembered.truncate(MOST);
    if write(app, RECENTS, &remembered).is_err() {
        tracing::warn!("the list of recent engagements cannot be written");
    }
}

/// How the window was set: theme, zoom, widths of panes. Nothing of a client.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {}

/// The window's settings by name.
type Settings = BTreeMap<String, Value>;

impl Verb for Preferences {
    type Reply = Settings;

    fn run(self, app: &mut App) -> Result<Settings, AppError> {
        Ok(read(app, PREFERENCES))
    }
}

/// Remembers settings of the window; those not named stay, null forgets one.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Prefer {
    /// Settings by name.
    pub settings: BTreeMap<String, Value>,
}

/// Settings are small; what is larger is none.
const MOST_SETTINGS: usize = 64 << 10;

impl Verb for Prefer {
    type Reply = Settings;

    fn run(self, app: &mut App) -> Result<Settings, AppError> {
        let mut settings: Settings = read(app, PREFERENCES);
        settings.extend(self.settings);
        settings.retain(|_, value| !value.is_null());
        if serde_json::to_vec(&settings).map_or(0, |bytes| bytes.len()) > MOST_SETTINGS {
            return Err(AppError::usage("these are too many settings").field("settings"));
        }
        write(app, PREFERENCES, &settings)?;
        (app.environment.progress)(&Event::Preferred { settings: settings.clone() });
        Ok(settings)
    }
}

const RECENTS: &str = "recents.json";
const PREFERENCES: &str = "window.json";

fn file(app: &App, name: &str) -> Option<PathBuf> {
    Some(app.environment.settings.as_ref()?.join(name))
}

/// A file that cannot be read is an empty one.
pub(crate) fn read<T: DeserializeOwned + Default>(app: &App, name: &str) -> T {
    let bytes = file(app, name).and_then(|path| files::read(&path).ok()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Writes a file of the application's own; without a folder for them, nothing.
pub(crate) fn write(app: &App, name: &str, value: &impl Serialize) -> Result<(), AppError> {
    let Some(path) = file(app, name) else { return Ok(()) };
    let bytes = serde_json::to_vec_pretty(value).map_err(|error| AppError::failed(format!("{name}: {error}")))?;
    files::write_below(&path, &bytes)
}
