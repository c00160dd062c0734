//! The window's core over HTTP on the loopback address: for tests in a browser and for working on the window. It is
//! no part of what is delivered, and the only program here that opens a port.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, reason = "this is the edge")]

use std::collections::HashMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use groma_app::{AppError, Code, Environment};
use groma_desk::Desk;
use serde_json::{Value, json};
use tiny_http::{Header, Request, Response, Server};

type Listeners = Arc<Mutex<Vec<Sender<String>>>>;

struct Twin {
    desk: Desk,
    listeners: Listeners,
    /// The built window.
    files: PathBuf,
    runtime: tokio::runtime::Runtime,
}

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let mut args: HashMap<String, String> = HashMap::new();
    let mut words = std::env::args().skip(1);
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        args.insert(name, value);
    }
    let port: u16 = args.get("--port").map_or(Ok(7878), |port| port.parse())?;
    let files = args.get("--files").map_or_else(|| PathBuf::from("ui/dist"), PathBuf::from);
    let mut environment = Environment::new(groma_app::now, u64::from(std::process::id()));
    environment.author = "tester".to_owned();
    environment.settings = args.get("--settings").map(PathBuf::from);
    let listeners = Listeners::default();
    let told = Arc::clone(&listeners);
    let desk = Desk::start(environment, move |event| {
        let Ok(text) = serde_json::to_string(event) else { return };
        let mut listeners = told.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| listener.send(text.clone()).is_ok());
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let twin = Arc::new(Twin { desk, listeners, files, runtime });
    if let Some(file) = args.get("--file") {
        let opened = twin.runtime.block_on(twin.desk.call(json!({"do": "open", "path": file})));
        opened.map_err(|error| error.to_string())?;
    }
    let server = Server::http(("127.0.0.1", port))?;
    println!("http://{}", server.server_addr());
    for request in server.incoming_requests() {
        let twin = Arc::clone(&twin);
        // An event stream stays open for as long as its window.
        std::thread::spawn(move || twin.answer(request));
    }
    Ok(())
}

impl Twin {
    fn answer(&self, mut request: Request) {
        let path = request.url().split('?').next().unwrap_or_default().to_owned();
        // A page of another origin must not be able to ask: browsers send it along with every request that could.
        let foreign = request.headers().iter().any(|header| {
            header.field.equiv("Origin")
                && !header.value.as_str().starts_with("http://127.0.0.1:")
                && !header.value.as_str().starts_with("http://localhost:")
        });
        let response = match path.as_str() {
            _ if foreign => plain(403, "another origin"),
            "/call" => {
                let mut body = String::new();
                match request.as_reader().read_to_string(&mut body) {
                    Ok(_) => self.call(&body),
                    Err(error) => plain(400, &error.to_string()),
                }
            }
            "/paste" => {
                let query = request.url().split_once('?').map(|(_, query)| query).unwrap_or_default();
                let named = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "name");
                let name = named.map(|(_, name)| name.into_owned()).unwrap_or_default();
                let mut bytes = Vec::new();
                match request.as_reader().read_to_end(&mut bytes) {
                    Ok(_) => answer(self.runtime.block_on(self.desk.paste(name, bytes))),
                    Err(error) => plain(400, &error.to_string()),
                }
            }
            "/events" => return self.stream(request),
            path => match path.strip_prefix("/page/").or(path.strip_prefix("/image/").map(|_| "")) {
                Some("") => match self.runtime.block_on(self.desk.image(path.trim_start_matches("/image/").to_owned()))
                {
                    Some(bytes) => {
                        let kind = groma_desk::media_type(&bytes);
                        binary(bytes, kind)
                    }
                    None => plain(404, "no such image"),
                },
                Some(page) => self.page(page),
                None => self.file(path),
            },
        };
        let _ = request.respond(response);
    }

    /// Server-sent events, each on its way as it comes: a response of the library's would be held back until it is long.
    fn stream(&self, request: Request) {
        let (listener, events) = channel();
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
        let mut window = request.into_writer();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        let mut send = |text: &str| window.write_all(text.as_bytes()).and_then(|()| window.flush());
        let mut there = send(head);
        while there.is_ok()
            && let Ok(event) = events.recv()
        {
            there = send(&format!("data: {event}\n\n"));
        }
    }

    fn call(&self, body: &str) -> Response<Cursor<Vec<u8>>> {
        answer(match serde_json::from_str::<Value>(body) {
            Ok(command) => self.runtime.block_on(self.desk.call(command)),
            Err(error) => Err(AppError::usage(format!("the command is not JSON: {error}"))),
        })
    }

    fn page(&self, name: &str) -> Response<Cursor<Vec<u8>>> {
        match self.desk.page(name) {
            Some(picture) => binary(picture.to_vec(), "image/png"),
            None => plain(404, "no such page"),
        }
    }

    fn file(&self, path: &str) -> Response<Cursor<Vec<u8>>> {
        let name = path.trim_start_matches('/');
        let inside = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        let read = |name: &str| std::fs::read(self.files.join(name));
        let (name, bytes) = match (inside, name) {
            (true, name) if !name.is_empty() && read(name).is_ok() => (name, read(name)),
            // Routes of the window are no files.
            _ => ("index.html", read("index.html")),
        };
        let kind = match name.rsplit('.').next().unwrap_or_default() {
            "html" => "text/html; charset=utf-8",
            "js" => "text/javascript",
            "css" => "text/css",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            _ => "application/octet-stream",
        };
        bytes.map_or_else(|_| plain(404, "the window is not built: npm run build"), |bytes| binary(bytes, kind))
    }
}

fn header(name: &'static str, value: &'static str) -> Header {
    // Both are written here, in ASCII.
    let field = name.parse().unwrap_or_else(|()| unreachable!("{name} is a header's name"));
    let value = value.parse().unwrap_or_else(|_| unreachable!("{value} is a header's value"));
    Header { field, value }
}

fn answer(answer: Result<Value, AppError>) -> Response<Cursor<Vec<u8>>> {
    let (status, value) = match answer {
        Ok(value) => (200, value),
        Err(error) => {
            let status = match error.code {
                Code::Usage => 400,
                Code::NotFound => 404,
                Code::Refused => 409,
                Code::Cancelled | Code::Failed => 500,
            };
            (status, json!({ "error": error }))
        }
    };
    Response::from_data(value.to_string())
        .with_status_code(status)
        .with_header(header("Content-Type", "application/json"))
}

fn plain(status: u16, text: &str) -> Response<Cursor<Vec<u8>>> {
    Response::from_string(text).with_status_code(status)
}

fn binary(bytes: Vec<u8>, kind: &'static str) -> Response<Cursor<Vec<u8>>> {
    Response::from_data(bytes)
        .with_header(header("Content-Type", kind))
        .with_header(header("Cache-Control", "no-store"))
}
