//! Declares the window's commands, so that each window can be given only those it needs.

fn main() {
    const COMMANDS: &[&str] =
        &["call", "show", "paste_image", "pick_open", "pick_save", "open_page_window", "open_link", "close_now"];
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).unwrap_or_else(|error| {
        // A build script has no other way to say so.
        panic!("the window's configuration does not fit: {error:#}")
    });
}
