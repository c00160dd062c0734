//! Bytes that do not travel as JSON: `page://localhost/` and a page's picture by its name, or `image/<sha256>`.

use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::start::Core;

/// Answers in the background: a window that waits for a page must not hold up another.
pub fn answer<R: Runtime>(context: UriSchemeContext<'_, R>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let app = context.app_handle().clone();
    let path = request.uri().path().trim_start_matches('/').to_owned();
    tauri::async_runtime::spawn(async move {
        let Some(desk) = app.state::<Core>().desk() else { return respond(responder, None, "") };
        if let Some(sha256) = path.strip_prefix("image/") {
            let bytes = desk.image(sha256.to_owned()).await;
            let kind = bytes.as_deref().map_or("", groma_desk::media_type);
            return respond(responder, bytes, kind);
        }
        let drawn = tauri::async_runtime::spawn_blocking(move || desk.page(&path));
        let picture = drawn.await.ok().flatten();
        respond(responder, picture.map(|picture| picture.to_vec()), "image/png");
    });
}

fn respond(responder: UriSchemeResponder, bytes: Option<Vec<u8>>, kind: &str) {
    let status = if bytes.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, kind)
        // Client text stays in memory.
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    match response.body(bytes.unwrap_or_default()) {
        Ok(response) => responder.respond(response),
        Err(error) => tracing::error!(%error, "a page could not be answered"),
    }
}
