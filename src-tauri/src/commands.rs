//! What a window may ask for.

use groma_app::AppError;
use serde_json::Value;
use tauri::{AppHandle, State};

use crate::start::Core;
use crate::{dialogs, windows};

/// What the window that shows the pages alone may ask: it reads.
const READING: &[&str] =
    &["state", "layout", "locate", "place", "page_text", "find_text", "reveal", "get", "list", "search", "preferences"];

async fn run(core: &State<'_, Core>, command: Value) -> Result<Value, AppError> {
    let desk = core.desk().ok_or_else(|| AppError::failed("the application is closing"))?;
    desk.call(command).await
}

/// Runs a command of the contract.
#[tauri::command]
pub async fn call(core: State<'_, Core>, command: Value) -> Result<Value, AppError> {
    run(&core, command).await
}

/// Runs a command that changes nothing.
#[tauri::command]
pub async fn show(core: State<'_, Core>, command: Value) -> Result<Value, AppError> {
    let word = command.get("do").and_then(Value::as_str).unwrap_or_default();
    if !READING.contains(&word) {
        return Err(AppError::usage(format!("this window cannot \"{word}\"")));
    }
    run(&core, command).await
}

/// Keeps a pasted picture: its bytes are the request's body, its name a header.
#[tauri::command]
pub async fn paste_image(core: State<'_, Core>, request: tauri::ipc::Request<'_>) -> Result<Value, AppError> {
    let tauri::ipc::InvokeBody::Raw(bytes) = request.body() else {
        return Err(AppError::usage("a pasted picture comes as bytes"));
    };
    let name = request.headers().get("name").and_then(|name| name.to_str().ok()).unwrap_or("pasted").to_owned();
    let desk = core.desk().ok_or_else(|| AppError::failed("the application is closing"))?;
    desk.paste(name, bytes.clone()).await
}

/// Opens the window that shows the pages alone, or brings it to the front.
#[tauri::command]
pub async fn open_page_window(app: AppHandle, core: State<'_, Core>) -> Result<(), AppError> {
    let preferences = core.preferences().await;
    windows::page(&app, &preferences).map_err(|error| AppError::failed(format!("the window cannot be opened: {error}")))
}

/// Closes the application: the window has handed over what was typed last.
#[tauri::command]
pub fn close_now(app: AppHandle) {
    windows::close(&app);
}

/// Opens a web or mail address with the system's program, after asking.
#[tauri::command]
pub async fn open_link(app: AppHandle, url: String) -> Result<bool, AppError> {
    let wrong = || AppError::refused("only web and mail addresses are opened").field("url");
    let address = url::Url::parse(&url).map_err(|_| wrong())?;
    if !matches!(address.scheme(), "https" | "mailto") {
        return Err(wrong());
    }
    if !dialogs::may_leave(&app, &address).await {
        return Ok(false);
    }
    open::that_detached(address.as_str())
        .map_err(|error| AppError::failed(format!("no program opens the address: {error}")))?;
    Ok(true)
}
