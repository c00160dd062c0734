//! A web server of one's own on loopback, which answers what it is told and remembers what it was asked.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

pub struct Web {
    pub address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// Status line, headers and body for a path.
pub type Answer = fn(path: &str, count: usize) -> (u16, String, String);

impl Web {
    pub fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let remembered = Arc::clone(&asked);
        // It ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, answer, &remembered);
            }
        });
        Self { address, asked }
    }

    /// Each request whole: its line and its headers.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, answer: Answer, asked: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut request = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            break;
        }
        request.push_str(&line);
    }
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let count = {
        let mut asked = asked.lock().unwrap();
        asked.push(request);
        asked.len()
    };
    let (status, headers, body) = answer(&path, count);
    let head =
        format!("HTTP/1.1 {status} Answer\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    // Whoever asked may be gone.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}
