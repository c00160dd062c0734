//! From the command line to an open engagement.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use groma_app::{Environment, Event};
use groma_desk::Desk;
use serde_json::json;
use tauri::{AppHandle, Emitter, Manager};

use crate::door::{Door, Taken};

/// Ends the application: what another start handed over at the last moment is shown by a new one.
pub fn end(app: &AppHandle) {
    app.state::<Core>().stop();
    // Nobody hands anything over from here on; who starts now stays.
    tauri_plugin_single_instance::destroy(app);
    if let Some(path) = app.state::<Door>().ended() {
        start_anew(path);
    }
}

/// Starts the application once more.
fn start_anew(path: Option<PathBuf>) {
    let again = std::env::current_exe().and_then(|program| std::process::Command::new(program).args(path).spawn());
    if let Err(error) = again {
        tracing::warn!(%error, "the file that was opened last could not be shown");
    }
}

/// The running application behind all windows.
pub struct Core(Mutex<Option<std::sync::Arc<Desk>>>);

impl Core {
    /// The desk; none once the application is closing.
    pub fn desk(&self) -> Option<std::sync::Arc<Desk>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How the window was set, as JSON.
    pub async fn preferences(&self) -> serde_json::Value {
        let Some(desk) = self.desk() else { return json!({}) };
        let kept = desk.call(json!({"do": "preferences"})).await.ok();
        kept.and_then(|kept| kept.get("window").cloned()).unwrap_or_else(|| json!({}))
    }

    /// Closes the engagement.
    pub fn stop(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// Logs go to standard error where `GROMA_LOG` asks for them; no client text is ever logged.
pub fn logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("GROMA_LOG").unwrap_or_else(|_| "off".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// WebKitGTK's DMABUF renderer shows blank windows on some drivers, and costs memory on all: it is off unless somebody
/// has decided otherwise. Where there is no graphics device, composing layers is the processor's work as well: they are
/// drawn straight away, which is no slower and holds less (`make bench-window`). Both switches are read from the
/// environment before the first window, so the process starts anew.
pub fn graphics() {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::process::CommandExt;
        const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
        let safe = std::env::args().any(|argument| argument == "--safe-graphics");
        if std::env::var_os(SWITCH).is_some() {
            return;
        }
        let Ok(program) = std::env::current_exe() else { return };
        let mut again = std::process::Command::new(program);
        again.args(std::env::args_os().skip(1)).env(SWITCH, "1");
        if safe || !graphics_device() {
            again.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
        }
        // Comes back only when it failed; then the window opens with what there is.
        let error = again.exec();
        tracing::warn!(%error, "the graphics switch could not be set");
    }
}

/// Whether the kernel knows a device that draws.
#[cfg(target_os = "linux")]
fn graphics_device() -> bool {
    let Ok(devices) = std::fs::read_dir("/dev/dri") else { return false };
    devices.flatten().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}

/// How often this start has begun anew.
#[cfg(target_os = "linux")]
const TIMES: &str = "GROMA_STARTED_ANEW";

/// Another start held the application's name and ended before it took over what this one was told to open: this one
/// starts anew, until the name is free or an open window answers. Returns only when that failed.
pub fn once_more(error: &tauri::Error) {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::process::CommandExt;
        let tauri::Error::PluginInitialization(plugin, _) = error else { return };
        let times = std::env::var(TIMES).ok().and_then(|times| times.parse().ok()).unwrap_or(0_u32);
        if plugin != "single-instance" || times >= 50 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        let Ok(program) = std::env::current_exe() else { return };
        let error = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(TIMES, (times + 1).to_string())
            .exec();
        tracing::warn!(%error, "the application could not be started anew");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = error;
}

/// Starts the core, and opens the engagement that was named, or the last one.
pub fn open(app: &tauri::App) -> Result<(), Box<dyn std::error::Error>> {
    let seed = std::hash::BuildHasher::hash_one(&std::collections::hash_map::RandomState::new(), std::process::id());
    let mut environment = Environment::new(groma_app::now, seed);
    environment.author = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    environment.settings = Some(app.path().app_config_dir()?);
    let handle = app.handle().clone();
    let desk = Desk::start(environment, move |event| tell(&handle, event));
    let named = engagement(std::env::args().skip(1), &std::env::current_dir().unwrap_or_default());
    let start_page = std::env::args().any(|argument| argument == "--start");
    tauri::async_runtime::block_on(async {
        let path = match named {
            Some(path) => Some(path),
            None if start_page => None,
            None => last(&desk).await,
        };
        if let Some(path) = path {
            open_named(&desk, path).await;
        }
    });
    app.manage(Core(Mutex::new(Some(std::sync::Arc::new(desk)))));
    Ok(())
}

/// The engagement opened last, when it is still there.
async fn last(desk: &Desk) -> Option<PathBuf> {
    let recents = desk.call(json!({"do": "recents"})).await.ok()?;
    let first = recents.as_array()?.first()?;
    let there = first.get("missing").and_then(serde_json::Value::as_bool) == Some(false);
    first.get("path").and_then(|path| path.as_str()).filter(|_| there).map(PathBuf::from)
}

/// The engagement among a command line's words.
fn engagement(args: impl Iterator<Item = String>, folder: &Path) -> Option<PathBuf> {
    let mut files = args.filter(|argument| !argument.starts_with('-'));
    let file = files.next()?;
    let address = tauri::Url::parse(&file).ok().filter(|address| address.scheme() == "file");
    Some(address.and_then(|address| address.to_file_path().ok()).unwrap_or_else(|| folder.join(file)))
}

/// A second start hands over its file: the window that is open shows it.
pub fn handed_over(app: &AppHandle, args: &[String], folder: &str) {
    let named = engagement(args.iter().skip(1).cloned(), Path::new(folder));
    match app.state::<Door>().hand_over(named) {
        Taken::Here(path) => show_here(app, path),
        Taken::Later => {}
        Taken::Anew(path) => start_anew(path),
    }
}

/// Brings the window to the front, with the engagement where one is named.
fn show_here(app: &AppHandle, path: Option<PathBuf>) {
    if let Some(window) = app.get_webview_window("main") {
        // A desktop may refuse to give the focus away.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
    let Some(path) = path else { return };
    let Some(desk) = app.state::<Core>().desk() else { return };
    tauri::async_runtime::spawn(async move { open_named(&desk, path).await });
}

/// The windows are there: what other starts handed over meanwhile is shown.
pub fn opened(app: &AppHandle) {
    if let Some(path) = app.state::<Door>().opened() {
        show_here(app, path);
    }
}

/// What stands against it, the window tells.
async fn open_named(desk: &Desk, path: PathBuf) {
    if let Err(error) = desk.call(json!({"do": "open_named", "path": path})).await {
        tracing::warn!(code = ?error.code, "the engagement was not opened");
    }
}

/// Tells all windows.
pub fn tell(app: &AppHandle, event: &Event) {
    if app.emit("groma", event).is_err() {
        tracing::warn!("a window could not be told of a change");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_that_is_no_switch_is_the_engagement() {
        let found = |args: &[&str]| engagement(args.iter().map(|arg| (*arg).to_owned()), Path::new("/home/ada"));
        assert_eq!(found(&["--safe-graphics", "a.groma"]), Some(PathBuf::from("/home/ada/a.groma")));
        assert_eq!(found(&["file:///srv/a%20%C3%A9.groma"]), Some(PathBuf::from("/srv/a é.groma")));
        assert_eq!(found(&["C: the rest.groma"]), Some(PathBuf::from("/home/ada/C: the rest.groma")));
        assert_eq!(found(&[]), None);
    }
}
