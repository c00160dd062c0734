//! Native dialogs. Paths reach the core only from here, from a drop, or from the command line.

use std::path::PathBuf;

use rfd::{AsyncFileDialog, AsyncMessageDialog, MessageButtons, MessageDialogResult};
use serde::Deserialize;
use tauri::{AppHandle, Manager};

/// What is picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// An engagement file.
    Engagement,
    /// Any files.
    Files,
    /// A folder.
    Folder,
    /// An image.
    Image,
    /// An audit pack.
    Pack,
    /// A brand's file.
    Brand,
    /// A file of library findings.
    Library,
    /// Font files.
    Fonts,
    /// A PDF.
    Pdf,
    /// Any file.
    File,
}

fn dialog(app: &AppHandle, what: What) -> AsyncFileDialog {
    let dialog = AsyncFileDialog::new();
    let dialog = match app.get_webview_window("main") {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    };
    match what {
        What::Engagement => dialog.add_filter("Groma", &["groma"]),
        What::Image => dialog.add_filter("SVG, PNG, JPEG, GIF, WebP", &["svg", "png", "jpg", "jpeg", "gif", "webp"]),
        What::Pack => dialog.add_filter("TOML, Markdown", &["toml", "md"]),
        What::Brand | What::Library => dialog.add_filter("TOML", &["toml"]),
        What::Fonts => dialog.add_filter("TrueType, OpenType", &["ttf", "otf", "TTF", "OTF"]),
        What::Pdf => dialog.add_filter("PDF", &["pdf"]),
        What::Files | What::File | What::Folder => dialog,
    }
}

/// Lets the user pick what is there; empty when they do not.
#[tauri::command]
pub async fn pick_open(app: AppHandle, what: What) -> Vec<PathBuf> {
    let dialog = dialog(&app, what);
    let picked = match what {
        What::Folder => dialog.pick_folder().await.map(|folder| vec![folder]),
        What::Files | What::Fonts => dialog.pick_files().await,
        _ => dialog.pick_file().await.map(|file| vec![file]),
    };
    picked.unwrap_or_default().into_iter().map(|file| file.path().to_path_buf()).collect()
}

/// Lets the user name a file to be written; null when they do not.
#[tauri::command]
pub async fn pick_save(app: AppHandle, what: What, suggested_name: String) -> Option<PathBuf> {
    let dialog = dialog(&app, what).set_file_name(suggested_name);
    // A folder is chosen among those there are; dialogs have no "save as" for one.
    let file = if what == What::Folder { dialog.pick_folder().await } else { dialog.save_file().await };
    Some(file?.path().to_path_buf())
}

/// Asks before the user leaves for an address.
pub async fn may_leave(app: &AppHandle, address: &url::Url) -> bool {
    let dialog = AsyncMessageDialog::new().set_title("Groma").set_description(address.as_str());
    let dialog = match app.get_webview_window("main") {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    };
    dialog.set_buttons(MessageButtons::OkCancel).show().await == MessageDialogResult::Ok
}
