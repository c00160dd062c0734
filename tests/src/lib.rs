//! Harness shared by the suites: where things are, and how to run the command line as a process.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures and run processes")]

use std::path::{Path, PathBuf};

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
    println_skip("the corpus is not beside this checkout");
    None
}

/// Says that a test was skipped, and why.
#[allow(clippy::print_stdout, reason = "a skipped test must say so")]
pub fn println_skip(why: &str) {
    println!("skipped: {why}");
}
