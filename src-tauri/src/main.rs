//! Groma's desktop window: windows, dialogs, the page scheme, events. No rules of the domain.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![allow(clippy::disallowed_methods, reason = "this is the edge")]

mod commands;
mod dialogs;
mod door;
mod scheme;
mod start;
mod windows;

use tauri::Manager;

/// Laying a report out allocates millions of small things: see the workspace's manifest.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> tauri::Result<()> {
    start::logging();
    start::graphics();
    let app = tauri::Builder::default()
        // Before the plugin that brings what it takes.
        .manage(door::Door::default())
        // First of all plugins: a second start hands its file over and ends.
        .plugin(tauri_plugin_single_instance::init(|app, args, folder| {
            start::handed_over(app, &args, &folder);
        }))
        .register_asynchronous_uri_scheme_protocol("page", scheme::answer)
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::show,
            commands::paste_image,
            dialogs::pick_open,
            dialogs::pick_save,
            commands::open_page_window,
            commands::open_link,
            commands::close_now,
        ])
        .on_window_event(windows::event)
        .setup(|app| {
            start::open(app)?;
            let preferences = tauri::async_runtime::block_on(app.state::<start::Core>().preferences());
            windows::main(app.handle(), &preferences)?;
            start::opened(app.handle());
            Ok(())
        })
        .build(tauri::generate_context!())
        .inspect_err(start::once_more)?;
    app.run(|app, event| {
        if let tauri::RunEvent::Exit = event {
            // The last pages are written while the process is still whole.
            start::end(app);
        }
    });
    Ok(())
}
