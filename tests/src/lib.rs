//! Harness shared by the suites: where things are, and how to run the command line as a process.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests read fixtures and run processes"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// The workspace's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The shared corpus, when it is there; prints that its tests are skipped when it is not.
#[must_use]
pub fn corpus() -> Option<PathBuf> {
    let folder = root().join("../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    skipped("the corpus is not beside this checkout");
    None
}

/// Says that a test was skipped, and why.
#[allow(clippy::print_stdout, reason = "a skipped test must say so")]
pub fn skipped(why: &str) {
    println!("skipped: {why}");
}

/// The `groma` binary of this build; cargo makes it before the suite that runs it.
///
/// # Panics
/// When it is not there.
pub fn groma() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        // target/<profile>/deps/<test> is where this process runs from.
        let test = std::env::current_exe().expect("a running test");
        let binary = test.parent().and_then(Path::parent).expect("a target folder").join("groma");
        assert!(binary.is_file(), "{} is there", binary.display());
        binary
    })
}

/// What a run of `groma` printed and how it ended.
#[derive(Debug)]
pub struct Ran {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    ///
    /// # Panics
    /// When it is not one JSON document.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The same run, which must have ended with this exit code.
    ///
    /// # Panics
    /// When it ended with another.
    #[must_use]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

/// Runs `groma` with arguments and standard input.
///
/// # Panics
/// When the process cannot be started.
pub fn run_with<A: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = A>, input: &str) -> Ran {
    let mut child = Command::new(groma())
        .args(args)
        .env("USER", "tester")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("groma starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    // A process that refuses early closes its input; that is no failure of the test.
    let feeding = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().expect("groma ends");
    feeding.join().expect("the input was fed");
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs `groma` with arguments.
///
/// # Panics
/// When the process cannot be started.
pub fn run<A: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = A>) -> Ran {
    run_with(args, "")
}

/// A folder for one test, and an engagement in it.
#[derive(Debug)]
pub struct Bench {
    /// The folder; gone with the test.
    pub folder: tempfile::TempDir,
    /// The engagement file in it.
    pub file: PathBuf,
}

impl Bench {
    /// A folder with a new engagement.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn new() -> Self {
        let bench = Self::empty();
        let file = bench.file.to_string_lossy().into_owned();
        let ran = run(["new", &file, "--client", "Northwind Trading", "--system", "Ledger"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        bench
    }

    /// A folder without an engagement.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("audit.groma");
        Self { folder, file }
    }

    /// A file in the folder with this content.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, content).expect("a file");
        path
    }

    /// Runs a command of the contract that must succeed.
    ///
    /// # Panics
    /// When it fails.
    pub fn call(&self, command: &Value) -> Value {
        run_with([std::ffi::OsStr::new("call"), self.file.as_os_str(), std::ffi::OsStr::new("-")], &command.to_string())
            .exits(0)
            .json()
    }

    /// Changes the file behind the application's back, as an older version or another program may have.
    ///
    /// # Panics
    /// When SQLite refuses.
    pub fn sql(&self, statement: &str) {
        let conn = rusqlite::Connection::open(&self.file).expect("the file opens");
        conn.execute_batch(statement).expect("the statement runs");
    }

    /// Compiles the report and answers the reply and the PDF's bytes.
    ///
    /// # Panics
    /// When it fails.
    pub fn report(&self, name: &str) -> (Value, Vec<u8>) {
        let out = self.folder.path().join(name);
        let args =
            [std::ffi::OsStr::new("report"), self.file.as_os_str(), "-o".as_ref(), out.as_os_str(), "--json".as_ref()];
        let reply = run(args).exits(0).json();
        (reply, std::fs::read(&out).expect("a PDF"))
    }
}

impl Default for Bench {
    fn default() -> Self {
        Self::new()
    }
}

/// What wrk prints of a run on one endpoint, with a p99 as it writes one: `840.00ms`.
#[must_use]
pub fn wrk(url: &str, p99: &str) -> String {
    format!(
        "Running 5s test @ {url}
  2 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    12.00ms    3.00ms  2.00s    88.00%
    Req/Sec   700.00     50.00   800.00     75.00%
  Latency Distribution
     50%   11.00ms
     75%   13.00ms
     90%   16.00ms
     99%   {p99}
  7000 requests in 5.00s, 1.00MB read
Requests/sec:   1400.00
Transfer/sec:    204.80KB
"
    )
}

/// The text of a PDF as it is laid out, or nothing when `pdftotext` is not installed.
#[must_use]
pub fn pdf_text(pdf: &Path) -> Option<String> {
    to_text(pdf, &["-layout"])
}

/// The text of a PDF in reading order, cell by cell; empty when `pdftotext` is not installed.
#[must_use]
pub fn pdf_letters(pdf: &Path) -> String {
    to_text(pdf, &[]).unwrap_or_default()
}

fn to_text(pdf: &Path, flags: &[&str]) -> Option<String> {
    match Command::new("pdftotext").args(flags).arg(pdf).arg("-").output() {
        Ok(output) if output.status.success() => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        _ => {
            skipped("pdftotext (poppler-utils) is not installed");
            None
        }
    }
}
