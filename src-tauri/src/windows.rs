//! The windows: one to edit, one for the pages alone.

use std::time::Duration;

use groma_app::Event;
use serde_json::Value;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, DragDropEvent, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent,
};

use crate::door::Door;
use crate::start::tell;

/// The window that edits.
pub fn main(app: &AppHandle, preferences: &Value) -> tauri::Result<()> {
    build(app, preferences, "main", "index.html", "Groma", (1440.0, 900.0), (860.0, 560.0))
}

/// The window that shows the pages; brought to the front when it is open.
pub fn page(app: &AppHandle, preferences: &Value) -> tauri::Result<()> {
    if let Some(open) = app.get_webview_window("page") {
        return open.set_focus();
    }
    build(app, preferences, "page", "index.html?page-window", "Groma – pages", (900.0, 1000.0), (360.0, 360.0))
}

fn build(
    app: &AppHandle,
    preferences: &Value,
    label: &str,
    url: &str,
    title: &str,
    size: (f64, f64),
    least: (f64, f64),
) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::App(url.into()))
        // Before the first line of the window runs, so that it never shows in another theme first.
        .initialization_script(format!("window.__GROMA_WINDOW__ = {preferences};"))
        .title(title)
        .inner_size(size.0, size.1)
        .min_inner_size(least.0, least.1)
        // Nothing of the client stays in the browser engine's own storage. WebKitGTK lets itself be driven only without
        // that, so a window under test has its storage in the test's own folder.
        .incognito(std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_none())
        // The window's title follows its document's: what is open, and whether it is saved.
        .on_document_title_changed(|window, title| {
            if window.set_title(&title).is_err() {
                tracing::warn!("a window could not be named");
            }
        })
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    keep_no_pictures(&window)
}

/// WebKit keeps what it has loaded for a page that might come back. Ours never leave, and pictures of pages that were
/// scrolled by are with the core, encoded.
#[cfg(target_os = "linux")]
fn keep_no_pictures(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};
    window.with_webview(|view| {
        if let Some(context) = view.inner().context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn keep_no_pictures(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Our own pages; a dropped file or a link must not replace the window.
fn is_ours(url: &Url) -> bool {
    matches!((url.scheme(), url.host_str()), ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")))
}

/// How long a window may take to hand over what was typed last before it is closed all the same.
const LAST_WORDS: Duration = Duration::from_millis(1500);

/// Files over a window become events of the core's; a window that edits hands over what was typed last before it closes.
pub fn event(window: &Window, event: &WindowEvent) {
    let event = match event {
        WindowEvent::CloseRequested { api, .. } if window.label() == "main" => {
            api.prevent_close();
            let app = window.app_handle().clone();
            app.state::<Door>().closing();
            tauri::async_runtime::spawn(async move {
                tokio::time::sleep(LAST_WORDS).await;
                close(&app);
            });
            Event::Closing
        }
        WindowEvent::DragDrop(DragDropEvent::Enter { .. }) => Event::Dragging { over: true },
        WindowEvent::DragDrop(DragDropEvent::Leave) => Event::Dragging { over: false },
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => Event::Dropped { paths: paths.clone() },
        _ => return,
    };
    tell(window.app_handle(), &event);
}

/// Closes all windows, and with the last of them the application; not when a file was opened meanwhile.
pub fn close(app: &AppHandle) {
    if !app.state::<Door>().closed() {
        return;
    }
    for window in app.webview_windows().into_values() {
        if let Err(error) = window.destroy() {
            tracing::warn!(%error, "a window could not be closed");
        }
    }
}
